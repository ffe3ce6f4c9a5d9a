/* One objective over whole columns.
 *
 * The linear relaxation is solved first. Where a whole point attains its value the stage is frozen
 * like a linear one: by complementary slackness every optimal whole point keeps the columns with
 * nonzero reduced cost where they are. Only where branch and cut ends above the relaxation does a
 * level row hold the value. The last point is always a point of the next objective, so that neither
 * a limit nor the noise of doubles leaves a stage without one.
 */
#include <string.h>

#include "solver/whole.h"

/* A whole point attains the relaxation's value when it is this near. */
static const double ATTAINED = 1e-9;

/* Only where the point is as near as doubles can tell is the relaxation's basis one to freeze. A value that
 * is a little better than the point's leans on the slack of levels, by duals too small to be seen; what is
 * fixed there has no point in it, and the next stage would be called infeasible. */
static const double SAME_VALUE = 1e-12;

/* What searches tell apart, relative to 1 + the value in the scaled program (BackendSearch.value_rel): sums
 * of amounts; and of shares, at most and as a difference of their sum. */
static const double TOLD_APART = 1e-12;
static const double TOLD_APART_SHARES = 1e-7;
static const double SHARES_APART = 0.5e-9;

/* So near a search of shares may stop where stages are held before it: the rest is mostly what the slack of
 * levels lets it promise, and is looked at without that (whole_prove_shares()); in large programs it is not, and
 * the bound says so. */
static const double ENOUGH_SHARES = 0.5e-6;

/* What comes so near the bound of a sum of shares is within the gap, whatever stopped the search. */
static const double NEAR_SHARES = 1e-6;

/* Nodes in which a search is to say what is best before a gap will do: counts of things mostly take a few,
 * switches far more. */
enum { PATIENCE = 50 };

/* Programs of more columns are searched without cutting planes: making them would take longer than the
 * nodes they save. */
enum { CUTS_COLUMNS = 6000 };

/* Making whole what is whole but for noise moves a value by no more. */
static const double ROUNDED = 1e-8;

/* A bound that is no more below the value is the value: what searches tell apart. */
static const double SEARCH_NOISE = 1e-11;

static double relaxed_value(const WholeRun *w, const Aim *aim)
{
    double value = 0;
    for (size_t k = 0; k < aim->count; k++)
        value += aim->costs[k] * backend_value(w->run->backend, aim->columns[k]);
    return value;
}

static bool relaxation_is_whole(const WholeRun *w)
{
    const Lp *lp = &w->run->form->lp;
    for (int j = 0; j < lp->column_count; j++)
        if (!run_is_whole(lp, j, backend_value(w->run->backend, j)))
            return false;
    return true;
}

static bool attains(double value, double bound)
{
    return value <= bound + ATTAINED * fmax(1.0, fabs(bound));
}

/** May what the relaxation leaves no room for be fixed, with the point at hand in what remains? */
static bool can_freeze(double value, double relaxed)
{
    return fabs(value - relaxed) <= SAME_VALUE * fmax(1.0, fabs(relaxed));
}

static StageStatus status_of(BackendOutcome outcome)
{
    return outcome == BACKEND_OPTIMAL      ? STAGE_OPTIMAL
           : outcome == BACKEND_WITHIN_GAP ? STAGE_WITHIN_GAP
                                           : STAGE_LIMIT;
}

static Status take_point(WholeRun *w, double (*value)(const Backend *, int))
{
    size_t count = (size_t)backend_column_count(w->run->backend);
    double *x = ARENA_NEW(w->run->arena, count, double);
    TRY_NEW(x);
    for (size_t j = 0; j < count; j++)
        x[j] = value(w->run->backend, (int)j);
    return whole_keep_point(w, x, count);
}

Status whole_take_better(WholeRun *w, const Aim *aim)
{
    double now = w->has_point ? whole_value_at(aim, w->x) : INFINITY, found = 0;
    bool as_found = true;
    for (size_t k = 0; k < aim->count; k++)
        found += aim->costs[k] * backend_whole_value(w->run->backend, aim->columns[k]);
    if (aim->in_shares && w->has_point)
        TRY(whole_take_shares(w, aim, RUN_SAME_SHARE, &as_found));
    if (found >= now || !as_found)
        return STATUS_OK;
    w->moved = true; /* towards this aim, at the cost of whatever comes later */
    return take_point(w, backend_whole_value);
}

bool whole_is_within_gap(const WholeRun *w, const Aim *aim, double bound)
{
    return run_is_within_gap(whole_value_at(aim, w->x) + aim->constant, bound + aim->constant,
                             aim->gap_rel);
}

/** What is at stake in the outcomes of a tier, column by column: the search decides those first, as all
 *  that they require follows. NULL in *worth: it has none. */
static Status outcomes_at_stake(const WholeRun *w, const Aim *aim, const double **worth)
{
    const Formulation *form = w->run->form;
    double *stake = NULL;
    for (size_t k = 0; k < aim->count && aim->tier_stage >= 0; k++) {
        int j = aim->columns[k];
        if (j >= form->lp.column_count || form->origin[j].kind != COLUMN_FULL)
            continue;
        if (stake == NULL) {
            size_t count = (size_t)backend_column_count(w->run->backend);
            stake = ARENA_NEW(w->run->arena, count, double);
            TRY_NEW(stake);
        }
        stake[j] = fabs(aim->costs[k]);
    }
    *worth = stake;
    return STATUS_OK;
}

/** Of sums of shares: is a value the bound, as far as doubles tell and anybody is shown, or does no group have
 *  a share between them in whole steps? */
static bool are_one_share(const WholeRun *w, const Aim *aim, double value, double bound)
{
    if (value - bound <= RUN_SAME_SHARE)
        return true;
    return aim->fairness != NULL && aim->proven_before &&
           formulation_decides_share(w->run->form, aim->fairness, -value - aim->sum_before,
                                     -bound - aim->sum_before);
}

/** Is the point at hand proven already, or of a tier or the cost as near as the settings ask? */
static bool is_settled(const WholeRun *w, const Aim *aim, Decision *decision)
{
    bool is_bounded = aim->tier_stage >= 0 || aim->cost_stage > 0;
    if (!w->has_point)
        return false;
    double value = whole_value_at(aim, w->x);
    if (aim->in_shares ? are_one_share(w, aim, value, decision->bound)
                       : attains(value, decision->bound))
        return true;
    if (!is_bounded || !whole_is_within_gap(w, aim, decision->bound))
        return false;
    decision->status = STAGE_WITHIN_GAP;
    return true;
}

/** What the search is to tell apart. What it proves when it ends is off by as much, in its own scale, and
 *  the more the more shares are summed up: that has to stay below what sums of shares are told apart by. */
static double told_apart(const WholeRun *w, const Aim *aim, double bound)
{
    double size = 1 / backend_cost_scale(w->run->backend) + fabs(bound);
    return aim->in_shares ? fmax(TOLD_APART, fmin(TOLD_APART_SHARES, SHARES_APART / size))
                          : TOLD_APART;
}

/** Of costs, whatever else comes after the tiers, and tiers that come after a fairness: there switches of
 *  needs stand before those of pairs. */
static bool decides_switches_first(const WholeRun *w, const Aim *aim)
{
    const Formulation *form = w->run->form;
    return form->has_switches && w->begun->found && !aim->in_shares &&
           (!aim->is_tier || w->keep_before);
}

/** Is there a fairness whose ranks plunge from a point at hand? */
static bool plunges(const WholeRun *w, const Aim *aim)
{
    return aim->fairness != NULL && w->has_point && whole_plunges(w);
}

/** What decides or proves without branch and cut, one after the other until the stage is settled. */
static Status try_first(WholeRun *w, const Aim *aim, Decision *decision, const double *worth)
{
    if (plunges(w, aim))
        TRY(whole_plunge(w, aim, worth));
    if (is_settled(w, aim, decision))
        return STATUS_OK;
    TRY(whole_lean(w, aim, decision));
    if (is_settled(w, aim, decision))
        return STATUS_OK;
    if (aim->tier_stage >= 0)
        TRY(whole_ruin(w, aim, decision->bound));
    return aim->cost_stage > 0 ? whole_cost(w, aim, decision) : STATUS_OK;
}

/** Branch and cut itself, within the nodes and the work that the stage has left. */
static Status branch_and_cut(WholeRun *w, const Aim *aim, const BackendSearch *limits,
                             Decision *decision, BackendOutcome *outcome)
{
    bool found;
    double bound;
    long before = backend_nodes(w->run->backend);
    double worked = backend_work(w->run->backend);
    *outcome = backend_search(w->run->backend, limits, &found, &bound);
    w->nodes_left -= backend_nodes(w->run->backend) - before;
    w->work_left -= backend_work(w->run->backend) - worked;
    if (w->work_left <= 0)
        w->nodes_left = 0;
    decision->status = status_of(*outcome);
    if (found)
        TRY(whole_take_better(w, aim));
    if (*outcome == BACKEND_LIMIT)
        TRY(whole_near(w, aim, limits));
    /* a search that ends without any point, or against the one at hand, has proven nothing */
    bool proven = !aim->blind && (found || *outcome == BACKEND_LIMIT);
    if (proven && bound > decision->bound)
        decision->bound = bound;
    if (w->has_point) /* whatever stopped the search, the point at hand is one of this stage */
        *outcome = BACKEND_OPTIMAL;
    return STATUS_OK;
}

/** A fairness of a small program where branch and cut has come to no end: a plunge into the relaxation. */
static Status plunge_late(WholeRun *w, const Aim *aim)
{
    const double *worth;
    if (aim->fairness == NULL || !w->has_point || w->stays)
        return STATUS_OK;
    TRY(whole_shares_at_stake(w, aim->fairness, &worth));
    return whole_plunge(w, aim, worth);
}

/** Branch and cut with all that is whole, and where that comes to no end from where it stands as the program
 *  says: half of what is left each. */
static Status branch_both_ways(WholeRun *w, const Aim *aim, const BackendSearch *limits,
                               Decision *decision, BackendOutcome *outcome)
{
    BackendSearch part = *limits;
    if (plunges(w, aim) || !backend_implies_whole(w->run->backend))
        return branch_and_cut(w, aim, limits, decision, outcome);
    part.nodes = (limits->nodes + 1) / 2;
    part.work = limits->work / 2;
    TRY(branch_and_cut(w, aim, &part, decision, outcome));
    if (*outcome != BACKEND_OPTIMAL || decision->status != STAGE_LIMIT || w->nodes_left <= 0 ||
        is_settled(w, aim, decision))
        return STATUS_OK;
    TRY(plunge_late(w, aim));
    if (is_settled(w, aim, decision))
        return STATUS_OK;
    part.nodes = w->nodes_left;
    part.work = w->work_left;
    part.start = w->has_point ? w->x : NULL;
    part.as_said = true;
    return branch_and_cut(w, aim, &part, decision, outcome);
}

/** Is the bound of a sum of shares so little better than the point at hand as slack may promise? */
static bool lives_on_slack(const WholeRun *w, const Aim *aim, const Decision *decision)
{
    if (!aim->in_shares || !w->has_point || w->hold_count == 0 || w->nodes_left <= 0 ||
        whole_plunges(w))
        return false;
    double value = whole_value_at(aim, w->x);
    return value - decision->bound <= NEAR_SHARES && !are_one_share(w, aim, value, decision->bound);
}

/** Where the relaxation's own point is not whole. */
static Status search(WholeRun *w, const Aim *aim, Decision *decision, BackendOutcome *outcome)
{
    BackendSearch limits = {.gap_rel = aim->gap_rel,
                            .constant = aim->constant,
                            .value_rel = told_apart(w, aim, decision->bound),
                            .patience = w->run->form->has_switches ? 0 : PATIENCE,
                            .nodes = w->nodes_left,
                            .work = w->work_left,
                            .deadline = w->run->settings->deadline,
                            .simple_branching = w->run->settings->cautious,
                            .gap_abs = aim->in_shares && w->hold_count > 0 ? ENOUGH_SHARES : 0,
                            .switches_first = decides_switches_first(w, aim),
                            .cuts = backend_column_count(w->run->backend) <= CUTS_COLUMNS,
                            .start = w->has_point ? w->x : NULL};
    if (is_settled(w, aim, decision))
        return STATUS_OK;
    TRY(whole_urgent(w, aim, &limits, decision->bound));
    if (is_settled(w, aim, decision))
        return STATUS_OK;
    TRY(plunges(w, aim) ? whole_shares_at_stake(w, aim->fairness, &limits.worth)
                        : outcomes_at_stake(w, aim, &limits.worth));
    TRY(try_first(w, aim, decision, limits.worth));
    if (is_settled(w, aim, decision))
        return STATUS_OK;
    if (w->has_point && w->nodes_left <= 0) {
        decision->status = STAGE_LIMIT;
        return STATUS_OK;
    }
    TRY(whole_near(w, aim, &limits));
    if (is_settled(w, aim, decision))
        return STATUS_OK;
    limits.start = w->has_point ? w->x : NULL;
    TRY(branch_both_ways(w, aim, &limits, decision, outcome));
    if (aim->fairness != NULL && w->has_point)
        TRY(whole_extend_point(w, aim->fairness, aim->rank, aim->columns));
    return lives_on_slack(w, aim, decision) ? whole_prove_shares(w, aim, &limits, decision)
                                            : STATUS_OK;
}

/** The best that the columns' own bounds allow: what is known when nothing was proven. */
static double trivial_bound(const WholeRun *w, const Aim *aim)
{
    double bound = 0;
    for (size_t k = 0; k < aim->count; k++) {
        double lower, upper;
        backend_column_bounds(w->run->backend, aim->columns[k], &lower, &upper);
        bound += aim->costs[k] * (aim->costs[k] > 0 ? lower : upper);
    }
    return bound;
}

/** The relaxation could not be solved, or not in time: the point at hand stands, unproven. */
static Status keep_unproven(WholeRun *w, const Aim *aim, Decision *decision,
                            BackendOutcome *outcome)
{
    *outcome = BACKEND_OPTIMAL;
    double known = aim->has_known ? aim->known : -INFINITY;
    *decision =
        (Decision){.value = whole_value_at(aim, w->x),
                   .bound = fmax(trivial_bound(w, aim), known),
                   .exact = known,
                   .status = solve_is_late(w->run->settings) ? STAGE_LIMIT : STAGE_UNPROVEN};
    return whole_add_level(w, aim);
}

/** Is this value worse than that of the point at hand, by more than noise? */
static bool is_worse(const WholeRun *w, const Aim *aim, double value)
{
    return w->has_point && !attains(value, whole_value_at(aim, w->x));
}

/** What the point reached and the bound say together. Nothing lies between two values that are less than
 *  a step of the objective apart; and a search that ends by itself has proven no more than it can tell. */
static void judge(const WholeRun *w, const Aim *aim, Decision *decision)
{
    double size = fmax(1.0, fabs(decision->value)), gap = decision->value - decision->bound;
    bool one_step = gap + ATTAINED * size < aim->common;
    bool one = aim->in_shares ? are_one_share(w, aim, decision->value, decision->bound)
                              : gap <= SEARCH_NOISE * size;
    if (one_step || one)
        decision->bound = decision->value;
    double noise = aim->in_shares ? 0 : aim->blind ? ATTAINED : ROUNDED;
    if (decision->value - decision->bound <= noise * size)
        decision->status = STAGE_OPTIMAL;
    else if (decision->status == STAGE_OPTIMAL || (aim->in_shares && gap <= NEAR_SHARES))
        decision->status =
            whole_is_within_gap(w, aim, decision->bound) ? STAGE_WITHIN_GAP : STAGE_UNPROVEN;
}

/** Of shares, which are small: the relaxation without the slack by which stages before are held. What it
 *  makes of that slack no plan has, and a search would look for it in vain. */
static void take_exact(const WholeRun *w, const Aim *aim, Decision *decision)
{
    double exact = fmin(decision->exact, whole_value_at(aim, w->x));
    decision->bound = fmax(decision->bound, exact);
}

/** The point that is to stay, whatever a search finds: a copy; NULL: none is. */
static Status point_that_stays(const WholeRun *w, const double **out)
{
    size_t count = (size_t)backend_column_count(w->run->backend);
    *out = NULL;
    if (!w->stays)
        return STATUS_OK;
    double *copy = ARENA_NEW(w->run->arena, count, double);
    TRY_NEW(copy);
    memcpy(copy, w->x, count * sizeof *copy);
    *out = copy;
    return STATUS_OK;
}

/** Is what the point reaches held without a row? */
static bool is_implied(const Aim *aim, const Decision *decision)
{
    return aim->fairness != NULL && aim->proven_before && decision->status == STAGE_OPTIMAL &&
           fabs(-decision->value - aim->sum_before - aim->last_before) <= RUN_SAME_SHARE;
}

/** A rank that needs no row to be held: its columns stay at nothing, and its rows ask for nothing. */
static void let_rank_go(WholeRun *w, const Aim *aim)
{
    for (size_t k = 0; k < aim->count; k++) {
        backend_bound_column(w->run->backend, aim->columns[k], 0, 0);
        w->x[aim->columns[k]] = 0;
    }
}

/** The relaxation, until the time is up: without a point to go on with, that is the end. */
static void relax(const WholeRun *w, BackendOutcome *outcome)
{
    Backend *backend = w->run->backend;
    backend_until(backend, w->run->settings->deadline);
    *outcome = backend_solve(backend);
    if (*outcome == BACKEND_INFEASIBLE && w->has_point && backend_admit(backend, w->x))
        *outcome = backend_solve(backend);
    if (*outcome == BACKEND_FAILED && backend_is_late(backend))
        *outcome = BACKEND_LIMIT;
    backend_until(backend, 0);
}

/** Solves, keeps the point, freezes. */
Status whole_decide(WholeRun *w, const Aim *aim, Decision *decision, BackendOutcome *outcome)
{
    Backend *backend = w->run->backend;
    const double *stays;
    TRY(point_that_stays(w, &stays));
    backend_objective(backend, aim->count, aim->columns, aim->costs);
    relax(w, outcome);
    if (*outcome != BACKEND_OPTIMAL) {
        if (w->has_point)
            TRY(keep_unproven(w, aim, decision, outcome));
        return STATUS_OK;
    }
    *decision = (Decision){.bound = relaxed_value(w, aim), .status = STAGE_OPTIMAL};
    double relaxed = decision->bound;
    TRY(whole_prove(w, aim, &decision->exact));
    if (aim->blind)
        decision->bound = isfinite(decision->exact) ? decision->exact : trivial_bound(w, aim);
    if (aim->has_known)
        decision->bound = fmax(decision->bound, aim->known);
    if (aim->in_shares && w->has_point && whole_plunges(w))
        take_exact(w, aim, decision);
    if (relaxation_is_whole(w) && !is_worse(w, aim, relaxed))
        TRY(take_point(w, backend_value));
    else
        TRY(search(w, aim, decision, outcome));
    if (*outcome != BACKEND_OPTIMAL)
        return STATUS_OK;
    if (stays != NULL)
        TRY(whole_keep_point(w, stays, (size_t)backend_column_count(backend)));
    if (aim->fairness != NULL)
        TRY(whole_extend_point(w, aim->fairness, aim->rank, aim->columns));
    decision->value = whole_value_at(aim, w->x);
    if (aim->in_shares) { /* a point lives on the slack, and what is proven without it says less than that */
        decision->exact = fmin(decision->exact, decision->value);
        decision->bound = fmax(decision->bound, decision->exact);
    }
    judge(w, aim, decision);
    if (is_implied(aim, decision)) {
        let_rank_go(w, aim);
        return STATUS_OK;
    }
    if (aim->blind || !can_freeze(decision->value, relaxed) || whole_leans_on_level(w))
        return whole_add_level(w, aim);
    run_freeze(w->run);
    return STATUS_OK;
}
