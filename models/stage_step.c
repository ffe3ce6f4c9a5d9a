/* The step of a stage: what its value moves by, exactly, when a plan in whole steps changes.
 *
 * Every amount is a whole number of steps, money of cents, so that a tier's values are a constant and a
 * whole number of times the greatest common divisor of what one step of each need counts; those of firmness
 * and cost, of what one step of each line counts; of change also of what each line of the plan before counts;
 * of lapsing and burden, which count gross amounts, of those (in whole smallest parts of an offer, as plans
 * have them). Nothing lies between two of them: a bound that is less than that below a plan's value proves
 * it the best.
 */
#include "models/form_internal.h"
#include "models/lapsing.h"

/* The values of stages are sums of doubles; this much of them, relatively, is noise. */
static const double NOISE = 1e-11;

/* Of what follows the tiers a finer step than this is none: keys and rates may have nothing in common. */
static const double FINEST = 1e-6;

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

/** What so much of a need is worth: its value, or where @p unvalued its share. */
static bool count_amount(const Round *round, bool unvalued, const Need *need, int64_t amount,
                         Ratio *out)
{
    if (!unvalued)
        return need->has_value &&
               ratio_multiply(need->value, ratio_of(1, unit_scale(round->currency)), out) &&
               ratio_multiply(*out, ratio_of(amount, 1), out);
    if (need->quantity <= 0)
        return false;
    *out = ratio_of(amount, need->quantity);
    return true;
}

static bool value_of_step(const Round *round, const Need *need, Ratio *out)
{
    return count_amount(round, false, need, need->step, out);
}

/** What one step of a line counts in a firmness: see form_later.c. */
static bool firmness_of_step(const Round *round, const Stage *stage, const Pair *pair, Ratio *out)
{
    const Need *need = &round->needs[pair->need];
    return count_amount(round, stage->unvalued, need, need->step, out);
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

/** Of every fee, each of which is there once or not at all. */
static bool divide_fees(const Formulation *form, Ratio *common)
{
    for (size_t r = 0; r < form->rules->count; r++) {
        const Rule *rule = &form->rules->rules[r];
        Ratio fee;
        if (rule->form == FORM_FEE &&
            !(ratio_multiply(rule->fee, ratio_of(1, unit_scale(form->round->currency)), &fee) &&
              ratio_common_measure(*common, fee, common)))
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
        if (!known || !ratio_common_measure(*common, step, common))
            return false;
    }
    return stage->kind != STAGE_COST || divide_fees(form, common);
}

/** So much of a need, where the pair may give anything and the stage counts its kind of need. */
static bool divide_amount(const Formulation *form, const Stage *stage, int pair, int64_t amount,
                          Ratio *common)
{
    const Need *need = &form->round->needs[form->pairs->pairs[pair].need];
    Ratio counted;
    if (form->lp.upper[pair] <= 0 || need->has_value == stage->unvalued || need->quantity <= 0)
        return true;
    return count_amount(form->round, stage->unvalued, need, amount, &counted) &&
           ratio_common_measure(*common, counted, common);
}

/** Of a change, which counts |x - before|: see form_change.c, form_urgent.c. */
static bool divide_moves(const Formulation *form, const Stage *stage, Ratio *common)
{
    const Round *round = form->round;
    for (size_t p = 0; p < form->pairs->count; p++) {
        int64_t step = round->needs[form->pairs->pairs[p].need].step;
        if (!divide_amount(form, stage, (int)p, step, common))
            return false;
    }
    for (size_t i = 0; i < round->previous_count; i++) {
        const PreviousLine *line = &round->previous[i];
        int pair = pair_set_find(form->pairs, line->need, line->offer);
        if (pair >= 0 && !divide_amount(form, stage, pair, line->quantity, common))
            return false;
    }
    return true;
}

/** What the gross amount of a line moves by, of the pair's offer or one that it is paid out of (@p link): steps
 *  of the need where these come to whole smallest parts of the same unit, else one such part. */
static bool gross_of_step(const Formulation *form, const Pair *pair, int link, Ratio *out)
{
    const Round *round = form->round;
    const Offer *offer = &round->offers[link];
    const char *currency = offer->unit.is_money ? offer->unit.name : offer->currency;
    Ratio rate, price = offer->unit.is_money ? ratio_of(1, 1) : ratio_of_decimal(offer->unit_value);
    if (!offer->unit.is_money && !offer->has_unit_value) {
        *out = (Ratio){0, 1};
        return true;
    }
    if (!ratio_multiply(pair->use, ratio_of(round->needs[pair->need].step, 1), out))
        return false;
    if (out->den != 1 || round->offers[pair->offer].unit.name != offer->unit.name)
        *out = ratio_of(1, 1);
    return round_rate(round, currency, &rate) && ratio_multiply(price, rate, &price) &&
           ratio_multiply(price, ratio_of(1, unit_scale(offer->unit)), &price) &&
           ratio_multiply(*out, price, out);
}

/** Of what is left in the offers of a day: see form_later.c. */
static bool divide_lapsing(const Formulation *form, const Stage *stage, Ratio *common)
{
    const Round *round = form->round;
    for (size_t p = 0; p < form->pairs->count; p++) {
        const Pair *pair = &form->pairs->pairs[p];
        for (int o = pair->offer; o >= 0 && form->lp.upper[p] > 0;
             o = round->offers[o].parent_row) {
            Ratio gross;
            bool counts =
                round->offers[o].lapses == stage->date && lapses_in_round(round, &round->offers[o]);
            if (counts && !(gross_of_step(form, pair, o, &gross) &&
                            ratio_common_measure(*common, gross, common)))
                return false;
        }
    }
    return true;
}

/** The common measure of the parts that donors have by their keys, and of all: of the same gross amount one
 *  donor gives the whole, and each is to give its part. False without keys. */
static bool measure_keys(const Round *round, Ratio *out)
{
    Ratio sum = {0, 1}, measure = {0, 1};
    for (size_t d = 0; d < round->donor_count; d++) {
        Ratio key = ratio_of_decimal(round->donors[d].share_key);
        if (round->donors[d].has_share_key &&
            !(ratio_add(sum, key, &sum) && ratio_common_measure(measure, key, &measure)))
            return false;
    }
    return sum.num > 0 && ratio_divide(measure, sum, out);
}

/** Of differences between what donors give and their parts of all: see form_burden.c. */
static bool divide_burden(const Formulation *form, const Stage *stage, Ratio *common)
{
    const Round *round = form->round;
    Ratio part;
    if (!measure_keys(round, &part))
        return false;
    for (size_t p = 0; p < form->pairs->count; p++) {
        const Pair *pair = &form->pairs->pairs[p];
        const Offer *offer = &round->offers[pair->offer];
        int donor = round->offers[offer->root].donor_row;
        Ratio gross;
        if (form->lp.upper[p] <= 0 || donor < 0 || !round->donors[donor].has_share_key ||
            offer->unit.is_money == stage->in_kind)
            continue;
        if (!gross_of_step(form, pair, pair->offer, &gross) ||
            !ratio_multiply(gross, part, &gross) || !ratio_common_measure(*common, gross, common))
            return false;
    }
    return true;
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
            !ratio_common_measure(*common, step, common))
            return false;
    }
    return true;
}

/** An outcome, which is met or not: see form_tiers.c. */
static bool step_of_outcome(const Formulation *form, int need_index, Ratio *out)
{
    const Round *round = form->round;
    const Need *need = &round->needs[need_index];
    Ratio worth = ratio_of(1, 1), weight = ratio_of_decimal(need->weight);
    bool valued = round->settings.measure == MEASURE_VALUE;
    return (!valued ||
            ratio_multiply(need->value, ratio_of(1, unit_scale(round->currency)), &worth)) &&
           ratio_multiply(worth, weight, out);
}

/** Of the cost: a line, fees, or both. */
static bool step_of_cost(const Formulation *form, int column, Ratio *out)
{
    const ColumnOrigin *origin = &form->origin[column];
    *out = (Ratio){0, 1};
    if (origin->kind == COLUMN_LINE &&
        !cost_of_step(form->round, &form->pairs->pairs[origin->index], out))
        return false;
    return !form->lp.integer[column] || divide_fees(form, out);
}

/** By the kind of the stage. */
static bool step_in_stage(const Formulation *form, const Stage *stage, int column, Ratio *out)
{
    const ColumnOrigin *origin = &form->origin[column];
    switch (stage->kind) {
    case STAGE_TIER:
    case STAGE_UNVALUED:
        return (origin->kind == COLUMN_UNMET && step_of(form, stage, origin->index, out)) ||
               (origin->kind == COLUMN_FULL && step_of_outcome(form, origin->index, out));
    case STAGE_FIRMNESS:
        return origin->kind == COLUMN_LINE &&
               firmness_of_step(form->round, stage, &form->pairs->pairs[origin->index], out);
    case STAGE_COST: return step_of_cost(form, column, out);
    case STAGE_SPLITS: *out = ratio_of(1, 1); return form->lp.integer[column];
    default: return false;
    }
}

bool formulation_column_step(const Formulation *form, const Stage *stage, int column, Ratio *out)
{
    return column < form->lp.column_count && step_in_stage(form, stage, column, out) &&
           out->num > 0;
}

/** The common measure of all that moves the stage's value; false where none is known. */
static bool divide_stage(const Formulation *form, const Stage *stage, Ratio *common)
{
    switch (stage->kind) {
    case STAGE_TIER:
    case STAGE_UNVALUED: return divide_unmet(form, stage, common);
    case STAGE_FIRMNESS:
    case STAGE_COST: return divide_lines(form, stage, common);
    case STAGE_LAPSING: return divide_lapsing(form, stage, common);
    case STAGE_BURDEN: return divide_burden(form, stage, common);
    case STAGE_CHANGE:
    case STAGE_TAKEN: return divide_moves(form, stage, common);
    case STAGE_SPLITS: *common = ratio_of(1, 1); return true;
    default: return false;
    }
}

double formulation_stage_step(const Formulation *form, const Stage *stage)
{
    Ratio common = {0, 1};
    if (!divide_stage(form, stage, &common))
        return 0;
    double step = common.num == 0 ? INFINITY : ratio_to_double(common);
    bool later = stage->kind == STAGE_LAPSING || stage->kind == STAGE_BURDEN ||
                 stage->kind == STAGE_CHANGE || stage->kind == STAGE_TAKEN;
    return later && step < FINEST ? 0 : step;
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
