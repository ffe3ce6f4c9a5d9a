/* A good first point for a stage over whole columns: the relaxation's best (of a fairness stage: its
 * leximin), then whole columns fixed a few at a time at their nearest whole value, the relaxation
 * decided again in between. What is found keeps every frozen stage; it is a start, not a proof.
 */
#include <stdlib.h>

#include "solver/dive.h"

/* Columns fixed in one go: a quarter of those still broken, one at least. */
enum { DIVE_PART = 4, DIVE_STEPS = 100 };

/* Columns tried one by one, up and down, before a dive is given up. */
enum { DIVE_TRIES = 6 };

/* From so many whole columns on, those that are whole in the relaxation are held while the others are
 * fixed: without that a dive into thousands of things never comes to an end. */
enum { DIVE_HOLD_FROM = 400 };

/* A step that worsens a stage by no more than this, relative, counts as free. */
static const double FREE_STEP = 1e-9;

/* Programs with more columns fix all broken columns in one go, downwards, which no capacity forbids:
 * every further solve would cost seconds. */
enum { DIVE_LARGE = 50000 };

/* Most simplex iterations times columns of one dive. */
static const double DIVE_WORK = 2e7;

typedef struct Broken {
    int column;
    double distance; /* to the nearest whole value */
} Broken;

static int nearest_first(const void *a, const void *b)
{
    const Broken *x = a, *y = b;
    int order = (x->distance > y->distance) - (x->distance < y->distance);
    return order != 0 ? order : (x->column > y->column) - (x->column < y->column);
}

static size_t find_broken(const Run *run, Broken *broken)
{
    const Lp *lp = &run->form->lp;
    size_t count = 0;
    for (int j = 0; j < lp->column_count; j++) {
        double value = backend_value(run->backend, j), distance = fabs(value - round(value));
        if (!run_is_whole(lp, j, value))
            broken[count++] = (Broken){.column = j, .distance = distance};
    }
    if (count > 1)
        qsort(broken, count, sizeof *broken, nearest_first);
    return count;
}

/** How a broken column is fixed: at the whole value nearest to it, or at the one beyond. */
typedef enum Side { SIDE_NEAREST, SIDE_OTHER, SIDE_DOWN } Side;

typedef struct Dive {
    Run *run;
    size_t stage;
    BackendBounds kept; /* the bounds, with every column fixed so far */
    Broken *broken;     /* [columns] of the last settled point, nearest to whole first */
    double *value;      /* [columns] theirs */
    size_t broken_count;
    bool *held; /* [columns] whole from the start and kept so */
    bool holding;
    bool careful;   /* steps that cost the stage nothing first */
    double reached; /* value of a linear stage at the last settled point */
    double allowed; /* while holding: what a step may make of it */
    long begun;     /* iterations of the backend before */
    double *level; /* [group_count] of fairness: the shares that the relaxation's leximin reaches */
} Dive;

/** Leximin of the relaxation within the bounds kept; notes the shares it reaches. */
static Status solve_leximin(Dive *dive, const Stage *stage, BackendOutcome *outcome)
{
    TRY(run_fairness(dive->run, dive->stage, false, outcome));
    for (size_t g = 0; *outcome == BACKEND_OPTIMAL && g < stage->group_count; g++)
        dive->level[g] = backend_value(dive->run->backend, stage->share_columns[g]);
    return STATUS_OK;
}

/** One solve in place of a leximin: the shares as near as can be to those it reached, none above. */
static Status solve_guided(Dive *dive, const Stage *stage, BackendOutcome *outcome)
{
    Backend *backend = dive->run->backend;
    double *costs = ARENA_NEW(dive->run->arena, stage->group_count, double);
    TRY_NEW(costs);
    for (size_t g = 0; g < stage->group_count; g++) {
        int column = stage->share_columns[g];
        double lower = dive->kept.lower[column], upper = dive->kept.upper[column];
        costs[g] = -1.0;
        if (dive->level[g] < upper)
            backend_bound_column(backend, column, lower, fmax(lower, dive->level[g]));
    }
    backend_objective(backend, stage->group_count, stage->share_columns, costs);
    *outcome = backend_solve(backend);
    return STATUS_OK;
}

/** Decides the stage's relaxation within the bounds kept; on success notes what is still broken. */
static Status settle(Dive *dive, bool guided, bool *settled)
{
    BackendOutcome outcome;
    const Stage *stage = &dive->run->form->stages[dive->stage];
    backend_restore_bounds(dive->run->backend, &dive->kept);
    if (stage->kind == STAGE_FAIRNESS) {
        TRY(guided ? solve_guided(dive, stage, &outcome) : solve_leximin(dive, stage, &outcome));
    } else {
        backend_objective(dive->run->backend, stage->count, stage->columns, stage->costs);
        outcome = backend_solve(dive->run->backend);
    }
    double value = run_stage_value(dive->run, stage);
    *settled = outcome == BACKEND_OPTIMAL && (!dive->holding || value <= dive->allowed);
    if (!*settled)
        return STATUS_OK;
    dive->reached = value;
    dive->broken_count = find_broken(dive->run, dive->broken);
    for (size_t k = 0; k < dive->broken_count; k++)
        dive->value[k] = backend_value(dive->run->backend, dive->broken[k].column);
    return STATUS_OK;
}

static double side_of(double value, Side side)
{
    double nearest = round(value);
    switch (side) {
    case SIDE_NEAREST: return nearest;
    case SIDE_OTHER: return nearest > value ? floor(value) : ceil(value);
    case SIDE_DOWN: break;
    }
    return floor(value);
}

/** Fixes the first @p count broken columns and settles; puts the bounds back when that fails. */
static Status try_fixing(Dive *dive, size_t count, Side side, bool *settled)
{
    double *lower = ARENA_NEW(dive->run->arena, count, double);
    double *upper = ARENA_NEW(dive->run->arena, count, double);
    int *columns = ARENA_NEW(dive->run->arena, count, int);
    TRY_NEW(lower);
    TRY_NEW(upper);
    TRY_NEW(columns);
    for (size_t k = 0; k < count; k++) {
        int j = columns[k] = dive->broken[k].column;
        lower[k] = dive->kept.lower[j];
        upper[k] = dive->kept.upper[j];
        dive->kept.lower[j] = dive->kept.upper[j] = side_of(dive->value[k], side);
    }
    TRY(settle(dive, true, settled));
    for (size_t k = 0; k < count && !*settled; k++) {
        dive->kept.lower[columns[k]] = lower[k];
        dive->kept.upper[columns[k]] = upper[k];
    }
    return STATUS_OK;
}

/** Puts one of the broken columns first. */
static void put_first(Dive *dive, size_t k)
{
    Broken broken = dive->broken[k];
    double value = dive->value[k];
    dive->broken[k] = dive->broken[0];
    dive->value[k] = dive->value[0];
    dive->broken[0] = broken;
    dive->value[0] = value;
}

static bool is_spent(const Dive *dive)
{
    double steps = (double)(backend_iterations(dive->run->backend) - dive->begun);
    return steps * backend_column_count(dive->run->backend) > DIVE_WORK;
}

/** A quarter of what is broken at once; if that leads nowhere, one column, up or down. */
static Status step_within(Dive *dive, bool *settled)
{
    size_t part = dive->broken_count / DIVE_PART, count = dive->broken_count;
    *settled = false;
    if (backend_column_count(dive->run->backend) > DIVE_LARGE)
        TRY(try_fixing(dive, count, SIDE_DOWN, settled));
    if (!*settled && part > 1)
        TRY(try_fixing(dive, part, SIDE_NEAREST, settled));
    for (size_t k = 0; k < count && k < DIVE_TRIES && !*settled && !is_spent(dive); k++) {
        put_first(dive, k);
        TRY(try_fixing(dive, 1, SIDE_NEAREST, settled));
        if (!*settled)
            TRY(try_fixing(dive, 1, SIDE_OTHER, settled));
    }
    return STATUS_OK;
}

/** A step that costs the stage nothing where there is one, else any. */
static Status step_down(Dive *dive, bool *settled)
{
    dive->allowed =
        dive->careful ? dive->reached + FREE_STEP * fmax(1.0, fabs(dive->reached)) : INFINITY;
    TRY(step_within(dive, settled));
    if (*settled || !dive->holding || is_spent(dive))
        return STATUS_OK;
    dive->allowed = INFINITY;
    return step_within(dive, settled);
}

/** Holds every whole column that the first point left whole, so that what rounding frees goes to
 *  what is continuous and not, in fractions, to other things. */
static void hold_whole(Dive *dive)
{
    const Lp *lp = &dive->run->form->lp;
    for (int j = 0; j < lp->column_count; j++) {
        double value = backend_value(dive->run->backend, j);
        if (!lp->integer[j] || !run_is_whole(lp, j, value) ||
            dive->kept.lower[j] == dive->kept.upper[j])
            continue;
        dive->kept.lower[j] = dive->kept.upper[j] = round(value);
        dive->held[j] = true;
    }
    dive->holding = true;
}

/** Lets go what is held, but not what was fixed on the way. */
static void release_whole(Dive *dive, const BackendBounds *saved)
{
    for (int j = 0; j < dive->run->form->lp.column_count; j++)
        if (dive->held[j]) {
            dive->kept.lower[j] = saved->lower[j];
            dive->kept.upper[j] = saved->upper[j];
            dive->held[j] = false;
        }
    dive->holding = false;
}

static int whole_count(const Lp *lp)
{
    int count = 0;
    for (int j = 0; j < lp->column_count; j++)
        count += lp->integer[j];
    return count;
}

static Status dive_new(Run *run, size_t stage, Dive *dive)
{
    size_t columns = (size_t)backend_column_count(run->backend);
    *dive = (Dive){.run = run, .stage = stage, .begun = backend_iterations(run->backend)};
    dive->broken = ARENA_NEW(run->arena, columns, Broken);
    dive->value = ARENA_NEW(run->arena, columns, double);
    dive->held = ARENA_NEW(run->arena, columns, bool);
    dive->level = ARENA_NEW(run->arena, run->form->stages[stage].group_count, double);
    TRY_NEW(dive->broken);
    TRY_NEW(dive->value);
    TRY_NEW(dive->held);
    TRY_NEW(dive->level);
    return backend_save_bounds(run->backend, run->arena, &dive->kept);
}

static Status dive_once(Run *run, size_t stage, bool careful, double *x, bool *found)
{
    BackendBounds saved;
    Dive dive;
    bool settled;
    TRY(dive_new(run, stage, &dive));
    dive.careful = careful;
    TRY(backend_save_bounds(run->backend, run->arena, &saved));
    TRY(settle(&dive, false, &settled));
    if (settled && dive.broken_count > 0 && whole_count(&run->form->lp) > DIVE_HOLD_FROM)
        hold_whole(&dive);
    for (int steps = 0; steps < DIVE_STEPS && settled && dive.broken_count > 0; steps++) {
        TRY(step_down(&dive, &settled));
        if (!settled && dive.holding && !is_spent(&dive)) {
            release_whole(&dive, &saved);
            TRY(settle(&dive, true, &settled));
        }
    }
    if (settled && dive.broken_count == 0) /* with the whole columns found: fair in what is left */
        TRY(settle(&dive, false, &settled));
    *found = settled && dive.broken_count == 0;
    for (int j = 0; *found && j < backend_column_count(run->backend); j++)
        x[j] = backend_value(run->backend, j);
    backend_restore_bounds(run->backend, &saved);
    return STATUS_OK;
}

Status run_dive(Run *run, size_t stage, double *x, bool *found)
{
    bool holds = whole_count(&run->form->lp) > DIVE_HOLD_FROM;
    backend_until(run->backend, run->settings->deadline);
    Status status = dive_once(run, stage, true, x, found);
    if (status == STATUS_OK && !*found && holds && !backend_is_late(run->backend))
        status = dive_once(run, stage, false, x, found);
    backend_until(run->backend, 0);
    return status;
}
