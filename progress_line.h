/* room: front
 *
 * One line on a terminal that says what is being done, once the work has taken longer than a second.
 */
#ifndef ALLOT_PROGRESS_LINE_H
#define ALLOT_PROGRESS_LINE_H

#include <stdbool.h>
#include <stdio.h>

#include "allot/progress.h"

typedef struct ProgressLine {
    Progress progress;  /* first, so that one is the other */
    FILE *stream;       /* NULL: nobody looks on */
    double began, told; /* of the monotonic clock, in seconds */
    bool shown;
} ProgressLine;

/** On standard error, where that is a terminal and @p quiet is not asked for. */
void progress_line_open(ProgressLine *line, bool quiet);

/** Takes the line away, for what is printed next. */
void progress_line_clear(ProgressLine *line);

#endif
