/* Answers as commitments. */
#include "allot/replies.h"
#include "allot/language.h"

#include <stdlib.h>
#include <string.h>

#include "models/round_internal.h"

static const char *const WORDS[REPLY_DECISION_COUNT] = {[REPLY_AGREE] = N_("agree"),
                                                        [REPLY_LESS] = N_("agree less"),
                                                        [REPLY_DECLINE] = N_("decline"),
                                                        [REPLY_PROPOSE] =
                                                            N_("propose another need")};

const char *reply_decision_text(ReplyDecision decision)
{
    return decision < REPLY_DECISION_COUNT ? WORDS[decision] : "";
}

bool reply_decision_read(const char *text, ReplyDecision *out)
{
    for (int d = 0; d < REPLY_DECISION_COUNT; d++) {
        if (!language_is(text, WORDS[d]))
            continue;
        *out = (ReplyDecision)d;
        return true;
    }
    return false;
}

static int by_pair(const void *a, const void *b)
{
    const Reply *x = a, *y = b;
    if (x->need != y->need)
        return x->need < y->need ? -1 : 1;
    return (x->offer > y->offer) - (x->offer < y->offer);
}

void replies_sort(Replies *replies)
{
    if (replies->count > 1)
        qsort(replies->rows, replies->count, sizeof *replies->rows, by_pair);
}

const Reply *replies_find(const Replies *replies, int need, int offer)
{
    for (size_t i = 0; replies != NULL && i < replies->count; i++)
        if (replies->rows[i].need == need && replies->rows[i].offer == offer)
            return &replies->rows[i];
    return NULL;
}

bool reply_agrees(const Reply *reply)
{
    return reply->decision == REPLY_AGREE || reply->decision == REPLY_LESS;
}

/** The commitment that an answer is, an agreed line one of kind @p agreed; its origin is its place among the round's
 *  answers. */
static Status commitment_of(const Round *round, const Reply *reply, CommitmentKind agreed,
                            size_t index, Commitment *out)
{
    bool fixed = reply_agrees(reply);
    const Need *need = &round->needs[reply->need];
    const char *source = arena_printf(round->arena, "turn %d: %s", reply->turn, reply->source);
    TRY_NEW(source);
    *out = (Commitment){.origin = {.table = TABLE_COMMITMENTS, .line = -(int)index - 1},
                        .need_id = need->id,
                        .offer_id = round->offers[reply->offer].id,
                        .kind = fixed ? agreed : COMMITMENT_FORBIDDEN,
                        .has_quantity = fixed,
                        .quantity_given = decimal_make(reply->agreed, need->unit.places),
                        .reason = reply->comment,
                        .source = source,
                        .author = reply->author};
    return STATUS_OK;
}

/** The round's commitments with room for @p more answers. */
static Status make_room(Round *round, size_t more)
{
    Commitment *rows = ARENA_NEW(round->arena, round->commitment_count + more, Commitment);
    TRY_NEW(rows);
    if (round->commitment_count > 0)
        memcpy(rows, round->commitments, round->commitment_count * sizeof *rows);
    round->commitments = rows;
    round->reply_places = ARENA_NEW(round->arena, more, DiagPlace);
    round->reply_count = 0;
    return round->reply_places != NULL ? STATUS_OK : STATUS_NO_MEMORY;
}

static Status add_commitment(Round *round, const Reply *reply, CommitmentKind agreed)
{
    size_t index = round->reply_count++;
    round->reply_places[index] = reply->place;
    return commitment_of(round, reply, agreed, index,
                         &round->commitments[round->commitment_count++]);
}

static size_t count_of(const Replies *replies)
{
    return replies != NULL ? replies->count : 0;
}

/** @param loose  [replies->count] agreed lines that may have less than was agreed; NULL: none. */
static Status commit(const Replies *replies, const bool *loose, Round *round, Diag *diag)
{
    size_t errors = diag_count(diag, DIAG_ERROR);
    TRY(make_room(round, replies->count + count_of(round->reopened)));
    for (size_t i = 0; i < replies->count; i++)
        TRY(add_commitment(round, &replies->rows[i],
                           loose != NULL && loose[i] ? COMMITMENT_AT_MOST : COMMITMENT_FIXED));
    for (size_t i = 0; i < count_of(round->reopened); i++)
        TRY(add_commitment(round, &round->reopened->rows[i], COMMITMENT_AT_MOST));
    round->replies = replies;
    TRY(round_check_commitments(round, diag));
    if (diag_count(diag, DIAG_ERROR) == errors)
        TRY(round_check_eligible(round, diag));
    return diag_count(diag, DIAG_ERROR) == errors ? STATUS_OK : STATUS_FINDINGS;
}

static bool is_settled(const Round *round, const Reply *reply)
{
    for (size_t i = 0; i < round->commitment_count; i++)
        if (round->commitments[i].need == reply->need &&
            round->commitments[i].offer == reply->offer)
            return true;
    return false;
}

void replies_leave_settled(const Round *round, const Replies *standing, Replies *opened)
{
    Replies kept = {.rows = opened->rows};
    for (size_t i = 0; i < opened->count; i++) {
        const Reply *reply = &opened->rows[i];
        if (!is_settled(round, reply) &&
            replies_find(standing, reply->need, reply->offer) == NULL &&
            replies_find(&kept, reply->need, reply->offer) == NULL)
            kept.rows[kept.count++] = *reply;
    }
    opened->count = kept.count;
}

const Reply *reply_of_origin(const Round *round, Origin origin)
{
    size_t answered = count_of(round->replies);
    if (origin.table != TABLE_COMMITMENTS || origin.line >= 0)
        return NULL;
    size_t index = (size_t)(-1 - origin.line);
    if (index < answered)
        return &round->replies->rows[index];
    return index - answered < count_of(round->reopened) ? &round->reopened->rows[index - answered]
                                                        : NULL;
}

bool reply_is_open(const Round *round, const Reply *reply)
{
    return replies_find(round->reopened, reply->need, reply->offer) == reply;
}

Status replies_commit(const Replies *replies, Round *round, Diag *diag)
{
    return commit(replies, NULL, round, diag);
}

Status replies_commit_loose(const Replies *replies, const bool *loose, Round *round, Diag *diag)
{
    return commit(replies, loose, round, diag);
}
