/* room: io
 *
 * A plan as CSV tables (`--tables DIR`), and a plan back in: what `allot verify` and `--previous`
 * read.
 */
#ifndef ALLOT_TABLES_H
#define ALLOT_TABLES_H

#include "allot/arena.h"
#include "allot/diag.h"
#include "allot/plan.h"
#include "allot/round.h"
#include "allot/run_info.h"
#include "allot/status.h"

/** Writes assignments.csv, needs.csv, offers.csv, stages.csv, summary.csv, problems.csv, ranges.csv,
 *  asks.csv, appeal.csv, reasons.csv, refused.csv and rivals.csv into @p dir (made when missing). Each file is written beside its name and renamed, all of them or, on
 *  a failure, none new. @return STATUS_OK, STATUS_IO with a finding, STATUS_NO_MEMORY. */
Status tables_write(const char *dir, const Round *round, const Plan *plan, const RunInfo *info,
                    Arena *scratch, Diag *diag);

/** Reads the lines and, where it has them, the stages of the plan at @p path into @p plan and
 *  completes it with plan_figures(). The path is a --tables folder (assignments.csv, stages.csv) or a
 *  workbook (sheets Assignments and Method), also an edited one. Of a line only need, offer and
 *  quantity are believed; a figure beside them that they do not make is a warning at its cell.
 *  Unknown ids, quantities that are no amounts of the need's unit, double lines and headings that
 *  nearly match are error findings at their place. *lines_file is what findings call the lines:
 *  "dir/assignments.csv", "plan.xlsx!Assignments". Where single rows cannot be read the plan is made
 *  of the others (Plan.rows_unread), without stages; where none can, and where the plan rests on another
 *  ledger than the round's, plan->needs is NULL.
 *  @return STATUS_OK (warnings possible), STATUS_IO, STATUS_FINDINGS when any error finding was
 *  added, STATUS_NO_MEMORY, STATUS_INTERNAL when a figure does not fit int64_t. */
Status tables_read(const char *path, const Round *round, Arena *arena, Diag *diag, Plan *plan,
                   const char **lines_file);

/** Reads the lines of the plan before this one, for the stage `change`, from the places and with the
 *  findings of tables_read(), and sets round->previous, has_previous and previous_input; in @p arena, which
 *  must outlive the round. A line is dropped when its need or offer is not in the round any more,
 *  when its column `unit` is not the need's unit of today, or when its quantity is finer than that;
 *  one note counts those. A line whose offer may not serve its need any more is kept: it has moved.
 *  Another note says when the settings have no stage `change`.
 *  Call it after round_check() and before anything is formulated.
 *  @return STATUS_OK (a note possible), STATUS_IO, STATUS_FINDINGS, STATUS_NO_MEMORY. */
Status previous_read(const char *path, Round *round, Arena *arena, Diag *diag);

#endif
