/* room: io
 *
 * The round that a plan is of, by the id that its own files give, held against the round that it is looked at
 * with: a plan of another round may break no rule there, and means nothing.
 */
#ifndef ALLOT_IO_PLAN_ROUND_H
#define ALLOT_IO_PLAN_ROUND_H

#include "allot/diag.h"
#include "allot/round.h"
#include "allot/status.h"

/** What is done with a plan beside a round. */
typedef enum PlanRoundUse {
    PLAN_ROUND_OWN,    /* it is checked, packed, published, closed: it has to be of this round */
    PLAN_ROUND_ON,     /* answers to it are settled, or a need is urgent beside it: likewise */
    PLAN_ROUND_BEFORE, /* its lines count in the stage change alone: that it is of another is noted */
} PlanRoundUse;

/** Is the plan at @p path (workbook or --tables folder) of @p round, as far as both give an id? What cannot be read is
 *  left to whoever reads the plan. @return STATUS_OK, STATUS_FINDINGS with a finding, STATUS_NO_MEMORY. */
Status plan_round_check(const char *path, PlanRoundUse use, const Round *round, Arena *arena,
                        Diag *diag);

#endif
