/* room: solver
 *
 * What any vector of duals proves about a linear program, in exact arithmetic.
 *
 * Weak duality: for every y, every point with row_lower <= A x <= row_upper, lower <= x <= upper has
 *
 *   c x = y A x + (c - y A) x >= sum_i min over row i's sides of y_i r  +  sum_j min over column j's
 *                                bounds of d_j x_j,   d = c - y A,
 *
 * whatever y is: duals that are wrong prove less, never something false. What is proven is about the
 * program with the doubles it is written in.
 */
#ifndef ALLOT_SOLVER_EXACT_BOUND_H
#define ALLOT_SOLVER_EXACT_BOUND_H

#include "allot/lp.h"
#include "solver/lp_columns.h"

/** A minimisation as it was bounded when it was solved. All borrowed. */
typedef struct ExactProgram {
    const Lp *lp;                        /* elements; its own bounds are not looked at */
    const LpColumns *columns;            /* of lp */
    const double *cost;                  /* [column_count] */
    double constant;                     /* comes on top of every cost */
    const double *lower, *upper;         /* [column_count] */
    const double *row_lower, *row_upper; /* [row_count] */
} ExactProgram;

/** The largest double that is not above what @p dual [row_count] proves of the least cost; -INFINITY
 *  when it proves nothing (a column that lacks the bound which its reduced cost asks for). A dual that
 *  is not finite, or leans on a side that its row does not have, cannot be used: it is set to 0. */
double exact_bound(const ExactProgram *program, double *dual);

#endif
