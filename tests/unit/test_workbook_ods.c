/* OpenDocument spreadsheets, cell by cell: one small flat file a feature, and what must come of it,
 * by hand. What holds for whole sheets and files is in test_workbook_ods_files.c.
 */
#include "tests/support/flat_ods.h"
#include "tests/support/test_support.h"
#include "tests/support/workbook_dump.h"

/* ---- values --------------------------------------------------------------------------------- */

static void values_are_those_of_the_attributes(void **state)
{
    static const FlatCase cases[] = {
        {"float", ONE(FLOAT("12.50")), "[S]\n2:n 12.5\n"},
        {"with an exponent", ONE(FLOAT("1.2E-3")), "[S]\n2:n 0.0012\n"},
        {"with noise", ONE(FLOAT("0.30000000000000004")), "[S]\n2:n 0.3\n"},
        {"percentage", ONE(CELL("office:value-type='percentage' office:value='0.125'", P("12,5%"))),
         "[S]\n2:n 0.125\n"},
        {"currency",
         ONE(CELL("office:value-type='currency' office:currency='UAH' office:value='1234.5'",
                  P("1 234,50 грн"))),
         "[S]\n2:n 1234.5\n"},
        {"attributes in another order",
         ONE(CELL("office:value='7' table:style-name='x' office:value-type='float'", "")),
         "[S]\n2:n 7\n"},
        {"day", ONE(CELL("office:value-type='date' office:date-value='2026-04-01'", P("1 Apr"))),
         "[S]\n2:d 2026-04-01\n"},
        {"day and time",
         ONE(CELL("office:value-type='date' office:date-value='2026-04-01T12:29:59.9999999Z'", "")),
         "[S]\n2:d 2026-04-01T12:30:00\n"},
        {"time", ONE(CELL("office:value-type='time' office:time-value='PT36H30M00S'", P("x"))),
         "[S]\n2:d 36:30:00\n"},
        {"true", ONE(CELL("office:value-type='boolean' office:boolean-value='true'", P("ja"))),
         "[S]\n2:f TRUE\n"},
        {"false", ONE(CELL("office:value-type='boolean' office:boolean-value='false'", P("0"))),
         "[S]\n2:f FALSE\n"},
        {"1 and 0",
         ONE(CELL("office:value-type='boolean' office:boolean-value='1'", "")
                 CELL("office:value-type='boolean' office:boolean-value='0'", "")),
         "[S]\n2:f TRUE|f FALSE\n"},
        {"a truth value of LibreOffice is a number",
         ONE(CELL("table:formula='of:=TRUE()' office:value-type='float' office:value='1'",
                  P("TRUE"))),
         "[S]\n2:n 1\n"},
        {"a number of Google is a text", ONE(TEXT("12")), "[S]\n2:t 12\n"},
        {"a text in an attribute",
         ONE(CELL("office:value-type='string' office:string-value='a &amp; b'", P("shown"))),
         "[S]\n2:t a & b\n"},
        {"no type", ONE(CELL("", P("abc"))), "[S]\n2:t abc\n"},
        {"a type nobody knows", ONE(CELL("office:value-type='thing'", P("abc"))), "[S]\n2:t abc\n"},
        {"a number without its value", ONE(CELL("office:value-type='float'", P("12"))),
         "[S]\n2:t 12\n"},
        {"nothing", ONE(BLANK TEXT("") TEXT("x")), "[S]\n2:-|-|t x\n"},
    };
    (void)state;
    assert_flat_cases(cases, COUNT_OF(cases));
}

static void a_value_that_is_none_spoils_its_cell_alone(void **state)
{
    static const FlatCase cases[] = {
        {"number", ONE(FLOAT("1,5") FLOAT("2")), "[S]\n2:e 1,5|n 2\n"},
        {"not finite", ONE(FLOAT("NaN")), "[S]\n2:e NaN\n"},
        {"day", ONE(CELL("office:value-type='date' office:date-value='2026-02-30'", P("x"))),
         "[S]\n2:e 2026-02-30\n"},
        {"time", ONE(CELL("office:value-type='time' office:time-value='12:30'", P("x"))),
         "[S]\n2:e 12:30\n"},
        {"truth", ONE(CELL("office:value-type='boolean' office:boolean-value='maybe'", P("x"))),
         "[S]\n2:e maybe\n"},
    };
    (void)state;
    assert_flat_cases(cases, COUNT_OF(cases));
}

#define ZERO(shown) CELL(FORMULA "office:value-type='float' office:value='0'", P(shown))

static void formulas_have_results_errors_or_nothing(void **state)
{
    static const FlatCase cases[] = {
        {"a number", ONE(CELL(FORMULA "office:value-type='float' office:value='3'", P("3"))),
         "[S]\n2:n 3\n"},
        {"a text", ONE(CELL(FORMULA "office:value-type='string'", P("abc"))), "[S]\n2:t abc\n"},
        {"an empty text",
         ONE(CELL(FORMULA "office:value-type='string' office:string-value=''", "") TEXT("x")),
         "[S]\n2:-|t x\n"},
        {"an empty text without attribute",
         ONE(CELL(FORMULA "office:value-type='string'", P("")) TEXT("x")), "[S]\n2:-|t x\n"},
        {"no result", ONE("<table:table-cell " FORMULA "/>"), "[S]\n2:p\n"},
        {"no result, but a type", ONE("<table:table-cell " FORMULA "office:value-type='float'/>"),
         "[S]\n2:p\n"},
        {"an error of LibreOffice",
         ONE(CELL(FORMULA "office:value-type='string' office:string-value='' "
                          "calcext:value-type='error'",
                  P("#DIV/0!"))),
         "[S]\n2:e #DIV/0!\n"},
        {"an error without a formula",
         ONE(CELL("office:value-type='string' office:string-value='' calcext:value-type='error'",
                  P("#REF!"))),
         "[S]\n2:e #REF!\n"},
        {"an error without a name",
         ONE(CELL(FORMULA "office:value-type='string' office:string-value='' "
                          "calcext:value-type='error'",
                  "")),
         "[S]\n2:e #ERROR!\n"},
        {"errors of old files", ONE(ZERO("#DIV/0!") ZERO("#N/A") ZERO("Err:502") ZERO("#REF!")),
         "[S]\n2:e #DIV/0!|e #N/A|e Err:502|e #REF!\n"},
        {"and in other languages", ONE(ZERO("#ADR!") ZERO("Błąd:502") ZERO("#ЗНАЧ!")),
         "[S]\n2:e #ADR!|e Błąd:502|e #ЗНАЧ!\n"},
        {"zeros that look like errors",
         ONE(ZERO("#0") ZERO("12:502") ZERO("# 0") ZERO("a:5") ZERO("#") ZERO("Tour:123")),
         "[S]\n2:n 0|n 0|n 0|n 0|n 0|n 0\n"},
        {"an error in a text's place",
         ONE(CELL(FORMULA "office:value-type='string' office:string-value=''", P("Err:522"))
                 CELL(FORMULA "office:value-type='string'", P("#N/A"))),
         "[S]\n2:e Err:522|e #N/A\n"},
        {"a typed text that is an error written out, and one that is none",
         ONE(TEXT("#N/A") CELL(FORMULA "office:value-type='string'", P("#1"))),
         "[S]\n2:e #N/A|t #1\n"},
    };
    (void)state;
    assert_flat_cases(cases, COUNT_OF(cases));
}

/* ---- texts ---------------------------------------------------------------------------------- */

static void white_space_is_that_of_the_standard(void **state)
{
    static const FlatCase cases[] = {
        {"runs", ONE(TEXT("\n  a  \t b\r\n c \n")), "[S]\n2:t a b c\n"},
        {"spaces", ONE(TEXT("a<text:s/>b<text:s text:c='3'/>c")), "[S]\n2:t a b   c\n"},
        {"spaces beside a space", ONE(TEXT("a <text:s text:c='2'/>b<text:s/> c")),
         "[S]\n2:t a   b  c\n"},
        {"spaces between spaces", ONE(TEXT("a <text:s/> b")), "[S]\n2:t a   b\n"},
        {"tab", ONE(TEXT("a<text:tab/>b")), "[S]\n2:t a\tb\n"},
        {"line end", ONE(TEXT("a<text:line-break/>b")), "[S]\n2:t a/b\n"},
        {"paragraphs", ONE(CELL("office:value-type='string'", P(" a ") P("") P(" b"))),
         "[S]\n2:t a//b\n"},
        {"a heading", ONE(CELL("", "<text:h>a</text:h>" P("b"))), "[S]\n2:t a/b\n"},
        {"a list",
         ONE(CELL("", "<text:list><text:list-item>" P("a") "</text:list-item><text:list-item>" P(
                          "b") "</text:list-item></text:list>")),
         "[S]\n2:t a/b\n"},
        {"white space between elements", ONE(CELL("", "\n  " P("a") "\n  " P("b") "\n")),
         "[S]\n2:t a/b\n"},
        {"over spans", ONE(TEXT("a <text:span> b</text:span> <text:span>c </text:span>")),
         "[S]\n2:t a b c\n"},
    };
    (void)state;
    assert_flat_cases(cases, COUNT_OF(cases));
}

static void what_belongs_to_a_text_is_read_and_notes_are_not(void **state)
{
    static const FlatCase cases[] = {
        {"spans and links",
         ONE(TEXT("a<text:span>b<text:a xlink:href='http://c'>d</text:a></text:span>e")),
         "[S]\n2:t abde\n"},
        {"fields", ONE(TEXT("on <text:date>1 April</text:date>")), "[S]\n2:t on 1 April\n"},
        {"entities and CDATA", ONE(TEXT("&lt;&#x416;&gt;<![CDATA[<b>]]>")), "[S]\n2:t <Ж><b>\n"},
        {"a comment", ONE(TEXT("a<!-- no -->b<?no no?>c")), "[S]\n2:t abc\n"},
        {"note", ONE(TEXT("a<text:note><text:note-body>" P("no") "</text:note-body></text:note>b")),
         "[S]\n2:t ab\n"},
        {"ruby",
         ONE(TEXT("<text:ruby><text:ruby-base>a</text:ruby-base><text:ruby-text>no</text:ruby-text>"
                  "</text:ruby>")),
         "[S]\n2:t a\n"},
        {"annotation",
         ONE(CELL("", "<office:annotation><dc:creator>no</dc:creator>" P(
                          "no") "</office:annotation>" P("a"))),
         "[S]\n2:t a\n"},
        {"annotation alone",
         ONE(CELL("", "<office:annotation>" P("no") "</office:annotation>") TEXT("a")),
         "[S]\n2:-|t a\n"},
        {"drawing",
         ONE(CELL("",
                  "<draw:frame><draw:text-box>" P("no") "</draw:text-box></draw:frame>" P("a"))),
         "[S]\n2:t a\n"},
        {"drawing in a paragraph",
         ONE(TEXT("a<draw:frame><draw:text-box>" P("no") "</draw:text-box></draw:frame>b")),
         "[S]\n2:t ab\n"},
        {"a table in a cell", ONE(CELL("", TABLE(ROW(TEXT("no"))) P("a")) TEXT("b")),
         "[S]\n2:t a|t b\n"},
    };
    (void)state;
    assert_flat_cases(cases, COUNT_OF(cases));
}

/* ---- rows, columns, sheets ------------------------------------------------------------------ */

static void repeats_are_expanded_and_blank_ones_are_not(void **state)
{
    static const FlatCase cases[] = {
        {"a filled cell",
         ONE(CELL("office:value-type='float' office:value='1' table:number-columns-repeated='3'",
                  "") TEXT("x")),
         "[S]\n2:n 1|n 1|n 1|t x\n"},
        {"a gap", ONE(BLANKS("3") TEXT("x")), "[S]\n2:-|-|-|t x\n"},
        {"a blank end of a row", ONE(TEXT("x") BLANKS("16383")), "[S]\n2:t x\n"},
        {"a blank end beyond all limits", ONE(TEXT("x") BLANKS("99999999999999999999")),
         "[S]\n2:t x\n"},
        {"blank rows", SHEET(ROWS("3", BLANK) ROW(TEXT("x"))), "[S]\n5:t x\n"},
        {"a blank end", SHEET(ROW(TEXT("x")) ROWS("1048574", BLANKS("16384"))), "[S]\n2:t x\n"},
        {"a blank end beyond all limits",
         SHEET(ROW(TEXT("x")) ROWS("4000000000", BLANKS("9")) ROWS("4000000000", BLANK)),
         "[S]\n2:t x\n"},
        {"blank rows with a format",
         SHEET(ROWS("5", CELL("office:value-type='string'", P(""))) ROW(TEXT("x"))),
         "[S]\n7:t x\n"},
        {"filled rows", SHEET(ROWS("3", TEXT("x") FLOAT("1")) ROW(TEXT("y"))),
         "[S]\n2:t x|n 1\n3:t x|n 1\n4:t x|n 1\n5:t y\n"},
        {"0 is once", SHEET(ROWS("0", TEXT("x")) ROW(BLANKS("0") TEXT("y"))),
         "[S]\n2:t x\n3:-|t y\n"},
        {"last row and column", SHEET(ROWS("1048574", BLANK) ROW(TEXT("x") BLANKS("16382"))),
         "[S]\n1048576:t x\n"},
        {"rows in groups",
         BOOK(TABLE(
             "<table:table-header-rows>" HEADINGS "</table:table-header-rows>"
             "<table:table-row-group><table:table-row-group>" ROW(TEXT(
                 "x")) "</table:table-row-group>" ROW(TEXT("y")) "</table:table-row-group>"
                                                                 "<table:table-rows>" ROW(TEXT(
                                                                     "z")) "</table:table-rows>")),
         "[S]\n2:t x\n3:t y\n4:t z\n"},
    };
    (void)state;
    assert_flat_cases(cases, COUNT_OF(cases));
}

#define MERGED(columns, rows, text)                                                                \
    CELL("office:value-type='string' table:number-columns-spanned='" columns                       \
         "' table:number-rows-spanned='" rows "'",                                                 \
         P(text))
#define COVERED "<table:covered-table-cell>" P("no") "</table:covered-table-cell>"
#define W115(place, areas)                                                                         \
    "W115 w:" place ":0 cells are merged (" areas "): the first of them counts, the others are "   \
    "empty\n"

static void only_the_first_of_merged_cells_counts(void **state)
{
    static const FlatCase cases[] = {
        {"sideways", SHEET(ROW(MERGED("2", "1", "x") COVERED TEXT("y"))),
         "[S]\n2:t x|-|t y\n" W115("2", "A2:B2")},
        {"both ways",
         SHEET(ROW(TEXT("p") MERGED("2", "2", "x") COVERED)
                   ROW(TEXT("q") "<table:covered-table-cell table:number-columns-repeated='2'>" P(
                       "no") "</table:covered-table-cell>" TEXT("y"))),
         "[S]\n2:t p|t x\n3:t q|-|-|t y\n" W115("2", "B2:C3")},
        {"in repeated rows", SHEET(ROWS("3", MERGED("2", "1", "x") COVERED TEXT("y"))),
         "[S]\n2:t x|-|t y\n3:t x|-|t y\n4:t x|-|t y\n" W115("2", "A2:B2, A3:B3, A4:B4")},
        {"blank, in repeated rows",
         SHEET(ROWS("900000", MERGED("2", "1", "") COVERED) ROW(TEXT("y"))), "[S]\n900002:t y\n"},
        {"columns side by side",
         SHEET(ROW(CELL("table:number-columns-repeated='2' table:number-rows-spanned='2'", "") TEXT(
             "y")) ROW("<table:covered-table-cell table:number-columns-repeated='2'/>" TEXT("z"))),
         "[S]\n2:-|-|t y\n3:-|-|t z\n" W115("2", "A2:A3, B2:B3")},
    };
    (void)state;
    assert_flat_cases(cases, COUNT_OF(cases));
}

static void what_is_hidden_is_said(void **state)
{
    static const FlatCase cases[] = {
        {"rows",
         SHEET(ROW_WITH("table:visibility='collapse'", TEXT("x"))
                   ROW_WITH("table:visibility='filter' table:number-rows-repeated='2'", TEXT("y"))
                       ROW_WITH("table:visibility='visible'", TEXT("z"))),
         "[S]\n2:t x\n3:t y\n4:t y\n5:t z\n"
         "W114 w:2:0 3 rows are hidden (2 to 4) and read like the others\n"},
        {"columns",
         BOOK(TABLE(COLUMN("") "<table:table-column-group>" COLUMN(
             "table:visibility='collapse' "
             "table:number-columns-repeated='"
             "2'") "</"
                   "table:table-column-"
                   "group>" COLUMN("table:number-columns-"
                                   "repeated='16381'") COLUMN("table:visibility="
                                                              "'collapse' "
                                                              "table:number-"
                                                              "columns-repeated="
                                                              "'4000000000'")
                        HEADINGS ROW(TEXT("x")))),
         "[S]\n2:t x\nW114 w:1:0 columns B, C are hidden and read like the others\n"},
    };
    (void)state;
    assert_flat_cases(cases, COUNT_OF(cases));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_those_of_the_attributes),
        cmocka_unit_test(a_value_that_is_none_spoils_its_cell_alone),
        cmocka_unit_test(formulas_have_results_errors_or_nothing),
        cmocka_unit_test(white_space_is_that_of_the_standard),
        cmocka_unit_test(what_belongs_to_a_text_is_read_and_notes_are_not),
        cmocka_unit_test(repeats_are_expanded_and_blank_ones_are_not),
        cmocka_unit_test(only_the_first_of_merged_cells_counts),
        cmocka_unit_test(what_is_hidden_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
