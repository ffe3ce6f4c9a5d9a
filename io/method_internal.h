/* room: io
 *
 * The Method sheet's sentences.
 */
#ifndef ALLOT_IO_METHOD_INTERNAL_H
#define ALLOT_IO_METHOD_INTERNAL_H

#include "io/sheets.h"

/** What a stage decides, in one sentence; its value is explained too. */
const char *method_stage_meaning(Report *report, const StageResult *stage);

/** How the plan as a whole was made, in a few sentences. */
const char *method_overview(Report *report);

#endif
