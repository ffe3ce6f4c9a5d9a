/* Graphs of swaps, built and kept up with what is granted. A cell is what one tier has under one limit. */
#include "solver/swap_graphs.h"

#include <string.h>

/* ---- which rounds ----------------------------------------------------------------------------- */

static bool is_needed(const HoldPlan *hold)
{
    const NeedClasses *classes = hold->net->classes;
    bool crosses = false;
    if (hold->net->round->settings.fairness != FAIRNESS_NONE)
        return false;
    for (int t = 0; t < hold->tier_count; t++) {
        crosses = crosses || hold->crosses[t];
        if (!hold->uniform[t])
            return false;
    }
    for (int k = 0; k < classes->class_count; k++)
        if (classes->classes[k].weight.digits == 0)
            return false;
    return crosses;
}

static int *minus_ones(Arena *arena, size_t count)
{
    int *out = ARENA_NEW(arena, count, int);
    for (size_t i = 0; out != NULL && i < count; i++)
        out[i] = -1;
    return out;
}

static int *cell_of(const AskSwap *swap, int class)
{
    size_t row = swap->hold->net->round->beneficiary_count + 1;
    int limit = hold_limit(swap->hold, class);
    int tier = swap->hold->net->classes->classes[class].tier;
    return &swap->at.cell_node[(size_t)tier * row + (size_t)(limit + 1)];
}

/** Nodes after those of the network. */
static void number_nodes(AskSwap *swap)
{
    const ClassNetwork *net = swap->hold->net;
    SwapLayout *at = &swap->at;
    at->node_count = net->node_count;
    at->sink = at->node_count++;
    at->begin = at->node_count++;
    at->end = at->node_count++;
    for (size_t b = 0; b < net->round->beneficiary_count; b++)
        if (swap->hold->binds[b])
            at->limit_node[b] = at->node_count++;
    for (int k = 0; k < net->classes->class_count; k++)
        if (*cell_of(swap, k) < 0)
            *cell_of(swap, k) = at->node_count++;
}

Status ask_swap_open(const HoldPlan *hold, const int *arc_into, Arena *arena, AskSwap **out)
{
    const ClassNetwork *net = hold->net;
    size_t limits = net->round->beneficiary_count, tiers = (size_t)hold->tier_count;
    *out = NULL;
    if (!is_needed(hold))
        return STATUS_OK;
    AskSwap *swap = ARENA_NEW(arena, 1, AskSwap);
    TRY_NEW(swap);
    *swap = (AskSwap){.hold = hold, .arc_into = arc_into};
    swap->at.limit_node = minus_ones(arena, limits);
    swap->at.cell_node = minus_ones(arena, tiers * (limits + 1));
    swap->at.fills = minus_ones(arena, limits);
    swap->at.comes_in = minus_ones(arena, (size_t)net->node_count);
    swap->graph = ARENA_NEW(arena, tiers, HoldGraph);
    swap->built = ARENA_NEW(arena, tiers, bool);
    swap->fresh = ARENA_NEW(arena, tiers, bool);
    swap->narrow = ARENA_NEW(arena, tiers, SwapKnown);
    swap->free_in = ARENA_NEW(arena, net->round->offer_count, int);
    if (swap->at.limit_node == NULL || swap->at.cell_node == NULL || swap->at.fills == NULL ||
        swap->at.comes_in == NULL || swap->graph == NULL || swap->built == NULL ||
        swap->fresh == NULL || swap->narrow == NULL || swap->free_in == NULL)
        return STATUS_NO_MEMORY;
    number_nodes(swap);
    swap->set = ARENA_NEW(arena, (size_t)swap->at.node_count, bool);
    TRY_NEW(swap->set);
    swap->graphs = arena_new();
    TRY_NEW(swap->graphs);
    *out = swap;
    return STATUS_OK;
}

void ask_swap_close(AskSwap *swap)
{
    if (swap != NULL)
        arena_free(swap->graphs);
}

void ask_swap_moved(AskSwap *swap)
{
    if (swap != NULL)
        memset(swap->fresh, 0, (size_t)swap->hold->tier_count * sizeof *swap->fresh);
}

/* ---- a graph ---------------------------------------------------------------------------------- */

static bool is_free(const AskSwap *swap, int graph, int tier)
{
    return tier != swap->tier && (graph == SWAP_WIDE || graph == tier);
}

static int head_of_limit(const AskSwap *swap, int limit)
{
    return limit < 0 ? swap->at.sink : swap->at.limit_node[limit];
}

static void add_terminals(AskSwap *swap, HoldGraph *graph)
{
    const ClassNetwork *net = swap->hold->net;
    SwapLayout *at = &swap->at;
    at->grows = hold_add_arc(graph, at->begin, 0, 0, 0);
    at->arrives = hold_add_arc(graph, at->sink, at->end, 0, 0);
    for (size_t b = 0; b < net->round->beneficiary_count; b++)
        if (at->limit_node[b] >= 0)
            at->fills[b] = hold_add_arc(graph, at->begin, at->limit_node[b], 0, 0);
    for (int v = 0; v < net->node_count; v++)
        at->comes_in[v] = -1;
    for (int k = 0; k < net->classes->class_count; k++) {
        int signature = net->from[net->first_class + k];
        if (at->comes_in[signature] < 0)
            at->comes_in[signature] = hold_add_arc(graph, signature, at->end, 0, 0);
    }
}

/** The arcs of a graph, without flows. */
static Status build(AskSwap *swap, int number)
{
    const ClassNetwork *net = swap->hold->net;
    SwapLayout *at = &swap->at;
    HoldGraph *graph = &swap->graph[number];
    int classes = net->classes->class_count;
    size_t row = net->round->beneficiary_count + 1;
    size_t cells = (size_t)swap->hold->tier_count * row;
    TRY(hold_graph_begin(at->node_count,
                         (size_t)net->first_class + 2 * (size_t)(classes + at->node_count),
                         swap->graphs, graph));
    for (int a = 0; a < net->first_class; a++)
        (void)hold_add_arc(graph, net->from[a], net->to[a], 0, 0);
    for (int k = 0; k < classes; k++) {
        bool its = is_free(swap, number, net->classes->classes[k].tier);
        (void)hold_add_arc(graph, net->from[net->first_class + k],
                           its ? head_of_limit(swap, hold_limit(swap->hold, k)) : *cell_of(swap, k),
                           0, 0);
    }
    at->first_cell = graph->arc_count;
    for (size_t c = 0; c < cells; c++)
        if (at->cell_node[c] >= 0)
            (void)hold_add_arc(graph, at->cell_node[c], head_of_limit(swap, (int)(c % row) - 1), 0,
                               0);
    at->first_limit = graph->arc_count;
    for (size_t b = 0; b + 1 < row; b++)
        if (at->limit_node[b] >= 0)
            (void)hold_add_arc(graph, at->limit_node[b], at->sink, 0, 0);
    add_terminals(swap, graph);
    hold_graph_free_arcs(graph, net->first_flow, net->first_class);
    swap->built[number] = true;
    return hold_graph_end(graph, swap->graphs);
}

/** An arc carries this, no more than @p upper and, held, no less than @p least. */
static void set_arc(HoldGraph *graph, int number, int64_t flow, int64_t least, int64_t upper)
{
    const HoldArc *arc = &graph->arcs[number];
    if (arc->flow != flow || arc->upper != upper)
        hold_set_plan(graph, number, flow, upper);
    if (least > 0)
        hold_keep_least(graph, number, least);
}

/** What granted needs of each class have. */
static int64_t *granted_of(const AskJob *job, const AskSwap *swap)
{
    const NeedClasses *classes = swap->hold->net->classes;
    int64_t *least = ARENA_NEW(job->scratch, (size_t)classes->class_count, int64_t);
    for (size_t n = 0; least != NULL && n < job->form->round->need_count; n++)
        if (job->met[n] && classes->class_of[n] >= 0)
            least[classes->class_of[n]] += job->form->round->needs[n].wanted;
    return least;
}

static void set_sums(AskSwap *swap, HoldGraph *graph, const int64_t *into)
{
    const SwapLayout *at = &swap->at;
    const Round *round = swap->hold->net->round;
    for (int a = at->first_cell; a < at->first_limit; a++) {
        int64_t flow = into[graph->arcs[a].from];
        set_arc(graph, a, flow, flow, flow);
    }
    for (size_t b = 0, a = (size_t)at->first_limit; b < round->beneficiary_count; b++)
        if (at->limit_node[b] >= 0)
            set_arc(graph, (int)a++, into[at->limit_node[b]], 0, round->beneficiaries[b].max_value);
}

/** The flow of the lines at hand. */
static Status refresh(AskJob *job, AskSwap *swap, int number)
{
    const ClassNetwork *net = swap->hold->net;
    HoldGraph *graph = &swap->graph[number];
    arena_reset(job->scratch);
    int64_t *least = granted_of(job, swap);
    int64_t *into = ARENA_NEW(job->scratch, (size_t)swap->at.node_count, int64_t);
    TRY_NEW(least);
    TRY_NEW(into);
    for (int a = 0; a < net->first_class; a++)
        set_arc(graph, a, swap->hold->flow[a], 0, net->upper[a]);
    for (int k = 0; k < net->classes->class_count; k++) {
        const NeedClass *class = &net->classes->classes[k];
        int arc = net->first_class + k, limit = hold_limit(swap->hold, k);
        int64_t flow = swap->hold->flow[arc];
        bool own = class->tier == swap->tier;
        set_arc(graph, arc, flow, own ? flow : least[k], own ? flow : class->wanted);
        into[graph->arcs[arc].to] += flow;
        if (!is_free(swap, number, class->tier) && limit >= 0)
            into[swap->at.limit_node[limit]] += flow;
    }
    set_sums(swap, graph, into);
    swap->fresh[number] = true;
    return STATUS_OK;
}

Status swap_open_graph(AskJob *job, AskSwap *swap, int tier, int number)
{
    if (swap->tier != tier) {
        arena_reset(swap->graphs);
        swap->tier = tier;
        memset(swap->built, 0, (size_t)swap->hold->tier_count * sizeof *swap->built);
        ask_swap_moved(swap);
    }
    if (!swap->built[number])
        TRY(build(swap, number));
    return swap->fresh[number] ? STATUS_OK : refresh(job, swap, number);
}
