/* room: solver
 *
 * Mixed integer rounding cuts of a branch and cut, checked before GLPK gets them.
 */
#ifndef ALLOT_SOLVER_GLPK_CUTS_H
#define ALLOT_SOLVER_GLPK_CUTS_H

#include <glpk.h>

#include "allot/arena.h"

typedef struct RoundingCuts RoundingCuts;

/** For searches of @p problem as it is now. @p start is a point of it, [columns + 1] from 1, kept; or NULL.
 *  NULL without memory. Freed by rounding_cuts_close(), NULL is allowed. */
RoundingCuts *rounding_cuts_open(glp_prob *problem, const double *start, Arena *arena);
void rounding_cuts_close(RoundingCuts *cuts);

/** Gives the present node of the search the cuts that its point breaks; for GLP_ICUTGEN. */
void rounding_cuts_add(RoundingCuts *cuts, glp_tree *tree);

#endif
