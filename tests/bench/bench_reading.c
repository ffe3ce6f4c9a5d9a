/* What reading costs: one round in every spelling that is read, as tables of text and as workbooks,
 * beside other programs that read the same file in the same run, where they are on the machine.
 *
 *   make bench BENCH=reading [BENCH_ARGS="--rows N --repeats N --peers 0|1 --limit SECONDS"]
 *
 * Every measurement is a process of its own, so that its peak memory is its own. Times are CPU
 * seconds, user and system together, the medians of the repeats; these go round and round through the spellings, so that what
 * else the machine does meets all of them. A peer runs once. LibreOffice and ssconvert write CSV,
 * openpyxl only walks through the cells; `allot` types and checks every cell and keeps the round.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/support/bench_options.h"
#include "tests/support/bench_process.h"
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

typedef struct ReadingOptions {
    int rows;
    int repeats;
    int peers;   /* 0: without */
    int limit_s; /* CPU seconds of one process */
} ReadingOptions;

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

/* ---- what is measured ----------------------------------------------------------------------- */

static bool write_spelling(const void *context, void *result, int to)
{
    const Spelling *spelling = context;
    (void)result;
    (void)to;
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
static bool read_spelling(const void *context, void *result, int to)
{
    const Spelling *spelling = context;
    BenchUse *use = result;
    Arena *arena = arena_new();
    Diag *diag = arena == NULL ? NULL : diag_new(arena);
    Round round = {0};
    (void)to;
    if (diag == NULL)
        return false;
    Status status = round_read(&(RoundSource){.path = spelling->source}, arena, diag, &round);
    use->cpu_s = bench_cpu_seconds();
    use->peak_kb = bench_peak_kb();
    if (status == STATUS_OK && diag_count(diag, DIAG_ERROR) == 0 &&
        round.need_count == (size_t)spelling->rows)
        return true;
    fprintf(stderr, "bench: %s: %s, %zu of %d needs\n", SPELLING_NAME[spelling->which],
            status_text(status), round.need_count, spelling->rows);
    print_findings(diag, arena);
    return false;
}

static bool run_peer(const Peer *peer, const Spelling *spelling, int limit_s, BenchUse *use)
{
    char script[SCRIPT_BYTES], *log = test_path(spelling->dir, "peer.log");
    (void)snprintf(script, sizeof script, "dir='%s' file='%s'\n%s", spelling->dir, spelling->file,
                   peer->script);
    *use = bench_program(script, log, limit_s);
    free(log);
    return use->exit_code == 0;
}

/* ---- the table ------------------------------------------------------------------------------ */

/** Above one: so many times as long as `allot`. CSV has no peers: they take any bytes for text. */
static void print_peer(const Peer *peer, const Spelling *spelling, double ours, int limit_s)
{
    BenchUse use = {0};
    bool can = spelling->which == READING_XLSX_SHARED || spelling->which == READING_XLSX_INLINE ||
               (!peer->xlsx_alone && spelling->which >= READING_ODS);
    if (can && run_peer(peer, spelling, limit_s, &use) && ours > 0)
        printf(" %7.2f %5ld %6.1fx", use.cpu_s, use.peak_kb / 1024, use.cpu_s / ours);
    else
        printf(" %7s %5s %7s", "-", "-", "-");
}

static void print_heading(const ReadingOptions *options)
{
    printf("%d needs x %d columns; CPU seconds, medians of %d; MB: peak memory\n"
           "%-30s %8s %8s %6s %10s %7s",
           options->rows, READING_COLUMNS, options->repeats, "spelling", "file MB", "seconds", "MB",
           "rows/s", "/CSV");
    for (int k = 0; options->peers != 0 && k < PEERS; k++)
        printf(" %13s %7s", PEER[k].name, "/allot");
    printf("\n");
}

static void print_line(const Spelling *spelling, double csv, const ReadingOptions *options)
{
    double seconds = bench_median(spelling->seconds, options->repeats);
    printf("%-30s %8.1f %8.3f %6ld %10.0f %6.1fx", SPELLING_NAME[spelling->which],
           spelling->megabytes, seconds, spelling->peak_kb / 1024,
           seconds > 0 ? options->rows / seconds : 0, csv > 0 ? seconds / csv : 0);
    for (int k = 0; options->peers != 0 && k < PEERS; k++)
        print_peer(&PEER[k], spelling, seconds, options->limit_s);
    printf("\n");
    (void)fflush(stdout);
}

/* ---- all of it ------------------------------------------------------------------------------ */

static bool open_spelling(ReadingSpelling which, const ReadingOptions *options, Spelling *spelling)
{
    BenchUse use = {0};
    struct stat info;
    *spelling = (Spelling){.which = which, .rows = options->rows, .dir = test_dir_make()};
    spelling->source = reading_round_source(spelling->dir, which);
    spelling->file = reading_round_file(spelling->dir, which);
    if (!bench_in_process(write_spelling, spelling, &use, sizeof use, options->limit_s) ||
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

static bool measure(Spelling *spellings, const ReadingOptions *options)
{
    for (int repeat = 0; repeat < options->repeats; repeat++)
        for (int k = 0; k < READING_SPELLINGS; k++) {
            BenchUse use = {0};
            Spelling *s = &spellings[k];
            if (!bench_in_process(read_spelling, s, &use, sizeof use, options->limit_s))
                return false;
            s->seconds[repeat] = use.cpu_s;
            s->peak_kb = use.peak_kb > s->peak_kb ? use.peak_kb : s->peak_kb;
        }
    return true;
}

static bool run(const ReadingOptions *options)
{
    Spelling spellings[READING_SPELLINGS] = {0};
    bool done = true;
    for (int k = 0; done && k < READING_SPELLINGS; k++)
        done = open_spelling((ReadingSpelling)k, options, &spellings[k]);
    done = done && measure(spellings, options);
    if (done)
        print_heading(options);
    for (int k = 0; done && k < READING_SPELLINGS; k++)
        print_line(&spellings[k], bench_median(spellings[READING_CSV].seconds, options->repeats),
                   options);
    for (int k = 0; k < READING_SPELLINGS; k++)
        close_spelling(&spellings[k]);
    return done;
}

int main(int argc, char **argv)
{
    ReadingOptions options = {.rows = 100000, .repeats = 5, .peers = 1, .limit_s = 200};
    const BenchOption known[] = {{"--rows", &options.rows, 1, 1000000, NULL},
                                 {"--repeats", &options.repeats, 1, REPEATS_MOST, NULL},
                                 {"--peers", &options.peers, 0, 1, NULL},
                                 {"--limit", &options.limit_s, 1, 100000, NULL}};
    if (!bench_options_read(argc, argv, known, COUNT_OF(known))) {
        fprintf(stderr, "usage: bench_reading [--rows N] [--repeats N] [--peers 0|1]"
                        " [--limit SECONDS]\n");
        return EXIT_FAILURE;
    }
    return run(&options) ? EXIT_SUCCESS : EXIT_FAILURE;
}
