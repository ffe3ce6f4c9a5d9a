/* Several choices are decided by one program where that costs little: twice as many after a success, half
 * as many after a refusal. One alone that costs more is solved on all of its sides.
 */
#include "solver/side_plunge.h"

#include <math.h>
#include <string.h>

/* Choices looked at, and so many decided at once at most. */
enum { LOOKED_AT = 32, TOGETHER_MOST = 32 };

/* Choices of which no side is of use where it came to them, and which are decided first in the next try. */
enum { AHEAD_MOST = 64 };

/* Of the programs that a plunge may solve, what tries after the first may, all together. */
enum { AGAIN_PART = 4 };

/* Choices looked at for those of earlier tiers. */
enum { EARLIER_MOST = 512 };

/* What has this part of its least amount, or of a ticket, is tried with all of it first. */
static const double TRY_SERVED = 0.1, TRY_TICKET = 0.5;

/** An arc's bounds before a move. */
typedef struct Before {
    int arc;
    int64_t lower, upper;
} Before;

typedef struct Plunge {
    SideRun *run;
    SideChoice found[LOOKED_AT];
    size_t found_count;
    double *flow, *trial;  /* [arc_count] the point at hand; of the last program */
    double *first;         /* [arc_count] where the first try ended */
    double value, allowed; /* of the point at hand; what a decision may cost */
    BackendBasis basis;    /* of the point at hand */
    Before *before;        /* the way back to the root; grown */
    size_t before_count, before_room;
    size_t together;
    SideChoice ahead[AHEAD_MOST];
    size_t ahead_count;
    size_t again;     /* times in a row that the one put ahead was there already */
    bool beside_plan; /* choices of earlier tiers are made as the plan at hand does */
    bool is_done;     /* nothing is left open */
    long left;        /* programs */
} Plunge;

Status side_trail_add(SideTrail *trail, const SideChoice *choice, int side, Arena *arena)
{
    if (trail->count == trail->room) {
        size_t room = trail->room * 2 + 32;
        trail->steps = arena_grow(arena, trail->steps, trail->count, room, sizeof *trail->steps);
        TRY_NEW(trail->steps);
        trail->room = room;
    }
    trail->steps[trail->count++] = (SideDecision){*choice, side};
    return STATUS_OK;
}

/* ---- bounds of arcs ------------------------------------------------------------------------- */

static Status note_before(Plunge *p, int arc)
{
    const SideRun *run = p->run;
    if (p->before_count == p->before_room) {
        size_t room = p->before_room * 2 + 256;
        p->before =
            arena_grow(run->job->arena, p->before, p->before_count, room, sizeof *p->before);
        TRY_NEW(p->before);
        p->before_room = room;
    }
    p->before[p->before_count++] = (Before){arc, run->lower[arc], run->upper[arc]};
    return STATUS_OK;
}

/** *possible becomes false where an arc would have to carry more than it can. */
static Status enter(Plunge *p, const SideChoice *choice, int side, bool *possible)
{
    const SideRun *run = p->run;
    const SideBound *job = run->job;
    SideMoves moves;
    TRY(side_choice_moves(job->rules, job->net, job->apart, choice, job->arena, &moves));
    for (size_t k = 0; k < moves.count[side] && *possible; k++) {
        const SideMove *move = &moves.moves[side][k];
        int64_t *lower = &run->lower[move->arc], *upper = &run->upper[move->arc];
        TRY(note_before(p, move->arc));
        *lower = move->lower > *lower ? move->lower : *lower;
        *upper = move->upper < *upper ? move->upper : *upper;
        *possible = *lower <= *upper;
        if (*possible)
            side_run_bound(run, move->arc, *lower);
    }
    return STATUS_OK;
}

static void leave(Plunge *p, size_t mark)
{
    while (p->before_count > mark) {
        const Before *before = &p->before[--p->before_count];
        p->run->lower[before->arc] = before->lower;
        p->run->upper[before->arc] = before->upper;
        side_run_bound(p->run, before->arc, before->lower);
    }
}

/* ---- programs ------------------------------------------------------------------------------- */

/** The program as it is now; INFINITY in *value: nothing keeps it. The point is in p->trial. */
static Status solve(Plunge *p, double *value)
{
    const SideBound *job = p->run->job;
    bool solved;
    *value = INFINITY;
    p->left--;
    TRY(side_run_solve(p->run, p->trial, &solved));
    if (!solved)
        return STATUS_OK;
    *value = 0;
    for (int a = 0; a < job->net->arc_count; a++)
        *value += (double)job->cost[a] * p->trial[a];
    return STATUS_OK;
}

/** The last program's point is the one at hand. */
static void stay(Plunge *p, double value)
{
    double *flow = p->flow;
    p->flow = p->trial;
    p->trial = flow;
    p->value = value;
    backend_keep_basis(p->run->backend, &p->basis);
}

static void go_back(Plunge *p, size_t mark)
{
    leave(p, mark);
    backend_put_basis(p->run->backend, &p->basis);
}

/* ---- decisions ------------------------------------------------------------------------------ */

/** The side that is tried first. */
static int first_side(const Plunge *p, const SideChoice *choice)
{
    const SideBound *job = p->run->job;
    double has, least;
    if (choice->kind != SIDE_SERVED && choice->kind != SIDE_TICKET)
        return 0;
    side_choice_flow(job->rules, job->net, choice, p->flow, &has, &least);
    return has >= (choice->kind == SIDE_SERVED ? TRY_SERVED : TRY_TICKET) * least ? 0 : 1;
}

/** Of each need one, from the largest stake down: they come to the front. */
static size_t list_together(Plunge *p)
{
    size_t count = 0;
    for (size_t k = 0; k < p->found_count && count < p->together; k++) {
        bool fresh = true;
        for (size_t i = 0; i < count; i++)
            fresh = fresh && p->found[i].need != p->found[k].need;
        if (fresh)
            p->found[count++] = p->found[k];
    }
    return count;
}

/** The first @p count choices, each to its first side; *kept where that costs little. */
static Status decide_together(Plunge *p, size_t count, double *value, bool *kept)
{
    SideBound *job = p->run->job;
    size_t mark = p->before_count;
    int sides[TOGETHER_MOST];
    bool possible = true;
    *value = INFINITY;
    for (size_t k = 0; k < count; k++) {
        sides[k] = first_side(p, &p->found[k]);
        TRY(enter(p, &p->found[k], sides[k], &possible));
    }
    if (possible)
        TRY(solve(p, value));
    *kept = *value <= p->value + p->allowed && *value < job->enough;
    if (!*kept) {
        go_back(p, mark);
        return STATUS_OK;
    }
    stay(p, *value);
    for (size_t k = 0; k < count; k++)
        TRY(side_trail_add(job->trail, &p->found[k], sides[k], job->arena));
    return STATUS_OK;
}

/** One choice to the side that costs least, of which the first is known to cost @p first; *kept: one is
 *  of use. */
static Status decide(Plunge *p, const SideChoice *choice, double first, bool *kept)
{
    SideBound *job = p->run->job;
    size_t mark = p->before_count;
    int sides = side_choice_sides(job->rules, choice), best = first_side(p, choice);
    int tried = best;
    double least = first, value = INFINITY;
    for (int side = 0; side < sides; side++) {
        bool possible = true;
        if (side == tried)
            continue;
        TRY(enter(p, choice, side, &possible));
        if (possible)
            TRY(solve(p, &value));
        if (possible && value < least) {
            least = value;
            best = side;
        }
        go_back(p, mark);
    }
    *kept = least < job->enough;
    if (!*kept)
        return STATUS_OK;
    bool possible = true;
    TRY(enter(p, choice, best, &possible));
    TRY(solve(p, &value));
    *kept = isfinite(value);
    if (*kept)
        stay(p, value);
    return *kept ? side_trail_add(job->trail, choice, best, job->arena) : STATUS_OK;
}

/** One choice, to the side it is tried with first where that costs little. */
static Status decide_alone(Plunge *p, const SideChoice *choice, bool *kept)
{
    double value;
    p->found[0] = *choice;
    TRY(decide_together(p, 1, &value, kept));
    return *kept ? STATUS_OK : decide(p, choice, value, kept);
}

/** The first @p count choices found together; where that costs much, next time half as many. */
static Status decide_some(Plunge *p, size_t count, bool *kept)
{
    double value;
    TRY(decide_together(p, count, &value, kept));
    if (*kept) {
        p->together = p->together < TOGETHER_MOST ? 2 * p->together : TOGETHER_MOST;
    } else if (count > 1) {
        p->together = count / 2;
        *kept = true;
    } else {
        TRY(decide(p, &p->found[0], value, kept));
    }
    return STATUS_OK;
}

/** What the trail says, all at once. */
static Status follow_trail(Plunge *p, bool *followed)
{
    const SideTrail *trail = p->run->job->trail;
    double value = INFINITY;
    bool possible = true;
    for (size_t k = 0; k < trail->count; k++)
        TRY(enter(p, &trail->steps[k].choice, trail->steps[k].side, &possible));
    if (possible)
        TRY(solve(p, &value));
    *followed = value < p->run->job->enough;
    if (*followed)
        stay(p, value);
    return STATUS_OK;
}

/** Is it about a need of an earlier tier, also one that requires it? */
static bool is_earlier(const SideBound *job, const SideChoice *choice)
{
    const Logic *logic = &job->rules->form->round->logic;
    bool earlier = job->earlier[choice->need];
    for (size_t q = 0; choice->kind == SIDE_REQUIRED && q < logic->requirement_count; q++) {
        const Requirement *requirement = &logic->requirements[q];
        earlier = earlier || (requirement->count == 1 && requirement->any_of[0] == choice->need &&
                              job->earlier[requirement->need]);
    }
    return earlier;
}

/** Makes the open choices of earlier tiers as the plan at hand does, those that come up by that too. */
static Status follow_plan(Plunge *p, bool *kept)
{
    SideBound *job = p->run->job;
    SideChoice *found = ARENA_NEW(job->arena, EARLIER_MOST, SideChoice);
    TRY_NEW(found);
    while (*kept && p->left > 0) {
        double value = INFINITY;
        bool possible = true, any = false;
        size_t count = side_choices_find(job->rules, job->net, job->apart, p->flow, job->cost,
                                         EARLIER_MOST, found);
        for (size_t k = 0; k < count; k++) {
            if (!is_earlier(job, &found[k]))
                continue;
            int side = side_choice_side(job->rules, job->net, &found[k], job->plan);
            TRY(enter(p, &found[k], side, &possible));
            TRY(side_trail_add(job->trail, &found[k], side, job->arena));
            any = true;
        }
        if (!any)
            return STATUS_OK;
        if (possible)
            TRY(solve(p, &value));
        *kept = value < job->enough;
        if (*kept)
            stay(p, value);
    }
    return STATUS_OK;
}

/** From the leaf down, until nothing is left open; *failed is a choice of which no side is of use. */
static Status descend_once(Plunge *p, const SideChoice **failed)
{
    SideBound *job = p->run->job;
    bool kept;
    TRY(follow_trail(p, &kept));
    if (p->beside_plan)
        TRY(follow_plan(p, &kept));
    p->allowed = job->plunge_step * fmin(job->enough - p->value, fabs(p->value));
    p->together = 1;
    *failed = NULL;
    for (size_t k = 0; k < p->ahead_count && kept && p->left > 0; k++) {
        TRY(decide_alone(p, &p->ahead[k], &kept));
        *failed = kept ? NULL : &p->ahead[k];
    }
    while (kept && p->left > 0) {
        p->found_count = side_choices_find(job->rules, job->net, job->apart, p->flow, job->cost,
                                           LOOKED_AT, p->found);
        size_t count = list_together(p);
        p->is_done = count == 0;
        if (p->is_done)
            break;
        TRY(decide_some(p, count, &kept));
        *failed = kept ? NULL : &p->found[0];
    }
    return STATUS_OK;
}

/** Puts the choice before all that are decided first. False where too many are, or where each of them has come
 *  to the front once more and none was new: it goes round in a circle. */
static bool put_ahead(Plunge *p, const SideChoice *failed)
{
    SideChoice choice = *failed;
    bool known = failed >= p->ahead && failed < p->ahead + p->ahead_count;
    size_t at = known ? (size_t)(failed - p->ahead) : p->ahead_count;
    p->again = known ? p->again + 1 : 0;
    if (p->again > p->ahead_count || (known && at == 0) || at == AHEAD_MOST)
        return false;
    memmove(p->ahead + 1, p->ahead, at * sizeof *p->ahead);
    p->ahead[0] = choice;
    p->ahead_count += !known;
    return true;
}

/** Again and again, each time with what it came to grief at decided first. */
static Status descend(Plunge *p)
{
    SideTrail *trail = p->run->job->trail;
    size_t begun = trail->count;
    const SideChoice *failed;
    TRY(descend_once(p, &failed));
    if (!p->beside_plan)
        memcpy(p->first, p->flow, (size_t)p->run->job->net->arc_count * sizeof *p->first);
    if (failed != NULL && p->left > p->run->job->plunge / AGAIN_PART)
        p->left = p->run->job->plunge / AGAIN_PART;
    while (failed != NULL && p->left > 0) {
        bool is_ahead = put_ahead(p, failed);
        if (!is_ahead && begun == 0)
            break;
        if (!is_ahead) { /* it comes to grief where branching ended: from the root, then */
            begun = 0;
            p->again = 0;
        }
        leave(p, 0);
        trail->count = begun;
        TRY(descend_once(p, &failed));
    }
    return STATUS_OK;
}

/** The same from the root, beside the plan at hand. */
static Status descend_beside(Plunge *p)
{
    leave(p, 0);
    p->run->job->trail->count = 0;
    p->ahead_count = 0;
    p->beside_plan = true;
    p->left = p->run->job->plunge / AGAIN_PART;
    return descend(p);
}

Status side_plunge(SideRun *run)
{
    SideBound *job = run->job;
    size_t arcs = (size_t)job->net->arc_count;
    Plunge p = {.run = run, .together = 1, .left = job->plunge};
    p.flow = ARENA_NEW(job->arena, arcs, double);
    p.trial = ARENA_NEW(job->arena, arcs, double);
    TRY_NEW(p.flow);
    p.first = ARENA_NEW(job->arena, arcs, double);
    TRY_NEW(p.trial);
    TRY_NEW(p.first);
    TRY(backend_new_basis(run->backend, job->arena, &p.basis));
    memcpy(p.flow, job->flow, arcs * sizeof *p.flow);
    p.value = INFINITY;
    Status status = descend(&p);
    if (status == STATUS_OK && !p.is_done && job->plan != NULL)
        status = descend_beside(&p);
    leave(&p, 0);
    job->flow = p.is_done ? p.flow : p.first;
    return status;
}
