/* (T) least sum over the tier of weight[n] m[n] u[n], where m counts value, share or quantity;
 * (K) under `value`, least sum of weight u/Q over the tier's needs that have no money value;
 * with (F) fairness before or after, tier by tier. An outcome adds weight * worth * (1 - f); a mark
 * of alternatives counts once, by its cheapest member (see plan.h).
 */
#include "models/form_internal.h"

static double measure(const FormBuilder *b, int need)
{
    switch (b->round->settings.measure) {
    case MEASURE_VALUE: return form_value(b, need);
    case MEASURE_SHARE: return form_share(b, need);
    case MEASURE_QUANTITY: return form_units(b, need);
    }
    return 0;
}

/** What all that is wanted of a need counts in its tier, in plan.h's terms: m q. */
static double worth_of_wanted(const FormBuilder *b, int need)
{
    return measure(b, need) * form_wanted(b, need);
}

/** Does any member lack a money value, so that the mark counts among the unvalued? */
static bool mark_is_unvalued(const FormBuilder *b, const NeedMark *mark)
{
    bool any = false;
    for (int i = 0; i < mark->count; i++)
        any = any || (b->unmet_column[mark->members[i]] >= 0 &&
                      !b->round->needs[mark->members[i]].has_value);
    return any && b->round->settings.measure == MEASURE_VALUE;
}

/** The member whose worth stands for the mark: the cheapest, or the first without value; -1 when no
 *  amount is known. */
static int standing_member(const FormBuilder *b, const NeedMark *mark, bool unvalued)
{
    int best = -1;
    for (int i = 0; i < mark->count; i++) {
        int n = mark->members[i];
        if (b->unmet_column[n] < 0 || (unvalued && b->round->needs[n].has_value))
            continue;
        if (best < 0 || (!unvalued && worth_of_wanted(b, n) < worth_of_wanted(b, best)))
            best = n;
    }
    return best;
}

/** weight * worth * (1 - sum over the members of x / q), with x = q - u. */
static Status add_mark(FormBuilder *b, const NeedMark *mark, bool unvalued, Stage *stage)
{
    int standing = standing_member(b, mark, unvalued);
    if (standing < 0)
        return STATUS_OK;
    double weight = decimal_to_double(b->round->needs[standing].weight);
    double worth = weight * (unvalued ? 1.0 : worth_of_wanted(b, standing));
    stage->constant += worth;
    for (int i = 0; i < mark->count; i++) {
        int n = mark->members[i];
        if (b->unmet_column[n] < 0)
            continue;
        stage->constant -= worth;
        double wanted = form_wanted(b, n);
        if (wanted > 0)
            TRY(terms_add(b, b->unmet_column[n], worth / wanted));
    }
    return STATUS_OK;
}

static Status add_marks(FormBuilder *b, int tier, bool unvalued, Stage *stage)
{
    const Logic *logic = &b->round->logic;
    for (size_t m = 0; m < logic->alternative_count; m++) {
        const NeedMark *mark = &logic->alternatives[m];
        if (b->round->needs[mark->members[0]].tier == tier && mark_is_unvalued(b, mark) == unvalued)
            TRY(add_mark(b, mark, unvalued, stage));
    }
    return STATUS_OK;
}

/** An outcome that is not met. */
static Status add_outcome(FormBuilder *b, int need, Stage *stage)
{
    int f;
    double worth = decimal_to_double(b->round->needs[need].weight) * form_outcome_worth(b, need);
    TRY(form_full(b, need, &f));
    stage->constant += worth;
    return terms_add(b, f, -worth);
}

static Status add_shortfall(FormBuilder *b, int tier)
{
    Stage stage = {.kind = STAGE_TIER,
                   .tier = tier,
                   .date = DATE_NONE,
                   .label = arena_printf(b->arena, "tier %d", tier)};
    for (size_t n = 0; n < b->round->need_count; n++) {
        const Need *need = &b->round->needs[n];
        if (need->tier != tier || b->round->logic.alternative_of[n] >= 0)
            continue;
        if (need_is_outcome(need))
            TRY(add_outcome(b, (int)n, &stage));
        else if (b->unmet_column[n] >= 0)
            TRY(terms_add(b, b->unmet_column[n],
                          decimal_to_double(need->weight) * measure(b, (int)n)));
    }
    TRY(add_marks(b, tier, false, &stage));
    TRY(terms_take(b, &stage));
    return form_add_stage(b, stage);
}

static Status add_unvalued(FormBuilder *b, int tier)
{
    Stage stage = {.kind = STAGE_UNVALUED,
                   .tier = tier,
                   .date = DATE_NONE,
                   .unvalued = true,
                   .label = arena_printf(b->arena, "unvalued %d", tier)};
    bool any = false;
    for (size_t n = 0; n < b->round->need_count; n++) {
        const Need *need = &b->round->needs[n];
        if (need->tier != tier || b->unmet_column[n] < 0 || need->has_value)
            continue;
        any = true;
        if (b->round->logic.alternative_of[n] < 0)
            TRY(terms_add(b, b->unmet_column[n],
                          decimal_to_double(need->weight) * form_share(b, (int)n)));
    }
    TRY(add_marks(b, tier, true, &stage));
    TRY(terms_take(b, &stage));
    return any ? form_add_stage(b, stage) : STATUS_OK;
}

/** The smallest tier above @p after that some known amount asks for, or 0. */
static int next_tier(const FormBuilder *b, int after)
{
    int next = 0;
    for (size_t n = 0; n < b->round->need_count; n++) {
        int tier = b->round->needs[n].tier;
        if (b->round->needs[n].quantity_known && tier > after && (next == 0 || tier < next))
            next = tier;
    }
    return next;
}

static Status add_shortfalls(FormBuilder *b, int tier)
{
    TRY(add_shortfall(b, tier));
    return b->round->settings.measure == MEASURE_VALUE ? add_unvalued(b, tier) : STATUS_OK;
}

/** Where answers are settled: no tier gives up anything for an agreed line, fairness does. */
static Status add_tiers_around_change(FormBuilder *b)
{
    for (int tier = next_tier(b, 0); tier > 0; tier = next_tier(b, tier))
        TRY(add_shortfalls(b, tier));
    TRY(form_add_change(b));
    for (int tier = next_tier(b, 0); tier > 0; tier = next_tier(b, tier))
        TRY(form_add_fairness(b, tier));
    return STATUS_OK;
}

Status form_add_tier_stages(FormBuilder *b)
{
    const Settings *settings = &b->round->settings;
    if (settings->change_first)
        return add_tiers_around_change(b);
    for (int tier = next_tier(b, 0); tier > 0; tier = next_tier(b, tier)) {
        if (settings->fairness_first)
            TRY(form_add_fairness(b, tier));
        TRY(add_shortfalls(b, tier));
        if (!settings->fairness_first)
            TRY(form_add_fairness(b, tier));
    }
    return STATUS_OK;
}
