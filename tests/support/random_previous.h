/* A plan before this one, drawn at random: lines that a round may still have, more or less of them,
 * and now and then one that it may not have any more.
 */
#ifndef ALLOT_TEST_RANDOM_PREVIOUS_H
#define ALLOT_TEST_RANDOM_PREVIOUS_H

#include "tests/support/brute.h"
#include "tests/support/test_support.h"

/** Fills round->previous of a round as round_check() leaves it; in its arena. */
void random_previous(Round *round, TestRandom *random);

#endif
