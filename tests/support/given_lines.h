/* A plan as doubles given by hand, so that what becomes of it in whole steps does not come out of the
 * solver: for tests of plan_extract().
 */
#ifndef ALLOT_TEST_GIVEN_LINES_H
#define ALLOT_TEST_GIVEN_LINES_H

#include "tests/support/round_case.h"

enum { GIVEN_LINES = 6 };

/** What the doubles give a pair, and the smallest parts it must come to. A list ends with need NULL,
 *  or after GIVEN_LINES. */
typedef struct GivenLine {
    const char *need, *offer;
    double x; /* whole currency units, or steps */
    int64_t want;
} GivenLine;

/** Formulates the round of these tables and brings the doubles into whole steps; the other arguments
 *  are plan_extract()'s. To be freed by pipeline_free(). */
Pipeline *given_extract(const char *label, const CaseFile *files, const GivenLine *given,
                        bool last_resort, int *broken, int64_t *excess);

/** Fails unless every line came to what it must. */
void assert_given(const char *label, const Pipeline *run, const GivenLine *given);

#endif
