/* room: io
 *
 * The figures of a workbook's sheet Summary that are not believed, held against what the plan makes.
 */
#ifndef ALLOT_IO_SUMMARY_PAGE_STALE_H
#define ALLOT_IO_SUMMARY_PAGE_STALE_H

#include "allot/diag.h"
#include "allot/plan.h"
#include "allot/round.h"
#include "allot/status.h"
#include "io/plan_sheets.h"

/** What summary_find_stale() says of a workbook; sheets->summary is there.
 *  @return STATUS_OK, STATUS_NO_MEMORY, STATUS_INTERNAL. */
Status summary_page_find_stale(const PlanSheets *sheets, const Round *round, const Plan *plan,
                               Arena *arena, Diag *diag);

#endif
