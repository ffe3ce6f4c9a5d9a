/* room: io
 *
 * The figures of assignments.csv that are not believed, held against what its lines make.
 */
#ifndef ALLOT_IO_TABLES_STALE_H
#define ALLOT_IO_TABLES_STALE_H

#include "allot/diag.h"
#include "allot/plan.h"
#include "allot/round.h"
#include "io/plan_lines.h"

/** Adds a warning at every cell that says something else than the line makes. @p plan is complete
 *  (plan_figures()). A column that is not there and an empty cell say nothing. */
void tables_find_stale(const AssignmentTable *table, const Round *round, const Plan *plan,
                       Diag *diag);

#endif
