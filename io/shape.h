/* room: io
 *
 * Where a table lies among the rows of a sheet: titles above it, its headings (one row, or more
 * where cells are merged), rows of units, HXL tags and column numbers, data, totals and notes below.
 */
#ifndef ALLOT_IO_SHAPE_H
#define ALLOT_IO_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "allot/arena.h"
#include "allot/dictionary.h"
#include "allot/heading_index.h"
#include "allot/status.h"
#include "io/sheet.h"

/** A sheet's rows and merged areas, as its builder holds them, and what its table is. */
typedef struct SheetRows {
    const TableSpec *table;
    const HeadingIndex *names; /* of the table's columns */
    SheetRow **blocks;         /* [SHEET_BLOCK_ROWS] each */
    size_t count;
    const SheetArea *merges; /* [merge_count] */
    size_t merge_count;
    const bool *hidden_columns; /* [hidden_count]; columns beyond are shown */
    size_t hidden_count;
} SheetRows;

/** Rows as indices into SheetRows; what no row is has an empty range. */
typedef struct SheetShape {
    size_t heading; /* rows above are titles */
    size_t below;   /* first row behind the headings: units, tags, numbers up to first */
    size_t first;   /* first data row */
    size_t end;     /* behind the last data row: totals from here on */
    size_t notes;   /* behind the totals: signatures and remarks from here on */
} SheetShape;

const SheetRow *shape_row(const SheetRows *rows, size_t row);

/** The row's cell, an empty one beyond its width. */
const Cell *shape_cell(const SheetRow *row, size_t column);

/** Finds where the headings are: the first row that names the table's key and knows half of its
 *  cells, else the row of the first fifty that names most columns (two at least, the first of
 *  equals), else the first row; merged cells make the rows below it part of them. There must be a
 *  row. shape->heading and ->below are set. */
void shape_find_headings(const SheetRows *rows, SheetShape *shape);

/** The texts of the headings, in @p texts, from one or more rows: a cell below a merged one counts
 *  alone when the table knows it so, else behind the text above it ("score", "technical").
 *  @p count is up to the last that is not blank. */
Status shape_headings(const SheetRows *rows, const SheetShape *shape, Arena *texts,
                      const char ***headings, size_t *count);

/** What the columns are, in @p scratch: NULL where the dictionary knows none. */
const ColumnSpec **shape_columns(const SheetRows *rows, const char *const *headings, size_t count,
                                 Arena *scratch);

/** Finds the data rows below the headings: shape->first, ->end and ->notes. */
void shape_find_data(const SheetRows *rows, const ColumnSpec *const *columns, size_t count,
                     SheetShape *shape);

/** True for a cell that a row of units may have: empty, or words, never a figure or a day. */
bool cell_may_be_unit(const Cell *cell);

/** True when each figure of the row is the sum of its column from row @p first on. */
bool shape_row_adds_up(const SheetRows *rows, size_t first, size_t row);

/** The first row above the headings that looks like a row of the table (every required cell is
 *  filled, figures are figures); shape->heading when none does. */
size_t shape_data_above(const SheetRows *rows, const SheetShape *shape,
                        const ColumnSpec *const *columns, size_t count);

/** True when every cell of a data row names a column of one table: the headings once more, or those of a
 *  second table below. */
bool shape_row_is_headings(const SheetRow *row, const ColumnSpec *const *columns, size_t count);

/** True for a row of HXL tags (#org, #value+usd). */
bool row_is_hxl(const SheetRow *row);

/** True for a row of column numbers: 1, 2, 3 and so on in its filled cells, three at least. */
bool row_is_numbers(const SheetRow *row);

/** True for a whole number of days. */
bool column_is_in_days(const ColumnSpec *spec);

/** True when @p text begins with a word for a total in English, Ukrainian or Polish. */
bool text_is_total(const char *text);

/** Adds the findings about rows set aside, hidden rows and columns, merged cells, errors, and cells
 *  under no heading. */
void shape_report(const SheetRows *rows, const SheetShape *shape, const SheetTarget *target,
                  const ColumnSpec *const *columns, const char *const *headings, size_t count);

#endif
