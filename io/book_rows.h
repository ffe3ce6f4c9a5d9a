/* room: io
 *
 * Long lists of a workbook. Their rows are written as XML straight into the archive, one after
 * another, so that memory does not grow with them and no time goes into sorting what is sorted.
 */
#ifndef ALLOT_IO_BOOK_ROWS_H
#define ALLOT_IO_BOOK_ROWS_H

#include <stdbool.h>

#include "io/book_internal.h"

/** True when the page's list is so long that its rows, but for the first and the last, are left to
 *  book_rows_finish(). */
bool book_rows_are_many(const Page *page);

/** Before the frame is closed: decides the styles that the rows of long lists will have. */
void book_rows_styles(Book *book);

/** Copies the closed workbook @p frame to @p path, with the rows that are missing there. */
lxw_error book_rows_finish(Book *book, const char *frame, const char *path);

#endif
