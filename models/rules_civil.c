/* (C14) sum over civil_only offers of x[n,o] <= (civil_share[n] Q[n] - covered[n])+
 *
 * With a civil share of 1 this is never tighter than the need itself and no rule is made.
 */
#include "models/rule_build.h"

/** Is the offer, or one it is paid out of, for civil use only? */
static bool is_civil_only(const Round *round, int offer)
{
    for (int o = offer; o >= 0; o = round->offers[o].parent_row)
        if (round->offers[o].civil_only)
            return true;
    return false;
}

static Status add_civil(RuleBuilder *b, const Need *need, size_t first, size_t end)
{
    int *pairs = ARENA_NEW(b->arena, end - first, int);
    TRY_NEW(pairs);
    Rule rule = {.family = FAMILY_CIVIL,
                 .origin = need->origin,
                 .id = need->id,
                 .column = "civil_share",
                 .measure = COUNT_NEED_UNITS,
                 .unit = need->unit,
                 .pairs = pairs,
                 .has_upper = true};
    for (size_t p = first; p < end; p++)
        if (is_civil_only(b->round, b->pairs->pairs[p].offer))
            pairs[rule.count++] = (int)p;
    if (rule.count == 0)
        return STATUS_OK;
    if (!ratio_apply(need->quantity, ratio_of_decimal(need->civil_share), ROUND_DOWN, &rule.upper))
        return STATUS_INTERNAL; /* a share of an int64_t amount always fits */
    rule.upper = rule.upper > need->covered ? rule.upper - need->covered : 0;
    rule.upper -= rule.upper % need->step;
    return rule_append(b, rule);
}

Status rules_build_civil(RuleBuilder *b)
{
    for (size_t n = 0; n < b->round->need_count; n++) {
        const Need *need = &b->round->needs[n];
        size_t first = b->pairs->first[n], end = b->pairs->first[n + 1];
        if (first < end && decimal_compare(need->civil_share, decimal_make(1, 0)) < 0)
            TRY(add_civil(b, need, first, end));
    }
    return STATUS_OK;
}
