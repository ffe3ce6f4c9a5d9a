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

/** A folder being filled: every file has its name and an empty place, and none is there yet. */
typedef struct Pack Pack;

/** Who has files in it. */
typedef struct PackCount {
    size_t donors;        /* that have an offer in the round */
    size_t beneficiaries; /* that have a need */
} PackCount;

/** @param info  with plan_path: its files name the plan by plan_mark.h
 *  @param diag  what was found in the round, for the planners' workbook; takes what goes wrong here
 *
 *  Gives their names to donor-ID.xlsx and donor-ID.txt for every donor with an offer,
 *  beneficiary-ID.xlsx and .txt for every beneficiary of a need, coordination.xlsx and internal.xlsx in
 *  @p dir, which is made when missing and else must be empty: files in it may have been filled in.
 *  Ids stand in names as file_names.h says: letters of any alphabet as they are. All arguments must
 *  outlive the pack, which ends with pack_close().
 *  @return STATUS_OK; else there is no pack, and the folder is as it was: STATUS_IO with a finding,
 *  STATUS_NO_MEMORY. */
Status pack_open(const char *dir, const Round *round, const Plan *plan, const RunInfo *info,
                 Arena *arena, Diag *diag, Pack **opened);

PackCount pack_count(const Pack *pack);

/** How many readers its files are for: the planners, the group, each donor, each beneficiary. */
size_t pack_readers(const Pack *pack);

/** Writes the files of one reader, 0 .. pack_readers() - 1, each once and in any order; processes may
 *  share the readers of a pack. They are made from a copy of the round that holds what the reader may
 *  see and nothing else (release.h). Changes nothing of the pack in memory.
 *  @return STATUS_OK, STATUS_IO with a finding in @p diag, STATUS_NO_MEMORY, STATUS_INTERNAL. */
Status pack_write(const Pack *pack, size_t reader, Diag *diag);

/** Ends a pack, which nobody writes any more. With STATUS_OK as @p written its files are there, all of
 *  them; else, or when that fails, none, and the folder is as it was before pack_open().
 *  @return @p written; STATUS_IO with a finding, STATUS_NO_MEMORY. */
Status pack_close(Pack *pack, Status written);

#endif
