/* Namespaces in workbooks: prefixes mean what the nearest declaration says, names of other namespaces
 * are never taken for a spreadsheet's own, and no tag costs more than its bytes.
 */
#include "tests/support/flat_ods.h"
#include "tests/support/test_support.h"
#include "tests/support/workbook_dump.h"
#include "tests/support/xlsx_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define AGAIN "; open it in Excel or LibreOffice and save it again"
#define PART "round.xlsx!needs: error %s: part 'xl/worksheets/sheet1.xml' %s" AGAIN

enum { TEXT_SIZE = 16 * 1024 * 1024, KIB_MAX = 64 * 1024 };

/* Puts the text behind what is there, in a buffer that is large enough. */
static void put(char **end, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void put(char **end, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    *end += vsnprintf(*end, 1000, format, args);
    va_end(args);
}

static char *new_text(void)
{
    char *text = malloc(TEXT_SIZE);
    assert_non_null(text);
    text[0] = '\0';
    return text;
}

/* ---- what is read --------------------------------------------------------------------------- */

#define MAIN "'" XLSX_MAIN "'"
#define X_SHEET(inside)                                                                            \
    "<x:worksheet xmlns:x=" MAIN "><x:sheetData>" inside "</x:sheetData></x:worksheet>"
#define X_CELL(place, text)                                                                        \
    "<x:c r='" place "' t='inlineStr'><x:is><x:t>" text "</x:t></x:is></x:c>"
#define X_HEADING "<x:row r='1'>" X_CELL("A1", "id") X_CELL("B1", "title") "</x:row>"

static void prefixes_mean_what_the_nearest_declaration_says(void **state)
{
    static const struct {
        const char *label;
        const char *sheet;
        const char *want;
    } cases[] = {
        {"a prefix", X_SHEET(X_HEADING "<x:row>" X_CELL("A2", "a") "</x:row>"), "[needs]\n2:a\n"},
        {"another meaning, and the first again",
         X_SHEET(X_HEADING "<x:row><x:c r='A2' xmlns:x='urn:e'/>" X_CELL("A2", "a")
                     X_CELL("B2", "b") "</x:row>"),
         "[needs]\n2:a|b\n"},
        {"another meaning in one that is passed over",
         X_SHEET(X_HEADING "<e:list xmlns:e='urn:e'><e:e xmlns:x='urn:e'>" X_CELL(
             "A2", "no") "</e:e></e:list><x:row>" X_CELL("A2", "a") "</x:row>"),
         "[needs]\n2:a\n"},
        {"the meaning anew, twice deep",
         X_SHEET(X_HEADING
                 "<x:row xmlns:x=" MAIN "><x:c xmlns:x=" MAIN
                 " r='A2'><x:v>7</x:v></x:c></x:row><x:row>" X_CELL("A3", "a") "</x:row>"),
         "[needs]\n2:7#\n3:a\n"},
        {"before its declaration",
         X_SHEET(X_HEADING "<y:row y:r='9' xmlns:y=" MAIN ">" X_CELL("A2", "a") "</y:row>"),
         "[needs]\n2:a\n"},
        {"the default changed and back",
         "<worksheet xmlns=" MAIN "><sheetData xmlns:x=" MAIN ">" X_HEADING
         "<row r='2'><c r='A2' xmlns='urn:e'><v>1</v></c><c r='A2'><v>2</v></c></row>"
         "</sheetData></worksheet>",
         "[needs]\n2:2#\n"},
        {"no namespace at all",
         "<worksheet><sheetData xmlns:x=" MAIN ">" X_HEADING
         "<row><c><v>2</v></c></row></sheetData></worksheet>",
         "[needs]\n2:2#\n"},
        {"the prefix xml declared as what it is",
         X_SHEET(X_HEADING "<x:row xmlns:xml='http://www.w3.org/XML/1998/namespace'><x:c r='A2' "
                           "t='inlineStr'><x:is><x:t xml:space='preserve'>a</x:t></x:is></x:c>"
                           "</x:row>"),
         "[needs]\n2:a\n"},
        {"a name that begins like a declaration",
         X_SHEET(X_HEADING "<x:row xmlnsx='urn:e' xmln='urn:e'>" X_CELL("A2", "a") "</x:row>"),
         "[needs]\n2:a\n"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        XlsxFile file = {.sheet = cases[i].sheet};
        WorkbookRead read;
        xlsx_read_text(&file, &read);
        assert_case_text(cases[i].label, read.finding, "");
        assert_case_text(cases[i].label, read.text, cases[i].want);
    }
}

#define E " xmlns:e='urn:e'"

static void attributes_of_other_namespaces_are_not_taken(void **state)
{
    static const struct {
        const char *label;
        XlsxFile file;
        const char *want;
    } cases[] = {
        {"of a row",
         {.rows = "<row r='2' e:r='7' e:hidden='1' e:ht='0'" E ">" XLSX_TEXT("A2", "a") "</row>"},
         "[needs]\n2:a\n"},
        {"of a row, before its own",
         {.rows = "<row" E " e:r='7' e:hidden='0' r='2' hidden='1'>" XLSX_TEXT("A2", "a") "</row>"},
         "[needs]\n2 hidden:a\n"},
        {"of a cell",
         {.rows = "<row r='2'><c e:r='C3' e:t='e' e:s='1' r='B2'" E "><v>1</v></c></row>"},
         "[needs]\n2:|1#\n"},
        {"of a spreadsheet's own namespace",
         {.rows = "<row r='2' m:hidden='1' xmlns:m=" MAIN "><c r='A2' m:t='e' xmlns:m=" MAIN
                  "><v>1</v></c></row>"},
         "[needs]\n2:1#\n"},
        {"of a sheet",
         {.book = "<sheets><sheet e:name='no' e:state='hidden' name='needs' e:id='r9' r:id='r1'" E
                  "/></sheets>",
          .rows = ""},
         "[needs]\n"},
        {"of the strict edition",
         {.book = "<sheets><sheet name='needs' s:id='r1' "
                  "xmlns:s='http://purl.oclc.org/ooxml/officeDocument/relationships'/></sheets>",
          .rows = ""},
         "[needs]\n"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        WorkbookRead read;
        xlsx_read_text(&cases[i].file, &read);
        assert_case_text(cases[i].label, read.finding, "");
        assert_case_text(cases[i].label, read.text, cases[i].want);
    }
}

#define FLOAT_TYPE "office:value-type='float' "

static void an_open_document_has_namespaces_too(void **state)
{
    static const struct {
        const char *label;
        const char *xml;
        const char *want;
    } cases[] = {
        {"attributes of another",
         ONE(CELL(FLOAT_TYPE "e:value='1' office:value='2' e:formula='x'" E, "")), "[S]\n2:n 2\n"},
        {"attributes of none", ONE(CELL(FLOAT_TYPE "office:value='2' value='1'", "")),
         "[S]\n2:n 2\n"},
        {"a default for elements alone",
         ONE("<table-cell xmlns='" OASIS "table:1.0' number-columns-repeated='3' " FLOAT_TYPE
             "office:value='2'/>"),
         "[S]\n2:n 2\n"},
        {"the default undone",
         ONE("<table-cell xmlns='" OASIS "table:1.0'><table-cell xmlns=''/></table-cell>"
             "<e:e" E " xmlns='" OASIS "table:1.0'><table-cell xmlns=''/></e:e>" FLOAT("2")),
         "[S]\n2:-|n 2\n"},
        {"the default undone in a row",
         SHEET("<table-row xmlns='" OASIS "table:1.0'><table-cell xmlns='' " FLOAT_TYPE
               "office:value='1'/><table-cell " FLOAT_TYPE "office:value='2'/></table-row>"),
         "[S]\n2:n 2\n"},
        {"a prefix with another meaning",
         ONE("<table:table-cell xmlns:table='urn:e'/>"
             "<t:table-cell xmlns:t='" OASIS "table:1.0' xmlns:office='urn:e' " FLOAT_TYPE
             "office:value='1'/>" FLOAT("2")),
         "[S]\n2:-|n 2\n"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        WorkbookDump dump;
        dump_flat(cases[i].xml, strlen(cases[i].xml), NULL, &dump);
        assert_case_text(cases[i].label, dump.text, cases[i].want);
    }
}

/* ---- what is refused ------------------------------------------------------------------------ */

static void check_refused(const char *label, const char *sheet, const char *code, const char *what)
{
    XlsxFile file = {.sheet = sheet};
    char *dir = test_dir_make();
    char *path = test_path(dir, "round.xlsx");
    char want[1000];
    snprintf(want, sizeof want, PART, code, what);
    xlsx_file_write(dir, "round.xlsx", &file);
    workbook_check_refused(label, path, want, WORKBOOK_BYTES_MAX);
    free(path);
    test_dir_remove(dir);
}

static void wrong_names_are_refused(void **state)
{
#define SHEET_OF(inside) "<worksheet xmlns=" MAIN ">\n" inside "</worksheet>"
#define INVALID "not well-formed (invalid token)"
#define TOO_OTHER "reserved prefix (xml) must not be undeclared or bound to another namespace name"
    static const struct {
        const char *label;
        const char *sheet;
        const char *error;
    } cases[] = {
        {"an element", SHEET_OF("<x:a/>"), "unbound prefix"},
        {"an attribute", SHEET_OF("<a x:b=''/>"), "unbound prefix"},
        {"declared beside it", SHEET_OF("<a xmlns:x='urn:x'/><x:a/>"), "unbound prefix"},
        {"declared inside it", SHEET_OF("<x:a><a xmlns:x='urn:x'/></x:a>"), "unbound prefix"},
        {"the prefix of declarations", SHEET_OF("<xmlns:a/>"), "unbound prefix"},
        {"two colons", SHEET_OF("<a xmlns:x='urn:x' x:y:z=''/>"), INVALID},
        {"nothing behind", SHEET_OF("<a xmlns:x='urn:x' x:=''/>"), INVALID},
        {"nothing before", SHEET_OF("<:a/>"), INVALID},
        {"a declaration of nothing", SHEET_OF("<a xmlns:='urn:x'/>"), INVALID},
        {"a declaration with two colons", SHEET_OF("<a xmlns:x:y='urn:x'/>"), INVALID},
        {"undone", SHEET_OF("<a xmlns:x=''/>"), "must not undeclare prefix"},
        {"xml as something else", SHEET_OF("<a xmlns:xml='urn:x'/>"), TOO_OTHER},
        {"xmlns", SHEET_OF("<a xmlns:xmlns='urn:x'/>"),
         "reserved prefix (xmlns) must not be declared or undeclared"},
        {"another prefix for xml", SHEET_OF("<a xmlns:x='http://www.w3.org/XML/1998/namespace'/>"),
         "prefix must not be bound to one of the reserved namespace names"},
        {"the default for xmlns", SHEET_OF("<a xmlns='http://www.w3.org/2000/xmlns/'/>"),
         "prefix must not be bound to one of the reserved namespace names"},
        {"twice", SHEET_OF("<a xmlns:x='urn:x' xmlns:y='urn:x' x:b='1' y:b='2'/>"),
         "duplicate attribute"},
        {"twice, declared far away",
         SHEET_OF("<a xmlns:y='urn:x'><a xmlns:x='urn:x'><a y:b='1' c='' x:b='2'/></a></a>"),
         "duplicate attribute"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char what[500];
        snprintf(what, sizeof what, "is not well-formed XML (%s, line 2)", cases[i].error);
        check_refused(cases[i].label, cases[i].sheet, "E060", what);
    }
}

/* Puts the pattern, a number in place of '#'. */
static void put_numbered(char **end, const char *pattern, int number)
{
    const char *mark = strchr(pattern, '#');
    put(end, "%.*s%d%s", (int)(mark - pattern), pattern, number, mark + 1);
}

/* An element with as many attributes of a pattern as are allowed is passed over, and one more is
 * refused. */
static void check_limit(const char *label, const char *declared, const char *pattern, int limit,
                        const char *what)
{
    for (int more = 0; more < 2; more++) {
        char *sheet = new_text();
        char *end = sheet;
        put(&end, "<worksheet xmlns=" MAIN "><sheetData>");
        put(&end, "%s", XLSX_HEADINGS);
        put(&end, "</sheetData><a%s", declared);
        for (int i = 0; i < limit + more; i++)
            put_numbered(&end, pattern, i);
        put(&end, "/></worksheet>");
        if (more > 0) {
            check_refused(label, sheet, "E062", what);
        } else {
            WorkbookRead read;
            xlsx_read_text(&(XlsxFile){.sheet = sheet}, &read);
            assert_case_text(label, read.finding, "");
        }
        free(sheet);
    }
}

static void what_a_tag_may_hold_is_bounded(void **state)
{
    (void)state;
    check_limit("attributes", E, " e:a#=''", 1000, "has more than 1000 attributes at one element");
    check_limit("of one namespace", " xmlns:x='urn:x' xmlns:y='urn:x'", " y:a#=''", 100,
                "has more than 100 attributes at one element in a namespace of several prefixes");
    check_limit("with one prefix alone, beside the default", " xmlns:y=" MAIN, " y:a#=''", 1000,
                "has more than 1000 attributes at one element");
    check_limit("declarations", "", " xmlns:x#='urn:x'", 127, /* and the default */
                "has more than 128 namespaces at one place");
}

/* The declarations of elements side by side do not add up, and each is forgotten in turn. */
static void declarations_end_with_their_element(void **state)
{
    char *sheet = new_text();
    char *end = sheet;
    WorkbookRead read;
    (void)state;
    put(&end, "<worksheet xmlns=" MAIN "><sheetData>");
    put(&end, "%s", XLSX_HEADINGS);
    for (int i = 0; i < 1000; i++)
        put(&end, "<e:a xmlns:e='urn:%d' xmlns:f='urn:f'><f:b xmlns:g='urn:g'/></e:a>", i);
    put(&end, "</sheetData></worksheet>");
    xlsx_read_text(&(XlsxFile){.sheet = sheet}, &read);
    assert_string_equal(read.finding, "");
    free(sheet);
}

static void check_lengths(int prefix, int name, const char *what)
{
    char *sheet = new_text();
    char *end = sheet;
    put(&end, "<worksheet xmlns=" MAIN "><a xmlns:x%0*d='%0*d'/></worksheet>", prefix - 1, 0, name,
        0);
    if (what != NULL) {
        check_refused("too long", sheet, "E062", what);
    } else {
        WorkbookRead read;
        xlsx_read_text(&(XlsxFile){.sheet = sheet}, &read);
        assert_string_equal(read.finding, "");
    }
    free(sheet);
}

static void long_names_are_refused(void **state)
{
    (void)state;
    check_lengths(64, 256, NULL);
    check_lengths(65, 256, "has more than 64 bytes in the prefix of a namespace");
    check_lengths(64, 257, "has more than 256 bytes in the name of a namespace");
}

/* ---- bombs ---------------------------------------------------------------------------------- */

static long most_kib(void)
{
    struct rusage used;
    assert_int_equal(getrusage(RUSAGE_SELF, &used), 0);
    return used.ru_maxrss;
}

/* A quarter of a MiB that means two GB, when the name is put before each attribute. */
static void a_long_name_is_not_copied_for_each_attribute(void **state)
{
    char *sheet = new_text();
    char *end = sheet;
    (void)state;
    put(&end, "<worksheet xmlns=" MAIN " xmlns:e='");
    memset(end, 'n', 100000);
    end += 100000;
    put(&end, "'");
    for (int i = 0; i < 15000; i++)
        put(&end, " e:%x=''", 0xA0000 + i);
    put(&end, "/>");
    long before = most_kib();
    check_refused("bomb", sheet, "E062", "has more than 256 bytes in the name of a namespace");
    assert_true(most_kib() - before < KIB_MAX);
    free(sheet);
}

/* As much as is allowed, tag after tag. */
static void tags_of_many_names_cost_no_more_than_their_bytes(void **state)
{
    enum { TAGS = 1000, NAMES = 1000, PREFIXES = 100 };
    char *sheet = new_text();
    char *end = sheet;
    WorkbookRead read;
    (void)state;
    put(&end, "<worksheet xmlns=" MAIN);
    for (int i = 0; i < PREFIXES; i++)
        put(&end, " xmlns:p%d='%0255d%c'", i, i, 'x');
    put(&end, "><sheetData>");
    put(&end, "%s", XLSX_HEADINGS);
    for (int t = 0; t < TAGS; t++) {
        put(&end, "<a");
        for (int i = 0; i < NAMES; i++)
            put(&end, " p%d:a%d=''", i % PREFIXES, i);
        put(&end, "/>");
    }
    put(&end, "</sheetData></worksheet>");
    assert_true(end < sheet + TEXT_SIZE);
    long before = most_kib();
    xlsx_read_text(&(XlsxFile){.sheet = sheet}, &read);
    assert_string_equal(read.finding, "");
    assert_true(read.bytes < WORKBOOK_BYTES_MAX);
    assert_true(read.seconds < WORKBOOK_SECONDS_MAX);
    assert_true(most_kib() - before < KIB_MAX);
    free(sheet);
}

/* The parser keeps every name to the end. */
static void names_without_end_are_refused(void **state)
{
    static const char *const patterns[] = {"<a#/>", "<a b#=''/>", "<a><a#/></a>"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(patterns); i++) {
        char *sheet = new_text();
        char *end = sheet;
        put(&end, "<worksheet xmlns=" MAIN ">");
        for (int n = 0; n < 800000; n++)
            put_numbered(&end, patterns[i], n);
        put(&end, "</worksheet>");
        check_refused(patterns[i], sheet, "E062", "has more than 32 MiB of names that differ");
        free(sheet);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_long_name_is_not_copied_for_each_attribute),
        cmocka_unit_test(tags_of_many_names_cost_no_more_than_their_bytes),
        cmocka_unit_test(names_without_end_are_refused),
        cmocka_unit_test(prefixes_mean_what_the_nearest_declaration_says),
        cmocka_unit_test(attributes_of_other_namespaces_are_not_taken),
        cmocka_unit_test(an_open_document_has_namespaces_too),
        cmocka_unit_test(wrong_names_are_refused),
        cmocka_unit_test(what_a_tag_may_hold_is_bounded),
        cmocka_unit_test(declarations_end_with_their_element),
        cmocka_unit_test(long_names_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
