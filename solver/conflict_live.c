/* A live program in which demands may be missed at a price (elastic relaxation, Chinneck 2008,
 * ch. 6), and things of the round lifted or loosened by moving bounds.
 */
#include "solver/conflict_live.h"

#include "solver/conflict_sums.h"
#include "solver/run.h"

#include <string.h>

/* A demand missed by less than this (in its own whole units, or steps) is not missed. */
static const double MISSED = 1e-6;

/* The same of a point whose whole columns are held: a hundredth of a cent. */
static const double MISSED_HELD = 1e-4;

/* What a search tells apart, and what its point loses by being made whole: relative to 1 + the value. */
static const double MADE_WHOLE = 1e-6;

/* A reduced cost or dual below this, in the scaled program, carries nothing. */
static const double CARRIES = 1e-9;

/* Work, as in BackendSearch, of the search for one answer and of all together; nodes as the settings
 *  say, so many times more in small programs, where the work ends it. */
enum { NODES_TIMES = 20 };
static const double SEARCH_WORK = 1e7, SEARCH_WORK_ALL = 1e8;

static const Lp *lp_of(const ConflictLive *live)
{
    return &live->lifts->form->lp;
}

/** What all needs together want, in whole reporting units: a share of all that is given is less. */
static double wanted_value(const Round *round)
{
    double sum = 0;
    for (size_t n = 0; n < round->need_count; n++)
        if (round->needs[n].has_value && round->needs[n].quantity_known)
            sum += ratio_to_double(round->needs[n].value) * (double)round->needs[n].wanted;
    return sum / (double)unit_scale(round->currency);
}

/** One over the size of what is conceded, so that a small floor is not sacrificed for a large one. */
static double price_of(const ConflictLive *live, const Lift *lift, double asked)
{
    const Rule *rule = lift_rule(live->lifts, lift);
    if (rule == NULL)
        return 1.0 / fmax(asked, 1.0);
    if (rule->of_total)
        return 1.0 / fmax(ratio_to_double(rule->share) * wanted_value(live->lifts->form->round), 1);
    return 1.0 / fmax((double)rule->asked / (double)unit_scale(rule->unit), 1.0);
}

/** Replaces a row by the same row with a slack that costs. */
static Status soften_row(ConflictLive *live, LiveDemand *demand, const LiftBound *bound)
{
    const Lp *lp = lp_of(live);
    int row = demand->target - lp->column_count;
    size_t count = lp->row_first[row + 1] - lp->row_first[row];
    int *columns = ARENA_NEW(live->arena, count + 1, int);
    double *values = ARENA_NEW(live->arena, count + 1, double);
    TRY_NEW(columns);
    TRY_NEW(values);
    if (count > 0) {
        memcpy(columns, lp->element_column + lp->row_first[row], count * sizeof *columns);
        memcpy(values, lp->element + lp->row_first[row], count * sizeof *values);
    }
    demand->slack = backend_add_column(live->backend, 0, INFINITY, 1.0 / lp->row_scale[row]);
    columns[count] = demand->slack;
    values[count] = demand->is_lower ? 1.0 : -1.0;
    backend_bound_row(live->backend, row, -INFINITY, INFINITY);
    demand->row = backend_add_row(live->backend, bound->lower, bound->upper, count + 1, columns,
                                  values, lp->row_scale[row]);
    return STATUS_OK;
}

/** A commitment of at least: x + slack >= agreed. */
static void soften_pair(ConflictLive *live, LiveDemand *demand, const LiftBound *bound)
{
    double scale = lp_of(live)->column_scale[demand->target];
    demand->slack = backend_add_column(live->backend, 0, INFINITY, scale);
    demand->row =
        backend_add_row(live->backend, bound->lower, INFINITY, 2,
                        (int[]){demand->target, demand->slack}, (double[]){1.0, 1.0}, 1.0 / scale);
}

static Status soften(ConflictLive *live)
{
    const Lifts *lifts = live->lifts;
    for (size_t k = 0; k < lifts->count; k++) {
        const Lift *lift = &lifts->lifts[k];
        live->demand_of[k] = -1;
        if (!lift_demands(lifts, lift))
            continue;
        const LiftBound *bound = &lift->bounds[0]; /* a demand has one */
        LiveDemand *demand = &live->demands[live->demand_count];
        live->demand_of[k] = (int)live->demand_count++;
        *demand = (LiveDemand){.lift = k,
                               .target = bound->target,
                               .is_lower = isfinite(bound->lower),
                               .price = price_of(live, lift, bound->lower)};
        if (demand->target >= lp_of(live)->column_count)
            TRY(soften_row(live, demand, bound));
        else
            soften_pair(live, demand, bound);
    }
    return STATUS_OK;
}

/** Sets the bounds of a target to what those ask that are not lifted. Lower bounds of pairs are rows
 *  of their own. */
static void refresh(ConflictLive *live, int target)
{
    const Lifts *lifts = live->lifts;
    double lower = lifts->base_lower[target], upper = lifts->base_upper[target];
    int columns = lp_of(live)->column_count, row = target - columns;
    for (size_t k = lifts->first[target]; k < lifts->first[target + 1]; k++) {
        int lift = lifts->on[k], demand = live->demand_of[lift];
        if (target >= columns && demand >= 0)
            row = live->demands[demand].row;
        if (live->lifted[lift])
            continue;
        if (target >= columns)
            lower = fmax(lower, lifts->on_bound[k].lower - live->give_lower[lift]);
        upper = fmin(upper, lifts->on_bound[k].upper + live->give_upper[lift]);
    }
    if (target < columns)
        backend_bound_column(live->backend, target, lower, fmax(upper, lower));
    else
        backend_bound_row(live->backend, row, lower, upper);
}

/** The own row of a commitment. */
static void refresh_demand(ConflictLive *live, size_t lift)
{
    int demand = live->demand_of[lift];
    if (demand < 0 || live->demands[demand].target >= lp_of(live)->column_count)
        return;
    double asked = live->lifts->lifts[lift].bounds[0].lower - live->give_lower[lift];
    backend_bound_row(live->backend, live->demands[demand].row,
                      live->lifted[lift] ? -INFINITY : asked, INFINITY);
}

static void refresh_lift(ConflictLive *live, size_t lift)
{
    const Lift *thing = &live->lifts->lifts[lift];
    for (size_t k = 0; k < thing->bound_count; k++)
        refresh(live, thing->bounds[k].target);
    refresh_demand(live, lift);
}

void live_lift(ConflictLive *live, size_t lift, bool lifted)
{
    if (live->lifted[lift] == lifted)
        return;
    live->lifted[lift] = lifted;
    refresh_lift(live, lift);
}

void live_give(ConflictLive *live, size_t lift, double lower, double upper)
{
    live->given[lift] = 0;
    live->give_lower[lift] = lower;
    live->give_upper[lift] = upper;
    refresh_lift(live, lift);
}

static Status make_room(ConflictLive *live)
{
    size_t count = live->lifts->count;
    live->lifted = ARENA_NEW(live->arena, count, bool);
    live->give_lower = ARENA_NEW(live->arena, count, double);
    live->give_upper = ARENA_NEW(live->arena, count, double);
    live->given = ARENA_NEW(live->arena, count, int64_t);
    live->demands = ARENA_NEW(live->arena, count, LiveDemand);
    live->demand_of = ARENA_NEW(live->arena, count, int);
    live->costs = ARENA_NEW(live->arena, count, double);
    live->missed = ARENA_NEW(live->arena, count, double);
    live->slacks = ARENA_NEW(live->arena, count, int);
    TRY_NEW(live->lifted);
    TRY_NEW(live->give_lower);
    TRY_NEW(live->give_upper);
    TRY_NEW(live->given);
    TRY_NEW(live->demands);
    TRY_NEW(live->demand_of);
    TRY_NEW(live->costs);
    TRY_NEW(live->missed);
    TRY_NEW(live->slacks);
    live->saved_lower = ARENA_NEW(live->arena, (size_t)lp_of(live)->column_count, double);
    live->whole = ARENA_NEW(live->arena, (size_t)lp_of(live)->column_count, double);
    TRY_NEW(live->whole);
    live->saved_upper = ARENA_NEW(live->arena, (size_t)lp_of(live)->column_count, double);
    TRY_NEW(live->saved_lower);
    TRY_NEW(live->saved_upper);
    return STATUS_OK;
}

Status live_open(ConflictLive *live, const Lifts *lifts, const SolveSettings *settings,
                 Arena *scratch, Arena *arena)
{
    const Formulation *form = lifts->form;
    *live =
        (ConflictLive){.lifts = lifts, .settings = settings, .arena = arena, .scratch = scratch};
    live->work_left = SEARCH_WORK_ALL;
    TRY(make_room(live));
    live->backend = backend_open(&form->lp, arena);
    TRY_NEW(live->backend);
    for (int k = 0; k < form->known_count; k++) /* nothing given: the rows of C1 come first */
        backend_start_basic(live->backend, k, form->unmet_column[form->known_needs[k]]);
    TRY(soften(live));
    for (size_t k = 0; k < lifts->count; k++)
        refresh_lift(live, k);
    return STATUS_OK;
}

void live_close(ConflictLive *live)
{
    backend_close(live->backend);
    live->backend = NULL;
}

void live_bound_slacks(ConflictLive *live, double most)
{
    for (size_t d = 0; d < live->demand_count; d++)
        backend_bound_column(live->backend, live->demands[d].slack, 0, most);
}

static size_t price_slacks(ConflictLive *live)
{
    size_t count = 0;
    for (size_t d = 0; d < live->demand_count; d++) {
        if (live->lifted[live->demands[d].lift])
            continue;
        live->slacks[count] = live->demands[d].slack;
        live->costs[count++] = live->demands[d].price;
    }
    return count;
}

/** Solves for the least price of what is missed, relaxed. The slacks are read with backend_value(). */
static BackendOutcome solve_price(ConflictLive *live)
{
    size_t count = price_slacks(live);
    live_bound_slacks(live, INFINITY);
    backend_objective(live->backend, count, live->slacks, live->costs);
    return backend_solve(live->backend);
}

static bool misses_nothing(const ConflictLive *live)
{
    for (size_t d = 0; d < live->demand_count; d++)
        if (!live->lifted[live->demands[d].lift] &&
            backend_value(live->backend, live->demands[d].slack) > MISSED)
            return false;
    return true;
}

static bool is_whole(const ConflictLive *live)
{
    const Lp *lp = lp_of(live);
    for (int j = 0; j < lp->column_count; j++) {
        double value = backend_value(live->backend, j);
        if (lp->integer[j] && fabs(value - round(value)) > MISSED)
            return false;
    }
    return true;
}

static BackendOutcome search(ConflictLive *live, bool *found, double *bound)
{
    double before = backend_work(live->backend);
    BackendSearch limits = {.gap_rel = 0,
                            .nodes = live->settings->nodes * NODES_TIMES,
                            .work = fmin(SEARCH_WORK, live->work_left)};
    *found = false;
    if (limits.work <= 0 || solve_is_late(live->settings))
        return BACKEND_LIMIT;
    BackendOutcome outcome = backend_search(live->backend, &limits, found, bound);
    live->work_left -= backend_work(live->backend) - before;
    return outcome;
}

/** Holds the whole columns where the search (or the relaxation) left them, made whole: what is called
 *  a point may keep a row by a hair's breadth of a step. */
static void hold_whole(ConflictLive *live, bool searched)
{
    const Lp *lp = lp_of(live);
    for (int j = 0; j < lp->column_count; j++) {
        backend_column_bounds(live->backend, j, &live->saved_lower[j], &live->saved_upper[j]);
        if (!lp->integer[j])
            continue;
        live->whole[j] = round(searched ? backend_whole_value(live->backend, j)
                                        : backend_value(live->backend, j));
    }
    for (int j = 0; j < lp->column_count; j++)
        if (lp->integer[j])
            backend_bound_column(live->backend, j, live->whole[j], live->whole[j]);
    run_fix_closed(live->backend, live->lifts->form, live->whole);
}

static void free_whole(ConflictLive *live)
{
    const Lp *lp = lp_of(live);
    for (int j = 0; j < lp->column_count; j++)
        backend_bound_column(live->backend, j, live->saved_lower[j], live->saved_upper[j]);
}

static double clamped_value(const ConflictLive *live, int column)
{
    double lower, upper;
    backend_column_bounds(live->backend, column, &lower, &upper);
    return fmin(fmax(backend_value(live->backend, column), lower), upper);
}

/** By how much the lines at the solver's point miss what a rule asks, counted as plans are judged: lines in
 *  whole things rounded, one by one. */
static double counted_short(const ConflictLive *live, const LiveDemand *demand, const Rule *rule)
{
    const Formulation *form = live->lifts->form;
    double sum = 0, scale = (double)unit_scale(rule->unit);
    for (size_t k = 0; k < rule->count; k++) {
        int pair = rule->pairs[k];
        int64_t amount;
        Ratio factor;
        double quantity = clamped_value(live, pair) * form->quantum[form->pairs->pairs[pair].need];
        if (form->lp.integer[pair] &&
            rule_amount(form->round, form->pairs, rule, pair, llround(quantity), &amount))
            sum += (double)amount;
        else if (rule_factor(form->round, form->pairs, rule, pair, &factor))
            sum += ratio_to_double(factor) * quantity;
    }
    double given = (double)live->given[demand->lift];
    return (demand->is_lower ? (double)rule->lower - given - sum
                             : sum - given - (double)rule->upper) /
           scale;
}

/** By how much the solver's point misses a demand, every column within its bounds: a slack counts what
 *  lies beyond them within a tolerance, as a share of the largest amounts, for given. */
static double missed_by(const ConflictLive *live, const LiveDemand *demand)
{
    const Lp *lp = lp_of(live);
    double lower, upper, sum = 0;
    int row = demand->target - lp->column_count;
    backend_row_bounds(live->backend, demand->row, &lower, &upper);
    if (row < 0)
        sum = clamped_value(live, demand->target);
    else
        for (size_t k = lp->row_first[row]; k < lp->row_first[row + 1]; k++)
            sum += lp->element[k] * clamped_value(live, lp->element_column[k]);
    double missed = fmax(demand->is_lower ? lower - sum : sum - upper, 0);
    const Rule *rule = lift_rule(live->lifts, &live->lifts->lifts[demand->lift]);
    bool counted =
        live->lifts->form->whole && rule != NULL && rule->form == FORM_BOUND && !rule->of_total;
    return counted ? fmax(missed, counted_short(live, demand, rule)) : missed;
}

static void note_missed(ConflictLive *live)
{
    for (size_t d = 0; d < live->demand_count; d++)
        live->missed[d] = missed_by(live, &live->demands[d]);
}

/** Does the point, made whole, keep every demand? */
static bool point_keeps(ConflictLive *live, bool searched)
{
    hold_whole(live, searched);
    bool kept = solve_price(live) == BACKEND_OPTIMAL && misses_nothing(live);
    note_missed(live);
    for (size_t d = 0; d < live->demand_count; d++)
        kept = kept && (live->lifted[live->demands[d].lift] || live->missed[d] <= MISSED_HELD);
    free_whole(live);
    return kept;
}

bool live_has_whole_point(ConflictLive *live, bool kept)
{
    if (solve_price(live) != BACKEND_OPTIMAL || !is_whole(live))
        return false;
    return point_keeps(live, false) || !kept;
}

LiveAnswer live_ask(ConflictLive *live, bool *relaxed)
{
    bool found;
    double bound;
    if (relaxed != NULL)
        *relaxed = true;
    if (live->status != STATUS_OK || solve_price(live) != BACKEND_OPTIMAL)
        return LIVE_UNKNOWN;
    if (!misses_nothing(live))
        return LIVE_NO_PLAN;
    if (!live->lifts->form->whole || (is_whole(live) && point_keeps(live, false)))
        return LIVE_PLAN;
    if (relaxed != NULL)
        *relaxed = false;
    LiveAnswer by_sums;
    live->status = live_ask_sums(live, &by_sums);
    if (live->status != STATUS_OK || by_sums != LIVE_UNKNOWN)
        return by_sums;
    live_bound_slacks(live, 0);
    backend_objective(live->backend, 0, NULL, NULL);
    BackendOutcome outcome = backend_solve(live->backend);
    if (outcome == BACKEND_OPTIMAL)
        outcome = search(live, &found, &bound);
    else
        found = false;
    live_bound_slacks(live, INFINITY);
    if (found)
        return point_keeps(live, true) ? LIVE_PLAN : LIVE_UNKNOWN;
    return outcome == BACKEND_INFEASIBLE ? LIVE_NO_PLAN : LIVE_UNKNOWN;
}

static void mark_bound(const ConflictLive *live, int target, bool *leans)
{
    const Lifts *lifts = live->lifts;
    for (size_t k = lifts->first[target]; k < lifts->first[target + 1]; k++)
        leans[lifts->on[k]] = leans[lifts->on[k]] || !live->lifted[lifts->on[k]];
}

void live_support(const ConflictLive *live, bool *leans)
{
    const Lp *lp = lp_of(live);
    memset(leans, 0, live->lifts->count * sizeof *leans);
    for (int j = 0; j < lp->column_count; j++)
        if (fabs(backend_reduced_cost(live->backend, j)) > CARRIES)
            mark_bound(live, j, leans);
    for (int i = 0; i < lp->row_count; i++)
        if (fabs(backend_row_dual(live->backend, i)) > CARRIES)
            mark_bound(live, lp->column_count + i, leans);
    for (size_t d = 0; d < live->demand_count; d++) {
        const LiveDemand *demand = &live->demands[d];
        if (fabs(backend_row_dual(live->backend, demand->row)) > CARRIES)
            leans[demand->lift] = leans[demand->lift] || !live->lifted[demand->lift];
    }
}

/** Solves with the whole columns held where they are; *value is what that comes to. */
static bool solve_held(ConflictLive *live, bool searched, double *value)
{
    hold_whole(live, searched);
    bool solved = backend_solve(live->backend) == BACKEND_OPTIMAL;
    *value = backend_objective_value(live->backend);
    note_missed(live);
    free_whole(live);
    return solved;
}

/** From the relaxation's optimum to the best in whole steps, with the present objective and slacks. What
 *  is worse than its bound once it is made whole (a switch of a millionth lets amounts through) is not
 *  proven. */
static void finish_whole(ConflictLive *live, bool *found, bool *proven)
{
    double bound = backend_objective_value(live->backend), value;
    *found = *proven = true;
    note_missed(live);
    if (!live->lifts->form->whole)
        return;
    if (is_whole(live) && solve_held(live, false, &value) &&
        value <= bound + MADE_WHOLE * (1 + fabs(bound)))
        return;
    *found = backend_solve(live->backend) == BACKEND_OPTIMAL;
    *proven = false;
    if (!*found)
        return;
    BackendOutcome outcome = search(live, found, &bound);
    *proven = outcome == BACKEND_OPTIMAL || outcome == BACKEND_INFEASIBLE;
    if (!*found)
        return;
    *found = solve_held(live, true, &value);
    *proven = *proven && *found && value <= bound + MADE_WHOLE * (1 + fabs(bound));
}

void live_minimise(ConflictLive *live, size_t count, const int *columns, const double *costs,
                   double *x, bool *found, bool *proven)
{
    *found = false;
    live_bound_slacks(live, 0);
    backend_objective(live->backend, count, columns, costs);
    BackendOutcome outcome = backend_solve(live->backend);
    *proven = outcome == BACKEND_INFEASIBLE;
    if (outcome == BACKEND_OPTIMAL) {
        finish_whole(live, found, proven);
        for (int j = 0; j < lp_of(live)->column_count && *found; j++)
            x[j] = backend_value(live->backend, j);
    }
    live_bound_slacks(live, INFINITY);
}

void live_concede(ConflictLive *live, double *missed, bool *found, bool *proven)
{
    *found = *proven = false;
    if (live->status != STATUS_OK || solve_price(live) != BACKEND_OPTIMAL)
        return;
    live->status = live_concede_sums(live, found, proven);
    if (live->status == STATUS_OK && !*found && solve_price(live) == BACKEND_OPTIMAL)
        finish_whole(live, found, proven);
    for (size_t d = 0; d < live->demand_count && *found; d++)
        missed[d] = live->missed[d];
}
