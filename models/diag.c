/* Diag: findings with their places, collected while reading and checking, sorted for people.
 *
 * Called by everything that reads or checks input. Owns its messages and arrays in the caller's
 * arena; places are borrowed. Whatever sorting needs is set aside when findings are added, so that
 * sorting cannot fail.
 */
#include "allot/diag.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "allot/dictionary.h"
#include "allot/language.h"

enum { SEVERITIES = 3, FIRST_CAPACITY = 16, COLUMN_LETTERS_BYTES = 8, WHERE_BYTES = 64 };

typedef struct SortKey {
    const Finding *finding;
    size_t order; /* in which they were added */
    int table;    /* -1 for none, then dictionary order, then tables it does not know */
} SortKey;

struct Diag {
    Arena *arena;
    Finding *findings; /* [capacity] */
    Finding *spare;    /* [capacity] where sorting puts them */
    SortKey *keys;     /* [capacity] */
    size_t capacity;
    size_t kept;
    size_t kept_of[SEVERITIES];
    size_t count_of[SEVERITIES];
    int group;
};

Diag *diag_new(Arena *arena)
{
    Diag *diag = ARENA_NEW(arena, 1, Diag);
    if (diag != NULL)
        diag->arena = arena;
    return diag;
}

/* ---- codes ---------------------------------------------------------------------------------- */

static const char *const CODES[DIAG_CODE_COUNT] = {
#define DIAG_AS_TEXT(name, code, about) [name] = (code),
    DIAG_CODES(DIAG_AS_TEXT)
#undef DIAG_AS_TEXT
};

const char *diag_code_text(DiagCode code)
{
    return (unsigned)code < DIAG_CODE_COUNT ? CODES[code] : "";
}

const char *diag_severity_text(DiagSeverity severity)
{
    switch (severity) {
    case DIAG_ERROR: return N_("error");
    case DIAG_WARNING: return N_("warning");
    case DIAG_NOTE: return N_("note");
    }
    return "";
}

static DiagSeverity severity_of(DiagCode code)
{
    switch (diag_code_text(code)[0]) {
    case 'W': return DIAG_WARNING;
    case 'N': return DIAG_NOTE;
    default: return DIAG_ERROR;
    }
}

/* ---- collecting ----------------------------------------------------------------------------- */

static bool make_room(Diag *diag)
{
    if (diag->kept < diag->capacity)
        return true;
    size_t capacity = diag->capacity == 0 ? FIRST_CAPACITY : 2 * diag->capacity;
    Finding *findings =
        arena_grow(diag->arena, diag->findings, diag->kept, capacity, sizeof(Finding));
    Finding *spare = ARENA_NEW(diag->arena, capacity, Finding);
    SortKey *keys = ARENA_NEW(diag->arena, capacity, SortKey);
    if (findings == NULL || spare == NULL || keys == NULL)
        return false; /* the old arrays stay as they are */
    diag->findings = findings;
    diag->spare = spare;
    diag->keys = keys;
    diag->capacity = capacity;
    return true;
}

/* A finding is one line in a terminal, whatever the cell it quotes holds. */
static void make_one_line(char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text < ' ' || *text == '\x7f')
            *text = ' ';
}

void diag_add(Diag *diag, DiagCode code, DiagPlace place, const char *format, ...)
{
    DiagSeverity severity = severity_of(code);
    diag->count_of[severity]++;
    if (diag->kept_of[severity] >= DIAG_KEEP || !make_room(diag))
        return;
    va_list args;
    va_start(args, format);
    char *message = arena_vprintf(diag->arena, _(format), args);
    va_end(args);
    if (message == NULL)
        return;
    make_one_line(message);
    diag->findings[diag->kept++] = (Finding){severity, code, place, message, diag->group};
    diag->kept_of[severity]++;
}

void diag_group(Diag *diag, int group)
{
    diag->group = group;
}

size_t diag_count(const Diag *diag, DiagSeverity severity)
{
    return (unsigned)severity < SEVERITIES ? diag->count_of[severity] : 0;
}

const Finding *diag_findings(const Diag *diag, size_t *count)
{
    *count = diag->kept;
    return diag->findings;
}

/* ---- sorting -------------------------------------------------------------------------------- */

static int table_rank(const char *table)
{
    if (table == NULL)
        return -1;
    for (int t = 0; t < TABLE_COUNT; t++)
        if (strcmp(dictionary_table((TableKind)t)->name, table) == 0)
            return t;
    return TABLE_COUNT;
}

static int compare_text(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return (a != NULL) - (b != NULL);
    return strcmp(a, b);
}

static int compare_places(int table, const DiagPlace *p, int other_table, const DiagPlace *q)
{
    if (table != other_table)
        return table < other_table ? -1 : 1;
    if (table == TABLE_COUNT && compare_text(p->table, q->table) != 0)
        return compare_text(p->table, q->table);
    /* Lines of different files do not mix: a table can have more than one source (--set). */
    if (compare_text(p->file, q->file) != 0)
        return compare_text(p->file, q->file);
    if (p->line != q->line)
        return p->line < q->line ? -1 : 1;
    return (p->column > q->column) - (p->column < q->column);
}

int diag_compare_places(const DiagPlace *a, const DiagPlace *b)
{
    return compare_places(table_rank(a->table), a, table_rank(b->table), b);
}

static int compare_keys(const void *left, const void *right)
{
    const SortKey *a = left;
    const SortKey *b = right;
    int groups = a->finding->group - b->finding->group;
    if (groups != 0)
        return groups;
    int order = compare_places(a->table, &a->finding->place, b->table, &b->finding->place);
    if (order != 0)
        return order;
    return a->order < b->order ? -1 : a->order > b->order;
}

void diag_sort(Diag *diag)
{
    if (diag->kept == 0)
        return;
    for (size_t i = 0; i < diag->kept; i++) {
        const Finding *finding = &diag->findings[i];
        diag->keys[i] = (SortKey){finding, i, table_rank(finding->place.table)};
    }
    qsort(diag->keys, diag->kept, sizeof diag->keys[0], compare_keys);
    for (size_t i = 0; i < diag->kept; i++)
        diag->spare[i] = *diag->keys[i].finding;
    Finding *sorted = diag->spare;
    diag->spare = diag->findings;
    diag->findings = sorted;
}

/* ---- printing ------------------------------------------------------------------------------- */

/* 1 -> A, 26 -> Z, 27 -> AA, as spreadsheets count. */
static void column_letters(int column, char out[COLUMN_LETTERS_BYTES])
{
    char reversed[COLUMN_LETTERS_BYTES];
    size_t length = 0;
    for (; column > 0 && length < COLUMN_LETTERS_BYTES - 1; column = (column - 1) / 26)
        reversed[length++] = (char)('A' + (column - 1) % 26);
    for (size_t i = 0; i < length; i++)
        out[i] = reversed[length - 1 - i];
    out[length] = '\0';
}

/* True when the text up to @p end ends as a workbook's name does. */
static bool is_workbook(const char *file, const char *end)
{
    static const char *const endings[] = {".xlsx", ".xlsm", ".ods", ".fods"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t length = strlen(endings[i]);
        if ((size_t)(end - file) > length && strncasecmp(end - length, endings[i], length) == 0)
            return true;
    }
    return false;
}

/* "round.xlsx!needs" is a sheet, whatever its name holds, and so is "round!needs": a workbook may be
 * named anyhow. "lists/a!b.csv" and "what!/needs.csv" are files. */
static bool is_sheet(const char *file)
{
    const char *mark = strchr(file, '!');
    for (; mark != NULL; mark = strchr(mark + 1, '!'))
        if (is_workbook(file, mark) || strpbrk(mark, "./") == NULL)
            return true;
    return false;
}

/* ":14:3" in a file, ":C14" in a sheet, as much of it as is known. */
static void write_position(const DiagPlace *place, char out[WHERE_BYTES])
{
    char letters[COLUMN_LETTERS_BYTES];
    out[0] = '\0';
    if (place->line <= 0)
        return;
    column_letters(place->column, letters);
    if (place->file != NULL && is_sheet(place->file))
        (void)snprintf(out, WHERE_BYTES, ":%s%d", letters, place->line);
    else if (place->column > 0)
        (void)snprintf(out, WHERE_BYTES, ":%d:%d", place->line, place->column);
    else
        (void)snprintf(out, WHERE_BYTES, ":%d", place->line);
}

char *diag_place_text(const DiagPlace *place, Arena *arena)
{
    const char *file = place->file != NULL ? place->file : place->table;
    const char *column = place->column_name;
    bool has_column = column != NULL && column[0] != '\0';
    char position[WHERE_BYTES];
    write_position(place, position);
    return arena_printf(arena, "%s%s%s%s%s", file != NULL ? file : "", file != NULL ? position : "",
                        has_column ? " (" : "", has_column ? column : "", has_column ? ")" : "");
}

char *diag_format(const Finding *finding, Arena *arena)
{
    const char *where = diag_place_text(&finding->place, arena);
    if (where == NULL)
        return NULL;
    char *line = arena_printf(arena, "%s%s%s %s: %s", where, *where != '\0' ? ": " : "",
                              _(diag_severity_text(finding->severity)),
                              diag_code_text(finding->code), finding->message);
    if (line != NULL)
        make_one_line(line);
    return line;
}
