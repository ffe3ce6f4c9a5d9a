/* A plan's program kept open: tiers held by rows of their value and bounds of their shares, needs by
 * bounds of what they lack, things lifted by moving the bounds that they impose.
 */
#include "solver/held_internal.h"

#include <math.h>

#include "allot/extract.h"

/* A reduced cost or dual below this, in the scaled program, carries nothing. */
static const double CARRIES = 1e-9;

/* Less room than this part of what is added up may be rounding alone. */
static const double ROOM = 1e-3;

/* What is held is kept but for the solver's noise; a need has to rise by more than that lets through. */
static const double NOISE = 2e-6;

/* A search takes a switch for whole that is off by 1e-5, and lets through what hangs on it. */
static const double WHOLE_NOISE = 1e-4;

/* Nodes of one search, and the work, as in BackendSearch, of one and of all. */
enum { NODES = 300, NODES_MOST = 60 };
static const double SEARCH_WORK = 4e7, SEARCH_WORK_ALL = 8e9, WORK_MOST = 5e6;

BackendSearch held_limits(const Held *held)
{
    return (BackendSearch){.nodes = NODES, .work = fmin(SEARCH_WORK, held->work)};
}

double held_stage_value(const Stage *stage, const double *x)
{
    double value = 0;
    for (size_t k = 0; k < stage->count; k++)
        value += stage->costs[k] * x[stage->columns[k]];
    return value;
}

static bool is_tier_value(const Stage *stage)
{
    return stage->kind == STAGE_TIER || stage->kind == STAGE_UNVALUED ||
           stage->kind == STAGE_URGENT;
}

/** A free row for the value of every tier's stage. */
static Status add_levels(Held *held)
{
    const Formulation *form = held->form;
    for (size_t s = 0; s < form->stage_count; s++) {
        const Stage *stage = &form->stages[s];
        double largest = 0;
        held->level_row[s] = -1;
        if (!is_tier_value(stage) || stage->count == 0)
            continue;
        for (size_t k = 0; k < stage->count; k++)
            largest =
                fmax(largest, fabs(stage->costs[k]) * form->lp.column_scale[stage->columns[k]]);
        held->level[s] = held_stage_value(stage, held->x);
        held->level_row[s] =
            backend_add_row(held->backend, -INFINITY, INFINITY, stage->count, stage->columns,
                            stage->costs, 1.0 / fmax(largest, 1e-12));
    }
    return STATUS_OK;
}

static Status make_room(Held *held)
{
    size_t columns = (size_t)held->form->lp.column_count;
    size_t targets = columns + (size_t)held->form->lp.row_count;
    held->level_row = ARENA_NEW(held->arena, held->form->stage_count, int);
    held->level = ARENA_NEW(held->arena, held->form->stage_count, double);
    held->lifted = ARENA_NEW(held->arena, held->lifts->count, bool);
    held->hold_lower = ARENA_NEW(held->arena, columns, double);
    held->hold_upper = ARENA_NEW(held->arena, columns, double);
    held->near = ARENA_NEW(held->arena, held->form->round->need_count, bool);
    held->least = ARENA_NEW(held->arena, targets, double);
    held->most = ARENA_NEW(held->arena, targets, double);
    TRY_NEW(held->near);
    TRY_NEW(held->least);
    TRY_NEW(held->most);
    TRY_NEW(held->level_row);
    TRY_NEW(held->level);
    TRY_NEW(held->lifted);
    TRY_NEW(held->hold_lower);
    TRY_NEW(held->hold_upper);
    for (size_t j = 0; j < columns; j++) {
        held->hold_lower[j] = -INFINITY;
        held->hold_upper[j] = INFINITY;
    }
    for (size_t t = 0; t < targets; t++) {
        held->least[t] = INFINITY;
        held->most[t] = -INFINITY;
    }
    return STATUS_OK;
}

void held_bound_row(Held *held, int row, double lower, double upper)
{
    if (held->standing)
        backend_open_row(held->backend, row, lower, upper);
    else
        backend_bound_row(held->backend, row, lower, upper);
}

void held_refresh(Held *held, int target)
{
    double lower, upper;
    int columns = held->form->lp.column_count;
    lifts_bounds(held->lifts, held->lifted, target, &lower, &upper);
    lower = fmin(lower, held->least[target]);
    upper = fmax(upper, held->most[target]);
    if (target >= columns) {
        held_bound_row(held, target - columns, lower, upper);
        return;
    }
    lower = fmax(lower, held->hold_lower[target]);
    upper = fmax(lower, fmin(upper, held->hold_upper[target]));
    if (held->standing)
        backend_open_column(held->backend, target, lower, upper);
    else
        backend_bound_column(held->backend, target, lower, upper);
}

/** What bundles and alternatives close stands open in the loose program: their bounds alone close it. */
static void close_columns(Held *held)
{
    for (size_t k = 0; k < held->lifts->count; k++)
        for (size_t i = 0; i < held->lifts->lifts[k].bound_count; i++)
            held_refresh(held, held->lifts->lifts[k].bounds[i].target);
}

Status held_open(const Lifts *lifts, const Plan *plan, const SolveSettings *settings, Arena *arena,
                 Held *held)
{
    const Formulation *form = lifts->form;
    *held = (Held){.lifts = lifts,
                   .form = form,
                   .settings = settings,
                   .arena = arena,
                   .need = -1,
                   .work = SEARCH_WORK_ALL};
    TRY(make_room(held));
    TRY(plan_point(form, plan, arena, &held->x));
    held->backend = backend_open(&form->lp, arena);
    TRY_NEW(held->backend);
    close_columns(held);
    held_let_in(held, NULL);
    int row = 0; /* the rows of C1 come first, one a need of known amount */
    for (size_t n = 0; n < form->round->need_count; n++)
        if (form->unmet_column[n] >= 0)
            backend_start_basic(held->backend, row++, form->unmet_column[n]);
    TRY(add_levels(held));
    return backend_new_basis(held->backend, arena, &held->basis);
}

void held_keep_basis(Held *held)
{
    backend_keep_basis(held->backend, &held->basis);
}

void held_put_basis(Held *held)
{
    backend_put_basis(held->backend, &held->basis);
}

void held_close(Held *held)
{
    backend_close(held->backend);
    held->backend = NULL;
}

void held_lift(Held *held, size_t lift, bool lifted)
{
    const Lift *thing = &held->lifts->lifts[lift];
    if (held->lifted[lift] == lifted)
        return;
    held->lifted[lift] = lifted;
    for (size_t k = 0; k < thing->bound_count; k++)
        held_refresh(held, thing->bounds[k].target);
}

void held_about(Held *held, int need)
{
    int tier = held->form->round->needs[need].tier;
    for (size_t k = 0; k < held->lifts->count; k++)
        held_lift(held, k, false);
    held->urgent_free = false;
    if (held->tier > 0)
        held_keep_equals(held, false);
    held->need = need;
    held->tier = tier;
    held_keep_above(held, true);
    held_keep_equals(held, true);
}

/** Has the column to do with the need: a line of it or of an offer that may serve it, or what hangs on
 *  such lines? */
static bool is_near(const Held *held, int column)
{
    const Formulation *form = held->form;
    const ColumnOrigin *origin = &form->origin[column];
    int need = origin->index, pair = -1;
    switch (origin->kind) {
    case COLUMN_LINE: pair = origin->index; break;
    case COLUMN_SWITCH: pair = form->switches[origin->index].pairs[0]; break;
    case COLUMN_SERVED:
    case COLUMN_FULL: return held->near[need];
    case COLUMN_UNMET:
    case COLUMN_SUM:
    case COLUMN_LEVEL:
    case COLUMN_AWAY:
    case COLUMN_SHORT: return true;
    }
    const Pair *line = &form->pairs->pairs[pair];
    return line->need == held->need || pair_set_find(form->pairs, held->need, line->offer) >= 0 ||
           (origin->kind == COLUMN_SWITCH && held->near[line->need]);
}

/** Marks the needs with a line of an offer that may serve the need asked about. */
static void mark_near(Held *held)
{
    const PairSet *pairs = held->form->pairs;
    for (size_t n = 0; n < held->form->round->need_count; n++)
        held->near[n] = (int)n == held->need;
    for (size_t p = 0; p < pairs->count; p++)
        if (held->x[p] > 0 && pair_set_find(pairs, held->need, pairs->pairs[p].offer) >= 0)
            held->near[pairs->pairs[p].need] = true;
}

void held_fix_far(Held *held, bool fixed)
{
    const Lp *lp = &held->form->lp;
    if (fixed)
        mark_near(held);
    for (int j = 0; j < lp->column_count; j++) {
        if (!lp->integer[j] || is_near(held, j))
            continue;
        if (fixed)
            backend_bound_column(held->backend, j, round(held->x[j]), round(held->x[j]));
        else
            held_refresh(held, j);
    }
}

/** Searches for any whole point within the bounds as they are now. */
static HeldAnswer search_point(Held *held, double *rise)
{
    int u = held->form->unmet_column[held->need];
    BackendSearch limits = held_limits(held);
    double bound, before = backend_work(held->backend);
    bool found = false;
    if (held->work <= 0 || solve_is_late(held->settings))
        return HELD_OPEN;
    BackendOutcome outcome = backend_solve(held->backend);
    if (outcome == BACKEND_OPTIMAL)
        outcome = backend_search(held->backend, &limits, &found, &bound);
    held->work -= backend_work(held->backend) - before;
    if (found)
        *rise = held->x[u] - backend_whole_value(held->backend, u);
    return found ? HELD_YES : outcome == BACKEND_INFEASIBLE ? HELD_NO : HELD_OPEN;
}

/** Is there a whole point that gives the need so much more? Looked for near the plan first, which a
 *  few nodes decide; only all of the program can say no. */
static HeldAnswer search(Held *held, double more, double *rise)
{
    int u = held->form->unmet_column[held->need];
    double lower, upper;
    backend_column_bounds(held->backend, u, &lower, &upper);
    backend_bound_column(held->backend, u, lower, fmax(lower, held->x[u] - more * (1 - 1e-9)));
    backend_objective(held->backend, 0, NULL, NULL);
    held_fix_far(held, true);
    HeldAnswer answer = search_point(held, rise);
    held_fix_far(held, false);
    if (answer != HELD_YES)
        answer = search_point(held, rise);
    backend_bound_column(held->backend, u, lower, upper);
    return answer;
}

HeldAnswer held_ask(Held *held, double more, double *rise)
{
    int u = held->form->unmet_column[held->need];
    backend_objective(held->backend, 1, &u, (double[]){1.0});
    if (backend_solve(held->backend) != BACKEND_OPTIMAL) {
        held->rise = INFINITY;
        return HELD_OPEN;
    }
    held->rise = *rise = held->x[u] - backend_value(held->backend, u);
    if (held->rise < more * (1 - 1e-6))
        return HELD_NO;
    return held->form->whole ? search(held, more, rise) : HELD_YES;
}

void held_most(Held *held, double *rise)
{
    int u = held->form->unmet_column[held->need];
    BackendSearch limits = {.nodes = NODES_MOST, .work = fmin(WORK_MOST, held->work)};
    double bound, before = backend_work(held->backend);
    bool found = false;
    if (*rise >= held->rise * (1 - 1e-6) || held->work <= 0 || solve_is_late(held->settings))
        return;
    backend_objective(held->backend, 1, &u, (double[]){1.0});
    if (backend_solve(held->backend) == BACKEND_OPTIMAL &&
        backend_search(held->backend, &limits, &found, &bound) == BACKEND_OPTIMAL)
        held->rise = fmin(held->rise, held->x[u] - bound);
    held->work -= backend_work(held->backend) - before;
    if (found)
        *rise = fmax(*rise, held->x[u] - backend_whole_value(held->backend, u));
}

/** The price of a target, as of the last relaxation. */
static double price_of(const Held *held, int target)
{
    int columns = held->form->lp.column_count;
    return target < columns ? backend_reduced_cost(held->backend, target)
                            : backend_row_dual(held->backend, target - columns);
}

static bool carries(const Held *held, int target)
{
    return fabs(price_of(held, target)) > CARRIES;
}

bool held_lift_matters(const Held *held, size_t lift)
{
    const Lift *thing = &held->lifts->lifts[lift];
    for (size_t k = 0; k < thing->bound_count; k++)
        if (carries(held, thing->bounds[k].target))
            return true;
    return false;
}

bool held_lift_helps(Held *held, size_t lift)
{
    const Lift *thing = &held->lifts->lifts[lift];
    bool before = held->lifted[lift], helps = false;
    for (size_t k = 0; k < thing->bound_count && !helps; k++) {
        int target = thing->bounds[k].target;
        double price = price_of(held, target), lower, upper, lowest, highest;
        held->lifted[lift] = false;
        lifts_bounds(held->lifts, held->lifted, target, &lower, &upper);
        held->lifted[lift] = true;
        lifts_bounds(held->lifts, held->lifted, target, &lowest, &highest);
        helps = (price > CARRIES && lowest < lower) || (price < -CARRIES && highest > upper);
    }
    held->lifted[lift] = before;
    return helps;
}

bool held_urgent_matters(const Held *held)
{
    const Formulation *form = held->form;
    const Round *round = form->round;
    for (size_t s = 0; s < form->stage_count; s++)
        if (form->stages[s].kind == STAGE_URGENT && held->level_row[s] >= 0 &&
            fabs(backend_row_dual(held->backend, held->level_row[s])) > CARRIES)
            return true;
    int u = round->has_urgent ? form->unmet_column[round->urgent] : -1;
    return u >= 0 && round->needs[round->urgent].tier == held->tier && carries(held, u);
}

bool held_above_matters(const Held *held)
{
    if (held_urgent_is_above(held) && held_urgent_matters(held))
        return true;
    for (size_t s = 0; s < held->form->stage_count; s++) {
        const Stage *stage = &held->form->stages[s];
        if (stage->tier == 0 || stage->tier >= held->tier)
            continue;
        if (held->level_row[s] >= 0 &&
            fabs(backend_row_dual(held->backend, held->level_row[s])) > CARRIES)
            return true;
        for (size_t g = 0; g < stage->group_count; g++)
            if (carries(held, stage->share_columns[g]))
                return true;
    }
    return false;
}

bool held_has_above(const Held *held)
{
    for (size_t s = 0; s < held->form->stage_count; s++) {
        const Stage *stage = &held->form->stages[s];
        if (stage->tier > 0 && stage->tier < held->tier &&
            (held->level_row[s] >= 0 ||
             stage->group_count > 0)) /* shares of weight 0 are kept too */
            return true;
    }
    return false;
}

/** Far from both bounds, as such amounts go? */
static bool has_room(const LiftBound *bound, double value, double size)
{
    bool below = isinf(bound->lower) || value - bound->lower > ROOM * (size + fabs(bound->lower));
    return below &&
           (isinf(bound->upper) || bound->upper - value > ROOM * (size + fabs(bound->upper)));
}

bool held_lift_binds(const Held *held, size_t lift)
{
    const Lift *thing = &held->lifts->lifts[lift];
    const Lp *lp = &held->form->lp;
    for (size_t k = 0; k < thing->bound_count; k++) {
        const LiftBound *bound = &thing->bounds[k];
        int row = bound->target - lp->column_count;
        double value = row < 0 ? held->x[bound->target] : 0, size = fabs(value);
        for (size_t e = row < 0 ? 0 : lp->row_first[row]; row >= 0 && e < lp->row_first[row + 1];
             e++) {
            double part = lp->element[e] * held->x[lp->element_column[e]];
            value += part;
            size += fabs(part);
        }
        if (!has_room(bound, value, size))
            return true;
    }
    return false;
}

bool held_equals_matter(const Held *held)
{
    const Round *round = held->form->round;
    for (size_t n = 0; n < round->need_count; n++) {
        int u = held->form->unmet_column[n], f = held->form->full_column[n];
        if (round->needs[n].tier != held->tier || (int)n == held->need)
            continue;
        if ((u >= 0 && carries(held, u)) || (u < 0 && f >= 0 && carries(held, f)))
            return true;
    }
    return false;
}

double held_worth(const Held *held, int need)
{
    int u = held->form->unmet_column[need];
    for (size_t s = 0; s < held->form->stage_count; s++) {
        const Stage *stage = &held->form->stages[s];
        if (!is_tier_value(stage) || stage->tier != held->form->round->needs[need].tier)
            continue;
        for (size_t k = 0; k < stage->count; k++)
            if (stage->columns[k] == u)
                return stage->costs[k];
    }
    return 0;
}

/** How large what a stage holds is, in what tiers count; an urgent need is held in its own units. */
static double size_of(const Held *held, size_t stage)
{
    const Stage *kept = &held->form->stages[stage];
    double level = fabs(held->level[stage]);
    if (kept->kind == STAGE_URGENT)
        level *= held_worth(held, held->form->round->urgent) / fabs(kept->costs[0]);
    return fmax(1.0, level);
}

double held_noise(const Held *held, int need)
{
    const Need *row = &held->form->round->needs[need];
    double worth = held_worth(held, need), largest = 0;
    double share = WHOLE_NOISE * (double)row->wanted / held->form->quantum[need];
    for (size_t s = 0; s < held->form->stage_count; s++)
        if (held->level_row[s] >= 0 && held->form->stages[s].tier < row->tier)
            largest = fmax(largest, size_of(held, s));
    double noise = largest == 0 ? 0 : worth > 0 ? NOISE * largest / worth : share;
    return held->form->whole ? fmax(noise, share) : noise;
}
