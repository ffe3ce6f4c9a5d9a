/* What the stages come to at a point, to hold them there in an exported program. */
#include "allot/order.h"
#include "allot/solve.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* By how much a row may be missed, relative to what is summed up in it: the noise of doubles. */
static const double ROW_NOISE = 1e-9;

/** Of every rank the share, from the smallest up; without a point 0. */
static Status add_ranks(const Formulation *form, size_t index, const double *x, Arena *arena,
                        StageLevel *levels)
{
    const Stage *stage = &form->stages[index];
    double *shares = ARENA_NEW(arena, stage->group_count, double);
    TRY_NEW(shares);
    for (size_t g = 0; x != NULL && g < stage->group_count; g++)
        shares[g] = x[stage->share_columns[g]];
    if (stage->group_count > 1)
        qsort(shares, stage->group_count, sizeof *shares, order_of_numbers);
    for (size_t g = 0; g < stage->group_count; g++) {
        levels[g] = (StageLevel){.label = arena_printf(arena, "%s.%zu", stage->label, g + 1),
                                 .stage = index,
                                 .rank = (int)g + 1,
                                 .value = shares[g]};
        TRY_NEW(levels[g].label);
    }
    return STATUS_OK;
}

static double linear_value(const Stage *stage, const double *x)
{
    double value = stage->constant;
    for (size_t k = 0; x != NULL && k < stage->count; k++)
        value += stage->costs[k] * x[stage->columns[k]];
    return value;
}

Status solve_levels(const Formulation *form, const double *x, Arena *arena, StageLevel **levels,
                    size_t *count)
{
    size_t room = form->stage_count;
    double *point = NULL;
    for (size_t s = 0; s < form->stage_count; s++)
        room += form->stages[s].group_count;
    *levels = ARENA_NEW(arena, room, StageLevel);
    *count = 0;
    TRY_NEW(*levels);
    if (x != NULL) { /* sums and switches as the lines make them */
        point = ARENA_NEW(arena, (size_t)form->lp.column_count, double);
        TRY_NEW(point);
        memcpy(point, x, (size_t)form->lp.column_count * sizeof *point);
        formulation_complete(form, point);
    }
    for (size_t s = 0; s < form->stage_count; s++) {
        const Stage *stage = &form->stages[s];
        if (stage->kind == STAGE_FAIRNESS) {
            TRY(add_ranks(form, s, point, arena, *levels + *count));
            *count += stage->group_count;
        } else if (stage->kind != STAGE_CANONICAL) {
            (*levels)[(*count)++] = (StageLevel){
                .label = stage->label, .stage = s, .value = linear_value(stage, point)};
        }
    }
    return STATUS_OK;
}

/* ---- a plan's -------------------------------------------------------------------------------- */

static bool keeps_row(const Lp *lp, int row, const double *x)
{
    double sum = 0, size = 1;
    for (size_t k = lp->row_first[row]; k < lp->row_first[row + 1]; k++) {
        double part = lp->element[k] * x[lp->element_column[k]];
        sum += part;
        size += fabs(part);
    }
    return sum >= lp->row_lower[row] - ROW_NOISE * size &&
           sum <= lp->row_upper[row] + ROW_NOISE * size;
}

static bool keeps_rows(const Lp *lp, const double *x)
{
    for (int i = 0; i < lp->row_count; i++)
        if (!keeps_row(lp, i, x))
            return false;
    return true;
}

Status solve_plan_levels(const Formulation *form, const double *plan, const double *x, Arena *arena,
                         StageLevel **levels, size_t *count)
{
    StageLevel *of_solver;
    TRY(solve_levels(form, plan, arena, levels, count));
    if (x == NULL || keeps_rows(&form->lp, plan))
        return STATUS_OK;
    TRY(solve_levels(form, x, arena, &of_solver, count));
    for (size_t k = 0; k < *count; k++) {
        double *value = &(*levels)[k].value, other = of_solver[k].value;
        *value = of_solver[k].rank > 0 ? fmin(*value, other) : fmax(*value, other);
    }
    return STATUS_OK;
}
