/* The needs by tier, so that a stage looks at its own tier alone. */
#include "models/verify_internal.h"

enum { DIGIT_BITS = 8, DIGITS = 1 << DIGIT_BITS };

/* The tiers of all needs, and the order they are brought into. */
typedef struct Sort {
    const unsigned *tiers; /* [count] */
    size_t count;
    int *from;
    int *to;
} Sort;

/* One pass of a radix sort, stable; nothing moves where all share this digit. */
static void sort_pass(Sort *s, unsigned shift)
{
    size_t starts[DIGITS + 1] = {0};
    int *sorted = s->to;

    for (size_t i = 0; i < s->count; i++)
        starts[((s->tiers[i] >> shift) & (DIGITS - 1)) + 1]++;
    for (unsigned d = 0; d < DIGITS; d++) {
        if (starts[d + 1] == s->count)
            return;
        starts[d + 1] += starts[d];
    }
    for (size_t i = 0; i < s->count; i++)
        s->to[starts[(s->tiers[s->from[i]] >> shift) & (DIGITS - 1)]++] = s->from[i];
    s->to = s->from;
    s->from = sorted;
}

Status verify_tiers(Verifier *v)
{
    Sort s = {.count = v->round->need_count};
    unsigned *tiers;

    TRY_NEW(tiers = ARENA_NEW(v->arena, s.count, unsigned));
    TRY_NEW(s.from = ARENA_NEW(v->arena, s.count, int));
    TRY_NEW(s.to = ARENA_NEW(v->arena, s.count, int));
    for (size_t n = 0; n < s.count; n++) {
        tiers[n] = (unsigned)v->round->needs[n].tier;
        s.from[n] = (int)n;
    }
    s.tiers = tiers;
    for (unsigned shift = 0; shift < 8 * sizeof(int); shift += DIGIT_BITS)
        sort_pass(&s, shift);
    v->by_tier = s.from;
    return STATUS_OK;
}

/* How many needs are of a tier before this one. */
static size_t count_before(const Verifier *v, unsigned tier)
{
    size_t low = 0;

    for (size_t high = v->round->need_count; low < high;) {
        size_t middle = low + (high - low) / 2;

        if ((unsigned)v->round->needs[v->by_tier[middle]].tier < tier)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t verify_tier(const Verifier *v, int tier, size_t *first)
{
    *first = count_before(v, (unsigned)tier);
    return count_before(v, (unsigned)tier + 1) - *first;
}
