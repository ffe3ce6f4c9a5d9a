/* room: solver
 *
 * A plan found, against another, and against the plan before it.
 */
#ifndef ALLOT_SOLVER_PLAN_BEFORE_H
#define ALLOT_SOLVER_PLAN_BEFORE_H

#include "allot/formulation.h"
#include "allot/plan.h"
#include "allot/solve.h"

/** Which of two points is better in the first stage in which they differ by more than rounding to cents
 *  explains, of @p lines lines together: *order is below 0 for @p x, above 0 for @p y, 0: they are equal
 *  in every stage. @return STATUS_OK, STATUS_NO_MEMORY. */
Status plan_compare_points(const Formulation *form, const double *x, const double *y, size_t lines,
                           Arena *arena, int *order);

/** The same of the stages of tiers alone: what is left unmet. */
Status plan_compare_tiers(const Formulation *form, const double *x, const double *y, size_t lines,
                          Arena *arena, int *order);

/** The point of the lines before that still have their pair, in *out (allocated in @p arena), whether or not it keeps
 *  every row. @return STATUS_OK, STATUS_NO_MEMORY. */
Status plan_point_before(const Formulation *form, Arena *arena, double **out);

/** Puts the plan before in place of @p plan (lines and figures, no stages yet) where the round has whole
 *  things and a stage `change`, its lines can be brought under the round's rules, and the plan found is
 *  not better in the first stage in which the two differ: in a stage that was not decided to its end, not by
 *  more than the gap of @p settings. What the plan found adds and moves no line before is added.
 *  @p bounds [count] are those of the run that found the plan: those that the plan before contradicts, and
 *  all after them, are taken back.
 *  @return STATUS_OK, STATUS_NO_MEMORY, STATUS_INTERNAL (a figure that does not fit). */
Status plan_keep_before(const Formulation *form, const SolveSettings *settings, Arena *arena,
                        Plan *plan, StageBound *bounds, size_t count);

#endif
