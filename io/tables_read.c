/* A plan's tables back in, as `allot verify` reads them: written by this program, or edited by hand
 * since. Of a line only need, offer and quantity are believed; everything else is worked out again,
 * and what is written differently is a warning (tables_stale.c). Every fault is a finding at its
 * place, all of them in one pass.
 */
#include "allot/tables.h"

#include <stdlib.h>
#include <string.h>

#include "allot/quote.h"
#include "allot/unknown_name.h"
#include "io/cell.h"
#include "io/headings.h"
#include "io/plan_sheets.h"
#include "io/stage_label.h"
#include "io/tables_stale.h"

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
};

enum { STAGE_LABEL, STAGE_SENSE, STAGE_VALUE, STAGE_BOUND, STAGE_GAP, STAGE_STATUS };

static const ColumnSpec stage_columns[] = {
    [STAGE_LABEL] = {"stage", COLUMN_TEXT, true, NULL, "", "label of the stage"},
    [STAGE_SENSE] = {"sense", COLUMN_WORD, true, "min max", "", "what is sought"},
    [STAGE_VALUE] = {"value", COLUMN_NUMBER, true, NULL, "", "of the plan"},
    [STAGE_BOUND] = {"bound", COLUMN_NUMBER, true, NULL, "", "no plan can do better"},
    [STAGE_GAP] = {"gap", COLUMN_NUMBER, true, NULL, "", "between the two"},
    [STAGE_STATUS] = {"status", COLUMN_TEXT, true, NULL, "", "how the stage ended"},
};

static const TableSpec assignment_table = {
    .name = "assignments",
    .columns = assignment_columns,
    .column_count = sizeof assignment_columns / sizeof assignment_columns[0],
};

static const TableSpec stage_table = {
    .name = "stages",
    .columns = stage_columns,
    .column_count = sizeof stage_columns / sizeof stage_columns[0],
};

/** What both tables are read with. */
typedef struct PlanReading {
    const Round *round;
    Arena *arena;
    Diag *diag;
} PlanReading;

/* Matches a sheet's headings; columns of other names are the plan's own decoration. */
static Status match(const PlanReading *in, const Sheet *sheet, Headings *headings)
{
    if (!sheet->readable)
        return STATUS_FINDINGS;
    TRY(headings_match(sheet, true, in->arena, in->diag, headings));
    return headings->complete ? STATUS_OK : STATUS_FINDINGS;
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
             "the %s is missing", what);
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

static int find_id(const PlanReading *in, const Sheet *sheet, size_t row, int column, bool is_need)
{
    const char *what = is_need ? "need" : "offer";
    if (!has_text(in, sheet, row, column, what))
        return -1;
    const char *id = sheet_cell(sheet, row, (size_t)column)->text;
    int found = is_need ? round_find_need(in->round, id) : round_find_offer(in->round, id);
    if (found < 0)
        add_unknown(in, sheet_place(sheet, row, (size_t)column), what,
                    is_need ? in->round->need_count : in->round->offer_count,
                    is_need ? need_id : offer_id);
    return found;
}

/* A line whose offer cannot be counted in the need's unit has no figures at all. */
static bool is_comparable(const PlanReading *in, const Sheet *sheet, size_t row, int column,
                          int need, int offer)
{
    Ratio use;
    if (plan_use(in->round, need, offer, &use))
        return true;
    diag_add(in->diag, DIAG_PLAN_LINE, sheet_place(sheet, row, (size_t)column),
             "need '%s' is counted in %s and offer '%s' in %s; the one cannot serve the other",
             in->round->needs[need].id, in->round->needs[need].unit.name,
             in->round->offers[offer].id, in->round->offers[offer].unit.name);
    return false;
}

/* One row into LINE. @return STATUS_OK, STATUS_FINDINGS, STATUS_NO_MEMORY. */
static Status read_line(const PlanReading *in, const Sheet *sheet, const Headings *headings,
                        size_t row, DecimalSign sign, PlanLine *line)
{
    const int *column_of = headings->column_of;
    int need = find_id(in, sheet, row, column_of[ASSIGNMENT_NEED], true);
    int offer = find_id(in, sheet, row, column_of[ASSIGNMENT_OFFER], false);
    int column = column_of[ASSIGNMENT_QUANTITY];
    if (!has_text(in, sheet, row, column, "quantity"))
        return STATUS_FINDINGS;
    CellAt at = {.sheet = sheet, .row = row, .column = (size_t)column, .diag = in->diag};
    const FigureSpec spec = {.sign = sign,
                             .limit = LIMIT_NOT_NEGATIVE,
                             .any_sign = need < 0,
                             .unit = need >= 0 ? in->round->needs[need].unit.name : NULL,
                             .unit_from = "the need's unit"};
    Decimal quantity;
    TRY(cell_decimal(at, &spec, &quantity));
    if (need < 0 || offer < 0 ||
        !is_comparable(in, sheet, row, column_of[ASSIGNMENT_OFFER], need, offer))
        return STATUS_FINDINGS;
    *line = (PlanLine){.assignment = {.need = need,
                                      .offer = offer,
                                      .basis = in->round->offers[offer].basis,
                                      .locked = is_locked(in->round, need, offer),
                                      .row = sheet_line(sheet, row)},
                       .row = row};
    return cell_amount(at, quantity, in->round->needs[need].unit, &line->assignment.quantity);
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

/* Puts the lines in order and into the plan; two lines of one pair are a finding at the second. */
static Status keep_lines(const PlanReading *in, const Sheet *sheet, int offer_column,
                         PlanLine *lines, size_t count, Plan *plan)
{
    Status status = STATUS_OK;
    if (count > 0)
        qsort(lines, count, sizeof *lines, by_pair);
    plan->assignments = ARENA_NEW(in->arena, count, Assignment);
    TRY_NEW(plan->assignments);
    plan->assignment_count = count;
    for (size_t i = 0; i < count; i++) {
        const Assignment *line = &lines[i].assignment;
        plan->assignments[i] = *line;
        if (i == 0 || lines[i - 1].assignment.need != line->need ||
            lines[i - 1].assignment.offer != line->offer)
            continue;
        diag_add(in->diag, DIAG_ID_TWICE, sheet_place(sheet, lines[i].row, (size_t)offer_column),
                 "need '%s' has a line of offer '%s' already, in row %d; make one of both",
                 in->round->needs[line->need].id, in->round->offers[line->offer].id,
                 sheet_line(sheet, lines[i - 1].row));
        status = STATUS_FINDINGS;
    }
    return status;
}

static Status read_assignments(const PlanReading *in, const Sheet *sheet, AssignmentTable *table,
                               Plan *plan)
{
    Headings headings;
    TRY(match(in, sheet, &headings));
    DecimalSign sign = column_decimal_sign(sheet, (size_t)headings.column_of[ASSIGNMENT_QUANTITY]);
    PlanLine *lines = ARENA_NEW(in->arena, sheet->row_count, PlanLine);
    TRY_NEW(lines);
    *table = (AssignmentTable){.sheet = sheet, .headings = headings, .lines = lines};
    plan->quantity_column = headings.column_of[ASSIGNMENT_QUANTITY] + 1;
    plan->quantity_heading = sheet->headings[headings.column_of[ASSIGNMENT_QUANTITY]];
    size_t count = 0;
    Status status = STATUS_OK;
    for (size_t row = 0; row < sheet->row_count; row++) {
        PlanLine line;
        Status read =
            read_line(in, sheet, &headings, row, sign == SIGN_OPEN ? SIGN_POINT : sign, &line);
        if (read == STATUS_NO_MEMORY)
            return read;
        if (read != STATUS_OK)
            status = read;
        else if (line.assignment.quantity > 0) /* a line struck out by a 0 is none */
            lines[count++] = line;
    }
    Status kept = keep_lines(in, sheet, headings.column_of[ASSIGNMENT_OFFER], lines, count, plan);
    return kept != STATUS_OK ? kept : status;
}

/* ---- stages --------------------------------------------------------------------------------- */

static Status bad_cell(const PlanReading *in, const Sheet *sheet, size_t row, int column,
                       const char *expected)
{
    DiagPlace place = sheet_place(sheet, row, (size_t)column);
    diag_add(in->diag, DIAG_PLAN_FORMAT, place, "'%s' is not %s", quote(place.text).text, expected);
    return STATUS_FINDINGS;
}

static Status read_number(const PlanReading *in, const Sheet *sheet, size_t row, int column,
                          double *out)
{
    Decimal number;
    const char *text = sheet_cell(sheet, row, (size_t)column)->text;
    if (!decimal_parse(text, &number))
        return bad_cell(in, sheet, row, column, "a number with a decimal point");
    *out = decimal_to_double(number);
    return STATUS_OK;
}

static Status read_stage(const PlanReading *in, const Sheet *sheet, const Headings *headings,
                         size_t row, StageResult *stage)
{
    const int *column_of = headings->column_of;
    const char *label = sheet_cell(sheet, row, (size_t)column_of[STAGE_LABEL])->text;
    const char *sense = sheet_cell(sheet, row, (size_t)column_of[STAGE_SENSE])->text;
    const char *ended = sheet_cell(sheet, row, (size_t)column_of[STAGE_STATUS])->text;
    if (!stage_label_read(label, stage))
        return bad_cell(in, sheet, row, column_of[STAGE_LABEL], "a stage of this program");
    stage->maximise = strcmp(sense, "max") == 0 || strcmp(sense, "largest") == 0;
    if (!stage->maximise && strcmp(sense, "min") != 0 && strcmp(sense, "least") != 0)
        return bad_cell(in, sheet, row, column_of[STAGE_SENSE], "min or max");
    if (!stage_status_read(ended, &stage->status))
        return bad_cell(in, sheet, row, column_of[STAGE_STATUS], "how a stage ends");
    TRY(read_number(in, sheet, row, column_of[STAGE_VALUE], &stage->value));
    TRY(read_number(in, sheet, row, column_of[STAGE_BOUND], &stage->bound));
    return read_number(in, sheet, row, column_of[STAGE_GAP], &stage->gap);
}

/* On the Method sheet other things stand below the stages: a row that seeks nothing is the first. */
static size_t count_stages(const Sheet *sheet, const Headings *headings)
{
    size_t row = 0;
    int column = headings->column_of[STAGE_SENSE];
    while (row < sheet->row_count && sheet_cell(sheet, row, (size_t)column)->kind != CELL_EMPTY)
        row++;
    return row;
}

static Status read_stages(const PlanReading *in, const Sheet *sheet, Plan *plan)
{
    Headings headings;
    Status status = STATUS_OK;
    if (sheet == NULL || sheet->heading_line == 0)
        return STATUS_OK;
    TRY(match(in, sheet, &headings));
    size_t count = count_stages(sheet, &headings);
    plan->stages = ARENA_NEW(in->arena, count, StageResult);
    TRY_NEW(plan->stages);
    for (size_t row = 0; row < count; row++) {
        Status read = read_stage(in, sheet, &headings, row, &plan->stages[plan->stage_count]);
        if (read == STATUS_NO_MEMORY)
            return read;
        if (read != STATUS_OK)
            status = read;
        else
            plan->stage_count++;
    }
    return status;
}

Status tables_read(const char *path, const Round *round, Arena *arena, Diag *diag, Plan *plan,
                   const char **lines_file)
{
    PlanReading in = {.round = round, .arena = arena, .diag = diag};
    PlanSheets sheets;
    AssignmentTable table;
    size_t errors = diag_count(diag, DIAG_ERROR);
    *plan = (Plan){0};
    *lines_file = path;
    TRY(plan_sheets_read(path, &assignment_table, &stage_table, arena, diag, &sheets));
    *lines_file = sheets.assignments->file;
    Status lines = read_assignments(&in, sheets.assignments, &table, plan);
    if (lines == STATUS_NO_MEMORY)
        return lines;
    TRY(read_stages(&in, sheets.stages, plan));
    TRY(lines);
    TRY(plan_figures(round, arena, plan));
    tables_find_stale(&table, round, plan, diag);
    return diag_count(diag, DIAG_ERROR) == errors ? STATUS_OK : STATUS_FINDINGS;
}
