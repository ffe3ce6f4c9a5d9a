/* room: models
 *
 * Rows that no plan can satisfy together, as far as sums tell without a solver: what is agreed beyond
 * what a row allows, floors and conditions that everything there is does not reach, floors that
 * together go beyond a limit. What is found here is certain; what only a search finds is `allot solve`'s
 * to report, with the smallest concession.
 */
#ifndef ALLOT_CONTRADICTIONS_H
#define ALLOT_CONTRADICTIONS_H

#include "allot/rule.h"

/** Can there be any? Without something agreed and without a floor or a reserve the empty plan is one. */
bool round_demands_something(const Round *round);

/** Adds a finding DIAG_CONFLICT for each, with the rows, the amounts and what to lower.
 *  @param rules  of the round's pairs: rule_set_build()
 *  @return STATUS_OK (none), STATUS_FINDINGS, STATUS_NO_MEMORY. */
Status round_contradictions(const Round *round, const PairSet *pairs, const RuleSet *rules,
                            Arena *arena, Diag *diag);

#endif
