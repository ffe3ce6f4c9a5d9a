/* Days: there and back, the leap years, the days that do not exist, the ISO form.
 *
 * Day numbers of the table are those of Python's datetime; the walk over all years counts by itself.
 */
#include "tests/support/test_support.h"

#include "allot/date.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_days_have_their_numbers),
        cmocka_unit_test(days_that_do_not_exist_are_refused_and_leave_the_output_alone),
        cmocka_unit_test(every_day_of_every_year_follows_the_day_before),
        cmocka_unit_test(no_date_prints_as_nothing),
        cmocka_unit_test(dates_at_the_ends_of_the_type_print_within_their_room),
    };
    return cmocka_run_group_tests_name("date", tests, NULL, NULL);
}
