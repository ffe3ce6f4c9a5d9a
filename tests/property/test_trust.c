/* Bounds that can be trusted, over seeded random rounds: each stage of a linear program, and each of a
 * class network, has a bound proven in exact arithmetic, and the plan is never better than it by more
 * than noise; of rounds with whole things the relaxation has one.
 */
#include <math.h>
#include <string.h>

#include "allot/class_network.h"
#include "tests/support/pipeline.h"
#include "tests/support/random_round.h"

/* Fewer under the sanitizers, which are an order slower. */
#ifdef __SANITIZE_ADDRESS__
enum { SMALL_ROUNDS = 20, MEDIUM_ROUNDS = 2 };
#else
enum { SMALL_ROUNDS = 300, MEDIUM_ROUNDS = 12 };
#endif

enum { LINEAR = RANDOM_EVERYTHING & ~(RANDOM_WHOLES | RANDOM_THINGS | RANDOM_PAIRS) };

/* What a network can hold; fits() has the last word. */
enum {
    NETWORK = RANDOM_TIERS | RANDOM_CATEGORIES | RANDOM_BUDGETS | RANDOM_MAX_VALUE |
              RANDOM_EARMARKS | RANDOM_WEIGHTS | RANDOM_BASIS | RANDOM_LAPSES | RANDOM_FAIRNESS
};

static Pipeline *run_round(const TextRound *round)
{
    char *dir = test_dir_make();
    text_round_write(round, dir);
    Pipeline *run = pipeline_run(dir, NULL, 0);
    test_dir_remove(dir);
    return run;
}

static void fail_stage(const TextRound *round, const Pipeline *run, const char *stage,
                       const char *why)
{
    text_round_print(round);
    pipeline_print(run);
    fail_msg("seed %llu: %s: %s", (unsigned long long)round->seed, stage, why);
}

/** Of a linear stage at the solver's point, before it is brought into whole steps. */
static double value_at(const Stage *stage, const double *x)
{
    double value = stage->constant;
    for (size_t k = 0; k < stage->count; k++)
        value += stage->costs[k] * x[stage->columns[k]];
    return value;
}

/** The point at the end is that of the last stage: what the stages behind one leave of it is the noise
 *  of all the bounds that were frozen since. */
static const double NOISE = 1e-5;

/** How many bounds were looked at. */
static size_t assert_trusted(const TextRound *round, const Pipeline *run)
{
    for (size_t s = 0; s < run->plan.stage_count; s++)
        if (!run->plan.stages[s].proven)
            fail_stage(round, run, run->plan.stages[s].label, "its bound is not proven");
    for (size_t b = 0; b < run->result.bound_count; b++) {
        const StageBound *bound = &run->result.bounds[b];
        const Stage *stage = &run->form.stages[bound->stage];
        if (stage->kind == STAGE_FAIRNESS)
            continue;
        double value = value_at(stage, run->result.x), size = fmax(fabs(value), 1);
        if (value < bound->bound - NOISE * size)
            fail_stage(round, run, stage->label, "what was reached is better than what is proven");
        if (value > bound->bound + NOISE * size)
            fail_stage(round, run, stage->label, "what is proven is less than what was reached");
    }
    return run->result.bound_count;
}

static size_t ask(uint64_t seed, RandomSize size, int rounds)
{
    size_t stages = 0;
    int asked = 0;
    for (uint64_t i = 0; asked < rounds; i++) {
        TextRound *round = random_round(seed + i, (RandomShape){.size = size, .features = LINEAR});
        Pipeline *run = run_round(round);
        if (run->status == STATUS_OK && run->solved == 1 && !run->form.whole) {
            stages += assert_trusted(round, run);
            asked++;
        }
        pipeline_free(run);
        text_round_free(round);
    }
    return stages;
}

static void every_linear_stage_has_a_bound_proven_in_exact_arithmetic(void **state)
{
    (void)state;
    size_t stages = ask(7100000, RANDOM_SMALL, SMALL_ROUNDS);
    stages += ask(7200000, RANDOM_MEDIUM, MEDIUM_ROUNDS);
    assert_true(stages > (size_t)SMALL_ROUNDS);
}

/** A round that is a class network: stages minimised in whole numbers. */
static size_t ask_network(const Pipeline *run)
{
    const char *why;
    ClassNetwork net;
    SolveResult result;
    Plan plan;
    if (run->status != STATUS_OK || !class_network_fits(&run->round, &why, run->arena))
        return 0;
    assert_int_equal(class_network_build(&run->round, NULL, run->arena, &net), STATUS_OK);
    assert_int_equal(solve_network(&net, run->arena, &result, &plan), STATUS_OK);
    for (size_t s = 0; s < plan.stage_count && result.outcome == SOLVE_OPTIMAL; s++)
        if (!plan.stages[s].proven)
            fail_msg("%s: its bound is not proven", plan.stages[s].label);
    return plan.stage_count;
}

static void every_stage_of_a_class_network_is_proven_in_whole_numbers(void **state)
{
    size_t stages = 0;
    (void)state;
    for (uint64_t i = 0; i < SMALL_ROUNDS; i++) {
        RandomShape shape = {.size = RANDOM_SMALL, .features = NETWORK};
        TextRound *round = random_round(7300000 + i, shape);
        char *dir = test_dir_make();
        text_round_write(round, dir);
        Pipeline *run = pipeline_formulate(dir, NULL, 0);
        test_dir_remove(dir);
        stages += ask_network(run);
        pipeline_free(run);
        text_round_free(round);
    }
    assert_true(stages > (size_t)SMALL_ROUNDS);
}

/** Of whole things the relaxation is proven: no plan, the one found neither, is better than that. */
static size_t ask_wholes(const TextRound *round, const Pipeline *run)
{
    size_t asked = 0;
    for (size_t s = 0; s < run->plan.stage_count; s++) {
        const StageResult *stage = &run->plan.stages[s];
        double sign = stage->maximise ? -1 : 1, size = fmax(fabs(stage->value), 1);
        if (!stage->has_exact)
            continue;
        asked++;
        if (sign * stage->value < sign * stage->exact - NOISE * size)
            fail_stage(round, run, stage->label, "the plan is better than what is proven exactly");
    }
    return asked;
}

static void no_plan_of_wholes_is_better_than_what_the_relaxation_proves(void **state)
{
    size_t stages = 0;
    (void)state;
    for (uint64_t i = 0; i < SMALL_ROUNDS; i++) {
        RandomShape shape = {.size = RANDOM_SMALL, .features = RANDOM_EVERYTHING};
        TextRound *round = random_round(7400000 + i, shape);
        Pipeline *run = run_round(round);
        if (run->status == STATUS_OK && run->solved == 1 && run->form.whole)
            stages += ask_wholes(round, run);
        pipeline_free(run);
        text_round_free(round);
    }
    assert_true(stages > (size_t)SMALL_ROUNDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_linear_stage_has_a_bound_proven_in_exact_arithmetic),
        cmocka_unit_test(every_stage_of_a_class_network_is_proven_in_whole_numbers),
        cmocka_unit_test(no_plan_of_wholes_is_better_than_what_the_relaxation_proves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
