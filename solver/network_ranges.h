/* room: solver
 *
 * Ranges of lines where the class network decides.
 */
#ifndef ALLOT_SOLVER_NETWORK_RANGES_H
#define ALLOT_SOLVER_NETWORK_RANGES_H

#include "allot/plan.h"
#include "allot/ranges.h"
#include "allot/round.h"
#include "allot/status.h"

/** @param[out] lines  [plan->assignment_count]
 *  @param[out] found  false: the round is no network, or the plan not the best of its flows; *lines says
 *                     nothing
 *  @return STATUS_OK, STATUS_NO_MEMORY, STATUS_INTERNAL (not a plan of the round). */
Status network_ranges(const Round *round, const Plan *plan, Arena *arena, LineRange *lines,
                      bool *found);

#endif
