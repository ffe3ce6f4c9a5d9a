/* room: io
 *
 * How much of a file is read. Whoever sends more gets a finding that names the limit; nothing is
 * read half. README.md lists these figures for users.
 */
#ifndef ALLOT_IO_LIMITS_H
#define ALLOT_IO_LIMITS_H

#include <stdint.h>

enum {
    ID_LETTERS_MAX = 80,
    NAME_LETTERS_MAX = 200,   /* a name without a row heads columns too: a spreadsheet takes 255 */
    CELL_BYTES_MAX = 1000000, /* of one cell; a longer one is a forgotten quote */
    XML_DEPTH_MAX = 64,
    ZIP_ENTRIES_MAX = 10000,
    ZIP_RATIO_MAX = 200,          /* unpacked to packed bytes, above ZIP_RATIO_FROM */
    ZIP_RATIO_FROM = 1024 * 1024, /* genuine sheets have reached 121 */
    SHEET_ROWS_MAX = 1048576,     /* a spreadsheet's own limits */
    SHEET_COLUMNS_MAX = 16384,
    SHEETS_MAX = 1000,
    WORKBOOK_CELLS_MAX = 10000000, /* filled cells and gaps before them, all sheets together */
    CSV_CELLS_MAX = 100000000,     /* of a CSV file, empty ones too */
    MERGES_MAX = 100000            /* of one sheet */
};

#define PART_BYTES_MAX INT64_C(536870912)   /* unpacked bytes of one part of a workbook: 512 MiB */
#define FILE_BYTES_MAX INT64_C(1073741824)  /* of all parts read, and of a CSV file: 1 GiB */
#define STRING_BYTES_MAX INT64_C(268435456) /* of a workbook's table of strings: 256 MiB */

#endif
