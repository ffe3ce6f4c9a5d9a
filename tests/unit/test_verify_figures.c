/* The independent check: every figure that a plan says of itself, and the exactness of those that
 * come through rates. */
#include "tests/support/verify_case.h"

#include <math.h>

/* N1, 50.00 EUR: 45.00 through O2 (USD, 10 % kept), which is paid out of O1 (PLN, 20 % kept): 45 /
 * 0.72 = 62.50 EUR gross = 69.444.. USD, up to 69.45, which are 250.02 PLN. N2, 7 seats at 3.333 USD,
 * worth 2.9997 EUR each: 2 bought from O1, 3 of O3 in kind (SE, pledged, unit_value 2.5). */
static VerifyCase *whole_plan(void)
{
    VerifyCase *c = case_new();

    case_need(c, "N1", "EUR", 5000);
    case_unit_cost(c, case_need(c, "N2", "seat", 7 * THING), "3.333", "USD");
    case_offer(c, "O1", "PL", "PLN", 100000)->overhead = case_decimal("0.2");
    case_offer(c, "O2", "UNDP", "USD", 20000)->overhead = case_decimal("0.1");
    case_parent(c, &c->round.offers[1], &c->round.offers[0]);
    case_offer(c, "O3", "SE", "seat", 10 * THING)->status = BASIS_PLEDGED;
    c->round.offers[2].has_unit_value = true;
    c->round.offers[2].unit_value = case_decimal("2.5");
    c->round.settings.plan_on = BASIS_PLEDGED;
    case_commitment(c, 1, 2, COMMITMENT_AT_LEAST, 3 * THING);
    c->plan.assignments[0] = (Assignment){.need = 0,
                                          .offer = 1,
                                          .quantity = 4500,
                                          .offer_quantity = 6945,
                                          .has_value = true,
                                          .value = 4500,
                                          .basis = BASIS_COMMITTED};
    /* 2 * 2.9997 / 0.25 / 0.8 = 29.997 PLN, up; value 5.9994 */
    c->plan.assignments[1] = (Assignment){.need = 1,
                                          .offer = 0,
                                          .quantity = 2 * THING,
                                          .offer_quantity = 3000,
                                          .has_value = true,
                                          .value = 600,
                                          .basis = BASIS_COMMITTED};
    /* value 8.9991 */
    c->plan.assignments[2] = (Assignment){.need = 1,
                                          .offer = 2,
                                          .quantity = 3 * THING,
                                          .offer_quantity = 3 * THING,
                                          .has_value = true,
                                          .value = 900,
                                          .basis = BASIS_PLEDGED,
                                          .locked = true};
    c->plan.assignment_count = 3;
    c->plan.needs[0] = (NeedResult){
        .assigned = 4500, .unmet = 500, .value_assigned = 4500, .value_unmet = 500, .donors = 1};
    /* wanted 7 * 2.9997 = 20.9979, 21.00 less 15.00 */
    c->plan.needs[1] = (NeedResult){.assigned = 5 * THING,
                                    .pledged = 3 * THING,
                                    .unmet = 2 * THING,
                                    .value_assigned = 1500,
                                    .value_unmet = 600,
                                    .donors = 2};
    /* 250.02 and 30.00, of which 20 % is kept; left at 0.25: 179.995, a tie, to 180.00 */
    c->plan.offers[0] = (OfferResult){.used = 28002,
                                      .left = 71998,
                                      .overhead = 600,
                                      .value_used = 600,
                                      .value_left = 18000,
                                      .needs = 1};
    /* 28 % of 69.45: 19.446; 130.55 at 0.9: 117.495, a tie, to 117.50 */
    c->plan.offers[1] = (OfferResult){.used = 6945,
                                      .left = 13055,
                                      .overhead = 1945,
                                      .value_used = 4500,
                                      .value_left = 11750,
                                      .needs = 1};
    c->plan.offers[2] = (OfferResult){
        .used = 3 * THING, .left = 7 * THING, .value_used = 900, .value_left = 1750, .needs = 1};
    return c;
}

static void a_plan_whose_figures_tie_out_passes(void **state)
{
    VerifyCase *c = whole_plan();

    (void)state;
    assert_accepted(c);
    assert_int_equal(case_verify_figures(c), STATUS_OK);
    case_free(c);
}

/* Where every figure of the plan stands, and how it is named. */
static void every_amount_is_compared(void **state)
{
    VerifyCase *c = whole_plan();
    Assignment *lines = c->plan.assignments;
    NeedResult *needs = c->plan.needs;
    OfferResult *offers = c->plan.offers;
    const struct {
        int64_t *figure;
        int line;
        const char *says;
    } CASES[] = {
        {&lines[0].offer_quantity, 2, "N1 from O2: EUR 45.00: offer_quantity is USD 69.46 in the "},
        {&lines[1].value, 3,
         "N2 from O1: 2 seat: value is EUR 6.01 in the plan, but its lines make "},
        {&needs[0].assigned, 2, "N1: assigned is EUR 45.01 in the plan"},
        {&needs[1].pledged, 4, "N2: pledged is 3.000001 seat in the plan"},
        {&needs[1].unmet, 4, "N2: unmet is 2.000001 seat"},
        {&needs[1].value_assigned, 4, "N2: value_assigned is EUR 15.01"},
        {&needs[1].value_unmet, 4,
         "N2: value_unmet is EUR 6.01 in the plan, but its lines make it "},
        {&offers[0].used, 3, "O1: used is PLN 280.03"},
        {&offers[0].left, 3, "O1: left is PLN 719.99"},
        {&offers[1].overhead, 2, "O2: overhead is USD 19.46"},
        {&offers[2].value_used, 4, "O3: value_used is EUR 9.01"},
        {&offers[1].value_left, 2,
         "O2: value_left is EUR 117.51 in the plan, but its lines make it "},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        ++*CASES[i].figure;
        assert_figures_rejected(c, DIAG_PLAN_SUM, CASES[i].line, CASES[i].says);
        assert_accepted(c); /* an edited plan: its lines count alone */
        --*CASES[i].figure;
    }
    assert_int_equal(case_verify_figures(c), STATUS_OK);
    case_free(c);
}

static void counts_and_marks_are_compared(void **state)
{
    VerifyCase *c = whole_plan();

    (void)state;
    c->plan.needs[1].donors = 1;
    assert_figures_rejected(c, DIAG_PLAN_SUM, 4,
                            "N2: donors is 1 in the plan, but its lines make it");
    c->plan.needs[1].donors = 2;
    c->plan.offers[0].needs = 2;
    assert_figures_rejected(c, DIAG_PLAN_SUM, 3, "O1: needs is 2 in the plan");
    c->plan.offers[0].needs = 1;
    c->plan.assignments[0].basis = BASIS_PAID;
    assert_figures_rejected(c, DIAG_PLAN_SUM, 2,
                            "its basis in the plan is not the status of offers");
    c->plan.assignments[0].basis = BASIS_COMMITTED;
    c->plan.assignments[1].locked = true;
    assert_figures_rejected(c, DIAG_PLAN_SUM, 3,
                            "marked as locked, but no commitment stands on it");
    c->plan.assignments[1].locked = false;
    c->plan.assignments[2].locked = false;
    assert_figures_rejected(c, DIAG_PLAN_SUM, 4, "a commitment stands on it, but it is not marked");
    c->plan.assignments[2].locked = true;
    c->plan.assignments[1].has_value = false;
    assert_figures_rejected(c, DIAG_PLAN_SUM, 3,
                            "the plan says it has no value, but by needs.csv:3");
    c->plan.assignments[1].has_value = true;
    c->plan.rounding_loss = (double)NAN;
    assert_figures_rejected(c, DIAG_PLAN_SUM, 0, "lost by rounding");
    c->plan.rounding_loss = 0.01;
    assert_int_equal(case_verify_figures(c), STATUS_OK);
    case_free(c);
}

static void lines_stand_by_need_then_offer(void **state)
{
    VerifyCase *c = whole_plan();
    Assignment first = c->plan.assignments[1];

    (void)state;
    c->plan.assignments[1] = c->plan.assignments[2];
    c->plan.assignments[2] = first;
    assert_accepted(c);
    assert_figures_rejected(c, DIAG_PLAN_SUM, 3, "lines stand by need, then offer");
    case_free(c);
}

static void what_is_unknown_has_nothing_left_or_unmet(void **state)
{
    VerifyCase *c = case_new();

    (void)state;
    case_need(c, "N1", "EUR", 0)->quantity_known = false;
    case_offer(c, "O1", "SE", "EUR", 0)->quantity_known = false;
    assert_int_equal(case_verify_figures(c), STATUS_OK);
    c->plan.offers[0].left = 1;
    assert_figures_rejected(c, DIAG_PLAN_SUM, 0, "O1: left is EUR 0.01");
    case_free(c);
}

static void stages_say_what_the_lines_make_them(void **state)
{
    VerifyCase *c = whole_plan();
    StageResult *stage = case_stage(c, STAGE_TIER, "tier 1", 1, 5 + 2 * 2.9997);

    (void)state;
    assert_int_equal(case_verify_figures(c), STATUS_OK);
    stage->value += 0.0001;
    stage->gap = 0.0001 / stage->value;
    assert_figures_rejected(
        c, DIAG_PLAN_SUM, 0,
        "tier 1, unmet: the plan says EUR 10.9995, but its lines make it EUR 10.9994");
    assert_accepted(c);
    stage->value -= 0.0001;
    stage->gap = 0.01;
    assert_figures_rejected(c, DIAG_PLAN_SUM, 0, "tier 1, unmet: the plan says a gap of 0.01");
    stage->gap = 0;
    stage->maximise = true;
    assert_figures_rejected(c, DIAG_PLAN_SUM, 0, "tier 1, unmet: the plan takes least for most");
    stage->maximise = false;
    c->round.needs[1].tier = 2;
    stage->value = stage->bound = 5;
    assert_figures_rejected(c, DIAG_PLAN_SUM, 0, "N2: needs.csv:3 (priority) puts it into tier 2");
    case_free(c);
}

/* ---- exactness ------------------------------------------------------------------------------ */

/* A value at half a cent goes to the even cent: 0.125 to 0.12, 0.375 to 0.38. */
static void values_are_rounded_half_to_even(void **state)
{
    static const struct {
        const char *cost;
        int64_t value;
    } CASES[] = {{"0.125", 12},        {"0.375", 38}, {"0.1250000001", 13},
                 {"0.1249999999", 12}, {"0.005", 0},  {"0.015", 2}};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        VerifyCase *c = case_new();

        case_unit_cost(c, case_need(c, "N1", "seat", THING), CASES[i].cost, "EUR");
        case_offer(c, "O1", "SE", "seat", THING);
        *case_line(c, 0, 0, THING) = (Assignment){.quantity = THING,
                                                  .offer_quantity = THING,
                                                  .has_value = true,
                                                  .value = CASES[i].value,
                                                  .basis = BASIS_COMMITTED};
        c->plan.needs[0] = (NeedResult){
            .assigned = THING, .value_assigned = CASES[i].value, .donors = 1, .full = true};
        c->plan.offers[0] = (OfferResult){.used = THING, .value_used = CASES[i].value, .needs = 1};
        assert_case(CASES[i].cost, case_verify_figures(c) == STATUS_OK);
        c->plan.assignments[0].value++;
        assert_case(CASES[i].cost, case_verify_figures(c) == STATUS_FINDINGS);
        case_free(c);
    }
}

/* 300,000,000.07 EUR from an offer in USD at 0.923457 with 7 % kept: 30000000007 / 0.923457 / 0.93 =
 * 34931853376.666.. cents gross, up; 7 % of 34931853377 are 2445229736.39. */
static void hundreds_of_millions_are_exact_to_the_cent(void **state)
{
    VerifyCase *c = case_new();

    (void)state;
    c->round.rates[2].rate = case_decimal("0.923457");
    case_need(c, "N1", "EUR", INT64_C(30000000007));
    case_offer(c, "O1", "US", "USD", INT64_C(34931853377))->overhead = case_decimal("0.07");
    *case_line(c, 0, 0, INT64_C(30000000007)) = (Assignment){.quantity = INT64_C(30000000007),
                                                             .offer_quantity = INT64_C(34931853377),
                                                             .has_value = true,
                                                             .value = INT64_C(30000000007),
                                                             .basis = BASIS_COMMITTED};
    c->plan.needs[0] = (NeedResult){.assigned = INT64_C(30000000007),
                                    .value_assigned = INT64_C(30000000007),
                                    .donors = 1,
                                    .full = true};
    c->plan.offers[0] = (OfferResult){.used = INT64_C(34931853377),
                                      .overhead = INT64_C(2445229736),
                                      .value_used = INT64_C(30000000007),
                                      .needs = 1};
    assert_int_equal(case_verify_figures(c), STATUS_OK);
    c->round.offers[0].quantity--;
    assert_rejected(c, DIAG_PLAN_RULE, 2, "O1: USD 349,318,533.77 is taken, but offers.csv:2");
    case_free(c);
}

/* N3 is an outcome that requires N1 and N2. */
static void what_is_met_in_full_is_compared(void **state)
{
    VerifyCase *c = whole_plan();

    (void)state;
    case_need(c, "N3", "EUR", 0)->requires = case_names(c, "N1;N2");
    c->plan.needs[2].reason = REASON_PREREQUISITE;
    assert_int_equal(case_verify_figures(c), STATUS_OK);
    c->plan.needs[0].full = true;
    assert_figures_rejected(c, DIAG_PLAN_SUM, 2,
                            "N1: the plan says it is met in full, but by needs.csv:2 (quantity) it "
                            "is not");
    c->plan.needs[0].full = false;
    c->plan.needs[2].full = true;
    assert_figures_rejected(c, DIAG_PLAN_SUM, 0,
                            "N3: the plan says it is met in full, but by needs.csv:4 (requires) it "
                            "is not");
    c->plan.needs[2] = (NeedResult){.reason = REASON_NONE};
    assert_figures_rejected(c, DIAG_PLAN_SUM, 0,
                            "N3: the plan gives another reason, but not all of needs.csv:4");
    c->plan.needs[0].reason = REASON_PREREQUISITE;
    c->plan.needs[2].reason = REASON_PREREQUISITE;
    assert_figures_rejected(c, DIAG_PLAN_SUM, 2,
                            "N1: the plan gives a prerequisite as the reason, but all of");
    case_free(c);
}

/* 10^17 smallest parts at a unit cost of 10^9 are worth 10^22 cents. */
static void an_amount_beyond_all_bounds_is_a_finding(void **state)
{
    VerifyCase *c = case_new();

    (void)state;
    case_unit_cost(c, case_need(c, "N1", "seat", INT64_C(100000000000) * THING), "1000000000",
                   "EUR");
    case_offer(c, "O1", "SE", "seat", INT64_C(100000000000) * THING);
    case_line(c, 0, 0, INT64_C(100000000000) * THING);
    assert_rejected(c, DIAG_PLAN_RULE, 2, "its value by needs.csv:2 (unit_cost) is too large");
    case_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plan_whose_figures_tie_out_passes),
        cmocka_unit_test(every_amount_is_compared),
        cmocka_unit_test(counts_and_marks_are_compared),
        cmocka_unit_test(lines_stand_by_need_then_offer),
        cmocka_unit_test(what_is_unknown_has_nothing_left_or_unmet),
        cmocka_unit_test(stages_say_what_the_lines_make_them),
        cmocka_unit_test(values_are_rounded_half_to_even),
        cmocka_unit_test(hundreds_of_millions_are_exact_to_the_cent),
        cmocka_unit_test(what_is_met_in_full_is_compared),
        cmocka_unit_test(an_amount_beyond_all_bounds_is_a_finding),
    };

    return cmocka_run_group_tests_name("verify figures", tests, NULL, no_arena_is_left);
}
