/* room: models
 *
 * What names that are not known were meant to be, searched once a name: a table may say the same
 * wrong name a million times.
 */
#ifndef ALLOT_MODELS_MEANT_NAMES_H
#define ALLOT_MODELS_MEANT_NAMES_H

#include "allot/names.h"
#include "allot/status.h"
#include "allot/unknown_name.h"

typedef struct MeantNames {
    KnownNames known;
    NameMap *found; /* of known names and those asked before: 1 + index into known, 0 for none */
} MeantNames;

/** Borrows the names, which are interned; the table lies in @p arena. STATUS_NO_MEMORY possible. */
Status meant_names_init(Arena *arena, KnownNames known, MeantNames *out);

/** *meant is the known name that @p name (interned) was meant to be (unknown_name.h); NULL when it
 *  resembles none or is known itself. STATUS_NO_MEMORY possible. */
Status meant_names_find(const MeantNames *names, const char *name, const char **meant);

#endif
