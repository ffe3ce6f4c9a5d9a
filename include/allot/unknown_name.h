/* room: base
 *
 * A name that is not known: which known one may be meant, and how that is said.
 */
#ifndef ALLOT_UNKNOWN_NAME_H
#define ALLOT_UNKNOWN_NAME_H

#include <stddef.h>

#include "allot/diag.h"

/** Names to point at, for "did you mean". */
typedef struct KnownNames {
    const char *const *names;
    size_t count;
} KnownNames;

/** The known name that @p text may mean: one that looks the same in another alphabet, else the
 *  nearest (name_nearest()); NULL when there is none. A text of 2 or 3 letters means a name that
 *  differs in capitals alone: DE is no slip for EE. */
const char *name_meant(const char *text, KnownNames known);

/** Adds a finding about an unknown name with the one that may be meant:
 *  "WHAT 'text' is not known; did you mean 'near'?", else with the first of those that are known. */
void diag_unknown_name(Diag *diag, DiagCode code, DiagPlace place, const char *what,
                       const char *text, KnownNames known);

/** The same about a name that should have a row in @p table, with that way out: DIAG_ID_UNKNOWN. */
void diag_unlisted_name(Diag *diag, DiagPlace place, const char *what, const char *table,
                        const char *text, KnownNames known);

#endif
