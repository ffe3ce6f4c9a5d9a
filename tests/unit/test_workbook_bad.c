/* Workbooks whose parts are wrong: each gives one finding, compared whole, and nothing else.
 *
 * Files and archives that are wrong are in test_workbook_archive.c, those that are too large, or made
 * to do harm, in test_workbook_limits.c.
 */
#include "tests/support/test_support.h"
#include "tests/support/xlsx_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AGAIN "; open it in Excel or LibreOffice and save it again"
#define SEND "; save the workbook again, or have it sent again"
#define BEYOND                                                                                     \
    " is beyond the last cell of a sheet, in row 1048576 and column 16384 (XFD); delete what "     \
    "stands there"

typedef struct Case {
    const char *label;
    XlsxFile file;
    const char *want;
} Case;

static void check_cases(const Case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char *dir = test_dir_make();
        char *path = test_path(dir, "round.xlsx");
        xlsx_file_write(dir, "round.xlsx", &cases[i].file);
        workbook_check_refused(cases[i].label, path, cases[i].want, WORKBOOK_BYTES_MAX);
        free(path);
        test_dir_remove(dir);
    }
}

/* ---- cells, rows, areas --------------------------------------------------------------------- */

#define CELLS(cells) .rows = "<row r=\"2\">" cells "</row>"
#define NEEDS "round.xlsx!needs"

static void wrong_places_are_refused(void **state)
{
    static const Case cases[] = {
        {"letters alone",
         {CELLS("<c r=\"A\"/>")},
         NEEDS ":2: error E060: 'A' is the place of no cell" AGAIN},
        {"digits alone",
         {CELLS("<c r=\"2\"/>")},
         NEEDS ":2: error E060: '2' is the place of no cell" AGAIN},
        {"nothing",
         {CELLS("<c r=\"\"/>")},
         NEEDS ":2: error E060: '' is the place of no cell" AGAIN},
        {"row 0",
         {CELLS("<c r=\"A0\"/>")},
         NEEDS ":2: error E060: 'A0' is the place of no cell" AGAIN},
        {"dollars",
         {CELLS("<c r=\"$A$2\"/>")},
         NEEDS ":2: error E060: '$A$2' is the place of no cell" AGAIN},
        {"an area",
         {CELLS("<c r=\"A2:B2\"/>")},
         NEEDS ":2: error E060: 'A2:B2' is the place of no cell" AGAIN},
        {"too many letters", {CELLS("<c r=\"ZZZZZ2\"/>")}, NEEDS ":2: error E062: 'ZZZZZ2'" BEYOND},
        {"far too many letters",
         {CELLS("<c r=\"ZZZZZZZZZZZZZZZZZZZZ2\"/>")},
         NEEDS ":2: error E062: 'ZZZZZZZZZZZZZZZZZZZZ2'" BEYOND},
        {"one column too far", {CELLS("<c r=\"XFE2\"/>")}, NEEDS ":2: error E062: 'XFE2'" BEYOND},
        {"one row too far",
         {.rows = "<row r=\"1048577\"/>"},
         NEEDS ":1: error E062: '1048577'" BEYOND},
        {"four thousand million rows too far",
         {.rows = "<row r=\"4294967297\"/>"},
         NEEDS ":1: error E062: '4294967297'" BEYOND},
        {"a row without a number too far",
         {.rows = "<row r=\"1048576\"/><row/>"},
         NEEDS ":1048576: error E062: 'a row without a number'" BEYOND},
        {"row 0 of rows",
         {.rows = "<row r=\"0\"/>"},
         NEEDS ":1: error E060: '0' is the number of no row" AGAIN},
        {"no number",
         {.rows = "<row r=\"2x\"/>"},
         NEEDS ":1: error E060: '2x' is the number of no row" AGAIN},
        {"a row twice",
         {.rows = "<row r=\"5\"/><row r=\"5\"/>"},
         NEEDS ":5: error E060: the row comes after row 5, or twice" AGAIN},
        {"a row too late",
         {.rows = "<row r=\"5\"/><row r=\"3\"/>"},
         NEEDS ":3: error E060: the row comes after row 5, or twice" AGAIN},
        {"a second block of rows",
         {.after = "<sheetData><row r=\"1\"/></sheetData>", .rows = ""},
         NEEDS ":1: error E060: the row comes after row 1, or twice" AGAIN},
        {"a cell twice",
         {CELLS("<c r=\"B2\"/><c r=\"B2\"/>")},
         NEEDS ":B2: error E060: 'B2' is the place of a cell that comes too late, or twice" AGAIN},
        {"a cell too late",
         {CELLS("<c r=\"C2\"/><c r=\"A2\"/>")},
         NEEDS ":C2: error E060: 'A2' is the place of a cell that comes too late, or twice" AGAIN},
        {"a cell of another row",
         {CELLS("<c r=\"B3\"/>")},
         NEEDS ":2: error E060: 'B3' is the place of a cell in another row" AGAIN},
        {"a cell of a row above",
         {.rows = "<row r=\"4\"/><row><c r=\"B3\"/></row>"},
         NEEDS ":5: error E060: 'B3' is the place of a cell in another row" AGAIN},
        {"half a merged area",
         {.rows = "", .after = "<mergeCells><mergeCell ref=\"A1:\"/></mergeCells>"},
         NEEDS ":1: error E060: 'A1:' is the place of no cell" AGAIN},
        {"a merged word",
         {.rows = "", .after = "<mergeCells><mergeCell ref=\"all\"/></mergeCells>"},
         NEEDS ":1: error E060: 'all' is the place of no cell" AGAIN},
        {"a merged area of three",
         {.rows = "", .after = "<mergeCells><mergeCell ref=\"A1:B2:C3\"/></mergeCells>"},
         NEEDS ":1: error E060: 'A1:B2:C3' is the place of no cell" AGAIN},
        {"merged too far",
         {.rows = "", .after = "<mergeCells><mergeCell ref=\"A1:XFE1\"/></mergeCells>"},
         NEEDS ":1: error E062: 'A1:XFE1'" BEYOND},
        {"hidden columns without a number",
         {.rows = "", .before = "<cols><col min=\"a\" max=\"2\" hidden=\"1\"/></cols>"},
         NEEDS ": error E060: 'a' to '2' are no columns" AGAIN},
        {"hidden columns backwards",
         {.rows = "", .before = "<cols><col min=\"3\" max=\"2\" hidden=\"1\"/></cols>"},
         NEEDS ": error E060: '3' to '2' are no columns" AGAIN},
        {"hidden columns too far",
         {.rows = "", .before = "<cols><col min=\"16385\" max=\"16385\" hidden=\"1\"/></cols>"},
         NEEDS ": error E060: '16385' to '16385' are no columns" AGAIN},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

static void wrong_values_are_refused(void **state)
{
    static const Case cases[] = {
        {"a string behind the last",
         {CELLS("<c r=\"B2\" t=\"s\"><v>1</v></c>"), .strings = "<si><t>x</t></si>"},
         NEEDS ":B2: error E060: '1' is no text of the table of strings" AGAIN},
        {"a string, and no table",
         {CELLS("<c r=\"B2\" t=\"s\"><v>0</v></c>")},
         NEEDS ":B2: error E060: '0' is no text of the table of strings" AGAIN},
        {"a negative string",
         {CELLS("<c r=\"B2\" t=\"s\"><v>-1</v></c>"), .strings = "<si/>"},
         NEEDS ":B2: error E060: '-1' is no text of the table of strings" AGAIN},
        {"a string's number beyond all numbers",
         {CELLS("<c r=\"B2\" t=\"s\"><v>99999999999999999999</v></c>"), .strings = "<si/>"},
         NEEDS ":B2: error E060: '99999999999999999999' is no text of the table of strings" AGAIN},
        {"an unknown type",
         {CELLS("<c r=\"B2\" t=\"z\"><v>1</v></c>")},
         NEEDS ":B2: error E060: 'z' is no type of a cell" AGAIN},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

/* ---- parts ---------------------------------------------------------------------------------- */

#define SHEET1 "part 'xl/worksheets/sheet1.xml'"
#define TARGET(id, kind, more)                                                                     \
    "<Relationship Id=\"" id "\" Type=\"" XLSX_RELATIONS "/" kind "\" " more "/>"
#define DEEP8(inside) "<a><a><a><a><a><a><a><a>" inside "</a></a></a></a></a></a></a></a>"

static void wrong_packages_are_refused(void **state)
{
    static const Case cases[] = {
        {"no sheets",
         {.book = "<sheets/>"},
         "round.xlsx: error E060: the workbook has no sheets" AGAIN},
        {"sheets of another namespace alone",
         {.book = "<e:sheets xmlns:e=\"urn:e\"><e:sheet name=\"x\"/></e:sheets>"},
         "round.xlsx: error E060: the workbook has no sheets" AGAIN},
        {"a text document",
         {.book_part = "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/"
                       "2006/main\"/>"},
         "round.xlsx: error E060: part 'xl/workbook.xml' begins with <document>, not with the "
         "<workbook> of a spreadsheet; save the file as .xlsx in Excel or LibreOffice"},
        {"a workbook of another namespace",
         {.book_part = "<workbook xmlns=\"urn:x\"/>"},
         "round.xlsx: error E060: part 'xl/workbook.xml' begins with <workbook>, not with the "
         "<workbook> of a spreadsheet; save the file as .xlsx in Excel or LibreOffice"},
        {"an .xlsb",
         {.package = TARGET("d", "officeDocument", "Target=\"xl/workbook.bin\"")},
         "round.xlsx: error E060: an .xlsb workbook; open it in Excel or LibreOffice and save it "
         "as .xlsx"},
        {"a workbook that is not there",
         {.package = TARGET("d", "officeDocument", "Target=\"word/document.xml\"")},
         "round.xlsx: error E060: a zip archive, but no spreadsheet in it; if it holds a workbook, "
         "take it out, else save the file as .xlsx or .ods"},
        {"a workbook outside",
         {.package = TARGET("d", "officeDocument",
                            "TargetMode=\"External\" Target=\"http://example.org/x.xml\"")},
         "round.xlsx: error E060: the main part of the workbook lies outside the file" AGAIN},
        {"a sheet outside",
         {.relations =
              TARGET("r1", "worksheet", "TargetMode=\"External\" Target=\"file:///etc/passwd\"")},
         NEEDS ": error E060: this sheet of the workbook lies outside the file" AGAIN},
        {"strings outside",
         {.rows = "",
          .relations = TARGET("r1", "worksheet", "Target=\"worksheets/sheet1.xml\"")
              TARGET("r2", "sharedStrings", "TargetMode=\"External\" Target=\"x\"")},
         "round.xlsx: error E060: the table of strings of the workbook lies outside the "
         "file" AGAIN},
        {"a sheet without a part",
         {.relations = ""},
         NEEDS ": error E060: the sheet has no part in the file" AGAIN},
        {"a sheet without a relation",
         {.book = "<sheets><sheet name=\"needs\"/></sheets>"},
         NEEDS ": error E060: the sheet has no part in the file" AGAIN},
        {"a sheet that is the styles",
         {.relations = TARGET("r1", "styles", "Target=\"styles.xml\"")},
         NEEDS ": error E060: the sheet has no part in the file" AGAIN},
        {"a part that is missing",
         {.rows = NULL},
         NEEDS ": error E060: " SHEET1 " of the file is damaged: it is missing" SEND},
        {"a way out of the archive",
         {.relations = TARGET("r1", "worksheet", "Target=\"../../../etc/passwd\"")},
         NEEDS ": error E060: part 'etc/passwd' of the file is damaged: it is missing" SEND},
        {"a chart instead of a sheet",
         {.sheet = "<chartsheet xmlns=\"" XLSX_MAIN "\"/>"},
         NEEDS ": error E060: " SHEET1 " begins with <chartsheet>, not with the <worksheet> of a "
               "spreadsheet; save the file as .xlsx in Excel or LibreOffice"},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

static void wrong_xml_is_refused(void **state)
{
    static const Case cases[] = {
        {"a document type",
         {.sheet = "<!DOCTYPE worksheet><worksheet/>"},
         NEEDS ": error E060: " SHEET1 " holds a DOCTYPE, which no workbook may" AGAIN},
        {"a file read by way of an entity",
         {.sheet = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><worksheet>&e;"
                   "</worksheet>"},
         NEEDS ": error E060: " SHEET1 " holds a DOCTYPE, which no workbook may" AGAIN},
        {"a million laughs",
         {.book_part = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]><workbook>"
                       "&b;</workbook>"},
         "round.xlsx: error E060: part 'xl/workbook.xml' holds a DOCTYPE, which no workbook "
         "may" AGAIN},
        {"elements crossed",
         {.sheet = "<worksheet>\n<a></b></worksheet>"},
         NEEDS ": error E060: " SHEET1 " is not well-formed XML (mismatched tag, line 2)" AGAIN},
        {"cut short",
         {.sheet = "<worksheet xmlns=\"" XLSX_MAIN "\"><sheetData>"},
         NEEDS ": error E060: " SHEET1 " is not well-formed XML (no element found, line 1)" AGAIN},
        {"nothing",
         {.sheet = ""},
         NEEDS ": error E060: " SHEET1 " is not well-formed XML (no element found, line 1)" AGAIN},
        {"an unknown entity",
         {.sheet = "<worksheet>&nbsp;</worksheet>"},
         NEEDS ": error E060: " SHEET1 " is not well-formed XML (undefined entity, line 1)" AGAIN},
        {"an unknown prefix",
         {.sheet = "<x:worksheet/>"},
         NEEDS ": error E060: " SHEET1 " is not well-formed XML (unbound prefix, line 1)" AGAIN},
        {"bytes that are not UTF-8",
         {.sheet = "<worksheet>\xFF</worksheet>"},
         NEEDS ": error E060: " SHEET1 " is not well-formed XML (not well-formed (invalid token), "
               "line 1)" AGAIN},
        {"a broken table of strings",
         {.rows = "", .strings = "<si><t>"},
         "round.xlsx: error E060: part 'xl/sharedStrings.xml' is not well-formed XML (mismatched "
         "tag, line 1)" AGAIN},
        {"64 deep, and one more",
         {.sheet = "<worksheet xmlns=\"" XLSX_MAIN
                   "\">" DEEP8(DEEP8(DEEP8(DEEP8(DEEP8(DEEP8(DEEP8(DEEP8("")))))))) "</worksheet>"},
         NEEDS ": error E062: " SHEET1 " has more than 64 elements inside each other" AGAIN},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong_places_are_refused),
        cmocka_unit_test(wrong_values_are_refused),
        cmocka_unit_test(wrong_packages_are_refused),
        cmocka_unit_test(wrong_xml_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
