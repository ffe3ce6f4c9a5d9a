/* The independent check: what needs ask of each other, requirements (C9), bundles (C10) and
 * alternatives (C11). */
#include "tests/support/verify_case.h"

/* Four needs of 100.00 EUR and an offer for all of them. */
static VerifyCase *four_needs(void)
{
    VerifyCase *c = case_new();

    case_need(c, "N1", "EUR", 10000);
    case_need(c, "N2", "EUR", 10000);
    case_need(c, "N3", "EUR", 10000);
    case_need(c, "N4", "EUR", 10000);
    case_offer(c, "O1", "SE", "EUR", 100000);
    return c;
}

/* An outcome that requires this. */
static Need *outcome(VerifyCase *c, const char *id, const char *requires)
{
    Need *need = case_need(c, id, "EUR", 0);

    need->requires = case_names(c, requires);
    return need;
}

/* ---- C9 ------------------------------------------------------------------------------------- */

static void what_is_required_must_be_met_in_full(void **state)
{
    VerifyCase *c = four_needs();

    (void)state;
    c->round.needs[1].requires = case_names(c, "N1;N3");
    case_line(c, 0, 0, 10000);
    case_line(c, 1, 0, 1);
    case_line(c, 2, 0, 10000);
    assert_accepted(c);
    c->plan.assignments[2].quantity--;
    assert_rejected(c, DIAG_PLAN_RULE, 3,
                    "N2: it is given EUR 0.01, but needs.csv:3 (requires) asks for N3 first, which "
                    "is not met in full");
    c->round.needs[2].covered = 1;
    assert_accepted(c);
    c->plan.assignments[0].quantity--;
    c->plan.assignments[1] = c->plan.assignments[2]; /* N2 is given nothing */
    c->plan.assignment_count = 2;
    assert_accepted(c);
    case_free(c);
}

static void what_is_covered_elsewhere_is_full_and_what_is_unknown_never(void **state)
{
    VerifyCase *c = four_needs();
    Need *first = &c->round.needs[0];

    (void)state;
    c->round.needs[1].requires = case_names(c, "N1");
    case_line(c, 1, 0, 1);
    first->covered = 10000;
    assert_accepted(c);
    first->ready = false; /* it wants nothing */
    assert_accepted(c);
    first->quantity_known = false;
    assert_rejected(c, DIAG_PLAN_RULE, 2, "asks for N1 first");
    first->quantity_known = true;
    first->covered = 9999;
    assert_rejected(c, DIAG_PLAN_RULE, 2, "asks for N1 first");
    case_free(c);
}

static void of_a_mark_any_member_will_do(void **state)
{
    VerifyCase *c = four_needs();

    (void)state;
    c->round.needs[0].alternative = c->round.needs[1].alternative = case_name(c, "WAN");
    c->round.needs[2].requires = case_names(c, "WAN");
    case_line(c, 1, 0, 10000);
    case_line(c, 2, 0, 1);
    assert_accepted(c);
    c->plan.assignments[0].quantity--;
    assert_rejected(c, DIAG_PLAN_RULE, 3,
                    "needs.csv:4 (requires) asks for one of WAN first, which is not met in full");
    c->round.needs[0].id = case_name(c, "WAN"); /* a need of that name comes first */
    c->plan.assignments[0].quantity++;
    assert_rejected(c, DIAG_PLAN_RULE, 3, "asks for WAN first");
    case_free(c);
}

static void an_unknown_requirement_is_never_met(void **state)
{
    VerifyCase *c = four_needs();

    (void)state;
    c->round.needs[0].requires = case_names(c, "N9");
    case_line(c, 0, 0, 1);
    assert_rejected(c, DIAG_PLAN_RULE, 2, "N1: it is given EUR 0.01, but needs.csv:2 (requires)");
    case_free(c);
}

/* N4 <- N5 <- N6 <- N1; N6 <- WAN too, which N2 is a member of. */
static void outcomes_are_met_at_any_depth(void **state)
{
    VerifyCase *c = four_needs();

    (void)state;
    outcome(c, "N5", "N6");
    outcome(c, "N6", "N1;WAN");
    c->round.needs[1].alternative = case_name(c, "WAN");
    c->round.needs[3].requires = case_names(c, "N5");
    case_line(c, 0, 0, 10000);
    case_line(c, 1, 0, 10000);
    case_line(c, 3, 0, 1);
    assert_accepted(c);
    c->plan.assignments[0].quantity--;
    assert_rejected(c, DIAG_PLAN_RULE, 4, "N4: it is given EUR 0.01, but needs.csv:5 (requires)");
    c->plan.assignments[0].quantity++;
    c->plan.assignments[1].quantity--;
    assert_rejected(c, DIAG_PLAN_RULE, 4, "asks for N5 first");
    case_free(c);
}

static void outcomes_in_a_circle_do_not_hold_each_other_up(void **state)
{
    VerifyCase *c = four_needs();

    (void)state;
    outcome(c, "N5", "N6");
    outcome(c, "N6", "N5");
    c->round.needs[3].requires = case_names(c, "N5");
    case_line(c, 3, 0, 1);
    assert_rejected(c, DIAG_PLAN_RULE, 2, "asks for N5 first");
    case_free(c);
}

static void an_outcome_takes_nothing_itself(void **state)
{
    VerifyCase *c = four_needs();

    (void)state;
    outcome(c, "N5", "N1");
    case_line(c, 0, 0, 10000);
    case_line(c, 4, 0, 1);
    assert_int_equal(case_verify(c), STATUS_FINDINGS);
    assert_finding(c, DIAG_PLAN_LINE, "N5 from O1: EUR 0.01, but needs.csv:6 (quantity) is 0");
    case_free(c);
}

/* A share of its quantity, and its quantity, are 0: that a line gives it anything is one fault. */
static void a_line_to_an_outcome_is_one_finding(void **state)
{
    VerifyCase *c = four_needs();

    (void)state;
    outcome(c, "N5", "N1");
    c->round.donors[0].has_max_share = true;
    c->round.donors[0].max_share = case_decimal("1");
    case_line(c, 0, 0, 10000);
    case_line(c, 4, 0, 1);
    assert_rejected(c, DIAG_PLAN_LINE, 3, "is 0, an outcome, which takes nothing itself");
    assert_int_equal(c->report.broken, 1);
    case_free(c);
}

/* ---- C10 ------------------------------------------------------------------------------------ */

static void a_bundle_is_served_together_or_not_at_all(void **state)
{
    VerifyCase *c = four_needs();

    (void)state;
    c->round.needs[0].bundle = c->round.needs[2].bundle = case_name(c, "B");
    case_line(c, 0, 0, 10000);
    case_line(c, 1, 0, 5000);
    case_line(c, 2, 0, 10000);
    assert_accepted(c);
    c->plan.assignment_count--;
    assert_rejected(c, DIAG_PLAN_RULE, 2,
                    "N1: it is served, but needs.csv:2 (bundle) ties it to N3 (needs.csv:4 "
                    "(bundle)), which gets nothing");
    c->plan.assignments[0] = c->plan.assignments[1];
    c->plan.assignment_count--;
    assert_accepted(c);
    case_free(c);
}

static void a_member_that_wants_nothing_counts_as_served(void **state)
{
    VerifyCase *c = four_needs();

    (void)state;
    c->round.needs[0].bundle = c->round.needs[2].bundle = case_name(c, "B");
    c->round.needs[2].covered = 10000;
    case_line(c, 0, 0, 10000);
    assert_accepted(c);
    c->round.needs[2].covered = 9999;
    assert_rejected(c, DIAG_PLAN_RULE, 2, "ties it to N3");
    c->round.needs[2].quantity_known = false;
    assert_rejected(c, DIAG_PLAN_RULE, 2, "ties it to N3");
    case_free(c);
}

/* ---- C11 ------------------------------------------------------------------------------------ */

static void of_alternatives_one_is_served(void **state)
{
    VerifyCase *c = four_needs();

    (void)state;
    for (int n = 1; n < 4; n++)
        c->round.needs[n].alternative = case_name(c, "WAN");
    case_line(c, 0, 0, 1);
    case_line(c, 2, 0, 1);
    assert_accepted(c);
    case_line(c, 3, 0, 1);
    assert_rejected(c, DIAG_PLAN_RULE, 4,
                    "N4: it is served, but needs.csv:5 (alternative) allows one of its "
                    "alternatives, and N3 (needs.csv:4 (alternative)) is served already");
    case_free(c);
}

static void coverage_from_elsewhere_chooses_the_alternative(void **state)
{
    VerifyCase *c = four_needs();

    (void)state;
    c->round.needs[0].alternative = c->round.needs[1].alternative = case_name(c, "WAN");
    case_line(c, 0, 0, 1);
    assert_accepted(c);
    c->round.needs[1].covered = 1;
    assert_rejected(c, DIAG_PLAN_RULE, 2,
                    "and N2 (needs.csv:3 (alternative)) is covered elsewhere");
    c->plan.assignments[0].need = 1;
    assert_accepted(c);
    case_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_required_must_be_met_in_full),
        cmocka_unit_test(what_is_covered_elsewhere_is_full_and_what_is_unknown_never),
        cmocka_unit_test(of_a_mark_any_member_will_do),
        cmocka_unit_test(an_unknown_requirement_is_never_met),
        cmocka_unit_test(outcomes_are_met_at_any_depth),
        cmocka_unit_test(outcomes_in_a_circle_do_not_hold_each_other_up),
        cmocka_unit_test(an_outcome_takes_nothing_itself),
        cmocka_unit_test(a_line_to_an_outcome_is_one_finding),
        cmocka_unit_test(a_bundle_is_served_together_or_not_at_all),
        cmocka_unit_test(a_member_that_wants_nothing_counts_as_served),
        cmocka_unit_test(of_alternatives_one_is_served),
        cmocka_unit_test(coverage_from_elsewhere_chooses_the_alternative),
    };

    return cmocka_run_group_tests_name("verify logic", tests, NULL, no_arena_is_left);
}
