/* Amounts that donors write into their answers are read as those of a round's own tables: 30.500 and 30,500 can be
 * two things, and are asked about where neither the column nor --decimal tells. N-1 asks 35,000 and N-2 20,000;
 * O-1 of PL has 55,000, and the plan before gives both in full. Once 30.500 was taken for 30.50 without a word.
 */
#include "tests/support/program.h"

#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

#define HEAD "need,offer,quantity,decision,agreed,other_need,comment\n"

static void open_round(Program *p)
{
    program_open(p);
    program_script(p, "rm -rf r; mkdir r a before");
    program_table(p, "needs.csv", "id,category,quantity\nN-1,HW,35000\nN-2,HW,20000\n");
    program_table(p, "offers.csv", "id,donor,quantity\nO-1,PL,55000\n");
    program_put(p, "before", "assignments.csv",
                "need,offer,quantity\nN-1,O-1,35000\nN-2,O-1,20000\n");
}

/** Decides again with the answers of folder a; @p decimal may be NULL. */
static void settle(Program *p, const char *decimal, int code)
{
    program_script(p, "rm -rf t");
    if (decimal == NULL)
        ALLOT(p, "solve", "r", "--answers", "a", "--previous", "before", "--tables", "t", "-q");
    else
        ALLOT(p, "solve", "r", "--answers", "a", "--previous", "before", "--tables", "t", "-q",
              "--decimal", decimal);
    assert_exit(p, code);
}

/** Fails unless N-1's line is fixed at this amount. */
static void assert_agreed(const Program *p, const char *amount)
{
    char line[128];
    snprintf(line, sizeof line, "\nN-1,O-1,PL,%s,EUR,%s,EUR,%s,EUR,committed,yes", amount, amount,
             amount);
    assert_file_holds(p, "t/assignments.csv", line);
}

static void an_amount_that_reads_two_ways_is_asked_about(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    program_put(&p, "a", "donor-PL.csv", HEAD "N-1,O-1,35000,agree less,30.500,,\n");
    settle(&p, NULL, 1);
    assert_says(&p, "donor-PL.csv:2:5 (agreed): error E013: '30.500' can be 30500 or 30.500; write "
                    "30500 or 30.5000, or say which sign is the decimal one: --decimal comma");
    assert_false(program_wrote(&p, "t"));
    settle(&p, "comma", 0);
    assert_agreed(&p, "30500.00");
    settle(&p, "point", 0);
    assert_agreed(&p, "30.50");
    program_put(&p, "a", "donor-PL.csv", HEAD "N-1,O-1,35000,agree less,\"30,500\",,\n");
    settle(&p, NULL, 1);
    assert_says(&p, "donor-PL.csv:2:5 (agreed): error E013: '30,500' can be 30500 or 30.500");
    settle(&p, "comma", 0);
    assert_agreed(&p, "30.50");
    program_close(&p);
}

/* 12.000,50 has its decimals behind a comma; 12.25 behind a point, and two of them only, which is a doubt. */
static void other_amounts_of_the_column_tell(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    program_put(&p, "a", "donor-PL.csv",
                HEAD "N-1,O-1,,agree less,30.500,,\nN-2,O-1,,agree less,\"12.000,50\",,\n");
    settle(&p, NULL, 0);
    assert_agreed(&p, "30500.00");
    assert_null(strstr(p.run.err, "is read as"));
    program_put(&p, "a", "donor-PL.csv",
                HEAD "N-1,O-1,,agree less,30.500,,\nN-2,O-1,,agree less,12.25,,\n");
    settle(&p, NULL, 0);
    assert_agreed(&p, "30.50");
    assert_says(&p, "donor-PL.csv:2:5 (agreed): warning ");
    assert_says(&p, "'30.500' is read as 30.500, because '12.25' (row 3) has its decimals behind "
                    "such a sign; if 30500 is meant");
    settle(&p, "point", 0);
    assert_null(strstr(p.run.err, "is read as"));
    program_close(&p);
}

/* What repeats the plan's own figure can be one thing only; another figure is asked about. */
static void a_figure_of_the_plan_itself_is_read_as_the_plan_has_it(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    program_put(&p, "a", "donor-PL.csv",
                HEAD "N-1,O-1,35.000,agree,\"35,000\",,\nN-2,O-1,\"20,000\",agree,,,\n");
    settle(&p, NULL, 0);
    assert_agreed(&p, "35000.00");
    program_put(&p, "a", "donor-PL.csv", HEAD "N-1,O-1,34.000,agree,,,\n");
    settle(&p, NULL, 1);
    assert_says(&p, "donor-PL.csv:2:3 (quantity): error E013: '34.000' can be 34000 or 34.000");
    program_put(&p, "a", "donor-PL.csv", HEAD "N-1,O-1,,agree,34.000,,\n");
    settle(&p, NULL, 1);
    assert_says(&p, "donor-PL.csv:2:5 (agreed): error E013: '34.000' can be 34000 or 34.000");
    program_close(&p);
}

/** PL's workbook as it comes back: N-1's line is agreed less, at @p text, or at @p number where that is NULL. */
static void write_workbook(Program *p, const char *text, double number)
{
    static const char *const cells[2][5] = {{"need", "offer", "decision", "agreed", "comment"},
                                            {"N-1", "O-1", "agree less", NULL, NULL}};
    static const char hash[] =
        "printf 'need,offer,quantity\\nN-1,O-1,35000.00\\nN-2,O-1,20000.00\\n' | sha256sum | "
        "cut -c1-64 | tr -d '\\n'";
    char *path = test_path(p->dir, "a/donor-PL.xlsx");
    program_script(p, hash);
    lxw_workbook *book = workbook_new(path);
    lxw_worksheet *lines = workbook_add_worksheet(book, "Lines");
    lxw_worksheet *about = workbook_add_worksheet(book, "About");
    for (lxw_row_t r = 0; r < 2; r++)
        for (lxw_col_t c = 0; c < 5; c++)
            if (cells[r][c] != NULL)
                worksheet_write_string(lines, r, c, cells[r][c], NULL);
    if (text != NULL)
        worksheet_write_string(lines, 1, 3, text, NULL);
    else
        worksheet_write_number(lines, 1, 3, number, NULL);
    worksheet_write_string(about, 0, 0, "key", NULL);
    worksheet_write_string(about, 0, 1, "value", NULL);
    worksheet_write_string(about, 1, 0, "plan", NULL);
    worksheet_write_string(about, 1, 1, p->run.out, NULL);
    worksheet_write_string(about, 2, 0, "donor", NULL);
    worksheet_write_string(about, 2, 1, "PL", NULL);
    assert_int_equal(workbook_close(book), LXW_NO_ERROR);
    free(path);
}

static void text_in_a_workbook_is_asked_about_and_a_number_is_a_number(void **state)
{
    Program p;
    (void)state;
    open_round(&p);
    write_workbook(&p, "30.500", 0);
    settle(&p, NULL, 1);
    assert_says(&p, "donor-PL.xlsx!Lines:D2 (agreed): error E013: '30.500' can be 30500 or 30.500");
    settle(&p, "comma", 0);
    assert_agreed(&p, "30500.00");
    write_workbook(&p, NULL, 30.5);
    settle(&p, NULL, 0);
    assert_agreed(&p, "30.50");
    settle(&p, "comma", 0);
    assert_agreed(&p, "30.50");
    program_close(&p);
}

/* Of O-1's 100 N-1 has its 60 as agreed and N-2 40 of 100: 60 more bring as much, and 40 less cost as much, down to what
 * is agreed. N-3 has all of O-2: no less keeps that, and there is no tier before the first. */
static void what_less_costs_ends_where_something_is_agreed(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p, "rm -rf r; mkdir r");
    program_table(&p, "needs.csv",
                  "id,category,quantity,priority\nN-1,HW,60,1\nN-2,HW,100,1\nN-3,SOC,60,1\n");
    program_table(&p, "offers.csv",
                  "id,donor,quantity,only_needs\nO-1,DE,100,N-1;N-2\nO-2,FR,60,N-3\n");
    program_table(&p, "commitments.csv",
                  "need,offer,kind,quantity\nN-1,O-1,fixed,60\nN-3,O-2,fixed,60\n");
    ALLOT(&p, "solve", "r", "--tables", "t", "-o", "t.xlsx", "-q");
    assert_exit(&p, 0);
    program_script(&p, "tail -n +2 t/worths.csv");
    assert_prints(&p, "offers,2,O-1,quantity,,EUR,100.00,tier 1,1,160.00,1,60.00,\n"
                      "offers,3,O-2,quantity,,EUR,60.00,tier 1,0,,,,needed by what is agreed\n");
    program_script(&p, "unzip -p t.xlsx xl/sharedStrings.xml | grep -c 'less would break what is "
                       "agreed, or the least that a rule asks for'");
    assert_prints(&p, "1\n");
    program_close(&p);
}

/* Of 1,953.22 tier 1 takes 675.84 and 750.61; the 526.77 left are N-4's, of weight 3, whose beneficiary may have 163.92
 * more. One less of any offer costs 3, and the solver's digits say 2.999999998. */
static void a_worth_is_told_without_the_solvers_last_digits(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p, "rm -rf r; mkdir r");
    program_table(&p, "beneficiaries.csv", "id,max_value\nB-1,690.69\nB-2,\n");
    program_table(&p, "needs.csv",
                  "id,beneficiary,category,quantity,priority,weight,indivisible\n"
                  "N-1,B-2,HW,675.84,1,3,yes\nN-2,B-2,HW,32.24,2,1,\nN-3,B-2,HW,750.61,1,1,\n"
                  "N-4,B-1,HW,926.41,2,3,\n");
    program_table(&p, "offers.csv",
                  "id,donor,quantity,category\nO-1,D,272.77,HW\nO-2,E,723.17,HW\n"
                  "O-3,D,957.28,HW\n");
    ALLOT(&p, "solve", "r", "--tables", "t", "-q");
    assert_exit(&p, 0);
    program_script(&p, "grep 'tier 2' t/worths.csv | cut -d, -f3,9-11");
    assert_prints(&p, "O-1,3,436.69,3\nO-2,3,887.09,3\nO-3,3,1121.20,3\n");
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_amount_that_reads_two_ways_is_asked_about),
        cmocka_unit_test(other_amounts_of_the_column_tell),
        cmocka_unit_test(a_figure_of_the_plan_itself_is_read_as_the_plan_has_it),
        cmocka_unit_test(text_in_a_workbook_is_asked_about_and_a_number_is_a_number),
        cmocka_unit_test(what_less_costs_ends_where_something_is_agreed),
        cmocka_unit_test(a_worth_is_told_without_the_solvers_last_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
