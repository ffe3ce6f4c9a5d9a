/* The plan before this one, for `--previous`: its lines alone, as far as the round still has a place
 * for them. Rounds change between two plans, so that needs and offers which are gone are no error.
 */
#include "allot/language.h"
#include "allot/tables.h"
#include "io/hash.h"
#include "io/plan_lines.h"
#include "io/plan_sheets.h"

static Status keep_lines(const AssignmentTable *table, Round *round, Arena *arena)
{
    PreviousLine *lines = ARENA_NEW(arena, table->count, PreviousLine);
    TRY_NEW(lines);
    for (size_t i = 0; i < table->count; i++) {
        const Assignment *line = &table->lines[i].assignment;
        lines[i] = (PreviousLine){line->need, line->offer, line->quantity};
    }
    round->previous = lines;
    round->previous_count = table->count;
    round->has_previous = true;
    return STATUS_OK;
}

/* What was read, so that the run can be repeated. A workbook's sheets bear no hash of their own. */
static Status keep_input(const char *path, const Sheet *sheet, Round *round, Arena *arena)
{
    InputTable *input = &round->previous_input;
    bool is_workbook = *sheet->sha256 == '\0';
    *input = (InputTable){.present = true,
                          .file = is_workbook ? path : sheet->file,
                          .sha256 = sheet->sha256,
                          .rows = sheet->row_count};
    if (!is_workbook)
        return STATUS_OK;
    if (!hash_file(path, arena, &input->sha256))
        return STATUS_IO;
    TRY_NEW(input->sha256);
    return STATUS_OK;
}

static Status say_dropped(const DroppedLines *dropped, const char *file, Arena *arena, Diag *diag)
{
    const char *more = "";
    if (dropped->count > DROPPED_NAMED)
        more = arena_printf(arena, _(", and %zu more"), dropped->count - DROPPED_NAMED);
    TRY_NEW(more);
    if (dropped->count > 0)
        diag_add(
            diag, DIAG_PREVIOUS_DROPPED, (DiagPlace){.file = file},
            N_("%zu line%s of the plan before %s no place in this round and %s not compared: %s%s"),
            dropped->count, dropped->count == 1 ? "" : "s",
            dropped->count == 1 ? _("has") : _("have"), dropped->count == 1 ? _("is") : _("are"),
            dropped->named, more);
    return STATUS_OK;
}

static void say_unused(const Round *round, const char *path, Diag *diag)
{
    if (round->settings.change_first || round->has_urgent)
        return;
    for (size_t i = 0; i < round->settings.later_count; i++)
        if (round->settings.later[i] == LATER_CHANGE)
            return;
    diag_add(diag, DIAG_PREVIOUS_UNUSED, (DiagPlace){.file = path},
             N_("the plan before decides nothing: the setting stages does not list change; add it "
                "if lines shall stay"));
}

Status previous_read(const char *path, Round *round, Arena *arena, Diag *diag)
{
    DroppedLines dropped = {.count = 0, .named = ""};
    PlanReading in = {.round = round, .arena = arena, .diag = diag, .dropped = &dropped};
    PlanSheets sheets;
    AssignmentTable table;
    size_t errors = diag_count(diag, DIAG_ERROR);
    TRY(plan_sheets_read(path, &plan_lines_table, NULL, arena, diag, &sheets));
    TRY(plan_lines_read(&in, sheets.assignments, &table));
    if (diag_count(diag, DIAG_ERROR) > errors)
        return STATUS_FINDINGS;
    TRY(say_dropped(&dropped, sheets.assignments->file, arena, diag));
    say_unused(round, path, diag);
    TRY(keep_input(path, sheets.assignments, round, arena));
    return keep_lines(&table, round, arena);
}
