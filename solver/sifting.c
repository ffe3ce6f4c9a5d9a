/* Which columns come in, and which go. */
#include "solver/sifting.h"

#include <string.h>

#include "solver/crash.h"
#include "solver/lp_columns.h"

/* Reduced costs above this do not ask to come in: the backend's own tolerance. */
static const double ATTRACTIVE = -1e-9;

/* Loaded columns at 0 with a larger reduced cost go before others come in: the time of an iteration
 * grows with what is loaded. Not for ever, or a degenerate program would never be done. */
static const double DULL = 1e-4;
enum { TURNS_MOST = 60 };

/* What is fixed at 0 goes once it is such a part of all that is loaded. */
enum { FIXED_PART = 8 };

typedef enum Whereabouts { IS_WAITING, IS_LOADED, IS_OUT } Whereabouts;

struct Sifting {
    const Formulation *form;
    Arena *arena;
    Backend *backend;
    LpColumns columns;
    double *cost; /* [column_count] of the present objective, as given */
    int *costly;  /* [costly_count] columns with a cost now */
    size_t costly_count;
    double *dual;         /* [row_count] in units of the costs given */
    unsigned char *where; /* [pairs] Whereabouts; out: fixed at 0 for good */
    int *waiting;         /* [waiting_count] pairs, ascending */
    double *reduced;      /* [waiting_count] their reduced costs at the last price */
    size_t waiting_count;
    int *loaded; /* [loaded_count] pairs */
    size_t loaded_count;
    int *chosen; /* [chosen_count] those that are about to come or go */
    size_t chosen_count;
    bool all; /* nothing comes or goes */
};

/* ---- opening ------------------------------------------------------------------------------------ */

static bool is_wanted(const Formulation *form, const Crash *crash, int column)
{
    return column >= (int)form->pairs->count || crash->column[column] != PLACE_LOWER ||
           form->lp.lower[column] != 0;
}

static void place_all(const Sifting *s, const Crash *crash)
{
    const Lp *lp = &s->form->lp;
    for (int j = 0; j < lp->column_count; j++)
        if (backend_is_loaded(s->backend, j))
            backend_place_column(s->backend, j, crash->column[j]);
    for (int i = 0; i < lp->row_count; i++)
        backend_place_row(s->backend, i, crash->row[i]);
}

/** Lists the pairs anew after some came or went. */
static void list_pairs(Sifting *s)
{
    s->waiting_count = s->loaded_count = 0;
    for (int p = 0; p < (int)s->form->pairs->count; p++) {
        if (s->where[p] == IS_WAITING)
            s->waiting[s->waiting_count++] = p;
        else if (s->where[p] == IS_LOADED)
            s->loaded[s->loaded_count++] = p;
    }
}

static Status open_program(Sifting *s)
{
    const Lp *lp = &s->form->lp;
    Crash crash;
    bool *loaded = ARENA_NEW(s->arena, (size_t)lp->column_count, bool);
    TRY_NEW(loaded);
    TRY(crash_find(s->form, &s->columns, s->arena, &crash));
    for (int j = 0; j < lp->column_count; j++) {
        loaded[j] = s->all || is_wanted(s->form, &crash, j);
        if (j < (int)s->form->pairs->count)
            s->where[j] = loaded[j] ? IS_LOADED : lp->upper[j] > 0 ? IS_WAITING : IS_OUT;
    }
    list_pairs(s);
    s->backend = backend_open_part(lp, loaded, s->arena);
    TRY_NEW(s->backend);
    place_all(s, &crash);
    return STATUS_OK;
}

Status sifting_open(const Formulation *form, bool all, Arena *arena, Sifting **sifting,
                    Backend **backend)
{
    size_t pairs = form->pairs->count;
    Sifting *s = ARENA_NEW(arena, 1, Sifting);
    TRY_NEW(s);
    s->form = form;
    s->arena = arena;
    s->all = all;
    s->where = ARENA_NEW(arena, pairs, unsigned char);
    s->loaded = ARENA_NEW(arena, pairs, int);
    s->cost = ARENA_NEW(arena, (size_t)form->lp.column_count, double);
    s->costly = ARENA_NEW(arena, (size_t)form->lp.column_count, int);
    s->dual = ARENA_NEW(arena, (size_t)form->lp.row_count, double);
    s->waiting = ARENA_NEW(arena, pairs, int);
    s->reduced = ARENA_NEW(arena, pairs, double);
    s->chosen = ARENA_NEW(arena, pairs, int);
    TRY_NEW(s->where);
    TRY_NEW(s->loaded);
    TRY_NEW(s->cost);
    TRY_NEW(s->costly);
    TRY_NEW(s->dual);
    TRY_NEW(s->waiting);
    TRY_NEW(s->reduced);
    TRY_NEW(s->chosen);
    TRY(lp_columns_build(&form->lp, arena, &s->columns));
    TRY(open_program(s));
    *sifting = s;
    *backend = s->backend;
    return STATUS_OK;
}

/* ---- going -------------------------------------------------------------------------------------- */

/** Unloads what was chosen: columns at 0 that are not basic. */
static void unload_chosen(Sifting *s, Whereabouts to)
{
    for (size_t k = 0; k < s->chosen_count; k++)
        s->where[s->chosen[k]] = (unsigned char)to;
    if (s->chosen_count > 0) {
        backend_unload(s->backend, s->chosen_count, s->chosen);
        list_pairs(s);
    }
}

/** Lets go what stands idle at a reduced cost above @p dull. */
static void let_go(Sifting *s, double dull)
{
    s->chosen_count = 0;
    for (size_t k = 0; !s->all && k < s->loaded_count; k++)
        if (backend_is_idle(s->backend, s->loaded[k]) &&
            backend_reduced_cost(s->backend, s->loaded[k]) > dull)
            s->chosen[s->chosen_count++] = s->loaded[k];
    unload_chosen(s, IS_WAITING);
}

void sifting_freeze(Sifting *s, double zero)
{
    double lower, upper;
    for (size_t w = 0; w < s->waiting_count; w++)
        if (s->reduced[w] > zero) {
            backend_bound_column(s->backend, s->waiting[w], 0, 0);
            s->where[s->waiting[w]] = IS_OUT;
        }
    list_pairs(s);
    s->chosen_count = 0;
    for (size_t k = 0; k < s->loaded_count; k++) {
        backend_column_bounds(s->backend, s->loaded[k], &lower, &upper);
        if (upper == 0 && backend_is_idle(s->backend, s->loaded[k]))
            s->chosen[s->chosen_count++] = s->loaded[k];
    }
    if (s->chosen_count * FIXED_PART > s->loaded_count)
        unload_chosen(s, IS_OUT);
}

void sifting_objective(Sifting *s, size_t count, const int *columns, const double *costs)
{
    for (size_t k = 0; k < s->costly_count; k++)
        s->cost[s->costly[k]] = 0;
    for (size_t k = 0; k < count; k++) {
        s->costly[k] = columns[k];
        s->cost[columns[k]] = costs[k];
    }
    s->costly_count = count;
    if (count > 1) /* but for a level, raised again and again, what is idle was of another use */
        let_go(s, -INFINITY);
    backend_objective(s->backend, count, columns, costs);
}

/* ---- coming in ---------------------------------------------------------------------------------- */

/** The reduced costs of all that waits, scaled as the backend's. */
static void price(Sifting *s)
{
    const LpColumns *columns = &s->columns;
    double scale = backend_cost_scale(s->backend);
    for (int i = 0; i < s->form->lp.row_count; i++)
        s->dual[i] = backend_frozen_dual(s->backend, i, 0);
    for (size_t w = 0; w < s->waiting_count; w++) {
        int j = s->waiting[w];
        double left = s->cost[j];
        for (size_t k = columns->first[j]; k < columns->first[j + 1]; k++)
            left -= s->dual[columns->row[k]] * columns->value[k];
        s->reduced[w] = left * scale * s->form->lp.column_scale[j];
    }
}

/** Chooses the most attractive of s->waiting[from .. to - 1], which are one need's: more of one need
 *  at a time saves few iterations and makes each of them longer. */
static void choose_of_need(Sifting *s, size_t from, size_t to)
{
    size_t best = to;
    double least = ATTRACTIVE;
    for (size_t w = from; w < to; w++)
        if (s->reduced[w] < least) {
            best = w;
            least = s->reduced[w];
        }
    if (best < to)
        s->chosen[s->chosen_count++] = s->waiting[best];
}

static void load_chosen(Sifting *s)
{
    for (size_t k = 0; k < s->chosen_count; k++) {
        int p = s->chosen[k];
        size_t first = s->columns.first[p];
        s->where[p] = IS_LOADED;
        backend_load(s->backend, p, s->cost[p], s->columns.first[p + 1] - first,
                     s->columns.row + first, s->columns.value + first);
    }
    if (s->chosen_count > 0)
        list_pairs(s);
}

/** Chooses what is most attractive. False when nothing is. */
static bool choose(Sifting *s)
{
    const Pair *pairs = s->form->pairs->pairs;
    s->chosen_count = 0;
    price(s);
    for (size_t from = 0, to = 0; from < s->waiting_count; from = to) {
        int need = pairs[s->waiting[from]].need;
        while (to < s->waiting_count && pairs[s->waiting[to]].need == need)
            to++;
        choose_of_need(s, from, to);
    }
    return s->chosen_count > 0;
}

/** Where no duals tell what would help. */
static void load_all(Sifting *s)
{
    memcpy(s->chosen, s->waiting, s->waiting_count * sizeof *s->chosen);
    s->chosen_count = s->waiting_count;
    load_chosen(s);
}

static BackendOutcome solve_loaded(Sifting *s)
{
    if (!s->all)
        backend_approach(s->backend, true);
    return backend_solve(s->backend);
}

BackendOutcome sifting_solve(Sifting *s)
{
    BackendOutcome outcome = solve_loaded(s);
    for (int turn = 0; outcome == BACKEND_OPTIMAL; turn++) {
        if (turn < TURNS_MOST)
            let_go(s, DULL);
        if (!choose(s))
            return outcome;
        load_chosen(s);
        outcome = solve_loaded(s);
    }
    if (outcome != BACKEND_OPTIMAL && s->waiting_count > 0 && !backend_is_late(s->backend)) {
        load_all(s);
        outcome = solve_loaded(s);
    }
    return outcome;
}
