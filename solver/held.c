/* A plan's program kept open: tiers held by rows of their value and bounds of their shares, needs by
 * bounds of what they lack, things lifted by moving the bounds that they impose.
 */
#include "solver/held.h"

#include <math.h>

#include "allot/extract.h"

/* A reduced cost or dual below this, in the scaled program, carries nothing. */
static const double CARRIES = 1e-9;

/* What is held may be missed by this much, relative: less than solvers' own noise. */
static const double HOLD_SLACK = 1e-10;

/* Nodes of one search, and the work, as in BackendSearch, of one and of all. */
enum { NODES = 300 };
static const double SEARCH_WORK = 4e6, SEARCH_WORK_ALL = 6e8;

static double stage_value(const Stage *stage, const double *x)
{
    double value = 0;
    for (size_t k = 0; k < stage->count; k++)
        value += stage->costs[k] * x[stage->columns[k]];
    return value;
}

static bool is_tier_value(const Stage *stage)
{
    return stage->kind == STAGE_TIER || stage->kind == STAGE_UNVALUED;
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
        held->level[s] = stage_value(stage, held->x);
        held->level_row[s] =
            backend_add_row(held->backend, -INFINITY, INFINITY, stage->count, stage->columns,
                            stage->costs, 1.0 / fmax(largest, 1e-12));
    }
    return STATUS_OK;
}

static Status make_room(Held *held)
{
    size_t columns = (size_t)held->form->lp.column_count;
    held->level_row = ARENA_NEW(held->arena, held->form->stage_count, int);
    held->level = ARENA_NEW(held->arena, held->form->stage_count, double);
    held->lifted = ARENA_NEW(held->arena, held->lifts->count, bool);
    held->hold_lower = ARENA_NEW(held->arena, columns, double);
    held->hold_upper = ARENA_NEW(held->arena, columns, double);
    TRY_NEW(held->level_row);
    TRY_NEW(held->level);
    TRY_NEW(held->lifted);
    TRY_NEW(held->hold_lower);
    TRY_NEW(held->hold_upper);
    for (size_t j = 0; j < columns; j++) {
        held->hold_lower[j] = -INFINITY;
        held->hold_upper[j] = INFINITY;
    }
    return STATUS_OK;
}

static void refresh(Held *held, int target)
{
    double lower, upper;
    int columns = held->form->lp.column_count;
    lifts_bounds(held->lifts, held->lifted, target, &lower, &upper);
    if (target >= columns) {
        backend_bound_row(held->backend, target - columns, lower, upper);
        return;
    }
    lower = fmax(lower, held->hold_lower[target]);
    upper = fmin(upper, held->hold_upper[target]);
    backend_bound_column(held->backend, target, lower, fmax(lower, upper));
}

/** What bundles and alternatives close stands open in the loose program: their bounds alone close it. */
static void close_columns(Held *held)
{
    for (size_t k = 0; k < held->lifts->count; k++)
        for (size_t i = 0; i < held->lifts->lifts[k].bound_count; i++)
            refresh(held, held->lifts->lifts[k].bounds[i].target);
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
    int row = 0; /* the rows of C1 come first, one a need of known amount */
    for (size_t n = 0; n < form->round->need_count; n++)
        if (form->unmet_column[n] >= 0)
            backend_start_basic(held->backend, row++, form->unmet_column[n]);
    return add_levels(held);
}

void held_close(Held *held)
{
    backend_close(held->backend);
    held->backend = NULL;
}

static void hold_column(Held *held, int column, double lower, double upper)
{
    if (held->hold_lower[column] == lower && held->hold_upper[column] == upper)
        return;
    held->hold_lower[column] = lower;
    held->hold_upper[column] = upper;
    refresh(held, column);
}

/** What another need of the tier has, it keeps. */
static void keep_need(Held *held, int need, bool keep)
{
    int u = held->form->unmet_column[need], f = held->form->full_column[need];
    if (u >= 0)
        hold_column(held, u, -INFINITY, keep ? held->x[u] : INFINITY);
    else if (f >= 0 && held->x[f] > 0.5)
        hold_column(held, f, keep ? 1.0 : -INFINITY, INFINITY);
}

void held_keep_equals(Held *held, bool keep)
{
    const Round *round = held->form->round;
    for (size_t n = 0; n < round->need_count; n++)
        if (round->needs[n].tier == held->tier)
            keep_need(held, (int)n, keep && (int)n != held->need);
}

static void keep_shares(Held *held, const Stage *stage, bool keep)
{
    for (size_t g = 0; g < stage->group_count; g++) {
        int column = stage->share_columns[g];
        double share = held->x[column];
        hold_column(held, column, keep ? share - HOLD_SLACK * fmax(1.0, share) : -INFINITY,
                    INFINITY);
    }
}

void held_keep_above(Held *held, bool keep)
{
    for (size_t s = 0; s < held->form->stage_count; s++) {
        const Stage *stage = &held->form->stages[s];
        bool above = keep && stage->tier > 0 && stage->tier < held->tier;
        if (stage->kind == STAGE_FAIRNESS)
            keep_shares(held, stage, above);
        if (held->level_row[s] < 0)
            continue;
        double level = held->level[s] + HOLD_SLACK * fmax(1.0, fabs(held->level[s]));
        backend_bound_row(held->backend, held->level_row[s], -INFINITY, above ? level : INFINITY);
    }
}

void held_lift(Held *held, size_t index, bool lifted)
{
    const Lift *lift = &held->lifts->lifts[index];
    if (held->lifted[index] == lifted)
        return;
    held->lifted[index] = lifted;
    for (size_t k = 0; k < lift->bound_count; k++)
        refresh(held, lift->bounds[k].target);
}

void held_about(Held *held, int need)
{
    int tier = held->form->round->needs[need].tier;
    for (size_t k = 0; k < held->lifts->count; k++)
        held_lift(held, k, false);
    if (held->tier > 0)
        held_keep_equals(held, false);
    held->need = need;
    held->tier = tier;
    held_keep_above(held, true);
    held_keep_equals(held, true);
}

/** Searches for any whole point that gives the need so much more. */
static HeldAnswer search(Held *held, double more, double *rise)
{
    int u = held->form->unmet_column[held->need];
    BackendSearch limits = {.nodes = NODES, .work = fmin(SEARCH_WORK, held->work)};
    bool found;
    double lower, upper, bound, before = backend_work(held->backend);
    if (held->work <= 0 || solve_is_late(held->settings))
        return HELD_OPEN;
    backend_column_bounds(held->backend, u, &lower, &upper);
    backend_bound_column(held->backend, u, lower, fmax(lower, held->x[u] - more * (1 - 1e-9)));
    backend_objective(held->backend, 0, NULL, NULL);
    HeldAnswer answer = HELD_OPEN;
    BackendOutcome outcome = backend_solve(held->backend);
    if (outcome == BACKEND_OPTIMAL)
        outcome = backend_search(held->backend, &limits, &found, &bound);
    else
        found = false;
    if (outcome == BACKEND_INFEASIBLE)
        answer = HELD_NO;
    if (found) {
        answer = HELD_YES;
        *rise = held->x[u] - backend_whole_value(held->backend, u);
    }
    held->work -= backend_work(held->backend) - before;
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

static bool carries(const Held *held, int target)
{
    int columns = held->form->lp.column_count;
    double price = target < columns ? backend_reduced_cost(held->backend, target)
                                    : backend_row_dual(held->backend, target - columns);
    return fabs(price) > CARRIES;
}

bool held_lift_matters(const Held *held, size_t index)
{
    const Lift *lift = &held->lifts->lifts[index];
    for (size_t k = 0; k < lift->bound_count; k++)
        if (carries(held, lift->bounds[k].target))
            return true;
    return false;
}

bool held_above_matters(const Held *held)
{
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
