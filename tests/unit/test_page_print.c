/* How many sheets of paper a page is made to fit. A sheet holds 505 points of rows at full size and 1040
 * pixels of columns; a row has 15 points; a page may be 16 percent too long; nothing is printed at less
 * than 70 percent. Every figure below is worked out by hand from these.
 */
#include <string.h>

#include "io/grid.h"
#include "io/page_text.h"
#include "io/report_internal.h"
#include "tests/support/test_support.h"

static Page page_of(int columns, double characters, uint32_t rows)
{
    Page page = {.name = "Test", .next_row = rows};
    for (int c = 0; c < columns; c++)
        page.widths[c] = characters;
    return page;
}

static void a_page_with_room_is_left_as_it_is(void **state)
{
    (void)state;
    Page page = page_of(10, 10, 33); /* 495 points */
    assert_int_equal(page_print_tall(&page), 0);
    page = page_of(10, 10, 56); /* 840: two sheets, and the second is well filled */
    assert_int_equal(page_print_tall(&page), 0);
}

static void a_few_rows_too_many_do_not_begin_another_sheet(void **state)
{
    (void)state;
    Page page = page_of(10, 10, 34); /* 510 on one sheet */
    assert_int_equal(page_print_tall(&page), 1);
    page = page_of(10, 10, 39); /* 585 / 505 = 1.158 */
    assert_int_equal(page_print_tall(&page), 1);
    page = page_of(10, 10, 40); /* 600 / 505 = 1.188: too small to read */
    assert_int_equal(page_print_tall(&page), 0);
    page = page_of(10, 10, 77); /* 1155 / 1010 = 1.144 */
    assert_int_equal(page_print_tall(&page), 2);
}

static void a_repeated_heading_takes_room_on_every_sheet_but_the_first(void **state)
{
    (void)state;
    Page page = page_of(10, 10, 78); /* 1170 / 1010 = 1.158 */
    assert_int_equal(page_print_tall(&page), 2);
    page.repeated_row = 3; /* (1170 + 15) / 1010 = 1.173 */
    assert_int_equal(page_print_tall(&page), 0);
}

static void high_rows_count_as_high_as_they_are(void **state)
{
    (void)state;
    RowHeight height = {.row = 1, .points = 42};
    Page page = page_of(10, 10, 33); /* 495 + 27 */
    page.heights = &height;
    page.height_count = 1;
    assert_int_equal(page_print_tall(&page), 1);
}

static void what_is_small_already_is_not_made_smaller(void **state)
{
    (void)state;
    Page page = page_of(10, 20, 47); /* 10 x 145 = 1450 pixels, 71.7 percent; 705 / 704.1 points */
    assert_int_equal(page_print_tall(&page), 1);
    page = page_of(10, 20, 49); /* 735 / 704.1 = 1.044: 68.7 percent */
    assert_int_equal(page_print_tall(&page), 0);
}

static void a_list_is_wide_when_one_sheet_would_shrink_it_below_the_least_scale(void **state)
{
    (void)state;
    Page page = page_of(10, 20, 10); /* 1450 pixels: 1040 / 1450 = 71.7 percent */
    page.frozen_columns = 2;
    assert_false(page_is_wide(&page));
    page.widths[0] = 26; /* 1492: 69.7 */
    assert_true(page_is_wide(&page));
    page.print_columns = 9; /* what stays off paper takes no room there */
    assert_false(page_is_wide(&page));
}

/* ---- what goes off paper ------------------------------------------------------------------------ */

enum { COLUMNS = 10 };

/* 80 words of four n: 34 in a line of 170 characters. A word and its blank are 4.43 columns wide. */
static const char *long_note(void)
{
    static char text[80 * 5 + 1];
    for (size_t i = 0; i < 80; i++)
        memcpy(text + 5 * i, "nnnn ", 6);
    text[80 * 5 - 1] = '\0';
    return text;
}

/* Characters of each column. */
static double column_width;

/* The column that is summed; -1: none. */
static int summed_column = -1;

static void build_list(Page *page, uint64_t behind, void *context)
{
    const GridColumn column = {.heading = "A", .width = column_width, .look = LOOK_BODY};
    static GridColumn columns[COLUMNS];
    Grid *grid = context;
    for (int c = 0; c < COLUMNS; c++) {
        columns[c] = column;
        columns[c].total = c == summed_column;
    }
    page_head(page, "Title");
    page_note(page, "A note.");
    page_note(page, long_note());
    GridSpec spec = {.name = "List",
                     .columns = columns,
                     .column_count = COLUMNS,
                     .behind = behind,
                     .given = true,
                     .rows = 1};
    grid_begin(grid, page, &spec);
    grid_row(grid);
    for (int c = 0; c < COLUMNS; c++)
        grid_text(grid, c, c == 4 ? "four" : "x");
    grid_end(grid, 1);
}

/* A report of a round without a word, and its page. */
static Page *begin_page(Report *report, Round *round)
{
    round->settings.title = round->settings.round = "";
    round->settings.start = round->settings.end = DATE_NONE;
    report_begin(report, round, NULL, arena_new());
    report->pages[0] = (Page){.report = report, .name = "Test"};
    return &report->pages[0];
}

/* "terminal-month" is about 13 characters wide; what nothing could make fit is left to be cut. */
static void a_word_that_is_not_broken_makes_its_column_wider(void **state)
{
    (void)state;
    static const GridColumn columns[] = {{"U", 8, LOOK_BODY, false, false},
                                         {"V", 8, LOOK_CENTER, false, false},
                                         {"W", 8, LOOK_WRAP, false, false},
                                         {"X", 8, LOOK_BODY, false, false}};
    GridSpec spec = {.name = "L", .columns = columns, .column_count = 4, .given = true, .rows = 1};
    Report report = {0};
    Round round = {0};
    Grid grid;
    Page *page = begin_page(&report, &round);
    grid_begin(&grid, page, &spec);
    grid_row(&grid);
    for (int c = 0; c < 3; c++)
        grid_text(&grid, c, "terminal-month");
    grid_text(&grid, 3, "a remark that is as long as a whole sentence");
    grid_end(&grid, 1);
    assert_true(page->widths[0] > 12 && page->widths[0] < 16);
    assert_true(page->widths[1] > 12 && page->widths[1] < 16);
    assert_close(page->widths[2], 8, 0, 0);
    assert_close(page->widths[3], 8, 0, 0);
    arena_free(report.arena);
}

/* 43 characters are 306 pixels, and two sheets at 70 percent 2971. Of n columns and the first one's second showing
 * there are 11 x 306 = 3366, without the first set 3060, without the second 2754. */
static void columns_leave_the_paper_set_after_set_until_two_sheets_hold_the_list(void **state)
{
    (void)state;
    column_width = 43;
    static const uint64_t behind[] = {1 << 4, 1 << 2, 1 << 9};
    Report report = {.round = NULL};
    Round round = {.need_count = 0};
    Grid grid;
    Page *page = begin_page(&report, &round);
    page_build_narrow(page, &(NarrowPage){build_list, &grid, behind, 3});
    assert_true(page_is_wide(page));
    assert_int_equal(page->print_columns, 8); /* not the third set */
    static const int places[COLUMNS] = {0, 1, 8, 2, 9, 3, 4, 5, 6, 7};
    for (int c = 0; c < COLUMNS; c++)
        assert_int_equal(grid.place[c], places[c]);
    assert_string_equal(page_cell_at(page, grid.head_row + 1, 9)->text, "four");
    assert_string_equal(page_cell_at(page, 0, 1)->text, "Title"); /* once */
    assert_null(page_cell_at(page, 0, 0));
    assert_int_equal(page->table_count, 1);
    arena_free(report.arena);
}

/* 24 characters are 173 pixels, ten columns 1730: 60 percent of one sheet. */
static void of_two_sheets_side_by_side_the_head_begins_behind_what_both_have(void **state)
{
    (void)state;
    column_width = 24;
    static const uint64_t behind[] = {1 << 9};
    Report report = {.round = NULL};
    Round round = {.need_count = 0};
    Grid grid;
    Page *page = begin_page(&report, &round);
    page_build_narrow(page, &(NarrowPage){build_list, &grid, behind, 1});
    assert_true(page_is_wide(page));
    assert_int_equal(page->print_columns, 0);
    assert_null(page_cell_at(page, 0, 0));
    assert_string_equal(page_cell_at(page, 0, 1)->text, "Title");
    assert_string_equal(page_cell_at(page, 2, 1)->text, "A note.");
    /* 5 columns on the first sheet, 865 pixels; the four behind the first are 96 wide, 87 of a note's larger letters:
     * 19 words a line, five lines in the three rows of the note */
    assert_string_equal(page_cell_at(page, 3, 1)->text, long_note());
    assert_int_equal(page_cell_at(page, 5, 1)->kind, PAGE_BLANK);
    assert_int_equal(page->merged_count, 2);
    Area block = page->merged[1];
    assert_int_equal(block.first_row, 3);
    assert_int_equal(block.last_row, 5);
    assert_int_equal(block.first_column, 1);
    assert_int_equal(block.last_column, 4);
    assert_true(page_row_points(page, 5) == 25);
    arena_free(report.arena);
}

/* The round's title in the subtitle: its letters are a fifth larger, so that four columns of 24 hold 80 of a list's, 18
 * words; 80 words are five lines of 18 points. */
static void of_two_sheets_side_by_side_a_long_subtitle_stays_on_the_first(void **state)
{
    (void)state;
    column_width = 24;
    Report report = {.round = NULL};
    Round round = {.need_count = 0};
    Grid grid;
    Page *page = begin_page(&report, &round);
    report.title = long_note();
    page_build_narrow(page, &(NarrowPage){build_list, &grid, NULL, 0});
    assert_true(page_is_wide(page));
    const PageCell *title = page_cell_at(page, 0, 1), *subtitle = page_cell_at(page, 1, 1);
    assert_int_equal(title->look, LOOK_TITLE); /* one line: as it was */
    assert_true(page_row_points(page, 0) == 24);
    assert_int_equal(subtitle->look, LOOK_SUBTITLE_WRAP);
    assert_string_equal(subtitle->text, long_note());
    assert_true(page_row_points(page, 1) == 90);
    Area block = page->merged[0];
    assert_int_equal(block.first_row, 1);
    assert_int_equal(block.last_row, 1);
    assert_int_equal(block.first_column, 1);
    assert_int_equal(block.last_column, 4);
    arena_free(report.arena);
}

/* "Total of the rows shown" is 19.4 figures wide, 21.3 in bold: the column of 24 before the total holds it. In the first,
 * which stands on both sheets, it would be cut on the second; on the first alone, nobody would know what the second adds. */
static void of_two_sheets_side_by_side_the_totals_are_named_where_they_stand(void **state)
{
    (void)state;
    column_width = 24;
    summed_column = 6;
    Report report = {.round = NULL};
    Round round = {.need_count = 0};
    Grid grid;
    Page *page = begin_page(&report, &round);
    page_build_narrow(page, &(NarrowPage){build_list, &grid, NULL, 0});
    summed_column = -1;
    assert_true(page_is_wide(page));
    uint32_t row = grid.head_row - 1;
    assert_int_equal(page_cell_at(page, row, 0)->kind, PAGE_BLANK);
    assert_int_equal(page_cell_at(page, row, 0)->look, LOOK_TOTAL);
    assert_int_equal(page_cell_at(page, row, 4)->kind, PAGE_BLANK);
    assert_string_equal(page_cell_at(page, row, 5)->text, "Total of the rows shown");
    arena_free(report.arena);
}

static void blocks_stay_together_unless_the_page_nearly_fits(void **state)
{
    (void)state;
    uint32_t blocks[] = {20};
    Report report = {.arena = arena_new()};
    Page page = page_of(10, 10, 38); /* 570 points */
    page.report = &report;
    page.blocks = blocks;
    page.block_count = 1;
    page_break_blocks(&page);
    assert_int_equal(page.break_count, 0);
    assert_int_equal(page_print_tall(&page), 1);
    page.next_row = 50; /* 300 and 450 */
    page_break_blocks(&page);
    assert_int_equal(page.break_count, 1);
    assert_int_equal(page.breaks[0], 20);
    assert_int_equal(page_print_tall(&page), 0);
    arena_free(report.arena);
}

static void a_block_longer_than_a_sheet_begins_where_half_a_sheet_is_left(void **state)
{
    (void)state;
    uint32_t blocks[] = {15};
    Report report = {.arena = arena_new()};
    Page page = page_of(10, 10, 100); /* 225 points, then 1275 */
    page.report = &report;
    page.blocks = blocks;
    page.block_count = 1;
    page_break_blocks(&page);
    assert_int_equal(page.break_count, 0);
    blocks[0] = 20; /* 300: more than half a sheet is filled */
    page_break_blocks(&page);
    assert_int_equal(page.break_count, 1);
    arena_free(report.arena);
}

static void texts_break_into_lines_at_blanks(void **state)
{
    (void)state;
    assert_int_equal(page_text_lines("", 10), 1);
    assert_int_equal(page_text_lines("one two", 10), 1);
    assert_int_equal(page_text_lines("one\ntwo", 10), 2);
    assert_int_equal(page_text_lines("aaaaaaaa bbbbbbbb cccccccc", 9), 3);
    assert_int_equal(page_text_lines("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 10), 3);
    /* Carlito at 10 points: 30 times n are 30 x 1076 / 2048 x 10 points, 30.02 columns of 5.25 */
    assert_int_equal(page_text_lines("nnnnnnnnnnnnnnnnnnnnnnnnnnnnnn", 31), 1);
    assert_int_equal(page_text_lines("nnnnnnnnnnnnnnnnnnnnnnnnnnnnnn", 29), 2);
    assert_int_equal(page_text_lines("iiiiiiiiiiiiiiiiiiiiiiiiiiiiii", 14), 1); /* 13.1 */
    /* the Cyrillic shch has 1534 of 2048: ten are 14.3 columns; the Ukrainian i has 470: twenty are 8.7 */
    static const char wide[] = "щщщщщщщщщщ", narrow[] = "іііііііііііііііііііі";
    assert_int_equal(page_text_lines(wide, 15), 1);
    assert_int_equal(page_text_lines(wide, 14), 2);
    assert_int_equal(page_text_lines(narrow, 10), 1);
    assert_int_equal(page_text_lines(narrow, 8), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_break_into_lines_at_blanks),
        cmocka_unit_test(a_page_with_room_is_left_as_it_is),
        cmocka_unit_test(a_few_rows_too_many_do_not_begin_another_sheet),
        cmocka_unit_test(a_repeated_heading_takes_room_on_every_sheet_but_the_first),
        cmocka_unit_test(high_rows_count_as_high_as_they_are),
        cmocka_unit_test(what_is_small_already_is_not_made_smaller),
        cmocka_unit_test(a_list_is_wide_when_one_sheet_would_shrink_it_below_the_least_scale),
        cmocka_unit_test(a_word_that_is_not_broken_makes_its_column_wider),
        cmocka_unit_test(columns_leave_the_paper_set_after_set_until_two_sheets_hold_the_list),
        cmocka_unit_test(of_two_sheets_side_by_side_the_head_begins_behind_what_both_have),
        cmocka_unit_test(of_two_sheets_side_by_side_a_long_subtitle_stays_on_the_first),
        cmocka_unit_test(of_two_sheets_side_by_side_the_totals_are_named_where_they_stand),
        cmocka_unit_test(blocks_stay_together_unless_the_page_nearly_fits),
        cmocka_unit_test(a_block_longer_than_a_sheet_begins_where_half_a_sheet_is_left),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
