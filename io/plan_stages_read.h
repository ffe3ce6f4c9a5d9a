/* room: io
 *
 * The stages of a plan, read back as they were written.
 */
#ifndef ALLOT_IO_PLAN_STAGES_READ_H
#define ALLOT_IO_PLAN_STAGES_READ_H

#include "io/plan_lines.h"

/** Columns of stages.csv; on the Method sheet they have other names (synonyms.h). */
extern const TableSpec plan_stages_table;

/** Reads the stages of @p sheet into plan->stages; NULL, or a sheet without rows, has none.
 *  @return STATUS_OK, STATUS_FINDINGS, STATUS_NO_MEMORY. */
Status plan_stages_read(const PlanReading *in, const Sheet *sheet, Plan *plan);

#endif
