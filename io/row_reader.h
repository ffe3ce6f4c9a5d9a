/* room: io
 *
 * Rows of a sheet into an array of structs, by a list of fields: which column, what kind, where in
 * the struct. A table's reader is that list and what one row's cells must agree on.
 */
#ifndef ALLOT_IO_ROW_READER_H
#define ALLOT_IO_ROW_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "allot/arena.h"
#include "allot/diag.h"
#include "allot/round.h"
#include "allot/status.h"
#include "io/cell.h"
#include "io/sheet.h"

/** What all tables of a round are read with. */
/* The template's example rows, which are said together. */
typedef struct SkippedRows {
    size_t count;
    DiagPlace first;
    const char *rows; /* "needs row 2; offers row 2" */
} SkippedRows;

typedef struct Reading {
    Round *round;   /* results; its arena and names own what rows point to */
    Arena *scratch; /* forgotten after each table */
    Diag *diag;
    DecimalSign decimal;          /* of --decimal, for columns that do not decide; SIGN_OPEN: ask */
    struct RoundChanges *changes; /* cells to be read as something else; NULL: none */
    struct RowTexts *texts;       /* what the rows say is added here; NULL: it is not kept */
    SkippedRows *skipped;         /* counted here */
} Reading;

/** Kind of a field, and the type of the member it is kept in. The default is the dictionary's when
 *  that is a value of the kind, else the one named here. */
typedef enum FieldKind {
    FIELD_TEXT,       /* const char *, as written; "" */
    FIELD_NAME,       /* const char *, interned; "" */
    FIELD_NAMES,      /* NameList; empty */
    FIELD_CATEGORIES, /* NameList in which * means all */
    FIELD_FLAG,       /* bool */
    FIELD_DATE,       /* Date; DATE_NONE */
    FIELD_DECIMAL,    /* Decimal, in Field.unit if that is given; 0 */
    FIELD_PRICE,      /* the same; unknown is as if empty */
    FIELD_SHARE,      /* Decimal; 0 */
    FIELD_COUNT,      /* int; 0 */
    FIELD_LONG,       /* long; 0 */
    FIELD_ENUM,       /* an enum in the order of the column's words; 0 */
    FIELD_WORD,       /* const char *, one of the column's words; "" */
    FIELD_WORDS,      /* unsigned, a bit for each of the column's words; 0 */
    FIELD_CURRENCY,   /* const char *, interned; the round's */
    FIELD_UNIT,       /* Unit; the round's currency */
    FIELD_UNIT_OPEN,  /* Unit; .name NULL */
    FIELD_QUANTITY,   /* int64_t in Field.unit; empty or unknown leaves Field.has false */
    FIELD_AMOUNT,     /* int64_t in Field.unit; 0 */
    FIELD_MONEY,      /* int64_t in minor units of the currency (const char *) at Field.unit; 0 */
    FIELD_REPORTED    /* int64_t in minor units of the round's currency; 0 */
} FieldKind;

typedef struct Field {
    const char *column; /* name in the dictionary */
    FieldKind kind;
    size_t offset; /* of the member */
    size_t has;    /* offset of a bool set when the cell held a value; 0 for none */
    size_t unit; /* offset of the unit or currency of a figure; that field comes before; 0: none */
    Limit limit;
} Field;

typedef struct RowReader RowReader;

typedef struct TableReader {
    TableKind table;
    size_t row_size;
    const Field *fields;
    size_t field_count;
    const char
        *keys; /* columns that name the row, blanks between: empty drops it, EXAMPLE skips it */
    bool has_origin; /* the struct begins with its Origin */
    size_t extra;    /* offset of its unknown columns' texts (const char *const *); 0 for none */
    /** What the row's cells must agree on, or NULL. Findings keep the row. */
    Status (*complete)(const RowReader *reader, void *row);
} TableReader;

/** Reads all rows of a readable sheet into *rows (in the round's arena). Without a required column
 *  there are none. @return STATUS_OK also with findings; STATUS_NO_MEMORY. */
Status read_rows(const Reading *reading, const TableReader *table, const Sheet *sheet, void **rows,
                 size_t *count);

const Reading *row_reading(const RowReader *reader);

/** True when the row being read has something in this column, right or wrong. */
bool row_has(const RowReader *reader, const char *column);

/** True when it has a number that a spreadsheet stored as one. */
bool row_is_number(const RowReader *reader, const char *column);

/** True when it has something that was read without a finding. */
bool row_took(const RowReader *reader, const char *column);

/** True when it has something that is a finding: neither read nor a word for unknown. */
bool row_is_wrong(const RowReader *reader, const char *column);

/** Adds the finding that the row of money (@p what: "a need") has a @p currency, of its @p price, that
 *  is not its @p unit. */
void row_report_currencies(const RowReader *reader, const char *what, const char *price,
                           const char *currency, Unit unit);

/** Place of the row's cell in this column, or of the row when there is no such column. */
DiagPlace row_place(const RowReader *reader, const char *column);

#endif
