/* Two lists of sums in order, one walked up and one walked down. */
#include "solver/subset_sums.h"

typedef struct Sum {
    int64_t value;
    uint32_t members; /* bits, from the half's first */
} Sum;

/** The sums of all subsets in ascending order: with each size those so far are merged with themselves,
 *  raised by it. NULL: no memory. */
static Sum *sums_of(const int64_t *sizes, int count, Arena *arena)
{
    size_t most = (size_t)1 << count, have = 1;
    Sum *now = ARENA_NEW(arena, most, Sum), *next = ARENA_NEW(arena, most, Sum);
    if (now == NULL || next == NULL)
        return NULL;
    now[0] = (Sum){0, 0};
    for (int i = 0; i < count; i++) {
        size_t without = 0, with = 0;
        for (size_t k = 0; k < 2 * have; k++) {
            bool raises =
                without == have || (with < have && now[with].value + sizes[i] < now[without].value);
            next[k] = raises
                          ? (Sum){now[with].value + sizes[i], now[with].members | (uint32_t)1 << i}
                          : now[without];
            with += raises;
            without += !raises;
        }
        Sum *swapped = now;
        now = next;
        next = swapped;
        have *= 2;
    }
    return now;
}

static Status search(const int64_t *sizes, int count, int64_t low, Arena *arena, bool *found,
                     int64_t *sum, bool *chosen)
{
    int half = count / 2;
    size_t a = 0, b = (size_t)1 << (count - half), ends = (size_t)1 << half;
    const Sum *up = sums_of(sizes, half, arena), *down = sums_of(sizes + half, count - half, arena);
    Sum best_up = {0, 0}, best_down = {0, 0};
    TRY_NEW(up);
    TRY_NEW(down);
    *found = false;
    /* of each sum of the first half the least of the second that is enough: it moves down as that moves up */
    for (; a < ends; a++) {
        while (b > 0 && up[a].value + down[b - 1].value >= low) {
            b--;
            if (!*found || up[a].value + down[b].value < *sum) {
                *found = true;
                *sum = up[a].value + down[b].value;
                best_up = up[a];
                best_down = down[b];
            }
        }
    }
    for (int i = 0; i < count; i++)
        chosen[i] =
            *found && (i < half ? best_up.members >> i & 1 : best_down.members >> (i - half) & 1);
    return STATUS_OK;
}

Status subset_sum_from(const int64_t *sizes, int count, int64_t low, bool *found, int64_t *sum,
                       bool *chosen)
{
    Arena *scratch = arena_new();
    TRY_NEW(scratch);
    Status status = search(sizes, count, low, scratch, found, sum, chosen);
    arena_free(scratch);
    return status;
}
