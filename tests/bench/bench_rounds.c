/* What a round costs: reading, building, solving and writing, each in CPU seconds, beside glpsol on
 * the same first-stage program in the same run.
 *
 *   make bench [BENCH_ARGS="--needs N --repeats N --limit SECONDS"]
 *
 * Every measurement is a process of its own, so that its peak memory is its own; the figure shown is
 * the median of the repeats. glpsol's time is that of solving: what it takes to read the program
 * alone (glpsol --check) is taken off. `stage 1` is the like-for-like figure, `stages` the whole
 * staged solve that glpsol does not do.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/generated_round.h"
#include "tests/support/test_support.h"

#include "allot/extract.h"
#include "allot/report.h"
#include "allot/round_read.h"
#include "allot/solve.h"
#include "allot/tables.h"
#include "allot/verify.h"

typedef enum Phase {
    PHASE_READ,
    PHASE_BUILD, /* check, pairs, rules, formulation */
    PHASE_FIRST, /* the first stage alone */
    PHASE_STAGES,
    PHASE_EXTRACT, /* whole steps, stages' values, reasons */
    PHASE_VERIFY,
    PHASE_TABLES,
    PHASE_BOOK,
    PHASE_COUNT
} Phase;

static const char *const PHASE_NAME[PHASE_COUNT] = {"read",    "build",  "stage 1", "stages",
                                                    "extract", "verify", "tables",  "workbook"};

enum { REPEATS_MOST = 9, TIGHTEN_MOST = 20 };

/** What one run sends back; zeros from where it was cut off. */
typedef struct Figures {
    double seconds[PHASE_COUNT];
    int phases; /* done */
    int pairs, rows, columns;
    long peak_kb;
    SolveOutcome outcome;
} Figures;

typedef struct BenchCase {
    const char *label;
    RoundShape shape;
    int repeats;
} BenchCase;

static const BenchCase CASES[] = {
    {"money, one tier", {200, 0, 0.65, true, "none", 1}, 5},
    {"money, fairness none", {200, 0, 0.65, false, "none", 1}, 5},
    {"money", {200, 0, 0.65, false, NULL, 1}, 5},
    {"30 % things, fairness none", {200, 0.3, 0.65, false, "none", 1}, 3},
    {"30 % things", {200, 0.3, 0.65, false, NULL, 1}, 3},
    {"money, one tier", {2000, 0, 0.65, true, "none", 1}, 3},
    {"money, fairness none", {2000, 0, 0.65, false, "none", 1}, 3},
    {"money", {2000, 0, 0.65, false, NULL, 1}, 3},
    {"30 % things, fairness none", {2000, 0.3, 0.65, false, "none", 1}, 1},
    {"30 % things", {2000, 0.3, 0.65, false, NULL, 1}, 1},
    {"money, one tier", {20000, 0, 0.65, true, "none", 1}, 1},
    {"money, fairness none", {20000, 0, 0.65, false, "none", 1}, 1},
    {"money", {20000, 0, 0.65, false, NULL, 1}, 1},
    {"30 % things, fairness none", {20000, 0.3, 0.65, false, "none", 1}, 1},
};

typedef struct BenchOptions {
    int needs;   /* only rounds of this size; 0: all */
    int repeats; /* 0: as the cases say */
    int limit_s; /* CPU seconds of one process */
} BenchOptions;

static double seconds_of(int who)
{
    struct rusage usage;
    if (getrusage(who, &usage) != 0)
        return 0;
    return (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec * 1e-6 +
           (double)usage.ru_stime.tv_sec + (double)usage.ru_stime.tv_usec * 1e-6;
}

/* ---- one run, in a process of its own ------------------------------------------------------- */

typedef struct Bench {
    const char *dir;
    Arena *arena;
    Diag *diag;
    Round round;
    PairSet pairs;
    RuleSet rules;
    Formulation form;
    SolveResult result;
    Plan plan;
    RunInfo info;
    Figures figures;
    int results; /* pipe to the parent */
} Bench;

static Status do_read(Bench *b)
{
    return round_read(&(RoundSource){.path = b->dir}, b->arena, b->diag, &b->round);
}

static Status do_build(Bench *b)
{
    TRY(round_check(&b->round, b->diag));
    TRY(pair_set_build(&b->round, b->arena, b->diag, &b->pairs));
    TRY(round_review_pairs(&b->round, b->pairs.sets, b->diag));
    TRY(rule_set_build(&b->round, &b->pairs, b->arena, b->diag, &b->rules));
    TRY(formulation_build(&b->round, &b->pairs, &b->rules, b->arena, &b->form));
    b->figures.pairs = (int)b->pairs.count;
    b->figures.rows = b->form.lp.row_count;
    b->figures.columns = b->form.lp.column_count;
    return lp_check(&b->form.lp, b->arena) == NULL ? STATUS_OK : STATUS_INTERNAL;
}

static Status do_first(Bench *b)
{
    SolveSettings settings = solve_settings_of(&b->round);
    Formulation first = b->form;
    first.stage_count = first.stage_count > 0 ? 1 : 0;
    return solve_stages(&first, &settings, b->arena, &b->result);
}

static Status do_stages(Bench *b)
{
    SolveSettings settings = solve_settings_of(&b->round);
    Status status = solve_stages(&b->form, &settings, b->arena, &b->result);
    b->figures.outcome = b->result.outcome;
    return status == STATUS_OK && b->result.outcome == SOLVE_NO_PLAN_YET ? STATUS_LIMIT : status;
}

static Status do_extract(Bench *b)
{
    int broken = -1;
    int64_t excess;
    for (int tries = 0; tries < TIGHTEN_MOST; tries++) {
        TRY(plan_extract(&b->form, b->result.x, false, b->arena, &b->plan, &broken, &excess));
        if (broken < 0)
            break;
        formulation_tighten(&b->form, (size_t)broken, excess);
        TRY(do_stages(b));
    }
    TRY(plan_stages(&b->form, b->result.bounds, b->result.bound_count, b->arena, &b->plan));
    return plan_reasons(&b->round, b->pairs.sets, b->arena, &b->plan);
}

static Status do_verify(Bench *b)
{
    VerifyReport report;
    return plan_verify(&b->round, &b->plan, true, "plan", b->arena, b->diag, &report);
}

static Status do_tables(Bench *b)
{
    char *tables = test_path(b->dir, "tables");
    b->info = (RunInfo){"", "", "", "", "", "", "", "", "2026-01-01"};
    Status status = tables_write(tables, &b->round, &b->plan, &b->info, b->arena, b->diag);
    free(tables);
    return status;
}

static Status do_book(Bench *b)
{
    Report *report;
    char *path = test_path(b->dir, "plan.xlsx");
    Status status = report_build(&b->round, &b->plan, &b->info, b->diag, b->arena, &report);
    if (status == STATUS_OK)
        status = book_write(report, path, b->arena, b->diag);
    free(path);
    return status;
}

typedef Status DoPhase(Bench *b);

static DoPhase *const PHASES[PHASE_COUNT] = {do_read,    do_build,  do_first,  do_stages,
                                             do_extract, do_verify, do_tables, do_book};

static void send_figures(Bench *b)
{
    struct rusage usage;
    if (getrusage(RUSAGE_SELF, &usage) == 0)
        b->figures.peak_kb = usage.ru_maxrss;
    if (write(b->results, &b->figures, sizeof b->figures) != (ssize_t)sizeof b->figures)
        _exit(EXIT_FAILURE);
}

/** Sends its figures after every phase: what is there when it is cut off is not lost. */
static void run_phases(Bench *b, int limit_s)
{
    const struct rlimit limit = {(rlim_t)limit_s, (rlim_t)limit_s + 1};
    b->arena = arena_new();
    b->diag = b->arena == NULL ? NULL : diag_new(b->arena);
    if (b->diag == NULL || setrlimit(RLIMIT_CPU, &limit) != 0)
        _exit(EXIT_FAILURE);
    for (int phase = 0; phase < PHASE_COUNT; phase++) {
        double before = seconds_of(RUSAGE_SELF);
        Status status = PHASES[phase](b);
        b->figures.seconds[phase] = seconds_of(RUSAGE_SELF) - before;
        if (status != STATUS_OK)
            fprintf(stderr, "bench: %s: %s\n", PHASE_NAME[phase], status_text(status));
        if (status != STATUS_OK)
            _exit(EXIT_FAILURE);
        b->figures.phases = phase + 1;
        send_figures(b);
    }
    _exit(EXIT_SUCCESS);
}

static Figures run_once(const char *dir, int limit_s)
{
    Bench bench = {.dir = dir};
    Figures figures = bench.figures;
    int ends[2], status;
    if (pipe(ends) != 0)
        return figures;
    bench.results = ends[1];
    (void)fflush(NULL);
    pid_t child = fork();
    if (child == 0)
        run_phases(&bench, limit_s);
    (void)close(ends[1]);
    while (child > 0 && read(ends[0], &bench.figures, sizeof figures) == (ssize_t)sizeof figures)
        figures = bench.figures;
    (void)close(ends[0]);
    if (child > 0)
        (void)waitpid(child, &status, 0);
    return figures;
}

/* ---- glpsol --------------------------------------------------------------------------------- */

typedef struct Peer {
    double seconds; /* of solving alone */
    bool finished;
} Peer;

static TestRun timed(const char *script, double *seconds)
{
    double before = seconds_of(RUSAGE_CHILDREN);
    TestRun run = run_shell(NULL, script);
    *seconds = seconds_of(RUSAGE_CHILDREN) - before;
    return run;
}

static Status export_program(const char *dir, const char *path)
{
    Bench b = {.dir = dir, .arena = arena_new()};
    b.diag = b.arena == NULL ? NULL : diag_new(b.arena);
    Status status = b.diag == NULL ? STATUS_NO_MEMORY : do_read(&b);
    if (status == STATUS_OK)
        status = do_build(&b);
    if (status == STATUS_OK)
        status = solve_export(&b.form, NULL, NULL, path, false, b.arena);
    arena_free(b.arena);
    return status;
}

static Peer run_glpsol(const char *dir, int limit_s)
{
    Peer peer = {0};
    double reading = 0, all = 0;
    char *path = test_path(dir, "program.mps");
    char script[4096];
    if (export_program(dir, path) != STATUS_OK)
        fail_msg("the program cannot be written: %s", path);
    (void)snprintf(script, sizeof script, "ulimit -t %d; exec glpsol --check --freemps '%s'",
                   limit_s, path);
    TestRun check = timed(script, &reading);
    (void)snprintf(script, sizeof script, "ulimit -t %d; exec glpsol --freemps '%s'", limit_s,
                   path);
    TestRun solve = timed(script, &all);
    peer.seconds = all - reading;
    peer.finished = strstr(solve.out, "OPTIMAL") != NULL;
    test_run_free(&check);
    test_run_free(&solve);
    free(path);
    return peer;
}

/* ---- all of it ------------------------------------------------------------------------------ */

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/** The median of each phase, over the runs that got so far; the largest peak. */
static Figures median(const Figures *runs, int count)
{
    Figures middle = runs[0];
    for (int phase = 0; phase < PHASE_COUNT; phase++) {
        double sorted[REPEATS_MOST];
        for (int k = 0; k < count; k++)
            sorted[k] = runs[k].seconds[phase];
        qsort(sorted, (size_t)count, sizeof *sorted, ascending);
        middle.seconds[phase] = sorted[count / 2];
    }
    for (int k = 0; k < count; k++)
        middle.peak_kb = runs[k].peak_kb > middle.peak_kb ? runs[k].peak_kb : middle.peak_kb;
    return middle;
}

static void print_ratio(double seconds, const Peer *peer, bool reached)
{
    if (!reached || seconds <= 0)
        printf(" %8s", "-");
    else
        printf(" %s%6.2fx", peer->finished ? " " : ">", peer->seconds / seconds);
}

static void print_line(const BenchCase *c, const Figures *f, const Peer *peer)
{
    printf("%6d  %-27s %7d", c->shape.needs, c->label, f->pairs);
    for (int phase = 0; phase < PHASE_COUNT; phase++)
        if (phase < f->phases)
            printf(" %8.3f", f->seconds[phase]);
        else
            printf(" %8s", phase == f->phases ? "stopped" : "-");
    printf(" %6ld  %s%8.3f", f->peak_kb / 1024, peer->finished ? " " : ">", peer->seconds);
    print_ratio(f->seconds[PHASE_FIRST], peer, f->phases > PHASE_FIRST);
    print_ratio(f->seconds[PHASE_STAGES], peer, f->phases > PHASE_STAGES);
    printf("  %s\n",
           f->phases > PHASE_STAGES ? solve_outcome_text(f->outcome) : "no plan within the limit");
    (void)fflush(stdout);
}

static void run_case(const BenchCase *c, const BenchOptions *options)
{
    Figures runs[REPEATS_MOST];
    int repeats = options->repeats > 0 ? options->repeats : c->repeats;
    repeats = repeats > REPEATS_MOST ? REPEATS_MOST : repeats;
    char *dir = test_dir_make();
    generated_round_write(dir, &c->shape);
    for (int k = 0; k < repeats; k++)
        runs[k] = run_once(dir, options->limit_s);
    Figures figures = median(runs, repeats);
    Peer peer = run_glpsol(dir, options->limit_s);
    print_line(c, &figures, &peer);
    test_dir_remove(dir);
}

static bool read_options(int argc, char **argv, BenchOptions *options)
{
    static const struct {
        const char *name;
        size_t field;
    } NAMES[] = {{"--needs", offsetof(BenchOptions, needs)},
                 {"--repeats", offsetof(BenchOptions, repeats)},
                 {"--limit", offsetof(BenchOptions, limit_s)}};
    for (int i = 1; i + 1 < argc; i += 2) {
        size_t k = 0;
        while (k < COUNT_OF(NAMES) && strcmp(argv[i], NAMES[k].name) != 0)
            k++;
        char *end;
        long value = strtol(argv[i + 1], &end, 10);
        if (k == COUNT_OF(NAMES) || *end != '\0' || value < 0 || value > INT32_MAX)
            return false;
        *(int *)((char *)options + NAMES[k].field) = (int)value;
    }
    return argc % 2 == 1;
}

int main(int argc, char **argv)
{
    BenchOptions options = {.limit_s = 200};
    if (!read_options(argc, argv, &options)) {
        fprintf(stderr, "usage: bench_rounds [--needs N] [--repeats N] [--limit SECONDS]\n");
        return EXIT_FAILURE;
    }
    printf("CPU seconds; medians; glpsol is given the program of stage 1\n%6s  %-27s %7s", "needs",
           "round", "pairs");
    for (int phase = 0; phase < PHASE_COUNT; phase++)
        printf(" %8s", PHASE_NAME[phase]);
    printf(" %6s  %9s %8s %8s\n", "MB", "glpsol", "/stage 1", "/stages");
    for (size_t k = 0; k < COUNT_OF(CASES); k++)
        if (options.needs == 0 || options.needs == CASES[k].shape.needs)
            run_case(&CASES[k], &options);
    return EXIT_SUCCESS;
}
