/* Typing one cell: figures, shares, whole numbers and amounts. Days and flags are cell_day.c, words,
 * names, currencies and units cell_text.c.
 *
 * Every finding says what was found, what was expected and what to write. Called by the rows
 * (row_reader.c), column by column.
 */
#include "io/cell.h"

#include "allot/language.h"
#include "allot/quote.h"
#include "allot/words.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "io/currency_sign.h"
#include "io/number_shown.h"

enum { FIGURE_SIZE = 40, SHARE_PLACES_MAX = 16, PHRASE_SIZE = 64, CODE_SIZE = 8 };

const char *cell_text(CellAt at)
{
    return sheet_cell(at.sheet, at.row, at.column)->text;
}

DiagPlace cell_place(CellAt at)
{
    return sheet_place(at.sheet, at.row, at.column);
}

DecimalSign column_decimal_sign(const Sheet *sheet, size_t column)
{
    bool point = false, comma = false;
    for (size_t row = 0; row < sheet->row_count; row++) {
        const Cell *cell = sheet_cell(sheet, row, column);
        Number number;
        if (cell->kind != CELL_TEXT || strpbrk(cell->text, ".,") == NULL ||
            sheet_edit_of(sheet, row, column) != NULL ||
            number_read(cell->text, SIGN_OPEN, &number) != NUMBER_READ)
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
    const char *text = cell_text(at);
    bool negative = strpbrk(text, "-(") != NULL || strstr(text, "\xE2\x88\x92") != NULL;
    const char *minus = negative ? "-" : "", *digits = text + strcspn(text, "0123456789");
    int before = (int)strcspn(digits, ".,"); /* one to three digits */
    const char *after = digits + before + 1;

    diag_add(
        at.diag, DIAG_NUMBER_AMBIGUOUS, cell_place(at),
        "'%s' can be %s%.*s%.3s or %s%.*s.%.3s; write %s%.*s%.3s or %s%.*s.%.3s0, or say which "
        "sign is the decimal one: --decimal comma or --decimal point",
        quote(text).text, minus, before, digits, after, minus, before, digits, after, minus, before,
        digits, after, minus, before, digits, after);
}

static Status report_reading(CellAt at, NumberReading reading, bool or_unknown)
{
    Quote found = quote(cell_text(at));
    if (reading == NUMBER_TWO_WAYS)
        report_two_ways(at);
    else if (reading == NUMBER_LONG)
        diag_add(at.diag, DIAG_NUMBER_RANGE, cell_place(at),
                 "'%s' has more digits than can be counted exactly; write at most 18", found.text);
    else
        diag_add(at.diag, DIAG_NUMBER, cell_place(at),
                 "'%s' is not a number; write digits such as 1234.5, without words%s", found.text,
                 or_unknown ? _(", or 'unknown'") : "");
    return STATUS_FINDINGS;
}

/* A spreadsheet took what was typed for something else. */
static Status report_kind(CellAt at, CellKind kind)
{
    const char *text = cell_text(at);
    Quote found = quote(text);
    if (kind == CELL_FLAG)
        diag_add(at.diag, DIAG_NUMBER, cell_place(at),
                 "'%s' is a truth value, but a figure is needed; type it again as a number",
                 found.text);
    else
        diag_add(at.diag, DIAG_NUMBER, cell_place(at),
                 "'%s' is a %s, but a figure is needed; spreadsheets turn 1.5 into 1 May: type it "
                 "again as a number",
                 found.text, strchr(text, '-') != NULL ? _("day") : _("time of day"));
    return STATUS_FINDINGS;
}

/* True when the currency that the figure is counted in is among those its sign can mean. */
static bool sign_agrees(const Number *number, const char *unit)
{
    char code[CODE_SIZE];
    for (size_t i = 0; unit != NULL; i++) {
        word_copy(number->currencies, i, code, sizeof code);
        if (code[0] == '\0')
            return false;
        if (strcmp(code, unit) == 0)
            return true;
    }
    return false;
}

/* A figure with a currency sign beside it must be counted in that currency. */
static Status check_sign(CellAt at, const FigureSpec *spec, const Number *number)
{
    char phrase[PHRASE_SIZE];
    Quote found = quote(cell_text(at));
    bool stored = sheet_cell(at.sheet, at.row, at.column)->kind == CELL_NUMBER;
    const char *is = stored ? _("is shown by its number format") : _("is");

    if (number->currencies == NULL || spec->any_sign || sign_agrees(number, spec->unit))
        return STATUS_OK;
    words_phrase(number->currencies, phrase, sizeof phrase);
    if (spec->unit_from == NULL)
        diag_add(at.diag, DIAG_SIGN, cell_place(at),
                 "'%s' %s in %s, but no currency may stand in this column; write the figure alone",
                 found.text, is, phrase);
    else if (spec->unit == NULL)
        diag_add(at.diag, DIAG_SIGN, cell_place(at),
                 "'%s' %s in %s, but the row does not say what it counts in (%s); write it there",
                 found.text, is, phrase, spec->unit_from);
    else
        diag_add(at.diag, DIAG_SIGN, cell_place(at),
                 "'%s' %s in %s, but the row counts in %s (%s); write the one or the other",
                 found.text, is, phrase, quote(spec->unit).text, spec->unit_from);
    return STATUS_FINDINGS;
}

/* A number that its format shows as something else. Nothing is nothing in thousands too. */
static Status check_shown(CellAt at, const Number *number, uint32_t shown)
{
    Quote found = quote(cell_text(at));
    if (number->value.digits == 0 || (shown & (SHOWN_SCALE | SHOWN_PERCENT)) == 0)
        return STATUS_OK;
    if ((shown & SHOWN_SCALE) != 0)
        diag_add(at.diag, DIAG_SCALE, cell_place(at),
                 "'%s' is shown in thousands or millions by its number format; write the full "
                 "amount and give the cell a plain format",
                 found.text);
    else
        diag_add(at.diag, DIAG_SCALE, cell_place(at),
                 "'%s' is shown with a percent sign that its number format adds as mere text; "
                 "write the figure that is meant and give the cell a plain format, or that of a "
                 "percentage",
                 found.text);
    return STATUS_FINDINGS;
}

/* A number cell, as its format shows it. */
static NumberReading read_stored(const Cell *cell, Number *out)
{
    *out = (Number){.shown = SIGN_OPEN};
    if (!decimal_parse(cell->text, &out->value))
        return NUMBER_LONG;
    if ((cell->shown & SHOWN_CURRENCY) != 0)
        out->currencies = currency_of_id(cell->shown & SHOWN_CURRENCY);
    return NUMBER_READ;
}

static Status read_figure(CellAt at, const FigureSpec *spec, Number *out)
{
    const Cell *cell = sheet_cell(at.sheet, at.row, at.column);
    NumberReading reading;

    if (cell->kind == CELL_TEXT && text_is_unknown(cell->text)) {
        diag_add(at.diag, DIAG_CELL_UNKNOWN, cell_place(at),
                 "'%s' says unknown, but a figure is needed here; write it, or leave the cell "
                 "empty for the default",
                 quote(cell->text).text);
        return STATUS_FINDINGS;
    }
    if (cell->kind == CELL_DATE || cell->kind == CELL_FLAG)
        return report_kind(at, cell->kind);
    if (cell->kind == CELL_NUMBER)
        reading = read_stored(cell, out);
    else
        reading = number_read(cell->text, spec->sign, out);
    if (reading != NUMBER_READ)
        return report_reading(at, reading, spec->or_unknown);
    if (cell->kind == CELL_NUMBER)
        TRY(check_shown(at, out, cell->shown));
    return check_sign(at, spec, out);
}

/* Only a share may be shown as a percentage. */
static Status refuse_share(CellAt at)
{
    const Cell *cell = sheet_cell(at.sheet, at.row, at.column);
    if (cell->kind != CELL_NUMBER || (cell->shown & SHOWN_SHARE) == 0)
        return STATUS_OK;
    diag_add(at.diag, DIAG_NUMBER, cell_place(at),
             "'%s' is shown as a percentage by its number format, but this is no share; write the "
             "figure that is meant and give the cell a plain format",
             quote(cell->text).text);
    return STATUS_FINDINGS;
}

static Status refuse_percent(CellAt at)
{
    diag_add(at.diag, DIAG_NUMBER, cell_place(at),
             "'%s' has a percent sign, but this column takes no shares; write the number alone, "
             "without the sign, in every row alike",
             quote(cell_text(at)).text);
    return STATUS_FINDINGS;
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
    case LIMIT_NOT_NEGATIVE: return value.digits >= 0 ? NULL : _("is negative; write 0 or more");
    case LIMIT_POSITIVE: return value.digits > 0 ? NULL : _("is too small; write more than 0");
    case LIMIT_SCORE: return is_within(value, 0, 100) ? NULL : _("is no score; write 0 to 100");
    case LIMIT_SHARE:
        return is_within(value, 0, 1) ? NULL : _("is no share; write 0 to 1, or 0% to 100%");
    case LIMIT_BELOW_ONE:
        return is_within(value, 0, 1) && decimal_compare(value, decimal_make(1, 0)) < 0
                   ? NULL
                   : _("is no such share; write 0 to less than 1, or 0% to less than 100%");
    case LIMIT_DAYS:
        return is_within(value, 0, 36500) ? NULL : _("is no such number of days; write 0 to 36500");
    }
    return NULL;
}

static Status check_limit(CellAt at, Decimal value, Limit limit)
{
    const char *breach = breach_of(value, limit);
    if (breach == NULL)
        return STATUS_OK;
    diag_add(at.diag, DIAG_NUMBER_RANGE, cell_place(at), "'%s' %s", quote(cell_text(at)).text,
             breach);
    return STATUS_FINDINGS;
}

Status cell_decimal(CellAt at, const FigureSpec *spec, Decimal *out)
{
    Number number;

    TRY(read_figure(at, spec, &number));
    TRY(refuse_share(at));
    if (number.percent)
        return refuse_percent(at);
    TRY(check_limit(at, number.value, spec->limit));
    *out = number.value;
    return STATUS_OK;
}

Status cell_share(CellAt at, DecimalSign sign, Limit limit, Decimal *out)
{
    const FigureSpec spec = {.sign = sign};
    Number number;

    TRY(read_figure(at, &spec, &number));
    if (number.percent && number.value.places > SHARE_PLACES_MAX)
        return report_reading(at, NUMBER_LONG, false);
    if (number.percent)
        number.value = decimal_make(number.value.digits, number.value.places + 2);
    TRY(check_limit(at, number.value, limit));
    *out = number.value;
    return STATUS_OK;
}

Status cell_integer(CellAt at, DecimalSign sign, Limit limit, int *out)
{
    const FigureSpec spec = {.sign = sign};
    Number number;

    TRY(read_figure(at, &spec, &number));
    TRY(refuse_share(at));
    if (number.percent || number.value.places > 0) {
        diag_add(at.diag, DIAG_NUMBER, cell_place(at),
                 "'%s' is not a whole number; write digits alone", quote(cell_text(at)).text);
        return STATUS_FINDINGS;
    }
    TRY(check_limit(at, number.value, limit));
    if (!is_within(number.value, INT_MIN, INT_MAX)) {
        diag_add(at.diag, DIAG_NUMBER_RANGE, cell_place(at), "'%s' is too large; write at most %d",
                 quote(cell_text(at)).text, INT_MAX);
        return STATUS_FINDINGS;
    }
    *out = (int)number.value.digits;
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
    diag_add(at.diag, DIAG_NUMBER_FINE, cell_place(at),
             "'%s' is finer than %s allows (%d decimals); write %s or %s",
             quote(cell_text(at)).text, unit.name, unit.places, below, above);
}

Status cell_amount(CellAt at, Decimal value, Unit unit, int64_t *out)
{
    bool counted = decimal_to_scaled(value, unit.places, out);
    if (counted && *out <= AMOUNT_MOST && *out >= -AMOUNT_MOST)
        return STATUS_OK;
    if (!counted && value.places > unit.places)
        report_fine(at, value, unit);
    else
        diag_add(at.diag, DIAG_TOO_LARGE, cell_place(at),
                 "'%s' is too large for exact arithmetic; write it in a larger unit",
                 quote(cell_text(at)).text);
    return STATUS_FINDINGS;
}
