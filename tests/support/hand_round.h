/* Small rounds whose stages are worked out by hand: decided by both engines, proven, verified. */
#ifndef ALLOT_TEST_HAND_ROUND_H
#define ALLOT_TEST_HAND_ROUND_H

#include "tests/support/round_case.h"

enum { HAND_TABLES = CASE_FILES - 2, HAND_STAGES = 4 };

typedef struct HandStage {
    const char *label; /* as in stages.csv; NULL ends the list */
    double value;
} HandStage;

typedef struct HandRound {
    const char *label;
    CaseFile tables[HAND_TABLES]; /* but for settings */
    const char *settings;         /* rows of settings.csv */
    HandStage stages[HAND_STAGES];
    const char *lines; /* the whole plan, "N1 O1 40.00\n" a line; NULL: whichever */
} HandRound;

/** Fails at the first round that either engine decides in another way, or leaves unproven. */
void assert_hand_rounds(const HandRound *rounds, size_t count);

#endif
