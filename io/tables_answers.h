/* room: io
 *
 * The tables of what was found out about a plan by re-solving.
 */
#ifndef ALLOT_IO_TABLES_ANSWERS_H
#define ALLOT_IO_TABLES_ANSWERS_H

#include "io/tables_internal.h"

/** prices.csv: a row for every thing and stage; rank, its place (table, row, id, column, part), stage,
 *  met and at_most in the stage's measure, value in the reporting currency, how it was found, the needs
 *  that would have more, the thing in words. */
void tables_write_prices(CsvWriter *out, const TablesInput *in);

/** worths.csv: a row for every offer's quantity and donor's budget, and stage: what one more unit is
 *  worth up to which quantity (empty: without end), what one less costs down to which. */
void tables_write_worths(CsvWriter *out, const TablesInput *in);

#endif
