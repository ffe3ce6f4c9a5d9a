/* A round in a folder: which of its CSV files is which table. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "allot/language.h"
#include "allot/quote.h"
#include "io/ledger_line.h"
#include "io/round_source.h"

enum { FIRST_NAMES = 16 };

static const SourceWords FOLDER_WORDS = {N_("file"), N_("folder"), "", ".csv"};

/* What a file's ending says. */
typedef enum NameEnd { END_OTHER, END_CSV, END_TEXT, END_WORKBOOK } NameEnd;

/* Names of a folder, in byte order. */
typedef struct FileNames {
    const char **names; /* [count] */
    size_t count;
    size_t capacity;
} FileNames;

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Files whose names begin so belong to the system or to an open office program. */
static bool is_hidden(const char *name)
{
    return name[0] == '.' || strncmp(name, "~$", 2) == 0;
}

static size_t stem_length(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot != NULL ? (size_t)(dot - name) : strlen(name);
}

/* Spreadsheets save "Unicode text" as .txt and some programs tables with tabs as .tsv. */
static NameEnd end_of(const char *name)
{
    static const struct {
        const char *end;
        NameEnd kind;
    } ends[] = {{".csv", END_CSV},      {".tsv", END_TEXT},      {".tab", END_TEXT},
                {".txt", END_TEXT},     {".xlsx", END_WORKBOOK}, {".xlsm", END_WORKBOOK},
                {".ods", END_WORKBOOK}, {".fods", END_WORKBOOK}, {".xls", END_WORKBOOK}};
    const char *end = name + stem_length(name);
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (end > name && strcasecmp(end, ends[i].end) == 0)
            return ends[i].kind;
    return END_OTHER;
}

static Status add_name(FileNames *files, Arena *arena, const char *name)
{
    if (files->count == files->capacity) {
        size_t wanted = files->capacity == 0 ? FIRST_NAMES : 2 * files->capacity;
        const char **names =
            arena_grow(arena, files->names, files->count, wanted, sizeof(const char *));
        TRY_NEW(names);
        files->names = names;
        files->capacity = wanted;
    }
    files->names[files->count] = arena_text(arena, name, strlen(name));
    TRY_NEW(files->names[files->count]);
    files->count++;
    return STATUS_OK;
}

static Status list_names(FileNames *files, DIR *dir, Arena *arena)
{
    const struct dirent *entry;
    while ((entry = readdir(dir)) != NULL)
        if (!is_hidden(entry->d_name) && end_of(entry->d_name) != END_OTHER)
            TRY(add_name(files, arena, entry->d_name));
    if (files->count > 0)
        qsort(files->names, files->count, sizeof files->names[0], compare_names);
    return STATUS_OK;
}

/* The folder is named as it was typed. Of a plan that was written into it nothing is said: it never is
 * a part of the round. */
static Status report_workbook(const char *folder, const char *file, Arena *arena, Diag *diag)
{
    DiagPlace place = {.file = file, .text = file};
    size_t length = strlen(folder);
    const char *slash = length > 0 && folder[length - 1] == '/' ? "" : "/";
    const char *path = arena_printf(arena, "%s%s%s", folder, slash, file);
    bool is_plan;
    TRY_NEW(path);
    TRY(workbook_is_plan(path, &is_plan));
    if (is_plan)
        return STATUS_OK;
    if (strcasecmp(file + stem_length(file), ".xls") == 0)
        diag_add(
            diag, DIAG_FILE_IGNORED, place,
            N_("'%s' is an old workbook beside the CSV files and is not read; if the round is in "
               "it, save it as .xlsx or .ods, and give that instead of the folder"),
            quote(file).text);
    else
        diag_add(
            diag, DIAG_FILE_IGNORED, place,
            N_("'%s' is a workbook beside the CSV files and is not read; if the whole round is in "
               "it, give it instead of the folder: %s; if it is one table, save that here as "
               ".csv"),
            quote(file).text, path);
    return STATUS_OK;
}

/* A ledger that lies beside the tables: it never is a part of the round either, --ledger names it. */
static Status find_ledger(const char *folder, const char *file, Arena *arena, bool *is_ledger)
{
    size_t length = strlen(ledger_heading);
    char *begin = ARENA_NEW(arena, length, char);
    const char *path = arena_printf(arena, "%s/%s", folder, file);
    *is_ledger = false;
    TRY_NEW(begin);
    TRY_NEW(path);
    FILE *stream = fopen(path, "rb");
    if (stream == NULL)
        return STATUS_OK; /* whoever reads it says so */
    *is_ledger =
        fread(begin, 1, length, stream) == length && memcmp(begin, ledger_heading, length) == 0;
    (void)fclose(stream); /* nothing was written */
    return STATUS_OK;
}

static Status match_file(const char *path, const char *file, Arena *arena, Diag *diag,
                         TableNames *names)
{
    TableKind kind;
    NameEnd end = end_of(file);
    const char *name = arena_text(arena, file, stem_length(file));
    TRY_NEW(name);
    if (end == END_TEXT && dictionary_find(name) == NULL)
        return STATUS_OK; /* a README.txt beside the tables */
    if (end == END_CSV && dictionary_find(name) == NULL) {
        bool is_ledger;
        TRY(find_ledger(path, file, arena, &is_ledger));
        if (is_ledger)
            return STATUS_OK;
    }
    SourcePart part = {.name = name, .found = file, .shown = file};
    if (end == END_WORKBOOK)
        return report_workbook(path, file, arena, diag);
    (void)table_name_match(names, &part, &FOLDER_WORDS, diag, &kind);
    return STATUS_OK;
}

/* The tables of a plan bear these names, needs and offers among them. */
static bool is_plan(const FileNames *files)
{
    static const char *const tables[] = {"assignments.csv", "stages.csv", "summary.csv"};
    enum { COUNT = sizeof tables / sizeof tables[0] };
    size_t found = 0;
    for (size_t i = 0; i < files->count; i++)
        for (size_t t = 0; t < COUNT; t++)
            found += strcmp(files->names[i], tables[t]) == 0;
    return found == COUNT;
}

Status folder_list(const char *path, Arena *arena, Diag *diag, TableNames *names)
{
    FileNames files = {NULL, 0, 0};
    DIR *dir = opendir(path);
    if (dir == NULL)
        return source_fail(path, strerror(errno), diag);
    Status status = list_names(&files, dir, arena);
    closedir(dir); /* nothing was written */
    TRY(status);
    if (is_plan(&files))
        return source_refuse_plan(path, diag);
    for (size_t i = 0; i < files.count; i++)
        TRY(match_file(path, files.names[i], arena, diag, names));
    table_names_check(names, path, &FOLDER_WORDS, diag);
    return STATUS_OK;
}
