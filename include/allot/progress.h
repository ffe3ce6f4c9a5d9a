/* room: models
 *
 * Somebody who looks on while long work goes on. Nothing that is told changes what is decided.
 */
#ifndef ALLOT_PROGRESS_H
#define ALLOT_PROGRESS_H

#include <stddef.h>

typedef struct Progress {
    /** @p what is borrowed for the call: "tier 2", "N-017". */
    void (*tell)(struct Progress *progress, const char *doing, const char *what);
} Progress;

/** Tells, where somebody looks on (@p progress may be NULL). @p doing: "deciding", "asking why of". */
static inline void progress_tell(Progress *progress, const char *doing, const char *what)
{
    if (progress != NULL)
        progress->tell(progress, doing, what);
}

#endif
