/* What allot explain says, of a plan made by hand (tests/support/small_round.c). Expected amounts are
 * worked out here: O1 gives N1 4,800 EUR, of which its channel keeps a tenth: 4,800 / 0.9 = 5,333.34,
 * rounded up to the cent. O3, paid out of O2, gives N1 1,250 EUR: at 1.25 that is GBP 1,000. O2 gives N2
 * 40 hours at GBP 100: with what O3 took that is GBP 5,000 of 9,000. O5 gives N6 JPY 500,000 of the
 * 1,000,000 it asks for: at 0.00625 that is EUR 3,125.
 */
#include "tests/support/round_case.h"

#include <string.h>

#include "allot/amount_text.h"
#include "allot/explain_text.h"
#include "tests/support/small_round.h"

/** What is said of an id, in the round's arena. */
static const char *explained(SmallRound *small, const char *id)
{
    ExplainSubject subject;
    const char *text = NULL;
    assert_int_equal(explain_find(&small->round, id, small->arena, small->diag, &subject),
                     STATUS_OK);
    assert_int_equal(explain_text(&small->round, &small->plan, subject, small->arena, &text),
                     STATUS_OK);
    return text;
}

static void assert_explained(const char *id, const char *want)
{
    SmallRound *small = small_round_new();
    assert_case_text(id, explained(small, id), want);
    small_round_free(small);
}

static void assert_mentioned(const char *id, const char *piece)
{
    SmallRound *small = small_round_new();
    const char *text = explained(small, id);
    if (strstr(text, piece) == NULL)
        fail_msg("'%s' is not said of %s:\n%s", piece, id, text);
    small_round_free(small);
}

/* ---- needs ---------------------------------------------------------------------------------- */

static void a_need_says_what_it_gets_what_is_missing_and_who_else_has_it(void **state)
{
    (void)state;
    assert_explained(
        "N1",
        "Need N1: =SUM(A1:A9), as text. It is for Ministry of Health (MOH) in Kyiv, of tier 1 and "
        "category SOC.\n\n"
        "It asks for EUR 10,000.00. Of that EUR 2,500.00 is covered elsewhere (EU). This round is "
        "asked for EUR 7,500.00.\n\n"
        "It gets EUR 6,050.00:\n"
        "- EUR 4,800.00 from offer O1 of Estonia (EST), paid; this takes EUR 5,333.34 of the "
        "offer.\n"
        "- EUR 1,250.00 from offer O3 of Estonia (EST), committed; this takes GBP 1,000.00 of the "
        "offer.\n\n"
        "Still unmet: EUR 1,450.00. Why: What holds it back has not been proven.\n\n"
        "Runners-up, which the same offers could serve: N6 of tier 1 lacks JPY 500,000; N2 of tier "
        "2 lacks 60 hour.\n\n"
        "Offers that may serve it, and who else has them:\n"
        "- O1 of Estonia (EST). Of its EUR 7,000.00, EUR 1,666.66 is left. Of the budget of "
        "Estonia "
        "(EST), EUR 8,000.00, EUR 2,666.66 is left. No other need uses it.\n"
        "- O2 of United Kingdom (GBR). Of its GBP 9,000.00, GBP 4,000.00 is left. N2 of tier 2 has "
        "40 hour for GBP 4,000.00.\n"
        "- O3 of Estonia (EST). Of its GBP 4,000.00, GBP 3,000.00 is left. It is paid out of O2, "
        "of "
        "which GBP 4,000.00 is left. N2 of tier 2 has 40 hour for GBP 4,000.00 through O2.\n");
}

static void a_need_that_is_not_ready_names_what_waits_for_it(void **state)
{
    (void)state;
    assert_explained("N5", "Need N5: Audit. It is of tier 2 and category SOC.\n\n"
                           "It asks for EUR 3,000.00.\n\n"
                           "It gets nothing in this round.\n\n"
                           "Still unmet: EUR 3,000.00. Why: It is not ready yet.\n\n"
                           "Nothing but this bars these offers from serving it: O1, O2, O3.\n");
}

/** 50 licences without a price: nothing is said of what they are worth. */
static void a_need_without_money_value_states_none(void **state)
{
    (void)state;
    assert_explained(
        "N3", "Need N3: Licences. It is for Ministry of Health (MOH) in Kyiv, of tier 2 and "
              "category LIC.\n\n"
              "It asks for 50 licence.\n\n"
              "It gets 50 licence:\n"
              "- 50 licence from offer O4 of United Kingdom (GBR), paid.\n\n"
              "It is met in full.\n\n"
              "Offers that may serve it, and who else has them:\n"
              "- O4 of United Kingdom (GBR). Of its 60 licence, 10 licence is left. No other "
              "need uses it.\n");
}

static void what_was_agreed_what_is_restricted_and_what_is_unknown_is_said(void **state)
{
    (void)state;
    assert_mentioned("N2", "- 20 hour from offer O6 of Japan (JPN), committed; it is worth EUR "
                           "2,500.00; this was agreed beforehand.\n");
    assert_mentioned("N2", "Still unmet: 60 hour, worth EUR 7,500.00. Why: Offers of its "
                           "kind exist, and none at its time.\n");
    assert_mentioned("N6", "Backup site. Its title is restricted: mind who reads this.");
    assert_mentioned("N4",
                     "How much it asks for is not known, so that it stays out of the plan.\n");
}

/* ---- offers --------------------------------------------------------------------------------- */

static void an_offer_says_whom_it_serves_and_whom_it_may_not(void **state)
{
    (void)state;
    assert_explained("O5",
                     "Offer O5 of Japan (JPN): JPY 800,000, pledged.\n\n"
                     "Of it JPY 500,000 is used and JPY 300,000 is left.\n\n"
                     "It serves:\n"
                     "- N6 for Ministry of Health (MOH) (tier 1): JPY 500,000.\n\n"
                     "It may serve these needs, which are not met in full:\n"
                     "- N6 for Ministry of Health (MOH) (tier 1), unmet JPY 500,000: Offers of "
                     "its kind exist, and each is barred from serving it.\n\n"
                     "Needs of its kind that it may not serve:\n"
                     "- It meets a need of unknown amount (needs.csv row 5, quantity): N4.\n");
}

static void an_offer_tells_of_what_is_paid_out_of_it_and_of_its_channels(void **state)
{
    (void)state;
    assert_mentioned("O2", "Offer O3 of Estonia (EST) is paid out of it and uses GBP 1,000.00.\n");
    assert_mentioned("O3", "It is paid out of offer O2 of United Kingdom (GBR).\n");
    /* a tenth of 5,333.34, half to even */
    assert_mentioned("O1", "Of what its own lines use, EUR 533.33 stays with its channels.\n");
    assert_mentioned("O1", "What is not used of it lapses on 2026-03-31.\n");
    assert_mentioned("O1", "- N1 for Ministry of Health (MOH) (tier 1): EUR 4,800.00 for "
                           "EUR 5,333.34 gross.\n");
    assert_mentioned("O4", "Every need that it may serve is met in full.\n");
}

/* ---- donors --------------------------------------------------------------------------------- */

static void a_donor_adds_up_its_own_money_and_says_what_stays_unused(void **state)
{
    (void)state;
    assert_explained(
        "EST",
        "Donor Estonia (EST) offers:\n"
        "- O1, paid: EUR 7,000.00, of which EUR 5,333.34 is used and EUR 1,666.66 is left.\n"
        "- O3, committed: GBP 4,000.00, of which GBP 1,000.00 is used and GBP 3,000.00 is left; it "
        "is paid out of O2.\n\n"
        "Its money offers share a budget of EUR 8,000.00, of which EUR 5,333.34 is used and EUR "
        "2,666.66 is left.\n\n"
        "It gives EUR 4,800.00 in 1 line, to 1 need.\n\n"
        "By tier:\n- tier 1: EUR 4,800.00 in 1 line.\n\n"
        "By beneficiary:\n- Ministry of Health (MOH): EUR 4,800.00 in 1 line.\n\n"
        "What stays unused, and why:\n"
        "- EUR 1,666.66 of offer O1. The needs that it may serve could not have it, for these "
        "reasons: "
        "barred by what offers or rules say (N6); not at their time (N2); not proven (N1).\n"
        "- GBP 3,000.00 of offer O3. The needs that it may serve could not have it, for these "
        "reasons: "
        "barred by what offers or rules say (N6); not at their time (N2); not proven (N1).\n");
}

static void lines_without_value_are_counted_and_pledges_stand_apart(void **state)
{
    (void)state;
    /* 40 hours at GBP 100 and 1,250 through O3; 50 licences have no price */
    assert_mentioned("GBR", "It gives EUR 6,250.00 in 2 lines and 1 line without a money value, to "
                            "3 needs.\n");
    assert_mentioned("GBR", "- tier 1: EUR 1,250.00 in 1 line.\n"
                            "- tier 2: EUR 5,000.00 in 1 line and 1 line without a money value.\n");
    assert_mentioned("JPN",
                     "It gives EUR 3,125.00 in 1 line and things worth EUR 2,500.00 in 1 line, "
                     "to 2 needs. Of that, pledges alone "
                     "stand behind EUR 3,125.00 in 1 line.\n");
}

/* ---- ids ------------------------------------------------------------------------------------ */

static void an_unknown_id_is_a_finding_with_the_one_that_may_be_meant(void **state)
{
    SmallRound *small = small_round_new();
    ExplainSubject subject;
    size_t count;
    (void)state;
    assert_int_equal(explain_find(&small->round, "ETS", small->arena, small->diag, &subject),
                     STATUS_FINDINGS);
    const Finding *findings = diag_findings(small->diag, &count);
    assert_int_equal(findings[count - 1].code, DIAG_ID_UNKNOWN);
    assert_string_equal(findings[count - 1].message,
                        "need, offer or donor 'ETS' is not known; did you mean 'EST'?");
    small_round_free(small);
}

static void a_shortage_of_memory_is_said_wherever_it_comes(void **state)
{
    (void)state;
    bool ended = false;
    for (size_t calls = 0; !ended; calls++) {
        SmallRound *small = small_round_new();
        ExplainSubject subject;
        const char *text;
        assert_int_equal(explain_find(&small->round, "EST", small->arena, small->diag, &subject),
                         STATUS_OK);
        arena_fail_after(small->arena, calls);
        Status status = explain_text(&small->round, &small->plan, subject, small->arena, &text);
        arena_fail_after(small->arena, SIZE_MAX);
        assert_true(status == STATUS_OK || status == STATUS_NO_MEMORY);
        ended = status == STATUS_OK;
        small_round_free(small);
    }
}

static void digits_stand_in_groups_of_three(void **state)
{
    const Unit eur = {.name = "EUR", .is_money = true, .places = 2};
    const Unit seat = {.name = "seat", .places = UNIT_THING_PLACES};
    (void)state;
    assert_string_equal(amount_text(eur, 123456789).digits, "1,234,567.89");
    assert_string_equal(amount_text(eur, -100000).digits, "-1,000.00");
    assert_string_equal(amount_text(eur, 99999).digits, "999.99");
    assert_string_equal(amount_text(seat, 1234500000).digits, "1,234.5");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_need_says_what_it_gets_what_is_missing_and_who_else_has_it),
        cmocka_unit_test(a_need_that_is_not_ready_names_what_waits_for_it),
        cmocka_unit_test(a_need_without_money_value_states_none),
        cmocka_unit_test(what_was_agreed_what_is_restricted_and_what_is_unknown_is_said),
        cmocka_unit_test(an_offer_says_whom_it_serves_and_whom_it_may_not),
        cmocka_unit_test(an_offer_tells_of_what_is_paid_out_of_it_and_of_its_channels),
        cmocka_unit_test(a_donor_adds_up_its_own_money_and_says_what_stays_unused),
        cmocka_unit_test(lines_without_value_are_counted_and_pledges_stand_apart),
        cmocka_unit_test(an_unknown_id_is_a_finding_with_the_one_that_may_be_meant),
        cmocka_unit_test(a_shortage_of_memory_is_said_wherever_it_comes),
        cmocka_unit_test(digits_stand_in_groups_of_three),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
