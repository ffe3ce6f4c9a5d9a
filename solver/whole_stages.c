/* The stages of a program with whole columns, one after another (whole_decide.c decides each).
 *
 * Fairness is leximin by the sums of the k smallest shares, k = 1, 2, ... (Ogryczak, Wierzbicki and
 * Milewski 2008): the sum of the k smallest is the largest k t - sum d with d[g] >= t - share[g],
 * d >= 0.
 */
#include <math.h>
#include <string.h>

#include "solver/dive.h"
#include "solver/plan_before.h"
#include "solver/whole.h"

/* Beyond this many pairs of rank and group a leximin over whole columns is cut off: partial. */
static const size_t WHOLE_FAIRNESS_LIMIT = 1500;

/* Programs of fewer columns look at more nodes, so many times more at most: tiers, which are what a
 * round is for and have a search of their own besides; costs, which have none; the other stages. */
enum { SMALL_COLUMNS = 8000, TIER_TIMES_MOST = 32, COST_TIMES_MOST = 32, OTHER_TIMES_MOST = 8 };

/* Most simplex iterations times columns that the searches of one stage may take: a few seconds, and
 * the same on every machine. In small programs the nodes of the settings come first; who sets more than
 * the usual number of these grants as many times the work. */
static const double STAGE_WORK = 3e8;
static const double USUAL_NODES = 500;

/* The part of it that a fairness gets whose ranks plunge. */
static const double FAIRNESS_PART = 0.6;

static bool is_tier(const Stage *stage)
{
    return stage->kind == STAGE_TIER || stage->kind == STAGE_UNVALUED;
}

/** Nodes that a stage may look at: none when time is up; in a small program, where one costs next to
 *  nothing, as many times more as the program is smaller. */
static long nodes_of(const WholeRun *w, const Stage *stage)
{
    long most = is_tier(stage)              ? TIER_TIMES_MOST
                : stage->kind == STAGE_COST ? COST_TIMES_MOST
                                            : OTHER_TIMES_MOST;
    long times = SMALL_COLUMNS / (backend_column_count(w->run->backend) + 1);
    times = times < 1 ? 1 : times > most ? most : times;
    return solve_is_late(w->run->settings) ? 0 : w->run->settings->nodes * times;
}

static double work_of(const WholeRun *w)
{
    return STAGE_WORK * fmax(1, (double)w->run->settings->nodes / USUAL_NODES);
}

/** A start for a linear stage: the dive's point, where it is better than the one at hand. */
static Status start_linear(WholeRun *w, size_t index, const Aim *aim)
{
    size_t count = (size_t)backend_column_count(w->run->backend);
    double *x = ARENA_NEW(w->run->arena, count, double), value = 0;
    bool found;
    TRY_NEW(x);
    TRY(run_dive(w->run, index, x, &found));
    for (size_t k = 0; found && k < aim->count; k++)
        value += aim->costs[k] * x[aim->columns[k]];
    if (found && (!w->has_point || value < whole_value_at(aim, w->x)))
        TRY(whole_keep_point(w, x, count));
    return STATUS_OK;
}

/** Does ruin and recreate look for plans in tiers? Where there is all or nothing, unless GLPK alone is
 *  asked for. */
static bool uses_ruin(const WholeRun *w)
{
    return w->run->form->has_switches && !w->run->form->round->settings.plain_engine;
}

/** What the class network proves of a tier (class_bound.h), in whole numbers; -INFINITY: nothing. */
static double known_bound(const WholeRun *w, size_t index)
{
    bool known = w->begun->found && w->begun->bounds[index].known;
    return known ? w->begun->bounds[index].bound : -INFINITY;
}

/** Is the tier decided already: is the point at hand as near to the class network's bound as the
 *  settings ask? Then no program is solved for it. */
static bool is_decided(const WholeRun *w, size_t index, const Aim *aim, Decision *decision)
{
    if (!w->begun->found || aim->tier_stage < 0 || !w->begun->bounds[index].known)
        return false;
    double value = whole_value_at(aim, w->x) + aim->constant, bound = w->begun->bounds[index].bound;
    if (!run_is_within_gap(value, bound, aim->gap_rel))
        return false;
    const Stage *stage = &w->run->form->stages[index];
    bool attained = run_is_attained(w->run->form, stage, value, bound);
    *decision = (Decision){.value = value - aim->constant,
                           .bound = fmin(bound, value) - aim->constant,
                           .exact = bound - aim->constant,
                           .status = attained ? STAGE_OPTIMAL : STAGE_WITHIN_GAP};
    return true;
}

static Status decide_linear(WholeRun *w, size_t index, BackendOutcome *outcome)
{
    const Stage *stage = &w->run->form->stages[index];
    Aim aim = {.count = stage->count,
               .columns = stage->columns,
               .costs = stage->costs,
               .stage = stage,
               .scale = 1.0,
               .gap_rel = w->run->settings->gap_rel,
               .constant = stage->constant,
               .is_tier = is_tier(stage),
               .tier_stage = -1};
    if (uses_ruin(w) && aim.is_tier && !w->stays)
        aim.tier_stage = (int)index;
    if (uses_ruin(w) && stage->kind == STAGE_COST && w->begun->classes != NULL)
        aim.cost_stage = index;
    aim.has_known = isfinite(known_bound(w, index));
    aim.known = known_bound(w, index) - stage->constant;
    Decision decision = {.exact = -INFINITY, .status = STAGE_OPTIMAL};
    w->nodes_left = nodes_of(w, stage);
    w->work_left = work_of(w);
    if (is_decided(w, index, &aim, &decision)) {
        TRY(whole_add_level(w, &aim));
    } else if (stage->count > 0 || !w->has_point) {
        /* a dive into thousands of switches takes long and finds little; tiers have a search of
           their own, and later stages go on from the point at hand */
        bool searched = w->stays || (uses_ruin(w) && (w->has_point || w->run->empty_plan));
        if (!searched)
            TRY(start_linear(w, index, &aim));
        TRY(whole_decide_apart(w, &aim, &decision, outcome));
    }
    if (*outcome != BACKEND_OPTIMAL)
        return STATUS_OK;
    TRY(run_note(w->run, index, 0, decision.bound + stage->constant, decision.status));
    if (w->has_point)
        run_note_reached(w->run, whole_value_at(&aim, w->x) + stage->constant);
    run_note_exact(w->run, fmax(decision.exact + stage->constant, known_bound(w, index)));
    return STATUS_OK;
}

/** Adds t and d for the sum of the @p rank smallest shares; @p columns and @p costs get
 *  minimise sum d - rank t. */
static Status add_rank(WholeRun *w, const Stage *stage, size_t rank, int *columns, double *costs)
{
    const Lp *lp = &w->run->form->lp;
    double top = lp->upper[stage->level_column], scale = lp->column_scale[stage->level_column];
    int row;
    TRY(whole_add_column(w, top, scale, &columns[0]));
    costs[0] = -(double)rank;
    for (size_t g = 0; g < stage->group_count; g++) {
        int share = stage->share_columns[g];
        TRY(whole_add_column(w, top, scale, &columns[g + 1]));
        costs[g + 1] = 1.0;
        WholeRow above = {0,
                          INFINITY,
                          3,
                          (int[]){columns[g + 1], share, columns[0]},
                          (double[]){1.0, 1.0, -1.0},
                          1.0 / scale};
        TRY(whole_add_row(w, &above, &row));
    }
    return STATUS_OK;
}

/** Takes the dive's point when it is leximin better than the one at hand. */
static Status start_from_dive(WholeRun *w, size_t index)
{
    const Stage *stage = &w->run->form->stages[index];
    size_t count = (size_t)backend_column_count(w->run->backend);
    double *x = ARENA_NEW(w->run->arena, count, double), *now, *dived;
    bool found;
    TRY_NEW(x);
    TRY(run_dive(w->run, index, x, &found));
    if (!found)
        return STATUS_OK;
    TRY(whole_sorted_shares(w, stage, w->x, &now));
    TRY(whole_sorted_shares(w, stage, x, &dived));
    size_t g = 0;
    while (g < stage->group_count && fabs(dived[g] - now[g]) <= RUN_SAME_SHARE)
        g++;
    if (g < stage->group_count && dived[g] > now[g])
        TRY(whole_keep_point(w, x, count));
    return STATUS_OK;
}

/** Does the rank-th smallest share reach the most a share can be? Then all after it do too. */
static Status is_full_from(const WholeRun *w, const Stage *stage, size_t rank, bool *full)
{
    double *sorted;
    *full = false;
    if (!w->has_point)
        return STATUS_OK;
    TRY(whole_sorted_shares(w, stage, w->x, &sorted));
    double top = w->run->form->lp.upper[stage->level_column];
    *full = sorted[rank - 1] >= top - RUN_SAME_SHARE;
    return STATUS_OK;
}

/** Keeps every group at least at its share of the point at hand. */
static Status hold_shares(WholeRun *w, const Stage *stage)
{
    for (size_t g = 0; g < stage->group_count; g++)
        TRY(whole_hold_share(w, stage->share_columns[g]));
    return STATUS_OK;
}

/** Keeps the sum of all shares: where the ranks below are frozen and those above are full, that keeps
 *  them full, whichever groups they are. */
static Status hold_sum(WholeRun *w, const Stage *stage)
{
    double *costs = ARENA_NEW(w->run->arena, stage->group_count, double);
    TRY_NEW(costs);
    for (size_t g = 0; g < stage->group_count; g++)
        costs[g] = -1.0;
    Aim aim = {.count = stage->group_count,
               .columns = stage->share_columns,
               .costs = costs,
               .in_shares = true,
               .scale = 1.0 / w->run->form->lp.column_scale[stage->level_column]};
    return whole_add_level(w, &aim);
}

/** What the ranks before came to. */
typedef struct RanksBefore {
    double sum, last; /* of the shares; the largest of them */
    bool proven;      /* all of them */
} RanksBefore;

/** One rank: the largest sum of the @p rank smallest shares. */
static Status decide_rank(WholeRun *w, size_t index, size_t rank, RanksBefore *before,
                          BackendOutcome *outcome)
{
    const Stage *stage = &w->run->form->stages[index];
    int *columns = ARENA_NEW(w->run->arena, stage->group_count + 1, int);
    double *costs = ARENA_NEW(w->run->arena, stage->group_count + 1, double);
    TRY_NEW(columns);
    TRY_NEW(costs);
    TRY(add_rank(w, stage, rank, columns, costs));
    if (w->has_point)
        TRY(whole_extend_point(w, stage, rank, columns));
    /* a rank's own gap is the gap of the sum: as much smaller as the sum is larger */
    Aim aim = {.count = stage->group_count + 1,
               .columns = columns,
               .costs = costs,
               .scale = 1.0 / w->run->form->lp.column_scale[stage->level_column],
               .gap_rel = w->run->settings->gap_rel / (double)rank,
               .fairness = stage,
               .rank = rank,
               .in_shares = true,
               .proven_before = before->proven,
               .sum_before = before->sum,
               .last_before = before->last,
               .tier_stage = -1};
    Decision decision;
    TRY(whole_decide(w, &aim, &decision, outcome));
    if (*outcome != BACKEND_OPTIMAL)
        return STATUS_OK;
    double top = w->run->form->lp.upper[stage->level_column];
    TRY(run_note(w->run, index, (int)rank, fmin(top, -decision.bound - before->sum),
                 decision.status));
    run_note_reached(w->run, -decision.value - before->sum);
    run_note_exact(w->run, fmin(top, -decision.exact - before->sum));
    *before = (RanksBefore){.sum = -decision.value,
                            .last = -decision.value - before->sum,
                            .proven = before->proven && decision.status == STAGE_OPTIMAL};
    return STATUS_OK;
}

static Status decide_fairness(WholeRun *w, size_t index, BackendOutcome *outcome)
{
    const Stage *stage = &w->run->form->stages[index];
    RanksBefore before = {.proven = true};
    double top = w->run->form->lp.upper[stage->level_column];
    bool full;
    w->nodes_left = nodes_of(w, stage);
    w->work_left = work_of(w) * (whole_plunges(w) ? FAIRNESS_PART : 1);
    TRY(is_full_from(w, stage, 1, &full));
    if (!full && whole_is_count(w, stage))
        return whole_count(w, index, outcome);
    w->moved = w->has_point && !full;
    for (size_t rank = 1; rank <= stage->group_count && *outcome == BACKEND_OPTIMAL; rank++) {
        TRY(is_full_from(w, stage, rank, &full));
        if (full) {
            TRY(hold_sum(w, stage));
            return run_note(w->run, index, (int)rank, top, STAGE_OPTIMAL);
        }
        if (rank * stage->group_count > WHOLE_FAIRNESS_LIMIT)
            w->nodes_left = 0;
        bool last = w->nodes_left <= 0;
        if (w->moved && !w->stays && !whole_plunges(w))
            TRY(start_from_dive(w, index));
        w->moved = false;
        TRY(decide_rank(w, index, rank, &before, outcome));
        if (last && *outcome == BACKEND_OPTIMAL) {
            /* the rest of the point at hand stays as it is: fair as the dive made it, unproven */
            TRY(hold_shares(w, stage));
            w->run->bounds[w->run->bound_count - 1].status = STAGE_PARTIAL;
            return STATUS_OK;
        }
    }
    return STATUS_OK;
}

/** The plan that gives nothing: a point of every program that demands nothing. */
static Status start_empty(WholeRun *w)
{
    size_t count = (size_t)backend_column_count(w->run->backend);
    double *x = ARENA_NEW(w->run->arena, count, double);
    TRY_NEW(x);
    formulation_complete(w->run->form, x); /* a plan before has moved altogether */
    return whole_keep_point(w, x, count);
}

/** The plan before, to which an urgent need comes: what gives way to that is best looked for from what stands. */
static Status start_before(WholeRun *w)
{
    const Formulation *form = w->run->form;
    double *x;
    if (!form->round->has_urgent || !form->round->has_previous)
        return STATUS_OK;
    TRY(plan_point_before(form, w->run->arena, &x));
    if (!backend_take_in(w->run->backend, x)) /* something of it is no longer allowed */
        return STATUS_OK;
    return whole_keep_point(w, x, (size_t)backend_column_count(w->run->backend));
}

/** Lines that meet what the round demands, where they are found greedily: without a point there is nothing
 *  that a search could go on from. */
static Status start_demanded(WholeRun *w)
{
    Ruin *ruin;
    size_t count = (size_t)backend_column_count(w->run->backend);
    double *x = ARENA_NEW(w->run->arena, count, double);
    TRY_NEW(x);
    Status status = ruin_open(w->run->form, NULL, w->run->arena, &ruin);
    if (status == STATUS_INTERNAL)
        return STATUS_OK;
    TRY(status);
    ruin_point(ruin, x);
    return backend_take_in(w->run->backend, x) ? whole_keep_point(w, x, count) : STATUS_OK;
}

/** The plan to begin from, as a point of the live program. */
static Status start_begun(WholeRun *w)
{
    size_t columns = (size_t)w->run->form->lp.column_count;
    if (!backend_take_in(w->run->backend, w->begun->x)) /* a row was tightened since */
        return STATUS_OK;
    return whole_keep_point(w, w->begun->x, columns);
}

Status run_whole(Run *run, const RuinPlan *begun, double *x, BackendOutcome *outcome)
{
    WholeRun w = {.run = run, .begun = begun};
    *outcome = BACKEND_OPTIMAL;
    TRY(whole_proof_open(&w));
    if (begun->found)
        TRY(start_begun(&w));
    TRY(start_before(&w));
    if (!w.has_point && run->empty_plan)
        TRY(start_empty(&w));
    if (!w.has_point && uses_ruin(&w))
        TRY(start_demanded(&w));
    for (size_t s = 0; s < run->form->stage_count && *outcome == BACKEND_OPTIMAL; s++) {
        if (run->form->stages[s].kind == STAGE_CANONICAL) {
            TRY(whole_canonical(&w, s)); /* what is continuous, the linear stages settle after it */
            continue;
        }
        if (w.has_point && solve_is_late(run->settings)) {
            TRY(run_note_left(run, s, known_bound(&w, s)));
            continue;
        }
        TRY(run->form->stages[s].kind == STAGE_FAIRNESS ? decide_fairness(&w, s, outcome)
                                                        : decide_linear(&w, s, outcome));
        w.keep_before = w.keep_before || run->form->stages[s].kind == STAGE_FAIRNESS;
    }
    if (*outcome == BACKEND_OPTIMAL && w.x != NULL)
        memcpy(x, w.x, (size_t)run->form->lp.column_count * sizeof *x);
    return STATUS_OK;
}

Status run_whole_of(Run *run, const double *plan, BackendOutcome *outcome)
{
    RuinPlan none = {.found = false};
    WholeRun w = {.run = run, .begun = &none, .stays = true};
    size_t columns = (size_t)run->form->lp.column_count;
    *outcome = backend_admits(run->backend, plan) ? BACKEND_OPTIMAL : BACKEND_INFEASIBLE;
    if (*outcome != BACKEND_OPTIMAL)
        return STATUS_OK;
    TRY(whole_proof_open(&w));
    TRY(whole_keep_point(&w, plan, columns));
    for (size_t s = 0; s < run->form->stage_count && *outcome == BACKEND_OPTIMAL; s++) {
        const Stage *stage = &run->form->stages[s];
        if (stage->kind == STAGE_CANONICAL)
            continue;
        if (solve_is_late(run->settings))
            TRY(run_note_left(run, s, known_bound(&w, s)));
        else
            TRY(stage->kind == STAGE_FAIRNESS ? decide_fairness(&w, s, outcome)
                                              : decide_linear(&w, s, outcome));
    }
    return STATUS_OK;
}
