/* From the relaxation of a rank down to a point: whole columns that are broken are decided, those with most
 * at stake first, the relaxation solved again by the dual simplex method, and so on. Several are decided by
 * one program where that costs little: twice as many after a success, half as many after a refusal. One
 * alone that costs more is tried on both sides. Where neither is of use, the next try begins with that one.
 */
#include <stdlib.h>
#include <string.h>

#include "solver/whole.h"

/* Columns decided by one program at most. */
enum { TOGETHER_MOST = 32, TRIES_MOST = 12 };

/* Programs of no more columns are left to branch and cut, which is good at them. */
enum { PLUNGE_COLUMNS = 1000 };

/* Simplex iterations times columns of one plunge, a program counting as so many iterations; and where the
 * stage has no work left. */
static const double PLUNGE_WORK = 6e7, LEAST_WORK = 2e7;
static const double PROGRAM_ITERATIONS = 20;

/* What a decision may cost without a look at its other side, as part of what is between the relaxation and
 * the point at hand. */
static const double STEP = 0.05;

/* A need that is served by so much of what it would get is tried with all of it first; other columns go to
 * the nearer side. */
static const double TRY_SERVED = 0.1;

/* A point has to be better by more than this. */
static const double BETTER = 1e-7;

/* What is at stake in fairness: in whether a need of another tier is served, and in what follows from that,
 * as parts of a share. */
static const double OTHER_NEEDS = 1e-3, OTHERS = 1e-6;

/* What a try came to grief at is worth more than all else, the latest most. */
static const double AHEAD = 1e3;

typedef struct Broken {
    int column;
    double value, stake;
} Broken;

/** A column that is decided. */
typedef struct Step {
    int column;
    double side;
} Step;

typedef struct Plunge {
    WholeRun *w;
    const Aim *aim;
    double *worth;  /* [columns] */
    Broken *broken; /* [columns] of the point at hand */
    size_t broken_count, together;
    BackendBounds root;
    BackendBasis start, basis; /* of the relaxation; of the point at hand */
    double value, enough, allowed;
    double ahead; /* worth of what the last try came to grief at */
    bool stuck;   /* and the try before: nothing better is there */
    double left;  /* work */
} Plunge;

/** Whether a need is served is decided before what follows from it: of the tier's own needs by the share
 *  of their group that they are. */
Status whole_shares_at_stake(const WholeRun *w, const Stage *stage, const double **worth)
{
    const Formulation *form = w->run->form;
    const Lp *lp = &form->lp;
    double *stake = ARENA_NEW(w->run->arena, (size_t)backend_column_count(w->run->backend), double);
    TRY_NEW(stake);
    for (int j = 0; j < lp->column_count; j++) {
        ColumnKind kind = form->origin[j].kind;
        bool of_need = kind == COLUMN_SERVED || kind == COLUMN_FULL;
        stake[j] = !lp->integer[j] ? 0 : of_need ? OTHER_NEEDS : OTHERS;
    }
    for (size_t g = 0; g < stage->group_count; g++) {
        int row = stage->share_rows[g];
        for (size_t k = lp->row_first[row]; k < lp->row_first[row + 1]; k++) {
            int j = lp->element_column[k], n = form->origin[j].index;
            if (form->origin[j].kind != COLUMN_UNMET)
                continue;
            double share = fabs(lp->element[k]) * lp->upper[j];
            if (form->served_column[n] >= 0)
                stake[form->served_column[n]] = share;
            if (form->full_column[n] >= 0)
                stake[form->full_column[n]] = share;
        }
    }
    *worth = stake;
    return STATUS_OK;
}

bool whole_plunges(const WholeRun *w)
{
    const Formulation *form = w->run->form;
    return form->has_switches && !form->round->settings.plain_engine && w->begun->found &&
           backend_column_count(w->run->backend) > PLUNGE_COLUMNS;
}

static int by_stake(const void *a, const void *b)
{
    const Broken *x = a, *y = b;
    if (x->stake != y->stake)
        return x->stake > y->stake ? -1 : 1;
    return (x->column > y->column) - (x->column < y->column);
}

static bool is_of_need(const Plunge *p, int column)
{
    ColumnKind kind = p->w->run->form->origin[column].kind;
    return kind == COLUMN_SERVED || kind == COLUMN_FULL;
}

static void find_broken(Plunge *p)
{
    const Lp *lp = &p->w->run->form->lp;
    p->broken_count = 0;
    for (int j = 0; j < lp->column_count; j++) {
        double value = backend_value(p->w->run->backend, j), part = value - floor(value);
        if (!run_is_whole(lp, j, value))
            p->broken[p->broken_count++] =
                (Broken){j, value, p->worth[j] * (is_of_need(p, j) ? fmin(part, 1 - part) : part)};
    }
    if (p->broken_count > 1)
        qsort(p->broken, p->broken_count, sizeof *p->broken, by_stake);
}

/** The program as it is now; INFINITY: nothing is in it, or nothing better than the point at hand of the run. */
static double solve(Plunge *p)
{
    Backend *backend = p->w->run->backend;
    long before = backend_iterations(backend);
    BackendOutcome outcome = backend_solve_dual(backend);
    double iterations = (double)(backend_iterations(backend) - before) + PROGRAM_ITERATIONS,
           value = 0;
    p->left -= iterations * backend_column_count(backend);
    for (size_t k = 0; k < p->aim->count; k++)
        value += p->aim->costs[k] * backend_value(backend, p->aim->columns[k]);
    return outcome == BACKEND_OPTIMAL && value < p->enough ? value : INFINITY;
}

static double side_of(const Plunge *p, const Broken *broken)
{
    bool of_need = is_of_need(p, broken->column);
    double part = broken->value - floor(broken->value);
    return floor(broken->value) + (!of_need || part >= TRY_SERVED);
}

static double other_side(const Broken *broken, double side)
{
    double below = floor(broken->value);
    return side > below ? below : below + 1;
}

/** Decides these columns by one program; what it costs. */
static double decide(Plunge *p, size_t count, const Step *steps)
{
    for (size_t k = 0; k < count; k++)
        backend_bound_column(p->w->run->backend, steps[k].column, steps[k].side, steps[k].side);
    return solve(p);
}

/** Takes them back. */
static void undo(Plunge *p, size_t count, const Step *steps)
{
    for (size_t k = 0; k < count; k++) {
        int j = steps[k].column;
        backend_bound_column(p->w->run->backend, j, p->root.lower[j], p->root.upper[j]);
    }
    backend_put_basis(p->w->run->backend, &p->basis);
}

static void stay(Plunge *p, double value)
{
    p->value = value;
    backend_keep_basis(p->w->run->backend, &p->basis);
    find_broken(p);
}

/** One column that costs more than a little on its first side: to the side that costs less. False where
 *  neither is of use. */
static bool decide_alone(Plunge *p, const Step *first, double first_value)
{
    Step step = {first->column, other_side(&p->broken[0], first->side)};
    undo(p, 1, &step);
    double value = decide(p, 1, &step);
    if (value >= first_value && isfinite(first_value)) {
        undo(p, 1, &step);
        value = decide(p, 1, first);
    }
    if (isfinite(value)) {
        stay(p, value);
        return true;
    }
    p->stuck = p->worth[step.column] >= p->ahead;
    p->ahead *= 2;
    p->worth[step.column] = p->ahead;
    return false;
}

static bool decide_some(Plunge *p)
{
    Step steps[TOGETHER_MOST];
    size_t count = p->together < p->broken_count ? p->together : p->broken_count;
    for (size_t k = 0; k < count; k++)
        steps[k] = (Step){p->broken[k].column, side_of(p, &p->broken[k])};
    double value = decide(p, count, steps);
    if (value <= p->value + p->allowed) {
        p->together = p->together < TOGETHER_MOST ? 2 * p->together : TOGETHER_MOST;
        stay(p, value);
        return true;
    }
    if (count == 1)
        return decide_alone(p, &steps[0], value);
    undo(p, count, steps);
    p->together = count / 2;
    return true;
}

/** From the root down. *done: nothing is broken, and the backend's point is better than the one at hand. */
static void descend(Plunge *p, bool *done)
{
    p->together = 1;
    double value = solve(p);
    *done = false;
    if (!isfinite(value))
        return;
    p->allowed = STEP * (p->enough - value);
    stay(p, value);
    while (p->broken_count > 0 && p->left > 0)
        if (!decide_some(p))
            return;
    *done = p->broken_count == 0;
}

static Status open_plunge(WholeRun *w, const Aim *aim, const double *worth, Plunge *p)
{
    Backend *backend = w->run->backend;
    size_t columns = (size_t)backend_column_count(backend);
    *p = (Plunge){.w = w,
                  .aim = aim,
                  .ahead = AHEAD,
                  .left = fmax(fmin(PLUNGE_WORK, w->work_left), LEAST_WORK)};
    p->worth = ARENA_NEW(w->run->arena, columns, double);
    p->broken = ARENA_NEW(w->run->arena, columns, Broken);
    TRY_NEW(p->worth);
    TRY_NEW(p->broken);
    memcpy(p->worth, worth, columns * sizeof *worth);
    TRY(backend_new_basis(backend, w->run->arena, &p->start));
    TRY(backend_new_basis(backend, w->run->arena, &p->basis));
    backend_keep_basis(backend, &p->start);
    return backend_save_bounds(backend, w->run->arena, &p->root);
}

static Status take_point(WholeRun *w)
{
    size_t count = (size_t)backend_column_count(w->run->backend);
    double *x = ARENA_NEW(w->run->arena, count, double);
    TRY_NEW(x);
    for (size_t j = 0; j < count; j++)
        x[j] = backend_value(w->run->backend, (int)j);
    return whole_keep_point(w, x, count);
}

Status whole_plunge(WholeRun *w, const Aim *aim, const double *worth)
{
    Plunge p;
    bool done = false;
    TRY(open_plunge(w, aim, worth, &p));
    double work = p.left;
    p.enough = whole_value_at(aim, w->x) - BETTER;
    for (int tries = 0; tries < TRIES_MOST && !done && !p.stuck && p.left > 0; tries++) {
        backend_restore_bounds(w->run->backend, &p.root);
        backend_put_basis(w->run->backend, &p.start);
        descend(&p, &done);
    }
    w->work_left -= work - p.left;
    if (done)
        TRY(take_point(w));
    backend_restore_bounds(w->run->backend, &p.root);
    backend_put_basis(w->run->backend, &p.start);
    (void)backend_solve(w->run->backend);
    return STATUS_OK;
}
