/* The steps of a group's share, and what lies between a share and a bound.
 *
 * What a group lacks is a sum of whole steps of its needs, so that its share is what it can reach at most less
 * a whole number of times the greatest common divisor of what one step of each of them counts (models/
 * stage_step.c says the same of tiers). Shares of several groups have steps of their own: the next larger share
 * that any of them can have is looked for group by group.
 */
#include "models/form_internal.h"

#include <math.h>

/* Shares that differ by no more are one: what sums of doubles and searches tell. */
static const double NOISE = 1e-9;

/* Steps of one group that are counted apart from each other in doubles; what a share may be off by, and the
 * number of steps, of one; and by how much weights in proportion may differ, relatively. */
static const double MOST_STEPS = 1e11, OFF_SHARE = 1e-12, OFF_STEPS = 1e-4, OFF_MOST = 0.25;
static const double ONE_FACTOR = 1e-9;

/* What the steps of a group's needs are compared by: whichever all its weights are in proportion to. */
typedef enum Counts { COUNTS_VALUE, COUNTS_PART, COUNTS_AMOUNT, COUNTS_END } Counts;

/** What one step of a need counts; false where that is not known. */
static bool count_step(const Need *need, Counts counts, Ratio *out)
{
    int64_t step = need->indivisible ? need->wanted : need->step;
    Ratio steps = ratio_of(step, 1);
    if (step <= 0 || need->quantity <= 0)
        return false;
    switch (counts) {
    case COUNTS_VALUE: return need->has_value && ratio_multiply(need->value, steps, out);
    case COUNTS_PART: *out = ratio_of(step, need->quantity); return true;
    case COUNTS_AMOUNT:
        return need->weight.digits > 0 && ratio_divide(ratio_of(step, unit_scale(need->unit)),
                                                       ratio_of_decimal(need->weight), out);
    case COUNTS_END: break;
    }
    return false;
}

/** The steps of a group that have been seen. */
typedef struct Steps {
    Ratio common;  /* divides all that was counted */
    double factor; /* of the share for one of what is counted */
} Steps;

/** One more need, a step of which is @p share of the group's share; false where it is not in proportion. */
static bool add_need(const Need *need, double share, Counts counts, Steps *steps)
{
    Ratio step;
    if (!count_step(need, counts, &step) || step.num <= 0)
        return false;
    double factor = share / ratio_to_double(step);
    if (steps->common.num == 0) {
        *steps = (Steps){step, factor};
        return true;
    }
    return fabs(factor - steps->factor) <= ONE_FACTOR * steps->factor &&
           ratio_common_measure(steps->common, step, &steps->common);
}

/** The need of an element of a group's row, which no alternative stands in for; NULL: it is none. */
static const Need *need_of(const Formulation *form, size_t element)
{
    const ColumnOrigin *origin = &form->origin[form->lp.element_column[element]];
    if (origin->kind != COLUMN_UNMET || form->round->logic.alternative_of[origin->index] >= 0)
        return NULL;
    return &form->round->needs[origin->index];
}

/** The step of a group's share if what is counted is this; 0: it is not known. */
static double step_if(const Formulation *form, const Stage *stage, size_t group, Counts counts)
{
    const Lp *lp = &form->lp;
    int row = stage->share_rows[group];
    Steps steps = {.common = {0, 1}};
    for (size_t k = lp->row_first[row]; k < lp->row_first[row + 1]; k++) {
        if (lp->element_column[k] == stage->share_columns[group])
            continue;
        const Need *need = need_of(form, k);
        if (need == NULL)
            return 0;
        double step = (double)(need->indivisible ? need->wanted : need->step);
        double share =
            fabs(lp->element[k]) * step / form->quantum[form->origin[lp->element_column[k]].index];
        if (!add_need(need, share, counts, &steps))
            return 0;
    }
    return steps.common.num > 0 ? steps.factor * ratio_to_double(steps.common) : 0;
}

static double step_of_group(const Formulation *form, const Stage *stage, size_t group)
{
    double step = 0;
    for (Counts counts = COUNTS_VALUE; counts < COUNTS_END && step <= 0; counts++)
        step = step_if(form, stage, group, counts);
    return step;
}

/** The next larger share in steps of @p step down from @p full; INFINITY: there is none. */
static double next_share(double full, double step, double share)
{
    double lacks = step > 0 ? (full - share) / step : INFINITY, whole = round(lacks);
    if (lacks > MOST_STEPS)
        return share;
    double off = fmin(OFF_STEPS + OFF_SHARE / step, OFF_MOST);
    double steps = fabs(lacks - whole) <= off ? whole - 1 : floor(lacks);
    return steps < 0 ? INFINITY : full - steps * step;
}

bool formulation_decides_share(const Formulation *form, const Stage *stage, double share,
                               double bound)
{
    if (bound - share <= NOISE)
        return true;
    for (size_t g = 0; g < stage->group_count; g++) {
        double full = form->lp.row_upper[stage->share_rows[g]];
        if (next_share(full, step_of_group(form, stage, g), share) <= bound + NOISE)
            return false;
    }
    return true;
}
