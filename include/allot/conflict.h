/* room: io
 *
 * What a person must read when no plan can exist.
 */
#ifndef ALLOT_CONFLICT_H
#define ALLOT_CONFLICT_H

#include <stddef.h>

#include "allot/diag.h"
#include "allot/eligibility.h"
#include "allot/round.h"
#include "allot/rule.h"
#include "allot/solve_result.h"
#include "allot/status.h"

/** Adds a finding for every row that would have to give way, at its place and with by how much; one
 *  for the round when there is none to name.
 *  @return STATUS_NO_PLAN, or STATUS_SOLVER_FAULT when nothing is demanded, so that nothing can be
 *  in conflict. */
Status conflict_report(const Round *round, const PairSet *pairs, const RuleSet *rules,
                       const Concession *concessions, size_t count, Diag *diag);

#endif
