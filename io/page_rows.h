/* room: io
 *
 * The rows of a page's list (Page.list), one after another. They are made when they are asked for:
 * the cells of a list as long as its round would be most of a run's memory.
 */
#ifndef ALLOT_IO_PAGE_ROWS_H
#define ALLOT_IO_PAGE_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "io/report_internal.h"

typedef struct PageRows PageRows;

/** Ready to make the rows of @p page, which has a list; NULL without memory. The report stays as it
 *  is. Ended by page_rows_close(). */
PageRows *page_rows_open(const Page *page, Arena *arena);
void page_rows_close(PageRows *rows); /* NULL is allowed */

/** The cells of a row, [page->list->width] from column 0 on, until the next call. */
const PageCell *page_rows_make(PageRows *rows, size_t index);

/** Height of the row last made, in points; 0 when it takes the one that comes. */
double page_rows_points(const PageRows *rows);

/** False when memory ran short on the way. */
bool page_rows_whole(const PageRows *rows);

#endif
