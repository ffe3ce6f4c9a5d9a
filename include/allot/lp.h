/* room: models
 *
 * A sparse linear program as plain data, between the formulation and whoever solves it. Built and
 * tested without a solver; checked for everything that solvers are known to take silently.
 *
 * Form: row_lower <= A x <= row_upper, lower <= x <= upper, some columns whole. Rows and columns
 * count from 0. Scales are powers of two: column j of the scaled program is x[j] / column_scale[j],
 * row i is multiplied by row_scale[i]; the data here are not scaled.
 */
#ifndef ALLOT_LP_H
#define ALLOT_LP_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include "allot/arena.h"
#include "allot/status.h"

typedef struct Lp {
    Arena *arena; /* borrowed; owns the arrays */
    int column_count;
    int row_count;
    double *lower;             /* [column_count] finite or -INFINITY */
    double *upper;             /* [column_count] finite or INFINITY */
    bool *integer;             /* [column_count] */
    double *column_scale;      /* [column_count] */
    double *row_lower;         /* [row_count] */
    double *row_upper;         /* [row_count] */
    double *row_scale;         /* [row_count] */
    size_t *row_first;         /* [row_count + 1]: elements of row i are row_first[i] .. - 1 */
    int *element_column;       /* [row_first[row_count]] */
    double *element;           /* likewise */
    int column_room, row_room; /* allocated */
    size_t element_room;
} Lp;

/** An empty program. */
Status lp_init(Arena *arena, Lp *lp);

/** Adds a column; its index is lp->column_count - 1. @p scale > 0 is rounded to a power of two. */
Status lp_add_column(Lp *lp, double lower, double upper, bool integer, double scale);

/** Adds a row of @p count elements; its index is lp->row_count - 1. */
Status lp_add_row(Lp *lp, double lower, double upper, size_t count, const int *columns,
                  const double *values);

/** Chooses every row scale so that the geometric mean of its scaled elements is about 1. */
void lp_scale_rows(Lp *lp);

/** Looks for NaN, infinities, crossed bounds, bad indices, doubled elements, whole columns with
 *  broken bounds. @return NULL when all is well, else what is wrong, in @p arena. */
const char *lp_check(const Lp *lp, Arena *arena);

/** What lp_check() returns, this very text, where it had no memory to look. */
extern const char LP_CHECK_NO_MEMORY[];

/** The power of two nearest to @p value > 0 (in the logarithm). */
double lp_power_of_two(double value);

#endif
