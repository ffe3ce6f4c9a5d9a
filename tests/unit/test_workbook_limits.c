/* Workbooks beyond a limit, or made to do harm: each is refused by a finding that names the limit,
 * within bounded time and memory.
 *
 * Files are made on the fly: what is long is packed once and repeated.
 */
#include "tests/support/test_support.h"
#include "tests/support/xlsx_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AGAIN "; open it in Excel or LibreOffice and save it again"
#define NEEDS "round.xlsx!needs"
#define SHEET1 "part 'xl/worksheets/sheet1.xml'"
#define MIB (1024 * 1024)
#define SHEET_HEAD "<worksheet xmlns=\"" XLSX_MAIN "\"><sheetData>" XLSX_HEADINGS
#define SHEET_TAIL "</sheetData></worksheet>"
#define TABLE_HEAD "<sst xmlns=\"" XLSX_MAIN "\">"

/* A part that unpacks to head, times the unit, and tail. */
typedef struct LongPart {
    const char *name;
    const char *head;
    const char *unit;
    int64_t times;
    const char *tail;
} LongPart;

static void check_long_part(const char *label, const XlsxFile *file, LongPart part,
                            const char *want, size_t bytes_max)
{
    char *dir = test_dir_make();
    char *path = test_path(dir, "round.xlsx");
    ZipFile *zip = xlsx_file_begin(dir, "round.xlsx", file);
    zip_file_add_repeated(zip, part.name, part.head, part.unit, part.times, part.tail);
    zip_file_close(zip);
    workbook_check_refused(label, path, want, bytes_max);
    free(path);
    test_dir_remove(dir);
}

static void check_long_sheet(const char *label, const char *head, const char *unit, int64_t times,
                             const char *want)
{
    static const XlsxFile file = {.rows = NULL};
    LongPart part = {"xl/worksheets/sheet1.xml", head, unit, times, SHEET_TAIL};
    check_long_part(label, &file, part, want, WORKBOOK_BYTES_MAX);
}

static void check_long_table(const char *label, const char *head, const char *unit, int64_t times,
                             const char *want, size_t bytes_max)
{
    static const XlsxFile file = {.rows = ""};
    LongPart part = {"xl/sharedStrings.xml", head, unit, times, "</sst>"};
    check_long_part(label, &file, part, want, bytes_max);
}

/* @p length letters that pack to about a hundredth, as real sheets do at most: the same one, and at
 * times some that are as good as random. Repeated, they pack no better, since packing looks back 32
 * KiB only. To be freed. */
static char *make_dense(char letter, size_t length)
{
    TestRandom random = random_seeded(5);
    char *text = malloc(length + 1);
    assert_non_null(text);
    memset(text, letter, length);
    text[length] = '\0';
    for (size_t i = 0; i + 4 < length; i += 128) {
        char mark[8];
        snprintf(mark, sizeof mark, "%04X", (unsigned)(random_bits(&random) & 0xFFFF));
        memcpy(text + i, mark, 4);
    }
    return text;
}

/* ---- bombs ---------------------------------------------------------------------------------- */

#define RATIO                                                                                      \
    " unpacks to more than 200 times its size, as files made to do harm do; delete blank rows "    \
    "and "                                                                                         \
    "columns, and save the workbook again"

static void bombs_are_refused(void **state)
{
    (void)state;
    check_long_sheet("3 GB of blanks", SHEET_HEAD, "        ", INT64_C(3) << 27,
                     NEEDS ": error E062: " SHEET1 RATIO);
    check_long_sheet("1 GB of blank cells", SHEET_HEAD "<row>", "<row></row>", 100000000,
                     NEEDS ": error E062: " SHEET1 RATIO);
    check_long_sheet(
        "2 GB of cells in one row", SHEET_HEAD "<row>", "<c><v>1</v></c>", INT64_C(133000000),
        NEEDS ":2: error E062: 'a cell without a place' is beyond the last cell of a "
              "sheet, in row 1048576 and column 16384 (XFD); delete what stands there");
    check_long_sheet("2 GB of text in one cell", SHEET_HEAD "<row><c t=\"inlineStr\"><is><t>",
                     "aaaaaaaaaaaaaaaa", INT64_C(1) << 27,
                     NEEDS
                     ":A2: error E062: the cell has more than 1000000 bytes; shorten its text");
    check_long_table("a string of 2 GB", TABLE_HEAD "<si/><si><t>", "aaaaaaaaaaaaaaaa",
                     INT64_C(1) << 27,
                     "round.xlsx: error E062: text 2 of the table of strings has more than 1000000 "
                     "bytes; shorten the cell that holds it",
                     WORKBOOK_BYTES_MAX);
    check_long_sheet("a tag of 100 MB", SHEET_HEAD "<row r=\"", "1111111111", 10000000,
                     NEEDS ": error E062: " SHEET1 " has more than 262144 bytes in one tag" AGAIN);
    check_long_sheet("a comment of 100 MB", SHEET_HEAD "<!--", "a comment ", 10000000,
                     NEEDS ": error E062: " SHEET1 " has more than 262144 bytes in one tag" AGAIN);
    check_long_sheet("100 MB deep", SHEET_HEAD, "<a>", 30000000,
                     NEEDS ": error E062: " SHEET1
                           " has more than 64 elements inside each other" AGAIN);
}

/* Parts that pack no better than real ones: only their bytes tell. */
static void parts_beyond_their_bytes_are_refused(void **state)
{
    static const XlsxFile file = {
        .book = "<sheets><sheet name=\"a\" r:id=\"r1\"/><sheet name=\"b\" r:id=\"r1\"/>"
                "<sheet name=\"c\" r:id=\"r1\"/></sheets>"};
    char *blanks = make_dense(' ', 64 * 1024);
    LongPart part = {"xl/worksheets/sheet1.xml", SHEET_HEAD, blanks, 400 * 16, SHEET_TAIL};

    (void)state;
    check_long_sheet("a part of 600 MiB", SHEET_HEAD, blanks, 600 * 16,
                     NEEDS ": error E062: " SHEET1 " unpacks to more than 512 MiB; delete rows and "
                           "columns that are not needed, or split the workbook");
    check_long_part("three of 400 MiB", &file, part,
                    "round.xlsx!c: error E062: the file unpacks to more than 1024 MiB; delete "
                    "sheets that are not needed, or split the workbook",
                    WORKBOOK_BYTES_MAX);
    free(blanks);
}

static void tables_of_strings_beyond_their_limits_are_refused(void **state)
{
    enum { EMPTY_STRINGS = 20000 }; /* of a unit, behind a comment */
    char *letters = make_dense('x', 60 * 1024);
    Arena *arena = arena_new();
    char *string = arena_printf(arena, "<si><t>%s</t></si>", letters);
    char *empty = arena_printf(arena, "<!--%.40000s-->%*s", letters, 5 * EMPTY_STRINGS, "");

    (void)state;
    assert_non_null(string);
    assert_non_null(empty);
    for (char *end = empty + strlen(empty) - 5 * EMPTY_STRINGS; *end != '\0'; end += 5)
        memcpy(end, "<si/>", 5);
    check_long_table("300 MiB", TABLE_HEAD, string, 300 * 17,
                     "round.xlsx: error E062: the table of strings has more than 256 MiB; delete "
                     "what is not needed, or split the workbook",
                     (size_t)600 * MIB);
    check_long_table("10,020,000 strings", TABLE_HEAD, empty, 501,
                     "round.xlsx: error E062: the table of strings has more than 10000000 strings; "
                     "delete what is not needed, or split the workbook",
                     (size_t)400 * MIB);
    arena_free(arena);
    free(letters);
}

/* ---- counts --------------------------------------------------------------------------------- */

/* Puts the text behind what is there, in a buffer that is large enough. */
static void put(char **end, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void put(char **end, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    *end += vsnprintf(*end, 128, format, args);
    va_end(args);
}

static void check_sheet(const char *label, const char *sheet, const char *want, size_t bytes_max)
{
    XlsxFile file = {.sheet = sheet};
    char *dir = test_dir_make();
    char *path = test_path(dir, "round.xlsx");
    xlsx_file_write(dir, "round.xlsx", &file);
    workbook_check_refused(label, path, want, bytes_max);
    free(path);
    test_dir_remove(dir);
}

/* Rows of one cell in the last column: 16,384 cells each with the gap before it. The headings are 6
 * cells, and 10,000,000 - 6 holds 610 such rows, row 2 to row 611. */
static void gaps_count_as_cells(void **state)
{
    char *sheet = malloc(100000);
    char *end = sheet;
    (void)state;
    assert_non_null(sheet);
    end += snprintf(end, 1000, "%s", SHEET_HEAD);
    for (int row = 2; row < 700; row++)
        put(&end, "<row r=\"%d\"><c r=\"XFD%d\"><v>1</v></c></row>", row, row);
    snprintf(end, 100, "%s", SHEET_TAIL);
    check_sheet("cells", sheet,
                NEEDS
                ":XFD612: error E062: the workbook has more than 10000000 cells, gaps between "
                "them counted; delete rows and columns that are not needed, or split it",
                (size_t)400 * MIB);
    free(sheet);
}

static void too_many_merged_areas_are_refused(void **state)
{
    char *sheet = malloc(8000000);
    char *end = sheet;
    (void)state;
    assert_non_null(sheet);
    end += snprintf(end, 1000, "%s", SHEET_HEAD "</sheetData><mergeCells>");
    for (int row = 2; row < 100003; row++)
        put(&end, "<mergeCell ref=\"A%d:B%d\"/>", row, row);
    snprintf(end, 100, "</mergeCells></worksheet>");
    check_sheet("merges", sheet,
                NEEDS
                ": error E062: the sheet has more than 100000 merged areas; unmerge its cells",
                WORKBOOK_BYTES_MAX);
    free(sheet);
}

static void elements_with_too_much_in_them_are_refused(void **state)
{
    char *sheet = malloc(100000);
    char *end = sheet;
    (void)state;
    assert_non_null(sheet);
    end += snprintf(end, 1000, "<worksheet xmlns=\"" XLSX_MAIN "\"");
    for (int i = 0; i < 1001; i++)
        put(&end, " a%d=\"\"", i);
    snprintf(end, 100, "/>");
    check_sheet("attributes", sheet,
                NEEDS ": error E062: " SHEET1 " has more than 1000 attributes at one element" AGAIN,
                WORKBOOK_BYTES_MAX);
    snprintf(sheet, 1000, "<worksheet xmlns=\"%0257d\"/>", 0);
    check_sheet("namespace", sheet,
                NEEDS ": error E062: " SHEET1
                      " has more than 256 bytes in the name of a namespace" AGAIN,
                WORKBOOK_BYTES_MAX);
    free(sheet);
}

static void too_many_sheets_are_refused(void **state)
{
    char *book = malloc(100000);
    char *end = book;
    XlsxFile file = {.book = book};
    char *dir = test_dir_make();
    char *path = test_path(dir, "round.xlsx");
    (void)state;
    assert_non_null(book);
    end += snprintf(end, 100, "<sheets>");
    for (int i = 0; i < 1001; i++)
        put(&end, "<sheet name=\"pass%d\" r:id=\"r1\"/>", i);
    snprintf(end, 100, "</sheets>");
    xlsx_file_write(dir, "round.xlsx", &file);
    workbook_check_refused("sheets", path,
                           "round.xlsx: error E062: the workbook has more than 1000 sheets; delete "
                           "those that are not needed, or split it",
                           WORKBOOK_BYTES_MAX);
    snprintf(book, 2000, "<sheets><sheet name=\"%01001d\" r:id=\"r1\"/></sheets>", 0);
    xlsx_file_write(dir, "round.xlsx", &file);
    workbook_check_refused("name", path,
                           "round.xlsx: error E062: the sheet's name "
                           "'000000000000000000000000000000000000000000000000000000000000...' has "
                           "more than 1000 bytes; give it a shorter one",
                           WORKBOOK_BYTES_MAX);
    free(book);
    free(path);
    test_dir_remove(dir);
}

/* A cell of exactly the limit is read, shared or not. */
static void cells_up_to_the_limit_are_read(void **state)
{
    char *text = malloc(1000001);
    Arena *arena = arena_new();
    WorkbookRead read;
    (void)state;
    assert_non_null(text);
    memset(text, 'x', 1000000);
    text[1000000] = '\0';
    XlsxFile file = {
        .rows = arena_printf(arena, "<row><c t=\"s\"><v>0</v></c><c t=\"str\"><v>%s</v></c></row>",
                             text),
        .strings = arena_printf(arena, "<si><t>%s</t></si>", text)};
    xlsx_read_text(&file, &read);
    assert_string_equal(read.finding, "");
    assert_int_equal(read.status, STATUS_OK);
    arena_free(arena);
    free(text);
}

/* ---- archives -------------------------------------------------------------------------------- */

static void archives_of_too_many_parts_are_refused(void **state)
{
    char *dir = test_dir_make();
    char *path = test_path(dir, "round.xlsx");
    (void)state;
    for (int extra = 0; extra < 2; extra++) {
        ZipFile *zip = zip_file_new(dir, "round.xlsx");
        for (int i = 0; i < 10000 + extra; i++) {
            char name[32];
            snprintf(name, sizeof name, "part%d", i);
            zip_file_add(zip, name, "", 0, false);
        }
        zip_file_close(zip);
        workbook_check_refused(
            "parts", path,
            extra == 0 ? "round.xlsx: error E060: a zip archive, but no spreadsheet in it; if "
                         "it holds a workbook, take it out, else save the file as .xlsx or .ods"
                       : "round.xlsx: error E062: the file holds more than 10000 parts" AGAIN,
            WORKBOOK_BYTES_MAX);
    }
    free(path);
    test_dir_remove(dir);
}

static void long_names_of_parts_are_refused(void **state)
{
    char *dir = test_dir_make();
    char *path = test_path(dir, "round.xlsx");
    char name[1100];
    (void)state;
    memset(name, 'a', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    ZipFile *zip = zip_file_new(dir, "round.xlsx");
    zip_file_add_text(zip, name, "x");
    zip_file_close(zip);
    workbook_check_refused(
        "name", path,
        "round.xlsx: error E062: the name of a part has more than 1024 bytes; no "
        "spreadsheet program writes such a file: open it in Excel or LibreOffice and save "
        "it again",
        WORKBOOK_BYTES_MAX);
    free(path);
    test_dir_remove(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bombs_are_refused),
        cmocka_unit_test(parts_beyond_their_bytes_are_refused),
        cmocka_unit_test(tables_of_strings_beyond_their_limits_are_refused),
        cmocka_unit_test(gaps_count_as_cells),
        cmocka_unit_test(too_many_merged_areas_are_refused),
        cmocka_unit_test(elements_with_too_much_in_them_are_refused),
        cmocka_unit_test(too_many_sheets_are_refused),
        cmocka_unit_test(cells_up_to_the_limit_are_read),
        cmocka_unit_test(archives_of_too_many_parts_are_refused),
        cmocka_unit_test(long_names_of_parts_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
