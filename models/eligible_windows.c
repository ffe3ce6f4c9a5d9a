/* Windows as rows of offers. A need and a chain of offers have a day in common exactly when the
 * later of their first days is not after the earlier of their last days, that is when each of the
 * four pairs of a first and a last day is in order: the need's own, the chain's own, and the two
 * across. The two across are rows, one a distinct day of the offers.
 */
#include <stdlib.h>

#include "models/eligible_rows.h"

typedef struct Window {
    int64_t from, to; /* first and last day, lead included; INT64_MIN and INT64_MAX: open */
} Window;

static Window chain_window(const Round *round, size_t offer_index)
{
    Window window = {INT64_MIN, INT64_MAX};
    for (int o = (int)offer_index; o >= 0; o = round->offers[o].parent_row) {
        const Offer *offer = &round->offers[o];
        int64_t from = (int64_t)offer->valid_from + offer->lead_days;
        int64_t to = (int64_t)offer->valid_to + offer->lead_days;
        if (offer->valid_from != DATE_NONE && from > window.from)
            window.from = from;
        if (offer->valid_to != DATE_NONE && to < window.to)
            window.to = to;
    }
    return window;
}

static int ascending(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/** Sorts days and drops repeated ones; returns how many are left. */
static int distinct(int64_t *days, size_t count)
{
    size_t kept = 0;
    if (count > 1)
        qsort(days, count, sizeof *days, ascending);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || days[kept - 1] != days[i])
            days[kept++] = days[i];
    return (int)kept;
}

/** How many of the days are before @p day. */
static int days_before(const int64_t *days, int count, int64_t day)
{
    int low = 0, high = count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (days[middle] < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

int eligible_rows_earliest(const EligibleRows *rows, Date earliest)
{
    return days_before(rows->ends, rows->end_count, earliest != DATE_NONE ? earliest : INT64_MIN);
}

int eligible_rows_deadline(const EligibleRows *rows, Date deadline)
{
    if (deadline == DATE_NONE)
        return rows->begin_count;
    return days_before(rows->begins, rows->begin_count, (int64_t)deadline + 1);
}

static void fill_rows(EligibleRows *rows, const Window *windows)
{
    size_t words = (size_t)rows->words;
    for (size_t o = 0; o < rows->round->offer_count; o++) {
        if (windows[o].from > windows[o].to)
            row_clear(rows->base, (int)o);
        int end = days_before(rows->ends, rows->end_count, windows[o].to);
        for (int r = 0; r <= end; r++)
            row_set(rows->end_rows + (size_t)r * words, (int)o);
        int begin = days_before(rows->begins, rows->begin_count, windows[o].from);
        for (int r = begin + 1; r <= rows->begin_count; r++)
            row_set(rows->begin_rows + (size_t)r * words, (int)o);
    }
}

Status eligible_rows_windows(EligibleRows *rows)
{
    size_t offers = rows->round->offer_count, words = (size_t)rows->words;
    Window *windows = ARENA_NEW(rows->arena, offers, Window);
    rows->ends = ARENA_NEW(rows->arena, offers, int64_t);
    rows->begins = ARENA_NEW(rows->arena, offers, int64_t);
    TRY_NEW(windows);
    TRY_NEW(rows->ends);
    TRY_NEW(rows->begins);
    for (size_t o = 0; o < offers; o++) {
        windows[o] = chain_window(rows->round, o);
        rows->ends[o] = windows[o].to;
        rows->begins[o] = windows[o].from;
    }
    rows->end_count = distinct(rows->ends, offers);
    rows->begin_count = distinct(rows->begins, offers);
    rows->end_rows = ARENA_NEW(rows->arena, ((size_t)rows->end_count + 1) * words, uint64_t);
    rows->begin_rows = ARENA_NEW(rows->arena, ((size_t)rows->begin_count + 1) * words, uint64_t);
    TRY_NEW(rows->end_rows);
    TRY_NEW(rows->begin_rows);
    fill_rows(rows, windows);
    return STATUS_OK;
}
