/* room: solver
 *
 * The one clock that searches look at, and only where a person gave them a time: what ends by it may
 * end elsewhere in another run.
 */
#ifndef ALLOT_SOLVER_DEADLINE_H
#define ALLOT_SOLVER_DEADLINE_H

#include <stdbool.h>

/** The moment that is @p seconds from now, in seconds of the monotonic clock; never 0. */
double deadline_in(double seconds);

/** Is it past? 0 never is, and then the clock is not asked. */
bool deadline_is_past(double deadline);

/** Seconds until then, below 0 past it; of 0 nothing to go by. */
double deadline_left(double deadline);

#endif
