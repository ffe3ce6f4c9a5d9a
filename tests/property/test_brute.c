/* The program against every plan there is: tiny rounds in whole steps, where the best plan can be
 * found by trying all. What is compared is the vector of stage values in the published order.
 */
#include "tests/support/brute.h"
#include "tests/support/pipeline.h"
#include "tests/support/random_previous.h"
#include "tests/support/random_round.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Fewer under the sanitizers, which are an order slower; ALLOT_ROUNDS overrides. */
#ifdef __SANITIZE_ADDRESS__
enum { ROUNDS = 60, PLANS_MOST = 20000 };
#else
enum { ROUNDS = 400, PLANS_MOST = 100000 };
#endif

static uint64_t rounds(void)
{
    const char *text = getenv("ALLOT_ROUNDS");
    return text == NULL ? ROUNDS : strtoull(text, NULL, 10);
}

/** What became of the rounds of a test. */
typedef struct Tally {
    int wrong_tables, too_many, no_plan, compared;
} Tally;

/** Whether a round has a plan before it, and what is asked of the one after: that answers to it are
 *  settled, or that a need comes first. */
typedef enum Before { WITHOUT_PREVIOUS, WITH_PREVIOUS, SETTLED, URGENT } Before;

static void print_previous(const Round *round)
{
    for (size_t i = 0; i < round->previous_count; i++)
        print_error("  before: %s <- %s  %lld\n", round->needs[round->previous[i].need].id,
                    round->offers[round->previous[i].offer].id,
                    (long long)round->previous[i].quantity);
}

static void fail_round(const TextRound *round, const Pipeline *run, const char *why)
{
    text_round_print(round);
    print_previous(&run->round);
    pipeline_print(run);
    fail_msg("seed %llu: %s", (unsigned long long)round->seed, why);
}

/** The stage values that the plan says of itself against those of its lines. */
static void compare_listed(const TextRound *round, const Pipeline *run, const Brute *brute,
                           const double *values)
{
    for (size_t i = 0; i < run->plan.stage_count; i++) {
        const StageResult *stage = &run->plan.stages[i];
        bool found = false;
        for (size_t s = 0; s < brute_stage_count(brute); s++) {
            if (strcmp(brute_stage_label(brute, s), stage->label) != 0)
                continue;
            double value = stage->maximise ? -values[s] : values[s];
            found = true;
            if (fabs(value - stage->value) > 1e-7 * fmax(1, fabs(value)))
                fail_round(round, run, stage->label);
        }
        if (!found)
            fail_round(round, run, stage->label);
    }
}

static void compare_best(const TextRound *round, Pipeline *run, Brute *brute, const int64_t *best)
{
    size_t at, count = brute_stage_count(brute);
    int64_t *x = ARENA_NEW(run->arena, run->round.need_count * run->round.offer_count, int64_t);
    double *got = ARENA_NEW(run->arena, count, double);
    double *want = ARENA_NEW(run->arena, count, double);
    const char *what;
    brute_take(brute, &run->plan, x);
    if (brute_judge(brute, x, &what) == BRUTE_BROKEN)
        fail_round(round, run, what);
    brute_values(brute, x, got);
    brute_values(brute, best, want);
    if (brute_compare(brute, got, want, &at) != 0) {
        for (size_t c = 0; c < run->round.need_count * run->round.offer_count; c++)
            if (best[c] != 0)
                print_error("  tried: %s <- %s  %lld\n",
                            run->round.needs[c / run->round.offer_count].id,
                            run->round.offers[c % run->round.offer_count].id, (long long)best[c]);
        print_error("  stage %s: program %.12g, best %.12g\n", brute_stage_label(brute, at),
                    got[at], want[at]);
        fail_round(round, run, "trying every plan finds a better one");
    }
    compare_listed(round, run, brute, got);
}

static Status solve_again(Pipeline *run)
{
    SolveSettings settings = solve_settings_of(&run->round);
    run->step = "formulate";
    TRY(formulation_build(&run->round, &run->pairs, &run->rules, run->arena, &run->form));
    run->step = "solve";
    run->solved++;
    TRY(solve_plan(&run->form, &settings, run->arena, &run->result, &run->plan));
    if (run->result.outcome == SOLVE_INFEASIBLE)
        return STATUS_NO_PLAN;
    if (run->result.outcome == SOLVE_NO_PLAN_YET)
        return STATUS_LIMIT;
    run->step = "reasons";
    TRY(plan_reasons(&run->round, run->pairs.sets, run->arena, &run->plan));
    run->step = "verify";
    return plan_verify(&run->round, &run->plan, true, "plan", run->arena, run->diag, &run->report);
}

/** The run of the tables in @p dir against a plan before them that the seed draws. */
static Pipeline *run_against_previous(const char *dir, uint64_t seed, Before before)
{
    Pipeline *run = pipeline_formulate(dir, NULL, 0);
    TestRandom random = random_seeded(seed);
    if (run->status != STATUS_OK)
        return run;
    random_previous(&run->round, &random);
    run->round.settings.change_first = before == SETTLED;
    run->round.has_urgent = before == URGENT && run->round.need_count > 0;
    if (run->round.has_urgent)
        run->round.urgent = (int)random_between(&random, 0, (int64_t)run->round.need_count - 1);
    run->status = solve_again(run);
    return run;
}

static void compare_round(uint64_t seed, RandomShape shape, Before before, Tally *tally)
{
    char *dir = test_dir_make();
    TextRound *round = random_round(seed, shape);
    text_setting(round, "gap", "0");
    text_setting(round, "nodes", "1000000");
    text_round_write(round, dir);
    Pipeline *run = before == WITHOUT_PREVIOUS ? pipeline_run(dir, NULL, 0)
                                               : run_against_previous(dir, seed, before);
    bool wrong = run->status == STATUS_FINDINGS && strcmp(run->step, "verify") != 0;
    if (round->wrong != NULL && !wrong)
        fail_round(round, run, "the tables are wrong and nobody minds");
    if (!wrong && run->status != STATUS_OK && run->status != STATUS_NO_PLAN)
        fail_round(round, run, "the program fails");
    if (!wrong) {
        long tried;
        Brute *brute = brute_new(&run->round, run->arena);
        int64_t *best =
            ARENA_NEW(run->arena, run->round.need_count * run->round.offer_count + 1, int64_t);
        bool found = brute_best(brute, PLANS_MOST, best, &tried);
        bool all = tried <= PLANS_MOST;
        if (all && found != (run->status == STATUS_OK))
            fail_round(round, run, found ? "there is a plan" : "there is no plan");
        if (all && found)
            compare_best(round, run, brute, best);
        tally->too_many += !all;
        tally->no_plan += all && !found;
        tally->compared += all && found;
    }
    tally->wrong_tables += wrong;
    pipeline_free(run);
    text_round_free(round);
    test_dir_remove(dir);
}

/** Every other round is crowded where @p shape says so. */
static void compare_shapes(const char *name, uint64_t first_seed, RandomShape shape, Before before)
{
    Tally tally = {0};
    bool crowded = shape.crowded;
    for (uint64_t i = 0; i < rounds(); i++) {
        shape.crowded = crowded && i % 2 == 1;
        compare_round(first_seed + i, shape, before, &tally);
    }
    print_message("%s: %d compared, %d without a plan, %d with wrong tables, %d too large\n", name,
                  tally.compared, tally.no_plan, tally.wrong_tables, tally.too_many);
    assert_true(tally.compared > (int)rounds() / 3);
}

static void compare_rounds(const char *name, uint64_t first_seed, int features)
{
    RandomShape shape = {.size = RANDOM_TINY, .features = features, .exact = true};
    compare_shapes(name, first_seed, shape, WITHOUT_PREVIOUS);
}

static void no_plan_is_better_in_rounds_of_everything(void **state)
{
    (void)state;
    compare_rounds("everything", 1000, RANDOM_EVERYTHING);
}

static void no_plan_is_better_in_rounds_of_money(void **state)
{
    (void)state;
    compare_rounds("money", 200000,
                   RANDOM_EVERYTHING &
                       ~(RANDOM_THINGS | RANDOM_PAIRS | RANDOM_FLOORS | RANDOM_WHOLES));
}

/** What most rounds below have besides. */
enum {
    COMMON = RANDOM_THINGS | RANDOM_BOUGHT | RANDOM_TIERS | RANDOM_WEIGHTS | RANDOM_FAIRNESS |
             RANDOM_MEASURE | RANDOM_COVERED | RANDOM_STEPS | RANDOM_BASIS | RANDOM_COSTS |
             RANDOM_FAIRNESS_FIRST
};

static void no_plan_is_better_in_rounds_of_things(void **state)
{
    (void)state;
    compare_rounds("things", 300000, COMMON);
}

static void no_plan_is_better_in_rounds_of_wholes(void **state)
{
    RandomShape shape = {
        .size = RANDOM_TINY,
        .features = COMMON | RANDOM_WHOLES | RANDOM_CATEGORIES | RANDOM_CURRENCIES |
                    RANDOM_PARENTS | RANDOM_OVERHEAD | RANDOM_COMMITMENTS,
        .exact = true,
        .wholes = WHOLE_MINIMA | WHOLE_INDIVISIBLE | WHOLE_TICKETS | WHOLE_TICKET_RULES |
                  WHOLE_MAX_DONORS | WHOLE_MAX_NEEDS | WHOLE_COUNT_RULES | WHOLE_WRONG,
        .crowded = true};
    (void)state;
    compare_shapes("wholes", 400000, shape, WITHOUT_PREVIOUS);
}

static void no_plan_is_better_in_rounds_of_logic(void **state)
{
    RandomShape shape = {.size = RANDOM_TINY,
                         .features = COMMON | RANDOM_WHOLES | RANDOM_UNKNOWN | RANDOM_EARMARKS |
                                     RANDOM_MAX_VALUE,
                         .exact = true,
                         .wholes = WHOLE_REQUIRES | WHOLE_BUNDLES | WHOLE_ALTERNATIVES |
                                   WHOLE_OUTCOMES | WHOLE_MINIMA | WHOLE_INDIVISIBLE | WHOLE_WRONG,
                         .crowded = true};
    (void)state;
    compare_shapes("logic", 500000, shape, WITHOUT_PREVIOUS);
}

static void no_plan_is_better_in_rounds_of_late_stages(void **state)
{
    RandomShape shape = {.size = RANDOM_TINY,
                         .features = COMMON | RANDOM_WHOLES | RANDOM_CURRENCIES | RANDOM_LAPSES |
                                     RANDOM_PARENTS | RANDOM_OVERHEAD | RANDOM_BUDGETS,
                         .exact = true,
                         .wholes = WHOLE_FEES | WHOLE_BURDEN | WHOLE_SPLITS | WHOLE_ORDER,
                         .crowded = true};
    (void)state;
    compare_shapes("late stages", 600000, shape, WITHOUT_PREVIOUS);
}

static void no_plan_is_better_against_a_plan_before(void **state)
{
    RandomShape shape = {.size = RANDOM_TINY,
                         .features = COMMON | RANDOM_WHOLES | RANDOM_EARMARKS | RANDOM_UNKNOWN,
                         .exact = true,
                         .wholes = WHOLE_SPLITS | WHOLE_BURDEN | WHOLE_ORDER | WHOLE_ALTERNATIVES,
                         .crowded = true};
    (void)state;
    compare_shapes("a plan before", 700000, shape, WITH_PREVIOUS);
}

static void no_plan_is_better_where_answers_are_settled(void **state)
{
    RandomShape shape = {.size = RANDOM_TINY,
                         .features = COMMON | RANDOM_WHOLES | RANDOM_EARMARKS | RANDOM_COMMITMENTS,
                         .exact = true,
                         .wholes = WHOLE_INDIVISIBLE | WHOLE_MINIMA | WHOLE_ORDER | WHOLE_REQUIRES,
                         .crowded = true};
    (void)state;
    compare_shapes("answers settled", 800000, shape, SETTLED);
}

static void no_plan_is_better_where_a_need_is_urgent(void **state)
{
    RandomShape shape = {.size = RANDOM_TINY,
                         .features = COMMON | RANDOM_WHOLES | RANDOM_EARMARKS | RANDOM_COMMITMENTS |
                                     RANDOM_UNKNOWN,
                         .exact = true,
                         .wholes = WHOLE_INDIVISIBLE | WHOLE_MINIMA | WHOLE_ORDER | WHOLE_REQUIRES |
                                   WHOLE_OUTCOMES | WHOLE_ALTERNATIVES,
                         .crowded = true};
    (void)state;
    compare_shapes("an urgent need", 900000, shape, URGENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_plan_is_better_in_rounds_of_everything),
        cmocka_unit_test(no_plan_is_better_in_rounds_of_money),
        cmocka_unit_test(no_plan_is_better_in_rounds_of_things),
        cmocka_unit_test(no_plan_is_better_in_rounds_of_wholes),
        cmocka_unit_test(no_plan_is_better_in_rounds_of_logic),
        cmocka_unit_test(no_plan_is_better_in_rounds_of_late_stages),
        cmocka_unit_test(no_plan_is_better_against_a_plan_before),
        cmocka_unit_test(no_plan_is_better_where_answers_are_settled),
        cmocka_unit_test(no_plan_is_better_where_a_need_is_urgent),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
