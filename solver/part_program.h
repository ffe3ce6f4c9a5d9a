/* room: solver
 *
 * One tier of a round with some of its pairs alone, as a program of its own: what the other pairs would
 * need is left out with them, and so are rows that nothing can break any more. Its points are plans of
 * the round; its optimum bounds nothing.
 */
#ifndef ALLOT_SOLVER_PART_PROGRAM_H
#define ALLOT_SOLVER_PART_PROGRAM_H

#include "allot/formulation.h"

typedef struct PartProgram {
    Lp lp;
    int *at;     /* [columns of the formulation] its column here, or -1: fixed at its lower bound */
    int *of;     /* [lp.column_count] and back */
    int *row_of; /* [lp.row_count] the formulation's row; of levels of earlier tiers -1 */
    size_t count; /* minimise sum costs * x + constant: the tier's value */
    int *columns;
    double *costs;
    double constant;
} PartProgram;

/** Whom a column of the formulation is about, or -1: several, or nobody. */
int part_need_of(const Formulation *form, int column);

/** Builds the program of @p stage, a tier stage, with the pairs of @p open [pairs->count]; the tiers before
 *  keep what they @p reached [stage_count]. Needs that are not @p whole [need_count] divide: their whole columns
 *  are left out, and the rows of those. For rounds that demand nothing.
 *  @return STATUS_OK, STATUS_NO_MEMORY. */
Status part_program_build(const Formulation *form, size_t stage, const bool *open,
                          const bool *whole, const double *reached, Arena *arena, PartProgram *out);

#endif
