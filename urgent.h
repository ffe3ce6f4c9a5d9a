/* room: front
 *
 * The need that is served before tier 1: named by the command line, or by the plan that answers are given to.
 */
#ifndef ALLOT_URGENT_H
#define ALLOT_URGENT_H

#include "allot/plan_record.h"
#include "session.h"

/** Which need that is, into s->round; @p before is what the plan of --previous says of itself. None with --urgent none.
 *  Answers to a plan that served one first go on serving it, and it is explained so; of a plan before whose answers
 *  nobody asked for, and of another need that is urgent now, it is said that what was urgent is so no more. Call
 *  it between round_check() and formulating.
 *  @return STATUS_OK, STATUS_FINDINGS where the round has no such need, STATUS_NO_MEMORY. */
Status take_urgent(Session *s, const PlanRecord *before);

/** The id of the need that the stages of a plan say was urgent; NULL: none was. */
const char *urgent_of_stages(const StageResult *stages, size_t count);

#endif
