/* Programs for backends, as people write them, and what one saw of them: the work runs behind the guard and
 * leaves what it saw in a Probe, which is judged after.
 */
#ifndef ALLOT_TEST_BACKEND_PROBE_H
#define ALLOT_TEST_BACKEND_PROBE_H

#include "solver/backend.h"

enum { SIDE = 32 }; /* most rows and columns */

/** A program, dense, as people write it. Rows of all zeros are empty ones. */
typedef struct Dense {
    int rows, columns;
    double cost[SIDE];
    double matrix[SIDE][SIDE];
    double row_lower[SIDE], row_upper[SIDE];
    double lower[SIDE], upper[SIDE];
    bool whole[SIDE];
    double column_scale[SIDE]; /* 0: 1 */
} Dense;

typedef struct Probe Probe;
struct Probe {
    const Dense *dense;
    const Lp *lp;
    Arena *arena;
    void (*work)(Probe *probe, Backend *backend);
    BackendSearch search;
    /* seen */
    BackendOutcome outcome, second;
    double value, second_value, bound;
    double x[SIDE];
    double duals[SIDE];
    bool found;
    bool kept;
};

/** All columns >= 0 without end, all rows free. */
Dense dense(int rows, int columns);

/** Runs the work on the program. @p search  or NULL */
Probe probed(const Dense *d, void (*work)(Probe *, Backend *), const BackendSearch *search);

/** Works for probed(). */
void just_solve(Probe *probe, Backend *backend);
void solve_and_search(Probe *probe, Backend *backend);

/** The columns' values, and what they cost. */
void read_point(Probe *probe, const Backend *backend, double (*value)(const Backend *, int column),
                double *total);

#endif
