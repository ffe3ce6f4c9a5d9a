/* room: models
 *
 * What donors answered to the lines of a plan: each answer becomes a commitment of the round, which
 * says where it was given and by whom.
 */
#ifndef ALLOT_REPLIES_H
#define ALLOT_REPLIES_H

#include "allot/round.h"

typedef enum ReplyDecision {
    REPLY_AGREE,   /* the line stands as it is */
    REPLY_LESS,    /* it stands at `agreed`; the rest of the offer is free for others */
    REPLY_DECLINE, /* the offer gives this need nothing */
    REPLY_PROPOSE, /* likewise, and the donor would rather serve `other_need`: for planners to decide */
    REPLY_DECISION_COUNT
} ReplyDecision;

/** One answer. Amounts in the need's unit, smallest parts. */
typedef struct Reply {
    int need;
    int offer;
    ReplyDecision decision;
    int64_t planned; /* the line that was answered; of a carried one as answered then */
    int64_t agreed;  /* what the line is fixed at; 0 where the pair is ruled out */
    int other_need;  /* proposed; -1: none */
    const char *comment;
    const char *author; /* the donor */
    const char *source; /* "donor-PL.xlsx!Lines!K7" */
    int turn;           /* the round of answers in which it was given, 1 first */
    DiagPlace place;    /* the same for findings */
    bool carried;       /* given to an earlier plan and kept by the one before this */
    int64_t least; /* of a line that is open again for an urgent need: what that leaves of it */
} Reply;

typedef struct Replies {
    Reply *rows; /* [count] by need, then offer; each pair once */
    size_t count;
} Replies;

/** "agree", "agree less", "decline", "propose another need". */
const char *reply_decision_text(ReplyDecision decision);

/** The decision of this text, whatever its case and blanks; false when it is none. */
bool reply_decision_read(const char *text, ReplyDecision *out);

/** Adds the answers to the round's commitments: agreed lines fixed, the others forbidden; and of round->reopened, at
 *  most what was agreed. The round remembers them (round->replies). Checked like the table's own
 *  rows: contradictions with these, and agreed lines on pairs that something bars, are findings at the
 *  answer's cell. Call it after round_check(), once, before anything is formulated.
 *  @return STATUS_OK, STATUS_FINDINGS, STATUS_NO_MEMORY. */
Status replies_commit(const Replies *replies, Round *round, Diag *diag);

/** Leaves out of @p opened, which is to become round->reopened, what stands there twice, and what @p standing or the
 *  table commitments settles by now. */
void replies_leave_settled(const Round *round, const Replies *standing, Replies *opened);

/** The same, but agreed lines may give way: none has more than was agreed, those that are @p loose
 *  [replies->count] may have less. */
Status replies_commit_loose(const Replies *replies, const bool *loose, Round *round, Diag *diag);

/** The answer that a row of the round's commitments was made of; NULL: it is a row of the table's own. */
const Reply *reply_of_origin(const Round *round, Origin origin);

/** Is the answer one of round->reopened, which stand no more? */
bool reply_is_open(const Round *round, const Reply *reply);

/** Does the line stand with `agreed`: agree, or agree less? */
bool reply_agrees(const Reply *reply);

/** Puts the rows in order: by need, then offer. */
void replies_sort(Replies *replies);

/** The answer to this pair, or NULL. */
const Reply *replies_find(const Replies *replies, int need, int offer);

#endif
