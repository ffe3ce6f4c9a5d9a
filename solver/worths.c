/* Worths: the value of a step as a function of one quantity, every step below it held.
 *
 * The function falls, convex and piecewise linear. Every solve gives a point of it and a line below it
 * (its dual is some slope there). A line from the far end of the range that runs through today's value
 * is the function between the two; else the far line and one through today's value meet nearer, and
 * the next solve is there (Geoffrion and Nauss, Parametric and postoptimality analysis in integer
 * linear programming, 1977, for the one dimension). Each round leaves one piece behind.
 *
 * Where no dual hangs on a quantity, more of it is worth nothing. Where the plan can do with less,
 * less costs nothing down to the least that the steps held need, which one solve finds.
 */
#include "allot/worths.h"

#include <math.h>

#include "allot/solve.h"
#include "solver/glpk_guard.h"
#include "solver/ladder.h"
#include "solver/worth_curve.h"

/* A dual below this, in the scaled program, carries nothing. */
static const double CARRIES = 1e-9;

/* Work, as Ladder counts it; and of what flows have left open, of a round that took a moment. */
static const double WORK = 1.2e9, WORK_REST = 3e7;

/* Quantities nearer than this, relative, are one. */
static const double NEAR = 1e-9;

/* What is held is held with some slack; a whole unit as near as this, relative, is meant; of money, a
 * smallest part as near. */
static const double NEAR_UNIT = 1e-6, NEAR_PART = 1e-9, PART = 1e-2;

/* A slope as near as this, relative, to one of so few places is that one. */
static const double NEAR_SLOPE = 1e-9, SLOPE_PLACES = 1e6;

typedef struct WorthJob {
    const Formulation *form;
    const Plan *plan;
    const SolveSettings *settings;
    Arena *arena;
    Lifts *lifts;
    Ladder ladder;
    const Worths *known; /* or NULL */
    Worths *out;
    int *step_of; /* [steps] the ladder's number of each */
    Worth *worths;
    int row; /* of the quantity asked about, */
    double lower, today;
    double scale; /* smallest parts in 1.0 of the row */
    bool money;
    Status status;
} WorthJob;

/* ---- the function --------------------------------------------------------------------------- */

static void set_quantity(WorthJob *job, double quantity)
{
    backend_bound_row(job->ladder.held.backend, job->row, fmin(job->lower, quantity), quantity);
}

/** The step's value at this quantity. @return false when steps below cannot be held with it. */
static bool value_at(WorthJob *job, int step, double quantity, WorthLine *line)
{
    set_quantity(job, quantity);
    if (!ladder_solve(&job->ladder, step, false))
        return false;
    *line = (WorthLine){quantity, ladder_value(&job->ladder, step),
                        backend_frozen_dual(job->ladder.held.backend, job->row, CARRIES)};
    return true;
}

/** What worth_curve_trace() asks of one step. */
typedef struct Asked {
    WorthJob *job;
    int step;
} Asked;

static bool curve_value(void *context, double quantity, WorthLine *line)
{
    const Asked *asked = context;
    return value_at(asked->job, asked->step, quantity, line);
}

static bool trace(WorthJob *job, int step, const WorthLine *today, double far, double *slope,
                  double *end)
{
    Asked asked = {job, step};
    WorthCurve curve = {&asked, curve_value, ladder_noise(&job->ladder, step)};
    return worth_curve_trace(&curve, today, far, slope, end);
}

/* ---- sides ---------------------------------------------------------------------------------- */

/** All that could be drawn: what every pair of the row's could take. */
static double most_drawn(const WorthJob *job)
{
    const Lp *lp = &job->form->lp;
    double most = 0;
    for (size_t e = lp->row_first[job->row]; e < lp->row_first[job->row + 1]; e++)
        most += fmax(0, lp->element[e]) * fmax(0, lp->upper[lp->element_column[e]]);
    return most;
}

/** The last smallest part, of things the last whole one, towards @p quantity at which what holds today
 *  still holds. */
static int64_t in_parts(const WorthJob *job, double quantity)
{
    double step = job->money ? 1 : job->scale, near = job->money ? NEAR_PART : NEAR_UNIT;
    bool more = quantity > job->today;
    double steps = quantity * job->scale / step, today = job->today * job->scale;
    if (fabs(steps - round(steps)) <= fmax(job->money ? PART : NEAR_UNIT, near * fabs(steps)))
        return llround(round(steps) * step);
    double end = (more ? floor(steps) : ceil(steps)) * step;
    return llround(more ? fmax(end, today) : fmin(end, today));
}

/** What a slope is, without what the solver's digits add. */
static double clean(double slope)
{
    double near = round(slope * SLOPE_PLACES) / SLOPE_PLACES;
    return fabs(slope - near) <= NEAR_SLOPE * fmax(1.0, slope) ? near : slope;
}

static WorthSide one_more(WorthJob *job, int step, const WorthLine *today)
{
    WorthSide side = {.known = true, .endless = true};
    double most = most_drawn(job), end, slope;
    if (today->slope == 0 || most <= job->today)
        return side;
    side.known = trace(job, step, today, most, &slope, &end);
    set_quantity(job, job->today);
    bool nothing = side.known && -slope * (end - job->today) <= ladder_noise(&job->ladder, step);
    if (!side.known || nothing)
        return side;
    side.slope = clean(-slope);
    side.endless = end >= most * (1 - NEAR);
    side.until = in_parts(job, end);
    return side;
}

/** The least of it that the steps below @p step need. */
static bool least_needed(WorthJob *job, int step, double *least)
{
    const Lp *lp = &job->form->lp;
    size_t first = lp->row_first[job->row];
    set_quantity(job, job->today);
    ladder_hold(&job->ladder, step);
    if (!ladder_minimise(&job->ladder, lp->row_first[job->row + 1] - first,
                         lp->element_column + first, lp->element + first))
        return false;
    *least = fmax(0, backend_row_value(job->ladder.held.backend, job->row));
    return true;
}

/** All of it; of nothing there is no less. */
static bool is_today(const WorthJob *job, double quantity)
{
    return job->today > 0 && quantity >= job->today - fmax(0.5 / job->scale, 1e-7 * job->today);
}

/** @p needed: the least that the steps below need; @p enough: the least that keeps this one too. */
static WorthSide one_less(WorthJob *job, int step, const WorthLine *today, double needed,
                          double enough)
{
    WorthSide side = {.known = true, .until = in_parts(job, enough)};
    double end, slope, from = needed + 1e-7 * fmax(1.0, needed);
    side.needed = is_today(job, needed);
    if (side.needed || !is_today(job, enough))
        return side;
    side.known = trace(job, step, today, fmin(from, job->today), &slope, &end);
    set_quantity(job, job->today);
    if (!side.known)
        return side;
    bool nothing = -slope * (job->today - end) <= ladder_noise(&job->ladder, step);
    side.slope = nothing ? 0 : clean(-slope);
    side.until = in_parts(job, end == from ? needed : end);
    return side;
}

/** Takes over what is known. @return whether that is all of it. *needed: what the step leaves needed. */
static bool take_known(const WorthJob *job, Worth *worth, double *needed)
{
    size_t index = (size_t)(worth - job->worths);
    if (job->known == NULL || !job->known->worths[index].more.known ||
        !job->known->worths[index].less.known)
        return false;
    *worth = job->known->worths[index];
    bool free = !worth->less.needed && worth->less.slope == 0;
    *needed = free ? (double)worth->less.until / job->scale : job->today;
    return true;
}

/** The same where nothing is said of less because what is agreed, and not a step, needs some of it: once that is
 *  known. */
static WorthSide one_less_of_rest(WorthJob *job, int step, const WorthLine *today, double *needed,
                                  double enough)
{
    WorthSide side = one_less(job, step, today, *needed, enough);
    if (side.known || !least_needed(job, step, needed))
        return side;
    side = one_less(job, step, today, *needed, enough);
    side.agreed = side.needed && step == 0;
    return side;
}

/** All steps of one quantity. */
static void ask(WorthJob *job, int lift)
{
    Ladder *ladder = &job->ladder;
    double needed = 0, enough = 0;
    bool agreed = false;
    for (size_t s = 0; s < job->out->step_count; s++) {
        Worth *worth = &job->worths[job->out->count++];
        int step = job->step_of[s];
        WorthLine today;
        *worth = (Worth){.lift = lift, .step = (int)s};
        if (take_known(job, worth, &needed))
            continue;
        if (ladder->work <= 0 || solve_is_late(job->settings))
            continue;
        set_quantity(job, job->today);
        if (!ladder_solve(ladder, step, true))
            continue;
        today = (WorthLine){job->today, ladder_value(ladder, step),
                            backend_frozen_dual(ladder->held.backend, job->row, CARRIES)};
        worth->more = one_more(job, step, &today);
        bool shares = step > 0 && ladder->steps[step - 1].shares; /* held since */
        if (shares && !is_today(job, needed) && !least_needed(job, step, &needed))
            continue;
        enough = job->today;
        if (!is_today(job, needed) && !least_needed(job, step + 1, &enough))
            continue;
        worth->less = one_less_of_rest(job, step, &today, &needed, enough);
        agreed = worth->less.agreed = agreed || worth->less.agreed;
        needed = fmax(needed, enough);
    }
    set_quantity(job, job->today);
}

/* ---- all ------------------------------------------------------------------------------------ */

static Status list_steps(WorthJob *job)
{
    TRY(ladder_solved_steps(&job->ladder, job->arena, &job->step_of, &job->out->steps,
                            &job->out->step_count));
    job->worths = ARENA_NEW(job->arena, job->lifts->count * job->out->step_count, Worth);
    job->out->worths = job->worths;
    TRY_NEW(job->worths);
    return STATUS_OK;
}

static Status find_all(WorthJob *job)
{
    TRY(list_steps(job));
    for (size_t k = 0; k < job->lifts->count; k++) {
        const Lift *lift = &job->lifts->lifts[k];
        if (lift->kind != LIFT_QUANTITY && lift->kind != LIFT_BUDGET)
            continue;
        const Rule *rule = lift_rule(job->lifts, lift);
        job->row = job->form->rule_row[lift->index];
        job->lower = job->form->lp.row_lower[job->row];
        job->today = job->form->lp.row_upper[job->row];
        job->scale = (double)unit_scale(rule->unit);
        job->money = rule->unit.is_money;
        ask(job, (int)k);
    }
    return STATUS_OK;
}

static void guarded(void *context)
{
    WorthJob *job = context;
    job->status = ladder_open(job->lifts, job->plan, job->settings, false,
                              job->known == NULL ? WORK : WORK_REST, job->arena, &job->ladder);
    if (job->status != STATUS_OK)
        return;
    if (job->ladder.sound)
        job->status = find_all(job);
    ladder_close(&job->ladder);
}

static bool is_complete(const Worths *known)
{
    for (size_t i = 0; known != NULL && i < known->count; i++)
        if (!known->worths[i].more.known || !known->worths[i].less.known)
            return false;
    return known != NULL;
}

Status solve_worths(const Formulation *loose, const Plan *plan, const SolveSettings *settings,
                    const Worths *known, Arena *arena, const Worths **out)
{
    GuardFault fault;
    Worths *worths = ARENA_NEW(arena, 1, Worths);
    Lifts *lifts = ARENA_NEW(arena, 1, Lifts);
    WorthJob job = {
        .form = loose, .plan = plan, .settings = settings, .known = known, .arena = arena};
    *out = known;
    if (is_complete(known))
        return STATUS_OK;
    TRY_NEW(worths);
    TRY_NEW(lifts);
    TRY(lifts_build(loose, arena, lifts));
    *worths = (Worths){.lifts = lifts, .whole = loose->whole};
    job.lifts = lifts;
    job.out = worths;
    if (!glpk_guard_run(guarded, &job, &fault))
        return STATUS_SOLVER_FAULT;
    if (job.status == STATUS_OK && job.ladder.sound)
        *out = worths;
    return job.status;
}
