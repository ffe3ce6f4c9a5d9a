/* The search for cents: the program around a plan, by branch and cut. First a point at all, then stage after
 * stage the least that lines come to, each held by a row, then the shortest way. A wider program is tried where
 * a narrow one has no point; where none has, a walk at random looks for lines that keep every rule, around which
 * the program is asked again.
 */
#include "solver/cents.h"

#include <math.h>
#include <string.h>

#include "allot/cents_program.h"
#include "allot/extract.h"
#include "solver/backend.h"
#include "solver/cents_walk.h"
#include "solver/glpk_guard.h"

/* Rounds of more pairs than this are left to rounding. */
enum { PAIRS_MOST = 1500 };

/* Nodes, and simplex iterations times columns, of one objective. */
enum { NODES_MOST = 4000 };
static const double WORK_MOST = 2e7;

/* Where it is only asked whether there is a plan: less of both, so many times. */
enum { GLANCE_TIMES = 10 };

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
    Status status;
} CentsJob;

/** The least of an objective from the point at hand; the point moves there. */
static bool search(CentsJob *job, size_t count, const int *columns, const double *costs)
{
    int times = job->settings->glance ? GLANCE_TIMES : 1;
    BackendSearch limits = {.nodes = NODES_MOST / times,
                            .work = WORK_MOST / times,
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

static Status decide_stages(CentsJob *job, int *columns, double *ones)
{
    size_t count = job->program->count;
    double *costs;
    for (size_t k = 0; k < count; k++)
        ones[k] = 1.0;
    if (!search(job, count, job->program->distance, ones))
        return STATUS_OK;
    for (size_t k = 0; k < count; k++)
        columns[k] = (int)k;
    for (size_t s = 0; s < job->form->stage_count; s++) {
        const Stage *stage = &job->form->stages[s];
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
    int *columns = ARENA_NEW(job->arena, job->program->count, int);
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

/** The lines of the point as a plan, where that keeps every rule and condition exactly. */
static Status take_plan(const CentsJob *job, const RuleBook *book, Plan *plan, bool *found)
{
    const Formulation *form = job->form;
    double *x = ARENA_NEW(job->arena, (size_t)form->lp.column_count, double);
    Plan settled;
    int broken;
    int64_t excess;
    TRY_NEW(x);
    for (size_t p = 0; p < form->pairs->count; p++)
        x[p] = (double)book->quantity[p] / form->quantum[form->pairs->pairs[p].need];
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

/** What is settled, and where it goes. */
typedef struct Settling {
    const Formulation *form;
    const SolveSettings *settings;
    Arena *arena;
    Plan *plan;
    bool *found;
} Settling;

/** The search around the lines of the book, each moving by so many steps. @p kept: as they are they keep every rule. */
static Status search_around(const Settling *s, const RuleBook *book, int64_t steps, bool kept)
{
    CentsProgram program;
    GuardFault fault;
    *s->found = false;
    TRY(cents_program_build(s->form, book, steps, s->arena, &program));
    if (program.count == 0)
        return STATUS_OK;
    CentsJob job = {
        .form = s->form, .settings = s->settings, .program = &program, .arena = s->arena};
    job.x = ARENA_NEW(s->arena, (size_t)program.lp.column_count, double);
    TRY_NEW(job.x);
    job.found = kept; /* the point that moves nothing */
    if (!glpk_guard_run(decide_guarded, &job, &fault))
        return STATUS_OK;
    TRY(job.status);
    return job.found ? take_plan(&job, book, s->plan, s->found) : STATUS_OK;
}

/** Walks to lines that keep every rule, and looks for better ones around them. */
static Status walk_there(const Settling *s, RuleBook *book)
{
    bool kept;
    TRY(cents_walk(s->form, s->arena, book, &kept));
    if (!kept)
        return STATUS_OK;
    TRY(search_around(s, book, STEPS_MOST[0], true));
    CentsJob still = {.form = s->form, .program = &(CentsProgram){.count = 0}, .arena = s->arena};
    return *s->found ? STATUS_OK : take_plan(&still, book, s->plan, s->found);
}

Status cents_settle(const Formulation *form, const SolveSettings *settings, const Plan *near,
                    bool walk, Arena *arena, Plan *plan, bool *found)
{
    RuleBook book;
    const Settling s = {form, settings, arena, plan, found};
    *found = false;
    if (form->pairs->count > PAIRS_MOST || solve_is_late(settings))
        return STATUS_OK;
    TRY(count_lines(form, near, arena, &book));
    for (size_t k = 0; k < sizeof STEPS_MOST / sizeof *STEPS_MOST && !*found; k++)
        TRY(search_around(&s, &book, STEPS_MOST[k], false));
    return *found || !walk ? STATUS_OK : walk_there(&s, &book);
}
