/* Rows that are set aside, held against what data looks like: a row of figures at the end is a total
 * only when it adds up, and rows above the headings must not be rows of the table.
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

size_t shape_data_above(const SheetRows *rows, const SheetShape *shape,
                        const ColumnSpec *const *columns, size_t count)
{
    for (size_t r = 0; r < shape->heading; r++)
        if (looks_like_data(rows, shape_row(rows, r), columns, count))
            return r;
    return shape->heading;
}
