/* Figures of a plan that an edit left behind: the quantity of a line was changed, and what it takes
 * and is worth still stands as before. Such a cell misleads whoever reads the table, though not the
 * check, which works everything out again. Called once by tables_read().
 */
#include "io/tables_stale.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "allot/amount_text.h"
#include "allot/language.h"
#include "allot/quote.h"
#include "io/cell.h"
#include "io/number.h"

typedef struct StaleCheck {
    const AssignmentTable *table;
    const Round *round;
    Diag *diag;
    DecimalSign gross_sign;
    DecimalSign value_sign;
} StaleCheck;

/* The cell's place, or false when there is no such column or nothing stands in the cell. */
static bool find_cell(const StaleCheck *s, size_t row, AssignmentColumn column, DiagPlace *place)
{
    int at = s->table->headings.column_of[column];
    if (at < 0 || sheet_cell(s->table->sheet, row, (size_t)at)->kind == CELL_EMPTY)
        return false;
    *place = sheet_place(s->table->sheet, row, (size_t)at);
    return true;
}

static bool is_amount(const char *text, DecimalSign sign, Unit unit, int64_t amount)
{
    Number number;
    int64_t written;
    return number_read(text, sign, &number) == NUMBER_READ && !number.percent &&
           number.currencies == NULL && decimal_to_scaled(number.value, unit.places, &written) &&
           written == amount;
}

/* ---- one cell ------------------------------------------------------------------------------- */

static void check_gross(const StaleCheck *s, size_t row, const Assignment *line)
{
    DiagPlace place;
    Unit unit = s->round->needs[line->need].unit, gross = s->round->offers[line->offer].unit;
    if (!find_cell(s, row, ASSIGNMENT_OFFER_QUANTITY, &place) ||
        is_amount(place.text, s->gross_sign, gross, line->offer_quantity))
        return;
    diag_add(s->diag, DIAG_PLAN_STALE, place, "%s is written; %s take %s", quote(place.text).text,
             amount_in_unit(unit, line->quantity).text,
             amount_in_unit(gross, line->offer_quantity).text);
}

static void check_value(const StaleCheck *s, size_t row, const Assignment *line,
                        AssignmentColumn column)
{
    DiagPlace place;
    Unit unit = s->round->needs[line->need].unit, currency = s->round->currency;
    if (!find_cell(s, row, column, &place) ||
        (line->has_value && is_amount(place.text, s->value_sign, currency, line->value)))
        return;
    if (line->has_value)
        diag_add(s->diag, DIAG_PLAN_STALE, place, "%s is written; %s are worth %s",
                 quote(place.text).text, amount_in_unit(unit, line->quantity).text,
                 amount_in_unit(currency, line->value).text);
    else
        diag_add(s->diag, DIAG_PLAN_STALE, place, "%s is written; %s of need '%s' have no value",
                 quote(place.text).text, amount_in_unit(unit, line->quantity).text,
                 s->round->needs[line->need].id);
}

static void check_word(const StaleCheck *s, size_t row, AssignmentColumn column, const char *word,
                       const char *whose)
{
    DiagPlace place;
    if (find_cell(s, row, column, &place) && strcmp(place.text, word) != 0)
        diag_add(s->diag, DIAG_PLAN_STALE, place, "'%s' is written; %s is '%s'",
                 quote(place.text).text, whose, word);
}

static void check_basis(const StaleCheck *s, size_t row, const Assignment *line)
{
    DiagPlace place;
    const char *basis = basis_text(line->basis);
    if (find_cell(s, row, ASSIGNMENT_BASIS, &place) && !language_is(place.text, basis))
        diag_add(s->diag, DIAG_PLAN_STALE, place, "'%s' is written; offer '%s' is %s",
                 quote(place.text).text, s->round->offers[line->offer].id, _(basis));
}

static void check_locked(const StaleCheck *s, size_t row, const Assignment *line)
{
    DiagPlace place;
    bool written;
    if (!find_cell(s, row, ASSIGNMENT_LOCKED, &place) ||
        (flag_read(place.text, &written) && written == line->locked))
        return;
    diag_add(s->diag, DIAG_PLAN_STALE, place, "'%s' is written; %s of the round fixes this line",
             quote(place.text).text, line->locked ? _("a commitment") : _("no commitment"));
}

/* ---- all of them ---------------------------------------------------------------------------- */

static DecimalSign sign_of(const AssignmentTable *table, AssignmentColumn column)
{
    int at = table->headings.column_of[column];
    DecimalSign sign = at < 0 ? SIGN_OPEN : column_decimal_sign(table->sheet, (size_t)at);
    return sign == SIGN_OPEN ? SIGN_POINT : sign;
}

void tables_find_stale(const AssignmentTable *table, const Round *round, const Plan *plan,
                       Diag *diag)
{
    StaleCheck s = {.table = table,
                    .round = round,
                    .diag = diag,
                    .gross_sign = sign_of(table, ASSIGNMENT_OFFER_QUANTITY),
                    .value_sign = sign_of(table, ASSIGNMENT_VALUE)};
    for (size_t i = 0; i < plan->assignment_count; i++) {
        const Assignment *line = &plan->assignments[i];
        const Offer *offer = &round->offers[line->offer];
        size_t row = table->lines[i].row;
        check_word(&s, row, ASSIGNMENT_DONOR, offer->donor, _("the offer's donor"));
        check_word(&s, row, ASSIGNMENT_UNIT, round->needs[line->need].unit.name,
                   _("the need's unit"));
        check_gross(&s, row, line);
        check_word(&s, row, ASSIGNMENT_OFFER_UNIT, offer->unit.name, _("the offer's unit"));
        check_value(&s, row, line, ASSIGNMENT_VALUE);
        check_value(&s, row, line, offer->unit.is_money ? ASSIGNMENT_CASH : ASSIGNMENT_IN_KIND);
        check_word(&s, row, ASSIGNMENT_CURRENCY, round->currency.name, _("the reporting currency"));
        check_basis(&s, row, line);
        check_locked(&s, row, line);
    }
}
