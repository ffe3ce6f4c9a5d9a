/* Discrete rounds of five tiers, as in life: every stage is searched with those before it held. Said are
 * the CPU seconds of solving, how many stages end proven (optimal, or within the setting `gap`, which
 * stands as it comes), and the largest gap of those that do not. A process may take --limit seconds; one
 * that is cut off counts as never.
 *
 * Beside the five tiers alone, without fairness and later stages, stands cbc (with --all 1 glpsol too):
 * on the program of each tier in turn, with that same gap, for TIER_S seconds each at most, their times
 * added up. Earlier tiers are held at what allot came to, so that all decide the same five programs; the
 * peer is spared finding them in one go. Where it was stopped its time counts as it is, so that a
 * ratio then says "at least". A peer's plan that is better than a bound of ours would be a fault, and is
 * said.
 */
#include "tests/support/bench_parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/support/bench_peers.h"
#include "tests/support/bench_process.h"
#include "tests/support/test_support.h"

enum { SEEDS_MOST = 30, SEEDS_SHORT = 3, TIER_S = 60, PEERS_TIERS = 2 };

static const BenchPeer PEERS[PEERS_TIERS] = {PEER_CBC, PEER_GLPSOL_WHOLE};
static const int NEEDS[] = {100, 200, 300};

static const double GAP = 0.0001; /* the setting's default */

/* What may be between a value of ours in cents and one of a solver in doubles, relative above 1. */
static const double NOISE = 1e-6;

static const struct {
    const char *text;
    const char *fairness, *stages;
    bool peers;
} SETTINGS[] = {{"tiers alone", "none", "none", true},
                {"no fairness", "none", NULL, false},
                {"default fairness", NULL, NULL, false}};

/** One peer on all tiers of one seed. */
typedef struct PeerTiers {
    double seconds;
    int finished, asked;
    bool wrong; /* it has a plan that we say cannot be */
} PeerTiers;

typedef struct Trial {
    double ours; /* INFINITY: cut off */
    BenchFigures figures;
    PeerTiers peers[PEERS_TIERS];
} Trial;

/** Everything that is measured of one size and setting. */
typedef struct TierCase {
    int needs, setting, seeds;
    Trial trials[SEEDS_MOST];
} TierCase;

static bool asks_peer(const BenchOptions *options, int setting, int peer)
{
    return SETTINGS[setting].peers && options->peers != 0 && bench_peer_there(PEERS[peer]) &&
           (peer == 0 || options->all != 0);
}

static PeerTiers run_peer(BenchPeer peer, const char *dir, const BenchFigures *figures, int limit_s)
{
    PeerTiers sum = {0};
    for (int tier = 0; tier < figures->tiers; tier++) {
        char *path = bench_tier_path(dir, tier);
        BenchPeerRun run = bench_peer_run(peer, path, GAP, limit_s);
        double value = figures->tier_value[tier], size = fmax(1, fabs(value));
        sum.seconds += run.seconds;
        sum.finished += run.finished;
        sum.asked++;
        sum.wrong =
            sum.wrong || (run.has_value && run.value < figures->tier_bound[tier] - NOISE * size);
        free(path);
    }
    return sum;
}

static Trial run_trial(const TierCase *c, int seed, const BenchOptions *options)
{
    Trial trial = {.ours = INFINITY};
    BenchRound round = {
        BENCH_WHOLE,   c->needs, false, SETTINGS[c->setting].fairness, SETTINGS[c->setting].stages,
        (uint64_t)seed};
    char *dir = bench_round_dir(&round);
    BenchRun run = {.dir = dir,
                    .last = BENCH_VERIFY,
                    .limit_s = options->limit_s,
                    .programs = SETTINGS[c->setting].peers && options->peers != 0};
    trial.figures = bench_phases(&run);
    if (trial.figures.phases > BENCH_VERIFY)
        trial.ours = trial.figures.seconds[BENCH_SOLVE];
    printf("5 tiers, %d needs, %s, seed %d: allot %.3f s, %d of %d proven, open %.4f %%, %ld MB",
           c->needs, SETTINGS[c->setting].text, seed, trial.ours, trial.figures.proven,
           trial.figures.stages, 100 * trial.figures.open_gap, trial.figures.peak_kb / 1024);
    for (int p = 0; p < PEERS_TIERS; p++)
        if (asks_peer(options, c->setting, p)) {
            PeerTiers *peer = &trial.peers[p];
            int limit = options->limit_s < TIER_S ? options->limit_s : TIER_S;
            *peer = run_peer(PEERS[p], dir, &trial.figures, limit);
            printf("; %s %.3f s, %d of %d tiers%s", bench_peer_text(PEERS[p]), peer->seconds,
                   peer->finished, peer->asked, peer->wrong ? ", BELOW OUR BOUND" : "");
        }
    printf("\n");
    (void)fflush(stdout);
    test_dir_remove(dir);
    return trial;
}

/* ---- over the seeds ------------------------------------------------------------------------- */

static BenchLine *line_of(const TierCase *c, const char *beside, BenchTable *table)
{
    char text[TABLE_TEXT];
    (void)snprintf(text, sizeof text, "discrete, 5 tiers, %d: %s, %d seeds", c->needs,
                   SETTINGS[c->setting].text, c->seeds);
    return bench_line(table, text, beside);
}

static double median_of_ours(const TierCase *c)
{
    double ours[SEEDS_MOST];
    for (int k = 0; k < c->seeds; k++)
        ours[k] = c->trials[k].ours;
    return bench_median(ours, c->seeds);
}

static void add_own_line(const TierCase *c, BenchTable *table)
{
    int proven = 0, stages = 0, done = 0;
    double open = 0, longest = 0;
    for (int k = 0; k < c->seeds; k++) {
        const Trial *trial = &c->trials[k];
        proven += trial->figures.proven;
        stages += trial->figures.stages;
        open = fmax(open, trial->figures.open_gap);
        longest = fmax(longest, trial->ours);
        done += isfinite(trial->ours);
    }
    BenchLine *line = line_of(c, "", table);
    bench_line_most(line, median_of_ours(c), 0);
    (void)snprintf(line->note, sizeof line->note,
                   "%d of %d stages proven, worst open %.2f %%; longest %.1f s; %d cut off", proven,
                   stages, 100 * open, longest, c->seeds - done);
}

static void add_peer_line(const TierCase *c, int p, BenchTable *table)
{
    double theirs[SEEDS_MOST], ratio[SEEDS_MOST];
    int finished = 0, asked = 0;
    bool wrong = false;
    for (int k = 0; k < c->seeds; k++) {
        const PeerTiers *peer = &c->trials[k].peers[p];
        theirs[k] = peer->seconds;
        ratio[k] = peer->seconds / c->trials[k].ours;
        finished += peer->finished;
        asked += peer->asked;
        wrong = wrong || peer->wrong;
    }
    BenchLine *line = line_of(c, bench_peer_text(PEERS[p]), table);
    if (asked == 0)
        return;
    bench_line_times(line, median_of_ours(c), bench_median(theirs, c->seeds), finished < asked, 0);
    line->ratio = bench_median(ratio, c->seeds);
    if (wrong)
        line->verdict = VERDICT_MISSED;
    (void)snprintf(line->note, sizeof line->note, "%sit finished %d of %d tiers in %d s each",
                   wrong ? "BELOW OUR BOUND; " : "", finished, asked, TIER_S);
}

void bench_tiers(const BenchOptions *options, BenchTable *table)
{
    int seeds = options->seeds > 0 ? options->seeds : SEEDS_SHORT;
    TierCase *c = calloc(1, sizeof *c);
    for (size_t k = 0; c != NULL && k < COUNT_OF(NEEDS); k++)
        for (size_t setting = 0; setting < COUNT_OF(SETTINGS); setting++) {
            if (options->needs != 0 && options->needs != NEEDS[k])
                continue;
            *c = (TierCase){.needs = NEEDS[k],
                            .setting = (int)setting,
                            .seeds = seeds > SEEDS_MOST ? SEEDS_MOST : seeds};
            for (int seed = 1; seed <= c->seeds; seed++)
                c->trials[seed - 1] = run_trial(c, seed, options);
            add_own_line(c, table);
            for (int p = 0; p < PEERS_TIERS; p++)
                if (asks_peer(options, (int)setting, p))
                    add_peer_line(c, p, table);
        }
    free(c);
}
