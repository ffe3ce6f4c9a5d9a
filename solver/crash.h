/* room: solver
 *
 * A first basis for the linear stages, found greedily: primal feasible where no floor or commitment
 * stands in the way, and near the best plan, so that the simplex method has little left to do.
 */
#ifndef ALLOT_SOLVER_CRASH_H
#define ALLOT_SOLVER_CRASH_H

#include "allot/formulation.h"
#include "solver/backend.h"
#include "solver/lp_columns.h"

typedef struct Crash {
    BackendPlace *column; /* [column_count] */
    BackendPlace *row;    /* [row_count] */
} Crash;

/** Serves the needs in the order of the tiers that ask for them, the heaviest first, from the offers
 *  that can serve the fewest. For a program without whole columns but those of pairs.
 *  @return STATUS_OK or STATUS_NO_MEMORY. */
Status crash_find(const Formulation *form, const LpColumns *columns, Arena *arena, Crash *crash);

#endif
