/* The stages after the tiers: firmness, then those the settings choose (lapsing, burden, cost, splits,
 * change), then the canonical order of ids that makes the plan repeatable.
 */
#include "models/form_internal.h"
#include "models/lapsing.h"

static bool tier_has(const FormBuilder *b, int tier, Basis weakest, Basis firmest)
{
    for (size_t p = 0; p < b->pairs->count; p++) {
        const Pair *pair = &b->pairs->pairs[p];
        Basis basis = b->round->offers[pair->offer].basis;
        if (b->round->needs[pair->need].tier == tier && basis >= weakest && basis <= firmest)
            return true;
    }
    return false;
}

/** Least value (or, for needs without one, share) resting on offers of this basis. */
static Status add_firmness(FormBuilder *b, int tier, Basis basis, bool unvalued)
{
    Stage stage = {.kind = STAGE_FIRMNESS,
                   .tier = tier,
                   .basis = basis,
                   .unvalued = unvalued,
                   .date = DATE_NONE,
                   .label = arena_printf(b->arena, "firmness %s %d%s", basis_text(basis), tier,
                                         unvalued ? " unvalued" : "")};
    for (size_t p = 0; p < b->pairs->count; p++) {
        const Pair *pair = &b->pairs->pairs[p];
        const Need *need = &b->round->needs[pair->need];
        if (need->tier != tier || b->round->offers[pair->offer].basis != basis ||
            need->has_value == unvalued)
            continue;
        TRY(terms_add(b, (int)p, unvalued ? form_share(b, pair->need) : form_value(b, pair->need)));
    }
    bool any = b->terms.count > 0;
    TRY(terms_take(b, &stage));
    return any ? form_add_stage(b, stage) : STATUS_OK;
}

static int tier_count(const FormBuilder *b)
{
    int last = 0;
    for (size_t n = 0; n < b->round->need_count; n++)
        last = b->round->needs[n].tier > last ? b->round->needs[n].tier : last;
    return last;
}

static Status add_firmness_stages(FormBuilder *b)
{
    static const Basis WEAK[] = {BASIS_PLEDGED, BASIS_COMMITTED};
    int last = tier_count(b);
    for (size_t w = 0; w < sizeof WEAK / sizeof *WEAK; w++) {
        for (int tier = 1; tier <= last; tier++) {
            if (!tier_has(b, tier, WEAK[w], WEAK[w]) || !tier_has(b, tier, WEAK[w] + 1, BASIS_PAID))
                continue;
            TRY(add_firmness(b, tier, WEAK[w], false));
            TRY(add_firmness(b, tier, WEAK[w], true));
        }
    }
    return STATUS_OK;
}

/** Least value left unused in the offers that lapse on this day. */
static Status add_lapsing(FormBuilder *b, Date date)
{
    char day[16];
    date_format(date, day);
    Stage stage = {
        .kind = STAGE_LAPSING, .date = date, .label = arena_printf(b->arena, "lapsing %s", day)};
    for (size_t o = 0; o < b->round->offer_count; o++)
        if (lapses_in_round(b->round, &b->round->offers[o]) && b->round->offers[o].lapses == date)
            stage.constant += (double)b->round->offers[o].quantity *
                              form_offer_price(b->round, &b->round->offers[o]);
    for (size_t p = 0; p < b->pairs->count; p++) {
        int links = 0; /* offers of this day that a line here draws on */
        for (int o = b->pairs->pairs[p].offer; o >= 0; o = b->round->offers[o].parent_row)
            links += lapses_in_round(b->round, &b->round->offers[o]) &&
                     b->round->offers[o].lapses == date;
        if (links > 0)
            TRY(terms_add(b, (int)p, -links * form_gross_value(b, (int)p)));
    }
    TRY(terms_take(b, &stage));
    return form_add_stage(b, stage);
}

/** One stage a day, soonest first; without any, one that is 0 and says so. */
static Status add_lapsing_stages(FormBuilder *b)
{
    Date day = lapsing_next_day(b->round, DATE_NONE);
    bool any = day != DATE_NONE;
    for (; day != DATE_NONE; day = lapsing_next_day(b->round, day))
        TRY(add_lapsing(b, day));
    if (any)
        return STATUS_OK;
    Stage none = {
        .kind = STAGE_LAPSING, .date = DATE_NONE, .label = arena_printf(b->arena, "lapsing")};
    return form_add_stage(b, none);
}

/** Preference cost of 1.0 of a pair's column. */
static double cost_of(const FormBuilder *b, int pair_index)
{
    const Pair *pair = &b->pairs->pairs[pair_index];
    const Offer *offer = &b->round->offers[pair->offer];
    if (pair->row != NULL && pair->row->has_cost)
        return decimal_to_double(pair->row->cost) * form_units(b, pair->need);
    double cost = decimal_to_double(offer->cost);
    if (offer->unit.is_money)
        return cost * form_value(b, pair->need);
    return cost * ratio_to_double(pair->use) * b->quantum[pair->need] /
           (double)unit_scale(offer->unit);
}

/** The stage of these costs, one a column; nothing of it where all are 0. */
static Status add_priced(FormBuilder *b, Stage stage, const double *cost)
{
    for (int j = 0; j < b->form->lp.column_count; j++)
        TRY(terms_add(b, j, cost[j]));
    TRY(terms_take(b, &stage));
    return form_add_stage(b, stage);
}

/** The switch of every fee, -1 for other rules. */
static Status find_fees(FormBuilder *b, int *columns)
{
    for (size_t r = 0; r < b->rules->count; r++) {
        const Rule *rule = &b->rules->rules[r];
        columns[r] = -1;
        b->label = rule_family_label(rule->family);
        b->row_id = rule->id;
        if (rule->form == FORM_FEE)
            TRY(form_switch(b, rule->pairs, rule->count, &columns[r]));
    }
    return STATUS_OK;
}

static Status add_cost(FormBuilder *b)
{
    Stage stage = {.kind = STAGE_COST, .date = DATE_NONE, .label = arena_printf(b->arena, "cost")};
    int *fees = ARENA_NEW(b->arena, b->rules->count, int);
    TRY_NEW(fees);
    TRY(find_fees(b, fees));
    double *cost = ARENA_NEW(b->arena, (size_t)b->form->lp.column_count, double);
    TRY_NEW(cost);
    for (size_t p = 0; p < b->pairs->count; p++)
        cost[p] = cost_of(b, (int)p);
    for (size_t r = 0; r < b->rules->count; r++)
        if (fees[r] >= 0)
            cost[fees[r]] +=
                ratio_to_double(b->rules->rules[r].fee) / (double)unit_scale(b->round->currency);
    return add_priced(b, stage, cost);
}

/** Fewest lines. */
static Status add_splits(FormBuilder *b)
{
    Stage stage = {
        .kind = STAGE_SPLITS, .date = DATE_NONE, .label = arena_printf(b->arena, "splits")};
    int *columns = ARENA_NEW(b->arena, b->pairs->count, int);
    TRY_NEW(columns);
    b->label = "splits";
    b->row_id = "";
    for (int p = 0; p < (int)b->pairs->count; p++)
        TRY(form_switch(b, &p, 1, &columns[p]));
    double *cost = ARENA_NEW(b->arena, (size_t)b->form->lp.column_count, double);
    TRY_NEW(cost);
    for (size_t p = 0; p < b->pairs->count; p++)
        cost[columns[p]] += 1.0;
    return add_priced(b, stage, cost);
}

static Status add_later(FormBuilder *b, LaterStage stage)
{
    switch (stage) {
    case LATER_LAPSING: return add_lapsing_stages(b);
    case LATER_BURDEN: return form_add_burden(b);
    case LATER_COST: return add_cost(b);
    case LATER_SPLITS: return add_splits(b);
    case LATER_CHANGE: return b->round->settings.change_first ? STATUS_OK : form_add_change(b);
    case LATER_STAGE_COUNT: break;
    }
    return STATUS_OK;
}

Status form_add_later_stages(FormBuilder *b)
{
    const Settings *settings = &b->round->settings;
    TRY(add_firmness_stages(b));
    for (size_t i = 0; i < settings->later_count; i++)
        TRY(add_later(b, settings->later[i]));
    return form_add_canonical(b);
}
