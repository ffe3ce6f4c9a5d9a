/* The least and the most of every line where the class network decides, by flows on the face of what is as
 * good (network_face.h). A need stands beside its class for as long as it is asked about, its lines as
 * arcs of their own. What the line of an offer can be less is what can go from the offer to the need by
 * other ways: first by other offers of the need, as that is who carries it; then by the class, that is
 * by other needs that gain what this one loses. What it can be more goes from the need to the offer.
 * Each is a maximum flow (Edmonds and Karp 1972), in whole numbers.
 */
#include "solver/network_ranges.h"

#include <string.h>

#include "solver/hold_graph.h"
#include "solver/network_face.h"

typedef struct RangesAsked {
    const Plan *plan;
    Arena *arena, *scratch;
    ClassNetwork net;
    int64_t *flow; /* [net.arc_count] */
    bool *fixed;   /* [net.arc_count] */
    HoldGraph graph;
    int *arc_of;    /* [net.arc_count] of the graph, or -1: fixed; of classes into them */
    int need_node;  /* where the need asked about stands */
    int *line_arc;  /* [offer_count] of the graph, from the offer to the need */
    int *share_arc; /* [class_count] from the need to its class */
    int *flow_of;   /* [offer_count] the free flow to the need's signature, or -1; those of */
    int *offers;    /* [offer_count] these offers */
    int offer_count;
    LineRange *lines;
} RangesAsked;

/* ---- the graph -------------------------------------------------------------------------------- */

/** Every class gets a node, where its needs come together: after those of the network. */
static int class_node(const RangesAsked *r, int class)
{
    return r->net.node_count + class;
}

/** Arcs that may move; of a class the arc into its node always. */
static void add_arcs(RangesAsked *r)
{
    const ClassNetwork *net = &r->net;
    HoldGraph *graph = &r->graph;
    int classes = net->classes->class_count;
    for (int a = 0; a < net->arc_count; a++) {
        int class = a - net->first_class, from = net->from[a];
        r->arc_of[a] = -1;
        if (class >= 0 && class < classes) {
            r->arc_of[a] = hold_add_arc(graph, from, class_node(r, class), r->flow[a],
                                        net->classes->classes[class].wanted);
            from = class_node(r, class);
        }
        if (!r->fixed[a]) {
            int number = hold_add_arc(graph, from, net->to[a], r->flow[a], net->upper[a]);
            r->arc_of[a] = r->arc_of[a] < 0 ? number : r->arc_of[a];
        }
    }
}

static Status make_graph(RangesAsked *r)
{
    const ClassNetwork *net = &r->net;
    size_t offers = net->round->offer_count;
    int classes = net->classes->class_count;
    r->need_node = net->node_count + classes;
    r->arc_of = ARENA_NEW(r->scratch, (size_t)net->arc_count, int);
    r->line_arc = ARENA_NEW(r->scratch, offers, int);
    r->flow_of = ARENA_NEW(r->scratch, offers, int);
    r->offers = ARENA_NEW(r->scratch, offers, int);
    r->share_arc = ARENA_NEW(r->scratch, (size_t)classes, int);
    TRY_NEW(r->arc_of);
    TRY_NEW(r->line_arc);
    TRY_NEW(r->flow_of);
    TRY_NEW(r->offers);
    TRY_NEW(r->share_arc);
    TRY(hold_graph_begin(r->need_node + 1, (size_t)(net->arc_count + 2 * classes) + offers,
                         r->scratch, &r->graph));
    add_arcs(r);
    for (size_t o = 0; o < offers; o++) {
        r->flow_of[o] = -1; /* list_offers() lists some */
        if (net->offer_node[o] >= 0)
            r->line_arc[o] = hold_add_arc(&r->graph, net->offer_node[o], r->need_node, 0, 0);
    }
    for (int k = 0; k < classes; k++)
        r->share_arc[k] = hold_add_arc(&r->graph, r->need_node, class_node(r, k), 0, 0);
    return hold_graph_end(&r->graph, r->scratch);
}

/* ---- a need apart ----------------------------------------------------------------------------- */

/** Moves so much of an arc's flow, and of what it may carry, to another. */
static void move_flow(RangesAsked *r, int from, int to, int64_t amount, int64_t upper)
{
    HoldArc *a = &r->graph.arcs[from], *b = &r->graph.arcs[to];
    hold_set_plan(&r->graph, from, a->flow - amount, a->upper - upper);
    hold_set_plan(&r->graph, to, b->flow + amount, b->upper + upper);
}

/** The offers whose flow to the class's signature may move. */
static void list_offers(RangesAsked *r, int class)
{
    const ClassNetwork *net = &r->net;
    int signature = net->from[net->first_class + class];
    for (int i = 0; i < r->offer_count; i++)
        r->flow_of[r->offers[i]] = -1;
    r->offer_count = 0;
    for (int f = 0; f < net->flow_count; f++) {
        int arc = r->arc_of[net->first_flow + f], offer = net->flow_offer[f];
        if (net->to[net->first_flow + f] != signature || arc < 0)
            continue;
        r->flow_of[offer] = arc;
        r->offers[r->offer_count++] = offer;
    }
}

/** The need's lines first .. end - 1, and what it has of its class, apart; or (@p sign -1) back. */
static void set_apart(RangesAsked *r, size_t first, size_t end, int sign)
{
    const Assignment *lines = r->plan->assignments;
    int need = lines[first].need, class = r->net.classes->class_of[need];
    int64_t has = 0;
    for (int i = 0; i < r->offer_count; i++) {
        const HoldArc *arc = &r->graph.arcs[r->line_arc[r->offers[i]]];
        hold_set_plan(&r->graph, r->line_arc[r->offers[i]], arc->flow,
                      sign > 0 ? NETWORK_NO_LIMIT : 0);
    }
    for (size_t i = first; i < end; i++) {
        has += lines[i].quantity;
        if (r->flow_of[lines[i].offer] >= 0)
            move_flow(r, r->flow_of[lines[i].offer], r->line_arc[lines[i].offer],
                      sign * lines[i].quantity, 0);
    }
    move_flow(r, r->arc_of[r->net.first_class + class], r->share_arc[class], sign * has,
              sign * r->net.round->needs[need].wanted);
}

/* ---- lines ------------------------------------------------------------------------------------ */

/** Who has more of the need now than in the plan. */
static Status note_carriers(RangesAsked *r, int offer, LineRange *range)
{
    Carrier *others = ARENA_NEW(r->arena, (size_t)r->offer_count, Carrier);
    TRY_NEW(others);
    for (int i = 0; i < r->offer_count; i++) { /* by offer */
        const HoldArc *arc = &r->graph.arcs[r->line_arc[r->offers[i]]];
        if (r->offers[i] != offer && arc->flow > arc->planned)
            others[range->other_count++] = (Carrier){r->offers[i], arc->flow - arc->planned};
    }
    range->others = others;
    return STATUS_OK;
}

static Status ask_line(RangesAsked *r, const Assignment *line, LineRange *range)
{
    HoldGraph *graph = &r->graph;
    int offer_node = r->net.offer_node[line->offer];
    int class = r->net.classes->class_of[line->need], share = r->share_arc[class];
    *range = (LineRange){.proof = RANGE_FORCED, .least = line->quantity, .most = line->quantity};
    if (r->flow_of[line->offer] < 0) /* fixed */
        return STATUS_OK;
    graph->closed = r->line_arc[line->offer];
    hold_keep_least(graph, share, graph->arcs[share].flow);
    int64_t carried = hold_fill(graph, offer_node, r->need_node, line->quantity);
    hold_keep_least(graph, share, 0);
    range->short_by = hold_fill(graph, offer_node, r->need_node, line->quantity - carried);
    range->least -= carried + range->short_by;
    Status status =
        range->least < line->quantity ? note_carriers(r, line->offer, range) : STATUS_OK;
    hold_restore(graph);
    int64_t most = r->net.round->needs[line->need].wanted - line->quantity;
    range->most += hold_push(graph, r->need_node, offer_node, most);
    graph->closed = -1;
    if (range->least < range->most)
        range->proof = RANGE_FREE;
    return status;
}

/** Lines stand by need. */
static Status ask_lines(RangesAsked *r)
{
    const Plan *plan = r->plan;
    for (size_t first = 0, end; first < plan->assignment_count; first = end) {
        int need = plan->assignments[first].need;
        for (end = first + 1; end < plan->assignment_count; end++)
            if (plan->assignments[end].need != need)
                break;
        list_offers(r, r->net.classes->class_of[need]);
        set_apart(r, first, end, 1);
        for (size_t i = first; i < end; i++)
            TRY(ask_line(r, &plan->assignments[i], &r->lines[i]));
        set_apart(r, first, end, -1);
    }
    return STATUS_OK;
}

static Status open_and_ask(RangesAsked *r, const Round *round, bool *found)
{
    ClassNetwork *net = &r->net;
    TRY(class_network_build(round, NULL, r->scratch, net));
    TRY(class_network_flow(net, r->plan, r->scratch, &r->flow));
    r->fixed = ARENA_NEW(r->scratch, (size_t)net->arc_count, bool);
    TRY_NEW(r->fixed);
    TRY(network_face(net, r->flow, r->scratch, r->fixed, found));
    if (!*found)
        return STATUS_OK;
    TRY(make_graph(r));
    return ask_lines(r);
}

Status network_ranges(const Round *round, const Plan *plan, Arena *arena, LineRange *lines,
                      bool *found)
{
    RangesAsked r = {.plan = plan, .arena = arena, .scratch = arena_new(), .lines = lines};
    const char *why;
    *found = false;
    TRY_NEW(r.scratch);
    Status status = STATUS_OK;
    if (class_network_fits(round, &why, r.scratch))
        status = open_and_ask(&r, round, found);
    arena_free(r.scratch);
    return status;
}
