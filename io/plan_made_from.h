/* room: io
 *
 * What a plan's own files say of the files that it was made from.
 */
#ifndef ALLOT_IO_PLAN_MADE_FROM_H
#define ALLOT_IO_PLAN_MADE_FROM_H

#include "allot/plan_record.h"
#include "io/plan_sheets.h"

/** Tables, settings given, the plan before, the ledger and the round's path, into @p record: of the sheets of
 *  facts of a workbook (plan_sheets.h), of summary.csv of a folder. Nothing where there is none.
 *  @return STATUS_OK, STATUS_FINDINGS, STATUS_IO with a finding, STATUS_NO_MEMORY. */
Status plan_record_files(const char *path, const PlanSheets *sheets, Arena *arena, Diag *diag,
                         PlanRecord *record);

#endif
