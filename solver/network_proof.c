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

#include <string.h>

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

Status network_spread_costs(NetworkRun *run, size_t count, const int *arcs, const int64_t *costs,
                            const int64_t **out)
{
    size_t all = (size_t)run->arc_count;
    if (run->proof_cost == NULL)
        run->proof_cost = ARENA_NEW(run->arena, all, int64_t);
    TRY_NEW(run->proof_cost);
    memset(run->proof_cost, 0, all * sizeof *run->proof_cost);
    for (size_t k = 0; k < count; k++)
        run->proof_cost[arcs[k]] = costs[k];
    *out = run->proof_cost;
    return STATUS_OK;
}

Int128 network_run_cost(const NetworkRun *run, const int64_t *cost)
{
    Int128 sum = 0;
    for (int a = 0; a < run->arc_count; a++)
        if (cost[a] != 0)
            sum += (Int128)cost[a] * network_flow(run->simplex, a);
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
