/* The written workbook: that it is a whole file of well-formed parts, that formulas carry their
 * values, that data never becomes a formula, that equal reports give equal bytes, and that a failure
 * leaves nothing behind.
 */
#include "tests/support/test_support.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "allot/report.h"
#include "tests/support/small_round.h"

typedef struct Written {
    SmallRound *small;
    char *dir;
    char *path;
} Written;

static Report *report_of(SmallRound *small)
{
    Report *report;
    assert_int_equal(
        report_build(&small->round, &small->plan, &small->info, small->diag, small->arena, &report),
        STATUS_OK);
    return report;
}

static Written write_book(SmallRound *small)
{
    Written written = {.small = small, .dir = test_dir_make()};
    written.path = test_path(written.dir, "plan.xlsx");
    assert_int_equal(book_write(report_of(small), written.path, small->arena, small->diag),
                     STATUS_OK);
    return written;
}

static void written_free(Written *written)
{
    small_round_free(written->small);
    test_dir_remove(written->dir);
    free(written->path);
}

/* One part of the workbook, to be freed with test_run_free(). */
static TestRun part_of(const Written *written, const char *part)
{
    TestRun run =
        run_command(written->dir, (const char *const[]){"unzip", "-p", "plan.xlsx", part, NULL});
    assert_int_equal(run.exit_code, 0);
    return run;
}

static void assert_part_holds(const Written *written, const char *part, const char *text)
{
    TestRun run = part_of(written, part);
    if (strstr(run.out, text) == NULL)
        fail_msg("%s does not hold: %s", part, text);
    test_run_free(&run);
}

static void assert_part_lacks(const Written *written, const char *part, const char *text)
{
    TestRun run = part_of(written, part);
    if (strstr(run.out, text) != NULL)
        fail_msg("%s holds: %s", part, text);
    test_run_free(&run);
}

/* ---- a little XML ------------------------------------------------------------------------------ */

enum { DEPTH_MOST = 64 };

typedef struct Tags {
    const char *open[DEPTH_MOST];
    size_t length[DEPTH_MOST];
    int depth;
} Tags;

/* Takes one tag at "<"; the text after it, or NULL when it is not well-formed. */
static const char *take_tag(const char *text, Tags *tags)
{
    const char *end = strchr(text, '>');
    if (end == NULL)
        return NULL;
    if (text[1] == '?' || text[1] == '!')
        return end + 1;
    bool closes = text[1] == '/';
    const char *name = text + 1 + closes;
    size_t length = strcspn(name, " />\n");
    if (closes) {
        if (tags->depth == 0 || tags->length[tags->depth - 1] != length ||
            strncmp(tags->open[tags->depth - 1], name, length) != 0)
            return NULL;
        tags->depth--;
    } else if (end[-1] != '/') {
        if (tags->depth == DEPTH_MOST)
            return NULL;
        tags->open[tags->depth] = name;
        tags->length[tags->depth++] = length;
    }
    return end + 1;
}

/* Tags that nest, & only before a reference, no control characters. */
static bool is_well_formed(const char *text)
{
    Tags tags = {.depth = 0};
    while (text != NULL && *text != '\0') {
        if (*text == '<') {
            text = take_tag(text, &tags);
            continue;
        }
        if (*text == '&' && strchr("lgaq#", text[1]) == NULL)
            return false;
        if ((unsigned char)*text < ' ' && !isspace((unsigned char)*text))
            return false;
        text++;
    }
    return text != NULL && tags.depth == 0;
}

/* Every part of the workbook, by its name in the archive. */
static void assert_parts_are_well_formed(const Written *written)
{
    TestRun list =
        run_command(written->dir, (const char *const[]){"unzip", "-Z1", "plan.xlsx", NULL});
    assert_int_equal(list.exit_code, 0);
    int parts = 0;
    for (char *name = list.out; *name != '\0'; parts++) {
        char *end = strchr(name, '\n');
        assert_non_null(end);
        *end = '\0';
        bool is_first = strcmp(name, "[Content_Types].xml") == 0; /* unzip takes [] for a pattern */
        TestRun part = part_of(written, is_first ? "?Content_Types?.xml" : name);
        if (!is_well_formed(part.out))
            fail_msg("the part %s is not well-formed", name);
        test_run_free(&part);
        name = end + 1;
    }
    assert_true(parts > 20);
    test_run_free(&list);
}

/* ---- what is in it -------------------------------------------------------------------------- */

static void every_part_is_well_formed(void **state)
{
    (void)state;
    Written written = write_book(small_round_new());
    assert_parts_are_well_formed(&written);
    written_free(&written);
}

static void hostile_texts_do_not_break_the_file(void **state)
{
    (void)state;
    static const char *const names[] = {"<b>&amp;\"", "bad\xFF\xFE", "ctl\x01\x1F",
                                        "_x0041_",    "]]>",         "\xF0\x9F\x94\x92"};
    static const char *const headings[] = {"Title", "a\nb"};
    SmallRound *small = small_round_new();
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        small->round.needs[i].category = names[i];
        small->round.needs[i].title = names[i];
        small->plan.needs[i].detail = names[i];
    }
    small->round.tables[TABLE_NEEDS].extra.headings = headings;
    small->round.settings.title =
        "9 & a title <too> long for the head of a page: "
        "\xD0\xB4\xD0\xBE\xD0\xB2\xD0\xB3\xD0\xB8\xD0\xB9 0123456789012345"
        "67890123456789012345678901234567890123456789012345678901234567890"
        "12345678901234567890123456789012345678901234567890123456789\xFF";
    Written written = write_book(small);
    assert_parts_are_well_formed(&written);
    assert_part_holds(&written, "xl/sharedStrings.xml", "<t>_x005F_x0041_</t>");
    assert_part_holds(&written, "xl/sharedStrings.xml", "<t>a b</t>");
    written_free(&written);
}

static void formulas_carry_their_values(void **state)
{
    (void)state;
    Written written = write_book(small_round_new());
    const char *sheet = "xl/worksheets/sheet1.xml";
    assert_part_holds(&written, sheet, "<f>SUM(Needs!$Q$10:$Q$15)</f><v>34250</v>");
    assert_part_holds(&written, sheet,
                      "<f>SUMIFS(Needs!$S$10:$S$15,Needs!$F$10:$F$15,1)</f><v>9175</v>");
    assert_part_holds(&written, "xl/worksheets/sheet4.xml",
                      "<f>SUBTOTAL(109,Needs!$Q$10:$Q$15)</f><v>34250</v>");
    assert_part_holds(&written, "xl/worksheets/sheet5.xml",
                      "<f>SUBTOTAL(109,Offers!$Q$11:$Q$16)</f><v>14708.34</v>");
    written_free(&written);
}

static void charts_carry_the_figures_they_show(void **state)
{
    (void)state;
    Written written = write_book(small_round_new());
    assert_part_holds(&written, "xl/charts/chart1.xml", "<c:v>0.1538461538461");
    assert_part_holds(&written, "xl/charts/chart2.xml", "<c:v>6250</c:v>");
    assert_part_holds(&written, "xl/charts/chart1.xml", "<c:v>Tier 1</c:v>");
    assert_part_holds(&written, "xl/drawings/drawing1.xml", "Tier 1: 15.4%, 56.5%, 28.2%.");
    written_free(&written);
}

static void data_that_looks_like_a_formula_is_text(void **state)
{
    (void)state;
    Written written = write_book(small_round_new());
    assert_part_holds(&written, "xl/sharedStrings.xml", "<t>=SUM(A1:A9), as text</t>");
    assert_part_lacks(&written, "xl/worksheets/sheet4.xml", "<f>SUM(A1:A9)");
    written_free(&written);
}

static void lists_are_tables_with_names_and_filters(void **state)
{
    (void)state;
    Written written = write_book(small_round_new());
    TestRun all = part_of(&written, "xl/tables/*.xml");
    assert_non_null(strstr(all.out, "displayName=\"Assignments\""));
    assert_non_null(strstr(all.out, "displayName=\"Needs\" ref=\"A9:AA15\""));
    assert_non_null(strstr(all.out, "<autoFilter ref=\"A9:AA15\"/>"));
    assert_non_null(strstr(all.out, "name=\"input_detail\""));
    test_run_free(&all);
    written_free(&written);
}

static void pages_are_set_up_for_paper(void **state)
{
    (void)state;
    Written written = write_book(small_round_new());
    const char *needs = "xl/worksheets/sheet4.xml";
    assert_part_holds(&written, needs, "paperSize=\"9\"");
    assert_part_holds(&written, needs, "orientation=\"landscape\"");
    assert_part_holds(&written, needs, "fitToHeight=\"0\"");
    assert_part_holds(&written, needs, "topLeftCell=\"C10\"");
    assert_part_holds(&written, needs, "Small &amp;&amp; round (2026-Q1)&amp;R");
    assert_part_holds(&written, needs, "INTERNAL: holds restricted titles");
    assert_part_holds(&written, needs, "Page &amp;P of &amp;N");
    assert_part_holds(&written, "xl/workbook.xml", "Needs!$9:$9</definedName>");
    assert_part_holds(&written, "xl/workbook.xml", "Needs!$A$1:$W$15</definedName>");
    written_free(&written);
}

/* At a scale that can be read, with the ids on both sheets of paper and title and notes behind them, whole
 * on the first; what fits stays on one. What another sheet says takes no paper. */
static void a_wide_list_is_printed_on_two_sheets_side_by_side(void **state)
{
    (void)state;
    SmallRound *small = small_round_new();
    Offer *offer = &small->round.offers[round_find_offer(&small->round, "O1")];
    assert_true(offer->unit.is_money);
    OfferResult *result = &small->plan.offers[round_find_offer(&small->round, "O1")];
    offer->quantity = INT64_C(900000000000000000); /* figures of 25 characters in six columns */
    result->left = result->used = INT64_C(450000000000000000);
    Written written = write_book(small);
    const char *wide = "<pageSetup paperSize=\"9\" fitToWidth=\"2\" fitToHeight=\"0\"";
    const char *narrow = "<pageSetup paperSize=\"9\" fitToHeight=\"0\""; /* fitToWidth is 1 */
    assert_part_holds(&written, "xl/worksheets/sheet5.xml", wide);
    assert_part_holds(&written, "xl/worksheets/sheet5.xml", "<c r=\"C1\"");
    assert_part_lacks(&written, "xl/worksheets/sheet5.xml", "<c r=\"A1\"");
    assert_part_holds(&written, "xl/worksheets/sheet5.xml", "<c r=\"C2\"");
    assert_part_lacks(&written, "xl/worksheets/sheet5.xml", "<c r=\"A2\"");
    assert_part_holds(&written, "xl/worksheets/sheet5.xml", "<c r=\"C3\"");
    assert_part_holds(&written, "xl/worksheets/sheet1.xml", narrow);
    assert_part_holds(&written, "xl/workbook.xml", "Offers!$A:$B,Offers!$");
    written_free(&written);
}

/* Of the offers' list the values of what is in kind or not planned on stay on the screen: by donor they stand
 * on the sheet Donors. */
static void what_another_sheet_says_takes_no_paper(void **state)
{
    (void)state;
    Written written = write_book(small_round_new());
    assert_part_holds(&written, "xl/workbook.xml", "Offers!$A$1:$R$16</definedName>");
    assert_part_holds(&written, "xl/sharedStrings.xml", "<t>Cash left (EUR)</t>");
    written_free(&written);
}

static void amounts_are_formatted_by_their_unit(void **state)
{
    (void)state;
    Written written = write_book(small_round_new());
    assert_part_holds(&written, "xl/styles.xml", "formatCode=\"0.0%\"");
    assert_part_holds(&written, "xl/styles.xml", "numFmtId=\"14\""); /* the reader's own date */
    written_free(&written);
}

static void the_day_comes_from_the_run_and_not_from_the_clock(void **state)
{
    (void)state;
    Written written = write_book(small_round_new());
    assert_part_holds(&written, "docProps/core.xml", ">2026-01-01T00:00:00Z<");
    written_free(&written);
    SmallRound *small = small_round_new();
    small->info.created = "";
    written = write_book(small);
    assert_part_holds(&written, "docProps/core.xml", ">1980-01-01T00:00:00Z<");
    written_free(&written);
}

static void equal_reports_give_equal_bytes(void **state)
{
    (void)state;
    Written one = write_book(small_round_new()), other = write_book(small_round_new());
    size_t one_length, other_length;
    char *one_bytes = read_file(one.path, &one_length);
    char *other_bytes = read_file(other.path, &other_length);
    assert_int_equal(one_length, other_length);
    assert_memory_equal(one_bytes, other_bytes, one_length);
    free(one_bytes);
    free(other_bytes);
    written_free(&one);
    written_free(&other);
}

static void a_round_without_needs_makes_a_book_too(void **state)
{
    (void)state;
    Written written = write_book(small_round_empty());
    assert_parts_are_well_formed(&written);
    written_free(&written);
}

/* ---- failures ------------------------------------------------------------------------------- */

static void a_full_disk_is_a_finding_and_the_device_stays(void **state)
{
    (void)state;
    struct stat device;
    assert_int_equal(stat("/dev/full", &device), 0); /* every Debian has it */
    SmallRound *small = small_round_new();
    assert_int_equal(book_write(report_of(small), "/dev/full", small->arena, small->diag),
                     STATUS_IO);
    assert_int_equal(diag_count(small->diag, DIAG_ERROR), 1);
    assert_int_equal(stat("/dev/full", &device), 0);
    assert_true(S_ISCHR(device.st_mode));
    small_round_free(small);
}

static void a_missing_folder_is_a_finding(void **state)
{
    (void)state;
    SmallRound *small = small_round_new();
    char *dir = test_dir_make(), *path = test_path(dir, "no/plan.xlsx");
    assert_int_equal(book_write(report_of(small), path, small->arena, small->diag), STATUS_IO);
    assert_int_equal(diag_count(small->diag, DIAG_ERROR), 1);
    free(path);
    test_dir_remove(dir);
    small_round_free(small);
}

static void a_book_replaces_an_old_one_and_leaves_nothing_beside_it(void **state)
{
    (void)state;
    Written written = write_book(small_round_new());
    assert_int_equal(book_write(report_of(written.small), written.path, written.small->arena,
                                written.small->diag),
                     STATUS_OK);
    assert_int_equal(test_dir_count(written.dir), 1);
    written_free(&written);
}

static void writing_fails_cleanly_whenever_memory_does(void **state)
{
    (void)state;
    SmallRound *small = small_round_new();
    Report *report = report_of(small);
    char *dir = test_dir_make(), *path = test_path(dir, "plan.xlsx");
    size_t calls = 0;
    Status status;
    do {
        Arena *scratch = arena_new();
        arena_fail_after(scratch, calls++);
        status = book_write(report, path, scratch, small->diag);
        assert_true(status == STATUS_OK || status == STATUS_NO_MEMORY);
        assert_int_equal(test_dir_count(dir), status == STATUS_OK);
        arena_free(scratch);
    } while (status != STATUS_OK);
    assert_true(calls > 10);
    free(path);
    test_dir_remove(dir);
    small_round_free(small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_part_is_well_formed),
        cmocka_unit_test(hostile_texts_do_not_break_the_file),
        cmocka_unit_test(formulas_carry_their_values),
        cmocka_unit_test(charts_carry_the_figures_they_show),
        cmocka_unit_test(data_that_looks_like_a_formula_is_text),
        cmocka_unit_test(lists_are_tables_with_names_and_filters),
        cmocka_unit_test(pages_are_set_up_for_paper),
        cmocka_unit_test(a_wide_list_is_printed_on_two_sheets_side_by_side),
        cmocka_unit_test(what_another_sheet_says_takes_no_paper),
        cmocka_unit_test(amounts_are_formatted_by_their_unit),
        cmocka_unit_test(the_day_comes_from_the_run_and_not_from_the_clock),
        cmocka_unit_test(equal_reports_give_equal_bytes),
        cmocka_unit_test(a_round_without_needs_makes_a_book_too),
        cmocka_unit_test(a_full_disk_is_a_finding_and_the_device_stays),
        cmocka_unit_test(a_missing_folder_is_a_finding),
        cmocka_unit_test(a_book_replaces_an_old_one_and_leaves_nothing_beside_it),
        cmocka_unit_test(writing_fails_cleanly_whenever_memory_does),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
