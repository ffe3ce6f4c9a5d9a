/* Findings in tests: what a person would read, compared field by field.
 */
#ifndef ALLOT_TEST_EXPECTED_FINDINGS_H
#define ALLOT_TEST_EXPECTED_FINDINGS_H

#include "allot/diag.h"

/** A finding as a test expects it. */
typedef struct ExpectedFinding {
    DiagCode code;
    const char *file;
    int line;
    int column;
    const char *text; /* found; NULL where the finding quotes none */
    const char *hint; /* a part of its message */
} ExpectedFinding;

/** Fails with the case's label, and all findings, unless exactly one finding is as expected. */
void assert_finding(const char *label, const Diag *diag, const ExpectedFinding *want);

/** Fails with the case's label, and all findings, unless there are so many. */
void assert_finding_count(const char *label, const Diag *diag, size_t count);

#endif
