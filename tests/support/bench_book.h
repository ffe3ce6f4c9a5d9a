/* A report through libxlsxwriter as it comes: cell by cell, strings shared, the whole held until it is
 * closed. What `allot` writes is measured against this.
 */
#ifndef ALLOT_TEST_BENCH_BOOK_H
#define ALLOT_TEST_BENCH_BOOK_H

#include <stdbool.h>

#include "allot/report.h"

/** Writes every cell of the report's sheets with its format; no charts, tables or page set-up.
 *  False when the library failed. */
bool bench_book_write(const Report *report, const char *path, Arena *scratch);

#endif
