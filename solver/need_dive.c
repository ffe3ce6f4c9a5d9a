/* The dive: which pairs it sees, the live program, and the order in which things are decided. */
#include "solver/need_dive.h"

#include <stdlib.h>
#include <string.h>

#include "solver/backend.h"
#include "solver/part_program.h"
#include "solver/ruin_internal.h"

/* Of each need so many of its cheapest pairs are seen, beside those that the relaxation or the plan
 * uses; none that costs more than this part of what the need counts beyond the cheapest. */
enum { CHEAPEST_PAIRS = 3 };
static const double DEAR = 0.02;

/* Programs of more columns are left alone: a first solve takes seconds. */
enum { DIVE_COLUMNS = 12000 };

/* Things decided in one dive at most. */
enum { DIVE_STEPS = 1500 };

/* From this part on, something is tried whole before it is tried at 0. */
static const double TRY_WHOLE = 0.1;

/* A decision is taken without a look at its other side where it costs no more than this part of what
 * the tier serves. */
static const double STEP_ALLOWED = 5e-4;

/* What is broken by no more is whole: the noise of a solve. */
static const double WHOLE_NOISE = 1e-6;

/* A plan near the one at hand is better by this part of what the tier serves, or it is not looked for. */
static const double BETTER_BY = 1e-7;

typedef struct Dive {
    const NeedDive *job;
    const Ruin *ruin;
    Arena *arena;
    bool *open; /* [pairs] */
    PartProgram part;
    Backend *backend;
    int *need;      /* [part columns] whom a whole column is about; -1: several, or nobody */
    double *worth;  /* [part columns] what that need counts altogether */
    bool *released; /* [needs] others have given way to it */
    bool *shares;   /* [needs] scratch */
    double allowed, cutoff;
    double value; /* of the point at hand */
} Dive;

/* ---- which pairs ---------------------------------------------------------------------------- */

typedef struct Candidate {
    int pair;
    double extra; /* what it costs more than the cheapest */
    double room;
} Candidate;

static int cheapest_first(const void *a, const void *b)
{
    const Candidate *x = a, *y = b;
    if (x->extra != y->extra)
        return x->extra < y->extra ? -1 : 1;
    if (x->room != y->room)
        return x->room > y->room ? -1 : 1;
    return (x->pair > y->pair) - (x->pair < y->pair);
}

/** Prices come out of sums in doubles: so much apart they are one. */
static double to_grid(double extra, double gain)
{
    double grid = 1e-9 * fmax(gain, 1e-9);
    return floor(extra / grid + 0.5) * grid;
}

static void open_cheapest(Dive *d, size_t need, Candidate *candidates)
{
    const Formulation *form = d->job->form;
    const PairSet *pairs = form->pairs;
    const double *price = d->job->price;
    double gain = d->ruin->gain[need].each * form->quantum[need], least = gain;
    size_t count = 0;
    for (size_t p = pairs->first[need]; p < pairs->first[need + 1]; p++)
        if (form->lp.upper[p] > 0)
            least = fmin(least, price[p]);
    for (size_t p = pairs->first[need]; p < pairs->first[need + 1]; p++)
        if (form->lp.upper[p] > 0)
            candidates[count++] = (Candidate){.pair = (int)p,
                                              .extra = to_grid(price[p] - least, gain),
                                              .room = form->lp.upper[p]};
    if (count > 1)
        qsort(candidates, count, sizeof *candidates, cheapest_first);
    for (size_t k = 0; k < count && k < CHEAPEST_PAIRS && candidates[k].extra <= DEAR * gain; k++)
        d->open[candidates[k].pair] = true;
}

/** *count receives how many are open. */
static Status open_pairs(Dive *d, size_t *count)
{
    const PairSet *pairs = d->job->form->pairs;
    Candidate *candidates = ARENA_NEW(d->arena, pairs->count, Candidate);
    d->open = ARENA_NEW(d->arena, pairs->count, bool);
    TRY_NEW(candidates);
    TRY_NEW(d->open);
    for (size_t p = 0; p < pairs->count; p++)
        d->open[p] = d->job->carried[p] || d->ruin->book.quantity[p] > 0;
    for (size_t n = 0; n < d->job->form->round->need_count; n++)
        open_cheapest(d, n, candidates);
    *count = 0;
    for (size_t p = 0; p < pairs->count; p++)
        *count += d->open[p];
    return STATUS_OK;
}

/* ---- the live program ----------------------------------------------------------------------- */

/** Whom a column is about, or -1. */
static int need_of(const Formulation *form, int column)
{
    const ColumnOrigin *origin = &form->origin[column];
    const Pair *pairs = form->pairs->pairs;
    if (origin->kind == COLUMN_SERVED || origin->kind == COLUMN_FULL)
        return origin->index;
    if (origin->kind == COLUMN_LINE)
        return pairs[origin->index].need;
    if (origin->kind != COLUMN_SWITCH)
        return -1;
    const Switch *set = &form->switches[origin->index];
    for (int k = 1; k < set->count; k++)
        if (pairs[set->pairs[k]].need != pairs[set->pairs[0]].need)
            return -1;
    return pairs[set->pairs[0]].need;
}

/** What a need counts altogether. */
static double need_worth(const Dive *d, int need)
{
    return d->ruin->gain[need].each * (double)d->job->form->round->needs[need].wanted;
}

/** Notes whom each whole column is about; *all receives what all needs of the tier count together. */
static Status note_needs(Dive *d, double *all)
{
    const Formulation *form = d->job->form;
    const Round *round = form->round;
    int count = d->part.lp.column_count;
    d->need = ARENA_NEW(d->arena, (size_t)count, int);
    d->worth = ARENA_NEW(d->arena, (size_t)count, double);
    d->released = ARENA_NEW(d->arena, round->need_count, bool);
    d->shares = ARENA_NEW(d->arena, round->need_count, bool);
    TRY_NEW(d->need);
    TRY_NEW(d->worth);
    TRY_NEW(d->released);
    TRY_NEW(d->shares);
    for (int j = 0; j < count; j++) {
        int need = d->need[j] = d->part.lp.integer[j] ? need_of(form, d->part.of[j]) : -1;
        if (need >= 0)
            d->worth[j] = need_worth(d, need);
    }
    *all = 0;
    for (size_t n = 0; n < round->need_count; n++)
        if (d->ruin->gain[n].stage == (int)d->job->stage)
            *all += need_worth(d, (int)n);
    return STATUS_OK;
}

static bool solve(Dive *d)
{
    if (backend_solve(d->backend) != BACKEND_OPTIMAL)
        return false;
    d->value = d->part.constant;
    for (size_t k = 0; k < d->part.count; k++)
        d->value += d->part.costs[k] * backend_value(d->backend, d->part.columns[k]);
    return true;
}

/** From what is unmet in every need: the plan that gives nothing. */
static void start_empty(Dive *d)
{
    const Formulation *form = d->job->form;
    for (int i = 0; i < d->part.lp.row_count; i++) {
        int row = d->part.row_of[i];
        int unmet = row >= 0 && row < form->known_count ? (int)form->pairs->count + row : -1;
        if (unmet >= 0 && d->part.at[unmet] >= 0)
            backend_start_basic(d->backend, i, d->part.at[unmet]);
    }
}

static void fix(Dive *d, int column, double value)
{
    backend_bound_column(d->backend, column, value, value);
}

/** Holds every whole column in which plan and relaxation are at one. */
static Status hold_agreed(Dive *d)
{
    double *x = ARENA_NEW(d->arena, (size_t)d->job->form->lp.column_count, double);
    double *held = ARENA_NEW(d->arena, (size_t)d->part.lp.column_count, double);
    TRY_NEW(x);
    TRY_NEW(held);
    ruin_point(d->ruin, x);
    for (int j = 0; j < d->part.lp.column_count; j++) {
        double now = x[d->part.of[j]];
        bool agreed =
            d->part.lp.integer[j] && fabs(backend_value(d->backend, j) - now) <= WHOLE_NOISE;
        held[j] = agreed ? round(now) : -1;
    }
    for (int j = 0; j < d->part.lp.column_count; j++)
        if (held[j] >= 0)
            fix(d, j, held[j]);
    return STATUS_OK;
}

/* ---- decisions ------------------------------------------------------------------------------ */

/** The broken column of most worth; of one need first whether it is served, then its largest. -1: all is
 *  whole. */
static int choose(const Dive *d)
{
    const Formulation *form = d->job->form;
    int best = -1;
    double best_rank = 0;
    for (int j = 0; j < d->part.lp.column_count; j++) {
        if (!d->part.lp.integer[j])
            continue;
        double value = backend_value(d->backend, j), part = value - floor(value);
        if (fabs(value - round(value)) <= WHOLE_NOISE)
            continue;
        bool switches = form->origin[d->part.of[j]].kind == COLUMN_SWITCH;
        double rank = 1 + d->worth[j] * (1 + 1e-6 * (part + (switches ? 0 : 1)));
        if (best < 0 || rank > best_rank) {
            best = j;
            best_rank = rank;
        }
    }
    return best;
}

/** Frees what was decided about needs of less worth that share an offer with this one: true where the
 *  program can be solved then. Once a need. */
static bool release_around(Dive *d, int need)
{
    const PairSet *pairs = d->job->form->pairs;
    if (need < 0 || d->released[need])
        return false;
    d->released[need] = true;
    memset(d->shares, 0, d->job->form->round->need_count * sizeof *d->shares);
    for (size_t p = pairs->first[need]; p < pairs->first[need + 1]; p++) {
        size_t offer = (size_t)pairs->pairs[p].offer;
        for (size_t k = d->ruin->pairs_first[offer];
             d->open[p] && k < d->ruin->pairs_first[offer + 1]; k++)
            if (d->open[d->ruin->pairs_of[k]])
                d->shares[pairs->pairs[d->ruin->pairs_of[k]].need] = true;
    }
    double worth = need_worth(d, need);
    for (int j = 0; j < d->part.lp.column_count; j++)
        if (d->need[j] >= 0 && d->need[j] != need && d->shares[d->need[j]] && d->worth[j] < worth)
            backend_bound_column(d->backend, j, d->part.lp.lower[j], d->part.lp.upper[j]);
    return solve(d);
}

/** Nothing for this need: what always leaves a plan, unless others wait for it. */
static bool give_up(Dive *d, int need)
{
    const Formulation *form = d->job->form;
    if (need < 0)
        return false;
    for (int j = 0; j < d->part.lp.column_count; j++)
        if (d->need[j] == need && d->part.lp.lower[j] <= 0)
            fix(d, j, 0);
    for (size_t p = form->pairs->first[need]; p < form->pairs->first[need + 1]; p++)
        if (d->part.at[p] >= 0)
            fix(d, d->part.at[p], 0);
    return solve(d);
}

/** Decides a column: up if it is not next to nothing, and the other way where that is cheaper. */
static bool decide(Dive *d, int column)
{
    double at = backend_value(d->backend, column), low = floor(at), before = d->value;
    double first = at - low > TRY_WHOLE ? low + 1 : low, other = first > low ? low : low + 1;
    double first_value = INFINITY;
    fix(d, column, first);
    if (solve(d)) {
        first_value = d->value;
        if (first_value <= before + d->allowed)
            return true;
    }
    fix(d, column, other);
    bool solved = solve(d);
    if (solved && d->value < first_value)
        return true;
    if (isfinite(first_value)) {
        fix(d, column, first);
        return solve(d);
    }
    if (solved)
        return true;
    backend_bound_column(d->backend, column, d->part.lp.lower[column], d->part.lp.upper[column]);
    return release_around(d, d->need[column]) || give_up(d, d->need[column]);
}

/** Down to a whole point; false where there is none, or none that is good enough. */
static bool descend(Dive *d)
{
    for (int step = 0; step < DIVE_STEPS; step++) {
        int column = choose(d);
        if (column < 0)
            return d->value < d->cutoff;
        if (d->value >= d->cutoff || solve_is_late(d->job->settings) || !decide(d, column))
            return false;
    }
    return false;
}

static Status take_point(const Dive *d, Ruin *ruin)
{
    const Formulation *form = d->job->form;
    double *x = ARENA_NEW(d->arena, (size_t)form->lp.column_count, double);
    TRY_NEW(x);
    for (size_t p = 0; p < form->pairs->count; p++)
        x[p] = d->part.at[p] < 0 ? form->lp.lower[p] : backend_value(d->backend, d->part.at[p]);
    formulation_complete(form, x);
    return ruin_adopt(ruin, x);
}

static Status run(Dive *d, Ruin *ruin)
{
    double all, now = ruin_value(ruin, d->job->stage);
    backend_objective(d->backend, d->part.count, d->part.columns, d->part.costs);
    start_empty(d);
    if (!solve(d))
        return STATUS_OK;
    TRY(note_needs(d, &all));
    double served = fmax(all - d->value, 0);
    d->allowed = STEP_ALLOWED * served;
    d->cutoff = d->job->near ? now - BETTER_BY * served : INFINITY;
    if (d->job->near) {
        TRY(hold_agreed(d));
        if (!solve(d))
            return STATUS_OK;
    }
    return descend(d) ? take_point(d, ruin) : STATUS_OK;
}

Status need_dive(const NeedDive *job, Ruin *ruin, Arena *arena)
{
    Dive d = {.job = job, .ruin = ruin, .arena = arena};
    size_t count;
    TRY(open_pairs(&d, &count));
    if (count > DIVE_COLUMNS)
        return STATUS_OK;
    TRY(part_program_build(job->form, job->stage, d.open, job->reached, arena, &d.part));
    if (d.part.lp.column_count > DIVE_COLUMNS || d.part.lp.row_count == 0)
        return STATUS_OK;
    d.backend = backend_open(&d.part.lp, arena);
    TRY_NEW(d.backend);
    Status status = run(&d, ruin);
    backend_close(d.backend);
    return status;
}
