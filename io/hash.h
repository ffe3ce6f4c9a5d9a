/* room: io
 *
 * SHA-256 of a file's bytes while they pass by: inputs are named in the plan by their hashes.
 */
#ifndef ALLOT_IO_HASH_H
#define ALLOT_IO_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "allot/arena.h"

typedef struct Hash Hash;

/** Starts a hash in @p arena, or NULL without memory. */
Hash *hash_new(Arena *arena);

void hash_add(Hash *hash, const void *bytes, size_t size);

/** The hash of all bytes added as 64 lower-case hex digits in @p arena, or NULL without memory. Ends
 *  the hash. */
const char *hash_text(Hash *hash, Arena *arena);

/** A cheap sum of the bytes and of all before them, whose sum is @p before (0 for none): tells
 *  whether the same pieces came again, not who wrote them. */
uint64_t hash_sum(uint64_t before, const void *bytes, size_t size);

/** The hash of the file at @p path; *text is NULL without memory. False when it cannot be read (errno
 *  says why). */
bool hash_file(const char *path, Arena *arena, const char **text);

#endif
