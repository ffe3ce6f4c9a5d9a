/* room: solver
 *
 * What the potentials of a network prove about the cost of its flows, in whole numbers.
 */
#ifndef ALLOT_SOLVER_NETWORK_PROOF_H
#define ALLOT_SOLVER_NETWORK_PROOF_H

#include "allot/ratio.h"
#include "solver/network_simplex.h"

/** No circulation within the bounds costs less than *bound, whatever the potentials are. False when they
 *  prove nothing, or it does not fit. @p from, @p to, @p cost [arc_count], @p potential of each node; costs
 *  and potentials within NETWORK_COST_LIMIT. */
bool network_dual_bound(const NetworkSimplex *net, int arc_count, const int *from, const int *to,
                        const int64_t *cost, const int64_t *potential, Int128 *bound);

#endif
