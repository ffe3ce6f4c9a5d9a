/* The loop that tests of questions about a plan share. */
#include "tests/support/solved_rounds.h"

#include <stdlib.h>

uint64_t rounds_wanted(uint64_t usual)
{
    const char *text = getenv("ALLOT_ROUNDS");
    return text == NULL ? usual : strtoull(text, NULL, 10);
}

void solved_round(uint64_t seed, RandomShape shape, SolvedRoundCheck *check, void *context)
{
    char *dir = test_dir_make();
    TextRound *text = random_round(seed, shape);
    text_setting(text, "gap", "0");
    text_setting(text, "nodes", "1000000");
    text_round_write(text, dir);
    Pipeline *run = pipeline_run(dir, NULL, 0);
    if (run->status == STATUS_OK && run->result.outcome == SOLVE_OPTIMAL)
        check(text, run, context);
    pipeline_free(run);
    text_round_free(text);
    test_dir_remove(dir);
}

void solved_rounds(uint64_t first, uint64_t count, RandomShape shape, SolvedRoundCheck *check,
                   void *context)
{
    for (uint64_t i = 0; i < count; i++) {
        shape.crowded = i % 2 == 1;
        solved_round(first + i, shape, check, context);
    }
}
