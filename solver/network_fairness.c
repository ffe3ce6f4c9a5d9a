/* A fairness stage on the network: levels, proof, hold.
 *
 * The parts of the leximin, lowest level first, form a chain of sets each of which receives all it
 * can, and within a part all shares are one level: that is what makes it the leximin (Fujishige 1980).
 * The chain is one linear objective: a part counts the more, the lower its level. GLPK confirms it,
 * and its reduced costs freeze it. Then every group is held between the whole minor units around its
 * level, where a flow in whole minor units exists because one in fractions does.
 */
#include <stdlib.h>

#include "solver/network_run.h"

typedef struct FairHold {
    NetworkRun *run;
    size_t index;
    const NetworkStage *stage;
    const FairLevels *levels;
    int *size;  /* [part_count] groups; 0: all of it went into other parts */
    int *order; /* [order_count] parts with groups, lowest level first */
    int order_count;
    int *rank; /* [part_count] distinct levels from 0 on */
    int level_count;
} FairHold;

/** With its number: qsort() must know what it compares. */
typedef struct RankedPart {
    const FairPart *part;
    int number;
} RankedPart;

static int compare_levels(const FairPart *a, const FairPart *b)
{
    Int128 x = (Int128)a->level_num * b->level_den, y = (Int128)b->level_num * a->level_den;
    return (x > y) - (x < y);
}

static int by_level(const void *a, const void *b)
{
    const RankedPart *x = a, *y = b;
    int levels = compare_levels(x->part, y->part);
    return levels != 0 ? levels : (x->number > y->number) - (x->number < y->number);
}

/** Parts with groups, not yet in order. */
static Status list_parts(FairHold *h, Arena *arena, RankedPart **out)
{
    size_t count = (size_t)h->levels->part_count;
    RankedPart *parts = ARENA_NEW(arena, count, RankedPart);
    h->size = ARENA_NEW(arena, count, int);
    h->order = ARENA_NEW(arena, count, int);
    h->rank = ARENA_NEW(arena, count, int);
    TRY_NEW(parts);
    TRY_NEW(h->size);
    TRY_NEW(h->order);
    TRY_NEW(h->rank);
    for (size_t g = 0; g < h->stage->group_count; g++)
        h->size[h->levels->part_of[g]]++;
    for (size_t p = 0; p < count; p++)
        if (h->size[p] > 0)
            parts[h->order_count++] = (RankedPart){&h->levels->parts[p], (int)p};
    *out = parts;
    return STATUS_OK;
}

static Status rank_parts(FairHold *h, Arena *arena)
{
    RankedPart *parts;
    TRY(list_parts(h, arena, &parts));
    if (h->order_count > 1)
        qsort(parts, (size_t)h->order_count, sizeof *parts, by_level);
    for (int i = 0; i < h->order_count; i++) {
        if (i > 0 && compare_levels(parts[i].part, parts[i - 1].part) != 0)
            h->level_count++;
        h->order[i] = parts[i].number;
        h->rank[parts[i].number] = h->level_count;
    }
    h->level_count++;
    return STATUS_OK;
}

/** Does every part receive what its level says? */
static bool parts_are_full(const FairHold *h, int64_t *sums)
{
    const FairLevels *levels = h->levels;
    for (size_t g = 0; g < h->stage->group_count; g++)
        sums[levels->part_of[g]] += network_flow(h->run->simplex, h->stage->group_arcs[g]);
    for (int p = 0; p < levels->part_count; p++)
        if (sums[p] != levels->parts[p].flow * h->run->grain)
            return false;
    return true;
}

/** The chain as one objective, from the bounds as they were before the levels were looked for. */
static Status prove_chain(FairHold *h, Arena *arena)
{
    NetworkRun *run = h->run;
    size_t groups = h->stage->group_count;
    int64_t *costs = ARENA_NEW(arena, groups, int64_t);
    int64_t *sums = ARENA_NEW(arena, (size_t)h->levels->part_count, int64_t);
    TRY_NEW(costs);
    TRY_NEW(sums);
    for (size_t g = 0; g < groups; g++)
        costs[g] = h->rank[h->levels->part_of[g]] - h->level_count;
    network_objective(run->simplex, groups, h->stage->group_arcs, costs);
    if (network_solve(run->simplex) != NETWORK_OPTIMAL)
        return network_give_up(run, "%s: the levels could not be reached", h->stage->label);
    if (!parts_are_full(h, sums))
        return network_give_up(run, "%s: the levels are not the leximin", h->stage->label);
    TRY(network_certify(run, h->stage->label, groups, h->stage->group_arcs, costs));
    if (run->fault == NULL)
        network_freeze(run->simplex);
    return STATUS_OK;
}

/** Holds every group between the whole minor units around its level. */
static Status hold_groups(const FairHold *h)
{
    NetworkRun *run = h->run;
    const NetworkStage *stage = h->stage;
    for (size_t g = 0; g < stage->group_count; g++) {
        const FairPart *part = &h->levels->parts[h->levels->part_of[g]];
        int64_t lower = network_lower(run->simplex, stage->group_arcs[g]);
        int64_t upper = network_upper(run->simplex, stage->group_arcs[g]);
        Int128 all = (Int128)part->level_num * stage->group_wanted[g];
        int64_t down = (int64_t)(all / part->level_den), up = down + (all % part->level_den != 0);
        int64_t floor = (down - stage->group_met[g]) * run->grain;
        int64_t ceil = (up - stage->group_met[g]) * run->grain;
        if (floor > upper || ceil < lower)
            return network_give_up(run, "%s: a group cannot be at its level", stage->label);
        network_bound_arc(run->simplex, stage->group_arcs[g], floor > lower ? floor : lower,
                          ceil < upper ? ceil : upper);
    }
    network_objective(run->simplex, 0, NULL, NULL);
    if (network_solve(run->simplex) != NETWORK_OPTIMAL)
        return network_give_up(run, "%s: no flow in whole minor units is at the levels",
                               stage->label);
    return STATUS_OK;
}

/** Levels that differ by less are listed once. */
static const double SAME_LEVEL = 1e-9;

static Status note_levels(const FairHold *h)
{
    double last = -1;
    int before = 0;
    for (int i = 0; i < h->order_count; i++) {
        const FairPart *part = &h->levels->parts[h->order[i]];
        double level = (double)part->level_num / (double)part->level_den;
        if (before == 0 || level > last + SAME_LEVEL) {
            TRY(network_note(h->run, h->index, before + 1, level));
            last = level;
        }
        before += h->size[h->order[i]];
    }
    return STATUS_OK;
}

/** Two groups that lead to one limit would make the leximin another kind of problem. */
static Status stand_apart(NetworkRun *run, const NetworkStage *stage, Arena *arena)
{
    bool *met = ARENA_NEW(arena, (size_t)run->net->node_count, bool);
    TRY_NEW(met);
    for (size_t g = 0; g < stage->group_count; g++) {
        int arc = stage->group_arcs[g], head = run->to[arc];
        if (head == 0 || run->net->upper[arc] == 0)
            continue;
        if (met[head])
            return network_give_up(run, "%s: several groups share a beneficiary's max_value",
                                   stage->label);
        met[head] = true;
    }
    return STATUS_OK;
}

static void close_spare_arcs(NetworkRun *run, size_t index)
{
    for (size_t g = 0; g < run->net->stages[index].group_count; g++)
        network_bound_arc(run->simplex, run->spare[index] + (int)g, 0, 0);
}

static Status decide(FairHold *h, FairLevels *levels, Arena *scratch)
{
    NetworkRun *run = h->run;
    NetworkBounds saved;
    TRY(stand_apart(run, h->stage, scratch));
    if (run->fault != NULL)
        return STATUS_OK;
    TRY(network_save_bounds(run->simplex, scratch, &saved));
    TRY(network_levels(run, h->index, scratch, levels));
    network_restore_bounds(run->simplex, &saved);
    close_spare_arcs(run, h->index);
    if (run->fault == NULL)
        TRY(rank_parts(h, scratch));
    if (run->fault == NULL)
        TRY(prove_chain(h, scratch));
    if (run->fault == NULL)
        TRY(hold_groups(h));
    return run->fault == NULL ? note_levels(h) : STATUS_OK;
}

Status network_fairness(NetworkRun *run, size_t index)
{
    FairLevels levels;
    FairHold hold = {
        .run = run, .index = index, .stage = &run->net->stages[index], .levels = &levels};
    if (hold.stage->group_count == 0)
        return STATUS_OK;
    arena_reset(run->scratch);
    return decide(&hold, &levels, run->scratch);
}
