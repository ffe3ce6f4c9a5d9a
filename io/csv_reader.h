/* room: io
 *
 * CSV into a Sheet: text in UTF-8, a known separator, RFC 4180 quotes, any line end. Every finding
 * has the line of the file, and a row's line is where it began. csv_read_file() is for files as they
 * come: it finds out encoding (encoding.h) and separator (csv_form.h) first.
 */
#ifndef ALLOT_IO_CSV_READER_H
#define ALLOT_IO_CSV_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "allot/status.h"
#include "io/sheet.h"

typedef struct CsvReader CsvReader;

/** Starts a text whose first line is line @p first_line of its file; the reader itself lives in
 *  @p target's grid. Ended with csv_reader_free() even after a failure. NULL without memory. */
CsvReader *csv_reader_new(const SheetTarget *target, char separator, int first_line);

/** Takes the text's next @p size bytes, valid UTF-8 without a mark, cut anywhere: the result does not
 *  depend on the cuts. @return STATUS_OK also for malformed CSV; STATUS_NO_MEMORY. */
Status csv_reader_feed(CsvReader *reader, const char *bytes, size_t size);

/** Line of the file that is being read, 1-based. */
int csv_reader_line(const CsvReader *reader);

/** Ends the text: findings about its form are added, sheet->readable is false when there is any.
 *  @p whole is false when the text broke off where a finding says: that it ends there is no fault
 *  then, but the sheet is not readable. @return STATUS_OK, STATUS_NO_MEMORY. */
Status csv_reader_finish(CsvReader *reader, bool whole, Sheet **sheet);

/** Gives back what libcsv holds. NULL is allowed. */
void csv_reader_free(CsvReader *reader);

/** Reads the file at @p path, with the hash of its bytes. @p declared_encoding is the user's word for
 *  files that are neither marked nor UTF-8, or NULL. How it was read is a note, unless that is UTF-8
 *  with commas. @return STATUS_OK (findings possible), STATUS_IO with a finding, STATUS_NO_MEMORY. */
Status csv_read_file(const char *path, const char *declared_encoding, const SheetTarget *target,
                     Sheet **sheet);

/** Version of libcsv, "3.0.3". */
const char *csv_library_version(void);

#endif
