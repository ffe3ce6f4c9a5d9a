/* The linear program beside the network. Columns are arcs in whole units of the currency, rows are
 * nodes (what enters leaves), then side rows. The tree of the network is its first basis, with the
 * side rows basic: dual feasible, so that the dual simplex method only has to mend the rows that are
 * broken. A side row is brought to the size of its largest term, so that its elements are about 1.
 */
#include "solver/side_bound.h"

#include <math.h>
#include <string.h>

#include "solver/side_plunge.h"
#include "solver/side_proof.h"

/* Times that broken rows are looked for. */
enum { CUTS_MOST = 6 };

static Status add_arcs(SideRun *run)
{
    const ClassNetwork *net = run->job->net;
    for (int a = 0; a < net->arc_count; a++) {
        bool limited = net->upper[a] < NETWORK_NO_LIMIT;
        double upper = limited ? (double)net->upper[a] / run->job->minor : INFINITY;
        TRY(lp_add_column(&run->lp, 0, upper, false, 1.0));
    }
    return STATUS_OK;
}

/** Each with a column for what it lacks. */
static Status add_levels(SideRun *run)
{
    const SideBound *job = run->job;
    run->first_level = run->rows.row_count;
    for (size_t k = 0; k < job->level_count; k++) {
        const SideLevel *level = &job->levels[k];
        TRY(lp_add_column(&run->lp, 0, 0, false, 1.0));
        TRY(side_rows_level(job->rules, level->count, level->arcs, level->weights, level->least,
                            &run->rows));
    }
    run->levels = (int)job->level_count;
    return STATUS_OK;
}

static Status add_nodes(SideRun *run)
{
    const ClassNetwork *net = run->job->net;
    Arena *arena = run->job->arena;
    size_t nodes = (size_t)net->node_count, ends = 2 * (size_t)net->arc_count;
    size_t *first = ARENA_NEW(arena, nodes + 2, size_t);
    int *columns = ARENA_NEW(arena, ends, int);
    double *values = ARENA_NEW(arena, ends, double);
    TRY_NEW(first);
    TRY_NEW(columns);
    TRY_NEW(values);
    for (int a = 0; a < net->arc_count; a++) {
        first[net->from[a] + 2]++;
        first[net->to[a] + 2]++;
    }
    for (size_t v = 2; v < nodes + 2; v++)
        first[v] += first[v - 1];
    for (int a = 0; a < net->arc_count; a++)
        for (int side = 0; side < 2; side++) { /* first[v + 1] moves up to where v ends */
            size_t at = first[(side == 0 ? net->from[a] : net->to[a]) + 1]++;
            columns[at] = a;
            values[at] = side == 0 ? -1 : 1;
        }
    for (size_t v = 0; v < nodes; v++)
        TRY(lp_add_row(&run->lp, 0, 0, first[v + 1] - first[v], columns + first[v],
                       values + first[v]));
    return STATUS_OK;
}

/** The size that a row is brought to, in units of the currency. */
static double row_size(const SideRun *run, const SideRow *row)
{
    int64_t most = 1;
    for (size_t k = row->left; k < row->right + row->right_count; k++)
        most = run->rows.terms[k].size > most ? run->rows.terms[k].size : most;
    return (double)most / run->job->minor;
}

/** Side rows from run->loaded on: into the program before it is loaded, or into the live one. */
static Status load_rows(SideRun *run)
{
    Arena *arena = run->job->arena;
    for (; run->loaded < run->rows.row_count; run->loaded++) {
        const SideRow *row = &run->rows.rows[run->loaded];
        size_t count = row->left_count + row->right_count;
        double size = row_size(run, row), upper = row->at_most_one ? (double)row->most * size : 0;
        int *columns = ARENA_NEW(arena, count + 1, int);
        double *values = ARENA_NEW(arena, count + 1, double);
        TRY_NEW(columns);
        TRY_NEW(values);
        upper -= row->is_level ? size : 0;
        for (size_t k = 0; k < count; k++) {
            const SideTerm *term = &run->rows.terms[row->left + k];
            columns[k] = term->arc;
            values[k] = size * run->job->minor / (double)term->size;
            if (k >= row->left_count)
                values[k] *= -(double)row->most;
        }
        if (row->is_level) {
            columns[count] = run->job->net->arc_count + (int)(run->loaded - run->first_level);
            values[count++] = -1;
        }
        if (run->backend != NULL)
            (void)backend_add_row(run->backend, -INFINITY, upper, count, columns, values, 1.0);
        else
            TRY(lp_add_row(&run->lp, -INFINITY, upper, count, columns, values));
    }
    return STATUS_OK;
}

static void place_basis(const SideRun *run)
{
    static const BackendPlace PLACES[] = {
        [ARC_AT_LOWER] = PLACE_LOWER, [ARC_AT_UPPER] = PLACE_UPPER, [ARC_IN_TREE] = PLACE_BASIC};
    const ClassNetwork *net = run->job->net;
    for (int a = 0; a < net->arc_count; a++)
        backend_place_column(run->backend, a, PLACES[network_state(run->job->simplex, a)]);
    for (int v = 0; v < net->node_count; v++)
        backend_place_row(run->backend, v,
                          network_hangs_free(run->job->simplex, v) ? PLACE_LOWER : PLACE_BASIC);
    for (int i = net->node_count; i < run->lp.row_count; i++)
        backend_place_row(run->backend, i, PLACE_BASIC);
}

void side_run_price(const SideRun *run, double less)
{
    const SideBound *job = run->job;
    size_t count = 0;
    for (int a = 0; a < job->net->arc_count; a++)
        if (job->cost[a] != 0 || run->paid[a]) {
            run->priced[count] = a;
            run->costs[count++] = (double)job->cost[a] - (run->paid[a] ? less : 0);
        }
    for (int k = 0; k < run->levels; k++) {
        run->priced[count] = job->net->arc_count + k;
        run->costs[count++] = less;
        backend_bound_column(run->backend, job->net->arc_count + k, 0, less > 0 ? INFINITY : 0);
    }
    backend_objective(run->backend, count, run->priced, run->costs);
}

void side_run_flow(const SideRun *run, double *flow)
{
    for (int a = 0; a < run->job->net->arc_count; a++)
        flow[a] = backend_value(run->backend, a) * run->job->minor;
}

Status side_run_solve(SideRun *run, double *flow, bool *solved)
{
    SideBound *job = run->job;
    *solved = false;
    for (int cut = 0; cut < CUTS_MOST; cut++) {
        if (backend_solve_dual(run->backend) != BACKEND_OPTIMAL)
            return STATUS_OK;
        *solved = true;
        side_run_flow(run, flow);
        if (cut + 1 < CUTS_MOST)
            TRY(side_rows_cut(job->rules, job->net, job->apart, flow, &run->rows));
        if (run->loaded == run->rows.row_count)
            return STATUS_OK;
        *solved = false;
        TRY(load_rows(run));
    }
    return STATUS_OK;
}

/** A row's dual is in costs for one of its own, which is `size` units of the currency. */
Status side_run_prove(const SideRun *run, Arena *arena, double *price, double *bound, bool *known)
{
    SideBound *job = run->job;
    const ClassNetwork *net = job->net;
    double *charge = ARENA_NEW(arena, run->rows.row_count, double);
    TRY_NEW(charge);
    for (int v = 0; v < net->node_count; v++)
        price[v] = backend_frozen_dual(run->backend, v, 0);
    for (size_t i = 0; i < run->rows.row_count; i++)
        charge[i] = -backend_frozen_dual(run->backend, net->node_count + (int)i, 0) * job->minor *
                    row_size(run, &run->rows.rows[i]);
    SideProgram program = {.node_count = net->node_count,
                           .arc_count = net->arc_count,
                           .from = net->from,
                           .to = net->to,
                           .lower = run->lower,
                           .upper = run->upper,
                           .cost = job->cost,
                           .rows = &run->rows};
    return side_proof(&program, price, charge, arena, bound, known);
}

static Status run_program(SideRun *run)
{
    bool solved;
    SideBound *job = run->job;
    place_basis(run);
    side_run_price(run, 0);
    TRY(side_run_solve(run, job->flow, &solved));
    if (solved)
        TRY(side_run_prove(run, job->arena, job->price, &job->bound, &job->known));
    if (job->known && job->bound < job->enough && job->nodes > 0)
        TRY(side_tree(run));
    return job->known && job->bound < job->enough && !job->is_plan && job->trail != NULL &&
                   job->plunge > 0
               ? side_plunge(run)
               : STATUS_OK;
}

Status side_bound(SideBound *job)
{
    SideRun run = {.job = job};
    job->known = false;
    job->flow = ARENA_NEW(job->arena, (size_t)job->net->arc_count, double);
    job->price = ARENA_NEW(job->arena, (size_t)job->net->node_count, double);
    run.lower = ARENA_NEW(job->arena, (size_t)job->net->arc_count, int64_t);
    run.upper = ARENA_NEW(job->arena, (size_t)job->net->arc_count, int64_t);
    TRY_NEW(job->flow);
    TRY_NEW(job->price);
    TRY_NEW(run.lower);
    TRY_NEW(run.upper);
    run.priced = ARENA_NEW(job->arena, (size_t)job->net->arc_count + job->level_count, int);
    run.costs = ARENA_NEW(job->arena, (size_t)job->net->arc_count + job->level_count, double);
    run.paid = ARENA_NEW(job->arena, (size_t)job->net->arc_count, bool);
    TRY_NEW(run.paid);
    TRY_NEW(run.priced);
    TRY_NEW(run.costs);
    memcpy(run.upper, job->net->upper, (size_t)job->net->arc_count * sizeof *run.upper);
    TRY(lp_init(job->arena, &run.lp));
    TRY(add_arcs(&run));
    TRY(side_rows_build(job->rules, job->net, job->apart, &run.rows));
    TRY(add_levels(&run));
    TRY(add_nodes(&run));
    TRY(load_rows(&run));
    run.backend = backend_open(&run.lp, job->arena);
    TRY_NEW(run.backend);
    Status status = run_program(&run);
    backend_close(run.backend);
    return status;
}
