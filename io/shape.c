/* Where a table lies among the rows of a sheet.
 *
 * People put titles above a table, units and column numbers under its headings, a total and
 * signatures below it. Each kind of row is recognised by what it cannot be: a data row names itself
 * in the table's key column. Called once a sheet (sheet_build.c); shape_report.c tells people what
 * was set aside.
 */
#include "io/shape.h"

#include <stdio.h>
#include <string.h>

#include "allot/date_text.h"
#include "allot/names.h"
#include "io/cell.h"
#include "io/number.h"

enum {
    ROWS_LOOKED = 50,   /* rows among which the headings are looked for */
    CELLS_LOOKED = 256, /* of each */
    HEAD_ROWS_MAX = 4,  /* rows that merged cells can make one heading */
    ASIDE_MAX = 4,      /* rows of units, tags and numbers under the headings */
    NUMBERS_MIN = 3,    /* cells of a row of column numbers */
    TOTALS_MAX = 20,    /* rows of totals below the data */
    NOTES_MAX = 5,      /* rows of signatures and remarks below a total */
    NOTE_CELLS_MAX = 2, /* filled cells of each */
    FOLDED_SIZE = 256,
    NUMBER_SIZE = 24
};

const SheetRow *shape_row(const SheetRows *rows, size_t row)
{
    return &rows->blocks[row / SHEET_BLOCK_ROWS][row % SHEET_BLOCK_ROWS];
}

const Cell *shape_cell(const SheetRow *row, size_t column)
{
    static const Cell empty = {.text = "", .kind = CELL_EMPTY};
    return column < row->width ? &row->cells[column] : &empty;
}

/* ---- headings ------------------------------------------------------------------------------- */

static int known_column(const SheetRows *rows, const char *text)
{
    const char *remark;
    return heading_index_find(rows->names, text, &remark);
}

/* What a row's cells say of it as a heading. */
typedef struct HeadingSigns {
    size_t filled;
    size_t known; /* cells that name a column */
    bool key;     /* one of them names the table's first, its key */
} HeadingSigns;

static HeadingSigns heading_signs(const SheetRows *rows, const SheetRow *row)
{
    HeadingSigns signs = {0, 0, false};
    for (size_t c = 0; c < row->width && c < CELLS_LOOKED; c++) {
        const Cell *cell = &row->cells[c];
        if (cell->kind == CELL_EMPTY)
            continue;
        int column = cell->kind == CELL_TEXT ? known_column(rows, cell->text) : -1;
        signs.filled++;
        signs.known += column >= 0;
        signs.key = signs.key || column == 0;
    }
    return signs;
}

/* The row that knows most, the first of equals; no further is looked once a row has the key and
 * knows half of its cells. */
static size_t find_heading_row(const SheetRows *rows)
{
    size_t best = 0, most = 1; /* one known word may be anything: two make a heading */
    for (size_t r = 0; r < rows->count && r < ROWS_LOOKED; r++) {
        HeadingSigns signs = heading_signs(rows, shape_row(rows, r));
        if (signs.known <= most)
            continue;
        best = r;
        most = signs.known;
        if (signs.key && 2 * signs.known >= signs.filled)
            break;
    }
    return best;
}

/* The last line that cells merged downwards from this line cover. */
static int last_merged_line(const SheetRows *rows, int line)
{
    int last = line;
    for (size_t m = 0; m < rows->merge_count; m++) {
        const SheetArea *area = &rows->merges[m];
        if (area->first_line == line && area->last_line > last &&
            area->last_line < line + HEAD_ROWS_MAX)
            last = area->last_line;
    }
    return last;
}

void shape_find_headings(const SheetRows *rows, SheetShape *shape)
{
    size_t heading = find_heading_row(rows);
    int last = last_merged_line(rows, shape_row(rows, heading)->line);
    size_t below = heading + 1;
    while (below < rows->count && shape_row(rows, below)->line <= last)
        below++;
    *shape = (SheetShape){.heading = heading, .below = below};
}

/* Of each column the one whose text stands above it: a cell that is merged sideways stands above all
 * the columns it covers. NULL without memory. */
static const size_t *text_columns(const SheetRows *rows, int line, size_t width, Arena *scratch)
{
    size_t *from = ARENA_NEW(scratch, width, size_t);
    if (from == NULL)
        return NULL;
    for (size_t c = 0; c < width; c++)
        from[c] = c;
    for (size_t m = 0; m < rows->merge_count; m++) {
        const SheetArea *area = &rows->merges[m];
        if (area->first_line != line)
            continue;
        for (size_t c = area->first_column; c <= area->last_column && c < width; c++)
            from[c] = area->first_column;
    }
    return from;
}

/* Puts a lower row's text under (or in place of) what stands above it. */
static Status join_row(const SheetRows *rows, const SheetRow *row, const size_t *from,
                       const char **headings, size_t width, Arena *texts)
{
    for (size_t c = 0; c < width; c++) {
        const char *under = shape_cell(row, from[c])->text;
        if (*under == '\0')
            continue;
        bool alone = *headings[c] == '\0' || known_column(rows, under) >= 0;
        headings[c] = alone ? under : arena_printf(texts, "%s %s", headings[c], under);
        TRY_NEW(headings[c]);
    }
    return STATUS_OK;
}

/* A group's text belongs to the columns that have a text of their own below it. */
static bool has_text_below(const SheetRows *rows, const SheetShape *shape, size_t column)
{
    for (size_t r = shape->heading + 1; r < shape->below; r++)
        if (shape_cell(shape_row(rows, r), column)->kind != CELL_EMPTY)
            return true;
    return false;
}

Status shape_headings(const SheetRows *rows, const SheetShape *shape, Arena *texts,
                      const char ***headings, size_t *count)
{
    size_t width = 0;
    for (size_t r = shape->heading; r < shape->below; r++)
        if (shape_row(rows, r)->width > width)
            width = shape_row(rows, r)->width;
    *count = 0;
    *headings = ARENA_NEW(texts, width, const char *);
    TRY_NEW(*headings);
    const SheetRow *top = shape_row(rows, shape->heading);
    for (size_t r = shape->heading; r < shape->below; r++) {
        const SheetRow *row = shape_row(rows, r);
        const size_t *from = text_columns(rows, row->line, width, texts);
        TRY_NEW(from);
        for (size_t c = 0; r == shape->heading && c < width; c++)
            (*headings)[c] = shape_cell(top, has_text_below(rows, shape, c) ? from[c] : c)->text;
        if (r > shape->heading)
            TRY(join_row(rows, row, from, *headings, width, texts));
    }
    for (size_t c = 0; c < width; c++)
        if (*(*headings)[c] != '\0')
            *count = c + 1;
    return STATUS_OK;
}

/* ---- the table's columns among the headings ------------------------------------------------- */

/* What rows that are no data are told by. */
typedef struct Judge {
    const ColumnSpec *const *columns; /* [count]; NULL for what the dictionary does not know */
    size_t count;
} Judge;

const ColumnSpec **shape_columns(const SheetRows *rows, const char *const *headings, size_t count,
                                 Arena *scratch)
{
    const ColumnSpec **columns = ARENA_NEW(scratch, count, const ColumnSpec *);
    for (size_t c = 0; columns != NULL && c < count; c++) {
        int known = known_column(rows, headings[c]);
        columns[c] = known >= 0 ? &rows->table->columns[known] : NULL;
    }
    return columns;
}

static const ColumnSpec *spec_at(const Judge *judge, size_t column)
{
    return column < judge->count ? judge->columns[column] : NULL;
}

static bool is_figure(const ColumnSpec *spec)
{
    return spec->type == COLUMN_NUMBER || spec->type == COLUMN_SHARE ||
           spec->type == COLUMN_INTEGER;
}

/* Without the table's first column, its key, nothing below the headings can be judged. */
static bool has_key(const Judge *judge, const TableSpec *table)
{
    for (size_t c = 0; c < judge->count; c++)
        if (judge->columns[c] == &table->columns[0])
            return true;
    return false;
}

/* ---- rows under the headings ---------------------------------------------------------------- */

bool row_is_hxl(const SheetRow *row)
{
    size_t tags = 0;
    for (size_t c = 0; c < row->width; c++) {
        const Cell *cell = &row->cells[c];
        if (cell->kind == CELL_EMPTY)
            continue;
        unsigned char second =
            (unsigned char)cell->text[0] == '#' ? (unsigned char)cell->text[1] : 0;
        if (cell->kind != CELL_TEXT || (second | 0x20) < 'a' || (second | 0x20) > 'z')
            return false;
        tags++;
    }
    return tags > 0;
}

bool row_is_numbers(const SheetRow *row)
{
    size_t numbers = 0;
    for (size_t c = 0; c < row->width; c++) {
        const Cell *cell = &row->cells[c];
        char next[NUMBER_SIZE];
        if (cell->kind == CELL_EMPTY)
            continue;
        snprintf(next, sizeof next, "%zu", ++numbers);
        if ((cell->kind != CELL_TEXT && cell->kind != CELL_NUMBER) || strcmp(cell->text, next) != 0)
            return false;
    }
    return numbers >= NUMBERS_MIN;
}

bool column_is_in_days(const ColumnSpec *spec)
{
    return spec->type == COLUMN_INTEGER && strcmp(spec->name, "lead_days") == 0;
}

static bool is_in_brackets(const char *text)
{
    size_t length = strlen(text);
    return length >= 2 && ((text[0] == '(' && text[length - 1] == ')') ||
                           (text[0] == '[' && text[length - 1] == ']'));
}

bool cell_may_be_unit(const Cell *cell)
{
    Number number;
    Date day;
    return cell->kind == CELL_EMPTY ||
           (cell->kind == CELL_TEXT && !text_is_unknown(cell->text) &&
            number_read(cell->text, SIGN_OPEN, &number) == NUMBER_NONE &&
            date_read(cell->text, &day) == DATE_NO_FORM);
}

/* True for a column whose cells are names or texts: there a row of units has nothing to say. */
static bool is_of_words(const ColumnSpec *spec)
{
    return spec->type == COLUMN_ID || spec->type == COLUMN_TEXT || spec->type == COLUMN_NAME ||
           spec->type == COLUMN_NAMES;
}

/* A row of units names no row of the table: its names and texts are blank or in brackets, none of its
 * cells is a figure, and it says something where figures, days or units stand. */
static bool row_is_units(const Judge *judge, const SheetRow *row)
{
    bool says_something = false;
    for (size_t c = 0; c < row->width; c++) {
        const Cell *cell = &row->cells[c];
        const ColumnSpec *spec = spec_at(judge, c);
        if (!cell_may_be_unit(cell))
            return false;
        if (cell->kind == CELL_EMPTY)
            continue;
        bool bracketed = is_in_brackets(cell->text);
        bool names = spec != NULL && (is_of_words(spec) || (spec->required && !is_figure(spec)));
        if (names && !bracketed)
            return false;
        says_something = says_something || (spec != NULL && !is_of_words(spec));
    }
    return says_something;
}

/* ---- totals --------------------------------------------------------------------------------- */

bool text_is_total(const char *text)
{
    static const char *const words[] = {"total",      "subtotal", "grandtotal", "sum",
                                        "sumoftotal", "разом",    "усього",     "всього",
                                        "загалом",    "підсумок", "сума",       "razem",
                                        "suma",       "ogółem",   "łącznie",    "podsumowanie"};
    char folded[FOLDED_SIZE];
    name_fold(text, folded, sizeof folded);
    size_t length = strcspn(folded, ":.(");
    for (size_t w = 0; w < sizeof words / sizeof words[0]; w++)
        if (words[w][0] == folded[0] && strlen(words[w]) == length &&
            strncmp(folded, words[w], length) == 0)
            return true;
    return false;
}

/* The first word of the cell says total: "Razem 2026", "Total: 5". */
static bool begins_with_total(const char *text)
{
    char word[FOLDED_SIZE];
    size_t length = strcspn(text, " :\t\n(");
    if (text_is_total(text))
        return true;
    if (length == 0 || length >= sizeof word)
        return false;
    memcpy(word, text, length);
    word[length] = '\0';
    return text_is_total(word);
}

/* What a total's row may hold beside its label and its figures. */
static bool goes_with_total(const ColumnSpec *spec)
{
    return spec == NULL ||
           (!spec->required && (spec->type == COLUMN_UNIT || spec->type == COLUMN_CURRENCY));
}

/* What a row is as a total. */
typedef enum TotalSign { TOTAL_NONE, TOTAL_LABEL, TOTAL_FIGURES, TOTAL_WHOLE } TotalSign;

/* A total names no row: the key is blank or says total, so are the other required names; beside them
 * stand figures, units, or nothing. */
static TotalSign total_sign(const Judge *judge, const SheetRow *row)
{
    bool labelled = false, figures = false;

    for (size_t c = 0; c < row->width; c++) {
        const Cell *cell = &row->cells[c];
        const ColumnSpec *spec = spec_at(judge, c);
        if (cell->kind == CELL_EMPTY)
            continue;
        bool words = cell_may_be_unit(cell);
        if (words && begins_with_total(cell->text))
            labelled = true;
        else if (words && !goes_with_total(spec))
            return TOTAL_NONE;
        else if (!words && spec != NULL && !is_figure(spec))
            return TOTAL_NONE;
        figures = figures || !words;
    }
    if (labelled && figures)
        return TOTAL_WHOLE;
    if (figures)
        return TOTAL_FIGURES;
    return labelled ? TOTAL_LABEL : TOTAL_NONE;
}

/* A signature or a remark: one or two texts and no figure. */
static bool row_is_note(const SheetRow *row)
{
    size_t texts = 0;
    for (size_t c = 0; c < row->width; c++) {
        const Cell *cell = &row->cells[c];
        Number number;
        if (cell->kind == CELL_EMPTY)
            continue;
        if (cell->kind != CELL_TEXT || number_read(cell->text, SIGN_OPEN, &number) != NUMBER_NONE)
            return false;
        texts++;
    }
    return texts <= NOTE_CELLS_MAX;
}

/* Behind the last total, when it says so, has figures, and nothing but notes follow it; else behind
 * the last row. */
static size_t find_notes(const SheetRows *rows, const Judge *judge, size_t first)
{
    size_t notes = rows->count;
    for (size_t passed = 0; notes > first && passed <= NOTES_MAX; passed++, notes--) {
        const SheetRow *row = shape_row(rows, notes - 1);
        if (total_sign(judge, row) == TOTAL_WHOLE)
            return notes;
        if (!row_is_note(row))
            break;
    }
    return rows->count;
}

/* A total says that it is one, or adds up. */
static bool row_is_total(const SheetRows *rows, const Judge *judge, size_t first, size_t row)
{
    TotalSign sign = total_sign(judge, shape_row(rows, row));
    return sign != TOTAL_NONE && (sign != TOTAL_FIGURES || shape_row_adds_up(rows, first, row));
}

/* True for what stands between the headings and the data. */
static bool row_is_aside(const Judge *judge, const SheetRow *row)
{
    return row_is_hxl(row) || row_is_numbers(row) || row_is_units(judge, row);
}

void shape_find_data(const SheetRows *rows, const ColumnSpec *const *columns, size_t count,
                     SheetShape *shape)
{
    Judge judge = {columns, count};
    size_t first = shape->below, end = rows->count, notes = rows->count;

    if (has_key(&judge, rows->table)) {
        while (first < end && first < shape->below + ASIDE_MAX &&
               row_is_aside(&judge, shape_row(rows, first)))
            first++;
        notes = end = find_notes(rows, &judge, first);
        while (end > first && notes - end < TOTALS_MAX &&
               row_is_total(rows, &judge, first, end - 1))
            end--;
    }
    shape->first = first;
    shape->end = end;
    shape->notes = notes;
}
