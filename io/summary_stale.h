/* room: io
 *
 * The counts, sums and status of summary.csv that are not believed, held against what the plan makes.
 */
#ifndef ALLOT_IO_SUMMARY_STALE_H
#define ALLOT_IO_SUMMARY_STALE_H

#include "allot/arena.h"
#include "allot/diag.h"
#include "allot/plan.h"
#include "allot/round.h"
#include "allot/status.h"
#include "io/plan_sheets.h"

/** Adds a warning at every cell of the folder's summary.csv, or of the workbook's sheet Summary (its cards, its rows by
 *  tier, category, region and beneficiary, its first sentence) that says something else than the round, the plan's
 *  lines and its stages make. @p plan is complete (plan_figures()) and, with its round, what was
 *  written. A key that is not there says nothing.
 *  @return STATUS_OK, STATUS_NO_MEMORY, STATUS_INTERNAL. */
Status summary_find_stale(const char *path, const PlanSheets *sheets, const Round *round,
                          const Plan *plan, Arena *arena, Diag *diag);

#endif
