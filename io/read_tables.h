/* room: io
 *
 * One reader a table: rows of a readable sheet into the round. Private to round_read.c.
 */
#ifndef ALLOT_IO_READ_TABLES_H
#define ALLOT_IO_READ_TABLES_H

#include "allot/status.h"
#include "io/row_reader.h"
#include "io/sheet.h"

/* All: STATUS_OK also with findings, STATUS_NO_MEMORY. Settings must be read and applied first, then
 * rates; the others in any order. */

/** Rows as given; they are applied by round_read(). */
Status read_settings(const Reading *reading, const Sheet *sheet);
Status read_rates(const Reading *reading, const Sheet *sheet);
Status read_donors(const Reading *reading, const Sheet *sheet);
Status read_beneficiaries(const Reading *reading, const Sheet *sheet);
Status read_needs(const Reading *reading, const Sheet *sheet);
Status read_offers(const Reading *reading, const Sheet *sheet);
Status read_pairs(const Reading *reading, const Sheet *sheet);
Status read_commitments(const Reading *reading, const Sheet *sheet);
Status read_rules(const Reading *reading, const Sheet *sheet);
Status read_scenarios(const Reading *reading, const Sheet *sheet);

#endif
