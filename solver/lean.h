/* room: solver
 *
 * A lean program: what is left of a program over whole columns for one objective. Columns that an
 * equation ties to one other (an amount to its switch, what is unmet to what is met) are replaced by it,
 * columns that nothing holds and that earn nothing stand where they harm least, one that another pulls
 * up and nothing else does follows it, and rows that cannot be broken are dropped. Of an item with a
 * part for each of ten resources one binary is left, of forty columns; branch and cut on that takes
 * seconds where it took minutes (Savelsbergh 1994, doi:10.1287/ijoc.6.4.445; Achterberg and others 2020,
 * doi:10.1287/ijoc.2018.0857).
 *
 * Every point of it is one of the program, of the same value; the best of both are as good.
 */
#ifndef ALLOT_SOLVER_LEAN_H
#define ALLOT_SOLVER_LEAN_H

#include "allot/lp.h"

/** A program as it stands: rows of @p lp, with bounds of columns and rows of the live one. */
typedef struct LeanSource {
    const Lp *lp;
    const double *lower, *upper;         /* [columns] */
    const double *row_lower, *row_upper; /* [rows] */
    const bool *integer;                 /* [columns], whatever lp says */
    size_t cost_count;                   /* minimise sum cost * x */
    const int *cost_columns;
    const double *costs;
} LeanSource;

typedef struct Lean {
    Lp lp;           /* every row and cost divided by what divides it */
    double *cost;    /* [lp.column_count] whole numbers */
    double unit;     /* the objective is unit * sum cost * x + constant, */
    double slack;    /* but for so much where costs had to be rounded */
    double grain;    /* less of a cost is not worth a move: 1, or more where costs were rounded */
    double constant; /* likewise */
    bool pure;       /* built, and every column and every cost is whole: else nothing else is set */
    int columns;     /* of the source */
    int *rep;        /* [columns] column j is shift + slope * column rep of the source; */
    double *shift, *slope;
    int *at;       /* [columns] which is this one here, or -1: fixed, */
    double *fixed; /* [columns] at this, or the slack of a row, from this */
    double *upper; /* [columns] to this: */
    const Lp *source;
    const double *row_lower, *row_upper; /* [rows of source] */
    const int *slack_in; /* [rows of source] the column that is the row's slack, or -1 */
} Lean;

/** Builds it. @return STATUS_OK (look at out->pure), STATUS_NO_MEMORY. */
Status lean_build(const LeanSource *source, Arena *arena, Lean *out);

/** A point of the source for one of the lean program, and what a point of the source is there. */
void lean_lift(const Lean *lean, const double *lean_x, double *x);
void lean_drop(const Lean *lean, const double *x, double *lean_x);

/** Does the whole point keep every row and bound? */
bool lean_admits(const Lean *lean, const double *lean_x);

double lean_value(const Lean *lean, const double *lean_x); /* sum cost * x */

/** Limits of a search, and where it starts. */
typedef struct LeanLimits {
    double work;         /* most iterations (a node counts as 30) times columns */
    double deadline;     /* stops past it, too (deadline.h); 0: none */
    const double *start; /* [columns] a whole point, or NULL */
} LeanLimits;

typedef struct LeanAnswer {
    bool found;   /* a point that is better than the start, */
    double *x;    /* [columns] this one */
    double bound; /* no point's sum of cost * x is less, but for the noise of doubles; -INFINITY */
    bool ended;   /* the bound is the best point's value */
    double work;
    long nodes, iterations;
} LeanAnswer;

/** Branch and cut, with what no better point can have fixed by reduced costs. Needs the guard.
 *  @return STATUS_OK, STATUS_NO_MEMORY. */
Status lean_search(const Lean *lean, const LeanLimits *limits, Arena *arena, LeanAnswer *out);

#endif
