/* What tests of every kind share; see test_support.h.
 *
 * Called by the tests. Owns nothing: folders, texts and runs are given back by the test that asked
 * for them. A machine that does not cooperate (no temporary folder, no fork) fails the test.
 */
#include "tests/support/test_support.h"

#include "allot/arena.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Scratch folders lie below the build folder; the Makefile says where. */
#ifndef TEST_BUILD_DIR
#define TEST_BUILD_DIR "/tmp"
#endif

/* ---- figures -------------------------------------------------------------------------------- */

void test_assert_close(double got, double want, double abs, double rel, const char *expression,
                       const char *file, int line)
{
    if (got == want || fabs(got - want) <= abs + rel * fabs(want))
        return;
    print_error("%s is %.17g, expected %.17g within %g + %g relative\n", expression, got, want, abs,
                rel);
    _fail(file, line);
}

void test_assert_case_text(const char *label, const char *got, const char *want,
                           const char *expression, const char *file, int line)
{
    if (got != NULL && want != NULL && strcmp(got, want) == 0)
        return;
    if (got == NULL && want == NULL)
        return;
    print_error("case \"%s\": %s is \"%s\", expected \"%s\"\n", label, expression,
                got != NULL ? got : "(null)", want != NULL ? want : "(null)");
    _fail(file, line);
}

void test_assert_case_int(const char *label, int64_t got, int64_t want, const char *expression,
                          const char *file, int line)
{
    if (got == want)
        return;
    print_error("case \"%s\": %s is %" PRId64 ", expected %" PRId64 "\n", label, expression, got,
                want);
    _fail(file, line);
}

/* ---- chance, repeatable --------------------------------------------------------------------- */

TestRandom random_seeded(uint64_t seed)
{
    return (TestRandom){seed};
}

uint64_t random_bits(TestRandom *random)
{
    random->state += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t z = random->state;
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

int64_t random_between(TestRandom *random, int64_t low, int64_t high)
{
    uint64_t span = (uint64_t)high - (uint64_t)low + 1;
    uint64_t bits = random_bits(random);
    return (int64_t)((uint64_t)low + (span == 0 ? bits : bits % span));
}

double random_share(TestRandom *random)
{
    return (double)(random_bits(random) >> 11) / 9007199254740992.0; /* 2^53 */
}

bool random_chance(TestRandom *random, int one_in)
{
    return random_between(random, 1, one_in) == 1;
}

void random_shuffle(TestRandom *random, void *elements, size_t count, size_t size)
{
    unsigned char *bytes = elements;
    for (size_t i = count; i > 1; i--) {
        size_t j = (size_t)random_between(random, 0, (int64_t)i - 1);
        for (size_t k = 0; k < size; k++) {
            unsigned char kept = bytes[(i - 1) * size + k];
            bytes[(i - 1) * size + k] = bytes[j * size + k];
            bytes[j * size + k] = kept;
        }
    }
}

/* ---- files ---------------------------------------------------------------------------------- */

static void give_up(const char *what, const char *name)
{
    print_error("%s '%s': %s\n", what, name, strerror(errno));
    fail();
}

static char *join(const char *a, const char *between, const char *b)
{
    size_t size = strlen(a) + strlen(between) + strlen(b) + 1;
    char *text = malloc(size);
    if (text == NULL)
        give_up("no memory for", a);
    else
        (void)snprintf(text, size, "%s%s%s", a, between, b);
    return text;
}

char *test_path(const char *dir, const char *name)
{
    return join(dir, "/", name);
}

static char *absolute(const char *path)
{
    char *whole = realpath(path, NULL);
    if (whole == NULL)
        give_up("cannot find", path);
    return whole;
}

char *test_dir_make(void)
{
    char *base = absolute(TEST_BUILD_DIR);
    char *dir = join(base, "/", "scratch-XXXXXX");
    free(base);
    if (mkdtemp(dir) == NULL)
        give_up("cannot make", dir);
    return dir;
}

static int remove_entry(const char *path, const struct stat *info, int kind, struct FTW *where)
{
    (void)info;
    (void)kind;
    (void)where;
    return remove(path);
}

/* Tests of write errors leave folders nobody may write to; what is in them must go too. */
static int open_up_folder(const char *path, const struct stat *info, int kind, struct FTW *where)
{
    (void)info;
    (void)where;
    if (kind == FTW_D || kind == FTW_DNR)
        (void)chmod(path, S_IRWXU);
    return 0;
}

void test_dir_remove(char *dir)
{
    enum { OPEN_FOLDERS = 16 };
    if (dir == NULL)
        return;
    (void)nftw(dir, open_up_folder, OPEN_FOLDERS, FTW_PHYS);
    if (nftw(dir, remove_entry, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS) != 0)
        give_up("cannot remove", dir);
    free(dir);
}

static void make_folders_of(char *path)
{
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(path, S_IRWXU) != 0 && errno != EEXIST)
            give_up("cannot make", path);
        *slash = '/';
    }
}

void write_file_bytes(const char *dir, const char *name, const void *bytes, size_t length)
{
    char *path = test_path(dir, name);
    make_folders_of(path);
    FILE *file = fopen(path, "wb");
    bool written = file != NULL && (length == 0 || fwrite(bytes, 1, length, file) == length);
    if (file != NULL && fclose(file) != 0)
        written = false;
    if (!written)
        give_up("cannot write", path);
    free(path);
}

void write_file(const char *dir, const char *name, const char *text)
{
    write_file_bytes(dir, name, text, strlen(text));
}

static char *read_stream(FILE *file, const char *name, size_t *length)
{
    size_t capacity = 4096;
    size_t used = 0;
    char *text = malloc(capacity);
    while (text != NULL) {
        used += fread(text + used, 1, capacity - used - 1, file);
        if (used < capacity - 1)
            break;
        capacity *= 2;
        char *larger = realloc(text, capacity);
        if (larger == NULL)
            free(text);
        text = larger;
    }
    if (text == NULL || ferror(file)) {
        free(text);
        give_up("cannot read", name);
        return NULL;
    }
    text[used] = '\0';
    if (length != NULL)
        *length = used;
    return text;
}

FILE *file_to_write(const char *dir, const char *name)
{
    char *path = test_path(dir, name);
    FILE *file = fopen(path, "wb");
    if (file == NULL)
        give_up("cannot write", path);
    free(path);
    return file;
}

void file_written(FILE *file)
{
    bool failed = ferror(file) != 0;
    if (fclose(file) != 0 || failed)
        fail_msg("a file could not be written");
}

char *read_file(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        give_up("cannot read", path);
        return NULL;
    }
    char *text = read_stream(file, path, length);
    (void)fclose(file);
    return text;
}

bool file_exists(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0;
}

/* ---- programs ------------------------------------------------------------------------------- */

/* In the child: never returns. No stdio here, its buffers are copies of the parent's. */
static void become(const char *dir, const char *program, const char *const *argv, FILE *out,
                   FILE *err)
{
    char *const
        *arguments; /* execvp() promises to leave them alone, but its type does not say it */
    memcpy(&arguments, &argv, sizeof arguments);
    int nothing = open("/dev/null", O_RDONLY);
    if (nothing >= 0 && dup2(nothing, STDIN_FILENO) >= 0 && dup2(fileno(out), STDOUT_FILENO) >= 0 &&
        dup2(fileno(err), STDERR_FILENO) >= 0 && (dir == NULL || chdir(dir) == 0))
        (void)execvp(program, arguments);
    _exit(127);
}

TestRun run_command(const char *dir, const char *const *argv)
{
    TestRun run = {-1, NULL, NULL};
    /* Files, not pipes: a program that says much on both could not block on either. */
    FILE *out = tmpfile();
    FILE *err = tmpfile();
    int status = 0;
    if (out == NULL || err == NULL)
        give_up("no temporary file for", argv[0]);
    /* A path is meant from here, not from the folder that the program will run in. */
    char *path = strchr(argv[0], '/') != NULL ? absolute(argv[0]) : NULL;
    pid_t child = fork();
    if (child == 0)
        become(dir, path != NULL ? path : argv[0], argv, out, err);
    while (child > 0 && waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            child = -1;
    if (child < 0)
        give_up("cannot run", argv[0]);
    run.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    free(path);
    rewind(out);
    rewind(err);
    run.out = read_stream(out, argv[0], NULL);
    run.err = read_stream(err, argv[0], NULL);
    (void)fclose(out);
    (void)fclose(err);
    return run;
}

TestRun run_shell(const char *dir, const char *script)
{
    const char *const argv[] = {"sh", "-c", script, NULL};
    return run_command(dir, argv);
}

void test_run_free(TestRun *run)
{
    free(run->out);
    free(run->err);
    *run = (TestRun){-1, NULL, NULL};
}

/* ---- memory --------------------------------------------------------------------------------- */

int no_arena_is_left(void **state)
{
    (void)state;
    if (arena_live_count() == 0)
        return 0;
    print_error("%zu arenas are still alive\n", arena_live_count());
    return 1;
}

int test_dir_count(const char *dir)
{
    TestRun run = run_command(dir, (const char *const[]){"ls", "-A", NULL});
    int count = 0;
    for (const char *c = run.out; c != NULL && *c != '\0'; c++)
        count += *c == '\n';
    test_run_free(&run);
    return count;
}
