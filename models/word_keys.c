/* Keys of words in a table of open addressing. */
#include "allot/word_keys.h"

#include <string.h>

enum { FIRST_SLOTS = 256, FIRST_ROOM = 64, EXPECTED_MOST = 1 << 24 };

/** Multiplications by odd numbers and shifts (those of the finisher of MurmurHash3, Appleby 2011). */
static uint64_t hash_of(const uint64_t *key, int words)
{
    uint64_t hash = UINT64_C(0x9E3779B97F4A7C15);
    for (int w = 0; w < words; w++) {
        hash = (hash ^ key[w]) * UINT64_C(0xFF51AFD7ED558CCD);
        hash ^= hash >> 32;
    }
    hash *= UINT64_C(0xC4CEB9FE1A85EC53);
    return hash ^ hash >> 29;
}

static bool same_key(const uint64_t *a, const uint64_t *b, int words)
{
    for (int w = 0; w < words; w++)
        if (a[w] != b[w])
            return false;
    return true;
}

Status word_keys_init_for(WordKeys *set, int words, int expected, Arena *arena)
{
    *set =
        (WordKeys){.arena = arena, .words = words, .room = FIRST_ROOM, .slot_count = FIRST_SLOTS};
    while (set->room < expected && set->room < EXPECTED_MOST)
        set->room *= 2;
    while (set->slot_count / 2 < set->room)
        set->slot_count *= 2;
    set->keys = ARENA_NEW(arena, (size_t)set->room * (size_t)words, uint64_t);
    set->slots = ARENA_NEW(arena, (size_t)set->slot_count, int);
    TRY_NEW(set->keys);
    TRY_NEW(set->slots);
    return STATUS_OK;
}

Status word_keys_init(WordKeys *set, int words, Arena *arena)
{
    return word_keys_init_for(set, words, 0, arena);
}

/** The slot that holds this key, or the empty one where it belongs. */
static int slot_of(const WordKeys *set, const uint64_t *key)
{
    size_t mask = (size_t)set->slot_count - 1, words = (size_t)set->words;
    size_t slot = (size_t)hash_of(key, set->words) & mask;
    while (set->slots[slot] != 0 &&
           !same_key(set->keys + (size_t)(set->slots[slot] - 1) * words, key, set->words))
        slot = (slot + 1) & mask;
    return (int)slot;
}

static Status make_room(WordKeys *set)
{
    if (set->count == set->room) {
        size_t words = (size_t)set->words, count = (size_t)set->count;
        set->keys =
            arena_grow(set->arena, set->keys, count * words, count * 2 * words, sizeof *set->keys);
        TRY_NEW(set->keys);
        set->room *= 2;
    }
    if (set->count * 2 < set->slot_count)
        return STATUS_OK;
    set->slot_count *= 2;
    set->slots = ARENA_NEW(set->arena, (size_t)set->slot_count, int);
    TRY_NEW(set->slots);
    for (int i = 0; i < set->count; i++)
        set->slots[slot_of(set, set->keys + (size_t)i * (size_t)set->words)] = i + 1;
    return STATUS_OK;
}

Status word_keys_add(WordKeys *set, const uint64_t *key, int *number, bool *added)
{
    int slot = slot_of(set, key);
    bool is_new = set->slots[slot] == 0;
    if (is_new) {
        int slots = set->slot_count;
        TRY(make_room(set));
        if (set->slot_count != slots)
            slot = slot_of(set, key);
        memcpy(set->keys + (size_t)set->count * (size_t)set->words, key,
               (size_t)set->words * sizeof *key);
        set->slots[slot] = ++set->count;
    }
    if (added != NULL)
        *added = is_new;
    *number = set->slots[slot] - 1;
    return STATUS_OK;
}
