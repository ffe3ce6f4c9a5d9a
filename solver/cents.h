/* room: solver
 *
 * A plan in whole steps that keeps every rule to the cent, near one that does not yet.
 */
#ifndef ALLOT_SOLVER_CENTS_H
#define ALLOT_SOLVER_CENTS_H

#include "allot/plan.h"
#include "allot/solve.h"

/** Looks for the steps up and down by which the lines of @p near keep every rule (cents_program.h): among such
 *  plans one as good as can be in tiers and in what else single lines count for, stage after stage, and then
 *  as near as can be. What fairness and the stages of whole things make of it nobody asks: it is near.
 *  @p plan gets lines and figures, no stages, where *found; else it is left alone. Of rounds of many pairs, and
 *  where the search ends at its limits without a point, *found is false and nothing is known. @p walk: where no
 *  program has a point, lines that keep every rule are walked to at random, which may be far from the best.
 *  @return STATUS_OK, STATUS_NO_MEMORY, STATUS_INTERNAL (a figure that does not fit). */
Status cents_settle(const Formulation *form, const SolveSettings *settings, const Plan *near,
                    bool walk, Arena *arena, Plan *plan, bool *found);

#endif
