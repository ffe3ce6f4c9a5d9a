/* The independent check: tickets (C7), least amounts of an offer, of a donor's money and of the
 * rules table. */
#include "tests/support/verify_case.h"

/* N1 and N2 of 1000.00 EUR, N3 of 10 seats at 50 EUR. O1 (EUR) and O2 (USD at 0.9) of SE, O3 of SE in
 * seats, O4 of NO in EUR, paid out of O1. Lines: N1 90.00 from O1 and 90.00 from O2 (100.00 USD);
 * N2 50.00 from O4; N3 2 seats from O3. */
static VerifyCase *four_lines(void)
{
    VerifyCase *c = case_new();

    case_need(c, "N1", "EUR", 100000)->category = case_name(c, "HW");
    case_need(c, "N2", "EUR", 100000)->category = case_name(c, "TRN");
    case_unit_cost(c, case_need(c, "N3", "seat", 10 * THING), "50", "EUR");
    case_offer(c, "O1", "SE", "EUR", 100000);
    case_offer(c, "O2", "SE", "USD", 100000);
    case_offer(c, "O3", "SE", "seat", 10 * THING);
    case_offer(c, "O4", "NO", "EUR", 100000);
    case_parent(c, &c->round.offers[3], &c->round.offers[0]);
    case_line(c, 0, 0, 9000);
    case_line(c, 0, 1, 9000);
    case_line(c, 1, 3, 5000);
    case_line(c, 2, 2, 2 * THING);
    return c;
}

static void an_offer_gives_a_need_its_ticket_or_nothing(void **state)
{
    VerifyCase *c = four_lines();

    (void)state;
    c->round.offers[0].min_ticket = 9000; /* what its child gives is not its own */
    c->round.offers[1].min_ticket = 10000;
    c->round.offers[2].min_ticket = 2 * THING;
    assert_accepted(c);
    c->round.offers[1].min_ticket++;
    assert_rejected(c, DIAG_PLAN_RULE, 3,
                    "N1 from O2: EUR 90.00 takes USD 100.00, but offers.csv:3 (min_ticket) asks "
                    "for at least USD 100.01 or nothing");
    c->round.offers[1].min_ticket = 0;
    c->round.offers[2].min_ticket++;
    assert_rejected(c, DIAG_PLAN_RULE, 5, "offers.csv:4 (min_ticket)");
    case_free(c);
}

static void the_ticket_of_an_offer_is_gross(void **state)
{
    VerifyCase *c = four_lines();

    (void)state;
    c->round.offers[0].overhead = case_decimal("0.1"); /* 90.00 are 100.00 gross */
    c->round.offers[0].min_ticket = 10000;
    assert_accepted(c);
    c->plan.assignments[0].quantity = 8999; /* 9998.888.. cents, up */
    assert_rejected(c, DIAG_PLAN_RULE, 2, "takes EUR 99.99");
    c->round.offers[0].min_ticket = 9999;
    assert_accepted(c);
    case_free(c);
}

/* In euros SE gives N1 180.00, N2 50.00 through O4; its seats are no money. */
static void a_donors_ticket_is_over_all_its_money_for_one_need(void **state)
{
    VerifyCase *c = four_lines();
    Donor *donor = case_donor(c, "SE");

    (void)state;
    donor->min_ticket = 5000;
    assert_accepted(c);
    donor->min_ticket = 5001;
    assert_rejected(
        c, DIAG_PLAN_RULE, 4,
        "N2: the money of SE gives it EUR 50.00, but donors.csv:2 (min_ticket) asks for "
        "at least EUR 50.01 or nothing");
    c->plan.assignments[2].quantity = 20000;
    donor->min_ticket = 18000;
    assert_accepted(c);
    donor->min_ticket = 18001;
    assert_rejected(c, DIAG_PLAN_RULE, 3, "N1: the money of SE gives it EUR 180.00");
    donor->min_ticket = 0;
    case_donor(c, "NO")->min_ticket = 100000; /* O4's money is SE's */
    assert_accepted(c);
    case_free(c);
}

/* 90.00 EUR are 360.00 PLN, 100.00 USD too; 50.00 EUR are 200.00 PLN. */
static void a_donors_ticket_is_in_its_own_currency(void **state)
{
    VerifyCase *c = four_lines();
    Donor *donor = case_donor(c, "SE");

    (void)state;
    donor->currency = case_name(c, "PLN");
    donor->min_ticket = 20000;
    assert_accepted(c);
    c->plan.assignments[2].quantity = 4999; /* 199.96 PLN */
    assert_rejected(c, DIAG_PLAN_RULE, 4, "gives it PLN 199.96");
    donor->currency = case_name(c, "USD"); /* 49.99 EUR are 55.5444.. USD, up to 55.55 */
    donor->min_ticket = 5555;
    assert_accepted(c);
    donor->min_ticket = 5556;
    assert_rejected(c, DIAG_PLAN_RULE, 4, "gives it USD 55.55");
    case_free(c);
}

static RuleRow *ticket(VerifyCase *c, const char *value)
{
    RuleRow *rule = case_rule(c, "R1", RULE_TICKET);

    rule->has_value = true;
    rule->value = case_decimal(value);
    return rule;
}

/* N1 180.00, N2 50.00, N3 100.00. */
static void a_rules_ticket_is_for_all_its_lines_together(void **state)
{
    VerifyCase *c = four_lines();
    RuleRow *rule = ticket(c, "330");

    (void)state;
    assert_accepted(c);
    rule->value = case_decimal("330.01");
    assert_rejected(c, DIAG_PLAN_RULE, 5,
                    "R1: 4 lines come to EUR 330.00, but rules.csv:2 (value) asks for at least "
                    "EUR 330.01 or nothing");
    rule->select[SELECT_OFFER] = case_names(c, "O9");
    assert_accepted(c); /* no line at all */
    case_free(c);
}

static void a_ticket_for_each_is_kept_by_each_that_has_a_line(void **state)
{
    VerifyCase *c = four_lines();
    RuleRow *rule = ticket(c, "50");

    (void)state;
    rule->each = 1u << SELECT_NEED;
    case_need(c, "N4", "EUR", 100);
    assert_accepted(c); /* N4 has nothing */
    rule->value = case_decimal("50.01");
    assert_rejected(c, DIAG_PLAN_RULE, 4, "R1 [need = N2]: 1 lines come to EUR 50.00");
    rule->each |= 1u << SELECT_OFFER;
    rule->value = case_decimal("90.01");
    assert_int_equal(case_verify(c), STATUS_FINDINGS);
    assert_int_equal(c->report.broken, 3);
    assert_finding(c, DIAG_PLAN_RULE, "R1 [offer = O2, need = N1]: 1 lines come to EUR 90.00");
    case_free(c);
}

static void a_ticket_in_units_counts_the_units(void **state)
{
    VerifyCase *c = four_lines();
    RuleRow *rule = case_rule(c, "R1", RULE_TICKET);

    (void)state;
    rule->has_quantity = true;
    rule->quantity = case_decimal("2");
    rule->unit = c->round.needs[2].unit;
    rule->select[SELECT_NEED] = case_names(c, "N3");
    assert_accepted(c);
    rule->quantity = case_decimal("2.000001");
    assert_rejected(c, DIAG_PLAN_RULE, 5, "rules.csv:2 (quantity) asks for at least 2.000001 seat");
    case_free(c);
}

static void a_ticket_that_says_too_little_is_never_taken_as_kept(void **state)
{
    VerifyCase *c = four_lines();
    RuleRow *rule = case_rule(c, "R1", RULE_TICKET);

    (void)state;
    assert_rejected(c, DIAG_PLAN_RULE, 0, "R1: rules.csv:2 (value) says too little");
    rule->has_share = true;
    assert_rejected(c, DIAG_PLAN_RULE, 0, "R1: rules.csv:2 (share) says too little");
    case_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_offer_gives_a_need_its_ticket_or_nothing),
        cmocka_unit_test(the_ticket_of_an_offer_is_gross),
        cmocka_unit_test(a_donors_ticket_is_over_all_its_money_for_one_need),
        cmocka_unit_test(a_donors_ticket_is_in_its_own_currency),
        cmocka_unit_test(a_rules_ticket_is_for_all_its_lines_together),
        cmocka_unit_test(a_ticket_for_each_is_kept_by_each_that_has_a_line),
        cmocka_unit_test(a_ticket_in_units_counts_the_units),
        cmocka_unit_test(a_ticket_that_says_too_little_is_never_taken_as_kept),
    };

    return cmocka_run_group_tests_name("verify tickets", tests, NULL, no_arena_is_left);
}
