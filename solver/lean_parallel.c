/* Two rows over the same two columns: "at most so much of it" and "at least so much" of a pair that is used
 * at once with its switch are one equation, by which the amount is the switch (parallel rows: Achterberg and
 * others 2020, doi:10.1287/ijoc.2018.0857).
 */
#include <stdlib.h>

#include "solver/lean_internal.h"

enum { PAIR = 2 };

/* Ratios of two columns that are nearer than this, relative to their size, are the same. */
static const double SAME_RATIO = 1e-12;

/* Bounds that are nearer than this leave one line. */
static const double SAME_BOUND = 1e-9;

/** A row as lower <= column a + ratio * column b <= upper, a < b. */
typedef struct Strip {
    int row, a, b;
    double ratio, lower, upper;
} Strip;

static int by_columns(const void *left, const void *right)
{
    const Strip *x = left, *y = right;
    if (x->a != y->a)
        return (x->a > y->a) - (x->a < y->a);
    if (x->b != y->b)
        return (x->b > y->b) - (x->b < y->b);
    if (x->ratio != y->ratio)
        return (x->ratio > y->ratio) - (x->ratio < y->ratio);
    return (x->row > y->row) - (x->row < y->row);
}

static Strip strip_of(const LeanRow *row, int i)
{
    int a = row->columns[0] < row->columns[1] ? 0 : 1;
    double size = row->values[a];
    double low = (size > 0 ? row->lower : row->upper) / size;
    double high = (size > 0 ? row->upper : row->lower) / size;
    return (Strip){i, row->columns[a], row->columns[1 - a], row->values[1 - a] / size, low, high};
}

static bool are_parallel(const Strip *x, const Strip *y)
{
    return x->a == y->a && x->b == y->b && fabs(x->ratio - y->ratio) <= SAME_RATIO * fabs(x->ratio);
}

/** Takes two rows that leave a line between them for the equation that they are. */
static void merge(Leaning *l, const Strip *x, const Strip *y)
{
    double lower = fmax(x->lower, y->lower), upper = fmin(x->upper, y->upper);
    bool open = l->rep[x->a] == x->a && l->rep[x->b] == x->b;
    if (!open || !(fabs(upper - lower) <= SAME_BOUND * fmax(1.0, fabs(upper))))
        return;
    int columns[PAIR] = {x->a, x->b};
    double values[PAIR] = {1, x->ratio};
    LeanRow line = {PAIR, columns, values, upper, upper, 0};
    if (lean_tie_pair(l, &line))
        l->dropped[x->row] = l->dropped[y->row] = true;
}

Status lean_parallel(Leaning *l)
{
    int rows = l->source->lp->row_count, count = 0;
    Strip *strips = ARENA_NEW(l->arena, (size_t)rows, Strip);
    TRY_NEW(strips);
    for (int i = 0; i < rows; i++) {
        if (l->dropped[i])
            continue;
        LeanRow row = lean_row(l, i);
        if (row.count == PAIR && row.lower != row.upper)
            strips[count++] = strip_of(&row, i);
    }
    if (count > 0)
        qsort(strips, (size_t)count, sizeof *strips, by_columns);
    for (int k = 0; k + 1 < count; k++)
        if (are_parallel(&strips[k], &strips[k + 1]))
            merge(l, &strips[k], &strips[k + 1]);
    return STATUS_OK;
}
