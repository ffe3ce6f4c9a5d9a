/* Network simplex, the program around the pivots: bounds, costs, starts, stages. After a change the
 * tree is kept as far as it stays strongly feasible; the rest hangs by artificial arcs again.
 */
#include "solver/network_internal.h"

#include <string.h>

/* ---- opening -------------------------------------------------------------------------------- */

static bool allocate(NetworkSimplex *net, Arena *arena)
{
    size_t arcs = (size_t)net->arc_count, nodes = (size_t)net->node_count;
    net->lower = ARENA_NEW(arena, arcs, int64_t);
    net->upper = ARENA_NEW(arena, arcs, int64_t);
    net->cost = ARENA_NEW(arena, arcs, int64_t);
    net->flow = ARENA_NEW(arena, arcs, int64_t);
    net->side = ARENA_NEW(arena, arcs, int8_t);
    net->breach = ARENA_NEW(arena, arcs, int8_t);
    net->open = ARENA_NEW(arena, arcs, int);
    net->place = ARENA_NEW(arena, arcs, int);
    net->runs = ARENA_NEW(arena, network_run_room(arcs), PricedRun);
    net->tail = ARENA_NEW(arena, arcs, int);
    net->loose = ARENA_NEW(arena, arcs, int);
    net->tree = ARENA_NEW(arena, nodes + 1, TreeNode);
    net->next = ARENA_NEW(arena, nodes + 1, int);
    net->prev = ARENA_NEW(arena, nodes + 1, int);
    net->potential = ARENA_NEW(arena, nodes + 1, int64_t);
    net->scratch = ARENA_NEW(arena, 5 * nodes, int);
    return net->lower && net->upper && net->cost && net->flow && net->side && net->breach &&
           net->open && net->place && net->runs && net->tail && net->loose && net->tree &&
           net->next && net->prev && net->potential && net->scratch;
}

/** Without its tree. */
static NetworkSimplex *new_program(const NetworkArcs *arcs, Arena *arena)
{
    size_t count = (size_t)arcs->arc_count;
    NetworkSimplex *net = ARENA_NEW(arena, 1, NetworkSimplex);
    if (net == NULL)
        return NULL;
    net->node_count = net->root = arcs->node_count;
    net->arc_count = arcs->arc_count;
    net->unsettled = net->costs_fit = true;
    if (!allocate(net, arena))
        return NULL;
    net->from = arcs->from;
    net->to = arcs->to;
    if (arcs->lower != NULL && count > 0)
        memcpy(net->lower, arcs->lower, count * sizeof *net->lower);
    if (count > 0)
        memcpy(net->upper, arcs->upper, count * sizeof *net->upper);
    return net;
}

NetworkSimplex *network_open(int node_count, int arc_count, const int *from, const int *to,
                             const int64_t *lower, const int64_t *upper, Arena *arena)
{
    NetworkArcs arcs = {node_count, arc_count, from, to, lower, upper};
    NetworkSimplex *net = new_program(&arcs, arena);
    if (net != NULL)
        network_grow_tree(net);
    return net;
}

/** Does the flow keep every bound and balance at every node? */
static bool is_circulation(NetworkSimplex *net, const int64_t *flow)
{
    int64_t *excess = net->potential; /* found anew by each solve */
    memset(excess, 0, (size_t)net->node_count * sizeof *excess);
    for (int a = 0; a < net->arc_count; a++) {
        if (flow[a] == 0 && net->lower[a] == 0)
            continue;
        if (flow[a] < net->lower[a] || flow[a] > net->upper[a])
            return false;
        int64_t *from = &excess[net->from[a]], *to = &excess[net->to[a]];
        if (__builtin_sub_overflow(*from, flow[a], from) ||
            __builtin_add_overflow(*to, flow[a], to))
            return false;
    }
    for (int v = 0; v < net->node_count; v++)
        if (excess[v] != 0)
            return false;
    return true;
}

Status network_start(NetworkSimplex *net, const int64_t *flow)
{
    if (!is_circulation(net, flow))
        return STATUS_INTERNAL;
    size_t arcs = (size_t)net->arc_count;
    if (arcs > 0) {
        memcpy(net->flow, flow, arcs * sizeof *net->flow);
        memset(net->side, NO_SIDE, arcs * sizeof *net->side);
        memset(net->breach, 0, arcs * sizeof *net->breach);
    }
    network_grow_tree(net);
    net->unsettled = true;
    return STATUS_OK;
}

Status network_open_at(const NetworkArcs *arcs, const int64_t *flow, Arena *arena,
                       NetworkSimplex **out)
{
    *out = new_program(arcs, arena);
    TRY_NEW(*out);
    return network_start(*out, flow);
}

/* ---- bounds and costs ----------------------------------------------------------------------- */

static int node_below(const NetworkSimplex *net, int arc)
{
    return net->tree[net->from[arc]].arc == arc ? net->from[arc] : net->to[arc];
}

static int8_t breach_of(const NetworkSimplex *net, int arc, int64_t flow)
{
    return (int8_t)((flow > net->upper[arc]) - (flow < net->lower[arc]));
}

/** Takes the arc above a node out of the tree; the node hangs by its artificial arc instead. */
static void cut_above(NetworkSimplex *net, int node)
{
    static const TreeHook ARTIFICIAL = {NETWORK_NONE, true, INT64_MAX, 0};
    int arc = net->tree[node].arc;
    net->flow[arc] = network_flow_above(net, node);
    network_move_subtree(net, node, node, net->root, net->root, &ARTIFICIAL);
}

void network_bound_arc(NetworkSimplex *net, int arc, int64_t lower, int64_t upper)
{
    int64_t flow = network_flow(net, arc);
    if (lower == net->lower[arc] && upper == net->upper[arc])
        return;
    if (network_in_tree(net, arc) && flow < lower - INT64_MAX)
        cut_above(net, node_below(net, arc)); /* no number says how far it is below */
    net->lower[arc] = lower;
    net->upper[arc] = upper;
    net->unsettled = true;
    if (network_in_tree(net, arc)) {
        net->breach[arc] = breach_of(net, arc, flow);
        network_set_above(net, node_below(net, arc), flow);
    }
}

int64_t network_lower(const NetworkSimplex *net, int arc)
{
    return net->lower[arc];
}

int64_t network_upper(const NetworkSimplex *net, int arc)
{
    return net->upper[arc];
}

void network_objective(NetworkSimplex *net, size_t count, const int *arcs, const int64_t *costs)
{
    memset(net->cost, 0, (size_t)net->arc_count * sizeof *net->cost);
    net->costs_fit = true;
    for (size_t k = 0; k < count; k++) {
        net->cost[arcs[k]] = costs[k];
        net->costs_fit &= costs[k] <= NETWORK_COST_LIMIT && costs[k] >= -NETWORK_COST_LIMIT;
    }
}

Status network_save_bounds(const NetworkSimplex *net, Arena *arena, NetworkBounds *saved)
{
    size_t count = (size_t)net->arc_count;
    saved->lower = ARENA_NEW(arena, count, int64_t);
    saved->upper = ARENA_NEW(arena, count, int64_t);
    TRY_NEW(saved->lower);
    TRY_NEW(saved->upper);
    memcpy(saved->lower, net->lower, count * sizeof *saved->lower);
    memcpy(saved->upper, net->upper, count * sizeof *saved->upper);
    return STATUS_OK;
}

void network_restore_bounds(NetworkSimplex *net, const NetworkBounds *saved)
{
    for (int a = 0; a < net->arc_count; a++)
        network_bound_arc(net, a, saved->lower[a], saved->upper[a]);
}

/* ---- states ------------------------------------------------------------------------------------ */

struct NetworkState {
    NetworkBounds bounds;
    int64_t *flow;
    int8_t *side, *breach;
    TreeNode *tree;
    int *next, *prev;
};

NetworkState *network_save(const NetworkSimplex *net, Arena *arena)
{
    size_t arcs = (size_t)net->arc_count, nodes = (size_t)net->node_count + 1;
    NetworkState *saved = ARENA_NEW(arena, 1, NetworkState);
    if (saved == NULL || network_save_bounds(net, arena, &saved->bounds) != STATUS_OK)
        return NULL;
    saved->flow = ARENA_NEW(arena, arcs, int64_t);
    saved->side = ARENA_NEW(arena, arcs, int8_t);
    saved->breach = ARENA_NEW(arena, arcs, int8_t);
    saved->tree = ARENA_NEW(arena, nodes, TreeNode);
    saved->next = ARENA_NEW(arena, nodes, int);
    saved->prev = ARENA_NEW(arena, nodes, int);
    if (saved->flow == NULL || saved->side == NULL || saved->breach == NULL ||
        saved->tree == NULL || saved->next == NULL || saved->prev == NULL)
        return NULL;
    memcpy(saved->flow, net->flow, arcs * sizeof *net->flow);
    memcpy(saved->side, net->side, arcs * sizeof *net->side);
    memcpy(saved->breach, net->breach, arcs * sizeof *net->breach);
    memcpy(saved->tree, net->tree, nodes * sizeof *net->tree);
    memcpy(saved->next, net->next, nodes * sizeof *net->next);
    memcpy(saved->prev, net->prev, nodes * sizeof *net->prev);
    return saved;
}

void network_restore(NetworkSimplex *net, const NetworkState *saved)
{
    size_t arcs = (size_t)net->arc_count, nodes = (size_t)net->node_count + 1;
    memcpy(net->lower, saved->bounds.lower, arcs * sizeof *net->lower);
    memcpy(net->upper, saved->bounds.upper, arcs * sizeof *net->upper);
    memcpy(net->flow, saved->flow, arcs * sizeof *net->flow);
    memcpy(net->side, saved->side, arcs * sizeof *net->side);
    memcpy(net->breach, saved->breach, arcs * sizeof *net->breach);
    memcpy(net->tree, saved->tree, nodes * sizeof *net->tree);
    memcpy(net->next, saved->next, nodes * sizeof *net->next);
    memcpy(net->prev, saved->prev, nodes * sizeof *net->prev);
    net->unsettled = true;
}

/* A place that is none, while settle() goes over the arcs. */
enum { PLACE_IN_TREE = -2 };

/* ---- settling what was changed -------------------------------------------------------------- */

/** Ends breaches that are over. Where the arc above a node can carry nothing more to the root, the
 *  node hangs by its artificial arc instead: the tree is strongly feasible again. */
static void settle_tree(NetworkSimplex *net)
{
    for (int v = 0; v < net->node_count; v++) {
        int arc = net->tree[v].arc;
        if (arc == NETWORK_NONE)
            continue;
        int64_t flow = network_flow_above(net, v);
        if (net->breach[arc] != 0) {
            net->breach[arc] = breach_of(net, arc, flow);
            network_set_above(net, v, flow);
        }
        if (net->tree[v].rise > 0)
            continue;
        cut_above(net, v);
        (void)network_rest(net, arc, flow); /* a room of 0 is a bound */
    }
}

static void settle_outside(NetworkSimplex *net, int arc)
{
    int64_t flow = net->flow[arc];
    net->breach[arc] = 0;
    if (flow == net->lower[arc])
        net->side[arc] = AT_LOWER;
    else if (flow == net->upper[arc])
        net->side[arc] = AT_UPPER;
    else {
        net->breach[arc] = breach_of(net, arc, flow);
        net->side[arc] = NO_SIDE;
        net->loose[net->loose_count++] = arc;
    }
}

static bool add_breach(NetworkSimplex *net, int arc)
{
    int64_t flow = network_flow(net, arc), by;
    bool fits = net->breach[arc] > 0 ? !__builtin_sub_overflow(flow, net->upper[arc], &by)
                                     : !__builtin_sub_overflow(net->lower[arc], flow, &by);
    return fits && !__builtin_add_overflow(net->broken, by, &net->broken);
}

/** Marks the tree's arcs at their places, which settle() sets anew: asking each arc for its ends costs more. */
static void mark_tree(NetworkSimplex *net)
{
    for (int v = 0; v < net->node_count; v++)
        if (net->tree[v].arc != NETWORK_NONE)
            net->place[net->tree[v].arc] = PLACE_IN_TREE;
}

/** Sides, lists and the sum of breaches from the bounds as they are. False when that does not fit. */
static bool settle(NetworkSimplex *net)
{
    const int64_t *flow = net->flow, *lower = net->lower, *upper = net->upper;
    int *place = net->place, *open = net->open, open_count = 0;
    int8_t *side = net->side, *breach = net->breach;
    bool fits = true;
    settle_tree(net);
    mark_tree(net);
    net->loose_count = net->next_open = 0;
    net->broken = 0;
    for (int a = 0; a < net->arc_count; a++) {
        bool outside = place[a] != PLACE_IN_TREE;
        if (outside && flow[a] == lower[a]) { /* as most do */
            side[a] = AT_LOWER;
            breach[a] = 0;
        } else {
            if (outside)
                settle_outside(net, a);
            if (breach[a] != 0 && fits)
                fits = add_breach(net, a);
        }
        place[a] = NETWORK_NONE;
        if (lower[a] < upper[a]) {
            place[a] = open_count;
            open[open_count++] = a;
        }
    }
    net->open_count = open_count;
    net->unsettled = !fits;
    return fits;
}

/* ---- solving -------------------------------------------------------------------------------- */

static bool run_with(NetworkSimplex *net, bool mending)
{
    net->mending = mending;
    network_list_prices(net);
    bool fits = network_find_potentials(net) && network_run(net);
    net->mending = false;
    net->unsettled |= !fits; /* sides and sums may be half done */
    return fits;
}

NetworkOutcome network_solve(NetworkSimplex *net)
{
    if (!net->costs_fit || (net->unsettled && !settle(net)))
        return NETWORK_OVERFLOW;
    if (net->broken > 0) {
        if (!run_with(net, true))
            return NETWORK_OVERFLOW;
        if (net->broken > 0)
            return NETWORK_INFEASIBLE;
        settle_tree(net);
    }
    return run_with(net, false) ? NETWORK_OPTIMAL : NETWORK_OVERFLOW;
}

bool network_reprice(NetworkSimplex *net)
{
    return net->costs_fit && !net->unsettled && net->broken == 0 && network_find_potentials(net);
}

static void open_arc(NetworkSimplex *net, int arc)
{
    net->place[arc] = net->open_count;
    net->open[net->open_count++] = arc;
}

void network_freeze(NetworkSimplex *net)
{
    int count = net->open_count;
    net->open_count = net->next_open = 0;
    for (int k = 0; k < count; k++) {
        int a = net->open[k];
        if (network_reduced_cost(net, a) == 0)
            open_arc(net, a);
        else {
            net->lower[a] = net->upper[a] = net->flow[a];
            net->place[a] = NETWORK_NONE;
        }
    }
}

/* ---- reading -------------------------------------------------------------------------------- */

int64_t network_flow(const NetworkSimplex *net, int arc)
{
    return network_in_tree(net, arc) ? network_flow_above(net, node_below(net, arc))
                                     : net->flow[arc];
}

const int64_t *network_write_flows(NetworkSimplex *net)
{
    for (int v = 0; v < net->node_count; v++)
        if (net->tree[v].arc != NETWORK_NONE)
            net->flow[net->tree[v].arc] = network_flow_above(net, v);
    return net->flow;
}

ArcState network_state(const NetworkSimplex *net, int arc)
{
    if (net->side[arc] == NO_SIDE)
        return ARC_IN_TREE;
    return net->side[arc] == AT_LOWER ? ARC_AT_LOWER : ARC_AT_UPPER;
}

int64_t network_reduced_cost(const NetworkSimplex *net, int arc)
{
    return net->cost[arc] + net->potential[net->from[arc]] - net->potential[net->to[arc]];
}

int64_t network_potential(const NetworkSimplex *net, int node)
{
    return net->potential[node];
}

const int64_t *network_potentials(const NetworkSimplex *net)
{
    return net->potential;
}

const int64_t *network_costs(const NetworkSimplex *net)
{
    return net->cost;
}

const int64_t *network_lowers(const NetworkSimplex *net)
{
    return net->lower;
}

const int64_t *network_uppers(const NetworkSimplex *net)
{
    return net->upper;
}

const int64_t *network_flows(const NetworkSimplex *net)
{
    return net->flow;
}

int64_t network_flow_outside(const NetworkSimplex *net, int arc)
{
    return net->side[arc] == NO_SIDE && network_in_tree(net, arc) ? 0 : net->flow[arc];
}

int network_arc_above(const NetworkSimplex *net, int node)
{
    return net->tree[node].arc;
}

bool network_hangs_free(const NetworkSimplex *net, int node)
{
    return net->tree[node].arc != NETWORK_NONE;
}

long network_pivots(const NetworkSimplex *net)
{
    return net->pivots;
}
