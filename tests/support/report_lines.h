/* What a report of the small round says, sheet by sheet, as text (report_text()).
 */
#ifndef ALLOT_TEST_REPORT_LINES_H
#define ALLOT_TEST_REPORT_LINES_H

#include "tests/support/small_round.h"

/** The whole report, borrowed from the round's arena; fails when there is none. */
const char *report_of(SmallRound *small);

/** Fails unless each line of @p expected is a line of the report, in this order. */
void assert_report_lines(SmallRound *small, const char *expected);

#endif
