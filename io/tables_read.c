/* A plan's tables back in, as `allot verify` reads them: written by this program, or edited by hand
 * since. Of a line only need, offer and quantity are believed; everything else is worked out again,
 * and what is written differently is a warning (tables_stale.c). Every fault is a finding at its
 * place, all of them in one pass.
 */
#include "allot/language.h"
#include "allot/tables.h"

#include <string.h>

#include "io/plan_hash.h"
#include "io/plan_ledger.h"
#include "io/plan_lines.h"
#include "io/plan_made_from.h"
#include "io/plan_origin.h"
#include "io/plan_sheets.h"
#include "io/plan_stages_read.h"
#include "io/summary_stale.h"
#include "io/tables_stale.h"

/* ---- the plan ------------------------------------------------------------------------------- */

static Status read_assignments(const PlanReading *in, const Sheet *sheet, AssignmentTable *table,
                               Plan *plan)
{
    Status status = plan_lines_read(in, sheet, table);
    if (table->lines == NULL)
        return status;
    int column = table->headings.column_of[ASSIGNMENT_QUANTITY];
    plan->quantity_column = column + 1;
    plan->quantity_heading = sheet->headings[column];
    plan->assignments = ARENA_NEW(in->arena, table->count, Assignment);
    TRY_NEW(plan->assignments);
    plan->assignment_count = table->count;
    for (size_t i = 0; i < table->count; i++)
        plan->assignments[i] = table->lines[i].assignment;
    plan->rows_unread = table->unread;
    if (plan->rows_unread > 0)
        diag_add(in->diag, DIAG_PLAN_UNREAD, (DiagPlace){.file = sheet->file},
                 "rows that cannot be read: %zu; what else is said of this plan is said without "
                 "them, so that a need may seem to get less than it does",
                 plan->rows_unread);
    return status;
}

/* What a plan's files say beside its lines. */
typedef struct PlanSaid {
    const char *path;
    const PlanSheets *sheets;
    const char *lines_file;
    PlanRecord record;
    bool same_round; /* the round that it was made from is this one, as far as the files say */
    bool as_written; /* its lines, and the round that it was made from, are what they were then */
} PlanSaid;

/* The lines are not those that were written with the plan: no fault, but to be known. */
static Status note_edited(const PlanReading *in, Plan *plan, PlanSaid *said)
{
    char written[PLAN_HASH_SIZE];
    bool known = false;
    const PlanSheets *sheets = said->sheets;
    for (size_t i = 0; i < PLAN_FACT_SHEETS && !known; i++)
        known = plan_hash_of_sheet(sheets->facts[i], written);
    known = known || plan_hash_of_folder(said->path, written);
    said->as_written = said->as_written && known;
    if (!known)
        return STATUS_OK;
    const char *now = plan_hash(in->round, plan, in->arena);
    TRY_NEW(now);
    if (strcmp(now, written) == 0)
        return STATUS_OK;
    said->as_written = false;
    plan->is_edited = true;
    diag_add(in->diag, DIAG_PLAN_EDITED, (DiagPlace){.file = said->lines_file},
             N_("the plan was edited since it was written: its lines have another plan_sha256; "
                "if nobody meant to, take it back from a copy"));
    return STATUS_OK;
}

static bool is_recorded(const PlanRecord *record)
{
    for (int t = 0; t < TABLE_COUNT; t++)
        if (record->tables[t].sha256 != NULL)
            return true;
    return false;
}

static bool is_changed(const InputTable *table, const char *recorded)
{
    return table->present != (recorded != NULL) ||
           (table->present && strcmp(table->sha256, recorded) != 0);
}

/* The plan is of another round, or the round was changed since: whatever is found wrong with it may come from
 * that alone. With another ledger nothing that could be found would mean anything. */
static Status note_other_round(const PlanReading *in, PlanSaid *said)
{
    PlanRecord *record = &said->record;
    const char *changed = "";
    Diag *unheard = diag_new(in->arena);
    TRY_NEW(unheard);
    Status status = plan_record_files(said->path, said->sheets, in->arena, unheard, record);
    if (status != STATUS_OK || !is_recorded(record))
        return status == STATUS_NO_MEMORY ? status : STATUS_OK;
    for (int t = 0; t < TABLE_COUNT; t++) {
        if (!is_changed(&in->round->tables[t], record->tables[t].sha256))
            continue;
        changed = arena_printf(in->arena, "%s%s%s", changed, *changed == '\0' ? "" : ", ",
                               dictionary_table((TableKind)t)->name);
        TRY_NEW(changed);
    }
    said->same_round = said->as_written = *changed == '\0';
    if (!said->as_written)
        diag_add(in->diag, DIAG_PLAN_ROUND, (DiagPlace){.file = said->lines_file},
                 record->round_path != NULL
                     ? N_("the plan was made from another round, or from this one before it was "
                          "changed (other hashes: %s); it was made from '%s'")
                     : N_("the plan was made from another round, or from this one before it was "
                          "changed (other hashes: %s)"),
                 changed, record->round_path);
    return plan_ledger_check(record, in->round, in->diag);
}

/* Does the command line set what it did then? Else sums may differ that nobody touched. */
static bool is_set_alike(const Round *round, const PlanRecord *record)
{
    size_t given = 0;
    for (size_t i = 0; i < round->setting_row_count; i++)
        given += setting_is_given(&round->setting_rows[i]);
    for (size_t k = 0; k < record->given_count; k++) {
        bool found = false;
        for (size_t i = 0; i < round->setting_row_count; i++) {
            const SettingRow *row = &round->setting_rows[i];
            found |= setting_is_given(row) && strcmp(row->key, record->given[k].key) == 0 &&
                     strcmp(row->value, record->given[k].value) == 0;
        }
        if (!found)
            return false;
    }
    return given == record->given_count;
}

Status tables_read(const char *path, const Round *round, Arena *arena, Diag *diag, Plan *plan,
                   const char **lines_file)
{
    PlanReading in = {.round = round, .arena = arena, .diag = diag};
    PlanSheets sheets;
    PlanSaid said = {.path = path, .sheets = &sheets, .record = {.path = path}, .same_round = true};
    AssignmentTable table;
    size_t errors = diag_count(diag, DIAG_ERROR);
    *plan = (Plan){0};
    *lines_file = path;
    TRY(plan_sheets_read(path, &plan_lines_table, &plan_stages_table, arena, diag, &sheets));
    said.lines_file = *lines_file = sheets.assignments->file;
    TRY(note_other_round(&in, &said));
    Status lines = read_assignments(&in, sheets.assignments, &table, plan);
    if (lines == STATUS_NO_MEMORY)
        return lines;
    Status stages = plan_stages_read(&in, sheets.stages, plan);
    if (stages == STATUS_NO_MEMORY)
        return stages;
    if (table.lines == NULL)
        return lines;
    if (lines != STATUS_OK || stages != STATUS_OK)
        plan->stage_count = 0; /* what would be compared is not all of it */
    TRY(plan_figures(round, arena, plan));
    if (lines == STATUS_OK)
        TRY(note_edited(&in, plan, &said));
    if (lines == STATUS_OK && said.as_written)
        TRY(plan_origin_take(&said.record, arena, plan));
    tables_find_stale(&table, round, plan, diag);
    if (lines == STATUS_OK && said.same_round && !plan->is_edited &&
        is_set_alike(round, &said.record))
        TRY(summary_find_stale(path, &sheets, round, plan, arena, diag));
    return diag_count(diag, DIAG_ERROR) == errors ? STATUS_OK : STATUS_FINDINGS;
}
