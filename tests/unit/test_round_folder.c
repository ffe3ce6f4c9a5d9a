/* Reading a round from a folder: which files are its tables, in which order they are read, which
 * rows and columns are set apart, and what cannot be read at all. */
#include "tests/support/read_round.h"
#include "tests/support/test_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { PATH_SIZE = 512 };

/* ---- settings, notes and unknown figures ------------------------------------------------------ */

static void settings_are_applied_before_the_other_tables_and_overrides_win(void **state)
{
    static const SettingRow overrides[] = {
        {"measure", "share", {.file = "--set", .table = "settings", .text = "share"}, 0}};
    ReadRound f;
    (void)state;
    read_round_open(&f);
    write_file(f.dir, "settings.csv", "key,value\ncurrency,JPY\nmeasure,quantity\n");
    read_round_with(&f, overrides, 1);
    assert_finding_count("none", f.diag, 0);
    assert_string_equal(f.round.currency.name, "JPY");
    assert_int_equal(f.round.settings.measure, MEASURE_SHARE);
    assert_string_equal(f.round.needs[0].unit.name, "JPY");
    assert_int_equal(f.round.needs[0].quantity, 100);
    assert_int_equal(f.round.setting_row_count, 3);
    assert_string_equal(f.round.setting_rows[0].value, "JPY");
    assert_int_equal(f.round.setting_rows[1].place.line, 3);
    assert_string_equal(f.round.setting_rows[2].place.file, "--set");
    read_round_close(&f);
}

static void unknown_columns_are_carried_along_with_a_note(void **state)
{
    static const ExpectedFinding want = {DIAG_COLUMN_CARRIED,
                                         "needs.csv",
                                         1,
                                         0,
                                         NULL,
                                         "no columns of needs, carried along: 'Favourite', "
                                         "'What else?'"};
    static const ExpectedFinding unused = {
        DIAG_COLUMN_CARRIED, "rates.csv", 1, 0, NULL, "no column of rates, not used: 'Favourite'"};
    ReadRound f;
    (void)state;
    read_round_open(&f);
    write_file(f.dir, "needs.csv",
               "id,Favourite,category,quantity,What else?\nN1, x ,HW,1,\nN2,,HW,1,y\n");
    write_file(f.dir, "rates.csv", "currency,rate,Favourite\nUSD,0.5,x\n");
    read_round(&f);
    assert_finding("carried", f.diag, &want);
    assert_finding("not used", f.diag, &unused);
    assert_finding_count("notes", f.diag, 2);
    assert_int_equal(diag_count(f.diag, DIAG_NOTE), 2);
    const ExtraColumns *extra = &f.round.tables[TABLE_NEEDS].extra;
    assert_int_equal(extra->count, 2);
    assert_string_equal(extra->headings[0], "Favourite");
    assert_string_equal(extra->headings[1], "What else?");
    assert_string_equal(f.round.needs[0].extra[0], "x");
    assert_string_equal(f.round.needs[0].extra[1], "");
    assert_string_equal(f.round.needs[1].extra[1], "y");
    read_round_close(&f);
}

static void a_row_called_example_is_skipped_and_said(void **state)
{
    static const struct {
        const char *file;
        const char *text;
        int column;
        bool own; /* nothing in it but what the template wrote */
    } cases[] = {
        {"needs.csv", "id,category,quantity\nEXAMPLE,,\nN1,HW,1\n", 1, true},
        {"needs.csv", "id,category,quantity\nEXAMPLE,HW,abc\nN1,HW,1\n", 1, false},
        {"offers.csv", "id,donor,quantity\nEXAMPLE,DE,abc\nO1,DE,1\n", 1, false},
        {"donors.csv", "id,budget\nEXAMPLE,abc\n", 1, false},
        {"rules.csv", "id,kind\nEXAMPLE,abc\n", 1, false},
        {"rates.csv", "currency,rate\nEXAMPLE,abc\n", 1, false},
        {"settings.csv", "key,value\nEXAMPLE,abc\n", 1, false},
        {"pairs.csv", "need,offer,use\nEXAMPLE,O1,abc\n", 1, false},
        {"pairs.csv", "need,offer,use\nN1,EXAMPLE,abc\n", 2, false},
        {"commitments.csv", "need,offer,kind\nN1,EXAMPLE,abc\n", 2, false},
        {"scenarios.csv", "scenario,table,id,column\nEXAMPLE,needs,N1,weight\n", 1, false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        ExpectedFinding want = {cases[i].own ? DIAG_ROW_SKIPPED : DIAG_EXAMPLE,
                                cases[i].file,
                                2,
                                cases[i].column,
                                "EXAMPLE",
                                cases[i].own ? "the row is an EXAMPLE and is skipped"
                                             : "skipped, but it is not the template's example"};
        ReadRound f;
        read_round_open(&f);
        write_file(f.dir, cases[i].file, cases[i].text);
        read_round(&f);
        assert_finding(cases[i].file, f.diag, &want);
        assert_finding_count(cases[i].file, f.diag, 1);
        assert_case_int(cases[i].file, (int64_t)f.round.need_count, 1);
        assert_case_int(cases[i].file, (int64_t)f.round.rule_count, 0);
        read_round_close(&f);
    }
}

/** A template filled in keeps its example on every sheet: that is said once. */
static void the_templates_examples_are_one_note(void **state)
{
    ReadRound f;
    (void)state;
    read_round_open(&f);
    write_file(f.dir, "needs.csv", "id,category,quantity\nN1,HW,1\nEXAMPLE,,\n");
    write_file(f.dir, "donors.csv", "id,budget\nEXAMPLE,\n");
    write_file(f.dir, "rules.csv", "id,kind\nEXAMPLE,\n");
    read_round(&f);
    ExpectedFinding want = {DIAG_ROW_SKIPPED,
                            f.dir,
                            0,
                            0,
                            NULL,
                            "3 rows are the template's EXAMPLE and are skipped: donors row 2; "
                            "needs row 3; rules row 2"};
    assert_finding("three", f.diag, &want);
    assert_finding_count("three", f.diag, 1);
    assert_int_equal(f.round.need_count, 1);
    read_round_close(&f);
}

static void unknown_is_not_zero_and_not_an_error_where_it_may_be_said(void **state)
{
    ReadRound f;
    (void)state;
    read_round_open(&f);
    write_file(f.dir, "needs.csv",
               "id,category,quantity,unit,unit_cost\nN1,HW,,seat,5\nN2,HW,TBD,seat,No price\n"
               "N3,HW,0,seat,.\n");
    write_file(f.dir, "offers.csv", "id,donor,quantity\nO1,DE,undisclosed\nO2,DE,\n");
    read_round(&f);
    assert_finding_count("none", f.diag, 0);
    assert_false(f.round.needs[0].quantity_known);
    assert_true(f.round.needs[0].has_unit_cost);
    assert_false(f.round.needs[1].quantity_known);
    assert_false(f.round.needs[1].has_unit_cost);
    assert_true(f.round.needs[2].quantity_known);
    assert_int_equal(f.round.needs[2].quantity, 0);
    assert_false(f.round.needs[2].has_unit_cost);
    assert_false(f.round.offers[0].quantity_known);
    assert_false(f.round.offers[1].quantity_known);
    read_round_close(&f);
}

/* ---- the folder ----------------------------------------------------------------------------- */

static void files_of_the_folder_are_tables_or_said_to_be_none(void **state)
{
    static const WrongFile cases[] = {
        {"near",
         "ofers.csv",
         "id,donor,quantity\nO1,DE,100\n",
         {DIAG_TABLE_UNKNOWN, "ofers.csv", 0, 0, "ofers.csv",
          "'ofers.csv' is no table; did you mean offers.csv?"}},
        {"near in Ukrainian",
         "Потребы.csv",
         "x",
         {DIAG_TABLE_UNKNOWN, "Потребы.csv", 0, 0, "Потребы.csv",
          "'Потребы.csv' is no table; did you mean needs.csv? rename the file, or take it out of "
          "the folder"}},
        {"near in Polish",
         "Potrzebyy.csv",
         "x",
         {DIAG_TABLE_UNKNOWN, "Potrzebyy.csv", 0, 0, "Potrzebyy.csv",
          "'Potrzebyy.csv' is no table; did you mean needs.csv?"}},
        {"a plan's table",
         "assignments.csv",
         "x",
         {DIAG_FILE_IGNORED, "assignments.csv", 0, 0, "assignments.csv",
          "'assignments.csv' is no table of a round and is not read"}},
        {"another",
         "plan of march.csv",
         "x",
         {DIAG_FILE_IGNORED, "plan of march.csv", 0, 0, "plan of march.csv",
          "is no table of a round and is not read"}},
        {"twice",
         "Needs.csv",
         "id,category,quantity\nN1,HW,100\n",
         {DIAG_TABLE_UNKNOWN, "needs.csv", 0, 0, "needs.csv",
          "the file is the table needs, and so is Needs.csv"}},
    };
    (void)state;
    assert_wrong_files(cases, COUNT_OF(cases));
}

static void a_workbook_beside_the_tables_is_said_to_be_no_part_of_them(void **state)
{
    static const char *const slashes[] = {"", "/"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(slashes); i++) {
        ReadRound f;
        char typed[PATH_SIZE], cure[2 * PATH_SIZE];
        read_round_open(&f);
        write_file(f.dir, "plan.xlsx", "x");
        snprintf(typed, sizeof typed, "%s%s", f.dir, slashes[i]);
        snprintf(
            cure, sizeof cure,
            "'plan.xlsx' is a workbook beside the CSV files and is not read; if the whole round "
            "is in it, give it instead of the folder: %s/plan.xlsx; if it is one table, save "
            "that here as .csv",
            f.dir);
        f.status = round_read(&(RoundSource){.path = typed}, f.arena, f.diag, &f.round);
        ExpectedFinding want = {DIAG_FILE_IGNORED, "plan.xlsx", 0, 0, "plan.xlsx", cure};
        assert_int_equal(f.status, STATUS_OK);
        assert_finding("workbook", f.diag, &want);
        assert_finding_count("workbook", f.diag, 1);
        read_round_close(&f);
    }
}

static void files_that_are_no_csv_or_hidden_are_fine(void **state)
{
    ReadRound f;
    (void)state;
    read_round_open(&f);
    write_file(f.dir, "README.md", "x");
    write_file(f.dir, "~$plan.xlsx", "x");
    write_file(f.dir, ".needs.csv", "x");
    write_file(f.dir, "~$needs.csv", "x");
    write_file(f.dir, "csv", "x");
    read_round(&f);
    assert_finding_count("none", f.diag, 0);
    read_round_close(&f);
}

static void names_of_tables_are_matched_without_regard_to_case_blanks_and_dashes(void **state)
{
    ReadRound f;
    (void)state;
    read_round_open(&f);
    write_file(f.dir, "COMMIT-MENTS.Csv", "need,offer,kind\nN1,O1,fixed\n");
    write_file(f.dir, "Beneficiaries .csv", "id\nMoD\n");
    read_round(&f);
    assert_finding_count("none", f.diag, 0);
    assert_int_equal(f.round.commitment_count, 1);
    assert_int_equal(f.round.beneficiary_count, 1);
    read_round_close(&f);
}

static void a_required_table_that_is_missing_is_found(void **state)
{
    ReadRound f;
    (void)state;
    read_round_open(&f);
    char *offers = test_path(f.dir, "offers.csv");
    assert_int_equal(remove(offers), 0);
    free(offers);
    read_round(&f);
    ExpectedFinding want = {DIAG_TABLE_MISSING,
                            f.dir,
                            0,
                            0,
                            NULL,
                            "the folder holds no offers.csv; every round needs that table"};
    assert_int_equal(f.status, STATUS_OK);
    assert_finding("offers", f.diag, &want);
    assert_finding_count("offers", f.diag, 1);
    read_round_close(&f);
}

static void a_table_with_a_heading_alone_is_empty(void **state)
{
    ReadRound f;
    (void)state;
    read_round_open(&f);
    write_file(f.dir, "needs.csv", "id,category,quantity\n");
    read_round(&f);
    assert_finding_count("none", f.diag, 0);
    assert_int_equal(f.round.need_count, 0);
    assert_true(f.round.tables[TABLE_NEEDS].present);
    read_round_close(&f);
}

static void what_is_no_folder_cannot_be_read(void **state)
{
    ReadRound f;
    (void)state;
    read_round_open(&f);
    char *missing = test_path(f.dir, "nowhere");
    char *file = test_path(f.dir, "needs.csv");
    ExpectedFinding no_folder = {DIAG_FILE, missing, 0, 0, missing, "No such file or directory"};
    ExpectedFinding a_file = {DIAG_WORKBOOK, "needs.csv", 0, 0, NULL, "give the folder"};
    assert_int_equal(round_read(&(RoundSource){.path = missing}, f.arena, f.diag, &f.round),
                     STATUS_IO);
    assert_int_equal(round_read(&(RoundSource){.path = file}, f.arena, f.diag, &f.round),
                     STATUS_FINDINGS);
    assert_finding("missing", f.diag, &no_folder);
    assert_finding("file", f.diag, &a_file);
    free(missing);
    free(file);
    read_round_close(&f);
}

static void a_file_that_cannot_be_read_does_not_hide_the_others(void **state)
{
    static const ExpectedFinding io = {
        DIAG_FILE, "needs.csv", 0, 0, NULL, "the file cannot be read: Is a directory"};
    static const ExpectedFinding cell = {DIAG_NUMBER, "offers.csv", 2, 3, "abc", "is not a number"};
    ReadRound f;
    (void)state;
    read_round_open(&f);
    char *needs = test_path(f.dir, "needs.csv");
    assert_int_equal(remove(needs), 0);
    assert_int_equal(mkdir(needs, 0700), 0);
    free(needs);
    write_file(f.dir, "offers.csv", "id,donor,quantity\nO1,DE,abc\n");
    read_round(&f);
    assert_int_equal(f.status, STATUS_IO);
    assert_finding("folder", f.diag, &io);
    assert_finding("cell", f.diag, &cell);
    read_round_close(&f);
}

/* ---- memory --------------------------------------------------------------------------------- */

static void every_allocation_may_fail(void **state)
{
    ReadRound f;
    (void)state;
    read_round_open(&f);
    write_file(f.dir, "settings.csv", "key,value\ntitle,A round\nstages,burden\n");
    write_file(f.dir, "needs.csv",
               "id,category,quantity,tags,mine,weight\nN1,HW,1,a;b,x,bad\nN2,HW,1,,,\n");
    write_file(f.dir, "rules.csv", "id,kind,priority\nR1,forbid,1;02\n");
    bool enough = false;
    for (size_t k = 0; !enough; k++) {
        Arena *arena = arena_new();
        Diag *diag = diag_new(arena);
        Round round;
        arena_fail_after(arena, k);
        Status status = round_read(&(RoundSource){.path = f.dir}, arena, diag, &round);
        assert_true(status == STATUS_OK || status == STATUS_NO_MEMORY);
        size_t kept;
        (void)diag_findings(diag, &kept);
        enough = status == STATUS_OK && kept == diag_count(diag, DIAG_ERROR) +
                                                    diag_count(diag, DIAG_WARNING) +
                                                    diag_count(diag, DIAG_NOTE);
        arena_free(arena);
        assert_true(k < 10000);
    }
    read_round_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settings_are_applied_before_the_other_tables_and_overrides_win),
        cmocka_unit_test(unknown_columns_are_carried_along_with_a_note),
        cmocka_unit_test(a_row_called_example_is_skipped_and_said),
        cmocka_unit_test(the_templates_examples_are_one_note),
        cmocka_unit_test(unknown_is_not_zero_and_not_an_error_where_it_may_be_said),
        cmocka_unit_test(files_of_the_folder_are_tables_or_said_to_be_none),
        cmocka_unit_test(a_workbook_beside_the_tables_is_said_to_be_no_part_of_them),
        cmocka_unit_test(files_that_are_no_csv_or_hidden_are_fine),
        cmocka_unit_test(names_of_tables_are_matched_without_regard_to_case_blanks_and_dashes),
        cmocka_unit_test(a_required_table_that_is_missing_is_found),
        cmocka_unit_test(a_table_with_a_heading_alone_is_empty),
        cmocka_unit_test(what_is_no_folder_cannot_be_read),
        cmocka_unit_test(a_file_that_cannot_be_read_does_not_hide_the_others),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
