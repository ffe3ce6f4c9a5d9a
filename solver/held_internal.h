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

/** Bounds a row as held->standing says. */
void held_bound_row(Held *held, int row, double lower, double upper);

/** Is the urgent need of a tier above the one asked about? */
bool held_urgent_is_above(const Held *held);

/** By how much a level or share of this size may be missed while it is held. */
double held_slack_of(double value);

/** Fixes every whole column that has nothing to do with the need where the plan has it, or lets them
 *  go again. */
void held_fix_far(Held *held, bool fixed);

/** Bounds a column or row of the live program by what the round, what is held and what is lifted say now. */
void held_refresh(Held *held, int target);

/** Lets the plan at hand into the program where rounding its lines took it out: a limit of EUR 1,500.00 is
 *  kept by USD 1,666.67 at 0.90, which is EUR 1,500.003 in a program that rounds nothing. Without this
 *  no question could be asked at all. @param beside as held_move() */
void held_let_in(Held *held, const double *beside);

/** Limits of one search. */
BackendSearch held_limits(const Held *held);

#endif
