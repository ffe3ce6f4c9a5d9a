/* A fork for each measurement, a pipe for what it found. */
#include "tests/support/bench_process.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/support/test_support.h"

enum { SCRIPT_BYTES = 8192, MEDIAN_MOST = 64 };

static struct rusage usage_of(int who)
{
    struct rusage usage;
    if (getrusage(who, &usage) != 0)
        fail_msg("the system does not say what was used");
    return usage;
}

static double seconds_of(const struct rusage *usage)
{
    return (double)usage->ru_utime.tv_sec + (double)usage->ru_utime.tv_usec * 1e-6 +
           (double)usage->ru_stime.tv_sec + (double)usage->ru_stime.tv_usec * 1e-6;
}

double bench_cpu_seconds(void)
{
    struct rusage usage = usage_of(RUSAGE_SELF);
    return seconds_of(&usage);
}

double bench_clock_seconds(void)
{
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
        fail_msg("the system has no clock");
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

long bench_peak_kb(void)
{
    return usage_of(RUSAGE_SELF).ru_maxrss;
}

void bench_send(const void *result, size_t size, int to)
{
    if (write(to, result, size) != (ssize_t)size)
        _exit(EXIT_FAILURE);
}

static void work_and_leave(BenchWork *work, const void *context, void *result, size_t size,
                           int limit_s, int to)
{
    const struct rlimit limit = {(rlim_t)limit_s, (rlim_t)limit_s + 1};
    if (setrlimit(RLIMIT_CPU, &limit) != 0 || !work(context, result, to))
        _exit(EXIT_FAILURE);
    bench_send(result, size, to);
    _exit(EXIT_SUCCESS);
}

/** Takes one result off the pipe; false at its end. Results are small: they come as a whole. */
static bool receive(int from, void *result, size_t size)
{
    char next[4096];
    if (size > sizeof next || read(from, next, size) != (ssize_t)size)
        return false;
    memcpy(result, next, size);
    return true;
}

bool bench_in_process(BenchWork *work, const void *context, void *result, size_t size, int limit_s)
{
    int ends[2], status = -1;
    if (pipe(ends) != 0)
        fail_msg("no pipe");
    (void)fflush(NULL);
    pid_t child = fork();
    if (child == 0)
        work_and_leave(work, context, result, size, limit_s, ends[1]);
    (void)close(ends[1]);
    while (child > 0 && receive(ends[0], result, size))
        continue;
    (void)close(ends[0]);
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
           WEXITSTATUS(status) == EXIT_SUCCESS;
}

/* ---- other programs ------------------------------------------------------------------------- */

typedef struct ScriptJob {
    const char *script, *log;
    int limit_s;
} ScriptJob;

static bool run_script(const void *context, void *result, int to)
{
    const ScriptJob *job = context;
    BenchUse *use = result;
    char script[SCRIPT_BYTES];
    (void)to;
    int length = snprintf(script, sizeof script, "ulimit -t %d; { %s\n} >'%s' 2>&1 </dev/null",
                          job->limit_s, job->script, job->log);
    if (length < 0 || (size_t)length >= sizeof script)
        return false;
    double before = bench_clock_seconds();
    TestRun run = run_shell(NULL, script);
    use->clock_s = bench_clock_seconds() - before;
    struct rusage usage = usage_of(RUSAGE_CHILDREN);
    use->cpu_s = seconds_of(&usage);
    use->peak_kb = usage.ru_maxrss;
    use->exit_code = run.exit_code;
    use->cut_off = run.exit_code > 128 && use->cpu_s >= job->limit_s;
    test_run_free(&run);
    return true;
}

BenchUse bench_program(const char *script, const char *log, int limit_s)
{
    ScriptJob job = {script, log, limit_s};
    BenchUse use = {.exit_code = -1};
    (void)bench_in_process(run_script, &job, &use, sizeof use, limit_s + 60);
    return use;
}

bool bench_program_there(const char *name)
{
    char script[SCRIPT_BYTES];
    (void)snprintf(script, sizeof script, "command -v %s", name);
    TestRun run = run_shell(NULL, script);
    bool there = run.exit_code == 0;
    test_run_free(&run);
    return there;
}

/* ---- figures -------------------------------------------------------------------------------- */

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double bench_median(const double *values, int count)
{
    double sorted[MEDIAN_MOST];
    count = count > MEDIAN_MOST ? MEDIAN_MOST : count;
    if (count <= 0)
        return 0;
    memcpy(sorted, values, (size_t)count * sizeof *values);
    qsort(sorted, (size_t)count, sizeof *sorted, ascending);
    return count % 2 == 1 ? sorted[count / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2;
}
