/* A plan's tables back in, as `allot verify` reads them: written by this program, or edited by hand
 * since. Of a line only need, offer and quantity are believed; everything else is worked out again,
 * and what is written differently is a warning (tables_stale.c). Every fault is a finding at its
 * place, all of them in one pass.
 */
#include "allot/tables.h"

#include <string.h>

#include "allot/quote.h"
#include "io/plan_hash.h"
#include "io/plan_lines.h"
#include "io/plan_sheets.h"
#include "io/stage_label.h"
#include "io/tables_stale.h"

enum { STAGE_LABEL, STAGE_SENSE, STAGE_VALUE, STAGE_BOUND, STAGE_GAP, STAGE_STATUS };

static const ColumnSpec stage_columns[] = {
    [STAGE_LABEL] = {"stage", COLUMN_TEXT, true, NULL, "", "label of the stage"},
    [STAGE_SENSE] = {"sense", COLUMN_WORD, true, "min max", "", "what is sought"},
    [STAGE_VALUE] = {"value", COLUMN_NUMBER, true, NULL, "", "of the plan"},
    [STAGE_BOUND] = {"bound", COLUMN_NUMBER, true, NULL, "", "no plan can do better"},
    [STAGE_GAP] = {"gap", COLUMN_NUMBER, true, NULL, "", "between the two"},
    [STAGE_STATUS] = {"status", COLUMN_TEXT, true, NULL, "", "how the stage ended"},
};

static const TableSpec stage_table = {
    .name = "stages",
    .columns = stage_columns,
    .column_count = sizeof stage_columns / sizeof stage_columns[0],
};

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
    TRY(plan_match(in, sheet, &headings));
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

/* ---- the plan ------------------------------------------------------------------------------- */

static Status read_assignments(const PlanReading *in, const Sheet *sheet, AssignmentTable *table,
                               Plan *plan)
{
    TRY(plan_lines_read(in, sheet, table));
    int column = table->headings.column_of[ASSIGNMENT_QUANTITY];
    plan->quantity_column = column + 1;
    plan->quantity_heading = sheet->headings[column];
    plan->assignments = ARENA_NEW(in->arena, table->count, Assignment);
    TRY_NEW(plan->assignments);
    plan->assignment_count = table->count;
    for (size_t i = 0; i < table->count; i++)
        plan->assignments[i] = table->lines[i].assignment;
    return STATUS_OK;
}

/* The lines are not those that were written with the plan: no fault, but to be known. */
static Status note_edited(const PlanReading *in, const char *path, const Sheet *method,
                          const Plan *plan, const char *lines_file)
{
    char written[PLAN_HASH_SIZE];
    if (!plan_hash_of_sheet(method, written) && !plan_hash_of_folder(path, written))
        return STATUS_OK;
    const char *now = plan_hash(in->round, plan, in->arena);
    TRY_NEW(now);
    if (strcmp(now, written) != 0)
        diag_add(in->diag, DIAG_PLAN_EDITED, (DiagPlace){.file = lines_file},
                 "the plan was edited since it was written: its lines have another " PLAN_HASH_KEY);
    return STATUS_OK;
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
    TRY(plan_sheets_read(path, &plan_lines_table, &stage_table, arena, diag, &sheets));
    *lines_file = sheets.assignments->file;
    Status lines = read_assignments(&in, sheets.assignments, &table, plan);
    if (lines == STATUS_NO_MEMORY)
        return lines;
    TRY(read_stages(&in, sheets.stages, plan));
    TRY(lines);
    TRY(plan_figures(round, arena, plan));
    TRY(note_edited(&in, path, sheets.stages, plan, *lines_file));
    tables_find_stale(&table, round, plan, diag);
    return diag_count(diag, DIAG_ERROR) == errors ? STATUS_OK : STATUS_FINDINGS;
}
