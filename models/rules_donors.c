/* (C3) sum over the donor's money offers, in its budget's currency, <= budget
 *
 * A line counts for the donor whose money it is in the end: the root of the offer's chain.
 */
#include "models/rule_build.h"

static int budget_of(const RuleBuilder *b, int pair)
{
    const Round *round = b->round;
    const Offer *root = &round->offers[round->offers[b->pairs->pairs[pair].offer].root];
    if (!root->unit.is_money || root->donor_row < 0 || !round->donors[root->donor_row].has_budget)
        return -1;
    return root->donor_row;
}

Status rules_build_donors(RuleBuilder *b)
{
    PairGroups groups;
    TRY(pair_groups_build(b, b->round->donor_count, budget_of, &groups));
    for (size_t d = 0; d < b->round->donor_count; d++) {
        const Donor *donor = &b->round->donors[d];
        Rule rule = {.family = FAMILY_DONOR,
                     .origin = donor->origin,
                     .id = donor->id,
                     .column = "budget",
                     .measure = COUNT_OFFER_UNITS,
                     .unit = round_unit(b->round, donor->currency),
                     .pairs = groups.pairs + groups.first[d],
                     .count = groups.first[d + 1] - groups.first[d],
                     .has_upper = true,
                     .upper = donor->budget};
        if (rule.count > 0)
            TRY(rule_append(b, rule));
    }
    return STATUS_OK;
}
