/* Headings: which column of a sheet is which column of the dictionary.
 *
 * Exact matches (folded) come first, then each heading left over either nearly matches a known one,
 * which is an error that asks, or is carried along. Called once a table.
 */
#include "io/headings.h"

#include "allot/names.h"
#include "allot/quote.h"

#include <string.h>

enum { HEADING_SIZE = 1024, NO_COLUMN = -1 };

typedef struct Matching {
    const Sheet *sheet;
    bool carried;
    Diag *diag;
    Headings *headings;
    const char **known; /* [table->column_count] folded names */
    bool *matched;      /* [sheet->column_count] */
    NameSet *names;     /* folded headings */
    NameMap *first;     /* the first column of each */
} Matching;

static Status fold_known(Matching *m, Arena *scratch)
{
    const TableSpec *table = m->sheet->table;
    char folded[HEADING_SIZE];

    m->known = ARENA_NEW(scratch, table->column_count, const char *);
    TRY_NEW(m->known);
    for (size_t c = 0; c < table->column_count; c++) {
        name_fold(table->columns[c].name, folded, sizeof folded);
        m->known[c] = arena_text(scratch, folded, strlen(folded));
        TRY_NEW(m->known[c]);
    }
    return STATUS_OK;
}

/* The first column with the same heading as this one (folded), or NO_COLUMN, into *before. */
static Status find_same_before(Matching *m, size_t column, int *before)
{
    char folded[HEADING_SIZE];
    bool added;

    name_fold(m->sheet->headings[column], folded, sizeof folded);
    const char *name = name_intern(m->names, folded, strlen(folded));
    TRY_NEW(name);
    if (!name_map_add(m->first, name, (int)column, &added))
        return STATUS_NO_MEMORY;
    *before = added ? NO_COLUMN : name_map_get(m->first, name);
    return STATUS_OK;
}

static Status match_exactly(Matching *m)
{
    const Sheet *sheet = m->sheet;
    for (size_t c = 0; c < sheet->column_count; c++) {
        const char *heading = sheet->headings[c];
        if (heading[0] == '\0') {
            m->matched[c] = true; /* cells below it are a finding of their own */
            continue;
        }
        int before;
        TRY(find_same_before(m, c, &before));
        int column = dictionary_column(sheet->table, heading);
        if (before >= 0)
            diag_add(m->diag, DIAG_COLUMN_TWICE, sheet_heading_place(sheet, c),
                     "'%s' is the heading of column %d already; rename or remove one of them",
                     quote(heading).text, before + 1);
        else if (column >= 0)
            m->headings->column_of[column] = (int)c;
        m->matched[c] = before >= 0 || column >= 0;
    }
    return STATUS_OK;
}

static int near_column(const Matching *m, const char *heading)
{
    char folded[HEADING_SIZE];
    size_t count = m->sheet->table->column_count;

    name_fold(heading, folded, sizeof folded);
    const char *near = name_nearest(folded, m->known, count);
    for (size_t c = 0; near != NULL && c < count; c++)
        if (m->known[c] == near)
            return (int)c;
    return NO_COLUMN;
}

static void match_the_rest(Matching *m)
{
    const Sheet *sheet = m->sheet;
    Headings *headings = m->headings;

    for (size_t c = 0; c < sheet->column_count; c++) {
        if (m->matched[c])
            continue;
        Quote heading = quote(sheet->headings[c]);
        DiagPlace place = sheet_heading_place(sheet, c);
        int near = near_column(m, sheet->headings[c]);
        if (near >= 0) {
            diag_add(m->diag, DIAG_COLUMN_NEAR, place,
                     "'%s' is no column of %s; did you mean '%s'? write that, or rename the column "
                     "if it is something else",
                     heading.text, sheet->table->name, sheet->table->columns[near].name);
            if (headings->column_of[near] < 0)
                headings->column_of[near] = (int)c;
            continue;
        }
        diag_add(m->diag, DIAG_COLUMN_CARRIED, place, "'%s' is no column of %s; %s", heading.text,
                 sheet->table->name,
                 m->carried ? "it is carried along beside its rows" : "it is not used");
        headings->extra[headings->extra_count++] = c;
    }
}

static void report_missing(Matching *m)
{
    const Sheet *sheet = m->sheet;
    m->headings->complete = true;
    for (size_t c = 0; c < sheet->table->column_count; c++) {
        const ColumnSpec *spec = &sheet->table->columns[c];
        if (!spec->required || m->headings->column_of[c] >= 0)
            continue;
        DiagPlace place = {.file = sheet->file,
                           .line = sheet->heading_line,
                           .column_name = spec->name,
                           .table = sheet->table->name};
        diag_add(m->diag, DIAG_COLUMN_MISSING, place,
                 "the column '%s' (%s) is missing; the rows cannot be read without it", spec->name,
                 spec->help);
        m->headings->complete = false;
    }
}

Status headings_match(const Sheet *sheet, bool carried, Arena *scratch, Diag *diag,
                      Headings *headings)
{
    Matching m = {.sheet = sheet, .carried = carried, .diag = diag, .headings = headings};
    size_t count = sheet->table->column_count;

    *headings = (Headings){.column_of = ARENA_NEW(scratch, count, int),
                           .extra = ARENA_NEW(scratch, sheet->column_count, size_t)};
    TRY_NEW(headings->column_of);
    TRY_NEW(headings->extra);
    m.matched = ARENA_NEW(scratch, sheet->column_count, bool);
    TRY_NEW(m.matched);
    m.names = name_set_new(scratch);
    TRY_NEW(m.names);
    m.first = name_map_new(scratch);
    TRY_NEW(m.first);
    TRY(fold_known(&m, scratch));
    for (size_t c = 0; c < count; c++)
        headings->column_of[c] = NO_COLUMN;
    TRY(match_exactly(&m));
    match_the_rest(&m);
    report_missing(&m);
    return STATUS_OK;
}
