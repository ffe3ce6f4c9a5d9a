/* The independent check: the least useful amount of a need (C6). Every test has a plan at the bound
 * and one below it by a smallest part or step. */
#include "tests/support/verify_case.h"

/* 1000.00 EUR and an offer that may give all of it; one line of @p given cents. */
static VerifyCase *one_need(int64_t given)
{
    VerifyCase *c = case_new();

    case_need(c, "N1", "EUR", 100000);
    case_offer(c, "O1", "SE", "EUR", 100000);
    case_offer(c, "O2", "NO", "EUR", 100000);
    case_line(c, 0, 0, given);
    return c;
}

static void a_minimum_is_kept_or_nothing_is_given(void **state)
{
    VerifyCase *c = one_need(30000);
    Need *need = &c->round.needs[0];

    (void)state;
    need->has_min_quantity = true;
    need->min_quantity = 30000;
    assert_accepted(c);
    need->min_quantity = 30001;
    assert_rejected(c, DIAG_PLAN_RULE, 2,
                    "N1: its lines give EUR 300.00, but needs.csv:2 (min_quantity) asks for at "
                    "least EUR 300.01 or nothing");
    case_line(c, 0, 1, 1); /* a cent of another offer */
    assert_accepted(c);
    c->plan.assignment_count = 0;
    assert_accepted(c);
    case_free(c);
}

static void what_is_covered_elsewhere_is_part_of_the_minimum(void **state)
{
    VerifyCase *c = one_need(10000);
    Need *need = &c->round.needs[0];

    (void)state;
    need->has_min_quantity = true;
    need->min_quantity = 30000;
    need->covered = 20000;
    assert_accepted(c);
    need->covered = 19999;
    assert_rejected(c, DIAG_PLAN_RULE, 2,
                    "asks for at least EUR 300.00 (less EUR 199.99 covered elsewhere) or nothing");
    need->covered = 50000;
    c->plan.assignments[0].quantity = 1;
    assert_accepted(c);
    case_free(c);
}

/* A third of 1000.00 is 333.3333.. */
static void a_share_is_of_the_whole_quantity(void **state)
{
    VerifyCase *c = one_need(33333);
    Need *need = &c->round.needs[0];

    (void)state;
    need->has_min_share = true;
    need->min_share = case_decimal("0.33333");
    assert_accepted(c);
    need->min_share = case_decimal("0.333333");
    assert_rejected(c, DIAG_PLAN_RULE, 2,
                    "needs.csv:2 (min_share) asks for at least EUR 333.333 or nothing");
    c->plan.assignments[0].quantity++;
    assert_accepted(c);
    need->covered = 20000;
    c->plan.assignments[0].quantity = 13334;
    assert_accepted(c);
    c->plan.assignments[0].quantity--;
    assert_rejected(c, DIAG_PLAN_RULE, 2, "(less EUR 200.00 covered elsewhere)");
    case_free(c);
}

/* 0.428571 of 10 seats are 4.28571; in steps of 2 that is 6. */
static void a_minimum_between_two_steps_asks_for_the_upper(void **state)
{
    VerifyCase *c = case_new();
    Need *need = case_need(c, "N1", "seat", 10 * THING);

    (void)state;
    need->step = 2 * THING;
    need->has_min_share = true;
    need->min_share = case_decimal("0.428571");
    case_offer(c, "O1", "SE", "seat", 10 * THING);
    case_line(c, 0, 0, 6 * THING);
    assert_accepted(c);
    c->plan.assignments[0].quantity = 4 * THING;
    assert_rejected(c, DIAG_PLAN_RULE, 2, "asks for at least 4.28571 seat or nothing");
    case_free(c);
}

static void what_is_indivisible_gets_all_it_wants(void **state)
{
    VerifyCase *c = one_need(80000);
    Need *need = &c->round.needs[0];

    (void)state;
    need->indivisible = true;
    need->covered = 20000;
    assert_accepted(c);
    c->plan.assignments[0].quantity--;
    assert_rejected(c, DIAG_PLAN_RULE, 2,
                    "N1: its lines give EUR 799.99, but needs.csv:2 (indivisible) asks for all of "
                    "EUR 800.00 or nothing");
    c->plan.assignment_count = 0;
    assert_accepted(c);
    case_free(c);
}

static void a_member_of_a_bundle_without_a_minimum_gets_all(void **state)
{
    VerifyCase *c = one_need(99999);
    Need *need = &c->round.needs[0];

    (void)state;
    need->bundle = case_name(c, "B");
    assert_rejected(c, DIAG_PLAN_RULE, 2, "needs.csv:2 (bundle) asks for all of EUR 1,000.00");
    c->plan.assignments[0].quantity++;
    assert_accepted(c);
    c->plan.assignments[0].quantity = 1;
    need->has_min_quantity = true;
    need->min_quantity = 1;
    assert_accepted(c);
    need->min_quantity = 0; /* none */
    assert_rejected(c, DIAG_PLAN_RULE, 2, "needs.csv:2 (bundle)");
    case_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_minimum_is_kept_or_nothing_is_given),
        cmocka_unit_test(what_is_covered_elsewhere_is_part_of_the_minimum),
        cmocka_unit_test(a_share_is_of_the_whole_quantity),
        cmocka_unit_test(a_minimum_between_two_steps_asks_for_the_upper),
        cmocka_unit_test(what_is_indivisible_gets_all_it_wants),
        cmocka_unit_test(a_member_of_a_bundle_without_a_minimum_gets_all),
    };

    return cmocka_run_group_tests_name("verify minimums", tests, NULL, no_arena_is_left);
}
