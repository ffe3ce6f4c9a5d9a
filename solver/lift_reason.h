/* room: solver
 *
 * What a thing that can be lifted would be as a reason of the closed list.
 */
#ifndef ALLOT_SOLVER_LIFT_REASON_H
#define ALLOT_SOLVER_LIFT_REASON_H

#include "allot/lifts.h"
#include "allot/plan.h"

/** What the thing would be as a cause of this need's shortfall; REASON_NONE when it is none. Limits on
 *  others count wherever they stand: one that keeps another need from an offer may send it to this
 *  need's. */
Reason lift_reason(const Formulation *form, const Plan *plan, const Lift *lift, int need);

/** Of what is LOCKED_OUT: is it an answer about the need itself that gives it less than was proposed, or
 *  nothing? Such answers are asked about before all other agreements. */
bool lift_is_refusal(const Formulation *form, const Lift *lift, int need);

#endif
