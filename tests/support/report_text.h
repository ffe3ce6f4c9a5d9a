/* A report as text, one line a cell: what a test can hold against expected lines, and eyes can compare. */
#ifndef ALLOT_TEST_REPORT_TEXT_H
#define ALLOT_TEST_REPORT_TEXT_H

#include "allot/report.h"

/** "Needs!B7 number 120 as seat", a line a cell, in @p arena. NULL without memory. */
char *report_text(const Report *report, Arena *arena);

#endif
