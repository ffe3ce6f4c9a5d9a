/* What answers did to others, found as a comparison of plans finds causes: the round is decided again
 * without an answer, and a line that is then what it was moved because of it. Lines that no answer
 * alone brings back are asked about with all of them gone, and then with as many put back as can be; so are lines
 * that are then neither what they were nor what they are: answers did a part of that. Where a need is urgent, what moved for it and what moved because the round has changed is told apart likewise.
 */
#include "session.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "allot/effects.h"
#include "allot/language.h"

/** Beyond this many decisions, or pairs, nothing more is asked. */
enum { DECISIONS_MOST = 400, EFFECT_PAIRS_MOST = 100000 };

/* Decisions times pairs that may serve, of all that is asked of one round. */
static const double ASKED_WORK = 1.5e6;

/** What values of a stage may differ by and be the same, relative to 1 and their size. */
static const double STAGE_NOISE = 1e-6;

/** Cents are rounded elsewhere in every decision: of money a line is where it was when it is as near as this, and
 *  as a thousandth of what it moved by. */
static const int64_t CENTS_MOST = 100, MOVE_PARTS = 1000;

typedef struct Asking {
    Session *s;
    Effects *effects;
    int64_t *
        target; /* [effects] where each line is "back": what it was before, or without all answers */
    int64_t *there; /* [effects] what each is in the last decision; -1: there was no plan */
    int *
        part; /* [effects] with so many answers gone it is neither what it was nor what it is; 0: none */
    int64_t *without; /* [effects] what it is then */
    bool *gone;       /* [replies] taken back in the next decision */
    int *forcing;     /* [forcing_count] answers that can move others: all but plain agreement */
    int forcing_count;
    int answer_count; /* those and, behind them, plain agreements, which stand in the way of others
                         where the round has changed */
    const Effect *held; /* a line that keeps what it had before in the next decision; NULL: none */
    bool decided;       /* there was a plan */
    bool as_good;       /* no stage of it was worse than the plan's, */
    bool proven;        /* and every one was decided to its end, as the plan's are */
    int left;           /* decisions that may still be made */
} Asking;

/** The line as it was before, for a round that is decided once. */
static Commitment commitment_of_line(const Round *round, const Effect *line)
{
    return (Commitment){.origin = {.table = TABLE_COMMITMENTS},
                        .need_id = round->needs[line->need].id,
                        .offer_id = round->offers[line->offer].id,
                        .kind = line->before > 0 ? COMMITMENT_FIXED : COMMITMENT_FORBIDDEN,
                        .has_quantity = line->before > 0,
                        .reason = "",
                        .source = "",
                        .need = line->need,
                        .offer = line->offer,
                        .quantity = line->before};
}

/** Is every stage what it is in the plan? */
static bool is_as_good(const Plan *plan, const Plan *held)
{
    bool same = plan->stage_count == held->stage_count;
    for (size_t i = 0; same && i < plan->stage_count; i++) {
        double was = plan->stages[i].value, is = held->stages[i].value;
        same = strcmp(plan->stages[i].label, held->stages[i].label) == 0 &&
               fabs(was - is) <= STAGE_NOISE * fmax(1, fabs(was));
    }
    return same;
}

static bool is_proven(const Plan *plan)
{
    return stages_unproven(plan->stages, plan->stage_count) == 0;
}

static bool is_behind(const Commitment *row, const Effect *line)
{
    return row->need != line->need ? row->need > line->need : row->offer > line->offer;
}

/** Is the row an answer that is taken back? What is open again stands behind the answers, and stays. */
static bool is_gone(const Asking *a, const Commitment *row)
{
    const Reply *answer = reply_of_origin(&a->s->round, row->origin);
    return answer != NULL && !reply_is_open(&a->s->round, answer) &&
           a->gone[answer - a->s->round.replies->rows];
}

/** The round's commitments without the answers that are gone. */
static Status keep_commitments(const Asking *a, Session *t)
{
    const Round *round = &a->s->round;
    size_t kept = 0;
    Commitment *rows = ARENA_NEW(t->arena, round->commitment_count + 1, Commitment);
    TRY_NEW(rows);
    for (size_t c = 0; c < round->commitment_count; c++) {
        if (!is_gone(a, &round->commitments[c]))
            rows[kept++] = round->commitments[c];
    }
    if (a->held != NULL) {
        size_t at = kept++; /* commitments stand in the pairs' order */
        for (; at > 0 && is_behind(&rows[at - 1], a->held); at--)
            rows[at] = rows[at - 1];
        rows[at] = commitment_of_line(round, a->held);
        t->why_plain = N_("a line held"); /* no class network knows of it */
    }
    t->round.commitments = rows;
    t->round.commitment_count = kept;
    return STATUS_OK;
}

static bool is_at(const Asking *a, const Effect *line, int64_t there, int64_t amount)
{
    int64_t off = llabs(there - amount), moved = llabs(line->now - line->before);
    bool money = a->s->round.needs[line->need].unit.is_money;
    return there >= 0 && (off == 0 || (money && off <= CENTS_MOST && off * MOVE_PARTS <= moved));
}

/** Is the line, in the last decision, back where it is asked to be? */
static bool is_back(const Asking *a, size_t index)
{
    return is_at(a, &a->effects->rows[index], a->there[index], a->target[index]);
}

/** Decides the round without the answers that are gone: what each line is then. */
static Status decide_without(Asking *a, Arena *scratch)
{
    Session t = *a->s;
    t.arena = t.round.arena = scratch;
    t.diag = diag_new(scratch);
    t.pairs = (PairSet){0};
    t.form = (Formulation){0};
    TRY_NEW(t.diag);
    a->left--;
    for (size_t i = 0; i < a->effects->count; i++)
        a->there[i] = -1;
    TRY(keep_commitments(a, &t));
    TRY(eligible_sets_build(&t.round, scratch, &t.sets));
    Status status = make_plan(&t);
    a->decided = status == STATUS_OK;
    a->as_good = a->decided && is_as_good(&a->s->plan, &t.plan);
    a->proven = a->decided && is_proven(&a->s->plan) && is_proven(&t.plan);
    if (status == STATUS_NO_MEMORY)
        return status;
    for (size_t i = 0; status == STATUS_OK && i < a->effects->count; i++) {
        const Effect *effect = &a->effects->rows[i];
        a->there[i] = plan_line_now(&t.plan, effect->need, effect->offer);
    }
    return STATUS_OK;
}

static Status decide(Asking *a)
{
    Arena *scratch = arena_new();
    TRY_NEW(scratch);
    Status status = decide_without(a, scratch);
    arena_free(scratch);
    return status;
}

static void blame(Effect *effect, EffectCause cause, int reply)
{
    effect->cause = cause;
    effect->replies[effect->reply_count++] = reply;
}

static int by_number(const void *a, const void *b)
{
    const int *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void sort_replies(Effect *effect)
{
    if (effect->reply_count > 1)
        qsort(effect->replies, (size_t)effect->reply_count, sizeof *effect->replies, by_number);
}

static bool has_open(const Asking *a)
{
    for (size_t i = 0; i < a->effects->count; i++)
        if (a->effects->rows[i].cause == EFFECT_OPEN)
            return true;
    return false;
}

/** One answer after the other. */
static Status ask_alone(Asking *a)
{
    for (int f = 0; f < a->forcing_count; f++) {
        if (a->left <= 0)
            return STATUS_OK;
        a->gone[a->forcing[f]] = true;
        TRY(decide(a));
        a->gone[a->forcing[f]] = false;
        for (size_t i = 0; i < a->effects->count; i++)
            if (is_back(a, i))
                blame(&a->effects->rows[i], EFFECT_ALONE, a->forcing[f]);
    }
    return STATUS_OK;
}

static void take_back(Asking *a, int count, bool gone)
{
    for (int f = 0; f < count; f++)
        a->gone[a->forcing[f]] = gone;
}

/** The line is back with the first @p count answers gone: puts back every one without which it stays so.
 *  Where there are not decisions enough left to ask about each, the line stays open. */
static Status ask_together(Asking *a, size_t index, int count)
{
    Effect *effect = &a->effects->rows[index];
    if (a->left < count)
        return STATUS_OK;
    take_back(a, count, true);
    for (int f = 0; f < count; f++) {
        a->gone[a->forcing[f]] = false;
        TRY(decide(a));
        a->gone[a->forcing[f]] = !is_back(a, index);
    }
    for (int f = 0; f < count; f++)
        if (a->gone[a->forcing[f]])
            blame(effect, EFFECT_TOGETHER, a->forcing[f]);
    sort_replies(effect);
    if (effect->reply_count == 1)
        effect->cause = EFFECT_ALONE;
    take_back(a, count, false);
    return STATUS_OK;
}

/** Lines that are open and that the first @p count answers together bring back. Those that are then neither what
 *  they were nor what they are keep what they are then, for ask_part(). */
static Status ask_rest(Asking *a, int count)
{
    bool *all = ARENA_NEW(a->s->arena, a->effects->count, bool);
    TRY_NEW(all);
    take_back(a, count, true);
    TRY(decide(a));
    take_back(a, count, false);
    for (size_t i = 0; i < a->effects->count; i++) {
        const Effect *line = &a->effects->rows[i];
        all[i] = line->cause == EFFECT_OPEN && is_back(a, i);
        if (a->there[i] < 0 || is_at(a, line, a->there[i], line->now) || a->part[i] > 0)
            continue;
        a->part[i] = count;
        a->without[i] = a->there[i];
    }
    for (size_t i = 0; i < a->effects->count; i++)
        if (all[i] && a->left > 0)
            TRY(ask_together(a, i, count));
    return STATUS_OK;
}

/** Lines that answers and something else moved: which answers. Last, since each takes as many decisions as there
 *  are answers. */
static Status ask_parts(Asking *a)
{
    for (size_t i = 0; i < a->effects->count; i++) {
        Effect *line = &a->effects->rows[i];
        if (line->cause != EFFECT_OPEN || a->part[i] == 0)
            continue;
        a->target[i] = a->without[i];
        TRY(ask_together(a, i, a->part[i]));
        if (line->reply_count > 0)
            line->cause = EFFECT_PART;
    }
    return STATUS_OK;
}

/** Lines that no answers bring back: were they free to move? */
static Status ask_free(Asking *a)
{
    for (size_t i = 0; i < a->effects->count && a->left > 0; i++) {
        Effect *effect = &a->effects->rows[i];
        if (effect->cause != EFFECT_OPEN)
            continue;
        a->held = effect;
        TRY(decide(a));
        a->held = NULL;
        effect->unproven = !a->proven;
        if (a->decided && a->as_good && is_back(a, i))
            effect->cause = EFFECT_FREE;
        else if (a->decided && a->part[i] == 0)
            effect->cause = EFFECT_OTHER;
    }
    return STATUS_OK;
}

static Status ask_all(Asking *a)
{
    TRY(ask_alone(a));
    if (a->left > 0 && has_open(a))
        TRY(ask_rest(a, a->forcing_count));
    if (a->left > 0 && has_open(a) && a->answer_count > a->forcing_count)
        TRY(ask_rest(a, a->answer_count));
    TRY(ask_free(a));
    return ask_parts(a);
}

/** So many decisions that large rounds are not asked about for longer than small ones. */
static int decisions_of(const Session *s)
{
    double pairs = (double)eligible_pair_count(s->sets, &s->round) + 1;
    return ASKED_WORK / pairs < DECISIONS_MOST ? (int)(ASKED_WORK / pairs) : DECISIONS_MOST;
}

static Status begin_lines(Asking *a)
{
    Arena *arena = a->s->arena;
    Effects *effects = a->effects;
    a->target = ARENA_NEW(arena, effects->count, int64_t);
    a->there = ARENA_NEW(arena, effects->count, int64_t);
    a->without = ARENA_NEW(arena, effects->count, int64_t);
    a->part = ARENA_NEW(arena, effects->count, int);
    TRY_NEW(a->target);
    TRY_NEW(a->there);
    TRY_NEW(a->without);
    TRY_NEW(a->part);
    for (size_t i = 0; i < effects->count; i++) {
        a->target[i] = effects->rows[i].before;
        effects->rows[i].replies = ARENA_NEW(arena, a->s->round.replies->count, int);
        TRY_NEW(effects->rows[i].replies);
    }
    return STATUS_OK;
}

static Status begin(Asking *a, Session *s, Effects *effects)
{
    const Replies *replies = s->round.replies;
    *a = (Asking){.s = s, .effects = effects, .left = decisions_of(s)};
    a->gone = ARENA_NEW(s->arena, replies->count, bool);
    a->forcing = ARENA_NEW(s->arena, replies->count, int);
    TRY_NEW(a->gone);
    TRY_NEW(a->forcing);
    for (size_t i = 0; i < replies->count; i++)
        if (replies->rows[i].decision != REPLY_AGREE && !replies->rows[i].carried)
            a->forcing[a->forcing_count++] = (int)i;
    a->answer_count = a->forcing_count;
    for (size_t i = 0; i < replies->count; i++)
        if (replies->rows[i].decision == REPLY_AGREE && !replies->rows[i].carried)
            a->forcing[a->answer_count++] = (int)i;
    return begin_lines(a);
}

/* ---- what moved for an urgent need -------------------------------------------------------------- */

/** The round in which the urgent need has what it had in the plan before, and asks for nothing more. */
static Status calm_round(const Session *s, Session *t)
{
    const Round *round = &s->round;
    int64_t before = 0;
    t->round.needs = ARENA_NEW(t->arena, round->need_count, Need);
    TRY_NEW(t->round.needs);
    memcpy(t->round.needs, round->needs, round->need_count * sizeof *round->needs);
    for (size_t i = 0; i < round->previous_count; i++)
        if (round->previous[i].need == round->urgent)
            before += round->previous[i].quantity;
    Need *need = &t->round.needs[round->urgent];
    need->quantity_known = need->quantity_known && before > 0;
    if (before < need->wanted) {
        need->wanted = before;
        need->quantity = need->covered + before;
        need->least = need->least < before ? need->least : before;
    }
    return eligible_sets_build(&t->round, t->arena, &t->sets);
}

/** Decides it. What a line has there too the urgent need did not do. */
static Status decide_calm(Session *s, Arena *scratch, Effects *moved)
{
    Session t = *s;
    t.arena = t.round.arena = scratch;
    t.diag = diag_new(scratch);
    t.pairs = (PairSet){0};
    t.form = (Formulation){0};
    TRY_NEW(t.diag);
    TRY(calm_round(s, &t));
    Status status = make_plan(&t);
    if (status != STATUS_OK)
        return status == STATUS_NO_MEMORY ? status : STATUS_OK;
    for (size_t i = 0; i < moved->count; i++) {
        Effect *line = &moved->rows[i];
        int64_t calm = plan_line_now(&t.plan, line->need, line->offer);
        line->cause = calm == line->before ? EFFECT_ALONE
                      : calm == line->now  ? EFFECT_OTHER
                                           : EFFECT_TOGETHER;
    }
    return STATUS_OK;
}

static Status ask_calm(Session *s, Effects *moved)
{
    if (moved->count == 0 || s->options->explain == EXPLAIN_NONE ||
        need_is_outcome(&s->round.needs[s->round.urgent]))
        return STATUS_OK;
    Arena *scratch = arena_new();
    TRY_NEW(scratch);
    Status status = decide_calm(s, scratch, moved);
    arena_free(scratch);
    return status;
}

/** The line's new answer, which alone did it; -1: it has none. */
static int own_answer(const Replies *replies, const Effect *line)
{
    const Reply *reply = replies_find(replies, line->need, line->offer);
    return reply != NULL && !reply->carried ? (int)(reply - replies->rows) : -1;
}

/** What answers did to the line, as it was found out; NULL: nobody asked. */
static const Effect *answers_did(const Effects *effects, const Effect *line)
{
    for (size_t i = 0; effects != NULL && i < effects->count; i++)
        if (effects->rows[i].need == line->need && effects->rows[i].offer == line->offer)
            return &effects->rows[i];
    return NULL;
}

/** Beside what the urgent need did: what new answers did. */
static Status credit_answers(Session *s, Effects *moved)
{
    const Replies *replies = s->round.replies;
    for (size_t i = 0; replies != NULL && i < moved->count; i++) {
        Effect *line = &moved->rows[i];
        int own = own_answer(replies, line);
        if (own >= 0) {
            line->replies = ARENA_NEW(s->arena, 1, int);
            TRY_NEW(line->replies);
            line->replies[line->reply_count++] = own;
            line->answered = true;
        } else {
            line->found = answers_did(s->plan.answers.effects, line);
        }
    }
    return STATUS_OK;
}

/** Of a plan that serves an urgent need first: every line that is not what it was. */
static Status list_moved(Session *s)
{
    Effects *moved = ARENA_NEW(s->arena, 1, Effects);
    TRY_NEW(moved);
    if (!s->round.has_urgent)
        return STATUS_OK;
    TRY(effects_list(&s->round, &s->plan, true, s->arena, moved));
    s->plan.answers.moved = moved;
    TRY(ask_calm(s, moved));
    return credit_answers(s, moved);
}

/* ---- all ---------------------------------------------------------------------------------------- */

/** What answers did to lines that nobody answered. */
static Status list_effects(Session *s)
{
    Asking a;
    Effects *effects = ARENA_NEW(s->arena, 1, Effects);
    TRY_NEW(effects);
    if (s->round.replies == NULL)
        return STATUS_OK;
    TRY(effects_list(&s->round, &s->plan, false, s->arena, effects));
    s->plan.answers.effects = effects;
    if (effects->count == 0 || s->options->explain == EXPLAIN_NONE ||
        eligible_pair_count(s->sets, &s->round) > EFFECT_PAIRS_MOST)
        return STATUS_OK;
    TRY(begin(&a, s, effects));
    return ask_all(&a);
}

Status find_effects(Session *s)
{
    TRY(list_effects(s));
    return list_moved(s);
}
