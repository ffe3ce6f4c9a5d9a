/* room: io
 *
 * The tables that are written when a ledger is given; in->ledger must be there.
 */
#ifndef ALLOT_IO_TABLES_LEDGER_H
#define ALLOT_IO_TABLES_LEDGER_H

#include "io/tables_internal.h"

/** bridge.csv: from the last total to this one, a row a difference; each column adds up by itself. */
void tables_write_bridge(CsvWriter *out, const TablesInput *in);

/** cliff.csv: what ends when, and what of the same kind goes on. */
void tables_write_cliff(CsvWriter *out, const TablesInput *in);

/** cumulative.csv: beneficiaries and donors over all rounds. */
void tables_write_cumulative(CsvWriter *out, const TablesInput *in);

/** lapsing.csv: capacity that is lost unless it is used, or paid, by a day. */
void tables_write_lapsing(CsvWriter *out, const TablesInput *in);

#endif
