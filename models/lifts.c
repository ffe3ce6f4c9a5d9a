/* Questions to things that can be lifted: what they bound together, what each one is. */
#include "allot/lifts.h"

#include <math.h>

void lifts_bounds(const Lifts *lifts, const bool *lifted, int target, double *lower, double *upper)
{
    *lower = lifts->base_lower[target];
    *upper = lifts->base_upper[target];
    for (size_t k = lifts->first[target]; k < lifts->first[target + 1]; k++) {
        if (lifted != NULL && lifted[lifts->on[k]])
            continue;
        *lower = fmax(*lower, lifts->on_bound[k].lower);
        *upper = fmin(*upper, lifts->on_bound[k].upper);
    }
}

bool lift_demands(const Lifts *lifts, const Lift *lift)
{
    if (lift->kind == LIFT_COMMITMENT)
        return lifts->form->round->commitments[lift->index].kind != COMMITMENT_AT_MOST;
    return lift->kind == LIFT_FLOOR || lift->kind == LIFT_RESERVE ||
           (lift->kind == LIFT_LIMIT && lifts->form->rules->rules[lift->index].has_lower);
}

const Rule *lift_rule(const Lifts *lifts, const Lift *lift)
{
    switch (lift->kind) {
    case LIFT_QUANTITY:
    case LIFT_BUDGET:
    case LIFT_MAX_VALUE:
    case LIFT_LIMIT:
    case LIFT_FLOOR:
    case LIFT_RESERVE:
    case LIFT_LEAST:
    case LIFT_NUMBER:
    case LIFT_CIVIL: return &lifts->form->rules->rules[lift->index];
    case LIFT_TICKET:
    case LIFT_DONOR_SHARE:
    case LIFT_OFFER_SHARE:
    case LIFT_PAIR_MAX:
    case LIFT_COMMITMENT:
    case LIFT_REQUIRES:
    case LIFT_BUNDLE:
    case LIFT_ALTERNATIVE:
    case LIFT_PAIR_NO:
    case LIFT_EARMARK:
    case LIFT_EXCLUSION:
    case LIFT_LAPSES:
    case LIFT_ODA:
    case LIFT_WINDOW:
    case LIFT_FORBID:
    case LIFT_FORBIDDEN: break;
    }
    return NULL;
}

bool lift_bars(const Lift *lift)
{
    return lift->kind >= LIFT_PAIR_NO;
}

int lift_need(const Lifts *lifts, const Lift *lift)
{
    const Round *round = lifts->form->round;
    if (lift->kind == LIFT_COMMITMENT)
        return round->commitments[lift->index].need;
    return lift->kind == LIFT_PAIR_MAX ? round->pairs[lift->index].need : -1;
}

Unit lift_unit(const Lifts *lifts, const Lift *lift)
{
    const Rule *rule = lift_rule(lifts, lift);
    int need = lift_need(lifts, lift);
    if (rule != NULL)
        return rule->unit;
    return need >= 0 ? lifts->form->round->needs[need].unit : lifts->form->round->currency;
}
