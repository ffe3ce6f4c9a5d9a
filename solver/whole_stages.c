/* The stages of a program with whole columns.
 *
 * Every stage solves its linear relaxation first. Where a whole point attains the relaxation's value
 * the stage is frozen like a linear one: by complementary slackness every optimal whole point keeps
 * the columns with nonzero reduced cost where they are. Only where branch and cut ends above the
 * relaxation does a level row hold the value. The last stage's point is always a point of the next,
 * so that a limit never leaves a stage without one.
 *
 * Fairness is leximin by the sums of the k smallest shares, k = 1, 2, ... (Ogryczak, Wierzbicki and
 * Milewski 2008): the sum of the k smallest is the largest k t - sum d with d[g] >= t - share[g],
 * d >= 0.
 */
#include <stdlib.h>
#include <string.h>

#include "solver/dive.h"
#include "solver/run.h"

/* Beyond this many pairs of rank and group a leximin over whole columns is cut off: partial. */
static const size_t WHOLE_FAIRNESS_LIMIT = 1500;

/* How far a frozen value may be exceeded: relative, and absolute in the objective's own unit. Both
 * stay below half a cent in a round of 50 million. */
static const double LEVEL_RELATIVE = 1e-10;
static const double LEVEL_ABSOLUTE = 1e-7;

/* Most simplex iterations times columns that the searches of one stage may take: a few seconds, and
 * the same on every machine. In small programs the nodes of the settings come first. */
static const double STAGE_WORK = 3e8;

/* A whole point attains the relaxation's value when it is this near. */
static const double ATTAINED = 1e-9;

typedef struct WholeRun {
    Run *run;
    double *x;   /* the last point, [columns of the backend] */
    size_t room; /* of x */
    bool has_point;
    long nodes_left;  /* of the present stage, all its ranks together */
    double work_left; /* likewise */
    bool moved;       /* a search has moved the point since the last dive */
} WholeRun;

/** One objective over whole columns. */
typedef struct Aim {
    size_t count;
    const int *columns;
    const double *costs;
    double scale;          /* of its level row: a unit of it in the scaled program */
    double gap_rel;        /* at which its search may stop */
    const Stage *fairness; /* of a rank: columns are its t and d; NULL for a linear stage */
    size_t rank;
} Aim;

typedef struct Decision {
    double value; /* of the point kept */
    double bound;
    StageStatus status;
} Decision;

static double value_at(const WholeRun *w, const Aim *aim)
{
    double value = 0;
    for (size_t k = 0; k < aim->count; k++)
        value += aim->costs[k] * w->x[aim->columns[k]];
    return value;
}

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
    for (int j = 0; j < lp->column_count; j++) {
        double value = backend_value(w->run->backend, j);
        if (lp->integer[j] && fabs(value - round(value)) > ATTAINED * fmax(1.0, fabs(value)))
            return false;
    }
    return true;
}

/** Brings a point to what it means: whole columns to the nearest, and every column that an equation
 *  defines (its last one: u by C1, a group's share, the total) to what the equation makes of the
 *  others. The noise of levels and frozen bounds ends here and does not add up from stage to stage. */
static void settle_point(const Lp *lp, double *x)
{
    for (int j = 0; j < lp->column_count; j++)
        if (lp->integer[j])
            x[j] = round(x[j]);
    for (int i = 0; i < lp->row_count; i++) {
        size_t end = lp->row_first[i + 1];
        if (!(lp->row_lower[i] == lp->row_upper[i]) || end == lp->row_first[i] ||
            lp->integer[lp->element_column[end - 1]])
            continue;
        double rest = lp->row_upper[i];
        for (size_t k = lp->row_first[i]; k < end - 1; k++)
            rest -= lp->element[k] * x[lp->element_column[k]];
        int j = lp->element_column[end - 1];
        x[j] = fmin(fmax(rest / lp->element[end - 1], lp->lower[j]), lp->upper[j]);
    }
}

static Status keep_point(WholeRun *w, const double *x, size_t count)
{
    if (count > w->room) {
        w->x = ARENA_NEW(w->run->arena, count * 2, double);
        TRY_NEW(w->x);
        w->room = count * 2;
    }
    memcpy(w->x, x, count * sizeof *x);
    settle_point(&w->run->form->lp, w->x);
    w->has_point = true;
    return STATUS_OK;
}

static Status take_point(WholeRun *w, double (*value)(const Backend *, int))
{
    size_t count = (size_t)backend_column_count(w->run->backend);
    double *x = ARENA_NEW(w->run->arena, count, double);
    TRY_NEW(x);
    for (size_t j = 0; j < count; j++)
        x[j] = value(w->run->backend, (int)j);
    return keep_point(w, x, count);
}

static bool attains(double value, double bound)
{
    return value <= bound + ATTAINED * fmax(1.0, fabs(bound));
}

static StageStatus status_of(BackendOutcome outcome)
{
    return outcome == BACKEND_OPTIMAL      ? STAGE_OPTIMAL
           : outcome == BACKEND_WITHIN_GAP ? STAGE_WITHIN_GAP
                                           : STAGE_LIMIT;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/** The groups' shares at a point, from the smallest up. */
static Status sorted_shares(const WholeRun *w, const Stage *stage, const double *x, double **out)
{
    double *shares = ARENA_NEW(w->run->arena, stage->group_count, double);
    TRY_NEW(shares);
    for (size_t g = 0; g < stage->group_count; g++)
        shares[g] = x[stage->share_columns[g]];
    if (stage->group_count > 1)
        qsort(shares, stage->group_count, sizeof *shares, ascending);
    *out = shares;
    return STATUS_OK;
}

/** The point at hand, carried into the new columns: t = the rank-th smallest share. */
static Status extend_point(WholeRun *w, const Stage *stage, size_t rank, const int *columns)
{
    size_t count = (size_t)backend_column_count(w->run->backend), groups = stage->group_count;
    double *sorted;
    if (count > w->room) {
        double *larger = ARENA_NEW(w->run->arena, count * 2, double);
        TRY_NEW(larger);
        memcpy(larger, w->x, (size_t)columns[0] * sizeof *larger);
        w->x = larger;
        w->room = count * 2;
    }
    TRY(sorted_shares(w, stage, w->x, &sorted));
    double level = sorted[rank - 1];
    w->x[columns[0]] = level;
    for (size_t g = 0; g < groups; g++)
        w->x[columns[g + 1]] = fmax(0, level - w->x[stage->share_columns[g]]);
    return STATUS_OK;
}

/** Branch and cut where the relaxation's own point is not whole. */
static Status search(WholeRun *w, const Aim *aim, Decision *decision, BackendOutcome *outcome)
{
    BackendSearch limits = {.gap_rel = aim->gap_rel,
                            .nodes = w->nodes_left,
                            .work = w->work_left,
                            .start = w->has_point ? w->x : NULL};
    bool found;
    double bound;
    if (w->has_point && attains(value_at(w, aim), decision->bound))
        return STATUS_OK; /* the point at hand is proven already */
    if (w->has_point && w->nodes_left <= 0) {
        decision->status = STAGE_LIMIT;
        return STATUS_OK;
    }
    long before = backend_nodes(w->run->backend);
    double worked = backend_work(w->run->backend);
    *outcome = backend_search(w->run->backend, &limits, &found, &bound);
    w->nodes_left -= backend_nodes(w->run->backend) - before;
    w->work_left -= backend_work(w->run->backend) - worked;
    if (w->work_left <= 0)
        w->nodes_left = 0;
    decision->status = status_of(*outcome);
    if (found)
        TRY(take_point(w, backend_whole_value));
    w->moved = w->moved || found; /* towards this aim, at the cost of whatever comes later */
    /* a search that ends without any point, or against the one at hand, has proven nothing */
    bool proven = found || *outcome == BACKEND_LIMIT;
    if (proven && bound > decision->bound)
        decision->bound = bound;
    if (w->has_point) /* whatever stopped the search, the point at hand is one of this stage */
        *outcome = BACKEND_OPTIMAL;
    return STATUS_OK;
}

/** Holds what the point at hand reaches. */
static void add_level(WholeRun *w, const Aim *aim, double value)
{
    double most = value + LEVEL_RELATIVE * fabs(value) + LEVEL_ABSOLUTE / aim->scale;
    backend_add_row(w->run->backend, -INFINITY, most, aim->count, aim->columns, aim->costs,
                    aim->scale);
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

/** The relaxation could not be solved: the point at hand stands, unproven. */
static void keep_unproven(WholeRun *w, const Aim *aim, Decision *decision, BackendOutcome *outcome)
{
    *outcome = BACKEND_OPTIMAL;
    *decision = (Decision){
        .value = value_at(w, aim), .bound = trivial_bound(w, aim), .status = STAGE_LIMIT};
    add_level(w, aim, decision->value);
}

/** Solves, keeps the point, freezes. */
static Status decide(WholeRun *w, const Aim *aim, Decision *decision, BackendOutcome *outcome)
{
    Backend *backend = w->run->backend;
    backend_objective(backend, aim->count, aim->columns, aim->costs);
    *outcome = backend_solve(backend);
    if (*outcome != BACKEND_OPTIMAL) {
        if (w->has_point)
            keep_unproven(w, aim, decision, outcome);
        return STATUS_OK;
    }
    *decision = (Decision){.bound = relaxed_value(w, aim), .status = STAGE_OPTIMAL};
    double relaxed = decision->bound;
    if (relaxation_is_whole(w))
        TRY(take_point(w, backend_value));
    else
        TRY(search(w, aim, decision, outcome));
    if (*outcome != BACKEND_OPTIMAL)
        return STATUS_OK;
    if (aim->fairness != NULL)
        TRY(extend_point(w, aim->fairness, aim->rank, aim->columns));
    decision->value = value_at(w, aim);
    if (decision->bound > decision->value) /* by noise: the point is one that reaches its value */
        decision->bound = decision->value;
    if (attains(decision->value, decision->bound))
        decision->status = STAGE_OPTIMAL;
    if (attains(decision->value, relaxed))
        run_freeze(w->run);
    else
        add_level(w, aim, decision->value);
    return STATUS_OK;
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
    if (found && (!w->has_point || value < value_at(w, aim)))
        TRY(keep_point(w, x, count));
    return STATUS_OK;
}

static Status decide_linear(WholeRun *w, size_t index, BackendOutcome *outcome)
{
    const Stage *stage = &w->run->form->stages[index];
    Aim aim = {.count = stage->count,
               .columns = stage->columns,
               .costs = stage->costs,
               .scale = 1.0,
               .gap_rel = w->run->settings->gap_rel};
    Decision decision = {.status = STAGE_OPTIMAL};
    w->nodes_left = w->run->settings->nodes;
    w->work_left = STAGE_WORK;
    if (stage->count > 0 || !w->has_point) {
        TRY(start_linear(w, index, &aim));
        TRY(decide(w, &aim, &decision, outcome));
    }
    if (*outcome != BACKEND_OPTIMAL)
        return STATUS_OK;
    return run_note(w->run, index, 0, decision.bound + stage->constant, decision.status);
}

/** Adds t and d for the sum of the @p rank smallest shares; @p columns and @p costs get
 *  minimise sum d - rank t. */
static Status add_rank(WholeRun *w, const Stage *stage, size_t rank, int *columns, double *costs)
{
    Backend *backend = w->run->backend;
    const Lp *lp = &w->run->form->lp;
    double top = lp->upper[stage->level_column], scale = lp->column_scale[stage->level_column];
    columns[0] = backend_add_column(backend, 0, top, scale);
    costs[0] = -(double)rank;
    for (size_t g = 0; g < stage->group_count; g++) {
        int share = stage->share_columns[g];
        columns[g + 1] = backend_add_column(backend, 0, top, scale);
        costs[g + 1] = 1.0;
        backend_add_row(backend, 0, INFINITY, 3, (int[]){columns[g + 1], share, columns[0]},
                        (double[]){1.0, 1.0, -1.0}, 1.0 / scale);
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
    TRY(sorted_shares(w, stage, w->x, &now));
    TRY(sorted_shares(w, stage, x, &dived));
    size_t g = 0;
    while (g < stage->group_count && fabs(dived[g] - now[g]) <= RUN_SAME_SHARE)
        g++;
    if (g < stage->group_count && dived[g] > now[g])
        TRY(keep_point(w, x, count));
    return STATUS_OK;
}

/** Does the rank-th smallest share reach the most a share can be? Then all after it do too. */
static Status is_full_from(const WholeRun *w, const Stage *stage, size_t rank, bool *full)
{
    double *sorted;
    *full = false;
    if (!w->has_point)
        return STATUS_OK;
    TRY(sorted_shares(w, stage, w->x, &sorted));
    double top = w->run->form->lp.upper[stage->level_column];
    *full = sorted[rank - 1] >= top - RUN_SAME_SHARE;
    return STATUS_OK;
}

/** Keeps every group at least at its share of the point at hand. */
static void hold_shares(WholeRun *w, const Stage *stage)
{
    for (size_t g = 0; g < stage->group_count; g++) {
        int column = stage->share_columns[g];
        double lower, upper, least = w->x[column] - RUN_SAME_SHARE;
        backend_column_bounds(w->run->backend, column, &lower, &upper);
        if (least > lower)
            backend_bound_column(w->run->backend, column, fmin(least, upper), upper);
    }
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
               .scale = 1.0 / w->run->form->lp.column_scale[stage->level_column]};
    add_level(w, &aim, value_at(w, &aim));
    return STATUS_OK;
}

/** One rank: the largest sum of the @p rank smallest shares; *frozen is the sum reached so far. */
static Status decide_rank(WholeRun *w, size_t index, size_t rank, double *frozen,
                          BackendOutcome *outcome)
{
    const Stage *stage = &w->run->form->stages[index];
    int *columns = ARENA_NEW(w->run->arena, stage->group_count + 1, int);
    double *costs = ARENA_NEW(w->run->arena, stage->group_count + 1, double);
    TRY_NEW(columns);
    TRY_NEW(costs);
    TRY(add_rank(w, stage, rank, columns, costs));
    if (w->has_point)
        TRY(extend_point(w, stage, rank, columns));
    /* a rank's own gap is the gap of the sum: as much smaller as the sum is larger */
    Aim aim = {.count = stage->group_count + 1,
               .columns = columns,
               .costs = costs,
               .scale = 1.0 / w->run->form->lp.column_scale[stage->level_column],
               .gap_rel = w->run->settings->gap_rel / (double)rank,
               .fairness = stage,
               .rank = rank};
    Decision decision;
    TRY(decide(w, &aim, &decision, outcome));
    if (*outcome != BACKEND_OPTIMAL)
        return STATUS_OK;
    TRY(run_note(w->run, index, (int)rank, -decision.bound - *frozen, decision.status));
    *frozen = -decision.value;
    return STATUS_OK;
}

static Status decide_fairness(WholeRun *w, size_t index, BackendOutcome *outcome)
{
    const Stage *stage = &w->run->form->stages[index];
    double frozen = 0, top = w->run->form->lp.upper[stage->level_column];
    bool full;
    w->nodes_left = w->run->settings->nodes;
    w->work_left = STAGE_WORK;
    TRY(is_full_from(w, stage, 1, &full));
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
        if (w->moved)
            TRY(start_from_dive(w, index));
        w->moved = false;
        TRY(decide_rank(w, index, rank, &frozen, outcome));
        if (last && *outcome == BACKEND_OPTIMAL) {
            /* the rest of the point at hand stays as it is: fair as the dive made it, unproven */
            hold_shares(w, stage);
            w->run->bounds[w->run->bound_count - 1].status = STAGE_PARTIAL;
            return STATUS_OK;
        }
    }
    return STATUS_OK;
}

Status run_whole(Run *run, double *x, BackendOutcome *outcome)
{
    WholeRun w = {.run = run};
    *outcome = BACKEND_OPTIMAL;
    for (size_t s = 0; s < run->form->stage_count && *outcome == BACKEND_OPTIMAL; s++) {
        if (run->form->stages[s].kind == STAGE_CANONICAL)
            continue; /* decided by the linear stages over the whole columns found */
        TRY(run->form->stages[s].kind == STAGE_FAIRNESS ? decide_fairness(&w, s, outcome)
                                                        : decide_linear(&w, s, outcome));
    }
    if (*outcome == BACKEND_OPTIMAL)
        memcpy(x, w.x, (size_t)run->form->lp.column_count * sizeof *x);
    return STATUS_OK;
}
