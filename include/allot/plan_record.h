/* room: io
 *
 * A plan as it was written, without its round: lines by id, stages, and by what its round can be found
 * and known again. From a workbook or a --tables folder.
 */
#ifndef ALLOT_PLAN_RECORD_H
#define ALLOT_PLAN_RECORD_H

#include <stddef.h>
#include <stdint.h>

#include "allot/arena.h"
#include "allot/diag.h"
#include "allot/dictionary.h"
#include "allot/plan.h"
#include "allot/settings.h"
#include "allot/status.h"
#include "allot/unit.h"

typedef struct RecordLine {
    const char *need, *offer, *donor; /* donor "" where the plan does not say */
    Unit unit;                        /* of the need; by its name alone, which is not interned */
    int64_t quantity;                 /* smallest parts, above 0 */
} RecordLine;

/** A file that the plan was made from. */
typedef struct RecordFile {
    const char *sha256; /* NULL: the plan says nothing of it */
    const char *file;
} RecordFile;

typedef struct PlanRecord {
    const char *path;  /* of the plan, as given */
    RecordLine *lines; /* [line_count] by need, offer */
    size_t line_count;
    StageResult *stages; /* [stage_count] */
    size_t stage_count;
    const char *round_path; /* NULL: not recorded */
    SettingRow *given;      /* [given_count] what the command line set; place.file is "--set" */
    size_t given_count;
    RecordFile tables[TABLE_COUNT];
    RecordFile previous; /* the plan before it (--previous) */
    RecordFile ledger;   /* what earlier rounds left (--ledger); the hash is its last line's */
    /* how it was decided (io/plan_origin.h); each NULL: not recorded */
    const char *decided_by, *rounding_loss, *proofs;
} PlanRecord;

/** Reads it, into @p arena. Findings: lines that are no lines, two of one pair, stages that are none.
 *  @return STATUS_OK, STATUS_FINDINGS, STATUS_IO with a finding, STATUS_NO_MEMORY. */
Status plan_record_read(const char *path, Arena *arena, Diag *diag, PlanRecord *record);

#endif
