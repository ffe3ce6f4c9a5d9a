/* Days of the proleptic Gregorian calendar as one number, after Howard Hinnant's
 * "chrono-compatible low-level date algorithms": a year that begins in March puts the leap day last.
 *
 * Called by the readers, the window checks and everything that prints a day. Owns nothing.
 */
#include "allot/date.h"

#include <stdio.h>
#include <string.h>

enum {
    DAYS_PER_ERA = 146097,           /* 400 years */
    DAYS_MARCH_0000_TO_1970 = 719468 /* 0000-03-01 to 1970-01-01 */
};

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month)
{
    static const int DAYS[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return DAYS[month - 1] + (month == 2 && is_leap(year) ? 1 : 0);
}

bool date_from_civil(int year, int month, int day, Date *out)
{
    if (year < 1 || year > 9999 || month < 1 || month > 12)
        return false;
    if (day < 1 || day > days_in_month(year, month))
        return false;
    int march_year = month > 2 ? year : year - 1;
    int era = march_year / 400;
    int year_of_era = march_year % 400;
    int march_month = month > 2 ? month - 3 : month + 9;
    int day_of_year = (153 * march_month + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    *out = era * DAYS_PER_ERA + day_of_era - DAYS_MARCH_0000_TO_1970;
    return true;
}

void date_to_civil(Date date, int *year, int *month, int *day)
{
    int64_t days = (int64_t)date + DAYS_MARCH_0000_TO_1970;
    int64_t era = (days >= 0 ? days : days - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
    int day_of_era = (int)(days - era * DAYS_PER_ERA);
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int march_month = (5 * day_of_year + 2) / 153;
    *day = day_of_year - (153 * march_month + 2) / 5 + 1;
    *month = march_month < 10 ? march_month + 3 : march_month - 9;
    *year = (int)(era * 400) + year_of_era + (*month <= 2 ? 1 : 0);
}

void date_format(Date date, char *out)
{
    char text[40]; /* room for any three ints, so that gcc sees that nothing is cut off */
    int year;
    int month;
    int day;
    out[0] = '\0';
    if (date == DATE_NONE)
        return;
    date_to_civil(date, &year, &month, &day);
    (void)snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
    memcpy(out, text, strlen(text) + 1); /* at most "-5877641-06-24": 15 bytes */
}
