/* room: io
 *
 * What the rows of a round say, cell by cell, as texts that do not depend on how they were written:
 * "1,000" and "1000" are one amount, a day is a day, the members of a list are in order. Two rounds are
 * compared by them, and a text read into the other round's cell says there what it says here.
 */
#ifndef ALLOT_ROW_TEXT_H
#define ALLOT_ROW_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "allot/dictionary.h"

/** A cell as typed. */
typedef struct CellText {
    int column;        /* of the dictionary */
    const char *value; /* of an empty cell the column's default; "" where that says nothing */
    bool is_empty;     /* the cell is empty, or the column is not there */
    bool is_prose;     /* free text, from which no figure comes */
} CellText;

typedef struct RowText {
    TableKind table;
    const char *name; /* the row's id, need/offer of pairs, need/offer/kind of commitments */
    const char *id;   /* the same as the file has it: CellChange.id */
    int line;         /* of the file, or row of the sheet */
    CellText *cells;  /* [cell_count] every column that is read, those that name the row included */
    size_t cell_count;
} RowText;

typedef struct RowTexts {
    RowText *rows; /* [count] in the order read; in the arena of the round */
    size_t count, room;
} RowTexts;

#endif
