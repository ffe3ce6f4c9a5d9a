/* Days as people write them. Used by the settings (models) and by the typing of cells (io).
 *
 * Only forms that can be read in one way are taken: 03/04/2026 is not among them.
 */
#include "allot/date_text.h"

#include <stdbool.h>

/* Reads least to most digits at *text and moves it behind them. */
static bool read_digits(const char **text, int least, int most, int *out)
{
    int count = 0, value = 0;

    while (count < most && **text >= '0' && **text <= '9') {
        value = value * 10 + (**text - '0');
        ++*text;
        ++count;
    }
    *out = value;
    return count >= least;
}

static bool read_sign(const char **text, char sign)
{
    if (**text != sign)
        return false;
    ++*text;
    return true;
}

static bool read_iso(const char *text, int *year, int *month, int *day)
{
    return read_digits(&text, 4, 4, year) && read_sign(&text, '-') &&
           read_digits(&text, 2, 2, month) && read_sign(&text, '-') &&
           read_digits(&text, 2, 2, day) && *text == '\0';
}

static bool read_dotted(const char *text, int *year, int *month, int *day)
{
    return read_digits(&text, 1, 2, day) && read_sign(&text, '.') &&
           read_digits(&text, 1, 2, month) && read_sign(&text, '.') &&
           read_digits(&text, 4, 4, year) && *text == '\0';
}

DateReading date_read(const char *text, Date *out)
{
    int year, month, day;

    if (!read_iso(text, &year, &month, &day) && !read_dotted(text, &year, &month, &day))
        return DATE_NO_FORM;
    return date_from_civil(year, month, day, out) ? DATE_READ : DATE_NO_DAY;
}
