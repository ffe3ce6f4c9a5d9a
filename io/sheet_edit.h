/* room: io
 *
 * A sheet that says something else than its file: cells changed, rows taken out. The sheet that was
 * read stays as it is; rows that do not change are shared with it.
 */
#ifndef ALLOT_IO_SHEET_EDIT_H
#define ALLOT_IO_SHEET_EDIT_H

#include "io/sheet.h"

/** A copy of @p sheet to be edited, in @p arena, without the rows for which @p gone ([row_count]) says
 *  true. @return STATUS_OK, STATUS_NO_MEMORY. */
Status sheet_edit_begin(const Sheet *sheet, const bool *gone, Arena *arena, Sheet **edited);

/** Adds an empty row behind all others, in their order of lines; its index goes to *row. */
Status sheet_edit_row(Sheet *edited, Arena *arena, size_t *row);

/** Adds a column that the file has not, with empty cells; its index goes to *column. */
Status sheet_edit_column(Sheet *edited, const char *heading, Arena *arena, size_t *column);

/** Gives a cell another text, which must outlive the sheet; findings about it stand at @p place. Rows
 *  come in ascending order; of two edits of a cell the later counts. */
Status sheet_edit_cell(Sheet *edited, size_t row, size_t column, Cell cell, DiagPlace place,
                       Arena *arena);

#endif
