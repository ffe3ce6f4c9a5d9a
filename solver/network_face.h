/* room: solver
 *
 * What can still move in a flow of the class network while every published stage keeps its value: stage
 * after stage, what has a reduced cost is fixed where it is. Fairness keeps what every group receives.
 */
#ifndef ALLOT_SOLVER_NETWORK_FACE_H
#define ALLOT_SOLVER_NETWORK_FACE_H

#include "allot/class_network.h"

/** @param[out] fixed  [net->arc_count] the same in all flows that are as good, the canonical order of ids
 *                     let go
 *  @param[out] best   false: the flow is not the best in some stage, and *fixed says nothing
 *  @return STATUS_OK or STATUS_NO_MEMORY. */
Status network_face(const ClassNetwork *net, const int64_t *flow, Arena *arena, bool *fixed,
                    bool *best);

#endif
