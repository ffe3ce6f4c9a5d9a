/* What the linear relaxation of a stage over whole columns proves in exact arithmetic. The program grows
 * by the levels and ranks of the stages before: a copy with all its rows is kept for the proof.
 */
#include "solver/whole.h"

/* Programs of more columns are not copied: their proof would take as long as their searches. */
enum { PROOF_COLUMNS = 200000 };

static Status copy_program(const Lp *from, Lp *to)
{
    for (int j = 0; j < from->column_count; j++)
        TRY(lp_add_column(to, from->lower[j], from->upper[j], false, from->column_scale[j]));
    for (int i = 0; i < from->row_count; i++) {
        size_t first = from->row_first[i], count = from->row_first[i + 1] - first;
        TRY(lp_add_row(to, from->row_lower[i], from->row_upper[i], count,
                       from->element_column + first, from->element + first));
    }
    return STATUS_OK;
}

Status whole_proof_open(WholeRun *w)
{
    const Lp *lp = &w->run->form->lp;
    if (lp->column_count > PROOF_COLUMNS)
        return STATUS_OK;
    w->live = ARENA_NEW(w->run->arena, 1, Lp);
    TRY_NEW(w->live);
    TRY(lp_init(w->run->arena, w->live));
    return copy_program(lp, w->live);
}

Status whole_add_column(WholeRun *w, double upper, double scale, int *column)
{
    *column = backend_add_column(w->run->backend, 0, upper, scale);
    return w->live == NULL ? STATUS_OK : lp_add_column(w->live, 0, upper, false, scale);
}

Status whole_add_row(WholeRun *w, const WholeRow *row, int *index)
{
    *index = backend_add_row(w->run->backend, row->lower, row->upper, row->count, row->columns,
                             row->values, row->scale);
    return w->live == NULL
               ? STATUS_OK
               : lp_add_row(w->live, row->lower, row->upper, row->count, row->columns, row->values);
}

/** Bounds, costs and duals as the backend has them now. */
static Status prove(const WholeRun *w, const Aim *aim, Arena *arena, double *exact)
{
    StageProof *proof;
    TRY(stage_proof_open(w->live, arena, &proof));
    stage_proof_take(proof, w->run->backend, aim->count, aim->columns, aim->costs);
    for (size_t i = 0; aim->in_shares && i < w->hold_count; i++) {
        const WholeHold *hold = &w->holds[i];
        if (hold->is_column)
            stage_proof_hold_column(proof, hold->index, hold->bound, hold->reached);
        else
            stage_proof_hold_row(proof, hold->index, hold->bound, hold->reached);
    }
    *exact = stage_proof_bound(proof, 0);
    return STATUS_OK;
}

Status whole_prove(const WholeRun *w, const Aim *aim, double *exact)
{
    *exact = -INFINITY;
    if (w->live == NULL)
        return STATUS_OK;
    Arena *arena = arena_new(); /* every rank of a fairness has a proof of its own */
    TRY_NEW(arena);
    Status status = prove(w, aim, arena, exact);
    arena_free(arena);
    return status;
}
