/* The separator of a CSV file, from its first rows.
 *
 * For every separator that may be, the rows are cut as the reader would cut them, so that a line end
 * or another separator inside quotes misleads nobody.
 */
#include "io/csv_form.h"

#include <stdint.h>
#include <string.h>

#include "io/sheet.h"

static const char SEPARATORS[] = {',', ';', '\t', '|'};

enum {
    SEPARATOR_COUNT = sizeof SEPARATORS,
    HEADING_BYTES = 128, /* a longer cell is no heading */
    KNOWN_MOST = 64,     /* columns of a table that are told apart */
    HEADING_KNOWN = 3    /* so many known headings in a line make it the heading */
};

/* ---- the sep= line -------------------------------------------------------------------------- */

static size_t line_length(const char *text, size_t size)
{
    size_t length = 0;
    while (length < size && text[length] != '\n' && text[length] != '\r')
        length++;
    return length;
}

static bool may_separate(char c)
{
    return c == '\t' || (c > ' ' && c <= '~' && strchr(",;|:!#$%&*+/<=>?@\\^_`{}~", c) != NULL);
}

/* The separator that such a line names, or 0. A tab may be written "\t". */
static char told_by(const char *line, size_t length)
{
    bool quoted = length >= 2 && line[0] == '"' && line[length - 1] == '"';
    if (quoted) {
        line++;
        length -= 2;
    }
    while (length > 5 && line[length - 1] == ' ')
        length--;
    if (length < 5 || (memcmp(line, "sep=", 4) != 0 && memcmp(line, "SEP=", 4) != 0))
        return '\0';
    if (length == 6 && line[4] == '\\' && line[5] == 't')
        return '\t';
    return length == 5 && may_separate(line[4]) ? line[4] : '\0';
}

static bool find_told(const char *head, size_t size, CsvForm *form)
{
    size_t length = line_length(head, size);
    char separator = told_by(head, length);
    if (separator == '\0')
        return false;
    size_t end = 0;
    if (length < size)
        end = head[length] == '\r' && length + 1 < size && head[length + 1] == '\n' ? 2 : 1;
    *form = (CsvForm){.separator = separator, .told = true, .line_bytes = length + end};
    return true;
}

/* ---- rows under one separator --------------------------------------------------------------- */

/* A walk over the cells of the head. */
typedef struct Walk {
    const char *at;
    const char *end;
    char separator;
    char cell[HEADING_BYTES]; /* the cell just read, without quotes, as far as it fits */
    size_t length;            /* of the whole cell */
    bool quoted;
} Walk;

static void put(Walk *walk, char c)
{
    if (walk->length < sizeof walk->cell)
        walk->cell[walk->length] = c;
    walk->length++;
}

static bool at_cell_end(const Walk *walk)
{
    return walk->at == walk->end || *walk->at == walk->separator || *walk->at == '\n' ||
           *walk->at == '\r';
}

/* Reads to the end of the cell, which at stands on then. */
static void read_cell(Walk *walk)
{
    walk->length = 0;
    walk->quoted = walk->at < walk->end && *walk->at == '"';
    if (walk->quoted) {
        for (walk->at++; walk->at < walk->end; walk->at++) {
            if (*walk->at == '"') {
                walk->at++;
                if (walk->at == walk->end || *walk->at != '"')
                    break;
            }
            put(walk, *walk->at);
        }
    }
    for (; !at_cell_end(walk); walk->at++)
        put(walk, *walk->at);
}

typedef struct RowLook {
    size_t cells;
    size_t filled;
    size_t known;  /* different columns of the table that its cells name */
    bool complete; /* it ends before the head does */
} RowLook;

/* The column of the table that the cell names, or -1. A comma behind the name may part cells. */
static int named_column(const Walk *walk, const HeadingIndex *names)
{
    char heading[HEADING_BYTES + 1];
    const char *text = walk->cell;
    size_t length = walk->length;
    trim_blanks(&text, &length);
    if (length == 0 || (text[0] >= '0' && text[0] <= '9') || memchr(text, '\0', length) != NULL)
        return -1;
    memcpy(heading, text, length);
    heading[length] = '\0';
    const char *remark;
    int column = heading_index_find(names, heading, &remark);
    return column >= 0 && remark[0] == ',' && !walk->quoted ? -1 : column;
}

static void look_at_cell(const Walk *walk, const HeadingIndex *names, uint64_t *seen, RowLook *row)
{
    const char *text = walk->cell;
    size_t length = walk->length;
    row->cells++;
    if (length > sizeof walk->cell) {
        row->filled++;
        return;
    }
    trim_blanks(&text, &length);
    row->filled += length > 0;
    int column = names != NULL ? named_column(walk, names) : -1;
    if (column >= 0 && column < KNOWN_MOST && (*seen >> column & 1) == 0) {
        *seen |= UINT64_C(1) << column;
        row->known++;
    }
}

static RowLook look_at_row(Walk *walk, const HeadingIndex *names)
{
    RowLook row = {.complete = true};
    uint64_t seen = 0;
    for (;;) {
        read_cell(walk);
        look_at_cell(walk, names, &seen, &row);
        if (walk->at == walk->end) {
            row.complete = false;
            return row;
        }
        char end = *walk->at++;
        if (end == walk->separator)
            continue;
        if (end == '\r' && walk->at < walk->end && *walk->at == '\n')
            walk->at++;
        return row;
    }
}

/* What speaks for a separator. */
typedef struct Case {
    RowLook best;  /* the row with most known headings */
    size_t rows;   /* that are not blank */
    size_t parted; /* of them, in two cells or more */
    size_t usual;  /* cells of most rows, two or more; 0 when it parts none */
    size_t agree;  /* rows that have so many */
} Case;

static void count_usual(const size_t *widths, Case *found)
{
    for (size_t i = 0; i < found->rows; i++) {
        size_t agree = 0;
        for (size_t j = 0; j < found->rows; j++)
            agree += widths[j] == widths[i];
        found->parted += widths[i] > 1;
        if (widths[i] > 1 && agree > found->agree) {
            found->agree = agree;
            found->usual = widths[i];
        }
    }
}

static Case try_separator(const char *head, size_t size, bool whole, const HeadingIndex *names,
                          char separator)
{
    Walk walk = {.at = head, .end = head + size, .separator = separator};
    size_t widths[CSV_HEAD_ROWS];
    Case found = {.rows = 0};
    while (walk.at < walk.end && found.rows < CSV_HEAD_ROWS) {
        RowLook row = look_at_row(&walk, names);
        bool cut = !row.complete && !whole && found.rows > 0;
        if (row.filled == 0 || cut)
            continue;
        widths[found.rows++] = row.cells;
        if (row.known > found.best.known)
            found.best = row;
        if (row.known >= HEADING_KNOWN)
            names = NULL; /* that was the heading: the cells below it name no columns */
    }
    count_usual(widths, &found);
    return found;
}

/* ---- deciding ------------------------------------------------------------------------------- */

/* The one whose known headings are most, and a heading: half of its row, and most rows parted. */
static int by_headings(const Case *cases)
{
    int best = 0;
    bool single = true;
    for (int s = 1; s < SEPARATOR_COUNT; s++) {
        if (cases[s].best.known > cases[best].best.known) {
            best = s;
            single = true;
        } else if (cases[s].best.known == cases[best].best.known) {
            single = false;
        }
    }
    const Case *found = &cases[best];
    if (found->best.known == 0)
        return -1;
    if (!single) /* a heading alone in its row: a table of one column */
        return found->best.cells == 1 ? 0 : -1;
    bool heading = 2 * found->best.known >= found->best.filled;
    return heading && 2 * found->parted > found->rows ? best : -1;
}

/* The one that gives most rows the same width; among nearly equal ones the one with more cells. */
static int by_rows(const Case *cases)
{
    size_t most = 0;
    int best = 0;
    for (int s = 0; s < SEPARATOR_COUNT; s++)
        most = cases[s].agree > most ? cases[s].agree : most;
    for (int s = 0; s < SEPARATOR_COUNT; s++) {
        bool near = 10 * cases[s].agree >= 9 * most;
        bool worse = 10 * cases[best].agree < 9 * most;
        if (near && (worse || cases[s].usual > cases[best].usual))
            best = s;
    }
    return best;
}

CsvForm csv_form_find(const char *head, size_t size, bool whole, const HeadingIndex *names)
{
    CsvForm form;
    Case cases[SEPARATOR_COUNT];
    if (find_told(head, size, &form))
        return form;
    for (int s = 0; s < SEPARATOR_COUNT; s++)
        cases[s] = try_separator(head, size, whole, names, SEPARATORS[s]);
    int best = by_headings(cases);
    if (best < 0)
        best = by_rows(cases);
    return (CsvForm){.separator = SEPARATORS[best]};
}
