/* What is asked of a round that starts from a ledger: stress, scenarios, explain and compare count it as
 * solve does. All figures are worked out by hand.
 *
 * R1 gave N-1 40 of O-1's 80. In R2 N-1 (tier 1) asks for 100, 40 of them covered by that, and N-2 (tier 2)
 * for 50; of O-1 40 are left, of O-2 all 60. N-1 takes the 40 and 20 of O-2, N-2 the 40 that remain.
 */
#include "tests/support/program.h"

#include <stdlib.h>
#include <string.h>

static void open_second_round(Program *p)
{
    program_open(p);
    program_table(p, "needs.csv", "id,category,quantity,priority\nN-1,HW,40,1\n");
    program_table(p, "offers.csv", "id,donor,quantity\nO-1,EE,80\nO-2,LV,60\n");
    program_table(p, "settings.csv", "key,value\nround,R1\nstart,2026-01-01\nend,2026-03-31\n");
    ALLOT(p, "solve", "r", "--tables", "p1", "--explain", "none", "-q");
    ALLOT(p, "close", "r", "p1", "l.csv", "-q");
    assert_exit(p, 0);
    program_table(p, "needs.csv", "id,category,quantity,priority\nN-1,HW,100,1\nN-2,HW,50,2\n");
    program_table(p, "settings.csv", "key,value\nround,R2\nstart,2026-04-01\nend,2026-06-30\n");
}

/* ---- what if -------------------------------------------------------------------------------- */

static void a_stress_test_takes_out_what_earlier_rounds_left(void **state)
{
    static const char *const rows[] = {
        "base,optimal,totals,all,covered,40.00,40.00\n",
        "base,optimal,totals,tier 1,assigned,60.00,60.00\n",
        "base,optimal,totals,tier 2,assigned,40.00,40.00\n",
        /* the 40 of O-1 that R1 took are given: only the 60 of O-2 are left, all for N-1 */
        "EE out,optimal,change,offers/O-1,quantity,80,40.00\n",
        "EE out,optimal,totals,all,covered,40.00,40.00\n",
        "EE out,optimal,totals,tier 1,assigned,60.00,60.00\n",
        "EE out,optimal,totals,tier 2,assigned,40.00,0.00\n",
        "LV out,optimal,change,offers/O-2,quantity,60,0\n",
        "LV out,optimal,totals,tier 1,assigned,60.00,40.00\n",
        /* 10 percent off the 40 and the 60 that are left: 90, of which N-2 has 30 */
        "money -10%,optimal,change,offers/O-1,quantity,80,76.00\n",
        "money -10%,optimal,change,offers/O-2,quantity,60,54.00\n",
        "money -10%,optimal,totals,tier 1,assigned,60.00,60.00\n",
        "money -10%,optimal,totals,tier 2,assigned,40.00,30.00\n"};
    Program p;
    (void)state;
    open_second_round(&p);
    ALLOT(&p, "stress", "r", "--ledger", "l.csv", "--tables", "s", "-q");
    assert_exit(&p, 0);
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_file_holds(&p, "s/stress.csv", rows[i]);
    program_close(&p);
}

/* 10 of the budget of 50 were left by R1: 10 percent off them are 1. */
static void a_budget_is_cut_by_what_is_left_of_it(void **state)
{
    Program p;
    (void)state;
    open_second_round(&p);
    program_table(&p, "donors.csv", "id,name,budget\nEE,Estonia,50\n");
    ALLOT(&p, "stress", "r", "--ledger", "l.csv", "--tables", "s", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "s/stress.csv", "base,optimal,totals,all,assigned,70.00,70.00\n");
    assert_file_holds(&p, "s/stress.csv", "money -10%,optimal,change,donors/EE,budget,50,49.00\n");
    assert_file_holds(&p, "s/stress.csv", "money -10%,optimal,totals,all,assigned,70.00,63.00\n");
    program_close(&p);
}

/* With 30 of O-2 there are 70: 60 for N-1, 10 for N-2. */
static void every_scenario_counts_the_ledger(void **state)
{
    Program p;
    (void)state;
    open_second_round(&p);
    program_table(&p, "scenarios.csv",
                  "scenario,table,id,column,value\nless,offers,O-2,quantity,30\n");
    ALLOT(&p, "scenarios", "r", "--ledger", "l.csv", "--tables", "c", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "c/scenarios.csv", "less,optimal,totals,tier 1,assigned,60.00,60.00\n");
    assert_file_holds(&p, "c/scenarios.csv", "less,optimal,totals,tier 2,assigned,40.00,10.00\n");
    ALLOT(&p, "scenarios", "r", "--rules", "--ledger", "l.csv", "--tables", "u", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "u/rules.csv", ",totals,all,covered,40.00,40.00\n");
    program_close(&p);
}

/* A scenario in which EE gives nothing cannot take back the 40 that are committed: the advice is what a
 * scenario can do, and following it leaves O-2's 60 for N-1. */
static void a_scenario_cannot_take_back_what_is_committed(void **state)
{
    Program p;
    (void)state;
    open_second_round(&p);
    program_table(&p, "scenarios.csv",
                  "scenario,table,id,column,value\nEE leaves,offers,O-1,quantity,0\n");
    ALLOT(&p, "check", "r", "--ledger", "l.csv");
    assert_exit(&p, 1);
    assert_says(&p,
                "scenarios.csv:2:5 (value): error E024: in scenario 'EE leaves': offer 'O-1' is "
                "changed to EUR 0.00, and the ledger has EUR 40.00 of it committed already, "
                "which stay agreed; where no more is to come of it change its quantity to EUR "
                "40.00");
    program_table(&p, "scenarios.csv",
                  "scenario,table,id,column,value\nEE leaves,offers,O-1,quantity,40\n");
    ALLOT(&p, "scenarios", "r", "--ledger", "l.csv", "--tables", "c", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "c/scenarios.csv",
                      "EE leaves,optimal,totals,all,assigned,100.00,60.00\n");
    program_close(&p);
}

/* Planners keep the ledger where the tables are; it is none of them. A workbook of entries is to be saved
 * as CSV, whatever it is called. */
static void a_ledger_may_lie_beside_the_tables_and_entries_are_csv(void **state)
{
    Program p;
    (void)state;
    open_second_round(&p);
    program_script(&p, "cp l.csv r/ledger.csv");
    ALLOT(&p, "check", "r", "--ledger", "r/ledger.csv");
    assert_exit(&p, 0);
    assert_string_equal(p.run.err, "");
    program_script(&p, "echo x >>r/ledger.csv; sed -i 1d r/ledger.csv");
    ALLOT(&p, "check", "r", "--ledger", "l.csv");
    assert_says(&p, "ledger.csv: warning W111: 'ledger.csv' is no table of a round");
    ALLOT(&p, "solve", "r", "-o", "e.xlsx", "-q");
    ALLOT(&p, "record", "l.csv", "e.xlsx");
    assert_exit(&p, 1);
    assert_says(&p, "e.xlsx: error E002: this is a workbook, and a CSV file is asked for; save its "
                    "sheet as .csv");
    program_close(&p);
}

/* ---- why ------------------------------------------------------------------------------------ */

static void what_is_explained_counts_the_ledger(void **state)
{
    Program p;
    (void)state;
    open_second_round(&p);
    ALLOT(&p, "explain", "r", "N-1", "--ledger", "l.csv");
    assert_exit(&p, 0);
    assert_prints(&p, "It asks for EUR 100.00. Of that earlier rounds committed EUR 40.00. This "
                      "round is asked for EUR 60.00.");
    ALLOT(&p, "explain", "r", "N-2", "--ledger", "l.csv");
    assert_prints(&p, "Still unmet: EUR 10.00. Why: Needs of higher tiers use");
    ALLOT(&p, "explain", "r", "O-1", "--ledger", "l.csv");
    assert_prints(&p, "Offer O-1 of EE: EUR 40.00, committed. That is what earlier rounds left of "
                      "it: by the ledger they took EUR 40.00.");
    program_close(&p);
}

/* ---- what has changed ----------------------------------------------------------------------- */

/* Decides R2 into ta; cancels 10 of what R1 gave, which O-1 has again; decides R2 into tb. */
static void decide_twice(Program *p)
{
    open_second_round(p);
    ALLOT(p, "solve", "r", "--ledger", "l.csv", "--tables", "ta", "--explain", "none", "-q");
    assert_exit(p, 0);
    write_file(p->dir, "e.csv",
               "event,need,offer,quantity,date,note\ncancellation,N-1,O-1,10,2026-04-02,\n");
    ALLOT(p, "record", "l.csv", "e.csv", "-q");
    assert_exit(p, 0);
    ALLOT(p, "solve", "r", "--ledger", "l.csv", "--tables", "tb", "-o", "b.xlsx", "--explain",
          "none", "-q");
    assert_exit(p, 0);
}

static void a_ledger_that_grew_is_a_change_like_any_other(void **state)
{
    static const char *const plans[] = {"tb", "b.xlsx"};
    Program p;
    (void)state;
    decide_twice(&p);
    for (size_t i = 0; i < COUNT_OF(plans); i++) {
        ALLOT(&p, "compare", "ta", plans[i], "--tables", "c");
        assert_exit(&p, 0);
        assert_prints(&p, "1 line differs (1 by one change); changes of the input: 1;");
        assert_file_holds(&p, "c/lines.csv", "N-1,O-1,EE,EUR,40.00,EUR,50.00,one change,1,");
        assert_file_holds(
            &p, "c/inputs.csv",
            "1,ledger,,--ledger,,\"l.csv, 9 lines\",\"l.csv, 10 lines\",optimal,1,0\n");
    }
    program_close(&p);
}

/* Both plans were made from the ledger: that N-2 asks for 45 alone moves its line. */
static void a_changed_cell_is_found_beside_the_ledger(void **state)
{
    Program p;
    (void)state;
    decide_twice(&p);
    program_script(&p, "cp -r r q; sed -i s/N-2,HW,50/N-2,HW,35/ q/needs.csv");
    ALLOT(&p, "solve", "q", "--ledger", "l.csv", "--tables", "tc", "--explain", "none", "-q");
    assert_exit(&p, 0);
    ALLOT(&p, "compare", "tb", "tc", "--tables", "c");
    assert_exit(&p, 0);
    assert_file_holds(&p, "c/lines.csv", "N-2,O-2,LV,EUR,40.00,EUR,35.00,one change,1,");
    assert_file_holds(&p, "c/inputs.csv", "1,cell,needs,N-2,quantity,50,35,optimal,1,0\n");
    program_close(&p);
}

static void a_ledger_that_has_moved_is_given(void **state)
{
    Program p;
    (void)state;
    decide_twice(&p);
    program_script(&p, "mkdir kept; mv l.csv kept");
    ALLOT(&p, "compare", "ta", "tb", "--tables", "c");
    assert_exit(&p, 1);
    assert_says(&p, "r: error E056: the ledger that the plan ta was made from is not found");
    ALLOT(&p, "compare", "ta", "tb", "--tables", "c", "--ledger", "kept/l.csv");
    assert_exit(&p, 0);
    assert_file_holds(&p, "c/lines.csv", "N-1,O-1,EE,EUR,40.00,EUR,50.00,one change,1,");
    program_close(&p);
}

/** 40 of N-1's 100 are covered, and 40 of O-1's 80 taken; without the ledger nothing is. */
static void an_exported_program_counts_the_ledger(void **state)
{
    Program p;
    (void)state;
    open_second_round(&p);
    ALLOT(&p, "export", "r", "with.lp", "--ledger", "l.csv", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "with.lp", " x0_N_1_O_1 = 60\n");
    assert_file_holds(&p, "with.lp", " x0_N_1_O_1 <= 40\n");
    ALLOT(&p, "export", "r", "without.lp", "-q");
    assert_exit(&p, 0);
    assert_file_holds(&p, "without.lp", " x0_N_1_O_1 = 100\n");
    assert_file_holds(&p, "without.lp", " x0_N_1_O_1 <= 80\n");
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stress_test_takes_out_what_earlier_rounds_left),
        cmocka_unit_test(a_budget_is_cut_by_what_is_left_of_it),
        cmocka_unit_test(every_scenario_counts_the_ledger),
        cmocka_unit_test(a_scenario_cannot_take_back_what_is_committed),
        cmocka_unit_test(a_ledger_may_lie_beside_the_tables_and_entries_are_csv),
        cmocka_unit_test(what_is_explained_counts_the_ledger),
        cmocka_unit_test(a_ledger_that_grew_is_a_change_like_any_other),
        cmocka_unit_test(a_changed_cell_is_found_beside_the_ledger),
        cmocka_unit_test(a_ledger_that_has_moved_is_given),
        cmocka_unit_test(an_exported_program_counts_the_ledger),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
