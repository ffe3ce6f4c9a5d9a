/* Donors' answers as changes between two plans: those that one of them keeps and the other does not, or keeps
 * otherwise; and the second round read as if some had never been given. Called by command_compare.c and
 * compare_ask.c.
 */
#include "compare.h"

#include <string.h>

#include "allot/amount_text.h"
#include "allot/effects.h"
#include "allot/language.h"
#include "allot/replies_read.h"

/* ---- as changes ----------------------------------------------------------------------------- */

/* "agree less, 4 seat of 6 seat (donor-EE.csv!E2, turn 1): two seats went to our own staff" */
static const char *answer_words(const Round *round, const Reply *reply, Arena *arena)
{
    Unit unit = round->needs[reply->need].unit;
    const char *planned = arena_printf(arena, "%s", amount_in_unit(unit, reply->planned).text);
    const char *decision = _(reply_decision_text(reply->decision));
    const char *amount = "", *colon = *reply->comment == '\0' ? "" : ": ";
    if (reply->decision == REPLY_AGREE)
        amount = arena_printf(arena, ", %s", planned);
    else if (reply->decision == REPLY_LESS)
        amount =
            arena_printf(arena, _(", %s of %s"), amount_in_unit(unit, reply->agreed).text, planned);
    else
        amount = arena_printf(arena, _(", none of %s"), planned);
    if (planned == NULL || amount == NULL)
        return NULL;
    if (reply->decision == REPLY_PROPOSE && reply->other_need >= 0)
        amount = arena_printf(arena, _("%s; it would rather serve %s"), amount,
                              round->needs[reply->other_need].id);
    return arena_printf(arena, _("%s%s (%s, turn %d)%s%s"), decision, amount, reply->source,
                        reply->turn, colon, reply->comment);
}

static bool same_answer(const Reply *one, const Reply *other)
{
    return one->decision == other->decision && one->agreed == other->agreed;
}

/* The answer of the other round to this one's pair, or NULL. */
static const Reply *counterpart(const Round *round, const Reply *reply, const Round *other)
{
    int need = round_find_need(other, round->needs[reply->need].id);
    int offer = round_find_offer(other, round->offers[reply->offer].id);
    return need < 0 || offer < 0 ? NULL : replies_find(other->replies, need, offer);
}

/* @param was, is  the answer in either round; one of them may be NULL. */
static Status add_answer(const Round *before, const Reply *was, const Round *after, const Reply *is,
                         Arena *arena, Comparison *comparison)
{
    const Round *round = is != NULL ? after : before;
    const Reply *reply = is != NULL ? is : was;
    const char *first = was != NULL ? answer_words(before, was, arena) : "";
    const char *second = is != NULL ? answer_words(after, is, arena) : "";
    TRY_NEW(first);
    TRY_NEW(second);
    InputChange change = {.kind = INPUT_ANSWER,
                          .table = "answers",
                          .id = round->needs[reply->need].id,
                          .column = round->offers[reply->offer].id,
                          .author = reply->author,
                          .before = first,
                          .after = second};
    comparison->inputs[comparison->input_count++] = (ComparedInput){.change = change, .answer = ""};
    return STATUS_OK;
}

/* Did the first plan's answer, which the second has not, give way to what is urgent in the second alone? Then it is no
 * change of its own: what was agreed comes back when nothing is urgent. */
static bool gave_way(const CompareSide *before, const CompareSide *after, const Round *round,
                     const Reply *was)
{
    const char *first = before->options.urgent, *second = after->options.urgent;
    const Round *is = &after->session.round;
    int need = round_find_need(is, round->needs[was->need].id);
    int offer = round_find_offer(is, round->offers[was->offer].id);
    if (second == NULL || (first != NULL && strcmp(first, second) == 0) || need < 0 || offer < 0)
        return false;
    return reply_agrees(was) && replies_find(is->replies, need, offer) == NULL &&
           plan_line_now(&after->session.plan, need, offer) < was->agreed;
}

size_t compare_answers_most(const CompareSide *before, const CompareSide *after)
{
    const Replies *was = before->session.round.replies, *is = after->session.round.replies;
    return (was != NULL ? was->count : 0) + (is != NULL ? is->count : 0);
}

Status compare_answers_add(const CompareSide *before, const CompareSide *after, Arena *arena,
                           Comparison *comparison)
{
    const Round *first = &before->session.round, *second = &after->session.round;
    for (size_t i = 0; second->replies != NULL && i < second->replies->count; i++) {
        const Reply *is = &second->replies->rows[i], *was = counterpart(second, is, first);
        if (was == NULL || !same_answer(was, is))
            TRY(add_answer(first, was, second, is, arena, comparison));
    }
    for (size_t i = 0; first->replies != NULL && i < first->replies->count; i++) {
        const Reply *was = &first->replies->rows[i];
        if (counterpart(first, was, second) == NULL && !gave_way(before, after, first, was))
            TRY(add_answer(first, was, second, NULL, arena, comparison));
    }
    return STATUS_OK;
}

/* ---- taken back ----------------------------------------------------------------------------- */

static bool is_undone(const Asker *asker, const Ask *ask, const Round *round, const Reply *reply)
{
    bool is_urgent = gave_way(asker->before, asker->after, round, reply);
    for (size_t i = 0; ask != NULL && i < asker->comparison->input_count; i++) {
        const InputChange *change = &asker->comparison->inputs[i].change;
        if (ask->undone[i] && is_urgent && change->kind == INPUT_URGENT)
            return true;
        if (ask->undone[i] && change->kind == INPUT_ANSWER &&
            strcmp(change->id, round->needs[reply->need].id) == 0 &&
            strcmp(change->column, round->offers[reply->offer].id) == 0)
            return true;
    }
    return false;
}

/* The rows of @p from whose answer is taken back, or the others. */
static void take_rows(const Asker *asker, const Ask *ask, const Round *round, const Replies *from,
                      bool undone, Replies *into)
{
    for (size_t i = 0; i < from->count; i++)
        if (is_undone(asker, ask, round, &from->rows[i]) == undone)
            into->rows[into->count++] = from->rows[i];
}

/* The answers that one plan keeps: those that stand, and those that stand no more. */
typedef struct KeptSide {
    Replies standing, opened;
} KeptSide;

static Status read_side(const CompareSide *side, Session *s, KeptSide *kept)
{
    return replies_carry(side->record.path, &s->round, s->arena, s->diag, &kept->standing,
                         &kept->opened);
}

/* Those of the one list whose answers are not taken back, and of the other those that are. */
static Status take_both(const Asker *asker, const Ask *ask, Session *s, const Replies *is,
                        const Replies *was, Replies **out)
{
    Replies *all = ARENA_NEW(s->arena, 1, Replies);
    TRY_NEW(all);
    all->rows = ARENA_NEW(s->arena, is->count + was->count, Reply);
    TRY_NEW(all->rows);
    take_rows(asker, ask, &s->round, is, false, all);
    take_rows(asker, ask, &s->round, was, true, all);
    replies_sort(all);
    *out = all;
    return STATUS_OK;
}

Status compare_answers_take(const Asker *asker, const Ask *ask, Session *s)
{
    KeptSide is = {{NULL, 0}, {NULL, 0}}, was = {{NULL, 0}, {NULL, 0}};
    Replies *standing, *opened;
    TRY(read_side(asker->after, s, &is));
    TRY(read_side(asker->before, s, &was));
    TRY(take_both(asker, ask, s, &is.standing, &was.standing, &standing));
    TRY(take_both(asker, ask, s, &is.opened, &was.opened, &opened));
    replies_leave_settled(&s->round, standing, opened);
    s->round.reopened = opened->count > 0 ? opened : NULL;
    return standing->count + opened->count > 0 ? replies_commit(standing, &s->round, s->diag)
                                               : STATUS_OK;
}
