/* The independent check: which pairs may have a line at all, and the row that is named when not. */
#include "tests/support/verify_case.h"

/* One need of 10 seats worth 100 EUR each for KHARKIV in UA-63, tagged A and B, ODA; 5 of them from
 * money O2, which is paid out of O1. */
static VerifyCase *one_line(void)
{
    VerifyCase *c = case_new();
    Need *need = case_need(c, "N1", "seat", 10 * THING);

    case_unit_cost(c, need, "100", "EUR");
    need->beneficiary = case_name(c, "KHARKIV");
    need->region = case_name(c, "UA-63");
    need->tags = case_names(c, "A;B");
    need->oda = ODA_YES;
    need->earliest = case_date("2026-02-01");
    need->deadline = case_date("2026-03-31");
    case_offer(c, "O1", "SE", "EUR", 1000000);
    case_parent(c, case_offer(c, "O2", "UNDP", "EUR", 1000000), &c->round.offers[0]);
    case_line(c, 0, 1, 5 * THING);
    return c;
}

/* ---- the need and the pair ------------------------------------------------------------------ */

static void a_need_must_be_ready_and_its_amount_known(void **state)
{
    VerifyCase *c = one_line();

    (void)state;
    assert_accepted(c);
    c->round.needs[0].ready = false;
    assert_rejected(c, DIAG_PLAN_LINE, 2, "N1 from O2: 5 seat, but needs.csv:2 (ready) says no");
    c->round.needs[0].ready = true;
    c->round.needs[0].quantity_known = false;
    assert_int_equal(case_verify(c), STATUS_FINDINGS);
    assert_finding(c, DIAG_PLAN_LINE, "but needs.csv:2 (quantity) is unknown");
    case_free(c);
}

static void a_pairs_row_may_say_no(void **state)
{
    VerifyCase *c = one_line();
    PairRow *pair = case_pair(c, 0, 1);

    (void)state;
    pair->has_eligible = true;
    pair->eligible = true;
    assert_accepted(c);
    pair->eligible = false;
    assert_rejected(c, DIAG_PLAN_LINE, 2, "but pairs.csv:2 (eligible) says no");
    case_free(c);
}

static void only_listed_pairs_are_allowed_where_the_settings_say_so(void **state)
{
    VerifyCase *c = one_line();

    (void)state;
    c->round.settings.pairs_only = true;
    assert_rejected(c, DIAG_PLAN_LINE, 2, "settings.csv (eligibility) allows only the pairs");
    case_pair(c, 0, 1);
    assert_accepted(c);
    c->round.offers[1].only_needs = case_names(c, "N2"); /* a listed pair is a yes */
    assert_accepted(c);
    c->round.offers[1].not_needs = case_names(c, "N1"); /* exclusions stay */
    assert_rejected(c, DIAG_PLAN_LINE, 2, "offers.csv:3 (not_needs) excludes N1");
    case_free(c);
}

static void units_must_be_comparable(void **state)
{
    VerifyCase *c = one_line();
    Offer *offer;

    (void)state;
    c->round.needs[0].has_unit_cost = false;
    assert_rejected(c, DIAG_PLAN_LINE, 2, "needs.csv:2 (unit_cost) is empty, so that money cannot");
    offer = case_offer(c, "O3", "NO", "licence", 100 * THING);
    c->plan.assignments[0].offer = 2;
    assert_rejected(c, DIAG_PLAN_LINE, 2, "offers.csv:4 (unit) cannot be turned into the need's");
    offer->unit = c->round.needs[0].unit;
    assert_accepted(c);
    offer->unit = round_unit(&c->round, case_name(c, "licence"));
    case_pair(c, 0, 2)->has_use = true;
    c->round.pairs[0].use = case_decimal("0.5");
    assert_accepted(c);
    case_free(c);
}

/* ---- the offer and what it is paid out of ---------------------------------------------------- */

typedef void Mutation(VerifyCase *c, Offer *offer, bool fits);

static void category(VerifyCase *c, Offer *offer, bool fits)
{
    offer->category = case_names(c, fits ? "TRN;HW" : "TRN;SOC");
}

static void known_quantity(VerifyCase *c, Offer *offer, bool fits)
{
    (void)c;
    offer->quantity_known = fits;
}

static void status(VerifyCase *c, Offer *offer, bool fits)
{
    c->round.settings.plan_on = BASIS_COMMITTED;
    offer->status = fits ? BASIS_COMMITTED : BASIS_PLEDGED;
}

static void only_beneficiaries(VerifyCase *c, Offer *offer, bool fits)
{
    offer->only_beneficiaries = case_names(c, fits ? "SUMY;KHARKIV" : "SUMY");
}

static void only_regions(VerifyCase *c, Offer *offer, bool fits)
{
    offer->only_regions = case_names(c, fits ? "UA-63" : "UA-61;UA-62");
}

static void only_needs(VerifyCase *c, Offer *offer, bool fits)
{
    offer->only_needs = case_names(c, fits ? "N1" : "N2");
}

static void only_tags(VerifyCase *c, Offer *offer, bool fits)
{
    offer->only_tags = case_names(c, fits ? "B" : "C");
}

static void not_beneficiaries(VerifyCase *c, Offer *offer, bool fits)
{
    offer->not_beneficiaries = case_names(c, fits ? "SUMY" : "KHARKIV");
}

static void not_regions(VerifyCase *c, Offer *offer, bool fits)
{
    offer->not_regions = case_names(c, fits ? "UA-61" : "UA-63");
}

static void not_needs(VerifyCase *c, Offer *offer, bool fits)
{
    offer->not_needs = case_names(c, fits ? "N2" : "N1");
}

static void not_tags(VerifyCase *c, Offer *offer, bool fits)
{
    offer->not_tags = case_names(c, fits ? "C" : "C;B");
}

/* 22 March and 9 days of lead are the deadline itself. */
static void valid_from(VerifyCase *c, Offer *offer, bool fits)
{
    (void)c;
    offer->lead_days = 9;
    offer->valid_from = case_date("2026-03-22") + (fits ? 0 : 1);
}

/* 25 January and 7 days of lead are the earliest day. */
static void valid_to(VerifyCase *c, Offer *offer, bool fits)
{
    (void)c;
    offer->lead_days = 7;
    offer->valid_to = case_date("2026-01-25") - (fits ? 0 : 1);
}

static void lapses(VerifyCase *c, Offer *offer, bool fits)
{
    c->round.settings.start = case_date("2026-01-01");
    offer->lapses = case_date("2026-01-01") - (fits ? 0 : 1);
}

static void oda_only(VerifyCase *c, Offer *offer, bool fits)
{
    offer->oda_only = true;
    c->round.needs[0].oda = fits ? ODA_YES : ODA_PARTIAL;
}

static const struct {
    const char *label;
    Mutation *mutate;
    const char *column;
    const char *says;
} BARS[] = {
    {"category", category, "category", "is for TRN;SOC"},
    {"unknown quantity", known_quantity, "quantity", "is unknown"},
    {"status", status, "status", "is less firm than what the round plans on"},
    {"only_beneficiaries", only_beneficiaries, "only_beneficiaries", "is earmarked for SUMY"},
    {"only_regions", only_regions, "only_regions", "is earmarked for UA-61;UA-62"},
    {"only_needs", only_needs, "only_needs", "is earmarked for N2"},
    {"only_tags", only_tags, "only_tags", "is earmarked for C"},
    {"not_beneficiaries", not_beneficiaries, "not_beneficiaries", "excludes KHARKIV"},
    {"not_regions", not_regions, "not_regions", "excludes UA-63"},
    {"not_needs", not_needs, "not_needs", "excludes N1"},
    {"not_tags", not_tags, "not_tags", "excludes B"},
    {"valid_from", valid_from, "valid_from", "is after the need's deadline, lead included"},
    {"valid_to", valid_to, "valid_to", "is before the need's earliest day"},
    {"lapses", lapses, "lapses", "is before the round starts"},
    {"oda_only", oda_only, "oda_only", "is for needs that are ODA"},
};

static void an_offer_and_its_parent_are_asked_alike(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(BARS); i++)
        for (int row = 0; row < 2; row++) {
            VerifyCase *c = one_line();
            const char *message;

            if (BARS[i].mutate == category && row == 0) { /* a category is not inherited */
                category(c, &c->round.offers[0], false);
                assert_accepted(c);
                case_free(c);
                continue;
            }
            BARS[i].mutate(c, &c->round.offers[row], true);
            assert_case(BARS[i].label, case_verify(c) == STATUS_OK);
            BARS[i].mutate(c, &c->round.offers[row], false);
            message = arena_printf(c->arena, "N1 from O2: 5 seat, but offers.csv:%d (%s) %s",
                                   row + 2, BARS[i].column, BARS[i].says);
            assert_rejected(c, DIAG_PLAN_LINE, 2, message);
            case_free(c);
        }
}

static void a_yes_in_the_pairs_table_lifts_category_and_earmarks_alone(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(BARS); i++) {
        VerifyCase *c = one_line();
        PairRow *pair = case_pair(c, 0, 1);
        bool lifted = BARS[i].mutate == category || BARS[i].mutate == only_beneficiaries ||
                      BARS[i].mutate == only_regions || BARS[i].mutate == only_needs ||
                      BARS[i].mutate == only_tags;

        pair->has_eligible = true;
        pair->eligible = true;
        BARS[i].mutate(c, &c->round.offers[1], false);
        assert_case(BARS[i].label, (case_verify(c) == STATUS_OK) == lifted);
        case_free(c);
    }
}

static void an_oda_question_that_is_open_is_never_a_yes(void **state)
{
    VerifyCase *c = one_line();

    (void)state;
    c->round.offers[1].oda_only = true;
    assert_accepted(c);
    c->round.needs[0].oda = ODA_UNKNOWN;
    assert_rejected(c, DIAG_PLAN_LINE, 2, "offers.csv:3 (oda_only)");
    c->round.needs[0].oda = ODA_NO;
    assert_rejected(c, DIAG_PLAN_LINE, 2, "offers.csv:3 (oda_only)");
    case_free(c);
}

static void every_bar_of_a_line_is_named(void **state)
{
    VerifyCase *c = one_line();

    (void)state;
    only_regions(c, &c->round.offers[0], false);
    not_tags(c, &c->round.offers[1], false);
    assert_int_equal(case_verify(c), STATUS_FINDINGS);
    assert_int_equal(c->report.broken, 2);
    assert_finding(c, DIAG_PLAN_LINE, "offers.csv:2 (only_regions)");
    assert_finding(c, DIAG_PLAN_LINE, "offers.csv:3 (not_tags)");
    case_free(c);
}

/* ---- rules and commitments ------------------------------------------------------------------ */

static void a_rule_forbids_the_pairs_it_selects(void **state)
{
    static const struct {
        Selector selector;
        const char *hits;
        const char *misses;
    } CASES[] = {
        {SELECT_DONOR, "NO;UNDP", "SE"}, /* not the donor at the root */
        {SELECT_OFFER, "O2", "O1"},      /* not the parent */
        {SELECT_NEED, "N1", "N2"},         {SELECT_BENEFICIARY, "KHARKIV", "SUMY"},
        {SELECT_REGION, "UA-63", "UA-61"}, {SELECT_CATEGORY, "HW", "TRN"},
        {SELECT_TAG, "C;B", "C"},          {SELECT_PRIORITY, "1;2", "2"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        VerifyCase *c = one_line();
        RuleRow *rule = case_rule(c, "R1", RULE_FORBID);

        rule->select[CASES[i].selector] = case_names(c, CASES[i].misses);
        assert_case(CASES[i].misses, case_verify(c) == STATUS_OK);
        rule->select[CASES[i].selector] = case_names(c, CASES[i].hits);
        assert_rejected(c, DIAG_PLAN_LINE, 2, "but rules.csv:2 forbids it");
        case_free(c);
    }
}

static void all_selectors_of_a_rule_must_match(void **state)
{
    VerifyCase *c = one_line();
    RuleRow *rule = case_rule(c, "R1", RULE_FORBID);

    (void)state;
    assert_rejected(c, DIAG_PLAN_LINE, 2, "rules.csv:2 forbids it"); /* no selector: everything */
    rule->select[SELECT_DONOR] = case_names(c, "SE");
    rule->select[SELECT_TAG] = case_names(c, "C");
    assert_accepted(c);
    case_free(c);
}

static void a_commitment_may_forbid_a_pair(void **state)
{
    VerifyCase *c = one_line();
    Commitment *row = case_commitment(c, 0, 0, COMMITMENT_FORBIDDEN, 0);

    (void)state;
    assert_accepted(c);
    row->offer = 1;
    assert_rejected(c, DIAG_PLAN_LINE, 2, "but commitments.csv:2 (kind) forbids it");
    case_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_need_must_be_ready_and_its_amount_known),
        cmocka_unit_test(a_pairs_row_may_say_no),
        cmocka_unit_test(only_listed_pairs_are_allowed_where_the_settings_say_so),
        cmocka_unit_test(units_must_be_comparable),
        cmocka_unit_test(an_offer_and_its_parent_are_asked_alike),
        cmocka_unit_test(a_yes_in_the_pairs_table_lifts_category_and_earmarks_alone),
        cmocka_unit_test(an_oda_question_that_is_open_is_never_a_yes),
        cmocka_unit_test(every_bar_of_a_line_is_named),
        cmocka_unit_test(a_rule_forbids_the_pairs_it_selects),
        cmocka_unit_test(all_selectors_of_a_rule_must_match),
        cmocka_unit_test(a_commitment_may_forbid_a_pair),
    };

    return cmocka_run_group_tests_name("verify eligibility", tests, NULL, no_arena_is_left);
}
