/* room: io
 *
 * What a stage's label in stages.csv says about it. The labels are made where the stages are (see
 * StageResult in plan.h).
 */
#ifndef ALLOT_IO_STAGE_LABEL_H
#define ALLOT_IO_STAGE_LABEL_H

#include <stdbool.h>

#include "allot/arena.h"
#include "allot/plan.h"

/** Fills kind, label (borrowed), tier, rank, basis, unvalued and date. False for no such label. */
bool stage_label_read(const char *label, StageResult *stage);

/** The label as people are shown it, "tier 1" in the reader's language; a text that is no label as it is.
 *  NULL without memory. */
const char *stage_label_shown(const char *label, Arena *arena);

/** The label of what stage_label_shown() gives in any language; a text that is none as it is. NULL
 *  without memory. */
const char *stage_label_code(const char *shown, Arena *arena);

/** The status with this text, see stage_status_text(). False when there is none. */
bool stage_status_read(const char *text, StageStatus *out);

#endif
