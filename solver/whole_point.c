/* The point at hand of a run over whole columns, always one that means what its columns say. */
#include <stdlib.h>
#include <string.h>

#include "solver/whole.h"

#include "allot/order.h"

double whole_value_at(const Aim *aim, const double *x)
{
    double value = 0;
    for (size_t k = 0; k < aim->count; k++)
        value += aim->costs[k] * x[aim->columns[k]];
    return value;
}

/** Brings a point to what it means: whole columns to the nearest, and every column that an equation
 *  defines (its last one: u by C1, a group's share, the total) to what the equation makes of the
 *  others. The noise of levels and frozen bounds ends here and does not add up from stage to stage. */
static void settle_point(const Lp *lp, double *x)
{
    for (int j = 0; j < lp->column_count; j++)
        if (lp->integer[j])
            x[j] = round(x[j]);
    for (int i = 0; i < lp->row_count; i++) {
        size_t end = lp->row_first[i + 1];
        if (!(lp->row_lower[i] == lp->row_upper[i]) || end == lp->row_first[i] ||
            lp->integer[lp->element_column[end - 1]])
            continue;
        double rest = lp->row_upper[i];
        for (size_t k = lp->row_first[i]; k < end - 1; k++)
            rest -= lp->element[k] * x[lp->element_column[k]];
        int j = lp->element_column[end - 1];
        x[j] = fmin(fmax(rest / lp->element[end - 1], lp->lower[j]), lp->upper[j]);
    }
}

Status whole_keep_point(WholeRun *w, const double *x, size_t count)
{
    if (count > w->room) {
        w->x = ARENA_NEW(w->run->arena, count * 2, double);
        TRY_NEW(w->x);
        w->room = count * 2;
    }
    memcpy(w->x, x, count * sizeof *x);
    settle_point(&w->run->form->lp, w->x);
    w->has_point = true;
    return STATUS_OK;
}

Status whole_sorted_shares(const WholeRun *w, const Stage *stage, const double *x, double **out)
{
    double *shares = ARENA_NEW(w->run->arena, stage->group_count, double);
    TRY_NEW(shares);
    for (size_t g = 0; g < stage->group_count; g++)
        shares[g] = x[stage->share_columns[g]];
    if (stage->group_count > 1)
        qsort(shares, stage->group_count, sizeof *shares, order_of_numbers);
    *out = shares;
    return STATUS_OK;
}

Status whole_extend_point(WholeRun *w, const Stage *stage, size_t rank, const int *columns)
{
    size_t count = (size_t)backend_column_count(w->run->backend), groups = stage->group_count;
    double *sorted;
    if (count > w->room) {
        double *larger = ARENA_NEW(w->run->arena, count * 2, double);
        TRY_NEW(larger);
        memcpy(larger, w->x, (size_t)columns[0] * sizeof *larger);
        w->x = larger;
        w->room = count * 2;
    }
    TRY(whole_sorted_shares(w, stage, w->x, &sorted));
    double level = sorted[rank - 1];
    w->x[columns[0]] = level;
    for (size_t g = 0; g < groups; g++)
        w->x[columns[g + 1]] = fmax(0, level - w->x[stage->share_columns[g]]);
    return STATUS_OK;
}
