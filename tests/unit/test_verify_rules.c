/* The independent check: limits, floors and reserves (C5), their selectors and `each`. */
#include "tests/support/verify_case.h"

/* Three needs: N1 of KHARKIV (tags A and B) and N2 of SUMY (tag B) of 1000.00 EUR each, N3 of 10
 * seats at 50 EUR. Offers: O1 of SE and O2 of NO in EUR, O3 of SE in seats. Lines: 400.00 and 300.00
 * for N1, 200.00 of O1 for N2, 4 seats (200.00 EUR). */
static VerifyCase *four_lines(void)
{
    VerifyCase *c = case_new();

    case_need(c, "N1", "EUR", 100000)->tags = case_names(c, "A;B");
    case_need(c, "N2", "EUR", 100000)->tags = case_names(c, "B");
    case_unit_cost(c, case_need(c, "N3", "seat", 10 * THING), "50", "EUR");
    c->round.needs[0].beneficiary = case_name(c, "KHARKIV");
    c->round.needs[1].beneficiary = case_name(c, "SUMY");
    c->round.needs[2].category = case_name(c, "TRN");
    case_offer(c, "O1", "SE", "EUR", 100000);
    case_offer(c, "O2", "NO", "EUR", 100000);
    case_offer(c, "O3", "SE", "seat", 10 * THING);
    c->round.offers[2].category = case_names(c, "TRN");
    case_line(c, 0, 0, 40000);
    case_line(c, 0, 1, 30000);
    case_line(c, 1, 0, 20000);
    case_line(c, 2, 2, 4 * THING);
    return c;
}

static RuleRow *value_rule(VerifyCase *c, RuleWord kind, const char *value)
{
    RuleRow *rule = case_rule(c, "R1", kind);

    rule->has_value = true;
    rule->value = case_decimal(value);
    return rule;
}

/* ---- limits and floors ---------------------------------------------------------------------- */

static void a_limit_bounds_the_value_of_what_it_selects(void **state)
{
    VerifyCase *c = four_lines();
    RuleRow *rule = value_rule(c, RULE_LIMIT, "800");

    (void)state;
    rule->select[SELECT_DONOR] = case_names(c, "SE"); /* 400 + 200 + 200 in kind */
    assert_accepted(c);
    rule->value = case_decimal("799.99");
    assert_rejected(
        c, DIAG_PLAN_RULE, 5,
        "R1: 3 lines come to EUR 800.00, but rules.csv:2 (value) allows at most EUR 799.99");
    case_free(c);
}

static void a_floor_asks_for_at_least_its_value(void **state)
{
    VerifyCase *c = four_lines();
    RuleRow *rule = value_rule(c, RULE_FLOOR, "300");

    (void)state;
    rule->select[SELECT_OFFER] = case_names(c, "O2");
    assert_accepted(c);
    rule->value = case_decimal("300.01");
    assert_rejected(c, DIAG_PLAN_RULE, 3, "rules.csv:2 (value) asks for at least EUR 300.01");
    rule->select[SELECT_NEED] = case_names(c, "N2");
    assert_rejected(c, DIAG_PLAN_RULE, 0, "R1: 0 lines come to EUR 0.00");
    case_free(c);
}

/* 700.00 EUR are 777.777.. USD: the bound is converted exactly, never rounded. */
static void a_bound_in_another_currency_is_converted_exactly(void **state)
{
    VerifyCase *c = four_lines();
    RuleRow *rule = value_rule(c, RULE_LIMIT, "777.777778");

    (void)state;
    rule->currency = case_name(c, "USD");
    rule->select[SELECT_NEED] = case_names(c, "N1");
    assert_accepted(c);
    rule->value = case_decimal("777.777777");
    assert_rejected(c, DIAG_PLAN_RULE, 3, "allows at most EUR 699.9999993");
    rule->kind = RULE_FLOOR;
    assert_accepted(c);
    rule->value = case_decimal("777.777778");
    assert_rejected(c, DIAG_PLAN_RULE, 3, "asks for at least EUR 700.0000002");
    case_free(c);
}

static void a_share_is_of_all_that_is_planned(void **state)
{
    VerifyCase *c = four_lines();
    RuleRow *rule = case_rule(c, "R1", RULE_LIMIT);

    (void)state;
    rule->has_share = true;
    rule->share = case_decimal("0.272727273"); /* of 1100.00: 300.00 and a hair */
    rule->select[SELECT_DONOR] = case_names(c, "NO");
    assert_accepted(c);
    rule->share = case_decimal("0.272727272");
    assert_rejected(c, DIAG_PLAN_RULE, 3, "rules.csv:2 (share) allows at most");
    rule->kind = RULE_FLOOR;
    assert_accepted(c);
    rule->share = case_decimal("0.272727273");
    assert_rejected(c, DIAG_PLAN_RULE, 3, "asks for at least");
    case_free(c);
}

static void a_quantity_is_in_need_units_when_the_needs_have_the_unit(void **state)
{
    VerifyCase *c = four_lines();
    RuleRow *rule = case_rule(c, "R1", RULE_LIMIT);

    (void)state;
    rule->has_quantity = true;
    rule->quantity = case_decimal("4");
    rule->unit = c->round.needs[2].unit;
    rule->select[SELECT_CATEGORY] = case_names(c, "TRN"); /* money may serve it too */
    assert_accepted(c);
    rule->quantity = case_decimal("3.9");
    assert_rejected(c, DIAG_PLAN_RULE, 5, "R1: 1 lines come to 4 seat, but rules.csv:2 (quantity)");
    case_free(c);
}

/* O1 keeps half: 600.00 arrive of 1200.00 gross, and gross counts since N3 is in seats. */
static void a_quantity_is_gross_when_only_the_offers_have_the_unit(void **state)
{
    VerifyCase *c = four_lines();
    RuleRow *rule = case_rule(c, "R1", RULE_LIMIT);

    (void)state;
    c->round.offers[0].overhead = case_decimal("0.5");
    c->round.offers[0].quantity = 120000;
    rule->has_quantity = true;
    rule->quantity = case_decimal("1200");
    rule->unit = c->round.currency;
    rule->select[SELECT_OFFER] = case_names(c, "O1");
    assert_accepted(c);
    rule->quantity = case_decimal("1199.99");
    assert_rejected(c, DIAG_PLAN_RULE, 4, "R1: 2 lines come to EUR 1,200.00");
    rule->select[SELECT_NEED] = case_names(c, "N1;N2"); /* now net: 600.00 */
    assert_accepted(c);
    rule->quantity = case_decimal("599.99");
    assert_rejected(c, DIAG_PLAN_RULE, 4, "R1: 2 lines come to EUR 600.00");
    case_free(c);
}

static void a_quantity_in_mixed_units_cannot_be_checked(void **state)
{
    VerifyCase *c = four_lines();
    RuleRow *rule = case_rule(c, "R1", RULE_LIMIT);

    (void)state;
    rule->has_quantity = true;
    rule->quantity = case_decimal("100");
    rule->unit = c->round.needs[2].unit;
    assert_rejected(c, DIAG_PLAN_RULE, 0, "R1: rules.csv:2 (unit) is neither the unit of all");
    case_free(c);
}

static void a_need_without_value_counts_nothing_in_a_value_rule(void **state)
{
    VerifyCase *c = four_lines();

    (void)state;
    value_rule(c, RULE_LIMIT, "900");
    c->round.needs[2].has_unit_cost = false;
    assert_accepted(c);
    c->round.needs[2].has_unit_cost = true;
    assert_rejected(c, DIAG_PLAN_RULE, 5, "R1: 4 lines come to EUR 1,100.00");
    case_free(c);
}

/* ---- each ----------------------------------------------------------------------------------- */

static void each_beneficiary_has_the_limit_for_itself(void **state)
{
    VerifyCase *c = four_lines();
    RuleRow *rule = value_rule(c, RULE_LIMIT, "700");

    (void)state;
    rule->each = 1u << SELECT_BENEFICIARY;
    assert_accepted(c);
    rule->value = case_decimal("699.99");
    assert_rejected(c, DIAG_PLAN_RULE, 3, "R1 [beneficiary = KHARKIV]: 2 lines come to EUR 700.00");
    case_free(c);
}

static void a_need_with_two_tags_is_in_two_parts(void **state)
{
    VerifyCase *c = four_lines();
    RuleRow *rule = value_rule(c, RULE_LIMIT, "900");

    (void)state;
    rule->each = 1u << SELECT_TAG; /* A: 700, B: 900 */
    assert_accepted(c);
    rule->value = case_decimal("899.99");
    assert_rejected(c, DIAG_PLAN_RULE, 4, "R1 [tag = B]: 3 lines come to EUR 900.00");
    rule->select[SELECT_TAG] = case_names(c, "A"); /* splits into the selected tags only */
    assert_accepted(c);
    case_free(c);
}

static void combinations_of_two_words_are_apart(void **state)
{
    VerifyCase *c = four_lines();
    RuleRow *rule = value_rule(c, RULE_LIMIT, "600");

    (void)state;
    rule->each = (1u << SELECT_TAG) | (1u << SELECT_DONOR); /* SE A 400, SE B 600, NO A 300 */
    assert_accepted(c);
    rule->value = case_decimal("599.99");
    assert_rejected(c, DIAG_PLAN_RULE, 4, "R1 [donor = SE, tag = B]: 2 lines come to EUR 600.00");
    rule->each = (1u << SELECT_PRIORITY) | (1u << SELECT_CATEGORY);
    assert_rejected(c, DIAG_PLAN_RULE, 4, "R1 [category = HW, priority = 1]: 3 lines");
    case_free(c);
}

static void a_floor_for_each_holds_where_nothing_was_given(void **state)
{
    VerifyCase *c = four_lines();
    RuleRow *rule = value_rule(c, RULE_FLOOR, "1");

    (void)state;
    rule->each = 1u << SELECT_DONOR;
    rule->select[SELECT_CATEGORY] = case_names(c, "HW");
    assert_accepted(c);
    case_offer(c, "O4", "PL", "EUR", 100)->only_needs = case_names(c, "N3");
    /* PL cannot serve any need of the kind: then the floor cannot be kept, as one without `each` */
    assert_rejected(c, DIAG_PLAN_RULE, 0, "R1 [donor = PL]: 0 lines come to EUR 0.00");
    c->round.offers[3].only_needs = case_names(c, "N2");
    assert_rejected(c, DIAG_PLAN_RULE, 0, "R1 [donor = PL]: 0 lines come to EUR 0.00");
    rule->select[SELECT_DONOR] = case_names(c, "SE;NO"); /* there is no part for PL */
    assert_accepted(c);
    case_free(c);
}

static void a_rule_on_a_parent_does_not_reach_what_is_paid_out_of_it(void **state)
{
    VerifyCase *c = four_lines();
    RuleRow *rule = value_rule(c, RULE_LIMIT, "600");

    (void)state;
    case_parent(c, &c->round.offers[1], &c->round.offers[0]); /* O2 of NO is paid out of O1 */
    rule->select[SELECT_OFFER] = case_names(c, "O1");
    assert_accepted(c);
    rule->select[SELECT_OFFER] = (NameList){0};
    rule->each = 1u << SELECT_OFFER;
    assert_accepted(c);
    rule->value = case_decimal("599.99");
    assert_rejected(c, DIAG_PLAN_RULE, 4, "R1 [offer = O1]: 2 lines come to EUR 600.00");
    case_free(c);
}

/* ---- reserves ------------------------------------------------------------------------------- */

/* O1 leaves 400.00, O2 700.00, O3 6 seats: what these are worth (unit_value) is no money. */
static void a_reserve_in_value_stays_unplanned(void **state)
{
    VerifyCase *c = four_lines();
    RuleRow *rule = value_rule(c, RULE_RESERVE, "1100");

    (void)state;
    c->round.offers[2].has_unit_value = true;
    c->round.offers[2].unit_value = case_decimal("10");
    assert_accepted(c);
    rule->value = case_decimal("1100.01");
    assert_rejected(
        c, DIAG_PLAN_RULE, 5,
        "R1: EUR 1,100.00 is left unplanned, but rules.csv:2 (value) reserves EUR 1,100.01");
    rule->select[SELECT_OFFER] = case_names(c, "O2");
    rule->value = case_decimal("700");
    assert_accepted(c);
    rule->value = case_decimal("700.01");
    assert_rejected(c, DIAG_PLAN_RULE, 3, "EUR 700.00 is left unplanned");
    case_free(c);
}

static void a_reserve_in_units_is_of_offers_in_that_unit(void **state)
{
    VerifyCase *c = four_lines();
    RuleRow *rule = case_rule(c, "R1", RULE_RESERVE);

    (void)state;
    rule->has_quantity = true;
    rule->quantity = case_decimal("6");
    rule->unit = c->round.needs[2].unit;
    rule->select[SELECT_OFFER] = case_names(c, "O3");
    assert_accepted(c);
    rule->quantity = case_decimal("6.5");
    assert_rejected(c, DIAG_PLAN_RULE, 5, "R1: 6 seat is left unplanned");
    rule->select[SELECT_OFFER] = (NameList){0};
    assert_rejected(c, DIAG_PLAN_RULE, 0, "rules.csv:2 (unit) is not the unit of all its offers");
    case_free(c);
}

static void a_reserved_share_is_of_what_the_offers_have(void **state)
{
    VerifyCase *c = four_lines();
    RuleRow *rule = case_rule(c, "R1", RULE_RESERVE);

    (void)state;
    rule->has_share = true;
    rule->share = case_decimal("0.55"); /* 1100.00 of 2000.00 */
    rule->select[SELECT_OFFER] = case_names(c, "O1;O2");
    assert_accepted(c);
    rule->share = case_decimal("0.5500001");
    assert_rejected(c, DIAG_PLAN_RULE, 4, "R1: EUR 1,100.00 is left unplanned");
    rule->share = case_decimal("0.41"); /* of each: O1 keeps 40 % */
    rule->each = 1u << SELECT_OFFER;
    assert_rejected(c, DIAG_PLAN_RULE, 4, "R1 [offer = O1]: EUR 400.00");
    case_free(c);
}

/* O2 paid out of O1: 1000.00 less 900.00 are left of both together. */
static void of_an_offer_and_its_child_only_the_upper_is_counted(void **state)
{
    VerifyCase *c = four_lines();
    RuleRow *rule = value_rule(c, RULE_RESERVE, "100");

    (void)state;
    case_parent(c, &c->round.offers[1], &c->round.offers[0]);
    rule->select[SELECT_DONOR] = case_names(c, "SE;NO");
    rule->select[SELECT_OFFER] = case_names(c, "O1;O2");
    assert_accepted(c);
    rule->value = case_decimal("100.01");
    assert_rejected(c, DIAG_PLAN_RULE, 4, "R1: EUR 100.00 is left unplanned");
    rule->select[SELECT_OFFER] = case_names(c, "O2"); /* the child's own 700.00 */
    rule->value = case_decimal("700");
    assert_accepted(c);
    case_free(c);
}

static void a_reserve_for_needs_is_kept_by_the_offers_that_may_serve_them(void **state)
{
    VerifyCase *c = four_lines();
    RuleRow *rule = value_rule(c, RULE_RESERVE, "400");

    (void)state;
    c->round.offers[1].only_needs = case_names(c, "N1");
    rule->select[SELECT_NEED] = case_names(c, "N2"); /* O1 alone may serve it */
    assert_accepted(c);
    rule->value = case_decimal("400.01");
    assert_rejected(c, DIAG_PLAN_RULE, 4, "R1: EUR 400.00 is left unplanned");
    case_free(c);
}

static void a_reserve_of_nothing_is_not_kept(void **state)
{
    VerifyCase *c = four_lines();
    RuleRow *rule = value_rule(c, RULE_RESERVE, "1");

    (void)state;
    rule->select[SELECT_DONOR] = case_names(c, "PL");
    assert_rejected(c, DIAG_PLAN_RULE, 0, "R1: EUR 0.00 is left unplanned");
    case_free(c);
}

/* O3 has seats alone: there is no money of it to be kept back, nor anything to check. */
static void a_part_of_a_reserve_with_nothing_to_keep_is_not_asked(void **state)
{
    VerifyCase *c = four_lines();
    RuleRow *rule = value_rule(c, RULE_RESERVE, "400");

    (void)state;
    rule->each = 1u << SELECT_OFFER;
    assert_accepted(c);
    rule->value = case_decimal("400.01");
    assert_rejected(c, DIAG_PLAN_RULE, 4, "R1 [offer = O1]: EUR 400.00 is left unplanned");
    case_free(c);
}

/* ---- what cannot be checked ------------------------------------------------------------------ */

static void a_rule_that_cannot_be_checked_is_never_taken_as_kept(void **state)
{
    VerifyCase *c = four_lines();
    RuleRow *rule = value_rule(c, RULE_LIMIT, "9999999");

    (void)state;
    assert_accepted(c);
    rule->currency = case_name(c, "CHF");
    assert_rejected(c, DIAG_PLAN_RULE, 0,
                    "R1: rules.csv:2 (value) is in a currency without a rate");
    rule->kind = RULE_RESERVE;
    assert_rejected(c, DIAG_PLAN_RULE, 0,
                    "R1: rules.csv:2 (value) is in a currency without a rate");
    case_free(c);
}

static void a_fee_forbids_nothing(void **state)
{
    VerifyCase *c = four_lines();

    (void)state;
    value_rule(c, RULE_FEE, "1000000");
    assert_accepted(c);
    case_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_limit_bounds_the_value_of_what_it_selects),
        cmocka_unit_test(a_floor_asks_for_at_least_its_value),
        cmocka_unit_test(a_bound_in_another_currency_is_converted_exactly),
        cmocka_unit_test(a_share_is_of_all_that_is_planned),
        cmocka_unit_test(a_quantity_is_in_need_units_when_the_needs_have_the_unit),
        cmocka_unit_test(a_quantity_is_gross_when_only_the_offers_have_the_unit),
        cmocka_unit_test(a_quantity_in_mixed_units_cannot_be_checked),
        cmocka_unit_test(a_need_without_value_counts_nothing_in_a_value_rule),
        cmocka_unit_test(each_beneficiary_has_the_limit_for_itself),
        cmocka_unit_test(a_need_with_two_tags_is_in_two_parts),
        cmocka_unit_test(combinations_of_two_words_are_apart),
        cmocka_unit_test(a_floor_for_each_holds_where_nothing_was_given),
        cmocka_unit_test(a_rule_on_a_parent_does_not_reach_what_is_paid_out_of_it),
        cmocka_unit_test(a_reserve_in_value_stays_unplanned),
        cmocka_unit_test(a_reserve_in_units_is_of_offers_in_that_unit),
        cmocka_unit_test(a_reserved_share_is_of_what_the_offers_have),
        cmocka_unit_test(of_an_offer_and_its_child_only_the_upper_is_counted),
        cmocka_unit_test(a_reserve_for_needs_is_kept_by_the_offers_that_may_serve_them),
        cmocka_unit_test(a_reserve_of_nothing_is_not_kept),
        cmocka_unit_test(a_part_of_a_reserve_with_nothing_to_keep_is_not_asked),
        cmocka_unit_test(a_rule_that_cannot_be_checked_is_never_taken_as_kept),
        cmocka_unit_test(a_fee_forbids_nothing),
    };

    return cmocka_run_group_tests_name("verify rules", tests, NULL, no_arena_is_left);
}
