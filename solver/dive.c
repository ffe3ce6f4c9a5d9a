/* A good first point for a fairness stage over whole columns: leximin of the linear relaxation, then
 * whole columns fixed a few at a time at their nearest whole value, the relaxation made leximin
 * again in between. What is found keeps every frozen stage; it is a start, not a proof.
 */
#include <stdlib.h>

#include "solver/dive.h"

/* Columns fixed in one go: a quarter of those still broken, one at least. */
enum { DIVE_PART = 4, DIVE_ROUNDS = 60 };

static const double DIVE_WHOLE = 1e-7;

typedef struct Broken {
    int column;
    double distance; /* to the nearest whole value */
} Broken;

static int nearest_first(const void *a, const void *b)
{
    const Broken *x = a, *y = b;
    int order = (x->distance > y->distance) - (x->distance < y->distance);
    return order != 0 ? order : (x->column > y->column) - (x->column < y->column);
}

static size_t find_broken(const Run *run, Broken *broken)
{
    const Lp *lp = &run->form->lp;
    size_t count = 0;
    for (int j = 0; j < lp->column_count; j++) {
        double value = backend_value(run->backend, j), distance = fabs(value - round(value));
        if (lp->integer[j] && distance > DIVE_WHOLE * fmax(1.0, fabs(value)))
            broken[count++] = (Broken){.column = j, .distance = distance};
    }
    if (count > 1)
        qsort(broken, count, sizeof *broken, nearest_first);
    return count;
}

/** Fixes the columns nearest to whole; the values are read before any bound moves. */
static void fix_nearest(Run *run, const Broken *broken, size_t count, BackendBounds *kept)
{
    size_t now = count / DIVE_PART > 0 ? count / DIVE_PART : 1;
    for (size_t k = 0; k < now; k++) {
        int j = broken[k].column;
        kept->lower[j] = kept->upper[j] = round(backend_value(run->backend, j));
    }
}

/** One trial: the bounds kept so far, made leximin. */
static Status settle(Run *run, size_t stage, const BackendBounds *kept, BackendOutcome *outcome)
{
    backend_restore_bounds(run->backend, kept);
    return run_fairness(run, stage, false, outcome);
}

Status run_dive(Run *run, size_t stage, double *x, bool *found)
{
    BackendBounds saved, kept;
    BackendOutcome outcome;
    size_t columns = (size_t)backend_column_count(run->backend);
    Broken *broken = ARENA_NEW(run->arena, columns, Broken);
    TRY_NEW(broken);
    TRY(backend_save_bounds(run->backend, run->arena, &saved));
    TRY(backend_save_bounds(run->backend, run->arena, &kept));
    *found = false;
    for (int rounds = 0; rounds < DIVE_ROUNDS && !*found; rounds++) {
        TRY(settle(run, stage, &kept, &outcome));
        if (outcome != BACKEND_OPTIMAL)
            break;
        size_t count = find_broken(run, broken);
        *found = count == 0;
        if (count > 0)
            fix_nearest(run, broken, count, &kept);
    }
    for (size_t j = 0; *found && j < columns; j++)
        x[j] = backend_value(run->backend, (int)j);
    backend_restore_bounds(run->backend, &saved);
    return STATUS_OK;
}
