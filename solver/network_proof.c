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

/** to += a * b. False when it does not fit. */
static bool add_product(Int128 *to, Int128 a, Int128 b)
{
    Int128 product;
    return !__builtin_mul_overflow(a, b, &product) && !__builtin_add_overflow(*to, product, to);
}

bool network_dual_bound(const NetworkSimplex *net, int arc_count, const int *from, const int *to,
                        const int64_t *cost, Int128 *bound)
{
    *bound = 0;
    for (int a = 0; a < arc_count; a++) {
        Int128 reduced =
            (Int128)cost[a] + network_potential(net, from[a]) - network_potential(net, to[a]);
        int64_t lower = network_lower(net, a), upper = network_upper(net, a);
        if (reduced < 0 && upper >= NETWORK_NO_LIMIT)
            return false;
        if (reduced != 0 && !add_product(bound, reduced, reduced > 0 ? lower : upper))
            return false;
    }
    return true;
}

Status network_prove(NetworkRun *run, size_t count, const int *arcs, const int64_t *costs)
{
    size_t all = (size_t)run->arc_count;
    if (run->proof_cost == NULL)
        run->proof_cost = ARENA_NEW(run->arena, all, int64_t);
    TRY_NEW(run->proof_cost);
    memset(run->proof_cost, 0, all * sizeof *run->proof_cost);
    for (size_t k = 0; k < count; k++)
        run->proof_cost[arcs[k]] = costs[k];
    Int128 bound, value = 0;
    run->proven = network_dual_bound(run->simplex, run->arc_count, run->from, run->to,
                                     run->proof_cost, &bound);
    for (int a = 0; a < run->arc_count && run->proven; a++)
        run->proven = add_product(&value, run->proof_cost[a], network_flow(run->simplex, a));
    run->proven = run->proven && bound == value;
    return STATUS_OK;
}
