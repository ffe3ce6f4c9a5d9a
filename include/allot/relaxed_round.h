/* room: models
 *
 * A round without its rules of all or nothing, as a round of money in one currency: what is left of it
 * is a network, and whatever a plan of the round reaches, this round reaches too. Its optimum bounds
 * the round's own, stage by stage; its plan is where a search in whole steps begins.
 *
 * A pair over which nothing can go, such as one of a need that asks for less than the offer's ticket, is
 * barred. Dropped: least amounts, indivisibility, tickets, counts, prerequisites, bundles, fees, limits,
 * floors, reserves and commitments. Needs and offers keep their places, so that an index means the
 * same in both. Amounts become their value in the reporting currency, rounded so that nothing gets
 * tighter.
 */
#ifndef ALLOT_RELAXED_ROUND_H
#define ALLOT_RELAXED_ROUND_H

#include "allot/formulation.h"

/** Builds the relaxation of @p form's round. *fits is false where it has no such bound: needs without
 *  value, another measure than value, outcomes, alternatives, uses of single pairs.
 *  @return STATUS_OK, STATUS_NO_MEMORY. */
Status relaxed_round_build(const Formulation *form, Arena *arena, Round *out, bool *fits);

#endif
