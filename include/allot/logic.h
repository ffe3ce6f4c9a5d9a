/* room: models
 *
 * What follows from Round.logic for a given plan: which needs are met in full, and whether what they
 * ask of each other holds (C9 to C11).
 */
#ifndef ALLOT_LOGIC_H
#define ALLOT_LOGIC_H

#include <stdbool.h>
#include <stdint.h>

#include "allot/round.h"

/** Which needs are met in full when each is given @p assigned [need_count] (need's smallest parts):
 *  written to @p full [need_count]. Unknown amounts never are; outcomes when all they require is. */
void logic_full(const Round *round, const int64_t *assigned, bool *full);

/** Is everything that @p need requires met in full? */
bool logic_satisfied(const Round *round, int need, const bool *full);

/** The first requirement of @p need that is not, or NULL. */
const Requirement *logic_missing(const Round *round, int need, const bool *full);

/** Does whether @p need is served hang on others: by a bundle, alternatives, or what it requires? */
bool logic_binds(const Round *round, int need);

/** Does any need require it? */
bool logic_is_required(const Round *round, int need);

#endif
