/* room: models
 *
 * From the solver's doubles to a plan in whole steps. Here doubles end.
 */
#ifndef ALLOT_EXTRACT_H
#define ALLOT_EXTRACT_H

#include "allot/formulation.h"
#include "allot/plan.h"

/** Brings @p x into whole steps: whole columns to the nearest, money down to its minor unit, the
 *  cents that a need is then short of back to the lines with the largest remainders, as far as every
 *  rule admits; then broken rules repaired to the cent.
 *  @param last_resort  also take whole steps of things from lines of a rule that is above its bound:
 *                      never broken then by an upper bound, at a loss that the stages show
 *  @param[out] broken  index of a rule that no rounding keeps, or rules->count + a need that cannot be
 *                      met in full after all, or -1; then tighten it (see formulation_tighten()) by
 *                      *excess smallest parts and solve again
 *  @return STATUS_OK (look at *broken), STATUS_NO_MEMORY, STATUS_INTERNAL. */
Status plan_extract(const Formulation *form, const double *x, bool last_resort, Arena *arena,
                    Plan *plan, int *broken, int64_t *excess);

/** The plan as a point of the program's columns, [lp.column_count] in @p arena; levels are 0. */
Status plan_point(const Formulation *form, const Plan *plan, Arena *arena, double **out);

/** Fills plan->stages anew: each stage's value of the plan beside what was proven of it. */
Status plan_stages(const Formulation *form, const StageBound *bounds, size_t count, Arena *arena,
                   Plan *plan);

/** Lists a stage as stages.csv has it, from its value and what was proven: figures cleaned of noise,
 *  gap and status; not when it is a rank that says nothing new. There is room in plan->stages.
 *  @param share  of a fairness rank: what one whole step is of a group's share at most, where the
 *                plan comes that near */
void plan_list_stage(const Round *round, StageResult result, double share, Plan *plan);

/** Fills reason and detail of every need that is not met in full, as far as no re-solving is
 *  needed; the others are REASON_UNPROVEN. */
Status plan_reasons(const Round *round, const EligibleSets *sets, Arena *arena, Plan *plan);

#endif
