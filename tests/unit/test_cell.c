/* Typing one cell: figures, dates and flags; what is said about what is none. */
#include "tests/support/expected_findings.h"
#include "tests/support/one_column.h"
#include "tests/support/test_support.h"

#include <string.h>

/* ---- unknown -------------------------------------------------------------------------------- */

static void unknown_is_said_in_six_ways_and_any_case(void **state)
{
    static const char *const yes[] = {".",   "n/a",     "N/A",      "undisclosed", "Unknown",
                                      "TBD", "unknown", "No Price", "no price"};
    static const char *const no[] = {"", "-", "?", "0", "na", "..", "unknown?", "none"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(yes); i++)
        assert_case(yes[i], text_is_unknown(yes[i]));
    for (size_t i = 0; i < COUNT_OF(no); i++)
        assert_case(no[i], !text_is_unknown(no[i]));
}

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
    assert_int_equal(cell_decimal(at, SIGN_COMMA, LIMIT_NONE, false, &value), STATUS_OK);
    assert_int_equal(value.digits, 1234);
    assert_int_equal(value.places, 3);
    assert_finding_count("stored", f.diag, 0);
    one_column_close(&f);
}

static Status type_quantity(OneColumn *f, CellAt at)
{
    Decimal value;
    (void)f;
    return cell_decimal(at, SIGN_OPEN, LIMIT_NOT_NEGATIVE, true, &value);
}

static Status type_weight(OneColumn *f, CellAt at)
{
    Decimal value;
    (void)f;
    return cell_decimal(at, SIGN_OPEN, LIMIT_POSITIVE, false, &value);
}

static Status type_score(OneColumn *f, CellAt at)
{
    Decimal value;
    (void)f;
    return cell_decimal(at, SIGN_OPEN, LIMIT_SCORE, false, &value);
}

static void wrong_figures_are_findings_that_say_what_to_write(void **state)
{
    static const WrongCell quantities[] = {
        {"abc", DIAG_NUMBER,
         "'abc' is not a number; write digits such as 1234.5, without currency or unit, or "
         "'unknown'"},
        {"100 EUR", DIAG_NUMBER, "without currency or unit"},
        {"12%", DIAG_NUMBER, "'12%' is not a number"},
        {"1,234", DIAG_NUMBER_AMBIGUOUS, "'1,234' can be 1234 or 1.234; write 1234 or 1.2340"},
        {"12.345", DIAG_NUMBER_AMBIGUOUS, "can be 12345 or 12.345; write 12345 or 12.3450"},
        {"-1", DIAG_NUMBER_RANGE, "'-1' is negative; write 0 or more"},
        {"1234567890123456789", DIAG_NUMBER_RANGE, "at most 18"},
    };
    static const WrongCell weights[] = {
        {"tbd", DIAG_CELL_UNKNOWN, "'tbd' says unknown, but a figure is needed here"},
        {".", DIAG_CELL_UNKNOWN, "leave the cell empty for the default"},
        {"0", DIAG_NUMBER_RANGE, "'0' is too small; write more than 0"},
        {"-1,234", DIAG_NUMBER_AMBIGUOUS, "can be -1234 or -1.234"},
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
        assert_int_equal(cell_decimal(at, SIGN_OPEN, LIMIT_NONE, true, &value), STATUS_OK);
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

/* ---- dates and flags ------------------------------------------------------------------------ */

static Status type_date(OneColumn *f, CellAt at)
{
    Date date;
    (void)f;
    return cell_date(at, &date);
}

static void dates_are_iso_or_dotted(void **state)
{
    static const char *const first_of_april[] = {"2026-04-01", "01.04.2026", "1.4.2026",
                                                 "01.4.2026"};
    static const WrongCell wrong[] = {
        {"03/04/2026", DIAG_DATE, "'03/04/2026' is not a date; write 2026-04-01 or 01.04.2026"},
        {"1 April 2026", DIAG_DATE, "is not a date"},
        {"2026-4-1", DIAG_DATE, "is not a date"},
        {"01.04.26", DIAG_DATE, "is not a date"},
        {"46113", DIAG_DATE, "is not a date"},
        {"2026-04-01T00:00", DIAG_DATE, "is not a date"},
        {"2026-02-29", DIAG_DATE, "there is no day '2026-02-29'"},
        {"31.04.2026", DIAG_DATE, "there is no day '31.04.2026'"},
        {"tbd", DIAG_CELL_UNKNOWN, "'tbd' says unknown, but a day is needed here"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(first_of_april); i++) {
        OneColumn f;
        Date date, want;
        one_column_open(&f);
        assert_true(date_from_civil(2026, 4, 1, &want));
        assert_int_equal(cell_date(one_column_add(&f, first_of_april[i], CELL_TEXT), &date),
                         STATUS_OK);
        assert_case_int(first_of_april[i], date, want);
        one_column_close(&f);
    }
    assert_wrong_cells(wrong, COUNT_OF(wrong), type_date);
}

static Status type_flag(OneColumn *f, CellAt at)
{
    bool flag;
    (void)f;
    return cell_flag(at, &flag);
}

static void flags_are_read_in_three_languages_and_any_case(void **state)
{
    static const char *const yes[] = {"yes",  "YES", "Y",   "y",   "1",   "true",
                                      "True", "tak", "TAK", "так", "ТАК", "Так"};
    static const char *const no[] = {"no",  "No",  "N",  "0",  "false", "FALSE",
                                     "nie", "NIE", "ні", "НІ", "Ні"};
    static const WrongCell wrong[] = {
        {"maybe", DIAG_FLAG, "'maybe' is not yes or no; write yes or no"},
        {"2", DIAG_FLAG, "is not yes or no"},
        {"oui", DIAG_FLAG, "is not yes or no"},
        {"a text that is longer than any flag", DIAG_FLAG, "is not yes or no"},
        {"unknown", DIAG_FLAG, "is not yes or no"},
    };
    bool flag;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(yes); i++)
        assert_case(yes[i], flag_read(yes[i], &flag) && flag);
    for (size_t i = 0; i < COUNT_OF(no); i++)
        assert_case(no[i], flag_read(no[i], &flag) && !flag);
    assert_wrong_cells(wrong, COUNT_OF(wrong), type_flag);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unknown_is_said_in_six_ways_and_any_case),
        cmocka_unit_test(the_other_cells_of_a_column_decide_its_decimal_sign),
        cmocka_unit_test(numbers_stored_as_numbers_are_what_they_are),
        cmocka_unit_test(wrong_figures_are_findings_that_say_what_to_write),
        cmocka_unit_test(shares_are_fractions_or_percentages),
        cmocka_unit_test(whole_numbers_have_no_fraction_and_fit),
        cmocka_unit_test(an_amount_finer_than_its_unit_names_both_neighbours),
        cmocka_unit_test(an_amount_is_counted_in_the_smallest_part),
        cmocka_unit_test(dates_are_iso_or_dotted),
        cmocka_unit_test(flags_are_read_in_three_languages_and_any_case),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
