/* room: io
 *
 * What stands behind every unmet need (of alternatives the one that stands for their mark), as rows: its causes with the row that imposes each; the offers
 * of its kind that something bars, with what; those that may serve it, with who has them. The same
 * rows for sheets (io/sheet_reasons.c) and tables (io/tables_grounds.c).
 */
#ifndef ALLOT_IO_GROUNDS_H
#define ALLOT_IO_GROUNDS_H

#include "allot/eligibility.h"
#include "allot/plan.h"

/** One cause of one unmet need. */
typedef struct GroundCause {
    int need;
    Reason code;        /* of this cause; of a need with several each has its own */
    const char *table;  /* that imposes it, "" where no row does */
    int line;           /* of that table's file or sheet; 0: none */
    const char *id;     /* of that row, or the mark; "" without */
    const char *column; /* "" for a whole row */
    const char *part;  /* the part of a rule split by `each`; of a prerequisite its name; else "" */
    int64_t freed;     /* need's unit: what lifting all of the need's causes lets it have more */
    const char *proof; /* "in the tables", "proven", "helps" (something before it may, too), "open",
                          "better exists", "not asked" */
    const struct Cause *found; /* by re-solving; NULL: not, or it stands in the tables */
} GroundCause;

/** Needs that the same thing holds back. */
typedef struct GroundGroup {
    const GroundCause *first; /* of its causes; the others are ground_same() as this */
    size_t needs;
    size_t without_value; /* of them: needs without a money value */
    int tier;             /* the highest of theirs */
    int64_t unmet;        /* what they lack, in reporting minor units, where they have a value */
    int64_t freed; /* the most that lifting it alone frees for one of them, likewise; 0: unknown */
} GroundGroup;

/** An offer of the kind of an unmet need. */
typedef struct GroundPair {
    int need;
    int offer;
    Bar bar; /* BAR_NOTHING: it may serve it */
} GroundPair;

typedef struct Grounds {
    const GroundCause *causes; /* [cause_count] by need */
    size_t cause_count;
    const GroundPair
        *pairs; /* [pair_count] by need, then offer; of needs that nothing but their own
                                state keeps from being served */
    size_t pair_count;
    const size_t *first_user; /* [offer_count + 1] where the lines paid out of a root offer begin */
    const int *users; /* [assignment_count] lines by root offer, then as the plan has them */
    bool too_many;    /* there are more pairs than GROUND_PAIRS_MOST, and none is listed */
} Grounds;

enum { GROUND_PAIRS_MOST = 100000 };

/** @return STATUS_OK or STATUS_NO_MEMORY; the rows are in @p arena. */
Status grounds_build(const Round *round, const Plan *plan, Arena *arena, Grounds *out);

/** Are both the same thing? A row of another table than needs counts by itself; what stands in the needs'
 *  own rows counts by its code. */
bool ground_same(const GroundCause *a, const GroundCause *b);

/** The most that lifting one cause of this code alone frees for one need, in reporting minor units; 0
 *  where that is not known of any. */
int64_t grounds_most_freed(const Round *round, const Grounds *grounds, Reason reason);

/** The causes gathered, those that free most first, then those before the most unmet value.
 *  @param[out] groups  [*count] in @p arena
 *  @return STATUS_OK or STATUS_NO_MEMORY. */
Status grounds_gather(const Round *round, const Plan *plan, const Grounds *grounds, Arena *arena,
                      GroundGroup **groups, size_t *count);

/** Does the line use what @p offer is paid out of, for another need than @p need? */
bool ground_is_rival(const Round *round, const Assignment *line, int need, int offer);

#endif
