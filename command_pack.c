/* allot pack: what each party of a round receives. */
#include "command.h"

#include <stdio.h>
#include <string.h>

#include "allot/effects.h"
#include "allot/language.h"
#include "allot/pack.h"
#include "job_report.h"
#include "jobs.h"
#include "urgent.h"

/** A plan made with --urgent says so by its first stage: what is asked about it keeps that stage too. */
static void take_urgent_stage(Session *s)
{
    const char *id = urgent_of_stages(s->plan.stages, s->plan.stage_count);
    if (id == NULL)
        return;
    s->round.urgent = round_find_need(&s->round, id);
    s->round.has_urgent = s->round.urgent >= 0;
    s->round.settings.change_first = false;
    s->why_plain = N_("an urgent need");
}

/** What answers did is asked of those that are new since the plan before: of a line that one of them fixed or ruled
 *  out, and that was something else there. */
static Status mark_new_answers(Session *s)
{
    const Replies *kept = s->round.replies;
    if (kept == NULL)
        return STATUS_OK;
    Replies *replies = ARENA_NEW(s->arena, 1, Replies);
    TRY_NEW(replies);
    replies->rows = ARENA_NEW(s->arena, kept->count, Reply);
    TRY_NEW(replies->rows);
    for (size_t i = 0; i < kept->count; i++) {
        Reply *reply = &replies->rows[replies->count++];
        *reply = kept->rows[i];
        reply->carried = plan_line_before(&s->round, reply->need, reply->offer) ==
                         plan_line_now(&s->plan, reply->need, reply->offer);
    }
    s->round.replies = replies;
    return STATUS_OK;
}

/** Of a plan that serves an urgent need first: what moved for it, as its own workbook tells. */
static Status find_moved(Session *s)
{
    if (!s->round.has_urgent || !s->round.has_previous)
        return STATUS_OK;
    s->is_decided = true; /* what is asked is not bound by what made the plan */
    TRY(mark_new_answers(s));
    return find_effects(s);
}

/** Reads the plan and holds it against the round: one that breaks a rule goes to nobody. */
static Status open_plan(Session *s)
{
    VerifyReport report;
    TRY(read_plan(s, &report));
    take_urgent_stage(s);
    return plan_reasons(&s->round, s->sets, s->arena, &s->plan);
}

/** Was the plan decided against one before it that nobody named? */
static bool lacks_before(const Session *s)
{
    for (size_t i = 0; i < s->plan.stage_count && !s->round.has_previous; i++)
        if (strcmp(s->plan.stages[i].label, "change") == 0 ||
            strcmp(s->plan.stages[i].label, "taken") == 0)
            return true;
    return false;
}

/* ---- the files of all readers ---------------------------------------------------------------- */

/** A process costs more than a small party's files: each writes those of several. */
enum { READERS_A_TASK = 8 };

typedef struct Packing {
    Session *session;
    const Pack *pack;
    size_t tasks;
} Packing;

static const char *name_of(void *context, size_t task)
{
    const Packing *packing = context;
    (void)task;
    return packing->session->options->target;
}

/** Every so-manieth reader: those with most to write stand together. */
static Status write_readers(const Packing *packing, size_t task, Diag *diag)
{
    for (size_t r = task; r < pack_readers(packing->pack); r += packing->tasks)
        TRY(pack_write(packing->pack, r, diag));
    return STATUS_OK;
}

/** In a process of its own: what went wrong is its result. */
static Status run_task(void *context, size_t task, FILE *out)
{
    Arena *arena = arena_new(); /* given back with the process */
    Diag *diag = arena == NULL ? NULL : diag_new(arena);
    Status status = diag == NULL ? STATUS_NO_MEMORY : write_readers(context, task, diag);
    job_report_write(out, status, diag);
    return STATUS_OK;
}

/** The first that failed ends the pack. */
static Status take_task(void *context, size_t task, const char *bytes, size_t length)
{
    const Packing *packing = context;
    (void)task;
    return job_report_read(bytes, length, packing->session->arena, packing->session->diag);
}

/** Side by side, or one after the other in this process. */
static Status write_all(Session *s, const Pack *pack)
{
    Packing packing = {s, pack, (pack_readers(pack) + READERS_A_TASK - 1) / READERS_A_TASK};
    Jobs jobs = {.count = packing.tasks,
                 .workers = jobs_workers(s->options->jobs),
                 .run = run_task,
                 .take = take_task,
                 .name = name_of,
                 .context = &packing};
    if (jobs.workers > 1 && jobs.count > 1) {
        Status status = jobs_run(&jobs, s->diag);
        return status == STATUS_FINDINGS ? STATUS_INTERNAL : status; /* a process died */
    }
    for (size_t task = 0; task < packing.tasks; task++)
        TRY(write_readers(&packing, task, s->diag));
    return STATUS_OK;
}

Status command_pack(Session *s)
{
    Pack *pack;
    TRY(open_round_to_review(s));
    TRY(open_plan(s));
    TRY(find_answers(s, s->options->explain));
    TRY(find_moved(s));
    if (lacks_before(s)) /* lines would look free that the plan before holds */
        s->plan.answers.ranges = NULL;
    describe_run(s);
    describe_read_plan(s); /* nothing was decided here */
    TRY(pack_open(s->options->target, &s->round, &s->plan, &s->info, s->arena, s->diag, &pack));
    PackCount count = pack_count(pack);
    TRY(pack_close(pack, write_all(s, pack)));
    if (!s->options->quiet)
        printf(_("%s: %zu donors, %zu beneficiaries, coordination.xlsx, internal.xlsx\n"),
               s->options->target, count.donors, count.beneficiaries);
    return STATUS_OK;
}
