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

/** Orders things of one reason: refusals first, then by names, so that the order of rows does not matter. */
int lift_compare(const Formulation *form, const Lift *x, const Lift *y, int need);

/** Of what is LOCKED_OUT: is it an answer about the need itself that gives it less than was proposed, or
 *  nothing? Such answers are asked about before all other agreements, and named before everything else. */
bool lift_is_refusal(const Formulation *form, const Lift *lift, int need);

/** Is it an answer by which a donor agreed to all that was proposed for the need itself? */
bool lift_is_consent(const Formulation *form, const Lift *lift, int need);

/** May other things go with this one: is it an offer's quantity, or a refusal? */
bool lift_leads(const Formulation *form, const Lift *thing, int need);

/** Does @p along go with a thing that lift_leads()? With more of an offer what is reserved of it can be kept
 *  besides; with a refusal goes what was agreed of the same offer in later turns. */
bool lift_goes_along(const Formulation *form, const Lift *along, const Lift *thing);

#endif
