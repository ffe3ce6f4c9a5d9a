/* A round in a folder, for tests of reading: the two tables that every round has, three columns and
 * one row each, which tests write over.
 */
#ifndef ALLOT_TEST_READ_ROUND_H
#define ALLOT_TEST_READ_ROUND_H

#include "allot/round_read.h"
#include "tests/support/expected_findings.h"

typedef struct ReadRound {
    char *dir;
    Arena *arena;
    Diag *diag;
    Round round;
    Status status; /* of reading */
} ReadRound;

void read_round_open(ReadRound *f);
void read_round_close(ReadRound *f);

/** Reads the folder and sorts the findings. */
void read_round_with(ReadRound *f, const SettingRow *overrides, size_t count);
void read_round(ReadRound *f);

/** A file written over the smallest round, and the one finding it must lead to. */
typedef struct WrongFile {
    const char *label;
    const char *file;
    const char *text;
    ExpectedFinding want;
} WrongFile;

void assert_wrong_files(const WrongFile *cases, size_t count);

#endif
