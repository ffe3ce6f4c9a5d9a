/* Typing one cell: days, flags and the words for unknown; what is said about what is none. */
#include "tests/support/expected_findings.h"
#include "tests/support/one_column.h"
#include "tests/support/test_support.h"

/* ---- unknown -------------------------------------------------------------------------------- */

static void unknown_is_said_in_three_languages_and_any_case(void **state)
{
    static const char *const yes[] = {
        ".",           "n/a",      "N/A",      "undisclosed", "Unknown",  "TBD",      "unknown",
        "No Price",    "no price", "невідомо", "НЕВІДОМО",    "nieznane", "Nieznane", "brak danych",
        "Brak Danych", "b/d",      "B/D",      "н/д",         "Н/Д"};
    static const char *const no[] = {
        "",     "-",         "?",    "0",
        "na",   "..",        "b",    "unknown?",
        "none", "невідомий", "brak", "unknown, and this text is longer than any of them"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(yes); i++)
        assert_case(yes[i], text_is_unknown(yes[i]));
    for (size_t i = 0; i < COUNT_OF(no); i++)
        assert_case(no[i], !text_is_unknown(no[i]));
}

/* ---- days ------------------------------------------------------------------------------------ */

static Status type_date(OneColumn *f, CellAt at)
{
    DayForm form;
    Date date;
    (void)f;
    return cell_date(at, &form, &date);
}

static Status type_date_1904(OneColumn *f, CellAt at)
{
    f->sheet->epoch_1904 = true;
    return type_date(f, at);
}

typedef struct DayCase {
    const char *text;
    CellKind kind;
    bool epoch_1904;
    const char *want;
    DayForm form;
} DayCase;

static void check_days(const DayCase *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        OneColumn f;
        DayForm form;
        Date date;
        char got[16];
        one_column_open(&f);
        f.sheet->epoch_1904 = cases[i].epoch_1904;
        CellAt at = one_column_add(&f, cases[i].text, cases[i].kind);
        assert_case_int(cases[i].text, cell_date(at, &form, &date), STATUS_OK);
        date_format(date, got);
        assert_case_text(cases[i].text, got, cases[i].want);
        assert_case_int(cases[i].text, form, cases[i].form);
        assert_finding_count(cases[i].text, f.diag, 0);
        one_column_close(&f);
    }
}

static void days_are_read_in_the_forms_that_mean_one_day(void **state)
{
    static const DayCase cases[] = {
        {"2026-04-01", CELL_TEXT, false, "2026-04-01", DAY_PLAIN},
        {"01.04.2026", CELL_TEXT, false, "2026-04-01", DAY_PLAIN},
        {"1. 4. 2026", CELL_TEXT, false, "2026-04-01", DAY_PLAIN},
        {"2026/04/01", CELL_TEXT, false, "2026-04-01", DAY_PLAIN},
        {"2026-04-01T00:00:00", CELL_TEXT, false, "2026-04-01", DAY_PLAIN},
        {"01.04.2026 00:00", CELL_TEXT, false, "2026-04-01", DAY_PLAIN},
        {"2026-04-01 09:30", CELL_TEXT, false, "2026-04-01", DAY_TIMED},
        {"2026-04-01", CELL_DATE, false, "2026-04-01", DAY_PLAIN},
        {"2026-04-01T12:30:00", CELL_DATE, false, "2026-04-01", DAY_TIMED},
        {"1950-01-01", CELL_TEXT, false, "1950-01-01", DAY_PLAIN},
        {"31.12.2099", CELL_TEXT, false, "2099-12-31", DAY_PLAIN},
    };
    (void)state;
    check_days(cases, COUNT_OF(cases));
}

/* Serials worked by hand: 25569 is 1970-01-01 where 1 is 1900-01-01, 1462 days fewer where 0 is
 * 1904-01-01; 2026-04-01 is day 20544 after 1970-01-01. */
static void serial_numbers_are_days_of_the_rounds_that_people_plan(void **state)
{
    static const DayCase cases[] = {
        {"46113", CELL_NUMBER, false, "2026-04-01", DAY_SERIAL},
        {"46113", CELL_TEXT, false, "2026-04-01", DAY_SERIAL},
        {"44651", CELL_NUMBER, true, "2026-04-01", DAY_SERIAL},
        {"18264", CELL_NUMBER, false, "1950-01-01", DAY_SERIAL},
        {"73050", CELL_NUMBER, false, "2099-12-31", DAY_SERIAL},
    };
    static const WrongCell outside[] = {
        {"18263", DIAG_DATE,
         "'18263' is no date, and as a spreadsheet's serial number it lies outside 1950-01-01 to "
         "2099-12-31; write 2026-04-01 or 01.04.2026"},
        {"73051", DIAG_DATE, "outside 1950-01-01 to 2099-12-31"},
        {"2026", DIAG_DATE, "'2026' is no date"},
        {"20260401", DIAG_DATE, "'20260401' is no date"},
        {"0", DIAG_DATE, "'0' is no date"},
        {"99999999999999999999", DIAG_DATE, "is no date"},
    };
    static const WrongCell outside_1904[] = {{"73050", DIAG_DATE, "'73050' is no date"}};
    static const WrongCell numbers[] = {{"46113.5", DIAG_DATE, "'46113.5' is not a date"},
                                        {"-46113", DIAG_DATE, "'-46113' is not a date"}};
    (void)state;
    check_days(cases, COUNT_OF(cases));
    assert_wrong_cells(outside, COUNT_OF(outside), type_date);
    assert_wrong_kind(outside, COUNT_OF(outside), CELL_NUMBER, type_date);
    assert_wrong_kind(outside_1904, COUNT_OF(outside_1904), CELL_NUMBER, type_date_1904);
    assert_wrong_kind(numbers, COUNT_OF(numbers), CELL_NUMBER, type_date);
}

static void years_of_no_round_are_slips(void **state)
{
    static const WrongCell wrong[] = {
        {"30.09.1026", DIAG_DATE,
         "'30.09.1026' lies outside 1950 to 2099; mend the year, or leave the cell empty for an "
         "open end"},
        {"2206-09-30", DIAG_DATE, "'2206-09-30' lies outside 1950 to 2099"},
        {"31.12.1949", DIAG_DATE, "lies outside 1950 to 2099"},
        {"2100-01-01", DIAG_DATE, "lies outside 1950 to 2099"},
        {"9999-12-31", DIAG_DATE, "leave the cell empty for an open end"},
        {"2206-09-30 09:30", DIAG_DATE, "'2206-09-30 09:30' lies outside 1950 to 2099"},
    };
    static const WrongCell stored[] = {
        {"1900-01-01", DIAG_DATE, "'1900-01-01' lies outside 1950 to 2099"},
        {"2206-09-30T12:00:00", DIAG_DATE, "lies outside 1950 to 2099"},
    };
    (void)state;
    assert_wrong_cells(wrong, COUNT_OF(wrong), type_date);
    assert_wrong_kind(stored, COUNT_OF(stored), CELL_DATE, type_date);
}

static void a_day_that_can_be_another_is_refused_with_what_to_write(void **state)
{
    static const WrongCell wrong[] = {
        {"03/04/2026", DIAG_DATE,
         "'03/04/2026' may have its day or its month first: it can be 2026-04-03 or 2026-03-04; "
         "write the one that is meant"},
        {"3-4-2026", DIAG_DATE, "can be 2026-04-03 or 2026-03-04"},
        {"13/04/2026", DIAG_DATE,
         "'13/04/2026' can only be 2026-04-13, but days written so may begin with the month; write "
         "2026-04-13"},
        {"04/13/2026", DIAG_DATE, "'04/13/2026' can only be 2026-04-13"},
        {"05/05/2026", DIAG_DATE, "'05/05/2026' can only be 2026-05-05"},
        {"31/31/2026", DIAG_DATE, "there is no day '31/31/2026'"},
        {"01.04.26", DIAG_DATE,
         "'01.04.26' has a year of two digits; write 2026-04-01 if that is the day"},
        {"03/04/26", DIAG_DATE,
         "'03/04/26' has a year of two digits: it can be 2026-04-03 or 2026-03-04"},
        {"1 April 2026", DIAG_DATE, "'1 April 2026' is not a date; write 2026-04-01 or 01.04.2026"},
        {"2026-4-1", DIAG_DATE, "is not a date"},
        {"26-04-01", DIAG_DATE, "is not a date"},
        {"2026-03-31T21:00:00Z", DIAG_DATE, "is not a date"},
        {"2026-02-29", DIAG_DATE, "there is no day '2026-02-29'"},
        {"31.04.2026", DIAG_DATE, "there is no day '31.04.2026'"},
        {"tbd", DIAG_CELL_UNKNOWN, "'tbd' says unknown, but a day is needed here"},
        {"невідомо", DIAG_CELL_UNKNOWN, "'невідомо' says unknown"},
    };
    static const WrongCell times[] = {
        {"12:30:00", DIAG_DATE, "'12:30:00' is a time of day, not a date"}};
    static const WrongCell flags[] = {{"TRUE", DIAG_DATE, "'TRUE' is not a date"}};
    (void)state;
    assert_wrong_cells(wrong, COUNT_OF(wrong), type_date);
    assert_wrong_kind(times, COUNT_OF(times), CELL_DATE, type_date);
    assert_wrong_kind(flags, COUNT_OF(flags), CELL_FLAG, type_date);
}

/* ---- flags ----------------------------------------------------------------------------------- */

static Status type_flag(OneColumn *f, CellAt at)
{
    bool flag;
    (void)f;
    return cell_flag(at, &flag);
}

static void flags_are_read_in_three_languages_and_any_case(void **state)
{
    static const char *const yes[] = {"yes",  "YES",  "Y",      "y",      "1",
                                      "true", "True", "tak",    "TAK",    "так",
                                      "ТАК",  "Так",  "PRAWDA", "prawda", "ІСТИНА"};
    static const char *const no[] = {"no", "No", "N",  "0",     "false", "FALSE",    "nie", "NIE",
                                     "ні", "НІ", "Ні", "FAŁSZ", "fałsz", "ХИБНІСТЬ", "хиба"};
    static const WrongCell wrong[] = {
        {"maybe", DIAG_FLAG, "'maybe' is not yes or no; write yes or no"},
        {"2", DIAG_FLAG, "is not yes or no"},
        {"-1", DIAG_FLAG, "is not yes or no"},
        {"n o", DIAG_FLAG, "is not yes or no"},
        {"oui", DIAG_FLAG, "is not yes or no"},
        {"a text that is longer than any flag", DIAG_FLAG, "is not yes or no"},
        {"unknown", DIAG_FLAG, "is not yes or no"},
    };
    static const WrongCell numbers[] = {{"2", DIAG_FLAG, "'2' is not yes or no"}};
    bool flag;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(yes); i++)
        assert_case(yes[i], flag_read(yes[i], &flag) && flag);
    for (size_t i = 0; i < COUNT_OF(no); i++)
        assert_case(no[i], flag_read(no[i], &flag) && !flag);
    assert_wrong_cells(wrong, COUNT_OF(wrong), type_flag);
    assert_wrong_kind(numbers, COUNT_OF(numbers), CELL_NUMBER, type_flag);
}

static void flags_are_what_a_workbook_stores_for_them(void **state)
{
    OneColumn f;
    bool flag = false;
    (void)state;
    one_column_open(&f);
    assert_int_equal(cell_flag(one_column_add(&f, "TRUE", CELL_FLAG), &flag), STATUS_OK);
    assert_true(flag);
    assert_int_equal(cell_flag(one_column_add(&f, "FALSE", CELL_FLAG), &flag), STATUS_OK);
    assert_false(flag);
    assert_int_equal(cell_flag(one_column_add(&f, "1", CELL_NUMBER), &flag), STATUS_OK);
    assert_true(flag);
    assert_int_equal(cell_flag(one_column_add(&f, "0", CELL_NUMBER), &flag), STATUS_OK);
    assert_false(flag);
    one_column_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unknown_is_said_in_three_languages_and_any_case),
        cmocka_unit_test(days_are_read_in_the_forms_that_mean_one_day),
        cmocka_unit_test(serial_numbers_are_days_of_the_rounds_that_people_plan),
        cmocka_unit_test(years_of_no_round_are_slips),
        cmocka_unit_test(a_day_that_can_be_another_is_refused_with_what_to_write),
        cmocka_unit_test(flags_are_read_in_three_languages_and_any_case),
        cmocka_unit_test(flags_are_what_a_workbook_stores_for_them),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
