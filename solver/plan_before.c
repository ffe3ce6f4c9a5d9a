/* The plan before this one against the plan found. In rounds of whole things the search may end at its
 * limits, above what people already hold in their hands. So the plan before is brought into whole steps
 * and under today's rules like any answer, and compared stage by stage: it stands unless the plan found
 * is better in some stage, by more than rounding to cents explains, and worse in none before it.
 */
#include <math.h>
#include <stdlib.h>

#include "allot/extract.h"
#include "solver/plan_before.h"

/* Two plans are equal in a stage when they differ by no more, relative above 1, or as a share; of money
 * also by no more than rounding makes of it: a minor unit a line. */
static const double SAME = 1e-6;

static double same_in(const Formulation *form, const Stage *stage, size_t lines, double size)
{
    bool in_money = stage->kind != STAGE_FAIRNESS && !stage->unvalued &&
                    stage->kind != STAGE_SPLITS && form->round->settings.measure == MEASURE_VALUE;
    double cents = in_money ? (double)lines / (double)unit_scale(form->round->currency) : 0;
    return 1e-9 * size + (in_money ? cents : SAME);
}

static bool counts_change(const Formulation *form)
{
    for (size_t s = 0; s < form->stage_count; s++)
        if (form->stages[s].kind == STAGE_CHANGE || form->stages[s].kind == STAGE_TAKEN)
            return form->round->has_previous;
    return false;
}

/** The point of the lines before that still have their pair. */
static Status point_before(const Formulation *form, Arena *arena, double **out)
{
    const Round *round = form->round;
    double *x = ARENA_NEW(arena, (size_t)form->lp.column_count, double);
    TRY_NEW(x);
    for (size_t i = 0; i < round->previous_count; i++) {
        const PreviousLine *line = &round->previous[i];
        int pair = pair_set_find(form->pairs, line->need, line->offer);
        if (pair >= 0)
            x[pair] = (double)line->quantity / form->quantum[line->need];
    }
    formulation_complete(form, x);
    *out = x;
    return STATUS_OK;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/** What a stage makes of a point, to be made small, first against first: a linear stage's value; of a
 *  fairness the shares from the smallest up, negative. */
static Status values_in(const Stage *stage, const double *x, Arena *arena, double **out,
                        size_t *count)
{
    bool fairness = stage->kind == STAGE_FAIRNESS;
    *count = fairness ? stage->group_count : 1;
    double *values = ARENA_NEW(arena, *count, double);
    TRY_NEW(values);
    for (size_t k = 0; !fairness && k < stage->count; k++)
        values[0] += stage->costs[k] * x[stage->columns[k]];
    for (size_t g = 0; fairness && g < *count; g++)
        values[g] = x[stage->share_columns[g]];
    if (*count > 1)
        qsort(values, *count, sizeof *values, ascending);
    for (size_t g = 0; fairness && g < *count; g++)
        values[g] = -values[g];
    *out = values;
    return STATUS_OK;
}

Status plan_compare_points(const Formulation *form, const double *x, const double *y, size_t lines,
                           Arena *arena, int *order)
{
    *order = 0;
    for (size_t s = 0; s < form->stage_count && *order == 0; s++) {
        double *of_x, *of_y;
        size_t count;
        if (form->stages[s].kind == STAGE_CANONICAL)
            continue;
        TRY(values_in(&form->stages[s], x, arena, &of_x, &count));
        TRY(values_in(&form->stages[s], y, arena, &of_y, &count));
        for (size_t k = 0; k < count && *order == 0; k++) {
            double size = fmax(1.0, fmax(fabs(of_x[k]), fabs(of_y[k])));
            if (fabs(of_x[k] - of_y[k]) > same_in(form, &form->stages[s], lines, size))
                *order = of_x[k] < of_y[k] ? -1 : 1;
        }
    }
    return STATUS_OK;
}

/** Is the point better in a stage than what was proven? Then the proof was of plans that keep, to the
 *  cent, what the plan found reached in the stages before, and the point does not. */
static Status beats(const Formulation *form, const StageBound *bound, const double *x, size_t lines,
                    Arena *arena, bool *better)
{
    const Stage *stage = &form->stages[bound->stage];
    double *values, proven = bound->bound - stage->constant;
    size_t count, at = 0;
    TRY(values_in(stage, x, arena, &values, &count));
    if (stage->kind == STAGE_FAIRNESS) {
        at = (size_t)bound->rank - 1;
        proven = -bound->bound;
    }
    double size = fmax(1.0, fmax(fabs(values[at]), fabs(proven)));
    *better = values[at] < proven - same_in(form, stage, lines, size);
    return STATUS_OK;
}

/** From the first bound that the point beats on, what the columns alone allow is all that is known. */
static Status take_back_bounds(const Formulation *form, const double *x, size_t lines, Arena *arena,
                               StageBound *bounds, size_t count)
{
    bool lost = false;
    for (size_t i = 0; i < count; i++) {
        const Stage *stage = &form->stages[bounds[i].stage];
        if (!lost)
            TRY(beats(form, &bounds[i], x, lines, arena, &lost));
        if (!lost)
            continue;
        bounds[i].bound = formulation_trivial_bound(form, stage);
        bounds[i].proven = bounds[i].has_exact = false;
        /* where the plan attains even this the stage is proven after all: listing it says so */
        double *values;
        size_t listed;
        TRY(values_in(stage, x, arena, &values, &listed));
        double attained = stage->kind == STAGE_FAIRNESS ? -values[bounds[i].rank - 1]
                                                        : values[0] + stage->constant;
        bounds[i].status =
            fabs(attained - bounds[i].bound) <= SAME ? STAGE_OPTIMAL : STAGE_UNPROVEN;
    }
    return STATUS_OK;
}

/** Does the point keep the rows of whole columns alone: alternatives, bundles, what waits for what? A plan
 *  before was made under other tables, and what brings lines into whole steps takes these as kept. */
static bool keeps_logic(const Lp *lp, const double *x)
{
    for (int i = 0; i < lp->row_count; i++) {
        double sum = 0;
        bool whole = true;
        for (size_t k = lp->row_first[i]; k < lp->row_first[i + 1] && whole; k++) {
            whole = lp->integer[lp->element_column[k]];
            sum += lp->element[k] * x[lp->element_column[k]];
        }
        if (whole && (sum < lp->row_lower[i] - SAME || sum > lp->row_upper[i] + SAME))
            return false;
    }
    return true;
}

Status plan_keep_before(const Formulation *form, Arena *arena, Plan *plan, StageBound *bounds,
                        size_t count)
{
    Plan before;
    double *x, *found, *old;
    int broken, order;
    int64_t excess;
    if (!form->whole || !counts_change(form))
        return STATUS_OK;
    TRY(point_before(form, arena, &x));
    TRY(plan_extract(form, x, false, arena, &before, &broken, &excess));
    if (broken >= 0)
        return STATUS_OK;
    TRY(plan_point(form, plan, arena, &found));
    TRY(plan_point(form, &before, arena, &old));
    if (!keeps_logic(&form->lp, old))
        return STATUS_OK;
    size_t lines = before.assignment_count + plan->assignment_count;
    TRY(plan_compare_points(form, old, found, lines, arena, &order));
    if (order > 0)
        return STATUS_OK;
    *plan = before;
    return take_back_bounds(form, old, lines, arena, bounds, count);
}
