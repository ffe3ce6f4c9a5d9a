/* Alternatives count once wherever needs are added up. X-1 for 80,000 EUR and X-2 for 45,000 are
 * alternatives of tier 1, each all or nothing; Y-1 for 80,000 is of tier 2. So 125,000 EUR are asked.
 */
#include <stdio.h>

#include "tests/support/program.h"

static void set_round(const Program *p, const char *offered)
{
    char offers[80];
    (void)snprintf(offers, sizeof offers, "id,donor,quantity,unit\nO-1,PL,%s,EUR\n", offered);
    program_table(p, "needs.csv",
                  "id,beneficiary,category,quantity,unit,priority,indivisible,alternative\n"
                  "X-1,COURT,HW,80000,EUR,1,yes,DC\nX-2,COURT,HW,45000,EUR,1,yes,DC\n"
                  "Y-1,TOWN,HW,80000,EUR,2,,\n");
    program_table(p, "offers.csv", offers);
    program_table(p, "settings.csv", "key,value\nround,R1\nstart,2026-01-01\nend,2026-03-31\n");
}

/** Of 40,000 EUR nothing can go to: Y-1 lacks 40,000 and the mark 45,000. The appeal asks for the
 *  cheaper, and for the dearer nowhere. */
static void the_appeal_asks_for_one_of_them(void **state)
{
    (void)state;
    Program p;
    program_open(&p);
    set_round(&p, "40000");
    ALLOT(&p, "solve", "r", "-o", "p.xlsx", "--tables", "p", "--explain", "all", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "p/summary.csv", "\nvalue_unmet,85000.00\n");
    assert_file_holds(&p, "p/appeal.csv", "\n1,1,X-2,");
    assert_file_holds(&p, "p/appeal.csv", ",85000.00,EUR\n");
    assert_file_lacks(&p, "p/appeal.csv", ",X-1,");
    program_script(&p, "unzip -p p.xlsx >t; ! grep -q 'not found: the search ended early' t");
    assert_exit(&p, 0);
    program_close(&p);
}

/** X-2 is served, and Y-1 has 55,000 of 80,000: 25,000 EUR of 125,000 are unmet, of COURT nothing, of TOWN 31.25%
 *  whatever the rule of fairness. */
static void cases_side_by_side_count_one_of_them(void **state)
{
    (void)state;
    Program p;
    program_open(&p);
    set_round(&p, "100000");
    ALLOT(&p, "scenarios", "r", "--rules", "-o", "s.xlsx", "--tables", "s");
    assert_exit(&p, 0);
    assert_prints(&p, "worst served: TOWN, 68.8%; mean 84.4%");
    assert_file_holds(&p, "s/rules.csv", ",totals,all,asked,125000.00,125000.00\n");
    assert_file_holds(&p, "s/rules.csv", ",totals,all,unmet,25000.00,25000.00\n");
    ALLOT(&p, "stress", "r", "-o", "s.xlsx", "--tables", "s");
    assert_exit(&p, 0);
    assert_file_holds(&p, "s/stress.csv", ",totals,all,unmet,25000.00,");
    program_close(&p);
}

/** What is carried over is what is unmet: 25,000 of Y-1. In the next round COURT has all that it asked for, also
 *  when X-1 is asked for no more. */
static void rounds_over_time_count_one_of_them(void **state)
{
    (void)state;
    Program p;
    program_open(&p);
    set_round(&p, "100000");
    ALLOT(&p, "solve", "r", "--tables", "p1", "-q");
    assert_exit(&p, 0);
    ALLOT(&p, "close", "r", "p1", "l.csv", "-q");
    assert_exit(&p, 0);
    assert_file_lacks(&p, "l.csv", "carried,X-1");
    program_table(&p, "settings.csv", "key,value\nround,R2\nstart,2026-04-01\nend,2026-06-30\n");
    program_table(&p, "needs.csv",
                  "id,beneficiary,category,quantity,unit,priority,indivisible,alternative\n"
                  "X-2,COURT,HW,45000,EUR,1,yes,\nY-1,TOWN,HW,80000,EUR,2,,\n");
    ALLOT(&p, "solve", "r", "--ledger", "l.csv", "--tables", "p2", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "p2/cumulative.csv",
                      "beneficiary,COURT,1,0.00,0.00,45000.00,0.00,0.00,0.00,0.00,0.00,0.00,0,0.00,"
                      "0.00,1,");
    program_close(&p);
}

/** Nothing is missing of X-1, in the letter and in the workbook, where its 80,000 stand once: as asked. */
static void a_beneficiary_reads_which_of_them_is_served(void **state)
{
    (void)state;
    Program p;
    program_open(&p);
    set_round(&p, "100000");
    ALLOT(&p, "solve", "r", "-o", "p.xlsx", "-q");
    assert_exit(&p, 0);
    ALLOT(&p, "pack", "r", "p.xlsx", "k", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "k/beneficiary-COURT.txt",
                      "\n\nIts alternative X-2 is served in its place: nothing is missing.\n\n");
    assert_file_lacks(&p, "k/beneficiary-COURT.txt", "unmet");
    program_script(&p, "unzip -p k/beneficiary-COURT.xlsx >t; grep -q 'not chosen' t && "
                       "test $(grep -o '<v>80000</v>' t | wc -l) = 1");
    assert_exit(&p, 0);
    program_close(&p);
}

/** Where none is served the cheaper is missing, and the dearer counts nowhere. */
static void a_beneficiary_reads_with_which_of_them_what_is_missing_counts(void **state)
{
    (void)state;
    Program p;
    program_open(&p);
    set_round(&p, "40000");
    ALLOT(&p, "solve", "r", "-o", "p.xlsx", "-q");
    assert_exit(&p, 0);
    ALLOT(&p, "pack", "r", "p.xlsx", "k", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "k/beneficiary-COURT.txt",
                      "\n\nWhat is missing of its alternatives counts once, with X-2. Why: ");
    assert_file_holds(&p, "k/beneficiary-COURT.txt", "Still unmet: EUR 45,000.00.");
    assert_file_lacks(&p, "k/beneficiary-COURT.txt", "Still unmet: EUR 80,000.00.");
    program_close(&p);
}

/** W of TOWN requires Y-1 of TOWN and X-2 of COURT: its letter names Y-1, and no list is empty. V requires X-2
 *  alone. */
static void a_beneficiary_reads_what_of_its_own_an_outcome_waits_for(void **state)
{
    (void)state;
    Program p;
    program_open(&p);
    set_round(&p, "200000");
    program_table(&p, "needs.csv",
                  "id,beneficiary,category,quantity,unit,unit_cost,priority,requires\n"
                  "X-2,COURT,HW,45000,EUR,,1,\nY-1,TOWN,HW,80000,EUR,,2,\n"
                  "W,TOWN,SOC,0,EUR,10,2,X-2;Y-1\nV,TOWN,SOC,0,EUR,10,2,X-2\n");
    ALLOT(&p, "solve", "r", "-o", "p.xlsx", "-q");
    assert_exit(&p, 0);
    ALLOT(&p, "pack", "r", "p.xlsx", "k", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "k/beneficiary-TOWN.txt",
                      "it is met once all that it requires is. Of this beneficiary's own needs "
                      "that takes Y-1.\n");
    assert_file_holds(&p, "k/beneficiary-TOWN.txt", "all that it requires is.\n");
    assert_file_lacks(&p, "k/beneficiary-TOWN.txt", "()");
    assert_file_lacks(&p, "k/beneficiary-TOWN.txt", "X-2");
    ALLOT(&p, "explain", "r", "W");
    assert_prints(&p, "all that it requires is (X-2, Y-1).");
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_appeal_asks_for_one_of_them),
        cmocka_unit_test(cases_side_by_side_count_one_of_them),
        cmocka_unit_test(rounds_over_time_count_one_of_them),
        cmocka_unit_test(a_beneficiary_reads_which_of_them_is_served),
        cmocka_unit_test(a_beneficiary_reads_with_which_of_them_what_is_missing_counts),
        cmocka_unit_test(a_beneficiary_reads_what_of_its_own_an_outcome_waits_for),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
