/* room: solver
 *
 * What can be reached in a residual graph, from a node or back from it, kept for the next question about the
 * same node: as long as no arc that opened leads out of such a set, and none within it closed, it is
 * what a new search would find.
 */
#ifndef ALLOT_SOLVER_HOLD_REACHES_H
#define ALLOT_SOLVER_HOLD_REACHES_H

#include "solver/hold_graph.h"

/** What is known of a node. */
typedef struct HoldReached {
    bool *set;     /* [node_count] or NULL */
    unsigned seen; /* changes of the graph that it takes into account */
} HoldReached;

typedef struct HoldReaches {
    HoldGraph *graph; /* with nothing lifted, freed or closed whenever a set is asked for */
    Arena *arena;
    HoldReached *from, *to; /* [node_count] each */
    bool *spare;            /* [node_count] the set of a search that is not kept */
    size_t room;            /* sets that may still be kept */
} HoldReaches;

/** Of a graph that outlives it. @return STATUS_OK or STATUS_NO_MEMORY. */
Status hold_reaches_open(HoldGraph *graph, Arena *arena, HoldReaches *reaches);

/** The nodes that can be reached from @p node, or (@p back) from which it can: [node_count], valid until the
 *  next question in the same direction. NULL: no memory. */
const bool *hold_reaches(HoldReaches *reaches, int node, bool back);

#endif
