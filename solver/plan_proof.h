/* room: solver
 *
 * What is proven of a plan in whole steps, held to its own figures.
 */
#ifndef ALLOT_SOLVER_PLAN_PROOF_H
#define ALLOT_SOLVER_PLAN_PROOF_H

#include "allot/formulation.h"
#include "allot/plan.h"
#include "allot/solve.h"

/** Bounds every stage anew, over the plans that keep the stages before as @p plan (lines and figures) does.
 *  Bounds of the search that found the plan are about plans that keep what its point reached, in doubles:
 *  where rounding moved the plan further from that than rounding explains, or noise made a level of the
 *  search one that nothing keeps, they say nothing of it, and these do. In programs with whole columns, of
 *  moderate size.
 *  @param form  the round's own program, nothing of it tightened
 *  @param[out] bounds  [*count] in @p arena, as SolveResult.bounds; NULL: nothing was proven
 *  @return STATUS_OK, STATUS_NO_MEMORY. */
Status plan_prove(const Formulation *form, const SolveSettings *settings, const Plan *plan,
                  Arena *arena, StageBound **bounds, size_t *count);

#endif
