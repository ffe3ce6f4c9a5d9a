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

static Status commit(const Replies *replies, CommitmentKind agreed, Round *round, Diag *diag)
{
    size_t count = round->commitment_count + replies->count;
    size_t errors = diag_count(diag, DIAG_ERROR);
    Commitment *rows = ARENA_NEW(round->arena, count, Commitment);
    DiagPlace *places = ARENA_NEW(round->arena, replies->count, DiagPlace);
    TRY_NEW(rows);
    TRY_NEW(places);
    if (round->commitment_count > 0)
        memcpy(rows, round->commitments, round->commitment_count * sizeof *rows);
    for (size_t i = 0; i < replies->count; i++) {
        places[i] = replies->rows[i].place;
        TRY(commitment_of(round, &replies->rows[i], agreed, i, &rows[round->commitment_count + i]));
    }
    round->reply_places = places;
    round->reply_count = replies->count;
    round->commitments = rows;
    round->commitment_count = count;
    round->replies = replies;
    TRY(round_check_commitments(round, diag));
    if (diag_count(diag, DIAG_ERROR) == errors)
        TRY(round_check_eligible(round, diag));
    return diag_count(diag, DIAG_ERROR) == errors ? STATUS_OK : STATUS_FINDINGS;
}

Status replies_commit(const Replies *replies, Round *round, Diag *diag)
{
    return commit(replies, COMMITMENT_FIXED, round, diag);
}

Status replies_commit_at_most(const Replies *replies, Round *round, Diag *diag)
{
    return commit(replies, COMMITMENT_AT_MOST, round, diag);
}
