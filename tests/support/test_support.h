/* What tests of every kind share: closeness, a seeded generator, scratch folders, files, programs.
 *
 * Includes cmocka with the headers it wants before it, so that a test includes this one alone.
 * Everything fails the running test by itself when the machine does not cooperate.
 */
#ifndef ALLOT_TEST_SUPPORT_H
#define ALLOT_TEST_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

/* ---- figures -------------------------------------------------------------------------------- */

/** Fails unless |got - want| <= abs + rel * |want|. NaN is close to nothing. (cmocka 1.1.5 compares
 *  floats only.) */
#define assert_close(got, want, abs, rel)                                                          \
    test_assert_close((got), (want), (abs), (rel), #got, __FILE__, __LINE__)

void test_assert_close(double got, double want, double abs, double rel, const char *expression,
                       const char *file, int line);

/** The number of elements of an array. */
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/** Inside a loop over a table of cases: fails with the case's label, and goes on to say what. */
#define assert_case(label, condition)                                                              \
    do {                                                                                           \
        if (!(condition))                                                                          \
            fail_msg("case \"%s\": %s", (label), #condition);                                      \
    } while (0)

/** The same for two texts and two numbers, showing both. */
#define assert_case_text(label, got, want)                                                         \
    test_assert_case_text((label), (got), (want), #got, __FILE__, __LINE__)
#define assert_case_int(label, got, want)                                                          \
    test_assert_case_int((label), (got), (want), #got, __FILE__, __LINE__)

void test_assert_case_text(const char *label, const char *got, const char *want,
                           const char *expression, const char *file, int line);
void test_assert_case_int(const char *label, int64_t got, int64_t want, const char *expression,
                          const char *file, int line);

/* ---- chance, repeatable --------------------------------------------------------------------- */

/** SplitMix64 (Steele, Lea, Flood 2014, doi:10.1145/2660193.2660195): any seed is a good one, equal
 *  seeds give equal numbers on every machine. Print the seed when a property fails. */
typedef struct TestRandom {
    uint64_t state;
} TestRandom;

TestRandom random_seeded(uint64_t seed);
uint64_t random_bits(TestRandom *random);

/** A whole number from @p low to @p high, both included; every one as likely up to 2^-64. */
int64_t random_between(TestRandom *random, int64_t low, int64_t high);

/** From 0 up to, not including, 1. */
double random_share(TestRandom *random);

/** True once in @p one_in times. */
bool random_chance(TestRandom *random, int one_in);

/** Fisher and Yates. @p size is that of one element. */
void random_shuffle(TestRandom *random, void *elements, size_t count, size_t size);

/* ---- files ---------------------------------------------------------------------------------- */

/** A new, empty folder below TEST_BUILD_DIR, as an absolute path. Free it with test_dir_remove(). */
char *test_dir_make(void);

/** Removes the folder with all that is in it, and frees the path. NULL is allowed. */
void test_dir_remove(char *dir);

/** "dir/name", to be freed by the caller. */
char *test_path(const char *dir, const char *name);

/** Writes these bytes, or this text, into the file @p name of @p dir, which is replaced. Folders in
 *  @p name are made. */
void write_file_bytes(const char *dir, const char *name, const void *bytes, size_t length);
void write_file(const char *dir, const char *name, const char *text);

/** The same piece by piece: opens the file; and closes it, when everything must have been written. */
FILE *file_to_write(const char *dir, const char *name);
void file_written(FILE *file);

/** The whole file with a NUL after it, to be freed by the caller; @p length may be NULL. */
char *read_file(const char *path, size_t *length);

bool file_exists(const char *path);

/* ---- programs ------------------------------------------------------------------------------- */

/** What a program said and how it ended. */
typedef struct TestRun {
    int exit_code; /* 128 + signal when it was killed */
    char *out;     /* standard output, NUL after it */
    char *err;     /* standard error */
} TestRun;

/** Runs argv[0] (looked up in PATH when it has no slash, else a path from where the test runs, say
 *  TEST_BUILD_DIR "/allot") with standard input empty, in the folder @p dir or, when that is NULL,
 *  where the test runs. The last element of @p argv is NULL. */
TestRun run_command(const char *dir, const char *const *argv);

/** The same through the shell, for redirections. */
TestRun run_shell(const char *dir, const char *script);

void test_run_free(TestRun *run);

/* ---- memory --------------------------------------------------------------------------------- */

/** A cmocka group teardown: fails when an arena is still alive. */
int no_arena_is_left(void **state);

/** Entries of a folder, hidden ones too. */
int test_dir_count(const char *dir);

#endif
