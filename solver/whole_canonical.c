/* The canonical order over whole columns. Which of several equal plans stands is decided by the order of ids
 * also where needs are met all or not at all: of two needs the first is served. Behind every stage and held
 * to all of them, the least canonical sum is looked for among whole points, by one search within narrow
 * limits. Levels are held by rows that give way by what searches cannot tell apart, so a point found stays
 * only where it is as good in every stage by the exact costs, not by those rows.
 */
#include <string.h>

#include "solver/whole.h"

/* Programs of more columns keep the point at hand, and so do searches of more work (simplex iterations times
 * columns): the order of equals is not worth seconds. */
enum { COLUMNS_MOST = 4000, NODES_MOST = 2000 };
static const double WORK_MOST = 2e7;

/* As good as another: what doubles make of sums of amounts, relatively, and what points of searches are off
 * by in amounts and in shares. */
static const double SAME_SUM = 1e-11, SAME_AMOUNT = 1e-6;

/* Half a step of a stage is never noise. */
static const double STEP_PART = 0.5;

static double value_of(const Stage *stage, const double *x)
{
    double value = 0;
    for (size_t k = 0; k < stage->count; k++)
        value += stage->costs[k] * x[stage->columns[k]];
    return value;
}

/** The shares of the point at hand against those of @p x, first the smallest: *order is below 0 where it is the
 *  fairer one. */
static Status compare_shares(const WholeRun *w, const Stage *stage, const double *x, int *order)
{
    double *now, *then;
    TRY(whole_sorted_shares(w, stage, w->x, &now));
    TRY(whole_sorted_shares(w, stage, x, &then));
    *order = 0;
    for (size_t g = 0; g < stage->group_count && *order == 0; g++)
        if (fabs(now[g] - then[g]) > RUN_SAME_SHARE)
            *order = now[g] > then[g] ? -1 : 1;
    return STATUS_OK;
}

/** Is the point at hand as good as @p x in every stage that is listed, or better in the first in which they
 *  differ? */
static Status is_as_good(const WholeRun *w, const double *x, bool *good)
{
    const Formulation *form = w->run->form;
    *good = true;
    for (size_t s = 0; s < form->stage_count; s++) {
        const Stage *stage = &form->stages[s];
        int order = 0;
        if (stage->kind == STAGE_CANONICAL)
            continue;
        if (stage->kind == STAGE_FAIRNESS) {
            TRY(compare_shares(w, stage, x, &order));
        } else {
            double now = value_of(stage, w->x), then = value_of(stage, x);
            double same = SAME_SUM * fmax(fabs(now), fabs(then)) + SAME_AMOUNT;
            double step = formulation_stage_step(form, stage);
            if (step > 0)
                same = fmin(same, STEP_PART * step);
            order = fabs(now - then) <= same ? 0 : now < then ? -1 : 1;
        }
        *good = order <= 0;
        if (order != 0)
            return STATUS_OK;
    }
    return STATUS_OK;
}

/** The relaxation's own point where that is whole, else what a search finds. */
static Status look_for_better(WholeRun *w, const Aim *aim)
{
    Backend *backend = w->run->backend;
    BackendSearch limits = {.nodes = NODES_MOST,
                            .work = WORK_MOST,
                            .deadline = w->run->settings->deadline,
                            .simple_branching = w->run->settings->cautious,
                            .start = w->x};
    bool found;
    double bound;
    backend_objective(backend, aim->count, aim->columns, aim->costs);
    if (backend_solve(backend) != BACKEND_OPTIMAL &&
        (!backend_admit(backend, w->x) || backend_solve(backend) != BACKEND_OPTIMAL))
        return STATUS_OK;
    (void)backend_search(backend, &limits, &found, &bound);
    return found ? whole_take_better(w, aim) : STATUS_OK;
}

Status whole_canonical(WholeRun *w, size_t index)
{
    const Stage *stage = &w->run->form->stages[index];
    size_t count = (size_t)backend_column_count(w->run->backend);
    Aim aim = {.count = stage->count,
               .columns = stage->columns,
               .costs = stage->costs,
               .scale = 1.0,
               .tier_stage = -1};
    bool good;
    if (!w->run->form->has_switches || !w->has_point || count > COLUMNS_MOST ||
        solve_is_late(w->run->settings))
        return STATUS_OK;
    double *before = ARENA_NEW(w->run->arena, count, double);
    TRY_NEW(before);
    memcpy(before, w->x, count * sizeof *before);
    TRY(look_for_better(w, &aim));
    TRY(is_as_good(w, before, &good));
    return good ? STATUS_OK : whole_keep_point(w, before, count);
}
