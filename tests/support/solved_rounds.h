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

#endif
