/* What `allot check` calls a contradiction, against the plans there are: over seeded tiny rounds whose tables
 * demand too much, none of those that have a plan (one that the verifier passes) is said to
 * contradict itself; and of those without one a good part is told without any search.
 */
#include "allot/contradictions.h"
#include "tests/support/pipeline.h"
#include "tests/support/random_round.h"

#include <stdlib.h>

#ifdef __SANITIZE_ADDRESS__
enum { ROUNDS = 60 };
#else
enum { ROUNDS = 500 };
#endif

static uint64_t rounds(void)
{
    const char *text = getenv("ALLOT_ROUNDS");
    return text == NULL ? ROUNDS : strtoull(text, NULL, 10);
}

typedef struct Tally {
    int plans, none, told;
} Tally;

static void print_findings(const Pipeline *run)
{
    size_t count;
    const Finding *findings = diag_findings(run->diag, &count);
    for (size_t i = 0; i < count; i++)
        print_error("  %s\n", diag_format(&findings[i], run->arena));
}

static void check_round(const TextRound *text, Tally *tally)
{
    char *dir = test_dir_make();
    text_round_write(text, dir);
    Pipeline *run = pipeline_run(dir, NULL, 0);
    bool is_plan = run->status == STATUS_OK, is_none = run->status == STATUS_NO_PLAN;
    if (is_plan || is_none) {
        Status said =
            round_contradictions(&run->round, &run->pairs, &run->rules, run->arena, run->diag);
        if (is_plan && said != STATUS_OK) {
            text_round_print(text);
            print_findings(run);
            fail_msg("seed %llu: it has a plan", (unsigned long long)text->seed);
        }
        tally->plans += is_plan;
        tally->none += is_none;
        tally->told += is_none && said == STATUS_FINDINGS;
    }
    pipeline_free(run);
    test_dir_remove(dir);
}

/** A floor and another, or a limit, of amounts that may or may not be there. */
static void demand_more(TextRound *text, TestRandom *random)
{
    TextTable *rules = text_table(text, "rules"), *needs = text_table(text, "needs");
    for (int k = random_chance(random, 2); k < 2; k++) {
        size_t row = text_row(rules);
        size_t need = (size_t)random_between(random, 0, (int)needs->count - 1);
        text_set(rules, row, "id", k == 0 ? "F98" : "F99");
        text_set(rules, row, "kind", k == 0 || random_chance(random, 2) ? "floor" : "limit");
        text_set(rules, row, "value", "%d", 40 * (int)random_between(random, 1, 14));
        if (random_chance(random, 2))
            text_set(rules, row, "need", "%s", text_get(needs, need, "id"));
    }
}

static void check_rounds(uint64_t first_seed, int features, int wholes)
{
    Tally tally = {0};
    for (uint64_t i = 0; i < rounds(); i++) {
        RandomShape shape = {.size = RANDOM_TINY, .features = features, .wholes = wholes};
        TextRound *text = random_round(first_seed + i, shape);
        TestRandom random = random_seeded(first_seed + i);
        if (text->wrong == NULL) {
            demand_more(text, &random);
            check_round(text, &tally);
        }
        text_round_free(text);
    }
    print_message("%d rounds with a plan, none of them told; %d without, %d of them told\n",
                  tally.plans, tally.none, tally.told);
    assert_true(tally.plans > (int)rounds() / 20 && 2 * tally.told > tally.none);
}

static void linear_rounds_with_a_plan_hold_no_contradiction(void **state)
{
    (void)state;
    check_rounds(710000, RANDOM_EVERYTHING & ~(RANDOM_WHOLES | RANDOM_UNKNOWN), 0);
}

static void rounds_of_wholes_with_a_plan_hold_no_contradiction(void **state)
{
    (void)state;
    check_rounds(720000, RANDOM_EVERYTHING & ~RANDOM_UNKNOWN,
                 INT_MAX & ~(WHOLE_WRONG | WHOLE_BURDEN));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(linear_rounds_with_a_plan_hold_no_contradiction),
        cmocka_unit_test(rounds_of_wholes_with_a_plan_hold_no_contradiction),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
