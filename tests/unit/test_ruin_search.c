/* Ruin and recreate: whatever annealing goes through, it ends at the best plan it has seen. */
#include "solver/ruin.h"

#include <math.h>

#include "tests/support/bench_round.h"
#include "tests/support/pipeline.h"
#include "tests/support/test_support.h"

enum { NEEDS = 60, SEEDS = 4, ROUNDS = 4000, TIERS = 3, TIERS_NEEDS = 200, TIERS_ROUNDS = 20000 };

/* Of annealing: what a need lacks on average, or so. */
static const double HEAT = 300;

/** A search so hot that it takes every plan, then one that keeps what it has: neither ends worse than it
 *  began, and the lines at the end are those of the value. */
static void search_hot(uint64_t seed)
{
    BenchRound shape = {BENCH_WHOLE, NEEDS, true, "none", "none", seed};
    char *dir = test_dir_make();
    bench_round_write(dir, &shape);
    Pipeline *run = pipeline_formulate(dir, NULL, 0);
    SolveSettings settings = solve_settings_of(&run->round);
    RuinLimits limits = {.rounds = ROUNDS, .settings = &settings};
    Ruin *ruin, *again;
    double *x = ARENA_NEW(run->arena, (size_t)run->form.lp.column_count, double);
    assert_int_equal(run->status, STATUS_OK);
    assert_int_equal(ruin_open(&run->form, NULL, run->arena, &ruin), STATUS_OK);
    assert_int_equal(ruin_follow(ruin, NULL), STATUS_OK);
    double first = ruin_value(ruin, 0);
    limits.heat = first; /* the last rounds alone are cool */
    assert_int_equal(ruin_search(ruin, 0, &limits), STATUS_OK);
    double hot = ruin_value(ruin, 0);
    assert_true(hot <= first * (1 + 1e-9));
    ruin_point(ruin, x);
    assert_int_equal(ruin_open(&run->form, x, run->arena, &again),
                     STATUS_OK); /* keeps every rule */
    assert_true(fabs(ruin_value(again, 0) - hot) <= 1e-6 * fmax(hot, 1));
    limits.heat = 0;
    assert_int_equal(ruin_search(ruin, 0, &limits), STATUS_OK);
    assert_true(ruin_value(ruin, 0) <= hot * (1 + 1e-9));
    pipeline_free(run);
    test_dir_remove(dir);
}

static void annealing_ends_at_its_best_plan(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++)
        search_hot(seed);
}

/* The first two tiers of this round can be met in full. What is left of their sums by then is noise, which a
 * search in the third tier once took for a gain in the first, and gave up the second for it. */
static void a_search_leaves_tiers_before_it_as_they_are(void **state)
{
    (void)state;
    BenchRound shape = {BENCH_WHOLE, TIERS_NEEDS, false, "none", "none", 1};
    char *dir = test_dir_make();
    bench_round_write(dir, &shape);
    Pipeline *run = pipeline_formulate(dir, NULL, 0);
    SolveSettings settings = solve_settings_of(&run->round);
    Ruin *ruin;
    assert_int_equal(run->status, STATUS_OK);
    assert_int_equal(ruin_open(&run->form, NULL, run->arena, &ruin), STATUS_OK);
    assert_int_equal(ruin_follow(ruin, NULL), STATUS_OK);
    for (size_t stage = 0; stage < TIERS; stage++) {
        RuinLimits limits = {.rounds = TIERS_ROUNDS, .goal = 0.001, .settings = &settings};
        double before[TIERS];
        for (size_t s = 0; s < stage; s++)
            before[s] = ruin_value(ruin, s);
        limits.heat = stage == 0 ? 0 : HEAT;
        assert_int_equal(ruin_search(ruin, stage, &limits), STATUS_OK);
        for (size_t s = 0; s < stage; s++)
            assert_true(ruin_value(ruin, s) <= before[s] + 0.001); /* a tenth of a cent */
    }
    pipeline_free(run);
    test_dir_remove(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(annealing_ends_at_its_best_plan),
        cmocka_unit_test(a_search_leaves_tiers_before_it_as_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
