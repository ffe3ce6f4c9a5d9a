/* room: io
 *
 * The figures of assignments.csv that are not believed, held against what its lines make.
 */
#ifndef ALLOT_IO_TABLES_STALE_H
#define ALLOT_IO_TABLES_STALE_H

#include <stddef.h>

#include "allot/diag.h"
#include "allot/plan.h"
#include "allot/round.h"
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
    ASSIGNMENT_CASH,   /* in a workbook: the value of a line of money, ... */
    ASSIGNMENT_IN_KIND /* ... and of one in kind */
} AssignmentColumn;

/** A line with the row of the table that it came from. */
typedef struct PlanLine {
    Assignment assignment;
    size_t row;
} PlanLine;

/** assignments.csv as read. */
typedef struct AssignmentTable {
    const Sheet *sheet;
    Headings headings;
    PlanLine *lines; /* as the plan's assignments, one each */
} AssignmentTable;

/** Adds a warning at every cell that says something else than the line makes. @p plan is complete
 *  (plan_figures()). A column that is not there and an empty cell say nothing. */
void tables_find_stale(const AssignmentTable *table, const Round *round, const Plan *plan,
                       Diag *diag);

#endif
