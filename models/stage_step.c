/* The step of a stage: what its value moves by, exactly, when a plan in whole steps changes.
 *
 * Every amount is a whole number of steps, money of cents, so that a tier's values are a constant and a
 * whole number of times the greatest common divisor of what one step of each need counts. Nothing lies
 * between two of them: a bound that is less than that below a plan's value proves it the best.
 */
#include "models/form_internal.h"

/* The values of stages are sums of doubles; this much of them, relatively, is noise. */
static const double NOISE = 1e-11;

/** The largest fraction that divides both; both are reduced and above 0. False when it does not fit. */
static bool divide_both(Ratio a, Ratio b, Ratio *out)
{
    Int128 shared = ratio_common_divisor(a.den, b.den), den;
    if (__builtin_mul_overflow(a.den, b.den / shared, &den))
        return false;
    *out = (Ratio){ratio_common_divisor(a.num, b.num), den};
    return true;
}

/** What one smallest part of a need counts in its tier, its weight left out: see form_tiers.c. */
static bool measure_part(const Round *round, const Stage *stage, const Need *need, Ratio *out)
{
    bool share = stage->kind == STAGE_UNVALUED || round->settings.measure == MEASURE_SHARE;
    if (share && need->quantity <= 0)
        return false;
    if (share) {
        *out = ratio_of(1, need->quantity);
        return true;
    }
    if (round->settings.measure == MEASURE_QUANTITY) {
        *out = ratio_of(1, unit_scale(need->unit));
        return true;
    }
    return need->has_value &&
           ratio_multiply(need->value, ratio_of(1, unit_scale(round->currency)), out);
}

/** What one step of the need of an unmet column counts. */
static bool step_of(const Formulation *form, const Stage *stage, int need_index, Ratio *out)
{
    const Need *need = &form->round->needs[need_index];
    int64_t step = need->indivisible ? need->wanted : need->step;
    return form->round->logic.alternative_of[need_index] < 0 && step > 0 &&
           measure_part(form->round, stage, need, out) &&
           ratio_multiply(*out, ratio_of_decimal(need->weight), out) &&
           ratio_multiply(*out, ratio_of(step, 1), out);
}

/** Is what is unmet of the need the same in every plan? */
static bool is_settled(const Formulation *form, int need)
{
    for (size_t p = form->pairs->first[need]; p < form->pairs->first[need + 1]; p++)
        if (form->lp.upper[p] > 0)
            return false;
    return true;
}

double formulation_stage_step(const Formulation *form, const Stage *stage)
{
    Ratio common = {0, 1}, step;
    if (stage->kind == STAGE_SPLITS)
        return 1.0;
    if (stage->kind != STAGE_TIER && stage->kind != STAGE_UNVALUED)
        return 0;
    for (size_t k = 0; k < stage->count; k++) {
        const ColumnOrigin *origin = &form->origin[stage->columns[k]];
        if (origin->kind == COLUMN_UNMET && is_settled(form, origin->index))
            continue;
        if (origin->kind != COLUMN_UNMET || !step_of(form, stage, origin->index, &step))
            return 0;
        if (step.num > 0 && common.num == 0)
            common = step;
        else if (step.num > 0 && !divide_both(common, step, &common))
            return 0;
    }
    return common.num == 0 ? INFINITY : ratio_to_double(common);
}

bool formulation_decides(const Formulation *form, const Stage *stage, double value, double bound)
{
    double noise = NOISE * fmax(1.0, fmax(fabs(value), fabs(bound)));
    if (value - bound <= noise)
        return true;
    return value - bound + noise < formulation_stage_step(form, stage);
}

double formulation_rounded_share(const Formulation *form, const Stage *stage)
{
    double most = 0;
    const Lp *lp = &form->lp;
    for (size_t g = 0; g < stage->group_count; g++) {
        int row = stage->share_rows[g];
        double sum = 0;
        for (size_t k = lp->row_first[row]; k < lp->row_first[row + 1]; k++) {
            const ColumnOrigin *origin = &form->origin[lp->element_column[k]];
            if (origin->kind != COLUMN_UNMET)
                continue;
            const Need *need = &form->round->needs[origin->index];
            if (need->unit.is_money && need->step == 1)
                sum += fabs(lp->element[k]) / form->quantum[origin->index];
        }
        most = fmax(most, sum);
    }
    return most;
}
