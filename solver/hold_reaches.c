/* Sets of nodes that searches found, and whether what has changed since leaves them as they are. */
#include "solver/hold_reaches.h"

/* All sets of a graph together, in bytes. */
static const size_t BYTES_MOST = (size_t)1 << 25;

Status hold_reaches_open(HoldGraph *graph, Arena *arena, HoldReaches *reaches)
{
    size_t nodes = (size_t)graph->node_count;
    *reaches = (HoldReaches){.graph = graph, .arena = arena, .room = BYTES_MOST / nodes};
    reaches->from = ARENA_NEW(arena, nodes, HoldReached);
    reaches->to = ARENA_NEW(arena, nodes, HoldReached);
    reaches->spare = ARENA_NEW(arena, 2 * nodes, bool);
    TRY_NEW(reaches->from);
    TRY_NEW(reaches->to);
    TRY_NEW(reaches->spare);
    return STATUS_OK;
}

/** A way between two nodes opened or closed: is the set found before it another one now? */
static bool alters(const bool *set, bool back, int from, int to, HoldTurn turn)
{
    switch (turn) {
    case HOLD_STAYS: break;
    case HOLD_OPENS: return back ? set[to] && !set[from] : set[from] && !set[to];
    case HOLD_CLOSES: return set[from] && set[to];
    }
    return false;
}

static bool is_current(const HoldGraph *graph, const HoldReached *known, bool back)
{
    if (known->set == NULL || graph->change_count - known->seen > HOLD_CHANGES)
        return false;
    for (unsigned i = known->seen; i != graph->change_count; i++) {
        const HoldChange *change = &graph->changes[i % HOLD_CHANGES];
        const HoldArc *arc = &graph->arcs[change->arc];
        if (alters(known->set, back, arc->from, arc->to, change->along) ||
            alters(known->set, back, arc->to, arc->from, change->back))
            return false;
    }
    return true;
}

static void find(HoldGraph *graph, int node, bool back, bool *set)
{
    if (back)
        hold_reach_back(graph, node, set);
    else
        hold_reach(graph, node, set);
}

const bool *hold_reaches(HoldReaches *reaches, int node, bool back)
{
    HoldGraph *graph = reaches->graph;
    HoldReached *known = back ? &reaches->to[node] : &reaches->from[node];
    bool current = is_current(graph, known, back);
    if (known->set == NULL && reaches->room == 0) {
        bool *spare = reaches->spare + (back ? (size_t)graph->node_count : 0);
        find(graph, node, back, spare);
        return spare;
    }
    if (known->set == NULL) {
        known->set = ARENA_NEW(reaches->arena, (size_t)graph->node_count, bool);
        if (known->set == NULL)
            return NULL;
        reaches->room--;
    }
    if (!current)
        find(graph, node, back, known->set);
    known->seen = graph->change_count;
    return known->set;
}
