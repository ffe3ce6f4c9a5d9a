/* Typing one cell: figures; what is said about what is none. */
#include "tests/support/expected_findings.h"
#include "tests/support/one_column.h"
#include "tests/support/test_support.h"

#include <string.h>

/* ---- figures -------------------------------------------------------------------------------- */

static void the_other_cells_of_a_column_decide_its_decimal_sign(void **state)
{
    static const struct {
        const char *label;
        const char *cells[4];
        DecimalSign want;
    } cases[] = {
        {"nothing decides", {"1,234", "5", "7.890", "abc"}, SIGN_OPEN},
        {"a point", {"1,234", "5.5", "7", "abc"}, SIGN_POINT},
        {"a comma", {"1,234", "12,50", "unknown", ""}, SIGN_COMMA},
        {"a comma as group", {"1,234", "1,234,567", "", ""}, SIGN_POINT},
        {"both", {"1,234", "12,50", "12.50", ""}, SIGN_OPEN},
        {"a percentage", {"1,234", "12,5%", "", ""}, SIGN_COMMA},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        OneColumn f;
        one_column_open(&f);
        for (size_t c = 0; c < 4; c++)
            (void)one_column_add(&f, cases[i].cells[c][0] != '\0' ? cases[i].cells[c] : "x",
                                 CELL_TEXT);
        assert_case_int(cases[i].label, column_decimal_sign(f.sheet, 0), cases[i].want);
        one_column_close(&f);
    }
}

static void numbers_stored_as_numbers_are_what_they_are(void **state)
{
    OneColumn f;
    Decimal value;
    (void)state;
    one_column_open(&f);
    CellAt at = one_column_add(&f, "1.234", CELL_NUMBER);
    assert_int_equal(column_decimal_sign(f.sheet, 0), SIGN_OPEN);
    assert_int_equal(cell_decimal(at, &(FigureSpec){.sign = SIGN_COMMA}, &value), STATUS_OK);
    assert_int_equal(value.digits, 1234);
    assert_int_equal(value.places, 3);
    assert_finding_count("stored", f.diag, 0);
    one_column_close(&f);
}

static Status type_quantity(OneColumn *f, CellAt at)
{
    Decimal value;
    (void)f;
    return cell_decimal(at, &(FigureSpec){.limit = LIMIT_NOT_NEGATIVE, .or_unknown = true}, &value);
}

static Status type_weight(OneColumn *f, CellAt at)
{
    Decimal value;
    (void)f;
    return cell_decimal(at, &(FigureSpec){.limit = LIMIT_POSITIVE}, &value);
}

static Status type_score(OneColumn *f, CellAt at)
{
    Decimal value;
    (void)f;
    return cell_decimal(at, &(FigureSpec){.limit = LIMIT_SCORE}, &value);
}

static void wrong_figures_are_findings_that_say_what_to_write(void **state)
{
    static const WrongCell quantities[] = {
        {"abc", DIAG_NUMBER,
         "'abc' is not a number; write digits such as 1234.5, without words, or 'unknown'"},
        {"100 euro", DIAG_NUMBER, "without words"},
        {"5 тис. грн", DIAG_NUMBER, "without words"},
        {"12%", DIAG_NUMBER, "'12%' has a percent sign, but this column takes no shares"},
        {"10,5 %", DIAG_NUMBER, "write the number alone, without the sign, in every row alike"},
        {"1,234", DIAG_NUMBER_AMBIGUOUS, "'1,234' can be 1234 or 1.234; write 1234 or 1.2340"},
        {"12.345", DIAG_NUMBER_AMBIGUOUS, "can be 12345 or 12.345; write 12345 or 12.3450"},
        {"€ 1,234", DIAG_NUMBER_AMBIGUOUS, "'€ 1,234' can be 1234 or 1.234; write 1234 or 1.2340"},
        {"(1,234 €)", DIAG_NUMBER_AMBIGUOUS, "can be -1234 or -1.234; write -1234 or -1.2340"},
        {"-1", DIAG_NUMBER_RANGE, "'-1' is negative; write 0 or more"},
        {"1234567890123456789", DIAG_NUMBER_RANGE, "at most 18"},
    };
    static const WrongCell weights[] = {
        {"tbd", DIAG_CELL_UNKNOWN, "'tbd' says unknown, but a figure is needed here"},
        {".", DIAG_CELL_UNKNOWN, "leave the cell empty for the default"},
        {"0", DIAG_NUMBER_RANGE, "'0' is too small; write more than 0"},
        {"-1,234", DIAG_NUMBER_AMBIGUOUS, "can be -1234 or -1.234"},
        {"н/д", DIAG_CELL_UNKNOWN, "'н/д' says unknown"},
        {"5 €", DIAG_SIGN,
         "'5 €' is in EUR, but no currency may stand in this column; write the figure alone"},
    };
    static const WrongCell scores[] = {
        {"100.5", DIAG_NUMBER_RANGE, "'100.5' is no score; write 0 to 100"},
        {"-1", DIAG_NUMBER_RANGE, "0 to 100"},
    };
    (void)state;
    assert_wrong_cells(quantities, COUNT_OF(quantities), type_quantity);
    assert_wrong_cells(weights, COUNT_OF(weights), type_weight);
    assert_wrong_cells(scores, COUNT_OF(scores), type_score);
}

static Status type_share(OneColumn *f, CellAt at)
{
    Decimal value;
    (void)f;
    return cell_share(at, SIGN_OPEN, LIMIT_SHARE, &value);
}

static Status type_overhead(OneColumn *f, CellAt at)
{
    Decimal value;
    (void)f;
    return cell_share(at, SIGN_OPEN, LIMIT_BELOW_ONE, &value);
}

static void shares_are_fractions_or_percentages(void **state)
{
    static const struct {
        const char *text;
        const char *want;
    } cases[] = {{"0", "0"},         {"1", "1"},          {"0.125", "0.125"}, {"0,5", "0.5"},
                 {"12.5%", "0.125"}, {"12,5 %", "0.125"}, {"100%", "1"},      {"0%", "0"}};
    static const WrongCell wrong[] = {
        {"12", DIAG_NUMBER_RANGE, "'12' is no share; write 0 to 1, or 0% to 100%"},
        {"101%", DIAG_NUMBER_RANGE, "is no share"},
        {"-0.1", DIAG_NUMBER_RANGE, "is no share"},
        {"half", DIAG_NUMBER, "is not a number"},
        {"1 $", DIAG_SIGN, "no currency may stand in this column"},
        {"unknown", DIAG_CELL_UNKNOWN, "says unknown"},
    };
    static const WrongCell whole[] = {{"100%", DIAG_NUMBER_RANGE, "less than 100%"},
                                      {"1", DIAG_NUMBER_RANGE, "less than 1"}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        OneColumn f;
        Decimal value;
        char got[40];
        one_column_open(&f);
        CellAt at = one_column_add(&f, cases[i].text, CELL_TEXT);
        assert_case_int(cases[i].text, cell_share(at, SIGN_OPEN, LIMIT_SHARE, &value), STATUS_OK);
        decimal_format(value, got);
        assert_case_text(cases[i].text, got, cases[i].want);
        one_column_close(&f);
    }
    assert_wrong_cells(wrong, COUNT_OF(wrong), type_share);
    assert_wrong_cells(whole, COUNT_OF(whole), type_overhead);
}

static Status type_tier(OneColumn *f, CellAt at)
{
    int value;
    (void)f;
    return cell_integer(at, SIGN_OPEN, LIMIT_POSITIVE, &value);
}

static Status type_days(OneColumn *f, CellAt at)
{
    int value;
    (void)f;
    return cell_integer(at, SIGN_OPEN, LIMIT_DAYS, &value);
}

static void whole_numbers_have_no_fraction_and_fit(void **state)
{
    static const WrongCell tiers[] = {
        {"1.5", DIAG_NUMBER, "'1.5' is not a whole number; write digits alone"},
        {"first", DIAG_NUMBER, "is not a number"},
        {"1 EUR", DIAG_SIGN, "no currency may stand in this column"},
        {"0", DIAG_NUMBER_RANGE, "write more than 0"},
        {"3000000000", DIAG_NUMBER_RANGE, "is too large"},
    };
    static const WrongCell days[] = {{"-1", DIAG_NUMBER_RANGE, "write 0 to 36500"},
                                     {"36501", DIAG_NUMBER_RANGE, "write 0 to 36500"}};
    OneColumn f;
    int value;
    (void)state;
    one_column_open(&f);
    assert_int_equal(
        cell_integer(one_column_add(&f, "3.0", CELL_TEXT), SIGN_OPEN, LIMIT_POSITIVE, &value),
        STATUS_OK);
    assert_int_equal(value, 3);
    one_column_close(&f);
    assert_wrong_cells(tiers, COUNT_OF(tiers), type_tier);
    assert_wrong_cells(days, COUNT_OF(days), type_days);
}

static void an_amount_finer_than_its_unit_names_both_neighbours(void **state)
{
    static const struct {
        const char *text;
        const char *unit;
        DiagCode code;
        const char *hint;
    } wrong[] = {
        {"10.0005", "EUR", DIAG_NUMBER_FINE,
         "'10.0005' is finer than EUR allows (2 decimals); write 10.00 or 10.01"},
        {"10.5", "JPY", DIAG_NUMBER_FINE, "(0 decimals); write 10 or 11"},
        {"1.23456789", "seat", DIAG_NUMBER_FINE, "(6 decimals); write 1.234567 or 1.234568"},
        {"999999999999999999", "EUR", DIAG_TOO_LARGE, "is too large for exact arithmetic"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        OneColumn f;
        Decimal value;
        int64_t amount;
        one_column_open(&f);
        CellAt at = one_column_add(&f, wrong[i].text, CELL_TEXT);
        Unit unit =
            round_unit(&f.round, name_intern(f.round.names, wrong[i].unit, strlen(wrong[i].unit)));
        ExpectedFinding want = {wrong[i].code, "needs.csv", 2, 1, wrong[i].text, wrong[i].hint};
        assert_int_equal(cell_decimal(at, &(FigureSpec){.limit = LIMIT_NONE}, &value), STATUS_OK);
        assert_case_int(wrong[i].text, cell_amount(at, value, unit, &amount), STATUS_FINDINGS);
        assert_finding(wrong[i].text, f.diag, &want);
        one_column_close(&f);
    }
}

static void an_amount_is_counted_in_the_smallest_part(void **state)
{
    OneColumn f;
    int64_t amount = 0;
    (void)state;
    one_column_open(&f);
    CellAt at = one_column_add(&f, "x", CELL_TEXT);
    assert_int_equal(cell_amount(at, decimal_make(12345, 1), f.round.currency, &amount), STATUS_OK);
    assert_int_equal(amount, 123450); /* 1234.5 EUR in cents */
    one_column_close(&f);
}

/* ---- currency signs -------------------------------------------------------------------------- */

static void a_currency_sign_must_mean_the_unit(void **state)
{
    static const struct {
        const char *text;
        const char *unit;
        bool any_sign;
        const char *wrong; /* NULL: it is read */
    } cases[] = {
        {"5 000", "EUR", false, NULL},
        {"5 000 €", "EUR", false, NULL},
        {"EUR 5 000", "EUR", false, NULL},
        {"$5,000.0", "USD", false, NULL},
        {"$5,000.0", "HKD", false, NULL},
        {"5 000 kr", "ISK", false, NULL},
        {"5 000 kr", "SEK", false, NULL},
        {"5 000 грн", "UAH", false, NULL},
        {"5 000 $", "EUR", true, NULL},
        {"5 000 $", "EUR", false,
         "'5 000 $' is in USD, CAD, AUD, NZD, SGD or HKD, but the row counts in EUR (column unit); "
         "write the one or the other"},
        {"5 000 грн", "EUR", false,
         "'5 000 грн' is in UAH, but the row counts in EUR (column unit)"},
        {"5 000 kr", "EUR", false, "is in SEK, NOK, DKK or ISK, but the row counts in EUR"},
        {"5 €", "seat", false, "'5 €' is in EUR, but the row counts in seat (column unit)"},
        {"5 €", NULL, false,
         "'5 €' is in EUR, but the row does not say what it counts in (column unit); write it "
         "there"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        OneColumn f;
        Decimal value;
        one_column_open(&f);
        CellAt at = one_column_add(&f, cases[i].text, CELL_TEXT);
        const FigureSpec spec = {
            .any_sign = cases[i].any_sign, .unit = cases[i].unit, .unit_from = "column unit"};
        Status status = cell_decimal(at, &spec, &value);
        assert_case_int(cases[i].text, status,
                        cases[i].wrong == NULL ? STATUS_OK : STATUS_FINDINGS);
        if (cases[i].wrong != NULL) {
            ExpectedFinding want = {DIAG_SIGN, "needs.csv", 2, 1, cases[i].text, cases[i].wrong};
            assert_finding(cases[i].text, f.diag, &want);
        }
        assert_finding_count(cases[i].text, f.diag, cases[i].wrong != NULL ? 1 : 0);
        one_column_close(&f);
    }
}

/* ---- what a workbook stores ------------------------------------------------------------------ */

static void what_a_spreadsheet_made_of_a_figure_is_found(void **state)
{
    static const WrongCell days[] = {
        {"2026-05-01", DIAG_NUMBER,
         "'2026-05-01' is a day, but a figure is needed; spreadsheets turn 1.5 into 1 May: type it "
         "again as a number"},
        {"12:30:00", DIAG_NUMBER, "'12:30:00' is a time of day, but a figure is needed"},
    };
    static const WrongCell flags[] = {
        {"TRUE", DIAG_NUMBER,
         "'TRUE' is a truth value, but a figure is needed; type it again as a number"}};
    static const WrongCell numbers[] = {
        {"123456789012345678901234", DIAG_NUMBER_RANGE, "at most 18"}};
    (void)state;
    assert_wrong_kind(days, COUNT_OF(days), CELL_DATE, type_quantity);
    assert_wrong_kind(days, COUNT_OF(days), CELL_DATE, type_share);
    assert_wrong_kind(days, COUNT_OF(days), CELL_DATE, type_tier);
    assert_wrong_kind(flags, COUNT_OF(flags), CELL_FLAG, type_quantity);
    assert_wrong_kind(numbers, COUNT_OF(numbers), CELL_NUMBER, type_quantity);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_other_cells_of_a_column_decide_its_decimal_sign),
        cmocka_unit_test(numbers_stored_as_numbers_are_what_they_are),
        cmocka_unit_test(wrong_figures_are_findings_that_say_what_to_write),
        cmocka_unit_test(shares_are_fractions_or_percentages),
        cmocka_unit_test(whole_numbers_have_no_fraction_and_fit),
        cmocka_unit_test(an_amount_finer_than_its_unit_names_both_neighbours),
        cmocka_unit_test(an_amount_is_counted_in_the_smallest_part),
        cmocka_unit_test(a_currency_sign_must_mean_the_unit),
        cmocka_unit_test(what_a_spreadsheet_made_of_a_figure_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
