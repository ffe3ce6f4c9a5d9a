/* Faults that were mended, as rounds small enough to be right by hand: tables, and a line that stages.csv
 * must have.
 */
#ifndef ALLOT_TEST_FAULT_CASE_H
#define ALLOT_TEST_FAULT_CASE_H

#include "tests/support/program.h"

typedef struct FaultCase {
    const char *label;
    const char *needs, *offers, *settings;
    const char *other, *other_text; /* one more table, or NULL */
    const char *line;               /* of stages.csv that must be there */
} FaultCase;

/** Writes the round as "r" of the program. */
void fault_case_write(Program *program, const FaultCase *fault);

/** Solves each by both engines, and fails unless the line is there. */
void assert_faults_mended(const FaultCase *faults, size_t count);

#endif
