/* The stages of a plan back in: stages.csv, or the upper part of the Method sheet. Every fault is a
 * finding at its cell.
 */
#include "io/plan_stages_read.h"

#include <stdlib.h>
#include <string.h>

#include "allot/language.h"
#include "allot/quote.h"
#include "io/stage_label.h"

enum { STAGE_LABEL, STAGE_SENSE, STAGE_VALUE, STAGE_BOUND, STAGE_GAP, STAGE_STATUS };

static const ColumnSpec stage_columns[] = {
    [STAGE_LABEL] = {"stage", COLUMN_TEXT, true, NULL, "", "label of the stage"},
    [STAGE_SENSE] = {"sense", COLUMN_WORD, true, "min max", "", "what is sought"},
    [STAGE_VALUE] = {"value", COLUMN_NUMBER, true, NULL, "", "of the plan"},
    [STAGE_BOUND] = {"bound", COLUMN_NUMBER, true, NULL, "", "no plan can do better"},
    [STAGE_GAP] = {"gap", COLUMN_NUMBER, true, NULL, "", "between the two"},
    [STAGE_STATUS] = {"status", COLUMN_TEXT, true, NULL, "", "how the stage ended"},
};

const TableSpec plan_stages_table = {
    .name = "stages",
    .columns = stage_columns,
    .column_count = sizeof stage_columns / sizeof stage_columns[0],
};

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
    if (decimal_parse(text, &number))
        *out = decimal_to_double(number);
    else if (!decimal_parse_long(text, out)) /* weights times amounts may take more digits */
        return bad_cell(in, sheet, row, column, _("a number with a decimal point"));
    return STATUS_OK;
}

static Status read_stage(const PlanReading *in, const Sheet *sheet, const Headings *headings,
                         size_t row, StageResult *stage)
{
    const int *column_of = headings->column_of;
    const char *label =
        stage_label_code(sheet_cell(sheet, row, (size_t)column_of[STAGE_LABEL])->text, in->arena);
    const char *sense = sheet_cell(sheet, row, (size_t)column_of[STAGE_SENSE])->text;
    const char *ended = sheet_cell(sheet, row, (size_t)column_of[STAGE_STATUS])->text;
    TRY_NEW(label);
    if (!stage_label_read(label, stage))
        return bad_cell(in, sheet, row, column_of[STAGE_LABEL], _("a stage of this program"));
    stage->maximise = strcmp(sense, "max") == 0 || language_is(sense, N_("largest"));
    if (!stage->maximise && strcmp(sense, "min") != 0 && !language_is(sense, N_("least")))
        return bad_cell(in, sheet, row, column_of[STAGE_SENSE], _("min or max"));
    if (!stage_status_read(ended, &stage->status))
        return bad_cell(in, sheet, row, column_of[STAGE_STATUS], _("how a stage ends"));
    stage->value_at = sheet_place(sheet, row, (size_t)column_of[STAGE_VALUE]);
    stage->gap_at = sheet_place(sheet, row, (size_t)column_of[STAGE_GAP]);
    stage->status_at = sheet_place(sheet, row, (size_t)column_of[STAGE_STATUS]);
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

Status plan_stages_read(const PlanReading *in, const Sheet *sheet, Plan *plan)
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
