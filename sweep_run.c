/* Deciding the cases of a sweep: each in a process of its own, from the files, as if its changes had
 * been typed into them; every plan passes the independent check before it counts.
 */
#include "sweep.h"

#include <stdlib.h>
#include <string.h>

#include "jobs.h"

/* A sweep being run. Task t of the jobs is case first + t * step. */
typedef struct Run {
    Session *session;
    const SweepPlan *plan;
    size_t first, step;
    FILE *text;
    size_t taken; /* tasks whose results, or whose failure, stand in the text */
} Run;

static size_t case_of(const Run *run, size_t task)
{
    return run->first + task * run->step;
}

static const char *name_of(void *context, size_t task)
{
    const Run *run = context;
    return run->plan->names[case_of(run, task)].name;
}

/* ---- one case, in its own process ----------------------------------------------------------- */

static Session case_session(const Run *run, const SweepTask *task, Arena *arena)
{
    return (Session){.options = run->session->options,
                     .arena = arena,
                     .diag = diag_new(arena),
                     .scenario = task->scenario,
                     .changes = task->changes,
                     .change_count = task->change_count};
}

/* Nothing can come of this pair any more: it is barred, or its offer is gone. */
static bool is_barred(const Round *round, const SweepVoid *row)
{
    if ((size_t)row->need >= round->need_count || (size_t)row->offer >= round->offer_count)
        return false;
    return round->offers[row->offer].quantity == 0 ||
           eligibility_bar(round, row->need, row->offer).check != BAR_NOTHING;
}

/* Adds the rows of void commitments, as @p probe sees the round, to the changes of @p s. */
static Status add_voids(const SweepTask *task, const Round *probe, Session *s)
{
    CellChange *changes = ARENA_NEW(s->arena, task->change_count + task->void_count, CellChange);
    TRY_NEW(changes);
    for (size_t i = 0; i < task->change_count; i++)
        changes[i] = task->changes[i];
    for (size_t i = 0; i < task->void_count; i++)
        if (is_barred(probe, &task->void_if_barred[i]))
            changes[s->change_count++] = task->void_if_barred[i].row_out;
    s->changes = changes;
    return STATUS_OK;
}

/* The commitments on pairs that the changes bar are taken out. What else is wrong with the round as
 * changed is found again when it is decided. */
static Status void_commitments(const Run *run, const SweepTask *task, Session *s)
{
    if (task->void_count == 0)
        return STATUS_OK;
    Arena *arena = arena_new();
    TRY_NEW(arena);
    Session probe = case_session(run, task, arena);
    Status status = probe.diag == NULL ? STATUS_NO_MEMORY : open_round(&probe);
    if (status == STATUS_OK || status == STATUS_FINDINGS)
        status = add_voids(task, &probe.round, s);
    arena_free(arena);
    return status;
}

static Status decide(Session *s)
{
    TRY(open_round(s));
    TRY(make_plan(s));
    return check_plan(s);
}

static Status run_case(void *context, size_t task, FILE *out)
{
    const Run *run = context;
    size_t index = case_of(run, task);
    const SweepTask *what = &run->plan->tasks[index];
    Arena *arena = arena_new(); /* given back with the process */
    TRY_NEW(arena);
    Session s = case_session(run, what, arena);
    TRY_NEW(s.diag);
    TRY(void_commitments(run, what, &s));
    Status status = decide(&s);
    if (status == STATUS_NO_MEMORY)
        return status;
    if (status == STATUS_OK && s.round.need_count != run->session->round.need_count)
        return STATUS_INTERNAL;
    diag_sort(s.diag);
    return sweep_write_case(out, index, &s.round, status == STATUS_OK ? &s.plan : NULL,
                            outcome_text(&s, status), s.diag, arena);
}

/* ---- all cases ------------------------------------------------------------------------------ */

/* Tasks that failed before this one have no result of their own. */
static void write_failed(Run *run, size_t end)
{
    for (; run->taken < end; run->taken++)
        sweep_write_failed(run->text, case_of(run, run->taken), run->session->round.currency.name);
}

static Status take_case(void *context, size_t task, const char *bytes, size_t length)
{
    Run *run = context;
    write_failed(run, task);
    run->taken++;
    return fwrite(bytes, 1, length, run->text) == length ? STATUS_OK : STATUS_NO_MEMORY;
}

static Status write_head(const Run *run, Arena *scratch)
{
    const SweepPlan *plan = run->plan;
    SweepHead head = {.kind = plan->kind,
                      .round = &run->session->round,
                      .info = &run->session->info,
                      .facts = plan->facts,
                      .fact_count = plan->fact_count,
                      .cases = plan->names,
                      .case_count = plan->count,
                      .time_limit_s = run->session->options->time_limit_s,
                      .part = run->first + 1,
                      .parts = run->step};
    return sweep_write_head(run->text, &head, scratch);
}

static Status write_text(Run *run)
{
    const Session *s = run->session;
    size_t count = run->plan->count;
    Jobs jobs = {.count = run->first < count ? (count - run->first - 1) / run->step + 1 : 0,
                 .workers = s->options->jobs,
                 .run = run_case,
                 .take = take_case,
                 .name = name_of,
                 .context = run};
    TRY(write_head(run, s->arena));
    Status status = jobs_run(&jobs, s->diag);
    if (status != STATUS_FINDINGS)
        TRY(status); /* else: a case failed, which its result says */
    write_failed(run, jobs.count);
    return STATUS_OK;
}

Status sweep_run(Session *s, const SweepPlan *plan, char **text, size_t *length)
{
    bool is_part = s->options->part > 0;
    Run run = {.session = s,
               .plan = plan,
               .first = is_part ? s->options->part - 1 : 0,
               .step = is_part ? s->options->part_of : 1};
    *text = NULL;
    run.text = open_memstream(text, length);
    TRY_NEW(run.text);
    Status status = write_text(&run);
    if (status == STATUS_OK && fflush(run.text) != 0)
        status = STATUS_NO_MEMORY;
    if (status == STATUS_OK)
        status = sweep_write_end(run.text, *text, *length, s->arena);
    if (ferror(run.text) != 0 && status == STATUS_OK)
        status = STATUS_NO_MEMORY;
    if (fclose(run.text) != 0 && status == STATUS_OK)
        status = STATUS_NO_MEMORY;
    return status;
}
