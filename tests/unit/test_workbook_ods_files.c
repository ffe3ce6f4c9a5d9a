/* OpenDocument spreadsheets as files: which sheets there are, what is passed over, what is refused. The
 * cells are in test_workbook_ods.c.
 */
#include "tests/support/flat_ods.h"
#include "tests/support/test_support.h"
#include "tests/support/workbook_dump.h"
#include "tests/support/zip_file.h"

#include "io/workbook.h"

#include <stdlib.h>
#include <string.h>

/* ---- sheets --------------------------------------------------------------------------------- */

#define STYLE(name, family, display)                                                               \
    "<style:style style:name='" name "' style:family='" family                                     \
    "'><style:table-properties table:display='" display "'/></style:style>"
#define NAMED(name, style, rows)                                                                   \
    "<table:table table:name=\"" name "\" table:style-name='" style "'>" rows "</table:table>"
#define X HEADINGS ROW(TEXT("x"))
#define NO HEADINGS ROW(TEXT("no"))
#define SETTINGS(day)                                                                              \
    "<table:calculation-settings><table:null-date table:date-value='" day                          \
    "'/></table:calculation-settings>"

static void sheets_are_offered_as_they_are(void **state)
{
    static const FlatCase cases[] = {
        {"hidden by their style",
         STYLED("<office:automatic-styles>" STYLE("s1", "table", "false")
                    STYLE("s2", "table", "true") STYLE("s3", "table-cell", "false")
                        STYLE("s4", "table", "false") "</office:automatic-styles>",
                NAMED("a", "s1", X) NAMED("b", "s2", X) NAMED("c", "s3", X) NAMED("d", "s4", X)
                    NAMED("e", "s5", X)),
         "[a, hidden]\n2:t x\n[b]\n2:t x\n[c]\n2:t x\n[d, hidden]\n2:t x\n[e]\n2:t x\n"},
        {"each counts its rows and columns", BOOK(TABLE(X X) TABLE(COLUMN("") X)),
         "[S]\n2:t x\n3:t a|t b|t c\n4:t x\n[S]\n2:t x\n"},
        {"empty", BOOK(TABLE("") "<table:table/>"), "[S]\n[]\n"},
        {"caches of other files",
         BOOK(NAMED("'file:///tmp/prices.ods'#$Sheet1", "ta_extref", NO) TABLE(X)), "[S]\n2:t x\n"},
        {"a name with an apostrophe", BOOK(NAMED("it's #1", "", X)), "[it's #1]\n2:t x\n"},
        {"a name with an apostrophe before a hash", BOOK(NAMED("a'#1", "", X)), "[a'#1]\n2:t x\n"},
        {"days from 1904", BOOK(SETTINGS("1904-01-01") TABLE(X)), "[S, 1904]\n2:t x\n"},
        {"days from 1899", BOOK(SETTINGS("1899-12-30") TABLE(X)), "[S]\n2:t x\n"},
    };
    (void)state;
    assert_flat_cases(cases, COUNT_OF(cases));
}

static void a_sheet_that_is_not_asked_for_is_passed_over(void **state)
{
    static const char xml[] = BOOK(
        NAMED("big", "", ROWS("1048576", CELL("table:number-columns-repeated='16384'", P("x"))))
            NAMED("S", "", X));
    WorkbookDump dump;
    (void)state;
    dump_flat(xml, strlen(xml), "big", &dump);
    assert_string_equal(dump.text, "[S]\n2:t x\n");
}

static void what_is_no_data_is_passed_over(void **state)
{
    static const FlatCase cases[] = {
        {"tracked changes",
         BOOK("<table:tracked-changes><table:cell-content-change><table:previous>" CELL(
             "", P("no")) "</table:previous></table:cell-content-change><table:deletion>" TABLE(NO)
                  ROW(TEXT("no")) "</table:deletion></table:tracked-changes>" TABLE(X)),
         "[S]\n2:t x\n"},
        {"links, ranges, validations and pilot tables",
         BOOK("<table:content-validations><table:content-validation/></table:content-validations>"
              "<table:label-ranges/>" TABLE(X) "<table:named-expressions>" TABLE(
                  NO) "</"
                      "table:named-expressions><table:database-"
                      "ranges>" TABLE(NO) "</table:"
                                          "database-"
                                          "ranges>"
                                          "<table:data-pilot-"
                                          "tables>" TABLE(NO) "</"
                                                              "table:data-"
                                                              "pilot-"
                                                              "tables><"
                                                              "table:dde-"
                                                              "links>"
                                                              "<table:dde-"
                                                              "link><"
                                                              "office:dde-"
                                                              "source/"
                                                              ">" TABLE(NO) "</"
                                                                            "tabl"
                                                                            "e:"
                                                                            "dde-"
                                                                            "link"
                                                                            ">"
                                                                            "</"
                                                                            "tabl"
                                                                            "e:"
                                                                            "dde-"
                                                                            "link"
                                                                            "s>"),
         "[S]\n2:t x\n"},
        {"what stands in a table beside its rows",
         BOOK(TABLE("<office:forms/><table:shapes><draw:frame>" TABLE(NO) ROW(
             TEXT("no")) "</draw:frame></table:shapes><table:table-source/><table:title>no"
                         "</table:title>" X "<table:named-expressions/>")),
         "[S]\n2:t x\n"},
        {"elements of other namespaces",
         BOOK("<x:table xmlns:x='http://example.org/table' table:name='no'>" NO "</x:table>"
              "<x:table xmlns:x='urn:oasis:names:tc:opendocument:xmlns:table:1.0x'>" NO "</x:table>"
              "<table>" NO "</table>" TABLE(X)),
         "[S]\n2:t x\n"},
        {"attributes of other namespaces",
         ONE("<table:table-cell xmlns:x='http://example.org/table' x:number-columns-repeated='3' "
             "number-columns-repeated='3' x:value-type='float' x:value='1' office:value-type="
             "'string'>" P("a") "</table:table-cell>" TEXT("b")),
         "[S]\n2:t a|t b\n"},
        {"styles elsewhere",
         STYLED("<office:styles>" STYLE("s", "table", "false") "</office:styles>",
                NAMED("S", "s", X)),
         "[S]\n2:t x\n"},
        {"what follows the body", BOOK(TABLE(X)) "<!-- end -->\n", "[S]\n2:t x\n"},
    };
    (void)state;
    assert_flat_cases(cases, COUNT_OF(cases));
}

static void other_prefixes_and_the_old_namespaces_are_known(void **state)
{
    static const FlatCase cases[] = {
        {"other prefixes",
         "<office:document xmlns:office='" OASIS "office:1.0' xmlns='" OASIS
         "table:1.0' xmlns:p='" OASIS
         "text:1.0'><office:body><office:spreadsheet><table xmlns:q='" OASIS
         "table:1.0' q:name='S'><table-row><table-cell><p:p>a</p:p></table-cell></table-row>"
         "<table-row><table-cell q:number-columns-repeated='2'><p:p>x</p:p></table-cell>"
         "</table-row></table></office:spreadsheet></office:body></office:document>",
         "[S]\n2:t x|t x\n"},
        {"OpenOffice 1",
         "<office:document xmlns:office='http://openoffice.org/2000/office' "
         "xmlns:table='http://openoffice.org/2000/table' "
         "xmlns:style='http://openoffice.org/2000/style' "
         "xmlns:text='http://openoffice.org/2000/text' office:class='spreadsheet'>"
         "<office:automatic-styles><style:style style:name='s' style:family='table'>"
         "<style:properties table:display='false'/></style:style></office:automatic-styles>"
         "<office:body><table:table table:name='S' table:style-name='s'>" ROW(TEXT(
             "a")) "<table:table-row><table:table-cell table:value-type='float' table:value='1.5'/>"
                   "<table:table-cell table:value-type='date' table:date-value='2026-04-01'/>"
                   "<table:table-cell><text:p>a<text:tab-stop/>b</text:p></table:table-cell>"
                   "</table:table-row></table:table></office:body></office:document>",
         "[S, hidden]\n2:n 1.5|d 2026-04-01|t a\tb\n"},
    };
    (void)state;
    assert_flat_cases(cases, COUNT_OF(cases));
}

/* ---- what is refused ------------------------------------------------------------------------ */

#define WIDE(count, inside)                                                                        \
    CELL("office:value-type='string' table:number-columns-repeated='" count "'", inside)

#define BLANKS_OF_900000                                                                           \
    TEXT("<text:s text:c='900000'/>")                                                              \
    TEXT("<text:s text:c='900000'/>") TEXT("<text:s text:c='900000'/>")

static void repeats_beyond_the_limits_are_refused_with_their_place(void **state)
{
    static const FlatCase cases[] = {
        {"column", ONE(BLANKS("16384") TEXT("x")),
         "E062 w!S:2:16385 the cell is beyond column 16384 (XFD), the last of a sheet\n"},
        {"repeated over the last column", ONE(TEXT("x") WIDE("16384", P("y"))),
         "E062 w!S:2:2 the cell is beyond column 16384 (XFD), the last of a sheet\n"},
        {"repeated for ever", ONE(WIDE("99999999999999999999", P("y"))),
         "E062 w!S:2:1 the cell is beyond column 16384 (XFD), the last of a sheet\n"},
        {"row", SHEET(ROWS("1048575", BLANK) ROW(TEXT("x"))),
         "E062 w!S:1048577:1 the row is beyond row 1048576, the last of a sheet\n"},
        {"repeated over the last row", SHEET(ROWS("1048576", TEXT("x"))),
         "E062 w!S:2:1 the row is beyond row 1048576, the last of a sheet\n"},
        {"rows repeated for ever", SHEET(ROWS("2147483648", TEXT("x"))),
         "E062 w!S:2:1 the row is beyond row 1048576, the last of a sheet\n"},
        {"far below", SHEET(ROWS("4000000000", BLANK) ROW(TEXT("x"))),
         "E062 w!S:2147483647:1 the row is beyond row 1048576, the last of a sheet\n"},
        {"rows times columns", SHEET(ROWS("1000000", WIDE("16384", P("y")))),
         "E062 w!S:2:0 the workbook has more than 10000000 cells, gaps between them counted\n"},
        {"gaps count", SHEET(ROWS("1000", BLANKS("16383") TEXT("x"))),
         "E062 w!S:2:0 the workbook has more than 10000000 cells, gaps between them counted\n"},
        {"merged areas", SHEET(ROWS("100001", CELL("table:number-columns-spanned='2'", P("x")))),
         "E062 w!S:100002:1 the sheet has more than 100000 merged areas\n"},
        {"a text of spaces", ONE(TEXT("x") TEXT("a<text:s text:c='1000000000'/>b")),
         "E062 w!S:2:2 the cell's text is longer than 1000000 bytes\n"},
        {"spaces again and again", ONE(TEXT("<text:s text:c='600000'/><text:s text:c='600000'/>")),
         "E062 w!S:2:1 the cell's text is longer than 1000000 bytes\n"},
        {"spaces in many cells",
         ONE(CELL("table:number-columns-repeated='20'", P("a<text:s text:c='900000'/>b"))
                 BLANKS_OF_900000 BLANKS_OF_900000 BLANKS_OF_900000 BLANKS_OF_900000
                     BLANKS_OF_900000 BLANKS_OF_900000),
         "E062 w!S:2:38 the workbook's texts hold more than 16777216 blanks in a row\n"},
        {"no number", ONE(CELL("table:number-columns-repeated='-1'", P("x"))),
         "E060 w!S:2:1 the file says how often a cell or row is repeated, or how many it spans, "
         "with '-1', which is no number\n"},
        {"a number and more", ONE(CELL("table:number-columns-spanned='3x'", P("x"))),
         "E060 w!S:2:1 the file says how often a cell or row is repeated, or how many it spans, "
         "with '3x', which is no number\n"},
        {"no number of rows", SHEET(ROWS("", TEXT("x"))),
         "E060 w!S:2:0 the file says how often a cell or row is repeated, or how many it spans, "
         "with '', which is no number\n"},
    };
    (void)state;
    assert_flat_cases(cases, COUNT_OF(cases));
}

static void merged_areas_are_counted_sheet_by_sheet(void **state)
{
    static const char xml[] =
        BOOK(NAMED("a", "", ROWS("60000", CELL("table:number-columns-spanned='2'", P("x"))))
                 NAMED("b", "", ROWS("60000", CELL("table:number-columns-spanned='2'", P("x")))));
    WorkbookDump dump;
    (void)state;
    dump_flat(xml, strlen(xml), NULL, &dump);
    assert_memory_equal(dump.text, "[a]\n2:t x\n3:t x\n", 15);
}

static void what_is_wrong_behind_a_sheet_is_not_said_of_it(void **state)
{
    static const char xml[] =
        "<office:document" SPACES "><office:body><office:spreadsheet>" TABLE(X) "</office:body>";
    WorkbookDump dump;
    (void)state;
    dump_flat(xml, strlen(xml), NULL, &dump);
    assert_memory_equal(dump.text, "E060 w:", 7);
}

/* A file whose one text has this many letters, in pieces between elements. */
static char *make_long_text(size_t letters, size_t *size)
{
    static const char before[] =
        "<office:document" SPACES "><office:body><office:spreadsheet><table:table table:name='S'>"
        "<table:table-row><table:table-cell><text:p>";
    static const char after[] = "</text:p></table:table-cell></table:table-row></table:table>"
                                "</office:spreadsheet></office:body></office:document>";
    char *xml = malloc(sizeof before + letters + sizeof after);
    assert_non_null(xml);
    memcpy(xml, before, sizeof before - 1);
    memset(xml + sizeof before - 1, 'x', letters);
    memcpy(xml + sizeof before - 1 + letters, after, sizeof after);
    *size = sizeof before - 1 + letters + sizeof after - 1;
    return xml;
}

static void a_text_at_the_limit_is_read_and_one_beyond_is_refused(void **state)
{
    (void)state;
    for (size_t over = 0; over < 2; over++) {
        WorkbookDump dump;
        size_t size;
        char *xml = make_long_text(1000000 + over, &size);
        dump_flat(xml, size, NULL, &dump);
        free(xml);
        assert_string_equal(
            dump.text,
            over == 0 ? "[S]\n" : "E062 w!S:1:1 the cell's text is longer than 1000000 bytes\n");
    }
}

#define DOCUMENT(kind)                                                                             \
    "<office:document" SPACES "><office:body><office:" kind                                        \
    ">" TABLE(NO) "</office:" kind "></office:body></office:document>"
#define NO_SPREADSHEET "E060 w:0:0 the file is no spreadsheet but another OpenDocument file\n"

static void files_that_are_no_spreadsheets_are_refused(void **state)
{
    static const FlatCase cases[] = {
        {"text", DOCUMENT("text"), NO_SPREADSHEET},
        {"presentation", DOCUMENT("presentation"), NO_SPREADSHEET},
        {"drawing", DOCUMENT("drawing"), NO_SPREADSHEET},
        {"without a sheet", BOOK(""), "E060 w:0:0 the workbook has no sheet\n"},
        {"with caches alone", BOOK(NAMED("'file:///x'#A", "", NO)),
         "E060 w:0:0 the workbook has no sheet\n"},
        {"without a body", "<office:document" SPACES "/>",
         "E060 w:0:0 the workbook has no sheet\n"},
        {"a table as the root",
         "<!-- <office:document > --><table:table xmlns:table='" OASIS "table:1.0'/>",
         "E060 w:0:0 the workbook has no sheet\n"},
    };
    (void)state;
    assert_flat_cases(cases, COUNT_OF(cases));
}

#define EMPTY_RESULT                                                                               \
    TABLE(HEADINGS ROW("<table:table-cell " FORMULA "/><table:table-cell " FORMULA                 \
                       "office:value-type='float'/>" TEXT("x")))
#define META(generator)                                                                            \
    "<office:meta xmlns:meta='" OASIS "meta:1.0'><meta:generator>" generator                       \
    "</meta:generator></office:meta>"

/* Seen in files of LibreOffice 7.4: nothing but the formula where the result is an empty text. */
static void office_programs_leave_empty_results_out(void **state)
{
    static const FlatCase cases[] = {
        {"LibreOffice", STYLED(META("LibreOffice/7.4.7.2$Linux_X86_64"), EMPTY_RESULT),
         "[S]\n2:-|p|t x\n"},
        {"OpenOffice", STYLED(META("OpenOffice.org/3.3$Win32"), EMPTY_RESULT), "[S]\n2:-|p|t x\n"},
        {"Excel", STYLED(META("MicrosoftOffice/16.0 MicrosoftExcel"), EMPTY_RESULT),
         "[S]\n2:-|p|t x\n"},
        {"another", STYLED(META("odfpy/1.4.1"), EMPTY_RESULT), "[S]\n2:p|p|t x\n"},
        {"one that does not say", BOOK(EMPTY_RESULT), "[S]\n2:p|p|t x\n"},
        {"office elsewhere",
         STYLED("<office:meta xmlns:dc='d'><dc:title>LibreOffice</dc:title></office:meta>",
                EMPTY_RESULT),
         "[S]\n2:p|p|t x\n"},
    };
    (void)state;
    assert_flat_cases(cases, COUNT_OF(cases));
}

/* ---- memory --------------------------------------------------------------------------------- */

static Status give_builder(void *context, const char *name, WorkbookVisibility visibility,
                           SheetBuilder **builder)
{
    (void)name;
    (void)visibility;
    *builder = context;
    return STATUS_OK;
}

static Status read_with(Arena *scratch, Arena *texts, const char *path)
{
    SheetTarget target = {.file = "w",
                          .table = dictionary_table(TABLE_NEEDS),
                          .texts = texts,
                          .grid = texts,
                          .diag = diag_new(texts),
                          .of_workbook = true};
    WorkbookSink sink = {give_builder, sheet_builder_new(&target), texts};
    return workbook_read(path, "w", &sink, scratch, target.diag);
}

static void memory_that_ends_anywhere_is_said(void **state)
{
    static const char xml[] = STYLED("<office:automatic-styles>" STYLE("s", "table", "false")
                                         STYLE("t", "table", "false") "</office:automatic-styles>",
                                     NAMED("S", "s",
                                           HEADINGS ROW(CELL("table:number-columns-"
                                                             "spanned='2'",
                                                             P("x")))));
    char *dir = test_dir_make();
    size_t failed = 0;
    Status status = STATUS_NO_MEMORY;
    (void)state;
    write_file(dir, "w.fods", xml);
    char *path = test_path(dir, "w.fods");
    while (status != STATUS_OK) {
        Arena *scratch = arena_new();
        Arena *texts = arena_new();
        arena_fail_after(scratch, failed);
        status = read_with(scratch, texts, path);
        if (status != STATUS_OK) {
            assert_int_equal(status, STATUS_NO_MEMORY);
            failed++;
        }
        arena_free(texts);
        arena_free(scratch);
    }
    assert_true(failed >=
                7); /* levels, buffer, value, two times a style and its name, text, spans */
    free(path);
    test_dir_remove(dir);
}

/* ---- archives ------------------------------------------------------------------------------- */

#define CONTENT(kind, sheets)                                                                      \
    "<office:document-content" SPACES "><office:body><office:" kind ">" sheets "</office:" kind    \
    "></office:body></office:document-content>"
#define MANIFEST(inside)                                                                           \
    "<manifest:manifest xmlns:manifest='" OASIS "manifest:1.0'><manifest:file-entry "              \
    "manifest:full-path='content.xml'>" inside "</manifest:file-entry></manifest:manifest>"
#define LOCK "<manifest:encryption-data manifest:checksum='x'/>"
#define LOCKED "E061 w:0:0 the workbook is protected by a password\n"

static void dump_archive(const char *content, const char *manifest, WorkbookDump *dump)
{
    char *dir = test_dir_make();
    ZipFile *zip = zip_file_new(dir, "w.ods");
    zip_file_add(zip, "mimetype", "application/vnd.oasis.opendocument.spreadsheet", 46, false);
    if (content != NULL)
        zip_file_add_text(zip, "content.xml", content);
    if (manifest != NULL)
        zip_file_add_text(zip, "META-INF/manifest.xml", manifest);
    zip_file_close(zip);
    char *path = test_path(dir, "w.ods");
    dump_workbook(path, NULL, dump);
    free(path);
    test_dir_remove(dir);
}

static void archives_are_read_or_refused(void **state)
{
    static const char sound[] = CONTENT("spreadsheet", TABLE(X));
    static const struct {
        const char *label;
        const char *content;
        const char *manifest;
        const char *want;
    } cases[] = {
        {"sound", sound, MANIFEST(""), "[S]\n2:t x\n"},
        {"without a manifest", sound, NULL, "[S]\n2:t x\n"},
        {"a manifest with a DOCTYPE", sound,
         "<!DOCTYPE manifest:manifest SYSTEM 'Manifest.dtd'>" MANIFEST(""), "[S]\n2:t x\n"},
        {"a manifest that is no XML", sound, "<encryption<encryption-dat", "[S]\n2:t x\n"},
        {"a password", "\x93\xAB", MANIFEST(LOCK), LOCKED},
        {"a password and a DOCTYPE", "\x93\xAB", "<!DOCTYPE m>" MANIFEST(LOCK), LOCKED},
        {"a text", CONTENT("text", TABLE(X)), MANIFEST(""), NO_SPREADSHEET},
        {"encrypted as a whole", NULL, MANIFEST(LOCK), LOCKED},
        {"a manifest of nothing", NULL, MANIFEST(""),
         "E060 w:0:0 a zip archive, but no spreadsheet in it\n"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        WorkbookDump dump;
        dump_archive(cases[i].content, cases[i].manifest, &dump);
        assert_case_text(cases[i].label, dump.text, cases[i].want);
    }
}

static void the_generator_of_an_archive_is_in_a_part_of_its_own(void **state)
{
    static const char meta[] =
        "<office:document-meta" SPACES ">" META("LibreOffice/7.4") "</office:document-meta>";
    WorkbookDump dump;
    char *dir = test_dir_make();
    ZipFile *zip = zip_file_new(dir, "w.ods");
    (void)state;
    zip_file_add_text(zip, "content.xml", CONTENT("spreadsheet", EMPTY_RESULT));
    zip_file_add_text(zip, "meta.xml", meta);
    zip_file_close(zip);
    char *path = test_path(dir, "w.ods");
    dump_workbook(path, NULL, &dump);
    assert_string_equal(dump.text, "[S]\n2:-|p|t x\n");
    free(path);
    test_dir_remove(dir);
}

/* An archive is unpacked in pieces; the word that tells may lie across the edge of two. */
static void a_password_is_seen_wherever_a_piece_ends(void **state)
{
    enum { PIECE = 65536, LONGEST = PIECE + 100 };
    char *manifest = malloc(LONGEST);
    (void)state;
    assert_non_null(manifest);
    for (size_t start = PIECE - sizeof LOCK; start <= PIECE; start++) {
        WorkbookDump dump;
        memset(manifest, ' ', start);
        memcpy(manifest + start, LOCK, sizeof LOCK);
        dump_archive("", manifest, &dump);
        assert_string_equal(dump.text, LOCKED);
    }
    free(manifest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sheets_are_offered_as_they_are),
        cmocka_unit_test(a_sheet_that_is_not_asked_for_is_passed_over),
        cmocka_unit_test(what_is_no_data_is_passed_over),
        cmocka_unit_test(other_prefixes_and_the_old_namespaces_are_known),
        cmocka_unit_test(repeats_beyond_the_limits_are_refused_with_their_place),
        cmocka_unit_test(merged_areas_are_counted_sheet_by_sheet),
        cmocka_unit_test(what_is_wrong_behind_a_sheet_is_not_said_of_it),
        cmocka_unit_test(a_text_at_the_limit_is_read_and_one_beyond_is_refused),
        cmocka_unit_test(files_that_are_no_spreadsheets_are_refused),
        cmocka_unit_test(office_programs_leave_empty_results_out),
        cmocka_unit_test(memory_that_ends_anywhere_is_said),
        cmocka_unit_test(archives_are_read_or_refused),
        cmocka_unit_test(the_generator_of_an_archive_is_in_a_part_of_its_own),
        cmocka_unit_test(a_password_is_seen_wherever_a_piece_ends),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
