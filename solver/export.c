/* The program of the first stage as a file for any other solver. */
#include "allot/solve.h"

#include <stdio.h>
#include <string.h>

#include "solver/glpk_guard.h"
#include "solver/run.h"

typedef struct ExportJob {
    const Formulation *form;
    const char *path;
    bool lp_format;
    Arena *arena;
    Status status;
} ExportJob;

static Status name_all(const ExportJob *job, Backend *backend)
{
    const Lp *lp = &job->form->lp;
    for (int j = 0; j < lp->column_count; j++) {
        const char *name = formulation_column_name(job->form, j, job->arena);
        TRY_NEW(name);
        backend_name_column(backend, j, name);
    }
    for (int i = 0; i < lp->row_count; i++) {
        const char *name = formulation_row_name(job->form, i, job->arena);
        TRY_NEW(name);
        backend_name_row(backend, i, name);
    }
    return STATUS_OK;
}

/** Bounds the level rows, which are free until their stage: a level of 0 always keeps them, so that
 *  nothing is restricted, and GLPK's writer drops the objective of a program with a free row. */
static void close_levels(const Formulation *form, Backend *backend)
{
    for (size_t s = 0; s < form->stage_count; s++)
        for (size_t g = 0; g < form->stages[s].group_count; g++)
            backend_bound_row(backend, form->stages[s].level_rows[g], 0, INFINITY);
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

static Status export_first_stage(const ExportJob *job)
{
    Run run;
    const Formulation *form = job->form;
    TRY(run_open(&run, form, NULL, job->arena));
    TRY(name_all(job, run.backend));
    close_levels(form, run.backend);
    if (form->stage_count > 0) {
        const Stage *stage = &form->stages[0];
        if (stage->kind == STAGE_FAIRNESS) {
            backend_objective(run.backend, 1, &stage->level_column, (double[]){-1.0});
        } else {
            backend_objective(run.backend, stage->count, stage->columns, stage->costs);
        }
    }
    bool written = backend_write(run.backend, job->path, job->lp_format);
    run_close(&run);
    bool whole = written && ends_with(job->path, job->lp_format ? "End" : "ENDATA");
    return whole ? STATUS_OK : STATUS_IO;
}

static void guarded(void *context)
{
    ExportJob *job = context;
    job->status = export_first_stage(job);
}

Status solve_export(const Formulation *form, const char *path, bool lp_format, Arena *arena)
{
    GuardFault fault;
    ExportJob job = {.form = form, .path = path, .lp_format = lp_format, .arena = arena};
    return glpk_guard_run(guarded, &job, &fault) ? job.status : STATUS_SOLVER_FAULT;
}
