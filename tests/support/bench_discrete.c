/* The discrete rounds: one tier, so that "tier 1" is the whole of the search; how long until a plan is
 * there that is proven to be within 1 % or 0.1 % of what is served (all that is asked, less what stays
 * unmet), over several seeds. A stage's own gap is relative to what is unmet instead, and so is the
 * setting `gap`: a first look says which gap of the stage comes to the same. Ours is the time of solving
 * with that gap, the peers' that of solving the same program with the same relative gap. A seed whose
 * plan is not proven to the gap counts as never.
 */
#include "tests/support/bench_parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/bench_peers.h"
#include "tests/support/bench_process.h"
#include "tests/support/test_support.h"

enum { SEEDS_MOST = 30, SEEDS_SHORT = 3, SEEDS_ALL = 10, GAPS = 2, PEERS_WHOLE = 2 };

static const BenchPeer PEERS[PEERS_WHOLE] = {PEER_CBC, PEER_GLPSOL_WHOLE};
static const double GAP[GAPS] = {0.01, 0.001};

typedef struct DiscreteCase {
    int needs;
    bool long_one;          /* only with --all */
    bool peer[PEERS_WHOLE]; /* which of them are asked */
    double times[GAPS];     /* wanted against the better of them, the median; 0: no goal */
    double seconds[GAPS];   /* wanted of most seeds; 0: no goal */
} DiscreteCase;

static const DiscreteCase CASES[] = {{100, false, {true, true}, {0, 0}, {0, 0}},
                                     {300, false, {true, true}, {20, 3}, {0, 0}},
                                     {1000, false, {true, false}, {50, 0}, {0, 10}},
                                     {5000, true, {true, false}, {0, 0}, {2, 15}}};

/** One seed at one gap. */
typedef struct Trial {
    double ours;      /* INFINITY: not proven to the gap */
    double gap;       /* proven, of what is served */
    double stage_gap; /* the same as the stage states it */
    double asked_gap; /* the setting */
    double theirs;
    bool theirs_more; /* no peer finished: at least so long */
    double cbc;       /* of it alone, where it was asked */
    bool cbc_more;
    bool peer_asked, peer_found;
    double ratio;
    bool differ;
} Trial;

/* Looks for the stage's gap that comes to the one wanted. */
enum { LOOKS_MOST = 3 };

static BenchFigures run_with(const char *dir, double gap, BenchPhase last, int limit_s)
{
    char text[32];
    (void)snprintf(text, sizeof text, "%.9f", fmin(gap, 1));
    BenchRun run = {.dir = dir, .settings = {{"gap", text}}, .last = last, .limit_s = limit_s};
    return bench_phases(&run);
}

static double served_gap(const BenchFigures *figures)
{
    double served = figures->asked - figures->value;
    return served > 0 ? (figures->value - figures->bound) / served : INFINITY;
}

/** The stage's gap at which what is between plan and bound is @p gap of what is served. */
static double stage_gap_for(const BenchFigures *look, double gap)
{
    double between = gap * (look->asked - look->bound) / (1 + gap);
    return between / (look->bound + between);
}

/** Tries again with less where a bound that got better has moved what the stage's gap stands for. */
static void run_ours(const char *dir, double gap, int limit_s, Trial *trial, BenchFigures *figures)
{
    BenchFigures look = run_with(dir, 1, BENCH_SOLVE, limit_s);
    trial->asked_gap = look.phases > BENCH_SOLVE ? stage_gap_for(&look, gap) : gap;
    bool proven = false;
    for (int k = 0; k < LOOKS_MOST && !proven; k++) {
        *figures = run_with(dir, trial->asked_gap, BENCH_VERIFY, limit_s);
        if (figures->phases <= BENCH_VERIFY)
            break;
        proven = served_gap(figures) <= gap * (1 + 1e-9);
        if (!proven && figures->gap > trial->asked_gap)
            break; /* what was asked of it was not reached */
        if (!proven)
            trial->asked_gap *= 0.95 * gap / served_gap(figures);
    }
    bool solved = figures->phases > BENCH_SOLVE;
    trial->gap = solved ? served_gap(figures) : INFINITY;
    trial->stage_gap = solved ? figures->gap : INFINITY;
    trial->ours = proven ? figures->seconds[BENCH_SOLVE] : INFINITY;
}

/** The better of the peers: the first that finished, else the longest that one was given. */
static void run_peers(const DiscreteCase *c, const char *path, double gap, int limit_s,
                      const BenchFigures *figures, Trial *trial)
{
    for (int p = 0; p < PEERS_WHOLE; p++) {
        if (!c->peer[p] || !bench_peer_there(PEERS[p]))
            continue;
        int limit =
            trial->peer_asked && !trial->theirs_more ? (int)ceil(trial->theirs) + 1 : limit_s;
        BenchPeerRun run = bench_peer_run(PEERS[p], path, gap, limit);
        printf(" %s %s%.3f%s", bench_peer_text(PEERS[p]), run.finished ? "" : ">", run.seconds,
               run.has_value ? "" : " nothing found");
        if (PEERS[p] == PEER_CBC) {
            trial->cbc = run.seconds;
            trial->cbc_more = !run.finished;
        }
        bool better = !trial->peer_asked ||
                      (run.finished && (trial->theirs_more || run.seconds < trial->theirs));
        if (better) {
            trial->theirs = run.seconds;
            trial->theirs_more = !run.finished;
        }
        trial->peer_asked = true;
        trial->peer_found = trial->peer_found || run.has_value;
        double scale = fmax(1, fmax(fabs(run.value), fabs(figures->value)));
        if (run.finished && figures->phases > BENCH_SOLVE &&
            fabs(run.value - figures->value) > (gap + fmax(gap, figures->gap)) * scale)
            trial->differ = true;
    }
}

static Trial run_trial(const DiscreteCase *c, const char *dir, const char *path, double gap,
                       const BenchOptions *options)
{
    Trial trial = {0};
    BenchFigures figures;
    run_ours(dir, gap, options->limit_s, &trial, &figures);
    printf("  %5g %%: allot %.3f s, build %.3f, proven to %.4f %% of what is served (of the stage "
           "%.4f %%), %ld MB;",
           gap * 100, figures.seconds[BENCH_SOLVE], figures.seconds[BENCH_BUILD], 100 * trial.gap,
           100 * trial.stage_gap, figures.peak_kb / 1024);
    if (options->peers != 0)
        run_peers(c, path, trial.asked_gap, options->limit_s, &figures, &trial);
    trial.ratio = trial.peer_asked ? trial.theirs / trial.ours : 0;
    printf("%s\n", trial.differ ? "  VALUES DIFFER" : "");
    (void)fflush(stdout);
    return trial;
}

/* ---- over the seeds ------------------------------------------------------------------------- */

static BenchLine *line_of(const DiscreteCase *c, double gap, int seeds, const char *beside,
                          BenchTable *table)
{
    char text[TABLE_TEXT];
    (void)snprintf(text, sizeof text, "discrete, %d to %g %%, %d seeds", c->needs, gap * 100,
                   seeds);
    return bench_line(table, text, beside);
}

static void peer_names(const DiscreteCase *c, char out[TABLE_TEXT])
{
    bool both = c->peer[0] && c->peer[1];
    (void)snprintf(out, TABLE_TEXT, "%s", both ? "better of cbc, glpsol" : "cbc");
}

static void add_ratio_line(const DiscreteCase *c, int g, const Trial *trials, int seeds,
                           BenchTable *table)
{
    double ours[SEEDS_MOST], theirs[SEEDS_MOST], ratio[SEEDS_MOST];
    char names[TABLE_TEXT];
    int more = 0, found = 0, differ = 0;
    for (int k = 0; k < seeds; k++) {
        ours[k] = trials[k].ours;
        theirs[k] = trials[k].theirs;
        ratio[k] = trials[k].ratio;
        more += trials[k].theirs_more;
        found += trials[k].peer_found;
        differ += trials[k].differ;
    }
    peer_names(c, names);
    BenchLine *line = line_of(c, GAP[g], seeds, names, table);
    if (!trials[0].peer_asked)
        return;
    bench_line_times(line, bench_median(ours, seeds), bench_median(theirs, seeds), more > 0,
                     c->times[g]);
    line->ratio = bench_median(ratio, seeds);
    if (c->times[g] > 0)
        line->verdict = line->ratio >= c->times[g] ? VERDICT_REACHED : VERDICT_MISSED;
    if (differ > 0)
        line->verdict = VERDICT_MISSED;
    (void)snprintf(line->note, sizeof line->note, "%sit found a plan in %d of %d",
                   differ > 0 ? "VALUES DIFFER; " : "", found, seeds);
}

/** Beside the better of two stands cbc alone: the one that people would use instead. */
static void add_cbc_line(const DiscreteCase *c, int g, const Trial *trials, int seeds,
                         BenchTable *table)
{
    double ours[SEEDS_MOST], cbc[SEEDS_MOST], ratio[SEEDS_MOST];
    int more = 0;
    for (int k = 0; k < seeds; k++) {
        ours[k] = trials[k].ours;
        cbc[k] = trials[k].cbc;
        ratio[k] = trials[k].cbc / trials[k].ours;
        more += trials[k].cbc_more;
    }
    BenchLine *line = line_of(c, GAP[g], seeds, "cbc", table);
    if (bench_median(cbc, seeds) <= 0)
        return;
    bench_line_times(line, bench_median(ours, seeds), bench_median(cbc, seeds), more > 0, 0);
    line->ratio = bench_median(ratio, seeds);
    (void)snprintf(line->note, sizeof line->note, "it finished %d of %d", seeds - more, seeds);
}

static void add_time_line(const DiscreteCase *c, int g, const Trial *trials, int seeds,
                          BenchTable *table)
{
    double ours[SEEDS_MOST], gaps[SEEDS_MOST], wanted = c->seconds[g];
    int proven = 0, within = 0;
    for (int k = 0; k < seeds; k++) {
        ours[k] = trials[k].ours;
        gaps[k] = trials[k].gap;
        proven += isfinite(trials[k].ours);
        within += wanted > 0 && trials[k].ours <= wanted;
    }
    BenchLine *line = line_of(c, GAP[g], seeds, "", table);
    bench_line_most(line, bench_median(ours, seeds), wanted);
    if (wanted > 0)
        line->verdict = 2 * within > seeds ? VERDICT_REACHED : VERDICT_MISSED;
    (void)snprintf(line->note, sizeof line->note, "%d proven, median gap %.4f %%", proven,
                   100 * bench_median(gaps, seeds));
}

static void run_case(const DiscreteCase *c, const BenchOptions *options, int seeds,
                     BenchTable *table)
{
    Trial trials[GAPS][SEEDS_MOST];
    for (int seed = 1; seed <= seeds; seed++) {
        BenchRound round = {BENCH_WHOLE, c->needs, true, "none", "none", (uint64_t)seed};
        char *dir = bench_round_dir(&round), *path = test_path(dir, "program.mps");
        if (!bench_export(dir, path, options->limit_s))
            fail_msg("the program cannot be written: %s", path);
        printf("discrete, %d needs, seed %d\n", c->needs, seed);
        for (int g = 0; g < GAPS; g++)
            trials[g][seed - 1] = run_trial(c, dir, path, GAP[g], options);
        free(path);
        test_dir_remove(dir);
    }
    for (int g = 0; g < GAPS; g++) {
        add_ratio_line(c, g, trials[g], seeds, table);
        if (c->peer[0] && c->peer[1])
            add_cbc_line(c, g, trials[g], seeds, table);
        add_time_line(c, g, trials[g], seeds, table);
    }
}

void bench_discrete(const BenchOptions *options, BenchTable *table)
{
    int seeds = options->seeds > 0 ? options->seeds : options->all != 0 ? SEEDS_ALL : SEEDS_SHORT;
    seeds = seeds > SEEDS_MOST ? SEEDS_MOST : seeds;
    for (size_t k = 0; k < COUNT_OF(CASES); k++) {
        bool asked = options->needs == CASES[k].needs;
        if (options->needs == 0 ? options->all != 0 || !CASES[k].long_one : asked)
            run_case(&CASES[k], options, seeds, table);
    }
}
