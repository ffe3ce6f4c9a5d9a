/* The report as data: what stands on which sheet, which formula adds it up, what it gives. Expected
 * lines were worked out by hand from the tables in tests/support/small_round.c.
 */
#include "tests/support/test_support.h"

#include <stdlib.h>
#include <string.h>

#include "allot/report.h"
#include "io/page_cell.h"
#include "io/page_text.h"
#include "tests/support/report_lines.h"

static void the_summary_says_what_was_asked_covered_assigned_and_unmet(void **state)
{
    (void)state;
    SmallRound *small = small_round_new();
    assert_report_lines(
        small, "Summary!A1 title text \"Small & round (2026-Q1)\"\n"
               "Summary!A2 subtitle text \"1 January 2026 to 31 March 2026\"\n"
               "Summary!A3 note text \"The plan keeps every rule. In 1 of 3 steps it was not "
               "proven that no better one exists (sheet Method).\"\n"
               "Summary!A5 note text \"Converted at: 1 GBP = 1.25 EUR (2 January 2026); 1 JPY = "
               "0.00625 EUR (2 January 2026). Sources: sheet Rates.\"\n"
               "Summary!I7 card text \"Needs met in full, of 6\"\n"
               "Summary!A8 card formula =SUM(Needs!$Q$10:$Q$15) gives 34250 as #,##0\n"
               "Summary!B8 card formula =SUM(Needs!$R$10:$R$15) gives 2500 as #,##0\n"
               "Summary!D8 card formula =SUM(Needs!$S$10:$S$15) gives 16675 as #,##0\n"
               "Summary!F8 card formula =SUM(Needs!$T$10:$T$15) gives 15075 as #,##0\n"
               "Summary!I8 card formula =COUNTIFS(Needs!$G$10:$G$15,\"met\") gives 1 as #,##0\n"
               "Summary!A9 card text \"by 4 needs; 2 without money value are counted apart\"\n");
    small_round_free(small);
}

static void a_tier_is_summed_by_formulas_over_the_needs(void **state)
{
    (void)state;
    SmallRound *small = small_round_new();
    assert_report_lines(
        small,
        "Summary!A26 text \"Tier 1\"\n"
        "Summary!B26 formula =SUMIFS(Needs!$Q$10:$Q$15,Needs!$F$10:$F$15,1) gives 16250 as "
        "#,##0.00;-#,##0.00;\"\xE2\x80\x93\"\n"
        "Summary!D26 formula =SUMIFS(Needs!$S$10:$S$15,Needs!$F$10:$F$15,1) gives 9175 as "
        "#,##0.00;-#,##0.00;\"\xE2\x80\x93\"\n"
        "Summary!G26 formula =IF(B26=0,0,D26/B26) gives 0.564615385 as 0.0%\n"
        "Summary!K26 formula =COUNTIFS(Needs!$F$10:$F$15,1,Needs!$G$10:$G$15,\"partly\") gives 2 "
        "as "
        "#,##0\n"
        "Summary!E28 total formula =SUM(Summary!$E$26:$E$27) gives 15075 as "
        "#,##0.00;-#,##0.00;\"\xE2\x80\x93\"\n"
        "Summary!N28 total formula =SUM(Summary!$N$26:$N$27) gives 2 as "
        "#,##0;-#,##0;\"\xE2\x80\x93\"\n");
    small_round_free(small);
}

static void cash_in_kind_and_pledges_are_told_apart(void **state)
{
    (void)state;
    SmallRound *small = small_round_new();
    assert_report_lines(
        small,
        "Summary!A31 text \"Given in cash\"\n"
        "Summary!B31 formula =SUMIFS(Assignments!$O$9:$O$14,Assignments!$N$9:$N$14,\"cash\") "
        "gives 14175 as #,##0.00\n"
        "Summary!A32 text \"Given in cash, on pledges only\"\n"
        "Summary!B32 formula =SUMIFS(Assignments!$O$9:$O$14,Assignments!$N$9:$N$14,\"cash\","
        "Assignments!$Q$9:$Q$14,\"pledged\") gives 3125 as #,##0.00\n"
        "Summary!A33 text \"Given in kind\"\n"
        "Summary!B33 formula =SUMIFS(Assignments!$P$9:$P$14,Assignments!$N$9:$N$14,\"in kind\") "
        "gives 2500 as #,##0.00\n"
        "Summary!D33 number 1 as #,##0\n"
        "Summary!A35 text \"Cash left, planned on but not used\"\n"
        "Summary!B35 formula =SUM(Offers!$R$11:$R$16) gives 8541.66 as #,##0.00\n");
    small_round_free(small);
}

static void donors_are_counted_where_the_money_comes_from(void **state)
{
    (void)state;
    SmallRound *small = small_round_new();
    assert_report_lines(
        small,
        "Summary!A38 text \"GBR \xE2\x80\x93 United Kingdom\"\n"
        "Summary!B38 formula =SUMIFS(Offers!$P$11:$P$16,Offers!$B$11:$B$16,\"GBR\") gives 11250 "
        "as #,##0.00;-#,##0.00;\"\xE2\x80\x93\"\n"
        "Summary!C38 formula =SUMIFS(Offers!$Q$11:$Q$16,Offers!$B$11:$B$16,\"GBR\") gives 6250 "
        "as #,##0.00;-#,##0.00;\"\xE2\x80\x93\"\n"
        "Summary!A39 text \"EST \xE2\x80\x93 Estonia\"\n"
        "Donors!I11 formula =SUMIFS(Assignments!$O$9:$O$14,Assignments!$D$9:$D$14,\"GBR\") gives "
        "6250 as #,##0.00\n");
    small_round_free(small);
}

/* 7000 offered, 4800 given, a tenth of the gross 5333.34 kept, 1666.66 left: a cent is rounding's. */
static void what_channels_keep_stands_between_given_and_left(void **state)
{
    (void)state;
    SmallRound *small = small_round_new();
    assert_report_lines(
        small, "Offers!S11 number 533.33 as #,##0.00\n"
               "Donors!J9 heading text \"Kept by channels (EUR)\"\n"
               "Donors!H10 formula =SUMIFS(Offers!$P$11:$P$16,Offers!$B$11:$B$16,\"EST\") gives "
               "7000 as #,##0.00\n"
               "Donors!I10 formula =SUMIFS(Assignments!$O$9:$O$14,Assignments!$D$9:$D$14,\"EST\") "
               "gives 4800 as #,##0.00\n"
               "Donors!J10 formula =SUMIFS(Offers!$S$11:$S$16,Offers!$B$11:$B$16,\"EST\") gives "
               "533.33 as #,##0.00\n"
               "Donors!K10 formula =SUMIFS(Offers!$R$11:$R$16,Offers!$B$11:$B$16,\"EST\") gives "
               "1666.66 as #,##0.00\n");
    assert_non_null(strstr(report_of(small), "but for cents: every line is rounded by itself"));
    small_round_free(small);
}

/* O5 offers 800,000 yen, 5000 EUR; 1875 of them were left. */
static void what_lapsed_before_the_round_is_in_no_other_total(void **state)
{
    (void)state;
    SmallRound *small = small_round_new();
    Offer *offer = &small->round.offers[round_find_offer(&small->round, "O5")];
    offer->lapses = small->round.settings.start - 1;
    assert_report_lines(small,
                        "Summary!B35 formula =SUM(Offers!$S$11:$S$16) gives 6666.66 as #,##0.00\n"
                        "Summary!A36 text \"Lapsed before the round\"\n"
                        "Summary!B36 formula =SUM(Offers!$U$11:$U$16) gives 5000 as #,##0.00\n"
                        "Offers!F10 heading text \"Not planned on, because\"\n"
                        "Offers!U10 heading text \"Cash lapsed before the round (EUR)\"\n"
                        "Offers!F15 text \"lapsed before the round\"\n"
                        "Offers!U15 number 5000 as #,##0.00\n");
    assert_null(strstr(report_of(small), "Offers!Q15 "));
    offer->lapses =
        small->round.settings.start; /* its last day is the round's first: still there */
    assert_null(strstr(report_of(small), "apsed before the round"));
    small_round_free(small);
}

static void an_offer_lapses_with_what_it_is_paid_out_of(void **state)
{
    (void)state;
    SmallRound *small = small_round_new();
    Offer *offers = small->round.offers;
    offers[round_find_offer(&small->round, "O2")].lapses = small->round.settings.start - 1;
    assert_report_lines(small,
                        "Summary!B36 formula =SUM(Offers!$U$11:$U$16) gives 11250 as #,##0.00\n"
                        "Offers!F12 text \"lapsed before the round\"\n"
                        "Offers!F13 text \"what it is paid out of lapsed before the round\"\n");
    small_round_free(small);
}

static void an_offer_says_why_it_is_not_planned_on(void **state)
{
    (void)state;
    SmallRound *small = small_round_new();
    small->round.settings.plan_on = BASIS_COMMITTED;
    small->round.offers[round_find_offer(&small->round, "O6")].quantity_known = false;
    assert_report_lines(small, "Offers!F15 text \"only pledged\"\n"
                               "Offers!F16 text \"amount unknown\"\n");
    small_round_free(small);
}

static void a_plan_that_is_proven_says_so(void **state)
{
    (void)state;
    SmallRound *small = small_round_new();
    small->plan.stage_count = 1;
    assert_report_lines(
        small, "Summary!A3 note text \"The plan keeps every rule, and every step is proven "
               "to be the best.\"\n");
    small_round_free(small);
}

static void each_offer_shows_its_own_unit_and_the_reporting_currency(void **state)
{
    (void)state;
    SmallRound *small = small_round_new();
    assert_report_lines(small, "Assignments!L8 heading text \"Offer quantity\"\n"
                               "Assignments!O8 heading text \"Cash (EUR)\"\n"
                               "Assignments!B10 text \"O3\"\n"
                               "Assignments!C10 text \"EST\"\n"
                               "Assignments!D10 text \"GBR\"\n"
                               "Assignments!J10 number 1250 as #,##0.00\n"
                               "Assignments!L10 number 1000 as #,##0.00\n"
                               "Assignments!M10 text \"GBP\"\n"
                               "Assignments!N10 text \"cash\"\n"
                               "Assignments!O10 number 1250 as #,##0.00\n"
                               "Assignments!A12 text \"N2\"\n"
                               "Assignments!N12 text \"in kind\"\n"
                               "Assignments!P12 number 2500 as #,##0.00\n"
                               "Assignments!R12 text \"yes\"\n");
    small_round_free(small);
}

static void a_need_shows_its_state_its_reason_and_the_arithmetic_of_its_tier(void **state)
{
    (void)state;
    SmallRound *small = small_round_new();
    assert_report_lines(
        small, "Needs!A10 text \"N1\"\n"
               "Needs!B10 text \"=SUM(A1:A9), as text\"\n"
               "Needs!G10 text \"partly\"\n"
               "Needs!I10 number 10000 as #,##0.00\n"
               "Needs!K10 number 6050 as #,##0.00\n"
               "Needs!M10 number 1450 as #,##0.00\n"
               "Needs!N10 number 0.855 as 0.0%\n"
               "Needs!T10 number 1450 as #,##0.00\n"
               "Needs!V10 number 72 as #,##0.00\n"
               "Needs!W10 text \"UNPROVEN\"\n"
               "Needs!X10 text \"Not explained yet.\"\n"
               "Needs!Y10 text \"(2 \xC3\x97 80 + 1 \xC3\x97 56) / 3 = 72, from 70: tier 1\"\n"
               "Needs!Z10 text \"urgent\"\n"
               "Needs!AA10 text \"Olena\"\n"
               "Needs!H11 text \"hour\"\n"
               "Needs!I11 number 120 as #,##0\n"
               "Needs!G13 text \"amount unknown\"\n"
               "Needs!I13 text \"unknown\"\n"
               "Needs!W13 text \"AMOUNT_UNKNOWN\"\n"
               "Needs!B15 text \"[restricted] Backup site\"\n"
               "Needs!I15 number 1000000 as #,##0\n"
               "Needs!Q15 number 6250 as #,##0.00\n"
               "Needs!X15 text \"offers O1, O2\"\n");
    small_round_free(small);
}

static void a_need_without_a_money_value_has_no_zero_in_its_place(void **state)
{
    (void)state;
    SmallRound *small = small_round_new();
    const char *text = report_of(small);
    assert_non_null(strstr(text, "Needs!A12 text \"N3\"\n"));
    assert_null(strstr(text, "Needs!Q12 "));
    assert_null(strstr(text, "Needs!T12 "));
    assert_null(strstr(text, "Needs!T13 "));
    small_round_free(small);
}

static void totals_stand_above_the_headings_and_follow_the_filter(void **state)
{
    (void)state;
    SmallRound *small = small_round_new();
    assert_report_lines(
        small, "Needs!N8 total text \"Total of the rows shown\"\n"
               "Needs!Q8 total formula =SUBTOTAL(109,Needs!$Q$10:$Q$15) gives 34250 as #,##0.00\n"
               "Needs!Q9 heading text \"Asked (EUR)\"\n"
               "Needs table Needs A9:AA15 filter\n");
    small_round_free(small);
}

static void a_carried_column_gives_way_to_the_programs_own(void **state)
{
    (void)state;
    SmallRound *small = small_round_new();
    assert_report_lines(small, "Needs!X9 heading text \"Detail\"\n"
                               "Needs!Z9 heading text \"input_detail\"\n"
                               "Needs!AA9 heading text \"officer\"\n");
    small_round_free(small);
}

static void what_an_offer_paid_out_of_another_offers_is_counted_once(void **state)
{
    (void)state;
    SmallRound *small = small_round_new();
    const char *text = report_of(small);
    assert_non_null(strstr(text, "Offers!P12 number 11250 as #,##0.00\n"));
    assert_non_null(strstr(text, "Offers!F13 text \"O2\"\n"));
    assert_non_null(strstr(text, "Offers!I13 number 1000 as #,##0.00\n"));
    assert_null(strstr(text, "Offers!P13 "));
    assert_non_null(
        strstr(text, "Offers!P9 total formula =SUBTOTAL(109,Offers!$P$11:$P$16) gives 23250 as"));
    small_round_free(small);
}

static void the_matrix_is_one_table_whose_rows_keep_cash_in_kind_and_counts_apart(void **state)
{
    (void)state;
    SmallRound *small = small_round_new();
    assert_report_lines(
        small, "Matrix!A7 heading text \"Donor\"\n"
               "Matrix!B7 heading text \"What\"\n"
               "Matrix!C7 heading text \"HW\"\n"
               "Matrix!A10 text \"JPN\"\n"
               "Matrix!B10 text \"Cash (EUR)\"\n"
               "Matrix!C10 formula =SUMIFS(Assignments!$O$9:$O$14,Assignments!$D$9:$D$14,\"JPN\","
               "Assignments!$H$9:$H$14,\"HW\") gives 3125 as #,##0.00;-#,##0.00;\"\xE2\x80\x93\"\n"
               "Matrix!A11 text \"JPN\"\n" /* the others give nothing of the next kind */
               "Matrix!B11 text \"In kind, with a money value (EUR)\"\n"
               "Matrix!A12 text \"GBR\"\n"
               "Matrix!B12 text \"In kind, no money value (lines)\"\n"
               "Matrix!A13 total text \"All donors\"\n"
               "Matrix!G13 total formula =SUM(G8:G10) gives 14175 as "
               "#,##0.00;-#,##0.00;\"\xE2\x80\x93\"\n"
               "Matrix!G14 total formula =SUM(G11:G11) gives 2500 as "
               "#,##0.00;-#,##0.00;\"\xE2\x80\x93\"\n"
               "Matrix!G15 total formula =SUM(G12:G12) gives 1 as #,##0;-#,##0;\"\xE2\x80\x93\"\n"
               "Matrix table Matrix A7:G12 filter\n");
    small_round_free(small);
}

static void the_method_explains_each_stage(void **state)
{
    (void)state;
    SmallRound *small = small_round_new();
    assert_report_lines(
        small,
        "Method!A9 note text \"Rounding money to whole minor units cost EUR 0.004 in all.\"\n"
        "Method!A12 text \"tier 1\"\n"
        "Method!B12 text \"As little as possible of tier 1 stays unmet: unmet money value in EUR, "
        "each need times its weight.\"\n"
        "Method!C12 text \"least\"\n"
        "Method!D12 number 4575 as #,##0\n"
        "Method!A13 text \"fairness 1.1\"\n"
        "Method!C13 text \"largest\"\n"
        "Method!D13 number 0.666666667 as #,##0.000000\n"
        "Method!G13 text \"partial\"\n"
        "Method table Stages A11:H14 filter\n");
    small_round_free(small);
}

static void findings_are_listed_with_their_place(void **state)
{
    (void)state;
    SmallRound *small = small_round_new();
    diag_sort(small->diag);
    assert_report_lines(small, "Problems!A7 text \"warning\"\n"
                               "Problems!B7 text \"W109\"\n"
                               "Problems!C7 text \"needs\"\n"
                               "Problems!D7 number 5 as #,##0\n"
                               "Problems!E7 text \"quantity\"\n");
    small_round_free(small);
}

static void a_round_without_needs_makes_a_report_too(void **state)
{
    (void)state;
    SmallRound *small = small_round_empty();
    assert_report_lines(small, "Summary!A8 card number 0 as #,##0\n"
                               "Needs!A8 note text \"(none)\"\n"
                               "Matrix!A7 note text \"Nothing is assigned.\"\n");
    small_round_free(small);
}

/* Names that a spreadsheet takes for patterns, comparisons, numbers, or one another. */
static void odd_names_are_compared_exactly(void **state)
{
    (void)state;
    static const char *const odd[] = {"*", "=x", "007", "hw", "HW", ""};
    SmallRound *small = small_round_new();
    for (size_t i = 0; i < COUNT_OF(odd); i++)
        small->round.needs[i].category = odd[i];
    const char *text = report_of(small);
    assert_non_null(
        strstr(text, "=SUMPRODUCT(--EXACT(Needs!$E$10:$E$15,\"*\"),Needs!$Q$10:$Q$15)"));
    assert_non_null(strstr(text, "=SUMPRODUCT(--EXACT(Needs!$E$10:$E$15,\"=x\"))"));
    assert_non_null(strstr(text, "--EXACT(Needs!$E$10:$E$15,\"007\")"));
    assert_non_null(strstr(text, "--EXACT(Needs!$E$10:$E$15,\"hw\")"));
    assert_non_null(strstr(text, "--(LEN(Needs!$E$10:$E$15)=0)"));
    small_round_free(small);
}

static void what_no_formula_can_hold_stays_a_figure(void **state)
{
    (void)state;
    SmallRound *small = small_round_new();
    small->round.needs[0].category = "bad\xFF";
    small->round.needs[1].category = "_x0041_";
    small->round.needs[2].category = "two\nlines";
    const char *text = report_of(small);
    assert_null(strstr(text, "(Needs!$E$10:$E$15,\"bad"));
    assert_null(strstr(text, "\"_x0041_\")"));
    assert_null(strstr(text, ",\"two"));
    assert_non_null(strstr(text, "text \"bad\xEF\xBF\xBD\"\n"));
    small_round_free(small);
}

static void building_fails_cleanly_whenever_memory_does(void **state)
{
    (void)state;
    SmallRound *small = small_round_new();
    size_t calls = 0;
    Status status;
    do {
        Arena *arena = arena_new();
        Report *report = NULL;
        arena_fail_after(arena, calls++);
        status =
            report_build(&small->round, &small->plan, &small->info, small->diag, arena, &report);
        assert_true(status == STATUS_OK || status == STATUS_NO_MEMORY);
        assert_int_equal(report != NULL, status == STATUS_OK);
        arena_free(arena);
    } while (status != STATUS_OK);
    assert_true(calls > 100);
    small_round_free(small);
}

static void forms_say_as_many_decimals_as_an_amount_has(void **state)
{
    (void)state;
    Unit euro = {"EUR", true, 2}, yen = {"JPY", true, 0}, seat = {"seat", false, 6};
    static const struct {
        const char *label;
        int unit;
        int64_t amount;
        const char *form;
    } cases[] = {
        {"cents", 0, 123450, "#,##0.00"},      {"yen", 1, 500, "#,##0"},
        {"whole seats", 2, 3000000, "#,##0"},  {"half a seat", 2, 500000, "#,##0.0"},
        {"a millionth", 2, 1, "#,##0.000000"}, {"no seat", 2, 0, "#,##0"},
    };
    const Unit units[] = {euro, yen, seat};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char text[64];
        form_text(form_of_amount(units[cases[i].unit], cases[i].amount), text);
        assert_case_text(cases[i].label, text, cases[i].form);
    }
}

static void columns_have_the_letters_of_spreadsheets(void **state)
{
    (void)state;
    static const struct {
        int column;
        const char *letters;
    } cases[] = {{0, "A"}, {25, "Z"}, {26, "AA"}, {701, "ZZ"}, {702, "AAA"}, {16383, "XFD"}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char letters[4];
        column_letters(cases[i].column, letters);
        assert_case_text(cases[i].letters, letters, cases[i].letters);
    }
}

static void texts_are_compared_without_case_in_three_alphabets(void **state)
{
    (void)state;
    assert_true(page_text_same("Reason", "REASON"));
    assert_true(
        page_text_same("\xD0\x9A\xD0\x98\xD0\x87\xD0\x92", "\xD0\xBA\xD0\xB8\xD1\x97\xD0\xB2"));
    assert_true(page_text_same("\xC5\x81\xC3\x93\xC5\xB9", "\xC5\x82\xC3\xB3\xC5\xBA"));
    assert_false(page_text_same("\xD0\xBA\xD0\xB8\xD1\x97\xD0\xB2",
                                "\xD0\xBB\xD1\x8C\xD0\xB2\xD1\x96\xD0\xB2"));
    assert_false(page_text_same("a", "ab"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_summary_says_what_was_asked_covered_assigned_and_unmet),
        cmocka_unit_test(a_tier_is_summed_by_formulas_over_the_needs),
        cmocka_unit_test(cash_in_kind_and_pledges_are_told_apart),
        cmocka_unit_test(donors_are_counted_where_the_money_comes_from),
        cmocka_unit_test(what_channels_keep_stands_between_given_and_left),
        cmocka_unit_test(what_lapsed_before_the_round_is_in_no_other_total),
        cmocka_unit_test(an_offer_lapses_with_what_it_is_paid_out_of),
        cmocka_unit_test(an_offer_says_why_it_is_not_planned_on),
        cmocka_unit_test(a_plan_that_is_proven_says_so),
        cmocka_unit_test(each_offer_shows_its_own_unit_and_the_reporting_currency),
        cmocka_unit_test(a_need_shows_its_state_its_reason_and_the_arithmetic_of_its_tier),
        cmocka_unit_test(a_need_without_a_money_value_has_no_zero_in_its_place),
        cmocka_unit_test(totals_stand_above_the_headings_and_follow_the_filter),
        cmocka_unit_test(a_carried_column_gives_way_to_the_programs_own),
        cmocka_unit_test(what_an_offer_paid_out_of_another_offers_is_counted_once),
        cmocka_unit_test(the_matrix_is_one_table_whose_rows_keep_cash_in_kind_and_counts_apart),
        cmocka_unit_test(the_method_explains_each_stage),
        cmocka_unit_test(findings_are_listed_with_their_place),
        cmocka_unit_test(a_round_without_needs_makes_a_report_too),
        cmocka_unit_test(odd_names_are_compared_exactly),
        cmocka_unit_test(what_no_formula_can_hold_stays_a_figure),
        cmocka_unit_test(building_fails_cleanly_whenever_memory_does),
        cmocka_unit_test(forms_say_as_many_decimals_as_an_amount_has),
        cmocka_unit_test(columns_have_the_letters_of_spreadsheets),
        cmocka_unit_test(texts_are_compared_without_case_in_three_alphabets),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
