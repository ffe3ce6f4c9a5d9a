/* (C6) no line at all, or sum over o of x[n,o] >= least[n]
 *
 * The least useful amount, less what is covered elsewhere; all of what is wanted for an indivisible
 * need and for a member of a bundle that has no minimum of its own. A least of one step is what any
 * line gives: no rule is made.
 */
#include "models/rule_build.h"

static const char *column_of(const Need *need)
{
    if (need->indivisible)
        return "indivisible";
    if (need->has_min_quantity && need->min_quantity > 0)
        return "min_quantity";
    return need->has_min_share && need->min_share.digits > 0 ? "min_share" : "bundle";
}

static Status add_minimum(RuleBuilder *b, const Need *need, size_t first, size_t end)
{
    int *pairs = ARENA_NEW(b->arena, end - first, int);
    TRY_NEW(pairs);
    for (size_t p = first; p < end; p++)
        pairs[p - first] = (int)p;
    Rule rule = {.family = FAMILY_MINIMUM,
                 .form = FORM_OR_NOTHING,
                 .origin = need->origin,
                 .id = need->id,
                 .column = column_of(need),
                 .measure = COUNT_NEED_UNITS,
                 .unit = need->unit,
                 .pairs = pairs,
                 .count = end - first,
                 .lower = need->least,
                 .upper = need->wanted,
                 .asked = need->least};
    return rule_append(b, rule);
}

Status rules_build_minima(RuleBuilder *b)
{
    for (size_t n = 0; n < b->round->need_count; n++) {
        const Need *need = &b->round->needs[n];
        size_t first = b->pairs->first[n], end = b->pairs->first[n + 1];
        if (first < end && need->least > need->step)
            TRY(add_minimum(b, need, first, end));
    }
    return STATUS_OK;
}
