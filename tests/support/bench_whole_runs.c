/* Runs of the program itself, and what the parts share: a round's folder, the table of steps. */
#include "tests/support/bench_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/bench_process.h"
#include "tests/support/test_support.h"

enum { SCRIPT_BYTES = 4096, REPEATS_MOST = 15, GENERATE_S = 600 };

/* "A few seconds", and the memory of a small machine. */
static const double MILLION_SECONDS = 5.0;
static const long MILLION_KB = 1536L * 1024;

static const double START_SECONDS = 0.1;

/* ---- shared --------------------------------------------------------------------------------- */

typedef struct WriteJob {
    const char *dir;
    const BenchRound *round;
} WriteJob;

static bool write_round(const void *context, void *result, int to)
{
    const WriteJob *job = context;
    (void)result;
    (void)to;
    bench_round_write(job->dir, job->round);
    return true;
}

char *bench_round_dir(const BenchRound *round)
{
    char *dir = test_dir_make();
    WriteJob job = {dir, round};
    int nothing = 0;
    if (!bench_in_process(write_round, &job, &nothing, sizeof nothing, GENERATE_S))
        fail_msg("a round could not be written into %s", dir);
    return dir;
}

void bench_print_headings(void)
{
    printf("%7s  %-12s %-27s", "needs", "round", "settings");
    for (int phase = 0; phase < BENCH_LIBRARY; phase++)
        printf(" %8s", bench_phase_text((BenchPhase)phase));
    printf(" %6s %8s  outcome\n", "MB", "lines");
}

void bench_print_phases(const BenchRound *round, const char *what, const BenchFigures *figures)
{
    printf("%7d  %-12s %-27s", round->needs, bench_family_text(round->family), what);
    for (int phase = 0; phase < BENCH_LIBRARY; phase++)
        if (phase < figures->phases)
            printf(" %8.4f", figures->seconds[phase]);
        else
            printf(" %8s",
                   phase == figures->phases && phase <= (int)figures->last ? "stopped" : "-");
    printf(" %6ld %8zu  %s%s\n", figures->peak_kb / 1024, figures->lines,
           figures->phases > BENCH_SOLVE ? solve_outcome_text(figures->outcome) : "no plan",
           figures->network ? ", network" : "");
    (void)fflush(stdout);
}

/* ---- the program ---------------------------------------------------------------------------- */

static BenchUse run_program(const char *dir, const char *arguments, int limit_s)
{
    char script[SCRIPT_BYTES], *log = test_path(dir, "allot.log");
    (void)snprintf(script, sizeof script, "exec " TEST_BUILD_DIR "/allot solve '%s' %s --quiet",
                   dir, arguments);
    BenchUse use = bench_program(script, log, limit_s);
    if (use.exit_code != 0)
        printf("  allot ended with %d%s\n", use.exit_code, use.cut_off ? ", at the limit" : "");
    free(log);
    return use;
}

/** The goal is for reading, solving, checking and the tables; half a million reasons in words are beside. */
typedef struct MillionCase {
    const char *fairness, *explain, *text;
    bool has_goal;
} MillionCase;

static const MillionCase MILLIONS[] = {
    {"none", "none", "no fairness", true},
    {NULL, "none", "default fairness", false},
    {"none", "reasons", "no fairness, with reasons", false},
};

static void run_million(const MillionCase *c, const BenchOptions *options, BenchTable *table)
{
    BenchRound round = {BENCH_MONEY, 1000000, false, c->fairness, NULL, 1};
    char *dir = bench_round_dir(&round), *tables = test_path(dir, "tables");
    char arguments[SCRIPT_BYTES], name[TABLE_TEXT];
    (void)snprintf(arguments, sizeof arguments, "--explain %s --tables '%s'", c->explain, tables);
    BenchUse use = run_program(dir, arguments, options->limit_s);
    (void)snprintf(name, sizeof name, "money, 1000000, to --tables: %s", c->text);
    BenchLine *line = bench_line(table, name, "clock, and 1,536 MB");
    if (use.exit_code == 0) {
        bench_line_most(line, use.clock_s, c->has_goal ? MILLION_SECONDS : 0);
        if (line->verdict == VERDICT_REACHED && use.peak_kb > MILLION_KB)
            line->verdict = VERDICT_MISSED;
    }
    (void)snprintf(line->note, sizeof line->note, "CPU %.2f s, %ld MB%s", use.cpu_s,
                   use.peak_kb / 1024, use.cut_off ? ", cut off" : "");
    free(tables);
    test_dir_remove(dir);
}

/** The median of the CPU seconds: on a busy machine the clock says nothing at this size. */
static void run_small(BenchFamily family, const BenchOptions *options, BenchTable *table)
{
    BenchRound round = {family, 200, false, NULL, NULL, 1};
    char *dir = bench_round_dir(&round), *book = test_path(dir, "plan.xlsx");
    double cpu[REPEATS_MOST], clock[REPEATS_MOST];
    char arguments[SCRIPT_BYTES], name[TABLE_TEXT];
    int repeats = options->repeats > 0 ? options->repeats : 7, done = 0;
    long peak_kb = 0;
    (void)snprintf(arguments, sizeof arguments, "-o '%s'", book);
    for (int k = 0; k < repeats && k < REPEATS_MOST; k++) {
        BenchUse use = run_program(dir, arguments, options->limit_s);
        if (use.exit_code != 0)
            break;
        cpu[done] = use.cpu_s;
        clock[done++] = use.clock_s;
        peak_kb = use.peak_kb;
    }
    (void)snprintf(name, sizeof name, "%s, 200, end to end with the workbook",
                   bench_family_text(family));
    BenchLine *line = bench_line(table, name, "");
    if (done > 0)
        bench_line_most(line, bench_median(cpu, done), family == BENCH_MONEY ? START_SECONDS : 0);
    (void)snprintf(line->note, sizeof line->note, "clock %.3f s, %ld MB", bench_median(clock, done),
                   peak_kb / 1024);
    free(book);
    test_dir_remove(dir);
}

void bench_whole_runs(const BenchOptions *options, BenchTable *table)
{
    static const BenchFamily FAMILIES[] = {BENCH_MONEY, BENCH_MIXED, BENCH_WHOLE};
    for (size_t k = 0; k < COUNT_OF(FAMILIES); k++)
        if (options->needs == 0 || options->needs == 200)
            run_small(FAMILIES[k], options, table);
    if (options->needs == 1000000 || (options->needs == 0 && options->all != 0))
        for (size_t k = 0; k < COUNT_OF(MILLIONS); k++)
            run_million(&MILLIONS[k], options, table);
}

/* ---- the workbook --------------------------------------------------------------------------- */

void bench_workbook(const BenchOptions *options, BenchTable *table)
{
    BenchRound round = {BENCH_MONEY, 100000, false, "none", NULL, 1};
    if (options->needs != 0 && options->needs != round.needs)
        return;
    char *dir = bench_round_dir(&round);
    BenchRun run = {.dir = dir, .last = BENCH_LIBRARY, .limit_s = options->limit_s};
    BenchFigures figures = bench_phases(&run);
    BenchLine *line = bench_line(table, "workbook of 100,000 needs", "libxlsxwriter");
    if (figures.phases > BENCH_LIBRARY)
        bench_line_times(line, figures.seconds[BENCH_BOOK], figures.seconds[BENCH_LIBRARY], false,
                         2);
    test_dir_remove(dir);
}
