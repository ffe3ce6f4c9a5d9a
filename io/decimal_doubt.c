/* Figures that are read as the other cells of their column suggest, where these cells leave a doubt: 1,500
 * beside 60 000,00 is 1.5 by its comma, and may well be 1500 from somebody else's keyboard.
 *
 * Called once a column, when its decimal sign is needed: by a table's rows (row_cell.c) and by donors' answers
 * (replies_lines.c).
 */
#include "io/cell.h"

#include <string.h>

#include "allot/quote.h"

enum { PLAIN_SIZE = 64, NO_ROW = -1 };

/* What the cells that can be read in one way only show. */
typedef struct ColumnHabit {
    long sign_row;  /* the first that shows the decimal sign; NO_ROW: none does */
    long group_row; /* the first that groups thousands by a blank or an apostrophe; likewise */
    bool threes;    /* some have just three decimals: then others may, too */
} ColumnHabit;

static char sign_character(DecimalSign sign)
{
    return sign == SIGN_POINT ? '.' : ',';
}

static size_t digits_at(const char *text)
{
    return strspn(text, "0123456789");
}

/* Digits, a blank or an apostrophe, and three digits more. */
static bool groups_by_blank(const char *text)
{
    for (; *text != '\0'; text++) {
        size_t digits = digits_at(text);
        const char *behind = text + digits;
        size_t blank = *behind == '\'' ? 1 : blank_length(behind, strlen(behind));
        if (digits > 0 && blank > 0 && digits_at(behind + blank) >= 3)
            return true;
        text = digits > 0 ? behind - 1 : text;
    }
    return false;
}

static bool has_three_decimals(const char *text, DecimalSign sign)
{
    const char *at = strrchr(text, sign_character(sign));
    return at != NULL && digits_at(at + 1) == 3;
}

static bool is_figure(const Sheet *sheet, size_t row, size_t column, NumberReading *reading)
{
    const Cell *cell = sheet_cell(sheet, row, column);
    Number number;
    if (cell->kind != CELL_TEXT || sheet_edit_of(sheet, row, column) != NULL)
        return false;
    *reading = number_read(cell->text, SIGN_OPEN, &number);
    return true;
}

static ColumnHabit habit_of(const Sheet *sheet, size_t column, DecimalSign sign)
{
    ColumnHabit habit = {NO_ROW, NO_ROW, false};
    for (size_t row = 0; row < sheet->row_count; row++) {
        const char *text = sheet_cell(sheet, row, column)->text;
        NumberReading reading;
        Number number;
        if (!is_figure(sheet, row, column, &reading) || reading != NUMBER_READ)
            continue;
        (void)number_read(text, SIGN_OPEN, &number);
        if (number.shown == sign && habit.sign_row == NO_ROW)
            habit.sign_row = (long)row;
        if (groups_by_blank(text) && habit.group_row == NO_ROW)
            habit.group_row = (long)row;
        habit.threes = habit.threes || (number.shown == sign && has_three_decimals(text, sign));
    }
    return habit;
}

/* The figure's digits with @p point between them, or nothing. */
static void write_plain(const char *text, const char *point, char out[PLAIN_SIZE])
{
    const char *digits = text + strcspn(text, "0123456789");
    size_t whole = digits_at(digits);
    (void)snprintf(out, PLAIN_SIZE, "%.*s%s%.3s", (int)whole, digits, point, digits + whole + 1);
}

static void report(CellAt at, long other, bool as_decimals)
{
    char small[PLAIN_SIZE], large[PLAIN_SIZE];
    const Sheet *sheet = at.sheet;
    Quote found = quote(cell_text(at));
    Quote witness = quote(sheet_cell(sheet, (size_t)other, at.column)->text);
    int line = sheet_place(sheet, (size_t)other, at.column).line;
    write_plain(cell_text(at), ".", small);
    write_plain(cell_text(at), "", large);
    if (as_decimals)
        diag_add(
            at.diag, DIAG_NUMBER_DOUBT, cell_place(at),
            "'%s' is read as %s, because '%s' (row %d) has its decimals behind such a sign; if "
            "%s is meant, write it without the sign",
            found.text, small, witness.text, line, large);
    else
        diag_add(
            at.diag, DIAG_NUMBER_DOUBT, cell_place(at),
            "'%s' is read as %s, although '%s' (row %d) groups thousands by another sign; if %s "
            "is meant, write it without doubt: %s0",
            found.text, large, witness.text, line, small, small);
}

/* Whether it holds a point or a comma before just three digits: nothing else can be read in two ways. */
static bool may_read_two_ways(const char *text)
{
    for (; (text = strpbrk(text, ".,")) != NULL; text++)
        if (digits_at(text + 1) == 3)
            return true;
    return false;
}

static void report_doubt(CellAt at, const ColumnHabit *habit, DecimalSign sign)
{
    bool as_decimals = strchr(cell_text(at), sign_character(sign)) != NULL;
    if (as_decimals && !habit->threes && habit->sign_row != NO_ROW)
        report(at, habit->sign_row, true);
    if (!as_decimals && habit->group_row != NO_ROW)
        report(at, habit->group_row, false);
}

/** Warns of each cell that the decimal sign of its column, @p sign, decides alone, where the other cells leave a
 *  doubt: decimals just three long where no other cell has such, groups where others group by a blank. */
static void doubt_decimals(const Sheet *sheet, size_t column, DecimalSign sign, Diag *diag)
{
    ColumnHabit habit;
    bool known = false; /* most columns have no such cell, and nobody asks for their habit */
    for (size_t row = 0; row < sheet->row_count; row++) {
        NumberReading reading;
        if (!may_read_two_ways(sheet_cell(sheet, row, column)->text) ||
            !is_figure(sheet, row, column, &reading) || reading != NUMBER_TWO_WAYS)
            continue;
        if (!known)
            habit = habit_of(sheet, column, sign);
        known = true;
        report_doubt((CellAt){sheet, row, column, diag}, &habit, sign);
    }
}

DecimalSign column_sign_or(const Sheet *sheet, size_t column, DecimalSign told, Diag *diag)
{
    DecimalSign sign = column_decimal_sign(sheet, column);
    if (sign == SIGN_OPEN)
        return told;
    if (sign != told)
        doubt_decimals(sheet, column, sign, diag);
    return sign;
}
