/* room: solver
 *
 * What the files of the GLPK backend share. GLPK counts from 1, and knows only the columns that are
 * loaded: `at` takes one of ours to one of its own.
 */
#ifndef ALLOT_SOLVER_GLPK_INTERNAL_H
#define ALLOT_SOLVER_GLPK_INTERNAL_H

#include <glpk.h>

#include "solver/backend.h"

struct Backend {
    glp_prob *problem;
    Arena *arena;
    int column_count, column_room;
    int *at;               /* [column_count] GLPK's index; 0: not loaded */
    double *lower, *upper; /* [column_count] of those that are not loaded */
    const double *scale;   /* [columns of the Lp] */
    int lp_columns;
    int *costly; /* columns with a cost now */
    size_t costly_count;
    size_t costly_room;
    int *load_rows; /* [load_room] of the column that is being loaded, from 1 */
    double *load_values;
    size_t load_room;
    double cost_scale; /* costs given to GLPK are ours times this */
    bool feasible;     /* some solve has succeeded */
    bool doubted;      /* that it has no point was asked twice */
    double deadline;   /* of backend_solve(); 0: none */
    long iterations;
    long nodes;
    double work;
    double *whole;     /* [column_count] the last search's point */
    struct Core *core; /* lists of backend_approach(); NULL before its first call */
};

/** One call of the primal simplex method from the present basis, on the backend's program or a copy
 *  of it; with @p patient on bounds missed by ten times as much. */
BackendOutcome glpk_simplex(Backend *backend, glp_prob *problem, bool patient);

/** Writes the program as free MPS, numbers with fifteen digits; rows and columns are named. False when that
 *  failed. */
bool glpk_write_mps(Backend *backend, const char *path);

#endif
