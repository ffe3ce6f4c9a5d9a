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

#endif
