/* (C5) reserve: sum of what is planned of the selected offers <= their quantity - reserve
 *
 * Counted at the offers nearest to the root that are selected, and in the same part of `each`, so
 * that money passed on to a child is not counted twice; in a part of its own a child counts. Offers
 * that cannot be planned on (unknown amount, not firm enough, lapsed; or paid out of one that is)
 * keep nothing back and do not count.
 */
#include "models/rules_reserve.h"

#include <stdlib.h>

#include "allot/language.h"

static bool planned_on(const Round *round, int offer)
{
    for (int o = offer; o >= 0; o = round->offers[o].parent_row) {
        const Offer *link = &round->offers[o];
        bool lapsed = link->lapses != DATE_NONE && round->settings.start != DATE_NONE &&
                      link->lapses < round->settings.start;
        if (!link->quantity_known || link->status < round->settings.plan_on || lapsed)
            return false;
    }
    return true;
}

/** Donor (or offer) under which an offer is counted when the rule is split by `each`. */
static const char *each_of(const Round *round, const RuleRow *row, int offer)
{
    if ((row->each & (1u << SELECT_OFFER)) != 0)
        return round->offers[offer].id;
    if ((row->each & (1u << SELECT_DONOR)) != 0)
        return round->offers[offer].donor;
    return "";
}

/** Is this offer one at which the reserve counts? */
static bool counts(const Round *round, const RuleRow *row, int offer)
{
    for (int o = round->offers[offer].parent_row; o >= 0; o = round->offers[o].parent_row)
        if (rule_row_selects_offer(round, row, o) &&
            each_of(round, row, o) == each_of(round, row, offer))
            return false;
    return planned_on(round, offer) && rule_row_selects_offer(round, row, offer) &&
           (!row->has_value || round->offers[offer].unit.is_money);
}

/** The unit in which the chosen offers are added up: their own where they share it, the reporting
 *  currency for different money; false for things that cannot be added. */
static bool common_unit(const RuleBuilder *b, const RuleRow *row, const int *offers, size_t count,
                        Unit *out)
{
    bool money = true, same = true;
    Unit first = b->round->offers[offers[0]].unit;
    for (size_t i = 0; i < count; i++) {
        Unit unit = b->round->offers[offers[i]].unit;
        money = money && unit.is_money;
        same = same && unit.name == first.name;
    }
    *out = same ? first : b->round->currency;
    if (row->has_quantity) {
        *out = row->unit;
        return same && first.name == row->unit.name;
    }
    return row->has_value || same || money;
}

static bool capacity_in(const RuleBuilder *b, const int *offers, size_t count, Unit unit,
                        int64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < count; i++) {
        const Offer *offer = &b->round->offers[offers[i]];
        Ratio convert = ratio_of(1, 1);
        int64_t amount;
        if (offer->unit.name != unit.name && !round_convert(b->round, offer->unit, unit, &convert))
            return false;
        if (!ratio_apply(offer->quantity, convert, ROUND_DOWN, &amount) ||
            __builtin_add_overflow(*out, amount, out))
            return false;
    }
    return true;
}

/** The amount to keep, in smallest parts of @p unit, rounded up. */
static bool reserve_in(const RuleBuilder *b, const RuleRow *row, Unit unit, int64_t capacity,
                       int64_t *out)
{
    Ratio rate, own, amount;
    if (row->has_share)
        return ratio_apply(capacity, ratio_of_decimal(row->share), ROUND_UP, out);
    if (row->has_quantity)
        return ratio_apply(unit_scale(unit), ratio_of_decimal(row->quantity), ROUND_UP, out);
    return round_rate(b->round, row->currency, &rate) && round_rate(b->round, unit.name, &own) &&
           ratio_divide(rate, own, &rate) &&
           ratio_multiply(ratio_of_decimal(row->value), rate, &amount) &&
           ratio_apply(unit_scale(unit), amount, ROUND_UP, out);
}

static int ascending(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

static Status union_of_pairs(RuleBuilder *b, const int *offers, size_t count, Rule *rule)
{
    size_t total = 0;
    for (size_t i = 0; i < count; i++)
        total += b->by_offer.first[offers[i] + 1] - b->by_offer.first[offers[i]];
    int *pairs = ARENA_NEW(b->arena, total, int);
    TRY_NEW(pairs);
    for (size_t i = 0; i < count; i++)
        for (size_t k = b->by_offer.first[offers[i]]; k < b->by_offer.first[offers[i] + 1]; k++)
            pairs[rule->count++] = b->by_offer.pairs[k];
    if (total > 0)
        qsort(pairs, total, sizeof *pairs, ascending);
    rule->pairs = pairs;
    return STATUS_OK;
}

static Status add_reserve(RuleBuilder *b, const RuleRow *row, const char *each, const int *offers,
                          size_t count)
{
    Rule rule = {.family = FAMILY_RESERVE,
                 .origin = row->origin,
                 .id = row->id,
                 .column = row->has_value   ? "value"
                           : row->has_share ? "share"
                                            : "quantity",
                 .each = each,
                 .measure = COUNT_OFFER_UNITS,
                 .has_upper = true};
    int64_t capacity, kept;
    if (!common_unit(b, row, offers, count, &rule.unit))
        return rule_refuse(b, row, "unit",
                           _("mixes units: the offers it selects cannot be added up; narrow it or "
                             "split it by each = offer"));
    if (!capacity_in(b, offers, count, rule.unit, &capacity) ||
        !reserve_in(b, row, rule.unit, capacity, &kept))
        return rule_refuse(b, row, rule.column, _("has amounts that are too large"));
    rule.upper = capacity - kept;
    rule.asked = kept;
    TRY(union_of_pairs(b, offers, count, &rule));
    return rule_append(b, rule);
}

Status rules_build_reserve(RuleBuilder *b, const RuleRow *row)
{
    const Round *round = b->round;
    int *offers = ARENA_NEW(b->arena, round->offer_count, int);
    bool *done = ARENA_NEW(b->arena, round->offer_count, bool);
    TRY_NEW(offers);
    TRY_NEW(done);
    bool any = false;
    for (size_t o = 0; o < round->offer_count; o++) {
        size_t count = 0;
        if (done[o] || !counts(round, row, (int)o))
            continue;
        const char *each = each_of(round, row, (int)o);
        for (size_t k = o; k < round->offer_count; k++)
            if (counts(round, row, (int)k) && each_of(round, row, (int)k) == each) {
                offers[count++] = (int)k;
                done[k] = true;
            }
        any = true;
        TRY(add_reserve(b, row, each, offers, count));
    }
    if (!any)
        return rule_refuse(b, row, "kind",
                           _("selects no offer that can be planned on; nothing can be kept back"));
    return STATUS_OK;
}
