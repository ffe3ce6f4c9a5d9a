/* room: io
 *
 * What a plan is called in what is written about it: the hash over its lines.
 */
#ifndef ALLOT_PLAN_NAME_H
#define ALLOT_PLAN_NAME_H

#include "allot/plan.h"
#include "allot/round.h"

/** The first 16 hex digits of plan_sha256, as summary.csv has it; NULL without memory. */
const char *plan_name(const Round *round, const Plan *plan, Arena *arena);

#endif
