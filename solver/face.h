/* room: solver
 *
 * A plan's program kept open with every published stage held where the plan has it: what can still
 * move is what only the canonical order of ids decides. Needs glpk_guard_run().
 */
#ifndef ALLOT_SOLVER_FACE_H
#define ALLOT_SOLVER_FACE_H

#include "allot/plan.h"
#include "solver/run.h"

typedef struct Face {
    Run run;
    Formulation form; /* the plan's, without its canonical stage */
    const Plan *plan;
    double *x;   /* [form.lp.column_count] the plan as a point */
    bool exact;  /* no column is whole: every point is a plan, but for rounding to minor units */
    bool narrow; /* more is held than the stages ask: points are plans, bounds prove nothing */
    int *levels; /* [level_count] rows that hold stages */
    size_t level_count;
    double work; /* left, see face_solve() */
} Face;

/** Opens the program and holds its stages. *found: they could be held as the plan has them; else there
 *  is nothing to ask. To be closed in any case.
 *  @return STATUS_OK, STATUS_NO_MEMORY. */
Status face_open(const Formulation *form, const Plan *plan, const SolveSettings *settings,
                 Arena *arena, Face *face, bool *found);
void face_close(Face *face);

/** Solves the relaxation for these costs, and takes from face->work what that was: iterations, and
 *  something for the solve itself, times columns. */
BackendOutcome face_solve(Face *face, size_t count, const int *columns, const double *costs);

#endif
