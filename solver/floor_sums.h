/* room: solver
 *
 * Needs of all or nothing under a floor: what they can come to together, which no relaxation knows.
 */
#ifndef ALLOT_SOLVER_FLOOR_SUMS_H
#define ALLOT_SOLVER_FLOOR_SUMS_H

#include "allot/formulation.h"
#include "solver/subset_sums.h"

/** What the lines under one floor can come to, in the smallest parts of its unit. */
typedef struct FloorSums {
    int *needs;     /* [count] of all or nothing, each of whose lines counts alike */
    int64_t *sizes; /* [count] what each comes to, but for rounding */
    size_t count;
    int64_t loose; /* the lines of all other needs together come to no more; INT64_MAX: not known */
    int64_t noise; /* the rounding of lines moves the sum of the sizes by less */
    int64_t most;  /* what is offered lets all lines come to no more; INT64_MAX: not known */
} FloorSums;

/** Can such sums be asked for the rule? It is a floor in amounts. */
bool floor_sums_tell(const Rule *rule);

/** @p split [needs] of those that need not be taken whole (their indivisibility is lifted), or NULL;
 *  @p offers: of the offers' quantities; false: of nothing, most is INT64_MAX.
 *  @return STATUS_OK or STATUS_NO_MEMORY. */
Status floor_sums_of(const Formulation *form, const Rule *rule, const bool *split, bool offers,
                     Arena *arena, FloorSums *out);

/** Is there no plan, as the sums that a floor asks for cannot be reached by any? Proven in integers;
 *  false says nothing. */
Status floor_sums_refute(const Formulation *form, Arena *arena, bool *refuted);

/** The largest sum, no more than @p high, of sizes. Where subset_sums_tell() does not *found is false.
 *  @p chosen [count]. */
Status floor_sums_up_to(const FloorSums *sums, int64_t high, Arena *arena, bool *found,
                        int64_t *sum, bool *chosen);

#endif
