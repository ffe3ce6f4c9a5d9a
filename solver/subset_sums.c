/* Every sum that is reached, marked by a bit; or two lists of sums in order, one walked up and one walked
 * down.
 */
#include "solver/subset_sums.h"

/* Sums marked at most; so few that marking is quicker than two lists in any case; words looked at. */
enum { MARKS_MOST = 1 << 22, MARKS_FEW = 1 << 19, WORD = 64 };
static const int64_t MARK_WORK = 1 << 24;

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

static Status search_lists(const int64_t *sizes, int count, int64_t low, Arena *arena, bool *found,
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

/* ---- marks -------------------------------------------------------------------------------------- */

/** The greatest common divisor of all, and how many times it they come to; 0 of none. */
static int64_t divisor_of(const int64_t *sizes, int count, int64_t *times)
{
    int64_t divisor = 0, all = 0;
    for (int i = 0; i < count; i++) {
        int64_t a = sizes[i], b = divisor;
        for (; b != 0;) {
            int64_t rest = a % b;
            a = b;
            b = rest;
        }
        divisor = a;
        all += sizes[i];
    }
    *times = divisor > 0 ? all / divisor : 0;
    return divisor;
}

static bool can_mark(int count, int64_t times)
{
    return times < MARKS_MOST && (times / WORD + 1) * count <= MARK_WORK;
}

bool subset_sums_tell(const int64_t *sizes, int count)
{
    int64_t times;
    if (count <= SUBSET_SUMS_MOST)
        return true;
    (void)divisor_of(sizes, count, &times);
    return can_mark(count, times);
}

/** Marks what one more amount reaches, and notes it as the one that did. */
static void mark_more(uint64_t *marks, int *by, int64_t times, int item, int64_t size)
{
    int64_t far = size / WORD;
    int shift = (int)(size % WORD);
    for (int64_t word = times / WORD; word >= far; word--) {
        uint64_t moved = marks[word - far] << shift;
        if (shift > 0 && word > far)
            moved |= marks[word - far - 1] >> (WORD - shift);
        for (uint64_t fresh = moved & ~marks[word]; fresh != 0; fresh &= fresh - 1) {
            int64_t sum = word * WORD + __builtin_ctzll(fresh);
            if (sum <= times)
                by[sum] = item;
        }
        marks[word] |= moved;
    }
}

static Status search_marks(const int64_t *sizes, int count, int64_t low, Arena *arena, bool *found,
                           int64_t *sum, bool *chosen)
{
    int64_t times, divisor = divisor_of(sizes, count, &times);
    uint64_t *marks = ARENA_NEW(arena, (size_t)(times / WORD + 1), uint64_t);
    int *by = ARENA_NEW(arena, (size_t)times + 1, int);
    int64_t at = low <= 0 ? 0 : low / divisor + (low % divisor != 0);
    TRY_NEW(marks);
    TRY_NEW(by);
    marks[0] = 1;
    for (int i = 0; i < count; i++) {
        mark_more(marks, by, times, i, sizes[i] / divisor);
        chosen[i] = false;
    }
    while (at <= times && (marks[at / WORD] >> at % WORD & 1) == 0)
        at++;
    *found = at <= times;
    *sum = at * divisor;
    /* what a sum was reached from was reached before, by amounts before this one */
    for (; *found && at > 0; at -= sizes[by[at]] / divisor)
        chosen[by[at]] = true;
    return STATUS_OK;
}

Status subset_sum_from(const int64_t *sizes, int count, int64_t low, bool *found, int64_t *sum,
                       bool *chosen)
{
    int64_t times, divisor = divisor_of(sizes, count, &times);
    Arena *scratch = arena_new();
    TRY_NEW(scratch);
    bool marks =
        divisor > 0 && can_mark(count, times) && (count > SUBSET_SUMS_MOST || times < MARKS_FEW);
    Status status = marks ? search_marks(sizes, count, low, scratch, found, sum, chosen)
                          : search_lists(sizes, count, low, scratch, found, sum, chosen);
    arena_free(scratch);
    return status;
}
