/* (T) least sum over the tier of weight[n] m[n] u[n], where m counts value, share or quantity;
 * (K) under `value`, least sum of weight u/Q over the tier's needs that have no money value;
 * with (F) fairness before or after, tier by tier.
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

static Status add_shortfall(FormBuilder *b, int tier)
{
    Stage stage = {.kind = STAGE_TIER,
                   .tier = tier,
                   .date = DATE_NONE,
                   .label = arena_printf(b->arena, "tier %d", tier)};
    for (size_t n = 0; n < b->round->need_count; n++) {
        const Need *need = &b->round->needs[n];
        if (need->tier == tier && b->unmet_column[n] >= 0)
            TRY(terms_add(b, b->unmet_column[n],
                          decimal_to_double(need->weight) * measure(b, (int)n)));
    }
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
        TRY(terms_add(b, b->unmet_column[n],
                      decimal_to_double(need->weight) * form_share(b, (int)n)));
    }
    TRY(terms_take(b, &stage));
    return any ? form_add_stage(b, stage) : STATUS_OK;
}

/** The smallest tier above @p after that some known amount asks for, or 0. */
static int next_tier(const FormBuilder *b, int after)
{
    int next = 0;
    for (size_t n = 0; n < b->round->need_count; n++) {
        int tier = b->round->needs[n].tier;
        if (b->unmet_column[n] >= 0 && tier > after && (next == 0 || tier < next))
            next = tier;
    }
    return next;
}

Status form_add_tier_stages(FormBuilder *b)
{
    const Settings *settings = &b->round->settings;
    for (int tier = next_tier(b, 0); tier > 0; tier = next_tier(b, tier)) {
        if (settings->fairness_first)
            TRY(form_add_fairness(b, tier));
        TRY(add_shortfall(b, tier));
        if (settings->measure == MEASURE_VALUE)
            TRY(add_unvalued(b, tier));
        if (!settings->fairness_first)
            TRY(form_add_fairness(b, tier));
    }
    return STATUS_OK;
}
