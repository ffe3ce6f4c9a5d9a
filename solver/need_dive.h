/* room: solver
 *
 * A plan of one tier from a relaxation, need by need: the linear program of the pairs that matter is
 * solved, the need of most worth that it serves in a broken way is decided, up where that costs little,
 * the program is solved again, and so on. Large needs find their place while everything else can still
 * give way; what comes out is whole, and mostly within a few tenths of a percent of the bound.
 */
#ifndef ALLOT_SOLVER_NEED_DIVE_H
#define ALLOT_SOLVER_NEED_DIVE_H

#include "solver/ruin.h"

typedef struct NeedDive {
    const Formulation *form;
    const SolveSettings *settings;
    size_t stage;          /* a tier stage */
    const double *reached; /* [stage_count] what the tiers before came to */
    const bool *carried;   /* [pairs] those that the relaxation of the bound uses */
    const double *lines;   /* [pairs] what it gives over them: near the optimum, to begin from */
    const double *price;   /* [columns] what the pairs' offers are worth there */
    bool near; /* keeps what the plan at hand and the relaxation agree about (relaxation induced
                  neighbourhood; Danna, Rothberg and Le Pape 2005), and only looks for better plans */
} NeedDive;

/** Dives, and gives the point to @p ruin, which takes it where it is better than its plan. Does nothing in
 *  large rounds, whose program takes too long. Repeatable. Runs inside glpk_guard_run().
 *  @return STATUS_OK, STATUS_NO_MEMORY, STATUS_INTERNAL as ruin_search(). */
Status need_dive(const NeedDive *job, Ruin *ruin, Arena *arena);

#endif
