/* Solving as a table of contents: the linear stages; where whole columns came out broken, the stages
 * over whole columns, and then the linear stages once more with those columns fixed, so that what
 * is continuous ends at exact vertices.
 */
#include "allot/solve.h"
#include "allot/language.h"

#include <string.h>

#include "solver/deadline.h"
#include "solver/floor_relaxed.h"
#include "solver/floor_sums.h"
#include "solver/glpk_guard.h"
#include "solver/run.h"

/* See SolveSettings.alone_from: at so many columns GLPK takes about a second for a relaxation. */
enum { ALONE_FROM = 15000 };

SolveSettings solve_settings_of(const Round *round)
{
    SolveSettings settings = {.gap_rel = decimal_to_double(round->settings.gap),
                              .nodes = round->settings.nodes,
                              .alone_from = ALONE_FROM,
                              .deadline = 0,
                              .sift_from = round->settings.plain_engine ? -1 : SOLVE_SIFT_FROM};
    return settings;
}

double solve_deadline_in(double seconds)
{
    return deadline_in(seconds);
}

bool solve_is_late(const SolveSettings *settings)
{
    return deadline_is_past(settings->deadline);
}

bool solve_demands(const Formulation *form)
{
    return !run_demands_nothing(form);
}

const char *solve_library_version(void)
{
    return backend_library_version();
}

const char *solve_outcome_text(SolveOutcome outcome)
{
    switch (outcome) {
    case SOLVE_OPTIMAL: return N_("optimal");
    case SOLVE_WITHIN_GAP: return N_("within gap");
    case SOLVE_LIMITED: return N_("limit");
    case SOLVE_NO_PLAN_YET: return N_("no plan yet");
    case SOLVE_INFEASIBLE: return N_("no plan");
    case SOLVE_FAILED: return N_("failed");
    }
    return "";
}

typedef struct Job {
    const Formulation *form;
    const SolveSettings *settings;
    Arena *arena;
    SolveResult *result;
    double *x;
    Status status;
} Job;

static SolveOutcome outcome_of(BackendOutcome outcome, const StageBound *bounds, size_t count)
{
    SolveOutcome worst = SOLVE_OPTIMAL;
    switch (outcome) {
    case BACKEND_OPTIMAL: break;
    case BACKEND_INFEASIBLE: return SOLVE_INFEASIBLE;
    case BACKEND_LIMIT: return SOLVE_NO_PLAN_YET;
    case BACKEND_WITHIN_GAP:
    case BACKEND_UNBOUNDED:
    case BACKEND_FAILED: return SOLVE_FAILED;
    }
    for (size_t i = 0; i < count; i++) {
        if (bounds[i].status == STAGE_WITHIN_GAP && worst == SOLVE_OPTIMAL)
            worst = SOLVE_WITHIN_GAP;
        if (bounds[i].status >= STAGE_LIMIT)
            worst = SOLVE_LIMITED;
    }
    return worst;
}

static void keep_counts(Job *job, Run *run)
{
    job->result->iterations += backend_iterations(run->backend);
    job->result->nodes += backend_nodes(run->backend);
}

static void keep_bounds(Job *job, const Run *run, BackendOutcome outcome)
{
    job->result->fault = NULL;
    job->result->bounds = run->bounds;
    job->result->bound_count = run->bound_count;
    job->result->outcome = outcome_of(outcome, run->bounds, run->bound_count);
    if (outcome == BACKEND_UNBOUNDED)
        job->result->fault = "a stage is unbounded: the formulation is wrong";
    else if (outcome == BACKEND_FAILED)
        job->result->fault = "the solver stopped without an answer";
}

static bool is_whole(const Job *job)
{
    for (int j = 0; j < job->form->lp.column_count; j++)
        if (!run_is_whole(&job->form->lp, j, job->x[j]))
            return false;
    return true;
}

static void keep_point(Job *job, const Run *run)
{
    for (int j = 0; j < job->form->lp.column_count; j++)
        job->x[j] = run->kept != NULL ? run->kept[j] : backend_value(run->backend, j);
}

/** Has time left stages as a point has them that breaks what is whole? */
static bool is_left_broken(const Job *job)
{
    return solve_is_late(job->settings) && job->form->whole && !is_whole(job);
}

/** The time is up before a linear stage is decided: a plan in whole steps, met greedily, is the answer; where
 *  none is found so, there is none yet. */
static Status answer_greedily(Job *job, Run *run, BackendOutcome *outcome)
{
    RuinPlan plan;
    TRY(ruin_unbounded(job->form, job->settings, job->arena, &plan));
    run->bound_count = 0;
    *outcome = plan.found ? BACKEND_OPTIMAL : BACKEND_LIMIT;
    for (size_t s = 0; plan.found && s < job->form->stage_count; s++)
        TRY(run_note_left(run, s, -INFINITY));
    if (plan.found)
        memcpy(job->x, plan.x, (size_t)job->form->lp.column_count * sizeof *job->x);
    return STATUS_OK;
}

/** @p plain: every column from the start. @p lost: stopped where exact arithmetic would have gone on. */
static Status solve_linear(Job *job, bool plain, bool *lost)
{
    Run run;
    BackendOutcome outcome;
    if (plain)
        TRY(run_open(&run, job->form, job->settings, job->arena));
    else
        TRY(run_open_linear(&run, job->form, job->settings, job->arena));
    TRY(stage_proof_open(&job->form->lp, job->arena, &run.proof));
    run.deadline = job->settings->deadline;
    TRY(run_linear(&run, &outcome));
    if (outcome == BACKEND_OPTIMAL)
        keep_point(job, &run);
    if (outcome == BACKEND_LIMIT || (outcome == BACKEND_OPTIMAL && is_left_broken(job)))
        TRY(answer_greedily(job, &run, &outcome));
    keep_counts(job, &run);
    keep_bounds(job, &run, outcome);
    *lost =
        outcome != BACKEND_LIMIT && outcome != BACKEND_OPTIMAL && (run.solved || run.empty_plan);
    run_close(&run);
    return STATUS_OK;
}

/** With every whole column fixed where the search left it, decides the stages once more in the live
 *  program: all levels reached stay, so that the bounds stay true, and what is continuous moves to
 *  exact vertices, in canonical order. */
static Status settle_continuous(Job *job, Run *run, const double *whole)
{
    const Lp *lp = &job->form->lp;
    BackendOutcome outcome;
    Run again = *run;
    again.bounds = NULL;
    again.bound_count = again.bound_room = 0;
    for (int j = 0; j < lp->column_count; j++)
        if (lp->integer[j])
            backend_bound_column(run->backend, j, round(whole[j]), round(whole[j]));
    run_fix_closed(run->backend, job->form, whole);
    again.solved = false;
    again.settling = true;
    backend_until(run->backend, job->settings->deadline);
    TRY(run_linear(&again, &outcome));
    backend_until(run->backend, 0);
    if (outcome == BACKEND_OPTIMAL)
        keep_point(job, &again);
    else /* noise stands in the way: the point found will do */
        memcpy(job->x, whole, (size_t)lp->column_count * sizeof *whole);
    return STATUS_OK;
}

/** The search's plan as the answer: its tiers are bounded by the class network, the stages behind them
 *  stand as the plan leaves them. */
static Status keep_search(Job *job, const RuinPlan *begun)
{
    const Formulation *form = job->form;
    Run run = {.form = form, .settings = job->settings, .arena = job->arena};
    for (size_t s = 0; s < form->stage_count; s++) {
        const Stage *stage = &form->stages[s];
        const RuinBound *known = &begun->bounds[s];
        if (stage->kind == STAGE_FAIRNESS) {
            TRY(run_note(&run, s, 1, form->lp.upper[stage->level_column], STAGE_PARTIAL));
        } else if (known->known &&
                   run_is_within_gap(known->value, known->bound, job->settings->gap_rel)) {
            bool attained = run_is_attained(form, stage, known->value, known->bound);
            TRY(run_note(&run, s, 0, known->bound, attained ? STAGE_OPTIMAL : STAGE_WITHIN_GAP));
        } else {
            double bound = known->known ? known->bound : formulation_trivial_bound(form, stage);
            TRY(run_note(&run, s, 0, bound, STAGE_LIMIT));
        }
    }
    memcpy(job->x, begun->x, (size_t)form->lp.column_count * sizeof *job->x);
    keep_bounds(job, &run, BACKEND_OPTIMAL);
    return STATUS_OK;
}

/** Would a solve of the relaxation take longer than all of the search in whole steps? */
static bool is_large(const Job *job)
{
    return job->settings->alone_from > 0 && job->form->lp.column_count >= job->settings->alone_from;
}

/** The search in whole steps before any program. Where something is demanded, programs tell better how that is
 *  met, and come first; but in large ones the time that somebody gave may be over before the first of them is
 *  solved. Then there is to be a plan by then, whatever the round demands, bounded or not. */
static Status search_first(Job *job, RuinPlan *begun)
{
    const Formulation *form = job->form;
    bool hurries = job->settings->deadline > 0 && is_large(job);
    if (!form->has_switches || form->round->settings.plain_engine)
        return STATUS_OK;
    if (hurries || run_demands_nothing(form))
        TRY(ruin_stages(form, job->settings, job->arena, begun));
    if (hurries && !begun->found)
        TRY(ruin_unbounded(form, job->settings, job->arena, begun));
    return STATUS_OK;
}

/** Is the search's plan the answer, with its bounds as they are? In large programs, where it was searched for
 *  as long as without a demand; and whatever there is when the time is up. */
static bool search_answers(const Job *job, const RuinPlan *begun)
{
    bool is_done = begun->classes != NULL && run_demands_nothing(job->form);
    return begun->found && is_large(job) && (is_done || solve_is_late(job->settings));
}

static Status solve_whole(Job *job)
{
    Run run;
    BackendOutcome outcome;
    double *whole = ARENA_NEW(job->arena, (size_t)job->form->lp.column_count, double);
    RuinPlan begun = {.found = false};
    bool refuted;
    TRY_NEW(whole);
    TRY(floor_sums_refute(job->form, job->arena, &refuted));
    if (!refuted)
        TRY(search_first(job, &begun));
    if (!refuted && !begun.found)
        TRY(floor_relaxed_refute(job->form, job->arena, &refuted));
    if (refuted) {
        job->result->outcome = SOLVE_INFEASIBLE;
        return STATUS_OK;
    }
    if (search_answers(job, &begun))
        return keep_search(job, &begun);
    TRY(run_open(&run, job->form, job->settings, job->arena));
    TRY(run_whole(&run, &begun, whole, &outcome));
    keep_bounds(job, &run, outcome);
    job->result->search_x = outcome == BACKEND_OPTIMAL ? whole : NULL;
    job->result->ruin_x = begun.found ? begun.x : NULL;
    if (outcome == BACKEND_OPTIMAL && !solve_is_late(job->settings))
        TRY(settle_continuous(job, &run, whole));
    else if (outcome == BACKEND_OPTIMAL)
        memcpy(job->x, whole, (size_t)job->form->lp.column_count * sizeof *whole);
    keep_counts(job, &run);
    run_close(&run);
    return STATUS_OK;
}

/** The linear stages answer for most rounds. Where whole columns come out broken, or where a stage
 *  is lost to the noise of amounts too far apart, the run over whole columns decides, which always
 *  holds a point. Only a first solve that finds nothing is an answer: no plan can exist. */
static Status solve_all(Job *job)
{
    bool lost;
    if (job->form->has_switches)
        return solve_whole(job); /* hardly ever whole by itself */
    bool plain = job->form->whole || job->settings->sift_from < 0;
    TRY(solve_linear(job, plain, &lost));
    if (lost && !plain) /* from another basis the noise may lie elsewhere */
        TRY(solve_linear(job, true, &lost));
    bool broken = job->result->outcome == SOLVE_OPTIMAL && job->form->whole && !is_whole(job);
    return lost || broken ? solve_whole(job) : STATUS_OK;
}

static void guarded(void *context)
{
    Job *job = context;
    job->status = solve_all(job);
}

/** After a fault of the library once more, without what GLPK 5.0 is known to fail in. */
static bool run_guarded(Job *job, GuardFault *fault)
{
    if (glpk_guard_run(guarded, job, fault))
        return true;
    SolveSettings settings = *job->settings;
    settings.cautious = true;
    *job->result = (SolveResult){.x = job->x};
    job->settings = &settings;
    return glpk_guard_run(guarded, job, fault);
}

Status solve_stages(const Formulation *form, const SolveSettings *settings, Arena *arena,
                    SolveResult *result)
{
    GuardFault fault;
    Job job = {.form = form, .settings = settings, .arena = arena, .result = result};
    memset(result, 0, sizeof *result);
    job.x = ARENA_NEW(arena, (size_t)form->lp.column_count, double);
    TRY_NEW(job.x);
    result->x = job.x;
    if (!run_guarded(&job, &fault)) {
        result->outcome = SOLVE_FAILED;
        result->fault = arena_printf(arena, "%s", fault.text);
        return STATUS_SOLVER_FAULT;
    }
    TRY(job.status);
    return result->outcome == SOLVE_FAILED ? STATUS_SOLVER_FAULT : STATUS_OK;
}
