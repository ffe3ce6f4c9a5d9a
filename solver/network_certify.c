/* The certificate. GLPK gets the circulation as a linear program (a row a node: what enters leaves; a
 * column an arc) and the simplex's spanning tree as basis: arcs of the tree are basic, and the row of
 * each node that hangs by no arc. All data are whole numbers that doubles hold, so that GLPK's own
 * primal values and reduced costs are exact, and it can only agree, or find a fault.
 *
 * Arcs that are fixed stand at their flow; those outside the tree are left out and their flow is put
 * into the rows, which is what GLPK's own presolve would begin with.
 */
#include <math.h>
#include <string.h>

#include "solver/backend.h"
#include "solver/glpk_guard.h"
#include "solver/network_run.h"

typedef struct Certificate {
    const NetworkRun *run;
    Arena *arena; /* of this certificate alone */
    Lp lp;
    int *column_of; /* [arc_count] or -1 */
    int *row_of;    /* [node_count] or -1 */
    int *arc_of;    /* [column_count] */
    int *node_of;   /* [row_count] */
    size_t count;   /* costs, of columns */
    int *columns;
    double *costs;
    double fixed;     /* what the arcs left out cost */
    double objective; /* what the network says */
    long iterations;
    BackendOutcome outcome;
    double found;
    Status status;
} Certificate;

static double in_minor_units(const NetworkRun *run, int64_t amount)
{
    return amount >= NETWORK_NO_LIMIT ? INFINITY : (double)amount / (double)run->grain;
}

static Status take_arcs(Certificate *c)
{
    const NetworkRun *run = c->run;
    c->column_of = ARENA_NEW(c->arena, (size_t)run->arc_count, int);
    c->arc_of = ARENA_NEW(c->arena, (size_t)run->arc_count, int);
    TRY_NEW(c->column_of);
    TRY_NEW(c->arc_of);
    for (int a = 0; a < run->arc_count; a++) {
        int64_t lower = network_lower(run->simplex, a), upper = network_upper(run->simplex, a);
        c->column_of[a] = -1;
        if (lower == upper && network_state(run->simplex, a) != ARC_IN_TREE)
            continue;
        c->column_of[a] = c->lp.column_count;
        c->arc_of[c->lp.column_count] = a;
        TRY(lp_add_column(&c->lp, in_minor_units(run, lower), in_minor_units(run, upper), false,
                          1.0));
    }
    return STATUS_OK;
}

/** The arcs of the program at each node, and what the others bring in. */
typedef struct Ends {
    size_t *first; /* [node_count + 1] */
    int *columns;
    double *values; /* 1: enters, -1: leaves */
    double *inflow; /* [node_count] of arcs left out */
} Ends;

static Status find_ends(const Certificate *c, Ends *ends)
{
    const NetworkRun *run = c->run;
    size_t nodes = (size_t)run->net->node_count, total = 2 * (size_t)c->lp.column_count;
    size_t *next = ARENA_NEW(c->arena, nodes + 1, size_t);
    ends->first = ARENA_NEW(c->arena, nodes + 1, size_t);
    ends->columns = ARENA_NEW(c->arena, total, int);
    ends->values = ARENA_NEW(c->arena, total, double);
    ends->inflow = ARENA_NEW(c->arena, nodes, double);
    TRY_NEW(next);
    TRY_NEW(ends->first);
    TRY_NEW(ends->columns);
    TRY_NEW(ends->values);
    TRY_NEW(ends->inflow);
    for (int j = 0; j < c->lp.column_count; j++) {
        int arc = c->arc_of[j];
        ends->first[run->from[arc] + 1] += run->from[arc] != run->to[arc];
        ends->first[run->to[arc] + 1] += run->from[arc] != run->to[arc];
    }
    for (size_t v = 0; v < nodes; v++)
        ends->first[v + 1] += ends->first[v];
    memcpy(next, ends->first, (nodes + 1) * sizeof *next);
    for (int a = 0; a < run->arc_count; a++) {
        double flow = in_minor_units(run, network_flow(run->simplex, a));
        for (int side = 0; side < 2 && run->from[a] != run->to[a]; side++) {
            int node = side == 0 ? run->from[a] : run->to[a];
            double value = side == 0 ? -1 : 1;
            if (c->column_of[a] < 0) {
                ends->inflow[node] += value * flow;
                continue;
            }
            ends->columns[next[node]] = c->column_of[a];
            ends->values[next[node]++] = value;
        }
    }
    return STATUS_OK;
}

static Status add_rows(Certificate *c)
{
    int nodes = c->run->net->node_count;
    Ends ends;
    TRY(find_ends(c, &ends));
    c->node_of = ARENA_NEW(c->arena, (size_t)nodes, int);
    TRY_NEW(c->node_of);
    for (int v = 0; v < nodes; v++) {
        size_t count = ends.first[v + 1] - ends.first[v];
        if (count == 0)
            continue; /* hangs by no arc: it would be a basic row without elements */
        c->node_of[c->lp.row_count] = v;
        TRY(lp_add_row(&c->lp, -ends.inflow[v], -ends.inflow[v], count,
                       ends.columns + ends.first[v], ends.values + ends.first[v]));
    }
    return STATUS_OK;
}

static Status take_costs(Certificate *c, size_t count, const int *arcs, const int64_t *costs)
{
    Int128 sum = 0;
    c->columns = ARENA_NEW(c->arena, count, int);
    c->costs = ARENA_NEW(c->arena, count, double);
    TRY_NEW(c->columns);
    TRY_NEW(c->costs);
    for (size_t k = 0; k < count; k++) {
        int64_t flow = network_flow(c->run->simplex, arcs[k]);
        sum += (Int128)costs[k] * flow;
        if (c->column_of[arcs[k]] < 0) {
            c->fixed += (double)costs[k] * in_minor_units(c->run, flow);
            continue;
        }
        c->columns[c->count] = c->column_of[arcs[k]];
        c->costs[c->count++] = (double)costs[k];
    }
    c->objective = (double)sum / (double)c->run->grain;
    return STATUS_OK;
}

static void place_basis(const Certificate *c, Backend *backend)
{
    static const BackendPlace PLACES[] = {
        [ARC_AT_LOWER] = PLACE_LOWER, [ARC_AT_UPPER] = PLACE_UPPER, [ARC_IN_TREE] = PLACE_BASIC};
    const NetworkSimplex *simplex = c->run->simplex;
    for (int j = 0; j < c->lp.column_count; j++)
        backend_place_column(backend, j, PLACES[network_state(simplex, c->arc_of[j])]);
    for (int i = 0; i < c->lp.row_count; i++)
        backend_place_row(backend, i,
                          network_hangs_free(simplex, c->node_of[i]) ? PLACE_LOWER : PLACE_BASIC);
}

static void guarded(void *context)
{
    Certificate *c = context;
    Backend *backend = backend_open(&c->lp, c->arena);
    if (backend == NULL) {
        c->status = STATUS_NO_MEMORY;
        return;
    }
    place_basis(c, backend);
    backend_objective(backend, c->count, c->columns, c->costs);
    c->outcome = backend_solve(backend);
    c->iterations = backend_iterations(backend);
    c->found = c->fixed;
    for (size_t k = 0; k < c->count; k++)
        c->found += c->costs[k] * backend_value(backend, c->columns[k]);
    backend_close(backend);
}

/** Sums of doubles of this size lose so much at most. */
static bool same_objective(const Certificate *c)
{
    double size = 1.0 + fabs(c->objective) + fabs(c->fixed);
    return fabs(c->found - c->objective) <= 1e-9 * size;
}

static Status build(Certificate *c, size_t count, const int *arcs, const int64_t *costs)
{
    TRY(lp_init(c->arena, &c->lp));
    TRY(take_arcs(c));
    TRY(add_rows(c));
    return take_costs(c, count, arcs, costs);
}

static Status ask(Certificate *c, NetworkRun *run, const char *label)
{
    GuardFault fault;
    if (!glpk_guard_run(guarded, c, &fault))
        return network_give_up(run, "%s: GLPK failed: %s", label, fault.text);
    TRY(c->status);
    if (c->outcome != BACKEND_OPTIMAL)
        return network_give_up(run, "%s: GLPK finds no optimum", label);
    if (c->iterations > 0)
        return network_give_up(run, "%s: GLPK goes on from the network's tree, by %ld iterations",
                               label, c->iterations);
    if (!same_objective(c))
        return network_give_up(run, "%s: GLPK finds %.17g, the network %.17g", label, c->found,
                               c->objective);
    return STATUS_OK;
}

Status network_certify(NetworkRun *run, const char *label, size_t count, const int *arcs,
                       const int64_t *costs)
{
    Arena *scratch = arena_new();
    TRY_NEW(scratch);
    Certificate c = {.run = run, .arena = scratch, .status = STATUS_OK};
    Status status = build(&c, count, arcs, costs);
    if (status == STATUS_OK && c.lp.column_count > 0)
        status = ask(&c, run, label);
    arena_free(scratch);
    return status;
}
