/* The independent check: lines, capacities and shares (C1 to C4, C12 to C14). Every test has a plan
 * that passes and its smallest change that must not. */
#include "tests/support/verify_case.h"

/* Two needs of money, 1000.00 and 500.00, and an offer of 1200.00 in euros. */
static VerifyCase *two_needs(void)
{
    VerifyCase *c = case_new();

    case_need(c, "N1", "EUR", 100000);
    case_need(c, "N2", "EUR", 50000);
    case_offer(c, "O1", "SE", "EUR", 120000);
    return c;
}

/* ---- lines ---------------------------------------------------------------------------------- */

static void an_empty_plan_of_an_empty_round_passes(void **state)
{
    VerifyCase *c = case_new();

    (void)state;
    assert_accepted(c);
    assert_int_equal(case_verify_figures(c), STATUS_OK);
    case_free(c);
}

static void a_line_must_name_a_need_and_an_offer_of_the_round(void **state)
{
    VerifyCase *c = two_needs();
    Assignment *line = case_line(c, 1, 0, 50000);

    (void)state;
    assert_accepted(c);
    line->need = 2;
    assert_rejected(c, DIAG_PLAN_LINE, 2, "names no need or no offer");
    line->need = -1;
    assert_rejected(c, DIAG_PLAN_LINE, 2, "names no need or no offer");
    line->need = 1;
    line->offer = 1;
    assert_rejected(c, DIAG_PLAN_LINE, 2, "names no need or no offer");
    case_free(c);
}

static void a_line_must_give_something(void **state)
{
    VerifyCase *c = two_needs();
    Assignment *line = case_line(c, 0, 0, 1);

    (void)state;
    assert_accepted(c);
    line->quantity = 0;
    assert_rejected(c, DIAG_PLAN_LINE, 2, "N1 from O1: the quantity must be above 0");
    line->quantity = -1;
    assert_rejected(c, DIAG_PLAN_LINE, 2, "above 0");
    case_free(c);
}

static void a_pair_has_one_line(void **state)
{
    VerifyCase *c = two_needs();

    (void)state;
    case_line(c, 0, 0, 40000);
    assert_accepted(c);
    case_line(c, 0, 0, 40000);
    assert_rejected(c, DIAG_PLAN_LINE, 3, "a line already (row 2)");
    case_free(c);
}

static void a_line_that_was_read_is_named_by_its_row(void **state)
{
    VerifyCase *c = two_needs();
    Assignment *line;

    (void)state;
    c->plan.quantity_column = 9;
    case_line(c, 0, 0, 40000)->row = 11;
    line = case_line(c, 0, 0, 40000);
    line->row = 7;
    assert_rejected(c, DIAG_PLAN_LINE, 7, "a line already (row 11)");
    assert_int_equal(diag_findings(c->diag, &(size_t){0})->place.column, 0);
    c->plan.assignment_count = 1;
    c->plan.assignments[0].quantity = 100000;
    case_line(c, 1, 0, 20001)->row = 8;
    assert_rejected(c, DIAG_PLAN_RULE, 8, "O1: EUR 1,200.01 is taken");
    assert_int_equal(diag_findings(c->diag, &(size_t){0})->place.column, 9);
    case_free(c);
}

static void lines_come_in_whole_steps(void **state)
{
    VerifyCase *c = case_new();
    Assignment *line;

    (void)state;
    case_need(c, "N1", "seat", 10 * THING)->step = 2 * THING;
    case_offer(c, "O1", "SE", "seat", 10 * THING);
    line = case_line(c, 0, 0, 4 * THING);
    assert_accepted(c);
    line->quantity = 5 * THING;
    assert_rejected(c, DIAG_PLAN_RULE, 2, "but needs.csv:2 (step) asks for multiples of 2 seat");
    line->quantity = 4 * THING + 1;
    assert_rejected(c, DIAG_PLAN_RULE, 2, "N1 from O1: 4.000001 seat, but needs.csv:2 (step)");
    case_free(c);
}

/* ---- C1, C2 --------------------------------------------------------------------------------- */

static void a_need_gets_no_more_than_it_wants(void **state)
{
    VerifyCase *c = two_needs();
    Assignment *line;

    (void)state;
    case_offer(c, "O2", "NO", "EUR", 120000);
    c->round.needs[0].covered = 30000;
    case_line(c, 0, 0, 50000);
    line = case_line(c, 0, 1, 20000);
    assert_accepted(c);
    line->quantity = 20001;
    assert_rejected(
        c, DIAG_PLAN_RULE, 3,
        "N1: its lines give EUR 700.01, but needs.csv:2 (quantity) less what is covered "
        "leaves EUR 700.00");
    case_free(c);
}

static void more_covered_than_asked_leaves_nothing(void **state)
{
    VerifyCase *c = two_needs();

    (void)state;
    c->round.needs[0].covered = 100001;
    assert_accepted(c);
    case_line(c, 0, 0, 1);
    assert_rejected(c, DIAG_PLAN_RULE, 2, "leaves EUR 0.00");
    case_free(c);
}

static void an_offer_gives_no_more_than_it_has(void **state)
{
    VerifyCase *c = two_needs();
    Assignment *line;

    (void)state;
    case_line(c, 0, 0, 100000);
    line = case_line(c, 1, 0, 20000);
    assert_accepted(c);
    line->quantity = 20001;
    assert_rejected(c, DIAG_PLAN_RULE, 3,
                    "O1: EUR 1,200.01 is taken, but offers.csv:2 (quantity) gives EUR 1,200.00");
    case_free(c);
}

/* 3 seats at 100 PLN with 10 % kept: 3 * 100 * 0.25 / 0.9 / 0.9 = 92.592.. USD, rounded up. */
static void what_a_line_takes_is_rounded_up(void **state)
{
    VerifyCase *c = case_new();
    Need *need = case_need(c, "N1", "seat", 5 * THING);
    Offer *offer = case_offer(c, "O1", "US", "USD", 9260);

    (void)state;
    case_unit_cost(c, need, "100", "PLN");
    offer->overhead = case_decimal("0.1");
    case_line(c, 0, 0, 3 * THING);
    assert_accepted(c);
    offer->quantity = 9259;
    assert_rejected(c, DIAG_PLAN_RULE, 2, "O1: USD 92.60 is taken");
    case_free(c);
}

/* Each of three lines of 0.01 EUR takes 0.02 USD (0.0111..): together 0.06, not 0.04. */
static void rounding_up_is_done_line_by_line(void **state)
{
    VerifyCase *c = case_new();
    Offer *offer = case_offer(c, "O1", "US", "USD", 6);

    (void)state;
    case_need(c, "N1", "EUR", 1);
    case_need(c, "N2", "EUR", 1);
    case_need(c, "N3", "EUR", 1);
    for (int n = 0; n < 3; n++)
        case_line(c, n, 0, 1);
    assert_accepted(c);
    offer->quantity = 5;
    assert_rejected(c, DIAG_PLAN_RULE, 4, "O1: USD 0.06 is taken");
    case_free(c);
}

/* A child in USD keeps 20 %, its parent in EUR 10 %: 72 EUR need 72 / 0.72 = 100 EUR gross, that is
 * 111.111.. USD, up to 111.12, and of the parent 100.008 EUR, up to 100.01. */
static void a_childs_gross_is_taken_from_its_parent(void **state)
{
    VerifyCase *c = case_new();
    Offer *parent = case_offer(c, "O1", "DE", "EUR", 10001);
    Offer *child = case_offer(c, "O2", "UNDP", "USD", 11112);

    (void)state;
    case_need(c, "N1", "EUR", 7200);
    parent->overhead = case_decimal("0.1");
    child->overhead = case_decimal("0.2");
    case_parent(c, child, parent);
    case_line(c, 0, 1, 7200);
    assert_accepted(c);
    parent->quantity = 10000;
    assert_rejected(c, DIAG_PLAN_RULE, 2,
                    "O1: EUR 100.01 is taken with what is paid out of it, but offers.csv:2");
    parent->quantity = 10001;
    child->quantity = 11111;
    assert_rejected(c, DIAG_PLAN_RULE, 2, "O2: USD 111.12 is taken, but offers.csv:3");
    case_free(c);
}

/* A channel that keeps everything buys nothing. */
static void an_offer_that_is_all_overhead_serves_nobody(void **state)
{
    VerifyCase *c = two_needs();

    (void)state;
    case_line(c, 0, 0, 1);
    c->round.offers[0].overhead = case_decimal("0.99");
    assert_accepted(c);
    c->round.offers[0].overhead = case_decimal("1");
    assert_rejected(c, DIAG_PLAN_LINE, 2, "offers.csv:2 (unit) cannot be turned into the need's");
    case_free(c);
}

static void a_grandchild_and_own_lines_share_the_root(void **state)
{
    VerifyCase *c = case_new();
    Offer *root = case_offer(c, "O1", "DE", "EUR", 300);

    (void)state;
    case_parent(c, case_offer(c, "O2", "UNDP", "EUR", 1000), root);
    case_parent(c, case_offer(c, "O3", "ITU", "EUR", 1000), &c->round.offers[1]);
    case_need(c, "N1", "EUR", 1000);
    case_line(c, 0, 0, 100);
    case_line(c, 0, 1, 100);
    case_line(c, 0, 2, 100);
    assert_accepted(c);
    root->quantity = 299;
    assert_rejected(c, DIAG_PLAN_RULE, 4, "O1: EUR 3.00 is taken with what is paid out of it");
    case_free(c);
}

static void a_use_in_the_pairs_table_is_gross_as_given(void **state)
{
    VerifyCase *c = case_new();
    Offer *offer = case_offer(c, "O1", "SE", "EUR", 750);
    PairRow *pair = case_pair(c, 0, 0);

    (void)state;
    case_need(c, "N1", "seat", 3 * THING);
    offer->overhead = case_decimal("0.5");
    pair->has_use = true;
    pair->use = case_decimal("2.5");
    case_line(c, 0, 0, 3 * THING);
    assert_accepted(c);
    offer->quantity = 749;
    assert_rejected(c, DIAG_PLAN_RULE, 2, "O1: EUR 7.50 is taken");
    case_free(c);
}

/* ---- C3, C4 --------------------------------------------------------------------------------- */

/* 90 EUR from the EUR offer and 100 USD (90 EUR) through a child of the PLN offer: 180 EUR. */
static void a_budget_holds_over_the_money_of_the_donor_at_the_root(void **state)
{
    VerifyCase *c = case_new();
    Donor *donor = case_donor(c, "DE");

    (void)state;
    case_offer(c, "O1", "DE", "EUR", 100000);
    case_offer(c, "O2", "DE", "PLN", 100000);
    case_parent(c, case_offer(c, "O3", "UNDP", "USD", 100000), &c->round.offers[1]);
    case_offer(c, "O4", "DE", "seat", 100 * THING);
    case_need(c, "N1", "EUR", 100000);
    case_unit_cost(c, case_need(c, "N2", "seat", 100 * THING), "10", "EUR");
    case_line(c, 0, 0, 9000);
    case_line(c, 0, 2, 9000);
    case_line(c, 1, 3, 50 * THING); /* in kind: no money */
    donor->has_budget = true;
    donor->currency = case_name(c, "USD");
    donor->budget = 20000;
    assert_accepted(c);
    donor->budget = 19999;
    assert_rejected(
        c, DIAG_PLAN_RULE, 3,
        "DE: its money offers give USD 200.00, but donors.csv:2 (budget) allows USD 199.99");
    case_free(c);
}

static void a_beneficiary_gets_no_more_value_than_it_can_absorb(void **state)
{
    VerifyCase *c = two_needs();
    Beneficiary *row = case_beneficiary(c, "KHARKIV");

    (void)state;
    c->round.needs[0].beneficiary_row = 0;
    c->round.needs[1].beneficiary_row = 0;
    row->has_max_value = true;
    row->max_value = 70000;
    case_line(c, 0, 0, 50000);
    case_line(c, 1, 0, 20000);
    assert_accepted(c);
    row->max_value = 69999;
    assert_rejected(c, DIAG_PLAN_RULE, 3,
                    "KHARKIV: its needs get EUR 700.00, but beneficiaries.csv:2 (max_value)");
    case_free(c);
}

/* ---- C12 to C14 ----------------------------------------------------------------------------- */

static void an_offers_share_of_a_need_is_of_its_full_quantity(void **state)
{
    VerifyCase *c = two_needs();
    Assignment *line;

    (void)state;
    c->round.needs[0].covered = 10000;
    c->round.offers[0].max_share = case_decimal("0.333333");
    line = case_line(c, 0, 0, 33333);
    assert_accepted(c);
    line->quantity = 33334;
    assert_rejected(c, DIAG_PLAN_RULE, 2,
                    "the share of EUR 1,000.00 that offers.csv:2 (max_share)");
    case_free(c);
}

static void a_donors_share_counts_all_it_is_the_root_of(void **state)
{
    VerifyCase *c = two_needs();
    Donor *donor = case_donor(c, "SE");
    Assignment *line;

    (void)state;
    case_parent(c, case_offer(c, "O2", "UNDP", "EUR", 50000), &c->round.offers[0]);
    case_offer(c, "O3", "NO", "EUR", 50000);
    donor->has_max_share = true;
    donor->max_share = case_decimal("0.5");
    case_line(c, 0, 0, 25000);
    line = case_line(c, 0, 1, 25000);
    case_line(c, 0, 2, 50000);
    assert_accepted(c);
    c->round.needs[0].quantity = 100001; /* room for one more cent, not for SE's */
    line->quantity = 25001;
    assert_rejected(c, DIAG_PLAN_RULE, 3, "N1: SE gives it EUR 500.01");
    assert_finding(c, DIAG_PLAN_RULE, "donors.csv:2 (max_share)");
    case_free(c);
}

static void a_fixed_commitment_is_kept_exactly(void **state)
{
    VerifyCase *c = two_needs();
    Assignment *line = case_line(c, 0, 0, 50000);

    (void)state;
    case_commitment(c, 0, 0, COMMITMENT_FIXED, 50000);
    assert_accepted(c);
    line->quantity = 49999;
    assert_rejected(c, DIAG_PLAN_RULE, 2,
                    "N1 from O1: the plan gives EUR 499.99, but commitments.csv:2 (quantity) fixes "
                    "EUR 500.00");
    line->quantity = 50001;
    assert_rejected(c, DIAG_PLAN_RULE, 2, "fixes");
    c->plan.assignment_count = 0;
    assert_rejected(c, DIAG_PLAN_RULE, 0, "the plan gives EUR 0.00");
    case_free(c);
}

static void other_commitments_bound_from_their_side(void **state)
{
    VerifyCase *c = two_needs();
    Assignment *line = case_line(c, 0, 0, 50000);
    Commitment *row = case_commitment(c, 0, 0, COMMITMENT_AT_LEAST, 50000);

    (void)state;
    assert_accepted(c);
    line->quantity = 50001;
    assert_accepted(c);
    line->quantity = 49999;
    assert_rejected(c, DIAG_PLAN_RULE, 2, "asks for at least EUR 500.00");
    row->kind = COMMITMENT_AT_MOST;
    assert_accepted(c);
    line->quantity = 50001;
    assert_rejected(c, DIAG_PLAN_RULE, 2, "allows at most EUR 500.00");
    case_free(c);
}

/* 60 % civil of 1000.00 less 100.00 covered: 500.00 for the child of a civil_only offer. */
static void civil_offers_fit_the_civil_part_less_what_is_covered(void **state)
{
    VerifyCase *c = two_needs();
    Assignment *line;

    (void)state;
    c->round.offers[0].civil_only = true;
    case_parent(c, case_offer(c, "O2", "UNDP", "EUR", 120000), &c->round.offers[0]);
    case_offer(c, "O3", "NO", "EUR", 120000);
    c->round.needs[0].covered = 10000;
    c->round.needs[0].civil_share = case_decimal("0.6");
    case_line(c, 0, 0, 20000);
    line = case_line(c, 0, 1, 30000);
    case_line(c, 0, 2, 39000);
    assert_accepted(c);
    line->quantity = 30001;
    assert_rejected(c, DIAG_PLAN_RULE, 3, "N1: offers marked civil_only (offers.csv:3) give it");
    assert_finding(c, DIAG_PLAN_RULE, "needs.csv:2 (civil_share)");
    case_free(c);
}

static void a_need_covered_beyond_its_civil_part_takes_nothing_civil(void **state)
{
    VerifyCase *c = two_needs();

    (void)state;
    c->round.offers[0].civil_only = true;
    c->round.needs[0].covered = 60001;
    c->round.needs[0].civil_share = case_decimal("0.6");
    assert_accepted(c);
    case_line(c, 0, 0, 1);
    assert_rejected(c, DIAG_PLAN_RULE, 2, "civil_only");
    case_free(c);
}

static void a_pair_gives_no_more_than_its_row_says(void **state)
{
    VerifyCase *c = two_needs();
    PairRow *pair = case_pair(c, 0, 0);
    Assignment *line = case_line(c, 0, 0, 50000);

    (void)state;
    pair->has_max = true;
    pair->max = 50000;
    assert_accepted(c);
    line->quantity = 50001;
    assert_rejected(c, DIAG_PLAN_RULE, 2, "but pairs.csv:2 (max) allows EUR 500.00");
    case_free(c);
}

/* ---- memory --------------------------------------------------------------------------------- */

static void a_check_without_memory_says_so_and_leaks_nothing(void **state)
{
    Status status = STATUS_NO_MEMORY;

    (void)state;
    for (size_t calls = 0; status == STATUS_NO_MEMORY; calls++) {
        VerifyCase *c = two_needs();
        RuleRow *rule = case_rule(c, "R1", RULE_FLOOR);
        Diag *diag = diag_new(c->arena);

        rule->has_share = true;
        rule->each = 1u << SELECT_DONOR;
        case_line(c, 0, 0, 100000);
        case_stage(c, STAGE_TIER, "tier 1", 1, 500);
        case_stage(c, STAGE_FAIRNESS, "fairness 1.1", 1, 0)->rank = 1;
        arena_fail_after(c->arena, calls);
        status = plan_verify(&c->round, &c->plan, false, "plan.csv", c->arena, diag, &c->report);
        case_free(c);
        assert_true(calls < 1000);
    }
    assert_int_equal(status, STATUS_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_plan_of_an_empty_round_passes),
        cmocka_unit_test(a_line_must_name_a_need_and_an_offer_of_the_round),
        cmocka_unit_test(a_line_must_give_something),
        cmocka_unit_test(a_pair_has_one_line),
        cmocka_unit_test(a_line_that_was_read_is_named_by_its_row),
        cmocka_unit_test(lines_come_in_whole_steps),
        cmocka_unit_test(a_need_gets_no_more_than_it_wants),
        cmocka_unit_test(more_covered_than_asked_leaves_nothing),
        cmocka_unit_test(an_offer_gives_no_more_than_it_has),
        cmocka_unit_test(what_a_line_takes_is_rounded_up),
        cmocka_unit_test(rounding_up_is_done_line_by_line),
        cmocka_unit_test(a_childs_gross_is_taken_from_its_parent),
        cmocka_unit_test(an_offer_that_is_all_overhead_serves_nobody),
        cmocka_unit_test(a_grandchild_and_own_lines_share_the_root),
        cmocka_unit_test(a_use_in_the_pairs_table_is_gross_as_given),
        cmocka_unit_test(a_budget_holds_over_the_money_of_the_donor_at_the_root),
        cmocka_unit_test(a_beneficiary_gets_no_more_value_than_it_can_absorb),
        cmocka_unit_test(an_offers_share_of_a_need_is_of_its_full_quantity),
        cmocka_unit_test(a_donors_share_counts_all_it_is_the_root_of),
        cmocka_unit_test(a_fixed_commitment_is_kept_exactly),
        cmocka_unit_test(other_commitments_bound_from_their_side),
        cmocka_unit_test(civil_offers_fit_the_civil_part_less_what_is_covered),
        cmocka_unit_test(a_need_covered_beyond_its_civil_part_takes_nothing_civil),
        cmocka_unit_test(a_pair_gives_no_more_than_its_row_says),
        cmocka_unit_test(a_check_without_memory_says_so_and_leaks_nothing),
    };

    return cmocka_run_group_tests_name("verify", tests, NULL, no_arena_is_left);
}
