/* Headings: which column of a sheet is which column of the dictionary.
 *
 * Names and synonyms come first, then those with a remark behind them ("Quantity (EUR)"); each
 * heading left over either nearly matches a known name or synonym, which is an error that asks, or is
 * carried along. Called once a table.
 */
#include "io/headings.h"

#include "allot/language.h"
#include "allot/names.h"
#include "allot/quote.h"
#include "io/currency_sign.h"
#include "io/remark_words.h"
#include "io/scale_words.h"
#include "io/shape.h"

#include <stdio.h>
#include <string.h>

enum {
    HEADING_SIZE = 1024,
    NO_COLUMN = -1,
    NEAR_ASKED = 256, /* unknown headings that are held against the known ones */
    PARTS_MAX = 4,    /* names of one heading, "Priority / Приорітет" */
    EXTRA_LISTED = 12 /* columns that a note names */
};

typedef struct Matching {
    const Sheet *sheet;
    bool carried;
    Diag *diag;
    Headings *headings;
    const char **known;   /* [table->column_count] folded names */
    int *meant;           /* [sheet->column_count] column that the heading names, or NO_COLUMN */
    const char **remarks; /* [sheet->column_count] what follows the name in the heading */
    bool *matched;        /* [sheet->column_count] */
    NameSet *names;       /* folded headings */
    NameMap *first;       /* the first column of each */
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

/* What every heading means, and those that say the same in the same words. */
static Status look_up(Matching *m)
{
    const Sheet *sheet = m->sheet;
    for (size_t c = 0; c < sheet->column_count; c++) {
        const char *heading = sheet->headings[c];
        m->meant[c] = NO_COLUMN;
        m->matched[c] = heading[0] == '\0'; /* cells below it are a finding of their own */
        if (m->matched[c])
            continue;
        int before;
        TRY(find_same_before(m, c, &before));
        if (before >= 0) {
            diag_add(m->diag, DIAG_COLUMN_TWICE, sheet_heading_place(sheet, c),
                     "'%s' is the heading of column %d already; rename or remove one of them",
                     quote(heading).text, before + 1);
            m->matched[c] = true;
        } else {
            m->meant[c] = heading_index_find(sheet->names, heading, &m->remarks[c]);
        }
    }
    return STATUS_OK;
}

/* Takes a heading for the column that it means. Where that is taken, the same text in another
 * language ("Title (UA)") is carried along; two figures are an error that asks. */
static void take(Matching *m, size_t c)
{
    const Sheet *sheet = m->sheet;
    const ColumnSpec *spec = &sheet->table->columns[m->meant[c]];
    int *column_of = &m->headings->column_of[m->meant[c]];

    if (*column_of < 0) {
        *column_of = (int)c;
        m->matched[c] = true;
    } else if (spec->type != COLUMN_TEXT || m->remarks[c][0] == '\0') {
        diag_add(m->diag, DIAG_COLUMN_TWICE, sheet_heading_place(sheet, c),
                 "'%s' and '%s' of column %d are both read as %s; rename or remove one of them",
                 quote(sheet->headings[c]).text, quote(sheet->headings[*column_of]).text,
                 *column_of + 1, spec->name);
        m->matched[c] = true;
    }
}

static void match_known(Matching *m)
{
    for (int with_remark = 0; with_remark <= 1; with_remark++)
        for (size_t c = 0; c < m->sheet->column_count; c++)
            if (m->meant[c] >= 0 && (m->remarks[c][0] != '\0') == (with_remark == 1))
                take(m, c);
}

/* What a heading may be a slip for. */
typedef struct Near {
    int column;       /* or NO_COLUMN */
    const char *name; /* that it resembles, canonical or a synonym */
} Near;

static Near near_name(const Matching *m, const char *name)
{
    Near near = {NO_COLUMN, NULL};
    near.column = heading_index_near(m->sheet->names, name, &near.name);
    return near;
}

/* The column that every part of "Priority / Приорітет" names or nearly names. The text is cut at the
 * parts. */
static Near near_all_parts(const Matching *m, char *text)
{
    Near found = {NO_COLUMN, NULL};
    int parts = 0;
    for (char *part = text, *end; part != NULL; part = end) {
        if (++parts > PARTS_MAX)
            return (Near){NO_COLUMN, NULL};
        end = strpbrk(part, "/|");
        if (end != NULL)
            *end++ = '\0';
        int known = heading_index_column(m->sheet->names, part);
        Near near = near_name(m, part);
        int column = known >= 0 ? known : near.column;
        if (column < 0 || (found.column >= 0 && column != found.column))
            return (Near){NO_COLUMN, NULL};
        found.column = column;
        if (known < 0)
            found.name = near.name;
    }
    return found.name != NULL ? found : (Near){NO_COLUMN, NULL};
}

/* A currency or a percent sign behind the name is no slip, but must not be lost: "Kwota PLN". */
static Near name_before_unit(const Matching *m, char *name)
{
    Near near = {NO_COLUMN, NULL};
    char *last = strrchr(name, ' ');
    const char *at = last, *currencies;
    if (last == NULL || (!currency_next(&at, &currencies) && !text_speaks_of_percent(last) &&
                         !text_speaks_of_scale(last)))
        return near;
    *last = '\0';
    near.column = heading_index_column(m->sheet->names, name);
    near.name = near.column >= 0 ? m->sheet->table->columns[near.column].name : NULL;
    return near;
}

/* The column that a heading, or what stands before its remark, nearly names. */
static Near near_column(const Matching *m, const char *heading)
{
    char name[HEADING_SIZE];
    Near near = near_name(m, heading);
    size_t length = dictionary_name_length(heading);
    if (near.column >= 0 || strlen(heading) >= sizeof name)
        return near;
    snprintf(name, sizeof name, "%.*s", (int)length, heading);
    if (heading[length] != '\0')
        near = near_name(m, name);
    if (near.column < 0 && strpbrk(name, "/|") != NULL)
        near = near_all_parts(m, name);
    else if (near.column < 0)
        near = name_before_unit(m, name);
    return near;
}

static void report_near(const Matching *m, size_t column, Near near)
{
    const char *canonical = m->sheet->table->columns[near.column].name;
    bool same = strcmp(near.name, canonical) == 0;
    diag_add(
        m->diag, DIAG_COLUMN_NEAR, sheet_heading_place(m->sheet, column),
        "'%s' is no column of %s; did you mean '%s'%s%s%s? write that, or rename the column if "
        "it is something else",
        quote(m->sheet->headings[column]).text, m->sheet->table->name, near.name, same ? "" : " (",
        same ? "" : canonical, same ? "" : ")");
}

/* What resembles a column is an error that asks; what is none is an extra column. */
static void match_the_rest(Matching *m)
{
    const Sheet *sheet = m->sheet;
    Headings *headings = m->headings;
    size_t asked = 0;

    for (size_t c = 0; c < sheet->column_count; c++) {
        if (m->matched[c])
            continue;
        Near near = {NO_COLUMN, NULL};
        if (m->meant[c] < 0 && asked++ < NEAR_ASKED)
            near = near_column(m, sheet->headings[c]);
        if (near.column >= 0) {
            report_near(m, c, near);
            if (headings->column_of[near.column] < 0)
                headings->column_of[near.column] = (int)c;
            continue;
        }
        headings->extra[headings->extra_count++] = c;
    }
}

static DiagPlace row_of_headings(const Sheet *sheet)
{
    return (DiagPlace){
        .file = sheet->file, .line = sheet->heading_line, .table = sheet->table->name};
}

/* One note a sheet: the columns that are none of the table's. */
static Status report_extra(const Matching *m, Arena *scratch)
{
    const Sheet *sheet = m->sheet;
    const Headings *headings = m->headings;
    const char *list = "";

    if (sheet->of_plan || headings->extra_count == 0)
        return STATUS_OK;
    for (size_t i = 0; i < headings->extra_count && i < EXTRA_LISTED; i++) {
        list = arena_printf(scratch, "%s%s'%s'", list, i > 0 ? ", " : "",
                            quote(sheet->headings[headings->extra[i]]).text);
        TRY_NEW(list);
    }
    diag_add(m->diag, DIAG_COLUMN_CARRIED, row_of_headings(sheet), "no column%s of %s, %s: %s%s",
             headings->extra_count == 1 ? "" : "s", sheet->table->name,
             m->carried ? _("carried along") : _("not used"), list,
             headings->extra_count > EXTRA_LISTED ? ", ..." : "");
    return STATUS_OK;
}

/* One note a sheet: what was read as something that it is not called. */
static Status report_read_as(const Matching *m, Arena *scratch)
{
    const Sheet *sheet = m->sheet;
    const char *list = "";
    char folded[HEADING_SIZE];

    for (size_t c = 0; c < sheet->column_count; c++) {
        int meant = m->meant[c];
        if (meant < 0 || m->headings->column_of[meant] != (int)c)
            continue;
        name_fold(sheet->headings[c], folded, sizeof folded);
        if (strcmp(folded, m->known[meant]) == 0)
            continue;
        list = arena_printf(scratch, "%s%s'%s' = %s", list, list[0] != '\0' ? ", " : "",
                            quote(sheet->headings[c]).text, sheet->table->columns[meant].name);
        TRY_NEW(list);
    }
    if (list[0] != '\0' && !sheet->of_plan)
        diag_add(m->diag, DIAG_HEADING_READ, row_of_headings(sheet), "headings read as: %s", list);
    return STATUS_OK;
}

static bool is_figure(const ColumnSpec *spec)
{
    return spec->type == COLUMN_NUMBER || spec->type == COLUMN_INTEGER ||
           spec->type == COLUMN_SHARE;
}

/* "Price (total)" may be no price of one: what a remark says that nobody understands is said. */
static void report_remarks(const Matching *m)
{
    const Sheet *sheet = m->sheet;
    for (size_t c = 0; c < sheet->column_count && !sheet->of_plan; c++) {
        int meant = m->meant[c];
        if (meant < 0 || m->headings->column_of[meant] != (int)c)
            continue;
        const ColumnSpec *spec = &sheet->table->columns[meant];
        if (is_figure(spec) && !remark_is_understood(m->remarks[c]))
            diag_add(m->diag, DIAG_REMARK, sheet_heading_place(sheet, c),
                     "'%s' is read as %s and nothing more; if the rest changes what the figures "
                     "mean, mend them",
                     quote(sheet->headings[c]).text, spec->name);
    }
}

/* Figures in thousands would be read a thousand times too small, weeks as days. */
static void report_scales(const Matching *m)
{
    const Sheet *sheet = m->sheet;
    for (size_t c = 0; c < sheet->column_count; c++) {
        int meant = m->meant[c];
        if (meant < 0 || m->headings->column_of[meant] != (int)c)
            continue;
        const ColumnSpec *spec = &sheet->table->columns[meant];
        if (column_is_in_days(spec) && text_speaks_of_weeks(m->remarks[c]))
            diag_add(m->diag, DIAG_SCALE, sheet_heading_place(sheet, c),
                     "'%s' speaks of weeks or months, but this column is in days; write days and "
                     "take the word out of the heading",
                     quote(sheet->headings[c]).text);
        if ((spec->type == COLUMN_NUMBER || spec->type == COLUMN_INTEGER) &&
            text_speaks_of_scale(m->remarks[c]))
            diag_add(m->diag, DIAG_SCALE, sheet_heading_place(sheet, c),
                     "'%s' speaks of thousands or millions; write full amounts and take the word "
                     "out of the heading",
                     quote(sheet->headings[c]).text);
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
        DiagPlace place = row_of_headings(sheet);
        place.column_name = spec->name;
        diag_add(m->diag, DIAG_COLUMN_MISSING, place,
                 "the column '%s' (%s) is missing; the rows cannot be read without it: add it, or "
                 "give the column that holds it this heading",
                 spec->name, _(spec->help));
        m->headings->complete = false;
    }
}

static Status prepare(Matching *m, Arena *scratch)
{
    const Sheet *sheet = m->sheet;
    size_t count = sheet->table->column_count;

    *m->headings = (Headings){.column_of = ARENA_NEW(scratch, count, int),
                              .extra = ARENA_NEW(scratch, sheet->column_count, size_t)};
    TRY_NEW(m->headings->column_of);
    TRY_NEW(m->headings->extra);
    for (size_t c = 0; c < count; c++)
        m->headings->column_of[c] = NO_COLUMN;
    m->meant = ARENA_NEW(scratch, sheet->column_count, int);
    TRY_NEW(m->meant);
    m->remarks = ARENA_NEW(scratch, sheet->column_count, const char *);
    TRY_NEW(m->remarks);
    m->matched = ARENA_NEW(scratch, sheet->column_count, bool);
    TRY_NEW(m->matched);
    m->names = name_set_new(scratch);
    TRY_NEW(m->names);
    m->first = name_map_new(scratch);
    TRY_NEW(m->first);
    return fold_known(m, scratch);
}

Status headings_match(const Sheet *sheet, bool carried, Arena *scratch, Diag *diag,
                      Headings *headings)
{
    Matching m = {.sheet = sheet, .carried = carried, .diag = diag, .headings = headings};

    TRY(prepare(&m, scratch));
    TRY(look_up(&m));
    match_known(&m);
    TRY(report_read_as(&m, scratch));
    report_scales(&m);
    report_remarks(&m);
    match_the_rest(&m);
    TRY(report_extra(&m, scratch));
    report_missing(&m);
    return STATUS_OK;
}
