/* The surroundings of the point at hand that lie towards the relaxation: what both agree on is held, and
 * the whole columns that are left are searched; from a better point again (relaxation induced
 * neighbourhoods: Danna, Rothberg and Le Pape 2005). Where nothing better is there, columns that cost the
 * relaxation least are let go as well, until a search no longer comes to its end.
 */
#include <math.h>
#include <stdlib.h>

#include "solver/whole.h"

enum { PASSES_MOST = 12, COLUMNS_MOST = 8000, PASS_NODES = 200 };

/* Most simplex iterations times columns of a pass. */
static const double PASS_WORK = 2e7;

/* Surroundings that are more than so much of all are no surroundings. */
static const double FREE_MOST = 0.6;

/* How much larger surroundings are than those in which nothing was found. */
static const double WIDENED = 1.7;

/* As near, a whole column of the relaxation is what the point has. */
static const double AGREED = 1e-6;

/** A whole column that is not fixed. */
typedef struct Loose {
    int column;
    double
        distance; /* -1: point and relaxation differ; else what the relaxation would pay to move it */
} Loose;

/** The whole columns that can move, the nearest first. */
typedef struct Surroundings {
    Loose *columns; /* [count] */
    size_t count, differ;
    bool *held; /* [columns of the backend] */
} Surroundings;

static int by_distance(const void *a, const void *b)
{
    const Loose *x = a, *y = b;
    if (x->distance != y->distance)
        return x->distance < y->distance ? -1 : 1;
    return (x->column > y->column) - (x->column < y->column);
}

static void look_around(const WholeRun *w, Surroundings *s)
{
    const Lp *lp = &w->run->form->lp;
    const Backend *backend = w->run->backend;
    s->count = s->differ = 0;
    for (int j = 0; j < lp->column_count; j++) {
        double lower, upper;
        backend_column_bounds(backend, j, &lower, &upper);
        if (!lp->integer[j] || lower >= upper)
            continue;
        bool differs = fabs(w->x[j] - backend_value(backend, j)) > AGREED;
        s->columns[s->count++] = (Loose){j, differs ? -1 : fabs(backend_reduced_cost(backend, j))};
        s->differ += differs;
    }
    if (s->count > 0)
        qsort(s->columns, s->count, sizeof *s->columns, by_distance);
}

/** One search with the first @p loose columns let go. *better: it took a better point; *ended: there is
 *  none among these. */
static Status search_near(WholeRun *w, const Aim *aim, const BackendSearch *as, Surroundings *s,
                          size_t loose, bool *better, bool *ended)
{
    Backend *backend = w->run->backend;
    BackendSearch limits = *as;
    bool found;
    limits.nodes = PASS_NODES;
    limits.work = PASS_WORK;
    limits.start = w->x;
    limits.held = s->held;
    double bound, before = whole_value_at(aim, w->x);
    for (size_t i = 0; i < s->count; i++)
        s->held[s->columns[i].column] = i >= loose;
    BackendOutcome outcome = backend_search(backend, &limits, &found, &bound);
    if (found)
        TRY(whole_take_better(w, aim));
    *better = whole_value_at(aim, w->x) < before;
    *ended = outcome == BACKEND_OPTIMAL || outcome == BACKEND_WITHIN_GAP;
    return STATUS_OK;
}

Status whole_near(WholeRun *w, const Aim *aim, const BackendSearch *as)
{
    size_t count = (size_t)backend_column_count(w->run->backend);
    if (!w->has_point || aim->fairness != NULL || aim->blind || count > COLUMNS_MOST)
        return STATUS_OK;
    Surroundings s = {.columns = ARENA_NEW(w->run->arena, count, Loose),
                      .held = ARENA_NEW(w->run->arena, count, bool)};
    TRY_NEW(s.columns);
    TRY_NEW(s.held);
    look_around(w, &s);
    size_t loose = s.differ;
    for (int pass = 0; pass < PASSES_MOST && loose > 0; pass++) {
        bool better, ended;
        if ((double)loose > FREE_MOST * (double)s.count || solve_is_late(w->run->settings))
            return STATUS_OK;
        TRY(search_near(w, aim, as, &s, loose, &better, &ended));
        if (!better && !ended)
            return STATUS_OK;
        look_around(w, &s);
        size_t wider = (size_t)((double)loose * WIDENED) + 1;
        loose = better ? s.differ : wider;
    }
    return STATUS_OK;
}
