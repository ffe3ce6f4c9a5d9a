/* Days: there and back, the leap years, the days that do not exist, the forms of text.
 *
 * Day numbers of the table are those of Python's datetime; the walk over all years counts by itself.
 */
#include "tests/support/test_support.h"

#include "allot/date.h"
#include "allot/date_text.h"

#include <string.h>

static void known_days_have_their_numbers(void **state)
{
    static const struct {
        int year, month, day;
        Date date;
        const char *iso;
    } CASES[] = {
        {1, 1, 1, -719162, "0001-01-01"},      {1600, 2, 29, -135081, "1600-02-29"},
        {1900, 3, 1, -25508, "1900-03-01"},    {1969, 12, 31, -1, "1969-12-31"},
        {1970, 1, 1, 0, "1970-01-01"},         {2000, 2, 29, 11016, "2000-02-29"},
        {2000, 3, 1, 11017, "2000-03-01"},     {2024, 2, 29, 19782, "2024-02-29"},
        {2026, 4, 1, 20544, "2026-04-01"},     {2100, 3, 1, 47541, "2100-03-01"},
        {9999, 12, 31, 2932896, "9999-12-31"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        Date date = DATE_NONE;
        char text[16];
        assert_case(CASES[i].iso,
                    date_from_civil(CASES[i].year, CASES[i].month, CASES[i].day, &date));
        assert_case_int(CASES[i].iso, date, CASES[i].date);
        date_format(date, text);
        assert_case_text(CASES[i].iso, text, CASES[i].iso);
    }
}

static void days_that_do_not_exist_are_refused_and_leave_the_output_alone(void **state)
{
    static const struct {
        const char *label;
        int year, month, day;
    } CASES[] = {
        {"year 0", 0, 1, 1},
        {"year -1", -1, 1, 1},
        {"year 10000", 10000, 1, 1},
        {"lowest year", INT32_MIN, 1, 1},
        {"month 0", 2026, 0, 1},
        {"month 13", 2026, 13, 1},
        {"lowest month", 2026, INT32_MIN, 1},
        {"day 0", 2026, 1, 0},
        {"day -1", 2026, 1, -1},
        {"January 32", 2026, 1, 32},
        {"April 31", 2026, 4, 31},
        {"June 31", 2026, 6, 31},
        {"September 31", 2026, 9, 31},
        {"November 31", 2026, 11, 31},
        {"February 29 of a common year", 2026, 2, 29},
        {"February 29 of a century", 1900, 2, 29},
        {"February 29 of the next century", 2100, 2, 29},
        {"February 30 of a leap year", 2024, 2, 30},
        {"highest day", 2026, 1, INT32_MAX},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        Date date = 42;
        assert_case(CASES[i].label,
                    !date_from_civil(CASES[i].year, CASES[i].month, CASES[i].day, &date));
        assert_case_int(CASES[i].label, date, 42);
    }
}

/* Gauss's rule in words: every fourth year, no century, but every fourth century. */
static int days_of_month(int year, int month)
{
    bool leap = year % 4 == 0;
    if (year % 100 == 0)
        leap = year % 400 == 0;
    switch (month) {
    case 2: return leap ? 29 : 28;
    case 4:
    case 6:
    case 9:
    case 11: return 30;
    default: return 31;
    }
}

static void every_day_of_every_year_follows_the_day_before(void **state)
{
    (void)state;
    Date expected = -719162;
    for (int year = 1; year <= 9999; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= days_of_month(year, month); day++, expected++) {
                Date date = DATE_NONE;
                int y = 0;
                int m = 0;
                int d = 0;
                bool exists = date_from_civil(year, month, day, &date);
                date_to_civil(date, &y, &m, &d);
                if (!exists || date != expected || y != year || m != month || d != day)
                    fail_msg("%d-%d-%d is day %d (expected %d) and comes back as %d-%d-%d", year,
                             month, day, date, expected, y, m, d);
            }
    assert_int_equal(expected, 2932897);
}

static void no_date_prints_as_nothing(void **state)
{
    char text[16] = "something";
    (void)state;
    date_format(DATE_NONE, text);
    assert_string_equal(text, "");
}

/* A window may be shifted far by lead days; printing it must stay within the 16 bytes promised. */
static void dates_at_the_ends_of_the_type_print_within_their_room(void **state)
{
    static const struct {
        Date date;
        const char *iso;
    } CASES[] = {
        {INT32_MAX, "5881580-07-11"},
        {DATE_NONE + 1, "-5877641-06-24"},
        {2932897, "10000-01-01"},
        {-719163, "0000-12-31"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        char text[17];
        memset(text, '#', sizeof text);
        date_format(CASES[i].date, text);
        assert_case_text(CASES[i].iso, text, CASES[i].iso);
        assert_case_int(CASES[i].iso, text[16], '#');
    }
}

/* ---- days as text ---------------------------------------------------------------------------- */

#define NBSP "\xC2\xA0"
#define NARROW_NBSP "\xE2\x80\xAF"

static void days_are_read_in_every_form_that_means_one_day(void **state)
{
    static const struct {
        const char *text;
        DateReading want;
        const char *iso; /* "" where nothing is read */
    } CASES[] = {
        {"2026-04-01", DATE_READ, "2026-04-01"},
        {"01.04.2026", DATE_READ, "2026-04-01"},
        {"1.4.2026", DATE_READ, "2026-04-01"},
        {"01.4.2026", DATE_READ, "2026-04-01"},
        {"5. 3. 2024", DATE_READ, "2024-03-05"},
        {"5." NBSP "3." NARROW_NBSP "2024", DATE_READ, "2024-03-05"},
        {"5.3.2024.", DATE_READ, "2024-03-05"},
        {"2024. 03. 05.", DATE_READ, "2024-03-05"},
        {"2024.3.5", DATE_READ, "2024-03-05"},
        {"2026/04/01", DATE_READ, "2026-04-01"},
        {"2026/4/1", DATE_READ, "2026-04-01"},
        {"2026-04-01T00:00:00", DATE_READ, "2026-04-01"},
        {"2026-04-01T00:00:00.000", DATE_READ, "2026-04-01"},
        {"2026-04-01 00:00", DATE_READ, "2026-04-01"},
        {"01.04.2026 0:00:00", DATE_READ, "2026-04-01"},
        {"2026/04/01 00:00", DATE_READ, "2026-04-01"},
        {"2026-04-01T12:30", DATE_READ_TIME, "2026-04-01"},
        {"01.04.2026 23:59:59", DATE_READ_TIME, "2026-04-01"},
        {"2026-04-01T00:00:00.5", DATE_READ_TIME, "2026-04-01"},
        {"2024-02-29", DATE_READ, "2024-02-29"},
        {"2026-02-29", DATE_NO_DAY, ""},
        {"2026-13-01", DATE_NO_DAY, ""},
        {"31.04.2026", DATE_NO_DAY, ""},
        {"2026/13/01", DATE_NO_DAY, ""},
        {"0.4.2026", DATE_NO_DAY, ""},
        {"", DATE_NO_FORM, ""},
        {"2026", DATE_NO_FORM, ""},
        {"2026-04", DATE_NO_FORM, ""},
        {"2026-4-1", DATE_NO_FORM, ""},
        {"2026-04-01 ", DATE_NO_FORM, ""},
        {" 2026-04-01", DATE_NO_FORM, ""},
        {"2026-04-012", DATE_NO_FORM, ""},
        {"2026-04-01T", DATE_NO_FORM, ""},
        {"2026-04-01T24:00", DATE_NO_FORM, ""},
        {"2026-04-01T12:60", DATE_NO_FORM, ""},
        {"2026-04-01T12", DATE_NO_FORM, ""},
        {"2026-04-01T21:00:00Z", DATE_NO_FORM, ""}, /* another day in Kyiv */
        {"2026-04-01T00:00:00+03:00", DATE_NO_FORM, ""},
        {"2026.04-01", DATE_NO_FORM, ""},
        {"01.04/2026", DATE_NO_FORM, ""},
        {"5.  3. 2024", DATE_NO_FORM, ""},
        {"1.4.202", DATE_NO_FORM, ""},
        {"1.4.20260", DATE_NO_FORM, ""},
        {"26-04-01", DATE_NO_FORM, ""},
        {"46113", DATE_NO_FORM, ""},
        {"1 April 2026", DATE_NO_FORM, ""},
        {"03/04/2026", DATE_TWO_ORDERS, ""},
        {"13/04/2026", DATE_TWO_ORDERS, ""},
        {"03-04-2026", DATE_TWO_ORDERS, ""},
        {"03/04/2026 00:00", DATE_TWO_ORDERS, ""},
        {"03/04-2026", DATE_NO_FORM, ""},
        {"01.04.26", DATE_SHORT_YEAR, ""},
        {"1. 4. 26", DATE_SHORT_YEAR, ""},
        {"3/4/26", DATE_SHORT_YEAR, ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        Date date = DATE_NONE;
        char text[16];
        assert_case_int(CASES[i].text, date_read(CASES[i].text, &date), CASES[i].want);
        date_format(date, text);
        assert_case_text(CASES[i].text, text, CASES[i].iso);
    }
}

static void what_is_not_read_has_the_meanings_that_it_can_have(void **state)
{
    static const struct {
        const char *text;
        int count;
        const char *iso[2];
    } CASES[] = {
        {"03/04/2026", 2, {"2026-04-03", "2026-03-04"}},
        {"13/04/2026", 1, {"2026-04-13"}},
        {"04/13/2026", 1, {"2026-04-13"}},
        {"05/05/2026", 1, {"2026-05-05"}},
        {"13/13/2026", 0, {NULL}},
        {"3-4-2026", 2, {"2026-04-03", "2026-03-04"}},
        {"01.04.26", 1, {"2026-04-01"}}, /* dots put the day first */
        {"31.04.26", 0, {NULL}},
        {"1/2/99", 2, {"2099-02-01", "2099-01-02"}},
        {"2026-04-01", 0, {NULL}},
        {"soon", 0, {NULL}},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        Date days[2];
        int count = date_meanings(CASES[i].text, days);
        assert_case_int(CASES[i].text, count, CASES[i].count);
        for (int k = 0; k < count; k++) {
            char text[16];
            date_format(days[k], text);
            assert_case_text(CASES[i].text, text, CASES[i].iso[k]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_days_have_their_numbers),
        cmocka_unit_test(days_that_do_not_exist_are_refused_and_leave_the_output_alone),
        cmocka_unit_test(every_day_of_every_year_follows_the_day_before),
        cmocka_unit_test(no_date_prints_as_nothing),
        cmocka_unit_test(dates_at_the_ends_of_the_type_print_within_their_room),
        cmocka_unit_test(days_are_read_in_every_form_that_means_one_day),
        cmocka_unit_test(what_is_not_read_has_the_meanings_that_it_can_have),
    };
    return cmocka_run_group_tests_name("date", tests, NULL, NULL);
}
