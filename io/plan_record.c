/* A plan read back without its round: what its own files say and no more. */
#include "allot/plan_record.h"
#include "allot/language.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "allot/quote.h"
#include "io/cell.h"
#include "io/plan_hash.h"
#include "io/plan_lines.h"
#include "io/plan_made_from.h"
#include "io/plan_origin.h"
#include "io/plan_sheets.h"
#include "io/plan_stages_read.h"

enum { HASH_DIGITS = 64 };

/* ---- lines ---------------------------------------------------------------------------------- */

static Unit unit_called(const char *name)
{
    int places = currency_places(name);
    return (Unit){
        .name = name, .is_money = places >= 0, .places = places >= 0 ? places : UNIT_THING_PLACES};
}

static const char *text_at(const Sheet *sheet, size_t row, int column)
{
    return column < 0 ? "" : sheet_cell(sheet, row, (size_t)column)->text;
}

static Status read_line(const PlanReading *in, const AssignmentTable *table, size_t row,
                        DecimalSign sign, RecordLine *line)
{
    const Sheet *sheet = table->sheet;
    const int *at = table->headings.column_of;
    CellAt quantity = {sheet, row, (size_t)at[ASSIGNMENT_QUANTITY], in->diag};
    *line = (RecordLine){.need = text_at(sheet, row, at[ASSIGNMENT_NEED]),
                         .offer = text_at(sheet, row, at[ASSIGNMENT_OFFER]),
                         .donor = text_at(sheet, row, at[ASSIGNMENT_DONOR]),
                         .unit = unit_called(text_at(sheet, row, at[ASSIGNMENT_UNIT]))};
    if (*line->need == '\0' || *line->offer == '\0') {
        diag_add(in->diag, DIAG_CELL_EMPTY, sheet_place(sheet, row, (size_t)at[ASSIGNMENT_NEED]),
                 "the line names no need, or no offer; write both");
        return STATUS_FINDINGS;
    }
    const FigureSpec spec = {.sign = sign,
                             .limit = LIMIT_NOT_NEGATIVE,
                             .any_sign = true,
                             .unit = line->unit.name,
                             .unit_from = _("the need's unit")};
    Decimal value;
    TRY(cell_decimal(quantity, &spec, &value));
    return cell_amount(quantity, value, line->unit, &line->quantity);
}

static int by_pair(const void *a, const void *b)
{
    const RecordLine *one = a, *other = b;
    int needs = strcmp(one->need, other->need);
    return needs != 0 ? needs : strcmp(one->offer, other->offer);
}

static Status check_pairs(const PlanReading *in, const Sheet *sheet, const PlanRecord *record)
{
    Status status = STATUS_OK;
    for (size_t i = 1; i < record->line_count; i++) {
        const RecordLine *line = &record->lines[i];
        if (by_pair(&record->lines[i - 1], line) != 0)
            continue;
        diag_add(in->diag, DIAG_ID_TWICE, (DiagPlace){.file = sheet->file},
                 N_("need '%s' has two lines of offer '%s'; make one of both"),
                 quote(line->need).text, quote(line->offer).text);
        status = STATUS_FINDINGS;
    }
    return status;
}

static Status read_lines(const PlanReading *in, const Sheet *sheet, PlanRecord *record)
{
    AssignmentTable table = {.sheet = sheet};
    Status status = STATUS_OK;
    TRY(plan_match(in, sheet, &table.headings));
    DecimalSign sign =
        column_decimal_sign(sheet, (size_t)table.headings.column_of[ASSIGNMENT_QUANTITY]);
    record->lines = ARENA_NEW(in->arena, sheet->row_count, RecordLine);
    TRY_NEW(record->lines);
    for (size_t row = 0; row < sheet->row_count; row++) {
        RecordLine *line = &record->lines[record->line_count];
        if (plan_row_is_none(sheet, &table.headings, row))
            continue;
        Status read = read_line(in, &table, row, sign == SIGN_OPEN ? SIGN_POINT : sign, line);
        if (read == STATUS_NO_MEMORY)
            return read;
        if (read != STATUS_OK)
            status = read;
        else if (line->quantity > 0)
            record->line_count++;
    }
    if (record->line_count > 0)
        qsort(record->lines, record->line_count, sizeof *record->lines, by_pair);
    Status pairs = check_pairs(in, sheet, record);
    return status != STATUS_OK ? status : pairs;
}

/* ---- what it was made from ------------------------------------------------------------------ */

/* Names of tables and settings are the same in every language; what stands beside the two other files
 * is a text, with blanks. */
static bool is_key(const char *text, const char *key)
{
    return strcmp(text, key) == 0 || (strchr(key, ' ') != NULL && language_is(text, key));
}

/* The cell @p steps to the right of the first that says @p key and has something there; NULL. */
static const char *find(const Sheet *sheet, const char *key, size_t steps)
{
    for (size_t row = 0; sheet != NULL && row < sheet->row_count; row++)
        for (size_t column = 0; column + steps < sheet->column_count; column++)
            if (is_key(sheet_cell(sheet, row, column)->text, key) &&
                sheet_cell(sheet, row, column + steps)->kind != CELL_EMPTY)
                return sheet_cell(sheet, row, column + steps)->text;
    return NULL;
}

static bool is_hash(const char *text)
{
    return text != NULL && strspn(text, "0123456789abcdef") == HASH_DIGITS &&
           text[HASH_DIGITS] == '\0';
}

static RecordFile input_file(const Sheet *sheet, const char *key)
{
    const char *hash = find(sheet, key, 1);
    return is_hash(hash) ? (RecordFile){hash, find(sheet, key, 3)} : (RecordFile){0};
}

static RecordFile summary_file(const Sheet *sheet, const char *hash_key, const char *file_key)
{
    const char *hash = find(sheet, hash_key, 1);
    return is_hash(hash) ? (RecordFile){hash, find(sheet, file_key, 1)} : (RecordFile){0};
}

static void take_file(RecordFile found, RecordFile *file)
{
    if (found.sha256 != NULL)
        *file = found;
}

/* Of summary.csv, whose keys say what they are; of the sheet Inputs, whose rows have columns. A sheet
 * without them leaves the record as it is. */
static Status take_files(const Sheet *sheet, bool of_workbook, Arena *arena, PlanRecord *record)
{
    for (int t = 0; t < TABLE_COUNT; t++) {
        const char *table = dictionary_table((TableKind)t)->name;
        const char *key = of_workbook ? table : arena_printf(arena, "sha256_%s", table);
        TRY_NEW(key);
        const char *hash = find(sheet, key, 1);
        if (is_hash(hash))
            record->tables[t] = (RecordFile){hash, of_workbook ? find(sheet, key, 3) : table};
    }
    if (of_workbook) {
        take_file(input_file(sheet, "the plan before (--previous)"), &record->previous);
        take_file(input_file(sheet, "the ledger (--ledger); hash of its last line"),
                  &record->ledger);
    } else {
        record->previous = summary_file(sheet, "sha256_previous", "file_previous");
        record->ledger = summary_file(sheet, "hash_ledger", "file_ledger");
    }
    return STATUS_OK;
}

/* What the command line gave: keys stand in the first column, or behind what kind of fact they are. */
static Status take_given(const Sheet *sheet, Arena *arena, PlanRecord *record)
{
    enum { KEY_COLUMNS = 2 };
    size_t length = strlen(PLAN_SET_KEY);
    if (record->round_path == NULL)
        record->round_path = find(sheet, PLAN_ROUND_KEY, 1);
    if (record->given_count > 0) /* all of it stands on one sheet */
        return STATUS_OK;
    record->given = ARENA_NEW(arena, sheet->row_count, SettingRow);
    TRY_NEW(record->given);
    for (size_t row = 0; row < sheet->row_count; row++)
        for (size_t column = 0; column < KEY_COLUMNS; column++) {
            const char *key = sheet_cell(sheet, row, column)->text;
            if (strncmp(key, PLAN_SET_KEY, length) != 0)
                continue;
            record->given[record->given_count++] =
                (SettingRow){.key = key + length,
                             .value = sheet_cell(sheet, row, column + 1)->text,
                             .place = {.file = "--set", .table = "settings", .text = key + length}};
            break;
        }
    return STATUS_OK;
}

static void take_text(const char *found, const char **text)
{
    if (*text == NULL)
        *text = found;
}

static void take_origin(const Sheet *sheet, bool of_workbook, PlanRecord *record)
{
    take_text(find(sheet, of_workbook ? PLAN_DECIDED_KEY : PLAN_ENGINE_KEY, 1),
              &record->decided_by);
    take_text(find(sheet, PLAN_LOSS_KEY, 1), &record->rounding_loss);
    take_text(find(sheet, PLAN_PROOFS_KEY, 1), &record->proofs);
}

/* A folder's summary.csv; one made by hand has none. */
static Status read_summary(const char *path, Arena *arena, Diag *diag, PlanRecord *record)
{
    Sheet *sheet;
    TRY(plan_summary_read(path, arena, diag, &sheet));
    if (sheet == NULL)
        return STATUS_OK;
    TRY(take_files(sheet, false, arena, record));
    take_origin(sheet, false, record);
    return take_given(sheet, arena, record);
}

Status plan_record_files(const char *path, const PlanSheets *sheets, Arena *arena, Diag *diag,
                         PlanRecord *record)
{
    struct stat about;
    if (stat(path, &about) == 0 && S_ISDIR(about.st_mode))
        return read_summary(path, arena, diag, record);
    for (size_t i = 0; i < PLAN_FACT_SHEETS; i++) {
        if (sheets->facts[i] == NULL)
            continue;
        TRY(take_files(sheets->facts[i], true, arena, record));
        take_origin(sheets->facts[i], true, record);
        TRY(take_given(sheets->facts[i], arena, record));
    }
    return STATUS_OK;
}

Status plan_record_read(const char *path, Arena *arena, Diag *diag, PlanRecord *record)
{
    PlanReading in = {.arena = arena, .diag = diag};
    PlanSheets sheets;
    Plan plan = {0};
    *record = (PlanRecord){.path = path};
    TRY(plan_sheets_read(path, &plan_lines_table, &plan_stages_table, arena, diag, &sheets));
    TRY(read_lines(&in, sheets.assignments, record));
    TRY(plan_stages_read(&in, sheets.stages, &plan));
    record->stages = plan.stages;
    record->stage_count = plan.stage_count;
    return plan_record_files(path, &sheets, arena, diag, record);
}
