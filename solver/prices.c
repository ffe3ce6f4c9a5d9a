/* Prices: every thing that the duals of some step cannot clear is lifted, and the ladder climbed again.
 *
 * Where no dual hangs on what a thing bounds, the same duals prove that the step gains nothing without
 * it (weak duality); where one does, it says how much at most. So a step costs one solve for all
 * things, and only what carries a price is solved again, from the step's own basis. What may gain most
 * in the first tiers comes first, so that a budget of work that ends leaves out the least.
 */
#include "allot/prices.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "allot/solve.h"
#include "solver/glpk_guard.h"
#include "solver/ladder.h"
#include "solver/price_list.h"

/* A dual below this, in the scaled program, carries nothing. */
static const double CARRIES = 1e-9;

/* Work, as Ladder counts it, of all; of the things that move no relaxation; of one search; and its
 * nodes. */
static const double WORK = 1.2e9, UNMOVED_WORK = 3e7, SEARCH_WORK = 5e7;
enum { NODES = 200 };

/* A search takes a switch for whole that is off by 1e-5, and lets through what hangs on it. */
static const double WHOLE_NOISE = 2e-5;

/** A thing that may have a price. */
typedef struct Candidate {
    int lift;
    int first;    /* the first step that may gain, and */
    double bound; /* how much its relaxation, at most; 0: no step's does */
} Candidate;

typedef struct PriceJob {
    const Formulation *form;
    const Plan *plan;
    const SolveSettings *settings;
    Arena *arena;
    Lifts *lifts;
    Ladder ladder;
    Prices *out;
    int *step_of;          /* [steps] the ladder's number of each */
    double *bound;         /* [step * lifts->count + lift] what lifting can gain at most */
    bool *lifted;          /* [lifts->count] scratch, all false between calls */
    Candidate *candidates; /* [candidate_count] */
    size_t candidate_count;
    Price *prices;
    double *point; /* [columns] of the last solve or search that gained */
    bool has_point;
    double unmoved_work; /* left */
    Status status;
} PriceJob;

/* ---- screening ------------------------------------------------------------------------------ */

/** Dual of a target in the units of the costs given; 0 where it carries nothing. */
static double dual_of(const PriceJob *job, int target)
{
    const Backend *backend = job->ladder.held.backend;
    const Lp *lp = &job->form->lp;
    if (target >= lp->column_count)
        return backend_frozen_dual(backend, target - lp->column_count, CARRIES);
    double dual = backend_reduced_cost(backend, target);
    return fabs(dual) <= CARRIES ? 0
                                 : dual / lp->column_scale[target] / backend_cost_scale(backend);
}

/** By how much the objective can fall at most when the thing alone is lifted: what its duals say of
 *  every bound that moves, never more than @p all. */
static double fall_without(PriceJob *job, size_t lift, double all)
{
    const Lift *thing = &job->lifts->lifts[lift];
    double fall = 0;
    job->lifted[lift] = true;
    for (size_t k = 0; k < thing->bound_count && fall < all; k++) {
        int target = thing->bounds[k].target;
        double lower, upper, free_lower, free_upper, dual = dual_of(job, target);
        if (dual == 0)
            continue;
        lifts_bounds(job->lifts, NULL, target, &lower, &upper);
        lifts_bounds(job->lifts, job->lifted, target, &free_lower, &free_upper);
        double room = dual < 0 ? free_upper - upper : lower - free_lower;
        if (room > 0)
            fall += fabs(dual) * room;
    }
    job->lifted[lift] = false;
    return fmin(fall, all);
}

/** Quantities and budgets are worths.h's. */
static bool is_asked(const Lift *lift)
{
    return lift->kind != LIFT_QUANTITY && lift->kind != LIFT_BUDGET;
}

static void screen_step(PriceJob *job, size_t s)
{
    Ladder *ladder = &job->ladder;
    const Stage *stage = &job->form->stages[ladder->steps[job->step_of[s]].stage];
    double least = formulation_trivial_bound(job->form, stage) - stage->constant;
    if (!ladder_solve(ladder, job->step_of[s], true))
        return;
    double all = fmax(0, ladder->steps[job->step_of[s]].best - least);
    for (size_t k = 0; k < job->lifts->count; k++)
        if (is_asked(&job->lifts->lifts[k]))
            job->bound[s * job->lifts->count + k] = fall_without(job, k, all);
}

static double bound_of(const PriceJob *job, size_t step, int lift)
{
    return job->bound[step * job->lifts->count + (size_t)lift];
}

/** Is the plan's step above its relaxation? Then whole things may gain where that does not. */
static bool is_open(const PriceJob *job, size_t s)
{
    const LadderStep *step = &job->ladder.steps[job->step_of[s]];
    return job->form->whole &&
           step->plan - step->best > ladder_noise(&job->ladder, job->step_of[s]);
}

static int by_bound(const void *a, const void *b)
{
    const Candidate *x = a, *y = b;
    int order = (x->bound <= 0) - (y->bound <= 0);
    order = order != 0 ? order : (x->first > y->first) - (x->first < y->first);
    order = order != 0 ? order : (x->bound < y->bound) - (x->bound > y->bound);
    return order != 0 ? order : (x->lift > y->lift) - (x->lift < y->lift);
}

static void list_candidates(PriceJob *job)
{
    for (size_t s = 0; s < job->out->step_count; s++)
        screen_step(job, s);
    for (size_t k = 0; k < job->lifts->count; k++) {
        Candidate candidate = {.lift = (int)k, .first = -1};
        for (size_t s = 0; s < job->out->step_count && candidate.bound <= 0; s++) {
            double bound = bound_of(job, s, (int)k);
            bool moves = bound > ladder_noise(&job->ladder, job->step_of[s]);
            bool may = is_asked(&job->lifts->lifts[k]) && is_open(job, s);
            if (moves || (may && candidate.first < 0))
                candidate.first = (int)s;
            if (moves)
                candidate.bound = bound;
        }
        if (candidate.first >= 0)
            job->candidates[job->candidate_count++] = candidate;
    }
    if (job->candidate_count > 0)
        qsort(job->candidates, job->candidate_count, sizeof *job->candidates, by_bound);
}

/* ---- climbing again ------------------------------------------------------------------------- */

/** Takes the last solve's, or the last search's, point. */
static void keep_point(PriceJob *job, bool whole)
{
    const Backend *backend = job->ladder.held.backend;
    for (int j = 0; j < job->form->lp.column_count; j++)
        job->point[j] = whole ? backend_whole_value(backend, j) : backend_value(backend, j);
    job->has_point = true;
}

static double value_at(const Stage *stage, const double *x)
{
    double value = 0;
    for (size_t k = 0; k < stage->count; k++)
        value += stage->costs[k] * x[stage->columns[k]];
    return value;
}

/** Looks for whole things that are better than the point at hand, which keeps everything held. *bound:
 *  no plan is better, as far as is known. */
static void search_step(PriceJob *job, int step, double *value, double *bound)
{
    Ladder *ladder = &job->ladder;
    Backend *backend = ladder->held.backend;
    const Stage *stage = &job->form->stages[ladder->steps[step].stage];
    BackendSearch limits = {
        .nodes = NODES, .work = fmin(SEARCH_WORK, ladder->work), .start = job->point};
    double now = 0, proven, before = backend_work(backend);
    bool found = false;
    *value = value_at(stage, job->point);
    if (ladder->work <= 0)
        return;
    BackendOutcome outcome = backend_search(backend, &limits, &found, &proven);
    ladder->work -= backend_work(backend) - before;
    for (size_t k = 0; k < stage->count && found; k++)
        now += stage->costs[k] * backend_whole_value(backend, stage->columns[k]);
    if (found && now < *value - WHOLE_NOISE * fmax(1.0, fabs(*value))) {
        *value = now;
        keep_point(job, true);
    }
    if (outcome == BACKEND_OPTIMAL)
        *bound = fmin(*value, fmax(*bound, proven));
}

/** The step with the thing lifted; shares that cannot be kept any more are let go, those of the tier last
 *  decided first. */
static bool solve_step(PriceJob *job, int step, bool gained)
{
    Ladder *ladder = &job->ladder;
    bool solved = ladder_solve(ladder, step, !gained);
    for (int i = step - 1; i >= 0 && !solved; i--) {
        if (!ladder->steps[i].shares || isinf(ladder->now[i]))
            continue;
        ladder->now[i] = INFINITY;
        solved = ladder_solve(ladder, step, true);
    }
    return solved;
}

/** A step of whole things, whose relaxation without the thing comes to @p relaxed. Where that does not
 *  move, only what is found counts. */
static void climb_whole(PriceJob *job, size_t s, double relaxed, bool moves, PriceGain *gain)
{
    Ladder *ladder = &job->ladder;
    int step = job->step_of[s];
    double noise = ladder_noise(ladder, step), plan = ladder->steps[step].plan;
    double value = relaxed, bound = relaxed;
    gain->most = moves && fabs(plan - relaxed) > noise ? plan - relaxed : 0;
    if (!moves && !is_open(job, s))
        return;
    search_step(job, step, &value, &bound);
    gain->met = fabs(plan - value) > noise ? plan - value : 0;
    if (moves || gain->met != 0)
        gain->most = value - bound > noise ? plan - bound : gain->met;
    ladder->now[step] = value;
}

/** One step of one thing. *gained: it, or one before it, is better than with the thing. */
static bool climb(PriceJob *job, const Candidate *candidate, size_t s, Price *price, bool *gained)
{
    Ladder *ladder = &job->ladder;
    int step = job->step_of[s];
    double noise = ladder_noise(ladder, step);
    if (!*gained && bound_of(job, s, candidate->lift) <= noise && !is_open(job, s))
        return true;
    if (!solve_step(job, step, *gained))
        return false;
    double value = ladder_value(ladder, step), best = ladder->steps[step].best;
    PriceGain *gain = &price->gain[s];
    if (!job->form->whole) {
        keep_point(job, false);
        gain->met = gain->most = fabs(best - value) > noise ? best - value : 0;
        ladder->now[step] = value;
    } else {
        climb_whole(job, s, value, best - value > noise || *gained, gain);
    }
    if (price->first < 0 && gain->most > noise)
        price->first = (int)s;
    *gained = *gained || gain->met > noise;
    return true;
}

/* ---- what it comes to ----------------------------------------------------------------------- */

/** How much more the need has in the point, in whole steps. */
static int64_t more_of(const PriceJob *job, size_t need)
{
    int u = job->form->unmet_column[need];
    const Need *row = &job->form->round->needs[need];
    if (u < 0)
        return 0;
    double more = (job->ladder.held.x[u] - job->point[u]) * job->form->quantum[need];
    int64_t parts = llround(more);
    return parts - parts % row->step;
}

static Status tell_needs(PriceJob *job, Price *price)
{
    const Round *round = job->form->round;
    price->needs = ARENA_NEW(job->arena, round->need_count, PriceNeed);
    TRY_NEW(price->needs);
    for (size_t n = 0; n < round->need_count; n++) {
        int64_t more = more_of(job, n), value = 0;
        if (more > 0)
            price->needs[price->need_count++] = (PriceNeed){(int)n, more};
        if (more == 0 || !round->needs[n].has_value ||
            !ratio_apply(more, round->needs[n].value, ROUND_HALF_EVEN, &value))
            continue;
        price->value += value;
        for (size_t s = 0; s < job->out->step_count; s++)
            if (job->out->steps[s].tier == round->needs[n].tier && !job->out->steps[s].unvalued)
                price->gain[s].value += value;
    }
    return STATUS_OK;
}

/** What moves no relaxation has work of its own, so that it takes none from what does. */
static double lend_work(PriceJob *job, const Candidate *candidate)
{
    double kept = job->ladder.work;
    if (candidate->bound <= 0)
        job->ladder.work = fmin(kept, job->unmoved_work);
    return kept - job->ladder.work;
}

static Status climb_all(PriceJob *job, const Candidate *candidate, Price *price)
{
    bool gained = false;
    price->tried = job->ladder.work > 0;
    price->gain = ARENA_NEW(job->arena, job->out->step_count, PriceGain);
    TRY_NEW(price->gain);
    if (!price->tried) { /* the bounds of weak duality are all that is known */
        price->first = candidate->bound > 0 ? candidate->first : -1;
        price->gain[candidate->first].most = candidate->bound;
        return STATUS_OK;
    }
    ladder_reset(&job->ladder);
    memcpy(job->point, job->ladder.held.x, (size_t)job->form->lp.column_count * sizeof(double));
    job->has_point = false;
    held_lift(&job->ladder.held, (size_t)candidate->lift, true);
    for (size_t s = 0; s < job->out->step_count; s++)
        if (!climb(job, candidate, s, price, &gained))
            break;
    held_lift(&job->ladder.held, (size_t)candidate->lift, false);
    job->out->solved++;
    return gained && job->has_point ? tell_needs(job, price) : STATUS_OK;
}

static Status price_of(PriceJob *job, const Candidate *candidate, Price *price)
{
    double lent = lend_work(job, candidate), before = job->ladder.work;
    *price = (Price){.lift = candidate->lift, .first = -1};
    Status status = climb_all(job, candidate, price);
    if (candidate->bound <= 0)
        job->unmoved_work -= before - job->ladder.work;
    job->ladder.work += lent;
    return status;
}

/* ---- all ------------------------------------------------------------------------------------ */

static Status list_steps(PriceJob *job)
{
    TRY(ladder_solved_steps(&job->ladder, job->arena, &job->step_of, &job->out->steps,
                            &job->out->step_count));
    size_t lifts = job->lifts->count;
    job->bound = ARENA_NEW(job->arena, job->out->step_count * lifts, double);
    job->lifted = ARENA_NEW(job->arena, lifts, bool);
    job->candidates = ARENA_NEW(job->arena, lifts, Candidate);
    job->point = ARENA_NEW(job->arena, (size_t)job->form->lp.column_count, double);
    TRY_NEW(job->bound);
    TRY_NEW(job->lifted);
    TRY_NEW(job->candidates);
    TRY_NEW(job->point);
    return STATUS_OK;
}

static Status find_all(PriceJob *job)
{
    TRY(list_steps(job));
    list_candidates(job);
    job->out->asked = job->candidate_count;
    job->out->prices = job->prices = ARENA_NEW(job->arena, job->candidate_count, Price);
    TRY_NEW(job->prices);
    for (size_t i = 0; i < job->candidate_count; i++) {
        Price price;
        if (solve_is_late(job->settings))
            job->ladder.work = job->unmoved_work = 0;
        TRY(price_of(job, &job->candidates[i], &price));
        if (price.first >= 0)
            price_list_add(job->out, job->prices, price);
    }
    return STATUS_OK;
}

static void guarded(void *context)
{
    PriceJob *job = context;
    job->status = ladder_open(job->lifts, job->plan, job->settings, job->form->whole, WORK,
                              job->arena, &job->ladder);
    if (job->status != STATUS_OK)
        return;
    if (job->ladder.sound)
        job->status = find_all(job);
    ladder_close(&job->ladder);
}

Status solve_prices(const Formulation *widened, const Plan *plan, const SolveSettings *settings,
                    Arena *arena, const Prices **out)
{
    GuardFault fault;
    Prices *prices = ARENA_NEW(arena, 1, Prices);
    Lifts *lifts = ARENA_NEW(arena, 1, Lifts);
    PriceJob job = {.form = widened,
                    .plan = plan,
                    .settings = settings,
                    .arena = arena,
                    .unmoved_work = UNMOVED_WORK};
    *out = NULL;
    TRY_NEW(prices);
    TRY_NEW(lifts);
    TRY(lifts_build(widened, arena, lifts));
    *prices = (Prices){.lifts = lifts, .whole = widened->whole};
    job.lifts = lifts;
    job.out = prices;
    if (!glpk_guard_run(guarded, &job, &fault))
        return STATUS_SOLVER_FAULT;
    if (job.status == STATUS_OK && job.ladder.sound)
        *out = prices;
    return job.status;
}
