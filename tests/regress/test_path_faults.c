/* Paths on the command line: what once wrote over the tables that a round is read from, and what once
 * made plans of equal rounds differ.
 */
#include "tests/support/program.h"

#include <stdlib.h>
#include <string.h>

static char *needs_of(const Program *p)
{
    return program_read(p, "r/needs.csv");
}

/** The command fails with a finding, and the round's needs are as they were. */
#define assert_refused(p, why, ...)                                                                \
    do {                                                                                           \
        char *before = needs_of(p);                                                                \
        ALLOT((p), __VA_ARGS__);                                                                   \
        assert_exit((p), 5);                                                                       \
        assert_says((p), why);                                                                     \
        char *after = needs_of(p);                                                                 \
        assert_string_equal(after, before);                                                        \
        free(before);                                                                              \
        free(after);                                                                               \
    } while (0)

static void a_plan_is_not_written_over_the_tables_of_its_round(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    assert_refused(&p, "r: error E042: tables are read from this folder", "solve", "r", "--tables",
                   "r");
    assert_refused(&p, "E042", "stress", "r", "--tables", "./r/");
    assert_refused(&p, "E042", "solve", "r", "--tables", "/proc/self/cwd/r");
    assert_false(program_wrote(&p, "r/assignments.csv"));
    program_close(&p);
}

static void a_published_file_is_not_written_over_the_tables_of_its_round(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "settings.csv", "key,value\nrelease,all\n");
    ALLOT(&p, "solve", "r", "--tables", "t", "--explain", "none");
    assert_exit(&p, 0);
    assert_int_equal(program_script(&p, "ln -s r/needs.csv link.csv"), 0);
    assert_refused(&p, "this is read as well", "publish", "r", "t", "r/needs.csv");
    assert_refused(&p, "link.csv: error E042: this is read as well", "publish", "r", "t",
                   "link.csv");
    ALLOT(&p, "publish", "r", "t", "r/published.csv"); /* no table of it */
    assert_exit(&p, 0);
    program_close(&p);
}

static void a_program_is_not_written_over_the_tables_of_its_round(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    assert_int_equal(program_script(&p, "ln r/needs.csv program.lp"), 0);
    assert_refused(&p, "this is read as well", "export", "r", "program.lp");
    program_close(&p);
}

static void a_plan_is_not_written_over_the_workbook_of_its_round(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    ALLOT(&p, "template", "round.xlsx");
    assert_exit(&p, 0);
    assert_int_equal(program_script(&p, "cp round.xlsx before.xlsx"), 0);
    ALLOT(&p, "solve", "round.xlsx", "-o", "./round.xlsx");
    assert_exit(&p, 5);
    assert_says(&p, "this is read as well");
    assert_int_equal(program_script(&p, "cmp round.xlsx before.xlsx"), 0);
    assert_int_equal(program_script(&p, "mv round.xlsx plan.xlsx"), 0);
    ALLOT(&p, "solve", "plan.xlsx"); /* the name that a plan has when none is given */
    assert_exit(&p, 5);
    assert_says(&p, "this is read as well");
    assert_int_equal(program_script(&p, "cmp plan.xlsx before.xlsx"), 0);
    program_close(&p);
}

static void a_plan_is_not_written_over_the_ledger_that_it_starts_from(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "settings.csv",
                  "key,value\nround,Q1\nstart,2026-01-01\nend,2026-03-31\nrelease,all\n");
    ALLOT(&p, "solve", "r", "--tables", "t", "--explain", "none");
    assert_exit(&p, 0);
    ALLOT(&p, "close", "r", "t", "ledger.csv");
    assert_exit(&p, 0);
    char *before = program_read(&p, "ledger.csv");
    ALLOT(&p, "publish", "r", "t", "ledger.csv", "--ledger", "ledger.csv");
    assert_exit(&p, 5);
    assert_says(&p, "this is read as well");
    char *after = program_read(&p, "ledger.csv");
    assert_string_equal(after, before);
    free(before);
    free(after);
    program_close(&p);
}

static void a_plan_is_not_written_over_the_answers_that_it_takes_up(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    assert_int_equal(program_script(&p, "mkdir answers; cd answers; "
                                        "printf 'need,offer,decision\\n' | tee a.csv >answers.csv"),
                     0);
    ALLOT(&p, "solve", "r", "--tables", "t", "--explain", "none");
    assert_exit(&p, 0);
    static const char *const outs[][2] = {{"-o", "answers/new.xlsx"}, {"--tables", "answers"}};
    for (size_t i = 0; i < sizeof outs / sizeof *outs; i++) {
        ALLOT(&p, "solve", "r", "--previous", "t", "--answers", "answers", "--explain", "none",
              outs[i][0], outs[i][1]);
        assert_exit(&p, 5);
        assert_says(&p, "error E042");
    }
    assert_int_equal(program_script(&p, "cmp answers/a.csv answers/answers.csv; ls answers"), 0);
    assert_string_equal(p.run.out, "a.csv\nanswers.csv\n");
    program_close(&p);
}

static void a_comparison_is_not_written_over_a_plan(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    ALLOT(&p, "solve", "r", "-o", "a.xlsx", "--tables", "t", "--explain", "none");
    assert_exit(&p, 0);
    assert_int_equal(program_script(&p, "cp a.xlsx before.xlsx"), 0);
    ALLOT(&p, "compare", "t", "a.xlsx", "-o", "a.xlsx");
    assert_exit(&p, 5);
    assert_int_equal(program_script(&p, "cmp a.xlsx before.xlsx"), 0);
    ALLOT(&p, "compare", "t", "a.xlsx", "--tables", "t");
    assert_exit(&p, 5);
    program_close(&p);
}

/** Shells put a slash behind the name of a folder that they complete. */
static void a_slash_behind_the_rounds_name_changes_nothing_in_its_plan(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    assert_int_equal(program_script(&p,
                                    "\"$ALLOT\" solve \"$PWD/r\" --tables plain --explain none &&"
                                    "\"$ALLOT\" solve \"$PWD/r//\" --tables slash --explain none &&"
                                    "\"$ALLOT\" solve r/ --tables short --explain none &&"
                                    "diff -r plain slash && diff -r plain short"),
                     0);
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plan_is_not_written_over_the_tables_of_its_round),
        cmocka_unit_test(a_published_file_is_not_written_over_the_tables_of_its_round),
        cmocka_unit_test(a_program_is_not_written_over_the_tables_of_its_round),
        cmocka_unit_test(a_plan_is_not_written_over_the_workbook_of_its_round),
        cmocka_unit_test(a_plan_is_not_written_over_the_ledger_that_it_starts_from),
        cmocka_unit_test(a_plan_is_not_written_over_the_answers_that_it_takes_up),
        cmocka_unit_test(a_comparison_is_not_written_over_a_plan),
        cmocka_unit_test(a_slash_behind_the_rounds_name_changes_nothing_in_its_plan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
