/* What offers are worth, and what each donor offers and gives. A chain of offers (one paid out of
 * another) counts once, with the offer and the donor that the money comes from.
 */
#include <stdlib.h>
#include <string.h>

#include "io/totals_internal.h"

/* Reporting minor units for one smallest part of an offer: money at its rate, in kind at what one
 * unit is said to be worth. False when nobody says. */
static bool worth_of_part(const Round *round, const Offer *offer, Ratio *out)
{
    if (offer->unit.is_money)
        return round_convert(round, offer->unit, round->currency, out);
    Ratio rate, unit_worth;
    return offer->has_unit_value && round_rate(round, offer->currency, &rate) &&
           ratio_multiply(ratio_of_decimal(offer->unit_value), rate, &unit_worth) &&
           ratio_multiply(unit_worth,
                          ratio_of(unit_scale(round->currency), unit_scale(offer->unit)), out);
}

/* True when the offer, or one above it, lapsed before the round's start. */
static bool is_lapsed(const Round *round, size_t offer)
{
    Date start = round->settings.start;
    if (start == DATE_NONE)
        return false;
    for (int o = (int)offer; o >= 0; o = round->offers[o].parent_row)
        if (round->offers[o].lapses != DATE_NONE && round->offers[o].lapses < start)
            return true;
    return false;
}

static OfferStanding standing_of(const Round *round, size_t index)
{
    const Offer *offer = &round->offers[index];
    if (is_lapsed(round, index))
        return OFFER_LAPSED;
    if (!offer->quantity_known)
        return OFFER_UNKNOWN;
    return offer->basis >= round->settings.plan_on ? OFFER_PLANNED : OFFER_SOFT;
}

/* What channels keep of a chain's money counts with the offer that the money comes from. */
static Status add_kept(const Round *round, const Plan *plan, Totals *totals)
{
    for (size_t o = 0; o < round->offer_count; o++) {
        const Offer *offer = &round->offers[o];
        Ratio worth;
        int64_t kept;
        if (!offer->unit.is_money || plan->offers[o].overhead == 0)
            continue;
        if (!worth_of_part(round, offer, &worth) ||
            !ratio_apply(plan->offers[o].overhead, worth, ROUND_HALF_EVEN, &kept) ||
            !total_add(&totals->offers[offer->root].kept, kept))
            return STATUS_INTERNAL;
    }
    return STATUS_OK;
}

Status totals_value_offers(const Round *round, const Plan *plan, Arena *arena, Totals *totals)
{
    totals->offers = ARENA_NEW(arena, round->offer_count, OfferTotals);
    TRY_NEW(totals->offers);
    for (size_t o = 0; o < round->offer_count; o++) {
        const Offer *offer = &round->offers[o];
        OfferTotals *out = &totals->offers[o];
        Ratio worth;
        out->counted = offer->parent_row < 0;
        out->standing = standing_of(round, o);
        out->planned = out->standing == OFFER_PLANNED;
        out->has_value = offer->quantity_known && worth_of_part(round, offer, &worth);
        totals->offers_earlier += offer->taken > 0;
        if (!out->has_value)
            continue;
        if (!ratio_apply(offer->quantity, worth, ROUND_HALF_EVEN, &out->offered) ||
            !ratio_apply(offer->taken, worth, ROUND_HALF_EVEN, &out->earlier))
            return STATUS_INTERNAL;
        out->left = plan->offers[o].value_left;
        out->used = out->offered - out->left;
    }
    for (size_t a = 0; a < plan->assignment_count; a++) {
        OfferTotals *out = &totals->offers[plan->assignments[a].offer];
        totals->offers_used += out->lines++ == 0;
        out->lines_without_value += !plan->assignments[a].has_value;
    }
    return add_kept(round, plan, totals);
}

static int compare_donor(const void *id, const void *donor)
{
    return strcmp(id, ((const DonorTotals *)donor)->id);
}

static DonorTotals *find_donor(const Totals *totals, const char *id)
{
    return bsearch(id, totals->donors, totals->donor_count, sizeof *totals->donors, compare_donor);
}

size_t totals_donor(const Totals *totals, const Round *round, int offer)
{
    const char *id = round->offers[round->offers[offer].root].donor;
    return (size_t)(find_donor(totals, id) - totals->donors);
}

/* Every donor of the donors table and of the offers, by id. */
static Status list_donors(const Round *round, Arena *arena, Totals *totals)
{
    const char **ids = ARENA_NEW(arena, round->donor_count + round->offer_count, const char *);
    TRY_NEW(ids);
    size_t count = 0;
    for (size_t d = 0; d < round->donor_count; d++)
        ids[count++] = round->donors[d].id;
    for (size_t o = 0; o < round->offer_count; o++)
        ids[count++] = round->offers[o].donor;
    totals->donor_count = sort_distinct(ids, count);
    totals->donors = ARENA_NEW(arena, totals->donor_count, DonorTotals);
    TRY_NEW(totals->donors);
    for (size_t d = 0; d < totals->donor_count; d++) {
        totals->donors[d].id = ids[d];
        totals->donors[d].row = -1;
    }
    for (size_t d = 0; d < round->donor_count; d++)
        find_donor(totals, round->donors[d].id)->row = (int)d;
    return STATUS_OK;
}

static bool add_offer(DonorTotals *donor, const Offer *offer, const OfferTotals *totals)
{
    donor->offers++;
    if (!totals->counted || !totals->has_value)
        return true;
    if (!offer->unit.is_money)
        return !totals->planned || total_add(&donor->in_kind_left, totals->left);
    if (!total_add(&donor->cash_earlier, totals->earlier))
        return false;
    if (totals->standing == OFFER_LAPSED)
        return total_add(&donor->cash_lapsed, totals->offered);
    if (!totals->planned)
        return total_add(&donor->cash_apart, totals->offered);
    return total_add(&donor->cash_offered, totals->offered) &&
           total_add(&donor->cash_left, totals->left) && total_add(&donor->cash_kept, totals->kept);
}

static bool add_to_lines(LineTotals *lines, const Assignment *line)
{
    lines->lines++;
    lines->without_value += !line->has_value;
    return !line->has_value || total_add(&lines->value, line->value);
}

static bool add_line(DonorTotals *donor, bool is_money, const Assignment *line)
{
    if (line->basis == BASIS_PLEDGED &&
        !add_to_lines(is_money ? &donor->pledged_cash : &donor->pledged_in_kind, line))
        return false;
    return add_to_lines(is_money ? &donor->cash : &donor->in_kind, line);
}

/* The lines stand by need, so a need is new to a donor when the donor's last line was another's. */
static Status add_lines(const Round *round, const Plan *plan, Arena *arena, Totals *totals)
{
    int *last = ARENA_NEW(arena, totals->donor_count, int); /* need of the last line, from 1 on */
    TRY_NEW(last);
    int last_need = -1;
    for (size_t a = 0; a < plan->assignment_count; a++) {
        const Assignment *line = &plan->assignments[a];
        size_t d = totals_donor(totals, round, line->offer);
        DonorTotals *donor = &totals->donors[d];
        bool is_money = round->offers[line->offer].unit.is_money;
        donor->needs += last[d] != line->need + 1;
        totals->given.needs += last_need != line->need;
        last[d] = line->need + 1;
        last_need = line->need;
        if (!add_line(donor, is_money, line) || !add_line(&totals->given, is_money, line))
            return STATUS_INTERNAL;
    }
    return STATUS_OK;
}

Status totals_add_donors(const Round *round, const Plan *plan, Arena *arena, Totals *totals)
{
    TRY(list_donors(round, arena, totals));
    for (size_t o = 0; o < round->offer_count; o++) {
        const Offer *offer = &round->offers[o];
        DonorTotals *donor = find_donor(totals, offer->donor);
        if (!add_offer(donor, offer, &totals->offers[o]) ||
            !add_offer(&totals->given, offer, &totals->offers[o]))
            return STATUS_INTERNAL;
    }
    return add_lines(round, plan, arena, totals);
}
