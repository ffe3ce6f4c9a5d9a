/* Why something of an offer stays unused: found in the whole round, said without anybody else's name.
 */
#include "allot/eligibility.h"
#include "allot/release.h"
#include "allot/rule.h"

static bool is_lapsed(const Round *round, int offer)
{
    Date start = round->settings.start;
    for (; offer >= 0 && start != DATE_NONE; offer = round->offers[offer].parent_row)
        if (round->offers[offer].lapses != DATE_NONE && round->offers[offer].lapses < start)
            return true;
    return false;
}

static bool is_parent_empty(const Round *round, const Plan *plan, int offer)
{
    for (int o = round->offers[offer].parent_row; o >= 0; o = round->offers[o].parent_row)
        if (round->offers[o].quantity_known && plan->offers[o].left == 0)
            return true;
    return false;
}

/* A budget is used up when less than one whole unit of its currency is left: what rounding to the cents
 * of another currency leaves is of no use to anybody. */
static bool is_budget_used(const Round *round, const Plan *plan, int offer)
{
    const Offer *root = &round->offers[round->offers[offer].root];
    if (!root->unit.is_money || root->donor_row < 0 || !round->donors[root->donor_row].has_budget)
        return false;
    const Donor *donor = &round->donors[root->donor_row];
    int64_t whole = decimal_power_of_ten(currency_places(donor->currency));
    return donor->budget - plan_budget_used(round, plan, root->donor_row) < whole;
}

/** Does a rule keep something of the offer back? */
static bool is_reserved(const Round *round, int offer)
{
    for (size_t r = 0; r < round->rule_count; r++)
        if (round->rules[r].kind == RULE_RESERVE &&
            rule_row_selects_offer(round, &round->rules[r], offer))
            return true;
    return false;
}

static Unused among_needs(const Round *round, const Plan *plan, int offer)
{
    Unused found = UNUSED_NO_NEED;
    for (int n = 0; n < (int)round->need_count; n++) {
        if (eligibility_bar(round, n, offer).check != BAR_NOTHING)
            continue;
        if (plan->needs[n].unmet > 0)
            return is_reserved(round, offer) ? UNUSED_RESERVED : UNUSED_HELD;
        found = UNUSED_ALL_MET;
    }
    return found;
}

static Unused why_unused(const Round *round, const Plan *plan, int index)
{
    const Offer *offer = &round->offers[index];
    if (is_lapsed(round, index))
        return UNUSED_LAPSED;
    if (!offer->quantity_known)
        return UNUSED_UNKNOWN;
    if (offer->basis < round->settings.plan_on)
        return UNUSED_SOFT;
    if (plan->offers[index].left == 0)
        return UNUSED_NOTHING;
    if (is_parent_empty(round, plan, index))
        return UNUSED_PARENT;
    return is_budget_used(round, plan, index) ? UNUSED_BUDGET : among_needs(round, plan, index);
}

Status release_unused(const Round *round, const Plan *plan, Arena *arena, const Unused **unused)
{
    Unused *list = ARENA_NEW(arena, round->offer_count, Unused);
    TRY_NEW(list);
    for (size_t o = 0; o < round->offer_count; o++)
        list[o] = why_unused(round, plan, (int)o);
    *unused = list;
    return STATUS_OK;
}
