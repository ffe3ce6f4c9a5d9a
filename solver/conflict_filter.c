/* The deletion filter: leaves a thing out for good when the others have no plan without it either.
 *
 * Begins with what the relaxation's dual values lean on (a Farkas certificate of the demands), where
 * that has no plan by itself; leaves out blocks before single things; and goes through the things in
 * two orders, of which the smaller set is kept.
 */
#include "solver/conflict_parts.h"

#include <stdlib.h>
#include <string.h>

typedef struct Filter {
    ConflictLive *live;
    size_t *items; /* [count] lifts still in */
    size_t count;
    bool minimal;
} Filter;

static void lift_all(Filter *f, size_t first, size_t count, bool lifted)
{
    for (size_t k = first; k < first + count; k++)
        live_lift(f->live, f->items[k], lifted);
}

static void drop(Filter *f, size_t first, size_t count)
{
    memmove(f->items + first, f->items + first + count,
            (f->count - first - count) * sizeof *f->items);
    f->count -= count;
}

/** Leaves out every block of so many that is not needed. */
static void sweep(Filter *f, size_t size)
{
    for (size_t first = 0; first < f->count;) {
        size_t count = f->count - first < size ? f->count - first : size;
        lift_all(f, first, count, true);
        LiveAnswer answer = live_ask(f->live, NULL);
        if (answer == LIVE_NO_PLAN) {
            drop(f, first, count);
            continue;
        }
        lift_all(f, first, count, false);
        if (size == 1 && answer == LIVE_UNKNOWN)
            f->minimal = false;
        first += count;
    }
}

static void filter(Filter *f)
{
    f->minimal = true;
    for (size_t size = f->count / 2; size > 1; size = size / 2 < f->count ? size / 2 : f->count)
        sweep(f, size);
    sweep(f, 1);
}

/** Of the things in the present program those that its duals lean on, when they have no plan by
 *  themselves; else all. */
static Status candidates(ConflictLive *live, Filter *f)
{
    size_t count = live->lifts->count;
    bool relaxed, *leans = ARENA_NEW(live->arena, count, bool);
    TRY_NEW(leans);
    LiveAnswer answer = live_ask(live, &relaxed);
    if (answer == LIVE_NO_PLAN && relaxed) {
        live_support(live, leans);
        for (size_t k = 0; k < count; k++)
            if (!leans[k])
                live_lift(live, k, true);
        if (live_ask(live, NULL) != LIVE_NO_PLAN)
            for (size_t k = 0; k < count; k++)
                live_lift(live, k, false);
    }
    for (size_t k = 0; k < count; k++)
        if (!live->lifted[k])
            f->items[f->count++] = k;
    return STATUS_OK;
}

/** The order of the second pass: demands first, so that as few as can be stay, then the others from the
 *  last to the first. */
static void order_demands_first(const ConflictLive *live, const Filter *from, Filter *to)
{
    to->count = 0;
    for (size_t k = 0; k < from->count; k++)
        if (live->demand_of[from->items[k]] >= 0)
            to->items[to->count++] = from->items[k];
    for (size_t k = from->count; k-- > 0;)
        if (live->demand_of[from->items[k]] < 0)
            to->items[to->count++] = from->items[k];
}

static int ascending(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

static Status take(const Filter *f, Arena *arena, Conflict *conflict)
{
    conflict->members = ARENA_NEW(arena, f->count, ConflictMember);
    TRY_NEW(conflict->members);
    qsort(f->items, f->count, sizeof *f->items, ascending);
    for (size_t k = 0; k < f->count; k++)
        conflict->members[k] = (ConflictMember){.lift = f->items[k], .give = GIVE_UNKNOWN};
    conflict->count = f->count;
    conflict->minimal = f->minimal;
    return STATUS_OK;
}

Status conflict_filter(ConflictLive *live, Conflict *conflict)
{
    size_t count = live->lifts->count;
    Filter one = {.live = live, .items = ARENA_NEW(live->arena, count, size_t)};
    Filter two = {.live = live, .items = ARENA_NEW(live->arena, count, size_t)};
    TRY_NEW(one.items);
    TRY_NEW(two.items);
    TRY(candidates(live, &one));
    order_demands_first(live, &one, &two);
    filter(&one);
    lift_all(&two, 0, two.count, false);
    if (one.count > 1)
        filter(&two);
    bool second = one.count > 1 && two.count <= one.count && two.minimal >= one.minimal;
    TRY(take(second ? &two : &one, live->arena, conflict));
    for (size_t k = 0; k < count; k++)
        live_lift(live, k, false);
    return STATUS_OK;
}
