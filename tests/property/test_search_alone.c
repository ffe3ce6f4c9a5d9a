/* The search in whole steps by itself, as large rounds of all or nothing get it, on small rounds where
 * GLPK can tell what is right: every plan passes the check, no bound is above what can be reached, and
 * no plan is better than what was proven.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/pipeline.h"
#include "tests/support/random_round.h"

#ifdef __SANITIZE_ADDRESS__
enum { ROUNDS = 40 };
#else
enum { ROUNDS = 250 };
#endif

/* What the search can decide alone: nothing is demanded, everything has a value. */
enum {
    FEATURES = RANDOM_TIERS | RANDOM_CATEGORIES | RANDOM_CURRENCIES | RANDOM_BUDGETS |
               RANDOM_MAX_VALUE | RANDOM_MAX_SHARE | RANDOM_EARMARKS | RANDOM_WINDOWS | RANDOM_ODA |
               RANDOM_CIVIL | RANDOM_OVERHEAD | RANDOM_PARENTS | RANDOM_COVERED | RANDOM_WEIGHTS |
               RANDOM_STEPS | RANDOM_FORBID | RANDOM_LIMITS | RANDOM_BASIS | RANDOM_LAPSES |
               RANDOM_COSTS | RANDOM_FAIRNESS | RANDOM_UNKNOWN | RANDOM_WHOLES,
    WHOLES = WHOLE_MINIMA | WHOLE_INDIVISIBLE | WHOLE_TICKETS | WHOLE_TICKET_RULES |
             WHOLE_MAX_DONORS | WHOLE_MAX_NEEDS | WHOLE_COUNT_RULES | WHOLE_REQUIRES | WHOLE_BUNDLES
};

typedef struct Tally {
    int alone;   /* decided by the search alone, */
    int bounded; /* tiers of them whose proven optimum was there to compare with */
} Tally;

/** What GLPK alone proves of a stage; false when it has not. */
static bool proven(const Pipeline *plain, const char *label, double *value)
{
    for (size_t s = 0; s < plain->plan.stage_count; s++)
        if (strcmp(plain->plan.stages[s].label, label) == 0) {
            *value = plain->plan.stages[s].value;
            return plain->plan.stages[s].status == STAGE_OPTIMAL;
        }
    return false;
}

/** The first tier alone can be compared: what comes later hangs on what it reached. */
static void compare_first_tier(const Pipeline *plain, const Plan *plan, uint64_t seed, Tally *tally)
{
    double best, cents = 0.02 * (double)(plan->assignment_count + 1);
    for (size_t s = 0; s < plan->stage_count; s++) {
        const StageResult *stage = &plan->stages[s];
        if (stage->kind != STAGE_TIER)
            continue;
        if (!proven(plain, stage->label, &best))
            return;
        if (stage->bound > best + cents || stage->value < best - cents)
            fail_msg("seed %llu: %s: value %.10g, bound %.10g, GLPK proves %.10g",
                     (unsigned long long)seed, stage->label, stage->value, stage->bound, best);
        tally->bounded++;
        return;
    }
}

static void search_round(uint64_t seed, Tally *tally)
{
    RandomShape shape = {
        .size = RANDOM_TINY, .features = FEATURES, .wholes = WHOLES, .exact = seed % 2 == 0};
    TextRound *round = random_round(seed, shape);
    char *dir = test_dir_make();
    text_round_write(round, dir);
    SettingRow engine = {.key = "engine", .value = "plain", .place = {.file = "--set"}};
    Pipeline *plain = pipeline_run(dir, &engine, 1);
    Pipeline *run = pipeline_formulate(dir, NULL, 0);
    if (plain->status == STATUS_OK && run->status == STATUS_OK && run->form.has_switches) {
        SolveSettings settings = solve_settings_of(&run->round);
        settings.alone_from = 1;
        assert_int_equal(solve_plan(&run->form, &settings, run->arena, &run->result, &run->plan),
                         STATUS_OK);
        assert_true(solve_outcome_has_plan(run->result.outcome));
        assert_int_equal(plan_reasons(&run->round, run->pairs.sets, run->arena, &run->plan),
                         STATUS_OK);
        Status status =
            plan_verify(&run->round, &run->plan, true, "plan", run->arena, run->diag, &run->report);
        if (status != STATUS_OK) {
            text_round_print(round);
            pipeline_print(run);
        }
        assert_int_equal(status, STATUS_OK);
        tally->alone += run->result.iterations == 0;
        if (run->result.iterations == 0)
            compare_first_tier(plain, &run->plan, seed, tally);
    }
    pipeline_free(run);
    pipeline_free(plain);
    text_round_free(round);
    test_dir_remove(dir);
}

static void the_search_alone_keeps_every_rule_and_every_bound(void **state)
{
    Tally tally = {0};
    (void)state;
    for (uint64_t i = 0; i < ROUNDS; i++)
        search_round(9100000 + i, &tally);
    print_message("%d rounds decided by the search alone, %d first tiers compared\n", tally.alone,
                  tally.bounded);
    assert_true(tally.alone > ROUNDS / 10);
    assert_true(tally.bounded > ROUNDS / 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_search_alone_keeps_every_rule_and_every_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
