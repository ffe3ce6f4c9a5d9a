/* room: io
 *
 * What each party of a round receives: a workbook and a letter a donor and a beneficiary, the decision
 * paper of the coordination group, and the planners' own workbook.
 */
#ifndef ALLOT_PACK_H
#define ALLOT_PACK_H

#include <stddef.h>

#include "allot/arena.h"
#include "allot/diag.h"
#include "allot/plan.h"
#include "allot/round.h"
#include "allot/run_info.h"
#include "allot/status.h"

/** What was written. */
typedef struct PackCount {
    size_t donors;        /* that have an offer in the round */
    size_t beneficiaries; /* that have a need */
} PackCount;

/** @param plan_path  the file or folder that @p plan was read from; its files name it by plan_mark.h
 *
 *  Writes donor-ID.xlsx and donor-ID.txt for every donor with an offer, beneficiary-ID.xlsx and .txt for
 *  every beneficiary of a need, coordination.xlsx and internal.xlsx into @p dir, which is made when
 *  missing and else must be empty: files in it may have been filled in. All of them or none. Ids
 *  stand in names as file_names.h says: letters of any alphabet as they are. Each party's files are
 *  made from a copy of the round that holds what it may see and nothing else (release.h).
 *  @return STATUS_OK, STATUS_IO with a finding, STATUS_NO_MEMORY, STATUS_INTERNAL. */
Status pack_write(const char *dir, const Round *round, const Plan *plan, const char *plan_path,
                  const RunInfo *info, Arena *arena, Diag *diag, PackCount *count);

#endif
