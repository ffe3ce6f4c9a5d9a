/* What people are told of a sheet's rows: which are no data, which are hidden, what merged cells
 * lose, which cells hold errors or stand under no heading.
 */
#include "io/shape.h"

#include <stdio.h>
#include <string.h>

#include "allot/quote.h"
#include "io/scale_words.h"

enum { LIST_SIZE = 160, SPOTS_MAX = 8, CELL_NAME_SIZE = 24 };

/** The sheet as the findings see it. */
typedef struct ShapeReport {
    const SheetRows *rows;
    const SheetShape *shape;
    const SheetTarget *target;
    const ColumnSpec *const *columns;
    const char *const *headings;
    size_t count;
} ShapeReport;

static DiagPlace place_at(const ShapeReport *in, int line, size_t column, const char *text)
{
    return (DiagPlace){.file = in->target->file,
                       .line = line,
                       .column = (int)column,
                       .column_name =
                           column > 0 && column <= in->count ? in->headings[column - 1] : NULL,
                       .table = in->target->table->name,
                       .text = text};
}

static const char *row_word(const ShapeReport *in)
{
    return in->target->of_workbook ? "row" : "line";
}

/* "row 3" or "rows 3 to 5". */
static void name_rows(const ShapeReport *in, size_t first, size_t end, char *out, size_t size)
{
    int from = shape_row(in->rows, first)->line, to = shape_row(in->rows, end - 1)->line;
    if (from == to)
        snprintf(out, size, "%s %d", row_word(in), from);
    else
        snprintf(out, size, "%ss %d to %d", row_word(in), from, to);
}

/* The first text of the row, for people to know it again. */
static const char *first_text(const SheetRow *row)
{
    for (size_t c = 0; c < row->width; c++)
        if (row->cells[c].kind != CELL_EMPTY)
            return row->cells[c].text;
    return "";
}

static void report_aside(const ShapeReport *in, size_t first, size_t end, const char *as)
{
    char rows[LIST_SIZE];
    if (first == end)
        return;
    const SheetRow *row = shape_row(in->rows, first);
    name_rows(in, first, end, rows, sizeof rows);
    diag_add(in->target->diag, DIAG_ROWS_ASIDE, place_at(in, row->line, 0, first_text(row)),
             "%s (%s, '%s') %s no data", rows, as, quote(first_text(row)).text,
             end - first > 1 ? "are" : "is");
}

/* ---- rows that are no data ------------------------------------------------------------------ */

/* "thousand EUR" under a column of figures would make every figure wrong. */
static bool report_scale(const ShapeReport *in, const SheetRow *row)
{
    for (size_t c = 0; c < row->width && c < in->count; c++) {
        const char *text = row->cells[c].text;
        const ColumnSpec *spec = in->columns[c];
        if (spec == NULL || spec->type != COLUMN_NUMBER || !text_speaks_of_scale(text))
            continue;
        diag_add(in->target->diag, DIAG_SCALE, place_at(in, row->line, c + 1, text),
                 "'%s' under the heading '%s' speaks of thousands or millions; write full amounts "
                 "and take these words out",
                 quote(text).text, quote(in->headings[c]).text);
        return true;
    }
    return false;
}

static void report_under_headings(const ShapeReport *in)
{
    for (size_t r = in->shape->below; r < in->shape->first; r++) {
        const SheetRow *row = shape_row(in->rows, r);
        if (row_is_hxl(row))
            report_aside(in, r, r + 1, "HXL tags");
        else if (!report_scale(in, row))
            report_aside(in, r, r + 1, "units");
    }
}

/* ---- hidden --------------------------------------------------------------------------------- */

/* A list of ranges, cut with "..." when it is full. */
typedef struct Spots {
    char text[LIST_SIZE];
    size_t count;
} Spots;

static void add_spot(Spots *spots, const char *spot)
{
    size_t length = strlen(spots->text);
    const char *comma = spots->count > 0 ? ", " : "";
    spots->count++;
    if (spots->count <= SPOTS_MAX)
        snprintf(spots->text + length, sizeof spots->text - length, "%s%s", comma, spot);
    else if (spots->count == SPOTS_MAX + 1)
        snprintf(spots->text + length, sizeof spots->text - length, ", ...");
}

static void report_hidden_rows(const ShapeReport *in)
{
    Spots spots = {"", 0};
    size_t hidden = 0, r = in->shape->first;
    int first = 0;
    while (r < in->shape->end) {
        size_t end = r;
        char spot[CELL_NAME_SIZE];
        while (end < in->shape->end && shape_row(in->rows, end)->hidden)
            end++;
        if (end == r) {
            r++;
            continue;
        }
        int from = shape_row(in->rows, r)->line, to = shape_row(in->rows, end - 1)->line;
        snprintf(spot, sizeof spot, from == to ? "%d" : "%d to %d", from, to);
        add_spot(&spots, spot);
        first = first == 0 ? from : first;
        hidden += end - r;
        r = end;
    }
    if (hidden > 0)
        diag_add(in->target->diag, DIAG_HIDDEN, place_at(in, first, 0, NULL),
                 "%zu row%s hidden (%s) and read like the others; show %s, and delete what shall "
                 "not count",
                 hidden, hidden == 1 ? " is" : "s are", spots.text, hidden == 1 ? "it" : "them");
}

/* "A", "Z", "AA", ...: 0-based. */
static void name_column(size_t column, char out[CELL_NAME_SIZE])
{
    char reversed[CELL_NAME_SIZE];
    size_t n = 0;
    for (size_t c = column + 1; c > 0 && n + 1 < sizeof reversed; c = (c - 1) / 26)
        reversed[n++] = (char)('A' + (c - 1) % 26);
    for (size_t i = 0; i < n; i++)
        out[i] = reversed[n - 1 - i];
    out[n] = '\0';
}

static void report_hidden_columns(const ShapeReport *in)
{
    Spots spots = {"", 0};
    for (size_t c = 0; c < in->rows->hidden_count && c < in->count; c++) {
        char name[CELL_NAME_SIZE];
        if (!in->rows->hidden_columns[c] || *in->headings[c] == '\0')
            continue;
        name_column(c, name);
        add_spot(&spots, name);
    }
    if (spots.count > 0)
        diag_add(in->target->diag, DIAG_HIDDEN,
                 place_at(in, shape_row(in->rows, in->shape->heading)->line, 0, NULL),
                 "column%s %s %s hidden and read like the others; show %s, and delete what shall "
                 "not count",
                 spots.count == 1 ? "" : "s", spots.text, spots.count == 1 ? "is" : "are",
                 spots.count == 1 ? "it" : "them");
}

/* ---- merged --------------------------------------------------------------------------------- */

static void report_merged(const ShapeReport *in)
{
    Spots spots = {"", 0};
    int first = 0;
    if (in->shape->first == in->shape->end)
        return;
    int from = shape_row(in->rows, in->shape->first)->line;
    int to = shape_row(in->rows, in->shape->end - 1)->line;
    for (size_t m = 0; m < in->rows->merge_count; m++) {
        const SheetArea *area = &in->rows->merges[m];
        char left[CELL_NAME_SIZE], right[CELL_NAME_SIZE], spot[4 * CELL_NAME_SIZE];
        if (area->last_line < from || area->first_line > to || area->first_column >= in->count)
            continue;
        name_column(area->first_column, left);
        name_column(area->last_column, right);
        snprintf(spot, sizeof spot, "%s%d:%s%d", left, area->first_line, right, area->last_line);
        add_spot(&spots, spot);
        first = first == 0 ? area->first_line : first;
    }
    if (spots.count > 0)
        diag_add(in->target->diag, DIAG_MERGED, place_at(in, first, 0, NULL),
                 "cells are merged (%s): the first of them counts, the others are empty; unmerge "
                 "them and write each cell",
                 spots.text);
}

/* ---- cells ---------------------------------------------------------------------------------- */

static void report_error(const ShapeReport *in, int line, size_t column, const Cell *cell)
{
    if (cell->kind == CELL_ERROR)
        diag_add(in->target->diag, DIAG_CELL_ERROR, place_at(in, line, column + 1, cell->text),
                 "the cell holds the error %s; mend its formula, or write the value",
                 quote(cell->text).text);
    else
        diag_add(in->target->diag, DIAG_CELL_ERROR, place_at(in, line, column + 1, cell->text),
                 "the cell holds a formula without a stored result; open the file in Excel or "
                 "LibreOffice and save it, or write the value");
}

static void report_cells(const ShapeReport *in, const SheetRow *row)
{
    bool surplus = false; /* one a row is enough */
    for (size_t c = 0; c < row->width; c++) {
        const Cell *cell = &row->cells[c];
        bool headed = c < in->count && *in->headings[c] != '\0';
        if (headed && (cell->kind == CELL_ERROR || cell->kind == CELL_PENDING))
            report_error(in, row->line, c, cell);
        if (headed || surplus || cell->kind == CELL_EMPTY)
            continue;
        surplus = true;
        diag_add(in->target->diag, DIAG_ROW_WIDTH, place_at(in, row->line, c + 1, cell->text),
                 in->target->of_workbook
                     ? "'%s' stands under no heading; give the column a heading, or clear the cell"
                     : "'%s' stands under no heading; put cells that hold the separator in quotes, "
                       "or give the column a heading",
                 quote(cell->text).text);
    }
}

void shape_report(const SheetRows *rows, const SheetShape *shape, const SheetTarget *target,
                  const ColumnSpec *const *columns, const char *const *headings, size_t count)
{
    ShapeReport in = {rows, shape, target, columns, headings, count};
    if (!target->of_plan) {
        report_aside(&in, 0, shape->heading, "above the headings");
        report_under_headings(&in);
        report_aside(&in, shape->end, rows->count, "totals");
    }
    report_hidden_rows(&in);
    report_hidden_columns(&in);
    report_merged(&in);
    for (size_t r = shape->first; r < shape->end; r++)
        report_cells(&in, shape_row(rows, r));
}
