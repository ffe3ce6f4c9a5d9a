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

/* Of so many amounts everything is told; of more where they are multiples of something large. */
enum { SUBSET_SUMS_MOST = 40 };

/** Can the sums of these be told? Of up to SUBSET_SUMS_MOST always (two lists of 2^20 sums are 32 MB), of more
 *  where all together are few million times what divides each of them. */
bool subset_sums_tell(const int64_t *sizes, int count);

/** The least sum, no less than @p low, of some of @p sizes (above 0, all together below INT64_MAX): where their
 *  greatest common divisor leaves few sums, by marking each that is reached (Bellman 1957), else by two
 *  sorted lists of the sums of either half (Horowitz and Sahni 1974). *found false: all together are
 *  less than @p low. @p chosen [count] says which. They must be such as can be told.
 *  @return STATUS_OK or STATUS_NO_MEMORY. */
Status subset_sum_from(const int64_t *sizes, int count, int64_t low, bool *found, int64_t *sum,
                       bool *chosen);

#endif
