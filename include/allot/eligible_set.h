/* room: models
 *
 * Eligibility as sets: for each need the set of all offers that may serve it, as the intersection of
 * a few bit rows (category, unit, beneficiary, region, tags, window, ...). Says yes exactly where
 * eligibility_bar() finds nothing that bars; what bars the others is eligibility_bar()'s to say.
 *
 * Equal sets are one set, and the sets that occur level off at a few thousand however many needs
 * there are. A set is a row of bits: offer o is bit o % 64 of word o / 64.
 */
#ifndef ALLOT_ELIGIBLE_SET_H
#define ALLOT_ELIGIBLE_SET_H

#include <stdbool.h>
#include <stdint.h>

#include "allot/arena.h"
#include "allot/round.h"
#include "allot/status.h"

typedef struct EligibleSets EligibleSets;

/** Finds the set of every need of a checked round. STATUS_NO_MEMORY possible. */
Status eligible_sets_build(const Round *round, Arena *arena, EligibleSets **out);

/** 64-bit words of a set: (offer_count + 63) / 64, at least 1. */
int eligible_set_words(const EligibleSets *sets);

/** How many different sets there are. Set 0 is the empty one, also where no need has it. */
int eligible_set_count(const EligibleSets *sets);

/** The number of the set of @p need. */
int eligible_set_number(const EligibleSets *sets, int need);

/** The set of this number [eligible_set_words()]; lives as long as @p sets. */
const uint64_t *eligible_set_at(const EligibleSets *sets, int number);

/** May @p offer serve @p need? */
bool eligible_set_has(const EligibleSets *sets, int need, int offer);

/** Needs that share all attributes that eligibility asks for are kin: what bars an offer from one of them
 *  bars it from all, for the same cell (where that is a need's, each for its own).
 *  @return the number of its kin, below eligible_kin_count(); -1 of a need that stands alone: rows of its
 *          own in pairs or commitments, not ready, unknown, an outcome. */
int eligible_kin_number(const EligibleSets *sets, int need);
int eligible_kin_count(const EligibleSets *sets);

/** How many pairs are eligible in all. */
size_t eligible_pair_count(const EligibleSets *sets, const Round *round);

/** How many of them can be given something: the need wants some, and of the offer, what it is paid out of and
 *  the budget behind it something is left.
 *  @param out  written with STATUS_OK; else STATUS_NO_MEMORY */
Status eligible_open_count(const EligibleSets *sets, const Round *round, Arena *arena, size_t *out);

#endif
