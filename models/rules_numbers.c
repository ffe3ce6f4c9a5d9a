/* (C8) at most so many distinct needs, donors, beneficiaries or offers with a line: max_donors of a
 * need, max_needs of an offer, a donor and a beneficiary; rules of kind count come through
 * rules_table.c.
 */
#include "models/rule_build.h"

int item_of_need(const Round *round, const Pair *pair)
{
    (void)round;
    return pair->need;
}

int item_of_offer(const Round *round, const Pair *pair)
{
    (void)round;
    return pair->offer;
}

/** Donors need not be in the donors table: the first offer whose root has the same donor. */
int item_of_donor(const Round *round, const Pair *pair)
{
    return round->offers[pair->offer].donor_item;
}

int item_of_beneficiary(const Round *round, const Pair *pair)
{
    return round->needs[pair->need].beneficiary_item;
}

Status rule_append_number(RuleBuilder *b, Rule rule, ItemOf *item_of)
{
    int *pairs = ARENA_NEW(b->arena, rule.count, int),
        *items = ARENA_NEW(b->arena, rule.count, int);
    size_t most = b->round->need_count + b->round->offer_count;
    int *number = b->item_number; /* [needs + offers] number + 1 of each item, 0 where none */
    TRY_NEW(pairs);
    TRY_NEW(items);
    if (number == NULL) {
        number = b->item_number = ARENA_NEW(b->arena, most + 1, int);
        TRY_NEW(number);
    }
    size_t kept = 0;
    for (size_t k = 0; k < rule.count; k++) {
        int item = item_of(b->round, &b->pairs->pairs[rule.pairs[k]]);
        if (item < 0)
            continue;
        if (number[item] == 0)
            number[item] = ++rule.item_count;
        pairs[kept] = rule.pairs[k];
        items[kept++] = number[item] - 1;
    }
    for (size_t k = 0; k < rule.count; k++) {
        int item = item_of(b->round, &b->pairs->pairs[rule.pairs[k]]);
        if (item >= 0)
            number[item] = 0;
    }
    rule.form = FORM_AT_MOST;
    rule.asked = rule.upper;
    rule.pairs = pairs;
    rule.item = items;
    rule.count = kept;
    return rule.item_count > rule.upper ? rule_append(b, rule) : STATUS_OK;
}

static Status add_max_donors(RuleBuilder *b, size_t n)
{
    const Need *need = &b->round->needs[n];
    size_t first = b->pairs->first[n], count = b->pairs->first[n + 1] - first;
    int *pairs = ARENA_NEW(b->arena, count, int);
    TRY_NEW(pairs);
    for (size_t k = 0; k < count; k++)
        pairs[k] = (int)(first + k);
    Rule rule = {.family = FAMILY_NUMBER,
                 .origin = need->origin,
                 .id = need->id,
                 .column = "max_donors",
                 .unit = b->round->currency,
                 .pairs = pairs,
                 .count = count,
                 .upper = need->max_donors};
    return rule_append_number(b, rule, item_of_donor);
}

static int limited_offer_of(const RuleBuilder *b, int pair)
{
    int offer = b->pairs->pairs[pair].offer;
    return b->round->offers[offer].max_needs > 0 ? offer : -1;
}

static int limited_donor_of(const RuleBuilder *b, int pair)
{
    const Round *round = b->round;
    int donor = round->offers[round->offers[b->pairs->pairs[pair].offer].root].donor_row;
    return donor >= 0 && round->donors[donor].max_needs > 0 ? donor : -1;
}

static int limited_beneficiary_of(const RuleBuilder *b, int pair)
{
    int row = b->round->needs[b->pairs->pairs[pair].need].beneficiary_row;
    return row >= 0 && b->round->beneficiaries[row].max_needs > 0 ? row : -1;
}

static Status add_max_needs(RuleBuilder *b, const PairGroups *groups, size_t group, Rule rule)
{
    rule.family = FAMILY_NUMBER;
    rule.column = "max_needs";
    rule.unit = b->round->currency;
    rule.pairs = groups->pairs + groups->first[group];
    rule.count = groups->first[group + 1] - groups->first[group];
    return rule.count == 0 ? STATUS_OK : rule_append_number(b, rule, item_of_need);
}

Status rules_build_numbers(RuleBuilder *b)
{
    const Round *round = b->round;
    PairGroups offers, donors, beneficiaries;
    TRY(pair_groups_build(b, round->offer_count, limited_offer_of, &offers));
    TRY(pair_groups_build(b, round->donor_count, limited_donor_of, &donors));
    TRY(pair_groups_build(b, round->beneficiary_count, limited_beneficiary_of, &beneficiaries));
    for (size_t n = 0; n < round->need_count; n++)
        if (round->needs[n].max_donors > 0 && b->pairs->first[n] < b->pairs->first[n + 1])
            TRY(add_max_donors(b, n));
    for (size_t o = 0; o < round->offer_count; o++)
        TRY(add_max_needs(b, &offers, o,
                          (Rule){.origin = round->offers[o].origin,
                                 .id = round->offers[o].id,
                                 .upper = round->offers[o].max_needs}));
    for (size_t d = 0; d < round->donor_count; d++)
        TRY(add_max_needs(b, &donors, d,
                          (Rule){.origin = round->donors[d].origin,
                                 .id = round->donors[d].id,
                                 .upper = round->donors[d].max_needs}));
    for (size_t i = 0; i < round->beneficiary_count; i++)
        TRY(add_max_needs(b, &beneficiaries, i,
                          (Rule){.origin = round->beneficiaries[i].origin,
                                 .id = round->beneficiaries[i].id,
                                 .upper = round->beneficiaries[i].max_needs}));
    return STATUS_OK;
}
