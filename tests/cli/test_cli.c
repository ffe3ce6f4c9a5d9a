/* Commands, options, exit codes and messages of the program as people start it. */
#include "tests/support/program.h"

#include <stdlib.h>
#include <string.h>

#include "allot/version.h"

/* ---- help and versions ---------------------------------------------------------------------- */

static void help_names_every_command_option_and_exit_code(void **state)
{
    static const char *const WORDS[] = {"allot solve ROUND",
                                        "allot check ROUND",
                                        "allot verify ROUND PLAN",
                                        "allot export ROUND",
                                        "allot template FILE.xlsx",
                                        "--encoding",
                                        "--decimal",
                                        "--output",
                                        "--tables",
                                        "--set",
                                        "--quiet",
                                        "--verbose",
                                        "--help",
                                        "--version",
                                        "fairness",
                                        "3 no plan can exist"};
    Program p;
    (void)state;
    program_open(&p);
    ALLOT(&p, "--help");
    assert_exit(&p, 0);
    for (size_t k = 0; k < COUNT_OF(WORDS); k++)
        assert_prints(&p, WORDS[k]);
    assert_string_equal(p.run.err, "");
    ALLOT(&p, "solve", "-h");
    assert_exit(&p, 0);
    assert_prints(&p, "Commands");
    program_close(&p);
}

static void help_is_a_command_too(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    ALLOT(&p, "help");
    assert_exit(&p, 0);
    assert_prints(&p, "allot solve ROUND");
    ALLOT(&p, "help", "solve");
    assert_exit(&p, 0);
    assert_string_equal(p.run.err, "");
    program_close(&p);
}

static void version_names_the_program_and_its_libraries(void **state)
{
    static const char *const WORDS[] = {
        ("allot " ALLOT_VERSION), "GLPK ", "libcsv ", "expat ", "minizip ",
        "libxlsxwriter ",         "GMP "};
    Program p;
    (void)state;
    program_open(&p);
    ALLOT(&p, "--version");
    assert_exit(&p, 0);
    for (size_t k = 0; k < COUNT_OF(WORDS); k++)
        assert_prints(&p, WORDS[k]);
    assert_string_equal(p.run.err, "");
    program_close(&p);
}

/* ---- the command line ----------------------------------------------------------------------- */

typedef struct WrongLine {
    const char *label;
    const char *arguments[7];
    const char *message;
} WrongLine;

static void a_wrong_command_line_says_what_is_wrong_and_writes_nothing(void **state)
{
    static const WrongLine CASES[] = {
        {"nothing", {NULL}, "allot: no round is given; type: allot solve ROUND, or allot --help\n"},
        {"unknown command",
         {"frobnicate", "r", "x"},
         "allot: there is no command 'frobnicate'; see allot --help\n"},
        {"unknown option",
         {"solve", "r", "--frob"},
         "allot: there is no option '--frob'; see allot --help\n"},
        {"a slip of a command",
         {"slove", "r", "--set", "gap=0"},
         "allot: there is no command 'slove'; did you mean 'solve'? see allot --help\n"},
        {"a slip of an option",
         {"solve", "r", "--explan", "all"},
         "allot: there is no option '--explan'; did you mean '--explain'? see allot --help\n"},
        {"an empty name", {"verify", "r", ""}, "allot: verify needs ROUND PLAN, not ''"},
        {"an empty folder", {"solve", "r", "--tables="}, "allot: --tables needs DIR, not ''"},
        {"an empty workbook", {"solve", "-o", "", "r"}, "allot: --output needs FILE.xlsx, not ''"},
        {"one name for two things",
         {"solve", "r", "-o", "p", "-t", "p"},
         "allot: a workbook and a folder of tables cannot both be called 'p'"},
        {"no round", {"solve"}, "allot: too few operands for 'solve ROUND"},
        {"two rounds", {"solve", "r", "s"}, "allot: too many operands for 'solve ROUND"},
        {"no plan",
         {"verify", "r"},
         "allot: too few operands for 'verify ROUND PLAN [--set KEY=VALUE]... [--previous PLAN] "
         "[--ledger FILE.csv] [--answers DIR]'"},
        {"no file", {"export", "r"}, "allot: too few operands for 'export ROUND FILE"},
        {"no argument", {"solve", "r", "-o"}, "allot: an argument is missing after '-o'"},
        {"no equals sign",
         {"solve", "r", "--set", "fairness"},
         "allot: --set needs KEY=VALUE, not 'fairness'; see allot --help\n"},
        {"no key", {"solve", "r", "--set", "=none"}, "allot: --set needs KEY=VALUE, not '=none'"},
        {"an option of another command",
         {"check", "r", "-o", "plan.xlsx"},
         "allot: --output belongs to solve, compare, scenarios, stress and merge, not to 'check'"},
    };
    (void)state;
    for (size_t k = 0; k < COUNT_OF(CASES); k++) {
        Program p;
        program_open(&p);
        program_run(&p, CASES[k].arguments);
        assert_case_int(CASES[k].label, p.run.exit_code, 2);
        assert_case(CASES[k].label, strstr(p.run.err, CASES[k].message) == p.run.err);
        assert_case_text(CASES[k].label, p.run.out, "");
        assert_case(CASES[k].label, !program_wrote(&p, "plan.xlsx"));
        program_close(&p);
    }
}

static void a_round_alone_is_solved_into_plan_xlsx(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    ALLOT(&p, "r");
    assert_exit(&p, 0);
    assert_prints(&p, "1 of 4 needs met, 3 in part; 4 assignments from 2 offers; optimal\n");
    assert_prints(&p, "workbook: plan.xlsx\n");
    assert_string_equal(p.run.err, "");
    char *alone = program_read(&p, "plan.xlsx");
    ALLOT(&p, "solve", "r", "-o", "again.xlsx");
    assert_exit(&p, 0);
    program_script(&p, "cmp plan.xlsx again.xlsx");
    assert_exit(&p, 0);
    free(alone);
    program_close(&p);
}

/* As the workbook and summary.csv count: what others cover is something, too. */
static void a_need_that_is_covered_in_part_is_met_in_part(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "needs.csv",
                  "id,category,quantity,covered,priority\nN-1,HW,100,40,1\nN-2,HW,10,,1\n");
    program_table(&p, "offers.csv", "id,donor,quantity,category\nO-1,DONOR-A,50,TRN\n");
    ALLOT(&p, "solve", "r", "--tables", "t");
    assert_exit(&p, 0);
    assert_prints(&p, "0 of 2 needs met, 1 in part; 0 assignments from 1 offer; optimal\n");
    char *summary = program_read(&p, "t/summary.csv");
    assert_non_null(strstr(summary, "\nneeds_partly,1\n"));
    free(summary);
    program_close(&p);
}

/* Before the round is decided, which may take long, and before anything is written. */
static void outputs_that_cannot_be_written_are_named_before_anything_is(void **state)
{
    static const struct {
        const char *arguments[8];
        const char *says;
    } cases[] = {
        {{"solve", "r", "-o", "p.xlsx", "--tables", "file"},
         "file: error E042: cannot write: Not a directory; name a folder, or a file in one\n"},
        {{"solve", "r", "-o", "none/p.xlsx", "--tables", "t"},
         "none/p.xlsx: error E042: cannot write: No such file or directory; make the folder first, "
         "or name another\n"},
        {{"stress", "r", "-o", "p.xlsx", "--tables", "file"},
         "file: error E042: cannot write: Not a directory; name a folder, or a file in one\n"},
        {{"stress", "r", "-o", "none/p.part", "--part", "1/2"},
         "none/p.part: error E042: cannot write: No such file or directory; make the folder first, "
         "or name another\n"},
        {{"scenarios", "r", "--rules", "-o", "r"},
         "r: error E042: cannot write: Is a directory; name a file\n"},
        {{"merge", "whole.part", "-o", "p.xlsx", "--tables", "file"},
         "file: error E042: cannot write: Not a directory; name a folder, or a file in one\n"},
        {{"compare", "plan", "plan", "-o", "p.xlsx", "--tables", "file"},
         "file: error E042: cannot write: Not a directory; name a folder, or a file in one\n"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Program p;
        program_open(&p);
        program_script(&p,
                       ": >file; $ALLOT solve r --tables plan --explain none && "
                       "$ALLOT stress r --part 1/1 -o whole.part && : >before && ls -A >before");
        assert_exit(&p, 0);
        program_run(&p, cases[i].arguments);
        assert_exit(&p, 5);
        assert_says(&p, cases[i].says);
        assert_string_equal(p.run.out, "");
        program_script(&p, "ls -A | cmp - before");
        assert_exit(&p, 0);
        program_close(&p);
    }
}

static void tables_alone_write_no_workbook(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    ALLOT(&p, "solve", "r", "--tables", "t");
    assert_exit(&p, 0);
    assert_prints(&p, "tables: t\n");
    assert_false(program_wrote(&p, "plan.xlsx"));
    assert_true(program_wrote(&p, "t/assignments.csv"));
    program_close(&p);
}

/** Six needs of all or nothing, and no time at all: a plan comes out, checked, and says so. */
static void a_time_limit_leaves_the_best_plan_so_far(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "needs.csv",
                  "id,category,quantity,unit,indivisible,max_donors\n"
                  "N-1,HW,70,EUR,yes,2\nN-2,HW,60,EUR,yes,2\nN-3,HW,50,EUR,yes,2\n"
                  "N-4,HW,40,EUR,yes,2\nN-5,HW,30,EUR,yes,2\nN-6,HW,20,EUR,yes,2\n");
    program_table(&p, "offers.csv",
                  "id,donor,quantity,unit\nO-1,A,65,EUR\nO-2,B,55,EUR\nO-3,C,45,EUR\n");
    ALLOT(&p, "solve", "r", "--tables", "t", "--time-limit", "0.000000001");
    assert_exit(&p, 0);
    assert_prints(&p, "; limit");
    ALLOT(&p, "verify", "r", "t");
    assert_exit(&p, 0);
    ALLOT(&p, "solve", "r", "--tables", "t", "--time-limit", "600");
    assert_exit(&p, 0);
    assert_prints(&p, "; optimal");
    program_close(&p);
}

static void quiet_prints_nothing_at_all(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    ALLOT(&p, "solve", "r", "--tables", "t", "-o", "p.xlsx", "--quiet");
    assert_exit(&p, 0);
    assert_string_equal(p.run.out, "");
    assert_string_equal(p.run.err, "");
    ALLOT(&p, "verify", "r", "t", "-q");
    assert_exit(&p, 0);
    assert_string_equal(p.run.out, "");
    ALLOT(&p, "check", "-q", "r");
    assert_exit(&p, 0);
    assert_string_equal(p.run.out, "");
    ALLOT(&p, "export", "r", "p.mps", "-q");
    assert_exit(&p, 0);
    assert_string_equal(p.run.out, "");
    program_close(&p);
}

/* ---- settings ------------------------------------------------------------------------------- */

static void set_wins_over_the_table_and_the_last_one_over_the_first(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "settings.csv", "key,value\nfairness,region\nmeasure,share\n");
    ALLOT(&p, "solve", "r", "--tables", "t", "--set", "fairness=need", "--set", "fairness=none");
    assert_exit(&p, 0);
    char *summary = program_read(&p, "t/summary.csv");
    assert_non_null(strstr(summary, "\nfairness,none\n"));
    assert_non_null(strstr(summary, "\nmeasure,share\n"));
    free(summary);
    program_close(&p);
}

/* Also when the round has its own mistakes; one of its table is a finding. */
static void wrong_settings_are_the_command_lines_or_the_rounds(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    ALLOT(&p, "solve", "r", "--set", "measur=value");
    assert_exit(&p, 2);
    assert_says(&p, "--set (key): error E026: 'measur' is not a setting; did you mean 'measure'?");
    ALLOT(&p, "solve", "r", "--set", "measure=height");
    assert_exit(&p, 2);
    assert_says(&p, "error E026: 'height' is no value of measure, which takes value, share or "
                    "quantity");
    ALLOT(&p, "solve", "r", "--set", "currency=EURO");
    assert_exit(&p, 2);
    assert_says(&p, "--set: error E021: 'EURO' is no value of currency");
    ALLOT(&p, "check", "r", "--set", "start=2026-06-01", "--set", "end=2026-01-01");
    assert_exit(&p, 2);
    assert_says(&p, "--set: error E030: the round ends before it starts");
    assert_false(program_wrote(&p, "plan.xlsx"));
    program_table(&p, "settings.csv", "key,value\nmeasure,height\n");
    ALLOT(&p, "check", "r");
    assert_exit(&p, 1);
    ALLOT(&p, "check", "r", "--set", "gap=much");
    assert_exit(&p, 2);
    assert_says(&p, "settings.csv:2:2 (value): error E026: 'height'");
    program_close(&p);
}

/* ---- what cannot be read -------------------------------------------------------------------- */

static void a_missing_round_cannot_be_read(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    ALLOT(&p, "solve", "nowhere");
    assert_exit(&p, 5);
    assert_says(&p, "nowhere: error E001: the round cannot be read: No such file or directory; "
                    "name a folder of CSV tables, or a workbook");
    assert_string_equal(p.run.out, "");
    assert_null(strstr(p.run.err, "no command"));
    ALLOT(&p, "nowhere");
    assert_exit(&p, 5);
    assert_says(&p, "allot: 'nowhere' is no command either; see allot --help\n");
    ALLOT(&p, "check", "nowhere");
    assert_exit(&p, 5);
    ALLOT(&p, "export", "nowhere", "x.mps");
    assert_exit(&p, 5);
    ALLOT(&p, "verify", "nowhere", "t");
    assert_exit(&p, 5);
    program_close(&p);
}

static void a_round_without_one_of_its_two_tables_is_a_finding(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p, "rm r/needs.csv");
    ALLOT(&p, "r");
    assert_exit(&p, 1);
    assert_says(&p, "r: error E004: the folder holds no needs.csv; every round needs that table");
    assert_false(program_wrote(&p, "plan.xlsx"));
    program_close(&p);
}

static void a_plan_that_is_not_there_cannot_be_verified(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    ALLOT(&p, "verify", "r", "nowhere");
    assert_exit(&p, 5);
    assert_says(&p, "nowhere: error E001: the plan cannot be read: No such file or directory");
    program_close(&p);
}

static void a_bad_cell_is_named_with_file_line_column_and_heading(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "needs.csv",
                  "id,category,quantity,unit\nN-1,HW,100,EUR\n\n"
                  "N-2,HW,abc,EUR\nN-2,HW,5,EUR\nN-3,HW,-5,EUR\n");
    ALLOT(&p, "check", "r");
    assert_exit(&p, 1);
    assert_says(&p, "needs.csv:4:3 (quantity): error E012: 'abc' is not a number");
    assert_says(&p, "needs.csv:5:1 (id): error E019: 'N-2' stands in row 4 already");
    assert_says(&p, "needs.csv:6:3 (quantity): error E014: '-5' is negative");
    program_close(&p);
}

static void a_misspelt_id_comes_with_the_nearest_known_one(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "commitments.csv", "need,offer,kind,quantity\nN-11,O-1,fixed,60000\n");
    ALLOT(&p, "check", "r");
    assert_exit(&p, 1);
    assert_says(&p,
                "commitments.csv:2:1 (need): error E020: need 'N-11' is not known; did you mean "
                "'N-1'?");
    assert_prints(&p, "1 error, 0 warnings");
    program_close(&p);
}

/** An exclusion that names nobody would be lost without a word. */
static void a_misspelt_earmark_or_exclusion_is_a_finding(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "offers.csv",
                  "id,donor,quantity,not_needs,only_regions\nO-1,DONOR-A,96000,N-11,\n"
                  "O-2,DONOR-B,40000,,SUOTH\n");
    ALLOT(&p, "check", "r");
    assert_says(&p, "offers.csv:2");
    assert_says(&p, "'N-11'");
    assert_says(&p, "offers.csv:3");
    assert_says(&p, "'SUOTH'");
    assert_says(&p, "did you mean 'SOUTH'?");
    program_close(&p);
}

static void check_counts_what_it_found(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    ALLOT(&p, "check", "r");
    assert_exit(&p, 0);
    assert_string_equal(p.run.out, "0 errors, 0 warnings\n");
    assert_string_equal(p.run.err, "");
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(help_names_every_command_option_and_exit_code),
        cmocka_unit_test(help_is_a_command_too),
        cmocka_unit_test(version_names_the_program_and_its_libraries),
        cmocka_unit_test(a_wrong_command_line_says_what_is_wrong_and_writes_nothing),
        cmocka_unit_test(a_round_alone_is_solved_into_plan_xlsx),
        cmocka_unit_test(a_need_that_is_covered_in_part_is_met_in_part),
        cmocka_unit_test(outputs_that_cannot_be_written_are_named_before_anything_is),
        cmocka_unit_test(tables_alone_write_no_workbook),
        cmocka_unit_test(a_time_limit_leaves_the_best_plan_so_far),
        cmocka_unit_test(quiet_prints_nothing_at_all),
        cmocka_unit_test(set_wins_over_the_table_and_the_last_one_over_the_first),
        cmocka_unit_test(wrong_settings_are_the_command_lines_or_the_rounds),
        cmocka_unit_test(a_missing_round_cannot_be_read),
        cmocka_unit_test(a_round_without_one_of_its_two_tables_is_a_finding),
        cmocka_unit_test(a_plan_that_is_not_there_cannot_be_verified),
        cmocka_unit_test(a_bad_cell_is_named_with_file_line_column_and_heading),
        cmocka_unit_test(a_misspelt_id_comes_with_the_nearest_known_one),
        cmocka_unit_test(a_misspelt_earmark_or_exclusion_is_a_finding),
        cmocka_unit_test(check_counts_what_it_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
