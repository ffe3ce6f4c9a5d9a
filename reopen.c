/* Agreed lines that give way to an urgent need. */
#include "reopen.h"

#include <math.h>

#include "allot/amount_text.h"
#include "allot/effects.h"
#include "allot/language.h"
#include "allot/plan_record.h"
#include "allot/replies_read.h"
#include "urgent.h"

/** What an urgent need lacks less than this is noise: half a cent. */
static const double URGENT_NOISE = 0.005;

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
static Status decide(Session *trial, const Replies *replies, const bool *loose, bool *found)
{
    *found = false;
    Status status = replies_commit_loose(replies, loose, &trial->round, trial->diag);
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

/** Does the first decision prove what it says gives way? */
static bool proves_what_gives_way(const Plan *plan)
{
    for (size_t i = 0; i < plan->stage_count; i++)
        if ((plan->stages[i].kind == STAGE_URGENT || plan->stages[i].kind == STAGE_TAKEN) &&
            plan->stages[i].status != STAGE_OPTIMAL)
            return false;
    return true;
}

/** Decides anew, in a session of its own, which of the lines that are @p loose give way. */
static Status decide_apart(Session *s, const Replies *replies, const bool *loose, Session *trial,
                           bool *found)
{
    *trial = (Session){.options = s->options,
                       .arena = s->arena,
                       .diag = diag_new(s->arena),
                       .round = s->round,
                       .line = s->line};
    TRY_NEW(trial->diag);
    Status status = decide(trial, replies, loose, found);
    progress_line_clear(&trial->line);
    return status;
}

/** Holds all that do not lose one whole unit or more. @return how many of them lose something. */
static size_t hold_small(const Round *round, const Plan *plan, const Replies *replies, bool *loose)
{
    size_t losing = 0;
    for (size_t i = 0; i < replies->count; i++) {
        const Reply *reply = &replies->rows[i];
        int64_t lost = reply->agreed - plan_line_now(plan, reply->need, reply->offer);
        if (!loose[i] || lost >= unit_scale(round->needs[reply->need].unit))
            continue;
        loose[i] = false;
        losing += lost > 0;
    }
    return losing;
}

/** The first stage from @p at on that is no rank of a fairness, of which plans have as many as differ; NULL: none. */
static const StageResult *next_sum(const Plan *plan, size_t *at)
{
    while (*at < plan->stage_count && plan->stages[*at].kind == STAGE_FAIRNESS)
        (*at)++;
    return *at < plan->stage_count ? &plan->stages[(*at)++] : NULL;
}

/** Does the urgent need have as much, and do agreed lines and tiers lose no more, but for less than one whole unit? */
static bool is_as_good(const Plan *plan, const Plan *other)
{
    size_t at = 0, there = 0;
    const StageResult *was, *is;
    while ((was = next_sum(plan, &at)) != NULL) {
        is = next_sum(other, &there);
        if (is == NULL || is->kind != was->kind || is->tier != was->tier)
            return false;
        if (is->value - was->value > (was->kind == STAGE_URGENT ? URGENT_NOISE : 1 - URGENT_NOISE))
            return false;
    }
    return true;
}

/** No donor is asked again for cents, where those that are asked anyway give these as well. */
static Status spare_small(Session *s, const Replies *replies, bool *loose, Session *trial)
{
    Session other;
    bool found;
    if (hold_small(&s->round, &trial->plan, replies, loose) == 0)
        return STATUS_OK;
    TRY(decide_apart(s, replies, loose, &other, &found));
    if (found && is_as_good(&trial->plan, &other.plan))
        *trial = other;
    return STATUS_OK;
}

Status reopen_agreed(Session *s, Replies *replies)
{
    Session trial;
    bool found, any = false, *loose = ARENA_NEW(s->arena, replies->count, bool);
    TRY_NEW(loose);
    for (size_t i = 0; i < replies->count; i++) {
        loose[i] = reply_agrees(&replies->rows[i]);
        any = any || loose[i];
    }
    if (!s->round.has_urgent || !any)
        return STATUS_OK;
    TRY(decide_apart(s, replies, loose, &trial, &found));
    if (found)
        TRY(spare_small(s, replies, loose, &trial));
    s->gives_way_open = !found || !proves_what_gives_way(&trial.plan);
    return found ? part(s, &trial.plan, replies) : STATUS_OK;
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
