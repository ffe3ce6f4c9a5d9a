/* room: front
 *
 * How a task of jobs.h ended, as the bytes that it hands back, where it has no result but that: its status
 * and its findings. What went wrong in a process of its own is then said as if it had been this one.
 */
#ifndef ALLOT_JOB_REPORT_H
#define ALLOT_JOB_REPORT_H

#include <stddef.h>
#include <stdio.h>

#include "allot/diag.h"
#include "allot/status.h"

/** Writes @p status and what @p findings (NULL: nothing) holds to @p out, for job_report_read() of the same program. */
void job_report_write(FILE *out, Status status, const Diag *findings);

/** Adds the findings to @p diag, with their places in @p arena, which must outlive it.
 *  @return the status that was written; STATUS_NO_MEMORY; STATUS_INTERNAL: these are not its bytes. */
Status job_report_read(const char *bytes, size_t length, Arena *arena, Diag *diag);

#endif
