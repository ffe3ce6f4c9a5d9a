/* The independent check: what a stage that has become worse is called, and how its values are written. */
#include "tests/support/verify_case.h"

#include <string.h>

/* N1: 10 seats without a price, 4 of them from O2. N2: 1,000.00 EUR, 700.00 of them from O1, which is
 * pledged, lapses in March, and costs 1 for each euro. */
static VerifyCase *seats_and_money(void)
{
    VerifyCase *c = case_new();
    Offer *offer;

    case_need(c, "N1", "seat", 10 * THING);
    case_need(c, "N2", "EUR", 100000);
    offer = case_offer(c, "O1", "SE", "EUR", 200000);
    offer->status = BASIS_PLEDGED;
    offer->cost = case_decimal("1");
    offer->lapses = case_date("2026-03-31");
    case_offer(c, "O2", "SE", "seat", 10 * THING);
    c->round.settings.plan_on = BASIS_PLEDGED;
    case_line(c, 0, 1, 4 * THING);
    case_line(c, 1, 0, 70000);
    return c;
}

/* Asserts that the stage, which was decided at DECIDED and is worse now, is told in these words. */
static void assert_told(VerifyCase *c, StageResult stage, double decided, const char *words)
{
    StageResult *row = case_stage(c, stage.kind, stage.label, stage.tier, decided);

    row->rank = stage.rank;
    row->basis = stage.basis;
    row->unvalued = stage.unvalued;
    row->date = stage.date;
    assert_int_equal(case_verify(c), STATUS_OK);
    assert_finding(c, DIAG_PLAN_WORSE, words);
    assert_int_equal(c->report.worse, 1);
    c->plan.stage_count = 0;
}

static void tiers_are_told_in_money_shares_and_units(void **state)
{
    VerifyCase *c = seats_and_money();
    const StageResult tier = {.kind = STAGE_TIER, .label = "tier 1", .tier = 1};

    (void)state;
    assert_told(c, tier, 250.5,
                "tier 1, unmet: EUR 300.00; as decided it was EUR 250.50: the price of the change "
                "is EUR 49.50 more");
    c->round.settings.measure = MEASURE_SHARE; /* 0.6 of N1, 0.3 of N2 */
    assert_told(c, tier, 0.65,
                "tier 1, sum of unmet shares: 0.9; as decided it was 0.65: the price of the change "
                "is 0.25 more");
    c->round.settings.measure = MEASURE_QUANTITY;
    c->round.needs[1].tier = 2;
    assert_told(c, tier, 5,
                "tier 1, unmet units: 6 seat; as decided it was 5 seat: the price of the change is "
                "1 seat more");
    c->round.needs[0].weight = case_decimal("2");
    assert_told(c, tier, 10.5, "tier 1, unmet units, each need times its weight: 12 seat; as");
    case_free(c);
}

static void needs_without_value_and_groups_are_told_in_shares(void **state)
{
    VerifyCase *c = seats_and_money();

    (void)state;
    assert_told(c, (StageResult){.kind = STAGE_UNVALUED, .label = "unvalued 1", .tier = 1}, 0.35,
                "tier 1, needs without money value: sum of unmet shares: 0.6; as decided it was "
                "0.35: the price of the change is 0.25 more");
    c->round.settings.fairness = FAIRNESS_NEED; /* 40% and 70% */
    assert_told(
        c, (StageResult){.kind = STAGE_FAIRNESS, .label = "fairness 1.1", .tier = 1, .rank = 1},
        0.725,
        "fairness in tier 1, the worst-served need: 40%; as decided it was 72.5%: the "
        "price of the change is 32.5 percentage points less");
    assert_told(
        c, (StageResult){.kind = STAGE_FAIRNESS, .label = "fairness 1.2", .tier = 1, .rank = 2},
        0.7003,
        "fairness in tier 1, number 2 from the bottom (need): 70%; as decided it was "
        "70.03%: the price of the change is 0.03 percentage points less");
    case_free(c);
}

static void what_comes_after_the_tiers_is_told_as_the_workbook_calls_it(void **state)
{
    VerifyCase *c = seats_and_money();

    (void)state;
    assert_told(c,
                (StageResult){.kind = STAGE_FIRMNESS,
                              .label = "firmness pledged 1",
                              .tier = 1,
                              .basis = BASIS_PLEDGED},
                0,
                "firmness in tier 1, what rests on offers that are only pledged: EUR 700.00; as");
    assert_told(c,
                (StageResult){.kind = STAGE_LAPSING,
                              .label = "lapsing 2026-03-31",
                              .date = case_date("2026-03-31")},
                1299,
                "lapsing, what is left of offers that lapse on 2026-03-31: EUR 1,300.00; as "
                "decided it was EUR 1,299.00: the price of the change is EUR 1.00 more");
    assert_told(c, (StageResult){.kind = STAGE_COST, .label = "cost"}, 650.25,
                "cost, sum of costs and fees: 700; as decided it was 650.25: the price of the "
                "change is 49.75 more");
    assert_told(
        c, (StageResult){.kind = STAGE_SPLITS, .label = "splits"}, 1,
        "splits, number of lines: 2; as decided it was 1: the price of the change is 1 more");
    c->round.has_previous = true;
    assert_told(c, (StageResult){.kind = STAGE_CHANGE, .label = "change"}, 0,
                "change, value moved against the previous plan: EUR 700.00; as decided it was EUR "
                "0.00");
    assert_told(c, (StageResult){.kind = STAGE_URGENT, .label = "urgent N1"}, 5,
                "urgent need N1, unmet: 6 seat; as decided it was 5 seat: the price of the change "
                "is 1 seat more");
    case_free(c);
}

/* The plan says itself that it stays 20.00 from a bound that was not reached: nothing was changed. */
static void a_plan_that_always_was_worse_than_its_bound_is_held_against_that(void **state)
{
    VerifyCase *c = seats_and_money();
    StageResult *stage = case_stage(c, STAGE_TIER, "tier 1", 1, 300);

    (void)state;
    stage->bound = 280;
    assert_int_equal(case_verify(c), STATUS_OK);
    assert_finding(c, DIAG_PLAN_WORSE,
                   "tier 1, unmet: EUR 300.00 is worse by EUR 20.00 than the bound EUR 280.00");
    case_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tiers_are_told_in_money_shares_and_units),
        cmocka_unit_test(needs_without_value_and_groups_are_told_in_shares),
        cmocka_unit_test(what_comes_after_the_tiers_is_told_as_the_workbook_calls_it),
        cmocka_unit_test(a_plan_that_always_was_worse_than_its_bound_is_held_against_that),
    };

    return cmocka_run_group_tests_name("verify stage words", tests, NULL, no_arena_is_left);
}
