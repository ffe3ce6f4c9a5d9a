/* room: solver
 *
 * Questions about a floor over needs of all or nothing, answered by what these come to together.
 */
#ifndef ALLOT_SOLVER_CONFLICT_SUMS_H
#define ALLOT_SOLVER_CONFLICT_SUMS_H

#include "solver/conflict_live.h"

/** Can all demands that are not lifted be kept? LIVE_NO_PLAN where no sum lies between what a floor asks
 *  and the relaxation's most; LIVE_PLAN where a set whose sum does has a whole point; LIVE_UNKNOWN else.
 *  @return STATUS_OK, STATUS_NO_MEMORY. */
Status live_ask_sums(ConflictLive *live, LiveAnswer *answer);

/** Where there is one demand, a floor: the set that comes nearest to it, as the point that the backend then
 *  has. *found: there is one; *proven: and no other comes nearer. @return STATUS_OK, STATUS_NO_MEMORY. */
Status live_concede_sums(ConflictLive *live, bool *found, bool *proven);

#endif
