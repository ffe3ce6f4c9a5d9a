/* How time grows with the round: rounds of money without and with fairness from 200 to a million
 * needs, discrete ones from 100 to 5,000, each step's CPU seconds as CSV and as a picture.
 *
 *   make bench BENCH=curve [BENCH_ARGS="--most N --limit SECONDS --gap G --out FOLDER"]
 *
 * --most leaves out larger rounds (10,000 by default), --gap is that of the discrete ones (0.01).
 * Every round is a process of its own. The folder (build/bench) receives curve.csv and curve.svg; the
 * picture of the README is made by
 *
 *   make bench BENCH=curve BENCH_ARGS="--most 1000000 --limit 600 --out tests/bench"
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/support/bench_machine.h"
#include "tests/support/bench_options.h"
#include "tests/support/bench_parts.h"
#include "tests/support/bench_plot.h"
#include "tests/support/test_support.h"

enum { SIZES_MOST = 8, CURVES = 3 };

typedef struct Curve {
    const char *name, *settings;
    const char *reading_name; /* NULL: reading is not drawn */
    BenchFamily family;
    const char *fairness, *stages;
    bool one_tier;
    int sizes[SIZES_MOST]; /* 0 ends them */
} Curve;

static const Curve CURVE[CURVES] = {{"money, no fairness",
                                     "no fairness",
                                     "reading these rounds",
                                     BENCH_MONEY,
                                     "none",
                                     NULL,
                                     false,
                                     {200, 1000, 10000, 100000, 1000000}},
                                    {"money, default fairness",
                                     "default fairness",
                                     NULL,
                                     BENCH_MONEY,
                                     NULL,
                                     NULL,
                                     false,
                                     {200, 1000, 10000, 100000, 1000000}},
                                    {"all or nothing, one tier",
                                     "one tier, no fairness",
                                     NULL,
                                     BENCH_WHOLE,
                                     "none",
                                     "none",
                                     true,
                                     {100, 300, 1000, 5000}}};

typedef struct CurveOptions {
    int most, limit_s;
    const char *gap, *out;
} CurveOptions;

static BenchFigures measure(const Curve *curve, int needs, const CurveOptions *options)
{
    BenchRound round = {curve->family, needs, curve->one_tier, curve->fairness, curve->stages, 1};
    char *dir = bench_round_dir(&round);
    BenchRun run = {.dir = dir, .last = BENCH_TABLES, .limit_s = options->limit_s};
    if (curve->family == BENCH_WHOLE)
        run.settings[0] = (BenchSetting){"gap", options->gap};
    BenchFigures figures = bench_phases(&run);
    bench_print_phases(&round, curve->settings, &figures);
    test_dir_remove(dir);
    return figures;
}

static void write_heading(FILE *file)
{
    fputs("round,settings,needs", file);
    for (int phase = 0; phase <= BENCH_TABLES; phase++)
        fprintf(file, ",%s_s", bench_phase_text((BenchPhase)phase));
    fputs(",peak_mb,lines,gap,outcome\n", file);
}

static void write_row(FILE *file, const Curve *curve, int needs, const BenchFigures *figures)
{
    bool solved = figures->phases > BENCH_SOLVE;
    fprintf(file, "%s,\"%s\",%d", bench_family_text(curve->family), curve->settings, needs);
    for (int phase = 0; phase <= BENCH_TABLES; phase++)
        if (phase < figures->phases)
            fprintf(file, ",%.4f", figures->seconds[phase]);
        else
            fputc(',', file);
    fprintf(file, ",%ld,%zu,%g,%s\n", figures->peak_kb / 1024, figures->lines, figures->gap,
            solved ? solve_outcome_text(figures->outcome) : "");
}

/** "gap 5.9 %" where the search came to the end of its work before the gap that was asked for. */
static const char *note_of(const BenchFigures *figures, char out[PLOT_NOTE])
{
    *out = '\0';
    if (figures->outcome == SOLVE_LIMITED)
        (void)snprintf(out, PLOT_NOTE, "gap %.2g %%", 100 * figures->gap);
    return out;
}

/** Solving, what leads to it included. */
static void run_curve(const Curve *curve, const CurveOptions *options, Plot *plot, FILE *file)
{
    PlotSeries *solving = &plot->series[plot->count++], *reading = NULL;
    solving->name = curve->name;
    if (curve->reading_name != NULL) {
        reading = &plot->series[plot->count++];
        reading->name = curve->reading_name;
    }
    char note[PLOT_NOTE];
    for (int k = 0; k < SIZES_MOST && curve->sizes[k] > 0; k++) {
        int needs = curve->sizes[k];
        if (needs > options->most)
            continue;
        BenchFigures figures = measure(curve, needs, options);
        write_row(file, curve, needs, &figures);
        (void)fflush(file);
        if (reading != NULL && figures.phases > BENCH_READ)
            plot_point(reading, needs, figures.seconds[BENCH_READ], "");
        if (figures.phases > BENCH_SOLVE)
            plot_point(solving, needs, figures.seconds[BENCH_BUILD] + figures.seconds[BENCH_SOLVE],
                       note_of(&figures, note));
    }
}

static bool run(const CurveOptions *options)
{
    char subtitle[2 * MACHINE_TEXT], machine[MACHINE_TEXT];
    char *table = test_path(options->out, "curve.csv"),
         *picture = test_path(options->out, "curve.svg");
    FILE *file = fopen(table, "w");
    if (file == NULL)
        fail_msg("cannot write %s", table);
    (void)snprintf(
        subtitle, sizeof subtitle,
        "Money: 5 tiers, every stage. All or nothing: to a gap of %s, or to the gap beside"
        " the mark, where its work ended.",
        options->gap);
    Plot plot = {.title = "Time to decide a round, by its number of needs",
                 .subtitle = subtitle,
                 .foot = bench_machine_text(machine),
                 .x_name = "needs in the round (logarithmic)",
                 .y_name = "CPU seconds, user and system (logarithmic)"};
    bench_print_machine();
    bench_print_headings();
    write_heading(file);
    bool done = true;
    for (int k = 0; done && k < CURVES; k++) {
        run_curve(&CURVE[k], options, &plot, file);
        done = plot_write(&plot, picture); /* a long run that is cut off leaves what it has */
    }
    done = fclose(file) == 0 && done;
    if (done)
        printf("\nwritten: %s, %s\n", table, picture);
    free(table);
    free(picture);
    return done;
}

int main(int argc, char **argv)
{
    CurveOptions options = {10000, 200, "0.01", "build/bench"};
    const BenchOption known[] = {{"--most", &options.most, 1, 1000000, NULL},
                                 {"--limit", &options.limit_s, 1, 100000, NULL},
                                 {"--gap", NULL, 0, 0, &options.gap},
                                 {"--out", NULL, 0, 0, &options.out}};
    if (!bench_options_read(argc, argv, known, COUNT_OF(known))) {
        fprintf(stderr, "usage: bench_curve [--most N] [--limit SECONDS] [--gap G]"
                        " [--out FOLDER]\n");
        return EXIT_FAILURE;
    }
    if (strcmp(options.out, "build/bench") == 0)
        (void)mkdir(options.out, 0777);
    return run(&options) ? EXIT_SUCCESS : EXIT_FAILURE;
}
