/* room: io
 *
 * Single sheets of a workbook that this program wrote, by name: what stands on its other sheets is
 * passed over.
 */
#ifndef ALLOT_IO_NAMED_SHEETS_H
#define ALLOT_IO_NAMED_SHEETS_H

#include "io/sheet.h"

typedef struct NamedSheet {
    const char *name; /* in English, as it is written: "Lines" */
    const TableSpec *table;
    Sheet *sheet; /* as read; NULL: the workbook has none of this name, or it is empty */
} NamedSheet;

/** Reads those of @p wanted [@p count] that the workbook at @p path has; findings call it @p file.
 *  Of two sheets of one name the first counts. @return STATUS_OK, STATUS_FINDINGS when it is no
 *  workbook, or damaged, with a finding, STATUS_IO with a finding, STATUS_NO_MEMORY. */
Status named_sheets_read(const char *path, const char *file, NamedSheet *wanted, size_t count,
                         Arena *arena, Diag *diag);

#endif
