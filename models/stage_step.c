/* The step of a stage: what its value moves by, exactly, when a plan in whole steps changes.
 *
 * Every amount is a whole number of steps, money of cents, so that a tier's values are a constant and a
 * whole number of times the greatest common divisor of what one step of each need counts; those of firmness
 * and cost, of what one step of each line counts. Nothing lies between two of them: a bound that is less
 * than that below a plan's value proves it the best.
 */
#include "models/form_internal.h"

/* The values of stages are sums of doubles; this much of them, relatively, is noise. */
static const double NOISE = 1e-11;

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

static bool value_of_step(const Round *round, const Need *need, Ratio *out)
{
    return need->has_value &&
           ratio_multiply(need->value, ratio_of(1, unit_scale(round->currency)), out) &&
           ratio_multiply(*out, ratio_of(need->step, 1), out);
}

/** What one step of a line counts in a firmness: see form_later.c. */
static bool firmness_of_step(const Round *round, const Stage *stage, const Pair *pair, Ratio *out)
{
    const Need *need = &round->needs[pair->need];
    if (!stage->unvalued)
        return value_of_step(round, need, out);
    if (need->quantity <= 0)
        return false;
    *out = ratio_of(need->step, need->quantity);
    return true;
}

/** In the cost: of money by its value, of a thing by units of the offer, of a pair's own by units of the
 *  need. */
static bool cost_of_step(const Round *round, const Pair *pair, Ratio *out)
{
    const Need *need = &round->needs[pair->need];
    const Offer *offer = &round->offers[pair->offer];
    bool own = pair->row != NULL && pair->row->has_cost;
    Ratio cost = ratio_of_decimal(own ? pair->row->cost : offer->cost);
    Ratio steps = ratio_of(need->step, unit_scale(own ? need->unit : offer->unit));
    cost.num = cost.num < 0 ? -cost.num : cost.num;
    if (!own && offer->unit.is_money)
        return value_of_step(round, need, out) && ratio_multiply(*out, cost, out);
    return ratio_multiply(cost, steps, out) && (own || ratio_multiply(*out, pair->use, out));
}

/** The largest fraction that divides what is common so far (0: nothing yet) and this one. */
static bool divide_too(Ratio step, Ratio *common)
{
    if (step.num > 0 && common->num > 0)
        return ratio_common_part(*common, step, common);
    if (step.num > 0)
        *common = step;
    return true;
}

/** Of every fee, each of which is there once or not at all. */
static bool divide_fees(const Formulation *form, Ratio *common)
{
    for (size_t r = 0; r < form->rules->count; r++) {
        const Rule *rule = &form->rules->rules[r];
        Ratio fee;
        if (rule->form == FORM_FEE &&
            !(ratio_multiply(rule->fee, ratio_of(1, unit_scale(form->round->currency)), &fee) &&
              divide_too(fee, common)))
            return false;
    }
    return true;
}

/** Of a stage that counts lines, and of the cost also fees. */
static bool divide_lines(const Formulation *form, const Stage *stage, Ratio *common)
{
    for (size_t k = 0; k < stage->count; k++) {
        const ColumnOrigin *origin = &form->origin[stage->columns[k]];
        if (origin->kind != COLUMN_LINE || form->lp.upper[stage->columns[k]] <= 0)
            continue; /* a switch counts fees alone */
        const Pair *pair = &form->pairs->pairs[origin->index];
        Ratio step;
        bool known = stage->kind == STAGE_COST ? cost_of_step(form->round, pair, &step)
                                               : firmness_of_step(form->round, stage, pair, &step);
        if (!known || !divide_too(step, common))
            return false;
    }
    return stage->kind != STAGE_COST || divide_fees(form, common);
}

/** Of a stage that counts what is unmet. */
static bool divide_unmet(const Formulation *form, const Stage *stage, Ratio *common)
{
    for (size_t k = 0; k < stage->count; k++) {
        const ColumnOrigin *origin = &form->origin[stage->columns[k]];
        Ratio step;
        if (origin->kind == COLUMN_UNMET && is_settled(form, origin->index))
            continue;
        if (origin->kind != COLUMN_UNMET || !step_of(form, stage, origin->index, &step) ||
            !divide_too(step, common))
            return false;
    }
    return true;
}

double formulation_stage_step(const Formulation *form, const Stage *stage)
{
    Ratio common = {0, 1};
    bool known = false;
    if (stage->kind == STAGE_SPLITS)
        return 1.0;
    if (stage->kind == STAGE_TIER || stage->kind == STAGE_UNVALUED)
        known = divide_unmet(form, stage, &common);
    else if (stage->kind == STAGE_FIRMNESS || stage->kind == STAGE_COST)
        known = divide_lines(form, stage, &common);
    if (!known)
        return 0;
    return common.num == 0 ? INFINITY : ratio_to_double(common);
}

bool formulation_decides(const Formulation *form, const Stage *stage, double value, double bound)
{
    double noise = NOISE * fmax(1.0, fmax(fabs(value), fabs(bound)));
    if (value - bound <= noise)
        return true;
    return value - bound + noise < formulation_stage_step(form, stage);
}

/** How many smallest parts of a need rounding may take from it: one, or what is worth a smallest part of
 *  the reporting currency where that is more (a crown's hundredths). */
static double rounded_parts(const Need *need)
{
    double value = need->has_value ? ratio_to_double(need->value) : 1.0;
    return value > 0 && value < 1 ? 1 / value : 1;
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
                sum += fabs(lp->element[k]) * rounded_parts(need) / form->quantum[origin->index];
        }
        most = fmax(most, sum);
    }
    return most;
}
