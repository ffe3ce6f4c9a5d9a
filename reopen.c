/* Agreed lines that give way to an urgent need. */
#include "reopen.h"

#include <math.h>

#include "allot/amount_text.h"
#include "allot/effects.h"
#include "allot/language.h"
#include "allot/plan_record.h"
#include "allot/replies_read.h"
#include "urgent.h"

/** The agreed lines as the plan before: what `taken` then counts is what they lose. */
static Status agreed_as_before(const Replies *replies, Round *round)
{
    PreviousLine *lines = ARENA_NEW(round->arena, replies->count, PreviousLine);
    size_t count = 0;
    TRY_NEW(lines);
    for (size_t i = 0; i < replies->count; i++) {
        const Reply *reply = &replies->rows[i];
        if (reply_agrees(reply))
            lines[count++] = (PreviousLine){reply->need, reply->offer, reply->agreed};
    }
    round->has_previous = true;
    round->previous = lines;
    round->previous_count = count;
    return STATUS_OK;
}

static bool is_asked(const Stage *stage)
{
    return stage->kind == STAGE_URGENT || stage->kind == STAGE_TAKEN || stage->kind == STAGE_TIER ||
           stage->kind == STAGE_UNVALUED || stage->kind == STAGE_FAIRNESS;
}

/** Which of the lines give way follows from tiers and fairness; nobody loses by what is decided behind them. */
static void leave_stages(Formulation *form)
{
    size_t count = 0;
    for (size_t i = 0; i < form->stage_count; i++)
        if (is_asked(&form->stages[i]))
            form->stages[count++] = form->stages[i];
    form->stage_count = count;
}

/** Decides the round with agreed lines free to give way. What is wrong with it is said when it is decided. */
static Status decide(Session *trial, const Replies *replies, bool *found)
{
    *found = false;
    Status status = replies_commit_at_most(replies, &trial->round, trial->diag);
    if (status == STATUS_FINDINGS)
        return STATUS_OK;
    TRY(status);
    TRY(agreed_as_before(replies, &trial->round));
    status = formulate(trial);
    if (status == STATUS_FINDINGS)
        return STATUS_OK;
    TRY(status);
    leave_stages(&trial->form);
    SolveSettings settings = solve_settings(trial);
    status = solve_plan(&trial->form, &settings, trial->arena, &trial->result, &trial->plan);
    *found = status == STATUS_OK && solve_outcome_has_plan(trial->result.outcome);
    return status == STATUS_NO_MEMORY ? status : STATUS_OK;
}

/** @p urgent: id of the need. */
static void tell(Session *s, const Reply *reply, const char *urgent)
{
    const Need *need = &s->round.needs[reply->need];
    diag_add(s->diag, DIAG_REOPENED, reply->place,
             N_("%s had agreed to give '%s' %s from '%s'; this gives way to '%s', which is urgent, "
                "beside all that nobody has agreed to: the line is open again, ask the donor"),
             reply->author, need->id, amount_in_unit(need->unit, reply->agreed).text,
             s->round.offers[reply->offer].id, urgent);
}

/** Takes out of @p replies, into s->round.reopened, agreed lines that give way. */
static Status part(Session *s, bool (*gives_way)(const void *context, Reply *reply),
                   const void *context, Replies *replies)
{
    Replies *reopened = ARENA_NEW(s->arena, 1, Replies);
    TRY_NEW(reopened);
    reopened->rows = ARENA_NEW(s->arena, replies->count, Reply);
    TRY_NEW(reopened->rows);
    size_t kept = 0;
    for (size_t i = 0; i < replies->count; i++) {
        Reply reply = replies->rows[i];
        if (reply_agrees(&reply) && gives_way(context, &reply))
            reopened->rows[reopened->count++] = reply;
        else
            replies->rows[kept++] = reply;
    }
    replies->count = kept;
    s->round.reopened = reopened->count > 0 ? reopened : NULL;
    return STATUS_OK;
}

/** @p plan gives less than was agreed: what it gives is left. */
static bool has_less(const void *plan, Reply *reply)
{
    reply->least = plan_line_now(plan, reply->need, reply->offer);
    return reply->least < reply->agreed;
}

/** @p answers lack it. */
static bool is_left_out(const void *answers, Reply *reply)
{
    return replies_find(answers, reply->need, reply->offer) == NULL;
}

/** Is the first decision proven, as far as it says what gives way? */
static bool is_proven(const Plan *plan)
{
    for (size_t i = 0; i < plan->stage_count; i++)
        if ((plan->stages[i].kind == STAGE_URGENT || plan->stages[i].kind == STAGE_TAKEN) &&
            plan->stages[i].status != STAGE_OPTIMAL)
            return false;
    return true;
}

/** Decides what gives way. */
static Status find(Session *s, Replies *replies)
{
    bool found, any = false;
    for (size_t i = 0; i < replies->count; i++)
        any = any || reply_agrees(&replies->rows[i]);
    if (!s->round.has_urgent || !any)
        return STATUS_OK;
    Session trial = {.options = s->options,
                     .arena = s->arena,
                     .diag = diag_new(s->arena),
                     .round = s->round,
                     .line = s->line};
    TRY_NEW(trial.diag);
    TRY(decide(&trial, replies, &found));
    progress_line_clear(&trial.line);
    s->gives_way_open = !found || !is_proven(&trial.plan);
    return found ? part(s, has_less, &trial.plan, replies) : STATUS_OK;
}

/** What a plan that serves @p urgent first leaves out of its own answers. */
static Status find_left_out(Session *s, const char *plan, const char **urgent, Replies *replies)
{
    PlanRecord record;
    Replies own;
    Diag *unheard = diag_new(s->arena);
    TRY_NEW(unheard);
    Status status = plan_record_read(plan, s->arena, unheard, &record);
    if (status != STATUS_OK)
        return status == STATUS_NO_MEMORY ? status : STATUS_OK;
    *urgent = urgent_of_stages(record.stages, record.stage_count);
    if (*urgent == NULL)
        return STATUS_OK;
    TRY(replies_recall(plan, &s->round, s->arena, &own));
    return part(s, is_left_out, &own, replies);
}

Status reopen_agreed(Session *s, const char *plan, Replies *replies)
{
    const char *urgent = s->round.has_urgent ? s->round.needs[s->round.urgent].id : NULL;
    if (plan != NULL)
        TRY(find_left_out(s, plan, &urgent, replies));
    else
        TRY(find(s, replies));
    for (size_t i = 0; s->round.reopened != NULL && i < s->round.reopened->count; i++)
        tell(s, &s->round.reopened->rows[i], urgent);
    return STATUS_OK;
}

/** Those of @p before that this plan's answers do not answer again. */
static void leave_answered(const Replies *now, Replies *before)
{
    size_t count = 0;
    for (size_t i = 0; i < before->count; i++)
        if (replies_find(now, before->rows[i].need, before->rows[i].offer) == NULL)
            before->rows[count++] = before->rows[i];
    before->count = count;
}

void reopen_bound(Session *s)
{
    const Replies *reopened = s->is_decided ? NULL : s->round.reopened;
    for (size_t i = 0; reopened != NULL && i < reopened->count; i++) {
        const Reply *reply = &reopened->rows[i];
        int pair = pair_set_find(&s->pairs, reply->need, reply->offer);
        if (pair < 0)
            continue;
        if (s->pairs.pairs[pair].lower < reply->least)
            s->pairs.pairs[pair].lower = reply->least;
        if (s->pairs.pairs[pair].upper > reply->agreed)
            s->pairs.pairs[pair].upper = reply->agreed;
    }
}

void reopen_doubt(Session *s)
{
    for (size_t i = 0; s->gives_way_open && i < s->plan.stage_count; i++) {
        StageResult *stage = &s->plan.stages[i];
        bool decided_twice = stage->kind == STAGE_URGENT || stage->kind == STAGE_TAKEN;
        if (!decided_twice || stage->status != STAGE_OPTIMAL || stage->value <= 0)
            continue;
        stage->status = STAGE_LIMIT;
        stage->bound = 0;
        stage->gap = stage->value / fmax(stage->value, 1);
        stage->proven = stage->has_exact = false;
        s->result.outcome = SOLVE_LIMITED;
    }
}

Status reopen_recall(Session *s)
{
    Replies before;
    if (!s->round.has_urgent || s->options->previous == NULL)
        return STATUS_OK;
    TRY(replies_recall(s->options->previous, &s->round, s->arena, &before));
    leave_answered(s->round.replies, &before);
    return part(s, has_less, &s->plan, &before);
}
