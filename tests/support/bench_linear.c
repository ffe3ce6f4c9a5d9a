/* The linear rounds. What is held against glpsol and clp is a round of one tier without fairness and
 * later stages: its first stage is the whole of it, so that all three decide the same program. The
 * peers get it in full, pair by pair; their time is that of solving alone, ours everything from the
 * checked round to the plan in cents. The other settings of the same round are measured beside it.
 */
#include "tests/support/bench_parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/bench_peers.h"
#include "tests/support/bench_process.h"
#include "tests/support/test_support.h"

enum { REPEATS_MOST = 15, SETTINGS = 4, PEERS_LINEAR = 2 };

static const double SHORT_S = 1; /* a peer that takes longer is run once */

typedef struct LinearCase {
    BenchFamily family;
    int needs, repeats;
    bool peers;
    double times[PEERS_LINEAR]; /* wanted against glpsol, clp */
    double reading;             /* solving may be so many times reading; 0: no goal */
} LinearCase;

static const LinearCase CASES[] = {
    {BENCH_MONEY, 1000, 7, true, {50, 10}, 0},    {BENCH_MONEY, 10000, 5, true, {500, 80}, 0},
    {BENCH_MONEY, 100000, 3, false, {0, 0}, 1.5}, {BENCH_UNITS, 1000, 3, true, {0, 0}, 0},
    {BENCH_UNITS, 10000, 1, true, {3, 1}, 0},     {BENCH_MIXED, 1000, 1, false, {0, 0}, 0}};

static const BenchPeer PEERS[PEERS_LINEAR] = {PEER_GLPSOL, PEER_CLP};

/** The first of them is what the peers get. */
static const struct {
    const char *text;
    bool one_tier;
    const char *fairness, *stages;
} SETTING[SETTINGS] = {{"one tier, no fairness", true, "none", "none"},
                       {"one tier, default fairness", true, NULL, NULL},
                       {"5 tiers, no fairness", false, "none", NULL},
                       {"5 tiers, default fairness", false, NULL, NULL}};

static BenchRound round_of(const LinearCase *c, int setting)
{
    return (BenchRound){c->family,
                        c->needs,
                        SETTING[setting].one_tier,
                        SETTING[setting].fairness,
                        SETTING[setting].stages,
                        1};
}

/** The others on the same program, in turns with ours: what the machine does meanwhile it does to all. */
typedef struct Beside {
    const char *program; /* NULL: nobody beside */
    BenchPeerRun runs[PEERS_LINEAR][REPEATS_MOST];
    int counts[PEERS_LINEAR];
} Beside;

static void run_beside(Beside *beside, int limit_s)
{
    for (int p = 0; p < PEERS_LINEAR; p++) {
        int done = beside->counts[p];
        if (bench_peer_there(PEERS[p]) &&
            (done == 0 || beside->runs[p][done - 1].seconds < SHORT_S))
            beside->runs[p][beside->counts[p]++] =
                bench_peer_run(PEERS[p], beside->program, 0, limit_s);
    }
}

/** The first of a peer's runs, with the median of their seconds. */
static BenchPeerRun median_run(const Beside *beside, int p)
{
    double seconds[REPEATS_MOST];
    BenchPeerRun run = beside->runs[p][0];
    for (int k = 0; k < beside->counts[p]; k++)
        seconds[k] = beside->runs[p][k].seconds;
    if (beside->counts[p] > 0)
        run.seconds = bench_median(seconds, beside->counts[p]);
    return run;
}

static BenchFigures measure(const char *dir, int repeats, int limit_s, Beside *beside)
{
    BenchFigures runs[REPEATS_MOST];
    BenchRun run = {.dir = dir, .last = BENCH_BOOK, .limit_s = limit_s};
    int count = 0;
    repeats = repeats > REPEATS_MOST ? REPEATS_MOST : repeats;
    do {
        runs[count++] = bench_phases(&run);
        if (beside->program != NULL)
            run_beside(beside, limit_s);
    } while (count < repeats && runs[count - 1].phases == BENCH_LIBRARY);
    return bench_phases_median(runs, count);
}

static bool near(double a, double b)
{
    return fabs(a - b) <= 1e-6 * fmax(1, fmax(fabs(a), fabs(b)));
}

/** A faster answer to another question is no answer. */
static void compare_values(BenchLine *line, const BenchFigures *figures, const BenchPeerRun *peer)
{
    if (!peer->finished || near(figures->value, peer->value))
        return;
    line->verdict = VERDICT_MISSED;
    (void)snprintf(line->note, sizeof line->note, "VALUES DIFFER: %.10g, the other %.10g",
                   figures->value, peer->value);
}

static void name_line(char text[TABLE_TEXT], const LinearCase *c, int setting)
{
    (void)snprintf(text, TABLE_TEXT, "%s, %d: %s", bench_family_text(c->family), c->needs,
                   SETTING[setting].text);
}

static void add_peer_lines(const LinearCase *c, const BenchFigures figures[SETTINGS],
                           const BenchPeerRun *peers, bool written, BenchTable *table)
{
    for (int setting = 0; setting < SETTINGS; setting++)
        for (int p = 0; p < PEERS_LINEAR && SETTING[setting].one_tier; p++) {
            char text[TABLE_TEXT];
            name_line(text, c, setting);
            BenchLine *line = bench_line(table, text, bench_peer_text(PEERS[p]));
            const BenchFigures *f = &figures[setting];
            double times = setting == 0 ? c->times[p] : 0;
            bench_line_wants_times(line, times);
            if (!bench_peer_there(PEERS[p]))
                (void)snprintf(line->note, sizeof line->note, "it is not installed");
            else if (!written)
                (void)snprintf(line->note, sizeof line->note, "its program took too long to write");
            else if (f->phases <= BENCH_SOLVE)
                (void)snprintf(line->note, sizeof line->note, "no plan within the limit");
            else
                bench_line_times(line, f->seconds[BENCH_SOLVE], peers[p].seconds,
                                 !peers[p].finished, times);
            if (line->verdict != VERDICT_NOT_MEASURED)
                compare_values(line, f, &peers[p]);
        }
}

static void add_reading_line(const LinearCase *c, const BenchFigures figures[SETTINGS], int setting,
                             BenchTable *table)
{
    char text[TABLE_TEXT];
    name_line(text, c, setting);
    BenchLine *line = bench_line(table, text, "reading the same round");
    const BenchFigures *f = &figures[setting];
    bool wanted = c->reading > 0 && setting == 2;
    if (wanted)
        (void)snprintf(line->wanted, sizeof line->wanted, "<= %gx", c->reading);
    if (f->phases <= BENCH_SOLVE)
        return;
    line->ours = f->seconds[BENCH_SOLVE];
    line->theirs = f->seconds[BENCH_READ];
    line->ratio = line->ours / fmax(line->theirs, 1e-6);
    line->verdict = !wanted                     ? VERDICT_BESIDE
                    : line->ratio <= c->reading ? VERDICT_REACHED
                                                : VERDICT_MISSED;
    (void)snprintf(line->note, sizeof line->note, "so many times reading it");
}

static void print_peers(const Beside *beside, BenchPeerRun peers[PEERS_LINEAR])
{
    for (int p = 0; p < PEERS_LINEAR; p++)
        if (beside->counts[p] > 0) {
            peers[p] = median_run(beside, p);
            printf("%62s %s %.3f s, %ld MB%s\n", "", bench_peer_text(PEERS[p]), peers[p].seconds,
                   peers[p].peak_kb / 1024, peers[p].finished ? "" : ", not finished");
        }
}

static void run_case(const LinearCase *c, const BenchOptions *options, BenchTable *table)
{
    BenchFigures figures[SETTINGS];
    BenchPeerRun peers[PEERS_LINEAR] = {{0}};
    bool with_peers = c->peers && options->peers != 0, written = false;
    for (int setting = 0; setting < SETTINGS; setting++) {
        BenchRound round = round_of(c, setting);
        char *dir = bench_round_dir(&round), *program = test_path(dir, "program.mps");
        Beside beside = {.program = NULL};
        if (setting == 0 && with_peers && (written = bench_export(dir, program, options->limit_s)))
            beside.program = program;
        figures[setting] = measure(dir, options->repeats > 0 ? options->repeats : c->repeats,
                                   options->limit_s, &beside);
        bench_print_phases(&round, SETTING[setting].text, &figures[setting]);
        if (setting == 0)
            print_peers(&beside, peers);
        free(program);
        test_dir_remove(dir);
    }
    if (with_peers)
        add_peer_lines(c, figures, peers, written, table);
    for (int setting = 0; setting < SETTINGS; setting++)
        if (c->family == BENCH_MONEY)
            add_reading_line(c, figures, setting, table);
}

/** Mixed rounds have whole things: their searches last. */
static bool is_long(const LinearCase *c)
{
    return c->family == BENCH_MIXED && c->needs > 200;
}

void bench_linear(const BenchOptions *options, BenchTable *table)
{
    bench_print_headings();
    for (size_t k = 0; k < COUNT_OF(CASES); k++)
        if (options->needs == CASES[k].needs ||
            (options->needs == 0 && (options->all != 0 || !is_long(&CASES[k]))))
            run_case(&CASES[k], options, table);
}
