/* What a number format shows beside a figure: out of format codes, out of cells of .xlsx and .ods, and
 * what a row makes of it.
 */
#include "tests/support/expected_findings.h"
#include "tests/support/flat_ods.h"
#include "tests/support/one_column.h"
#include "tests/support/read_round.h"
#include "tests/support/test_support.h"
#include "tests/support/xlsx_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/currency_sign.h"
#include "io/number_shown.h"

/* ---- codes ---------------------------------------------------------------------------------- */

typedef struct Case {
    const char *code;
    const char *currencies; /* NULL: none */
    uint32_t marks;
} Case;

static void check_cases(const Case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t shown = number_shown(cases[i].code);
        const char *found = currency_of_id(shown & SHOWN_CURRENCY);
        const char *want = cases[i].currencies;
        assert_case_text(cases[i].code, found != NULL ? found : "", want != NULL ? want : "");
        assert_case_int(cases[i].code, (long)(shown & ~(uint32_t)SHOWN_CURRENCY),
                        (long)cases[i].marks);
    }
}

static void codes_name_their_currency(void **state)
{
    static const char dollars[] = "USD CAD AUD NZD SGD HKD";
    static const Case cases[] = {
        {"[$$-409]#,##0.00", dollars, 0},
        {"#,##0\\ [$USD]", "USD", 0},
        {"[$USD-409] #,##0.00", "USD", 0},
        {"\"€\"#,##0", "EUR", 0},
        {"[$€-2]\\ #,##0.00", "EUR", 0},
        {"#,##0.00\\ [$€-x-euro2]", "EUR", 0},
        {"_-* #,##0.00\\ [$zł-415]_-;-* #,##0.00\\ [$zł-415]_-", "PLN", 0},
        {"#,##0.00\\ \"грн.\"", "UAH", 0},
        {"#,##0.00[$₴-422]", "UAH", 0},
        {"$#,##0;[Red]-$#,##0", dollars, 0},
        {"£#,##0", "GBP", 0},
        {"#,##0 EUR", "EUR", 0},
        {"#,##0\\ \\E\\U\\R", "EUR", 0},
        {"General\\ \"PLN\"", "PLN", 0},
        {"#,##0\\ [$Ft-40E]", "HUF", 0},
        {"[Red][>100]#,##0\\ [$CHF];0", "CHF", 0},
        {"\"free\";#,##0\\ [$USD]", "USD", 0}, /* the first section shows no figure */
        {"0.00E+00\\ \"EUR\"", "EUR", 0},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

static void codes_of_a_figure_alone_show_nothing(void **state)
{
    static const Case cases[] = {
        {"General", NULL, 0},
        {"", NULL, 0},
        {"@", NULL, 0},
        {"0", NULL, 0},
        {"#,##0.00", NULL, 0},
        {"#,##0.00;[Red]-#,##0.00", NULL, 0},
        {"# ?/?", NULL, 0},
        {"0.00E+00", NULL, 0},
        {"_-* #,##0.00_-;-* #,##0.00_-;_-* \"-\"??_-;_-@_-", NULL, 0},
        {"0.00\" days\"", NULL, 0},
        {"0\" шт.\"", NULL, 0},
        {"0\" m\"", NULL, 0},
        {"#,##0;\"$\"0", NULL, 0},          /* of negative figures */
        {"[$-409]#,##0.00", NULL, 0},       /* a locale alone */
        {"#,##0\\ [$₿]", NULL, 0},        /* nobody knows it */
        {"[$-409]d\\ mmm\\ yyyy", NULL, 0}, /* a day */
        {"[$USD", NULL, 0},                 /* broken */
        {"\"EUR", NULL, 0},
        {"\\", NULL, 0},
        {"0\\", NULL, 0},
        {"0_", NULL, 0},
        {"0[", NULL, 0},
        {";;;", NULL, 0},
        {"_€0", NULL, 0}, /* as wide as a sign */
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

static void codes_tell_of_scale_and_percent(void **state)
{
    static const Case cases[] = {
        {"#,##0\" тис. EUR\"", "EUR", SHOWN_SCALE},
        {"0.0\\ \"mln zł\"", "PLN", SHOWN_SCALE},
        {"0.0\"k\"", NULL, SHOWN_SCALE},
        {"0\"k€\"", "EUR", SHOWN_SCALE},
        {"#,##0\",000\"", NULL, SHOWN_SCALE},
        {"[$€-2]0.0\"M\"", "EUR", SHOWN_SCALE},
        {"#,##0,\" тис. EUR\"", "EUR", 0}, /* what is stored is the full amount */
        {"0.0,,\"M\"", NULL, 0},
        {"#,##0,", NULL, 0},
        {"0.0\"%\"", NULL, SHOWN_PERCENT},
        {"0\\%", NULL, SHOWN_PERCENT},
        {"0\" percent\"", NULL, SHOWN_PERCENT},
        {"0%", NULL, SHOWN_SHARE},
        {"0.00\\ %", NULL, SHOWN_SHARE},
        {"0.00%;[Red]-0.00%", NULL, SHOWN_SHARE},
    };
    (void)state;
    check_cases(cases, COUNT_OF(cases));
}

static void formats_of_the_readers_country_name_no_currency(void **state)
{
    (void)state;
    for (long id = -1; id < 50; id++)
        assert_int_equal(number_shown_of_id(id, NULL), id == 9 || id == 10 ? SHOWN_SHARE : 0);
    assert_int_equal(number_shown_of_id(44, "_(\"$\"* #,##0.00_)"), 0);
    assert_int_equal(number_shown_of_id(5, "#,##0\\ \"zł\""), 0);
    assert_int_not_equal(number_shown_of_id(164, "#,##0\\ \"zł\""), 0);
}

static void a_long_code_is_cut_between_letters(void **state)
{
    char code[4096] = "0\"";
    (void)state;
    for (size_t at = 2; at + 8 < sizeof code; at += strlen(code + at))
        snprintf(code + at, sizeof code - at, "є");
    assert_int_equal(number_shown(code), 0);
    snprintf(code + 2, sizeof code - 2, "%600s", "тис. EUR");
    assert_int_equal(number_shown(code), 0);
}

static void every_currency_has_a_number(void **state)
{
    static const char *const codes[] = {"EUR",
                                        "USD",
                                        "UAH",
                                        "PLN",
                                        "GBP",
                                        "JPY",
                                        "AED",
                                        "ZAR",
                                        "USD CAD AUD NZD SGD HKD",
                                        "SEK NOK DKK ISK",
                                        "JPY CNY",
                                        "RON MDL"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(codes); i++) {
        uint32_t id = currency_id(codes[i]);
        assert_in_range(id, 1, SHOWN_CURRENCY);
        assert_string_equal(currency_of_id(id), codes[i]);
    }
    assert_int_equal(currency_id("XX"), 0);
    for (uint32_t id = 0; id <= SHOWN_CURRENCY; id++) {
        const char *found = currency_of_id(id);
        if (found != NULL && id != currency_id(found) && id > 64)
            fail_msg("%u is %s, and that is %u", id, found, currency_id(found));
    }
    assert_null(currency_of_id(0));
}

/* ---- cells ---------------------------------------------------------------------------------- */

/* Types a stored number with these marks as a figure in EUR, a share or a whole number. */
static void check_cell(const char *text, uint32_t shown, char as, const ExpectedFinding *want)
{
    OneColumn f;
    Decimal value;
    int whole;
    char label[64];
    Status status;
    one_column_open(&f);
    CellAt at = one_column_add(&f, text, CELL_NUMBER);
    f.sheet->blocks[0][0].cells[0].shown = shown;
    snprintf(label, sizeof label, "%s %x as %c", text, (unsigned)shown, as);
    if (as == 's')
        status = cell_share(at, SIGN_OPEN, LIMIT_SHARE, &value);
    else if (as == 'i')
        status = cell_integer(at, SIGN_OPEN, LIMIT_NONE, &whole);
    else
        status = cell_decimal(at, &(FigureSpec){.unit = "EUR", .unit_from = "column unit"}, &value);
    assert_case_int(label, status, want != NULL ? STATUS_FINDINGS : STATUS_OK);
    assert_finding_count(label, f.diag, want != NULL);
    if (want != NULL)
        assert_finding(label, f.diag, want);
    one_column_close(&f);
}

static void what_is_shown_must_agree(void **state)
{
    uint32_t usd = currency_id("USD"), eur = currency_id("EUR");
    uint32_t dollars = currency_id("USD CAD AUD NZD SGD HKD");
    const ExpectedFinding in_usd = {
        DIAG_SIGN,
        "needs.csv",
        2,
        1,
        "500",
        "'500' is shown by its number format in USD, but the row counts in EUR (column unit)"};
    const ExpectedFinding alone = {DIAG_SIGN, "needs.csv", 2, 1, "1", "no currency may stand"};
    const ExpectedFinding in_dollars = {DIAG_SIGN, "needs.csv", 2, 1, "500", "in USD, CAD"};
    const ExpectedFinding scaled = {
        DIAG_SCALE, "needs.csv", 2,
        1,          "500",       "'500' is shown in thousands or millions by its number format"};
    const ExpectedFinding percent = {DIAG_SCALE, "needs.csv", 2, 1, "0.5", "mere text"};
    const ExpectedFinding share = {
        DIAG_NUMBER, "needs.csv", 2,
        1,           "0.5",       "'0.5' is shown as a percentage by its number format"};
    const ExpectedFinding share_of_1 = {DIAG_NUMBER, "needs.csv", 2, 1, "1", "is no share"};
    (void)state;
    check_cell("500", 0, 'd', NULL);
    check_cell("500", eur, 'd', NULL);
    check_cell("500", usd, 'd', &in_usd);
    check_cell("500", dollars, 'd', &in_dollars);
    check_cell("1", usd, 's', &alone);
    check_cell("1", usd, 'i', &alone);
    check_cell("500", SHOWN_SCALE | eur, 'd', &scaled);
    check_cell("0", SHOWN_SCALE | eur, 'd', NULL);
    check_cell("0.5", SHOWN_PERCENT, 'd', &percent);
    check_cell("0.5", SHOWN_PERCENT, 's', &percent);
    check_cell("0.5", SHOWN_SHARE, 's', NULL);
    check_cell("0.5", SHOWN_SHARE, 'd', &share);
    check_cell("1", SHOWN_SHARE, 'i', &share_of_1);
}

/* ---- whole rounds --------------------------------------------------------------------------- */

#define FORMAT(id, code) "<numFmt numFmtId=\"" id "\" formatCode=\"" code "\"/>"
#define XF(id) "<xf numFmtId=\"" id "\"/>"
#define HEAD                                                                                       \
    "<row r=\"1\">" XLSX_TEXT("A1", "id") XLSX_TEXT("B1", "category") XLSX_TEXT("C1", "unit")      \
        XLSX_TEXT("D1", "quantity") XLSX_TEXT("E1", "min_share") "</row>"
#define NEED(row, id, style, value, rest)                                                          \
    "<row r=\"" row "\">" XLSX_TEXT("A" row, id) XLSX_TEXT("B" row, "HW")                          \
        XLSX_TEXT("C" row, "EUR") "<c r=\"D" row "\" s=\"" style "\"><v>" value "</v></c>" rest    \
                                  "</row>"

static const char styles[] = "<numFmts>" FORMAT("164", "[$$-409]#,##0.00")
    FORMAT("165", "#,##0\\ [$USD]") FORMAT("166", "&quot;€&quot;#,##0")
        FORMAT("167", "#,##0&quot; тис. EUR&quot;") FORMAT("168", "0.0&quot;%&quot;")
            FORMAT("169", "_-* #,##0.00\\ [$zł-415]_-") "</numFmts><cellXfs>" XF("0") XF("164")
                XF("165") XF("166") XF("167") XF("168") XF("169") XF("9") XF("44") "</cellXfs>";

/* Reads the workbook of these needs and one offer. */
static void read_needs_of(ReadRound *f, const char *rows)
{
    Arena *arena = arena_new();
    const char *sheet = arena_printf(
        arena, "<worksheet xmlns=\"" XLSX_MAIN "\"><sheetData>" HEAD "%s</sheetData></worksheet>",
        rows);
    const XlsxFile file = {.sheet = sheet,
                           .styles = styles,
                           .book = "<sheets><sheet name=\"needs\" r:id=\"r1\"/>"
                                   "<sheet name=\"offers\" r:id=\"r9\"/></sheets>",
                           .relations = "<Relationship Id=\"r1\" Type=\"" XLSX_RELATIONS
                                        "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
                                        "<Relationship Id=\"r9\" Type=\"" XLSX_RELATIONS
                                        "/worksheet\" Target=\"worksheets/sheet9.xml\"/>"
                                        "<Relationship Id=\"r3\" Type=\"" XLSX_RELATIONS
                                        "/styles\" Target=\"styles.xml\"/>"};
    assert_non_null(sheet);
    ZipFile *zip = xlsx_file_begin(f->dir, "round.xlsx", &file);
    zip_file_add_text(
        zip, "xl/worksheets/sheet9.xml",
        "<worksheet xmlns=\"" XLSX_MAIN
        "\"><sheetData><row r=\"1\">" XLSX_TEXT("A1", "id") XLSX_TEXT("B1", "donor")
            XLSX_TEXT("C1", "quantity") "</row><row r=\"2\">" XLSX_TEXT("A2", "O1")
                XLSX_TEXT("B2", "DE") "<c r=\"C2\"><v>100</v></c></row></sheetData></worksheet>");
    zip_file_close(zip);
    const char *path = arena_printf(arena, "%s/round.xlsx", f->dir);
    f->status = round_read(&(RoundSource){.path = path}, f->arena, f->diag, &f->round);
    diag_sort(f->diag);
    arena_free(arena);
}

static void formats_of_a_workbook_reach_the_rows(void **state)
{
    static const char wrong[] = NEED("2", "N1", "1", "500", "") NEED("3", "N2", "2", "500", "")
        NEED("4", "N3", "4", "500", "") NEED("5", "N4", "6", "500", "")
            NEED("6", "N5", "0", "500", "<c r=\"E6\" s=\"5\"><v>0.5</v></c>")
                NEED("7", "N6", "7", "500", "");
    static const ExpectedFinding wants[] = {
        {DIAG_SIGN, "round.xlsx!needs", 2, 4, "500", "by its number format in USD, CAD"},
        {DIAG_SIGN, "round.xlsx!needs", 3, 4, "500", "in USD, but the row counts in EUR"},
        {DIAG_SCALE, "round.xlsx!needs", 4, 4, "500", "in thousands or millions"},
        {DIAG_SIGN, "round.xlsx!needs", 5, 4, "500", "in PLN, but the row counts in EUR"},
        {DIAG_SCALE, "round.xlsx!needs", 6, 5, "0.5", "a percent sign"},
        {DIAG_NUMBER, "round.xlsx!needs", 7, 4, "500", "shown as a percentage"},
    };
    ReadRound f;
    (void)state;
    read_round_open(&f);
    read_needs_of(&f, wrong);
    for (size_t i = 0; i < COUNT_OF(wants); i++)
        assert_finding("wrong", f.diag, &wants[i]);
    assert_finding_count("wrong", f.diag, COUNT_OF(wants));
    read_round_close(&f);
}

static void formats_that_agree_are_silent(void **state)
{
    ReadRound f;
    (void)state;
    read_round_open(&f);
    read_needs_of(&f, NEED("2", "N1", "3", "500", "<c r=\"E2\" s=\"7\"><v>0.5</v></c>")
                          NEED("3", "N2", "0", "500", "") NEED("4", "N3", "8", "500", ""));
    assert_int_equal(f.status, STATUS_OK);
    assert_finding_count("right", f.diag, 0);
    assert_int_equal(f.round.need_count, 3);
    read_round_close(&f);
}

/* ---- OpenDocument --------------------------------------------------------------------------- */

#define MONEY(code)                                                                                \
    CELL("office:value-type='currency' office:currency='" code "' office:value='500'", P("500"))
#define OFFERS                                                                                     \
    "<table:table table:name='offers'>" ROW(TEXT("id") TEXT("donor") TEXT("quantity"))             \
        ROW(TEXT("O1") TEXT("DE") FLOAT("100")) "</table:table>"
#define NEEDS(rows)                                                                                \
    BOOK("<table:table table:name='needs'>" ROW(TEXT("id") TEXT("category") TEXT("unit") TEXT(     \
        "quantity") TEXT("min_share")) rows "</table:table>" OFFERS)
#define NEED_OF(id, quantity, share) ROW(TEXT(id) TEXT("HW") TEXT("EUR") quantity share)
#define PERCENT CELL("office:value-type='percentage' office:value='0.5'", P("50%"))

static void currencies_of_ods_reach_the_rows(void **state)
{
    static const char book[] = NEEDS(NEED_OF("N1", MONEY("EUR"), PERCENT) NEED_OF(
        "N2", MONEY("USD"), "") NEED_OF("N3", PERCENT, "") NEED_OF("N4", MONEY("???"), ""));
    static const ExpectedFinding wants[] = {
        {DIAG_SIGN, "round.fods!needs", 3, 4, "500", "in USD, but the row counts in EUR"},
        {DIAG_NUMBER, "round.fods!needs", 4, 4, "0.5", "shown as a percentage"},
    };
    ReadRound f;
    (void)state;
    read_round_open(&f);
    write_file(f.dir, "round.fods", book);
    const char *path = arena_printf(f.arena, "%s/round.fods", f.dir);
    f.status = round_read(&(RoundSource){.path = path}, f.arena, f.diag, &f.round);
    for (size_t i = 0; i < COUNT_OF(wants); i++)
        assert_finding("ods", f.diag, &wants[i]);
    assert_finding_count("ods", f.diag, COUNT_OF(wants));
    read_round_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_name_their_currency),
        cmocka_unit_test(codes_of_a_figure_alone_show_nothing),
        cmocka_unit_test(codes_tell_of_scale_and_percent),
        cmocka_unit_test(formats_of_the_readers_country_name_no_currency),
        cmocka_unit_test(a_long_code_is_cut_between_letters),
        cmocka_unit_test(every_currency_has_a_number),
        cmocka_unit_test(what_is_shown_must_agree),
        cmocka_unit_test(formats_of_a_workbook_reach_the_rows),
        cmocka_unit_test(formats_that_agree_are_silent),
        cmocka_unit_test(currencies_of_ods_reach_the_rows),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
