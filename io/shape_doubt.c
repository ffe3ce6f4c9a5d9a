/* Rows held against what data and headings look like: a row of figures at the end is a total
 * only when it adds up, rows above the headings must not be rows of the table, and rows of
 * the table no headings.
 */
#include "io/shape.h"

#include "allot/ratio.h"
#include "io/number.h"

enum { SUM_PLACES = 6, FILLED_MIN = 3 };

static bool is_figure(const ColumnSpec *spec)
{
    return spec->type == COLUMN_NUMBER || spec->type == COLUMN_SHARE ||
           spec->type == COLUMN_INTEGER;
}

/* The cell's figure in millionths. */
static bool figure_of(const Cell *cell, int64_t *out)
{
    Number number = {.value = {0, 0}};
    bool read =
        cell->kind == CELL_NUMBER
            ? decimal_parse(cell->text, &number.value)
            : cell->kind == CELL_TEXT && number_read(cell->text, SIGN_OPEN, &number) == NUMBER_READ;
    return read && decimal_to_scaled(number.value, SUM_PLACES, out);
}

static bool is_sum_of(const SheetRows *rows, size_t first, size_t end, size_t column, int64_t total)
{
    Int128 sum = 0;
    for (size_t r = first; r < end; r++) {
        int64_t figure;
        if (figure_of(shape_cell(shape_row(rows, r), column), &figure))
            sum += figure;
    }
    return sum == total;
}

bool shape_row_adds_up(const SheetRows *rows, size_t first, size_t row)
{
    const SheetRow *total = shape_row(rows, row);
    for (size_t c = 0; c < total->width; c++) {
        int64_t figure;
        if (figure_of(&total->cells[c], &figure) && !is_sum_of(rows, first, row, c, figure))
            return false;
    }
    return row > first;
}

/* Data has every required cell, figures where figures belong, and is no row of headings. */
static bool looks_like_data(const SheetRows *rows, const SheetRow *row,
                            const ColumnSpec *const *columns, size_t count)
{
    size_t filled = 0, wanted = count < FILLED_MIN ? count : FILLED_MIN;
    bool key = false;
    for (size_t c = 0; c < count; c++) {
        const Cell *cell = shape_cell(row, c);
        const ColumnSpec *spec = columns[c];
        if (spec == NULL)
            continue;
        if (cell->kind == CELL_EMPTY && spec->required)
            return false;
        if (cell->kind == CELL_EMPTY)
            continue;
        if (is_figure(spec) && cell_may_be_unit(cell))
            return false;
        key = key || spec == &rows->table->columns[0];
        filled++;
    }
    return key && filled >= wanted;
}

/* Words where figures belong, looked at before anything dearer. What begins with a digit is no column's
 * name, and settles it at once. */
static bool has_words_for_figures(const SheetRow *row, const ColumnSpec *const *columns,
                                  size_t count)
{
    for (size_t c = 0; c < count && c < row->width; c++) {
        const Cell *cell = &row->cells[c];
        if (columns[c] == NULL || !is_figure(columns[c]) || cell->kind != CELL_TEXT)
            continue;
        if (cell->text[0] >= '0' && cell->text[0] <= '9')
            return false;
        if (cell_may_be_unit(cell))
            return true;
    }
    return false;
}

/* Cells of the row that are columns of the table, its key among them; 0: one is none, or the key is missing. */
static int cells_that_are_columns(const SheetRow *row, const TableSpec *table)
{
    int named = 0;
    bool key = false;
    for (size_t c = 0; c < row->width; c++) {
        const Cell *cell = &row->cells[c];
        if (cell->kind == CELL_EMPTY)
            continue;
        int column = cell->kind == CELL_TEXT ? dictionary_column(table, cell->text) : -1;
        if (column < 0)
            return 0;
        key = key || column == 0;
        named++;
    }
    return key ? named : 0;
}

bool shape_row_is_headings(const SheetRow *row, const ColumnSpec *const *columns, size_t count)
{
    if (!has_words_for_figures(row, columns, count))
        return false;
    for (int t = 0; t < TABLE_COUNT; t++)
        if (cells_that_are_columns(row, dictionary_table((TableKind)t)) > 1)
            return true;
    return false;
}

size_t shape_data_above(const SheetRows *rows, const SheetShape *shape,
                        const ColumnSpec *const *columns, size_t count)
{
    for (size_t r = 0; r < shape->heading; r++)
        if (looks_like_data(rows, shape_row(rows, r), columns, count))
            return r;
    return shape->heading;
}
