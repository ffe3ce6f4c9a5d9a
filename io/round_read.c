/* Reads a round from a folder: finds the file of each table, reads it into a sheet, hands the sheet
 * to the table's reader, in the order in which tables depend on each other.
 *
 * Called by every command. One scratch arena holds the sheets, one table at a time; what the round
 * and the findings keep lies in the caller's arena.
 */
#include "allot/round_read.h"

#include "allot/quote.h"
#include "io/csv_reader.h"
#include "io/read_tables.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum { FIRST_NAMES = 16 };

typedef struct TableOrder {
    TableKind table;
    Status (*read)(const Reading *reading, const Sheet *sheet);
} TableOrder;

/* Settings give the currency that rates are in; both decide how units and defaults are read. */
static const TableOrder ORDER[TABLE_COUNT] = {
    {TABLE_SETTINGS, read_settings}, {TABLE_RATES, read_rates},
    {TABLE_DONORS, read_donors},     {TABLE_BENEFICIARIES, read_beneficiaries},
    {TABLE_NEEDS, read_needs},       {TABLE_OFFERS, read_offers},
    {TABLE_PAIRS, read_pairs},       {TABLE_COMMITMENTS, read_commitments},
    {TABLE_RULES, read_rules},       {TABLE_SCENARIOS, read_scenarios},
};

/* ---- the folder ----------------------------------------------------------------------------- */

typedef struct Folder {
    const char *path;
    const char **names; /* [count] files ending in .csv, in byte order */
    size_t count;
    const char *file_of[TABLE_COUNT]; /* NULL when there is none */
} Folder;

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Files whose names begin so belong to the system or to an open office program. */
static bool is_hidden(const char *name)
{
    return name[0] == '.' || strncmp(name, "~$", 2) == 0;
}

static bool is_csv(const char *name)
{
    size_t length = strlen(name);
    return length > 4 && strcasecmp(name + length - 4, ".csv") == 0;
}

static Status add_name(Folder *folder, Arena *arena, const char *name, size_t *capacity)
{
    if (folder->count == *capacity) {
        size_t wanted = *capacity == 0 ? FIRST_NAMES : 2 * *capacity;
        const char **names =
            arena_grow(arena, folder->names, folder->count, wanted, sizeof(const char *));
        TRY_NEW(names);
        folder->names = names;
        *capacity = wanted;
    }
    folder->names[folder->count] = arena_text(arena, name, strlen(name));
    TRY_NEW(folder->names[folder->count]);
    folder->count++;
    return STATUS_OK;
}

static Status list_names(Folder *folder, DIR *dir, Arena *arena)
{
    const struct dirent *entry;
    size_t capacity = 0;

    while ((entry = readdir(dir)) != NULL)
        if (!is_hidden(entry->d_name) && is_csv(entry->d_name))
            TRY(add_name(folder, arena, entry->d_name, &capacity));
    if (folder->count > 0)
        qsort(folder->names, folder->count, sizeof folder->names[0], compare_names);
    return STATUS_OK;
}

static Status report_path(const char *path, const char *why, Diag *diag)
{
    diag_add(diag, DIAG_FILE, (DiagPlace){.file = path, .text = path},
             "the round cannot be read: %s", why);
    return STATUS_IO;
}

static Status open_folder(const char *path, Arena *arena, Diag *diag, Folder *folder)
{
    struct stat about;
    *folder = (Folder){.path = path};
    if (stat(path, &about) != 0)
        return report_path(path, strerror(errno), diag);
    if (!S_ISDIR(about.st_mode))
        return report_path(path,
                           "it is a file; save every sheet as CSV UTF-8 into one folder and give "
                           "that",
                           diag);
    DIR *dir = opendir(path);
    if (dir == NULL)
        return report_path(path, strerror(errno), diag);
    Status status = list_names(folder, dir, arena);
    closedir(dir); /* nothing was written */
    return status;
}

/* ---- which file is which table -------------------------------------------------------------- */

/* A table's name that the file's resembles, or NULL. */
static const char *near_table(const char *name)
{
    const char *known[TABLE_COUNT];
    for (int t = 0; t < TABLE_COUNT; t++)
        known[t] = dictionary_table((TableKind)t)->name;
    return name_nearest(name, known, TABLE_COUNT);
}

static Status match_file(Folder *folder, const char *file, Arena *arena, Diag *diag)
{
    const char *name = arena_text(arena, file, strlen(file) - strlen(".csv"));
    TRY_NEW(name);
    const TableSpec *table = dictionary_find(name);
    DiagPlace place = {.file = file, .text = file};

    if (table != NULL && folder->file_of[table->kind] == NULL) {
        folder->file_of[table->kind] = file;
        return STATUS_OK;
    }
    const char *near = near_table(name);
    if (table != NULL)
        diag_add(diag, DIAG_TABLE_UNKNOWN, place,
                 "the file is the table %s, and so is %s; keep one of them", table->name,
                 folder->file_of[table->kind]);
    else if (near != NULL)
        diag_add(diag, DIAG_TABLE_UNKNOWN, place,
                 "'%s' is no table; did you mean %s.csv? rename the file, or move it out of the "
                 "folder",
                 quote(file).text, near);
    else
        diag_add(diag, DIAG_FILE_IGNORED, place, "'%s' is no table of a round and is not read",
                 quote(file).text);
    return STATUS_OK;
}

static Status match_files(Folder *folder, Arena *arena, Diag *diag)
{
    for (size_t i = 0; i < folder->count; i++)
        TRY(match_file(folder, folder->names[i], arena, diag));
    for (int t = 0; t < TABLE_COUNT; t++) {
        const TableSpec *table = dictionary_table((TableKind)t);
        if (table->required && folder->file_of[t] == NULL)
            diag_add(diag, DIAG_TABLE_MISSING,
                     (DiagPlace){.file = folder->path, .table = table->name},
                     "the folder holds no %s.csv; every round needs that table", table->name);
    }
    return STATUS_OK;
}

/* ---- tables --------------------------------------------------------------------------------- */

static Status read_table(const Reading *reading, const Folder *folder, const TableOrder *order)
{
    Round *round = reading->round;
    InputTable *input = &round->tables[order->table];
    const char *file = folder->file_of[order->table];
    Sheet *sheet = NULL;

    if (file == NULL)
        return STATUS_OK;
    const char *path = arena_printf(reading->scratch, "%s/%s", folder->path, file);
    TRY_NEW(path);
    input->present = true;
    input->file = file;
    SheetTarget target = {file, dictionary_table(order->table), round->arena, reading->scratch,
                          reading->diag};
    TRY(csv_read_file(path, &target, &sheet));
    input->sha256 = sheet->sha256;
    return sheet->readable ? order->read(reading, sheet) : STATUS_OK;
}

/* The table's rows stand, the overrides follow them and win. */
static Status apply_settings(const Reading *reading, const SettingRow *overrides, size_t count)
{
    Round *round = reading->round;
    size_t before = round->setting_row_count;
    SettingRow *rows =
        arena_grow(round->arena, round->setting_rows, before, before + count, sizeof(SettingRow));

    TRY_NEW(rows);
    for (size_t i = 0; i < count; i++)
        rows[before + i] = overrides[i];
    round->setting_rows = rows;
    round->setting_row_count = before + count;
    TRY(settings_apply(rows, before + count, round->arena, round->names, reading->diag,
                       &round->settings));
    round->currency = round_unit(round, round->settings.currency);
    return STATUS_OK;
}

static Status read_tables(const Reading *reading, const Folder *folder, const SettingRow *overrides,
                          size_t override_count)
{
    Status worst = STATUS_OK;
    for (size_t i = 0; i < TABLE_COUNT; i++) {
        Status status = read_table(reading, folder, &ORDER[i]);
        if (status == STATUS_IO)
            worst = status; /* its finding stands; the other files are worth reading */
        else
            TRY(status);
        if (ORDER[i].table == TABLE_SETTINGS)
            TRY(apply_settings(reading, overrides, override_count));
        arena_reset(reading->scratch);
    }
    return worst;
}

Status round_read(const char *path, const SettingRow *overrides, size_t override_count,
                  Arena *arena, Diag *diag, Round *round)
{
    Folder folder;

    TRY(round_init(arena, round));
    round->source = path;
    TRY(open_folder(path, arena, diag, &folder));
    TRY(match_files(&folder, arena, diag));
    Arena *scratch = arena_new();
    TRY_NEW(scratch);
    Reading reading = {round, scratch, diag};
    Status status = read_tables(&reading, &folder, overrides, override_count);
    arena_free(scratch);
    return status;
}

const char *round_read_library_version(void)
{
    return csv_library_version();
}
