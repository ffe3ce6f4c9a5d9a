/* The reader of .xlsx: what each way of writing a cell gives, and where cells land.
 *
 * A case is a piece of XML and, made by hand, the rows that it means (workbook_read_text() says how
 * they are written). Files that must be refused are in test_workbook_bad.c.
 */
#include "tests/support/test_support.h"
#include "tests/support/xlsx_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Case {
    const char *label;
    XlsxFile file;
    const char *want;
} Case;

static void check_cases(const Case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        WorkbookRead read;
        xlsx_read_text(&cases[i].file, &read);
        assert_case_text(cases[i].label, read.finding, "");
        assert_case_int(cases[i].label, read.status, STATUS_OK);
        assert_case_text(cases[i].label, read.text, cases[i].want);
    }
}

/* One cell, A2: what stands in the element <c r="A2"...> and behind it up to </c>. */
#define CELL(cell) .rows = "<row r=\"2\">" cell "</row>"

/* ---- texts ---------------------------------------------------------------------------------- */

static void every_way_to_write_a_text_is_read(void **state)
{
    static const Case cases[] = {
        {"inline", {CELL("<c r=\"A2\" t=\"inlineStr\"><is><t>N1</t></is></c>")}, "[needs]\n2:N1\n"},
        {"inline, with a value instead",
         {CELL("<c r=\"A2\" t=\"inlineStr\"><v>N1</v></c>")},
         "[needs]\n2:N1\n"},
        {"inline, rich",
         {CELL("<c r=\"A2\" t=\"inlineStr\"><is><r><rPr><b/></rPr><t>No</t></r>"
               "<r><t xml:space=\"preserve\"> 1</t></r></is></c>")},
         "[needs]\n2:No 1\n"},
        {"inline, phonetic",
         {CELL("<c r=\"A2\" t=\"inlineStr\"><is><t>a</t><rPh sb=\"0\" eb=\"1\"><t>x</t></rPh>"
               "<t>b</t></is></c>")},
         "[needs]\n2:ab\n"},
        {"shared",
         {CELL("<c r=\"A2\" t=\"s\"><v>1</v></c><c r=\"B2\" t=\"s\"><v>0</v></c>"),
          .strings = "<si><t>zero</t></si><si><t>one</t></si>"},
         "[needs]\n2:one|zero\n"},
        {"shared, rich, phonetic, empty, blank",
         {CELL("<c r=\"A2\" t=\"s\"><v> 0 </v></c><c r=\"B2\" t=\"s\"><v>1</v></c>"
               "<c r=\"C2\" t=\"s\"><v>2</v></c><c r=\"D2\" t=\"s\"><v>3</v></c>"
               "<c r=\"E2\" t=\"s\"><v>0</v></c>"),
          .strings = "<si><r><t>a</t></r><r><t>b</t></r><rPh sb=\"0\" eb=\"1\"><t>x</t></rPh>"
                     "<phoneticPr fontId=\"1\"/></si><si/><si><t> </t></si><si><t/></si>"},
         "[needs]\n2:ab||||ab\n"},
        {"result of a formula",
         {CELL("<c r=\"A2\" t=\"str\"><f>\"N\"&amp;1</f><v>N1</v></c>")},
         "[needs]\n2:N1\n"},
        {"CDATA and entities",
         {CELL(
             "<c r=\"A2\" t=\"inlineStr\"><is><t><![CDATA[<a & b>]]>&lt;&#x41;&#66;</t></is></c>")},
         "[needs]\n2:<a & b><AB\n"},
        {"blanks inside stay, around go",
         {CELL("<c r=\"A2\" t=\"inlineStr\"><is><t xml:space=\"preserve\"> a  b </t></is></c>")},
         "[needs]\n2:a  b\n"},
        {"letters beyond ASCII",
         {CELL(XLSX_TEXT("A2", "Zażółć гуц 😀"))},
         "[needs]\n2:Zażółć гуц 😀\n"},
        {"a comment inside",
         {CELL("<c r=\"A2\" t=\"inlineStr\"><is><t>a<!-- x -->b</t></is></c>")},
         "[needs]\n2:ab\n"},
        {"elements of other namespaces are passed over",
         {CELL("<c r=\"A2\" t=\"inlineStr\"><is><t>a<e:t xmlns:e=\"urn:e\"/></t></is></c>"
               "<e:c xmlns:e=\"urn:e\" r=\"B2\"><v>7</v></e:c>")},
         "[needs]\n2:a\n"},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

static void escapes_are_resolved(void **state)
{
    static const Case cases[] = {
        {"a letter", {CELL(XLSX_TEXT("A2", "a_x0042_c"))}, "[needs]\n2:aBc\n"},
        {"two and three bytes", {CELL(XLSX_TEXT("A2", "_x0416__x20AC_"))}, "[needs]\n2:Ж€\n"},
        {"small digits", {CELL(XLSX_TEXT("A2", "_x20ac_"))}, "[needs]\n2:€\n"},
        {"an escaped underline", {CELL(XLSX_TEXT("A2", "_x005F_x0041_"))}, "[needs]\n2:_x0041_\n"},
        {"a surrogate pair",
         {CELL(XLSX_TEXT("A2", "_xD801__xDC05_!"))},
         "[needs]\n2:\xF0\x90\x90\x85!\n"},
        {"the last character of all",
         {CELL(XLSX_TEXT("A2", "_xDBFF__xDFFD_"))},
         "[needs]\n2:\xF4\x8F\xBF\xBD\n"},
        {"half a pair", {CELL(XLSX_TEXT("A2", "_xD801_ _xDC05_"))}, "[needs]\n2:_xD801_ _xDC05_\n"},
        {"a pair the wrong way round",
         {CELL(XLSX_TEXT("A2", "_xDC05__xD801_"))},
         "[needs]\n2:_xDC05__xD801_\n"},
        {"two first halves",
         {CELL(XLSX_TEXT("A2", "_xD801__xD801__xDC05_"))},
         "[needs]\n2:_xD801_\xF0\x90\x90\x85\n"},
        {"NUL", {CELL(XLSX_TEXT("A2", "a_x0000_b"))}, "[needs]\n2:a_x0000_b\n"},
        {"no escapes",
         {CELL(XLSX_TEXT("A2", "_x004_ _X0041_ _x00G1_ x0041_ _x0041"))},
         "[needs]\n2:_x004_ _X0041_ _x00G1_ x0041_ _x0041\n"},
        {"in shared strings, across runs",
         {CELL("<c r=\"A2\" t=\"s\"><v>0</v></c>"),
          .strings = "<si><r><t>_x00</t></r><r><t>41_</t></r></si>"},
         "[needs]\n2:A\n"},
        {"in results of formulas",
         {CELL("<c r=\"A2\" t=\"str\"><v>_x0041_</v></c>")},
         "[needs]\n2:A\n"},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

/* ---- other values --------------------------------------------------------------------------- */

static void every_type_of_value_is_read(void **state)
{
    static const Case cases[] = {
        {"numbers",
         {CELL("<c r=\"A2\"><v>5</v></c><c r=\"B2\" t=\"n\"><v>-1.5</v></c><c r=\"C2\"><v>1E3</v>"
               "</c><c r=\"D2\"><v>0.30000000000000004</v></c><c r=\"E2\"><v> 7\n</v></c>")},
         "[needs]\n2:5#|-1.5#|1000#|0.3#|7#\n"},
        {"no number",
         {CELL("<c r=\"A2\"><v>abc</v></c><c r=\"B2\"><v>0x10</v></c><c r=\"C2\"><v>"
               "INF</v></c><c r=\"D2\"><v>1,5</v></c>")},
         "[needs]\n2:abc!|0x10!|INF!|1,5!\n"},
        {"flags",
         {CELL("<c r=\"A2\" t=\"b\"><v>1</v></c><c r=\"B2\" t=\"b\"><v>0</v></c>"
               "<c r=\"C2\" t=\"b\"><v>true</v></c><c r=\"D2\" t=\"b\"><v>2</v></c>")},
         "[needs]\n2:TRUE?|FALSE?|TRUE?|2!\n"},
        {"errors",
         {CELL("<c r=\"A2\" t=\"e\"><v>#REF!</v></c><c r=\"B2\" t=\"e\"><f>1/0</f><v>#DIV/0!</v>"
               "</c>")},
         "[needs]\n2:#REF!!|#DIV/0!!\n"},
        {"ISO dates",
         {CELL("<c r=\"A2\" t=\"d\"><v>2026-04-01</v></c>"
               "<c r=\"B2\" t=\"d\"><v>2026-04-01T12:30:00</v></c>"
               "<c r=\"C2\" t=\"d\"><v>2026-04-31</v></c>")},
         "[needs]\n2:2026-04-01@|2026-04-01T12:30:00@|2026-04-31!\n"},
        {"no value",
         {CELL("<c r=\"A2\"/><c r=\"B2\" s=\"3\"/><c r=\"C2\" t=\"s\"/><c r=\"D2\" "
               "t=\"b\"><v/></c>" XLSX_TEXT("E2", "x"))},
         "[needs]\n2:||||x\n"},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

static void formulas_without_a_result_are_pending(void **state)
{
    static const Case cases[] = {
        {"no value", {CELL("<c r=\"A2\"><f>B2*2</f></c>")}, "[needs]\n2:~\n"},
        {"an empty value", {CELL("<c r=\"A2\"><f>B2*2</f><v></v></c>")}, "[needs]\n2:~\n"},
        {"a shared formula's later cell",
         {CELL("<c r=\"A2\"><f t=\"shared\" si=\"0\"/></c>")},
         "[needs]\n2:~\n"},
        {"of a text, no value", {CELL("<c r=\"A2\" t=\"str\"><f>B2</f></c>")}, "[needs]\n2:~\n"},
        {"an inline one without text",
         {CELL("<c r=\"A2\" t=\"inlineStr\"><f>B2</f></c>")},
         "[needs]\n2:~\n"},
        {"an empty text is a result",
         {CELL(XLSX_TEXT("A2", "N1") "<c r=\"B2\" t=\"str\"><f>\"\"</f><v></v></c>" XLSX_TEXT(
             "C2", "x"))},
         "[needs]\n2:N1||x\n"},
        {"a result", {CELL("<c r=\"A2\"><f>1+1</f><v>2</v></c>")}, "[needs]\n2:2#\n"},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

/* ---- dates ---------------------------------------------------------------------------------- */

/* Styles 0 to 5: number, built-in day, custom day, custom number, custom time, unknown format. */
#define STYLES                                                                                     \
    "<numFmts count=\"4\"><numFmt numFmtId=\"164\" formatCode=\"dd.mm.yyyy\"/>"                    \
    "<numFmt numFmtId=\"165\" formatCode=\"0.00&quot; days&quot;\"/>"                              \
    "<numFmt numFmtId=\"166\" formatCode=\"[h]:mm\"/></numFmts>"                                   \
    "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/>"              \
    "<xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"166\"/>"      \
    "<xf numFmtId=\"999\"/></cellXfs><dxfs><dxf><numFmt numFmtId=\"167\" formatCode=\"0\"/></dxf>" \
    "</dxfs>"

static const char date_cells[] =
    "<row r=\"2\"><c r=\"A2\" s=\"0\"><v>46113</v></c><c r=\"B2\" s=\"1\"><v>46113</v></c>"
    "<c r=\"C2\" s=\"2\"><v>46113.5</v></c><c r=\"D2\" s=\"3\"><v>46113</v></c>"
    "<c r=\"E2\" s=\"4\"><v>1.5</v></c><c r=\"F2\" s=\"5\"><v>46113</v></c></row>"
    "<row r=\"3\"><c r=\"A3\" s=\"99\"><v>46113</v></c><c r=\"B3\" s=\"1\"><v>-5</v></c>"
    "<c r=\"C3\" s=\"-1\"><v>46113</v></c><c r=\"D3\" s=\"2\"><f>TODAY()</f><v>46113</v></c></row>";

static void styles_make_numbers_dates(void **state)
{
    /* 46113 is 2026-04-01 (from 1899-12-30), and 2030-04-02 when days count from 1904-01-01. */
    static const Case cases[] = {
        {"1900",
         {.rows = date_cells, .styles = STYLES},
         "[needs]\n2:46113#|2026-04-01@|2026-04-01T12:00:00@|46113#|36:00:00@|46113#\n"
         "3:46113#|-5#|46113#|2026-04-01@\n"},
        {"1904",
         {.rows = date_cells,
          .styles = STYLES,
          .book = "<workbookPr date1904=\"1\"/><sheets><sheet name=\"needs\" r:id=\"r1\"/></sheets>"
                  "<extLst><ext xmlns:x15=\"urn:x15\"><x15:workbookPr date1904=\"0\"/></ext>"
                  "</extLst>"},
         "[needs, 1904]\n2:46113#|2030-04-02@|2030-04-02T12:00:00@|46113#|36:00:00@|46113#\n"
         "3:46113#|-5#|46113#|2030-04-02@\n"},
        {"not 1904",
         {.rows = date_cells,
          .styles = STYLES,
          .book = "<workbookPr date1904=\"false\"/><sheets><sheet name=\"needs\" r:id=\"r1\"/>"
                  "</sheets>"},
         "[needs]\n2:46113#|2026-04-01@|2026-04-01T12:00:00@|46113#|36:00:00@|46113#\n"
         "3:46113#|-5#|46113#|2026-04-01@\n"},
        {"no styles",
         {.rows = date_cells},
         "[needs]\n2:46113#|46113#|46113.5#|46113#|1.5#|46113#\n3:46113#|-5#|46113#|46113#\n"},
        {"a custom format of a built-in id, given behind",
         {CELL("<c r=\"A2\"><v>46113</v></c>"),
          .styles = "<cellXfs><xf numFmtId=\"14\"/></cellXfs><numFmts><numFmt numFmtId=\"14\" "
                    "formatCode=\"0.00\"/></numFmts>"},
         "[needs]\n2:46113#\n"},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

/* ---- places --------------------------------------------------------------------------------- */

static void cells_land_where_they_say(void **state)
{
    static const Case cases[] = {
        {"gaps",
         {.rows = "<row r=\"5\">" XLSX_TEXT("A5", "a") XLSX_TEXT(
              "C5", "c") "</row><row r=\"9\">" XLSX_TEXT("A9", "a") XLSX_TEXT("E9", "e") "</row>"},
         "[needs]\n5:a||c\n9:a||||e\n"},
        {"no references on cells",
         {.rows = "<row r=\"4\"><c><v>1</v></c><c/><c><v>3</v></c></row>"},
         "[needs]\n4:1#||3#\n"},
        {"some references on cells",
         {.rows = "<row r=\"4\"><c r=\"B4\"><v>5</v></c><c><v>6</v></c><c r=\"E4\"><v>7</v></c>"
                  "<c><v>8</v></c></row>"},
         "[needs]\n4:|5#|6#||7#|8#\n"},
        {"no numbers on rows",
         {.rows = "<row><c><v>1</v></c></row><row/><row><c><v>2</v></c></row>"
                  "<row r=\"9\"><c><v>3</v></c></row><row><c><v>4</v></c></row>"},
         "[needs]\n2:1#\n4:2#\n9:3#\n10:4#\n"},
        {"a row's number by its first cell",
         {.rows = "<row><c r=\"B7\"><v>1</v></c><c r=\"C7\"><v>2</v></c></row><row><c><v>3</v></c>"
                  "</row>"},
         "[needs]\n7:|1#|2#\n8:3#\n"},
        {"small letters",
         {.rows = "<row r=\"2\"><c r=\"c2\"><v>1</v></c></row>"},
         "[needs]\n2:||1#\n"},
        {"the last cell of a sheet",
         {.rows = "<row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c></row>"},
         "[needs]\n1048576:1#\n"},
        {"hidden rows",
         {.rows = "<row r=\"2\" hidden=\"1\"><c><v>1</v></c></row><row r=\"3\" hidden=\"0\"><c><v>2"
                  "</v></c></row><row r=\"4\" ht=\"0\" customHeight=\"1\"><c><v>3</v></c></row>"
                  "<row r=\"5\" ht=\"0.0\"><c><v>4</v></c></row><row r=\"6\" ht=\"10\"><c><v>5</v>"
                  "</c></row><row r=\"7\" hidden=\"true\"><c><v>6</v></c></row>"},
         "[needs]\n2 hidden:1#\n3:2#\n4 hidden:3#\n5 hidden:4#\n6:5#\n7 hidden:6#\n"},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

static void merges_and_hidden_columns_reach_the_sheet(void **state)
{
    static const XlsxFile file = {
        .rows = "<row r=\"2\">" XLSX_TEXT("A2", "N1") XLSX_TEXT("B2", "kept")
            XLSX_TEXT("C2", "covered") "</row>",
        .before = "<cols><col min=\"1\" max=\"1\" width=\"9\"/><col min=\"3\" max=\"4\" "
                  "hidden=\"1\"/><col min=\"6\" max=\"16385\" width=\"0\"/></cols>",
        .after = "<mergeCells count=\"2\"><mergeCell ref=\"C2:B2\"/><mergeCell ref=\"E2\"/>"
                 "</mergeCells>"};
    char *dir = test_dir_make();
    char *path = test_path(dir, "round.xlsx");
    char text[WORKBOOK_TEXT_SIZE];

    (void)state;
    xlsx_file_write(dir, "round.xlsx", &file);
    workbook_read_findings(path, text);
    assert_non_null(strstr(text, "(B2:C2)"));
    assert_non_null(strstr(text, "columns C, D, F are hidden"));
    free(path);
    test_dir_remove(dir);
}

/* ---- packages ------------------------------------------------------------------------------- */

#define ROW "<row r=\"2\">" XLSX_TEXT("A2", "N1") "</row>"
#define RELATION(id, kind, target)                                                                 \
    "<Relationship Id=\"" id "\" Type=\"" XLSX_RELATIONS "/" kind "\" Target=\"" target "\"/>"

static void every_kind_of_package_is_read(void **state)
{
    static const Case cases[] = {
        {"an absolute target",
         {.rows = ROW, .relations = RELATION("r1", "worksheet", "/xl/worksheets/sheet1.xml")},
         "[needs]\n2:N1\n"},
        {"a target by way of ..",
         {.rows = ROW, .relations = RELATION("r1", "worksheet", "../xl/./worksheets/sheet1.xml")},
         "[needs]\n2:N1\n"},
        {"a target with back slashes",
         {.rows = ROW, .relations = RELATION("r1", "worksheet", "worksheets\\sheet1.xml")},
         "[needs]\n2:N1\n"},
        {"a target in other letters",
         {.rows = ROW, .relations = RELATION("r1", "worksheet", "Worksheets/Sheet1.XML")},
         "[needs]\n2:N1\n"},
        {"a target above the root",
         {.rows = ROW,
          .relations = RELATION("r1", "worksheet", "../../../../xl/worksheets/sheet1.xml")},
         "[needs]\n2:N1\n"},
        {"no relations of the package", {.rows = ROW, .package = ""}, "[needs]\n2:N1\n"},
        {"prefixes",
         {.sheet = "<x:worksheet xmlns:x=\"" XLSX_MAIN
                   "\"><x:sheetData><x:row><x:c t=\"inlineStr\"><x:is><x:t>id</x:t></x:is></x:c>"
                   "</x:row><x:row><x:c><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>"},
         "[needs]\n2:7#\n"},
        {"strict",
         {.sheet = "<worksheet xmlns=\"" XLSX_STRICT "\"><sheetData><row><c t=\"inlineStr\"><is>"
                   "<t>id</t></is></c></row><row><c t=\"d\"><v>2026-04-01</v></c></row>"
                   "</sheetData></worksheet>",
          .book_part = "<workbook xmlns=\"" XLSX_STRICT "\" conformance=\"strict\" xmlns:r="
                       "\"http://purl.oclc.org/ooxml/officeDocument/relationships\"><workbookPr/>"
                       "<sheets><sheet name=\"needs\" r:id=\"r1\"/></sheets></workbook>",
          .relations = "<Relationship Id=\"r1\" Type=\"http://purl.oclc.org/ooxml/officeDocument/"
                       "relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>"},
         "[needs]\n2:2026-04-01@\n"},
        {"hidden sheets, sheets without cells, and sheets that are passed over",
         {.rows = ROW,
          .book = "<sheets><sheet name=\"chart\" r:id=\"r2\"/><sheet name=\"dialog\" r:id=\"r3\"/>"
                  "<sheet name=\"macro\" r:id=\"r4\"/><sheet name=\"pass\" r:id=\"nowhere\"/>"
                  "<sheet name=\"needs\" state=\"visible\" r:id=\"r1\"/><sheet name=\"a\" "
                  "state=\"hidden\" r:id=\"r1\"/><sheet name=\"Потреби &amp; b\" "
                  "state=\"veryHidden\" r:id=\"r1\"/></sheets>",
          .relations = RELATION("r1", "worksheet", "worksheets/sheet1.xml")
              RELATION("r2", "chartsheet", "chartsheets/sheet1.xml")
                  RELATION("r3", "dialogsheet", "dialogsheets/sheet1.xml")
                      RELATION("r4", "xlMacrosheet", "macrosheets/sheet1.xml")},
         "[pass, passed]\n[needs]\n2:N1\n[a, hidden]\n2:N1\n[Потреби & b, hidden]\n2:N1\n"},
        {"strings are not looked at when no sheet is wanted",
         {.rows = ROW,
          .strings = "<si><t></si>",
          .book = "<sheets><sheet name=\"pass\" r:id=\"r1\"/></sheets>"},
         "[pass, passed]\n"},
        {"no table of strings, none needed",
         {.rows = ROW, .relations = RELATION("r1", "worksheet", "worksheets/sheet1.xml")},
         "[needs]\n2:N1\n"},
        {"an empty sheet",
         {.sheet = "<worksheet xmlns=\"" XLSX_MAIN "\"><sheetData/></worksheet>"},
         "[needs]\n"},
        {"links to the web are of no matter",
         {.rows = ROW,
          .relations =
              RELATION("r1", "worksheet",
                       "worksheets/sheet1.xml") "<Relationship Id=\"r9\" Type=\"" XLSX_RELATIONS
                                                "/externalLinkPath\" Target=\"file:///c:/x.xlsx\" "
                                                "TargetMode=\"External\"/>"},
         "[needs]\n2:N1\n"},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

/* The same sheet in UTF-16 of either byte order. */
static void parts_in_utf16_are_read(void **state)
{
    static const char *const text =
        "<worksheet xmlns=\"" XLSX_MAIN "\"><sheetData>" XLSX_HEADINGS
        "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>N1</t></is></c></row></sheetData>"
        "</worksheet>";
    static const XlsxFile file = {.rows = NULL};
    (void)state;
    for (int big = 0; big < 2; big++) {
        char *dir = test_dir_make();
        char *path = test_path(dir, "round.xlsx");
        size_t length = 2 * strlen(text) + 2;
        char *wide = calloc(1, length);
        WorkbookRead read;
        assert_non_null(wide);
        wide[big ? 0 : 1] = '\xFE';
        wide[big ? 1 : 0] = '\xFF';
        for (size_t i = 0; text[i] != '\0'; i++)
            wide[2 + 2 * i + (size_t)big] = text[i];
        ZipFile *zip = xlsx_file_begin(dir, "round.xlsx", &file);
        zip_file_add(zip, "xl/worksheets/sheet1.xml", wide, length, false);
        zip_file_close(zip);
        workbook_read_text(path, &read);
        assert_string_equal(read.finding, "");
        assert_string_equal(read.text, "[needs]\n2:N1\n");
        free(wide);
        free(path);
        test_dir_remove(dir);
    }
}

/* Part names with back slashes, as some programs write them, and parts that are stored. */
static void names_with_back_slashes_are_found(void **state)
{
    static const XlsxFile file = {.rows = NULL};
    static const char sheet[] = XLSX_SHEET("<row r=\"2\">" XLSX_TEXT("A2", "N1") "</row>");
    char *dir = test_dir_make();
    char *path = test_path(dir, "round.xlsx");
    WorkbookRead read;

    (void)state;
    ZipFile *zip = xlsx_file_begin(dir, "round.xlsx", &file);
    zip_file_add(zip, "xl\\worksheets\\sheet1.xml", sheet, sizeof sheet - 1, false);
    zip_file_add(zip, "xl/media/", "", 0, false);
    zip_file_add(zip, "xl/media/", "", 0, false); /* folders may be listed twice */
    zip_file_close(zip);
    workbook_read_text(path, &read);
    assert_string_equal(read.finding, "");
    assert_string_equal(read.text, "[needs]\n2:N1\n");
    free(path);
    test_dir_remove(dir);
}

static void libraries_have_versions(void **state)
{
    (void)state;
    assert_non_null(strstr(workbook_library_version(), "expat 2."));
    assert_non_null(strstr(workbook_library_version(), ", minizip 1.1"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_way_to_write_a_text_is_read),
        cmocka_unit_test(escapes_are_resolved),
        cmocka_unit_test(every_type_of_value_is_read),
        cmocka_unit_test(formulas_without_a_result_are_pending),
        cmocka_unit_test(styles_make_numbers_dates),
        cmocka_unit_test(cells_land_where_they_say),
        cmocka_unit_test(merges_and_hidden_columns_reach_the_sheet),
        cmocka_unit_test(every_kind_of_package_is_read),
        cmocka_unit_test(parts_in_utf16_are_read),
        cmocka_unit_test(names_with_back_slashes_are_found),
        cmocka_unit_test(libraries_have_versions),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
