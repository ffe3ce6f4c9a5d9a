/* room: io
 *
 * Grids: the tables of a sheet. Headings, rows, live totals above them, and formulas elsewhere that
 * add up their columns. Every formula comes with the value that it will have.
 */
#ifndef ALLOT_IO_GRID_H
#define ALLOT_IO_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "allot/date.h"
#include "allot/ratio.h"
#include "allot/round.h"
#include "allot/unit.h"
#include "io/page_cell.h"

typedef struct Page Page;
typedef struct Report Report;
typedef struct Grid Grid;

/** Makes the row @p index of a list: grid_row() and its cells, nothing else. Called more than once. */
typedef void GridRow(Report *report, Grid *grid, size_t index);

typedef struct GridColumn {
    const char *heading;
    double width; /* least, in characters; figures make it wider */
    Look look;    /* of its rows: LOOK_BODY, LOOK_RIGHT for figures, LOOK_WRAP */
    bool money;   /* in the reporting currency: the heading says so */
    bool total;   /* money or a count that is summed: above the headings, of a block below */
} GridColumn;

typedef struct GridSpec {
    const char *name; /* of the table, unique in the workbook */
    const GridColumn *columns;
    size_t column_count;
    uint64_t without;     /* bit (1 << i): column i is left out */
    ExtraColumns carried; /* the input's own columns, put behind */
    size_t printed;       /* so many columns, from the first on, are put on paper; 0: all */
    uint64_t behind; /* bit (1 << i): column i stands behind those on paper, and is not put there */
    size_t rows;     /* to be written */
    bool given;      /* headings are the input's, or were spoken: taken as they are */
    bool block;      /* one of several on its sheet: no filter, no totals, nothing frozen */
    GridRow *make;   /* of a list: its rows are made by this, when they are asked for */
} GridSpec;

/** A table being built, and afterwards where it stands. */
struct Grid {
    Page *page;
    GridSpec spec;
    int *place;            /* [column_count] sheet column of each, -1 when left out */
    Int128 *sums;          /* [column_count] of the smallest parts put there */
    int *sum_places;       /* [column_count] decimals of those parts */
    const char **headings; /* [width] */
    int width;             /* sheet columns */
    uint32_t head_row;
    PageCell *blank;            /* [width] a row without anything in it */
    PageCell *cells;            /* [width] of a list: its current row; NULL: rows lie on the page */
    uint32_t forms[LOOK_COUNT]; /* of a list: bit (1 << form) of every form met under a look */
    double more_points;         /* of a list: what its rows are higher than the height that comes */
    size_t rows;                /* written */
    size_t row_cells;           /* index of the current row's first cell */
    int row_lines;              /* lines that its longest text takes */
};

/** For GridSpec.without: the column's bit, unless it is @p needed. */
uint64_t grid_without(bool needed, int column);

/** Begins a grid below everything that is on the sheet. */
void grid_begin(Grid *grid, Page *page, const GridSpec *spec);

void grid_row(Grid *grid);
void grid_text(Grid *grid, int column, const char *text);
void grid_count(Grid *grid, int column, size_t count);
void grid_amount(Grid *grid, int column, Unit unit, int64_t amount);
/** The same, with a dash for 0. */
void grid_amount_or_dash(Grid *grid, int column, Unit unit, int64_t amount);
void grid_number(Grid *grid, int column, double number, Form form);
void grid_share(Grid *grid, int column, int64_t part, int64_t whole); /* nothing when whole is 0 */
void grid_date(Grid *grid, int column, Date date);
void grid_carried(Grid *grid, size_t index, const char *text);

/** A formula worth @p amount of the reporting currency or @p count things; the figure alone when
 *  @p formula is NULL. */
void grid_money_formula(Grid *grid, int column, const char *formula, int64_t amount);
void grid_count_formula(Grid *grid, int column, const char *formula, size_t count);

/** part / whole of two cells of the current row, nothing when whole is 0. */
void grid_share_formula(Grid *grid, int column, int part_column, int whole_column, int64_t part,
                        int64_t whole);

/** Shows the figure just put into @p column with a dash for 0. */
void grid_dash(Grid *grid, int column);

/** Makes every row of a list once, for its sums and widths; they are kept nowhere (page_rows.h). */
void grid_list(Grid *grid);

/** Height of the current row in points; 0 when it takes the one that comes. */
double grid_row_points(const Grid *grid);

/** Ends the grid: names it, writes its totals, freezes its headings and @p frozen_columns. */
void grid_end(Grid *grid, int frozen_columns);

/** The sums of a block in a row below it, after grid_end(). */
void grid_sum_below(Grid *grid, const char *label);

/** part / whole of two of these sums, nothing when whole is 0. */
void grid_share_below(Grid *grid, int column, int part_column, int whole_column);

/** A heading of the input's, as a table takes it: something, on one line, not too long. */
const char *grid_carried_heading(Report *report, const char *heading);

/* ---- formulas ------------------------------------------------------------------------------- */

/** A condition on a column of a grid: equal to a text, or to a whole number when text is NULL. */
typedef struct Match {
    int column;
    const char *text;
    int number;
    bool exact; /* the column holds the text in another case too */
} Match;

/** "Needs!$N$8:$N$127": the rows of a column, after grid_end(). */
const char *formula_range(const Grid *grid, int column);

/** "=SUMIFS(...)", "=COUNTIFS(...)" over the rows that match, or NULL when the grid has no rows or
 *  a text is not one that a formula can hold. */
const char *formula_sum(const Grid *grid, int column, const Match *matches, size_t count);
const char *formula_count(const Grid *grid, const Match *matches, size_t count);

/** "=SUM(...)" over a whole column; NULL when the grid has no rows. */
const char *formula_total(const Grid *grid, int column);

/** "N8": the cell of a column in the row last begun. */
const char *formula_cell(const Grid *grid, int column);

#endif
