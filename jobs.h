/* room: front
 *
 * Independent tasks on all cores: each runs in a process of its own and hands back a stream of bytes.
 * The results come in the order of the tasks, whichever ends first, so that what is made of them does
 * not depend on how many run at a time.
 */
#ifndef ALLOT_JOBS_H
#define ALLOT_JOBS_H

#include <stddef.h>
#include <stdio.h>

#include "allot/diag.h"
#include "allot/status.h"

enum { JOBS_WORKERS_MOST = 1024, JOB_BYTES_MOST = 256 * 1024 * 1024 };

/** Runs one task, in its own process: writes its result to @p out, prints nothing. What it changes in
 *  memory is lost. A status other than STATUS_OK means that the task failed. */
typedef Status JobRun(void *context, size_t task, FILE *out);

/** Takes a task's result, in the program's process, in the order of the tasks; @p bytes are forgotten
 *  afterwards. A status other than STATUS_OK stops everything. */
typedef Status JobTake(void *context, size_t task, const char *bytes, size_t length);

/** What findings call a task: "donor EE out". */
typedef const char *JobName(void *context, size_t task);

typedef struct Jobs {
    size_t count;
    size_t workers; /* at a time, at most JOBS_WORKERS_MOST; 0: as many as there are cores */
    JobRun *run;
    JobTake *take;
    JobName *name;
    void *context; /* of all three */
} Jobs;

/** How many tasks run at a time where @p asked are asked for, 0: as many as there are cores. */
size_t jobs_workers(size_t asked);

/** Runs every task. One that fails, dies, or hands back more than JOB_BYTES_MOST is a finding, is not
 *  taken, and does not stop the others. No process is left behind,
 *  not even when this one is killed.
 *  @return STATUS_OK; STATUS_FINDINGS when a task failed; what take() said when it stopped;
 *  STATUS_IO with a finding when no process can be started; STATUS_NO_MEMORY. */
Status jobs_run(const Jobs *jobs, Diag *diag);

#endif
