/* room: io
 *
 * One table as read, before typing: headings and rows of cells as text, every row with its line. All
 * readers (CSV, workbooks) build the same Sheet: they hand over every row of the file, and when it
 * ends the table's heading is found among them (head.h), what stands above and below it is set
 * aside, and every such decision is a finding.
 */
#ifndef ALLOT_IO_SHEET_H
#define ALLOT_IO_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "allot/arena.h"
#include "allot/diag.h"
#include "allot/dictionary.h"
#include "allot/heading_index.h"
#include "allot/status.h"

typedef enum CellKind {
    CELL_EMPTY,  /* nothing but blanks; text is "" */
    CELL_TEXT,   /* as a person typed it */
    CELL_NUMBER, /* stored as a number: text in the form of decimal_parse(), or too long for it */
    CELL_DATE, /* stored as a date: text in ISO form, with "Thh:mm:ss" behind it unless that is 0 */
    CELL_FLAG, /* stored as a truth value: text is TRUE or FALSE */
    CELL_ERROR,  /* stored as an error: text is its name, "#REF!" */
    CELL_PENDING /* a formula whose result was not stored; text is "" */
} CellKind;

/** A cell; its text is valid UTF-8 without blanks around it and without NUL bytes. */
typedef struct Cell {
    const char *text; /* never NULL */
    CellKind kind;
    uint32_t shown; /* of a CELL_NUMBER: what its format shows beside it (number_shown.h) */
} Cell;

/** A row that is not blank. Cells beyond its width are empty. */
typedef struct SheetRow {
    Cell *cells; /* [width]; the sheet's own, changed by its builder alone */
    uint32_t width;
    bool hidden;
    int line; /* of the file, where the row began, 1-based; of a workbook: the row's number */
} SheetRow;

/** Rows come in blocks, so that a large sheet is never copied to grow. */
enum { SHEET_BLOCK_ROWS = 1024 };

/** What a reader is told: names for findings, and where things go. */
typedef struct SheetTarget {
    const char *file;          /* as printed in findings */
    const TableSpec *table;    /* what the file's or sheet's name says it is */
    const HeadingIndex *names; /* of the table's columns; NULL: made when they are needed */
    Arena *texts;              /* texts: they are quoted in findings and kept in the round */
    Arena *grid;               /* rows and readers: forgotten when the table is typed */
    Diag *diag;
    bool of_workbook; /* the rows are a workbook's sheet */
    bool of_plan;     /* this program wrote them: titles and totals around them are no news */
} SheetTarget;

/** A cell that says something else than the file: where its text comes from. */
typedef struct SheetEdit {
    size_t row; /* of the sheet */
    size_t column;
    DiagPlace place;
} SheetEdit;

typedef struct Sheet {
    const char *file;
    const TableSpec *table;
    const HeadingIndex *names; /* of the table's columns */
    const char
        *sha256;      /* of the file's bytes, 64 hex digits; "" when it was not read from a file */
    bool readable;    /* false: a finding says why the rows must not be used */
    bool of_plan;     /* this program wrote it: what it is called and carries is no news */
    bool epoch_1904;  /* its serial days count from 1904-01-01 (else from 1899-12-30) */
    int heading_line; /* 0: there was no row at all */
    const char **headings; /* [column_count] as written, "" for a blank one */
    size_t column_count;   /* up to the last heading that is not blank */
    SheetRow **blocks;     /* [SHEET_BLOCK_ROWS] each */
    size_t below_row;      /* place of the first row under the headings: of units, tags, or data */
    size_t first_row;      /* place of the first data row in the blocks */
    size_t row_count;      /* data rows: without titles, headings, totals and blank rows */
    SheetEdit *edits;      /* [edit_count] by row, column; each cell once (sheet_edit.h) */
    size_t edit_count;
} Sheet;

/** The cell; an empty one where the row is shorter. Both indices are 0-based. */
const Cell *sheet_cell(const Sheet *sheet, size_t row, size_t column);
int sheet_line(const Sheet *sheet, size_t row);

/** Place of a cell for findings; its text included. Of an edited cell it is that of the edit. */
DiagPlace sheet_place(const Sheet *sheet, size_t row, size_t column);

/** The edit of this cell, or NULL. */
const SheetEdit *sheet_edit_of(const Sheet *sheet, size_t row, size_t column);

/** Place of a heading. */
DiagPlace sheet_heading_place(const Sheet *sheet, size_t column);

/** Rows of units and tags between the headings and the data, and the place of a cell there. */
size_t sheet_under_count(const Sheet *sheet);
DiagPlace sheet_under_place(const Sheet *sheet, size_t under, size_t column);

/** Bytes of the blank (space, tab, line end, NBSP, narrow NBSP, ...) at @p text; 0 when there is
 *  none. */
size_t blank_length(const char *text, size_t length);

/** Takes blanks off both ends: moves *text, shortens *length. */
void trim_blanks(const char **text, size_t *length);

/* ---- building ------------------------------------------------------------------------------- */

typedef struct SheetBuilder SheetBuilder;

/** An area of a sheet, 0-based columns, rows as lines; both ends included. */
typedef struct SheetArea {
    int first_line, last_line;
    size_t first_column, last_column;
} SheetArea;

/** Starts a sheet, or NULL without memory. */
SheetBuilder *sheet_builder_new(const SheetTarget *target);

/** Adds the row's next cell; blanks around it are dropped. */
Status sheet_add_cell(SheetBuilder *builder, const char *text, size_t length, CellKind kind);

/** Says of the cell just added, which is a CELL_NUMBER, what its format shows beside it. */
void sheet_mark_cell(SheetBuilder *builder, uint32_t shown);

/** Adds the same cell again @p times. */
Status sheet_repeat_cell(SheetBuilder *builder, size_t times);

/** Leaves cells empty so that the next one is column @p column (0-based); no effect when the row is
 *  that wide already. */
Status sheet_skip_to(SheetBuilder *builder, size_t column);

/** Ends the row, which began at @p line. Blank rows are forgotten. */
Status sheet_end_row(SheetBuilder *builder, int line, bool hidden);

/** Adds the row just ended again @p times, one line further each (its cells are shared). */
Status sheet_repeat_row(SheetBuilder *builder, size_t times);

/** Cells in the row so far. */
size_t sheet_row_width(const SheetBuilder *builder);

/** Cells of this area are merged: only the first counts. */
Status sheet_add_merge(SheetBuilder *builder, SheetArea area);

/** Columns first to last are hidden. */
Status sheet_hide_columns(SheetBuilder *builder, size_t first, size_t last);

/** Serial days of this sheet count from 1904-01-01. */
void sheet_count_from_1904(SheetBuilder *builder);

/** The rows as they came, without blank ones, headings and titles among them; NULL behind the last. */
const SheetRow *sheet_builder_row(const SheetBuilder *builder, size_t index);

/** Ends the sheet, valid as long as both arenas: finds the heading and the data rows. When the file
 *  is @p readable, what was set aside, hidden, merged, an error value or under no heading is a
 *  finding; when it is not, they would only repeat that. A sheet without a row has heading_line 0
 *  and no finding: the reader words it. @return STATUS_OK, STATUS_NO_MEMORY. */
Status sheet_finish(SheetBuilder *builder, bool readable, Sheet **sheet);

#endif
