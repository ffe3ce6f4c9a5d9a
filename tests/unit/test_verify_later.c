/* The independent check: the values of stages with outcomes and alternatives, and of burden, cost
 * with fees, splits and change, by hand. */
#include "tests/support/verify_case.h"

/* Adds the stage with this value, and asserts that the check finds the same, and another when the
 * plan says a little more. */
static void assert_stage(VerifyCase *c, StageResult stage, double value)
{
    StageResult *row = case_stage(c, stage.kind, "stage", stage.tier, value);

    row->unvalued = stage.unvalued;
    row->in_kind = stage.in_kind;
    assert_accepted(c);
    assert_close(c->report.stages[0].value, value, 0, 1e-14);
    row->bound -= 2 + value; /* better than any plan can be */
    assert_int_equal(case_verify(c), STATUS_OK);
    assert_int_equal(c->report.worse, 1);
    c->plan.stage_count = 0;
}

static const StageResult TIER = {.kind = STAGE_TIER, .tier = 1};
static const StageResult UNVALUED = {.kind = STAGE_UNVALUED, .tier = 1};

/* ---- outcomes ------------------------------------------------------------------------------- */

/* N1 of 100.00 EUR with 60.00, weight 3; N2, an outcome of weight 2 worth 250 USD (225 EUR). */
static VerifyCase *an_outcome(void)
{
    VerifyCase *c = case_new();
    Need *need;

    case_need(c, "N1", "EUR", 10000)->weight = case_decimal("3");
    need = case_need(c, "N2", "EUR", 0);
    need->requires = case_names(c, "N1");
    need->weight = case_decimal("2");
    case_unit_cost(c, need, "250", "USD");
    case_offer(c, "O1", "SE", "EUR", 10000);
    case_line(c, 0, 0, 6000);
    return c;
}

static void an_outcome_counts_its_worth_while_it_is_not_met(void **state)
{
    VerifyCase *c = an_outcome();

    (void)state;
    assert_stage(c, TIER, 570); /* 3 * 40 + 2 * 225 */
    c->round.settings.measure = MEASURE_SHARE;
    assert_stage(c, TIER, 3.2); /* 3 * 0.4 + 2 */
    c->round.settings.measure = MEASURE_QUANTITY;
    assert_stage(c, TIER, 122); /* 3 * 40 + 2 */
    c->plan.assignments[0].quantity = 9999;
    assert_stage(c, TIER, 2.03);
    c->plan.assignments[0].quantity = 10000;
    assert_stage(c, TIER, 0);
    case_free(c);
}

static void an_outcome_is_of_its_own_tier_and_never_unvalued(void **state)
{
    VerifyCase *c = an_outcome();

    (void)state;
    c->round.needs[1].tier = 2;
    assert_stage(c, TIER, 120);
    assert_stage(c, (StageResult){.kind = STAGE_TIER, .tier = 2}, 450);
    c->round.needs[1].tier = 1;
    assert_stage(c, UNVALUED, 0);
    case_stage(c, STAGE_FAIRNESS, "fairness 1.2", 1, 1)->rank = 2;
    assert_rejected(c, DIAG_PLAN_SUM, 0,
                    "number 2 from the bottom (beneficiary): tier 1 has 1 groups");
    case_free(c);
}

/* ---- alternatives --------------------------------------------------------------------------- */

/* One mark. N1: 10 seats at 60 EUR, weight 2 (600); N2: 500.00 EUR of which 100.00 covered, weight 5
 * (400); N3: 400.00 EUR, weight 7 (400, but later). Lines: 100.00 to N2. */
static VerifyCase *alternatives(void)
{
    VerifyCase *c = case_new();

    case_unit_cost(c, case_need(c, "N1", "seat", 10 * THING), "60", "EUR");
    c->round.needs[0].weight = case_decimal("2");
    case_need(c, "N2", "EUR", 50000)->weight = case_decimal("5");
    c->round.needs[1].covered = 10000;
    case_need(c, "N3", "EUR", 40000)->weight = case_decimal("7");
    for (int n = 0; n < 3; n++)
        c->round.needs[n].alternative = case_name(c, "WAN");
    case_offer(c, "O1", "SE", "EUR", 100000);
    case_line(c, 1, 0, 10000);
    return c;
}

static void a_mark_counts_once_by_its_cheapest_member(void **state)
{
    VerifyCase *c = alternatives();

    (void)state;
    assert_stage(c, TIER, 1500); /* 5 * 400 * (1 - 0.25) */
    c->round.needs[2].quantity = 39999;
    assert_stage(c, TIER, 2099.9475); /* 7 * 399.99 * 0.75 */
    c->round.needs[2].quantity_known = false;
    assert_stage(c, TIER, 1500);
    c->round.settings.measure = MEASURE_SHARE; /* N2: 400 of 500; N1: 10 of 10 */
    assert_stage(c, TIER, 3);                  /* 5 * 0.8 * 0.75 */
    c->round.settings.measure = MEASURE_QUANTITY;
    assert_stage(c, TIER, 15); /* N1: 2 * 10 * 0.75 */
    case_free(c);
}

static void a_dearer_member_served_in_full_leaves_nothing(void **state)
{
    VerifyCase *c = alternatives();

    (void)state;
    c->round.needs[1].covered = 0; /* now 500 */
    c->plan.assignments[0] = (Assignment){.need = 0, .quantity = 9 * THING};
    assert_stage(c, TIER, 280); /* 7 * 400 * 0.1 */
    c->plan.assignments[0].quantity = 10 * THING;
    assert_stage(c, TIER, 0);
    case_free(c);
}

static void a_member_that_wants_nothing_is_the_whole_mark(void **state)
{
    VerifyCase *c = alternatives();

    (void)state;
    c->round.needs[1].covered = 50000;
    c->plan.assignment_count = 0;
    assert_stage(c, TIER, 0);
    c->round.needs[0].has_unit_cost = false;
    assert_stage(c, UNVALUED, 0); /* 1 - 1 */
    case_free(c);
}

static void a_mark_with_a_member_without_value_is_unvalued(void **state)
{
    VerifyCase *c = alternatives();

    (void)state;
    assert_stage(c, UNVALUED, 0);
    c->round.needs[0].has_unit_cost = false;
    assert_stage(c, TIER, 0);
    assert_stage(c, UNVALUED, 1.5); /* 2 * 0.75 */
    c->round.needs[0].quantity_known = false;
    assert_stage(c, TIER, 1500);
    assert_stage(c, UNVALUED, 0);
    for (int n = 0; n < 3; n++)
        c->round.needs[n].quantity_known = false;
    c->plan.assignment_count = 0;
    assert_stage(c, TIER, 0);
    case_free(c);
}

/* ---- burden --------------------------------------------------------------------------------- */

/* N1 of 1000.00 EUR, N2 of 10 seats. SE gives 300.00 EUR and 4 seats worth 20 EUR each; NO gives 90
 * EUR (100 USD) and 1 seat worth 50 USD; PL, without a key, 100.00 EUR, of which UNDP's O6. */
static VerifyCase *burdens(void)
{
    VerifyCase *c = case_new();

    case_need(c, "N1", "EUR", 100000);
    case_unit_cost(c, case_need(c, "N2", "seat", 10 * THING), "1000", "EUR");
    case_offer(c, "O1", "SE", "EUR", 100000);
    case_offer(c, "O2", "NO", "USD", 100000);
    case_offer(c, "O3", "PL", "EUR", 100000);
    case_offer(c, "O4", "SE", "seat", 10 * THING);
    case_offer(c, "O5", "NO", "seat", 10 * THING);
    case_offer(c, "O6", "UNDP", "EUR", 100000);
    case_parent(c, &c->round.offers[5], &c->round.offers[2]);
    c->round.offers[3].has_unit_value = c->round.offers[4].has_unit_value = true;
    c->round.offers[3].unit_value = case_decimal("20");
    c->round.offers[4].unit_value = case_decimal("50");
    c->round.offers[4].currency = case_name(c, "USD");
    case_donor(c, "SE")->has_share_key = case_donor(c, "NO")->has_share_key = true;
    case_donor(c, "SE")->share_key = case_decimal("0.5");
    case_donor(c, "NO")->share_key = case_decimal("1.5");
    case_line(c, 0, 0, 30000);
    case_line(c, 0, 1, 9000);
    case_line(c, 0, 5, 10000);
    case_line(c, 1, 3, 4 * THING);
    case_line(c, 1, 4, 1 * THING);
    return c;
}

static void burden_is_the_distance_from_the_keys(void **state)
{
    VerifyCase *c = burdens();

    (void)state;
    /* 390 together: a quarter is 97.5; |300 - 97.5| + |90 - 292.5| */
    assert_stage(c, (StageResult){.kind = STAGE_BURDEN}, 405);
    /* 80 and 45: |80 - 31.25| + |45 - 93.75| */
    assert_stage(c, (StageResult){.kind = STAGE_BURDEN, .in_kind = true}, 97.5);
    c->round.offers[4].has_unit_value = false; /* 80: |80 - 20| + |0 - 60| */
    assert_stage(c, (StageResult){.kind = STAGE_BURDEN, .in_kind = true}, 120);
    case_free(c);
}

static void the_burden_of_what_is_passed_on_is_the_first_donors(void **state)
{
    VerifyCase *c = burdens();

    (void)state;
    case_donor(c, "PL")->has_share_key = true;
    case_donor(c, "PL")->share_key = case_decimal("2"); /* a half */
    /* 490: |300 - 61.25| + |90 - 183.75| + |100 - 245| */
    assert_stage(c, (StageResult){.kind = STAGE_BURDEN}, 477.5);
    c->round.offers[5].overhead = case_decimal("0.2"); /* 125.00 gross: 515 */
    /* |300 - 64.375| + |90 - 193.125| + |125 - 257.5| */
    assert_stage(c, (StageResult){.kind = STAGE_BURDEN}, 471.25);
    case_free(c);
}

static void without_keys_or_lines_there_is_no_burden(void **state)
{
    VerifyCase *c = burdens();

    (void)state;
    case_donor(c, "SE")->has_share_key = case_donor(c, "NO")->has_share_key = false;
    assert_stage(c, (StageResult){.kind = STAGE_BURDEN}, 0);
    case_donor(c, "SE")->has_share_key = true;
    case_donor(c, "SE")->share_key = case_decimal("0");
    assert_stage(c, (StageResult){.kind = STAGE_BURDEN}, 0);
    case_donor(c, "SE")->share_key = case_decimal("3"); /* alone it gives all of what it gives */
    assert_stage(c, (StageResult){.kind = STAGE_BURDEN}, 0);
    case_free(c);
}

/* ---- cost, splits --------------------------------------------------------------------------- */

static void a_fee_is_paid_once_for_each_combination_with_a_line(void **state)
{
    VerifyCase *c = burdens();
    RuleRow *rule = case_rule(c, "R1", RULE_FEE);

    (void)state;
    rule->has_value = true;
    rule->value = case_decimal("10");
    rule->currency = case_name(c, "USD");
    assert_stage(c, (StageResult){.kind = STAGE_COST}, 9);
    rule->each = 1u << SELECT_DONOR; /* the lines' own: SE, NO, UNDP */
    assert_stage(c, (StageResult){.kind = STAGE_COST}, 27);
    rule->each |= 1u << SELECT_NEED; /* SE and NO for two needs */
    assert_stage(c, (StageResult){.kind = STAGE_COST}, 45);
    rule->select[SELECT_DONOR] = case_names(c, "PL"); /* none of its own */
    assert_stage(c, (StageResult){.kind = STAGE_COST}, 0);
    rule->select[SELECT_DONOR] = case_names(c, "SE");
    c->round.offers[0].cost = case_decimal("0.5"); /* of 300 */
    assert_stage(c, (StageResult){.kind = STAGE_COST}, 168);
    case_free(c);
}

static void splits_are_the_lines(void **state)
{
    VerifyCase *c = burdens();

    (void)state;
    assert_stage(c, (StageResult){.kind = STAGE_SPLITS}, 5);
    case_line(c, 0, 2, 1);
    assert_stage(c, (StageResult){.kind = STAGE_SPLITS}, 6);
    c->plan.assignment_count = 0;
    assert_stage(c, (StageResult){.kind = STAGE_SPLITS}, 0);
    case_free(c);
}

/* ---- change --------------------------------------------------------------------------------- */

static void change_is_the_value_that_moves(void **state)
{
    VerifyCase *c = burdens();

    (void)state;
    c->round.has_previous = true; /* of nothing: 490 and 5 seats at 1000 */
    assert_stage(c, (StageResult){.kind = STAGE_CHANGE}, 5490);
    case_previous(c, 0, 0, 25000);     /* 50 more now */
    case_previous(c, 0, 1, 9000);      /* as before */
    case_previous(c, 0, 2, 7000);      /* 70 gone; UNDP's 100 are new */
    case_previous(c, 1, 4, 3 * THING); /* 2 seats gone; the 4 of O4 are new */
    assert_stage(c, (StageResult){.kind = STAGE_CHANGE}, 6220);
    assert_stage(c, (StageResult){.kind = STAGE_CHANGE, .unvalued = true}, 0);
    c->round.needs[1].has_unit_cost = false;
    assert_stage(c, (StageResult){.kind = STAGE_CHANGE}, 220);
    assert_stage(c, (StageResult){.kind = STAGE_CHANGE, .unvalued = true}, 0.6);
    c->plan.assignment_count = 3;
    c->round.needs[1].quantity_known = false; /* counts nowhere */
    assert_stage(c, (StageResult){.kind = STAGE_CHANGE, .unvalued = true}, 0);
    case_free(c);
}

static void what_went_before_and_what_comes_after_are_both_moved(void **state)
{
    VerifyCase *c = burdens();

    (void)state;
    c->plan.assignments[0] = c->plan.assignments[1]; /* N1 from O2 alone: 90 */
    c->plan.assignment_count = 1;
    case_previous(c, 0, 0, 100);
    case_previous(c, 0, 2, 300);
    case_previous(c, 1, 0, 5 * THING); /* barred or not, it counts in full */
    assert_stage(c, (StageResult){.kind = STAGE_CHANGE}, 5094);
    case_free(c);
}

static void change_without_the_plan_before_is_not_compared(void **state)
{
    VerifyCase *c = burdens();
    size_t count;

    (void)state;
    case_stage(c, STAGE_CHANGE, "change", 0, 77);
    case_stage(c, STAGE_CHANGE, "change unvalued", 0, 0.5)->unvalued = true;
    assert_int_equal(case_verify(c), STATUS_OK);
    (void)diag_findings(c->diag, &count);
    assert_int_equal(count, 1);
    assert_finding(c, DIAG_PLAN_STALE,
                   "change, value moved against the previous plan: it cannot be worked out again "
                   "without the plan");
    assert_close(c->report.stages[0].value, 77, 0, 0);
    c->round.has_previous = true;
    assert_int_equal(case_verify(c), STATUS_OK);
    assert_finding(
        c, DIAG_PLAN_WORSE,
        "change, value moved against the previous plan: EUR 5,490.00; as decided it was EUR "
        "77.00: the price of the change is EUR 5,413.00 more");
    case_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_outcome_counts_its_worth_while_it_is_not_met),
        cmocka_unit_test(an_outcome_is_of_its_own_tier_and_never_unvalued),
        cmocka_unit_test(a_mark_counts_once_by_its_cheapest_member),
        cmocka_unit_test(a_dearer_member_served_in_full_leaves_nothing),
        cmocka_unit_test(a_member_that_wants_nothing_is_the_whole_mark),
        cmocka_unit_test(a_mark_with_a_member_without_value_is_unvalued),
        cmocka_unit_test(burden_is_the_distance_from_the_keys),
        cmocka_unit_test(the_burden_of_what_is_passed_on_is_the_first_donors),
        cmocka_unit_test(without_keys_or_lines_there_is_no_burden),
        cmocka_unit_test(a_fee_is_paid_once_for_each_combination_with_a_line),
        cmocka_unit_test(splits_are_the_lines),
        cmocka_unit_test(change_is_the_value_that_moves),
        cmocka_unit_test(what_went_before_and_what_comes_after_are_both_moved),
        cmocka_unit_test(change_without_the_plan_before_is_not_compared),
    };

    return cmocka_run_group_tests_name("verify later stages", tests, NULL, no_arena_is_left);
}
