/* allot pack: what each party of a round receives. */
#include "command.h"

#include <stdio.h>
#include <string.h>

#include "allot/effects.h"
#include "allot/language.h"
#include "allot/pack.h"
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

Status command_pack(Session *s)
{
    PackCount count;
    TRY(open_round_to_review(s));
    TRY(open_plan(s));
    TRY(find_answers(s, s->options->explain));
    TRY(find_moved(s));
    if (lacks_before(s)) /* lines would look free that the plan before holds */
        s->plan.answers.ranges = NULL;
    describe_run(s);
    describe_read_plan(s); /* nothing was decided here */
    TRY(pack_write(s->options->target, &s->round, &s->plan, &s->info, s->arena, s->diag, &count));
    if (!s->options->quiet)
        printf(_("%s: %zu donors, %zu beneficiaries, coordination.xlsx, internal.xlsx\n"),
               s->options->target, count.donors, count.beneficiaries);
    return STATUS_OK;
}
