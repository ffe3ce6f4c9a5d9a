/* What reading costs: one round in every spelling that is read, as tables of text and as workbooks,
 * beside other programs that read the same file in the same run, where they are on the machine.
 *
 *   make bench BENCH=reading [BENCH_ARGS="--rows N --repeats N --peers 0|1 --limit SECONDS"]
 *
 * Every measurement is a process of its own, so that its peak memory is its own. Times are user CPU
 * seconds, the medians of the repeats; these go round and round through the spellings, so that what
 * else the machine does meets all of them. A peer runs once. LibreOffice and ssconvert write CSV,
 * openpyxl only walks through the cells; `allot` types and checks every cell and keeps the round.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/reading_round.h"
#include "tests/support/test_support.h"

#include "allot/round_read.h"

enum { REPEATS_MOST = 25, PEERS = 3, SCRIPT_BYTES = 4096 };

static const char *const SPELLING_NAME[READING_SPELLINGS] = {
    [READING_CSV] = "CSV, UTF-8, commas",
    [READING_CSV_1251] = "CSV, Windows-1251, semicolons",
    [READING_XLSX_SHARED] = "xlsx, shared strings",
    [READING_XLSX_INLINE] = "xlsx, inline strings",
    [READING_ODS] = "ods",
    [READING_FODS] = "fods"};

/** Another reader: a script that reads $file, may write into $dir, and fails where it cannot. */
typedef struct Peer {
    const char *name;
    const char *script;
    bool xlsx_alone;
} Peer;

static const Peer PEER[PEERS] = {
    {"LibreOffice",
     "soffice --headless -env:UserInstallation=\"file://$dir/profile\" --convert-to csv"
     " --outdir \"$dir\" \"$file\" && test -s \"$dir\"/round.csv",
     false},
    {"ssconvert", "ssconvert \"$file\" \"$dir\"/gnumeric.csv", false},
    {"openpyxl",
     "exec /usr/bin/python3 -c 'import openpyxl, sys\n"
     "for sheet in openpyxl.load_workbook(sys.argv[1], read_only=True):\n"
     "    for row in sheet.iter_rows(values_only=True): pass' \"$file\"",
     true},
};

typedef struct BenchOptions {
    int rows;
    int repeats;
    int peers;   /* 0: without */
    int limit_s; /* CPU seconds of one process */
} BenchOptions;

/** One spelling on disk and what reading it took. */
typedef struct Spelling {
    ReadingSpelling which;
    char *dir;
    char *source; /* what is read */
    char *file;   /* where the needs are */
    double megabytes;
    double seconds[REPEATS_MOST];
    long peak_kb; /* the largest */
    int rows;
} Spelling;

/* ---- a process of its own ------------------------------------------------------------------- */

typedef struct Usage {
    double seconds; /* user CPU */
    long peak_kb;
} Usage;

/** Something to measure; false when it failed. */
typedef bool Work(const Spelling *spelling, const void *more);

static Usage usage_of(int who)
{
    struct rusage usage;
    if (getrusage(who, &usage) != 0)
        return (Usage){0};
    return (Usage){(double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec * 1e-6,
                   usage.ru_maxrss};
}

/** Does the work, then sends what it, or the programs that it started, has used. */
static void work_and_send(Work *work, const Spelling *spelling, const void *more, int who, int to)
{
    bool done = work(spelling, more);
    Usage usage = usage_of(who);
    if (!done || write(to, &usage, sizeof usage) != (ssize_t)sizeof usage)
        _exit(EXIT_FAILURE);
    _exit(EXIT_SUCCESS);
}

/** @p who: RUSAGE_SELF, or RUSAGE_CHILDREN for the programs that the work starts. False when the
 *  work failed, or took more than the limit. */
static bool in_process(Work *work, const Spelling *spelling, const void *more, int who, int limit_s,
                       Usage *usage)
{
    const struct rlimit limit = {(rlim_t)limit_s, (rlim_t)limit_s + 1};
    int ends[2], status;
    if (pipe(ends) != 0)
        return false;
    (void)fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        if (setrlimit(RLIMIT_CPU, &limit) != 0)
            _exit(EXIT_FAILURE);
        work_and_send(work, spelling, more, who, ends[1]);
    }
    (void)close(ends[1]);
    bool sent = child > 0 && read(ends[0], usage, sizeof *usage) == (ssize_t)sizeof *usage;
    (void)close(ends[0]);
    if (child > 0)
        (void)waitpid(child, &status, 0);
    return sent;
}

/* ---- what is measured ----------------------------------------------------------------------- */

static bool write_spelling(const Spelling *spelling, const void *more)
{
    (void)more;
    reading_round_write(spelling->dir, spelling->which, spelling->rows);
    return true;
}

static void print_findings(const Diag *diag, Arena *arena)
{
    size_t count;
    const Finding *findings = diag_findings(diag, &count);
    for (size_t k = 0; k < count; k++)
        if (findings[k].severity == DIAG_ERROR)
            fprintf(stderr, "bench: %s\n", diag_format(&findings[k], arena));
}

/** A round with findings, or with rows left out, is not what is to be measured. */
static bool read_spelling(const Spelling *spelling, const void *more)
{
    Arena *arena = arena_new();
    Diag *diag = arena == NULL ? NULL : diag_new(arena);
    Round round = {0};
    (void)more;
    if (diag == NULL)
        return false;
    Status status = round_read(&(RoundSource){.path = spelling->source}, arena, diag, &round);
    if (status == STATUS_OK && diag_count(diag, DIAG_ERROR) == 0 &&
        round.need_count == (size_t)spelling->rows)
        return true;
    fprintf(stderr, "bench: %s: %s, %zu of %d needs\n", SPELLING_NAME[spelling->which],
            status_text(status), round.need_count, spelling->rows);
    print_findings(diag, arena);
    return false;
}

static bool run_peer(const Spelling *spelling, const void *more)
{
    const Peer *peer = more;
    char script[SCRIPT_BYTES];
    (void)snprintf(script, sizeof script, "dir='%s' file='%s'\n%s", spelling->dir, spelling->file,
                   peer->script);
    TestRun run = run_shell(NULL, script);
    bool done = run.exit_code == 0;
    test_run_free(&run);
    return done;
}

/* ---- the table ------------------------------------------------------------------------------ */

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(const double *values, int count)
{
    double sorted[REPEATS_MOST];
    memcpy(sorted, values, (size_t)count * sizeof *values);
    qsort(sorted, (size_t)count, sizeof *sorted, ascending);
    return count % 2 == 1 ? sorted[count / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2;
}

/** Above one: so many times as long as `allot`. CSV has no peers: they take any bytes for text. */
static void print_peer(const Peer *peer, const Spelling *spelling, double ours, int limit_s)
{
    Usage usage;
    bool can = spelling->which == READING_XLSX_SHARED || spelling->which == READING_XLSX_INLINE ||
               (!peer->xlsx_alone && spelling->which >= READING_ODS);
    if (can && in_process(run_peer, spelling, peer, RUSAGE_CHILDREN, limit_s, &usage) && ours > 0)
        printf(" %7.2f %5ld %6.1fx", usage.seconds, usage.peak_kb / 1024, usage.seconds / ours);
    else
        printf(" %7s %5s %7s", "-", "-", "-");
}

static void print_heading(const BenchOptions *options)
{
    printf("%d needs x %d columns; user CPU seconds, medians of %d; MB: peak memory\n"
           "%-30s %8s %8s %6s %10s %7s",
           options->rows, READING_COLUMNS, options->repeats, "spelling", "file MB", "seconds", "MB",
           "rows/s", "/CSV");
    for (int k = 0; options->peers != 0 && k < PEERS; k++)
        printf(" %13s %7s", PEER[k].name, "/allot");
    printf("\n");
}

static void print_line(const Spelling *spelling, double csv, const BenchOptions *options)
{
    double seconds = median(spelling->seconds, options->repeats);
    printf("%-30s %8.1f %8.3f %6ld %10.0f %6.1fx", SPELLING_NAME[spelling->which],
           spelling->megabytes, seconds, spelling->peak_kb / 1024,
           seconds > 0 ? options->rows / seconds : 0, csv > 0 ? seconds / csv : 0);
    for (int k = 0; options->peers != 0 && k < PEERS; k++)
        print_peer(&PEER[k], spelling, seconds, options->limit_s);
    printf("\n");
    (void)fflush(stdout);
}

/* ---- all of it ------------------------------------------------------------------------------ */

static bool open_spelling(ReadingSpelling which, const BenchOptions *options, Spelling *spelling)
{
    Usage usage;
    struct stat info;
    *spelling = (Spelling){.which = which, .rows = options->rows, .dir = test_dir_make()};
    spelling->source = reading_round_source(spelling->dir, which);
    spelling->file = reading_round_file(spelling->dir, which);
    if (!in_process(write_spelling, spelling, NULL, RUSAGE_SELF, options->limit_s, &usage) ||
        stat(spelling->file, &info) != 0)
        return false;
    spelling->megabytes = (double)info.st_size / 1e6;
    return true;
}

static void close_spelling(Spelling *spelling)
{
    free(spelling->source);
    free(spelling->file);
    test_dir_remove(spelling->dir);
}

static bool measure(Spelling *spellings, const BenchOptions *options)
{
    for (int repeat = 0; repeat < options->repeats; repeat++)
        for (int k = 0; k < READING_SPELLINGS; k++) {
            Usage usage;
            Spelling *s = &spellings[k];
            if (!in_process(read_spelling, s, NULL, RUSAGE_SELF, options->limit_s, &usage))
                return false;
            s->seconds[repeat] = usage.seconds;
            s->peak_kb = usage.peak_kb > s->peak_kb ? usage.peak_kb : s->peak_kb;
        }
    return true;
}

static bool run(const BenchOptions *options)
{
    Spelling spellings[READING_SPELLINGS] = {0};
    bool done = true;
    for (int k = 0; done && k < READING_SPELLINGS; k++)
        done = open_spelling((ReadingSpelling)k, options, &spellings[k]);
    done = done && measure(spellings, options);
    if (done)
        print_heading(options);
    for (int k = 0; done && k < READING_SPELLINGS; k++)
        print_line(&spellings[k], median(spellings[READING_CSV].seconds, options->repeats),
                   options);
    for (int k = 0; k < READING_SPELLINGS; k++)
        close_spelling(&spellings[k]);
    return done;
}

static bool read_options(int argc, char **argv, BenchOptions *options)
{
    static const struct {
        const char *name;
        size_t field;
        long least, most;
    } NAMES[] = {{"--rows", offsetof(BenchOptions, rows), 1, 1000000},
                 {"--repeats", offsetof(BenchOptions, repeats), 1, REPEATS_MOST},
                 {"--peers", offsetof(BenchOptions, peers), 0, 1},
                 {"--limit", offsetof(BenchOptions, limit_s), 1, INT32_MAX}};
    for (int i = 1; i + 1 < argc; i += 2) {
        size_t k = 0;
        while (k < COUNT_OF(NAMES) && strcmp(argv[i], NAMES[k].name) != 0)
            k++;
        char *end;
        long value = strtol(argv[i + 1], &end, 10);
        if (k == COUNT_OF(NAMES) || *end != '\0' || value < NAMES[k].least || value > NAMES[k].most)
            return false;
        *(int *)((char *)options + NAMES[k].field) = (int)value;
    }
    return argc % 2 == 1;
}

int main(int argc, char **argv)
{
    BenchOptions options = {.rows = 100000, .repeats = 5, .peers = 1, .limit_s = 200};
    if (!read_options(argc, argv, &options)) {
        fprintf(stderr, "usage: bench_reading [--rows N] [--repeats N] [--peers 0|1]"
                        " [--limit SECONDS]\n");
        return EXIT_FAILURE;
    }
    return run(&options) ? EXIT_SUCCESS : EXIT_FAILURE;
}
