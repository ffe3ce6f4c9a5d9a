/* What earlier rounds committed, beside what is covered elsewhere: on the sheets Summary, Totals, Needs, Map,
 * Charts, Chart data and Method, and in summary.csv. The small round (tests/support/small_round.c) has 2,500
 * EUR of N1's 10,000 covered; here 1,000 of them are by the ledger, so that 1,500 are covered elsewhere. Of
 * the 34,250 asked in all these are 2.9% and 4.4%; of tier 1's 16,250 they are 6.2% and 9.2%.
 */
#include "tests/support/test_support.h"

#include <stdlib.h>
#include <string.h>

#include "allot/report.h"
#include "allot/tables.h"
#include "io/totals.h"
#include "tests/support/report_lines.h"

static SmallRound *small_with(int64_t held)
{
    SmallRound *small = small_round_new();
    small->round.needs[round_find_need(&small->round, "N1")].held = held;
    return small;
}

static void assert_has(const char *text, const char *const *lines, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strstr(text, lines[i]) == NULL)
            fail_msg("the report lacks: %s", lines[i]);
}

#define ASSERT_HAS(text, lines) assert_has((text), (lines), COUNT_OF(lines))

static void both_stand_side_by_side_on_summary_totals_and_needs(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "Summary!B7 card text \"Committed in earlier rounds (EUR)\"\n",
        "Summary!B8 card formula =SUM(Needs!$S$11:$S$16) gives 1000 as ",
        "Summary!B9 card formula =IF(A8=0,0,B8/A8) gives 0.02919708 as ",
        "Summary!D7 card text \"Covered elsewhere (EUR)\"\n",
        "Summary!D8 card formula =SUM(Needs!$T$11:$T$16) gives 1500 as ",
        "Summary!C25 heading text \"Committed in earlier rounds (EUR)\"\n",
        "Summary!C26 formula =SUMIFS(Needs!$S$11:$S$16,Needs!$F$11:$F$16,1) gives 1000 as ",
        "Summary!D26 formula =SUMIFS(Needs!$T$11:$T$16,Needs!$F$11:$F$16,1) gives 1500 as ",
        "Summary!G26 formula =IF(B26=0,0,C26/B26) gives 0.061538462 as ",
        "Summary!H26 formula =IF(B26=0,0,D26/B26) gives 0.092307692 as ",
        "Summary!C28 total formula =SUM(Summary!$C$26:$C$27) gives 1000 as ",
        "Summary!G28 total formula =IF(B28=0,0,C28/B28) gives 0.02919708 as ",
        "A11:D23 of A26:A27, Committed in earlier rounds G26:G27, Covered elsewhere H26:H27, ",
        "Totals!D7 formula =SUMIFS(Needs!$S$11:$S$16,Needs!$F$11:$F$16,1) gives 1000 as ",
        "Totals!E7 formula =SUMIFS(Needs!$T$11:$T$16,Needs!$F$11:$F$16,1) gives 1500 as ",
        "Needs!J10 heading text \"Committed in earlier rounds\"\n",
        "Needs!K10 heading text \"Covered elsewhere\"\n",
        "Needs!J11 number 1000 as ",
        "Needs!K11 number 1500 as ",
        "Needs!J12 number 0 as ",
        "Needs!P10 heading text \"Unit cost\"\n", /* two sheets of paper hold it */
        "Needs!R10 heading text \"Asked (EUR)\"\n",
        "Needs!S11 number 1000 as ",
        "Needs!T11 number 1500 as ",
        "its met share, what earlier rounds committed and coverage from elsewhere included.",
    };
    SmallRound *small = small_with(100000);
    ASSERT_HAS(report_of(small), lines);
    small_round_free(small);
}

/* The waterfall: 34,250 asked, less 1,000 is 33,250, less 1,500 is 31,750; what donors give ends at the 15,075
 * unmet. */
static void both_stand_side_by_side_on_map_and_charts(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "Map!D5 heading text \"Committed in earlier rounds\"\n",
        "Map!D6 number 0.1 as ",
        "Map!E6 number 0.15 as ",
        "Charts!A6 note text \"Of EUR 34,250.00 asked, 2.9% is committed in earlier rounds, 4.4% ",
        "4.4% covered elsewhere, 48.7% assigned in this round, 44.0% unmet.\"\n",
        "of B5:B6, Committed in earlier rounds H5:H6, Covered elsewhere I5:I6, Assigned in this ",
        "EUR 34,250.00 asked; EUR 1,000.00 committed in earlier rounds, EUR 1,500.00 covered ",
        "Asked C10:C16, Committed in earlier rounds D10:D16, Covered elsewhere E10:E16, Given in ",
        "Chart data!D5 formula =SUMIFS(Needs!$S$11:$S$16,Needs!$F$11:$F$16,1) gives 1000 as ",
        "Chart data!E5 formula =SUMIFS(Needs!$T$11:$T$16,Needs!$F$11:$F$16,1) gives 1500 as ",
        "Chart data!H4 heading text \"Earlier rounds, %\"\n",
        "Chart data!H5 formula =IF(C5=0,0,D5/C5) gives 0.061538462 as ",
        "Chart data!I5 formula =IF(C5=0,0,E5/C5) gives 0.092307692 as ",
        "Chart data!B11 text \"Committed in earlier rounds\"\n",
        "Chart data!L11 formula =C10-D11 gives 33250 as ",
        "Chart data!B12 text \"Covered elsewhere\"\n",
        "Chart data!L12 formula =L11-E12 gives 31750 as ",
        "Chart data!L15 formula =L14-M15-N15 gives 15075 as ",
    };
    SmallRound *small = small_with(100000);
    ASSERT_HAS(report_of(small), lines);
    small_round_free(small);
}

/* Of O1 3,000 EUR beside the 7,000 of this round, 2,000 of them off its donor's budget of 10,000; of O3 1,000
 * GBP, which are O2's too: 1,250 EUR, once; of O4 40 licences beside 60. */
static SmallRound *small_with_taken(void)
{
    static const struct {
        const char *offer;
        int64_t taken; /* smallest parts */
    } taken[] = {{"O1", 300000}, {"O2", 100000}, {"O3", 100000}, {"O4", 40000000}};
    SmallRound *small = small_round_new();
    for (size_t i = 0; i < COUNT_OF(taken); i++)
        small->round.offers[round_find_offer(&small->round, taken[i].offer)].taken = taken[i].taken;
    small->round.donors[0].budget_taken = 200000;
    return small;
}

/* A whole offer is what earlier rounds committed, what this one uses, and what is left. */
static void offers_and_donors_show_what_earlier_rounds_took(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "Offers!H12 heading text \"Whole offer\"\n",
        "Offers!I12 heading text \"Committed in earlier rounds\"\n",
        "Offers!J12 heading text \"Used\"\n",
        "Offers!K12 heading text \"Left\"\n",
        "Offers!H13 number 10000 as ", /* O1 */
        "Offers!I13 number 3000 as ",
        "Offers!J13 number 5333.34 as ",
        "Offers!K13 number 1666.66 as ",
        "Offers!Q13 number 3000 as ",
        "Offers!H14 number 10000 as ", /* O2 */
        "Offers!I14 number 1000 as ",
        "Offers!J14 number 5000 as ",
        "Offers!K14 number 4000 as ",
        "Offers!Q14 number 1250 as ",
        "Offers!I15 number 1000 as ", /* O3: out of O2's, and valued there */
        "Offers!H16 number 100 as ",  /* O4 */
        "Offers!I16 number 40 as ",
        "Offers!I17 number 0 as ",
        "Offers!Q11 total formula =SUBTOTAL(109,Offers!$Q$13:$Q$18) gives 4250 as ",
        "Donors!F11 number 10000 as ", /* the whole budget */
        "Donors!H10 heading text \"Cash committed in earlier rounds (EUR)\"\n",
        "Donors!H11 formula =SUMIFS(Offers!$Q$13:$Q$18,Offers!$B$13:$B$18,\"EST\") gives 3000 as ",
        "Donors!H12 formula =SUMIFS(Offers!$Q$13:$Q$18,Offers!$B$13:$B$18,\"GBR\") gives 1250 as ",
        "Donors!I11 formula =SUMIFS(Offers!$R$13:$R$18,Offers!$B$13:$B$18,\"EST\") gives 7000 as ",
    };
    SmallRound *small = small_with_taken();
    const char *text = report_of(small);
    ASSERT_HAS(text, lines);
    assert_null(
        strstr(text, "heading text \"Offered\"\n")); /* it would be used and left once more */
    assert_null(strstr(text, "Offers!Q15 "));
    small_round_free(small);
}

static void nothing_is_said_where_earlier_rounds_committed_nothing(void **state)
{
    (void)state;
    SmallRound *small = small_with(0);
    const char *text = report_of(small);
    assert_null(strstr(text, "arlier rounds"));
    assert_null(strstr(text, "Whole offer"));
    assert_non_null(strstr(text, "Needs!J9 heading text \"Covered elsewhere\"\n"));
    small_round_free(small);
}

/* All that is covered is the ledger's: the list has no column of what is covered elsewhere. */
static void a_list_has_no_column_without_a_figure(void **state)
{
    (void)state;
    SmallRound *small = small_with(250000);
    const char *text = report_of(small);
    assert_non_null(strstr(text, "Needs!J10 heading text \"Committed in earlier rounds\"\n"));
    assert_non_null(strstr(text, "Needs!K10 heading text \"Assigned in this round\"\n"));
    assert_non_null(strstr(text, "EUR 2,500.00 committed in earlier rounds, EUR 0.00 covered "));
    small_round_free(small);
}

/* Three things at 1 EUR a third, to the cent: 3 are 1.00, 2 are 0.67, 1 is 0.33. One by the ledger and one
 * elsewhere are 0.33 and 0.34; four by the ledger, more than is asked, are 1.00, and nothing is elsewhere. */
static void values_of_both_tie_out_to_the_cent(void **state)
{
    (void)state;
    static const struct {
        int64_t held, covered, value_held, value_covered;
    } cases[] = {{1, 2, 33, 67}, {2, 2, 67, 67}, {0, 2, 0, 67}, {4, 4, 100, 100}, {4, 5, 100, 100}};
    for (size_t c = 0; c < COUNT_OF(cases); c++) {
        SmallRound *small = small_round_new();
        Need *need = &small->round.needs[round_find_need(&small->round, "N1")];
        NeedResult *result = &small->plan.needs[round_find_need(&small->round, "N1")];
        need->unit = (Unit){"piece", false, 0};
        need->quantity = 3;
        need->covered = cases[c].covered;
        need->held = cases[c].held;
        need->wanted = cases[c].covered < 3 ? 3 - cases[c].covered : 0;
        need->value = ratio_of(100, 3);
        result->value_assigned = 0;
        result->value_unmet = 100 - cases[c].value_covered;
        Totals totals;
        assert_int_equal(totals_build(&small->round, &small->plan, small->arena, &totals),
                         STATUS_OK);
        assert_int_equal(totals.needs[0].covered, cases[c].value_covered);
        assert_int_equal(totals.needs[0].held, cases[c].value_held);
        assert_int_equal(totals.needs[0].asked, 100);
        small_round_free(small);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_stand_side_by_side_on_summary_totals_and_needs),
        cmocka_unit_test(both_stand_side_by_side_on_map_and_charts),
        cmocka_unit_test(offers_and_donors_show_what_earlier_rounds_took),
        cmocka_unit_test(nothing_is_said_where_earlier_rounds_committed_nothing),
        cmocka_unit_test(a_list_has_no_column_without_a_figure),
        cmocka_unit_test(values_of_both_tie_out_to_the_cent),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
