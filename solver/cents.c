/* The search for cents: the program around a plan, by branch and cut. First a point at all, then stage after
 * stage the least that lines come to, each held by a row, then the shortest way. A wider program is tried where
 * a narrow one has no point, or none but at the cost of whole things; where none has, a walk at random looks for lines that keep every rule, around which
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
#include "solver/plan_before.h"

/* Rounds of more pairs than this are left to rounding. */
enum { PAIRS_MOST = 1500 };

/* Nodes, and simplex iterations times columns, of one objective. */
enum { NODES_MOST = 4000 };
static const double WORK_MOST = 2e7;

/* A line of fewer steps is not opened for what is left over. */
enum { CRUMB_STEPS = 100 };

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

/** The plan tried is the one to give where it is the first, or better than the one before. */
static Status keep_better(const Settling *s, const Plan *tried)
{
    double *x, *y;
    int order = -1;
    TRY(plan_point(s->form, tried, s->arena, &x));
    if (*s->found) {
        TRY(plan_point(s->form, s->plan, s->arena, &y));
        TRY(plan_compare_points(s->form, x, y, tried->assignment_count, s->arena, &order));
    }
    if (order < 0)
        *s->plan = *tried;
    *s->found = true;
    return STATUS_OK;
}

/** Has the plan found, to keep every rule, given up more of a tier than cents of what @p aim has? */
static Status gave_up_things(const Settling *s, const double *aim, bool *gave)
{
    double *x;
    int order;
    TRY(plan_point(s->form, s->plan, s->arena, &x));
    TRY(plan_compare_tiers(s->form, x, aim, s->plan->assignment_count, s->arena, &order));
    *gave = order > 0;
    return STATUS_OK;
}

static int64_t given_to(const Formulation *form, const RuleBook *book, int need)
{
    int64_t given = 0;
    for (size_t p = form->pairs->first[need]; p < form->pairs->first[need + 1]; p++)
        given += book->quantity[p];
    return given;
}

/** Raises one line of a need that is served, as far as the need lacks it and every rule admits. A line that is
 *  not there yet is opened for no crumb, and for no thing. */
static Status raise_line(const Settling *s, int pair, RuleBook *book)
{
    const Pair *row = &s->form->pairs->pairs[pair];
    const Need *need = &s->form->round->needs[row->need];
    int64_t given = given_to(s->form, book, row->need), before = book->quantity[pair];
    int64_t room = (need->wanted - given) / need->step, raised = 0;
    if (given == 0 || (before == 0 && s->form->lp.integer[pair]))
        return STATUS_OK;
    room = room < (row->upper - before) / need->step ? room : (row->upper - before) / need->step;
    for (int64_t steps = INT64_C(1) << 40; steps > 0; steps /= 2)
        if (raised + steps <= room &&
            rule_book_admits(book, pair, before + (raised + steps) * need->step))
            raised += steps;
    if (raised == 0 || (before == 0 && raised < CRUMB_STEPS))
        return STATUS_OK;
    return rule_book_set(book, pair, before + raised * need->step);
}

/** What the search, far from where it began, left in offers goes to needs that have some and lack more,
 *  the most urgent first: it is lost otherwise. */
static Status fill(const Settling *s)
{
    const Round *round = s->form->round;
    RuleBook book;
    Plan filled;
    bool whole;
    int last = 0;
    CentsJob still = {.form = s->form, .program = &(CentsProgram){.count = 0}, .arena = s->arena};
    TRY(count_lines(s->form, s->plan, s->arena, &book));
    for (size_t n = 0; n < round->need_count; n++)
        last = round->needs[n].tier > last ? round->needs[n].tier : last;
    for (int tier = 1; tier <= last; tier++)
        for (size_t p = 0; p < s->form->pairs->count; p++)
            if (round->needs[s->form->pairs->pairs[p].need].tier == tier)
                TRY(raise_line(s, (int)p, &book));
    TRY(take_plan(&still, &book, &filled, &whole));
    return whole ? keep_better(s, &filled) : STATUS_OK;
}

Status cents_settle(const Formulation *form, const SolveSettings *settings, const Plan *near,
                    bool walk, Arena *arena, Plan *plan, bool *found)
{
    RuleBook book;
    double *aim;
    Plan tried;
    bool there, wider = true;
    size_t width = 0;
    const Settling s = {form, settings, arena, plan, found};
    const Settling trial = {form, settings, arena, &tried, &there};
    *found = false;
    if (form->pairs->count > PAIRS_MOST || solve_is_late(settings))
        return STATUS_OK;
    TRY(count_lines(form, near, arena, &book));
    TRY(plan_point(form, near, arena, &aim));
    for (size_t k = 0; k < sizeof STEPS_MOST / sizeof *STEPS_MOST && wider; k++) {
        TRY(search_around(&trial, &book, STEPS_MOST[k], false));
        if (!there)
            continue;
        TRY(keep_better(&s, &tried));
        TRY(gave_up_things(&s, aim, &wider));
        width = k;
    }
    if (*found && width > 0)
        TRY(fill(&s));
    return *found || !walk ? STATUS_OK : walk_there(&s, &book);
}
