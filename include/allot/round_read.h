/* room: io
 *
 * Reads a round from a folder of CSV files (or, later, a workbook) into typed rows.
 */
#ifndef ALLOT_ROUND_READ_H
#define ALLOT_ROUND_READ_H

#include "allot/arena.h"
#include "allot/diag.h"
#include "allot/round.h"
#include "allot/status.h"

/** Reads every table of @p path, types every cell, keeps every place. All findings go to @p diag in
 *  one pass; the round must still go through round_check(). @p overrides are the settings of
 *  `--set`, applied after the table's.
 *  @return STATUS_OK (with findings possible: ask diag), STATUS_IO when the folder or a file cannot
 *  be read, STATUS_NO_MEMORY. */
Status round_read(const char *path, const SettingRow *overrides, size_t override_count,
                  Arena *arena, Diag *diag, Round *round);

/** Version of libcsv, "3.0.3". */
const char *round_read_library_version(void);

#endif
