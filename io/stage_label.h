/* room: io
 *
 * What a stage's label in stages.csv says about it. The labels are made where the stages are (see
 * StageResult in plan.h).
 */
#ifndef ALLOT_IO_STAGE_LABEL_H
#define ALLOT_IO_STAGE_LABEL_H

#include <stdbool.h>

#include "allot/plan.h"

/** Fills kind, label (borrowed), tier, rank, basis, unvalued and date. False for no such label. */
bool stage_label_read(const char *label, StageResult *stage);

/** The status with this text, see stage_status_text(). False when there is none. */
bool stage_status_read(const char *text, StageStatus *out);

#endif
