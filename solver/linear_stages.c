/* The stages of a linear program, one published order, solved one after another.
 *
 * A linear stage is solved from the last basis and frozen by its reduced costs: no dense level row,
 * no tolerance, and the next stage starts feasible. Fairness is leximin by raising the common level
 * of the groups that can still rise (progressive filling; Ogryczak and Sliwinski 2006 prove that
 * holding the groups with a positive dual and going on gives the lexicographic optimum).
 */
#include <string.h>

#include "solver/deadline.h"
#include "solver/run.h"

/** Against the clock: the point just found, for when no better one comes. */
static Status keep_point(Run *run)
{
    size_t count = (size_t)run->form->lp.column_count;
    if (!(run->deadline > 0))
        return STATUS_OK;
    if (run->kept == NULL)
        run->kept = ARENA_NEW(run->arena, count, double);
    TRY_NEW(run->kept);
    for (size_t j = 0; j < count; j++)
        run->kept[j] = backend_value(run->backend, (int)j);
    return STATUS_OK;
}

/** What is left of a stage's costs; where that takes too long the point stays as it was. */
static Status refine(Run *run, const Stage *stage, double *value)
{
    TRY(run_refine(run, stage->count, stage->columns, stage->costs));
    if (deadline_is_past(run->deadline))
        return STATUS_OK;
    *value = run_stage_value(run, stage);
    return keep_point(run);
}

static Status solve_linear_stage(Run *run, size_t index, BackendOutcome *outcome)
{
    const Stage *stage = &run->form->stages[index];
    double value;
    if (stage->count > 0 || !run->solved) {
        run_objective(run, stage->count, stage->columns, stage->costs);
        *outcome = run_solve(run);
        if (*outcome != BACKEND_OPTIMAL)
            return STATUS_OK;
        run->solved = true;
        if (run->proof != NULL)
            stage_proof_take(run->proof, run->backend, stage->count, stage->columns, stage->costs);
        value = run_stage_value(run, stage);
        TRY(keep_point(run));
        run_freeze(run);
        TRY(refine(run, stage, &value));
    } else {
        value = run_stage_value(run, stage);
    }
    return run_note_proven(run, index, 0, value);
}

/** The groups of a fairness stage while their level rises. */
typedef struct Levels {
    const Stage *stage;
    bool *held; /* [group_count] cannot rise any more */
    size_t held_count;
    double top;  /* the level column's upper bound */
    double last; /* the level reached, -1 before the first */
    bool note;
} Levels;

static void open_levels(Run *run, Levels *levels)
{
    const Stage *stage = levels->stage;
    for (size_t g = 0; g < stage->group_count; g++)
        backend_bound_row(run->backend, stage->level_rows[g], 0, INFINITY);
}

static void hold(Run *run, Levels *levels, size_t group, double level)
{
    const Stage *stage = levels->stage;
    double lower, upper;
    backend_column_bounds(run->backend, stage->share_columns[group], &lower, &upper);
    double at = level > upper ? upper : level < lower ? lower : level;
    backend_bound_column(run->backend, stage->share_columns[group], at, at);
    backend_bound_row(run->backend, stage->level_rows[group], -INFINITY, INFINITY);
    levels->held[group] = true;
    levels->held_count++;
}

/** Nobody left to rise may fall below the level reached. */
static void raise_floor(Run *run, Levels *levels, size_t group, double level)
{
    double lower, upper;
    int column = levels->stage->share_columns[group];
    backend_column_bounds(run->backend, column, &lower, &upper);
    if (level > lower)
        backend_bound_column(run->backend, column, level < upper ? level : upper, upper);
}

/** Holds the groups whose row carries a dual: no optimal point lets them rise. */
static void hold_bound_groups(Run *run, Levels *levels, const double *duals, double level)
{
    size_t before = levels->held_count;
    for (size_t g = 0; g < levels->stage->group_count; g++)
        if (!levels->held[g] && (duals[g] > RUN_ZERO_COST || level >= levels->top))
            hold(run, levels, g, level);
    for (size_t g = 0; levels->held_count == before && g < levels->stage->group_count; g++) {
        double share = backend_value(run->backend, levels->stage->share_columns[g]);
        if (!levels->held[g] && share <= level + RUN_SAME_SHARE)
            hold(run, levels, g, level);
    }
    for (size_t g = 0; g < levels->stage->group_count; g++)
        if (!levels->held[g])
            raise_floor(run, levels, g, level);
}

static Status raise_level(Run *run, size_t index, Levels *levels, BackendOutcome *outcome)
{
    const Stage *stage = levels->stage;
    double *duals = ARENA_NEW(run->arena, stage->group_count, double);
    TRY_NEW(duals);
    run_objective(run, 1, &stage->level_column, (double[]){-1.0});
    *outcome = run_solve(run);
    if (*outcome != BACKEND_OPTIMAL)
        return STATUS_OK;
    run->solved = true;
    TRY(keep_point(run));
    double level = backend_value(run->backend, stage->level_column);
    for (size_t g = 0; g < stage->group_count; g++)
        duals[g] = fabs(backend_row_dual(run->backend, stage->level_rows[g]));
    if (levels->note && (levels->last < 0 || level > levels->last + RUN_SAME_SHARE)) {
        if (run->proof != NULL)
            stage_proof_take(run->proof, run->backend, 1, &stage->level_column, (double[]){-1.0});
        TRY(run_note_proven(run, index, (int)levels->held_count + 1, level));
    }
    levels->last = level;
    run_freeze(run);
    /* the level itself must stay free to rise for the others */
    backend_bound_column(run->backend, stage->level_column, 0, levels->top);
    hold_bound_groups(run, levels, duals, level);
    for (size_t g = 0; g < stage->group_count; g++)
        if (!levels->held[g])
            backend_bound_row(run->backend, stage->level_rows[g], 0, INFINITY);
    return STATUS_OK;
}

Status run_fairness(Run *run, size_t index, bool note, BackendOutcome *outcome)
{
    const Stage *stage = &run->form->stages[index];
    Levels levels = {.stage = stage,
                     .held = ARENA_NEW(run->arena, stage->group_count, bool),
                     .top = run->form->lp.upper[stage->level_column],
                     .last = -1.0,
                     .note = note};
    TRY_NEW(levels.held);
    backend_bound_column(run->backend, stage->level_column, 0, levels.top);
    open_levels(run, &levels);
    while (levels.held_count < stage->group_count) {
        TRY(raise_level(run, index, &levels, outcome));
        if (*outcome != BACKEND_OPTIMAL)
            return STATUS_OK;
    }
    backend_bound_column(run->backend, stage->level_column, 0, 0);
    return STATUS_OK;
}

/** The stages from this one on stay as the point kept has them; of a fairness some levels may be reached. */
static Status leave_from(Run *run, size_t index)
{
    for (size_t s = index; s < run->form->stage_count; s++) {
        StageBound *last = run->bound_count > 0 ? &run->bounds[run->bound_count - 1] : NULL;
        if (last != NULL && last->stage == s)
            last->status = STAGE_PARTIAL;
        else
            TRY(run_note_left(run, s, -INFINITY));
    }
    return STATUS_OK;
}

static Status decide_stages(Run *run, BackendOutcome *outcome)
{
    for (size_t s = 0; s < run->form->stage_count; s++) {
        TRY(run->form->stages[s].kind == STAGE_FAIRNESS ? run_fairness(run, s, true, outcome)
                                                        : solve_linear_stage(run, s, outcome));
        if (*outcome != BACKEND_OPTIMAL && !deadline_is_past(run->deadline))
            return STATUS_OK;
        if (*outcome != BACKEND_OPTIMAL) {
            *outcome = run->kept != NULL ? BACKEND_OPTIMAL : BACKEND_LIMIT;
            return run->kept != NULL ? leave_from(run, s) : STATUS_OK;
        }
    }
    return STATUS_OK;
}

Status run_linear(Run *run, BackendOutcome *outcome)
{
    *outcome = BACKEND_OPTIMAL;
    if (run->deadline > 0)
        backend_until(run->backend, run->deadline);
    Status status = decide_stages(run, outcome);
    if (run->deadline > 0)
        backend_until(run->backend, 0);
    return status;
}
