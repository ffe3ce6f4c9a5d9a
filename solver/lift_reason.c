/* Things that can be lifted, as reasons of the closed list. */
#include "solver/lift_reason.h"

#include <string.h>

#include "allot/replies.h"
#include "allot/rule.h"

/** Does the thing bound a pair of the need itself? */
static bool touches(const Formulation *form, const Lift *lift, int need)
{
    const Lp *lp = &form->lp;
    const PairSet *pairs = form->pairs;
    for (size_t k = 0; k < lift->bound_count; k++) {
        int target = lift->bounds[k].target, row = target - lp->column_count;
        size_t first = row < 0 ? 0 : lp->row_first[row], end = row < 0 ? 1 : lp->row_first[row + 1];
        for (size_t e = first; e < end; e++) {
            int column = row < 0 ? target : lp->element_column[e];
            if (column == form->unmet_column[need])
                return true;
            if ((size_t)column < pairs->count && pairs->pairs[column].need == need)
                return true;
        }
    }
    return false;
}

/** Is it what this need requires, and not met in the plan? One that is met holds back others at most,
 *  through what is spent on it. */
static bool is_missing(const Plan *plan, const Requirement *requirement, int need)
{
    for (int k = 0; k < requirement->count; k++)
        if (plan->needs[requirement->any_of[k]].full)
            return false;
    return requirement->need == need;
}

static Reason reason_of_number(const Lift *lift, const Need *need)
{
    if (lift->origin.table == TABLE_NEEDS)
        return lift->id == need->id ? REASON_DONOR_COUNT : REASON_NONE;
    if (lift->origin.table == TABLE_BENEFICIARIES)
        return lift->id == need->beneficiary ? REASON_BENEFICIARY_LIMIT : REASON_NONE;
    return REASON_RULE_LIMIT;
}

/** The answer that the thing is; NULL: it is none. */
static const Reply *answer_of(const Formulation *form, const Lift *lift)
{
    const Round *round = form->round;
    bool agreed = lift->kind == LIFT_COMMITMENT || lift->kind == LIFT_FORBIDDEN;
    return agreed ? reply_of_origin(round, round->commitments[lift->index].origin) : NULL;
}

bool lift_is_refusal(const Formulation *form, const Lift *lift, int need)
{
    const Reply *answer = answer_of(form, lift);
    return answer != NULL && answer->need == need && answer->decision != REPLY_AGREE;
}

int lift_compare(const Formulation *form, const Lift *x, const Lift *y, int need)
{
    int order = lift_is_refusal(form, y, need) - lift_is_refusal(form, x, need);
    if (order == 0)
        order = (x->origin.table > y->origin.table) - (x->origin.table < y->origin.table);
    order = order != 0 ? order : strcmp(x->id, y->id);
    order = order != 0 ? order : strcmp(x->column, y->column);
    return order != 0 ? order : strcmp(x->each, y->each);
}

bool lift_is_consent(const Formulation *form, const Lift *lift, int need)
{
    const Reply *answer = answer_of(form, lift);
    return answer != NULL && answer->need == need && answer->decision == REPLY_AGREE;
}

bool lift_leads(const Formulation *form, const Lift *thing, int need)
{
    return thing->kind == LIFT_QUANTITY || lift_is_refusal(form, thing, need);
}

/** Was it agreed of the same offer after the refusal? */
static bool follows(const Formulation *form, const Lift *along, const Lift *refusal)
{
    const Offer *offers = form->round->offers;
    const Reply *later = answer_of(form, along), *first = answer_of(form, refusal);
    return later != NULL && first != NULL && later->decision == REPLY_AGREE &&
           later->turn > first->turn && later->need != first->need &&
           offers[later->offer].root == offers[first->offer].root;
}

bool lift_goes_along(const Formulation *form, const Lift *along, const Lift *thing)
{
    const Round *round = form->round;
    if (thing->kind != LIFT_QUANTITY)
        return follows(form, along, thing);
    if (along->kind != LIFT_RESERVE)
        return false;
    int offer = round_find_offer(round, thing->id);
    for (size_t r = 0; r < round->rule_count; r++)
        if (round->rules[r].origin.line == along->origin.line)
            return rule_row_selects_offer(round, &round->rules[r], offer);
    return false;
}

Reason lift_reason(const Formulation *form, const Plan *plan, const Lift *lift, int need)
{
    const Round *round = form->round;
    const Logic *logic = &round->logic;
    const Need *row = &round->needs[need];
    switch (lift->kind) {
    case LIFT_REQUIRES:
        return is_missing(plan, &logic->requirements[lift->index], need) ? REASON_PREREQUISITE
                                                                         : REASON_NONE;
    case LIFT_BUNDLE: return logic->bundle_of[need] == lift->index ? REASON_BUNDLE : REASON_NONE;
    case LIFT_ALTERNATIVE:
        return logic->alternative_of[need] == lift->index ? REASON_ALTERNATIVE : REASON_NONE;
    case LIFT_COMMITMENT: return REASON_LOCKED_OUT;
    case LIFT_MAX_VALUE:
        return lift->id == row->beneficiary ? REASON_BENEFICIARY_LIMIT : REASON_NONE;
    case LIFT_NUMBER: return reason_of_number(lift, row);
    case LIFT_LEAST: return lift->id == row->id ? REASON_MINIMUM : REASON_NONE;
    case LIFT_TICKET: return REASON_TICKET;
    case LIFT_QUANTITY:
    case LIFT_BUDGET: return touches(form, lift, need) ? REASON_EXHAUSTED : REASON_NONE;
    case LIFT_LIMIT:
    case LIFT_FLOOR:
    case LIFT_RESERVE:
    case LIFT_DONOR_SHARE:
    case LIFT_CIVIL:
    case LIFT_OFFER_SHARE:
    case LIFT_PAIR_MAX: return REASON_RULE_LIMIT;
    case LIFT_PAIR_NO: /* bars are told from the tables */
    case LIFT_EARMARK:
    case LIFT_EXCLUSION:
    case LIFT_LAPSES:
    case LIFT_ODA:
    case LIFT_WINDOW:
    case LIFT_FORBID: break;
    case LIFT_FORBIDDEN: return lift_is_refusal(form, lift, need) ? REASON_LOCKED_OUT : REASON_NONE;
    }
    return REASON_NONE;
}
