/* One round in many spellings: every one of them must give the same plan, byte for byte, as the plain
 * CSV folder. tests/tools/spell.py writes the spellings (it knows nothing of this program), real
 * LibreOffice writes its own.
 */
#include "tests/support/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SCRIPT_SIZE = 4096 };

/* Paths are absolute: scripts run in a scratch folder. */
#define HEAD                                                                                       \
    "set -e; round=$TOP/samples/tallinn-2026-q1; "                                                 \
    "spell() { /usr/bin/python3 \"$TOP/tests/tools/spell.py\" \"$round\" \"$@\"; "                 \
    "}; " PROGRAM_OFFICE

/* The folder of the test: once the plan of the plain folder, and a filled template. */
static Program program;

static int open_program(void **state)
{
    (void)state;
    program_open(&program);
    program_script(&program, HEAD
                   "\"$ALLOT\" solve $round --tables plain --explain none --quiet 2>plain.err; "
                   "\"$ALLOT\" template empty.xlsx; "
                   "spell template filled.xlsx empty.xlsx");
    assert_exit(&program, 0);
    return 0;
}

static int close_program(void **state)
{
    program_close(&program);
    return no_arena_is_left(state);
}

/* Makes a round, solves it (ROUND may end in options) and compares: the plan's tables whole, the summary without what names the inputs and
 * counts what was said about them. */
static void assert_same_plan(const char *make, const char *round)
{
    char script[SCRIPT_SIZE];
    snprintf(script, sizeof script,
             HEAD
             "%s; rm -rf plan; \"$ALLOT\" solve %s --tables plan --explain none --quiet 2>said; "
             "for t in assignments needs offers stages; do cmp plain/$t.csv plan/$t.csv; done; "
             "for d in plain plan; do grep -vE '^(round_path,|sha256_|notes,|warnings,)' "
             "$d/summary.csv >$d.sum; "
             "done; cmp plain.sum plan.sum",
             make, round);
    program_script(&program, script);
    assert_exit(&program, 0);
}

static void a_folder_with_semicolons_decimal_commas_and_windows_1251(void **state)
{
    (void)state;
    assert_same_plan("spell semicolons-1251 f1251", "f1251 --encoding windows-1251");
    program_script(&program, "grep -i 'windows-1251' said && grep \"';'\" said");
    assert_exit(&program, 0);
}

static void a_folder_of_unicode_text_with_tabs(void **state)
{
    (void)state;
    assert_same_plan("spell tabs-utf16 f16", "f16");
    program_script(&program, "grep -i 'utf-16' said");
    assert_exit(&program, 0);
}

static void a_folder_with_a_mark_a_sep_line_and_serial_days(void **state)
{
    (void)state;
    assert_same_plan("spell pipes-sep fpipe", "fpipe");
}

static void the_template_filled_in(void **state)
{
    (void)state;
    assert_same_plan(":", "filled.xlsx");
}

/* The example rows are a round of their own once each has a name: what they show works. */
static void the_templates_examples_are_a_round(void **state)
{
    (void)state;
    program_script(
        &program, HEAD
        "/usr/bin/python3 -c \"import openpyxl\n"
        "ids = {'needs': 'EX-N', 'offers': 'EX-O', 'donors': 'EX-D', 'beneficiaries': 'EX-B',\n"
        "       'rules': 'EX-R', 'scenarios': 'EX-N'}\n"
        "refs = {'need': 'EX-N', 'offer': 'EX-O', 'donor': 'EX-D', 'beneficiary': 'EX-B',\n"
        "        'currency': 'UAH', 'scenario': 'EX-S'}\n"
        "b = openpyxl.load_workbook('empty.xlsx')\n"
        "for s in b:\n"
        "    for c in s[2]:\n"
        "        if c.value == 'EXAMPLE' and s.title != 'settings':\n"
        "            head = s.cell(1, c.column).value\n"
        "            c.value = ids[s.title] if head == 'id' else refs[head]\n"
        "b.save('named.xlsx')\"; "
        "\"$ALLOT\" check named.xlsx 2>check.err; \"$ALLOT\" solve named.xlsx --tables named -q; "
        "cat check.err; grep '^EX-N,EX-O,' named/assignments.csv");
    assert_exit(&program, 0);
    assert_prints(&program, "0 errors, 0 warnings");
}

static void the_template_saved_by_libreoffice_as_xlsx(void **state)
{
    (void)state;
    assert_same_plan("office xlsx lo filled.xlsx", "lo/filled.xlsx");
}

static void the_template_saved_by_libreoffice_as_ods(void **state)
{
    (void)state;
    assert_same_plan("office ods . filled.xlsx", "filled.ods");
}

static void the_template_saved_by_libreoffice_as_flat_xml(void **state)
{
    (void)state;
    assert_same_plan("office fods . filled.xlsx", "filled.fods");
}

static void a_ministrys_workbook_with_titles_units_totals_and_hidden_rows(void **state)
{
    (void)state;
    assert_same_plan("spell ministry ministry.xlsx", "ministry.xlsx");
    program_script(&program, "grep 'hidden' said && grep 'totals' said && grep 'units' said && "
                             "grep 'above the headings' said && grep 'Потреби' said");
    assert_exit(&program, 0);
    assert_same_plan("office ods . ministry.xlsx", "ministry.ods");
}

/* ---- plans ---------------------------------------------------------------------------------- */

static void a_plan_saved_by_libreoffice_is_verified(void **state)
{
    (void)state;
    program_script(&program, HEAD "\"$ALLOT\" solve $round -o plan.xlsx --quiet 2>/dev/null; "
                                  "\"$ALLOT\" verify $round plan.xlsx 2>own.err; "
                                  "for end in xlsx ods; do office $end saved plan.xlsx; "
                                  "\"$ALLOT\" verify $round saved/plan.$end 2>saved.err; "
                                  "cmp own.err saved.err; done");
    assert_exit(&program, 0);
    assert_prints(&program, "0 rules broken, 0 stages worse");
}

static void an_edit_in_a_saved_plan_is_found_at_its_cell(void **state)
{
    (void)state;
    program_script(&program, HEAD "\"$ALLOT\" solve r -o small.xlsx --quiet; "
                                  "/usr/bin/python3 -c \"import openpyxl\n"
                                  "b = openpyxl.load_workbook('small.xlsx'); s = b['Assignments']\n"
                                  "for r in s.iter_rows():\n"
                                  "    if r[0].value == 'N-2': r[8].value = 7\n"
                                  "b.save('edited.xlsx')\"; "
                                  "office ods . edited.xlsx; "
                                  "code=0; \"$ALLOT\" verify r edited.ods || code=$?; exit $code");
    assert_exit(&program, 1);
    assert_says(&program, "edited.ods!Assignments:");
}

/* The sheet's rows stand the other way round: N-4, last of the plan, is its first line, in row 8. */
static void a_broken_rule_is_found_at_the_cell_of_an_unsorted_sheet(void **state)
{
    (void)state;
    program_script(&program, HEAD "\"$ALLOT\" solve r -o small.xlsx --quiet; "
                                  "/usr/bin/python3 -c \"import openpyxl\n"
                                  "b = openpyxl.load_workbook('small.xlsx'); s = b['Assignments']\n"
                                  "rows = [[c.value for c in r] for r in s['A8:Q11']]\n"
                                  "for r, old in zip(s['A8:Q11'], reversed(rows)):\n"
                                  "    for c, v in zip(r, old): c.value = v\n"
                                  "s['I8'] = 50001\n"
                                  "b.save('turned.xlsx')\"; "
                                  "code=0; \"$ALLOT\" verify r turned.xlsx || code=$?; exit $code");
    assert_exit(&program, 1);
    assert_says(&program, "turned.xlsx!Assignments:I8 (Quantity): error E052: N-4: its lines give "
                          "EUR 50,001.00, but needs.csv:5:6 (quantity)");
    assert_says(&program, "turned.xlsx!Assignments:K8 (Offer quantity): warning W055");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_with_semicolons_decimal_commas_and_windows_1251),
        cmocka_unit_test(a_folder_of_unicode_text_with_tabs),
        cmocka_unit_test(a_folder_with_a_mark_a_sep_line_and_serial_days),
        cmocka_unit_test(the_template_filled_in),
        cmocka_unit_test(the_templates_examples_are_a_round),
        cmocka_unit_test(the_template_saved_by_libreoffice_as_xlsx),
        cmocka_unit_test(the_template_saved_by_libreoffice_as_ods),
        cmocka_unit_test(the_template_saved_by_libreoffice_as_flat_xml),
        cmocka_unit_test(a_ministrys_workbook_with_titles_units_totals_and_hidden_rows),
        cmocka_unit_test(a_plan_saved_by_libreoffice_is_verified),
        cmocka_unit_test(an_edit_in_a_saved_plan_is_found_at_its_cell),
        cmocka_unit_test(a_broken_rule_is_found_at_the_cell_of_an_unsorted_sheet),
    };
    return cmocka_run_group_tests(tests, open_program, close_program);
}
