/* What the program reads and refuses, as people start it: templates, workbooks, questions about
 * encodings and decimal signs.
 */
#include "tests/support/program.h"

#include <stdlib.h>
#include <string.h>

/* ---- templates ------------------------------------------------------------------------------ */

static void a_template_is_a_round_without_needs(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    ALLOT(&p, "template", "t.xlsx");
    assert_exit(&p, 0);
    assert_prints(&p, "template: t.xlsx");
    ALLOT(&p, "check", "t.xlsx");
    assert_exit(&p, 0);
    assert_prints(&p, "0 errors, 1 warning");
    assert_says(&p, "W101");
    program_close(&p);
}

static void a_file_that_is_there_is_not_overwritten_by_a_template(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p, "echo filled >t.xlsx; \"$ALLOT\" template t.xlsx");
    assert_exit(&p, 5);
    assert_says(&p, "the file is there already, perhaps filled in");
    char *text = program_read(&p, "t.xlsx");
    assert_string_equal(text, "filled\n");
    free(text);
    program_close(&p);
}

/* ---- what is no round ----------------------------------------------------------------------- */

static void a_file_that_is_no_workbook_is_refused_and_nothing_is_written(void **state)
{
    static const struct {
        const char *label, *make, *says;
    } CASES[] = {
        {"CSV alone", "echo id,category >f", "error E060"},
        {"empty", ": >f", "error E060"},
        {"an old .xls",
         "printf '\\320\\317\\021\\340\\241\\261\\032\\341' >f; head -c 2000 /dev/zero >>f",
         "save it as .xlsx or .ods"},
        {"a broken archive", "printf 'PK\\003\\004' >f; head -c 99 /dev/zero >>f", "error E060"},
        {"a PDF", "printf '%%PDF-1.4' >f", "error E060"},
    };
    (void)state;
    for (size_t k = 0; k < COUNT_OF(CASES); k++) {
        Program p;
        program_open(&p);
        program_script(&p, CASES[k].make);
        ALLOT(&p, "solve", "f", "-o", "p.xlsx", "--tables", "t");
        assert_exit(&p, 1);
        assert_says(&p, CASES[k].says);
        assert_case(CASES[k].label, !program_wrote(&p, "p.xlsx") && !program_wrote(&p, "t"));
        program_close(&p);
    }
}

static void a_workbook_that_is_not_there_is_told_like_any_file(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    ALLOT(&p, "check", "nowhere.xlsx");
    assert_exit(&p, 5);
    assert_says(&p, "nowhere.xlsx: error E001: the round cannot be read: No such file");
    program_close(&p);
}

/* A code that is none is not the reporting currency, and a rate that is none is not 0. */
static void a_row_of_rates_that_is_wrong_has_one_finding_a_cell(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "rates.csv", "currency,rate\nXXX,3\nYYY,4\nUSD,-1\nSEK,\nDKK,0\nEUR,-2\n");
    ALLOT(&p, "check", "r");
    assert_exit(&p, 1);
    assert_prints(&p, "6 errors, ");
    assert_says(&p, "rates.csv:2:1 (currency): error E021: 'XXX' is not a currency code");
    assert_says(&p, "rates.csv:3:1 (currency): error E021: 'YYY' is not a currency code");
    assert_says(&p, "rates.csv:4:2 (rate): error E014: '-1' is too small; write more than 0");
    assert_says(&p, "rates.csv:5:2 (rate): error E010: the cell is empty");
    assert_says(&p, "rates.csv:6:2 (rate): error E014: '0' is too small; write more than 0");
    assert_says(&p, "rates.csv:7:2 (rate): error E014: '-2' is too small; write more than 0");
    program_close(&p);
}

/* Its sheets Needs and Offers are tables of a round by name alone. */
static void a_plan_in_place_of_a_round_is_told_in_one_sentence(void **state)
{
    static const char *const plans[] = {"p.xlsx", "t"};
    Program p;
    (void)state;
    program_open(&p);
    ALLOT(&p, "solve", "r", "-o", "p.xlsx", "--tables", "t", "-q");
    for (size_t i = 0; i < COUNT_OF(plans); i++) {
        ALLOT(&p, "check", plans[i]);
        assert_exit(&p, 1);
        assert_case(plans[i], strncmp(p.run.err, plans[i], strlen(plans[i])) == 0);
        assert_says(&p,
                    ": error E004: this is a plan, not a round; give the round that it was made "
                    "of, and the plan behind it: allot verify ROUND PLAN");
        assert_case(plans[i], strchr(p.run.err, '\n') == strrchr(p.run.err, '\n'));
    }
    program_close(&p);
}

static void a_plan_that_is_no_plan_is_refused(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    ALLOT(&p, "template", "t.xlsx");
    ALLOT(&p, "verify", "r", "t.xlsx");
    assert_exit(&p, 1);
    assert_says(&p, "t.xlsx: error E004: the workbook holds no sheet Assignments");
    ALLOT(&p, "verify", "r", "r/needs.csv");
    assert_exit(&p, 1);
    assert_says(&p, "error E050");
    program_close(&p);
}

/* ---- questions and their answers ------------------------------------------------------------ */

static void a_number_in_doubt_is_asked_about_and_the_option_answers(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "needs.csv", "id,category,quantity\nN-1,HW,\"1,234\"\n");
    ALLOT(&p, "check", "r");
    assert_exit(&p, 1);
    assert_says(&p, "E013");
    assert_says(&p, "--decimal comma");
    ALLOT(&p, "check", "r", "--decimal", "point");
    assert_exit(&p, 0);
    ALLOT(&p, "check", "r", "--decimal", "comma");
    assert_exit(&p, 1); /* 1.234 EUR is finer than a cent */
    assert_says(&p, "E015");
    ALLOT(&p, "check", "r", "--decimal", "dot");
    assert_exit(&p, 2);
    assert_says(&p, "--decimal is comma or point, not 'dot'");
    program_close(&p);
}

static void an_encoding_in_doubt_is_asked_about_and_the_option_answers(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "needs.csv",
                  "id,category,quantity,title\nN-1,HW,5,Pl\x9E"
                  "e\xF2\n");
    ALLOT(&p, "check", "r");
    assert_exit(&p, 1);
    assert_says(&p, "E003");
    assert_says(&p, "--encoding windows-1250");
    ALLOT(&p, "check", "r", "--encoding", "windows-1250");
    assert_exit(&p, 0);
    assert_says(&p, "needs.csv: note N203: read as windows-1250 (named with --encoding)");
    ALLOT(&p, "check", "r", "--encoding", "windows-9999");
    assert_exit(&p, 2);
    assert_says(&p, "there is no encoding 'windows-9999'");
    program_close(&p);
}

/* N-1 and its comment: 0x9E and 0xF2 are letters of several alphabets, and of windows-1250 they are these. */
static void the_encoding_named_is_that_of_answers_too(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p, "rm -rf r; mkdir r a before");
    program_table(&p, "needs.csv", "id,category,quantity\nN-1,HW,5\n");
    program_table(&p, "offers.csv", "id,donor,quantity\nO-1,CZ,5\n");
    program_put(&p, "before", "assignments.csv", "need,offer,quantity\nN-1,O-1,5\n");
    program_put(&p, "a", "x.csv",
                "need,offer,quantity,decision,agreed,other_need,comment\n"
                "N-1,O-1,5,agree,,,Pl\x9E"
                "e\xF2\n");
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "before", "--tables", "t", "-q");
    assert_exit(&p, 1);
    assert_says(&p, "x.csv:2: error E003: ");
    assert_null(strstr(p.run.err, "answers any line"));
    ALLOT(&p, "solve", "r", "--answers", "a", "--previous", "before", "--tables", "t", "-q",
          "--encoding", "windows-1250");
    assert_exit(&p, 0);
    assert_says(&p, "x.csv: note N203: read as windows-1250 (named with --encoding)");
    assert_file_holds(&p, "t/answers.csv",
                      "x.csv!D2,Pl\xC5\xBE"
                      "e\xC5\x88,");
    program_close(&p);
}

static void how_a_file_was_read_is_said_without_being_asked(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_table(&p, "needs.csv",
                  "Needs;;\nid;category;quantity;mine\nN-1;HW;5;x\nEXAMPLE;;;\nTotal;;5;\n");
    ALLOT(&p, "check", "r");
    assert_exit(&p, 0);
    assert_says(&p, "needs.csv: note N203: read as UTF-8 with ';' between cells");
    assert_says(&p, "needs.csv:1: note N204: line 1 (above the headings, 'Needs') is no data");
    assert_says(&p, "needs.csv:5: note N204: line 5 (totals, 'Total') is no data");
    assert_says(&p, "N201: no column of needs, carried along: 'mine'");
    assert_null(strstr(p.run.err, "N202")); /* skipped examples are not news */
    ALLOT(&p, "check", "r", "--verbose");
    assert_says(&p, "N202");
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_template_is_a_round_without_needs),
        cmocka_unit_test(a_file_that_is_there_is_not_overwritten_by_a_template),
        cmocka_unit_test(a_file_that_is_no_workbook_is_refused_and_nothing_is_written),
        cmocka_unit_test(a_workbook_that_is_not_there_is_told_like_any_file),
        cmocka_unit_test(a_row_of_rates_that_is_wrong_has_one_finding_a_cell),
        cmocka_unit_test(a_plan_in_place_of_a_round_is_told_in_one_sentence),
        cmocka_unit_test(a_plan_that_is_no_plan_is_refused),
        cmocka_unit_test(a_number_in_doubt_is_asked_about_and_the_option_answers),
        cmocka_unit_test(an_encoding_in_doubt_is_asked_about_and_the_option_answers),
        cmocka_unit_test(the_encoding_named_is_that_of_answers_too),
        cmocka_unit_test(how_a_file_was_read_is_said_without_being_asked),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
