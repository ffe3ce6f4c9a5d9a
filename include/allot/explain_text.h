/* room: io
 *
 * Where one need, one offer or one donor stands in a plan, and why: plain English in short paragraphs,
 * for a person to paste into a letter.
 */
#ifndef ALLOT_EXPLAIN_TEXT_H
#define ALLOT_EXPLAIN_TEXT_H

#include "allot/arena.h"
#include "allot/diag.h"
#include "allot/plan.h"
#include "allot/round.h"
#include "allot/status.h"

/** What an id names. Needs, offers and donors are counted apart: one id may name one of each. */
typedef struct ExplainSubject {
    int need;          /* index, or -1 */
    int offer;         /* index, or -1 */
    const char *donor; /* interned, of the donors table or of an offer; or NULL */
    bool all;          /* to be set (false): all offers of a need, and all who have them */
} ExplainSubject;

/** Finds what @p id names in a checked round. An id that names nothing is a finding with the known one
 *  that may be meant. @return STATUS_OK, STATUS_FINDINGS, STATUS_NO_MEMORY. */
Status explain_find(const Round *round, const char *id, Arena *arena, Diag *diag,
                    ExplainSubject *out);

/** Tells of everything that @p subject names: paragraphs with an empty line between them, a line end
 *  behind the last; in @p arena. Reasons are the plan's own.
 *  @return STATUS_OK, STATUS_NO_MEMORY, STATUS_INTERNAL when a sum does not fit int64_t. */
Status explain_text(const Round *round, const Plan *plan, ExplainSubject subject, Arena *arena,
                    const char **text);

#endif
