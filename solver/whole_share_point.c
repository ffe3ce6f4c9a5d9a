/* A better point of a rank of fairness, without what it owes to slack.
 *
 * What stages reached is held give or take the noise of points: of a tier of millions that is cents, which a
 * search spends on the smallest share of a small group. Held to such a share, the ranks after it would have
 * points alone that spend the same cents, and call the best of those optimal. So the whole columns found stay,
 * and the rest is worked out anew with every stage held to what it reached.
 */
#include "solver/whole.h"

/* A point that is better by more is taken as it was found, where none is left without slack. */
static const double NOT_NOISE = 1e-5;

/** The whole columns of the last search, fixed. */
static void fix_found(WholeRun *w)
{
    const Lp *lp = &w->run->form->lp;
    for (int j = 0; j < lp->column_count; j++) {
        double value = lp->integer[j] ? round(backend_whole_value(w->run->backend, j)) : 0;
        if (lp->integer[j])
            backend_bound_column(w->run->backend, j, value, value);
    }
}

/** Solves for the rest; *better where that is better than the point at hand by more than @p noise: *x. */
static Status solve_rest(WholeRun *w, const Aim *aim, double noise, double **x, bool *better)
{
    Backend *backend = w->run->backend;
    size_t count = (size_t)backend_column_count(backend);
    *better = false;
    *x = ARENA_NEW(w->run->arena, count, double);
    TRY_NEW(*x);
    if (backend_solve(backend) != BACKEND_OPTIMAL)
        return STATUS_OK;
    for (size_t j = 0; j < count; j++)
        (*x)[j] = backend_value(backend, (int)j);
    *better = whole_value_at(aim, *x) < whole_value_at(aim, w->x) - noise;
    return STATUS_OK;
}

/** From the relaxation at hand to a point with the whole columns found, and back. */
static Status work_out(WholeRun *w, const Aim *aim, double noise, bool *better)
{
    Backend *backend = w->run->backend;
    BackendBounds bounds;
    BackendBasis basis;
    double *x;
    TRY(backend_save_bounds(backend, w->run->arena, &bounds));
    TRY(backend_new_basis(backend, w->run->arena, &basis));
    backend_keep_basis(backend, &basis);
    whole_hold_exactly(w);
    fix_found(w);
    TRY(solve_rest(w, aim, noise, &x, better));
    if (*better)
        TRY(whole_keep_point(w, x, (size_t)backend_column_count(backend)));
    backend_restore_bounds(backend, &bounds);
    backend_put_basis(backend, &basis);
    (void)backend_solve(backend);
    return STATUS_OK;
}

Status whole_take_shares(WholeRun *w, const Aim *aim, double noise, bool *as_found)
{
    double found = 0, now = whole_value_at(aim, w->x);
    bool better;
    for (size_t k = 0; k < aim->count; k++)
        found += aim->costs[k] * backend_whole_value(w->run->backend, aim->columns[k]);
    *as_found = false;
    if (found >= now - noise)
        return STATUS_OK;
    TRY(work_out(w, aim, noise, &better));
    w->moved = w->moved || better;
    *as_found = !better && found < now - NOT_NOISE;
    return STATUS_OK;
}
