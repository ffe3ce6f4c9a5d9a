/* room: solver
 *
 * Branch and bound of small lean programs on dense tableaus (lean_tableau.h): depth first, thousands of nodes a
 * second, the least bound of what is open at hand whenever it stops.
 */
#ifndef ALLOT_SOLVER_LEAN_DENSE_H
#define ALLOT_SOLVER_LEAN_DENSE_H

#include "solver/lean.h"

typedef struct DenseSearch {
    const bool *fixed; /* [columns] where the best point is */
    bool counted;      /* branch on how many columns are 1, too */
    double work;       /* most pivots times elements of the tableau */
    double deadline;   /* as in LeanLimits */
} DenseSearch;

typedef struct DenseAnswer {
    bool looked;  /* small enough: else nothing is set */
    bool found;   /* *value and best are better than they were */
    bool ended;   /* nothing is better than best */
    double bound; /* no point that keeps what is fixed is below, and below *value; rounded up */
    double work;
    long nodes, pivots;
} DenseAnswer;

/** @p best, @p value  the best point known, and its value, or INFINITY: on return the best found.
 *  @return STATUS_OK, STATUS_NO_MEMORY. */
Status lean_dense(const Lean *lean, const DenseSearch *search, Arena *arena, double *best,
                  double *value, DenseAnswer *out);

#endif
