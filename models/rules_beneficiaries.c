/* (C4) value received <= max_value */
#include "models/rule_build.h"

static int limited_beneficiary_of(const RuleBuilder *b, int pair)
{
    const Need *need = &b->round->needs[b->pairs->pairs[pair].need];
    if (need->beneficiary_row < 0 || !need->has_value ||
        !b->round->beneficiaries[need->beneficiary_row].has_max_value)
        return -1;
    return need->beneficiary_row;
}

Status rules_build_beneficiaries(RuleBuilder *b)
{
    PairGroups groups;
    TRY(pair_groups_build(b, b->round->beneficiary_count, limited_beneficiary_of, &groups));
    for (size_t i = 0; i < b->round->beneficiary_count; i++) {
        const Beneficiary *beneficiary = &b->round->beneficiaries[i];
        Rule rule = {.family = FAMILY_BENEFICIARY,
                     .origin = beneficiary->origin,
                     .id = beneficiary->id,
                     .column = "max_value",
                     .measure = COUNT_VALUE,
                     .unit = b->round->currency,
                     .pairs = groups.pairs + groups.first[i],
                     .count = groups.first[i + 1] - groups.first[i],
                     .has_upper = true,
                     .upper = beneficiary->max_value};
        if (rule.count > 0)
            TRY(rule_append(b, rule));
    }
    return STATUS_OK;
}
