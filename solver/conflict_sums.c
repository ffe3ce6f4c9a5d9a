/* The relaxation tells how much the lines under a floor can come to with the things that are lifted now;
 * needs of all or nothing do not come to every amount below that.
 */
#include "solver/conflict_sums.h"

#include <math.h>

#include "solver/floor_relaxed.h"
#include "solver/floor_sums.h"

/* Sets tried from the nearest on. */
enum { SETS_MOST = 6 };

/** One question about one floor. */
typedef struct Ask {
    ConflictLive *live;
    Arena *scratch;
    const LiveDemand *demand;
    const bool *split; /* [needs] see list_split() */
    bool tells;        /* sums can be told, and low and high are */
    FloorSums sums;
    int64_t low, high; /* asked; the relaxation's most */
} Ask;

/** Needs that may be given in parts as what makes them whole is lifted. */
static Status list_split(const ConflictLive *live, Arena *arena, const bool **out)
{
    const Formulation *form = live->lifts->form;
    bool *split = ARENA_NEW(arena, form->round->need_count, bool);
    TRY_NEW(split);
    for (size_t k = 0; k < live->lifts->count; k++) {
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
    *out = split;
    return STATUS_OK;
}

/** The most that the row of the demand comes to with all others kept. *solved false: not even these can be. */
static Status find_high(Ask *ask, bool *solved)
{
    ConflictLive *live = ask->live;
    const Lp *lp = &live->lifts->form->lp;
    const Rule *rule = lift_rule(live->lifts, &live->lifts->lifts[ask->demand->lift]);
    live_bound_slacks(live, 0);
    backend_bound_column(live->backend, ask->demand->slack, 0, INFINITY);
    TRY(floor_relaxed_most(live->backend, lp, ask->demand->target - lp->column_count, rule,
                           ask->scratch, solved, &ask->high));
    live_bound_slacks(live, INFINITY);
    return STATUS_OK;
}

static Status open_ask(Ask *ask, const LiveDemand *demand)
{
    const ConflictLive *live = ask->live;
    const Formulation *form = live->lifts->form;
    const Rule *rule = lift_rule(live->lifts, &live->lifts->lifts[demand->lift]);
    ask->demand = demand;
    ask->tells = false;
    if (live->lifted[demand->lift] || rule == NULL || !floor_sums_tell(rule) ||
        demand->target < form->lp.column_count)
        return STATUS_OK;
    TRY(floor_sums_of(form, rule, ask->split, false, ask->scratch, &ask->sums));
    ask->low = rule->lower - live->given[demand->lift];
    if (ask->sums.count == 0 || ask->sums.loose == INT64_MAX ||
        !subset_sums_tell(ask->sums.sizes, (int)ask->sums.count))
        return STATUS_OK;
    return find_high(ask, &ask->tells);
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

/** One set after another, from the largest sum that the relaxation allows on; *tries: at the first that has a
 *  whole point that misses no demand, or (@p least 0) any; 0: none has. */
static Status try_sets(const Ask *ask, int64_t least, int *tries)
{
    bool found, *chosen = ARENA_NEW(ask->scratch, ask->sums.count, bool);
    int64_t high = ask->high, sum;
    TRY_NEW(chosen);
    *tries = 0;
    for (int now = 1; now <= SETS_MOST && *tries == 0; now++) {
        TRY(floor_sums_up_to(&ask->sums, high, ask->scratch, &found, &sum, chosen));
        if (!found || sum + ask->sums.loose + ask->sums.noise < least)
            break;
        hold_set(ask, chosen);
        if (live_has_whole_point(ask->live, least > 0))
            *tries = now;
        high = sum - 1;
        hold_set(ask, NULL);
    }
    return STATUS_OK;
}

/** Does no sum lie between what is asked, less what other needs may add, and the relaxation's most? */
static Status lies_between_sums(const Ask *ask, bool *between)
{
    bool found, *chosen = ARENA_NEW(ask->scratch, ask->sums.count, bool);
    int64_t sum, least = ask->low - ask->sums.loose - ask->sums.noise;
    *between = false;
    TRY_NEW(chosen);
    if (least <= 0)
        return STATUS_OK;
    TRY(subset_sum_from(ask->sums.sizes, (int)ask->sums.count, least, &found, &sum, chosen));
    *between = !found || sum > ask->high + ask->sums.noise;
    return STATUS_OK;
}

static Status ask_demand(Ask *ask, const LiveDemand *demand, LiveAnswer *answer)
{
    bool between;
    int tries;
    TRY(open_ask(ask, demand));
    if (!ask->tells)
        return STATUS_OK;
    TRY(lies_between_sums(ask, &between));
    if (between)
        *answer = LIVE_NO_PLAN;
    if (between || ask->low <= 0)
        return STATUS_OK;
    TRY(try_sets(ask, ask->low, &tries));
    if (tries > 0)
        *answer = LIVE_PLAN;
    return STATUS_OK;
}

Status live_ask_sums(ConflictLive *live, LiveAnswer *answer)
{
    Ask ask = {.live = live, .scratch = live->scratch};
    *answer = LIVE_UNKNOWN;
    arena_reset(live->scratch);
    TRY(list_split(live, live->scratch, &ask.split));
    for (size_t d = 0; d < live->demand_count && *answer == LIVE_UNKNOWN; d++)
        TRY(ask_demand(&ask, &live->demands[d], answer));
    return STATUS_OK;
}

Status live_concede_sums(ConflictLive *live, bool *found, bool *proven)
{
    Ask ask = {.live = live, .scratch = live->scratch};
    int tries;
    *found = *proven = false;
    if (live->demand_count != 1)
        return STATUS_OK;
    arena_reset(live->scratch);
    TRY(list_split(live, live->scratch, &ask.split));
    TRY(open_ask(&ask, &live->demands[0]));
    if (!ask.tells)
        return STATUS_OK;
    TRY(try_sets(&ask, 0, &tries));
    *found = tries > 0;
    *proven = tries == 1 && ask.sums.loose == 0 && ask.sums.noise == 0;
    return STATUS_OK;
}
