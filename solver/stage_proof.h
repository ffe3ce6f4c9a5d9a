/* room: solver
 *
 * The proof of a linear stage: its program as it was bounded when it was solved, and the duals of the
 * solve. What they prove is worked out in exact arithmetic (exact_bound.h), about the program with the
 * doubles it is written in; stages before it are held as run_freeze() left them.
 */
#ifndef ALLOT_SOLVER_STAGE_PROOF_H
#define ALLOT_SOLVER_STAGE_PROOF_H

#include "solver/backend.h"

typedef struct StageProof StageProof;

/** For a live program with the rows and columns of @p lp, which is kept. In @p arena.
 *  @return STATUS_OK or STATUS_NO_MEMORY. */
Status stage_proof_open(const Lp *lp, Arena *arena, StageProof **proof);

/** After an optimal solve for these costs, before anything is frozen: keeps costs, bounds, duals. */
void stage_proof_take(StageProof *proof, const Backend *backend, size_t count, const int *columns,
                      const double *costs);

/** After that: a row held by the upper bound @p bound, a column by the lower one, that say @p reached but for
 *  noise, are held to @p reached. Bounds that were opened further since stay as they are. */
void stage_proof_hold_row(StageProof *proof, int row, double bound, double reached);
void stage_proof_hold_column(StageProof *proof, int column, double bound, double reached);

/** A refinement takes these duals [row_count] as settled and solves for what they leave of the costs. */
void stage_proof_settle(StageProof *proof, const double *duals);

/** After the refinement's solve: its duals come on top of what is settled. */
void stage_proof_refine(StageProof *proof, const Backend *backend);

/** No point of the program as it was taken costs less, @p constant included; -INFINITY when the duals
 *  prove nothing. Once after each stage_proof_take(). */
double stage_proof_bound(StageProof *proof, double constant);

#endif
