/* room: io
 *
 * What the parts of reading rows share: the rows (row_reader.c), their cells (row_cell.c), and what
 * stands above them (row_remark.c).
 */
#ifndef ALLOT_IO_ROW_INTERNAL_H
#define ALLOT_IO_ROW_INTERNAL_H

#include "allot/row_text.h"
#include "io/headings.h"
#include "io/row_reader.h"

enum { ROW_KEYS_MAX = 2 };

/** A field and the column of the sheet that holds it. */
typedef struct Bound {
    const Field *field;
    const ColumnSpec *spec;
    size_t column;
    const Field *unit;             /* the field that says what its figures count, or NULL */
    const struct Bound *unit_cell; /* that field's column, or NULL when it is not there */
    const char *unit_from; /* how findings call that; NULL where figures are of no currency */
    bool sign_known;       /* the column was searched for its decimal sign */
    DecimalSign sign;
    bool currency_asked; /* what stands above the column was compared with the default currency */
    bool currency_said;  /* the finding about it stands */
    const char *currency_of_row; /* the last currency of a row that it was compared with, or NULL */
    bool percent_asked;          /* it was searched for a word for percent ... */
    size_t percent_at; /* ... which text has: the heading, the rows under it, none of them */
    bool percent_said; /* the finding about it stands */
    bool serial_said;  /* the note about serial days stands */
    bool timed_said;   /* the note about times of day stands */
    bool taken;        /* the cell of the row being read was read without a finding */
} Bound;

struct RowReader {
    const Reading *reading;
    const TableReader *table;
    const Sheet *sheet;
    Headings headings;
    Bound *bound; /* [bound_count] fields whose column is there */
    size_t bound_count;
    int keys[ROW_KEYS_MAX]; /* columns of the sheet, -1 for none */
    void *blank;            /* a row of defaults */
    size_t row;             /* of the sheet, the one being read */
};

/** The row's member at this offset. */
void *row_member(void *row, size_t offset);

/** The word at @p index of @p words, interned; "" for -1. */
Status row_keep_word(const Reading *reading, const char *words, int index, const char **out);

/** A heading, or a row of units under it, that names another currency than the row's figure is
 *  counted in is a finding, one a column; so is one that counts things, where the row does not say
 *  what it counts. */
void row_check_currency(const RowReader *reader, Bound *bound, void *row);

/** True when the heading, or a row of units under it, speaks of percent and the cell of a share does
 *  not say whether it does too; a finding the first time. */
bool row_share_is_open(const RowReader *reader, Bound *bound, CellAt at);

/** The currency or thing that the row's figure counts; NULL when the row does not say. */
const char *row_unit_name(const RowReader *reader, const Bound *bound, void *row);

/** True when a first word or more of the text say total: "Разом PL", "Grand total 2026". */
bool row_text_begins_with_total(const char *text);

/** Adds what the row that was just read says, cell by cell, to @p texts. */
Status row_text_keep(const RowReader *reader, const void *row, RowTexts *texts);

/** Types the cell of the row being read into its member. @return STATUS_FINDINGS when it is wrong:
 *  then nothing was written. */
Status row_take_cell(const RowReader *reader, Bound *bound, CellAt at, void *row);

#endif
