/* Single sheets of a workbook, by name. */
#include "io/named_sheets.h"

#include <string.h>

#include "allot/language.h"
#include "io/workbook.h"

typedef struct Taking {
    const char *file;
    NamedSheet *wanted;
    SheetBuilder **builders; /* [count] NULL until the sheet came */
    size_t count;
    Arena *arena;
    Diag *diag;
} Taking;

static Status take_sheet(void *context, const char *name, WorkbookVisibility visibility,
                         SheetBuilder **builder)
{
    Taking *taking = context;
    *builder = NULL;
    (void)visibility;
    for (size_t i = 0; i < taking->count; i++) {
        if (!language_is(name, taking->wanted[i].name) || taking->builders[i] != NULL)
            continue;
        const char *shown = arena_printf(taking->arena, "%s!%s", taking->file, name);
        TRY_NEW(shown);
        SheetTarget target = {.file = shown,
                              .table = taking->wanted[i].table,
                              .texts = taking->arena,
                              .grid = taking->arena,
                              .diag = taking->diag,
                              .of_workbook = true,
                              .of_plan = true};
        *builder = taking->builders[i] = sheet_builder_new(&target);
        return *builder != NULL ? STATUS_OK : STATUS_NO_MEMORY;
    }
    return STATUS_OK;
}

Status named_sheets_read(const char *path, const char *file, NamedSheet *wanted, size_t count,
                         Arena *arena, Diag *diag)
{
    Taking taking = {.file = file, .wanted = wanted, .count = count, .arena = arena, .diag = diag};
    WorkbookSink sink = {take_sheet, &taking, arena};
    taking.builders = ARENA_NEW(arena, count, SheetBuilder *);
    TRY_NEW(taking.builders);
    TRY(workbook_read(path, file, &sink, arena, diag));
    for (size_t i = 0; i < count; i++) {
        wanted[i].sheet = NULL;
        if (taking.builders[i] == NULL)
            continue;
        TRY(sheet_finish(taking.builders[i], true, &wanted[i].sheet));
        if (wanted[i].sheet->heading_line == 0)
            wanted[i].sheet = NULL;
    }
    return STATUS_OK;
}
