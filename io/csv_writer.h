/* room: io
 *
 * CSV out: UTF-8, comma, point decimals, "\n", quotes only where RFC 4180 or our own reader needs
 * them. A row is its cells in order, then csv_writer_end().
 */
#ifndef ALLOT_IO_CSV_WRITER_H
#define ALLOT_IO_CSV_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "allot/date.h"
#include "allot/unit.h"

enum { CSV_WRITER_BYTES = 4096 };

typedef struct CsvWriter {
    FILE *file;  /* borrowed; its error flag says whether all went well */
    bool in_row; /* a cell was written since the row began */
    size_t used; /* bytes of the row that wait; none between rows */
    char bytes[CSV_WRITER_BYTES];
} CsvWriter;

void csv_writer_text(CsvWriter *out, const char *text);

/** The same, for a file that anybody may open: a text that a spreadsheet would take for a formula, and
 *  carry out on that machine, gets an apostrophe before it. */
void csv_writer_plain(CsvWriter *out, const char *text);

void csv_writer_empty(CsvWriter *out);
void csv_writer_count(CsvWriter *out, long long count);
void csv_writer_flag(CsvWriter *out, bool flag); /* yes, no */

/** An amount in smallest parts, with the unit's decimals (see unit_format()). */
void csv_writer_amount(CsvWriter *out, Unit unit, int64_t amount);

/** The same, or an empty cell when there is no figure. */
void csv_writer_amount_if(CsvWriter *out, bool known, Unit unit, int64_t amount);

/** part / whole with at most 6 decimals, half to even; whole > 0. */
void csv_writer_share(CsvWriter *out, int64_t part, int64_t whole);

/** A day, see date_format(). */
void csv_writer_date(CsvWriter *out, Date date);

/** See number_text(). */
void csv_writer_number(CsvWriter *out, double number);

void csv_writer_end(CsvWriter *out);

/** A row of texts, as headings are. */
void csv_writer_row(CsvWriter *out, const char *const *texts, size_t count);

#endif
