/* room: io
 *
 * CSV into a Sheet: UTF-8, commas, RFC 4180 quotes, any line end. Every finding has the line of the
 * file, and a row's line is where it began.
 */
#ifndef ALLOT_IO_CSV_READER_H
#define ALLOT_IO_CSV_READER_H

#include <stddef.h>

#include "allot/status.h"
#include "io/sheet.h"

enum { CSV_CELL_BYTES_MAX = 1000000 }; /* a longer cell is a forgotten quote */

typedef struct CsvReader CsvReader;

/** Starts a file; the reader itself lives in @p target's grid. Ended with csv_reader_free() even
 *  after a failure. NULL without memory. */
CsvReader *csv_reader_new(const SheetTarget *target);

/** Takes the file's next @p size bytes, cut anywhere: the result does not depend on the cuts.
 *  @return STATUS_OK also for malformed bytes; STATUS_NO_MEMORY. */
Status csv_reader_feed(CsvReader *reader, const char *bytes, size_t size);

/** Ends the file: findings about its form are added, sheet->readable is false when there is any.
 *  @return STATUS_OK, STATUS_NO_MEMORY. */
Status csv_reader_finish(CsvReader *reader, Sheet **sheet);

/** Gives back what libcsv holds. NULL is allowed. */
void csv_reader_free(CsvReader *reader);

/** Reads the file at @p path, with the hash of its bytes.
 *  @return STATUS_OK (findings possible), STATUS_IO with a finding, STATUS_NO_MEMORY. */
Status csv_read_file(const char *path, const SheetTarget *target, Sheet **sheet);

/** Version of libcsv, "3.0.3". */
const char *csv_library_version(void);

#endif
