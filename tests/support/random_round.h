/* Random rounds for properties: a seed, a size and the features that may occur give the texts of a
 * round's tables, so that the whole way of the program is walked, reading included.
 */
#ifndef ALLOT_TEST_RANDOM_ROUND_H
#define ALLOT_TEST_RANDOM_ROUND_H

#include <limits.h>

#include "tests/support/text_round.h"

/** What may occur in a round; each that may is drawn for a round, or not. */
typedef enum RandomFeature {
    RANDOM_TIERS = 1 << 0,
    RANDOM_CATEGORIES = 1 << 1,
    RANDOM_CURRENCIES = 1 << 2,
    RANDOM_THINGS = 1 << 3, /* needs in things; else money only */
    RANDOM_BOUGHT = 1 << 4, /* things with a unit cost, so that money buys them */
    RANDOM_BUDGETS = 1 << 5,
    RANDOM_MAX_VALUE = 1 << 6,
    RANDOM_MAX_SHARE = 1 << 7, /* of offers and of donors */
    RANDOM_EARMARKS = 1 << 8,  /* and exclusions */
    RANDOM_WINDOWS = 1 << 9,
    RANDOM_ODA = 1 << 10,
    RANDOM_CIVIL = 1 << 11,
    RANDOM_OVERHEAD = 1 << 12,
    RANDOM_PARENTS = 1 << 13,
    RANDOM_COVERED = 1 << 14,
    RANDOM_WEIGHTS = 1 << 15,
    RANDOM_STEPS = 1 << 16,
    RANDOM_COMMITMENTS = 1 << 17,
    RANDOM_FORBID = 1 << 18,
    RANDOM_LIMITS = 1 << 19,
    RANDOM_FLOORS = 1 << 20,
    RANDOM_RESERVES = 1 << 21,
    RANDOM_BASIS = 1 << 22, /* statuses and plan_on */
    RANDOM_LAPSES = 1 << 23,
    RANDOM_COSTS = 1 << 24,
    RANDOM_PAIRS = 1 << 25,
    RANDOM_MEASURE = 1 << 26,
    RANDOM_FAIRNESS = 1 << 27,       /* kinds of groups, by share or by quantity */
    RANDOM_FAIRNESS_FIRST = 1 << 28, /* within_tier = fairness;shortfall */
    RANDOM_UNKNOWN = 1 << 29,        /* unknown amounts, needs that are not ready */
    RANDOM_WHOLES = 1 << 30          /* what RandomWhole lists */
} RandomFeature;

enum { RANDOM_EVERYTHING = INT_MAX };

/** What asks for all or nothing, or is decided late. Drawn after all else, so that a round without
 *  any of it is the round of the same seed without RANDOM_WHOLES; one round in three has none. */
typedef enum RandomWhole {
    WHOLE_MINIMA = 1 << 0, /* least useful amounts and shares */
    WHOLE_INDIVISIBLE = 1 << 1,
    WHOLE_TICKETS = 1 << 2, /* of offers and of donors */
    WHOLE_TICKET_RULES = 1 << 3,
    WHOLE_MAX_DONORS = 1 << 4,
    WHOLE_MAX_NEEDS = 1 << 5, /* of offers, donors and beneficiaries */
    WHOLE_COUNT_RULES = 1 << 6,
    WHOLE_REQUIRES = 1 << 7, /* of needs; outcomes require something in any case */
    WHOLE_BUNDLES = 1 << 8,
    WHOLE_ALTERNATIVES = 1 << 9,
    WHOLE_OUTCOMES = 1 << 10,
    WHOLE_FEES = 1 << 11,
    WHOLE_BURDEN = 1 << 12, /* with share_key */
    WHOLE_SPLITS = 1 << 13,
    WHOLE_ORDER = 1 << 14, /* of the stages after the tiers */
    WHOLE_WRONG = 1 << 15  /* something that the tables must not say, now and then */
} RandomWhole;

typedef enum RandomSize {
    RANDOM_TINY,  /* 2 to 4 needs, 2 or 3 offers, few steps: small enough to try every plan */
    RANDOM_SMALL, /* about 20 needs, 10 offers */
    RANDOM_MEDIUM /* about 100 needs, 30 offers */
} RandomSize;

typedef struct RandomShape {
    RandomSize size;
    int features; /* RandomFeature, or-ed */
    bool exact;   /* every amount comes out in whole steps and minor units: money in steps of
                     thousands, rates and overheads that divide them. Always so when tiny. */
    int wholes;   /* RandomWhole, or-ed, where features has RANDOM_WHOLES; 0: all, each seldom */
    bool crowded; /* tiny: two needs more, of one step or two */
} RandomShape;

/** To be freed with text_round_free(). Equal seeds and shapes give equal rounds. The tables may say
 *  what no plan can keep, and now and then a commitment that stands on a barred pair. With
 *  WHOLE_WRONG they may also hold what round->wrong then says. */
TextRound *random_round(uint64_t seed, RandomShape shape);

#endif
