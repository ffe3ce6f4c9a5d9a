/* The search for cents: the program around a plan, by branch and cut. First a point at all, then stage after
 * stage the least that lines come to, each held by a row, then the shortest way. Where a narrow program has no
 * point, a walk at random looks for lines that keep every rule, around which the program is asked again; where
 * that ends nowhere, wider programs are tried.
 */
#include "solver/cents.h"

#include <math.h>
#include <string.h>

#include "allot/cents_program.h"
#include "allot/extract.h"
#include "solver/backend.h"
#include "solver/cents_walk.h"
#include "solver/glpk_guard.h"
#include "solver/plan_before.h"

/* Rounds of more pairs than this are left to rounding. */
enum { PAIRS_MOST = 1500 };

/* Plans of more pairs are not asked whether they could be better by cents. */
enum { BETTER_PAIRS_MOST = 150 };

/* Steps by which a line goes up, of its own, in such a plan. */
enum { TOP_UP_MOST = 16 };

/* Nodes, and simplex iterations times columns, of one objective: where there is no plan yet; where one is there. */
enum { NODES_MOST = 4000, BETTER_NODES_MOST = 200 };
static const double WORK_MOST = 2e7, BETTER_WORK_MOST = 1.5e6;

/* By how many steps a line may move, tried one after another. */
static const int64_t STEPS_MOST[] = {64, 4096, 1000000};

/* What an objective reached is held to, relative; its terms are a few steps' worth each. */
static const double HELD = 1e-9;

typedef struct CentsJob {
    const Formulation *form;
    const SolveSettings *settings;
    const CentsProgram *program;
    Arena *arena;
    Backend *backend;
    double *x; /* [columns] the point at hand */
    bool found;
    long nodes;  /* of one objective, at most, */
    double work; /* likewise */
    const double *
        base; /* [columns of the round's program] the lines around which is searched; NULL: of shares
                           nothing is asked */
    int levels; /* columns of levels in use */
    Status status;
} CentsJob;

/** The least of an objective from the point at hand; the point moves there. */
static bool search(CentsJob *job, size_t count, const int *columns, const double *costs)
{
    BackendSearch limits = {.nodes = job->nodes,
                            .work = job->work,
                            .value_rel = HELD,
                            .deadline = job->settings->deadline,
                            .simple_branching = true,
                            .start = job->found ? job->x : NULL};
    bool found;
    double bound;
    backend_objective(job->backend, count, columns, costs);
    if (backend_solve(job->backend) != BACKEND_OPTIMAL)
        return false;
    (void)backend_search(job->backend, &limits, &found, &bound);
    for (int j = 0; found && j < job->program->lp.column_count; j++)
        job->x[j] = backend_whole_value(job->backend, j);
    job->found = job->found || found;
    return found;
}

/** No later point may be worse than the one at hand. */
static void hold(CentsJob *job, size_t count, const int *columns, const double *costs)
{
    double value = 0, size = 0;
    for (size_t k = 0; k < count; k++) {
        value += costs[k] * job->x[columns[k]];
        size = fmax(size, fabs(costs[k]));
    }
    (void)backend_add_row(job->backend, -INFINITY, value + HELD * fmax(size, fabs(value)), count,
                          columns, costs, size > 0 ? 1.0 / size : 1.0);
}

/** The group's share at the point. */
static double share_at(const CentsJob *job, const Stage *stage, const double *gains, size_t group)
{
    double share = job->base[stage->share_columns[group]];
    for (size_t k = 0; k < job->program->count; k++)
        share += gains[k] * job->x[k];
    return share;
}

/** The lowest share that is left goes up as far as it can, and is held. False where none is left. */
static bool raise_level(CentsJob *job, const Stage *stage, double **gains, const bool *done,
                        int *columns, double *values, size_t *lowest)
{
    static const double UP = -1.0;
    size_t count = job->program->count;
    double least = INFINITY, unit = 0;
    *lowest = 0;
    for (size_t g = 0; g < stage->group_count; g++)
        if (!done[g]) {
            least = fmin(least, share_at(job, stage, gains[g], g));
            for (size_t k = 0; k < count; k++)
                unit = fmax(unit, fabs(gains[g][k]));
        }
    if (isinf(least))
        return false;
    int level = job->program->level + job->levels++;
    job->x[level] = 0;
    for (size_t g = 0; g < stage->group_count; g++) {
        if (done[g])
            continue;
        for (size_t k = 0; k < count; k++) {
            columns[k] = (int)k;
            values[k] = gains[g][k];
        }
        columns[count] = level;
        values[count] = -unit;
        (void)backend_add_row(job->backend, least - job->base[stage->share_columns[g]], INFINITY,
                              count + 1, columns, values, 1.0 / unit);
    }
    (void)search(job, 1, &level, &UP);
    hold(job, 1, &level, &UP);
    least = INFINITY;
    for (size_t g = 0; g < stage->group_count; g++)
        if (!done[g] && share_at(job, stage, gains[g], g) < least) {
            least = share_at(job, stage, gains[g], g);
            *lowest = g;
        }
    return true;
}

/** Levels of a fairness, from the smallest share up: each as high as can be, and held. What is lowest once
 *  the level is found stays out of the next. */
static Status decide_shares(CentsJob *job, const Stage *stage, int *columns, double *values)
{
    size_t count = job->program->count;
    bool *done = ARENA_NEW(job->arena, stage->group_count, bool);
    double **gains = ARENA_NEW(job->arena, stage->group_count, double *);
    TRY_NEW(done);
    TRY_NEW(gains);
    for (size_t g = 0; g < stage->group_count; g++)
        done[g] = !cents_program_gains(job->form, job->program, stage, g, job->arena, &gains[g]);
    for (int rank = 0; rank < CENTS_LEVELS && job->levels < CENTS_LEVELS; rank++) {
        size_t lowest;
        if (!raise_level(job, stage, gains, done, columns, values, &lowest))
            break;
        done[lowest] = true;
    }
    for (size_t k = 0; k < count; k++)
        columns[k] = (int)k;
    return STATUS_OK;
}

static Status decide_stages(CentsJob *job, int *columns, double *ones)
{
    size_t count = job->program->count;
    double *costs, *values = ARENA_NEW(job->arena, count + 1, double);
    TRY_NEW(values);
    for (size_t k = 0; k < count; k++)
        ones[k] = 1.0;
    if (!job->found && !search(job, count, job->program->distance, ones))
        return STATUS_OK;
    for (size_t k = 0; k < count; k++)
        columns[k] = (int)k;
    for (size_t s = 0; s < job->form->stage_count; s++) {
        const Stage *stage = &job->form->stages[s];
        if (stage->kind == STAGE_FAIRNESS && job->base != NULL)
            TRY(decide_shares(job, stage, columns, values));
        if (stage->kind == STAGE_CANONICAL ||
            !cents_program_costs(job->form, job->program, stage, job->arena, &costs))
            continue;
        (void)search(job, count, columns, costs);
        hold(job, count, columns, costs);
    }
    (void)search(job, count, job->program->distance, ones);
    return STATUS_OK;
}

static void decide_guarded(void *context)
{
    CentsJob *job = context;
    int *columns = ARENA_NEW(job->arena, job->program->count + 1, int);
    double *ones = ARENA_NEW(job->arena, job->program->count, double);
    job->status = STATUS_NO_MEMORY;
    if (columns == NULL || ones == NULL)
        return;
    job->backend = backend_open(&job->program->lp, job->arena);
    if (job->backend == NULL)
        return;
    job->status = decide_stages(job, columns, ones);
    backend_close(job->backend);
}

/** The lines of the book as a point of the round's program. */
static Status point_of(const Formulation *form, const RuleBook *book, Arena *arena, double **out)
{
    double *x = ARENA_NEW(arena, (size_t)form->lp.column_count, double);
    TRY_NEW(x);
    for (size_t p = 0; p < form->pairs->count; p++)
        x[p] = (double)book->quantity[p] / form->quantum[form->pairs->pairs[p].need];
    formulation_complete(form, x);
    *out = x;
    return STATUS_OK;
}

/** The lines of the point as a plan, where that keeps every rule and condition exactly. */
static Status take_plan(const CentsJob *job, const RuleBook *book, Plan *plan, bool *found)
{
    const Formulation *form = job->form;
    double *x;
    Plan settled;
    int broken;
    int64_t excess;
    TRY(point_of(form, book, job->arena, &x));
    for (size_t k = 0; k < job->program->count; k++) {
        int pair = job->program->pair[k], need = form->pairs->pairs[pair].need;
        int64_t steps = (int64_t)llround(job->x[k]);
        x[pair] = (double)(book->quantity[pair] + steps * form->round->needs[need].step) /
                  form->quantum[need];
    }
    formulation_complete(form, x);
    TRY(plan_extract(form, x, false, job->arena, &settled, &broken, &excess));
    *found = broken < 0;
    if (*found)
        *plan = settled;
    return STATUS_OK;
}

static Status count_lines(const Formulation *form, const Plan *near, Arena *arena, RuleBook *book)
{
    TRY(rule_book_init(form->round, form->pairs, form->rules, arena, book));
    for (size_t i = 0; i < near->assignment_count; i++) {
        const Assignment *line = &near->assignments[i];
        int pair = pair_set_find(form->pairs, line->need, line->offer);
        if (pair >= 0)
            TRY(rule_book_set(book, pair, line->quantity));
    }
    return STATUS_OK;
}

/** The search around the lines of the book, each moving by so many steps. */
static Status search_around(CentsJob job, const RuleBook *book, int64_t steps, Plan *plan,
                            bool *found)
{
    CentsProgram program;
    GuardFault fault;
    *found = false;
    TRY(cents_program_build(job.form, book, steps, job.arena, &program));
    if (program.count == 0)
        return STATUS_OK;
    job.program = &program;
    job.x = ARENA_NEW(job.arena, (size_t)program.lp.column_count, double);
    TRY_NEW(job.x);
    if (!glpk_guard_run(decide_guarded, &job, &fault))
        return STATUS_OK;
    TRY(job.status);
    return job.found ? take_plan(&job, book, plan, found) : STATUS_OK;
}

/** Walks to lines that keep every rule, and looks for better ones around them. */
static Status walk_there(CentsJob job, RuleBook *book, Plan *plan, bool *found)
{
    TRY(cents_walk(job.form, job.arena, book, &job.found));
    if (!job.found)
        return STATUS_OK;
    TRY(search_around(job, book, STEPS_MOST[0], plan,
                      found)); /* from the point that moves nothing */
    job.program = &(CentsProgram){.count = 0};
    return *found ? STATUS_OK : take_plan(&job, book, plan, found);
}

Status cents_settle(const Formulation *form, const SolveSettings *settings, const Plan *near,
                    Arena *arena, Plan *plan, bool *found)
{
    RuleBook book;
    *found = false;
    if (form->pairs->count > PAIRS_MOST || solve_is_late(settings))
        return STATUS_OK;
    TRY(count_lines(form, near, arena, &book));
    CentsJob job = {
        .form = form, .settings = settings, .arena = arena, .nodes = NODES_MOST, .work = WORK_MOST};
    for (size_t k = 0; k < sizeof STEPS_MOST / sizeof *STEPS_MOST && !*found; k++) {
        TRY(search_around(job, &book, STEPS_MOST[k], plan, found));
        if (k == 0 && !*found)
            TRY(walk_there(job, &book, plan, found));
    }
    return STATUS_OK;
}

/** Does rounding decide anything: does some line count another amount than its own under a rule, or are cents
 *  divided by shares? */
static bool is_rounded(const Formulation *form, const RuleBook *book)
{
    for (size_t k = 0; k < book->first[book->pairs->count]; k++)
        if (!book->plain[k])
            return true;
    for (size_t s = 0; s < form->stage_count; s++)
        if (form->stages[s].kind == STAGE_FAIRNESS && form->stages[s].group_count > 1)
            return true;
    return false;
}

/** Lines of needs that are not met go up by steps that no rule notices: of halves that are rounded down, say. */
static Status top_up(const Formulation *form, RuleBook *book)
{
    const PairSet *pairs = form->pairs;
    for (size_t n = 0; n < form->round->need_count; n++) {
        const Need *need = &form->round->needs[n];
        int64_t room = need->wanted;
        for (size_t p = pairs->first[n]; p < pairs->first[n + 1]; p++)
            room -= book->quantity[p];
        for (size_t p = pairs->first[n]; p < pairs->first[n + 1]; p++)
            for (int k = 0; k < TOP_UP_MOST && room >= need->step && book->quantity[p] > 0 &&
                            book->quantity[p] + need->step <= pairs->pairs[p].upper &&
                            rule_book_admits(book, (int)p, book->quantity[p] + need->step);
                 k++) {
                TRY(rule_book_set(book, (int)p, book->quantity[p] + need->step));
                room -= need->step;
            }
    }
    return STATUS_OK;
}

Status cents_better(const Formulation *form, const SolveSettings *settings, Arena *arena,
                    Plan *plan)
{
    RuleBook book;
    Plan other;
    double *x, *y;
    bool found;
    int order;
    if (form->pairs->count > BETTER_PAIRS_MOST || solve_is_late(settings))
        return STATUS_OK;
    TRY(count_lines(form, plan, arena, &book));
    if (!is_rounded(form, &book))
        return STATUS_OK;
    TRY(top_up(form, &book));
    TRY(point_of(form, &book, arena, &x));
    CentsJob job = {.form = form,
                    .settings = settings,
                    .arena = arena,
                    .nodes = BETTER_NODES_MOST,
                    .work = BETTER_WORK_MOST,
                    .base = x,
                    .found = true};
    TRY(search_around(job, &book, STEPS_MOST[0], &other, &found));
    if (!found)
        return STATUS_OK;
    TRY(plan_point(form, plan, arena, &x));
    TRY(plan_point(form, &other, arena, &y));
    TRY(plan_compare_points(form, y, x, 0, arena, &order));
    if (order < 0)
        *plan = other;
    return STATUS_OK;
}
