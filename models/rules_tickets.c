/* (C7) no line, or gross over the set >= ticket: of one offer for one need (offers.min_ticket, its own
 * lines), and of all money offers of one donor for one need (donors.min_ticket).
 */
#include "models/rule_build.h"

static Status add_offer_ticket(RuleBuilder *b, int pair)
{
    const Offer *offer = &b->round->offers[b->pairs->pairs[pair].offer];
    int *own = ARENA_NEW(b->arena, 1, int);
    TRY_NEW(own);
    *own = pair;
    Rule rule = {.family = FAMILY_TICKET,
                 .form = FORM_OR_NOTHING,
                 .origin = offer->origin,
                 .id = offer->id,
                 .column = "min_ticket",
                 .each = b->round->needs[b->pairs->pairs[pair].need].id,
                 .measure = COUNT_OFFER_UNITS,
                 .unit = offer->unit,
                 .pairs = own,
                 .count = 1,
                 .lower = offer->min_ticket,
                 .upper = offer->quantity,
                 .asked = offer->min_ticket};
    return rule_append(b, rule);
}

/** The row of the donor whose ticket holds for this line, or -1. */
static int ticketing_donor(const Round *round, const Pair *pair)
{
    const Offer *root = &round->offers[round->offers[pair->offer].root];
    if (!root->unit.is_money || root->donor_row < 0 ||
        round->donors[root->donor_row].min_ticket == 0)
        return -1;
    return root->donor_row;
}

static Status add_donor_ticket(RuleBuilder *b, size_t need, int donor_row)
{
    const Donor *donor = &b->round->donors[donor_row];
    size_t first = b->pairs->first[need], end = b->pairs->first[need + 1];
    int *own = ARENA_NEW(b->arena, end - first, int);
    TRY_NEW(own);
    Rule rule = {.family = FAMILY_TICKET,
                 .form = FORM_OR_NOTHING,
                 .origin = donor->origin,
                 .id = donor->id,
                 .column = "min_ticket",
                 .each = b->round->needs[need].id,
                 .measure = COUNT_OFFER_UNITS,
                 .unit = round_unit(b->round, donor->currency),
                 .pairs = own,
                 .lower = donor->min_ticket,
                 .upper = INT64_MAX,
                 .asked = donor->min_ticket};
    for (size_t p = first; p < end; p++)
        if (ticketing_donor(b->round, &b->pairs->pairs[p]) == donor_row)
            own[rule.count++] = (int)p;
    return rule_append(b, rule);
}

/** Is the pair the first of its donor among the need's? */
static bool leads_donor(const RuleBuilder *b, size_t pair, int donor_row)
{
    size_t first = b->pairs->first[b->pairs->pairs[pair].need];
    for (size_t p = first; p < pair; p++)
        if (ticketing_donor(b->round, &b->pairs->pairs[p]) == donor_row)
            return false;
    return true;
}

Status rules_build_tickets(RuleBuilder *b)
{
    bool donors = false;
    for (size_t d = 0; d < b->round->donor_count; d++)
        donors = donors || b->round->donors[d].min_ticket > 0;
    for (size_t p = 0; p < b->pairs->count; p++) {
        const Pair *pair = &b->pairs->pairs[p];
        int donor = donors ? ticketing_donor(b->round, pair) : -1;
        if (b->round->offers[pair->offer].min_ticket > 0)
            TRY(add_offer_ticket(b, (int)p));
        if (donor >= 0 && leads_donor(b, p, donor))
            TRY(add_donor_ticket(b, (size_t)pair->need, donor));
    }
    return STATUS_OK;
}
