/* The relaxation tells how much the lines under a floor can come to with the things that are lifted now;
 * needs of all or nothing do not come to every amount below that.
 */
#include "solver/conflict_sums.h"

#include <math.h>

#include "solver/floor_sums.h"

/* The relaxation's most may be off by a thousandth of a part, and relative by the noise of doubles. */
static const double NOISE_PARTS = 1e-3, NOISE_REL = 1e-10;

/* Sets tried from the nearest on. */
enum { SETS_MOST = 6 };

typedef struct Ask {
    ConflictLive *live;
    const LiveDemand *demand;
    FloorSums sums;
    int64_t low, high; /* asked; the relaxation's most */
} Ask;

/** Needs that may be given in parts as what makes them whole is lifted. */
static bool *list_split(const ConflictLive *live)
{
    const Formulation *form = live->lifts->form;
    bool *split = ARENA_NEW(live->arena, form->round->need_count, bool);
    for (size_t k = 0; split != NULL && k < live->lifts->count; k++) {
        const Lift *lift = &live->lifts->lifts[k];
        if (!live->lifted[k] && live->give_lower[k] == 0)
            continue;
        if (lift->kind == LIFT_LEAST) {
            const Rule *rule = &form->rules->rules[lift->index];
            for (size_t i = 0; i < rule->count; i++)
                split[form->pairs->pairs[rule->pairs[i]].need] = true;
        }
        if (lift->kind == LIFT_BUNDLE) {
            const NeedMark *bundle = &form->round->logic.bundles[lift->index];
            for (int i = 0; i < bundle->count; i++)
                split[bundle->members[i]] = true;
        }
    }
    return split;
}

/** The most that the row of the demand comes to with all others kept; false: not even these can be. */
static bool find_high(Ask *ask)
{
    ConflictLive *live = ask->live;
    const Lp *lp = &live->lifts->form->lp;
    const Rule *rule = lift_rule(live->lifts, &live->lifts->lifts[ask->demand->lift]);
    int row = ask->demand->target - lp->column_count;
    size_t first = lp->row_first[row], count = lp->row_first[row + 1] - first;
    double *costs = ARENA_NEW(live->arena, count, double);
    if (costs == NULL)
        return false;
    for (size_t k = 0; k < count; k++)
        costs[k] = -lp->element[first + k];
    live_bound_slacks(live, 0);
    backend_bound_column(live->backend, ask->demand->slack, 0, INFINITY);
    backend_objective(live->backend, count, lp->element_column + first, costs);
    bool solved = backend_solve(live->backend) == BACKEND_OPTIMAL;
    double most = -backend_objective_value(live->backend) * (double)unit_scale(rule->unit);
    live_bound_slacks(live, INFINITY);
    ask->high = (int64_t)floor(most + NOISE_PARTS + NOISE_REL * fabs(most));
    return solved;
}

static bool open_ask(ConflictLive *live, const LiveDemand *demand, const bool *split, Ask *ask)
{
    const Rule *rule = lift_rule(live->lifts, &live->lifts->lifts[demand->lift]);
    *ask = (Ask){.live = live, .demand = demand};
    if (live->lifted[demand->lift] || rule == NULL || split == NULL || !floor_sums_tell(rule) ||
        demand->target < live->lifts->form->lp.column_count)
        return false;
    if (floor_sums_of(live->lifts->form, rule, split, false, live->arena, &ask->sums) != STATUS_OK)
        return false;
    ask->low = rule->lower - live->given[demand->lift];
    return ask->sums.count > 0 && ask->sums.count <= SUBSET_SUMS_MOST &&
           ask->sums.loose < INT64_MAX && find_high(ask);
}

/** Holds every need of the sums as the set has it, or (@p chosen NULL) lets them free again. */
static void hold_set(const Ask *ask, const bool *chosen)
{
    const Formulation *form = ask->live->lifts->form;
    for (size_t k = 0; k < ask->sums.count; k++) {
        int column = form->unmet_column[ask->sums.needs[k]];
        double upper = form->lp.upper[column], lower = form->lp.lower[column];
        if (chosen != NULL && chosen[k])
            backend_bound_column(ask->live->backend, column, 0, 0);
        else
            backend_bound_column(ask->live->backend, column, chosen != NULL ? upper : lower, upper);
    }
}

/** One set after another, from the largest sum that the relaxation allows on; stops at the first that has a
 *  whole point that misses no demand, or (@p least 0) any. */
static bool try_sets(const Ask *ask, int64_t least, int *tries)
{
    bool found = true, chosen[SUBSET_SUMS_MOST], held = false;
    int64_t high = ask->high, sum;
    for (*tries = 0; *tries < SETS_MOST && !held; ++*tries) {
        if (floor_sums_up_to(&ask->sums, high, ask->live->arena, &found, &sum, chosen) !=
                STATUS_OK ||
            !found || sum + ask->sums.loose + ask->sums.noise < least)
            return false;
        hold_set(ask, chosen);
        held = live_has_whole_point(ask->live, least > 0);
        high = sum - 1;
        hold_set(ask, NULL);
    }
    return held;
}

LiveAnswer live_ask_sums(ConflictLive *live)
{
    const bool *split = list_split(live);
    for (size_t d = 0; d < live->demand_count; d++) {
        Ask ask;
        int64_t sum;
        int tries;
        bool found, chosen[SUBSET_SUMS_MOST];
        if (!open_ask(live, &live->demands[d], split, &ask))
            continue;
        int64_t least = ask.low - ask.sums.loose - ask.sums.noise;
        if (least > 0 &&
            subset_sum_from(ask.sums.sizes, (int)ask.sums.count, least, &found, &sum, chosen) ==
                STATUS_OK &&
            (!found || sum > ask.high + ask.sums.noise))
            return LIVE_NO_PLAN;
        if (ask.low > 0 && try_sets(&ask, ask.low, &tries))
            return LIVE_PLAN;
    }
    return LIVE_UNKNOWN;
}

void live_concede_sums(ConflictLive *live, bool *found, bool *proven)
{
    Ask ask;
    int tries = 0;
    const bool *split = list_split(live);
    *found = *proven = false;
    if (live->demand_count != 1 || !open_ask(live, &live->demands[0], split, &ask))
        return;
    *found = try_sets(&ask, 0, &tries);
    *proven = *found && tries == 1 && ask.sums.loose == 0 && ask.sums.noise == 0;
}
