/* The program of one stage as a file for any other solver, those before it held by rows. */
#include "allot/solve.h"

#include <stdio.h>
#include <string.h>

#include "solver/backend.h"
#include "solver/export_shares.h"
#include "solver/glpk_guard.h"

/* How far a level may be missed, relative above 1, and a share: more than the noise of solvers, so that amounts are
 * not left with a range too small for their searches. Of hundreds of millions that is euros, for which a solver
 * finds a use in the fairness of a small group: never more than this part of the least by which the stage's
 * value can change. */
static const double LEVEL_SLACK = 1e-8, SHARE_SLACK = 1e-9, STEP_PART = 0.25;

/* What sums of doubles leave, relative above 1. */
static const double SUM_NOISE = 1e-13;

enum { NAME_SIZE = 80 };

typedef struct ExportJob {
    const Formulation *form;
    const StageLevel *levels; /* one a stage, or a rank of it, in the order solved */
    size_t level_count;
    size_t at; /* of levels: the one that is exported */
    const char *path;
    bool lp_format;
    Arena *arena;
    Backend *backend;
    Status status;
} ExportJob;

/* ---- names ----------------------------------------------------------------------------------- */

static Status name_all(const ExportJob *job)
{
    const Lp *lp = &job->form->lp;
    for (int j = 0; j < lp->column_count; j++) {
        const char *name = formulation_column_name(job->form, j, job->arena);
        TRY_NEW(name);
        backend_name_column(job->backend, j, name);
    }
    for (int i = 0; i < lp->row_count; i++) {
        const char *name = formulation_row_name(job->form, i, job->arena);
        TRY_NEW(name);
        backend_name_row(job->backend, i, name);
    }
    return STATUS_OK;
}

/** "d3_fairness_1.2": a letter, a number where it is not negative, and the stage. */
static void make_name(char *name, const char *what, long number, const char *label)
{
    char digits[24] = "";
    if (number >= 0)
        (void)snprintf(digits, sizeof digits, "%ld", number);
    (void)snprintf(name, NAME_SIZE, "%s%s_%s", what, digits, label);
    for (char *c = name; *c != '\0'; c++)
        if (*c == ' ' || *c == '-')
            *c = '_';
}

/* ---- one stage ------------------------------------------------------------------------------- */

/** Bounds the level rows, which are free until their stage: a level of 0 always keeps them, so that
 *  nothing is restricted, and GLPK's writer drops the objective of a program with a free row. */
static void close_levels(const ExportJob *job)
{
    const Formulation *form = job->form;
    for (size_t s = 0; s < form->stage_count; s++)
        for (size_t g = 0; g < form->stages[s].group_count; g++)
            backend_bound_row(job->backend, form->stages[s].level_rows[g], 0, INFINITY);
}

/** An objective to minimise; with the constant it is the stage's value, of a fairness its
 *  negative. */
typedef struct Goal {
    size_t count;
    const int *columns;
    const double *costs;
    double constant;
    double units; /* of a fairness: what its columns count to 1.0 of a share; else 1 */
} Goal;

/** The sum of the rank smallest shares is the largest rank t - sum d, d >= t - share, d >= 0; what
 *  it is above the levels of the ranks before is the share of this one. */
static Status add_rank(const ExportJob *job, size_t at, Goal *goal)
{
    const StageLevel *level = &job->levels[at];
    const Stage *stage = &job->form->stages[level->stage];
    const Lp *lp = &job->form->lp;
    char name[NAME_SIZE];
    int *columns = ARENA_NEW(job->arena, stage->group_count + 1, int);
    double *costs = ARENA_NEW(job->arena, stage->group_count + 1, double);
    double units = export_share_units(job->form, stage),
           scale = lp->column_scale[stage->level_column];
    double top = units * lp->upper[stage->level_column];
    TRY_NEW(columns);
    TRY_NEW(costs);
    columns[0] = backend_add_column(job->backend, 0, top, scale);
    costs[0] = -(double)level->rank / units;
    make_name(name, "t", -1, level->label);
    backend_name_column(job->backend, columns[0], name);
    for (size_t g = 0; g < stage->group_count; g++) {
        columns[g + 1] = backend_add_column(job->backend, 0, top, scale);
        costs[g + 1] = 1.0 / units;
        make_name(name, "d", (long)g + 1, level->label);
        backend_name_column(job->backend, columns[g + 1], name);
        int row = backend_add_row(job->backend, 0, INFINITY, 3,
                                  (int[]){columns[g + 1], stage->share_columns[g], columns[0]},
                                  (double[]){1.0, 1.0, -1.0}, 1.0 / scale);
        backend_name_row(job->backend, row, name);
    }
    *goal =
        (Goal){.count = stage->group_count + 1, .columns = columns, .costs = costs, .units = units};
    for (int before = 1; before < level->rank; before++)
        goal->constant += job->levels[at - (size_t)before].value;
    return STATUS_OK;
}

static Status goal_of(const ExportJob *job, size_t at, Goal *goal)
{
    const Stage *stage = &job->form->stages[job->levels[at].stage];
    if (stage->kind == STAGE_FAIRNESS)
        return add_rank(job, at, goal);
    *goal = (Goal){.count = stage->count,
                   .columns = stage->columns,
                   .costs = stage->costs,
                   .constant = stage->constant,
                   .units = 1.0};
    return STATUS_OK;
}

/** Is the level the best that the columns' own bounds allow? Then no arithmetic leaves more. */
static bool is_best(const ExportJob *job, const StageLevel *level)
{
    const Stage *stage = &job->form->stages[level->stage];
    double best = formulation_trivial_bound(job->form, stage);
    double noise = SUM_NOISE * fmax(1.0, fabs(best));
    return level->rank > 0 ? level->value >= best - noise : level->value <= best + noise;
}

static double slack_of(const ExportJob *job, const StageLevel *level)
{
    if (is_best(job, level))
        return 0;
    if (level->rank > 0)
        return SHARE_SLACK * fmax(1.0, level->value);
    double slack = LEVEL_SLACK * fmax(1.0, fabs(level->value));
    double step = formulation_stage_step(job->form, &job->form->stages[level->stage]);
    return step > 0 ? fmin(slack, STEP_PART * step) : slack;
}

static Status hold_level(const ExportJob *job, size_t at)
{
    Goal goal;
    char name[NAME_SIZE];
    const StageLevel *level = &job->levels[at];
    TRY(goal_of(job, at, &goal));
    if (goal.count == 0)
        return STATUS_OK;
    double reached = level->rank > 0 ? -level->value : level->value;
    double most = reached - goal.constant + slack_of(job, level);
    double *elements = ARENA_NEW(job->arena, goal.count, double);
    TRY_NEW(elements);
    for (size_t k = 0; k < goal.count; k++)
        elements[k] = goal.units * goal.costs[k];
    int row = backend_add_row(job->backend, -INFINITY, goal.units * most, goal.count, goal.columns,
                              elements, 1.0);
    make_name(name, "held", -1, level->label);
    backend_name_row(job->backend, row, name);
    return STATUS_OK;
}

/** The objective, its constant as a column that is 1. */
static Status set_goal(const ExportJob *job, size_t at)
{
    Goal goal;
    TRY(goal_of(job, at, &goal));
    int *columns = ARENA_NEW(job->arena, goal.count + 1, int);
    double *costs = ARENA_NEW(job->arena, goal.count + 1, double);
    TRY_NEW(columns);
    TRY_NEW(costs);
    for (size_t k = 0; k < goal.count; k++) {
        columns[k] = goal.columns[k];
        costs[k] = goal.costs[k];
    }
    if (goal.constant != 0) {
        columns[goal.count] = backend_add_column(job->backend, 1, 1, 1.0);
        costs[goal.count] = goal.constant;
        backend_name_column(job->backend, columns[goal.count++], "constant");
    }
    backend_objective(job->backend, goal.count, columns, costs);
    return STATUS_OK;
}

/** GLPK's writers do not notice a disk that is full at the close: the last line must be there. */
static bool ends_with(const char *path, const char *last)
{
    char tail[32] = "";
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return false;
    size_t got = fseek(file, -16, SEEK_END) == 0 ? fread(tail, 1, sizeof tail - 1, file) : 0;
    tail[got] = '\0';
    return fclose(file) == 0 && strstr(tail, last) != NULL;
}

/** Gives every column that stands in no row one that says what its lower bound says: GLPK's writer
 *  marks an empty column in a way that others cannot read. */
static Status fill_columns(const ExportJob *job)
{
    const Lp *lp = &job->form->lp;
    char name[NAME_SIZE];
    bool *used = ARENA_NEW(job->arena, (size_t)lp->column_count, bool);
    TRY_NEW(used);
    for (size_t k = 0; k < lp->row_first[lp->row_count]; k++)
        used[lp->element_column[k]] = true;
    for (int j = 0; j < lp->column_count; j++) {
        if (used[j])
            continue;
        int row =
            backend_add_row(job->backend, lp->lower[j], INFINITY, 1, &j, (double[]){1.0}, 1.0);
        make_name(name, "alone", j, "");
        backend_name_row(job->backend, row, name);
    }
    return STATUS_OK;
}

/** A program of a round in which nothing may serve anything: the format wants an objective and a row,
 *  and a column in both. */
static void fill_empty(const ExportJob *job)
{
    if (job->form->lp.column_count > 0)
        return;
    int column = backend_add_column(job->backend, 0, 0, 1.0);
    int row = backend_add_row(job->backend, 0, INFINITY, 1, &column, (double[]){1.0}, 1.0);
    backend_name_column(job->backend, column, "nothing");
    backend_name_row(job->backend, row, "alone_nothing");
}

static Status build_stage(const ExportJob *job)
{
    TRY(name_all(job));
    close_levels(job);
    TRY(fill_columns(job));
    fill_empty(job);
    for (size_t at = 0; at < job->at; at++)
        TRY(hold_level(job, at));
    return job->at < job->level_count ? set_goal(job, job->at) : STATUS_OK;
}

static Status export_stage(ExportJob *job)
{
    Lp program;
    TRY(export_share_program(job->form, job->arena, &program));
    job->backend = backend_open(&program, job->arena);
    TRY_NEW(job->backend);
    Status status = build_stage(job);
    bool written = status == STATUS_OK && backend_write(job->backend, job->path, job->lp_format);
    backend_close(job->backend);
    TRY(status);
    bool whole = written && ends_with(job->path, job->lp_format ? "End" : "ENDATA");
    return whole ? STATUS_OK : STATUS_IO;
}

static void guarded(void *context)
{
    ExportJob *job = context;
    job->status = export_stage(job);
}

Status solve_export(const Formulation *form, const char *stage, const StageLevel *levels,
                    const char *path, bool lp_format, Arena *arena)
{
    GuardFault fault;
    StageLevel *none;
    ExportJob job = {.form = form, .path = path, .lp_format = lp_format, .arena = arena};
    TRY(solve_levels(form, NULL, arena, &none, &job.level_count));
    job.levels = levels == NULL ? none : levels;
    levels = job.levels;
    while (stage != NULL && job.at < job.level_count && strcmp(levels[job.at].label, stage) != 0)
        job.at++;
    if (stage != NULL && job.at == job.level_count)
        return STATUS_USAGE;
    return glpk_guard_run(guarded, &job, &fault) ? job.status : STATUS_SOLVER_FAULT;
}
