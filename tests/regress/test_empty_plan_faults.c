/* A plan that gives nothing, read back from its workbook: where lines stand it says "(none)", which once was
 * taken for the id of a need.
 */
#include "tests/support/program.h"

static void open_plan(Program *p)
{
    program_open(p);
    program_table(p, "offers.csv", "id,donor,quantity,unit\nO-1,DONOR-A,5,truck\n");
    program_table(p, "settings.csv",
                  "key,value\nround,Q1\nstart,2026-01-01\nend,2026-03-31\nrelease,all\n");
    ALLOT(p, "solve", "r", "-o", "plan.xlsx", "--tables", "t", "--explain", "none");
    assert_exit(p, 0);
    assert_prints(p, "0 assignments");
}

static void a_plan_that_gives_nothing_is_read_from_its_workbook_as_from_its_tables(void **state)
{
    Program p;
    (void)state;
    open_plan(&p);
    ALLOT(&p, "verify", "r", "plan.xlsx");
    assert_exit(&p, 0);
    assert_prints(&p, "0 assignments checked");
    ALLOT(&p, "solve", "r", "--previous", "plan.xlsx", "--tables", "again", "--explain", "none");
    assert_exit(&p, 0);
    ALLOT(&p, "publish", "r", "plan.xlsx", "lines.csv");
    assert_exit(&p, 0);
    ALLOT(&p, "close", "r", "plan.xlsx", "ledger.csv");
    assert_exit(&p, 0);
    program_close(&p);
}

static void a_plan_that_gives_nothing_is_compared_as_its_workbook(void **state)
{
    Program p;
    (void)state;
    open_plan(&p);
    ALLOT(&p, "compare", "plan.xlsx", "t");
    assert_exit(&p, 0);
    assert_prints(&p, "no line differs");
    program_close(&p);
}

/** Words in parentheses beside an offer or an amount are a need that the round has not got. */
static void a_line_of_a_need_in_parentheses_is_a_line(void **state)
{
    Program p;
    (void)state;
    open_plan(&p);
    assert_int_equal(program_script(&p, "printf 'need,offer,quantity\\n(none),O-1,\\n' > "
                                        "t/assignments.csv"),
                     0);
    ALLOT(&p, "verify", "r", "t");
    assert_exit(&p, 1);
    assert_says(&p, "need '(none)' is not known");
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plan_that_gives_nothing_is_read_from_its_workbook_as_from_its_tables),
        cmocka_unit_test(a_plan_that_gives_nothing_is_compared_as_its_workbook),
        cmocka_unit_test(a_line_of_a_need_in_parentheses_is_a_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
