/* room: io
 *
 * The workbook as plain data: sheets of blocks of cells, before any file format. Each sheet has one
 * file that builds it (io/sheet_NAME.c); book_write() turns the whole into .xlsx.
 */
#ifndef ALLOT_REPORT_H
#define ALLOT_REPORT_H

#include "allot/arena.h"
#include "allot/diag.h"
#include "allot/plan.h"
#include "allot/round.h"
#include "allot/run_info.h"
#include "allot/status.h"

typedef struct Report Report;

/** Builds every sheet. @p plan may hold no line. @p findings: NULL where the reader is not told of
 *  them. Texts are borrowed from round and plan.
 *  @return STATUS_OK or STATUS_NO_MEMORY. */
Status report_build(const Round *round, const Plan *plan, const RunInfo *info, const Diag *findings,
                    Arena *arena, Report **report);

/** Writes the workbook beside @p path and renames it: whole or absent.
 *  @return STATUS_OK, STATUS_IO with a finding, STATUS_NO_MEMORY. */
Status book_write(const Report *report, const char *path, Arena *scratch, Diag *diag);

/** Writes the workbook to @p write_to, a file of a set that is written all or none (io/atomic_file.h);
 *  findings call it @p name. @return as book_write(). */
Status book_write_to(const Report *report, const char *write_to, const char *name, Arena *scratch,
                     Diag *diag);

/** Version of libxlsxwriter, "1.1.4". */
const char *book_library_version(void);

#endif
