/* Days and times as spreadsheets store them, brought to one text.
 *
 * Everything becomes whole seconds first, rounded: stored times are off by parts of a second
 * ("12:29:59.9999999"), which may carry into the next day. Called by the readers of workbooks and by
 * the typing of cells.
 */
#include "io/serial_date.h"

#include <inttypes.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum {
    DAY_SECONDS = 86400,
    SERIAL_1970 = 25569, /* of 1970-01-01, counted from 1899-12-30 */
    SERIAL_NONE = 60,    /* 1900-02-29, which the 1900 system counts and no calendar has */
    SERIAL_LAST = 2958465,
    EPOCH_STEP = 1462, /* days from one system's day to the other's */
    NUMBER_DIGITS = 9  /* of one part of a duration */
};

/* ---- from seconds --------------------------------------------------------------------------- */

/* False for what is no number or far from any day. */
static bool whole_seconds(double serial, int64_t *seconds)
{
    if (!(serial >= 0 && serial < SERIAL_LAST + 1.0))
        return false;
    *seconds = (int64_t)llround(serial * DAY_SECONDS);
    return true;
}

static bool write_hours(int64_t seconds, char out[SERIAL_TEXT_SIZE])
{
    int length = snprintf(out, SERIAL_TEXT_SIZE, "%02" PRId64 ":%02d:%02d", seconds / 3600,
                          (int)(seconds / 60 % 60), (int)(seconds % 60));
    return length > 0 && length < SERIAL_TEXT_SIZE;
}

/* The day, and its time unless that is 0:00. */
static bool write_day(Date day, int64_t seconds, char out[SERIAL_TEXT_SIZE])
{
    date_format(day, out);
    if (seconds == 0)
        return true;
    char hours[SERIAL_TEXT_SIZE];
    size_t length = strlen(out);
    (void)write_hours(seconds, hours);
    (void)snprintf(out + length, SERIAL_TEXT_SIZE - length, "T%.8s", hours);
    return true;
}

/* ---- serial numbers ------------------------------------------------------------------------- */

static bool day_of(int64_t serial, bool epoch_1904, Date *out)
{
    if (epoch_1904)
        serial += EPOCH_STEP;
    if (serial < 1 || serial > SERIAL_LAST || serial == SERIAL_NONE)
        return false;
    *out = (Date)(serial - SERIAL_1970 + (serial < SERIAL_NONE ? 1 : 0));
    return true;
}

bool serial_day(double serial, bool epoch_1904, Date *out)
{
    int64_t seconds;
    return whole_seconds(serial, &seconds) && day_of(seconds / DAY_SECONDS, epoch_1904, out);
}

bool serial_text(double serial, FormatKind kind, bool epoch_1904, char out[SERIAL_TEXT_SIZE])
{
    int64_t seconds;
    Date day;
    if (kind == FORMAT_NUMBER || !whole_seconds(serial, &seconds))
        return false;
    if (kind == FORMAT_TIME)
        return write_hours(seconds, out);
    return day_of(seconds / DAY_SECONDS, epoch_1904, &day) &&
           write_day(day, seconds % DAY_SECONDS, out);
}

/* ---- ISO texts ------------------------------------------------------------------------------ */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Takes @p count digits. */
static bool take_digits(const char **text, int count, int *out)
{
    *out = 0;
    for (int i = 0; i < count; i++, (*text)++) {
        if (!is_digit(**text))
            return false;
        *out = *out * 10 + (**text - '0');
    }
    return true;
}

static bool take_sign(const char **text, char sign)
{
    if (**text != sign)
        return false;
    (*text)++;
    return true;
}

/* Takes a part of a second, if there is one: 1 from a half on, else 0. */
static int take_fraction(const char **text)
{
    if ((**text != '.' && **text != ',') || !is_digit((*text)[1]))
        return 0;
    (*text)++;
    int up = **text >= '5' ? 1 : 0;
    while (is_digit(**text))
        (*text)++;
    return up;
}

static bool take_day(const char **text, Date *day)
{
    int year;
    int month;
    int day_of_month;
    return take_digits(text, 4, &year) && take_sign(text, '-') && take_digits(text, 2, &month) &&
           take_sign(text, '-') && take_digits(text, 2, &day_of_month) &&
           date_from_civil(year, month, day_of_month, day);
}

/* "12:30", "12:30:00" or "12:30:00.5", up to "24:00:00". */
static bool take_time(const char **text, int *seconds)
{
    int hour;
    int minute;
    int second = 0;
    if (!take_digits(text, 2, &hour) || !take_sign(text, ':') || !take_digits(text, 2, &minute))
        return false;
    if (take_sign(text, ':')) {
        if (!take_digits(text, 2, &second))
            return false;
    }
    if (minute > 59 || second > 59)
        return false;
    *seconds = hour * 3600 + minute * 60 + second;
    if (*seconds > DAY_SECONDS)
        return false;
    *seconds += take_fraction(text);
    return true;
}

/* True at the end, or at an offset that ends the text. */
static bool is_end_or_offset(const char *text)
{
    int hours;
    int minutes;
    if (*text == '\0' || strcmp(text, "Z") == 0)
        return true;
    if (*text != '+' && *text != '-')
        return false;
    text++;
    return take_digits(&text, 2, &hours) && take_sign(&text, ':') &&
           take_digits(&text, 2, &minutes) && *text == '\0';
}

bool iso_text(const char *iso, char out[SERIAL_TEXT_SIZE])
{
    Date day;
    int seconds = 0;
    if (!take_day(&iso, &day))
        return false;
    if (*iso == 'T' || *iso == ' ') {
        iso++;
        if (!take_time(&iso, &seconds))
            return false;
    }
    if (!is_end_or_offset(iso))
        return false;
    if (seconds >= DAY_SECONDS) {
        Date last;
        if (!date_from_civil(9999, 12, 31, &last) || day >= last)
            return false;
        day++;
        seconds -= DAY_SECONDS;
    }
    return write_day(day, seconds, out);
}

/* ---- durations ------------------------------------------------------------------------------ */

/* Takes digits, a part of a second behind them, and the letter of their unit: seconds of @p unit
 *  are added to @p seconds. No effect when another unit comes. */
static bool take_part(const char **text, char letter, int unit, int64_t *seconds)
{
    const char *p = *text;
    int64_t number = 0;
    size_t digits = 0;
    for (; is_digit(*p); p++, digits++) {
        if (digits == NUMBER_DIGITS)
            return false;
        number = number * 10 + (*p - '0');
    }
    if (digits == 0)
        return false;
    int up = unit == 1 ? take_fraction(&p) : 0;
    if (*p != letter)
        return false;
    *seconds += number * unit + up;
    *text = p + 1;
    return true;
}

bool duration_text(const char *iso, char out[SERIAL_TEXT_SIZE])
{
    int64_t seconds = 0;
    if (!take_sign(&iso, 'P'))
        return false;
    bool any = take_part(&iso, 'D', DAY_SECONDS, &seconds);
    if (take_sign(&iso, 'T')) {
        any = take_part(&iso, 'H', 3600, &seconds);
        any = take_part(&iso, 'M', 60, &seconds) || any;
        any = take_part(&iso, 'S', 1, &seconds) || any;
    }
    if (!any || *iso != '\0' || seconds >= (SERIAL_LAST + INT64_C(1)) * DAY_SECONDS)
        return false;
    return write_hours(seconds, out);
}
