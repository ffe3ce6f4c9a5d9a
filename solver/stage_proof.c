/* What a solve leaves for its proof: bounds before freezing, costs, duals with all refinements. */
#include "solver/stage_proof.h"

#include <math.h>
#include <string.h>

#include "solver/exact_bound.h"

struct StageProof {
    const Lp *lp;
    LpColumns columns;
    double *cost;                  /* [column_count] */
    double *lower, *upper;         /* [column_count] */
    double *row_lower, *row_upper; /* [row_count] */
    double *settled;               /* [row_count] duals of solves that were refined */
    double *dual;                  /* [row_count] in the units of the costs given */
};

Status stage_proof_open(const Lp *lp, Arena *arena, StageProof **proof)
{
    size_t columns = (size_t)lp->column_count, rows = (size_t)lp->row_count;
    StageProof *p = ARENA_NEW(arena, 1, StageProof);
    TRY_NEW(p);
    p->lp = lp;
    p->cost = ARENA_NEW(arena, columns, double);
    p->lower = ARENA_NEW(arena, columns, double);
    p->upper = ARENA_NEW(arena, columns, double);
    p->row_lower = ARENA_NEW(arena, rows, double);
    p->row_upper = ARENA_NEW(arena, rows, double);
    p->settled = ARENA_NEW(arena, rows, double);
    p->dual = ARENA_NEW(arena, rows, double);
    TRY_NEW(p->cost);
    TRY_NEW(p->lower);
    TRY_NEW(p->upper);
    TRY_NEW(p->row_lower);
    TRY_NEW(p->row_upper);
    TRY_NEW(p->settled);
    TRY_NEW(p->dual);
    TRY(lp_columns_build(lp, arena, &p->columns));
    *proof = p;
    return STATUS_OK;
}

void stage_proof_take(StageProof *proof, const Backend *backend, size_t count, const int *columns,
                      const double *costs)
{
    const Lp *lp = proof->lp;
    memset(proof->cost, 0, (size_t)lp->column_count * sizeof *proof->cost);
    memset(proof->settled, 0, (size_t)lp->row_count * sizeof *proof->settled);
    for (size_t k = 0; k < count; k++)
        proof->cost[columns[k]] = costs[k];
    for (int j = 0; j < lp->column_count; j++)
        backend_column_bounds(backend, j, &proof->lower[j], &proof->upper[j]);
    for (int i = 0; i < lp->row_count; i++)
        backend_row_bounds(backend, i, &proof->row_lower[i], &proof->row_upper[i]);
    stage_proof_refine(proof, backend);
}

void stage_proof_hold_row(StageProof *proof, int row, double bound, double reached)
{
    double *upper = &proof->row_upper[row];
    if (*upper <= bound && proof->row_lower[row] <= reached)
        *upper = fmin(*upper, reached);
}

void stage_proof_hold_column(StageProof *proof, int column, double bound, double reached)
{
    double *lower = &proof->lower[column];
    if (*lower >= bound && proof->upper[column] >= reached)
        *lower = fmax(*lower, reached);
}

void stage_proof_settle(StageProof *proof, const double *duals)
{
    for (int i = 0; i < proof->lp->row_count; i++)
        proof->settled[i] += duals[i];
}

void stage_proof_refine(StageProof *proof, const Backend *backend)
{
    for (int i = 0; i < proof->lp->row_count; i++)
        proof->dual[i] = proof->settled[i] + backend_frozen_dual(backend, i, 0);
}

double stage_proof_bound(StageProof *proof, double constant)
{
    ExactProgram program = {.lp = proof->lp,
                            .columns = &proof->columns,
                            .cost = proof->cost,
                            .constant = constant,
                            .lower = proof->lower,
                            .upper = proof->upper,
                            .row_lower = proof->row_lower,
                            .row_upper = proof->row_upper};
    return exact_bound(&program, proof->dual);
}
