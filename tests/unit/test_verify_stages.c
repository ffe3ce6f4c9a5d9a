/* The independent check: the value of every kind of stage by hand, and the comparison with what the
 * plan says and with the bounds. */
#include "tests/support/verify_case.h"

#include <math.h>

/* Tier 1: N1, 1000.00 EUR, 200.00 covered, weight 2, KHARKIV; N2, 4 seats at 150 EUR, SUMY; N3, 5
 * visits without a value. Tier 2: N4, 300.00 EUR, SUMY.
 * Lines: O1 (EUR, committed) 500.00 to N1 and 2 seats (300.00) to N2; O2 (seats, pledged) 1 seat;
 * O3 (visits, paid) 2 visits; O4 (USD, pledged) 200.00 EUR to N4, 222.23 USD. */
static VerifyCase *two_tiers(void)
{
    VerifyCase *c = case_new();
    Need *first = case_need(c, "N1", "EUR", 100000);

    first->covered = 20000;
    first->weight = case_decimal("2");
    first->beneficiary = case_name(c, "KHARKIV");
    case_unit_cost(c, case_need(c, "N2", "seat", 4 * THING), "150", "EUR");
    c->round.needs[1].beneficiary = case_name(c, "SUMY");
    case_need(c, "N3", "visit", 5 * THING)->weight = case_decimal("0.5");
    case_need(c, "N4", "EUR", 30000)->tier = 2;
    c->round.needs[3].beneficiary = case_name(c, "SUMY");
    case_offer(c, "O1", "SE", "EUR", 100000);
    case_offer(c, "O2", "NO", "seat", 3 * THING)->status = BASIS_PLEDGED;
    case_offer(c, "O3", "NO", "visit", 3 * THING)->status = BASIS_PAID;
    case_offer(c, "O4", "US", "USD", 30000)->status = BASIS_PLEDGED;
    c->round.settings.plan_on = BASIS_PLEDGED;
    case_line(c, 0, 0, 50000);
    case_line(c, 1, 0, 2 * THING);
    case_line(c, 1, 1, 1 * THING);
    case_line(c, 2, 2, 2 * THING);
    case_line(c, 3, 3, 20000);
    return c;
}

/* Adds the stage with this value, and asserts that the check finds the same. */
static StageResult *assert_stage(VerifyCase *c, StageResult stage, double value)
{
    StageResult *row = case_stage(c, stage.kind, "stage", stage.tier, value);
    size_t last = c->plan.stage_count - 1;

    row->rank = stage.rank;
    row->basis = stage.basis;
    row->unvalued = stage.unvalued;
    row->date = stage.date;
    assert_accepted(c);
    assert_close(c->report.stages[last].value, value, 0, 1e-14);
    return row;
}

/* ---- values --------------------------------------------------------------------------------- */

static void a_tier_by_value_is_the_weighted_unmet_value(void **state)
{
    VerifyCase *c = two_tiers();

    (void)state;
    /* N1: 2 * (800 - 500); N2: 1 seat of 150; N3 has no value */
    assert_stage(c, (StageResult){.kind = STAGE_TIER, .tier = 1}, 750);
    assert_stage(c, (StageResult){.kind = STAGE_TIER, .tier = 2}, 100);
    assert_string_equal(c->report.stages[0].label, "stage");
    case_free(c);
}

static void a_tier_by_share_is_the_weighted_unmet_share(void **state)
{
    VerifyCase *c = two_tiers();

    (void)state;
    c->round.settings.measure = MEASURE_SHARE;
    /* 2 * 300 / 1000 + 1 / 4 + 0.5 * 3 / 5 */
    assert_stage(c, (StageResult){.kind = STAGE_TIER, .tier = 1}, 1.15);
    case_free(c);
}

static void a_tier_by_quantity_is_in_whole_units(void **state)
{
    VerifyCase *c = two_tiers();

    (void)state;
    c->round.settings.measure = MEASURE_QUANTITY;
    assert_stage(c, (StageResult){.kind = STAGE_TIER, .tier = 2}, 100);
    /* were all units the same: 2 * 300 + 1 + 0.5 * 3 */
    assert_stage(c, (StageResult){.kind = STAGE_TIER, .tier = 1}, 602.5);
    case_free(c);
}

static void unvalued_needs_count_by_share(void **state)
{
    VerifyCase *c = two_tiers();

    (void)state;
    assert_stage(c, (StageResult){.kind = STAGE_UNVALUED, .tier = 1}, 0.3);
    c->round.needs[2].quantity_known = false;
    c->plan.assignments[3] = c->plan.assignments[4];
    c->plan.assignment_count--;
    c->plan.stage_count = 0;
    assert_stage(c, (StageResult){.kind = STAGE_UNVALUED, .tier = 1}, 0);
    case_free(c);
}

/* KHARKIV: (200 + 500) / 1000; SUMY in tier 1: 3 / 4; N3, for nobody, alone: 2 / 5. */
static void fairness_is_the_shares_of_the_groups_smallest_first(void **state)
{
    VerifyCase *c = two_tiers();

    (void)state;
    assert_stage(c, (StageResult){.kind = STAGE_FAIRNESS, .tier = 1, .rank = 1}, 0.4);
    assert_stage(c, (StageResult){.kind = STAGE_FAIRNESS, .tier = 1, .rank = 2}, 0.7);
    assert_stage(c, (StageResult){.kind = STAGE_FAIRNESS, .tier = 1, .rank = 3}, 0.75);
    assert_stage(c, (StageResult){.kind = STAGE_FAIRNESS, .tier = 2, .rank = 1}, 2.0 / 3);
    case_free(c);
}

static void a_group_is_weighed_by_value_unless_one_has_none(void **state)
{
    VerifyCase *c = two_tiers();

    (void)state;
    c->round.settings.fairness = FAIRNESS_REGION;
    for (int n = 0; n < 3; n++)
        c->round.needs[n].region = case_name(c, "UA-63");
    c->round.needs[2].tier = 2;
    /* (700 + 450) / (1000 + 600) */
    assert_stage(c, (StageResult){.kind = STAGE_FAIRNESS, .tier = 1, .rank = 1}, 0.71875);
    c->round.needs[2].tier = 1;
    /* (0.7 + 0.75 + 0.4) / 3 */
    c->plan.stage_count = 0;
    assert_stage(c, (StageResult){.kind = STAGE_FAIRNESS, .tier = 1, .rank = 1}, 1.85 / 3);
    case_free(c);
}

static void groups_by_category_and_by_need(void **state)
{
    VerifyCase *c = two_tiers();

    (void)state;
    c->round.settings.fairness = FAIRNESS_CATEGORY;
    c->round.needs[1].category = case_name(c, "TRN");
    c->round.needs[2].category = case_name(c, "TRN");
    /* HW: 0.7; TRN: (0.75 + 0.4) / 2 */
    assert_stage(c, (StageResult){.kind = STAGE_FAIRNESS, .tier = 1, .rank = 1}, 0.575);
    assert_stage(c, (StageResult){.kind = STAGE_FAIRNESS, .tier = 1, .rank = 2}, 0.7);
    c->round.settings.fairness = FAIRNESS_NEED;
    c->plan.stage_count = 0;
    assert_stage(c, (StageResult){.kind = STAGE_FAIRNESS, .tier = 1, .rank = 3}, 0.75);
    c->round.settings.fairness_by_quantity = true;
    c->plan.stage_count = 0;
    /* N1: 700 / 2; N2: 3; N3: 2 / 0.5 */
    assert_stage(c, (StageResult){.kind = STAGE_FAIRNESS, .tier = 1, .rank = 1}, 3);
    assert_stage(c, (StageResult){.kind = STAGE_FAIRNESS, .tier = 1, .rank = 2}, 4);
    assert_stage(c, (StageResult){.kind = STAGE_FAIRNESS, .tier = 1, .rank = 3}, 350);
    case_free(c);
}

static void coverage_counts_in_fairness_up_to_the_quantity(void **state)
{
    VerifyCase *c = two_tiers();

    (void)state;
    c->round.needs[3].covered = 40000;
    c->plan.assignment_count--; /* it wants nothing */
    assert_stage(c, (StageResult){.kind = STAGE_FAIRNESS, .tier = 2, .rank = 1}, 1);
    case_free(c);
}

static void a_rank_without_a_group_is_refused(void **state)
{
    VerifyCase *c = two_tiers();

    (void)state;
    case_stage(c, STAGE_FAIRNESS, "fairness 1.4", 1, 1)->rank = 4;
    assert_rejected(
        c, DIAG_PLAN_SUM, 0,
        "fairness in tier 1, number 4 from the bottom (beneficiary): tier 1 has 3 groups");
    case_free(c);
}

static void firmness_is_the_value_on_that_basis(void **state)
{
    VerifyCase *c = two_tiers();

    (void)state;
    assert_stage(c, (StageResult){.kind = STAGE_FIRMNESS, .tier = 1, .basis = BASIS_PLEDGED}, 150);
    assert_stage(c, (StageResult){.kind = STAGE_FIRMNESS, .tier = 1, .basis = BASIS_COMMITTED},
                 800);
    assert_stage(c, (StageResult){.kind = STAGE_FIRMNESS, .tier = 2, .basis = BASIS_PLEDGED}, 200);
    c->round.offers[2].status = BASIS_PLEDGED; /* 2 of 5 visits */
    assert_stage(
        c,
        (StageResult){.kind = STAGE_FIRMNESS, .tier = 1, .basis = BASIS_PLEDGED, .unvalued = true},
        0.4);
    case_parent(c, &c->round.offers[0], &c->round.offers[3]); /* pledged now, as its parent is */
    c->round.offers[3].quantity = 200000;
    c->plan.stage_count = 0;
    assert_stage(c, (StageResult){.kind = STAGE_FIRMNESS, .tier = 1, .basis = BASIS_PLEDGED}, 950);
    case_free(c);
}

/* O1 leaves 200.00 EUR, O2 2 seats (unit_value 80), O4 300.00 - 222.23 USD at 0.9. */
static void lapsing_is_the_value_of_what_is_left(void **state)
{
    VerifyCase *c = two_tiers();

    (void)state;
    c->round.offers[0].lapses = case_date("2026-03-31");
    c->round.offers[1].lapses = case_date("2026-03-31");
    c->round.offers[1].has_unit_value = true;
    c->round.offers[1].unit_value = case_decimal("80");
    c->round.offers[3].lapses = case_date("2026-02-28");
    assert_stage(c, (StageResult){.kind = STAGE_LAPSING, .date = case_date("2026-02-28")}, 69.993);
    assert_stage(c, (StageResult){.kind = STAGE_LAPSING, .date = case_date("2026-03-31")}, 360);
    assert_stage(c, (StageResult){.kind = STAGE_LAPSING, .date = DATE_NONE}, 0);
    case_free(c);
}

/* O1: 0.5 * (500 + 300), but the pair N2-O1 costs 7 a seat; O2: -2 * 1; O4: 1 * 200. */
static void cost_is_by_value_by_unit_or_by_pair(void **state)
{
    VerifyCase *c = two_tiers();
    PairRow *pair;

    (void)state;
    c->round.offers[0].cost = case_decimal("0.5");
    c->round.offers[1].cost = case_decimal("-2");
    c->round.offers[3].cost = case_decimal("1");
    assert_stage(c, (StageResult){.kind = STAGE_COST}, 598);
    pair = case_pair(c, 1, 0);
    pair->has_cost = true;
    pair->cost = case_decimal("7");
    c->plan.stage_count = 0;
    assert_stage(c, (StageResult){.kind = STAGE_COST}, 462);
    case_free(c);
}

/* ---- what the plan says and what was proven -------------------------------------------------- */

static void a_worse_stage_is_the_price_of_an_edit(void **state)
{
    VerifyCase *c = two_tiers();

    (void)state;
    case_stage(c, STAGE_TIER, "tier 1", 1, 750);
    case_stage(c, STAGE_TIER, "tier 2", 2, 100);
    assert_accepted(c);
    c->plan.assignments[0].quantity -= 10000; /* 100.00 less, weight 2 */
    assert_int_equal(case_verify(c), STATUS_OK);
    assert_int_equal(c->report.worse, 1);
    assert_int_equal(c->report.broken, 0);
    assert_finding(c, DIAG_PLAN_WORSE,
                   "tier 1, unmet, each need times its weight: EUR 950.00; as decided it was "
                   "EUR 750.00: the price of the change is EUR 200.00 more");
    case_free(c);
}

/* Of 500 millions 400 are given, then 50 euros less: half a millionth of what is left. */
static void euros_of_millions_are_worse_too(void **state)
{
    VerifyCase *c = case_new();

    (void)state;
    case_need(c, "N1", "EUR", INT64_C(50000000000));
    case_offer(c, "O1", "SE", "EUR", INT64_C(40000000000));
    case_line(c, 0, 0, INT64_C(40000000000));
    case_stage(c, STAGE_TIER, "tier 1", 1, 100000000);
    assert_accepted(c);
    c->plan.assignments[0].quantity -= 5000;
    assert_int_equal(case_verify(c), STATUS_OK);
    assert_int_equal(c->report.worse, 1);
    assert_finding(c, DIAG_PLAN_WORSE,
                   "tier 1, unmet: EUR 100,000,050.00; as decided it was EUR 100,000,000.00: the "
                   "price of the change is EUR 50.00 more");
    case_free(c);
}

/* A line of 10 millions costs nothing; one that is not drawn would cost -100 a euro. What solvers hold money to, a
 * billionth, is a cent of 10 millions, and a euro of such a line: no more than that is noise. */
static void a_dear_line_that_is_not_drawn_makes_no_stage_worse(void **state)
{
    VerifyCase *c = case_new();
    StageResult *stage;
    PairRow *pair;

    (void)state;
    case_need(c, "N1", "EUR", INT64_C(1000000000));
    case_offer(c, "O1", "SE", "EUR", INT64_C(1000000000));
    case_offer(c, "O2", "NO", "EUR", INT64_C(1000000000));
    case_line(c, 0, 0, INT64_C(1000000000));
    pair = case_pair(c, 0, 1);
    pair->has_cost = true;
    pair->cost = case_decimal("-100");
    stage = case_stage(c, STAGE_COST, "cost", 0, 0);
    stage->bound = -0.9;
    assert_int_equal(case_verify(c), STATUS_OK);
    assert_int_equal(c->report.worse, 0);
    stage->bound = -1.1;
    assert_int_equal(case_verify(c), STATUS_OK);
    assert_int_equal(c->report.worse, 1);
    case_free(c);
}

static void after_a_worse_stage_a_better_one_is_no_contradiction(void **state)
{
    VerifyCase *c = two_tiers();

    (void)state;
    case_stage(c, STAGE_TIER, "tier 1", 1, 600);
    case_stage(c, STAGE_TIER, "tier 2", 2, 150);
    assert_int_equal(case_verify(c), STATUS_OK);
    assert_int_equal(c->report.worse, 1);
    c->plan.stages[0].value = c->plan.stages[0].bound = 750;
    assert_rejected(
        c, DIAG_PLAN_SUM, 0,
        "tier 2, unmet: the plan reaches EUR 100.00, but no plan can be better than the "
        "bound EUR 150.00");
    case_free(c);
}

/* Tier 1 gave a cent away in rounding. That may have freed a whole seat for tier 2, but of money
 * alone no more than cents. */
static void a_cent_lost_above_may_free_a_piece_but_not_money(void **state)
{
    VerifyCase *c = two_tiers();

    (void)state;
    case_stage(c, STAGE_TIER, "tier 1", 1, 750)->bound = 749.99;
    case_stage(c, STAGE_TIER, "tier 2", 2, 150);
    assert_int_equal(case_verify(c), STATUS_OK);
    assert_int_equal(c->report.worse, 0);
    assert_finding(
        c, DIAG_PLAN_WORSE,
        "tier 2, unmet: EUR 100.00 is better than the bound EUR 150.00, which was proven");
    case_free(c);

    c = case_new();
    case_need(c, "N1", "EUR", 1001);
    case_need(c, "N2", "EUR", 1000)->tier = 2;
    case_offer(c, "O1", "SE", "EUR", 2000);
    case_line(c, 0, 0, 1000);
    case_line(c, 1, 0, 1000);
    case_stage(c, STAGE_TIER, "tier 1", 1, 0.01)->bound = 0;
    case_stage(c, STAGE_TIER, "tier 2", 2, 0.01);
    assert_accepted(c);
    c->plan.stages[1].value = c->plan.stages[1].bound = 5;
    assert_rejected(c, DIAG_PLAN_SUM, 0,
                    "tier 2, unmet: the plan reaches EUR 0.00, but no plan can be better");
    case_free(c);
}

static void a_stage_of_fairness_is_better_when_larger(void **state)
{
    VerifyCase *c = two_tiers();
    StageResult *stage = case_stage(c, STAGE_FAIRNESS, "fairness 1.1", 1, 0.4);

    (void)state;
    stage->rank = 1;
    assert_accepted(c);
    stage->value = stage->bound = 0.5;
    assert_int_equal(case_verify(c), STATUS_OK);
    assert_finding(
        c, DIAG_PLAN_WORSE,
        "fairness in tier 1, the worst-served beneficiary: 40%; as decided it was 50%: the "
        "price of the change is 10 percentage points less");
    stage->value = stage->bound = 0.3;
    assert_rejected(c, DIAG_PLAN_SUM, 0, "no plan can be better than the bound 30%");
    case_free(c);
}

static void rounding_of_money_and_a_stated_gap_are_no_loss(void **state)
{
    VerifyCase *c = two_tiers();
    StageResult *stage = case_stage(c, STAGE_TIER, "tier 2", 2, 100);

    (void)state;
    stage->bound = 99.99; /* a cent: rounding */
    assert_accepted(c);
    stage->bound = 98;
    assert_int_equal(case_verify(c), STATUS_OK);
    assert_int_equal(c->report.worse, 1);
    stage->status = STAGE_WITHIN_GAP;
    c->round.settings.gap = case_decimal("0.03");
    assert_accepted(c);
    c->round.settings.gap = case_decimal("0.001");
    assert_int_equal(case_verify(c), STATUS_OK);
    assert_int_equal(c->report.worse, 1);
    stage->status = STAGE_LIMIT; /* its own words: 100 at a bound of 98 */
    assert_accepted(c);
    c->plan.assignments[4].quantity -= 1000;
    assert_int_equal(case_verify(c), STATUS_OK);
    assert_int_equal(c->report.worse, 1);
    case_free(c);
}

static void a_bound_must_be_a_number(void **state)
{
    VerifyCase *c = two_tiers();

    (void)state;
    case_stage(c, STAGE_TIER, "tier 2", 2, 100)->bound = (double)NAN;
    assert_rejected(c, DIAG_PLAN_SUM, 0, "tier 2, unmet: its bound is no number");
    c->plan.stages[0].bound = -(double)INFINITY;
    assert_rejected(c, DIAG_PLAN_SUM, 0, "tier 2, unmet: its bound is no number");
    case_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tier_by_value_is_the_weighted_unmet_value),
        cmocka_unit_test(a_tier_by_share_is_the_weighted_unmet_share),
        cmocka_unit_test(a_tier_by_quantity_is_in_whole_units),
        cmocka_unit_test(unvalued_needs_count_by_share),
        cmocka_unit_test(fairness_is_the_shares_of_the_groups_smallest_first),
        cmocka_unit_test(a_group_is_weighed_by_value_unless_one_has_none),
        cmocka_unit_test(groups_by_category_and_by_need),
        cmocka_unit_test(coverage_counts_in_fairness_up_to_the_quantity),
        cmocka_unit_test(a_rank_without_a_group_is_refused),
        cmocka_unit_test(firmness_is_the_value_on_that_basis),
        cmocka_unit_test(lapsing_is_the_value_of_what_is_left),
        cmocka_unit_test(cost_is_by_value_by_unit_or_by_pair),
        cmocka_unit_test(a_worse_stage_is_the_price_of_an_edit),
        cmocka_unit_test(euros_of_millions_are_worse_too),
        cmocka_unit_test(a_dear_line_that_is_not_drawn_makes_no_stage_worse),
        cmocka_unit_test(after_a_worse_stage_a_better_one_is_no_contradiction),
        cmocka_unit_test(a_cent_lost_above_may_free_a_piece_but_not_money),
        cmocka_unit_test(a_stage_of_fairness_is_better_when_larger),
        cmocka_unit_test(rounding_of_money_and_a_stated_gap_are_no_loss),
        cmocka_unit_test(a_bound_must_be_a_number),
    };

    return cmocka_run_group_tests_name("verify stages", tests, NULL, no_arena_is_left);
}
