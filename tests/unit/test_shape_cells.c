/* What a sheet's rows hold that people must know of: merged cells in headings and data, hidden rows,
 * errors, cells under no heading, rows that are repeated, and no row at all.
 */
#include "tests/support/sheet_case.h"
#include "tests/support/test_support.h"

#include <string.h>

static void merged_headings_are_read_as_people_see_them(void **state)
{
    static const SheetCase cases[] = {
        {"a group above: the names below count",
         "needs",
         "|Scores|\nid|category|quantity|score_technical|score_strategic\nN-1|HW|5|1|2\n",
         {{1, 1, 3, 4}},
         2,
         "id|category|quantity|score_technical|score_strategic",
         3,
         3,
         {"N204 1 above the headings, 'Scores'"}},
        {"a head of two rows",
         "needs",
         "id|category|quantity|score|\n|||technical|strategic\nN-1|HW|5|1|2\n",
         {{1, 2, 0, 0}, {1, 2, 1, 1}, {1, 1, 3, 4}},
         1,
         "id|category|quantity|score technical|score strategic",
         3,
         3,
         {NULL}},
        {"the lower name counts alone when it is known",
         "needs",
         "id|category|Amount|\n||quantity|unit\nN-1|HW|5|EUR\n",
         {{1, 2, 0, 0}, {1, 2, 1, 1}, {1, 1, 2, 3}},
         1,
         "id|category|quantity|unit",
         3,
         3,
         {NULL}},
    };
    (void)state;
    sheet_cases_check(cases, COUNT_OF(cases));
}

static void thousands_in_the_upper_row_of_a_head_are_an_error(void **state)
{
    static const SheetCase cases[] = {
        {"above three columns",
         "needs",
         "id|category|Обсяг потреби, тис. грн||\n||Кількість|Одиниця|Ціна\nN-1|HW|5|EUR|7\n",
         {{1, 2, 0, 0}, {1, 2, 1, 1}, {1, 1, 2, 4}},
         1,
         "id|category|Кількість|Одиниця|Ціна",
         3,
         3,
         {"E034 1 'Обсяг потреби, тис. грн' above the headings speaks of thousands or millions"}},
        {"without scale",
         "needs",
         "id|category|Обсяг потреби||\n||Кількість|Одиниця|Ціна\nN-1|HW|5|EUR|7\n",
         {{1, 2, 0, 0}, {1, 2, 1, 1}, {1, 1, 2, 4}},
         1,
         "id|category|Кількість|Одиниця|Ціна",
         3,
         3,
         {NULL}},
        {"above texts alone",
         "needs",
         "id|category|x in thousand||y\n||title|region|quantity\nN-1|HW|5|EUR|7\n",
         {{1, 2, 0, 0}, {1, 2, 1, 1}, {1, 1, 2, 3}},
         1,
         "id|category|title|region|quantity",
         3,
         3,
         {NULL}},
        {"a group in a row of its own",
         "needs",
         "||Обсяг потреби, тис. грн\nid|category|Кількість|Одиниця|Ціна\nN-1|HW|5|EUR|7\n",
         {{1, 1, 2, 4}},
         2,
         "id|category|Кількість|Одиниця|Ціна",
         3,
         3,
         {"N204 1 above the headings",
          "E034 1 'Обсяг потреби, тис. грн' above the headings speaks of thousands or millions"}},
    };
    (void)state;
    sheet_cases_check(cases, COUNT_OF(cases));
}

static void merged_data_cells_are_warned_of_and_count_once(void **state)
{
    static const SheetCase cases[] = {
        {"downwards",
         "needs",
         NEEDS "|region\nN-1|HW|5||Kyiv\nN-2|HW|5||Lviv\n",
         {{2, 3, 4, 4}},
         1,
         NEEDS "|region",
         2,
         3,
         {"W115 2 cells are merged (E2:E3)"}},
        {"a row that is covered whole",
         "needs",
         NEEDS "\nN-1|HW|5|EUR\nx|y|5|EUR\nN-2|HW|5\n",
         {{2, 3, 0, 3}},
         1,
         NEEDS,
         2,
         4,
         {"W115 2 (A2:D3)"}},
        {"beside the table: no news",
         "needs",
         NEEDS "\nN-1|HW|5|EUR\n",
         {{2, 2, 9, 12}},
         1,
         NEEDS,
         2,
         2,
         {NULL}},
    };
    (void)state;
    sheet_cases_check(cases, COUNT_OF(cases));
    BuiltSheet built = sheet_case_build(&cases[0]);
    assert_string_equal(sheet_cell(built.sheet, 0, 4)->text, "Kyiv");
    assert_int_equal(sheet_cell(built.sheet, 1, 4)->kind, CELL_EMPTY);
    arena_free(built.arena);
    built = sheet_case_build(&cases[1]);
    assert_int_equal(built.sheet->row_count, 2); /* the covered row is blank, and so no row */
    arena_free(built.arena);
}

static void hidden_rows_errors_and_cells_without_heading_are_said(void **state)
{
    static const SheetCase cases[] = {
        {"hidden rows",
         "needs",
         NEEDS "\nN-1|HW|5\n~N-2|HW|5\n~N-3|HW|5\nN-4|HW|5\n~N-5|HW|5\n",
         NONE,
         1,
         NEEDS,
         2,
         6,
         {"W114 3 3 rows are hidden (3 to 4, 6)"}},
        {"one hidden row",
         "needs",
         NEEDS "\n~N-2|HW|5\n",
         NONE,
         1,
         NEEDS,
         2,
         2,
         {"W114 2 1 row is hidden (2)"}},
        {"a hidden title is none of it",
         "needs",
         "~Title\n" NEEDS "\nN-1|HW|5\n",
         NONE,
         2,
         NEEDS,
         3,
         3,
         {"N204 1 above the headings"}},
        {"an error",
         "needs",
         NEEDS "\nN-1|HW|!#REF!\n",
         NONE,
         1,
         NEEDS,
         2,
         2,
         {"E033 2 the cell holds the error #REF!"}},
        {"a formula without a result",
         "needs",
         NEEDS "\nN-1|HW|?\n",
         NONE,
         1,
         NEEDS,
         2,
         2,
         {"E033 2 a formula without a stored result"}},
        {"cells under no heading: one a row is said",
         "needs",
         NEEDS "\nN-1|HW|5|EUR|a|b\n",
         NONE,
         1,
         NEEDS,
         2,
         2,
         {"E009 2 'a' stands under no heading"}},
        {"under a blank heading",
         "needs",
         "id||category|quantity\nN-1|x|HW|5\n",
         NONE,
         1,
         "id||category|quantity",
         2,
         2,
         {"E009 2 'x' stands under no heading"}},
    };
    (void)state;
    sheet_cases_check(cases, COUNT_OF(cases));
}

static void a_sheet_without_a_row_has_no_heading(void **state)
{
    static const SheetCase empty = {"empty", "needs", "\n||\n", NONE, 0, "", 0, 0, {NULL}};
    (void)state;
    sheet_case_check(&empty);
}

static void merged_areas_that_overlap_for_ever_are_refused_in_time(void **state)
{
    static const SheetCase rows = {"rows", "needs", NEEDS "\nN-1|HW|5\n", NONE, 1, NEEDS, 2,
                                   2,      {NULL}};
    (void)state;
    Arena *arena = arena_new();
    Diag *diag = diag_new(arena);
    SheetTarget target = {.file = "r.xlsx!needs",
                          .table = dictionary_find(rows.table),
                          .texts = arena,
                          .grid = arena,
                          .diag = diag,
                          .of_workbook = true};
    SheetBuilder *builder = sheet_builder_new(&target);
    Sheet *sheet;
    for (int line = 1; line <= 20000; line++) {
        assert_int_equal(sheet_add_cell(builder, "id", 2, CELL_TEXT), STATUS_OK);
        assert_int_equal(sheet_end_row(builder, line, false), STATUS_OK);
    }
    for (int m = 0; m < 20000; m++)
        assert_int_equal(sheet_add_merge(builder, (SheetArea){1, 1048576, 1, 16383}), STATUS_OK);
    assert_int_equal(sheet_finish(builder, true, &sheet), STATUS_OK);
    assert_false(sheet->readable);
    assert_int_equal(diag_count(diag, DIAG_ERROR), 1);
    arena_free(arena);
}

static void repeated_cells_and_rows_are_there_each(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    SheetTarget target = {.file = "r.ods!needs",
                          .table = dictionary_find("needs"),
                          .texts = arena,
                          .grid = arena,
                          .diag = diag_new(arena),
                          .of_workbook = true};
    SheetBuilder *builder = sheet_builder_new(&target);
    Sheet *sheet;
    const char *const heads[] = {"id", "category", "quantity"};
    for (size_t h = 0; h < COUNT_OF(heads); h++)
        assert_int_equal(sheet_add_cell(builder, heads[h], strlen(heads[h]), CELL_TEXT), STATUS_OK);
    assert_int_equal(sheet_end_row(builder, 1, false), STATUS_OK);
    assert_int_equal(sheet_repeat_row(builder, 0), STATUS_OK);
    assert_int_equal(sheet_add_cell(builder, "x", 1, CELL_TEXT), STATUS_OK);
    assert_int_equal(sheet_repeat_cell(builder, 2), STATUS_OK);
    assert_int_equal(sheet_end_row(builder, 5, false), STATUS_OK);
    assert_int_equal(sheet_repeat_row(builder, 2), STATUS_OK);
    assert_int_equal(sheet_end_row(builder, 8, false), STATUS_OK); /* blank: repeats nothing */
    assert_int_equal(sheet_repeat_row(builder, 1000000), STATUS_OK);
    assert_int_equal(sheet_finish(builder, true, &sheet), STATUS_OK);
    assert_int_equal(sheet->row_count, 3);
    for (size_t row = 0; row < 3; row++) {
        assert_int_equal(sheet_line(sheet, row), 5 + (int)row);
        for (size_t column = 0; column < 3; column++)
            assert_string_equal(sheet_cell(sheet, row, column)->text, "x");
        assert_int_equal(sheet_cell(sheet, row, 3)->kind, CELL_EMPTY);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(merged_headings_are_read_as_people_see_them),
        cmocka_unit_test(thousands_in_the_upper_row_of_a_head_are_an_error),
        cmocka_unit_test(merged_data_cells_are_warned_of_and_count_once),
        cmocka_unit_test(hidden_rows_errors_and_cells_without_heading_are_said),
        cmocka_unit_test(a_sheet_without_a_row_has_no_heading),
        cmocka_unit_test(merged_areas_that_overlap_for_ever_are_refused_in_time),
        cmocka_unit_test(repeated_cells_and_rows_are_there_each),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
