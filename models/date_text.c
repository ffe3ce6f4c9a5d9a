/* Days as people write them. Used by the settings (models) and by the typing of cells (io).
 *
 * Only forms that can be read in one way are taken: 03/04/2026 is not among them.
 */
#include "allot/date_text.h"

#include <stdbool.h>
#include <string.h>

enum { CENTURY = 2000, SHORT_YEAR = 100 };

typedef struct Civil {
    int year, month, day;
} Civil;

/* ---- pieces: each moves *text behind what it has read, and fails otherwise ------------------- */

static bool read_digits(const char **text, int least, int most, int *out)
{
    int count = 0, value = 0;

    while (count < most && **text >= '0' && **text <= '9') {
        value = value * 10 + (**text - '0');
        ++*text;
        ++count;
    }
    *out = value;
    return count >= least && !(**text >= '0' && **text <= '9');
}

static bool read_sign(const char **text, char sign)
{
    if (**text != sign)
        return false;
    ++*text;
    return true;
}

/* A dot with the blank that some languages write behind it: 5. 3. 2024. */
static bool read_dot(const char **text)
{
    static const char *const blanks[] = {" ", "\xC2\xA0", "\xE2\x80\xAF"};
    if (!read_sign(text, '.'))
        return false;
    for (size_t i = 0; i < sizeof blanks / sizeof blanks[0]; i++) {
        size_t length = strlen(blanks[i]);
        if (strncmp(*text, blanks[i], length) == 0) {
            *text += length;
            break;
        }
    }
    return true;
}

static bool read_separator(const char **text, char sign)
{
    return sign == '.' ? read_dot(text) : read_sign(text, sign);
}

/* The end of a text: nothing, or a time of day. A zone would make another day of some: it is none. */
static bool read_end(const char *text, bool *timed)
{
    int hour, minute, second = 0, places = 0;

    *timed = false;
    if (*text == '\0')
        return true;
    if (!read_sign(&text, 'T') && !read_sign(&text, ' '))
        return false;
    if (!read_digits(&text, 1, 2, &hour) || !read_sign(&text, ':') ||
        !read_digits(&text, 2, 2, &minute))
        return false;
    if (read_sign(&text, ':')) {
        if (!read_digits(&text, 2, 2, &second))
            return false;
        if (read_sign(&text, '.') && !read_digits(&text, 1, 9, &places))
            return false;
    }
    *timed = hour > 0 || minute > 0 || second > 0 || places > 0;
    return *text == '\0' && hour < 24 && minute < 60 && second < 60;
}

/* ---- forms ---------------------------------------------------------------------------------- */

static bool read_iso(const char **text, Civil *out)
{
    return read_digits(text, 4, 4, &out->year) && read_sign(text, '-') &&
           read_digits(text, 2, 2, &out->month) && read_sign(text, '-') &&
           read_digits(text, 2, 2, &out->day);
}

static bool read_year_slashed(const char **text, Civil *out)
{
    return read_digits(text, 4, 4, &out->year) && read_sign(text, '/') &&
           read_digits(text, 1, 2, &out->month) && read_sign(text, '/') &&
           read_digits(text, 1, 2, &out->day);
}

static bool read_year_dotted(const char **text, Civil *out)
{
    bool read = read_digits(text, 4, 4, &out->year) && read_dot(text) &&
                read_digits(text, 1, 2, &out->month) && read_dot(text) &&
                read_digits(text, 1, 2, &out->day);
    (void)read_sign(text, '.'); /* Hungarian ends with a dot */
    return read;
}

static bool read_dotted(const char **text, Civil *out)
{
    bool read = read_digits(text, 1, 2, &out->day) && read_dot(text) &&
                read_digits(text, 1, 2, &out->month) && read_dot(text) &&
                read_digits(text, 4, 4, &out->year);
    (void)read_sign(text, '.'); /* so does Croatian */
    return read;
}

/* Day, month and year that are no form: the sign between them, or 0. The year has two or four
 * digits; what has slashes or hyphens may have its month first. */
static char read_doubtful(const char *text, Civil *out)
{
    bool timed;

    if (!read_digits(&text, 1, 2, &out->day))
        return 0;
    char sign = *text;
    if ((sign != '.' && sign != '/' && sign != '-') || !read_separator(&text, sign) ||
        !read_digits(&text, 1, 2, &out->month) || !read_separator(&text, sign))
        return 0;
    const char *year = text;
    if (!read_digits(&text, 2, 4, &out->year) || text - year == 3 || !read_end(text, &timed))
        return 0;
    return sign == '-' && text - year == 2 ? 0 : sign; /* to many 26-04-01 begins with the year */
}

DateReading date_read(const char *text, Date *out)
{
    static bool (*const FORMS[])(const char **, Civil *) = {read_iso, read_year_slashed,
                                                            read_year_dotted, read_dotted};
    Civil civil;
    bool timed;

    for (size_t i = 0; i < sizeof FORMS / sizeof FORMS[0]; i++) {
        const char *end = text;
        if (!FORMS[i](&end, &civil) || !read_end(end, &timed))
            continue;
        if (!date_from_civil(civil.year, civil.month, civil.day, out))
            return DATE_NO_DAY;
        return timed ? DATE_READ_TIME : DATE_READ;
    }
    if (read_doubtful(text, &civil) == 0)
        return DATE_NO_FORM;
    return civil.year < SHORT_YEAR ? DATE_SHORT_YEAR : DATE_TWO_ORDERS;
}

int date_meanings(const char *text, Date out[2])
{
    Civil civil;
    int count = 0;
    char sign = read_doubtful(text, &civil);

    if (sign == 0)
        return 0;
    if (civil.year < SHORT_YEAR)
        civil.year += CENTURY;
    count += date_from_civil(civil.year, civil.month, civil.day, &out[count]);
    if (sign != '.' && civil.day != civil.month)
        count += date_from_civil(civil.year, civil.day, civil.month, &out[count]);
    return count;
}
