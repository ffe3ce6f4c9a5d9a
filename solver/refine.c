/* Costs that lie many powers of ten apart: what a first solve takes for zero is solved again.
 *
 * After a solve the columns and rows with a reduced cost are frozen, and every point that is left is
 * optimal as far as the tolerance can see. On these points the objective equals, but for a constant,
 * c' = c - A'pi over the frozen rows' duals pi: only what lay below the tolerance remains. Scaled up
 * it is an objective like any other. (Iterative refinement on the dual side; Gleixner, Steffy and
 * Wolter 2016.)
 */
#include <string.h>

#include "solver/run.h"

/* Remainders below this, relative to all that was added up for them, are the noise of doubles. */
static const double NOISE = 1e-13;

/* What is left of a column can be a sum of a few remainders that were each taken for zero. */
static const double IN_SIGHT = 100;

enum { REFINE_AT_MOST = 3 };

/** What is left of every column's cost, and the sizes of what was added up for it. */
typedef struct Remainder {
    double *left, *size; /* [column_count] */
} Remainder;

/** The objective that is left: costs less what frozen rows account for, over columns that can move. */
static size_t remaining_costs(Run *run, const Remainder *rest, const double *dual, int *columns,
                              double *costs)
{
    const Lp *lp = &run->form->lp;
    double *left = rest->left;
    size_t count = 0;
    for (int i = 0; i < lp->row_count; i++)
        for (size_t k = lp->row_first[i]; dual[i] != 0 && k < lp->row_first[i + 1]; k++) {
            left[lp->element_column[k]] -= dual[i] * lp->element[k];
            rest->size[lp->element_column[k]] += fabs(dual[i] * lp->element[k]);
        }
    for (int j = 0; j < lp->column_count; j++) {
        double lower, upper;
        backend_column_bounds(run->backend, j, &lower, &upper);
        if (lower == upper || fabs(left[j]) <= NOISE * rest->size[j])
            continue;
        columns[count] = j;
        costs[count++] = left[j];
    }
    return count;
}

static double largest_scaled(const Lp *lp, size_t count, const int *columns, const double *costs)
{
    double largest = 0;
    for (size_t k = 0; k < count; k++)
        largest = fmax(largest, fabs(costs[k]) * lp->column_scale[columns[k]]);
    return largest;
}

Status run_refine(Run *run, size_t count, const int *columns, const double *costs)
{
    const Lp *lp = &run->form->lp;
    double size = largest_scaled(lp, count, columns, costs);
    Remainder rest = {.left = ARENA_NEW(run->arena, (size_t)lp->column_count, double),
                      .size = ARENA_NEW(run->arena, (size_t)lp->column_count, double)};
    double *dual = ARENA_NEW(run->arena, (size_t)lp->row_count, double);
    int *open = ARENA_NEW(run->arena, (size_t)lp->column_count, int);
    double *price = ARENA_NEW(run->arena, (size_t)lp->column_count, double);
    TRY_NEW(rest.left);
    TRY_NEW(rest.size);
    TRY_NEW(dual);
    TRY_NEW(open);
    TRY_NEW(price);
    for (size_t k = 0; k < count; k++) {
        rest.left[columns[k]] = costs[k];
        rest.size[columns[k]] = fabs(costs[k]);
    }
    for (int step = 0; step < REFINE_AT_MOST; step++) {
        for (int i = 0; i < lp->row_count; i++)
            dual[i] = backend_frozen_dual(run->backend, i, RUN_ZERO_COST);
        size_t still = remaining_costs(run, &rest, dual, open, price);
        double now = largest_scaled(lp, still, open, price);
        if (still == 0 || now > IN_SIGHT * RUN_ZERO_COST * size)
            return STATUS_OK; /* nothing left, or nothing that the last solve had not seen */
        run_objective(run, still, open, price);
        if (run_solve(run) != BACKEND_OPTIMAL)
            return STATUS_OK; /* the first answer stands */
        if (run->proof != NULL) {
            stage_proof_settle(run->proof, dual);
            stage_proof_refine(run->proof, run->backend);
        }
        run_freeze(run);
        size = now;
    }
    return STATUS_OK;
}
