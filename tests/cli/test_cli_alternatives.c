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
 *  cheaper, and for the dearer nowhere, nor do the asks need by need. */
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
    assert_file_holds(&p, "p/asks.csv", "\nX-2,one,O-1,");
    assert_file_lacks(&p, "p/asks.csv", "X-1,");
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

/** Of 40,000 EUR, which Y-1 has, none of the two is served: the cheaper stands for both in the ledger and beside it. */
static void rounds_over_time_count_one_where_none_is_served(void **state)
{
    (void)state;
    Program p;
    program_open(&p);
    set_round(&p, "40000");
    ALLOT(&p, "solve", "r", "--tables", "p1", "-q");
    assert_exit(&p, 0);
    ALLOT(&p, "close", "r", "p1", "l.csv", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "l.csv", ",carried,X-2,,,COURT,HW,45000.00,EUR,");
    assert_file_lacks(&p, "l.csv", ",X-1,");
    program_table(&p, "settings.csv", "key,value\nround,R2\nstart,2026-04-01\nend,2026-06-30\n");
    ALLOT(&p, "solve", "r", "--ledger", "l.csv", "--tables", "p2", "-q");
    assert_exit(&p, 0);
    program_script(&p, "grep ^beneficiary, p2/cumulative.csv | cut -d, -f2,6,14-16");
    assert_prints(&p, "COURT,0.00,45000.00,0.00,0\nTOWN,40000.00,40000.00,0.00,0.5\n");
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

/** Of the group's workbook k: the reasons of section 4 of the paper with needs and money, the needs of the sheet
 *  Reasons, those of the sheet Map, and whether section 5 says what is not served. */
static const char what_is_excluded[] =
    "/usr/bin/python3 -c \"import openpyxl\n"
    "b = openpyxl.load_workbook('k/coordination.xlsx')\n"
    "rows = {s: [[c for c in r if c is not None] for r in b[s].iter_rows(values_only=True)]\n"
    "        for s in ('Decision', 'Causes', 'Reasons', 'Map')}\n"
    "for s in ('Decision', 'Causes'):\n"
    "    print([[r[0]] + r[2:4] for r in rows[s] if len(r) > 3 and r[0] in\n"
    "           ('HIGHER_TIERS', 'EQUALS', 'EXHAUSTED', 'SEVERAL', 'ALTERNATIVE')])\n"
    "for s in ('Reasons', 'Map'):\n"
    "    print([r[0] for r in rows[s] if r and r[0] in ('X-1', 'X-2', 'Y-1')])\n"
    "print(any('not served: X-1.' in str(r) for r in rows['Decision']))\"";

/** Y-1 alone is unmet, by 25,000: X-1, which X-2 stands for, is no reason and has no share of anything. */
static void the_group_reads_what_one_of_them_lacks(void **state)
{
    (void)state;
    Program p;
    program_open(&p);
    set_round(&p, "100000");
    ALLOT(&p, "solve", "r", "-o", "p.xlsx", "--tables", "t", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "t/reasons.csv", "\nY-1,2,25000.00,EUR,HIGHER_TIERS,");
    assert_file_lacks(&p, "t/reasons.csv", "X-1,");
    ALLOT(&p, "pack", "r", "p.xlsx", "k", "-q");
    assert_exit(&p, 0);
    program_script(&p, what_is_excluded);
    assert_exit(&p, 0);
    assert_prints(&p, "[['HIGHER_TIERS', 1, 25000]]\n[['HIGHER_TIERS', 1, 25000]]\n['Y-1']\n"
                      "['X-2', 'Y-1']\nTrue\n");
    program_close(&p);
}

/** The round before committed X-2 whole and 55,000 of Y-1. This one has 10,000 for Y-1, which lacks 15,000. */
static void the_group_reads_it_where_an_earlier_round_met_one(void **state)
{
    (void)state;
    Program p;
    program_open(&p);
    set_round(&p, "100000");
    ALLOT(&p, "solve", "r", "--tables", "p1", "-q");
    ALLOT(&p, "close", "r", "p1", "l.csv", "-q");
    assert_exit(&p, 0);
    program_table(&p, "settings.csv", "key,value\nround,R2\nstart,2026-04-01\nend,2026-06-30\n");
    program_table(&p, "offers.csv",
                  "id,donor,quantity,unit\nO-1,PL,100000,EUR\nO-2,DE,10000,EUR\n");
    ALLOT(&p, "solve", "r", "--ledger", "l.csv", "-o", "p2.xlsx", "-q");
    assert_exit(&p, 0);
    ALLOT(&p, "pack", "r", "p2.xlsx", "k", "--ledger", "l.csv", "-q");
    assert_exit(&p, 0);
    program_script(&p, what_is_excluded);
    assert_exit(&p, 0);
    assert_prints(&p, "[['EXHAUSTED', 1, 15000]]\n");
    assert_prints(&p, "\n['Y-1']\n['Y-1']\nTrue\n");
    program_script(&p, "$ALLOT explain r X-1 --ledger l.csv >t");
    assert_exit(&p, 0);
    assert_file_holds(&p, "t", "Its alternative X-2 is served in its place: nothing is missing.\n");
    assert_file_lacks(&p, "t", "Still unmet");
    assert_file_lacks(&p, "t", "would meet it in full");
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
        cmocka_unit_test(the_group_reads_what_one_of_them_lacks),
        cmocka_unit_test(the_group_reads_it_where_an_earlier_round_met_one),
        cmocka_unit_test(rounds_over_time_count_one_where_none_is_served),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
