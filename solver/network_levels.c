/* The levels of a leximin on the network, by decomposition (Fujishige 1980; Megiddo 1974).
 *
 * What the groups of a tier can receive is a generalised polymatroid, since their arcs lead to one
 * node (Frank 1984); its leximin in the shares (met + flow) / wanted is a base, found so: try the one
 * level that would hand out all there is. If every group can have it, it is the answer. If not, the
 * cut that is in the way splits the groups: those behind it get all that the cut lets through, less
 * than that level, and the others get more. Both sides are problems of the same kind, and as the cut
 * is full from then on, they do not meet again: all parts are tried in one and the same solve.
 *
 * A level tried is a cap on each group's arc, in grains, rounded down; a spare arc beside it takes
 * what a group must receive beyond, for nothing. A part that is not split reaches its level but for
 * less than one grain a group.
 */
#include "solver/network_run.h"

typedef struct LevelSearch {
    NetworkRun *run;
    const NetworkStage *stage;
    int spare; /* of group 0 */
    FairLevels *levels;
    int part_room;
    Arena *arena;
    int64_t *lower,
        *upper;     /* [group_count] of its arc when the stage began; one amount once that is
                               settled; grains */
    Int128 *target; /* [group_count] the level tried, as a flow in grains */
    int64_t
        *reduced; /* [group_count] reduced cost of its arc: 0 behind the cut of its part, -1 before
                         it; beyond, the group gets the least or the most in any case */
    int *arcs;    /* [group_count] scratch for an objective */
    int64_t *costs;
} LevelSearch;

static int64_t flow_of(const LevelSearch *s, size_t g)
{
    return network_flow(s->run->simplex, s->stage->group_arcs[g]) +
           network_flow(s->run->simplex, s->spare + (int)g);
}

static Status new_part(LevelSearch *s, int *number)
{
    FairLevels *levels = s->levels;
    if (levels->part_count == s->part_room) {
        size_t count = (size_t)levels->part_count, room = count * 2 + 64;
        levels->parts = arena_grow(s->arena, levels->parts, count, room, sizeof *levels->parts);
        TRY_NEW(levels->parts);
        s->part_room = (int)room;
    }
    levels->parts[levels->part_count] = (FairPart){.done = false};
    *number = levels->part_count++;
    return STATUS_OK;
}

static Int128 floor_divide(Int128 a, Int128 b)
{
    return a / b - (a % b < 0);
}

/** Flows, levels and targets of all parts from the present flow. */
static void measure_parts(LevelSearch *s)
{
    const NetworkStage *stage = s->stage;
    FairLevels *levels = s->levels;
    int64_t grain = s->run->grain;
    for (int p = 0; p < levels->part_count; p++)
        if (!levels->parts[p].done)
            levels->parts[p] = (FairPart){.done = false};
    for (size_t g = 0; g < stage->group_count; g++) {
        FairPart *part = &levels->parts[levels->part_of[g]];
        if (part->done)
            continue;
        part->flow += flow_of(s, g); /* grains so far */
        part->level_num += stage->group_met[g];
        part->level_den += stage->group_wanted[g];
    }
    for (int p = 0; p < levels->part_count; p++) {
        FairPart *part = &levels->parts[p];
        if (part->done)
            continue;
        if (part->flow % grain != 0) /* a cut is whole minor units */
            s->run->fault = "fairness: a part of the groups does not receive whole minor units";
        part->flow /= grain;
        part->level_num += part->flow;
    }
    for (size_t g = 0; g < stage->group_count; g++) {
        const FairPart *part = &levels->parts[levels->part_of[g]];
        if (!part->done)
            s->target[g] = floor_divide(((Int128)part->level_num * stage->group_wanted[g] -
                                         (Int128)stage->group_met[g] * part->level_den) *
                                            grain,
                                        part->level_den);
    }
}

static int64_t clamp(Int128 value, int64_t low, int64_t high)
{
    return value < low ? low : value > high ? high : (int64_t)value;
}

/** Caps on the arcs of the groups of open parts; those of the others are as they were. */
static size_t set_caps(LevelSearch *s)
{
    const NetworkStage *stage = s->stage;
    size_t open = 0;
    for (size_t g = 0; g < stage->group_count; g++) {
        int arc = stage->group_arcs[g], spare = s->spare + (int)g;
        bool done = s->levels->parts[s->levels->part_of[g]].done;
        int64_t cap = done ? s->upper[g] : clamp(s->target[g], s->lower[g], s->upper[g]);
        network_bound_arc(s->run->simplex, arc, s->lower[g], cap);
        network_bound_arc(s->run->simplex, spare, 0, s->upper[g] - cap);
        if (done)
            continue;
        s->arcs[open] = arc;
        s->costs[open++] = -1;
    }
    return open;
}

/** As much as the caps let through; keeps what is optimal for that. The groups' arcs open again with
 *  the next caps. */
static void fill(LevelSearch *s, size_t open)
{
    NetworkRun *run = s->run;
    network_objective(run->simplex, open, s->arcs, s->costs);
    NetworkOutcome outcome = network_solve(run->simplex);
    if (outcome == NETWORK_OPTIMAL)
        network_freeze(run->simplex);
    else
        run->fault = "fairness: a level could not be tried";
}

/** Which groups are behind the cut of their part, and which parts reached their level. */
static void find_cut(LevelSearch *s, bool *reached)
{
    const NetworkStage *stage = s->stage;
    for (int p = 0; p < s->levels->part_count; p++)
        reached[p] = true;
    for (size_t g = 0; g < stage->group_count; g++) {
        int arc = stage->group_arcs[g], p = s->levels->part_of[g];
        s->reduced[g] = network_reduced_cost(s->run->simplex, arc);
        if (s->target[g] > network_flow(s->run->simplex, arc))
            reached[p] = false;
    }
}

/** A group whose amount is known: a part of its own. */
static Status settle_group(LevelSearch *s, size_t g, int64_t amount)
{
    int part;
    TRY(new_part(s, &part));
    s->levels->part_of[g] = part;
    s->lower[g] = s->upper[g] = amount;
    s->levels->parts[part] =
        (FairPart){.flow = amount / s->run->grain,
                   .level_num = s->stage->group_met[g] + amount / s->run->grain,
                   .level_den = s->stage->group_wanted[g],
                   .done = true};
    return STATUS_OK;
}

/** Where a group of a part that is split goes. Short of the level at the most its arc may carry, or
 *  beyond the level at the least although the others behind the cut take all: that is its amount. */
static Status place_group(LevelSearch *s, size_t g, int *other)
{
    int *part = &s->levels->part_of[g];
    if (s->reduced[g] < -1 || (s->reduced[g] < 0 && s->target[g] > s->upper[g]))
        return settle_group(s, g, s->upper[g]);
    if (s->reduced[g] > 0 || (s->reduced[g] == 0 && s->target[g] < s->lower[g]))
        return settle_group(s, g, s->lower[g]);
    if (s->reduced[g] < 0)
        return STATUS_OK;
    if (other[*part] < 0)
        TRY(new_part(s, &other[*part]));
    *part = other[*part];
    return STATUS_OK;
}

/** Ends the parts that reached their level and splits the others.
 *  @param[out] active  is any part left? */
static Status split_parts(LevelSearch *s, const bool *reached, int *other, bool *active)
{
    FairLevels *levels = s->levels;
    int before = levels->part_count;
    *active = false;
    for (int p = 0; p < before; p++) {
        levels->parts[p].done = levels->parts[p].done || reached[p];
        other[p] = -1;
        *active = *active || !levels->parts[p].done;
    }
    for (size_t g = 0; g < s->stage->group_count; g++)
        if (!levels->parts[levels->part_of[g]].done)
            TRY(place_group(s, g, other));
    if (*active && levels->part_count == before)
        return network_give_up(s->run, "%s: the groups could not be told apart", s->stage->label);
    return STATUS_OK;
}

/** A group whose arc cannot move is settled at once; the others are one part. */
static Status first_parts(LevelSearch *s)
{
    const NetworkStage *stage = s->stage;
    int all = -1;
    for (size_t g = 0; g < stage->group_count; g++) {
        s->target[g] = s->upper[g];
        if (s->lower[g] == s->upper[g]) {
            TRY(settle_group(s, g, s->upper[g]));
            continue;
        }
        if (all < 0)
            TRY(new_part(s, &all));
        s->levels->part_of[g] = all;
    }
    return STATUS_OK;
}

static Status allocate(LevelSearch *s)
{
    size_t groups = s->stage->group_count;
    s->lower = ARENA_NEW(s->arena, groups, int64_t);
    s->upper = ARENA_NEW(s->arena, groups, int64_t);
    s->target = ARENA_NEW(s->arena, groups, Int128);
    s->reduced = ARENA_NEW(s->arena, groups, int64_t);
    s->arcs = ARENA_NEW(s->arena, groups, int);
    s->costs = ARENA_NEW(s->arena, groups, int64_t);
    s->levels->part_of = ARENA_NEW(s->arena, groups, int);
    TRY_NEW(s->lower);
    TRY_NEW(s->upper);
    TRY_NEW(s->target);
    TRY_NEW(s->reduced);
    TRY_NEW(s->arcs);
    TRY_NEW(s->costs);
    TRY_NEW(s->levels->part_of);
    for (size_t g = 0; g < groups; g++) {
        s->lower[g] = network_lower(s->run->simplex, s->stage->group_arcs[g]);
        s->upper[g] = network_upper(s->run->simplex, s->stage->group_arcs[g]);
    }
    return STATUS_OK;
}

/** As much as there is, every cap being what the arc may carry; from now on that is fixed. Who gets
 *  the most or the least of it in any case is settled. */
static Status hand_out_all(LevelSearch *s)
{
    fill(s, set_caps(s));
    for (size_t g = 0; g < s->stage->group_count && s->run->fault == NULL; g++) {
        int64_t reduced = network_reduced_cost(s->run->simplex, s->stage->group_arcs[g]);
        if (!s->levels->parts[s->levels->part_of[g]].done && reduced != 0)
            TRY(settle_group(s, g, reduced < 0 ? s->upper[g] : s->lower[g]));
    }
    return STATUS_OK;
}

/** One level for each open part; ends those that reach it and splits the others. */
static Status try_levels(LevelSearch *s, bool *active)
{
    int parts = s->levels->part_count;
    bool *reached = ARENA_NEW(s->arena, (size_t)parts, bool);
    int *other = ARENA_NEW(s->arena, (size_t)parts, int);
    TRY_NEW(reached);
    TRY_NEW(other);
    measure_parts(s);
    fill(s, set_caps(s));
    if (s->run->fault != NULL)
        return STATUS_OK;
    find_cut(s, reached);
    return split_parts(s, reached, other, active);
}

Status network_levels(NetworkRun *run, size_t stage, Arena *scratch, FairLevels *levels)
{
    LevelSearch s = {.run = run,
                     .stage = &run->net->stages[stage],
                     .spare = run->spare[stage],
                     .levels = levels,
                     .arena = scratch};
    *levels = (FairLevels){.parts = NULL};
    TRY(allocate(&s));
    TRY(first_parts(&s));
    TRY(hand_out_all(&s));
    bool active = true;
    while (active && run->fault == NULL)
        TRY(try_levels(&s, &active));
    return STATUS_OK;
}
