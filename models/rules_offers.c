/* (C2) sum over n of use[n,o] x[n,o] + the gross use of its children <= quantity[o]
 *
 * A line on a child draws the same gross, converted at the frozen rate, on every ancestor; the
 * child's own quantity is only a ceiling.
 */
#include <string.h>

#include "models/rule_build.h"

/** Pairs that draw on each offer: its own and those of its descendants, ascending. */
static Status group_by_link(RuleBuilder *b)
{
    const Round *round = b->round;
    PairGroups *out = &b->by_offer;
    size_t total = 0;
    out->first = ARENA_NEW(b->arena, round->offer_count + 1, size_t);
    size_t *next = ARENA_NEW(b->arena, round->offer_count + 1, size_t);
    TRY_NEW(out->first);
    TRY_NEW(next);
    for (size_t p = 0; p < b->pairs->count; p++)
        for (int o = b->pairs->pairs[p].offer; o >= 0; o = round->offers[o].parent_row, total++)
            out->first[o + 1]++;
    for (size_t o = 0; o < round->offer_count; o++)
        out->first[o + 1] += out->first[o];
    memcpy(next, out->first, (round->offer_count + 1) * sizeof *next);
    out->pairs = ARENA_NEW(b->arena, total, int);
    TRY_NEW(out->pairs);
    for (size_t p = 0; p < b->pairs->count; p++)
        for (int o = b->pairs->pairs[p].offer; o >= 0; o = round->offers[o].parent_row)
            out->pairs[next[o]++] = (int)p;
    return STATUS_OK;
}

Status rules_build_offers(RuleBuilder *b)
{
    TRY(group_by_link(b));
    for (size_t o = 0; o < b->round->offer_count; o++) {
        const Offer *offer = &b->round->offers[o];
        Rule rule = {.family = FAMILY_OFFER,
                     .origin = offer->origin,
                     .id = offer->id,
                     .column = "quantity",
                     .measure = COUNT_OFFER_UNITS,
                     .unit = offer->unit,
                     .pairs = b->by_offer.pairs + b->by_offer.first[o],
                     .count = b->by_offer.first[o + 1] - b->by_offer.first[o],
                     .has_upper = true,
                     .upper = offer->quantity};
        if (rule.count > 0)
            TRY(rule_append(b, rule));
    }
    return STATUS_OK;
}
