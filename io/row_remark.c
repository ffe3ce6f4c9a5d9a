/* What a heading says beside its name, and what a row of units says under it, against the rows: a
 * currency that is not the one they are counted in, percent above figures without their own sign.
 *
 * Such words change no figure: cells and columns count. Where they would be needed to understand a
 * figure, they are asked about. Called by row_cell.c.
 */
#include "io/row_internal.h"

#include "allot/language.h"
#include "allot/names.h"
#include "allot/quote.h"
#include "allot/unit.h"
#include "allot/words.h"
#include "io/currency_sign.h"
#include "io/number.h"
#include "io/scale_words.h"

#include <stdio.h>
#include <string.h>

enum { FIRST_WORD_SIZE = 64, PHRASE_SIZE = 64, CODE_SIZE = 8, FROM_SIZE = 160 };

/* ---- where words can stand ------------------------------------------------------------------ */

/* A heading or a cell under it, and how findings call it and ask to mend it. */
typedef struct Above {
    DiagPlace place;
    char from[FROM_SIZE]; /* "'Kwota (PLN)'" */
    const char *out_of;   /* "the heading" */
} Above;

/* The heading first, then the rows under it. */
static size_t count_above(const Sheet *sheet)
{
    return 1 + sheet_under_count(sheet);
}

static Above above_at(const Sheet *sheet, size_t column, size_t index)
{
    Above above = {.place = sheet_heading_place(sheet, column), .out_of = _("the heading")};
    Quote heading = quote(above.place.text);
    if (index == 0) {
        snprintf(above.from, sizeof above.from, "'%s'", heading.text);
        return above;
    }
    above.place = sheet_under_place(sheet, index - 1, column);
    snprintf(above.from, sizeof above.from, _("'%s' under the heading '%s'"),
             quote(above.place.text).text, heading.text);
    above.out_of = _("that row");
    return above;
}

/* ---- currencies ----------------------------------------------------------------------------- */

static bool is_among(const char *currencies, const char *unit)
{
    char code[CODE_SIZE];
    for (size_t i = 0; unit != NULL; i++) {
        word_copy(currencies, i, code, sizeof code);
        if (code[0] == '\0' || strcmp(code, unit) == 0)
            return code[0] != '\0';
    }
    return false;
}

/* True when the row does not say itself what the figure is counted in. */
static bool is_default(const RowReader *reader, const Bound *bound)
{
    return bound->unit_cell == NULL ||
           sheet_cell(reader->sheet, reader->row, bound->unit_cell->column)->kind == CELL_EMPTY;
}

/* What a column's figures count; rates are given in the round's currency. */
static const char *counted_in(const RowReader *reader, const Bound *bound, void *row)
{
    if (reader->table->table == TABLE_RATES)
        return reader->reading->round->currency.name;
    return row_unit_name(reader, bound, row);
}

static void report_currency(const RowReader *reader, const Bound *bound, const Above *above,
                            const char *currencies, const char *unit)
{
    Diag *diag = reader->reading->diag;
    char phrase[PHRASE_SIZE];
    words_phrase(currencies, phrase, sizeof phrase);

    if (bound->unit != NULL)
        diag_add(diag, DIAG_SIGN, above->place,
                 "%s names %s, but amounts without a unit are counted in %s; write the currency "
                 "into the column %s and take it out of %s",
                 above->from, phrase, unit != NULL ? quote(unit).text : _("the units of the pairs"),
                 bound->unit->column, above->out_of);
    else if (unit != NULL)
        diag_add(diag, DIAG_SIGN, above->place,
                 "%s names %s, but this column is counted in %s; write its figures in that and "
                 "take the currency out of %s",
                 above->from, phrase, quote(unit).text, above->out_of);
    else
        diag_add(diag, DIAG_SIGN, above->place,
                 "%s names %s, but no currency may stand in this column; take it out of %s",
                 above->from, phrase, above->out_of);
}

/* True for a figure that the column unit could have said to be of things, and that is of money without
 * it. A price has a currency alone: "per piece" is no unit of it. */
static bool could_count_things(const Bound *bound, const char *unit)
{
    return bound->unit != NULL && bound->unit->kind == FIELD_UNIT && unit != NULL &&
           currency_places(unit) >= 0;
}

static void report_things(const RowReader *reader, const Bound *bound, const Above *above,
                          const char *unit)
{
    diag_add(
        reader->reading->diag, DIAG_UNITS, above->place,
        "%s counts things, but amounts without a unit are counted in %s; write what is counted "
        "into the column %s and take it out of %s",
        above->from, unit, bound->unit->column, above->out_of);
}

static void check_default(const RowReader *reader, Bound *bound, void *row)
{
    const char *unit = counted_in(reader, bound, row);
    for (size_t i = 0; i < count_above(reader->sheet); i++) {
        Above above = above_at(reader->sheet, bound->column, i);
        const char *text = above.place.text, *currencies;
        bound->currency_said = true;
        while (currency_next(&text, &currencies))
            if (!is_among(currencies, unit)) {
                report_currency(reader, bound, &above, currencies, unit);
                return;
            }
        if (could_count_things(bound, unit) && text_counts_things(above.place.text)) {
            report_things(reader, bound, &above, unit);
            return;
        }
        bound->currency_said = false;
    }
}

/* The first currency that the text names, when it names some and none is the unit; else NULL. Of
 * "EUR or USD" each row may be one. */
static const char *contradicting(const char *text, const char *unit)
{
    const char *first = NULL, *currencies;
    while (currency_next(&text, &currencies)) {
        if (is_among(currencies, unit))
            return NULL;
        first = first != NULL ? first : currencies;
    }
    return first;
}

/* The row says itself what it counts; only another currency contradicts what stands above. */
static void check_own(const RowReader *reader, Bound *bound, const char *unit)
{
    for (size_t i = 0; i < count_above(reader->sheet); i++) {
        Above above = above_at(reader->sheet, bound->column, i);
        const char *named = contradicting(above.place.text, unit);
        char phrase[PHRASE_SIZE];
        if (named == NULL)
            continue;
        words_phrase(named, phrase, sizeof phrase);
        diag_add(reader->reading->diag, DIAG_SIGN, above.place,
                 "%s names %s, but row %d counts in %s; take the currency out of %s, or mend the "
                 "rows",
                 above.from, phrase, sheet_line(reader->sheet, reader->row), unit, above.out_of);
        bound->currency_said = true;
        return;
    }
}

/* True for a heading that says that its figures are sums of money. */
static bool names_a_sum(const char *heading)
{
    static const char *const words[] = {"сума", "suma", "kwota", "sum"};
    char first[FIRST_WORD_SIZE], lower[FIRST_WORD_SIZE];
    snprintf(first, sizeof first, "%.*s", (int)strcspn(heading, " ,([\n"), heading);
    name_lower(first, lower, sizeof lower);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(lower, words[i]) == 0)
            return true;
    return false;
}

/* A sum above a row of things is most likely their price: read as their number it would be wrong by
 * what one costs. */
static void check_sum(const RowReader *reader, Bound *bound, const char *unit)
{
    Above above = above_at(reader->sheet, bound->column, 0);
    if (bound->field->kind != FIELD_QUANTITY || !names_a_sum(above.place.text))
        return;
    bound->currency_said = true;
    diag_add(
        reader->reading->diag, DIAG_UNITS, above.place,
        "%s is a sum of money, but row %d counts in %s; write how many into a column quantity, "
        "and what one costs into unit_cost",
        above.from, sheet_line(reader->sheet, reader->row), quote(unit).text);
}

void row_check_currency(const RowReader *reader, Bound *bound, void *row)
{
    if (bound->currency_said)
        return;
    if (is_default(reader, bound)) {
        if (!bound->currency_asked)
            check_default(reader, bound, row);
        bound->currency_asked = true;
        return;
    }
    const char *unit = row_unit_name(reader, bound, row);
    if (!bound->unit_cell->taken || unit == NULL || unit == bound->currency_of_row)
        return;
    if (currency_places(unit) < 0) {
        check_sum(reader, bound, unit);
        return;
    }
    bound->currency_of_row = unit;
    check_own(reader, bound, unit);
}

/* ---- percent -------------------------------------------------------------------------------- */

/* True for a share that says what it is: it has a percent sign, or is nothing at all. */
static bool is_clear(const Cell *cell)
{
    Number number;
    return strchr(cell->text, '%') != NULL ||
           (number_read(cell->text, SIGN_OPEN, &number) == NUMBER_READ && number.value.digits == 0);
}

/* The first text above the column that speaks of percent; as many as there are when none does. */
static size_t find_percent(const Sheet *sheet, size_t column)
{
    size_t i = 0;
    while (i < count_above(sheet) && !text_speaks_of_percent(above_at(sheet, column, i).place.text))
        i++;
    return i;
}

bool row_share_is_open(const RowReader *reader, Bound *bound, CellAt at)
{
    if (!bound->percent_asked)
        bound->percent_at = find_percent(at.sheet, at.column);
    bound->percent_asked = true;
    if (bound->percent_at == count_above(at.sheet) ||
        is_clear(sheet_cell(at.sheet, at.row, at.column)))
        return false;
    if (!bound->percent_said) {
        Above above = above_at(at.sheet, at.column, bound->percent_at);
        diag_add(reader->reading->diag, DIAG_SCALE, above.place,
                 "%s speaks of percent: write 12.5%% or 0.125 in the cells and take the percent "
                 "sign out of %s",
                 above.from, above.out_of);
    }
    bound->percent_said = true;
    return true;
}
