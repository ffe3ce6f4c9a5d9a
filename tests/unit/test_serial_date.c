/* Days and times as spreadsheets store them. What Excel and LibreOffice show for a serial number is
 * written down here by hand; days of round numbers are those of the calendar.
 */
#include "tests/support/test_support.h"

#include "io/serial_date.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void serial_numbers_are_days(void **state)
{
    static const struct {
        const char *label;
        double serial;
        bool epoch_1904;
        const char *want; /* NULL: no day */
    } cases[] = {
        {"first day", 1, false, "1900-01-01"},
        {"before the day that never was", 59, false, "1900-02-28"},
        {"29 February 1900", 60, false, NULL},
        {"behind it", 61, false, "1900-03-01"},
        {"the Unix epoch", 25569, false, "1970-01-01"},
        {"a leap day", 43890, false, "2020-02-29"},
        {"1 April 2026", 46113, false, "2026-04-01"},
        {"with a time", 46113.75, false, "2026-04-01"},
        {"a breath before midnight", 46113.999999999, false, "2026-04-02"},
        {"a second before midnight", 46113.99998, false, "2026-04-01"},
        {"last day", 2958465, false, "9999-12-31"},
        {"behind it", 2958466, false, NULL},
        {"rounded behind it", 2958465.9999999, false, NULL},
        {"zero", 0, false, NULL},
        {"a time alone", 0.5, false, NULL},
        {"negative", -1, false, NULL},
        {"huge", 1e300, false, NULL},
        {"1904: zero", 0, true, "1904-01-01"},
        {"1904: 60 is a day", 60, true, "1904-03-01"},
        {"1904: 1 April 2026", 44651, true, "2026-04-01"},
        {"1904: last day", 2957003, true, "9999-12-31"},
        {"1904: behind it", 2957004, true, NULL},
        {"1904: negative", -1, true, NULL},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Date day = DATE_NONE;
        char text[16] = "";
        bool is_day = serial_day(cases[i].serial, cases[i].epoch_1904, &day);
        assert_case_int(cases[i].label, is_day, cases[i].want != NULL);
        date_format(day, text);
        assert_case_text(cases[i].label, text, is_day ? cases[i].want : "");
    }
}

static void what_is_no_number_is_no_day(void **state)
{
    Date day;
    char text[SERIAL_TEXT_SIZE];
    (void)state;
    assert_false(serial_day((double)NAN, false, &day));
    assert_false(serial_day((double)INFINITY, false, &day));
    assert_false(serial_text((double)NAN, FORMAT_TIME, false, text));
    assert_false(serial_text(-(double)INFINITY, FORMAT_TIME, false, text));
}

/* Every day of four hundred years, against a count made day by day. */
static void days_follow_each_other(void **state)
{
    static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int serial = 61; /* 1900-03-01 */
    int month = 3;
    (void)state;
    for (int year = 1900; year < 2300; year++, month = 1) {
        bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        for (; month <= 12; month++) {
            int last = days[month - 1] + (leap && month == 2 ? 1 : 0);
            for (int day = 1; day <= last; day++, serial++) {
                char want[40];
                char text[SERIAL_TEXT_SIZE];
                snprintf(want, sizeof want, "%04d-%02d-%02d", year, month, day);
                assert_true(serial_text(serial, FORMAT_DAY, false, text));
                assert_string_equal(text, want);
            }
        }
    }
}

static void serial_numbers_are_texts(void **state)
{
    static const struct {
        const char *label;
        double serial;
        FormatKind kind;
        bool epoch_1904;
        const char *want; /* NULL: no text */
    } cases[] = {
        {"a day", 46113, FORMAT_DAY, false, "2026-04-01"},
        {"a day at 0:00", 46113, FORMAT_DAY_TIME, false, "2026-04-01"},
        {"a day with a time", 46113.5, FORMAT_DAY_TIME, false, "2026-04-01T12:00:00"},
        {"a time that the format hides", 46113.25, FORMAT_DAY, false, "2026-04-01T06:00:00"},
        {"a second", 46113 + 1.0 / 86400, FORMAT_DAY_TIME, false, "2026-04-01T00:00:01"},
        {"12:30 as Excel stores it", 46113.520833333336, FORMAT_DAY_TIME, false,
         "2026-04-01T12:30:00"},
        {"12:30, a little short", 46113.520833333, FORMAT_DAY_TIME, false, "2026-04-01T12:30:00"},
        {"short of the next day", 46112.999999999, FORMAT_DAY, false, "2026-04-01"},
        {"1904", 44651.5, FORMAT_DAY_TIME, true, "2026-04-01T12:00:00"},
        {"no day", 0.5, FORMAT_DAY_TIME, false, NULL},
        {"the day that never was", 60.5, FORMAT_DAY, false, NULL},
        {"a time", 0.5, FORMAT_TIME, false, "12:00:00"},
        {"midnight", 0, FORMAT_TIME, false, "00:00:00"},
        {"a second before midnight", 86399.0 / 86400, FORMAT_TIME, false, "23:59:59"},
        {"hours over a day", 1.5, FORMAT_TIME, false, "36:00:00"},
        {"hours over four days", 100.25 / 24, FORMAT_TIME, false, "100:15:00"},
        {"a time does not know the epoch", 1.5, FORMAT_TIME, true, "36:00:00"},
        {"a negative time", -0.5, FORMAT_TIME, false, NULL},
        {"a number", 46113, FORMAT_NUMBER, false, NULL},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char text[SERIAL_TEXT_SIZE] = "";
        bool is_text = serial_text(cases[i].serial, cases[i].kind, cases[i].epoch_1904, text);
        assert_case_int(cases[i].label, is_text, cases[i].want != NULL);
        if (is_text)
            assert_case_text(cases[i].label, text, cases[i].want);
    }
}

static void check_texts(bool read(const char *, char *), const char *const cases[][2], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char text[SERIAL_TEXT_SIZE] = "";
        bool is_text = read(cases[i][0], text);
        assert_case_int(cases[i][0], is_text, cases[i][1] != NULL);
        if (is_text)
            assert_case_text(cases[i][0], text, cases[i][1]);
    }
}

static void iso_days_and_times_are_read(void **state)
{
    static const char *const cases[][2] = {
        {"2026-04-01", "2026-04-01"},
        {"2026-04-01T00:00:00", "2026-04-01"},
        {"2026-04-01T12:30:00", "2026-04-01T12:30:00"},
        {"2026-04-01T12:30", "2026-04-01T12:30:00"},
        {"2026-04-01 12:30:00", "2026-04-01T12:30:00"},
        {"2026-04-01T12:30:00.25", "2026-04-01T12:30:00"},
        {"2026-04-01T12:29:59.999999997", "2026-04-01T12:30:00"},
        {"2026-04-01T12:29:59,5", "2026-04-01T12:30:00"},
        {"2026-12-31T23:59:59.9", "2027-01-01"},
        {"2026-12-31T24:00:00", "2027-01-01"},
        {"9999-12-31T23:59:59", "9999-12-31T23:59:59"},
        {"2026-04-01Z", "2026-04-01"},
        {"2026-04-01+03:00", "2026-04-01"},
        {"2026-04-01T12:30:00Z", "2026-04-01T12:30:00"},
        {"2026-04-01T12:30:00.000+03:00", "2026-04-01T12:30:00"},
        {"2026-04-01T12:30:00-05:30", "2026-04-01T12:30:00"},
        {"2024-02-29", "2024-02-29"},
        {"1899-12-30T00:00:00", "1899-12-30"},
        {"0001-01-01", "0001-01-01"},
    };
    (void)state;
    check_texts(iso_text, cases, COUNT_OF(cases));
}

static void texts_that_are_no_iso_days_are_refused(void **state)
{
    static const char *const cases[][2] = {
        {"", NULL},
        {"2026-02-29", NULL},
        {"2026-13-01", NULL},
        {"2026-00-10", NULL},
        {"2026-04-31", NULL},
        {"0000-01-01", NULL},
        {"12026-04-01", NULL},
        {"-0044-03-15", NULL},
        {"2026-4-1", NULL},
        {"20260401", NULL},
        {"01.04.2026", NULL},
        {" 2026-04-01", NULL},
        {"2026-04-01 ", NULL},
        {"2026-04-01T", NULL},
        {"2026-04-01T12", NULL},
        {"2026-04-01T25:00:00", NULL},
        {"2026-04-01T24:00:01", NULL},
        {"2026-04-01T12:60:00", NULL},
        {"2026-04-01T12:30:60", NULL},
        {"2026-04-01T12:30:00.", NULL},
        {"2026-04-01T12:30:00+3", NULL},
        {"2026-04-01T12:30:00x", NULL},
        {"2026-04-01and more", NULL},
        {"9999-12-31T23:59:59.9", NULL},
        {"12:30:00", NULL},
        {"T12:30:00", NULL},
    };
    (void)state;
    check_texts(iso_text, cases, COUNT_OF(cases));
}

static void durations_are_hours(void **state)
{
    static const char *const cases[][2] = {
        {"PT12H30M00S", "12:30:00"},
        {"PT12H30M00.5S", "12:30:01"},
        {"PT12H29M59.999999999S", "12:30:00"},
        {"PT00H00M00S", "00:00:00"},
        {"PT36H", "36:00:00"},
        {"PT90M", "01:30:00"},
        {"PT1S", "00:00:01"},
        {"PT00H10M00,4S", "00:10:00"},
        {"P1D", "24:00:00"},
        {"P1DT2H3M4S", "26:03:04"},
        {"PT1H1S", "01:00:01"},
        {"PT71003183H59M59S", "71003183:59:59"}, /* the last second of 9999-12-31 */
        {"PT71003184H", NULL},
        {"", NULL},
        {"P", NULL},
        {"PT", NULL},
        {"P1DT", NULL},
        {"12:30:00", NULL},
        {"P1Y", NULL},
        {"P1M", NULL},
        {"PT1D", NULL},
        {"PT1M1H", NULL},
        {"PT1H1H", NULL},
        {"PT1.5H", NULL},
        {"PTH", NULL},
        {"PT.5S", NULL},
        {"PT1", NULL},
        {"PT1H ", NULL},
        {"-PT1H", NULL},
        {"PT9999999999H", NULL},
        {"PT99999999999999999999999H", NULL},
    };
    (void)state;
    check_texts(duration_text, cases, COUNT_OF(cases));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(serial_numbers_are_days),
        cmocka_unit_test(what_is_no_number_is_no_day),
        cmocka_unit_test(days_follow_each_other),
        cmocka_unit_test(serial_numbers_are_texts),
        cmocka_unit_test(iso_days_and_times_are_read),
        cmocka_unit_test(texts_that_are_no_iso_days_are_refused),
        cmocka_unit_test(durations_are_hours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
