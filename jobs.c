/* Tasks as forked processes. The program's process only starts them, gathers what they write, and
 * takes results in order: a task may run ahead of the one that is waited for by a few places, so that
 * what is kept is bounded however many tasks there are.
 */
#include "jobs.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "allot/language.h"

enum {
    AHEAD = 4, /* tasks begun before their turn, for each worker */
    READ_BYTES = 64 * 1024
};

/* A task that was started and is not taken yet. */
typedef struct Slot {
    pid_t pid;  /* 0: nothing runs here */
    int stream; /* end of the pipe to read from */
    char *bytes;
    size_t length, room;
    bool ended;
    bool whole; /* it ended well, and all of it was read */
} Slot;

/* Slot t % slot_count is that of task t; tasks taken .. started - 1 have one. */
typedef struct Pool {
    const Jobs *jobs;
    Diag *diag;
    Slot *slots;
    struct pollfd *polled; /* [slot_count] */
    size_t *polled_slot;   /* [slot_count] */
    size_t slot_count, workers;
    size_t started, taken, running;
    bool failed; /* a task did */
} Pool;

static Slot *slot_of(Pool *pool, size_t task)
{
    return &pool->slots[task % pool->slot_count];
}

static void report(Pool *pool, size_t task, const char *what, const char *why)
{
    pool->failed = true;
    diag_add(pool->diag, DIAG_JOB, (DiagPlace){0}, "%s: %s%s",
             pool->jobs->name(pool->jobs->context, task), what, why);
}

/* ---- a task --------------------------------------------------------------------------------- */

/* A program that was killed takes its tasks with it: the system tells them so (Linux, prctl(2)). */
static void end_with(pid_t program)
{
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() != program)
        _exit(STATUS_INTERNAL); /* it was gone before that could be asked for */
}

/* The end of the process that runs a task. Nothing of the program's own is flushed or freed twice. */
static _Noreturn void run_task(Pool *pool, size_t task, int stream, pid_t program)
{
    end_with(program);
    for (size_t s = 0; s < pool->slot_count; s++)
        if (pool->slots[s].pid != 0)
            (void)close(pool->slots[s].stream);
    FILE *out = fdopen(stream, "wb");
    Status status = out == NULL ? STATUS_IO : pool->jobs->run(pool->jobs->context, task, out);
    if (out != NULL && (ferror(out) != 0 || fclose(out) != 0) && status == STATUS_OK)
        status = STATUS_IO;
    _exit((int)status);
}

/* Starts the next task. False when the system has no process or pipe to give (errno says why). */
static bool start_task(Pool *pool)
{
    int ends[2];
    if (pipe(ends) != 0)
        return false;
    (void)fflush(NULL); /* what waits in a buffer would be written twice */
    pid_t program = getpid(), pid = fork();
    if (pid == 0) {
        (void)close(ends[0]);
        run_task(pool, pool->started, ends[1], program);
    }
    int error = errno;
    (void)close(ends[1]);
    if (pid < 0) {
        (void)close(ends[0]);
        errno = error;
        return false;
    }
    *slot_of(pool, pool->started) = (Slot){.pid = pid, .stream = ends[0]};
    pool->started++;
    pool->running++;
    return true;
}

static Status start_tasks(Pool *pool)
{
    while (pool->running < pool->workers && pool->started < pool->jobs->count &&
           pool->started < pool->taken + pool->slot_count) {
        if (start_task(pool))
            continue;
        if (pool->running > 0)
            return STATUS_OK; /* again when one of them has ended */
        report(pool, pool->started, _("no process can be started: "), strerror(errno));
        return STATUS_IO;
    }
    return STATUS_OK;
}

/* Waits for the end of a slot's process, which has closed its stream or is being killed. */
static int wait_for(Slot *slot)
{
    int ended = 0;
    while (waitpid(slot->pid, &ended, 0) < 0 && errno == EINTR)
        ;
    (void)close(slot->stream);
    slot->pid = 0;
    return ended;
}

/* ---- what it writes ------------------------------------------------------------------------- */

static void end_task(Pool *pool, size_t task)
{
    Slot *slot = slot_of(pool, task);
    int ended = wait_for(slot);
    pool->running--;
    slot->ended = true;
    slot->whole = WIFEXITED(ended) && WEXITSTATUS(ended) == 0;
    if (slot->whole)
        return;
    if (WIFSIGNALED(ended))
        report(pool, task, _("its process was ended: "), strsignal(WTERMSIG(ended)));
    else
        report(pool, task, _("its process failed: "), status_text((Status)WEXITSTATUS(ended)));
}

static void give_up_task(Pool *pool, size_t task)
{
    Slot *slot = slot_of(pool, task);
    (void)kill(slot->pid, SIGKILL);
    (void)wait_for(slot);
    pool->running--;
    slot->ended = true;
    report(pool, task, _("its result is larger than a task's may be"), "");
}

static Status make_room(Slot *slot)
{
    if (slot->room - slot->length >= READ_BYTES)
        return STATUS_OK;
    size_t room = 2 * slot->room + READ_BYTES;
    char *bytes = realloc(slot->bytes, room);
    TRY_NEW(bytes);
    slot->bytes = bytes;
    slot->room = room;
    return STATUS_OK;
}

/* Reads what is there, or the end. */
static Status read_task(Pool *pool, size_t task)
{
    Slot *slot = slot_of(pool, task);
    TRY(make_room(slot));
    ssize_t got = read(slot->stream, slot->bytes + slot->length, READ_BYTES);
    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return STATUS_OK;
    if (got <= 0) {
        end_task(pool, task);
        return STATUS_OK;
    }
    slot->length += (size_t)got;
    if (slot->length > JOB_BYTES_MOST)
        give_up_task(pool, task);
    return STATUS_OK;
}

static Status read_tasks(Pool *pool)
{
    size_t count = 0;
    for (size_t task = pool->taken; task < pool->started; task++) {
        if (slot_of(pool, task)->pid == 0)
            continue;
        pool->polled[count] = (struct pollfd){.fd = slot_of(pool, task)->stream, .events = POLLIN};
        pool->polled_slot[count++] = task;
    }
    if (count == 0)
        return STATUS_OK;
    if (poll(pool->polled, count, -1) < 0)
        return errno == EINTR ? STATUS_OK : STATUS_INTERNAL;
    for (size_t i = 0; i < count; i++)
        if (pool->polled[i].revents != 0)
            TRY(read_task(pool, pool->polled_slot[i]));
    return STATUS_OK;
}

/* ---- the pool ------------------------------------------------------------------------------- */

static Status take_tasks(Pool *pool)
{
    while (pool->taken < pool->started && slot_of(pool, pool->taken)->ended) {
        Slot *slot = slot_of(pool, pool->taken);
        if (slot->whole)
            TRY(pool->jobs->take(pool->jobs->context, pool->taken, slot->bytes, slot->length));
        free(slot->bytes);
        *slot = (Slot){0};
        pool->taken++;
    }
    return STATUS_OK;
}

static Status run_tasks(Pool *pool)
{
    while (pool->taken < pool->jobs->count) {
        TRY(start_tasks(pool));
        TRY(read_tasks(pool));
        TRY(take_tasks(pool));
    }
    return STATUS_OK;
}

/* Ends what still runs, forgets what was not taken. */
static void close_pool(Pool *pool)
{
    for (size_t s = 0; pool->slots != NULL && s < pool->slot_count; s++) {
        if (pool->slots[s].pid != 0) {
            (void)kill(pool->slots[s].pid, SIGKILL);
            (void)wait_for(&pool->slots[s]);
        }
        free(pool->slots[s].bytes);
    }
    free(pool->slots);
    free(pool->polled);
    free(pool->polled_slot);
}

static size_t cores_online(void)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores < 1 ? 1 : (size_t)cores;
}

size_t jobs_workers(size_t asked)
{
    size_t workers = asked == 0 ? cores_online() : asked;
    return workers > JOBS_WORKERS_MOST ? JOBS_WORKERS_MOST : workers;
}

Status jobs_run(const Jobs *jobs, Diag *diag)
{
    size_t workers = jobs_workers(jobs->workers);
    if (workers > jobs->count)
        workers = jobs->count;
    Pool pool = {.jobs = jobs, .diag = diag, .workers = workers};
    pool.slot_count = workers * AHEAD + 1;
    pool.slots = calloc(pool.slot_count, sizeof *pool.slots);
    pool.polled = calloc(pool.slot_count, sizeof *pool.polled);
    pool.polled_slot = calloc(pool.slot_count, sizeof *pool.polled_slot);
    Status status = STATUS_NO_MEMORY;
    /* who starts us may ignore the ends of processes, and then nobody is told how a task ended */
    struct sigaction told = {.sa_handler = SIG_DFL}, before;
    bool changed = sigaction(SIGCHLD, &told, &before) == 0;
    if (pool.slots != NULL && pool.polled != NULL && pool.polled_slot != NULL)
        status = run_tasks(&pool);
    close_pool(&pool);
    if (changed)
        (void)sigaction(SIGCHLD, &before, NULL);
    return status == STATUS_OK && pool.failed ? STATUS_FINDINGS : status;
}
