/* room: io
 *
 * A plan as CSV tables (`--tables DIR`), and back: what `allot verify` reads.
 */
#ifndef ALLOT_TABLES_H
#define ALLOT_TABLES_H

#include "allot/arena.h"
#include "allot/diag.h"
#include "allot/plan.h"
#include "allot/round.h"
#include "allot/run_info.h"
#include "allot/status.h"

/** Writes assignments.csv, needs.csv, offers.csv, stages.csv, summary.csv and problems.csv into
 *  @p dir (made when missing). Each file is written beside its name and renamed, all of them or, on
 *  a failure, none new. @return STATUS_OK, STATUS_IO with a finding, STATUS_NO_MEMORY. */
Status tables_write(const char *dir, const Round *round, const Plan *plan, const RunInfo *info,
                    Arena *scratch, Diag *diag);

/** Reads the lines of @p dir/assignments.csv and the stages of @p dir/stages.csv into @p plan and
 *  completes it with plan_figures(). Unknown ids, quantities that are no amounts of the need's unit
 *  and double lines are error findings at their place.
 *  @return STATUS_OK, STATUS_IO, STATUS_FINDINGS, STATUS_NO_MEMORY. */
Status tables_read(const char *dir, const Round *round, Arena *arena, Diag *diag, Plan *plan);

#endif
