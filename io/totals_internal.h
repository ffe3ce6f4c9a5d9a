/* room: io
 *
 * The steps of totals_build() and what they share.
 */
#ifndef ALLOT_IO_TOTALS_INTERNAL_H
#define ALLOT_IO_TOTALS_INTERNAL_H

#include "io/totals.h"

/** Adds, or says that the sum does not fit. */
bool total_add(int64_t *total, int64_t amount);

/** Sorts by bytes and drops repetitions. @return how many names are left. */
size_t sort_distinct(const char **names, size_t count);

Status totals_value_offers(const Round *round, const Plan *plan, Arena *arena, Totals *totals);
Status totals_add_donors(const Round *round, const Plan *plan, Arena *arena, Totals *totals);

#endif
