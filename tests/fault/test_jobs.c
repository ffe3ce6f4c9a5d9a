/* Tasks in processes of their own: the order of results, and what becomes of a task that fails, dies
 * or floods its pipe. No process and no file may be left behind. */
#include "jobs.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/support/expected_findings.h"
#include "tests/support/test_support.h"

enum { TASKS = 23, FAULTY = 7, LONG_BYTES = 300 * 1000 };

typedef enum Fault { FAULT_NONE, FAULT_STATUS, FAULT_KILLED, FAULT_EXIT } Fault;

typedef struct Fixture {
    Arena *arena;
    Diag *diag;
    Fault fault;
    Status stop; /* what take() says of task 5 */
    char taken[4096];
} Fixture;

/* Early tasks take longest, so that with several workers they end last. */
static Status run(void *context, size_t task, FILE *out)
{
    const Fixture *f = context;
    struct timespec pause = {.tv_nsec = (long)(TASKS - task) * 300 * 1000};
    (void)nanosleep(&pause, NULL);
    fprintf(out, "task %zu;", task);
    if (task != FAULTY)
        return STATUS_OK;
    if (f->fault == FAULT_KILLED)
        (void)raise(SIGKILL);
    if (f->fault == FAULT_EXIT)
        _exit(70);
    return f->fault == FAULT_STATUS ? STATUS_NO_MEMORY : STATUS_OK;
}

static Status take(void *context, size_t task, const char *bytes, size_t length)
{
    Fixture *f = context;
    size_t used = strlen(f->taken);
    (void)snprintf(f->taken + used, sizeof f->taken - used, "%.*s", (int)length, bytes);
    return task == 5 ? f->stop : STATUS_OK;
}

static const char *name(void *context, size_t task)
{
    static char text[32];
    (void)context;
    (void)snprintf(text, sizeof text, "case %zu", task);
    return text;
}

static Status run_fixture(Fixture *f, Fault fault, size_t workers)
{
    Jobs jobs = {TASKS, workers, run, take, name, f};
    f->arena = arena_new();
    f->diag = diag_new(f->arena);
    f->fault = fault;
    f->taken[0] = '\0';
    return jobs_run(&jobs, f->diag);
}

/* No child is left to wait for, and the next pipe gets the lowest numbers. */
static void assert_nothing_left(int lowest)
{
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
    int next = open("/dev/null", O_RDONLY);
    assert_int_equal(next, lowest);
    (void)close(next);
}

static int lowest_file(void)
{
    int lowest = open("/dev/null", O_RDONLY);
    (void)close(lowest);
    return lowest;
}

static void expect_all_but(char *text, size_t size, size_t without)
{
    text[0] = '\0';
    for (size_t task = 0; task < TASKS; task++)
        if (task != without)
            (void)snprintf(text + strlen(text), size - strlen(text), "task %zu;", task);
}

static void results_come_in_the_order_of_tasks_with_any_number_of_workers(void **state)
{
    static const size_t workers[] = {1, 2, 3, 23, 500, 0};
    char want[4096];
    (void)state;
    expect_all_but(want, sizeof want, TASKS);
    int lowest = lowest_file();
    for (size_t i = 0; i < COUNT_OF(workers); i++) {
        Fixture f = {.stop = STATUS_OK};
        assert_int_equal(run_fixture(&f, FAULT_NONE, workers[i]), STATUS_OK);
        assert_string_equal(f.taken, want);
        assert_finding_count("none", f.diag, 0);
        assert_nothing_left(lowest);
        arena_free(f.arena);
    }
}

static void a_task_that_fails_or_dies_is_named_and_stops_no_other(void **state)
{
    static const struct {
        Fault fault;
        const char *hint;
    } cases[] = {{FAULT_KILLED, "ended: Killed"},
                 {FAULT_STATUS, "process failed"},
                 {FAULT_EXIT, "process failed"}};
    char want[4096];
    (void)state;
    expect_all_but(want, sizeof want, FAULTY);
    int lowest = lowest_file();
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        for (size_t workers = 1; workers < 4; workers++) {
            Fixture f = {.stop = STATUS_OK};
            assert_int_equal(run_fixture(&f, cases[i].fault, workers), STATUS_FINDINGS);
            assert_string_equal(f.taken, want);
            assert_finding("died", f.diag,
                           &(ExpectedFinding){.code = DIAG_JOB, .hint = cases[i].hint});
            assert_finding("named", f.diag,
                           &(ExpectedFinding){.code = DIAG_JOB, .hint = "case 7:"});
            assert_nothing_left(lowest);
            arena_free(f.arena);
        }
}

/* As some programs that start others do: waiting for a process then waits for all, and tells nothing. */
static void a_task_that_dies_is_told_where_the_ends_of_processes_are_ignored(void **state)
{
    char want[4096];
    Fixture f = {.stop = STATUS_OK};
    struct sigaction after;
    (void)state;
    expect_all_but(want, sizeof want, FAULTY);
    assert_true(signal(SIGCHLD, SIG_IGN) != SIG_ERR);
    Status status = run_fixture(&f, FAULT_KILLED, 2);
    assert_int_equal(sigaction(SIGCHLD, NULL, &after), 0);
    assert_true(signal(SIGCHLD, SIG_DFL) != SIG_ERR);
    assert_true(after.sa_handler == SIG_IGN); /* as it was */
    assert_int_equal(status, STATUS_FINDINGS);
    assert_string_equal(f.taken, want);
    arena_free(f.arena);
}

static void when_results_cannot_be_taken_everything_stops(void **state)
{
    (void)state;
    int lowest = lowest_file();
    Fixture f = {.stop = STATUS_IO};
    assert_int_equal(run_fixture(&f, FAULT_NONE, 3), STATUS_IO);
    assert_string_equal(f.taken, "task 0;task 1;task 2;task 3;task 4;task 5;");
    assert_nothing_left(lowest);
    arena_free(f.arena);
}

/* ---- much to say ---------------------------------------------------------------------------- */

static Status run_long(void *context, size_t task, FILE *out)
{
    (void)context;
    for (int i = 0; i < LONG_BYTES; i++)
        (void)fputc('a' + (int)task, out);
    return STATUS_OK;
}

static Status take_long(void *context, size_t task, const char *bytes, size_t length)
{
    size_t *taken = context;
    assert_int_equal(length, LONG_BYTES); /* many times what a pipe holds */
    for (size_t i = 0; i < length; i++)
        assert_int_equal(bytes[i], 'a' + (int)task);
    (*taken)++;
    return STATUS_OK;
}

static void results_longer_than_a_pipe_arrive_whole(void **state)
{
    size_t taken = 0;
    Jobs jobs = {12, 3, run_long, take_long, name, &taken};
    Arena *arena = arena_new();
    (void)state;
    assert_int_equal(jobs_run(&jobs, diag_new(arena)), STATUS_OK);
    assert_int_equal(taken, 12);
    arena_free(arena);
}

/* Says that it is there, and stays: the other end of its pipe sees when it has gone. */
static Status say_and_stay(void *context, size_t task, FILE *out)
{
    const int *ends = context;
    (void)task;
    (void)out;
    if (write(ends[1], "x", 1) != 1)
        return STATUS_IO;
    (void)alarm(60); /* not for ever, if nobody ends it */
    for (;;)
        (void)pause();
}

static void tasks_end_when_the_program_is_killed(void **state)
{
    enum { PATIENCE_MS = 10 * 1000 };
    int ends[2];
    char said;
    (void)state;
    assert_int_equal(pipe(ends), 0);
    pid_t program = fork();
    if (program == 0) {
        Jobs jobs = {2, 2, say_and_stay, take, name, ends};
        Arena *arena = arena_new();
        _exit((int)jobs_run(&jobs, diag_new(arena)));
    }
    (void)close(ends[1]);
    assert_int_equal(read(ends[0], &said, 1), 1);
    assert_int_equal(read(ends[0], &said, 1), 1);
    assert_int_equal(kill(program, SIGKILL), 0);
    assert_int_equal(waitpid(program, NULL, 0), program);
    struct pollfd gone = {.fd = ends[0], .events = POLLIN};
    assert_int_equal(poll(&gone, 1, PATIENCE_MS), 1); /* 0: a task still holds the other end */
    assert_int_equal(read(ends[0], &said, 1), 0);
    (void)close(ends[0]);
}

static void no_tasks_are_no_work(void **state)
{
    Jobs jobs = {0, 0, run, take, name, NULL};
    Arena *arena = arena_new();
    (void)state;
    assert_int_equal(jobs_run(&jobs, diag_new(arena)), STATUS_OK);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_come_in_the_order_of_tasks_with_any_number_of_workers),
        cmocka_unit_test(a_task_that_fails_or_dies_is_named_and_stops_no_other),
        cmocka_unit_test(a_task_that_dies_is_told_where_the_ends_of_processes_are_ignored),
        cmocka_unit_test(when_results_cannot_be_taken_everything_stops),
        cmocka_unit_test(results_longer_than_a_pipe_arrive_whole),
        cmocka_unit_test(tasks_end_when_the_program_is_killed),
        cmocka_unit_test(no_tasks_are_no_work),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
