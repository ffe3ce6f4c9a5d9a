/* Costs that lie many powers of ten apart: what a first solve takes for zero is solved again.
 *
 * After a solve the columns and rows with a reduced cost are frozen, and every point that is left is
 * optimal as far as the tolerance can see. On these points the objective equals, but for a constant,
 * c' = c - A'pi over the frozen rows' duals pi: only what lay below the tolerance remains. Scaled up
 * it is an objective like any other. (Iterative refinement on the dual side; Gleixner, Steffy and
 * Wolter 2016.)
 *
 * Duals carry noise of their own, and an objective made of it would forbid plans that are as good. How
 * much it is, basic columns show: what their rows account for is all of their cost.
 */
#include <string.h>

#include "solver/run.h"

/* Remainders below this, relative to all that was added up for them, are the noise of doubles. */
static const double NOISE = 1e-13;

/* So many times what a solve's duals are seen to miss by, they may miss by where it is not seen. */
static const double UNSEEN = 10;

/* What is left of a column can be a sum of a few remainders that were each taken for zero. */
static const double IN_SIGHT = 100;

enum { REFINE_AT_MOST = 3 };

/** Costs less what duals account for, column by column, and the sizes of what was added up for it. */
typedef struct Remainder {
    double *left, *size; /* [column_count] */
} Remainder;

typedef struct Refining {
    Run *run;
    Remainder all;  /* of the stage, less what frozen rows account for */
    Remainder last; /* of the last solve's objective, less what all rows account for */
    double *doubt;  /* [column_count] so much of all.left may be noise of duals */
    double *dual;   /* [row_count] */
    int *columns;   /* [column_count] the next objective */
    double *costs;
} Refining;

static Status begin_remainder(const Run *run, Remainder *rest)
{
    size_t columns = (size_t)run->form->lp.column_count;
    rest->left = ARENA_NEW(run->arena, columns, double);
    rest->size = ARENA_NEW(run->arena, columns, double);
    TRY_NEW(rest->left);
    TRY_NEW(rest->size);
    return STATUS_OK;
}

static Status begin_refining(Run *run, Refining *r)
{
    size_t columns = (size_t)run->form->lp.column_count;
    r->run = run;
    TRY(begin_remainder(run, &r->all));
    TRY(begin_remainder(run, &r->last));
    r->doubt = ARENA_NEW(run->arena, columns, double);
    r->dual = ARENA_NEW(run->arena, (size_t)run->form->lp.row_count, double);
    r->columns = ARENA_NEW(run->arena, columns, int);
    r->costs = ARENA_NEW(run->arena, columns, double);
    TRY_NEW(r->doubt);
    TRY_NEW(r->dual);
    TRY_NEW(r->columns);
    TRY_NEW(r->costs);
    return STATUS_OK;
}

static void set_costs(const Lp *lp, Remainder *rest, size_t count, const int *columns,
                      const double *costs)
{
    memset(rest->left, 0, (size_t)lp->column_count * sizeof *rest->left);
    memset(rest->size, 0, (size_t)lp->column_count * sizeof *rest->size);
    for (size_t k = 0; k < count; k++) {
        rest->left[columns[k]] = costs[k];
        rest->size[columns[k]] = fabs(costs[k]);
    }
}

/** Takes what rows with a dual above @p zero account for; leaves the duals of the others as 0. */
static void take_rows(Refining *r, Remainder *rest, double zero)
{
    const Lp *lp = &r->run->form->lp;
    for (int i = 0; i < lp->row_count; i++) {
        double dual = r->dual[i] = backend_frozen_dual(r->run->backend, i, zero);
        for (size_t k = lp->row_first[i]; dual != 0 && k < lp->row_first[i + 1]; k++) {
            rest->left[lp->element_column[k]] -= dual * lp->element[k];
            rest->size[lp->element_column[k]] += fabs(dual * lp->element[k]);
        }
    }
}

static bool is_fixed(const Run *run, int column)
{
    double lower, upper;
    backend_column_bounds(run->backend, column, &lower, &upper);
    return lower == upper;
}

/** Adds to the doubt what the duals of the last solve, for these costs, are seen to miss by. */
static void add_doubt(Refining *r, size_t count, const int *columns, const double *costs)
{
    const Lp *lp = &r->run->form->lp;
    double seen = 0;
    set_costs(lp, &r->last, count, columns, costs);
    take_rows(r, &r->last, 0);
    for (int j = 0; j < lp->column_count; j++)
        if (r->last.size[j] > 0 && backend_is_basic(r->run->backend, j) && !is_fixed(r->run, j))
            seen = fmax(seen, fabs(r->last.left[j]) / r->last.size[j]);
    for (int j = 0; j < lp->column_count; j++)
        r->doubt[j] += UNSEEN * seen * r->last.size[j];
}

/** The objective that is left: costs less what frozen rows account for, over columns that can move. */
static size_t remaining_costs(Refining *r)
{
    size_t count = 0;
    take_rows(r, &r->all, RUN_ZERO_COST);
    for (int j = 0; j < r->run->form->lp.column_count; j++) {
        double left = r->all.left[j];
        if (fabs(left) <= NOISE * r->all.size[j] + r->doubt[j] || is_fixed(r->run, j))
            continue;
        r->columns[count] = j;
        r->costs[count++] = left;
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
    Refining r;
    double size = largest_scaled(lp, count, columns, costs);
    TRY(begin_refining(run, &r));
    set_costs(lp, &r.all, count, columns, costs);
    add_doubt(&r, count, columns, costs);
    for (int step = 0; step < REFINE_AT_MOST; step++) {
        size_t still = remaining_costs(&r);
        double now = largest_scaled(lp, still, r.columns, r.costs);
        if (still == 0 || now > IN_SIGHT * RUN_ZERO_COST * size)
            return STATUS_OK; /* nothing left, or nothing that the last solve had not seen */
        run_objective(run, still, r.columns, r.costs);
        if (run_solve(run) != BACKEND_OPTIMAL)
            return STATUS_OK; /* the first answer stands */
        if (run->proof != NULL) {
            stage_proof_settle(run->proof, r.dual);
            stage_proof_refine(run->proof, run->backend);
        }
        run_freeze(run);
        add_doubt(&r, still, r.columns, r.costs);
        size = now;
    }
    return STATUS_OK;
}
