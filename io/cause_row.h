/* room: io
 *
 * What the row behind a cause says, as a clause: "Denmark gives at most 30% of one need (donors DK,
 * max_share)".
 */
#ifndef ALLOT_IO_CAUSE_ROW_H
#define ALLOT_IO_CAUSE_ROW_H

#include "allot/causes.h"
#include "allot/plan.h"
#include "allot/round.h"
#include "io/prose.h"

/** In place of a need: the clause is for many, and names no need as "it". */
enum { CAUSE_OF_MANY = -1 };

/** For any cause but HIGHER_TIERS and EQUALS, which have no row; for many needs only what
 *  stands in another table than needs. A piece in the prose's arena. */
const char *cause_row(Prose *prose, const Round *round, const Plan *plan, int need,
                      const Cause *cause);

/** The donor's name, or its id where no row of the donors table names it. */
const char *cause_donor(const Round *round, const char *donor);

#endif
