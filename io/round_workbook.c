/* A round in a workbook: which of its sheets is which table, and their rows. */
#include <errno.h>
#include <string.h>

#include "allot/language.h"
#include "allot/template.h"
#include "io/hash.h"
#include "io/round_source.h"
#include "io/workbook.h"

static const SourceWords WORKBOOK_WORDS = {N_("sheet"), N_("workbook"), "sheet ", ""};

/* What the sink keeps between sheets. */
typedef struct Gathering {
    const char *path;
    const char *file; /* the workbook's name in findings */
    Arena *arena;
    Arena *grid;
    Diag *diag;
    TableNames names;
    SheetBuilder *builders[TABLE_COUNT];
    bool asked; /* whether it is a plan */
} Gathering;

/* ---- a plan's workbook ----------------------------------------------------------------------- */

/* Sheets of the program's own plans that no round has, a bit each. */
static const char *const PLAN_SHEETS[] = {N_("Summary"), N_("Assignments"), N_("Method")};
enum { PLAN_SHEET_COUNT = sizeof PLAN_SHEETS / sizeof PLAN_SHEETS[0] };

static unsigned plan_sheet(const char *name)
{
    for (unsigned i = 0; i < PLAN_SHEET_COUNT; i++)
        if (language_is(name, PLAN_SHEETS[i]))
            return 1u << i;
    return 0;
}

static Status note_sheet(void *context, const char *name, WorkbookVisibility visibility,
                         SheetBuilder **builder)
{
    unsigned *seen = context;
    (void)visibility;
    *seen |= plan_sheet(name);
    *builder = NULL;
    return STATUS_OK;
}

Status workbook_is_plan(const char *path, bool *is_plan)
{
    unsigned seen = 0;
    WorkbookSink sink = {note_sheet, &seen, NULL};
    Arena *scratch = arena_new();
    TRY_NEW(scratch);
    Diag *unheard = diag_new(scratch);
    Status status =
        unheard == NULL ? STATUS_NO_MEMORY : workbook_read(path, path, &sink, scratch, unheard);
    arena_free(scratch);
    *is_plan = status == STATUS_OK && seen == (1u << PLAN_SHEET_COUNT) - 1;
    return status == STATUS_NO_MEMORY ? status : STATUS_OK;
}

static Status check_no_plan(const Gathering *in)
{
    bool is_plan;
    TRY(workbook_is_plan(in->path, &is_plan));
    return is_plan ? source_refuse_plan(in->file, in->diag) : STATUS_OK;
}

/* ---- sheets ---------------------------------------------------------------------------------- */

static Status take_sheet(void *context, const char *name, WorkbookVisibility visibility,
                         SheetBuilder **builder)
{
    Gathering *in = context;
    TableKind kind;
    const char *shown = arena_printf(in->arena, "%s!%s", in->file, name);

    *builder = NULL;
    TRY_NEW(shown);
    if (!in->asked && plan_sheet(name) != 0) {
        in->asked = true;
        TRY(check_no_plan(in));
    }
    SourcePart part = {.name = name, .found = name, .shown = shown};
    if (template_is_own_sheet(name) ||
        !table_name_match(&in->names, &part, &WORKBOOK_WORDS, in->diag, &kind))
        return STATUS_OK;
    const TableSpec *table = dictionary_table(kind);
    if (visibility == SHEET_HIDDEN)
        diag_add(in->diag, DIAG_HIDDEN, (DiagPlace){.file = shown, .table = table->name},
                 N_("the sheet is hidden and read like the others; show it, or delete it if it "
                    "shall not count"));
    SheetTarget target = {.file = shown,
                          .table = table,
                          .texts = in->arena,
                          .grid = in->grid,
                          .diag = in->diag,
                          .of_workbook = true};
    *builder = in->builders[kind] = sheet_builder_new(&target);
    return *builder != NULL ? STATUS_OK : STATUS_NO_MEMORY;
}

/* An empty sheet of a table that nobody needs is as if it were not there. */
static void drop_empty(Gathering *in, int kind, Sheet **sheet)
{
    if ((*sheet)->heading_line != 0)
        return;
    if (dictionary_table((TableKind)kind)->required)
        diag_add(in->diag, DIAG_TABLE_MISSING,
                 (DiagPlace){.file = (*sheet)->file, .table = (*sheet)->table->name},
                 N_("the sheet is empty; its first row must be the headings"));
    *sheet = NULL;
}

static Status finish_sheets(Gathering *in, const char *sha256, Sheet *sheets[TABLE_COUNT])
{
    for (int t = 0; t < TABLE_COUNT; t++) {
        sheets[t] = NULL;
        if (in->builders[t] == NULL)
            continue;
        TRY(sheet_finish(in->builders[t], true, &sheets[t]));
        sheets[t]->sha256 = sha256;
        drop_empty(in, t, &sheets[t]);
    }
    return STATUS_OK;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

Status workbook_sheets(const char *path, Arena *arena, Arena *grid, Diag *diag,
                       Sheet *sheets[TABLE_COUNT])
{
    Gathering in = {
        .path = path, .file = base_name(path), .arena = arena, .grid = grid, .diag = diag};
    WorkbookSink sink = {take_sheet, &in, arena};
    const char *before, *sha256;
    FileKind kind;

    if (file_kind(path, &kind) == STATUS_OK && kind == FILE_OTHER) {
        diag_add(diag, DIAG_WORKBOOK, (DiagPlace){.file = in.file},
                 N_("this is no workbook; a round is a folder of CSV files (give the folder), or "
                    "one workbook: .xlsx, .ods or .fods"));
        return STATUS_FINDINGS;
    }
    if (!hash_file(path, arena, &before))
        return source_fail(path, strerror(errno), diag);
    TRY(workbook_read(path, in.file, &sink, grid, diag));
    if (!hash_file(path, arena, &sha256))
        return source_fail(path, strerror(errno), diag);
    if (before == NULL || sha256 == NULL)
        return STATUS_NO_MEMORY;
    if (strcmp(before, sha256) != 0)
        return source_fail(path, _("it changed while it was read; run again"), diag);
    table_names_check(&in.names, in.file, &WORKBOOK_WORDS, diag);
    return finish_sheets(&in, sha256, sheets);
}
