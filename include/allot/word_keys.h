/* room: models
 *
 * Keys of a fixed number of 64-bit words, each stored once and numbered in the order of first sight:
 * what makes equal things of many needs one thing. The numbers do not depend on the hash.
 */
#ifndef ALLOT_WORD_KEYS_H
#define ALLOT_WORD_KEYS_H

#include <stdbool.h>
#include <stdint.h>

#include "allot/arena.h"
#include "allot/status.h"

typedef struct WordKeys {
    Arena *arena;
    int words; /* of a key */
    int count;
    int room;
    uint64_t *keys; /* [count * words] */
    int *slots;     /* [slot_count] a key's number + 1, or 0; a power of two, at most half full */
    int slot_count;
} WordKeys;

/** An empty set. STATUS_NO_MEMORY possible. */
Status word_keys_init(WordKeys *set, int words, Arena *arena);

/** The same with room for so many keys from the start. */
Status word_keys_init_for(WordKeys *set, int words, int expected, Arena *arena);

/** The number of @p key [words], which is the next one when it is new; *added (may be NULL) says so.
 *  STATUS_NO_MEMORY possible. */
Status word_keys_add(WordKeys *set, const uint64_t *key, int *number, bool *added);

#endif
