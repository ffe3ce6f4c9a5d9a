/* room: solver
 *
 * Column generation: the live program holds a few of the pairs' columns; all others stand at 0 and
 * come in when the duals of the rows say that they would help. When none would, what was found is
 * optimal for the whole program.
 *
 * Method: sifting (Bixby, Gregory, Lustig, Marsten, Shanno 1992, Operations Research 40(5)).
 */
#ifndef ALLOT_SOLVER_SIFTING_H
#define ALLOT_SOLVER_SIFTING_H

#include "allot/formulation.h"
#include "solver/backend.h"

typedef struct Sifting Sifting;

/** Opens the program with the columns that a greedy plan uses, in its basis. With @p all, every column
 *  is there from the start. Needs the guard; *backend is closed by its owner.
 *  @return STATUS_OK or STATUS_NO_MEMORY. */
Status sifting_open(const Formulation *form, bool all, Arena *arena, Sifting **sifting,
                    Backend **backend);

/** As backend_objective(), for columns that are not loaded too. */
void sifting_objective(Sifting *sifting, size_t count, const int *columns, const double *costs);

/** Optimal for every column that is not excluded. */
BackendOutcome sifting_solve(Sifting *sifting);

/** After sifting_solve(), and the loaded columns frozen: excludes for good the others whose reduced
 *  cost (as backend_reduced_cost()) is above @p zero, and lets go what is fixed at 0. */
void sifting_freeze(Sifting *sifting, double zero);

#endif
