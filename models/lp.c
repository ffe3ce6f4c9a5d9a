/* The sparse program as data: built row by row, scaled by powers of two, checked. */
#include "allot/lp.h"

#include <stdint.h>
#include <string.h>

double lp_power_of_two(double value)
{
    int exponent;
    double mantissa = frexp(value, &exponent); /* value = mantissa * 2^exponent, 0.5 <= m < 1 */
    return ldexp(1.0, mantissa < 0.70710678118654752 ? exponent - 1 : exponent);
}

Status lp_init(Arena *arena, Lp *lp)
{
    memset(lp, 0, sizeof *lp);
    lp->arena = arena;
    lp->row_first = ARENA_NEW(arena, 1, size_t);
    TRY_NEW(lp->row_first);
    return STATUS_OK;
}

/** Lets every array of @p count entries grow to @p room. */
static Status grow_columns(Lp *lp, int room)
{
    size_t old = (size_t)lp->column_count, new = (size_t)room;
    lp->lower = arena_grow(lp->arena, lp->lower, old, new, sizeof *lp->lower);
    TRY_NEW(lp->lower);
    lp->upper = arena_grow(lp->arena, lp->upper, old, new, sizeof *lp->upper);
    TRY_NEW(lp->upper);
    lp->integer = arena_grow(lp->arena, lp->integer, old, new, sizeof *lp->integer);
    TRY_NEW(lp->integer);
    lp->column_scale = arena_grow(lp->arena, lp->column_scale, old, new, sizeof *lp->column_scale);
    TRY_NEW(lp->column_scale);
    lp->column_room = room;
    return STATUS_OK;
}

static Status grow_rows(Lp *lp, int room)
{
    size_t old = (size_t)lp->row_count, new = (size_t)room;
    lp->row_lower = arena_grow(lp->arena, lp->row_lower, old, new, sizeof *lp->row_lower);
    TRY_NEW(lp->row_lower);
    lp->row_upper = arena_grow(lp->arena, lp->row_upper, old, new, sizeof *lp->row_upper);
    TRY_NEW(lp->row_upper);
    lp->row_scale = arena_grow(lp->arena, lp->row_scale, old, new, sizeof *lp->row_scale);
    TRY_NEW(lp->row_scale);
    lp->row_first = arena_grow(lp->arena, lp->row_first, old + 1, new + 1, sizeof *lp->row_first);
    TRY_NEW(lp->row_first);
    lp->row_room = room;
    return STATUS_OK;
}

static Status grow_elements(Lp *lp, size_t room)
{
    size_t old = lp->row_first[lp->row_count];
    lp->element_column =
        arena_grow(lp->arena, lp->element_column, old, room, sizeof *lp->element_column);
    TRY_NEW(lp->element_column);
    lp->element = arena_grow(lp->arena, lp->element, old, room, sizeof *lp->element);
    TRY_NEW(lp->element);
    lp->element_room = room;
    return STATUS_OK;
}

Status lp_add_column(Lp *lp, double lower, double upper, bool integer, double scale)
{
    if (lp->column_count == INT32_MAX / 2)
        return STATUS_NO_MEMORY;
    if (lp->column_count == lp->column_room)
        TRY(grow_columns(lp, lp->column_room * 2 + 256));
    int j = lp->column_count++;
    lp->lower[j] = lower;
    lp->upper[j] = upper;
    lp->integer[j] = integer;
    lp->column_scale[j] = lp_power_of_two(scale);
    return STATUS_OK;
}

Status lp_add_row(Lp *lp, double lower, double upper, size_t count, const int *columns,
                  const double *values)
{
    if (lp->row_count == INT32_MAX / 2)
        return STATUS_NO_MEMORY;
    size_t used = lp->row_first[lp->row_count];
    if (lp->row_count == lp->row_room)
        TRY(grow_rows(lp, lp->row_room * 2 + 256));
    if (used + count > lp->element_room)
        TRY(grow_elements(lp, (used + count) * 2 + 1024));
    for (size_t k = 0; k < count; k++) {
        lp->element_column[used + k] = columns[k];
        lp->element[used + k] = values[k];
    }
    int i = lp->row_count++;
    lp->row_lower[i] = lower;
    lp->row_upper[i] = upper;
    lp->row_scale[i] = 1.0;
    lp->row_first[i + 1] = used + count;
    return STATUS_OK;
}

void lp_scale_rows(Lp *lp)
{
    for (int i = 0; i < lp->row_count; i++) {
        double sum = 0;
        size_t count = 0;
        for (size_t k = lp->row_first[i]; k < lp->row_first[i + 1]; k++) {
            double element = fabs(lp->element[k]) * lp->column_scale[lp->element_column[k]];
            if (element > 0) {
                sum += log2(element);
                count++;
            }
        }
        lp->row_scale[i] = count == 0 ? 1.0 : lp_power_of_two(exp2(-sum / (double)count));
    }
}

static bool is_bound(double value)
{
    return !isnan(value);
}

static const char *check_column(const Lp *lp, int j, Arena *arena)
{
    if (!is_bound(lp->lower[j]) || !is_bound(lp->upper[j]))
        return arena_printf(arena, "column %d has a bound that is no number", j);
    if (!(lp->lower[j] <= lp->upper[j]))
        return arena_printf(arena, "column %d has crossed bounds", j);
    if (lp->lower[j] == INFINITY || lp->upper[j] == -INFINITY)
        return arena_printf(arena, "column %d has an infinite bound on the wrong side", j);
    if (lp->integer[j] && isfinite(lp->lower[j]) && floor(lp->lower[j]) != lp->lower[j])
        return arena_printf(arena, "whole column %d has a broken lower bound", j);
    if (lp->integer[j] && isfinite(lp->upper[j]) && floor(lp->upper[j]) != lp->upper[j])
        return arena_printf(arena, "whole column %d has a broken upper bound", j);
    if (!(lp->column_scale[j] > 0) || !isfinite(lp->column_scale[j]))
        return arena_printf(arena, "column %d has no usable scale", j);
    return NULL;
}

static const char *check_row(const Lp *lp, int i, int *seen_in, Arena *arena)
{
    if (!is_bound(lp->row_lower[i]) || !is_bound(lp->row_upper[i]))
        return arena_printf(arena, "row %d has a bound that is no number", i);
    if (!(lp->row_lower[i] <= lp->row_upper[i]))
        return arena_printf(arena, "row %d has crossed bounds", i);
    if (lp->row_lower[i] == INFINITY || lp->row_upper[i] == -INFINITY)
        return arena_printf(arena, "row %d has an infinite bound on the wrong side", i);
    if (!(lp->row_scale[i] > 0) || !isfinite(lp->row_scale[i]))
        return arena_printf(arena, "row %d has no usable scale", i);
    for (size_t k = lp->row_first[i]; k < lp->row_first[i + 1]; k++) {
        int j = lp->element_column[k];
        if (j < 0 || j >= lp->column_count)
            return arena_printf(arena, "row %d names column %d, which is not there", i, j);
        if (!isfinite(lp->element[k]))
            return arena_printf(arena, "row %d has an element that is no number", i);
        if (seen_in[j] == i + 1)
            return arena_printf(arena, "row %d names column %d twice", i, j);
        seen_in[j] = i + 1;
    }
    return NULL;
}

const char LP_CHECK_NO_MEMORY[] = "no memory to check the program";

const char *lp_check(const Lp *lp, Arena *arena)
{
    int *seen_in = ARENA_NEW(arena, (size_t)lp->column_count, int); /* last row + 1 of a column */
    const char *wrong = seen_in == NULL ? LP_CHECK_NO_MEMORY : NULL;
    for (int j = 0; wrong == NULL && j < lp->column_count; j++)
        wrong = check_column(lp, j, arena);
    for (int i = 0; wrong == NULL && i < lp->row_count; i++)
        wrong = check_row(lp, i, seen_in, arena);
    return wrong;
}
