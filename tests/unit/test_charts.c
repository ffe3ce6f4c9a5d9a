/* The map, the charts and the table behind them: which figures stand for which bar, what each chart draws of
 * them, and that the picture can be told without colours and without eyes. Expected figures were worked
 * out by hand from the tables in tests/support/small_round.c.
 */
#include "tests/support/test_support.h"

#include <stdlib.h>
#include <string.h>

#include "allot/ledger.h"
#include "allot/report.h"
#include "tests/support/report_lines.h"

static void assert_has(const char *text, const char *const *lines, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strstr(text, lines[i]) == NULL)
            fail_msg("the report lacks: %s", lines[i]);
}

#define ASSERT_HAS(text, lines) assert_has((text), (lines), COUNT_OF(lines))

/* ---- the table ------------------------------------------------------------------------------ */

static void a_row_of_the_data_is_a_bar_under_one_heading(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "Chart data!C1 title text \"Chart data, in EUR\"\n", /* behind the columns repeated */
        "Chart data!A4 heading text \"Chart\"\n",
        "Chart data!B4 heading text \"Bar\"\n",
        "Chart data!C4 heading text \"Asked\"\n",
        "Chart data!G4 heading text \"Covered, %\"\n",
        "Chart data!A5 text \"Coverage by tier\"\n",
        "Chart data!B5 text \"Tier 1\"\n",
        "Chart data!C5 formula =SUMIFS(Needs!$Q$10:$Q$15,Needs!$F$10:$F$15,1) gives 16250 as ",
        "Chart data!D5 formula =SUMIFS(Needs!$R$10:$R$15,Needs!$F$10:$F$15,1) gives 2500 as ",
        "Chart data!E5 formula =SUMIFS(Needs!$S$10:$S$15,Needs!$F$10:$F$15,1) gives 9175 as ",
        "Chart data!F5 formula =SUMIFS(Needs!$T$10:$T$15,Needs!$F$10:$F$15,1) gives 4575 as ",
        "Chart data!G5 formula =IF(C5=0,0,D5/C5) gives 0.153846154 as 0.0%\n",
        "Chart data!I6 formula =IF(C6=0,0,F6/C6) gives 0.583333333 as 0.0%\n",
        "Chart data table ChartData A4:O18 filter\n",
    };
    SmallRound *small = small_round_new();
    ASSERT_HAS(report_of(small), lines);
    small_round_free(small);
}

/* 15,000 asked of TRN, 13,000 of SOC, 6,250 of HW; LIC has no money value and no bar. */
static void categories_stand_with_the_largest_first(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "Chart data!B7 text \"TRN\"\n",
        "Chart data!F7 formula =SUMIFS(Needs!$T$10:$T$15,Needs!$E$10:$E$15,\"TRN\") gives 7500 as ",
        "Chart data!B8 text \"SOC\"\n",
        "Chart data!B9 text \"HW\"\n",
        "Chart data!A10 text \"From asked to unmet\"\n",
    };
    SmallRound *small = small_round_new();
    const char *text = report_of(small);
    ASSERT_HAS(text, lines);
    assert_null(strstr(text, "Chart data!B10 text \"LIC\""));
    small_round_free(small);
}

/* 34,250 asked less 2,500 covered, 6,250 by GBR, 5,625 by JPN (2,500 of it in kind) and 4,800 by EST is
 * 15,075: where the last donor's step begins, what is unmet ends. */
static void the_steps_of_the_gap_lead_from_what_is_asked_to_what_is_unmet(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "Chart data!C10 formula =SUM(Needs!$Q$10:$Q$15) gives 34250 as ",
        "Chart data!J11 formula =C10-D11 gives 31750 as ",
        "Chart data!B12 text \"GBR \xE2\x80\x93 United Kingdom\"\n",
        "Chart data!J12 formula =J11-K12-L12 gives 25500 as ",
        "K12 formula =SUMIFS(Assignments!$O$9:$O$14,Assignments!$D$9:$D$14,\"GBR\") gives 6250 ",
        "Chart data!J13 formula =J12-K13-L13 gives 19875 as ",
        "L13 formula =SUMIFS(Assignments!$P$9:$P$14,Assignments!$D$9:$D$14,\"JPN\") gives 2500 ",
        "Chart data!B14 text \"EST \xE2\x80\x93 Estonia\"\n",
        "Chart data!J14 formula =J13-K14-L14 gives 15075 as ",
        "Chart data!B15 text \"Unmet\"\n",
        "Chart data!F15 formula =SUM(Needs!$T$10:$T$15) gives 15075 as ",
    };
    SmallRound *small = small_round_new();
    ASSERT_HAS(report_of(small), lines);
    small_round_free(small);
}

/* O1 of EST lapses on the round's last day, with 1,666.66 unused; O5 of JPN, 1,875 unused, on none. */
static void unused_cash_that_lapses_in_the_round_is_told_apart(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "Chart data!B17 text \"EST \xE2\x80\x93 Estonia\"\n",
        "Chart data!M17 formula =SUMIFS(Offers!$Q$11:$Q$16,Offers!$B$11:$B$16,\"EST\") gives "
        "5333.34 as ",
        "Chart data!N17 formula "
        "=SUMIFS(Offers!$R$11:$R$16,Offers!$B$11:$B$16,\"EST\")-O17 gives 0 as ",
        "Chart data!O17 number 1666.66 as ",
        "Chart data!B18 text \"JPN \xE2\x80\x93 Japan\"\n",
        "Chart data!N18 formula =SUMIFS(Offers!$R$11:$R$16,Offers!$B$11:$B$16,\"JPN\") gives 1875 "
        "as ",
        "Charts!A54 note text \"Of EUR 23,250.00 cash, 63.3% is used and 36.7% is not; EUR "
        "1,666.66 of this lapses in the round.\"\n",
    };
    SmallRound *small = small_round_new();
    ASSERT_HAS(report_of(small), lines);
    small->round.offers[round_find_offer(&small->round, "O1")].lapses++; /* a day after the end */
    const char *text = report_of(small);
    assert_null(strstr(text, "Chart data!O4"));
    assert_non_null(strstr(text, "nothing of this lapses in the round"));
    small_round_free(small);
}

/* ---- the map -------------------------------------------------------------------------------- */

/* N1: 2,500 of 10,000 covered, 4,800 by EST, 1,250 of GBR's. N2: 40 and 20 of 120 hours. N6, of tier 1:
 * half of it. N4 is of unknown amount. */
static void the_map_says_which_share_of_a_need_each_donor_gives(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "Map!E5 heading text \"EST\"\n",
        "Map!F5 heading text \"GBR\"\n",
        "Map!G5 heading text \"JPN\"\n",
        "Map!H5 heading text \"Unmet\"\n",
        "Map!A6 text \"N1\"\n",
        "Map!D6 number 0.25 as 0.0%\n",
        "Map!E6 number 0.48 as 0.0%\n",
        "Map!F6 number 0.125 as 0.0%\n",
        "Map!H6 number 0.145 as 0.0%\n",
        "Map!A7 text \"N6\"\n",
        "Map!B7 text \"[restricted] Backup site\"\n",
        "Map!G7 number 0.5 as 0.0%\n",
        "Map!H7 number 0.5 as 0.0%\n",
        "Map!A8 text \"N2\"\n",
        "Map!F8 number 0.333333333 as 0.0%\n",
        "Map!G8 number 0.166666667 as 0.0%\n",
        "Map!F9 number 1 as 0.0%\n",
        "Map!H10 number 1 as 0.0%\n",
        "Map table Map A5:H10 filter\n",
    };
    SmallRound *small = small_round_new();
    const char *text = report_of(small);
    ASSERT_HAS(text, lines);
    assert_null(strstr(text, "Map!E7 "));
    assert_null(strstr(text, "\"Others\""));
    small_round_free(small);
}

/* ---- the pictures --------------------------------------------------------------------------- */

static void each_chart_draws_the_rows_that_are_its_own(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "Charts!A5 section text \"Coverage by tier\"\n",
        "Charts!A6 note text \"Of EUR 34,250.00 asked, 7.3% is covered elsewhere, 48.7% assigned ",
        "of B5:B6, Covered elsewhere G5:G6, Assigned in this round H5:H6, Unmet I5:I6\n",
        "Most is unmet in TRN: EUR 7,500.00 of EUR 15,000.00.",
        "of B7:B9, Covered elsewhere G7:G9, Assigned in this round H7:H9, Unmet I7:I9\n",
        "of B10:B15,   J10:J15, Asked C10:C15, Covered elsewhere D10:D15, Given in cash K10:K15, ",
        ", Given in kind L10:L15, Unmet F10:F15\n",
        "of B16:B18, Used M16:M18, Unused N16:N18, Unused, lapses in the round O16:O18\n",
    };
    SmallRound *small = small_round_new();
    const char *text = report_of(small);
    ASSERT_HAS(text, lines);
    assert_null(strstr(text, "Rounds over time"));
    small_round_free(small);
}

static void a_round_without_values_has_no_pictures(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "Charts!A4 note text \"There is nothing with a money value to draw.\"\n",
        "Chart data!A5 note text \"(none)\"\n",
    };
    SmallRound *small = small_round_empty();
    small->round.offer_count = 0;
    const char *text = report_of(small);
    assert_null(strstr(text, "Charts chart"));
    ASSERT_HAS(text, lines);
    small_round_free(small);
}

/* ---- rounds over time ----------------------------------------------------------------------- */

static const char old_round[] = "2025-Q4";

static LedgerLine line_of(LedgerEvent event, const char *need, const char *offer, int64_t value)
{
    Unit euro = {"EUR", true, 2};
    return (LedgerLine){.place = {.file = "l.csv"},
                        .round = old_round,
                        .date = DATE_NONE,
                        .event = event,
                        .need = need,
                        .offer = offer,
                        .donor = "",
                        .beneficiary = "",
                        .category = "",
                        .unit = euro,
                        .offer_unit = euro,
                        .has_value = true,
                        .value = value,
                        .currency = "EUR",
                        .basis = BASIS_COMMITTED,
                        .valid_to = DATE_NONE,
                        .note = ""};
}

/* A round before this one, closed with a commitment over 1,000 EUR and 250 EUR unmet. */
static size_t old_lines(LedgerLine *lines)
{
    size_t count = 0;
    lines[count] = line_of(LEDGER_COMMITMENT, "OLD", "OLD-O", 100000);
    lines[count].has_quantity = lines[count].has_offer_quantity = lines[count].has_basis = true;
    lines[count].quantity = lines[count].offer_quantity = 100000;
    count++;
    lines[count++] = line_of(LEDGER_CARRIED, "OLDER", "", 25000);
    for (int sort = 0; sort < LEDGER_SORTS; sort++) {
        LedgerLine total =
            line_of(LEDGER_CARRIED, "", "", sort == SORT_COMMITTED_CASH ? 100000 : 0);
        total.has_basis = true;
        total.basis = (Basis)(sort / 2);
        if (sort % 2 != 0)
            total.offer_unit = (Unit){"", false, 6};
        lines[count++] = total;
    }
    return count;
}

/* To the 1,000 EUR come 1,250 and 5,000; 4,800 are paid, 3,125 pledged, 2,500 in kind. */
static void rounds_stand_side_by_side_as_each_was_closed(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "Chart data!P4 heading text \"Pledged, cash\"\n",
        "Chart data!Q4 heading text \"Committed, cash\"\n",
        "Chart data!R4 heading text \"Committed, in kind\"\n",
        "Chart data!S4 heading text \"Paid in, cash\"\n",
        "Chart data!J4 heading text \"Step begins at\"\n",
        "Chart data!A19 text \"Rounds over time\"\n",
        "Chart data!B19 text \"2025-Q4\"\n",
        "Chart data!F19 number 250 as ",
        "Chart data!Q19 number 1000 as ",
        "Chart data!B20 text \"2026-Q1\"\n",
        "Chart data!F20 number 15075 as ",
        "Chart data!P20 number 3125 as ",
        "Chart data!Q20 number 7250 as ",
        "Chart data!R20 number 2500 as ",
        "Chart data!S20 number 4800 as ",
        "of B19:B20, Pledged, cash P19:P20, Committed, cash Q19:Q20, Committed, in kind R19:R20, ",
        ", Paid in, cash S19:S20, Unmet needs of the round F19:F20\n",
    };
    SmallRound *small = small_round_new();
    LedgerLine old[16];
    Ledger ledger = {.path = "l.csv", .head = "", .lines = old, .count = old_lines(old)};
    assert_int_equal(ledger_settle(&ledger, small->arena, small->diag), STATUS_OK);
    small->round.ledger = &ledger;
    ASSERT_HAS(report_of(small), lines);
    small_round_free(small);
}

static void a_round_in_another_currency_is_left_out_and_said(void **state)
{
    (void)state;
    SmallRound *small = small_round_new();
    LedgerLine old[16];
    Ledger ledger = {.path = "l.csv", .head = "", .lines = old, .count = old_lines(old)};
    for (size_t i = 0; i < ledger.count; i++)
        old[i].currency = "USD";
    assert_int_equal(ledger_settle(&ledger, small->arena, small->diag), STATUS_OK);
    small->round.ledger = &ledger;
    const char *text = report_of(small);
    assert_null(strstr(text, "Chart data!B19 text \"2025-Q4\"\n"));
    assert_non_null(strstr(text, "Left out: 1 round counted in another currency."));
    small_round_free(small);
}

/* ---- the file ------------------------------------------------------------------------------- */

static void assert_part_holds(const char *dir, const char *part, const char *text)
{
    TestRun run = run_command(dir, (const char *const[]){"unzip", "-p", "plan.xlsx", part, NULL});
    assert_int_equal(run.exit_code, 0);
    if (strstr(run.out, text) == NULL)
        fail_msg("%s does not hold: %s", part, text);
    test_run_free(&run);
}

static void charts_can_be_read_without_colours_and_without_eyes(void **state)
{
    (void)state;
    SmallRound *small = small_round_new();
    char *dir = test_dir_make(), *path = test_path(dir, "plan.xlsx");
    Report *report;
    assert_int_equal(
        report_build(&small->round, &small->plan, &small->info, small->diag, small->arena, &report),
        STATUS_OK);
    assert_int_equal(book_write(report, path, small->arena, small->diag), STATUS_OK);
    assert_part_holds(dir, "xl/charts/chart3.xml", "<c:f>'Chart data'!$G$5:$G$6</c:f>");
    assert_part_holds(dir, "xl/charts/chart3.xml", "<c:v>0.1538461538461");
    assert_part_holds(dir, "xl/charts/chart3.xml", /* unmet: a white box with a dark outline */
                      "<a:solidFill><a:srgbClr val=\"FFFFFF\"/></a:solidFill><a:ln w=\"9525\">"
                      "<a:solidFill><a:srgbClr val=\"1A1A1A\"/>");
    assert_part_holds(dir, "xl/charts/chart3.xml", "<c:showVal val=\"1\"/>");
    assert_part_holds(dir, "xl/charts/chart3.xml", "Share of the value asked");
    assert_part_holds(dir, "xl/charts/chart5.xml", "<a:pattFill prst=\"dkDnDiag\">");
    assert_part_holds(dir, "xl/charts/chart6.xml", "<a:pattFill prst=\"smGrid\">");
    assert_part_holds(dir, "xl/charts/chart1.xml", "<c:showVal val=\"1\"/>");
    /* of 34,250 on 794 of the chart's 992 pixels a figure takes 2,848: 2,500 stand beside their bar */
    assert_part_holds(dir, "xl/charts/chart5.xml", "<a:t>2,500</a:t>");
    assert_part_holds(dir, "xl/charts/chart5.xml", "<c:dLblPos val=\"inEnd\"/>");
    assert_part_holds(dir, "xl/drawings/drawing2.xml",
                      "In this order: Covered elsewhere, Assigned in this round, Unmet. Tier 1: "
                      "15.4%, 56.5%, 28.2%. Tier 2: 0.0%, 41.7%, 58.3%.");
    assert_part_holds(dir, "xl/drawings/drawing2.xml",
                      "EST \xE2\x80\x93 Estonia: EUR 5,333.34, EUR 0.00, EUR 1,666.66.");
    test_dir_remove(dir);
    free(path);
    small_round_free(small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_of_the_data_is_a_bar_under_one_heading),
        cmocka_unit_test(categories_stand_with_the_largest_first),
        cmocka_unit_test(the_steps_of_the_gap_lead_from_what_is_asked_to_what_is_unmet),
        cmocka_unit_test(unused_cash_that_lapses_in_the_round_is_told_apart),
        cmocka_unit_test(the_map_says_which_share_of_a_need_each_donor_gives),
        cmocka_unit_test(each_chart_draws_the_rows_that_are_its_own),
        cmocka_unit_test(a_round_without_values_has_no_pictures),
        cmocka_unit_test(rounds_stand_side_by_side_as_each_was_closed),
        cmocka_unit_test(a_round_in_another_currency_is_left_out_and_said),
        cmocka_unit_test(charts_can_be_read_without_colours_and_without_eyes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
