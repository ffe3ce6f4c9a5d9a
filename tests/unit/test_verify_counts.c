/* The independent check: how many donors, needs, beneficiaries and offers take part (C8). */
#include "tests/support/verify_case.h"

/* N1 and N2 for KHARKIV, N3 for SUMY, N4 for nobody, 100.00 EUR each. O1 and O2 of SE, O3 of NO, O4 of
 * UNDP, paid out of O3. Lines of 10.00: N1 from O1, O2 and O3; N2 from O1; N3 from O4; N4 from O4. */
static VerifyCase *six_lines(void)
{
    static const int LINES[][2] = {{0, 0}, {0, 1}, {0, 2}, {1, 0}, {2, 3}, {3, 3}};
    static const char *const BENEFICIARIES[] = {"KHARKIV", "KHARKIV", "SUMY", ""};
    static const char *const IDS[] = {"N1", "N2", "N3", "N4"};
    VerifyCase *c = case_new();

    case_beneficiary(c, "KHARKIV");
    case_beneficiary(c, "SUMY");
    for (int n = 0; n < 4; n++) {
        Need *need = case_need(c, IDS[n], "EUR", 10000);

        need->beneficiary = case_name(c, BENEFICIARIES[n]);
        need->beneficiary_row = n < 2 ? 0 : n == 2 ? 1 : -1;
    }
    case_offer(c, "O1", "SE", "EUR", 10000);
    case_offer(c, "O2", "SE", "EUR", 10000);
    case_offer(c, "O3", "NO", "EUR", 10000);
    case_offer(c, "O4", "UNDP", "EUR", 10000);
    case_parent(c, &c->round.offers[3], &c->round.offers[2]);
    for (size_t i = 0; i < COUNT_OF(LINES); i++)
        case_line(c, LINES[i][0], LINES[i][1], 1000);
    return c;
}

static void donors_of_a_need_are_counted_once(void **state)
{
    VerifyCase *c = six_lines();

    (void)state;
    c->round.needs[0].max_donors = 2; /* SE and NO */
    c->round.needs[2].max_donors = 1;
    assert_accepted(c);
    c->round.needs[0].max_donors = 1;
    assert_rejected(c, DIAG_PLAN_RULE, 4,
                    "N1: 2 donors give to it, but needs.csv:2 (max_donors) allows 1");
    c->plan.assignments[2].offer = 3; /* UNDP's money is NO's */
    assert_rejected(c, DIAG_PLAN_RULE, 4, "N1: 2 donors give to it");
    c->round.offers[2].donor = case_name(c, "SE");
    c->round.offers[2].donor_row = 0;
    assert_accepted(c);
    case_free(c);
}

static void needs_of_an_offer_are_those_of_its_own_lines(void **state)
{
    VerifyCase *c = six_lines();

    (void)state;
    c->round.offers[0].max_needs = 2;
    c->round.offers[2].max_needs = 1; /* its child serves two more */
    c->round.offers[3].max_needs = 2;
    assert_accepted(c);
    c->round.offers[3].max_needs = 1;
    assert_rejected(c, DIAG_PLAN_RULE, 7,
                    "O4: it serves 2 needs, but offers.csv:5 (max_needs) allows 1");
    case_free(c);
}

static void needs_of_a_donor_are_those_of_all_its_money(void **state)
{
    VerifyCase *c = six_lines();

    (void)state;
    case_donor(c, "SE")->max_needs = 2; /* three lines for two needs */
    case_donor(c, "NO")->max_needs = 3;
    case_donor(c, "UNDP")->max_needs = 1;
    assert_accepted(c);
    case_donor(c, "NO")->max_needs = 2;
    assert_rejected(c, DIAG_PLAN_RULE, 7,
                    "NO: its offers serve 3 needs, but donors.csv:3 (max_needs) allows 2");
    case_free(c);
}

static void needs_of_a_beneficiary_are_those_served(void **state)
{
    VerifyCase *c = six_lines();

    (void)state;
    c->round.beneficiaries[0].max_needs = 2;
    c->round.beneficiaries[1].max_needs = 1;
    assert_accepted(c);
    c->round.beneficiaries[0].max_needs = 1;
    assert_rejected(
        c, DIAG_PLAN_RULE, 5,
        "KHARKIV: it is served in 2 needs, but beneficiaries.csv:2 (max_needs) allows 1");
    case_free(c);
}

static RuleRow *count(VerifyCase *c, const char *of, long most)
{
    RuleRow *rule = case_rule(c, "R1", RULE_COUNT);

    rule->has_count = true;
    rule->count = most;
    rule->of = case_name(c, of);
    return rule;
}

static void a_rule_counts_what_it_names_once(void **state)
{
    static const struct {
        const char *of;
        long there;
    } CASES[] = {{"needs", 4}, {"donors", 2}, {"beneficiaries", 2}, {"offers", 4}};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        VerifyCase *c = six_lines();
        RuleRow *rule = count(c, CASES[i].of, CASES[i].there);

        assert_accepted(c);
        rule->count--;
        assert_rejected(c, DIAG_PLAN_RULE, i == 2 ? 6 : 7,
                        arena_printf(c->arena,
                                     "R1: %ld %s take part, but rules.csv:2 (count) allows %ld",
                                     CASES[i].there, CASES[i].of, CASES[i].there - 1));
        case_free(c);
    }
}

static void a_count_is_of_the_selected_lines_for_each_by_itself(void **state)
{
    VerifyCase *c = six_lines();
    RuleRow *rule = count(c, "offers", 3);

    (void)state;
    rule->each = 1u << SELECT_NEED;
    assert_accepted(c);
    rule->count = 2;
    assert_rejected(c, DIAG_PLAN_RULE, 4, "R1 [need = N1]: 3 offers take part");
    rule->select[SELECT_DONOR] = case_names(c, "SE"); /* O1 and O2 */
    assert_accepted(c);
    rule->count = 0;
    assert_int_equal(case_verify(c), STATUS_FINDINGS);
    assert_int_equal(c->report.broken, 2);
    case_free(c);
}

static void a_count_that_says_too_little_is_never_taken_as_kept(void **state)
{
    VerifyCase *c = six_lines();
    RuleRow *rule = count(c, "regions", 9);

    (void)state;
    assert_rejected(c, DIAG_PLAN_RULE, 0, "R1: rules.csv:2 (of) says too little");
    rule->has_count = false;
    assert_rejected(c, DIAG_PLAN_RULE, 0, "R1: rules.csv:2 (count) says too little");
    case_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(donors_of_a_need_are_counted_once),
        cmocka_unit_test(needs_of_an_offer_are_those_of_its_own_lines),
        cmocka_unit_test(needs_of_a_donor_are_those_of_all_its_money),
        cmocka_unit_test(needs_of_a_beneficiary_are_those_served),
        cmocka_unit_test(a_rule_counts_what_it_names_once),
        cmocka_unit_test(a_count_is_of_the_selected_lines_for_each_by_itself),
        cmocka_unit_test(a_count_that_says_too_little_is_never_taken_as_kept),
    };

    return cmocka_run_group_tests_name("verify counts", tests, NULL, no_arena_is_left);
}
