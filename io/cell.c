/* Typing one cell: figures, shares, whole numbers, amounts, dates and flags. Words, names, currencies
 * and units are cell_text.c.
 *
 * Every finding says what was found, what was expected and what to write. Called by the rows
 * (row_reader.c), column by column.
 */
#include "io/cell.h"

#include "allot/date_text.h"
#include "allot/quote.h"
#include "allot/words.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { FIGURE_SIZE = 40, FOLDED_SIZE = 16, SHARE_PLACES_MAX = 16 };

static const char *text_at(CellAt at)
{
    return sheet_cell(at.sheet, at.row, at.column)->text;
}

static DiagPlace place_of(CellAt at)
{
    return sheet_place(at.sheet, at.row, at.column);
}

bool text_is_unknown(const char *text)
{
    static const char *const markers[] = {".", "n/a", "undisclosed", "unknown", "tbd", "no price"};
    for (size_t i = 0; i < sizeof markers / sizeof markers[0]; i++)
        if (strcasecmp(text, markers[i]) == 0)
            return true;
    return false;
}

/* ---- figures -------------------------------------------------------------------------------- */

DecimalSign column_decimal_sign(const Sheet *sheet, size_t column)
{
    bool point = false, comma = false;
    for (size_t row = 0; row < sheet->row_count; row++) {
        const Cell *cell = sheet_cell(sheet, row, column);
        Number number;
        if (cell->kind != CELL_TEXT || number_read(cell->text, SIGN_OPEN, &number) != NUMBER_READ)
            continue;
        point = point || number.shown == SIGN_POINT;
        comma = comma || number.shown == SIGN_COMMA;
    }
    if (point == comma)
        return SIGN_OPEN;
    return point ? SIGN_POINT : SIGN_COMMA;
}

/* '1,234' can be 1234 or 1.234: both as they can be written without doubt. */
static void report_two_ways(CellAt at)
{
    const char *text = text_at(at);
    int before = (int)strcspn(text, ".,"); /* a minus and one to three digits */
    const char *after = text + before + 1;

    diag_add(at.diag, DIAG_NUMBER_AMBIGUOUS, place_of(at),
             "'%s' can be %.*s%.3s or %.*s.%.3s; write %.*s%.3s or %.*s.%.3s0", quote(text).text,
             before, text, after, before, text, after, before, text, after, before, text, after);
}

static Status report_reading(CellAt at, NumberReading reading, bool or_unknown)
{
    Quote found = quote(text_at(at));
    if (reading == NUMBER_TWO_WAYS)
        report_two_ways(at);
    else if (reading == NUMBER_LONG)
        diag_add(at.diag, DIAG_NUMBER_RANGE, place_of(at),
                 "'%s' has more digits than can be counted exactly; write at most 18", found.text);
    else
        diag_add(at.diag, DIAG_NUMBER, place_of(at),
                 "'%s' is not a number; write digits such as 1234.5, without currency or unit%s",
                 found.text, or_unknown ? ", or 'unknown'" : "");
    return STATUS_FINDINGS;
}

/* Reads the cell's figure; *percent says that a percent sign follows it. */
static Status read_figure(CellAt at, DecimalSign sign, bool or_unknown, bool *percent, Decimal *out)
{
    const Cell *cell = sheet_cell(at.sheet, at.row, at.column);
    Number number = {{0, 0}, false, SIGN_OPEN};
    NumberReading reading;

    if (cell->kind == CELL_TEXT && text_is_unknown(cell->text)) {
        diag_add(at.diag, DIAG_CELL_UNKNOWN, place_of(at),
                 "'%s' says unknown, but a figure is needed here; write it, or leave the cell "
                 "empty for the default",
                 quote(cell->text).text);
        return STATUS_FINDINGS;
    }
    if (cell->kind == CELL_NUMBER)
        reading = decimal_parse(cell->text, &number.value) ? NUMBER_READ : NUMBER_NONE;
    else
        reading = number_read(cell->text, sign, &number);
    if (reading != NUMBER_READ)
        return report_reading(at, reading, or_unknown);
    *percent = number.percent;
    *out = number.value;
    return STATUS_OK;
}

static bool is_within(Decimal value, int64_t least, int64_t most)
{
    return decimal_compare(value, decimal_make(least, 0)) >= 0 &&
           decimal_compare(value, decimal_make(most, 0)) <= 0;
}

/* What is wrong with the value, or NULL. */
static const char *breach_of(Decimal value, Limit limit)
{
    switch (limit) {
    case LIMIT_NONE: return NULL;
    case LIMIT_NOT_NEGATIVE: return value.digits >= 0 ? NULL : "is negative; write 0 or more";
    case LIMIT_POSITIVE: return value.digits > 0 ? NULL : "is too small; write more than 0";
    case LIMIT_SCORE: return is_within(value, 0, 100) ? NULL : "is no score; write 0 to 100";
    case LIMIT_SHARE:
        return is_within(value, 0, 1) ? NULL : "is no share; write 0 to 1, or 0% to 100%";
    case LIMIT_BELOW_ONE:
        return is_within(value, 0, 1) && decimal_compare(value, decimal_make(1, 0)) < 0
                   ? NULL
                   : "is no such share; write 0 to less than 1, or 0% to less than 100%";
    case LIMIT_DAYS:
        return is_within(value, 0, 36500) ? NULL : "is no such number of days; write 0 to 36500";
    }
    return NULL;
}

static Status check_limit(CellAt at, Decimal value, Limit limit)
{
    const char *breach = breach_of(value, limit);
    if (breach == NULL)
        return STATUS_OK;
    diag_add(at.diag, DIAG_NUMBER_RANGE, place_of(at), "'%s' %s", quote(text_at(at)).text, breach);
    return STATUS_FINDINGS;
}

Status cell_decimal(CellAt at, DecimalSign sign, Limit limit, bool or_unknown, Decimal *out)
{
    bool percent = false;
    Decimal value;

    TRY(read_figure(at, sign, or_unknown, &percent, &value));
    if (percent)
        return report_reading(at, NUMBER_NONE, or_unknown);
    TRY(check_limit(at, value, limit));
    *out = value;
    return STATUS_OK;
}

Status cell_share(CellAt at, DecimalSign sign, Limit limit, Decimal *out)
{
    bool percent = false;
    Decimal value;

    TRY(read_figure(at, sign, false, &percent, &value));
    if (percent && value.places > SHARE_PLACES_MAX)
        return report_reading(at, NUMBER_LONG, false);
    if (percent)
        value = decimal_make(value.digits, value.places + 2);
    TRY(check_limit(at, value, limit));
    *out = value;
    return STATUS_OK;
}

Status cell_integer(CellAt at, DecimalSign sign, Limit limit, int *out)
{
    bool percent = false;
    Decimal value;

    TRY(read_figure(at, sign, false, &percent, &value));
    if (percent || value.places > 0) {
        diag_add(at.diag, DIAG_NUMBER, place_of(at),
                 "'%s' is not a whole number; write digits alone", quote(text_at(at)).text);
        return STATUS_FINDINGS;
    }
    TRY(check_limit(at, value, limit));
    if (!is_within(value, INT_MIN, INT_MAX)) {
        diag_add(at.diag, DIAG_NUMBER_RANGE, place_of(at), "'%s' is too large; write at most %d",
                 quote(text_at(at)).text, INT_MAX);
        return STATUS_FINDINGS;
    }
    *out = (int)value.digits;
    return STATUS_OK;
}

/* The amounts of the unit just below and above a finer value. */
static void report_fine(CellAt at, Decimal value, Unit unit)
{
    char below[FIGURE_SIZE], above[FIGURE_SIZE];
    int64_t part = decimal_power_of_ten(value.places - unit.places);
    int64_t floor = value.digits / part - (value.digits % part < 0);

    unit_format(unit, floor, below);
    unit_format(unit, floor + 1, above);
    diag_add(at.diag, DIAG_NUMBER_FINE, place_of(at),
             "'%s' is finer than %s allows (%d decimals); write %s or %s", quote(text_at(at)).text,
             unit.name, unit.places, below, above);
}

Status cell_amount(CellAt at, Decimal value, Unit unit, int64_t *out)
{
    if (decimal_to_scaled(value, unit.places, out))
        return STATUS_OK;
    if (value.places > unit.places)
        report_fine(at, value, unit);
    else
        diag_add(at.diag, DIAG_TOO_LARGE, place_of(at),
                 "'%s' is too large for exact arithmetic; write it in a larger unit",
                 quote(text_at(at)).text);
    return STATUS_FINDINGS;
}

/* ---- dates and flags ------------------------------------------------------------------------ */

Status cell_date(CellAt at, Date *out)
{
    const char *text = text_at(at);
    Quote found = quote(text);

    switch (date_read(text, out)) {
    case DATE_READ: return STATUS_OK;
    case DATE_NO_DAY:
        diag_add(at.diag, DIAG_DATE, place_of(at),
                 "there is no day '%s'; write a day such as "
                 "2026-04-01 or 01.04.2026",
                 found.text);
        return STATUS_FINDINGS;
    case DATE_NO_FORM: break;
    }
    if (text_is_unknown(text))
        diag_add(at.diag, DIAG_CELL_UNKNOWN, place_of(at),
                 "'%s' says unknown, but a day is needed here; write it, or leave the cell empty "
                 "for the default",
                 found.text);
    else
        diag_add(at.diag, DIAG_DATE, place_of(at),
                 "'%s' is not a date; write 2026-04-01 or 01.04.2026", found.text);
    return STATUS_FINDINGS;
}

/* Lower case for ASCII and for the Ukrainian letters of the flags' words, which are U+0406 and
 * U+0410 to U+042F. False when the text is too long for any flag. */
static bool fold_flag(const char *text, char out[FOLDED_SIZE])
{
    size_t length = strlen(text);
    if (length >= FOLDED_SIZE)
        return false;
    for (size_t i = 0; i <= length; i++) {
        unsigned char c = (unsigned char)text[i];
        unsigned char before = i > 0 ? (unsigned char)text[i - 1] : 0;
        out[i] = text[i];
        if (c >= 'A' && c <= 'Z') {
            out[i] = (char)(c + 0x20);
        } else if (before == 0xD0 && c >= 0x90 && c <= 0x9F) {
            out[i] = (char)(c + 0x20);
        } else if (before == 0xD0 && c >= 0xA0 && c <= 0xAF) {
            out[i - 1] = '\xD1';
            out[i] = (char)(c - 0x20);
        } else if (before == 0xD0 && c == 0x86) {
            out[i - 1] = '\xD1';
            out[i] = '\x96';
        }
    }
    return true;
}

bool flag_read(const char *text, bool *out)
{
    static const char *const yes = "yes y 1 true tak \xD1\x82\xD0\xB0\xD0\xBA"; /* так */
    static const char *const no = "no n 0 false nie \xD0\xBD\xD1\x96";          /* ні */
    char folded[FOLDED_SIZE];

    if (!fold_flag(text, folded))
        return false;
    *out = word_index(yes, folded) >= 0;
    return *out || word_index(no, folded) >= 0;
}

Status cell_flag(CellAt at, bool *out)
{
    bool value;
    if (!flag_read(text_at(at), &value)) {
        diag_add(at.diag, DIAG_FLAG, place_of(at), "'%s' is not yes or no; write yes or no",
                 quote(text_at(at)).text);
        return STATUS_FINDINGS;
    }
    *out = value;
    return STATUS_OK;
}
