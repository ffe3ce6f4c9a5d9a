/* room: io
 *
 * Reads a round, from a folder of CSV files or from one workbook, into typed rows.
 */
#ifndef ALLOT_ROUND_READ_H
#define ALLOT_ROUND_READ_H

#include "allot/arena.h"
#include "allot/diag.h"
#include "allot/round.h"
#include "allot/status.h"

/** Where a round is and what its user says about it. */
typedef struct RoundSource {
    const char *path;            /* a folder, or a .xlsx, .ods or .fods file */
    const char *encoding;        /* --encoding: of CSV files that are not UTF-8; NULL: detect */
    char decimal;                /* --decimal: '.' or ',' where a column does not tell; 0: ask */
    const SettingRow *overrides; /* [override_count] --set, applied after the table's */
    size_t override_count;
} RoundSource;

/** Reads every table of the source, types every cell, keeps every place. All findings go to @p diag
 *  in one pass; the round must still go through round_check().
 *  @return STATUS_OK (with findings possible: ask diag); STATUS_FINDINGS when a workbook cannot be
 *  used at all; STATUS_IO when the folder or a file cannot be read; STATUS_NO_MEMORY. */
Status round_read(const RoundSource *source, Arena *arena, Diag *diag, Round *round);

/** Version of libcsv, "3.0.3". */
const char *round_read_library_version(void);

/** Versions of what reads workbooks, "expat 2.5.0, minizip 1.1". */
const char *round_read_workbook_version(void);

#endif
