/* Holding the stages of a plan: of a linear program by deciding them again, each frozen by its reduced
 * costs; of one with whole columns likewise where the relaxation comes to the plan's value, else by
 * a row that keeps the value, and of a fairness by rows that keep the sums of the smallest shares.
 */
#include "solver/face.h"

#include <stdlib.h>

#include "allot/extract.h"

/* What a row holds may be missed by so much, relative, and at least by as much of its unit (of a sum of
 * shares: of a share): more than the noise of a solve, as in whole_decide.c. */
static const double HOLD_RELATIVE = 1e-9, HOLD_LEAST = 1e-6, HOLD_SHARE = 1e-8;

/* The relaxation comes to the plan's value when it is this near, relative. */
static const double ATTAINED = 1e-11;

/* Shares as near as this are one: rounding to minor units moves them as much. */
static const double SAME_SHARE = 5e-7;

/* Pairs of rank and group of a fairness that are held by rows; beyond that its shares are. */
static const size_t RANKED_MOST = 1500;

/* Most work of all questions, and what a solve without an iteration counts as, in iterations. */
static const double WORK = 2e9;
static const double SOLVE_ITERATIONS = 3;

static Status add_level(Face *face, double most, size_t count, const int *columns,
                        const double *costs, double scale)
{
    face->levels = arena_grow(face->run.arena, face->levels, face->level_count,
                              face->level_count + 1, sizeof *face->levels);
    TRY_NEW(face->levels);
    face->levels[face->level_count++] =
        backend_add_row(face->run.backend, -INFINITY, most, count, columns, costs, scale);
    return STATUS_OK;
}

/** Did the last solve use a level's slack? Then its prices speak of points that no plan is. */
static bool leans_on_level(const Face *face)
{
    for (size_t i = 0; i < face->level_count; i++)
        if (fabs(backend_row_dual(face->run.backend, face->levels[i])) > RUN_ZERO_COST)
            return true;
    return false;
}

static double value_at(const Stage *stage, const double *x)
{
    double value = 0;
    for (size_t k = 0; k < stage->count; k++)
        value += stage->costs[k] * x[stage->columns[k]];
    return value;
}

/** Keeps the plan's value of a linear stage. */
static Status hold_value(Face *face, const Stage *stage)
{
    const Lp *lp = &face->form.lp;
    double value = value_at(stage, face->x), largest = 0;
    if (stage->count == 0)
        return STATUS_OK;
    if (face_solve(face, stage->count, stage->columns, stage->costs) == BACKEND_OPTIMAL) {
        double relaxed = run_stage_value(&face->run, stage) - stage->constant;
        if (value - relaxed <= ATTAINED * fmax(1.0, fabs(value)) && !leans_on_level(face)) {
            run_freeze(&face->run);
            return run_refine(&face->run, stage->count, stage->columns, stage->costs);
        }
    }
    for (size_t k = 0; k < stage->count; k++)
        largest = fmax(largest, fabs(stage->costs[k]) * lp->column_scale[stage->columns[k]]);
    return add_level(face, value + HOLD_RELATIVE * fabs(value) + HOLD_LEAST, stage->count,
                     stage->columns, stage->costs, 1.0 / fmax(largest, 1e-12));
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/** Every group keeps its share: no more than one of the ways to keep the fairness. */
static void hold_shares(Face *face, const Stage *stage)
{
    for (size_t g = 0; g < stage->group_count; g++) {
        double lower, upper;
        int column = stage->share_columns[g];
        backend_column_bounds(face->run.backend, column, &lower, &upper);
        double least = face->x[column] - HOLD_SHARE;
        backend_bound_column(face->run.backend, column, fmax(lower, fmin(least, upper)), upper);
    }
    face->narrow = true;
}

/** Columns t and d for the sum of the @p rank smallest shares, the largest rank t - sum d with
 *  d >= t - share (as in whole_stages.c); @p columns and @p costs get sum d - rank t. */
static void add_rank(Face *face, const Stage *stage, size_t rank, int *columns, double *costs)
{
    Backend *backend = face->run.backend;
    const Lp *lp = &face->form.lp;
    double top = lp->upper[stage->level_column], scale = lp->column_scale[stage->level_column];
    columns[0] = backend_add_column(backend, 0, top, scale);
    costs[0] = -(double)rank;
    for (size_t g = 0; g < stage->group_count; g++) {
        int share = stage->share_columns[g];
        columns[g + 1] = backend_add_column(backend, 0, top, scale);
        costs[g + 1] = 1.0;
        backend_add_row(backend, 0, INFINITY, 3, (int[]){columns[g + 1], share, columns[0]},
                        (double[]){1.0, 1.0, -1.0}, 1.0 / scale);
    }
}

/** No share falls below the smallest: what the first rank says, as bounds. */
static void hold_smallest(Face *face, const Stage *stage, double least)
{
    for (size_t g = 0; g < stage->group_count; g++) {
        double lower, upper;
        int column = stage->share_columns[g];
        backend_column_bounds(face->run.backend, column, &lower, &upper);
        if (least - HOLD_SHARE > lower)
            backend_bound_column(face->run.backend, column, fmin(least - HOLD_SHARE, upper), upper);
    }
}

/** The sum of the @p rank smallest shares stays; of all of them it is a plain sum. */
static Status hold_rank(Face *face, const Stage *stage, size_t rank, double sum, int *columns,
                        double *costs)
{
    double scale = 1.0 / face->form.lp.column_scale[stage->level_column];
    if (rank < stage->group_count) {
        add_rank(face, stage, rank, columns, costs);
        return add_level(face, HOLD_SHARE - sum, stage->group_count + 1, columns, costs, scale);
    }
    for (size_t g = 0; g < stage->group_count; g++)
        costs[g] = -1.0;
    return add_level(face, HOLD_SHARE - sum, stage->group_count, stage->share_columns, costs,
                     scale);
}

/** The end of the run of equal shares that begins at @p first. */
static size_t run_end(const double *sorted, size_t groups, size_t first, double top)
{
    size_t end = first + 1;
    if (sorted[first] >= top - RUN_SAME_SHARE)
        return groups; /* all full: the sum of all keeps them so */
    while (end < groups && sorted[end] - sorted[first] <= SAME_SHARE)
        end++;
    return end;
}

/** The ranks, counted from 1, whose sums say all: the first of every run of equal shares, because the sum
 *  is convex in the rank; of a run that is equal but for rounding the last as well; all of them, which
 *  alone keeps full those that are. */
static size_t list_ranks(const double *sorted, size_t groups, double top, size_t *ranks)
{
    size_t count = 0;
    for (size_t first = 0, end; first < groups; first = end) {
        end = run_end(sorted, groups, first, top);
        bool full = sorted[first] >= top - RUN_SAME_SHARE;
        if (!full && first + 1 < groups)
            ranks[count++] = first + 1;
        if (end < groups && sorted[end - 1] - sorted[first] > HOLD_SHARE)
            ranks[count++] = end;
    }
    ranks[count++] = groups;
    return count;
}

/** The sums of the k smallest shares stay, k = 1, 2, ...: equally fair, whichever groups they are of. */
static Status hold_fairness(Face *face, const Stage *stage)
{
    size_t groups = stage->group_count, held = 0;
    double top = face->form.lp.upper[stage->level_column], sum = 0;
    double *sorted = ARENA_NEW(face->run.arena, groups, double);
    size_t *ranks = ARENA_NEW(face->run.arena, 2 * groups + 1, size_t);
    int *columns = ARENA_NEW(face->run.arena, groups + 1, int);
    double *costs = ARENA_NEW(face->run.arena, groups + 1, double);
    TRY_NEW(sorted);
    TRY_NEW(ranks);
    TRY_NEW(columns);
    TRY_NEW(costs);
    for (size_t g = 0; g < groups; g++)
        sorted[g] = face->x[stage->share_columns[g]];
    if (groups > 1)
        qsort(sorted, groups, sizeof *sorted, ascending);
    size_t count = groups == 0 ? 0 : list_ranks(sorted, groups, top, ranks);
    if (count * groups > RANKED_MOST) {
        hold_shares(face, stage);
        return STATUS_OK;
    }
    if (groups > 0)
        hold_smallest(face, stage, sorted[0]);
    for (size_t k = 0; k < count; k++) {
        while (held < ranks[k])
            sum += sorted[held++];
        if (ranks[k] > 1 || groups == 1)
            TRY(hold_rank(face, stage, ranks[k], sum, columns, costs));
    }
    return STATUS_OK;
}

static Status hold_stages(Face *face, bool *found)
{
    BackendOutcome outcome = BACKEND_OPTIMAL;
    *found = true;
    if (face->exact) {
        TRY(run_linear(&face->run, &outcome));
        *found = outcome == BACKEND_OPTIMAL;
        return STATUS_OK;
    }
    for (size_t s = 0; s < face->form.stage_count && *found; s++) {
        const Stage *stage = &face->form.stages[s];
        TRY(stage->kind == STAGE_FAIRNESS ? hold_fairness(face, stage) : hold_value(face, stage));
    }
    return STATUS_OK;
}

Status face_open(const Formulation *form, const Plan *plan, const SolveSettings *settings,
                 Arena *arena, Face *face, bool *found)
{
    *face = (Face){.form = *form, .plan = plan, .exact = !form->whole, .work = WORK};
    if (form->stage_count > 0 && form->stages[form->stage_count - 1].kind == STAGE_CANONICAL)
        face->form.stage_count--;
    TRY(plan_point(form, plan, arena, &face->x));
    if (face->exact)
        TRY(run_open_linear(&face->run, &face->form, settings, arena));
    else
        TRY(run_open(&face->run, &face->form, settings, arena));
    return hold_stages(face, found);
}

void face_close(Face *face)
{
    if (face->run.backend != NULL)
        run_close(&face->run);
}

BackendOutcome face_solve(Face *face, size_t count, const int *columns, const double *costs)
{
    long before = backend_iterations(face->run.backend);
    run_objective(&face->run, count, columns, costs);
    BackendOutcome outcome = run_solve(&face->run);
    double iterations = (double)(backend_iterations(face->run.backend) - before);
    face->work -= (iterations + SOLVE_ITERATIONS) * face->form.lp.column_count;
    return outcome;
}
