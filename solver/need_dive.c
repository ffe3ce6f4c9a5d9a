/* The dive: the live program, and the order in which things are decided. */
#include "solver/need_dive.h"

#include <stdlib.h>
#include <string.h>

#include "solver/backend.h"
#include "solver/dive_sight.h"
#include "solver/part_program.h"
#include "solver/part_start.h"

/* Programs of more columns are left alone: every decision takes a tenth of a second. */
enum { DIVE_COLUMNS = 50000 };

/* Things decided in one dive at most. */
enum { DIVE_STEPS = 1500 };

/* From this part on, something is tried whole before it is tried at 0. */
static const double TRY_WHOLE = 0.1;

/* A decision is taken without a look at its other side where it costs no more than this part of what
 * the tier serves. */
static const double STEP_ALLOWED = 1e-4;

/* Needs are decided together, so many at most, as long as they count no more than this part of what the
 * tier serves. */
enum { TOGETHER_MOST = 64 };
static const double TOGETHER = 5e-4;

/* What is broken by no more is whole: the noise of a solve. */
static const double WHOLE_NOISE = 1e-6;

/* A plan near the one at hand is better by this part of what the tier serves, or it is not looked for. */
static const double BETTER_BY = 1e-7;

typedef struct Choice {
    int column;
    double at; /* its value */
    double rank;
} Choice;

typedef struct Dive {
    const NeedDive *job;
    const Ruin *ruin;
    Arena *arena;
    DiveSight sight;
    PartProgram part;
    Backend *backend;
    int *need;       /* [part columns] whom a whole column is about; -1: several, or nobody */
    double *worth;   /* [part columns] what that need counts altogether */
    bool *released;  /* [needs] others have given way to it */
    bool *shares;    /* [needs] scratch */
    Choice *choices; /* [part columns] scratch: what is broken, the most worth first */
    int *choice_of;  /* [needs] scratch: its choice + 1 */
    int together;    /* decided at once at most: fewer after a refusal, more after a success */
    double allowed, cutoff, served;
    double value; /* of the point at hand */
} Dive;

/* ---- the live program ----------------------------------------------------------------------- */

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
    d->choices = ARENA_NEW(d->arena, (size_t)count, Choice);
    d->choice_of = ARENA_NEW(d->arena, round->need_count, int);
    TRY_NEW(d->choices);
    TRY_NEW(d->choice_of);
    for (int j = 0; j < count; j++) {
        int need = d->need[j] = d->part.lp.integer[j] ? part_need_of(form, d->part.of[j]) : -1;
        if (need >= 0)
            d->worth[j] = dive_worth(d->job->form, d->ruin, need);
    }
    *all = 0;
    for (size_t n = 0; n < round->need_count; n++)
        if (d->ruin->gain[n].stage == (int)d->job->stage)
            *all += dive_worth(d->job->form, d->ruin, (int)n);
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

static int most_worth_first(const void *a, const void *b)
{
    const Choice *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank > y->rank ? -1 : 1;
    return (x->column > y->column) - (x->column < y->column);
}

/** The broken columns by worth; of one need only the first: whether it is served, then its largest. */
static int list_choices(Dive *d)
{
    const Formulation *form = d->job->form;
    int count = 0;
    memset(d->choice_of, 0, form->round->need_count * sizeof *d->choice_of);
    for (int j = 0; j < d->part.lp.column_count; j++) {
        if (!d->part.lp.integer[j])
            continue;
        double at = backend_value(d->backend, j), part = at - floor(at);
        if (fabs(at - round(at)) <= WHOLE_NOISE)
            continue;
        bool switches = form->origin[d->part.of[j]].kind == COLUMN_SWITCH;
        Choice choice = {j, at, 1 + d->worth[j] * (1 + 1e-6 * (part + (switches ? 0 : 1)))};
        int *own = d->need[j] < 0 ? NULL : &d->choice_of[d->need[j]];
        if (own == NULL || *own == 0) {
            d->choices[count++] = choice;
            if (own != NULL)
                *own = count;
        } else if (choice.rank > d->choices[*own - 1].rank) {
            d->choices[*own - 1] = choice;
        }
    }
    if (count > 1)
        qsort(d->choices, (size_t)count, sizeof *d->choices, most_worth_first);
    return count;
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
             d->sight.open[p] && k < d->ruin->pairs_first[offer + 1]; k++)
            if (d->sight.open[d->ruin->pairs_of[k]])
                d->shares[pairs->pairs[d->ruin->pairs_of[k]].need] = true;
    }
    double worth = dive_worth(d->job->form, d->ruin, need);
    for (int j = 0; j < d->part.lp.column_count; j++)
        if (d->need[j] >= 0 && d->need[j] != need && d->shares[d->need[j]] && d->worth[j] < worth)
            backend_bound_column(d->backend, j, d->part.lp.lower[j], d->part.lp.upper[j]);
    return solve(d);
}

static void leave_open(Dive *d, int column)
{
    backend_bound_column(d->backend, column, d->part.lp.lower[column], d->part.lp.upper[column]);
}

/** Marks in d->shares whoever waits for this need, and for those. */
static void mark_waiting(Dive *d, int need)
{
    const Ruin *r = d->ruin;
    for (size_t k = r->dependents_first[need]; k < r->dependents_first[need + 1]; k++) {
        int other = r->dependents[k];
        if (d->shares[other])
            continue;
        d->shares[other] = true;
        mark_waiting(d, other);
    }
}

/** Nothing for this need, and nothing decided about those that wait for it: what always leaves a plan. */
static bool give_up(Dive *d, int need)
{
    const Formulation *form = d->job->form;
    if (need < 0)
        return false;
    memset(d->shares, 0, form->round->need_count * sizeof *d->shares);
    mark_waiting(d, need);
    for (int j = 0; j < d->part.lp.column_count; j++) {
        if (d->need[j] == need && d->part.lp.lower[j] <= 0)
            fix(d, j, 0);
        else if (d->need[j] >= 0 && d->shares[d->need[j]])
            leave_open(d, j);
    }
    for (size_t p = form->pairs->first[need]; p < form->pairs->first[need + 1]; p++)
        if (d->part.at[p] >= 0)
            fix(d, d->part.at[p], 0);
    return solve(d);
}

/** Up if it is not next to nothing. */
static double first_side(const Choice *choice)
{
    double low = floor(choice->at);
    return choice->at - low > TRY_WHOLE ? low + 1 : low;
}

/** Decides a column: to its first side, and the other way where that is cheaper; where neither is left,
 *  needs of less worth give way, then its own. */
static bool decide(Dive *d, const Choice *choice, double before)
{
    int column = choice->column;
    double first = first_side(choice), low = floor(choice->at), first_value = INFINITY;
    double other = first > low ? low : low + 1;
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
    leave_open(d, column);
    return release_around(d, d->need[column]) || give_up(d, d->need[column]);
}

/** The first so many of the list at once, each to its first side; true where that costs little. */
static bool decide_together(Dive *d, int count, double before)
{
    for (int k = 0; k < count; k++)
        fix(d, d->choices[k].column, first_side(&d->choices[k]));
    if (solve(d) && d->value <= before + d->allowed)
        return true;
    for (int k = 0; k < count; k++)
        leave_open(d, d->choices[k].column);
    return false;
}

/** How many of the list are decided at once. */
static int count_together(const Dive *d, int listed)
{
    double worth = 0;
    int count = 0;
    while (count < listed && count < d->together) {
        worth += d->worth[d->choices[count].column];
        if (worth > TOGETHER * d->served)
            break;
        count++;
    }
    return count;
}

/** Down to a whole point; false where there is none, or none that is good enough. */
static bool descend(Dive *d)
{
    d->together = 1;
    for (int step = 0; step < DIVE_STEPS; step++) {
        int listed = list_choices(d), count = count_together(d, listed);
        double before = d->value;
        if (listed == 0)
            return d->value < d->cutoff;
        if (d->value >= d->cutoff || solve_is_late(d->job->settings))
            return false;
        if (count > 1 && decide_together(d, count, before)) {
            d->together = d->together < TOGETHER_MOST ? 2 * d->together : TOGETHER_MOST;
            continue;
        }
        if (count > 1)
            d->together = count / 2;
        else if (d->together < 2)
            d->together = 2;
        if (!decide(d, &d->choices[0], before))
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
    return ruin_adopt(ruin, x, d->job->stage, d->job->settings);
}

static Status run(Dive *d, Ruin *ruin)
{
    double all, now = ruin_value(ruin, d->job->stage);
    backend_objective(d->backend, d->part.count, d->part.columns, d->part.costs);
    TRY(part_start(d->job->form, &d->part, d->job->lines, d->arena, d->backend));
    if (!solve(d))
        return STATUS_OK;
    TRY(note_needs(d, &all));
    d->served = fmax(all - d->value, 0);
    d->allowed = STEP_ALLOWED * d->served;
    d->cutoff = d->job->near ? now - BETTER_BY * d->served : INFINITY;
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
    TRY(dive_look(job, ruin, arena, &d.sight));
    if (d.sight.open_count > DIVE_COLUMNS)
        return STATUS_OK;
    TRY(part_program_build(job->form, job->stage, d.sight.open, d.sight.large, job->reached, arena,
                           &d.part));
    if (d.part.lp.column_count > DIVE_COLUMNS || d.part.lp.row_count == 0)
        return STATUS_OK;
    d.backend = backend_open(&d.part.lp, arena);
    TRY_NEW(d.backend);
    Status status = run(&d, ruin);
    backend_close(d.backend);
    return status;
}
