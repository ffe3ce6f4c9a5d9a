/* The proof of a stage on the network, in whole numbers: potentials are duals, and any do for a bound.
 *
 * A circulation balances at every node, so that for all potentials p
 *
 *   sum cost[a] f[a] = sum (cost[a] + p[from] - p[to]) f[a] >= sum over arcs of the least that the
 *                      reduced cost makes of f[a] between its bounds.
 *
 * Where that equals what the flow costs, no circulation within the bounds costs less. Nothing here asks
 * how the simplex got there: only potentials, flow and bounds are read.
 */
#include "solver/network_proof.h"

#include "solver/network_run.h"

bool network_dual_bound(const NetworkSimplex *net, int arc_count, const int *from, const int *to,
                        const int64_t *cost, const int64_t *potential, Int128 *bound)
{
    const int64_t *lower = network_lowers(net), *upper = network_uppers(net);
    *bound = 0;
    for (int a = 0; a < arc_count; a++) {
        int64_t reduced = cost[a] + potential[from[a]] - potential[to[a]];
        if (reduced == 0)
            continue;
        int64_t flow = reduced > 0 ? lower[a] : upper[a];
        if (flow == 0)
            continue;
        if (reduced < 0 && flow >= NETWORK_NO_LIMIT)
            return false;
        if (__builtin_add_overflow(*bound, (Int128)reduced * flow, bound))
            return false;
    }
    return true;
}

Int128 network_run_cost(const NetworkRun *run, size_t count, const int *arcs, const int64_t *costs)
{
    Int128 sum = 0;
    for (size_t k = 0; k < count; k++)
        sum += (Int128)costs[k] * network_flow(run->simplex, arcs[k]);
    return sum;
}

bool network_prove(NetworkRun *run, const int64_t *cost, const int64_t *potential, Int128 total)
{
    Int128 bound;
    run->proven = network_dual_bound(run->simplex, run->arc_count, run->from, run->to, cost,
                                     potential, &bound) &&
                  bound == total;
    return run->proven;
}
