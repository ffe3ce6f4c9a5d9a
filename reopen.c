/* Agreed lines that give way to an urgent need. */
#include "reopen.h"

#include <math.h>

#include "allot/amount_text.h"
#include "allot/effects.h"
#include "allot/language.h"
#include "allot/plan_record.h"
#include "allot/replies_read.h"
#include "reopen_trial.h"
#include "urgent.h"

/** @p urgent: id of the need. */
static void tell(Session *s, const Reply *reply, const char *urgent)
{
    const Need *need = &s->round.needs[reply->need];
    diag_add(s->diag, DIAG_REOPENED, reply->place,
             N_("%s had agreed to give '%s' %s from '%s'; this gives way to '%s', which is urgent, "
                "beside all that nobody has agreed to: the line is open again, ask the donor "
                "for what the plan still gives of it"),
             reply->author, need->id, amount_in_unit(need->unit, reply->agreed).text,
             s->round.offers[reply->offer].id, urgent);
}

/** What is open again already, with room for @p more. */
static Status open_list(Session *s, size_t more, Replies **out)
{
    const Replies *already = s->round.reopened;
    size_t count = already != NULL ? already->count : 0;
    Replies *list = ARENA_NEW(s->arena, 1, Replies);
    TRY_NEW(list);
    list->rows = ARENA_NEW(s->arena, count + more, Reply);
    TRY_NEW(list->rows);
    for (; list->count < count; list->count++)
        list->rows[list->count] = already->rows[list->count];
    *out = list;
    return STATUS_OK;
}

/** Takes out of @p replies what has less in @p trial than was agreed, says so and opens it again. */
static Status part(Session *s, const Plan *trial, Replies *replies)
{
    Replies *open;
    size_t kept = 0;
    TRY(open_list(s, replies->count, &open));
    for (size_t i = 0; i < replies->count; i++) {
        Reply reply = replies->rows[i];
        reply.least = reply_agrees(&reply) ? plan_line_now(trial, reply.need, reply.offer) : 0;
        if (reply_agrees(&reply) && reply.least < reply.agreed) {
            open->rows[open->count++] = reply;
            tell(s, &reply, s->round.needs[s->round.urgent].id);
        } else {
            replies->rows[kept++] = replies->rows[i];
        }
    }
    replies->count = kept;
    s->round.reopened = open->count > 0 ? open : NULL;
    return STATUS_OK;
}

Status reopen_agreed(Session *s, Replies *replies)
{
    Trial trial;
    bool any = false, *loose = ARENA_NEW(s->arena, replies->count, bool);
    TRY_NEW(loose);
    for (size_t i = 0; i < replies->count; i++) {
        loose[i] = reply_agrees(&replies->rows[i]);
        any = any || loose[i];
    }
    if (!s->round.has_urgent || !any)
        return STATUS_OK;
    TRY(reopen_decide(s, replies, loose, &trial));
    s->gives_way_open = !trial.found || !trial.proven;
    return trial.found ? part(s, &trial.plan, replies) : STATUS_OK;
}

static bool is_marked(const Replies *marked, const Reply *reply)
{
    return reply_agrees(reply) && replies_find(marked, reply->need, reply->offer) != NULL;
}

/** What the plan of @p path marks in its own answers as open again; nothing where it serves no need first. */
static Status read_marked(Session *s, const char *path, const char **urgent, Replies *marked)
{
    PlanRecord record;
    Replies own;
    Diag *unheard = diag_new(s->arena);
    TRY_NEW(unheard);
    *urgent = NULL;
    *marked = (Replies){.count = 0};
    Status status = plan_record_read(path, s->arena, unheard, &record);
    if (status == STATUS_OK)
        *urgent = urgent_of_stages(record.stages, record.stage_count);
    if (*urgent == NULL)
        return status == STATUS_NO_MEMORY ? status : STATUS_OK;
    return replies_recall(path, &s->round, s->arena, &own, marked);
}

Status reopen_as_marked(Session *s, const char *plan, Replies *replies)
{
    const char *urgent;
    Replies marked, *open;
    size_t kept = 0;
    TRY(read_marked(s, plan, &urgent, &marked));
    TRY(open_list(s, replies->count, &open));
    for (size_t i = 0; i < replies->count; i++) {
        const Reply *reply = &replies->rows[i];
        if (is_marked(&marked, reply)) {
            open->rows[open->count++] = *reply;
            tell(s, reply, urgent);
        } else {
            replies->rows[kept++] = *reply;
        }
    }
    replies->count = kept;
    s->round.reopened = open->count > 0 ? open : NULL;
    return STATUS_OK;
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
