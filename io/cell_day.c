/* Typing one cell: days and flags, and the words that say that something is unknown.
 *
 * A day that can be read in two ways is refused with both readings: a plan must not depend on whose
 * spreadsheet wrote it. Called by the rows (row_reader.c).
 */
#include "io/cell.h"

#include "allot/date_text.h"
#include "allot/language.h"
#include "allot/quote.h"
#include "io/serial_date.h"

#include <string.h>

enum { DAY_SIZE = 16, LOWER_SIZE = 32, SERIAL_DIGITS_MAX = 9 };

/* True when the text is one of these, in any case; the list ends with NULL. */
static bool is_among(const char *text, const char *const *words)
{
    char lower[LOWER_SIZE];
    if (strlen(text) >= sizeof lower)
        return false;
    name_lower(text, lower, sizeof lower);
    for (; *words != NULL; words++)
        if (strcmp(lower, *words) == 0)
            return true;
    return false;
}

bool text_is_unknown(const char *text)
{
    static const char *const markers[] = {".",        "n/a",         "undisclosed", "unknown",
                                          "tbd",      "no price",    "невідомо",    "н/д",
                                          "nieznane", "brak danych", "b/d",         NULL};
    bool is_figure = *text >= '0' && *text <= '9'; /* so nearly all are asked for nothing */
    return !is_figure && is_among(text, markers);
}

/* ---- days ----------------------------------------------------------------------------------- */

static Status report_day(CellAt at, const char *what)
{
    diag_add(at.diag, DIAG_DATE, cell_place(at), "'%s' %s; write 2026-04-01 or 01.04.2026",
             quote(cell_text(at)).text, what);
    return STATUS_FINDINGS;
}

static Status report_no_day(CellAt at)
{
    diag_add(at.diag, DIAG_DATE, cell_place(at),
             "there is no day '%s'; write a day such as 2026-04-01 or 01.04.2026",
             quote(cell_text(at)).text);
    return STATUS_FINDINGS;
}

/* 03/04/2026 and 01.04.26: the days that may be meant, as they can be written without doubt. */
static Status report_meanings(CellAt at, bool short_year)
{
    Date days[2];
    char first[DAY_SIZE], second[DAY_SIZE];
    Quote found = quote(cell_text(at));
    int count = date_meanings(cell_text(at), days);

    if (count == 0)
        return report_no_day(at);
    date_format(days[0], first);
    date_format(days[count - 1], second);
    if (short_year && count == 1)
        diag_add(at.diag, DIAG_DATE, cell_place(at),
                 "'%s' has a year of two digits; write %s if that is the day", found.text, first);
    else if (short_year)
        diag_add(at.diag, DIAG_DATE, cell_place(at),
                 "'%s' has a year of two digits: it can be %s or %s; write the one that is meant",
                 found.text, first, second);
    else if (count == 1)
        diag_add(at.diag, DIAG_DATE, cell_place(at),
                 "'%s' can only be %s, but days written so may begin with the month; write %s",
                 found.text, first, first);
    else
        diag_add(at.diag, DIAG_DATE, cell_place(at),
                 "'%s' may have its day or its month first: it can be %s or %s; write the one that "
                 "is meant",
                 found.text, first, second);
    return STATUS_FINDINGS;
}

static bool is_of_our_time(Date day)
{
    Date first, last;
    return date_from_civil(1950, 1, 1, &first) && date_from_civil(2099, 12, 31, &last) &&
           day >= first && day <= last;
}

/* A year such as 1026 or 2206 is a slip of the finger. */
static Status take_day(CellAt at, Date day, Date *out)
{
    if (!is_of_our_time(day)) {
        diag_add(at.diag, DIAG_DATE, cell_place(at),
                 "'%s' lies outside 1950 to 2099; mend the year, or leave the cell empty for an "
                 "open end",
                 quote(cell_text(at)).text);
        return STATUS_FINDINGS;
    }
    *out = day;
    return STATUS_OK;
}

static bool is_serial(const Cell *cell)
{
    size_t length = strlen(cell->text);
    return (cell->kind == CELL_TEXT || cell->kind == CELL_NUMBER) && length > 0 &&
           strspn(cell->text, "0123456789") == length;
}

/* Numbers of rounds to come, and none of those that only look like days: 2026, 20260401. */
static bool read_serial(const Cell *cell, bool epoch_1904, Date *out)
{
    Date day;
    int serial = 0;

    if (strlen(cell->text) > SERIAL_DIGITS_MAX)
        return false;
    for (const char *digit = cell->text; *digit != '\0'; digit++)
        serial = serial * 10 + (*digit - '0');
    if (!serial_day(serial, epoch_1904, &day) || !is_of_our_time(day))
        return false;
    *out = day;
    return true;
}

static Status take_serial(CellAt at, const Cell *cell, DayForm *form, Date *out)
{
    if (!read_serial(cell, at.sheet->epoch_1904, out))
        return report_day(at, _("is no date, and as a spreadsheet's serial number it lies outside "
                                "1950-01-01 to 2099-12-31"));
    *form = DAY_SERIAL;
    return STATUS_OK;
}

Status cell_date(CellAt at, DayForm *form, Date *out)
{
    const Cell *cell = sheet_cell(at.sheet, at.row, at.column);
    Date day;

    *form = DAY_PLAIN;
    if (is_serial(cell))
        return take_serial(at, cell, form, out);
    switch (date_read(cell->text, &day)) {
    case DATE_READ_TIME: *form = DAY_TIMED; return take_day(at, day, out);
    case DATE_READ: return take_day(at, day, out);
    case DATE_NO_DAY: return report_no_day(at);
    case DATE_TWO_ORDERS: return report_meanings(at, false);
    case DATE_SHORT_YEAR: return report_meanings(at, true);
    case DATE_NO_FORM: break;
    }
    if (cell->kind == CELL_DATE)
        return report_day(at, _("is a time of day, not a date"));
    if (!text_is_unknown(cell->text))
        return report_day(at, _("is not a date"));
    diag_add(at.diag, DIAG_CELL_UNKNOWN, cell_place(at),
             "'%s' says unknown, but a day is needed here; write it, or leave the cell empty for "
             "the default",
             quote(cell->text).text);
    return STATUS_FINDINGS;
}

/* ---- flags ---------------------------------------------------------------------------------- */

bool flag_read(const char *text, bool *out)
{
    static const char *const yes[] = {"yes", "y",      "1",      "true", "tak",
                                      "так", "prawda", "істина", NULL};
    static const char *const no[] = {"no", "n",     "0",    "false",    "nie",
                                     "ні", "fałsz", "хиба", "хибність", NULL};
    bool is_yes = is_among(text, yes);

    if (!is_yes && !is_among(text, no))
        return false;
    *out = is_yes;
    return true;
}

Status cell_flag(CellAt at, bool *out)
{
    bool value;
    if (!flag_read(cell_text(at), &value)) {
        diag_add(at.diag, DIAG_FLAG, cell_place(at), "'%s' is not yes or no; write yes or no",
                 quote(cell_text(at)).text);
        return STATUS_FINDINGS;
    }
    *out = value;
    return STATUS_OK;
}
