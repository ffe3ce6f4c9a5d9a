/* room: solver
 *
 * What a dive sees of a round: few of the pairs, and which needs it decides itself.
 */
#ifndef ALLOT_SOLVER_DIVE_SIGHT_H
#define ALLOT_SOLVER_DIVE_SIGHT_H

#include "solver/need_dive.h"
#include "solver/ruin_internal.h"

typedef struct DiveSight {
    bool *open; /* [pairs] */
    size_t open_count;
    bool *large; /* [needs] that are decided in whole; others divide, and are mended afterwards */
} DiveSight;

/** What a need counts altogether. */
double dive_worth(const Formulation *form, const Ruin *ruin, int need);

/** The needs of most worth, and whoever others wait for or are bound to; of each need its cheapest pairs,
 *  beside those that the relaxation or the plan uses, of the large ones also the cheapest that could
 *  serve it alone. @return STATUS_OK, STATUS_NO_MEMORY. */
Status dive_look(const NeedDive *job, const Ruin *ruin, Arena *arena, DiveSight *sight);

#endif
