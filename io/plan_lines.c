/* The lines of a plan: of this round's, or of the one before. Every fault is a finding at its place,
 * all of them in one pass.
 */
#include "io/plan_lines.h"

#include <stdlib.h>
#include <string.h>

#include "allot/language.h"
#include "allot/quote.h"
#include "allot/unknown_name.h"
#include "io/cell.h"

static const ColumnSpec assignment_columns[] = {
    [ASSIGNMENT_NEED] = {"need", COLUMN_NAME, true, NULL, "", "id of the need"},
    [ASSIGNMENT_OFFER] = {"offer", COLUMN_NAME, true, NULL, "", "id of the offer"},
    [ASSIGNMENT_QUANTITY] = {"quantity", COLUMN_NUMBER, true, NULL, "", "in the need's unit"},
    [ASSIGNMENT_DONOR] = {"donor", COLUMN_NAME, false, NULL, "", "of the offer; compared"},
    [ASSIGNMENT_UNIT] = {"unit", COLUMN_UNIT, false, NULL, "", "of the need; compared"},
    [ASSIGNMENT_OFFER_QUANTITY] = {"offer_quantity", COLUMN_NUMBER, false, NULL, "",
                                   "gross; worked out again and compared"},
    [ASSIGNMENT_OFFER_UNIT] = {"offer_unit", COLUMN_UNIT, false, NULL, "",
                               "of the offer; compared"},
    [ASSIGNMENT_VALUE] = {"value", COLUMN_NUMBER, false, NULL, "", "worked out again and compared"},
    [ASSIGNMENT_CURRENCY] = {"currency", COLUMN_CURRENCY, false, NULL, "",
                             "the reporting currency; compared"},
    [ASSIGNMENT_BASIS] = {"basis", COLUMN_TEXT, false, NULL, "", "of the offer; compared"},
    [ASSIGNMENT_LOCKED] = {"locked", COLUMN_FLAG, false, NULL, "",
                           "from the commitments; compared"},
    [ASSIGNMENT_CASH] = {"cash", COLUMN_NUMBER, false, NULL, "", "a workbook's value of money"},
    [ASSIGNMENT_IN_KIND] = {"in_kind", COLUMN_NUMBER, false, NULL, "",
                            "a workbook's value of things"},
    [ASSIGNMENT_PAYER] = {"money_from", COLUMN_TEXT, false, NULL, "",
                          "of a workbook: whose money it is; not read"},
};

const TableSpec plan_lines_table = {
    .name = "assignments",
    .columns = assignment_columns,
    .column_count = sizeof assignment_columns / sizeof assignment_columns[0],
};

Status plan_match(const PlanReading *in, const Sheet *sheet, Headings *headings)
{
    if (!sheet->readable)
        return STATUS_FINDINGS;
    TRY(headings_match(sheet, true, in->arena, in->diag, headings));
    return headings->complete ? STATUS_OK : STATUS_FINDINGS;
}

bool plan_row_is_none(const Sheet *sheet, const Headings *headings, size_t row)
{
    static const AssignmentColumn empty[] = {ASSIGNMENT_OFFER, ASSIGNMENT_QUANTITY};
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++)
        if (sheet_cell(sheet, row, (size_t)headings->column_of[empty[i]])->kind != CELL_EMPTY)
            return false;
    const char *need = sheet_cell(sheet, row, (size_t)headings->column_of[ASSIGNMENT_NEED])->text;
    size_t length = strlen(need);
    return length > 1 && need[0] == '(' && need[length - 1] == ')';
}

/* ---- lines ---------------------------------------------------------------------------------- */

/* The finding for an id that is not there, with the one that may be meant. */
static void add_unknown(const PlanReading *in, DiagPlace place, const char *what, size_t count,
                        const char *(*id_of)(const Round *, size_t))
{
    const char **ids = ARENA_NEW(in->arena, count, const char *);
    for (size_t i = 0; ids != NULL && i < count; i++)
        ids[i] = id_of(in->round, i);
    KnownNames known = {ids, ids != NULL ? count : 0};
    diag_unknown_name(in->diag, DIAG_ID_UNKNOWN, place, what, place.text, known);
}

static const char *need_id(const Round *round, size_t index)
{
    return round->needs[index].id;
}

static const char *offer_id(const Round *round, size_t index)
{
    return round->offers[index].id;
}

/* True when the row's cell holds something; else it is a finding. */
static bool has_text(const PlanReading *in, const Sheet *sheet, size_t row, int column,
                     const char *what)
{
    if (sheet_cell(sheet, row, (size_t)column)->kind != CELL_EMPTY)
        return true;
    diag_add(in->diag, DIAG_CELL_EMPTY, sheet_place(sheet, row, (size_t)column),
             "the %s is missing; write it", what);
    return false;
}

static bool is_locked(const Round *round, int need, int offer)
{
    for (size_t i = 0; i < round->commitment_count; i++) {
        const Commitment *agreed = &round->commitments[i];
        if (agreed->need == need && agreed->offer == offer &&
            (agreed->kind == COMMITMENT_FIXED || agreed->kind == COMMITMENT_AT_LEAST))
            return true;
    }
    return false;
}

/* Index of the row's need or offer, or -1: then *status has a finding, unless the id is unknown and
 * lines may be dropped. */
static int find_id(const PlanReading *in, const Sheet *sheet, size_t row, int column, bool is_need,
                   Status *status)
{
    const char *what = is_need ? _("need") : _("offer");
    const char *id = sheet_cell(sheet, row, (size_t)column)->text;
    bool is_there = has_text(in, sheet, row, column, what);
    int found = -1;
    if (is_there)
        found = is_need ? round_find_need(in->round, id) : round_find_offer(in->round, id);
    if (found >= 0 || (is_there && in->dropped != NULL))
        return found;
    *status = STATUS_FINDINGS;
    if (is_there)
        add_unknown(in, sheet_place(sheet, row, (size_t)column), what,
                    is_need ? in->round->need_count : in->round->offer_count,
                    is_need ? need_id : offer_id);
    return -1;
}

/* A line whose offer cannot be counted in the need's unit has no figures at all. */
static bool is_comparable(const PlanReading *in, const Sheet *sheet, size_t row, int column,
                          int need, int offer)
{
    Ratio use;
    if (plan_use(in->round, need, offer, &use))
        return true;
    diag_add(in->diag, DIAG_PLAN_LINE, sheet_place(sheet, row, (size_t)column),
             "need '%s' is counted in %s and offer '%s' in %s; the one cannot serve the other: "
             "take the line out",
             in->round->needs[need].id, in->round->needs[need].unit.name,
             in->round->offers[offer].id, in->round->offers[offer].unit.name);
    return false;
}

/* ---- lines of the plan before --------------------------------------------------------------- */

/* The unit that the row states, where that is not the need's of today; else NULL. */
static const char *other_unit(const PlanReading *in, const Sheet *sheet, const Headings *headings,
                              size_t row, int need)
{
    int column = headings->column_of[ASSIGNMENT_UNIT];
    if (in->dropped == NULL || need < 0 || column < 0)
        return NULL;
    const Cell *cell = sheet_cell(sheet, row, (size_t)column);
    bool same =
        cell->kind == CELL_EMPTY || strcmp(cell->text, in->round->needs[need].unit.name) == 0;
    return same ? NULL : cell->text;
}

/* Counts a line that has no place in the round; the first few are named, as NAMED says (NULL: no memory). */
static Status drop(const PlanReading *in, const char *named)
{
    DroppedLines *dropped = in->dropped;
    TRY_NEW(named);
    dropped->count++;
    if (dropped->count > DROPPED_NAMED)
        return STATUS_OK;
    dropped->named =
        arena_printf(in->arena, "%s%s%s", dropped->named, dropped->count == 1 ? "" : ", ", named);
    return dropped->named != NULL ? STATUS_OK : STATUS_NO_MEMORY;
}

/* Drops a line of the plan before that this round has no place for; false when there is one. An offer
 * that cannot serve the need any more is a place: the line has moved altogether. */
static bool drops(const PlanReading *in, const Sheet *sheet, const Headings *headings,
                  const PlanLine *line, const char *unit_before, Decimal quantity, Status *status)
{
    int need = line->assignment.need, row = line->assignment.row;
    int need_column = headings->column_of[ASSIGNMENT_NEED];
    int offer_column = headings->column_of[ASSIGNMENT_OFFER];
    const char *need_text = sheet_cell(sheet, line->row, (size_t)need_column)->text;
    const char *offer_text = sheet_cell(sheet, line->row, (size_t)offer_column)->text;
    if (need < 0)
        *status = drop(in, arena_printf(in->arena, _("row %d (need '%s' is not in the round)"), row,
                                        quote(need_text).text));
    else if (line->assignment.offer < 0)
        *status = drop(in, arena_printf(in->arena, _("row %d (offer '%s' is not in the round)"),
                                        row, quote(offer_text).text));
    else if (unit_before != NULL)
        *status =
            drop(in, arena_printf(in->arena, _("row %d (need '%s' is counted in another unit)"),
                                  row, quote(need_text).text));
    else if (quantity.places > in->round->needs[need].unit.places)
        *status =
            drop(in, arena_printf(in->arena, _("row %d (need '%s' is counted in a coarser unit)"),
                                  row, quote(need_text).text));
    else
        return false;
    return true;
}

/* ---- rows ----------------------------------------------------------------------------------- */

/* One row into LINE; of quantity 0 when it is struck out, or dropped.
 * @return STATUS_OK, STATUS_FINDINGS, STATUS_NO_MEMORY. */
static Status read_line(const PlanReading *in, const Sheet *sheet, const Headings *headings,
                        size_t row, DecimalSign sign, PlanLine *line)
{
    const int *column_of = headings->column_of;
    const Round *round = in->round;
    Status status = STATUS_OK;
    int need = find_id(in, sheet, row, column_of[ASSIGNMENT_NEED], true, &status);
    int offer = find_id(in, sheet, row, column_of[ASSIGNMENT_OFFER], false, &status);
    int column = column_of[ASSIGNMENT_QUANTITY];
    if (!has_text(in, sheet, row, column, _("quantity")))
        return STATUS_FINDINGS;
    const char *unit_before = other_unit(in, sheet, headings, row, need);
    CellAt at = {.sheet = sheet, .row = row, .column = (size_t)column, .diag = in->diag};
    const FigureSpec spec = {.sign = sign,
                             .limit = LIMIT_NOT_NEGATIVE,
                             .any_sign = need < 0 || unit_before != NULL,
                             .unit = need >= 0 ? round->needs[need].unit.name : NULL,
                             .unit_from = _("the need's unit")};
    Decimal quantity;
    TRY(cell_decimal(at, &spec, &quantity));
    TRY(status);
    *line = (PlanLine){.assignment = {.need = need, .offer = offer, .row = sheet_line(sheet, row)},
                       .row = row};
    if (in->dropped != NULL &&
        (quantity.digits == 0 || drops(in, sheet, headings, line, unit_before, quantity, &status)))
        return status;
    if (in->dropped == NULL &&
        !is_comparable(in, sheet, row, column_of[ASSIGNMENT_OFFER], need, offer))
        return STATUS_FINDINGS;
    line->assignment.basis = round->offers[offer].basis;
    line->assignment.locked = is_locked(round, need, offer);
    return cell_amount(at, quantity, round->needs[need].unit, &line->assignment.quantity);
}

static int by_pair(const void *a, const void *b)
{
    const PlanLine *left = a, *right = b;
    if (left->assignment.need != right->assignment.need)
        return left->assignment.need < right->assignment.need ? -1 : 1;
    if (left->assignment.offer != right->assignment.offer)
        return left->assignment.offer < right->assignment.offer ? -1 : 1;
    return left->row < right->row ? -1 : left->row > right->row;
}

/* Puts the lines in order; two lines of one pair are a finding at the second, and the first stays. */
static Status order_lines(const PlanReading *in, AssignmentTable *table)
{
    const Sheet *sheet = table->sheet;
    int column = table->headings.column_of[ASSIGNMENT_OFFER];
    size_t kept = 0;
    if (table->count > 0)
        qsort(table->lines, table->count, sizeof *table->lines, by_pair);
    for (size_t i = 0; i < table->count; i++) {
        const PlanLine *before = &table->lines[kept - (kept > 0)], *line = &table->lines[i];
        if (kept == 0 || before->assignment.need != line->assignment.need ||
            before->assignment.offer != line->assignment.offer) {
            table->lines[kept++] = *line;
            continue;
        }
        diag_add(in->diag, DIAG_ID_TWICE, sheet_place(sheet, line->row, (size_t)column),
                 "need '%s' has a line of offer '%s' already, in row %d; make one of both",
                 in->round->needs[line->assignment.need].id,
                 in->round->offers[line->assignment.offer].id, sheet_line(sheet, before->row));
    }
    bool twice = kept < table->count;
    table->unread += table->count - kept;
    table->count = kept;
    return twice ? STATUS_FINDINGS : STATUS_OK;
}

Status plan_lines_read(const PlanReading *in, const Sheet *sheet, AssignmentTable *table)
{
    Headings headings;
    *table = (AssignmentTable){.sheet = sheet};
    TRY(plan_match(in, sheet, &headings));
    DecimalSign sign = column_decimal_sign(sheet, (size_t)headings.column_of[ASSIGNMENT_QUANTITY]);
    table->lines = ARENA_NEW(in->arena, sheet->row_count, PlanLine);
    TRY_NEW(table->lines);
    table->headings = headings;
    Status status = STATUS_OK;
    for (size_t row = 0; row < sheet->row_count; row++) {
        PlanLine line;
        if (plan_row_is_none(sheet, &headings, row))
            continue;
        Status read =
            read_line(in, sheet, &headings, row, sign == SIGN_OPEN ? SIGN_POINT : sign, &line);
        if (read == STATUS_NO_MEMORY)
            return read;
        table->unread += read != STATUS_OK;
        if (read != STATUS_OK)
            status = read;
        else if (line.assignment.quantity > 0) /* a line struck out by a 0 is none */
            table->lines[table->count++] = line;
    }
    Status ordered = order_lines(in, table);
    return ordered != STATUS_OK ? ordered : status;
}
