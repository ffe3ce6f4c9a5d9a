/* room: solver
 *
 * Simulated annealing on assignments: lean programs in which every column is one of several choices of
 * which exactly one is taken, and other rows are capacities (generalised assignment, and much that is
 * like it).
 */
#ifndef ALLOT_SOLVER_LEAN_SWAP_H
#define ALLOT_SOLVER_LEAN_SWAP_H

#include "solver/lean.h"

/** The choices of a lean program. */
typedef struct LeanChoices {
    bool found;           /* it is one of choices: else nothing else is set */
    int groups;           /* one column of each is 1 */
    bool *grouped;        /* [rows] this row says so of a group */
    int *first, *member;  /* members of group g: first[g] .. first[g + 1] - 1 */
    size_t *column_first; /* [columns + 1] elements in the other rows */
    int *column_row;
    double *column_value;
    int *home; /* [columns] its first other row, or -1 */
    int *away; /* [groups * rows] a column of the group whose home is the row, or -1 */
} LeanChoices;

/** Looks whether there are such. @return STATUS_OK, STATUS_NO_MEMORY. */
Status lean_choices(const Lean *lean, Arena *arena, LeanChoices *out);

/** How to anneal. */
typedef struct LeanCooling {
    const double *price; /* [rows] what a unit of a row is worth at first, >= 0 */
    long moves;
    double low;    /* no point is below: the search stops there */
    unsigned seed; /* of its random numbers: equal seeds give equal points */
} LeanCooling;

/** Anneals from the point that @p best is on entry (whole; it may break capacities), and leaves the best
 *  point found there that keeps every row. *value is that of the best point known on entry (INFINITY:
 *  there is none), and on return. @return STATUS_OK, STATUS_NO_MEMORY. */
Status lean_anneal(const Lean *lean, const LeanChoices *choices, const LeanCooling *cooling,
                   Arena *arena, double *best, double *value);

#endif
