/* room: io
 *
 * What the files of the OpenDocument reader share. ods_read.c walks over the elements and knows
 * which may stand where; what they mean is said by ods_table.c (sheets, columns, rows), ods_cell.c
 * (values) and ods_text.c (paragraphs).
 */
#ifndef ALLOT_IO_ODS_INTERNAL_H
#define ALLOT_IO_ODS_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "io/workbook_internal.h"

/** Namespaces of OpenDocument, and the same of OpenOffice 1. */
typedef enum OdsSpace {
    SPACE_OFFICE = XML_FIRST_SPACE,
    SPACE_TABLE,
    SPACE_TEXT,
    SPACE_STYLE,
    SPACE_META,
    SPACE_CALCEXT /* what LibreOffice adds */
} OdsSpace;

/** Where the walk is: it decides which elements are looked at. */
typedef enum OdsPlace {
    IN_FILE,
    IN_META_FILE, /* meta.xml */
    IN_META_DOCUMENT,
    IN_META,
    IN_DOCUMENT,
    IN_STYLES,
    IN_STYLE,
    IN_BODY,
    IN_BOOK,
    IN_SETTINGS,
    IN_TABLE,
    IN_ROW,
    IN_CELL,
    IN_PARAGRAPH,
    IN_NOTHING /* whatever stands there is passed over */
} OdsPlace;

/** Bytes that grow; a NUL stands behind them once there was any. */
typedef struct OdsText {
    char *bytes;
    size_t length;
    size_t capacity;
} OdsText;

/** What a cell says it holds. */
typedef enum OdsType {
    ODS_NONE,
    ODS_NUMBER, /* float, percentage, currency */
    ODS_DATE,
    ODS_TIME,
    ODS_FLAG,
    ODS_STRING
} OdsType;

/** The cell being read. */
typedef struct OdsCell {
    OdsType type;
    bool formula;
    bool error;     /* LibreOffice says that it is one */
    bool has_value; /* an attribute has it: OdsReading.value, else the paragraphs count */
    CellKind kind;  /* of the value */
    uint32_t shown; /* beside a number (number_shown.h) */
    int repeat;
    int columns; /* spanned */
    int rows;
} OdsCell;

/** Cells side by side, each of which spans others. */
typedef struct OdsSpan {
    int column; /* 1-based */
    int repeat;
    int columns;
    int rows;
} OdsSpan;

/** A table style that hides its sheets. */
typedef struct OdsStyle {
    const char *name;
    const struct OdsStyle *next;
} OdsStyle;

typedef struct OdsReading {
    WorkbookReading *reading;

    /* the walk */
    struct OdsLevel *levels; /* [depth] the elements around */
    size_t depth;
    size_t passed_over; /* elements deep in one that is passed over; 0: it is in none */
    OdsPlace place;

    /* the book */
    bool by_office; /* written by a program that calculates, and leaves out empty results */
    const OdsStyle *hidden_styles;
    size_t hidden_count;
    bool epoch_1904;
    int64_t blanks; /* written as elements so far */
    bool any_table;

    /* the sheet; rows and columns are 1-based and stop at INT_MAX */
    int next_column; /* of the columns declared */
    size_t merges;   /* so far */
    int row;
    int row_repeat;
    bool row_hidden;
    OdsSpan *spans; /* [span_count] of the row */
    size_t span_count;
    size_t span_capacity;

    /* the cell */
    int column;
    OdsCell cell;
    OdsText value; /* of an attribute: the cell's, or the name of a table style */
    OdsText text;  /* of its paragraphs */
    size_t paragraphs;
    bool blank_before;  /* white space that comes now adds nothing */
    bool blank_written; /* the text ends in white space that goes when nothing follows */
} OdsReading;

/* ---- numbers -------------------------------------------------------------------------------- */

/** Reads how often something is repeated, or how many cells it spans: from 1 to INT_MAX, 1 when
 *  @p text is NULL. Anything but digits is workbook_fail(). */
Status ods_count(OdsReading *ods, const char *text, int *out);

/** @p at and @p by more, INT_MAX at most. */
int ods_advance(int at, int by);

/* ---- sheets, columns, rows ------------------------------------------------------------------ */

Status ods_begin_style(OdsReading *ods, const XmlAttribute *attributes);
Status ods_read_style(OdsReading *ods, const XmlAttribute *attributes);
Status ods_read_null_date(OdsReading *ods, const XmlAttribute *attributes);
Status ods_begin_table(OdsReading *ods, const XmlAttribute *attributes);
Status ods_end_table(OdsReading *ods);
Status ods_read_column(OdsReading *ods, const XmlAttribute *attributes);
Status ods_begin_row(OdsReading *ods, const XmlAttribute *attributes);
Status ods_end_row(OdsReading *ods);

/** Keeps for the end of the row that the current cell spans others. */
Status ods_add_span(OdsReading *ods);

/* ---- cells ---------------------------------------------------------------------------------- */

Status ods_begin_cell(OdsReading *ods, const XmlAttribute *attributes);
Status ods_end_cell(OdsReading *ods);
Status ods_pass_covered(OdsReading *ods, const XmlAttribute *attributes);

/* ---- paragraphs ----------------------------------------------------------------------------- */

Status ods_begin_paragraph(OdsReading *ods, const XmlAttribute *attributes);
Status ods_end_paragraph(OdsReading *ods);
Status ods_add_spaces(OdsReading *ods, const XmlAttribute *attributes);
Status ods_add_tab(OdsReading *ods, const XmlAttribute *attributes);
Status ods_add_break(OdsReading *ods, const XmlAttribute *attributes);

/** Letters of a paragraph: white space collapses as OpenDocument says (part 3, 6.1.2). */
Status ods_add_letters(OdsReading *ods, const char *text, size_t length);

/** Makes @p text these bytes. Longer than CELL_BYTES_MAX: workbook_fail(). */
Status ods_set_text(OdsReading *ods, OdsText *text, const char *bytes, size_t length);

#endif
