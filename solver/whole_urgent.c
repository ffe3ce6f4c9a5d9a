/* An urgent need in a round of all or nothing: what stands is let go around the offers that may serve it.
 *
 * The plan before gives the urgent need nothing, and a plan that does differs from it in whole needs at once, while
 * the relaxation takes a little from everybody: neither is branch and cut soon there, nor are the surroundings of the
 * relaxation. So needs that have a line from one of the urgent need's offers are let go, with what goes only together
 * with them, and everything else stays: of the offers that could bring most, twice as many each time. What
 * is found disturbs few lines, which is what the next stage asks for.
 */
#include <stdlib.h>

#include "solver/whole.h"

enum { PASS_NODES = 300, TIED_MOST = 12 };

/* Most simplex iterations times columns (BackendSearch.work), of all passes together: of the urgent need itself, and
 * of each stage after it. */
static const double WORK_URGENT = 4e9, WORK_AFTER = 4e8;

/* Less of a line than this is none. */
static const double NOTHING = 1e-6;

/** An offer that may serve the urgent need. */
typedef struct Source {
    int offer;
    int64_t most; /* that it can bring */
} Source;

typedef struct Around {
    Source *sources; /* [count], what brings most first */
    size_t count;
    bool *taken;  /* [offers] is it among those looked at? */
    bool *loose;  /* [needs] */
    bool *held;   /* [columns of the backend] */
    double began; /* the work that was done before */
    double work;  /* most that is to be done */
} Around;

static int by_most(const void *a, const void *b)
{
    const Source *x = a, *y = b;
    if (x->most != y->most)
        return x->most > y->most ? -1 : 1;
    return (x->offer > y->offer) - (x->offer < y->offer);
}

static Status look_for_sources(const WholeRun *w, Around *around)
{
    const Formulation *form = w->run->form;
    size_t columns = (size_t)backend_column_count(w->run->backend);
    *around = (Around){
        .sources = ARENA_NEW(w->run->arena, form->pairs->count, Source),
        .taken = ARENA_NEW(w->run->arena, form->round->offer_count, bool),
        .loose = ARENA_NEW(w->run->arena, form->round->need_count, bool),
        .held = ARENA_NEW(w->run->arena, columns, bool),
        .began = backend_work(w->run->backend),
    };
    TRY_NEW(around->sources);
    TRY_NEW(around->taken);
    TRY_NEW(around->loose);
    TRY_NEW(around->held);
    for (size_t p = 0; p < form->pairs->count; p++)
        if (form->pairs->pairs[p].need == form->round->urgent && form->pairs->pairs[p].upper > 0)
            around->sources[around->count++] =
                (Source){form->pairs->pairs[p].offer, form->pairs->pairs[p].upper};
    if (around->count > 0)
        qsort(around->sources, around->count, sizeof *around->sources, by_most);
    return STATUS_OK;
}

/** The need of all pairs of a switch; -1: they are of several. */
static int need_of_switch(const Formulation *form, const Switch *any)
{
    int need = form->pairs->pairs[any->pairs[0]].need;
    for (int i = 1; i < any->count; i++)
        if (form->pairs->pairs[any->pairs[i]].need != need)
            return -1;
    return need;
}

/** The need that a column speaks of; -1: of none, or of several. */
static int need_of(const Formulation *form, int column)
{
    const ColumnOrigin *origin = &form->origin[column];
    switch (origin->kind) {
    case COLUMN_LINE: return form->pairs->pairs[origin->index].need;
    case COLUMN_UNMET:
    case COLUMN_SERVED:
    case COLUMN_FULL: return origin->index;
    case COLUMN_SWITCH: return need_of_switch(form, &form->switches[origin->index]);
    default: return -1;
    }
}

/** Of a short row of whole columns alone (a requirement, a bundle, alternatives): where one need is let go all are.
 *  Did that let one go? */
static bool tie_row(const Formulation *form, int row, bool *loose)
{
    const Lp *lp = &form->lp;
    size_t first = lp->row_first[row], end = lp->row_first[row + 1];
    bool any = false, more = false;
    if (end - first > TIED_MOST)
        return false;
    for (size_t k = first; k < end; k++) {
        int need = lp->integer[lp->element_column[k]] ? need_of(form, lp->element_column[k]) : -1;
        if (need < 0)
            return false;
        any = any || loose[need];
    }
    for (size_t k = first; any && k < end; k++) {
        int need = need_of(form, lp->element_column[k]);
        more = more || !loose[need];
        loose[need] = true;
    }
    return more;
}

/** Lets go who has a line from one of the first @p count offers, and whatever goes together with that. */
static void let_go(const WholeRun *w, Around *around, size_t count)
{
    const Formulation *form = w->run->form;
    for (size_t i = 0; i < count; i++)
        around->taken[around->sources[i].offer] = true;
    around->loose[form->round->urgent] = true;
    for (size_t p = 0; p < form->pairs->count; p++)
        if (around->taken[form->pairs->pairs[p].offer] && w->x[p] > NOTHING)
            around->loose[form->pairs->pairs[p].need] = true;
    for (size_t i = 0; i < form->round->previous_count; i++)
        if (around->taken[form->round->previous[i].offer])
            around->loose[form->round->previous[i].need] = true;
    for (bool more = true; more;) {
        more = false;
        for (int i = 0; i < form->lp.row_count; i++)
            more = tie_row(form, i, around->loose) || more;
    }
    for (int j = 0; j < form->lp.column_count; j++) {
        int need = need_of(form, j);
        around->held[j] = form->lp.integer[j] && need >= 0 && !around->loose[need];
    }
}

/** One search with so much let go. *done: nothing better can be. */
static Status search_around(WholeRun *w, const Aim *aim, const BackendSearch *as, double bound,
                            Around *around, bool *done)
{
    BackendSearch limits = *as;
    bool found;
    double proven, worked = backend_work(w->run->backend) - around->began;
    limits.nodes = PASS_NODES;
    limits.work = around->work - worked;
    limits.held = around->held;
    limits.start = w->x;
    (void)backend_search(w->run->backend, &limits, &found, &proven);
    if (found)
        TRY(whole_take_better(w, aim));
    *done = whole_value_at(aim, w->x) <= bound + NOTHING || solve_is_late(w->run->settings) ||
            backend_work(w->run->backend) - around->began >= around->work;
    return STATUS_OK;
}

/** Who has what is taken for the need is decided in these. */
static bool is_searched(const Stage *stage)
{
    return stage->kind == STAGE_URGENT || stage->kind == STAGE_TAKEN || stage->kind == STAGE_TIER;
}

Status whole_urgent(WholeRun *w, const Aim *aim, const BackendSearch *as, double bound)
{
    Around around;
    bool done = false;
    const Round *round = w->run->form->round;
    if (!w->has_point || w->stays || aim->stage == NULL || !round->has_urgent ||
        !round->has_previous || !is_searched(aim->stage))
        return STATUS_OK;
    TRY(look_for_sources(w, &around));
    around.work = aim->stage->kind == STAGE_URGENT ? WORK_URGENT : WORK_AFTER;
    for (size_t count = 1; !done; count *= 2) {
        bool all = count >= around.count;
        let_go(w, &around, all ? around.count : count);
        TRY(search_around(w, aim, as, bound, &around, &done));
        done = done || all;
    }
    return STATUS_OK;
}
