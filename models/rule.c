/* Rules as one mechanism: what a line counts under a rule, and the set of all rules of a round. */
#include "allot/rule.h"

#include <string.h>

#include "models/rule_build.h"

const char *rule_family_label(RuleFamily family)
{
    switch (family) {
    case FAMILY_OFFER: return "C2";
    case FAMILY_DONOR: return "C3";
    case FAMILY_BENEFICIARY: return "C4";
    case FAMILY_LIMIT:
    case FAMILY_FLOOR:
    case FAMILY_RESERVE: return "C5";
    case FAMILY_MINIMUM: return "C6";
    case FAMILY_TICKET: return "C7";
    case FAMILY_NUMBER: return "C8";
    case FAMILY_FEE: return "fee";
    case FAMILY_SHARE: return "C12";
    case FAMILY_CIVIL: return "C14";
    }
    return "";
}

static bool convert_factor(const Round *round, const Rule *rule, const Offer *offer, Ratio *out)
{
    if (offer->unit.name == rule->unit.name) {
        *out = ratio_of(1, 1);
        return true;
    }
    return round_convert(round, offer->unit, rule->unit, out);
}

bool rule_amount(const Round *round, const PairSet *pairs, const Rule *rule, int pair_index,
                 int64_t quantity, int64_t *out)
{
    const Pair *pair = &pairs->pairs[pair_index];
    const Need *need = &round->needs[pair->need];
    const Offer *offer = &round->offers[pair->offer];
    Ratio convert;
    int64_t gross;
    switch (rule->measure) {
    case COUNT_NEED_UNITS: *out = quantity; return true;
    case COUNT_VALUE:
        *out = 0;
        return !need->has_value || ratio_apply(quantity, need->value, ROUND_HALF_EVEN, out);
    case COUNT_OFFER_UNITS:
        return ratio_apply(quantity, pair->use, ROUND_UP, &gross) &&
               convert_factor(round, rule, offer, &convert) &&
               ratio_apply(gross, convert, ROUND_UP, out);
    }
    return false;
}

bool rule_factor(const Round *round, const PairSet *pairs, const Rule *rule, int pair_index,
                 Ratio *out)
{
    const Pair *pair = &pairs->pairs[pair_index];
    const Need *need = &round->needs[pair->need];
    Ratio convert;
    switch (rule->measure) {
    case COUNT_NEED_UNITS: *out = ratio_of(1, 1); return true;
    case COUNT_VALUE: *out = need->has_value ? need->value : ratio_of(0, 1); return true;
    case COUNT_OFFER_UNITS:
        return convert_factor(round, rule, &round->offers[pair->offer], &convert) &&
               ratio_multiply(pair->use, convert, out);
    }
    return false;
}

Status rule_append(RuleBuilder *b, Rule rule)
{
    RuleSet *set = b->set;
    if (set->count == b->room) {
        size_t room = b->room * 2 + 64;
        set->rules = arena_grow(b->arena, set->rules, set->count, room, sizeof *set->rules);
        TRY_NEW(set->rules);
        b->room = room;
    }
    if (rule.each == NULL)
        rule.each = "";
    set->rules[set->count++] = rule;
    return STATUS_OK;
}

Status rule_refuse(RuleBuilder *b, const RuleRow *row, const char *column, const char *why)
{
    diag_add(b->diag, DIAG_RULE, round_place(b->round, row->origin, column), "rule '%s' %s",
             row->id, why);
    b->findings = true;
    return STATUS_OK;
}

Status pair_groups_build(const RuleBuilder *b, size_t groups,
                         int (*group_of)(const RuleBuilder *b, int pair), PairGroups *out)
{
    out->first = ARENA_NEW(b->arena, groups + 1, size_t);
    out->pairs = ARENA_NEW(b->arena, b->pairs->count, int);
    size_t *next = ARENA_NEW(b->arena, groups + 1, size_t);
    TRY_NEW(out->first);
    TRY_NEW(out->pairs);
    TRY_NEW(next);
    for (size_t p = 0; p < b->pairs->count; p++) {
        int group = group_of(b, (int)p);
        if (group >= 0)
            out->first[group + 1]++;
    }
    for (size_t g = 0; g < groups; g++)
        out->first[g + 1] += out->first[g];
    memcpy(next, out->first, (groups + 1) * sizeof *next);
    for (size_t p = 0; p < b->pairs->count; p++) {
        int group = group_of(b, (int)p);
        if (group >= 0)
            out->pairs[next[group]++] = (int)p;
    }
    return STATUS_OK;
}

Status rule_set_build(const Round *round, const PairSet *pairs, Arena *arena, Diag *diag,
                      RuleSet *set)
{
    static Status (*const FAMILIES[])(RuleBuilder *) = {
        rules_build_offers,  rules_build_donors, rules_build_beneficiaries,
        rules_build_table,   rules_build_minima, rules_build_tickets,
        rules_build_numbers, rules_build_shares, rules_build_civil,
    };
    RuleBuilder b = {.round = round, .pairs = pairs, .arena = arena, .diag = diag, .set = set};
    memset(set, 0, sizeof *set);
    for (size_t f = 0; f < sizeof FAMILIES / sizeof *FAMILIES; f++)
        TRY(FAMILIES[f](&b));
    TRY(rules_review_tickets(&b));
    return b.findings ? STATUS_FINDINGS : STATUS_OK;
}
