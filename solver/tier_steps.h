/* room: solver
 *
 * The steps by which answers about tiers are told: the stages of a formulation that count what is unmet.
 */
#ifndef ALLOT_SOLVER_TIER_STEPS_H
#define ALLOT_SOLVER_TIER_STEPS_H

#include "allot/formulation.h"
#include "allot/tier_step.h"

/** What of them is told. */
TierStep tier_step_of(const Stage *stage);

/** All of a formulation in their order, those that nobody is in left out.
 *  @param[out] stages, steps  [*count] in @p arena. @return STATUS_OK or STATUS_NO_MEMORY. */
Status tier_steps_list(const Formulation *form, Arena *arena, const Stage ***stages,
                       const TierStep **steps, size_t *count);

#endif
