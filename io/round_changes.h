/* room: io
 *
 * The cells of a round that are to be read as something else: those of a scenario, and those that the
 * program itself changes to see what follows. Private to reading.
 */
#ifndef ALLOT_IO_ROUND_CHANGES_H
#define ALLOT_IO_ROUND_CHANGES_H

#include "allot/round_read.h"
#include "io/headings.h"
#include "io/row_reader.h"

/** A change whose table and column are known. */
typedef struct KnownChange {
    TableKind table;
    int column; /* of the dictionary; -1: the row is taken out */
    const char *id;
    const char *value;
    bool exact;
    bool adds; /* the row is put in where it is not there */
    DiagPlace place;
    size_t order; /* in which the changes were given */
    size_t rows;  /* met in its table so far */
} KnownChange;

typedef struct RoundChanges {
    KnownChange *list; /* [count] by table, id, order */
    size_t count;
    bool seen[TABLE_COUNT]; /* the table's rows were there to be changed */
    size_t changed_room;    /* of round->changed */
} RoundChanges;

/** Finds the tables and columns of the source's changes, in reading->changes; the scenarios must be
 *  read. Those that are not known are findings. @return STATUS_OK, STATUS_NO_MEMORY. */
Status round_changes_collect(const Reading *reading, const RoundSource *source);

/** The sheet as changed: the same one when nothing of its table is; the columns of @p keys name its
 *  rows. A column that the sheet lacks is added to @p headings too. Rows that are not there are
 *  findings. @return STATUS_OK, STATUS_NO_MEMORY. */
Status round_changes_apply(const Reading *reading, const char *keys, const Sheet *sheet,
                           Headings *headings, const Sheet **changed);

/** A sheet without rows in @p grid, of a table that the round does not have and that rows are put into;
 *  *sheet is NULL where none are. @return STATUS_OK, STATUS_NO_MEMORY. */
Status round_changes_sheet(const Reading *reading, TableKind table, Arena *grid, Sheet **sheet);

/** Changed settings: rows of these keys make way, the changed ones follow all others.
 *  @return STATUS_OK, STATUS_NO_MEMORY. */
Status round_changes_settings(const Reading *reading);

/** Findings for changes in tables that the round does not have. Last of all. */
void round_changes_finish(const Reading *reading);

#endif
