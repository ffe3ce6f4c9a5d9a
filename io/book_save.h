/* room: io
 *
 * What every workbook written has in common: it is whole or absent, its numbers have points under any
 * locale, and its colours.
 */
#ifndef ALLOT_IO_BOOK_SAVE_H
#define ALLOT_IO_BOOK_SAVE_H

#include <stdbool.h>

#include <xlsxwriter.h>

#include "allot/arena.h"
#include "allot/diag.h"
#include "allot/status.h"

/** One accent, dark on white, thin lines. */
enum {
    COLOR_ACCENT = 0x1F4E79,
    COLOR_TEXT = 0x262626,
    COLOR_LINE = 0xBFC8D2,
    COLOR_HEAD = 0xE7EDF4
};

void book_set_font(lxw_format *format, double size, int color, bool bold);

/** The spreadsheet's own short date: shown as the reader's system shows dates. */
void book_set_short_date(lxw_format *format);

/** Writes a workbook to this path, and closes it. */
typedef lxw_error BookWriter(const void *context, const char *path, Arena *scratch);

/** Lets @p writer write beside @p path, and renames. @p what it is ("workbook") for the finding.
 *  @return STATUS_OK, STATUS_IO with a finding (nothing is left), STATUS_NO_MEMORY. */
Status book_save(const char *path, const char *what, BookWriter *writer, const void *context,
                 Arena *scratch, Diag *diag);

/** Lets @p writer write to @p write_to, a file of a set that is written all or none; findings call it
 *  @p name. @return STATUS_OK, STATUS_IO with a finding, STATUS_NO_MEMORY; the set is then to be abandoned. */
Status book_save_to(const char *write_to, const char *name, const char *what, BookWriter *writer,
                    const void *context, Arena *scratch, Diag *diag);

#endif
