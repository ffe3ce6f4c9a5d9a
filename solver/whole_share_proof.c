/* What is proven of a rank of fairness where slack promises a little more.
 *
 * Stages are held give or take what searches lose, which later ranks can share out: a bound that includes it is
 * better than any plan's value, and a proof of nothing. So the search is made once more with every stage held
 * to what it reached. That the program has a point then is looked at first.
 */
#include "solver/whole.h"

/* Nodes in which that search is to end by itself before the gap will do: most take a few. */
enum { PATIENCE = 100 };

/** The search itself, from the relaxation at hand. */
static Status search(WholeRun *w, const Aim *aim, const BackendSearch *limits, Decision *decision)
{
    Backend *backend = w->run->backend;
    BackendSearch again = *limits;
    bool found;
    double bound, worked = backend_work(backend);
    long before = backend_nodes(backend);
    again.start = w->x;
    again.nodes = w->nodes_left;
    again.work = w->work_left;
    again.patience = PATIENCE;
    again.gap_abs = 0;
    BackendOutcome outcome = backend_search(backend, &again, &found, &bound);
    w->nodes_left -= backend_nodes(backend) - before;
    w->work_left -= backend_work(backend) - worked;
    bool ended =
        outcome == BACKEND_OPTIMAL || outcome == BACKEND_WITHIN_GAP || outcome == BACKEND_LIMIT;
    if (!found || !ended)
        return STATUS_OK;
    TRY(whole_take_better(w, aim));
    decision->bound = fmax(decision->bound, fmin(bound, whole_value_at(aim, w->x)));
    return STATUS_OK;
}

Status whole_prove_shares(WholeRun *w, const Aim *aim, const BackendSearch *limits,
                          Decision *decision)
{
    Backend *backend = w->run->backend;
    BackendBounds bounds;
    BackendBasis basis;
    TRY(backend_save_bounds(backend, w->run->arena, &bounds));
    TRY(backend_new_basis(backend, w->run->arena, &basis));
    backend_keep_basis(backend, &basis);
    whole_hold_exactly(w);
    if (backend_solve(backend) == BACKEND_OPTIMAL)
        TRY(search(w, aim, limits, decision));
    backend_restore_bounds(backend, &bounds);
    backend_put_basis(backend, &basis);
    (void)backend_solve(backend);
    return STATUS_OK;
}
