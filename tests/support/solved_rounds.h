/* Random rounds that are decided to their end, one after another, for a test to ask about.
 */
#ifndef ALLOT_TEST_SOLVED_ROUNDS_H
#define ALLOT_TEST_SOLVED_ROUNDS_H

#include "tests/support/pipeline.h"
#include "tests/support/random_round.h"

/** What the environment says in ALLOT_ROUNDS, or @p usual. */
uint64_t rounds_wanted(uint64_t usual);

/** Looks at a round's plan; both are gone afterwards. */
typedef void SolvedRoundCheck(const TextRound *text, Pipeline *run, void *context);

/** Draws the round of @p seed and decides it without a gap and with nodes enough. It is checked only where
 *  every stage is proven. */
void solved_round(uint64_t seed, RandomShape shape, SolvedRoundCheck *check, void *context);

/** The same for @p count seeds from @p first on, every second one crowded. */
void solved_rounds(uint64_t first, uint64_t count, RandomShape shape, SolvedRoundCheck *check,
                   void *context);

/** The same where one need is urgent, drawn by the seed; three of four crowded. */
void solved_urgent_rounds(uint64_t first, uint64_t count, RandomShape shape,
                          SolvedRoundCheck *check, void *context);

/* ---- rounds that are networks ------------------------------------------------------------------- */

/* What a network can hold; class_network_fits() has the last word. */
enum {
    NETWORK_FEATURES = RANDOM_TIERS | RANDOM_CATEGORIES | RANDOM_BUDGETS | RANDOM_MAX_VALUE |
                       RANDOM_EARMARKS | RANDOM_WINDOWS | RANDOM_PARENTS | RANDOM_COVERED |
                       RANDOM_WEIGHTS | RANDOM_FORBID | RANDOM_BASIS | RANDOM_LAPSES |
                       RANDOM_COSTS | RANDOM_FAIRNESS | RANDOM_FAIRNESS_FIRST
};

/** Looks at the round of a folder. False where it is no network, or its tables are wrong: it does not
 *  count. @param name  what to call it in a message */
typedef bool NetworkRoundCheck(const char *name, const char *dir, void *context);

/** Draws rounds from seed @p first on, every second one exact, until @p most of them have counted; fails
 *  when next to none does. @param fairness  the setting, or NULL: as drawn */
void network_rounds(uint64_t first, uint64_t most, RandomShape shape, const char *fairness,
                    NetworkRoundCheck *check, void *context);

/** Rounds of the benchmark's money family, with every kind of fairness, @p seeds of each. */
void network_rounds_as_in_life(int needs, uint64_t seeds, NetworkRoundCheck *check, void *context);

#endif
