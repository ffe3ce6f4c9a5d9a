/* room: solver
 *
 * What amounts that are taken whole or not at all can come to together.
 */
#ifndef ALLOT_SOLVER_SUBSET_SUMS_H
#define ALLOT_SOLVER_SUBSET_SUMS_H

#include <stdbool.h>
#include <stdint.h>

#include "allot/arena.h"
#include "allot/status.h"

/* Of more amounts nothing is told: two lists of 2^20 sums are 32 MB. */
enum { SUBSET_SUMS_MOST = 40 };

/** The least sum, no less than @p low, of some of @p sizes (above 0, all together below INT64_MAX), by
 *  two sorted lists of the sums of either half (Horowitz and Sahni 1974). *found false: all together are
 *  less than @p low. @p chosen [count] says which. @p count at most SUBSET_SUMS_MOST.
 *  @return STATUS_OK or STATUS_NO_MEMORY. */
Status subset_sum_from(const int64_t *sizes, int count, int64_t low, bool *found, int64_t *sum,
                       bool *chosen);

#endif
