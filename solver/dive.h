/* room: solver
 *
 * A first point for a stage over whole columns.
 */
#ifndef ALLOT_SOLVER_DIVE_H
#define ALLOT_SOLVER_DIVE_H

#include "solver/run.h"

/** Dives from the stage's relaxation to a whole point of the live program. Every bound is put back
 *  afterwards; the objective is the stage's own. @p x has room for every column; written only when *found.
 *  @return STATUS_OK, STATUS_NO_MEMORY. */
Status run_dive(Run *run, size_t stage, double *x, bool *found);

#endif
