/* Column generation against the whole program: over seeded random linear rounds, and larger generated
 * ones, every stage's value with columns that come in as they are asked for is that of the plain
 * engine, and the plan passes the verifier.
 */
#include "tests/support/bench_round.h"
#include "tests/support/generated_round.h"
#include "tests/support/pipeline.h"
#include "tests/support/random_round.h"

#include <math.h>

/* Fewer under the sanitizers, which are an order slower. */
#ifdef __SANITIZE_ADDRESS__
enum { SMALL_ROUNDS = 20, MEDIUM_ROUNDS = 2, LARGE_NEEDS = 200 };
#else
enum { SMALL_ROUNDS = 200, MEDIUM_ROUNDS = 20, LARGE_NEEDS = 300 };
#endif

/* Rounds without whole columns. */
enum {
    LINEAR = RANDOM_EVERYTHING & ~(RANDOM_THINGS | RANDOM_PAIRS | RANDOM_WHOLES | RANDOM_STEPS)
};

/** The stages' values at the optimum found with this threshold; the outcome in *outcome. */
static size_t values(Pipeline *run, int sift_from, StageLevel **levels, SolveOutcome *outcome)
{
    SolveSettings settings = solve_settings_of(&run->round);
    SolveResult result;
    size_t count = 0;
    settings.sift_from = sift_from;
    assert_int_equal(solve_stages(&run->form, &settings, run->arena, &result), STATUS_OK);
    *outcome = result.outcome;
    if (result.outcome == SOLVE_OPTIMAL)
        assert_int_equal(solve_levels(&run->form, result.x, run->arena, levels, &count), STATUS_OK);
    return count;
}

static void check_values(const char *label, const StageLevel *plain, const StageLevel *sifted,
                         size_t count)
{
    for (size_t s = 0; s < count; s++)
        if (fabs(sifted[s].value - plain[s].value) > 1e-5 + 1e-8 * fabs(plain[s].value))
            fail_msg("%s: %s is %.12g, plain %.12g", label, plain[s].label, sifted[s].value,
                     plain[s].value);
}

/** False where the round has whole columns, wrong tables or no plan. */
static bool compare(const char *dir, const char *label)
{
    Pipeline *run = pipeline_formulate(dir, NULL, 0);
    bool comparable = run->status == STATUS_OK && !run->form.whole;
    StageLevel *plain = NULL, *sifted = NULL;
    SolveOutcome plain_outcome = SOLVE_FAILED, outcome = SOLVE_FAILED;
    size_t count = comparable ? values(run, -1, &plain, &plain_outcome) : 0;
    if (comparable) {
        size_t others = values(run, 0, &sifted, &outcome);
        if (outcome != plain_outcome || others != count)
            fail_msg("%s: %s, plain %s", label, solve_outcome_text(outcome),
                     solve_outcome_text(plain_outcome));
        if (plain != NULL && sifted != NULL)
            check_values(label, plain, sifted, count);
        comparable = outcome == SOLVE_OPTIMAL;
    }
    if (comparable) {
        SolveSettings settings = solve_settings_of(&run->round);
        settings.sift_from = 0;
        assert_int_equal(solve_plan(&run->form, &settings, run->arena, &run->result, &run->plan),
                         STATUS_OK);
        assert_int_equal(plan_reasons(&run->round, run->pairs.sets, run->arena, &run->plan),
                         STATUS_OK);
        run->status =
            plan_verify(&run->round, &run->plan, true, "plan", run->arena, run->diag, &run->report);
        if (run->status != STATUS_OK)
            pipeline_print(run);
        assert_int_equal(run->status, STATUS_OK);
    }
    pipeline_free(run);
    return comparable;
}

static void compare_random(RandomSize size, uint64_t seed, int rounds)
{
    for (int compared = 0; compared < rounds; seed++) {
        TextRound *text = random_round(seed, (RandomShape){.size = size, .features = LINEAR});
        char *dir = test_dir_make(), label[40];
        (void)snprintf(label, sizeof label, "seed %llu", (unsigned long long)seed);
        text_round_write(text, dir);
        compared += compare(dir, label);
        test_dir_remove(dir);
        text_round_free(text);
    }
}

static void small_random_rounds_have_the_same_values(void **state)
{
    (void)state;
    compare_random(RANDOM_SMALL, 52000, SMALL_ROUNDS);
}

static void medium_random_rounds_have_the_same_values(void **state)
{
    (void)state;
    compare_random(RANDOM_MEDIUM, 53000, MEDIUM_ROUNDS);
}

static void generated_rounds_have_the_same_values(void **state)
{
    static const RoundShape CURRENCIES = {.needs = LARGE_NEEDS, .supply = 0.65, .seed = 3};
    static const BenchRound PRICES = {.family = BENCH_UNITS, .needs = LARGE_NEEDS, .seed = 3};
    (void)state;
    char *one = test_dir_make(), *other = test_dir_make();
    generated_round_write(one, &CURRENCIES);
    bench_round_write(other, &PRICES);
    assert_true(compare(one, "currencies"));
    assert_true(compare(other, "unit prices"));
    test_dir_remove(one);
    test_dir_remove(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_random_rounds_have_the_same_values),
        cmocka_unit_test(medium_random_rounds_have_the_same_values),
        cmocka_unit_test(generated_rounds_have_the_same_values),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
