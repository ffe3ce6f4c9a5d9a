/* room: solver
 *
 * A first basis for a part program, from lines near its optimum: those of the class network with its side
 * rows, laid out need by need. The simplex method has some hundred steps to make from there, where it
 * has thousands from nothing.
 */
#ifndef ALLOT_SOLVER_PART_START_H
#define ALLOT_SOLVER_PART_START_H

#include "solver/backend.h"
#include "solver/part_program.h"

/** Places every column and row of @p backend, opened for @p part and not solved yet. @p lines [columns of
 *  the formulation]: what each pair gives; nothing else of it is read. A line without a row to stand in
 *  goes to the bound that is nearer.
 *  @return STATUS_OK, STATUS_NO_MEMORY. */
Status part_start(const Formulation *form, const PartProgram *part, const double *lines,
                  Arena *arena, Backend *backend);

#endif
