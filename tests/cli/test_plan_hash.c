/* The plan's own hash: what anybody can work out from assignments.csv, and what tells an edited plan.
 * The judge is sha256sum over the columns need, offer and quantity.
 */
#include "tests/support/program.h"

#include <stdio.h>
#include <string.h>

#define EDITED "note N220: the plan was edited since it was written"

static void the_hash_is_that_of_the_columns_need_offer_and_quantity(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    program_script(&p, "$ALLOT solve r --tables t -q && "
                       "cut -d, -f1,2,4 t/assignments.csv | sha256sum | cut -d' ' -f1 >want && "
                       "sed -n 's/^plan_sha256,//p' t/summary.csv | diff - want");
    assert_exit(&p, 0);
    program_close(&p);
}

static void assert_verified(const char *label, Program *p, const char *plan, bool edited)
{
    ALLOT(p, "verify", "r", plan);
    if (p->run.exit_code != 0 || (strstr(p->run.err, EDITED) != NULL) != edited)
        fail_msg("case \"%s\": exit %d:\n%s", label, p->run.exit_code, p->run.err);
}

/** N-4 is given a cent less, which breaks no rule: a note, and no error. Other edits are of the form
 *  alone: rows in another order, cells that are worked out again, summary.csv with semicolons. */
static void verify_notes_that_the_lines_of_a_folder_are_others(void **state)
{
    static const struct {
        const char *label, *script;
        bool edited;
    } CASES[] = {
        {"untouched", "true", false},
        {"a quantity",
         "sed -i 's/^N-4,O-2,DONOR-B,40000.00/N-4,O-2,DONOR-B,39999.99/' "
         "t/assignments.csv",
         true},
        {"a line less", "sed -i '/^N-4/d' t/assignments.csv", true},
        {"rows turned round",
         "(head -n 1 t/assignments.csv; tail -n +2 t/assignments.csv | tac) >x; "
         "mv x t/assignments.csv",
         false},
        {"another worth", "sed -i 's/40000.00,EUR,committed/1.00,EUR,committed/' t/assignments.csv",
         false},
        {"semicolons and another line",
         "sed -i 's/,/;/' t/summary.csv; sed -i '/^N-4/d' t/assignments.csv", true},
        {"no hash to compare with", "rm t/summary.csv; sed -i '/^N-4/d' t/assignments.csv", false},
    };
    (void)state;
    for (size_t k = 0; k < COUNT_OF(CASES); k++) {
        Program p;
        program_open(&p);
        ALLOT(&p, "solve", "r", "--tables", "t", "-q");
        program_script(&p, CASES[k].script);
        assert_case_int(CASES[k].label, p.run.exit_code, 0);
        assert_verified(CASES[k].label, &p, "t", CASES[k].edited);
        program_close(&p);
    }
}

/** The Method sheet keeps the hash when another program saves the workbook. */
static void verify_notes_that_the_lines_of_a_workbook_are_others(void **state)
{
    Program p;
    (void)state;
    program_open(&p);
    ALLOT(&p, "solve", "r", "-o", "p.xlsx", "-q");
    assert_verified("untouched", &p, "p.xlsx", false);
    program_script(&p, "/usr/bin/python3 -c \"import openpyxl\n"
                       "b = openpyxl.load_workbook('p.xlsx'); b.save('saved.xlsx')\n"
                       "cells = [c for row in b['Assignments'].iter_rows() for c in row]\n"
                       "hit = [c for c in cells if c.value == 40000]\n"
                       "for c in hit: c.value = 39999.99\n"
                       "b.save('edited.xlsx')\"");
    assert_exit(&p, 0);
    assert_verified("saved", &p, "saved.xlsx", false);
    assert_verified("edited", &p, "edited.xlsx", true);
    program_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_hash_is_that_of_the_columns_need_offer_and_quantity),
        cmocka_unit_test(verify_notes_that_the_lines_of_a_folder_are_others),
        cmocka_unit_test(verify_notes_that_the_lines_of_a_workbook_are_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
