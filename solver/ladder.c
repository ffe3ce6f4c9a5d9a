/* Steps of a ladder: rows of their values held one after another, bases kept to come back to. */
#include "solver/ladder.h"

#include <math.h>

/* Values nearer than this, relative, are equal; money nearer than a hundredth of its unit. */
static const double NOISE = 1e-8, NOISE_MONEY = 0.01, NOISE_ELSE = 1e-6;

/* Programs of more rows times columns are not opened: every step starts from a basis far from its optimum,
 *  and the first solves alone would take a hundred times as long as the plan. */
static const double CELLS_MOST = 4e7;

static bool is_too_large(const Lp *lp)
{
    return (double)lp->row_count * lp->column_count > CELLS_MOST;
}

static bool is_step(const Held *held, size_t stage)
{
    StageKind kind = held->form->stages[stage].kind;
    return held->level_row[stage] >= 0 || kind == STAGE_FAIRNESS;
}

static Status list_steps(Ladder *ladder, Arena *arena)
{
    const Held *held = &ladder->held;
    size_t stages = held->form->stage_count;
    ladder->steps = ARENA_NEW(arena, stages, LadderStep);
    ladder->now = ARENA_NEW(arena, stages, double);
    TRY_NEW(ladder->steps);
    TRY_NEW(ladder->now);
    for (size_t s = 0; s < stages; s++) {
        if (!is_step(held, s))
            continue;
        LadderStep *step = &ladder->steps[ladder->count++];
        *step = (LadderStep){.stage = s, .shares = held->level_row[s] < 0, .level = 0};
        if (!step->shares)
            step->plan = step->level = held->level[s];
        TRY(backend_new_basis(held->backend, arena, &step->basis));
    }
    return STATUS_OK;
}

Status ladder_solved_steps(const Ladder *ladder, Arena *arena, int **numbers,
                           const TierStep **steps, size_t *count)
{
    TierStep *list = ARENA_NEW(arena, (size_t)ladder->count, TierStep);
    *numbers = ARENA_NEW(arena, (size_t)ladder->count, int);
    *steps = list;
    *count = 0;
    TRY_NEW(list);
    TRY_NEW(*numbers);
    for (int i = 0; i < ladder->count; i++) {
        if (ladder->steps[i].shares)
            continue;
        (*numbers)[*count] = i;
        list[(*count)++] = tier_step_of(&ladder->held.form->stages[ladder->steps[i].stage]);
    }
    return STATUS_OK;
}

void ladder_reset(Ladder *ladder)
{
    for (int i = 0; i < ladder->count; i++)
        ladder->now[i] = ladder->steps[i].level;
}

void ladder_hold(Ladder *ladder, int step)
{
    for (int i = 0; i < ladder->count; i++) {
        const LadderStep *at = &ladder->steps[i];
        double level = i < step ? ladder->now[i] : INFINITY;
        if (at->shares)
            held_hold_shares(&ladder->held, at->stage, isfinite(level));
        else
            held_hold_value(&ladder->held, at->stage, level);
    }
}

bool ladder_minimise(Ladder *ladder, size_t count, const int *columns, const double *costs)
{
    Backend *backend = ladder->held.backend;
    long before = backend_iterations(backend);
    backend_objective(backend, count, columns, costs);
    BackendOutcome outcome = backend_solve(backend);
    ladder->work -= (double)(backend_iterations(backend) - before + 10) *
                    (double)(backend_column_count(backend) + backend_row_count(backend));
    return outcome == BACKEND_OPTIMAL;
}

bool ladder_solve(Ladder *ladder, int step, bool own_basis)
{
    const LadderStep *at = &ladder->steps[step];
    const Stage *stage = &ladder->held.form->stages[ladder->steps[step].stage];
    ladder_hold(ladder, step);
    if (own_basis)
        backend_put_basis(ladder->held.backend, &at->basis);
    return ladder_minimise(ladder, stage->count, stage->columns, stage->costs);
}

double ladder_value(const Ladder *ladder, int step)
{
    const Held *held = &ladder->held;
    return backend_row_value(held->backend, held->level_row[ladder->steps[step].stage]);
}

double ladder_noise(const Ladder *ladder, int step)
{
    const LadderStep *at = &ladder->steps[step];
    const Formulation *form = ladder->held.form;
    bool money =
        form->round->settings.measure == MEASURE_VALUE && !form->stages[at->stage].unvalued;
    return fmax(money ? NOISE_MONEY : NOISE_ELSE, NOISE * fabs(at->plan));
}

/** Solves every step, those below it held at the plan's values or at their best. */
static bool solve_steps(Ladder *ladder, bool at_plan)
{
    bool sound = true;
    for (int i = 0; i < ladder->count && sound; i++) {
        LadderStep *step = &ladder->steps[i];
        ladder_reset(ladder);
        if (step->shares)
            continue;
        sound = ladder_solve(ladder, i, false);
        step->best = ladder_value(ladder, i);
        step->level = at_plan ? step->plan : step->best;
        backend_keep_basis(ladder->held.backend, &step->basis);
    }
    return sound;
}

Status ladder_open(const Lifts *lifts, const Plan *plan, const SolveSettings *settings,
                   bool at_plan, double work, Arena *arena, Ladder *ladder)
{
    *ladder = (Ladder){.work = work, .sound = !is_too_large(&lifts->form->lp)};
    if (!ladder->sound)
        return STATUS_OK;
    TRY(held_open(lifts, plan, settings, arena, &ladder->held));
    TRY(list_steps(ladder, arena));
    ladder->sound = solve_steps(ladder, at_plan) || (!at_plan && solve_steps(ladder, true));
    ladder_reset(ladder);
    return STATUS_OK;
}

void ladder_close(Ladder *ladder)
{
    held_close(&ladder->held);
}
