/* room: front
 *
 * A round whose amounts could be kept if they might be split, but for which no plan in whole steps was
 * found: which floor, reserve or commitment has to give way, and by how little.
 */
#ifndef ALLOT_STEPS_CONCESSION_H
#define ALLOT_STEPS_CONCESSION_H

#include "session.h"

/** Decides the round again with one demand lowered by a few smallest parts, one after another (that of the
 *  broken rule first), until there is a plan: then adds a finding at that demand's row (DIAG_CONCESSION).
 *  @param[out] found  false: none of them is enough alone, or the limits of this search were reached.
 *  @return STATUS_OK, STATUS_NO_MEMORY. */
Status concede_steps(Session *s, bool *found);

/** Makes what is conceded and decides the round: where no plan in whole steps comes of it, one of the
 *  concessions grows by a few smallest parts, if that is enough. A round of very many pairs is not tried.
 *  @param[out] holds  with them there is a plan, for all that was tried.
 *  @return STATUS_OK, STATUS_NO_MEMORY. */
Status try_concessions(Session *s, Conflicts *conflicts, bool *holds);

#endif
