/* Offers alone do not say how much a floor can come to: donors' budgets, limits, prerequisites may leave less.
 * Where no sum of needs of all or nothing lies between the two, a search would have to go through all sets.
 */
#include "solver/floor_relaxed.h"

#include <math.h>

#include "solver/floor_sums.h"

/* The relaxation's most may be off by a thousandth of a part, and relative by the noise of doubles. */
static const double NOISE_PARTS = 1e-3, NOISE_REL = 1e-10;

Status floor_relaxed_most(Backend *backend, const Lp *lp, int row, const Rule *rule, Arena *scratch,
                          bool *solved, int64_t *most)
{
    size_t first = lp->row_first[row], count = lp->row_first[row + 1] - first;
    double *costs = ARENA_NEW(scratch, count, double);
    TRY_NEW(costs);
    for (size_t k = 0; k < count; k++)
        costs[k] = -lp->element[first + k];
    backend_objective(backend, count, lp->element_column + first, costs);
    *solved = backend_solve(backend) == BACKEND_OPTIMAL;
    double parts = -backend_objective_value(backend) * (double)unit_scale(rule->unit);
    *most = (int64_t)floor(parts + NOISE_PARTS + NOISE_REL * fabs(parts));
    return STATUS_OK;
}

/** Sums that are enough for the floor, and the least of them; false: nothing can be told of it. */
static Status least_sum(const Formulation *form, const Rule *rule, Arena *arena, bool *tells,
                        int64_t *sum)
{
    FloorSums sums;
    *tells = false;
    if (!floor_sums_tell(rule))
        return STATUS_OK;
    TRY(floor_sums_of(form, rule, NULL, false, arena, &sums));
    bool found, *chosen = ARENA_NEW(arena, sums.count, bool);
    TRY_NEW(chosen);
    if (sums.count == 0 || !subset_sums_tell(sums.sizes, (int)sums.count) ||
        sums.loose == INT64_MAX || sums.loose + sums.noise >= rule->lower)
        return STATUS_OK;
    TRY(subset_sum_from(sums.sizes, (int)sums.count, rule->lower - sums.loose - sums.noise, &found,
                        sum, chosen));
    *tells = found;
    *sum -= sums.noise;
    return STATUS_OK;
}

Status floor_relaxed_refute(const Formulation *form, Arena *arena, bool *refuted)
{
    Backend *backend = NULL;
    *refuted = false;
    for (size_t r = 0; r < form->rules->count && !*refuted; r++) {
        const Rule *rule = &form->rules->rules[r];
        bool tells, solved;
        int64_t sum = 0, most;
        TRY(least_sum(form, rule, arena, &tells, &sum));
        if (!tells || form->rule_row[r] < 0)
            continue;
        if (backend == NULL)
            backend = backend_open(&form->lp, arena);
        TRY_NEW(backend);
        TRY(floor_relaxed_most(backend, &form->lp, form->rule_row[r], rule, arena, &solved, &most));
        *refuted = solved && sum > most;
    }
    if (backend != NULL)
        backend_close(backend);
    return STATUS_OK;
}
