/* room: solver
 *
 * Which columns of a program are whole in a branch and cut: more than it says, or fewer.
 */
#ifndef ALLOT_SOLVER_GLPK_KINDS_H
#define ALLOT_SOLVER_GLPK_KINDS_H

#include <stdbool.h>

#include <glpk.h>

/** Does column @p j take all of a need or nothing, as the need's switch says? Then the switch alone is
 *  branched on: halving the amount would only hide what is decided. */
bool glpk_follows_switch(glp_prob *problem, int j);

/** Makes whole the columns that cannot be but whole: alone with whole ones in an equation of whole numbers.
 *  What a need lacks of things that come one by one is such a column: a branch on it decides how many the
 *  need gets, one on a line only from whom, and rounding cuts know that the sum has steps. Bounds that are
 *  off whole numbers by noise are brought there. Returns how many. */
int glpk_imply_whole(glp_prob *problem);

#endif
