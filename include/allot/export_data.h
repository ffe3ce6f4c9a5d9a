/* room: io
 *
 * A round as data for models/allocation.mod, the same model in GNU MathProg: one stage to decide,
 * those before it at the levels reached.
 */
#ifndef ALLOT_EXPORT_DATA_H
#define ALLOT_EXPORT_DATA_H

#include <stddef.h>

#include "allot/arena.h"
#include "allot/eligibility.h"
#include "allot/round.h"
#include "allot/rule.h"
#include "allot/solve_result.h"
#include "allot/status.h"

/** The stage to write, and what those before it came to. */
typedef struct ExportStage {
    const char *label;        /* NULL: the first */
    const StageLevel *levels; /* [count] found by their labels */
    size_t count;
} ExportStage;

/** Every stage of a round in the order decided, by the round's tables alone: its labels, in
 *  *labels [*count], each rank of a fairness counted. STATUS_NO_MEMORY possible. */
Status export_data_stages(const Round *round, const PairSet *pairs, Arena *arena,
                          const char *const **labels, size_t *count);

/** Writes the data of one stage. A level that is missing counts as 0, or, of a fairness rank, as the
 *  rank before it (equal ranks are not listed).
 *  @return STATUS_OK, STATUS_IO when @p path cannot be written to its end, STATUS_USAGE when there
 *  is no such stage, STATUS_INTERNAL for a figure that does not fit, STATUS_NO_MEMORY. */
Status export_data_write(const char *path, const Round *round, const PairSet *pairs,
                         const RuleSet *rules, const ExportStage *stage, Arena *arena);

#endif
