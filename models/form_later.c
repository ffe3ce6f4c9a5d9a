/* The stages after the tiers: firmness, then those the settings choose (lapsing, cost), then the
 * canonical order of ids that makes the plan repeatable.
 */
#include <stdlib.h>

#include "models/form_internal.h"

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

static bool lapses_in_round(const Round *round, const Offer *offer)
{
    const Settings *settings = &round->settings;
    return offer->lapses != DATE_NONE && offer->quantity_known &&
           offer->basis >= settings->plan_on &&
           (settings->start == DATE_NONE || offer->lapses >= settings->start) &&
           (settings->end == DATE_NONE || offer->lapses <= settings->end);
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
    Date after = DATE_NONE;
    bool any = false;
    for (;;) {
        Date next = DATE_NONE;
        for (size_t o = 0; o < b->round->offer_count; o++) {
            const Offer *offer = &b->round->offers[o];
            if (lapses_in_round(b->round, offer) && offer->lapses > after &&
                (next == DATE_NONE || offer->lapses < next))
                next = offer->lapses;
        }
        if (next == DATE_NONE)
            break;
        TRY(add_lapsing(b, next));
        any = true;
        after = next;
    }
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

static Status add_cost(FormBuilder *b)
{
    Stage stage = {.kind = STAGE_COST, .date = DATE_NONE, .label = arena_printf(b->arena, "cost")};
    for (size_t p = 0; p < b->pairs->count; p++)
        TRY(terms_add(b, (int)p, cost_of(b, (int)p)));
    TRY(terms_take(b, &stage));
    return form_add_stage(b, stage);
}

/** Earlier needs first, and within a need earlier offers: a price that rises with both ranks, with a
 *  mixed part so that no exchange of partners between two needs is free. */
static Status add_canonical(FormBuilder *b)
{
    Stage stage = {
        .kind = STAGE_CANONICAL, .date = DATE_NONE, .label = arena_printf(b->arena, "canonical")};
    double needs = (double)b->round->need_count, offers = (double)b->round->offer_count;
    for (size_t p = 0; p < b->pairs->count; p++) {
        const Pair *pair = &b->pairs->pairs[p];
        double by_need = (pair->need + 1) / needs, by_offer = (pair->offer + 1) / offers;
        double price = by_need + 0.5 * by_offer * (1.0 - 0.5 * by_need);
        TRY(terms_add(b, (int)p, price / b->form->lp.column_scale[p]));
    }
    TRY(terms_take(b, &stage));
    return form_add_stage(b, stage);
}

Status form_add_later_stages(FormBuilder *b)
{
    const Settings *settings = &b->round->settings;
    TRY(add_firmness_stages(b));
    for (size_t i = 0; i < settings->later_count; i++) {
        if (settings->later[i] == LATER_LAPSING)
            TRY(add_lapsing_stages(b));
        else if (settings->later[i] == LATER_COST)
            TRY(add_cost(b));
        /* change has nothing to compare with yet; burden and splits are refused by the settings */
    }
    return add_canonical(b);
}
