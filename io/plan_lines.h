/* room: io
 *
 * The lines of a plan as read: need, offer and quantity, each with the row it came from. A plan of
 * this round must name what the round has; of the plan before it, what the round no longer has is
 * dropped and counted.
 */
#ifndef ALLOT_IO_PLAN_LINES_H
#define ALLOT_IO_PLAN_LINES_H

#include <stddef.h>

#include "allot/arena.h"
#include "allot/diag.h"
#include "allot/plan.h"
#include "allot/round.h"
#include "allot/status.h"
#include "io/headings.h"
#include "io/sheet.h"

typedef enum AssignmentColumn {
    ASSIGNMENT_NEED,
    ASSIGNMENT_OFFER,
    ASSIGNMENT_QUANTITY,
    ASSIGNMENT_DONOR,
    ASSIGNMENT_UNIT,
    ASSIGNMENT_OFFER_QUANTITY,
    ASSIGNMENT_OFFER_UNIT,
    ASSIGNMENT_VALUE,
    ASSIGNMENT_CURRENCY,
    ASSIGNMENT_BASIS,
    ASSIGNMENT_LOCKED,
    ASSIGNMENT_CASH,    /* in a workbook: the value of a line of money, ... */
    ASSIGNMENT_IN_KIND, /* ... and of one in kind */
    ASSIGNMENT_PAYER    /* in a workbook with chains; "Pieniądze od" is not "Pieniądze" */
} AssignmentColumn;

/** assignments.csv, or the sheet of that name. */
extern const TableSpec plan_lines_table;

/** A line with the row of the table that it came from. */
typedef struct PlanLine {
    Assignment assignment;
    size_t row;
} PlanLine;

/** assignments.csv as read. */
typedef struct AssignmentTable {
    const Sheet *sheet;
    Headings headings;
    PlanLine *lines; /* [count] by need, then offer; each pair once */
    size_t count;
    size_t unread; /* rows with findings, which are not among the lines */
} AssignmentTable;

enum { DROPPED_NAMED = 3 }; /* by name; the others are counted */

/** Lines of a plan before this one that the round has no place for. */
typedef struct DroppedLines {
    size_t count;
    const char *named; /* the first DROPPED_NAMED, each with its row and why; "" for none */
} DroppedLines;

/** What a plan's tables are read with. */
typedef struct PlanReading {
    const Round *round;
    Arena *arena;
    Diag *diag;
    DroppedLines *dropped; /* of the plan before this one; NULL: what does not fit is an error */
} PlanReading;

/** Matches a sheet's headings; columns of other names are the plan's own decoration.
 *  @return STATUS_OK, STATUS_FINDINGS when the rows cannot be used, STATUS_NO_MEMORY. */
Status plan_match(const PlanReading *in, const Sheet *sheet, Headings *headings);

/** Does the row only say that nothing is given? The workbook of such a plan does, in words: "(none)", in
 *  parentheses whatever the language, where the first need would stand, and nothing beside it. */
bool plan_row_is_none(const Sheet *sheet, const Headings *headings, size_t row);

/** Reads every row; a quantity of 0 strikes its line out. Two lines of one pair are a finding at the
 *  second, and the first counts. @p table is complete, but for the rows with findings, also on STATUS_FINDINGS; without
 *  lines when the headings are at fault. @return STATUS_OK, STATUS_FINDINGS, STATUS_NO_MEMORY. */
Status plan_lines_read(const PlanReading *in, const Sheet *sheet, AssignmentTable *table);

#endif
