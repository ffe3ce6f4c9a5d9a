/* room: io
 *
 * `allot template FILE.xlsx`: an empty round to be filled in.
 */
#ifndef ALLOT_TEMPLATE_H
#define ALLOT_TEMPLATE_H

#include <stdbool.h>

#include "allot/arena.h"
#include "allot/diag.h"
#include "allot/status.h"

/** Writes the workbook at @p path, whole or not at all: a first sheet that says in English,
 *  Ukrainian and Polish how to fill it, then one sheet a table. Equal calls write equal bytes.
 *  @return STATUS_OK, STATUS_IO with a finding, STATUS_NO_MEMORY. */
Status template_write(const char *path, Arena *scratch, Diag *diag);

/** True for the template's sheets that are no tables, the guide and the lists: not read, not
 *  mentioned. Names are folded. */
bool template_is_own_sheet(const char *sheet_name);

/** True when a cell of a row called EXAMPLE holds what the template's own example has there, or
 *  nothing: nobody typed into it. @p table and @p column are the dictionary's names, @p text is a cell
 *  as read: dates in ISO form; numbers count by their value. */
bool template_is_own_example(const char *table, const char *column, const char *text);

#endif
