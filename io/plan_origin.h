/* room: io
 *
 * How a plan was decided, as its own files say it: what decided it, what rounding cost, what proves each stage.
 * Of a plan that is read back nothing of that could be found out again.
 */
#ifndef ALLOT_IO_PLAN_ORIGIN_H
#define ALLOT_IO_PLAN_ORIGIN_H

#include "allot/plan_record.h"

/** Keys: of summary.csv; of the sheet Settings, where `engine` is a setting's; of both. */
#define PLAN_ENGINE_KEY "engine"
#define PLAN_DECIDED_KEY "decided_by"
#define PLAN_LOSS_KEY "rounding_loss"
#define PLAN_PROOFS_KEY "stage_proofs"

/** What proves the stages, in their order: "exact*3;search 8400;search": exact, or the search's own, with what is
 *  proven of the relaxation; *N: of N stages in a row. NULL without memory. */
const char *plan_proofs_text(const Plan *plan, Arena *arena);

/** Takes it over into a plan whose lines and round are those that were written: decided_by, rounding_loss and
 *  what proves its stages; nothing where the record has not all of it, or of other stages.
 *  @return STATUS_OK, STATUS_NO_MEMORY. */
Status plan_origin_take(const PlanRecord *record, Arena *arena, Plan *plan);

#endif
