/* Which lines of a plan are forced and which are free.
 *
 * Many are answered from one: every plan that is met on the way shows all lines something, so that
 * sums of lines are made least and most before single ones are. What reduced costs fixed (face.h)
 * needs no question at all. In rounds of whole things the relaxation says between which bounds a
 * line must lie; plans are met where it comes out whole, where the whole columns stay as the plan has
 * them (the rest is linear), and at last by searches within limits. (Bounds of single columns over an
 * optimal face, filtered: Gleixner, Berthold, Mueller and Weltge 2017, Three enhancements for
 * optimization-based bound tightening.)
 */
#include "allot/ranges.h"

#include <string.h>

#include "allot/solve.h"
#include "solver/face.h"
#include "solver/glpk_guard.h"
#include "solver/network_ranges.h"

typedef enum End { LEAST, MOST } End;

/* A line moves when it moves by more than this, relative to what its need wants: more than solvers'
 * noise. Where the plan was rounded to minor units, by more than a few of these. */
static const double NOISE_LINEAR = 1e-8, NOISE_WHOLE = 1e-6;
enum { NOISE_PARTS = 2 };

/* An amount is a whole step when this little of it is missing. */
static const double BROKEN_STEP = 1e-3;

/* Nodes and work, as in BackendSearch, of one search, and the work of all. */
enum { NODES = 200 };
static const double SEARCH_WORK = 1e7, SEARCH_WORK_ALL = 3e8;

/* Sums of lines are asked for so often at most, and while they close this part of what is open. */
enum { SUMS_MOST = 12, SUM_PART = 20 };

typedef struct Line {
    int pair, need;
    double at;        /* in the plan, in its column */
    double shown[2];  /* the least and the most in any plan met */
    double proven[2]; /* no plan goes beyond */
    double noise;
    Carrier *others; /* of the plan that shows the least */
    int other_count;
    double gone; /* what the need has less in it */
} Line;

typedef struct RangeJob {
    const Formulation *form;
    const Plan *plan;
    const SolveSettings *settings;
    Arena *arena;
    Face face;
    Line *lines; /* [plan->assignment_count] */
    size_t count;
    int *columns; /* scratch [count] */
    double *costs;
    BackendBounds bounds; /* of the face, to go back to */
    double search_work;   /* left */
    bool found;           /* the face could be opened */
    Status status;
} RangeJob;

/* ---- what is known -------------------------------------------------------------------------- */

static double toward(End end)
{
    return end == LEAST ? 1.0 : -1.0;
}

/** May there be plans beyond what is shown? */
static bool is_open(const Line *line, End end)
{
    return toward(end) * (line->shown[end] - line->proven[end]) > line->noise;
}

/** Whole steps in an amount of the line's need; less than its noise is nothing. */
static int64_t in_steps(const RangeJob *job, const Line *line, double amount)
{
    int64_t step = job->form->round->needs[line->need].step;
    double steps = floor(amount * job->form->quantum[line->need] / (double)step + BROKEN_STEP);
    return amount <= line->noise || steps < 1 ? 0 : (int64_t)steps * step;
}

/** Who has more of the need in the point at hand than in the plan. */
static Status note_carriers(RangeJob *job, Line *line, double gone)
{
    const PairSet *pairs = job->form->pairs;
    size_t first = pairs->first[line->need], end = pairs->first[line->need + 1];
    if (line->others == NULL)
        line->others = ARENA_NEW(job->arena, end - first, Carrier);
    TRY_NEW(line->others);
    line->gone = gone;
    line->other_count = 0;
    for (size_t p = first; p < end; p++) {
        double rise = backend_value(job->face.run.backend, (int)p) - job->face.x[p];
        int64_t more = in_steps(job, line, rise);
        if ((int)p != line->pair && rise > line->noise && more > 0)
            line->others[line->other_count++] = (Carrier){pairs->pairs[p].offer, more};
    }
    return STATUS_OK;
}

/** The point at hand is a plan: what does it show of every line? Of two that show the same, the one
 *  where the need itself keeps more. */
static Status meet_plan(RangeJob *job)
{
    const Backend *backend = job->face.run.backend;
    for (size_t i = 0; i < job->count; i++) {
        Line *line = &job->lines[i];
        double value = backend_value(backend, line->pair);
        int u = job->form->unmet_column[line->need];
        double gone = backend_value(backend, u) - job->face.x[u];
        bool less = value < line->shown[LEAST] - line->noise;
        bool same = value < line->at - line->noise && value <= line->shown[LEAST] + line->noise;
        if (less || (same && gone < line->gone - line->noise))
            TRY(note_carriers(job, line, gone));
        if (less)
            line->shown[LEAST] = value;
        if (value > line->shown[MOST] + line->noise)
            line->shown[MOST] = value;
    }
    return STATUS_OK;
}

/** Is the point at hand a plan? */
static bool is_plan(const RangeJob *job)
{
    const Lp *lp = &job->form->lp;
    for (int j = 0; !job->face.exact && j < lp->column_count; j++)
        if (!run_is_whole(lp, j, backend_value(job->face.run.backend, j)))
            return false;
    return true;
}

/* ---- questions ------------------------------------------------------------------------------ */

static bool is_exhausted(const RangeJob *job)
{
    return job->face.work <= 0 || solve_is_late(job->settings);
}

/** The sum of all lines that are open at this end, each by its need's measure. *closed: how many are
 *  not open any more. */
static Status ask_sum(RangeJob *job, End end, size_t *open, size_t *closed)
{
    *open = *closed = 0;
    for (size_t i = 0; i < job->count; i++) {
        const Line *line = &job->lines[i];
        if (!is_open(line, end))
            continue;
        job->columns[*open] = line->pair;
        job->costs[(*open)++] = toward(end) / job->form->lp.column_scale[line->pair];
    }
    if (*open == 0)
        return STATUS_OK;
    if (face_solve(&job->face, *open, job->columns, job->costs) != BACKEND_OPTIMAL || !is_plan(job))
        return STATUS_OK;
    TRY(meet_plan(job));
    size_t still = 0;
    for (size_t i = 0; i < job->count; i++)
        still += is_open(&job->lines[i], end);
    *closed = *open - still;
    return STATUS_OK;
}

static Status ask_sums(RangeJob *job)
{
    for (int end = LEAST; end <= MOST; end++) {
        size_t open = 1, closed = 1;
        for (int i = 0; i < SUMS_MOST && closed > 0 && closed >= open / SUM_PART; i++) {
            if (is_exhausted(job))
                return STATUS_OK;
            TRY(ask_sum(job, (End)end, &open, &closed));
        }
    }
    return STATUS_OK;
}

/** One line alone. @p bounds: the answer bounds every plan. */
static Status ask_line(RangeJob *job, Line *line, End end, bool bounds)
{
    double cost = toward(end);
    if (face_solve(&job->face, 1, &line->pair, &cost) != BACKEND_OPTIMAL)
        return STATUS_OK;
    double value = backend_value(job->face.run.backend, line->pair);
    if (bounds && toward(end) * (value - line->proven[end]) > 0)
        line->proven[end] = value;
    return is_plan(job) ? meet_plan(job) : STATUS_OK;
}

static Status ask_lines(RangeJob *job, bool bounds)
{
    for (size_t i = 0; i < job->count; i++)
        for (int end = LEAST; end <= MOST; end++)
            if (is_open(&job->lines[i], (End)end) && !is_exhausted(job))
                TRY(ask_line(job, &job->lines[i], (End)end, bounds));
    return STATUS_OK;
}

/** Where the need itself has less in the plan that shows the least: can others of its own carry more? */
static Status ask_carriers(RangeJob *job)
{
    Backend *backend = job->face.run.backend;
    for (size_t i = 0; i < job->count && !is_exhausted(job); i++) {
        Line *line = &job->lines[i];
        double lower, upper, cost = 1.0;
        if (line->gone <= line->noise || line->shown[LEAST] >= line->at - line->noise)
            continue;
        backend_column_bounds(backend, line->pair, &lower, &upper);
        backend_bound_column(backend, line->pair, lower, fmax(lower, line->shown[LEAST]));
        if (face_solve(&job->face, 1, &job->form->unmet_column[line->need], &cost) ==
                BACKEND_OPTIMAL &&
            is_plan(job))
            TRY(meet_plan(job));
        backend_bound_column(backend, line->pair, lower, upper);
    }
    return STATUS_OK;
}

/* ---- whole columns -------------------------------------------------------------------------- */

static void fix_wholes(RangeJob *job, bool searched)
{
    const Lp *lp = &job->form->lp;
    Backend *backend = job->face.run.backend;
    for (int j = 0; j < lp->column_count; j++) {
        if (!lp->integer[j])
            continue;
        double value = round(searched ? backend_whole_value(backend, j) : job->face.x[j]);
        backend_bound_column(backend, j, value, value);
    }
}

/** With every whole column as the plan has it, the rest is linear. */
static Status ask_near(RangeJob *job)
{
    fix_wholes(job, false);
    TRY(ask_sums(job));
    TRY(ask_lines(job, false));
    TRY(ask_carriers(job));
    backend_restore_bounds(job->face.run.backend, &job->bounds);
    return STATUS_OK;
}

/** Looks for a plan whose line goes beyond what is shown. *more: there was one. */
static Status search_beyond(RangeJob *job, Line *line, End end, bool *more)
{
    Backend *backend = job->face.run.backend;
    BackendSearch limits = {.nodes = NODES, .work = fmin(SEARCH_WORK, job->search_work)};
    double lower, upper, cost = toward(end), before = backend_work(backend), bound = 0;
    const Need *need = &job->form->round->needs[line->need];
    double step = fmax((double)need->step / job->form->quantum[line->need], 2 * line->noise);
    double target = line->shown[end] - toward(end) * step;
    bool found = false;
    *more = false;
    backend_column_bounds(backend, line->pair, &lower, &upper);
    if (target < lower - line->noise || target > upper + line->noise) {
        line->proven[end] = line->shown[end];
        return STATUS_OK;
    }
    target = fmin(fmax(target, lower), upper); /* what is shown is off by a solver's noise */
    backend_bound_column(backend, line->pair, end == LEAST ? lower : target,
                         end == LEAST ? target : upper);
    BackendOutcome outcome = face_solve(&job->face, 1, &line->pair, &cost);
    if (outcome == BACKEND_OPTIMAL)
        outcome = backend_search(backend, &limits, &found, &bound);
    job->search_work -= backend_work(backend) - before;
    if (outcome == BACKEND_INFEASIBLE)
        line->proven[end] = line->shown[end];
    if (outcome == BACKEND_OPTIMAL && found)
        line->proven[end] = toward(end) * bound;
    if (found) {
        fix_wholes(job, true);
        double shown = line->shown[end];
        TRY(ask_line(job, line, end, false));
        *more = toward(end) * (shown - line->shown[end]) > line->noise;
    }
    backend_restore_bounds(backend, &job->bounds);
    return STATUS_OK;
}

static Status search_lines(RangeJob *job)
{
    for (size_t i = 0; i < job->count; i++)
        for (int end = LEAST; end <= MOST; end++)
            for (bool more = true; more && is_open(&job->lines[i], (End)end);)
                if (job->search_work > 0 && !is_exhausted(job))
                    TRY(search_beyond(job, &job->lines[i], (End)end, &more));
                else
                    more = false;
    return STATUS_OK;
}

/* ---- a plan's lines ------------------------------------------------------------------------- */

/** The lines as the face leaves them. False when the plan does not lie in it. */
static bool begin_lines(RangeJob *job)
{
    const Formulation *form = job->form;
    double relative = job->face.exact ? NOISE_LINEAR : NOISE_WHOLE;
    bool rounded = !job->face.exact || job->plan->rounding_loss > 0;
    for (size_t i = 0; i < job->count; i++) {
        const Assignment *assignment = &job->plan->assignments[i];
        const Need *need = &form->round->needs[assignment->need];
        Line *line = &job->lines[i];
        line->need = assignment->need;
        line->pair = pair_set_find(form->pairs, assignment->need, assignment->offer);
        if (line->pair < 0)
            return false;
        line->at = line->shown[LEAST] = line->shown[MOST] = job->face.x[line->pair];
        line->noise = relative * (double)need->wanted / form->quantum[line->need];
        if (rounded && need->unit.is_money)
            line->noise += NOISE_PARTS / form->quantum[line->need];
        backend_column_bounds(job->face.run.backend, line->pair, &line->proven[LEAST],
                              &line->proven[MOST]);
        if (line->proven[LEAST] > line->at + line->noise ||
            line->proven[MOST] < line->at - line->noise)
            return false;
    }
    return true;
}

static Status ask_all(RangeJob *job)
{
    Backend *backend = job->face.run.backend;
    TRY(backend_save_bounds(backend, job->arena, &job->bounds));
    TRY(ask_sums(job));
    TRY(ask_lines(job, !job->face.narrow));
    if (job->face.exact)
        return ask_carriers(job);
    TRY(ask_near(job));
    return search_lines(job);
}

static Status open_and_ask(RangeJob *job)
{
    Status status =
        face_open(job->form, job->plan, job->settings, job->arena, &job->face, &job->found);
    if (status == STATUS_OK && job->found) {
        job->found = begin_lines(job);
        if (job->found)
            status = ask_all(job);
    }
    face_close(&job->face);
    return status;
}

static void guarded(void *context)
{
    RangeJob *job = context;
    job->status = open_and_ask(job);
}

/** The end shown; the column's own bound where it is so near. */
static double near(const RangeJob *job, const Line *line, End end)
{
    const Lp *lp = &job->form->lp;
    double bound = end == LEAST ? lp->lower[line->pair] : lp->upper[line->pair];
    return fabs(line->shown[end] - bound) <= 2 * line->noise ? bound : line->shown[end];
}

/** In whole steps, rounded towards the line. */
static LineRange range_of(const RangeJob *job, size_t index)
{
    const Line *line = &job->lines[index];
    int64_t at = job->plan->assignments[index].quantity;
    LineRange range = {.proof = RANGE_NOT_DECIDED, .least = at, .most = at};
    if (!job->found)
        return range;
    range.least = at - in_steps(job, line, line->at - near(job, line, LEAST));
    range.most = at + in_steps(job, line, near(job, line, MOST) - line->at);
    bool open = is_open(line, LEAST) || is_open(line, MOST) || job->face.narrow;
    bool moves = range.least < range.most;
    range.proof = !open && moves ? RANGE_FREE
                  : !open        ? RANGE_FORCED
                  : moves        ? RANGE_AT_LEAST
                                 : RANGE_NOT_DECIDED;
    if (range.least < at) {
        range.others = line->others;
        range.other_count = line->other_count;
        range.short_by = in_steps(job, line, line->gone);
    }
    return range;
}

Status solve_ranges(const Formulation *form, const Plan *plan, const SolveSettings *settings,
                    Arena *arena, const Ranges **out)
{
    GuardFault fault;
    RangeJob job = {.form = form,
                    .plan = plan,
                    .settings = settings,
                    .arena = arena,
                    .count = plan->assignment_count,
                    .search_work = SEARCH_WORK_ALL};
    Ranges *ranges = ARENA_NEW(arena, 1, Ranges);
    LineRange *lines = ARENA_NEW(arena, job.count, LineRange);
    TRY_NEW(ranges);
    TRY_NEW(lines);
    ranges->lines = lines;
    bool found = false;
    if (settings->sift_from >= 0)
        TRY(network_ranges(form->round, plan, arena, lines, &found));
    if (found) {
        *out = ranges;
        return STATUS_OK;
    }
    job.lines = ARENA_NEW(arena, job.count, Line);
    job.columns = ARENA_NEW(arena, job.count, int);
    job.costs = ARENA_NEW(arena, job.count, double);
    TRY_NEW(job.lines);
    TRY_NEW(job.columns);
    TRY_NEW(job.costs);
    if (!glpk_guard_run(guarded, &job, &fault))
        return STATUS_SOLVER_FAULT;
    TRY(job.status);
    for (size_t i = 0; i < job.count; i++)
        lines[i] = range_of(&job, i);
    *out = ranges;
    return STATUS_OK;
}
