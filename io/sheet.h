/* room: io
 *
 * One table as read, before typing: headings and rows of cells as text, every row with its line. All
 * readers (CSV now, workbooks later) build the same Sheet.
 */
#ifndef ALLOT_IO_SHEET_H
#define ALLOT_IO_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "allot/arena.h"
#include "allot/diag.h"
#include "allot/dictionary.h"
#include "allot/status.h"

typedef enum CellKind {
    CELL_EMPTY,  /* nothing but blanks; text is "" */
    CELL_TEXT,   /* as a person typed it */
    CELL_NUMBER, /* stored as a number: text in the form of decimal_parse() */
    CELL_DATE    /* stored as a date: text in ISO form */
} CellKind;

/** A cell; its text is valid UTF-8 without blanks around it and without NUL bytes. */
typedef struct Cell {
    const char *text; /* never NULL */
    CellKind kind;
} Cell;

/** Rows come in blocks, so that a large sheet is never copied to grow. */
typedef struct SheetBlock {
    int *lines;  /* [sheet->block_rows] line where the row began, 1-based */
    Cell *cells; /* [sheet->block_rows * column_count] row by row */
} SheetBlock;

/** What a reader is told: names for findings, and where things go. */
typedef struct SheetTarget {
    const char *file;       /* as printed in findings */
    const TableSpec *table; /* what the file's name says it is */
    Arena *texts;           /* texts: they are quoted in findings and kept in the round */
    Arena *grid;            /* rows and readers: forgotten when the table is typed */
    Diag *diag;
} SheetTarget;

typedef struct Sheet {
    const char *file;
    const TableSpec *table;
    const char
        *sha256;      /* of the file's bytes, 64 hex digits; "" when it was not read from a file */
    bool readable;    /* false: a finding says why the rows must not be used */
    int heading_line; /* 0: there was no row at all */
    const char **headings; /* [column_count] as written, "" for a blank one */
    size_t column_count;   /* up to the last heading that is not blank */
    SheetBlock *blocks;
    size_t block_rows; /* rows of a block: fewer where they are wide */
    size_t row_count;  /* rows below the heading that are not blank, padded to column_count */
} Sheet;

const Cell *sheet_cell(const Sheet *sheet, size_t row, size_t column);
int sheet_line(const Sheet *sheet, size_t row);

/** Place of a cell for findings; its text included. */
DiagPlace sheet_place(const Sheet *sheet, size_t row, size_t column);

/** Place of a heading. */
DiagPlace sheet_heading_place(const Sheet *sheet, size_t column);

/** Bytes of the blank (space, tab, line end, NBSP, narrow NBSP, ...) at @p text; 0 when there is
 *  none. */
size_t blank_length(const char *text, size_t length);

/** Takes blanks off both ends: moves *text, shortens *length. */
void trim_blanks(const char **text, size_t *length);

/* ---- building ------------------------------------------------------------------------------- */

typedef struct SheetBuilder SheetBuilder;

/** Starts a sheet, or NULL without memory. */
SheetBuilder *sheet_builder_new(const SheetTarget *target);

/** Adds the row's next cell; blanks around it are dropped. */
Status sheet_add_cell(SheetBuilder *builder, const char *text, size_t length, CellKind kind);

/** Ends the row, which began at @p line. The first row that is not blank is the heading; blank rows
 *  are forgotten. */
Status sheet_end_row(SheetBuilder *builder, int line);

/** Cells in the row so far. */
size_t sheet_row_width(const SheetBuilder *builder);

/** The sheet as built so far. */
const Sheet *sheet_so_far(const SheetBuilder *builder);

/** The sheet, valid as long as both arenas. When the file is @p readable, cells under no heading are
 *  findings (DIAG_ROW_WIDTH); when it is not, they would only repeat that. */
Sheet *sheet_finish(SheetBuilder *builder, bool readable);

#endif
