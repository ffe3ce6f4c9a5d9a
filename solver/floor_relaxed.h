/* room: solver
 *
 * Floors over needs of all or nothing against all other rows of the round, which the relaxation knows.
 */
#ifndef ALLOT_SOLVER_FLOOR_RELAXED_H
#define ALLOT_SOLVER_FLOOR_RELAXED_H

#include "allot/formulation.h"
#include "solver/backend.h"

/** The most that the @p row of a floor comes to within the backend's bounds, relaxed, in the smallest parts of
 *  the rule's unit. *solved false: nothing keeps these bounds. The objective is another one afterwards.
 *  @return STATUS_OK, STATUS_NO_MEMORY. */
Status floor_relaxed_most(Backend *backend, const Lp *lp, int row, const Rule *rule, Arena *scratch,
                          bool *solved, int64_t *most);

/** Is there no plan, as between what a floor asks for and that most no sum lies of what needs of all or nothing
 *  come to? One solve from nothing a floor of which sums can be told. Needs the guard.
 *  @return STATUS_OK, STATUS_NO_MEMORY. */
Status floor_relaxed_refute(const Formulation *form, Arena *arena, bool *refuted);

#endif
