/* room: models
 *
 * Which offer may serve which need, and if not, what bars it: the first check that fails, with the
 * table and row it came from. Explanations are read from here.
 */
#ifndef ALLOT_ELIGIBILITY_H
#define ALLOT_ELIGIBILITY_H

#include "allot/arena.h"
#include "allot/eligible_set.h"
#include "allot/ratio.h"
#include "allot/round.h"
#include "allot/status.h"

/** The checks in the order they are made. Up to BAR_UNIT they ask whether the offer is of the need's
 *  kind at all. Along a chain of parents each check asks the offer and all its ancestors. */
typedef enum BarCheck {
    BAR_NOTHING,
    BAR_PAIR_NO,        /* pairs row with eligible = no */
    BAR_UNLISTED,       /* eligibility = pairs, and the pair is not listed */
    BAR_CATEGORY,       /* the offer is for other categories; pairs.eligible = yes overrides */
    BAR_UNIT,           /* units differ, and money cannot buy it or is not offered */
    BAR_AMOUNT,         /* the offer's quantity is unknown */
    BAR_STATUS,         /* less firm than plan_on */
    BAR_EARMARK,        /* only_*: earmarked for others; pairs.eligible = yes overrides */
    BAR_EXCLUSION,      /* not_* */
    BAR_LAPSED,         /* lapsed before the round starts */
    BAR_ODA,            /* oda_only, and the need is not ODA, partly ODA, or not known to be */
    BAR_CIVIL,          /* civil_only, and no civil part is left to serve */
    BAR_WINDOW,         /* no day fits the need's window and those of the whole chain */
    BAR_FORBID,         /* rules row of kind forbid */
    BAR_COMMITMENT,     /* commitments row of kind forbidden */
    BAR_NEED_UNKNOWN,   /* the need's quantity is unknown */
    BAR_NEED_NOT_READY, /* the need is not ready */
    BAR_NEED_OUTCOME,   /* the need is an outcome, which takes nothing itself */
    BAR_COUNT
} BarCheck;

typedef struct Bar {
    BarCheck check;
    Origin origin;      /* the row that bars */
    const char *id;     /* its id ("" where its table has none) */
    const char *column; /* the column that bars, "" for a whole row */
} Bar;

/** What bars @p offer from serving @p need; .check is BAR_NOTHING when the pair is eligible. */
Bar eligibility_bar(const Round *round, int need, int offer);

/** Bars of one pair after another. */
typedef struct Bars {
    Bar *bars; /* [count] */
    size_t count, room;
} Bars;

/** Adds to @p out everything that bars the pair, as cells and rows that could each be taken out of the
 *  round: an offer's earmarks, exclusions, lapse date, window's ends and oda_only along the chain,
 *  the need's civil_share (where civil_only offers have no part left), pairs.eligible, forbid rows and
 *  commitments. The pair stands barred until all of them are gone.
 *  @param[out] liftable  false when nothing bars it, or something besides that is no such thing:
 *                        category, unit, an unknown amount, status, readiness, offers' windows that do
 *                        not meet each other; then nothing is added
 *  @return STATUS_OK or STATUS_NO_MEMORY. */
Status eligibility_bars(const Round *round, int need, int offer, Arena *arena, Bars *out,
                        bool *liftable);

/** The checks' English phrase for sentences: "is earmarked for others". */
const char *bar_text(BarCheck check);

/** The check in a word, for tables: "earmark". */
const char *bar_code(BarCheck check);

/** Is the offer of the need's kind, whatever else bars it: of its category and unit, or a pair that the
 *  planner listed? */
bool bar_is_of_kind(BarCheck check);

/** One eligible pair. */
typedef struct Pair {
    int need;
    int offer;
    Ratio use;     /* see plan_use() */
    int64_t lower; /* least quantity (commitments), need's unit, whole steps */
    int64_t upper; /* most quantity: wanted, pairs.max, max_share (C12), commitments; whole steps */
    Origin lower_from;  /* the commitments row of lower (line 0: none) */
    Origin upper_from;  /* the row of upper (the need's own where wanted binds) */
    bool locked;        /* a commitment fixed or at_least stands on it */
    const PairRow *row; /* its pairs row or NULL */
} Pair;

/** All eligible pairs, by need then offer: the set E. */
typedef struct PairSet {
    Pair *pairs;
    size_t count;
    size_t *first; /* [need_count + 1]: pairs of need n are first[n] .. first[n + 1] - 1 */
    const EligibleSets *sets; /* the same, as sets */
    const Bar *bars;          /* of a widened set: bars of pair p are bar_first[p] .. */
    const size_t *bar_first;  /* [count + 1] .. bar_first[p + 1] - 1, none of an eligible pair;
                                 NULL: the set holds eligible pairs only */
} PairSet;

/** Builds E. @return STATUS_OK, STATUS_NO_MEMORY, STATUS_FINDINGS (amounts that do not fit exact
 *  arithmetic, contradicting commitments were found by round_check() before). */
Status pair_set_build(const Round *round, Arena *arena, Diag *diag, PairSet *set);

/** Builds E and adds every pair that only things which could be lifted bar (eligibility_bars()): such a
 *  pair has upper 0. For formulation_build_loose() and lifts_build(); nothing else takes barred pairs.
 *  @return as pair_set_build(). */
Status pair_set_build_widened(const Round *round, Arena *arena, Diag *diag, PairSet *set);

/** The same with those pairs alone that nothing but commitments bar: kind forbidden, and what donors declined. */
Status pair_set_build_agreed(const Round *round, Arena *arena, Diag *diag, PairSet *set);

/** The eligible pairs with a commitment alone, without first: what is agreed against what each pair may give.
 *  @return as pair_set_build(). */
Status pair_set_build_committed(const Round *round, const EligibleSets *sets, Arena *arena,
                                Diag *diag, PairSet *set);

/** Does something bar the pair? */
bool pair_is_barred(const PairSet *set, size_t pair);

/** Warnings that need eligibility: needs that nobody may serve, ODA questions to decide, limits on pairs
 *  that are barred anyway, categories that an offer does not inherit. */
Status round_review_pairs(const Round *round, const EligibleSets *sets, Diag *diag);

/** The pair's index, or -1. */
int pair_set_find(const PairSet *set, int need, int offer);

#endif
