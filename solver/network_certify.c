/* The certificate. GLPK gets the simplex's spanning tree as a linear program: a row a node (what enters
 * leaves), a column an arc of the tree, all of them basic, as is the row of each node that hangs by no
 * arc. The arcs outside the tree stand at a bound each; what they carry is put into the rows. GLPK
 * solves it, in no iteration or the network was wrong, and says what each row is worth. At these duals
 * of its own every arc of the network, in the tree or not, is priced in whole numbers
 * (network_proof.c): where nothing improves, GLPK's flow is optimal among all. So a program with few of
 * its columns at a time is solved (sifting.c), and GLPK's work is that of the nodes, not of the arcs.
 *
 * All data are whole numbers that doubles hold, so that GLPK's values and duals are exact, and it can
 * only agree, or find a fault.
 */
#include <math.h>

#include "solver/backend.h"
#include "solver/network_run.h"

/** The tree as the backend takes it, and what it is asked about. */
typedef struct TreeProgram {
    int count;             /* columns */
    int *arcs;             /* [count] */
    int *from, *to;        /* [count] */
    double *lower, *upper; /* [count] minor units */
    double *gain;          /* [node_count] what the arcs outside the tree leave to it */
    double outside;        /* what they cost */
    Int128 total;          /* what the flow costs, in grains */
    int64_t *potential;    /* [node_count] GLPK's duals, once it is solved */
} TreeProgram;

static double in_minor_units(const NetworkRun *run, int64_t amount)
{
    return amount >= NETWORK_NO_LIMIT ? INFINITY : (double)amount / (double)run->grain;
}

/* ---- the program ---------------------------------------------------------------------------- */

static Status allocate(const NetworkRun *run, Arena *arena, TreeProgram *p)
{
    size_t nodes = (size_t)run->net->node_count;
    p->arcs = ARENA_NEW(arena, nodes, int);
    p->from = ARENA_NEW(arena, nodes, int);
    p->to = ARENA_NEW(arena, nodes, int);
    p->lower = ARENA_NEW(arena, nodes, double);
    p->upper = ARENA_NEW(arena, nodes, double);
    p->gain = ARENA_NEW(arena, nodes, double);
    p->potential = ARENA_NEW(arena, nodes, int64_t);
    TRY_NEW(p->arcs);
    TRY_NEW(p->from);
    TRY_NEW(p->to);
    TRY_NEW(p->lower);
    TRY_NEW(p->upper);
    TRY_NEW(p->gain);
    TRY_NEW(p->potential);
    return STATUS_OK;
}

static void list_tree(const NetworkRun *run, TreeProgram *p)
{
    for (int v = 0; v < run->net->node_count; v++) {
        int arc = network_arc_above(run->simplex, v);
        if (arc < 0)
            continue;
        p->arcs[p->count] = arc;
        p->from[p->count] = run->from[arc];
        p->to[p->count] = run->to[arc];
        p->lower[p->count] = in_minor_units(run, network_lower(run->simplex, arc));
        p->upper[p->count++] = in_minor_units(run, network_upper(run->simplex, arc));
    }
}

/** Sums in grains, which nothing rounds. Amounts of all arcs together fit (network_plan.c). */
static Status take_outside(const NetworkRun *run, const int64_t *cost, Arena *arena, TreeProgram *p)
{
    int64_t *gain = ARENA_NEW(arena, (size_t)run->net->node_count, int64_t);
    const int64_t *flows = network_flows(run->simplex); /* stale where an arc is in the tree */
    Int128 sum = 0;
    TRY_NEW(gain);
    for (int a = 0; a < run->arc_count; a++) {
        int64_t flow = flows[a] == 0 ? 0 : network_flow_outside(run->simplex, a);
        if (flow == 0)
            continue;
        gain[run->from[a]] += flow;
        gain[run->to[a]] -= flow;
        sum += (Int128)cost[a] * flow;
    }
    for (int v = 0; v < run->net->node_count; v++)
        p->gain[v] = (double)gain[v] / (double)run->grain;
    p->outside = (double)sum / (double)run->grain;
    return STATUS_OK;
}

static Backend *load(const NetworkRun *run, const TreeProgram *p, Arena *arena)
{
    BackendNetwork net = {.node_count = run->net->node_count,
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
        backend_place_row(backend, v,
                          network_hangs_free(run->simplex, v) ? PLACE_LOWER : PLACE_BASIC);
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

/** The whole number that each dual is; a rounded one is a potential too, only not as good a one. */
static bool take_duals(const NetworkRun *run, const Backend *backend, TreeProgram *p)
{
    double scale = backend_cost_scale(backend);
    for (int v = 0; v < run->net->node_count; v++) {
        double dual = backend_row_dual(backend, v) / scale;
        if (!(fabs(dual) < (double)NETWORK_COST_LIMIT))
            return false;
        p->potential[v] = (int64_t)round(dual);
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
    if (!take_duals(run, backend, p))
        return network_give_up(run, "%s: GLPK's duals are out of range", label);
    return STATUS_OK;
}

Status network_certify(NetworkRun *run, const char *label, size_t count, const int *arcs,
                       const int64_t *costs)
{
    TreeProgram program = {0};
    const int64_t *cost;
    run->asked = label;
    run->proven = false;
    arena_reset(run->program_arena);
    TRY(network_spread_costs(run, count, arcs, costs, &cost));
    TRY(allocate(run, run->program_arena, &program));
    list_tree(run, &program);
    program.total = network_run_cost(run, cost);
    TRY(take_outside(run, cost, run->program_arena, &program));
    if (program.count > 0) { /* else nothing can move, and duals of 0 say so */
        Backend *backend = load(run, &program, run->program_arena);
        TRY_NEW(backend);
        Status status = set_costs(backend, &program, cost, run->program_arena);
        if (status == STATUS_OK)
            status = ask(run, label, backend, cost, &program);
        backend_close(backend);
        TRY(status);
    }
    if (run->fault == NULL && !network_prove(run, cost, program.potential, program.total))
        return network_give_up(run, "%s: an arc improves on the tree at GLPK's duals", label);
    return STATUS_OK;
}
