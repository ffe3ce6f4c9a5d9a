/* room: io
 *
 * What differs between the inputs of two rounds: cells by table, row and column, whole rows, settings.
 * Compared is what was understood, not how it was written: "1,000" and "1000", the order of rows,
 * columns and lists, and a default spelled out are no difference.
 */
#ifndef ALLOT_ROUND_DIFF_H
#define ALLOT_ROUND_DIFF_H

#include <stddef.h>

#include "allot/round_read.h"

typedef enum InputChangeKind {
    INPUT_CELL,     /* a cell, or a setting, says something else */
    INPUT_ADDED,    /* the row is in the second round alone */
    INPUT_DROPPED,  /* in the first alone */
    INPUT_PREVIOUS, /* another plan before (--previous): no cell, and nothing in `undo` */
    INPUT_LEDGER,   /* another ledger, or the same with other lines (--ledger): likewise */
    INPUT_URGENT,   /* another urgent need (--urgent), or none: likewise */
    INPUT_ANSWER /* a donor's answer that the plans keep otherwise: `id` is the need's, `column` the
                       offer's; nothing in `undo` */
} InputChangeKind;

typedef struct InputChange {
    InputChangeKind kind;
    const char *table;      /* "needs" */
    const char *id;         /* the row, as the second round's file has it; a setting's key */
    const char *column;     /* of a cell; else "" */
    const char *before;     /* of a row: its cells, "quantity 40, unit seat"; "" empty */
    const char *after;      /* likewise */
    const char *author;     /* of an answer: the donor */
    int line_before, line;  /* of the two files; 0 where there is no row, or of a setting */
    bool is_prose;          /* free text: no figure comes from it */
    const CellChange *undo; /* [undo_count] read with the second round, they take the change back */
    size_t undo_count;
} InputChange;

/** One round as far as it is compared: read without changes. */
typedef struct DiffSide {
    const Round *round;
    const RowTexts *texts;
} DiffSide;

/** All changes, by table in dictionary order, rows as the dictionary's settings have them or by id,
 *  cells as the table's columns; in @p arena. Scenarios are not compared: no plan comes from them.
 *  @return STATUS_OK, STATUS_NO_MEMORY. */
Status round_diff(DiffSide before, DiffSide after, Arena *arena, InputChange **list, size_t *count);

/** How a person calls it: "needs N-017, quantity", "rules R-2, added", "setting fairness"; NULL
 *  without memory. */
const char *input_change_name(const InputChange *change, Arena *arena);

#endif
