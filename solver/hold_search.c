/* Paths in the residual graph of a plan's flow: looked for, and filled. */
#include "solver/hold_graph.h"

#include <string.h>

#include "solver/hold_dense.h"

static inline bool is_held(const HoldGraph *graph, const HoldArc *arc)
{
    switch (arc->hold) {
    case HOLD_NOTHING: break;
    case HOLD_ABOVE: return !graph->above_free;
    case HOLD_EQUALS: return !graph->equals_free;
    }
    return false;
}

/** How much more an arc can carry along its direction, or back. */
static inline int64_t room_of(const HoldGraph *graph, int number, bool along)
{
    const HoldArc *arc = &graph->arcs[number];
    if (number == graph->closed)
        return 0;
    if (!along)
        return arc->flow - (is_held(graph, arc) ? arc->least : 0);
    return arc->lifted ? NETWORK_NO_LIMIT : arc->upper - arc->flow;
}

typedef struct Search {
    HoldGraph *graph;
    int end;         /* -1: all there is */
    bool back;       /* against the direction of paths */
    int count;       /* in the queue */
    uint64_t *unmet; /* bits by node, or NULL: arcs are all found by links */
} Search;

static void meet(Search *s, int node, int from)
{
    s->graph->met[node] = s->graph->searches;
    s->graph->towards[node] = from;
    s->graph->queue[s->count++] = node;
    if (s->unmet != NULL)
        s->unmet[node / 64] &= ~(UINT64_C(1) << (node % 64));
}

/** Goes along these links, or (not @p along) back. True when the end is met. */
static bool follow(Search *s, const HoldLinks *links, int node, int to, bool along)
{
    HoldGraph *graph = s->graph;
    for (int i = links->first[node]; i < to; i++) {
        int other = links->ends[i];
        if (graph->met[other] == graph->searches || room_of(graph, links->arcs[i], along) <= 0)
            continue;
        meet(s, other, node);
        if (other == s->end)
            return true;
    }
    return false;
}

/** Goes along the node's arcs that are bits. True when the end is met. */
static bool follow_bits(Search *s, int node)
{
    const uint64_t *row = NULL;
    int word = 0;
    size_t words = hold_dense_row(&s->graph->dense, node, s->back, &row, &word);
    for (size_t w = 0; w < words; w++)
        for (uint64_t left = row[w] & s->unmet[(size_t)word + w]; left != 0; left &= left - 1) {
            int other = (int)((size_t)word + w) * 64 + __builtin_ctzll(left);
            meet(s, other, node);
            if (other == s->end)
                return true;
        }
    return false;
}

/** Are arcs of bits as open as they all are? One may be closed for now. */
static bool has_bits(const HoldGraph *graph)
{
    const HoldDense *dense = &graph->dense;
    return dense->there && (graph->closed < dense->first_arc || graph->closed >= dense->end_arc);
}

/** Breadth first, forwards from @p start or back; until @p end is met (-1: all there is). Leaves in
 *  towards[] the node from which each was met. @return the number of nodes in the queue */
static int search(HoldGraph *graph, int start, int end, bool back)
{
    Search s = {.graph = graph, .end = end, .back = back};
    const HoldLinks *ahead = back ? &graph->in : &graph->out;
    const HoldLinks *behind = back ? &graph->out : &graph->in;
    if (has_bits(graph)) {
        s.unmet = graph->dense.unmet;
        memset(s.unmet, 0xff, ((size_t)graph->node_count / 64 + 1) * sizeof *s.unmet);
        ahead = back ? &graph->dense.in : &graph->dense.out;
    }
    graph->searches++;
    meet(&s, start, -1);
    for (int at = 0; at < s.count; at++) {
        int v = graph->queue[at];
        if (follow(&s, behind, v, behind->live[v], false) ||
            follow(&s, ahead, v, ahead->first[v + 1], true) ||
            (s.unmet != NULL && follow_bits(&s, v)))
            break;
    }
    graph->met_count = s.count;
    return s.count;
}

static void mark(const HoldGraph *graph, int count, bool *reached)
{
    memset(reached, 0, (size_t)graph->node_count * sizeof *reached);
    for (int i = 0; i < count; i++)
        reached[graph->queue[i]] = true;
}

void hold_reach(HoldGraph *graph, int node, bool *reached)
{
    mark(graph, search(graph, node, -1, false), reached);
}

void hold_reach_back(HoldGraph *graph, int node, bool *reached)
{
    mark(graph, search(graph, node, -1, true), reached);
}

void hold_last_back(const HoldGraph *graph, bool *reached)
{
    mark(graph, graph->met_count, reached);
}

bool hold_leads(HoldGraph *graph, int from, int to)
{
    int count = search(graph, to, from, true);
    return graph->queue[count - 1] == from;
}

/** Puts an arc among those with a flow, or takes it out. */
static void set_live(HoldLinks *links, int node, int number, bool live)
{
    int edge = live ? links->live[node]++ : --links->live[node];
    int other = links->arcs[edge], at = links->at[number];
    int end = links->ends[edge];
    links->arcs[edge] = number;
    links->ends[edge] = links->ends[at];
    links->at[number] = edge;
    links->arcs[at] = other;
    links->ends[at] = end;
    links->at[other] = at;
}

static void set_flow(HoldGraph *graph, int number, int64_t flow)
{
    HoldArc *arc = &graph->arcs[number];
    if ((arc->flow > 0) != (flow > 0)) {
        set_live(&graph->out, arc->from, number, flow > 0);
        set_live(&graph->in, arc->to, number, flow > 0);
    }
    arc->flow = flow;
}

/** The node at the other end. */
static int beyond(const HoldGraph *graph, int number, int node)
{
    const HoldArc *arc = &graph->arcs[number];
    return arc->from == node ? arc->to : arc->from;
}

/** How far the nodes that a search back from the end has met are from it; their arcs are all to be tried. */
static void measure(HoldGraph *graph, int count)
{
    for (int i = 0; i < count; i++) {
        int v = graph->queue[i];
        graph->depth[v] = i == 0 ? 0 : graph->depth[graph->towards[v]] + 1;
        graph->back[v] = graph->in.first[v];
        graph->ahead[v] = graph->out.first[v];
    }
}

/** Does the link lead from @p node nearer to the end? */
static bool leads_nearer(const HoldGraph *graph, const HoldLinks *links, int at, int node,
                         bool along)
{
    int other = links->ends[at];
    return graph->met[other] == graph->searches && graph->depth[other] == graph->depth[node] - 1 &&
           room_of(graph, links->arcs[at], along) > 0;
}

/** The next arc that does, or -1. Filling moves arcs about: one that is passed over is found by the next
 *  search. */
static int next_arc(HoldGraph *graph, int node)
{
    for (int *at = &graph->back[node]; *at < graph->in.live[node]; (*at)++)
        if (leads_nearer(graph, &graph->in, *at, node, false))
            return graph->in.arcs[*at];
    for (int *at = &graph->ahead[node]; *at < graph->out.first[node + 1]; (*at)++)
        if (leads_nearer(graph, &graph->out, *at, node, true))
            return graph->out.arcs[*at];
    return -1;
}

/** Fills the path that towards[] says. @return how much; *node is where it is full first */
static int64_t fill_path(HoldGraph *graph, int from, int to, int64_t most, int *node)
{
    for (int v = from; v != to; v = beyond(graph, graph->towards[v], v)) {
        int number = graph->towards[v];
        int64_t room = room_of(graph, number, graph->arcs[number].from == v);
        most = room < most ? room : most;
    }
    *node = to;
    for (int v = from, next; v != to; v = next) {
        int number = graph->towards[v];
        HoldArc *arc = &graph->arcs[number];
        bool along = arc->from == v;
        next = beyond(graph, number, v);
        if (!arc->touched)
            graph->touched[graph->touched_count++] = number;
        arc->touched = true;
        set_flow(graph, number, arc->flow + (along ? most : -most));
        if (*node == to && room_of(graph, number, along) <= 0)
            *node = v;
    }
    return most;
}

/** Fills paths of the length that the last search found. Where no arc leads nearer, the way goes back
 *  (came[], in the queue, which is free by now). */
static int64_t fill_shortest(HoldGraph *graph, int from, int to, int64_t most)
{
    int64_t filled = 0;
    int *came = graph->queue; /* by depth: nodes on the way */
    int v = from;
    while (filled < most) {
        came[graph->depth[v]] = v;
        int number = v == to ? -1 : next_arc(graph, v);
        if (v == to) {
            filled += fill_path(graph, from, to, most - filled, &v);
            v = v == to ? from : v;
        } else if (number >= 0) {
            graph->towards[v] = number;
            v = beyond(graph, number, v);
        } else if (v == from) {
            break;
        } else {
            int before = came[graph->depth[v] + 1];
            graph->depth[v] = -2; /* a dead end */
            v = before;
        }
    }
    return filled;
}

int64_t hold_fill(HoldGraph *graph, int from, int to, int64_t most)
{
    int64_t filled = 0;
    while (filled < most) {
        int count = search(graph, to, from, true);
        if (graph->queue[count - 1] != from)
            break;
        measure(graph, count);
        filled += fill_shortest(graph, from, to, most - filled);
    }
    return filled;
}

void hold_restore(HoldGraph *graph)
{
    for (int i = 0; i < graph->touched_count; i++) {
        HoldArc *arc = &graph->arcs[graph->touched[i]];
        set_flow(graph, graph->touched[i], arc->planned);
        arc->touched = false;
    }
    graph->touched_count = 0;
}

int64_t hold_push(HoldGraph *graph, int from, int to, int64_t most)
{
    int64_t pushed = hold_fill(graph, from, to, most);
    hold_restore(graph);
    return pushed;
}

int64_t hold_cut(HoldGraph *graph, int from, int to, int64_t most, bool *begins, bool *ends)
{
    int64_t pushed = hold_fill(graph, from, to, most);
    if (pushed < most) {
        hold_last_back(graph, ends);
        hold_reach(graph, from, begins);
    }
    hold_restore(graph);
    return pushed;
}

static HoldTurn turn_of(int64_t before, int64_t now)
{
    if ((before > 0) == (now > 0))
        return HOLD_STAYS;
    return now > 0 ? HOLD_OPENS : HOLD_CLOSES;
}

/** Remembers what became of an arc that had so much room. */
static void note_change(HoldGraph *graph, int number, int64_t along, int64_t back)
{
    HoldChange change = {.arc = number,
                         .along = turn_of(along, room_of(graph, number, true)),
                         .back = turn_of(back, room_of(graph, number, false))};
    if (change.along != HOLD_STAYS || change.back != HOLD_STAYS)
        graph->changes[graph->change_count++ % HOLD_CHANGES] = change;
}

void hold_set_plan(HoldGraph *graph, int number, int64_t flow, int64_t upper)
{
    HoldArc *arc = &graph->arcs[number];
    int64_t along = room_of(graph, number, true), back = room_of(graph, number, false);
    set_flow(graph, number, flow);
    arc->planned = arc->least = flow;
    arc->upper = upper;
    note_change(graph, number, along, back);
}

void hold_keep_least(HoldGraph *graph, int number, int64_t least)
{
    int64_t along = room_of(graph, number, true), back = room_of(graph, number, false);
    graph->arcs[number].hold = HOLD_EQUALS;
    graph->arcs[number].least = least;
    note_change(graph, number, along, back);
}
