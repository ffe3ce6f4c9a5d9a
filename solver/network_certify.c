/* The certificate. GLPK gets the simplex's spanning tree as a linear program: a row a node (what enters
 * leaves), a column an arc of the tree, all of them basic, as is the row of each node that hangs by no
 * arc. The arcs outside the tree stand at a bound each; what they carry is put into the rows. So is what
 * the ends of the tree carry: a node of one arc says it alone, and what the node is worth follows from
 * its neighbour's worth. GLPK solves the rest, in no iteration or the network was wrong, and says what
 * each row is worth. At these duals of its own every arc of the network, in the tree or not, is priced in
 * whole numbers (network_proof.c): where nothing improves, GLPK's flow is optimal among all. So a program
 * with few of its columns at a time is solved (sifting.c), and GLPK's work is that of the nodes, not of
 * the arcs.
 *
 * All data are whole numbers that doubles hold, so that GLPK's values and duals are exact, and it can
 * only agree, or find a fault.
 */
#include <math.h>

#include "solver/backend.h"
#include "solver/network_run.h"

/** The tree as the backend takes it, and what it is asked about. */
typedef struct TreeProgram {
    int row_count;         /* nodes that are no ends */
    int *row_of;           /* [node_count] or AT_END */
    int *nodes;            /* [row_count] */
    int count;             /* columns: the arcs between them */
    int *arcs;             /* [count] */
    int *from, *to;        /* [count] rows */
    double *lower, *upper; /* [count] minor units */
    double *gain;          /* [row_count] what the other arcs leave to it */
    int64_t *left;         /* [node_count] the same in grains, the ends' too */
    double outside;        /* what they cost */
    Int128 total;          /* what the flow costs, in grains */
    int64_t *potential;    /* [node_count] GLPK's duals, once it is solved */
} TreeProgram;

enum { AT_END = -1 };

static double in_minor_units(const NetworkRun *run, int64_t amount)
{
    return amount >= NETWORK_NO_LIMIT ? INFINITY : (double)amount / (double)run->grain;
}

/* ---- the program ---------------------------------------------------------------------------- */

static Status allocate(const NetworkRun *run, Arena *arena, TreeProgram *p)
{
    size_t nodes = (size_t)run->net->node_count;
    p->row_of = ARENA_NEW(arena, nodes, int);
    p->nodes = ARENA_NEW(arena, nodes, int);
    p->left = ARENA_NEW(arena, nodes, int64_t);
    p->potential = ARENA_NEW(arena, nodes, int64_t);
    TRY_NEW(p->row_of);
    TRY_NEW(p->nodes);
    TRY_NEW(p->left);
    TRY_NEW(p->potential);
    return STATUS_OK;
}

static Status allocate_rest(Arena *arena, TreeProgram *p)
{
    size_t rows = (size_t)p->row_count;
    p->arcs = ARENA_NEW(arena, rows, int);
    p->from = ARENA_NEW(arena, rows, int);
    p->to = ARENA_NEW(arena, rows, int);
    p->lower = ARENA_NEW(arena, rows, double);
    p->upper = ARENA_NEW(arena, rows, double);
    p->gain = ARENA_NEW(arena, rows, double);
    TRY_NEW(p->arcs);
    TRY_NEW(p->from);
    TRY_NEW(p->to);
    TRY_NEW(p->lower);
    TRY_NEW(p->upper);
    TRY_NEW(p->gain);
    return STATUS_OK;
}

/** The other end of the arc above a node. */
static int node_above(const NetworkRun *run, int node, int arc)
{
    return run->from[arc] == node ? run->to[arc] : run->from[arc];
}

/** Which nodes are ends: they hang by an arc, and none by them. Where ends are all there is, none is left
 *  out. */
static void number_rows(const NetworkRun *run, TreeProgram *p)
{
    int nodes = run->net->node_count, between = 0;
    for (int v = 0; v < nodes; v++)
        p->row_of[v] = network_arc_above(run->simplex, v) < 0 ? 0 : AT_END;
    for (int v = 0; v < nodes; v++) {
        int arc = network_arc_above(run->simplex, v);
        if (arc >= 0)
            p->row_of[node_above(run, v, arc)] = 0;
    }
    for (int v = 0; v < nodes; v++)
        between += p->row_of[v] != AT_END && network_arc_above(run->simplex, v) >= 0;
    for (int v = 0; v < nodes; v++)
        if (p->row_of[v] != AT_END || between == 0) {
            p->row_of[v] = p->row_count;
            p->nodes[p->row_count++] = v;
        }
}

static void list_tree(const NetworkRun *run, TreeProgram *p)
{
    for (int i = 0; i < p->row_count; i++) {
        int arc = network_arc_above(run->simplex, p->nodes[i]);
        if (arc < 0)
            continue;
        p->arcs[p->count] = arc;
        p->from[p->count] = p->row_of[run->from[arc]];
        p->to[p->count] = p->row_of[run->to[arc]];
        p->lower[p->count] = in_minor_units(run, network_lower(run->simplex, arc));
        p->upper[p->count++] = in_minor_units(run, network_upper(run->simplex, arc));
    }
}

static void carry(const NetworkRun *run, TreeProgram *p, int arc, int64_t flow)
{
    p->left[run->from[arc]] += flow;
    p->left[run->to[arc]] -= flow;
}

/** Sums in grains, which nothing rounds. Amounts of all arcs together fit (network_plan.c). */
static Int128 take_outside(const NetworkRun *run, const int64_t *cost, TreeProgram *p)
{
    const int64_t *flows = network_flows(run->simplex); /* stale where an arc is in the tree */
    Int128 sum = 0;
    for (int a = 0; a < run->arc_count; a++) {
        int64_t flow = flows[a] == 0 ? 0 : network_flow_outside(run->simplex, a);
        if (flow == 0)
            continue;
        carry(run, p, a, flow);
        sum += (Int128)cost[a] * flow;
    }
    return sum;
}

/** What the arcs of the ends carry follows from what the others leave there. Look at run->fault. */
static Status take_ends(NetworkRun *run, const char *label, const int64_t *cost, TreeProgram *p,
                        Int128 *sum)
{
    for (int v = 0; v < run->net->node_count; v++) {
        int arc = network_arc_above(run->simplex, v);
        if (p->row_of[v] != AT_END)
            continue;
        int64_t flow = run->from[arc] == v ? -p->left[v] : p->left[v];
        if (flow < network_lower(run->simplex, arc) || flow > network_upper(run->simplex, arc))
            return network_give_up(run, "%s: an end of the tree breaks a bound", label);
        carry(run, p, arc, flow);
        *sum += (Int128)cost[arc] * flow;
    }
    return STATUS_OK;
}

/** Everything but the columns' costs. Look at run->fault. */
static Status build(NetworkRun *run, const char *label, const int64_t *cost, TreeProgram *p)
{
    Arena *arena = run->program_arena;
    TRY(allocate(run, arena, p));
    number_rows(run, p);
    TRY(allocate_rest(arena, p));
    list_tree(run, p);
    Int128 sum = take_outside(run, cost, p);
    TRY(take_ends(run, label, cost, p, &sum));
    for (int i = 0; i < p->row_count; i++)
        p->gain[i] = (double)p->left[p->nodes[i]] / (double)run->grain;
    p->outside = (double)sum / (double)run->grain;
    return STATUS_OK;
}

static Backend *load(const NetworkRun *run, const TreeProgram *p, Arena *arena)
{
    BackendNetwork net = {.node_count = p->row_count,
                          .arc_count = p->count,
                          .from = p->from,
                          .to = p->to,
                          .lower = p->lower,
                          .upper = p->upper,
                          .gain = p->gain};
    Backend *backend = backend_open_network(&net, arena);
    for (int j = 0; backend != NULL && j < p->count; j++)
        backend_place_column(backend, j, PLACE_BASIC);
    for (int v = 0; backend != NULL && v < net.node_count; v++)
        backend_place_row(
            backend, v, network_hangs_free(run->simplex, p->nodes[v]) ? PLACE_LOWER : PLACE_BASIC);
    return backend;
}

/* ---- asking --------------------------------------------------------------------------------- */

static Status set_costs(Backend *backend, const TreeProgram *p, const int64_t *cost, Arena *arena)
{
    size_t count = 0;
    int *columns = ARENA_NEW(arena, (size_t)p->count, int);
    double *costs = ARENA_NEW(arena, (size_t)p->count, double);
    TRY_NEW(columns);
    TRY_NEW(costs);
    for (int j = 0; j < p->count; j++)
        if (cost[p->arcs[j]] != 0) {
            columns[count] = j;
            costs[count++] = (double)cost[p->arcs[j]];
        }
    backend_objective(backend, count, columns, costs);
    return STATUS_OK;
}

/** Sums of doubles of this size lose so much at most. */
static bool same_objective(double network, double outside, double found)
{
    double size = 1.0 + fabs(network) + fabs(outside);
    return fabs(found - network) <= 1e-9 * size;
}

/** The whole number that each dual is; a rounded one is a potential too, only not as good a one. An end's
 *  is such that the arc it hangs by has a reduced cost of 0. */
static bool take_duals(const NetworkRun *run, const Backend *backend, const int64_t *cost,
                       TreeProgram *p)
{
    double scale = backend_cost_scale(backend);
    for (int i = 0; i < p->row_count; i++) {
        double dual = backend_row_dual(backend, i) / scale;
        if (!(fabs(dual) < (double)NETWORK_COST_LIMIT))
            return false;
        p->potential[p->nodes[i]] = (int64_t)round(dual);
    }
    for (int v = 0; v < run->net->node_count; v++) {
        int arc = network_arc_above(run->simplex, v);
        if (p->row_of[v] != AT_END)
            continue;
        int64_t above = p->potential[node_above(run, v, arc)];
        p->potential[v] = run->from[arc] == v ? above - cost[arc] : above + cost[arc];
        if (p->potential[v] > NETWORK_COST_LIMIT || p->potential[v] < -NETWORK_COST_LIMIT)
            return false;
    }
    return true;
}

static Status ask(NetworkRun *run, const char *label, Backend *backend, const int64_t *cost,
                  TreeProgram *p)
{
    BackendOutcome outcome = backend_solve(backend);
    double found = p->outside, network = (double)p->total / (double)run->grain;
    for (int j = 0; j < p->count; j++)
        found += (double)cost[p->arcs[j]] * backend_value(backend, j);
    if (outcome != BACKEND_OPTIMAL)
        return network_give_up(run, "%s: GLPK finds no optimum", label);
    if (backend_iterations(backend) > 0)
        return network_give_up(run, "%s: GLPK goes on from the network's tree, by %ld iterations",
                               label, backend_iterations(backend));
    if (!same_objective(network, p->outside, found))
        return network_give_up(run, "%s: GLPK finds %.17g, the network %.17g", label, found,
                               network);
    if (!take_duals(run, backend, cost, p))
        return network_give_up(run, "%s: GLPK's duals are out of range", label);
    return STATUS_OK;
}

/** Certifies with the costs of all arcs at hand, and program.total. */
static Status confirm(NetworkRun *run, const char *label, const int64_t *cost, TreeProgram *p)
{
    TRY(build(run, label, cost, p));
    if (run->fault == NULL && p->count > 0) { /* else nothing can move, and duals of 0 say so */
        Backend *backend = load(run, p, run->program_arena);
        TRY_NEW(backend);
        Status status = set_costs(backend, p, cost, run->program_arena);
        if (status == STATUS_OK)
            status = ask(run, label, backend, cost, p);
        backend_close(backend);
        TRY(status);
    }
    if (run->fault == NULL && !network_prove(run, cost, p->potential, p->total))
        return network_give_up(run, "%s: an arc improves on the tree at GLPK's duals", label);
    return STATUS_OK;
}

Status network_certify(NetworkRun *run, const char *label, size_t count, const int *arcs,
                       const int64_t *costs)
{
    TreeProgram program = {.total = network_run_cost(run, count, arcs, costs)};
    run->asked = label;
    run->proven = false;
    arena_reset(run->program_arena);
    network_objective(run->simplex, count, arcs, costs);
    return confirm(run, label, network_costs(run->simplex), &program);
}
