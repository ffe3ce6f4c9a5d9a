/* When no plan can exist: the cheapest set of floors, reserves and commitments to loosen.
 *
 * Elastic relaxation (Chinneck, Feasibility and Infeasibility in Optimization, 2008, ch. 6): each
 * soft row may be missed at a price of one over its own size; the rest of the program stays hard.
 * Only these rows can make a round impossible: with all of them gone the empty plan is one.
 */
#include "allot/solve.h"

#include <string.h>

#include "solver/glpk_guard.h"
#include "solver/run.h"

/* A row missed by less than this (in its own whole units) is not missed. */
static const double MISSED = 1e-6;

typedef struct Slack {
    Concession concession;
    int column;
} Slack;

typedef struct ConcessionJob {
    const Formulation *form;
    Arena *arena;
    Slack *slacks;
    size_t slack_count;
    Concession *found;
    size_t found_count;
    Status status;
} ConcessionJob;

/** Replaces a row by the same row with a slack that costs. */
static Status soften_row(ConcessionJob *job, Backend *backend, size_t rule_index)
{
    const Lp *lp = &job->form->lp;
    const Rule *rule = &job->form->rules->rules[rule_index];
    int row = job->form->rule_row[rule_index];
    size_t count = lp->row_first[row + 1] - lp->row_first[row];
    int *columns = ARENA_NEW(job->arena, count + 1, int);
    double *values = ARENA_NEW(job->arena, count + 1, double);
    TRY_NEW(columns);
    TRY_NEW(values);
    if (count > 0) {
        memcpy(columns, lp->element_column + lp->row_first[row], count * sizeof *columns);
        memcpy(values, lp->element + lp->row_first[row], count * sizeof *values);
    }
    columns[count] = backend_add_column(backend, 0, INFINITY, 1.0 / lp->row_scale[row]);
    values[count] = rule->has_lower ? 1.0 : -1.0;
    backend_bound_row(backend, row, -INFINITY, INFINITY);
    backend_add_row(backend, lp->row_lower[row], lp->row_upper[row], count + 1, columns, values,
                    lp->row_scale[row]);
    job->slacks[job->slack_count++] =
        (Slack){.concession = {.index = rule_index}, .column = columns[count]};
    return STATUS_OK;
}

static void soften_commitment(ConcessionJob *job, Backend *backend, size_t pair)
{
    const Lp *lp = &job->form->lp;
    int column = backend_add_column(backend, 0, INFINITY, lp->column_scale[pair]);
    backend_bound_column(backend, (int)pair, fmin(0, lp->lower[pair]), lp->upper[pair]);
    backend_add_row(backend, lp->lower[pair], INFINITY, 2, (int[]){(int)pair, column},
                    (double[]){1.0, 1.0}, 1.0 / lp->column_scale[pair]);
    job->slacks[job->slack_count++] =
        (Slack){.concession = {.is_pair = true, .index = pair}, .column = column};
}

static Status soften(ConcessionJob *job, Backend *backend)
{
    const Formulation *form = job->form;
    for (size_t r = 0; r < form->rules->count; r++) {
        RuleFamily family = form->rules->rules[r].family;
        if (family == FAMILY_FLOOR || family == FAMILY_RESERVE)
            TRY(soften_row(job, backend, r));
    }
    for (size_t p = 0; p < form->pairs->count; p++)
        if (form->pairs->pairs[p].lower > 0)
            soften_commitment(job, backend, p);
    return STATUS_OK;
}

/** One over the size of what is conceded, so that a small floor is not sacrificed for a large one. */
static double price_of(const Formulation *form, const Slack *slack)
{
    double size;
    if (slack->concession.is_pair) {
        size = form->lp.lower[slack->concession.index];
    } else {
        const Rule *rule = &form->rules->rules[slack->concession.index];
        size = (double)rule->asked / (double)unit_scale(rule->unit);
    }
    return 1.0 / fmax(size, 1.0);
}

static Status collect(ConcessionJob *job, const Backend *backend)
{
    const Formulation *form = job->form;
    job->found = ARENA_NEW(job->arena, job->slack_count, Concession);
    TRY_NEW(job->found);
    for (size_t s = 0; s < job->slack_count; s++) {
        Concession concession = job->slacks[s].concession;
        concession.amount = backend_value(backend, job->slacks[s].column);
        if (concession.amount <= MISSED)
            continue;
        if (concession.is_pair) {
            const Need *need = &form->round->needs[form->pairs->pairs[concession.index].need];
            size_t n = (size_t)form->pairs->pairs[concession.index].need;
            concession.amount *= form->quantum[n] / (double)unit_scale(need->unit);
        }
        job->found[job->found_count++] = concession;
    }
    return STATUS_OK;
}

static Status find(ConcessionJob *job)
{
    Run run;
    const Formulation *form = job->form;
    job->slacks = ARENA_NEW(job->arena, form->rules->count + form->pairs->count, Slack);
    TRY_NEW(job->slacks);
    TRY(run_open(&run, form, NULL, job->arena));
    TRY(soften(job, run.backend));
    int *columns = ARENA_NEW(job->arena, job->slack_count, int);
    double *prices = ARENA_NEW(job->arena, job->slack_count, double);
    TRY_NEW(columns);
    TRY_NEW(prices);
    for (size_t s = 0; s < job->slack_count; s++) {
        columns[s] = job->slacks[s].column;
        prices[s] = price_of(form, &job->slacks[s]);
    }
    backend_objective(run.backend, job->slack_count, columns, prices);
    Status status = backend_solve(run.backend) == BACKEND_OPTIMAL ? collect(job, run.backend)
                                                                  : STATUS_SOLVER_FAULT;
    run_close(&run);
    return status;
}

static void guarded(void *context)
{
    ConcessionJob *job = context;
    job->status = find(job);
}

Status solve_concessions(const Formulation *form, Arena *arena, Concession **concessions,
                         size_t *count)
{
    GuardFault fault;
    ConcessionJob job = {.form = form, .arena = arena};
    *count = 0;
    if (!glpk_guard_run(guarded, &job, &fault))
        return STATUS_SOLVER_FAULT;
    TRY(job.status);
    *concessions = job.found;
    *count = job.found_count;
    return STATUS_OK;
}
