/* room: models
 *
 * What of a round and its plan a party may see. Its workbook and its letter are made from a copy that
 * holds this and nothing else: what a reader may not see cannot be written to its file.
 *
 * settings.release = own: a donor sees the lines of its offers, and of a need only whether it is met in
 * full; totals: also a need's amounts and why some of it is unmet; all: also who else gives, and the
 * reasons in full. A beneficiary sees its own needs and who gives to them; the reasons in full under
 * `all` alone. The coordination group sees every row.
 *
 * The title of a restricted need is for its beneficiary, and for donors that have a line on it: nobody
 * can agree to what it may not read. The coordination group reads "[restricted]" in its place. Notes,
 * sources, contacts and columns that the program does not know are the planners' own and are in no copy
 * (a donor's own contact is). What earlier rounds committed out of a donor's offers, or to a
 * beneficiary's needs and by whom, is its own at every level. What became of a party's own lines since the plan before, and its own
 * answers to them, are its own at every level; whose answer moved them is nobody's but the planners'.
 */
#ifndef ALLOT_RELEASE_H
#define ALLOT_RELEASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "allot/arena.h"
#include "allot/plan.h"
#include "allot/replies.h"
#include "allot/round.h"
#include "allot/status.h"

typedef enum ReaderKind { READER_DONOR, READER_BENEFICIARY, READER_COORDINATION } ReaderKind;

typedef struct Reader {
    ReaderKind kind;
    const char *id; /* interned: of a donor, or a need's beneficiary; "" for the group */
} Reader;

/** Why something of an offer stays unused, without a name or an amount of anybody else: the first of
 *  these that holds. */
typedef enum Unused {
    UNUSED_NOTHING,   /* all of it is used */
    UNUSED_LAPSED,    /* it, or what it is paid out of, lapsed before the round */
    UNUSED_UNKNOWN,   /* its amount is not known */
    UNUSED_SOFT,      /* less firm than what the round plans on */
    UNUSED_PARENT,    /* of what it is paid out of nothing is left */
    UNUSED_CENTS,     /* less than one whole unit of its currency is left */
    UNUSED_BUDGET,    /* the budget over the money offers is used up */
    UNUSED_NO_NEED,   /* there is no need that it may serve */
    UNUSED_ALL_MET,   /* every need that it may serve is met in full */
    UNUSED_RULED_OUT, /* what was answered or agreed rules out the needs that it could serve */
    UNUSED_AGREED, /* of every short need that it may serve, what it gives is answered or agreed */
    UNUSED_COUNT,  /* it serves as many needs as its own max_needs, or its donor's, allows */
    UNUSED_RESERVED, /* short needs would have it: a reserve of the rules keeps it, or a part, back */
    UNUSED_SHARE, /* a need that it may serve is short, and has from it, or from its donor, the most
                       that max_share allows */
    UNUSED_HELD   /* a need that it may serve is short: other conditions of the round hold it */
} Unused;

/** Whose agreement holds a need back, without a name or an amount of anybody else. */
typedef enum Settled {
    SETTLED_NOT,      /* none does, or several things do together, and no refusal of its own line */
    SETTLED_LESS,     /* a donor has answered with less than was proposed for it */
    SETTLED_LESS_TOO, /* likewise, and lifting that is not enough */
    SETTLED_AGREED,   /* a donor has agreed to what was proposed for it: it stands at that */
    SETTLED_OPEN, /* a donor had agreed to an amount for it, of which an urgent need took; it is asked again */
    SETTLED_DECLINED, /* a donor has declined, or proposed another need; nothing else may serve it */
    SETTLED_DECLINED_PART,   /* likewise; others may serve it, and do not make up for it */
    SETTLED_DECLINED_TOO,    /* likewise, and lifting that is not enough */
    SETTLED_ELSEWHERE,       /* answers to lines of other needs */
    SETTLED_BEFORE,          /* a row of the table commitments that is about it */
    SETTLED_BEFORE_ELSEWHERE /* one that is about another need */
} Settled;

/** A term of a donor's own, or of an offer of its, without which more of the round's needs are met: a
 *  limit, an earmark, an exclusion, a day (prices.h). */
typedef struct ReleaseTerm {
    TableKind table;    /* TABLE_DONORS or TABLE_OFFERS */
    const char *id;     /* of its row */
    const char *column; /* where it stands in the row; "quantity" asks for more of the offer */
    int64_t value; /* reporting minor units met in addition; 0 where nothing with a money value is,
                           the reader may not know, or how much was not looked into */
} ReleaseTerm;

/** What became of a need of the reader's own among its alternatives. */
typedef struct ReleaseChoice {
    bool not_chosen; /* another stands for their mark (chosen.h): nothing is missing of this one */
    bool served;     /* and something is given to that one, in this round or elsewhere */
    const char *instead; /* its id where it is the reader's own too, else "" */
} ReleaseChoice;

/** Where a line of the reader's own stands; of a beneficiary: all lines of one of its needs together. */
typedef struct ReleaseLine {
    const char *need,
        *offer; /* ids; the need's may be in no other place of the copy: a line that is gone */
    Unit unit;  /* of the need */
    int64_t before, now; /* in the plan before, where that is known, and in this one; 0: no line */
    /* of a beneficiary: of these what rests on pledges; and whether another offer gives, or another part */
    int64_t pledged_before, pledged;
    bool from_others;
    bool answered; /* the plan keeps the donor's own answer to it */
    ReplyDecision decision;
    int turn; /* of answers */
    bool
        reopened; /* of a donor: it had agreed to `agreed` in `turn`, and an urgent need takes of that */
    int64_t agreed;
} ReleaseLine;

/** What a reader may see, as a round and a plan. */
typedef struct Release {
    Reader reader;
    bool totals; /* the needs' amounts are there; else their quantity is unknown in this copy */
    bool givers; /* so are others' lines on these needs, and the reasons in full */
    Round
        round; /* checked; without rules, commitments, pairs, scenarios, prerequisites, marks and answers
                  (but for what outcomes of a beneficiary's require of its own needs; the group's: all
                  of these, of which no sheet of it shows the answers); its ledger
                  has what earlier rounds committed of a donor's offers or to a beneficiary's needs,
                  as holdings alone (the group's: all of it) */
    Plan plan;                       /* no stages, no answers (the group's: those of the plan) */
    const ReleaseChoice *choices;    /* [round.need_count] of a beneficiary, else NULL */
    const Settled *settled;          /* [round.need_count] where the copy has a need's reason */
    const Unused *unused;            /* [round.offer_count]; UNUSED_NOTHING for offers of others */
    const char *const *unused_needs; /* [round.offer_count] of a donor's, where that is
                              UNUSED_AGREED, or UNUSED_RULED_OUT by its own answers: the ids of the
                              needs among them that it has a line or an answer on, "N-1, N-2"; else "" */
    const ReleaseTerm *terms;        /* [term_count] of a donor: the one that brings most first */
    size_t term_count;
    bool terms_known; /* the plan's prices were looked into */
    bool
        more_open; /* more of an offer of a donor's could let more be met: not proven, and not asked */
    const ReleaseLine
        *lines; /* [line_count] by need, offer; of a donor also lines of the plan before, and
                                 answered ones, that are not in this plan */
    size_t line_count;
    const ReleaseLine *const
        *own; /* [plan.assignment_count] of a donor: the same line, NULL of others' */
    bool
        answers_kept; /* the plan keeps answers, of whomever: it is not the first that is sent out */
    bool urgent;      /* the plan serves an urgent need first, of whomever, */
    bool gave_way;    /* and lines of the plan before gave way to it */
    bool before_known;   /* the plan before it was given */
    int64_t budget_used; /* of a donor with a budget, as plan_budget_used() */
} Release;

/** Why each offer of the round has something left, into *unused [round->offer_count].
 *  @return STATUS_OK or STATUS_NO_MEMORY. */
Status release_unused(const Round *round, const Plan *plan, Arena *arena, const Unused **unused);

/** The copy for one reader, in @p arena; texts are shared with the round. @p unused is
 *  release_unused() of the same round. @return STATUS_OK or STATUS_NO_MEMORY. */
Status release_build(const Round *round, const Plan *plan, const Unused *unused, Reader reader,
                     Arena *arena, Release *release);

/** Is the line the reader's own: of its offers, or on its needs? */
bool release_is_own(const Release *release, const Assignment *line);

/** Is it in the plan as its donor has agreed to it? Then nothing is asked of it. */
bool release_line_agreed(const ReleaseLine *line);

/** How many own lines of a donor the plan has, and how many of them wait for its answer. */
size_t release_own_count(const Release *release, size_t *waiting);

#endif
