/* room: io
 *
 * Why a need stays unmet, as a sentence in the planner's own words.
 */
#ifndef ALLOT_CAUSE_TEXT_H
#define ALLOT_CAUSE_TEXT_H

#include "allot/arena.h"
#include "allot/causes.h"
#include "allot/eligibility.h"
#include "allot/plan.h"
#include "allot/round.h"
#include "allot/status.h"

/** The reason and its sentence for one need into plan->needs[need], from what was found. Rows are named
 *  by their ids, so that a shuffled table gives the same text.
 *  @return STATUS_OK or STATUS_NO_MEMORY. */
Status cause_detail(const Round *round, const EligibleSets *sets, const NeedCauses *causes,
                    int need, Arena *arena, Plan *plan);

#endif
