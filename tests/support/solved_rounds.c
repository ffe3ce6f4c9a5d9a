/* The loop that tests of questions about a plan share. */
#include "tests/support/solved_rounds.h"

#include <stdlib.h>

#include "tests/support/bench_round.h"

uint64_t rounds_wanted(uint64_t usual)
{
    const char *text = getenv("ALLOT_ROUNDS");
    return text == NULL ? usual : strtoull(text, NULL, 10);
}

static void solve_one(uint64_t seed, RandomShape shape, bool urgent, SolvedRoundCheck *check,
                      void *context)
{
    char *dir = test_dir_make();
    TextRound *text = random_round(seed, shape);
    text_setting(text, "gap", "0");
    text_setting(text, "nodes", "1000000");
    text_round_write(text, dir);
    Pipeline *run =
        urgent ? pipeline_run_urgent(dir, (int)(seed % 97)) : pipeline_run(dir, NULL, 0);
    if (run->status == STATUS_OK && run->result.outcome == SOLVE_OPTIMAL)
        check(text, run, context);
    pipeline_free(run);
    text_round_free(text);
    test_dir_remove(dir);
}

void solved_round(uint64_t seed, RandomShape shape, SolvedRoundCheck *check, void *context)
{
    solve_one(seed, shape, false, check, context);
}

void solved_urgent_rounds(uint64_t first, uint64_t count, RandomShape shape,
                          SolvedRoundCheck *check, void *context)
{
    for (uint64_t i = 0; i < count; i++) {
        shape.crowded = i % 4 != 0;
        solve_one(first + i, shape, true, check, context);
    }
}

void solved_rounds(uint64_t first, uint64_t count, RandomShape shape, SolvedRoundCheck *check,
                   void *context)
{
    for (uint64_t i = 0; i < count; i++) {
        shape.crowded = i % 2 == 1;
        solved_round(first + i, shape, check, context);
    }
}

/* ---- rounds that are networks ------------------------------------------------------------------- */

static bool network_round(uint64_t seed, RandomShape shape, const char *fairness,
                          NetworkRoundCheck *check, void *context)
{
    char name[80];
    TextRound *text = random_round(seed, shape);
    char *dir = test_dir_make();
    if (fairness != NULL)
        text_setting(text, "fairness", fairness);
    text_round_write(text, dir);
    (void)snprintf(name, sizeof name, "seed %llu", (unsigned long long)seed);
    bool counts = check(name, dir, context);
    text_round_free(text);
    test_dir_remove(dir);
    return counts;
}

void network_rounds(uint64_t first, uint64_t most, RandomShape shape, const char *fairness,
                    NetworkRoundCheck *check, void *context)
{
    uint64_t asked = 0;
    for (uint64_t i = 0; asked < most; i++) {
        shape.exact = i % 2 == 0;
        asked += network_round(first + i, shape, fairness, check, context);
        if (i > 200 * most)
            fail_msg("only %llu of %llu rounds are networks", (unsigned long long)asked,
                     (unsigned long long)i);
    }
}

void network_rounds_as_in_life(int needs, uint64_t seeds, NetworkRoundCheck *check, void *context)
{
    static const char *const FAIRNESS[] = {"beneficiary", "region", "category", "need", "none"};
    for (size_t f = 0; f < sizeof FAIRNESS / sizeof *FAIRNESS; f++)
        for (uint64_t k = 0; k < seeds; k++) {
            BenchRound shape = {.family = BENCH_MONEY,
                                .needs = needs,
                                .fairness = FAIRNESS[f],
                                .seed = f * seeds + k + 1};
            char *dir = test_dir_make();
            bench_round_write(dir, &shape);
            (void)check(FAIRNESS[f], dir, context);
            test_dir_remove(dir);
        }
}
