/* (C12) sum over a donor's offers of x[n,o] <= max_share[donor] Q[n], in whole steps
 *
 * An offer's own max_share bounds one pair and is a column bound (pair_set.c).
 */
#include "models/rule_build.h"

static Status add_share(RuleBuilder *b, int need_index, int donor_index, const int *pairs,
                        size_t count)
{
    const Need *need = &b->round->needs[need_index];
    const Donor *donor = &b->round->donors[donor_index];
    Rule rule = {.family = FAMILY_SHARE,
                 .origin = donor->origin,
                 .id = donor->id,
                 .column = "max_share",
                 .each = need->id,
                 .measure = COUNT_NEED_UNITS,
                 .unit = need->unit,
                 .count = count,
                 .has_upper = true};
    int *own = ARENA_NEW(b->arena, count, int);
    TRY_NEW(own);
    for (size_t i = 0; i < count; i++)
        own[i] = pairs[i];
    rule.pairs = own;
    if (!ratio_apply(need->quantity, ratio_of_decimal(donor->max_share), ROUND_DOWN, &rule.upper))
        return STATUS_INTERNAL; /* a share of an int64_t amount always fits */
    rule.upper -= rule.upper % need->step;
    return rule_append(b, rule);
}

Status rules_build_shares(RuleBuilder *b)
{
    const Round *round = b->round;
    int *chosen = ARENA_NEW(b->arena, round->offer_count + 1, int);
    TRY_NEW(chosen);
    for (size_t n = 0; n < round->need_count; n++) {
        size_t first = b->pairs->first[n], end = b->pairs->first[n + 1];
        for (size_t d = 0; first < end && d < round->donor_count; d++) {
            size_t count = 0;
            if (!round->donors[d].has_max_share)
                continue;
            for (size_t p = first; p < end; p++) {
                int root = round->offers[b->pairs->pairs[p].offer].root;
                if (round->offers[root].donor_row == (int)d)
                    chosen[count++] = (int)p;
            }
            if (count > 0)
                TRY(add_share(b, (int)n, (int)d, chosen, count));
        }
    }
    return STATUS_OK;
}
