/* A small round that holds a bit of everything that reports must show: three currencies, cash and in
 * kind, needs without a money value, of unknown amount, not ready, restricted, tiers from gradings,
 * columns of the input's own, a pledge, an offer paid out of another, a finding. Its plan is made by
 * hand, so that what is expected of a report does not come out of the solver.
 */
#ifndef ALLOT_TEST_SMALL_ROUND_H
#define ALLOT_TEST_SMALL_ROUND_H

#include "allot/plan.h"
#include "allot/round.h"
#include "allot/run_info.h"

typedef struct SmallRound {
    Arena *arena;
    Diag *diag;
    Round round;
    Plan plan;
    RunInfo info;
} SmallRound;

/** The round as read and checked, with its plan. Fails the test when that does not work. */
SmallRound *small_round_new(void);

/** The same round without any need: an empty plan. */
SmallRound *small_round_empty(void);

void small_round_free(SmallRound *small);

/** The round, and its plan's tables as tables_write() writes them into a folder. */
typedef struct WrittenRound {
    SmallRound *small;
    char *dir;
} WrittenRound;

/** Takes @p small over. */
WrittenRound written_round_new(SmallRound *small);
void written_round_free(WrittenRound *written);

#endif
