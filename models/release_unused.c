/* Why something of an offer stays unused: found in the whole round, said without anybody else's name.
 */
#include "allot/chosen.h"
#include "allot/effects.h"
#include "allot/eligibility.h"
#include "allot/rule.h"
#include "models/release_internal.h"

static bool is_lapsed(const Round *round, int offer)
{
    Date start = round->settings.start;
    for (; offer >= 0 && start != DATE_NONE; offer = round->offers[offer].parent_row)
        if (round->offers[offer].lapses != DATE_NONE && round->offers[offer].lapses < start)
            return true;
    return false;
}

bool release_is_used_up(const Round *round, const Plan *plan, int offer)
{
    Unit unit = round->offers[offer].unit;
    int64_t least = unit.is_money ? decimal_power_of_ten(unit.places) : 1;
    return round->offers[offer].quantity_known && plan->offers[offer].left < least;
}

static bool is_parent_empty(const Round *round, const Plan *plan, int offer)
{
    for (int o = round->offers[offer].parent_row; o >= 0; o = round->offers[o].parent_row)
        if (release_is_used_up(round, plan, o))
            return true;
    return false;
}

/* A budget is used up when less than one whole unit of its currency is left: what rounding to the cents
 * of another currency leaves is of no use to anybody. */
bool release_is_budget_used(const Round *round, const Plan *plan, int offer)
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

static int root_donor(const Round *round, int offer)
{
    return round->offers[round->offers[offer].root].donor_row;
}

/** Distinct needs of the lines that are the donor's in the end. */
static int donor_needs(const Round *round, const Plan *plan, int donor)
{
    int count = 0;
    for (size_t i = 0; i < plan->assignment_count; i++) {
        const Assignment *line = &plan->assignments[i];
        bool first = root_donor(round, line->offer) == donor;
        for (size_t j = 0; j < i && first; j++)
            first = plan->assignments[j].need != line->need ||
                    root_donor(round, plan->assignments[j].offer) != donor;
        count += first;
    }
    return count;
}

static bool is_count_reached(const Round *round, const Plan *plan, int offer)
{
    int own = round->offers[offer].max_needs, donor = root_donor(round, offer);
    if (own > 0 && plan->offers[offer].needs >= own)
        return true;
    int most = donor < 0 ? 0 : round->donors[donor].max_needs;
    return most > 0 && donor_needs(round, plan, donor) >= most;
}

/** Would one step more on the need be more than a share of its full quantity? */
static bool is_beyond(const Need *need, int64_t given, Decimal share)
{
    double most = decimal_to_double(share) * (double)need->quantity;
    return (double)given + (double)need->step > most + 1e-6;
}

/** Has the need the most that the offer's own max_share allows, or its donor's? */
static bool has_the_most(const Round *round, const Plan *plan, int index, int offer)
{
    const Need *need = &round->needs[index];
    int donor = root_donor(round, offer);
    int64_t own = 0, all = 0;
    for (size_t i = 0; i < plan->assignment_count; i++) {
        const Assignment *line = &plan->assignments[i];
        if (line->need != index)
            continue;
        own += line->offer == offer ? line->quantity : 0;
        all += root_donor(round, line->offer) == donor ? line->quantity : 0;
    }
    if (own > 0 && is_beyond(need, own, round->offers[offer].max_share))
        return true;
    return donor >= 0 && all > 0 && round->donors[donor].has_max_share &&
           is_beyond(need, all, round->donors[donor].max_share);
}

/** Of the needs that its donor serves: is one short that has the most? */
static bool is_share_reached(const Round *round, const Plan *plan, int offer)
{
    int donor = root_donor(round, offer);
    for (size_t i = 0; i < plan->assignment_count; i++) {
        const Assignment *line = &plan->assignments[i];
        bool ours = line->offer == offer || (donor >= 0 && root_donor(round, line->offer) == donor);
        if (ours && plan->needs[line->need].unmet > 0 &&
            eligibility_bar(round, line->need, offer).check == BAR_NOTHING &&
            has_the_most(round, plan, line->need, offer))
            return true;
    }
    return false;
}

/** The commitment that lets the offer give the need no more than it does, or NULL. */
static const Commitment *commitment_on(const Round *round, const Plan *plan, int need, int offer)
{
    for (size_t c = 0; c < round->commitment_count; c++) {
        const Commitment *row = &round->commitments[c];
        bool bounds = row->kind == COMMITMENT_FIXED || row->kind == COMMITMENT_AT_MOST;
        if (row->need == need && row->offer == offer && bounds &&
            plan_line_now(plan, need, offer) >= row->quantity)
            return row;
    }
    return NULL;
}

/** Could more of the offer serve this need, but for what is agreed? */
static bool is_short(const Round *round, const Plan *plan, int need, int offer)
{
    return plan->needs[need].unmet > 0 && eligibility_bar(round, need, offer).check == BAR_NOTHING;
}

/** Is what it gives agreed of every short need that it may serve? */
static bool is_agreed(const Round *round, const Plan *plan, int offer)
{
    for (int n = 0; n < (int)round->need_count; n++)
        if (is_short(round, plan, n, offer) && commitment_on(round, plan, n, offer) == NULL)
            return false;
    return true;
}

/** Does a commitment alone bar it from a need that is short? */
static bool is_ruled_out(const Round *round, const Plan *plan, int need, int offer)
{
    return plan->needs[need].unmet > 0 &&
           eligibility_bar(round, need, offer).check == BAR_COMMITMENT;
}

static bool is_ruled_out_of_any(const Round *round, const Plan *plan, int offer)
{
    for (int n = 0; n < (int)round->need_count; n++)
        if (is_ruled_out(round, plan, n, offer))
            return true;
    return false;
}

/** Why needs that are still short do not have it. */
static Unused why_held(const Round *round, const Plan *plan, int offer)
{
    if (is_agreed(round, plan, offer))
        return UNUSED_AGREED;
    if (is_count_reached(round, plan, offer))
        return UNUSED_COUNT;
    if (is_reserved(round, offer))
        return UNUSED_RESERVED;
    return is_share_reached(round, plan, offer) ? UNUSED_SHARE : UNUSED_HELD;
}

static Unused among_needs(const Round *round, const Plan *plan, int offer)
{
    Unused found = UNUSED_NO_NEED;
    for (int n = 0; n < (int)round->need_count; n++) {
        if (eligibility_bar(round, n, offer).check != BAR_NOTHING)
            continue;
        if (plan->needs[n].unmet > 0)
            return why_held(round, plan, offer);
        found = UNUSED_ALL_MET;
    }
    return is_ruled_out_of_any(round, plan, offer) ? UNUSED_RULED_OUT : found;
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
    if (release_is_used_up(round, plan, index))
        return UNUSED_CENTS;
    if (is_parent_empty(round, plan, index))
        return UNUSED_PARENT;
    return release_is_budget_used(round, plan, index) ? UNUSED_BUDGET
                                                      : among_needs(round, plan, index);
}

/** Is it one of the needs that the offer's Unused is about, and does its donor know of it: by a line, or by
 *  an answer of its own? */
static bool is_named(const Round *round, const Plan *plan, int need, int offer, Unused why)
{
    bool answered = replies_find(round->replies, need, offer) != NULL;
    if (why == UNUSED_AGREED)
        return (answered || plan_line_now(plan, need, offer) > 0) &&
               is_short(round, plan, need, offer);
    return why == UNUSED_RULED_OUT && answered && is_ruled_out(round, plan, need, offer);
}

Status release_unused_needs(const Round *round, const Plan *plan, int offer, Unused why,
                            Arena *arena, const char **needs)
{
    const bool *not_chosen = plan_not_chosen(round, plan, arena);
    *needs = "";
    TRY_NEW(not_chosen);
    for (int n = 0; n < (int)round->need_count; n++) {
        if (not_chosen[n] || !is_named(round, plan, n, offer, why))
            continue;
        *needs =
            arena_printf(arena, "%s%s%s", *needs, **needs == '\0' ? "" : ", ", round->needs[n].id);
        TRY_NEW(*needs);
    }
    return STATUS_OK;
}

/** The plan with nothing unmet of needs that are not chosen among their alternatives. */
static Status as_chosen(const Round *round, const Plan *plan, Arena *arena, Plan *seen)
{
    const bool *not_chosen = plan_not_chosen(round, plan, arena);
    NeedResult *needs = ARENA_NEW(arena, round->need_count, NeedResult);
    TRY_NEW(not_chosen);
    TRY_NEW(needs);
    for (size_t n = 0; n < round->need_count; n++) {
        needs[n] = plan->needs[n];
        needs[n].unmet = not_chosen[n] ? 0 : needs[n].unmet;
    }
    *seen = *plan;
    seen->needs = needs;
    return STATUS_OK;
}

Status release_unused(const Round *round, const Plan *plan, Arena *arena, const Unused **unused)
{
    Unused *list = ARENA_NEW(arena, round->offer_count, Unused);
    Plan seen;
    TRY_NEW(list);
    TRY(as_chosen(round, plan, arena, &seen));
    for (size_t o = 0; o < round->offer_count; o++)
        list[o] = why_unused(round, &seen, (int)o);
    *unused = list;
    return STATUS_OK;
}
