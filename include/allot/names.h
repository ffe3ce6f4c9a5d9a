/* room: base
 *
 * Names: interning (equal names are equal pointers), folding of headings, the nearest known name.
 */
#ifndef ALLOT_NAMES_H
#define ALLOT_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "allot/arena.h"

/** A set of texts in which every text is stored once. */
typedef struct NameSet NameSet;

NameSet *name_set_new(Arena *arena);

/** The one stored copy of these bytes (below 4 GiB), added when new; NULL only without memory. */
const char *name_intern(NameSet *set, const char *text, size_t length);

/** The stored copy or NULL when the text was never interned. */
const char *name_find(const NameSet *set, const char *text);

/** A map from interned names (by pointer) to small numbers, e.g. id -> row index. */
typedef struct NameMap NameMap;

NameMap *name_map_new(Arena *arena);

/** Adds name -> value unless the name is there already; *added says which. False without memory. */
bool name_map_add(NameMap *map, const char *name, int value, bool *added);

/** The value of @p name, or -1 (also for NULL). */
int name_map_get(const NameMap *map, const char *name);

/** Folds a table or column name: lower case (Latin and Cyrillic letters); '_', hyphens, dashes,
 *  apostrophes and blanks (also tabs, line breaks and non-breaking blanks) removed. Writes at most
 *  @p size bytes with NUL into @p out, whole characters only. */
void name_fold(const char *text, char *out, size_t size);

/** The same lower case with nothing removed. */
void name_lower(const char *text, char *out, size_t size);

/** Edit distance (insert, delete, replace, swap of neighbours) on bytes, case-insensitive in
 *  ASCII; anything above @p limit (at most 64; more counts as 64) is returned as limit + 1. Damerau
 *  1964, restricted form. */
int name_distance(const char *a, const char *b, int limit);

/** The candidate nearest to @p text when it is near enough to be a slip (at most one edit for up to
 *  4 letters, two for up to 8, else three, none but case for a single letter; never the text
 *  itself), else NULL. First of equals. NULL candidates are passed over. */
const char *name_nearest(const char *text, const char *const *candidates, size_t count);

#endif
