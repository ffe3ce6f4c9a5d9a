/* Small rounds of whole things, 10 to 60 needs: how many are proven to the end, what they cost, and
 * which stages stay open.
 *
 *   make bench BENCH=small [BENCH_ARGS="--rounds N --first SEED --limit SECONDS --list FILE"]
 *
 * Three families: rounds in which every rule may occur, rounds in which most that asks for whole things
 * does, and the rounds of all or nothing of the other figures, with five tiers and everything else as
 * it is by default. Each round is a process of its own; rounds without a plan are not counted. The list has a
 * line a stage, to hold two versions of the program against each other.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/bench_options.h"
#include "tests/support/bench_process.h"
#include "tests/support/bench_round.h"
#include "tests/support/pipeline.h"
#include "tests/support/random_round.h"

enum { ROUNDS_MOST = 2000 };

typedef enum Family { EVERY_RULE, WHOLE_THINGS, ALL_OR_NOTHING, FAMILIES } Family;

static const char *const FAMILY_TEXT[FAMILIES] = {"every rule", "whole things", "all or nothing"};

typedef struct SmallOptions {
    int rounds; /* of each family */
    int first;  /* seed */
    int limit_s;
    const char *list; /* file, or NULL */
} SmallOptions;

typedef struct SmallRound {
    Family family;
    uint64_t seed;
    const char *dir, *list;
    double seconds; /* of reading, solving and verifying */
    bool has_plan, wrong;
    long nodes;
    int columns;
    size_t stage_count, open_count;
} SmallRound;

/* ---- one round ------------------------------------------------------------------------------ */

static char *write_round(Family family, uint64_t seed)
{
    char *dir = test_dir_make();
    if (family == ALL_OR_NOTHING) {
        BenchRound shape = {
            .family = BENCH_WHOLE, .needs = 10 + (int)(seed * 7 % 51), .seed = seed};
        bench_round_write(dir, &shape);
        return dir;
    }
    RandomShape shape = {.size = RANDOM_SMALL, .features = RANDOM_EVERYTHING};
    if (family == WHOLE_THINGS)
        shape.wholes = WHOLE_MINIMA | WHOLE_INDIVISIBLE | WHOLE_TICKETS | WHOLE_MAX_DONORS |
                       WHOLE_MAX_NEEDS | WHOLE_REQUIRES | WHOLE_BUNDLES | WHOLE_ALTERNATIVES |
                       WHOLE_OUTCOMES;
    TextRound *text = random_round(seed, shape);
    text_round_write(text, dir);
    text_round_free(text);
    return dir;
}

static bool is_open(StageStatus status)
{
    return status != STAGE_OPTIMAL && status != STAGE_WITHIN_GAP;
}

static void list_round(const SmallRound *round, const Plan *plan)
{
    FILE *file = fopen(round->list, "a");
    assert_non_null(file);
    fprintf(file, "# %s,%llu,%.3f s,%ld nodes,%d columns,%zu open%s\n", FAMILY_TEXT[round->family],
            (unsigned long long)round->seed, round->seconds, round->nodes, round->columns,
            round->open_count, round->wrong ? ",WRONG" : "");
    for (size_t s = 0; s < plan->stage_count; s++)
        fprintf(file, "%s,%llu,%s,%.12g,%.12g,%s\n", FAMILY_TEXT[round->family],
                (unsigned long long)round->seed, plan->stages[s].label, plan->stages[s].value,
                plan->stages[s].bound, stage_status_text(plan->stages[s].status));
    file_written(file);
}

static bool run_round(const void *context, void *result, int to)
{
    const SmallRound *given = context;
    SmallRound *round = result;
    (void)to;
    *round = *given;
    Pipeline *run = pipeline_run(given->dir, NULL, 0);
    round->seconds = bench_cpu_seconds();
    round->has_plan = strcmp(run->step, "verify") == 0;
    round->wrong = round->has_plan && run->status != STATUS_OK;
    round->nodes = run->result.nodes;
    round->columns = run->form.lp.column_count;
    round->stage_count = run->plan.stage_count;
    for (size_t s = 0; s < run->plan.stage_count; s++)
        round->open_count += is_open(run->plan.stages[s].status);
    if (round->has_plan && round->list != NULL)
        list_round(round, &run->plan);
    pipeline_free(run);
    return true;
}

/* ---- what is said --------------------------------------------------------------------------- */

typedef struct FamilySums {
    double seconds[ROUNDS_MOST];
    int rounds, proven, wrong, cut_off;
    size_t stages, open;
    double all, worst;
    uint64_t worst_seed;
} FamilySums;

static void add_round(FamilySums *sums, const SmallRound *round)
{
    sums->seconds[sums->rounds++] = round->seconds;
    sums->proven += round->open_count == 0;
    sums->wrong += round->wrong;
    sums->stages += round->stage_count;
    sums->open += round->open_count;
    sums->all += round->seconds;
    if (round->seconds > sums->worst) {
        sums->worst = round->seconds;
        sums->worst_seed = round->seed;
    }
}

static void print_sums(Family family, const FamilySums *sums)
{
    printf("%-15s %6d %6d %7zu %6zu %8.3f %8.3f %8.1f %6llu %5d %5d\n", FAMILY_TEXT[family],
           sums->rounds, sums->proven, sums->stages, sums->open,
           bench_median(sums->seconds, sums->rounds), sums->worst, sums->all,
           (unsigned long long)sums->worst_seed, sums->wrong, sums->cut_off);
    (void)fflush(stdout);
}

/* ---- all of it ------------------------------------------------------------------------------ */

static void run_family(Family family, const SmallOptions *options)
{
    FamilySums *sums = calloc(1, sizeof *sums);
    assert_non_null(sums);
    for (int k = 0; k < options->rounds; k++) {
        SmallRound round, given = {.family = family,
                                   .seed = (uint64_t)(options->first + k),
                                   .list = options->list};
        char *dir = write_round(family, given.seed);
        given.dir = dir;
        round = given;
        if (!bench_in_process(run_round, &given, &round, sizeof round, options->limit_s))
            sums->cut_off++;
        if (round.has_plan)
            add_round(sums, &round);
        test_dir_remove(dir);
    }
    print_sums(family, sums);
    free(sums);
}

int main(int argc, char **argv)
{
    SmallOptions options = {.rounds = 70, .first = 1, .limit_s = 120};
    const BenchOption known[] = {{"--rounds", &options.rounds, 1, ROUNDS_MOST, NULL},
                                 {"--first", &options.first, 1, 1000000, NULL},
                                 {"--limit", &options.limit_s, 1, 100000, NULL},
                                 {"--list", NULL, 0, 0, &options.list}};
    if (!bench_options_read(argc, argv, known, COUNT_OF(known)))
        return 2;
    if (options.list != NULL)
        (void)remove(options.list);
    printf("%-15s %6s %6s %7s %6s %8s %8s %8s %6s %5s %5s\n", "family", "rounds", "proven",
           "stages", "open", "median s", "worst s", "all s", "seed", "wrong", "cut");
    for (int family = 0; family < FAMILIES; family++)
        run_family((Family)family, &options);
    return 0;
}
