/* Names: a set that stores every text once, a map from such texts to row numbers, and the slips of
 * the finger between a name and the known ones. Folding is fold.c.
 *
 * Called by the readers and checks. Set and map own tables in the caller's arena; outgrown tables
 * stay there until the arena ends. Both hash the bytes of a name, never its address, so that equal
 * input takes equal steps; and nobody can walk through them, so no result depends on their order.
 */
#include "allot/names.h"

#include <stdint.h>
#include <string.h>

enum {
    FIRST_SLOTS = 64, /* a power of two, as every later size */
    DISTANCE_LIMIT_MAX = 64
};

/* FNV-1a, 64 bits (Fowler, Noll, Vo), folded to 32 so that slots stay small. */
static uint32_t hash_bytes(const char *text, size_t length)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < length; i++) {
        hash ^= (unsigned char)text[i];
        hash *= UINT64_C(1099511628211);
    }
    return (uint32_t)(hash ^ hash >> 32);
}

/* ---- the set -------------------------------------------------------------------------------- */

typedef struct SetSlot {
    const char *text; /* NULL: free */
    uint32_t length;
    uint32_t hash;
} SetSlot;

struct NameSet {
    Arena *arena;
    SetSlot *slots;
    size_t slot_count;
    size_t used;
};

NameSet *name_set_new(Arena *arena)
{
    NameSet *set = ARENA_NEW(arena, 1, NameSet);
    if (set == NULL)
        return NULL;
    set->arena = arena;
    set->slot_count = FIRST_SLOTS;
    set->slots = ARENA_NEW(arena, set->slot_count, SetSlot);
    return set->slots != NULL ? set : NULL;
}

/* The slot that holds these bytes or, when none does, the free one where they belong. There is
 * always a free one: tables are at most three quarters full. */
static SetSlot *find_set_slot(SetSlot *slots, size_t slot_count, const char *text, size_t length,
                              uint32_t hash)
{
    size_t i = hash & (slot_count - 1);
    while (slots[i].text != NULL && (slots[i].hash != hash || slots[i].length != length ||
                                     memcmp(slots[i].text, text, length) != 0))
        i = (i + 1) & (slot_count - 1);
    return &slots[i];
}

static bool grow_set(NameSet *set)
{
    size_t slot_count = 2 * set->slot_count;
    SetSlot *slots = ARENA_NEW(set->arena, slot_count, SetSlot);
    if (slots == NULL)
        return false;
    for (size_t i = 0; i < set->slot_count; i++) {
        const SetSlot *old = &set->slots[i];
        if (old->text != NULL)
            *find_set_slot(slots, slot_count, old->text, old->length, old->hash) = *old;
    }
    set->slots = slots;
    set->slot_count = slot_count;
    return true;
}

const char *name_intern(NameSet *set, const char *text, size_t length)
{
    if (length > UINT32_MAX) /* the slots have no room for it, and no cell is so long */
        return NULL;
    uint32_t hash = hash_bytes(text, length);
    SetSlot *slot = find_set_slot(set->slots, set->slot_count, text, length, hash);
    if (slot->text != NULL)
        return slot->text;
    if (4 * (set->used + 1) > 3 * set->slot_count) {
        if (!grow_set(set))
            return NULL;
        slot = find_set_slot(set->slots, set->slot_count, text, length, hash);
    }
    const char *copy = arena_text(set->arena, text, length);
    if (copy == NULL)
        return NULL;
    *slot = (SetSlot){copy, (uint32_t)length, hash};
    set->used++;
    return copy;
}

const char *name_find(const NameSet *set, const char *text)
{
    size_t length = strlen(text);
    return find_set_slot(set->slots, set->slot_count, text, length, hash_bytes(text, length))->text;
}

/* ---- the map -------------------------------------------------------------------------------- */

typedef struct MapSlot {
    const char *name; /* NULL: free */
    uint32_t hash;
    int value;
} MapSlot;

struct NameMap {
    Arena *arena;
    MapSlot *slots;
    size_t slot_count;
    size_t used;
};

NameMap *name_map_new(Arena *arena)
{
    NameMap *map = ARENA_NEW(arena, 1, NameMap);
    if (map == NULL)
        return NULL;
    map->arena = arena;
    map->slot_count = FIRST_SLOTS;
    map->slots = ARENA_NEW(arena, map->slot_count, MapSlot);
    return map->slots != NULL ? map : NULL;
}

static MapSlot *find_map_slot(MapSlot *slots, size_t slot_count, const char *name, uint32_t hash)
{
    size_t i = hash & (slot_count - 1);
    while (slots[i].name != NULL && slots[i].name != name)
        i = (i + 1) & (slot_count - 1);
    return &slots[i];
}

static bool grow_map(NameMap *map)
{
    size_t slot_count = 2 * map->slot_count;
    MapSlot *slots = ARENA_NEW(map->arena, slot_count, MapSlot);
    if (slots == NULL)
        return false;
    for (size_t i = 0; i < map->slot_count; i++) {
        const MapSlot *old = &map->slots[i];
        if (old->name != NULL)
            *find_map_slot(slots, slot_count, old->name, old->hash) = *old;
    }
    map->slots = slots;
    map->slot_count = slot_count;
    return true;
}

bool name_map_add(NameMap *map, const char *name, int value, bool *added)
{
    uint32_t hash = hash_bytes(name, strlen(name));
    MapSlot *slot = find_map_slot(map->slots, map->slot_count, name, hash);
    *added = slot->name == NULL;
    if (!*added)
        return true;
    if (4 * (map->used + 1) > 3 * map->slot_count) {
        if (!grow_map(map)) {
            *added = false;
            return false;
        }
        slot = find_map_slot(map->slots, map->slot_count, name, hash);
    }
    *slot = (MapSlot){name, hash, value};
    map->used++;
    return true;
}

int name_map_get(const NameMap *map, const char *name)
{
    if (name == NULL)
        return -1;
    uint32_t hash = hash_bytes(name, strlen(name));
    const MapSlot *slot = find_map_slot(map->slots, map->slot_count, name, hash);
    return slot->name != NULL ? slot->value : -1;
}

/* ---- slips of the finger -------------------------------------------------------------------- */

/* ASCII only, whatever the locale says. */
static unsigned char lower(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

/* Three rows of the matrix of distances between beginnings, reduced to the band |j - i| <= limit,
 * outside of which no distance is within the limit. Cell k of row i belongs to j = i + k - limit. */
typedef struct Band {
    const char *a;
    const char *b;
    int b_length;
    int limit;
    int rows[3][2 * DISTANCE_LIMIT_MAX + 3];
} Band;

static int band_cell(const Band *band, int i, int k)
{
    const int *above = band->rows[(i + 2) % 3];
    const int *two_above = band->rows[(i + 1) % 3];
    const int *here = band->rows[i % 3];
    int far = band->limit + 1;
    int j = i + k - band->limit;
    if (j < 0 || j > band->b_length)
        return far;
    if (i == 0 || j == 0)
        return smaller(i + j, far);
    unsigned char x = lower(band->a[i - 1]);
    unsigned char y = lower(band->b[j - 1]);
    int best = above[k] + (x != y ? 1 : 0);
    if (k < 2 * band->limit)
        best = smaller(best, above[k + 1] + 1);
    if (k > 0)
        best = smaller(best, here[k - 1] + 1);
    if (i > 1 && j > 1 && x == lower(band->b[j - 2]) && y == lower(band->a[i - 2]))
        best = smaller(best, two_above[k] + 1);
    return smaller(best, far);
}

int name_distance(const char *a, const char *b, int limit)
{
    limit = smaller(limit, DISTANCE_LIMIT_MAX);
    size_t a_length = strlen(a);
    size_t b_length = strlen(b);
    size_t apart = a_length > b_length ? a_length - b_length : b_length - a_length;
    if (apart > (size_t)limit || a_length > INT32_MAX / 2 || b_length > INT32_MAX / 2)
        return limit + 1;
    Band band = {.a = a, .b = b, .b_length = (int)b_length, .limit = limit};
    int last_best = 0;
    for (int i = 0; i <= (int)a_length; i++) {
        int best = limit + 1;
        for (int k = 0; k <= 2 * limit; k++) {
            band.rows[i % 3][k] = band_cell(&band, i, k);
            best = smaller(best, band.rows[i % 3][k]);
        }
        /* A swap reaches over one row, so two rows out of reach end it. */
        if (best > limit && last_best > limit)
            return limit + 1;
        last_best = best;
    }
    return band.rows[a_length % 3][(int)b_length - (int)a_length + limit];
}

const char *name_nearest(const char *text, const char *const *candidates, size_t count)
{
    size_t length = strlen(text);
    int limit = length <= 4 ? 1 : length <= 8 ? 2 : 3;
    if (length < 2)
        limit = 0; /* another letter altogether is no slip */
    const char *nearest = NULL;
    for (size_t i = 0; i < count && limit >= 0; i++) {
        if (candidates[i] == NULL || strcmp(candidates[i], text) == 0)
            continue;
        int distance = name_distance(text, candidates[i], limit);
        if (distance <= limit) {
            nearest = candidates[i];
            limit = distance - 1;
        }
    }
    return nearest;
}
