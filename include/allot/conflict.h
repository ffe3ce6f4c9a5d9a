/* room: io
 *
 * What a person must read when no plan can exist.
 */
#ifndef ALLOT_CONFLICT_H
#define ALLOT_CONFLICT_H

#include "allot/diag.h"
#include "allot/solve_result.h"
#include "allot/status.h"

/** Adds, conflict by conflict, a finding at every row that stands in it (DIAG_CONFLICT for floors,
 *  reserves and commitments, DIAG_CONFLICT_WITH for what they collide with): what the row says, in
 *  amounts, and by how much it alone would have to give way; then the cheapest concession
 *  (DIAG_CONCESSION); one for the round when there is nothing to name.
 *  @return STATUS_NO_PLAN, STATUS_NO_MEMORY, or STATUS_SOLVER_FAULT when nothing is demanded, so that
 *  nothing can be in conflict. */
Status conflict_report(const Conflicts *conflicts, Arena *arena, Diag *diag);

/** Amounts that may be split keep every rule, but none was found in whole steps: adds a finding at the
 *  row of @p result->broken that says by how much (DIAG_CONFLICT). @param conceded  what gives way instead is
 *  said elsewhere: conflict_report_concession().
 *  @return STATUS_NO_PLAN, STATUS_NO_MEMORY. */
Status conflict_report_steps(const Formulation *form, const SolveResult *result, bool conceded,
                             Arena *arena, Diag *diag);

/** The concessions alone, where no conflict is proven. @return STATUS_OK, STATUS_NO_MEMORY. */
Status conflict_report_concessions(const Conflicts *conflicts, Arena *arena, Diag *diag);

/** A demand that was lowered by so much, alone, and then there was a plan: adds a finding at its row
 *  (DIAG_CONCESSION). @return STATUS_OK, STATUS_NO_MEMORY. */
Status conflict_report_concession(DiagPlace place, Unit unit, int64_t amount, Arena *arena,
                                  Diag *diag);

#endif
