/* room: solver
 *
 * A small program over whole columns as a dense tableau: what a node of a search needs thousands of times is a
 * few pivots on numbers that lie side by side. Bounded dual simplex, begun from slacks, which is always dual
 * feasible where columns have two bounds; entering columns by the ratio test that lets columns change sides
 * (Maros 2003, doi:10.1007/978-1-4615-0257-9, chapter 10).
 *
 * Variables are the columns, 0 .. columns - 1, and behind them the rows: row i is variable columns + i.
 */
#ifndef ALLOT_SOLVER_LEAN_TABLEAU_H
#define ALLOT_SOLVER_LEAN_TABLEAU_H

#include <stdbool.h>

#include "allot/arena.h"
#include "allot/status.h"

/** The program: minimise cost x, lower <= (x, a x) <= upper. */
typedef struct TableauProgram {
    int columns, rows;
    const double *cost;          /* [columns] whole numbers */
    const double *element;       /* [rows * columns] row by row */
    const double *lower, *upper; /* [columns + rows]; finite for columns */
} TableauProgram;

/** One node: its bounds, its basis. */
typedef struct Tableau {
    const TableauProgram *program;
    double *lower, *upper; /* [columns + rows] */
    double *value;         /* [rows * columns] of basic by other variable */
    double *reduced;       /* [columns] */
    double *at;            /* [rows] where basic variables are */
    int *basic;            /* [rows] */
    int *other;            /* [columns] variables that are not basic, */
    bool *high;            /* [columns] at their upper bound */
    double *price,
        *left;       /* [rows], [columns] of tableau_bound(): duals, what they leave of costs */
    int *candidates; /* [columns] scratch */
    double objective;
} Tableau;

typedef enum TableauEnd {
    TABLEAU_OPTIMAL,
    TABLEAU_ABOVE, /* the objective is above what was asked for */
    TABLEAU_EMPTY, /* a row cannot be kept, as far as the tableau's numbers can be trusted */
    TABLEAU_STUCK  /* too many pivots */
} TableauEnd;

/** Room for one. @return STATUS_OK, STATUS_NO_MEMORY. */
Status tableau_open(const TableauProgram *program, Arena *arena, Tableau *out);

/** Begins from the rows as basis, every column at its better bound. */
void tableau_begin(Tableau *t);

/** @p to becomes what @p from is. */
void tableau_copy(const Tableau *from, Tableau *to);

/** Pivots until no basic variable breaks its bounds or the objective is above @p most.
 *  @p pivots  counted up. */
TableauEnd tableau_solve(Tableau *t, double most, long *pivots);

/** New bounds of a variable. */
void tableau_set_bounds(Tableau *t, int variable, double lower, double upper);

/** What the present duals prove of every point within the bounds, from the program's own numbers (weak
 *  duality), whatever pivots have done to the tableau's. Sets price and left. */
double tableau_bound(Tableau *t);

/** By how much the objective rises at least when basic variable number @p row moves by @p step (next pivot);
 *  INFINITY: it cannot. */
double tableau_penalty(const Tableau *t, int row, double step);

#endif
