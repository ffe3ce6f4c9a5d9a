/* Where a plan's lines and stages stand: two files of a folder, or two sheets of a workbook; and the
 * workbook's sheets that say what it was made of.
 */
#include "io/plan_sheets.h"

#include <errno.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "allot/language.h"
#include "io/csv_reader.h"
#include "io/workbook.h"

/* What both ways of reading need. */
typedef struct PlanSource {
    const char *path;
    const char *file; /* a workbook's name in findings */
    Arena *arena;
    Diag *diag;
    const TableSpec *assignments;
    const TableSpec *stages; /* NULL: not asked for */
    SheetBuilder *lines;     /* of a workbook; NULL until its sheet came */
    SheetBuilder *method;
    SheetBuilder *settings;
    SheetBuilder *inputs;
    SheetBuilder *summary;
    const char *summary_file;
} PlanSource;

static const ColumnSpec fact_columns[] = {
    {"key", COLUMN_TEXT, true, NULL, "", "what is said"},
    {"value", COLUMN_TEXT, true, NULL, "", "about it"},
};

static const ColumnSpec input_columns[] = {
    {"input_table", COLUMN_TEXT, true, NULL, "", "what the file is"},
    {"sha_256_of_the_file", COLUMN_TEXT, true, NULL, "", "of its bytes"},
    {"rows", COLUMN_TEXT, false, NULL, "", "how many it has"},
    {"file", COLUMN_TEXT, false, NULL, "", "its name"},
};

const TableSpec plan_facts_table = {
    .name = "plan settings",
    .columns = fact_columns,
    .column_count = sizeof fact_columns / sizeof *fact_columns,
};

static const TableSpec inputs_sheet = {
    .name = "plan inputs",
    .columns = input_columns,
    .column_count = sizeof input_columns / sizeof *input_columns,
};

static SheetTarget target_of(const PlanSource *in, const char *file, const TableSpec *table)
{
    return (SheetTarget){.file = file,
                         .table = table,
                         .texts = in->arena,
                         .grid = in->arena,
                         .diag = in->diag,
                         .of_plan = true};
}

/* ---- a folder ------------------------------------------------------------------------------- */

static bool is_absent(const char *path)
{
    struct stat entry;
    return stat(path, &entry) != 0 && errno == ENOENT;
}

static Status read_file(const PlanSource *in, const char *name, const TableSpec *table,
                        bool required, Sheet **sheet)
{
    size_t length = strlen(in->path);
    const char *slash = length > 0 && in->path[length - 1] == '/' ? "" : "/";
    const char *path = arena_printf(in->arena, "%s%s%s", in->path, slash, name);

    *sheet = NULL;
    TRY_NEW(path);
    if (!required && is_absent(path))
        return STATUS_OK;
    SheetTarget target = target_of(in, path, table);
    return csv_read_file(path, NULL, &target, sheet);
}

/* A folder without lines is none of a plan: the round's own, most likely. */
static Status need_lines(const PlanSource *in)
{
    const char *path = arena_printf(in->arena, "%s/assignments.csv", in->path);
    TRY_NEW(path);
    if (!is_absent(path))
        return STATUS_OK;
    diag_add(in->diag, DIAG_FILE, (DiagPlace){.file = path},
             N_("the folder holds no assignments.csv, where a plan's lines stand; name the folder "
                "that allot solve --tables wrote, or a plan's workbook"));
    return STATUS_IO;
}

static Status read_folder(const PlanSource *in, PlanSheets *out)
{
    TRY(need_lines(in));
    TRY(read_file(in, "assignments.csv", in->assignments, true, &out->assignments));
    if (in->stages == NULL)
        return STATUS_OK;
    return read_file(in, "stages.csv", in->stages, false, &out->stages);
}

Status plan_summary_read(const char *folder, Arena *arena, Diag *diag, Sheet **out)
{
    const char *file = arena_printf(arena, "%s/summary.csv", folder);
    struct stat about;
    *out = NULL;
    TRY_NEW(file);
    if (stat(file, &about) != 0)
        return STATUS_OK;
    SheetTarget target = {.file = file,
                          .table = &plan_facts_table,
                          .texts = arena,
                          .grid = arena,
                          .diag = diag,
                          .of_plan = true};
    return csv_read_file(file, NULL, &target, out);
}

/* ---- a workbook ----------------------------------------------------------------------------- */

/* The Summary is a page for the eye, with several tables: what a reader of tables thinks of it is nobody's concern. */
static Status take_summary(PlanSource *in, const char *name, SheetBuilder **builder)
{
    Diag *unheard = diag_new(in->arena);
    TRY_NEW(unheard);
    in->summary_file = arena_printf(in->arena, "%s!%s", in->file, name);
    TRY_NEW(in->summary_file);
    SheetTarget target = target_of(in, in->summary_file, &plan_facts_table);
    target.of_workbook = true;
    target.diag = unheard;
    *builder = in->summary = sheet_builder_new(&target);
    return *builder != NULL ? STATUS_OK : STATUS_NO_MEMORY;
}

/* A sheet of what the plan was made of; of two of one name the first counts. */
static Status take_facts(PlanSource *in, const char *name, SheetBuilder **builder)
{
    bool settings = language_is(name, N_("Settings"));
    if (in->stages != NULL && in->summary == NULL && language_is(name, N_("Summary")))
        return take_summary(in, name, builder);
    SheetBuilder **kept = settings ? &in->settings : &in->inputs;
    if (in->stages == NULL || *kept != NULL || !(settings || language_is(name, N_("Inputs"))))
        return STATUS_OK;
    const char *shown = arena_printf(in->arena, "%s!%s", in->file, name);
    TRY_NEW(shown);
    SheetTarget target = target_of(in, shown, settings ? &plan_facts_table : &inputs_sheet);
    target.of_workbook = true;
    *builder = *kept = sheet_builder_new(&target);
    return *builder != NULL ? STATUS_OK : STATUS_NO_MEMORY;
}

/* The program's own workbook has the stages on its Method sheet; a table of that name will do. */
static Status take_sheet(void *context, const char *name, WorkbookVisibility visibility,
                         SheetBuilder **builder)
{
    PlanSource *in = context;
    bool lines = language_is(name, N_("Assignments"));
    bool method =
        in->stages != NULL && (language_is(name, N_("Method")) || language_is(name, N_("Stages")));
    SheetBuilder **kept = lines ? &in->lines : &in->method;

    *builder = NULL;
    (void)visibility; /* hidden or not, the plan is what its lines say */
    if (!lines && !method)
        return take_facts(in, name, builder);
    const char *shown = arena_printf(in->arena, "%s!%s", in->file, name);
    TRY_NEW(shown);
    if (*kept != NULL) {
        diag_add(in->diag, DIAG_TABLE_UNKNOWN, (DiagPlace){.file = shown, .text = name},
                 N_("the workbook has two sheets of this kind; keep the one that counts"));
        return STATUS_FINDINGS;
    }
    SheetTarget target = target_of(in, shown, lines ? in->assignments : in->stages);
    target.of_workbook = true;
    *builder = *kept = sheet_builder_new(&target);
    return *builder != NULL ? STATUS_OK : STATUS_NO_MEMORY;
}

static Status read_workbook(PlanSource *in, PlanSheets *out)
{
    WorkbookSink sink = {take_sheet, in, in->arena};
    const char *slash = strrchr(in->path, '/');

    in->file = slash != NULL ? slash + 1 : in->path;
    TRY(workbook_read(in->path, in->file, &sink, in->arena, in->diag));
    if (in->lines == NULL) {
        diag_add(in->diag, DIAG_TABLE_MISSING,
                 (DiagPlace){.file = in->file, .table = in->assignments->name},
                 N_("the workbook holds no sheet Assignments, where a plan's lines stand; give a "
                    "plan that allot solve wrote"));
        return STATUS_FINDINGS;
    }
    TRY(sheet_finish(in->lines, true, &out->assignments));
    SheetBuilder *const facts[PLAN_FACT_SHEETS] = {in->settings, in->inputs, in->method};
    for (size_t i = 0; i < PLAN_FACT_SHEETS; i++)
        if (facts[i] != NULL)
            TRY(sheet_finish(facts[i], true, &out->facts[i]));
    out->stages = out->facts[PLAN_FACT_SHEETS - 1];
    out->summary = in->summary;
    out->summary_file = in->summary_file;
    if (out->assignments->heading_line != 0)
        return STATUS_OK;
    diag_add(
        in->diag, DIAG_TABLE_MISSING,
        (DiagPlace){.file = out->assignments->file, .table = in->assignments->name},
        N_("the sheet is empty, where a plan's lines stand; give a plan that allot solve wrote"));
    return STATUS_FINDINGS;
}

bool plan_is_table_file(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot != NULL && strcasecmp(dot, ".csv") == 0;
}

Status plan_sheets_read(const char *path, const TableSpec *assignments, const TableSpec *stages,
                        Arena *arena, Diag *diag, PlanSheets *out)
{
    PlanSource in = {
        .path = path, .arena = arena, .diag = diag, .assignments = assignments, .stages = stages};
    struct stat about;

    *out = (PlanSheets){0};
    if (stat(path, &about) != 0) {
        diag_add(
            diag, DIAG_FILE, (DiagPlace){.file = path},
            N_("the plan cannot be read: %s; name a plan's workbook, or the folder of its tables"),
            strerror(errno));
        return STATUS_IO;
    }
    if (!S_ISDIR(about.st_mode) && plan_is_table_file(path)) {
        diag_add(diag, DIAG_PLAN_FORMAT, (DiagPlace){.file = path},
                 N_("a plan is a workbook, or a folder of tables; name the folder that this file "
                    "lies in"));
        return STATUS_FINDINGS;
    }
    return S_ISDIR(about.st_mode) ? read_folder(&in, out) : read_workbook(&in, out);
}
