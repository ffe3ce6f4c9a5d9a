/* Last round's rows, copied beside the ledger: commitments that it holds count once, and rules, which count the lines
 * of their own round alone, are named with what it holds of them. Figures are worked out by hand. */
#include "tests/support/program.h"

#include <stdio.h>
#include <string.h>

#define ROWS "need,offer,kind,quantity\n"
#define NEEDS "id,category,quantity,priority\nN-1,HW,100,1\nN-2,HW,60,1\nN-3,SOC,50,2\n"
#define SETTINGS(id) "key,value\nround," id "\nfairness,none\n"

/* Of O-1's 200 N-1 has 100 and N-2 its 60, as agreed; the round R1 is closed, and 10 of N-1 are cancelled. N-3 comes in
 * R2. */
static void open_second(Program *p)
{
    program_open(p);
    program_script(p, "rm -rf r; mkdir r");
    program_table(p, "needs.csv", "id,category,quantity,priority\nN-1,HW,100,1\nN-2,HW,60,1\n");
    program_table(p, "offers.csv", "id,donor,quantity\nO-1,DE,200\n");
    program_table(p, "commitments.csv", ROWS "N-1,O-1,fixed,100\nN-2,O-1,at_least,40\n");
    program_table(p, "settings.csv", SETTINGS("R1"));
    program_put(p, ".", "since.csv",
                "event,need,offer,quantity,date,note\ncancellation,N-1,O-1,10,2026-08-01,\n");
    program_script(p, "$ALLOT solve r -o p.xlsx -q && $ALLOT close r p.xlsx l.csv -q && "
                      "$ALLOT record l.csv since.csv -q");
    assert_exit(p, 0);
    program_table(p, "needs.csv", NEEDS);
    program_table(p, "settings.csv", SETTINGS("R2"));
}

/* N-1's 100 were committed, of which 90 stand; N-2's 60 are at least 40. What is left of O-1 is 200 - 90 - 60 = 50: N-1
 * has its 10 again and N-3 has 40. */
static void rows_that_the_ledger_holds_count_once(void **state)
{
    Program p;
    (void)state;
    open_second(&p);
    ALLOT(&p, "solve", "r", "--ledger", "l.csv", "--tables", "t", "-o", "q.xlsx", "-q");
    assert_exit(&p, 0);
    assert_says(&p, "commitments.csv:2:4 (quantity): note N271: rows that say what the ledger "
                    "holds already: 2 ('N-1' from 'O-1', 'N-2' from 'O-1'); they count once, as "
                    "the ledger has them; where as much again is agreed, enter it as a change "
                    "(allot record)\n");
    assert_null(strstr(p.run.err, "W170"));
    program_script(&p, "cut -d, -f1,2,4,11 t/assignments.csv");
    assert_prints(&p, "need,offer,quantity,locked\nN-1,O-1,10.00,no\nN-3,O-1,40.00,no\n");
    ALLOT(&p, "verify", "r", "q.xlsx", "--ledger", "l.csv", "-q");
    assert_exit(&p, 0);
    ALLOT(&p, "close", "r", "q.xlsx", "l.csv", "-q");
    assert_exit(&p, 0);
    program_close(&p);
}

typedef struct RowCase {
    const char *label, *row;
    bool same; /* N271, else W170 */
    int exit_code;
} RowCase;

/* The ledger holds 90 of N-1, and its close had committed 100; 10 more may be given. */
static const RowCase CASES[] = {
    {"what the close committed", "N-1,O-1,fixed,100\n", true, 0},
    {"what stands of it", "N-1,O-1,fixed,90\n", true, 0},
    {"another amount comes on top", "N-1,O-1,fixed,10\n", false, 0},
    {"another amount that does not fit comes on top", "N-1,O-1,fixed,95\n", false, 1},
    {"at least less than stands", "N-1,O-1,at_least,5\n", true, 0},
    {"at least more than stands", "N-1,O-1,at_least,95\n", false, 1},
};

static void rows_of_other_amounts_come_on_top(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        char rows[128];
        Program p;
        open_second(&p);
        snprintf(rows, sizeof rows, "%s%s", ROWS, CASES[i].row);
        program_table(&p, "commitments.csv", rows);
        ALLOT(&p, "check", "r", "--ledger", "l.csv");
        assert_case_int(CASES[i].label, p.run.exit_code, CASES[i].exit_code);
        assert_case(CASES[i].label, (strstr(p.run.err, "N271") != NULL) == CASES[i].same);
        assert_case(CASES[i].label, (strstr(p.run.err, "W170") != NULL) != CASES[i].same);
        program_close(&p);
    }
}

/* R-1 asks for 30 of HW: of N-1's 10 no plan can have that, and that the ledger holds 90 + 60 is why. R-2 lets N-3 have
 * all, of which the ledger holds nothing; R-3 holds for each alone, R-4 is a share: neither has one sum. */
static void rules_are_named_with_what_the_ledger_holds(void **state)
{
    Program p;
    (void)state;
    open_second(&p);
    program_table(&p, "commitments.csv", ROWS);
    program_table(&p, "rules.csv",
                  "id,kind,category,each,value,currency,share\nR-1,floor,HW,,30,EUR,\n"
                  "R-2,limit,SOC,,50,EUR,\nR-3,limit,,need,500,EUR,\nR-4,limit,HW,,,,1\n");
    ALLOT(&p, "check", "r", "--ledger", "l.csv");
    assert_exit(&p, 1);
    assert_says(&p, "rules.csv:2:5 (value): note N272: limits and floors count the lines of this "
                    "round alone; what the ledger holds of the same comes on top (R-1: EUR 150.00; "
                    "R-3); where one is meant for all rounds together, lower it by that\n");
    assert_says(&p, "rules.csv:2:5 (value): error E040: ");
    program_table(&p, "rules.csv", "id,kind,category,value,currency\nR-1,floor,HW,10,EUR\n");
    ALLOT(&p, "solve", "r", "--ledger", "l.csv", "--tables", "t", "-q");
    assert_exit(&p, 0);
    assert_says(&p, "N272");
    ALLOT(&p, "check", "r");
    assert_null(strstr(p.run.err, "N272"));
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_that_the_ledger_holds_count_once),
        cmocka_unit_test(rows_of_other_amounts_come_on_top),
        cmocka_unit_test(rules_are_named_with_what_the_ledger_holds),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
