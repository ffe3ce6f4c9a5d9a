/* Two engines, one answer: what the class network decides of a round against what GLPK decides of the
 * whole program, stage by stage, over seeded random rounds; both plans pass the verifier. And rounds
 * that are no network go the plain way.
 */
#include "tests/support/bench_round.h"
#include "tests/support/pipeline.h"
#include "tests/support/random_round.h"

#include <math.h>
#include <string.h>

/* Fewer under the sanitizers, which are an order slower. */
#ifdef __SANITIZE_ADDRESS__
enum { SMALL_ROUNDS = 20, MEDIUM_ROUNDS = 1, LARGE_NEEDS = 120 };
#else
enum { SMALL_ROUNDS = 200, MEDIUM_ROUNDS = 12, LARGE_NEEDS = 300 };
#endif

/* What a network can hold; fits() has the last word. */
enum {
    NETWORK_FEATURES = RANDOM_TIERS | RANDOM_CATEGORIES | RANDOM_BUDGETS | RANDOM_MAX_VALUE |
                       RANDOM_EARMARKS | RANDOM_WINDOWS | RANDOM_ODA | RANDOM_PARENTS |
                       RANDOM_COVERED | RANDOM_WEIGHTS | RANDOM_FORBID | RANDOM_BASIS |
                       RANDOM_LAPSES | RANDOM_COSTS | RANDOM_FAIRNESS | RANDOM_FAIRNESS_FIRST |
                       RANDOM_UNKNOWN
};

/** A round decided by both. */
typedef struct Both {
    const TextRound *text; /* NULL: not from a text */
    uint64_t seed;
    bool without_levels; /* fairness = none */
    Pipeline *run;       /* the plain engine's */
    ClassNetwork net;
    SolveResult result; /* the network's */
    Plan plan;
} Both;

static void fail_both(const Both *b, const char *why, const char *label, double fast, double plain)
{
    if (b->text != NULL)
        text_round_print(b->text);
    pipeline_print(b->run);
    for (size_t i = 0; i < b->plan.stage_count; i++)
        print_message("fast: %s value %.12g bound %.12g\n", b->plan.stages[i].label,
                      b->plan.stages[i].value, b->plan.stages[i].bound);
    fail_msg("seed %llu: %s: %s: fast %.12g, plain %.12g", (unsigned long long)b->seed, label, why,
             fast, plain);
}

/** Decides the round of @p dir both ways. False where it is no network, or its tables are wrong. */
static bool decide_both(Both *b, const char *dir)
{
    static const SettingRow NO_LEVELS = {
        .key = "fairness", .value = "none", .place = {.file = "--set"}};
    const char *why;
    size_t set = b->without_levels ? 1 : 0;
    b->run = pipeline_formulate(dir, &NO_LEVELS,
                                set); /* solved only where there is something to compare */
    if (b->run->status != STATUS_OK || !class_network_fits(&b->run->round, &why, b->run->arena))
        return false;
    pipeline_free(b->run);
    b->run = pipeline_run(dir, &NO_LEVELS, set);
    if (b->run->status != STATUS_OK)
        return false;
    assert_int_equal(class_network_build(&b->run->round, NULL, b->run->arena, &b->net), STATUS_OK);
    assert_int_equal(solve_network(&b->net, b->run->arena, &b->result, &b->plan), STATUS_OK);
    if (b->result.outcome == SOLVE_FAILED && strstr(b->result.fault, "share a beneficiary") != NULL)
        return false; /* left to the plain engine on purpose */
    if (b->result.outcome != SOLVE_OPTIMAL)
        fail_both(b, b->result.fault, "undecided", 0, 0);
    return true;
}

/* ---- what must agree ------------------------------------------------------------------------ */

static const StageResult *find_stage(const Plan *plan, const char *label)
{
    for (size_t i = 0; i < plan->stage_count; i++)
        if (strcmp(plan->stages[i].label, label) == 0)
            return &plan->stages[i];
    return NULL;
}

/** Reporting units that minor units may make of a stage: one up or down a line, a group and an offer,
 *  times the heaviest weight or cost. */
static double slack_of(const Both *b)
{
    const Round *round = &b->run->round;
    double most = 1;
    for (size_t n = 0; n < round->need_count; n++)
        most = fmax(most, decimal_to_double(round->needs[n].weight));
    for (size_t o = 0; o < round->offer_count; o++)
        most = fmax(most, fabs(decimal_to_double(round->offers[o].cost)));
    return most * (double)(2 * round->need_count + round->offer_count) /
           (double)unit_scale(round->currency);
}

/** @p to_the_cent: no level was decided before, so that rounding has nothing to choose. */
static void compare_linear(const Both *b, const StageResult *fast, bool to_the_cent)
{
    const StageResult *plain = find_stage(&b->run->plan, fast->label);
    if (plain == NULL) {
        fail_both(b, "not listed by the plain engine", fast->label, fast->value, 0);
        return;
    }
    double allowed = slack_of(b) + 1e-6 * fabs(plain->bound);
    if (to_the_cent && fabs(fast->value - plain->value) > 1e-9 * fmax(1, fabs(plain->value)))
        fail_both(b, "values differ by cents", fast->label, fast->value, plain->value);
    if (fabs(fast->bound - plain->bound) > allowed)
        fail_both(b, "bounds differ", fast->label, fast->bound, plain->bound);
    if (fabs(fast->value - plain->value) > 2 * allowed)
        fail_both(b, "values differ", fast->label, fast->value, plain->value);
    if (fast->status != STAGE_OPTIMAL)
        fail_both(b, "not optimal", fast->label, fast->value, fast->bound);
}

/** The level of the @p rank-th group: that of the last rank listed up to it. */
static double level_at(const Plan *plan, int tier, int rank)
{
    double level = NAN;
    for (size_t i = 0; i < plan->stage_count; i++) {
        const StageResult *stage = &plan->stages[i];
        if (stage->kind == STAGE_FAIRNESS && stage->tier == tier && stage->rank <= rank)
            level = stage->bound;
    }
    return level;
}

/** Rank by rank, listed or not. A level that a cent decides may come out one group earlier. */
static void compare_levels(const Both *b, const NetworkStage *stage)
{
    double least = INFINITY, cents = slack_of(b) * (double)unit_scale(b->run->round.currency);
    for (size_t g = 0; g < stage->group_count; g++)
        least = fmin(least, (double)stage->group_wanted[g]);
    for (int rank = 1; rank <= (int)stage->group_count; rank++) {
        double fast = level_at(&b->plan, stage->tier, rank);
        double plain = level_at(&b->run->plan, stage->tier, rank);
        if (!(fabs(fast - plain) <= 3e-6 + fmin(cents, 20) / least))
            fail_both(b, "levels differ", stage->label, fast, plain);
    }
}

static void compare_stages(const Both *b)
{
    size_t linear = 0, plain_linear = 0;
    bool levels = false;
    for (size_t i = 0; i < b->plan.stage_count; i++)
        if (b->plan.stages[i].kind != STAGE_FAIRNESS) {
            compare_linear(b, &b->plan.stages[i], !levels);
            linear++;
        } else {
            levels = true;
        }
    for (size_t i = 0; i < b->run->plan.stage_count; i++)
        plain_linear += b->run->plan.stages[i].kind != STAGE_FAIRNESS;
    if (linear != plain_linear)
        fail_both(b, "other stages are listed", "stages", (double)linear, (double)plain_linear);
    for (size_t s = 0; s < b->net.stage_count; s++)
        if (b->net.stages[s].kind == STAGE_FAIRNESS)
            compare_levels(b, &b->net.stages[s]);
}

static void verify_fast(Both *b)
{
    VerifyReport report;
    Pipeline *run = b->run;
    assert_int_equal(plan_reasons(&run->round, run->pairs.sets, run->arena, &b->plan), STATUS_OK);
    Status status =
        plan_verify(&run->round, &b->plan, true, "plan", run->arena, run->diag, &report);
    if (status != STATUS_OK || report.broken > 0 || report.worse > 0)
        fail_both(b, "the verifier refuses it", "fast plan", (double)report.broken,
                  (double)report.worse);
}

static bool agree_on(const TextRound *text, bool without_levels)
{
    Both both = {.text = text, .seed = text->seed, .without_levels = without_levels};
    char *dir = test_dir_make();
    text_round_write(text, dir);
    bool decided = decide_both(&both, dir);
    if (decided) {
        compare_stages(&both);
        verify_fast(&both);
    }
    pipeline_free(both.run);
    test_dir_remove(dir);
    return decided;
}

static void agree_on_many(uint64_t seed, RandomSize size, int rounds, bool without_levels)
{
    int asked = 0;
    for (uint64_t i = 0; asked < rounds; i++) {
        RandomShape shape = {.size = size, .features = NETWORK_FEATURES, .exact = i % 2 == 0};
        TextRound *text = random_round(seed + i, shape);
        asked += agree_on(text, without_levels);
        text_round_free(text);
        if (i > 200 * (uint64_t)rounds)
            fail_msg("only %d of %llu rounds fit", asked, (unsigned long long)i);
    }
}

static void test_small_rounds(void **state)
{
    (void)state;
    agree_on_many(61000000, RANDOM_SMALL, SMALL_ROUNDS, false);
}

static void test_medium_rounds(void **state)
{
    (void)state;
    agree_on_many(62000000, RANDOM_MEDIUM, MEDIUM_ROUNDS, false);
}

/** Levels are fractions of cents, so that rounding chooses who gets the last one. Without them both
 *  engines reach every stage's value to the cent, odd amounts and all. */
static void test_rounds_without_levels(void **state)
{
    (void)state;
    agree_on_many(64000000, RANDOM_SMALL, SMALL_ROUNDS, true);
    agree_on_many(65000000, RANDOM_MEDIUM, MEDIUM_ROUNDS, true);
}

/** As in life, with every kind of group. */
static void test_large_rounds(void **state)
{
    static const char *const FAIRNESS[] = {"beneficiary", "region", "category", "need", "none"};
    (void)state;
    for (size_t f = 0; f < COUNT_OF(FAIRNESS); f++)
        for (uint64_t seed = 1; seed <= 2; seed++) {
            BenchRound shape = {
                .family = BENCH_MONEY, .needs = LARGE_NEEDS, .fairness = FAIRNESS[f], .seed = seed};
            Both both = {.seed = seed};
            char *dir = test_dir_make();
            bench_round_write(dir, &shape);
            if (decide_both(&both, dir)) {
                compare_stages(&both);
                verify_fast(&both);
            }
            pipeline_free(both.run);
            test_dir_remove(dir);
        }
}

/* ---- order of rows -------------------------------------------------------------------------- */

static void assert_same_lines(const Both *one, const Both *two)
{
    const Plan *a = &one->plan, *b = &two->plan;
    if (a->assignment_count != b->assignment_count)
        fail_both(one, "another number of lines", "shuffled rows", (double)a->assignment_count,
                  (double)b->assignment_count);
    for (size_t i = 0; i < a->assignment_count && i < b->assignment_count; i++)
        if (a->assignments[i].need != b->assignments[i].need ||
            a->assignments[i].offer != b->assignments[i].offer ||
            a->assignments[i].quantity != b->assignments[i].quantity)
            fail_both(one, "another line", "shuffled rows", (double)a->assignments[i].quantity,
                      (double)b->assignments[i].quantity);
}

/** Rows and columns in another order: the very same plan. False when the round is no network. */
static bool shuffled_alike(uint64_t seed)
{
    RandomShape shape = {.size = RANDOM_SMALL, .features = NETWORK_FEATURES};
    TextRound *text = random_round(seed, shape), *other = text_round_copy(text);
    TestRandom random = random_seeded(seed);
    char *dir = test_dir_make(), *other_dir = test_dir_make();
    Both one = {.text = text, .seed = seed}, two = {.text = other, .seed = seed};
    text_round_shuffle(other, &random);
    text_round_write(text, dir);
    text_round_write(other, other_dir);
    bool decided = decide_both(&one, dir);
    if (decided) {
        if (!decide_both(&two, other_dir))
            fail_both(&one, "the shuffled round is not decided", "rows", 0, 0);
        assert_same_lines(&one, &two);
        pipeline_free(two.run);
    }
    pipeline_free(one.run);
    text_round_free(text);
    text_round_free(other);
    test_dir_remove(dir);
    test_dir_remove(other_dir);
    return decided;
}

static void test_shuffled_rows(void **state)
{
    int asked = 0;
    (void)state;
    for (uint64_t seed = 63000000; asked < SMALL_ROUNDS / 10; seed++)
        asked += shuffled_alike(seed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_small_rounds),          cmocka_unit_test(test_medium_rounds),
        cmocka_unit_test(test_rounds_without_levels), cmocka_unit_test(test_large_rounds),
        cmocka_unit_test(test_shuffled_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
