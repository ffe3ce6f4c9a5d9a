/* What the runs over the stages share: opening, noting, freezing. */
#include "solver/run.h"

#include "allot/language.h"

const double RUN_ZERO_COST = 1e-7;
const double RUN_SAME_SHARE = 1e-9;

/* Values that differ by less, relatively, are one: as in the gap of a stage (plan.h). */
static const double PROVEN_WITHIN = 1e-9;

bool run_is_whole(const Lp *lp, int column, double value)
{
    /* a column scale is what one scaled unit (a whole unit of currency) is in steps */
    double allowed =
        fmin(1e-7 * fmax(1.0, fabs(value)), fmax(0.004 * lp->column_scale[column], 1e-11));
    return !lp->integer[column] || fabs(value - round(value)) <= allowed;
}

bool run_demands_nothing(const Formulation *form)
{
    for (size_t r = 0; r < form->rules->count; r++)
        if (form->rules->rules[r].has_lower || form->rules->rules[r].family == FAMILY_RESERVE)
            return false;
    for (size_t p = 0; p < form->pairs->count; p++)
        if (form->pairs->pairs[p].lower > 0)
            return false;
    return true;
}

Status run_open(Run *run, const Formulation *form, const SolveSettings *settings, Arena *arena)
{
    *run = (Run){.form = form, .settings = settings, .arena = arena};
    run->backend = backend_open(&form->lp, arena);
    TRY_NEW(run->backend);
    run->empty_plan = run_demands_nothing(form);
    int row = 0; /* the rows of C1 come first, one a need of known amount */
    for (size_t n = 0; n < form->round->need_count; n++)
        if (form->unmet_column[n] >= 0)
            backend_start_basic(run->backend, row++, form->unmet_column[n]);
    return STATUS_OK;
}

Status run_open_linear(Run *run, const Formulation *form, const SolveSettings *settings,
                       Arena *arena)
{
    *run = (Run){.form = form, .settings = settings, .arena = arena};
    run->empty_plan = run_demands_nothing(form);
    bool all = form->pairs->count < (size_t)settings->sift_from;
    return sifting_open(form, all, arena, &run->sifting, &run->backend);
}

void run_close(Run *run)
{
    backend_close(run->backend);
    run->backend = NULL;
}

void run_fix_closed(Backend *backend, const Formulation *form, const double *whole)
{
    for (int k = 0; k < form->switch_count; k++)
        for (int i = 0; whole[form->switches[k].column] < 0.5 && i < form->switches[k].count; i++)
            backend_bound_column(backend, form->switches[k].pairs[i], 0, 0);
    for (size_t n = 0; n < form->round->need_count; n++) {
        bool closed = form->served_column[n] >= 0 && whole[form->served_column[n]] < 0.5;
        for (size_t p = form->pairs->first[n]; closed && p < form->pairs->first[n + 1]; p++)
            backend_bound_column(backend, (int)p, 0, 0);
    }
}

/** Is the bound one that can be read off: nothing costs less than nothing, no share is above the top? */
static bool is_plain(const Formulation *form, const Stage *stage, double bound)
{
    if (stage->kind == STAGE_FAIRNESS)
        return bound >= form->lp.upper[stage->level_column];
    for (size_t k = 0; k < stage->count; k++)
        if (stage->costs[k] < 0 || form->lp.lower[stage->columns[k]] < 0)
            return false;
    return bound <= stage->constant;
}

Status run_note(Run *run, size_t stage, int rank, double bound, StageStatus status)
{
    progress_tell(run->settings->progress, N_("decided:"), run->form->stages[stage].label);
    if (run->form->stages[stage].kind == STAGE_CANONICAL)
        return STATUS_OK;
    if (run->bound_count == run->bound_room) {
        size_t room = run->bound_room * 2 + 64;
        run->bounds =
            arena_grow(run->arena, run->bounds, run->bound_count, room, sizeof *run->bounds);
        TRY_NEW(run->bounds);
        run->bound_room = room;
    }
    run->bounds[run->bound_count++] = (StageBound){
        .stage = stage,
        .rank = rank,
        .bound = bound,
        .status = status,
        .proven = is_plain(run->form, &run->form->stages[stage], bound),
    };
    return STATUS_OK;
}

Status run_note_proven(Run *run, size_t index, int rank, double value)
{
    const Stage *stage = &run->form->stages[index];
    bool maximise = stage->kind == STAGE_FAIRNESS;
    double least = maximise ? -value : value, bound = least, proven = -INFINITY;
    if (stage->kind == STAGE_CANONICAL)
        return STATUS_OK;
    if (!maximise && stage->count == 0)
        proven = stage->constant; /* every plan's value */
    else if (run->proof != NULL)
        proven = stage_proof_bound(run->proof, maximise ? 0 : stage->constant);
    if (isfinite(proven) && !run_is_within_gap(least, proven, PROVEN_WITHIN))
        bound = proven;
    TRY(run_note(run, index, rank, maximise ? -bound : bound, STAGE_OPTIMAL));
    StageBound *noted = &run->bounds[run->bound_count - 1];
    noted->proven = noted->proven || isfinite(proven);
    return STATUS_OK;
}

Status run_note_left(Run *run, size_t index, double known)
{
    const Stage *stage = &run->form->stages[index];
    if (stage->kind == STAGE_FAIRNESS)
        return run_note(run, index, 1, run->form->lp.upper[stage->level_column], STAGE_PARTIAL);
    if (stage->kind == STAGE_CANONICAL)
        return STATUS_OK;
    double bound = isfinite(known) ? known : formulation_trivial_bound(run->form, stage);
    TRY(run_note(run, index, 0, bound, STAGE_LIMIT));
    run_note_exact(run, known);
    return STATUS_OK;
}

void run_note_reached(Run *run, double reached)
{
    StageBound *noted = &run->bounds[run->bound_count - 1];
    noted->has_reached = true;
    noted->reached = reached;
}

void run_note_exact(Run *run, double exact)
{
    StageBound *noted = &run->bounds[run->bound_count - 1];
    bool maximise = run->form->stages[noted->stage].kind == STAGE_FAIRNESS;
    double bound = maximise ? -noted->bound : noted->bound, least = maximise ? -exact : exact;
    noted->has_exact = isfinite(exact);
    noted->exact = exact;
    noted->proven =
        noted->proven || (noted->has_exact && run_is_within_gap(bound, least, PROVEN_WITHIN));
}

bool run_is_within_gap(double value, double bound, double gap_rel)
{
    double size = fmax(fmax(fabs(value), fabs(bound)), 1.0);
    return value - bound <= gap_rel * size;
}

bool run_is_attained(const Formulation *form, const Stage *stage, double value, double bound)
{
    return run_is_within_gap(value, bound, PROVEN_WITHIN) ||
           formulation_decides(form, stage, value, bound);
}

double run_stage_value(const Run *run, const Stage *stage)
{
    double value = stage->constant;
    for (size_t k = 0; k < stage->count; k++)
        value += stage->costs[k] * backend_value(run->backend, stage->columns[k]);
    return value;
}

void run_objective(Run *run, size_t count, const int *columns, const double *costs)
{
    if (run->sifting != NULL)
        sifting_objective(run->sifting, count, columns, costs);
    else
        backend_objective(run->backend, count, columns, costs);
}

BackendOutcome run_solve(Run *run)
{
    if (run->sifting != NULL)
        return sifting_solve(run->sifting);
    if (run->settling && !run->solved && !run->settings->cautious)
        backend_presolve(run->backend);
    else if (run->settling)
        backend_approach(run->backend, false);
    return backend_solve(run->backend);
}

void run_freeze(Run *run)
{
    int columns = backend_column_count(run->backend), rows = backend_row_count(run->backend);
    for (int j = 0; j < columns; j++)
        if (fabs(backend_reduced_cost(run->backend, j)) > RUN_ZERO_COST)
            backend_fix_column(run->backend, j);
    for (int i = 0; i < rows; i++)
        if (fabs(backend_row_dual(run->backend, i)) > RUN_ZERO_COST)
            backend_fix_row(run->backend, i);
    if (run->sifting != NULL)
        sifting_freeze(run->sifting, RUN_ZERO_COST);
}
