/* room: solver
 *
 * Between the files of held.h.
 */
#ifndef ALLOT_SOLVER_HELD_INTERNAL_H
#define ALLOT_SOLVER_HELD_INTERNAL_H

#include "solver/held.h"

double held_stage_value(const Stage *stage, const double *x);

/** Is the stage of a tier that keeps what it has, not counting the need's own? */
bool held_is_kept(const Held *held, const Stage *stage);

/** By how much a level or share of this size may be missed while it is held. */
double held_slack_of(double value);

/** Fixes every whole column that has nothing to do with the need where the plan has it, or lets them
 *  go again. */
void held_fix_far(Held *held, bool fixed);

/** Limits of one search. */
BackendSearch held_limits(const Held *held);

#endif
