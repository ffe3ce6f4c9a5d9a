/* room: io
 *
 * What stands between the cells of a CSV file: what its "sep=" line says, else what makes most known
 * headings of a line, else what parts the rows most evenly.
 */
#ifndef ALLOT_IO_CSV_FORM_H
#define ALLOT_IO_CSV_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "allot/heading_index.h"

enum {
    CSV_HEAD_BYTES = 64 * 1024, /* of the text are looked at */
    CSV_HEAD_ROWS = 50
};

typedef struct CsvForm {
    char separator;
    bool told;         /* by the file's first line, which is no row then */
    size_t line_bytes; /* of that line with its end; else 0 */
} CsvForm;

/** Looks at the first @p size bytes of a text in UTF-8 without its mark; @p whole when that is all of
 *  it. A comma where nothing speaks for another. */
CsvForm csv_form_find(const char *head, size_t size, bool whole, const HeadingIndex *names);

#endif
