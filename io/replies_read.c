/* Donors' answers: the files of a folder, whose they are, and to which plan. */
#include "allot/replies_read.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "allot/language.h"
#include "allot/names.h"
#include "allot/quote.h"
#include "io/csv_reader.h"
#include "io/file_names.h"
#include "io/named_sheets.h"
#include "io/plan_hash.h"
#include "io/plan_mark.h"
#include "io/plan_sheets.h"
#include "io/plan_stages_read.h"
#include "io/replies_internal.h"

/* ---- the folder ------------------------------------------------------------------------------ */

/** Names of files, in byte order. */
typedef struct FileList {
    const char **names; /* [count] */
    size_t count, room;
} FileList;

static bool ends_in(const char *name, const char *end)
{
    size_t length = strlen(name), tail = strlen(end);
    return length > tail && strcasecmp(name + length - tail, end) == 0;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/** Workbooks that people save answers in. */
static bool is_workbook(const char *name)
{
    return ends_in(name, ".xlsx") || ends_in(name, ".ods") || ends_in(name, ".fods");
}

/** What office programs and the system leave beside files begins so. */
static bool is_hidden(const char *name)
{
    return name[0] == '.' || strncmp(name, "~$", 2) == 0;
}

static Status add_file(ReplyReading *in, FileList *files, const char *name)
{
    const char *kept = arena_text(in->arena, name, strlen(name));
    TRY_NEW(kept);
    if (!is_workbook(name) && !ends_in(name, ".csv")) {
        diag_add(in->diag, DIAG_FILE_IGNORED, (DiagPlace){.file = kept, .text = kept},
                 N_("'%s' is no workbook (.xlsx, .ods, .fods) and no .csv and is not read as "
                    "answers; save it as one of these if it holds any"),
                 quote(kept).text);
        return STATUS_OK;
    }
    if (files->count == files->room) {
        size_t room = files->room * 2 + 16;
        files->names =
            arena_grow(in->arena, files->names, files->count, room, sizeof *files->names);
        TRY_NEW(files->names);
        files->room = room;
    }
    files->names[files->count++] = kept;
    return STATUS_OK;
}

static Status list_files(ReplyReading *in, const char *path, FileList *files)
{
    const struct dirent *entry;
    Status status = STATUS_OK;
    DIR *dir = opendir(path);
    if (dir == NULL) {
        diag_add(in->diag, DIAG_FILE, (DiagPlace){.file = path},
                 N_("the folder of answers cannot be read: %s; name the folder that holds them"),
                 strerror(errno));
        return STATUS_IO;
    }
    while (status == STATUS_OK && (entry = readdir(dir)) != NULL)
        if (!is_hidden(entry->d_name))
            status = add_file(in, files, entry->d_name);
    closedir(dir); /* nothing was written */
    if (files->count > 1)
        qsort(files->names, files->count, sizeof *files->names, by_bytes);
    return status;
}

/* ---- whose, and to which plan ---------------------------------------------------------------- */

static const ColumnSpec about_columns[] = {
    {"key", COLUMN_TEXT, true, NULL, "", "round, plan, donor, ..."},
    {"value", COLUMN_TEXT, true, NULL, "", ""},
};

static const TableSpec about_table = {.name = "about", .columns = about_columns, .column_count = 2};

/** The value beside a key, in the first two columns; NULL without one. */
static const char *about_value(const Sheet *about, const char *key)
{
    for (size_t row = 0; about != NULL && row < about->row_count; row++)
        if (language_is(sheet_cell(about, row, 0)->text, key))
            return sheet_cell(about, row, 1)->text;
    return NULL;
}

static Status refuse_file(const ReplyReading *in, const char *file, const char *why)
{
    diag_add(in->diag, DIAG_ANSWER_PLAN, (DiagPlace){.file = file}, "%s", why);
    return STATUS_FINDINGS;
}

/** A workbook says whose answers it holds, to which plan. */
static Status check_about(const ReplyReading *in, const Sheet *about, ReplyFile *file)
{
    const char *plan = about_value(about, N_("plan"));
    const char *donor = about_value(about, N_("donor"));
    file->donor_told = true;
    if (donor == NULL || *donor == '\0')
        return refuse_file(in, file->name,
                           _("no row 'donor' on a sheet About says whose answers these are; answer "
                             "in the workbook that `allot pack` wrote"));
    file->donor = replies_find_donor(in->round, donor);
    if (plan != NULL && (strcasecmp(plan, in->mark_told) == 0 || strcmp(plan, in->mark_made) == 0 ||
                         strcasecmp(plan, in->plan_told) == 0 || strcmp(plan, in->plan_made) == 0))
        return STATUS_OK;
    diag_add(in->diag, DIAG_ANSWER_PLAN, (DiagPlace){.file = file->name},
             N_("these are answers to plan %.12s..., and --previous is plan %.12s...; name the "
                "plan that was sent out, or take the file out of the folder (answers to earlier "
                "plans are kept in the plan made of them); where it came late, decide its turn "
                "again with it, or ask the donor with the files of this plan (allot pack)"),
             plan != NULL ? plan : _("(none)"),
             *in->plan_told != '\0' ? in->mark_told : in->mark_made);
    return STATUS_FINDINGS;
}

/** What `allot pack` calls the files of the round's donors; values are rows of donor's first offer. */
static Status name_files(const Round *round, Arena *arena, FileNames **out)
{
    NameMap *met = name_map_new(arena);
    *out = file_names_new(arena);
    TRY_NEW(met);
    TRY_NEW(*out);
    for (size_t o = 0; o < round->offer_count; o++) {
        bool added;
        if (!name_map_add(met, round->offers[o].donor, 0, &added))
            return STATUS_NO_MEMORY;
        if (added)
            TRY_NEW(file_names_add(*out, "donor", round->offers[o].donor, (int)o));
    }
    return STATUS_OK;
}

/** "donor-PL.csv" tells the donor PL, whose workbook is called so; a name that begins otherwise tells
 *  nothing. */
static Status find_donor_of_name(const ReplyReading *in, ReplyFile *file)
{
    static const char BEFORE[] = "donor-", ENDING[] = ".csv";
    FileNames *names;
    if (strncasecmp(file->name, BEFORE, sizeof BEFORE - 1) != 0)
        return STATUS_OK;
    const char *stem = arena_text(in->arena, file->name, strlen(file->name) - (sizeof ENDING - 1));
    TRY_NEW(stem);
    TRY(name_files(in->round, in->arena, &names));
    int offer = file_names_find(names, stem);
    if (offer >= 0)
        file->donor = in->round->offers[offer].donor;
    if (offer != -1)
        return offer >= 0 ? STATUS_OK : STATUS_NO_MEMORY;
    diag_add(in->diag, DIAG_ANSWER_PLAN, (DiagPlace){.file = file->name},
             N_("no donor of the round has files called '%s'; name the file as `allot pack` named "
                "that donor's workbook, or let its name not begin with 'donor-': then its lines "
                "say whose answers it holds"),
             quote(stem).text);
    return STATUS_FINDINGS;
}

/* ---- files ------------------------------------------------------------------------------------ */

static Status read_workbook(ReplyReading *in, const char *path, const char *name)
{
    NamedSheet sheets[] = {{N_("Lines"), &replies_lines_table, NULL},
                           {N_("About"), &about_table, NULL}};
    ReplyFile file = {.name = name};
    TRY(named_sheets_read(path, name, sheets, 2, in->arena, in->diag));
    if (sheets[0].sheet == NULL)
        return refuse_file(in, name, _("the workbook has no sheet Lines with answers"));
    file.lines = sheets[0].sheet;
    TRY(check_about(in, sheets[1].sheet, &file));
    return replies_read_lines(in, &file);
}

static Status read_csv(ReplyReading *in, const char *path, const char *name)
{
    ReplyFile file = {.name = name};
    Sheet *sheet;
    SheetTarget target = {.file = name,
                          .table = &replies_lines_table,
                          .texts = in->arena,
                          .grid = in->arena,
                          .diag = in->diag,
                          .of_plan = true};
    TRY(find_donor_of_name(in, &file));
    TRY(csv_read_file(path, in->encoding, &target, &sheet));
    if (sheet->heading_line == 0)
        return STATUS_OK;
    file.lines = sheet;
    return replies_read_lines(in, &file);
}

static Status read_files(ReplyReading *in, const char *dir, const FileList *files)
{
    Status status = STATUS_OK;
    for (size_t i = 0; i < files->count; i++) {
        const char *name = files->names[i];
        const char *path = arena_printf(in->arena, "%s/%s", dir, name);
        TRY_NEW(path);
        Status read =
            ends_in(name, ".csv") ? read_csv(in, path, name) : read_workbook(in, path, name);
        if (read != STATUS_OK && read != STATUS_FINDINGS)
            return read;
        status = read == STATUS_OK ? status : read;
    }
    return status;
}

/** The hash that the plan before records of itself; "" where there is none. */
static Status find_told(ReplyReading *in, const char *previous)
{
    char *hash = ARENA_NEW(in->arena, PLAN_HASH_SIZE, char);
    Diag *unheard = diag_new(in->arena); /* reading the plan has said it */
    PlanSheets sheets;
    TRY_NEW(hash);
    TRY_NEW(unheard);
    in->plan_told = hash;
    if (plan_hash_of_folder(previous, hash))
        return STATUS_OK;
    TRY(plan_sheets_read(previous, &plan_lines_table, &plan_stages_table, in->arena, unheard,
                         &sheets));
    for (size_t i = 0; i < PLAN_FACT_SHEETS; i++)
        if (plan_hash_of_sheet(sheets.facts[i], hash))
            return STATUS_OK;
    *hash = '\0';
    return STATUS_OK;
}

/** The hash of the lines of the plan before. */
static Status find_made(ReplyReading *in)
{
    const Round *round = in->round;
    Plan plan = {.assignment_count = round->previous_count};
    plan.assignments = ARENA_NEW(in->arena, round->previous_count, Assignment);
    TRY_NEW(plan.assignments);
    for (size_t i = 0; i < round->previous_count; i++)
        plan.assignments[i] = (Assignment){.need = round->previous[i].need,
                                           .offer = round->previous[i].offer,
                                           .quantity = round->previous[i].quantity};
    in->plan_made = plan_hash(round, &plan, in->arena);
    TRY_NEW(in->plan_made);
    return STATUS_OK;
}

/** What the plan before is called in the files that were sent out. */
static Status find_marks(ReplyReading *in, const char *previous)
{
    PlanRecord record;
    TRY(plan_mark_record(previous, in->round, in->arena, &record));
    in->mark_told = plan_mark(in->plan_told, &record, in->arena);
    in->mark_made = plan_mark(in->plan_made, &record, in->arena);
    TRY_NEW(in->mark_told);
    TRY_NEW(in->mark_made);
    return STATUS_OK;
}

Status replies_read(const ReplySource *source, const Round *round, Arena *arena, Diag *diag,
                    Replies *out)
{
    ReplyReading in = {.round = round,
                       .arena = arena,
                       .diag = diag,
                       .previous = source->previous,
                       .encoding = source->encoding,
                       .decimal = decimal_sign_of(source->decimal)};
    FileList files = {NULL, 0, 0};
    size_t errors = diag_count(diag, DIAG_ERROR);
    TRY(list_files(&in, source->dir, &files));
    TRY(find_told(&in, source->previous));
    TRY(find_made(&in));
    TRY(find_marks(&in, source->previous));
    TRY(read_files(&in, source->dir, &files));
    if (in.count == 0 && diag_count(diag, DIAG_ERROR) == errors)
        diag_add(
            diag, DIAG_NO_ANSWER, (DiagPlace){.file = source->dir},
            N_("no file of this folder answers any line; are they those that donors sent back?"));
    replies_finish(&in, out);
    return STATUS_OK;
}
