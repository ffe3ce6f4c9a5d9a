/* room: solver
 *
 * The parts of finding out why there is no plan, on one live program.
 */
#ifndef ALLOT_SOLVER_CONFLICT_PARTS_H
#define ALLOT_SOLVER_CONFLICT_PARTS_H

#include "solver/conflict_live.h"

/** A minimal set of things that cannot be kept together, of those that are not lifted (which have no
 *  plan): a deletion filter, in blocks at first (Chinneck 2008, ch. 6; Zeller and Hildebrandt 2002 for
 *  the blocks). Members have no amounts yet. Nothing is lifted or given afterwards that was not before.
 *  @return STATUS_OK or STATUS_NO_MEMORY. */
Status conflict_filter(ConflictLive *live, Conflict *conflict);

/** By how much each member alone would have to give way, everything else as it is now. */
Status conflict_measure(ConflictLive *live, Conflict *conflict);

/** The cheapest concession over all demands, in whole smallest parts or steps, tried out. */
Status conflict_concede(ConflictLive *live, Conflicts *out);

/** Loosens a thing by @p amount smallest parts of its unit. */
void conflict_give(ConflictLive *live, size_t lift, int64_t amount, bool upwards);

#endif
