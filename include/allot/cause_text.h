/* room: io
 *
 * Why needs stay unmet, as a sentence each in the planner's own words.
 */
#ifndef ALLOT_CAUSE_TEXT_H
#define ALLOT_CAUSE_TEXT_H

#include "allot/arena.h"
#include "allot/causes.h"
#include "allot/eligibility.h"
#include "allot/plan.h"
#include "allot/round.h"
#include "allot/status.h"

/** The reason and its sentence for every need into plan->needs, from what was found: @p causes
 *  [need_count], CAUSE_NOT_ASKED leaves a need as it is. Rows are named by their ids, so that a shuffled
 *  table gives the same text.
 *  @return STATUS_OK or STATUS_NO_MEMORY. */
Status cause_details(const Round *round, const EligibleSets *sets, const NeedCauses *causes,
                     Arena *arena, Plan *plan);

#endif
