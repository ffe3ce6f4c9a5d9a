/* Stages combined into one objective. With C so far and a next stage c, of which no simple cycle
 * changes more than m a unit, C * (m + 1) + c puts them in order: a cycle that changes C at all
 * changes it by 1 at least, hence the sum by more than c can make good. Optimal flows of the sum are
 * then the optimal flows of c among those of C, since two flows differ by simple cycles.
 */
#include "solver/network_run.h"

static int64_t combined_most(int64_t before, int64_t next)
{
    int64_t most;
    if (next >= NETWORK_COMBINED_MOST || __builtin_mul_overflow(before, next + 1, &most) ||
        __builtin_add_overflow(most, next, &most))
        return INT64_MAX;
    return most;
}

/** How many stages fit, and what a cycle changes by all of them. A stage without costs fits always. */
static void measure_chunk(const ClassNetwork *net, NetworkChunk *chunk)
{
    chunk->count = 1;
    chunk->cycle_most = net->stages[chunk->first].cycle_most;
    for (size_t s = chunk->first + 1; s < net->stage_count; s++) {
        const NetworkStage *stage = &net->stages[s];
        int64_t most = combined_most(chunk->cycle_most, stage->cycle_most);
        if (stage->kind == STAGE_FAIRNESS || most > NETWORK_COMBINED_MOST)
            return;
        chunk->cycle_most = most;
        chunk->count++;
    }
}

/** A sum of stages so far: arcs in order. */
typedef struct CostSum {
    size_t count;
    int *arcs;
    int64_t *costs;
} CostSum;

static Status new_sum(size_t room, Arena *arena, CostSum *sum)
{
    *sum = (CostSum){.arcs = ARENA_NEW(arena, room, int), .costs = ARENA_NEW(arena, room, int64_t)};
    TRY_NEW(sum->arcs);
    TRY_NEW(sum->costs);
    return STATUS_OK;
}

/** What @p before comes to times @p factor, and a stage's costs: both have their arcs in order. */
static void add_stage(const CostSum *before, int64_t factor, const NetworkStage *stage,
                      CostSum *after)
{
    size_t b = 0, s = 0;
    after->count = 0;
    while (b < before->count || s < stage->count) {
        bool old = s == stage->count || (b < before->count && before->arcs[b] <= stage->arcs[s]);
        bool new = b == before->count || (s < stage->count && stage->arcs[s] <= before->arcs[b]);
        int arc = old ? before->arcs[b] : stage->arcs[s];
        int64_t cost = (old ? before->costs[b++] * factor : 0) + (new ? stage->costs[s++] : 0);
        if (cost == 0)
            continue;
        after->arcs[after->count] = arc;
        after->costs[after->count++] = cost;
    }
}

Status network_chunk(const ClassNetwork *net, size_t first, Arena *arena, NetworkChunk *chunk)
{
    const NetworkStage *stage = &net->stages[first];
    CostSum before, after;
    size_t room = 0;
    *chunk = (NetworkChunk){.first = first};
    measure_chunk(net, chunk);
    chunk->cost_count = stage->count;
    chunk->arcs = stage->arcs;
    chunk->costs = stage->costs;
    if (chunk->count == 1)
        return STATUS_OK;
    for (size_t s = first; s < first + chunk->count; s++)
        room += net->stages[s].count;
    TRY(new_sum(room, arena, &before));
    TRY(new_sum(room, arena, &after));
    for (size_t s = first; s < first + chunk->count; s++) {
        add_stage(&before, net->stages[s].cycle_most + 1, &net->stages[s], &after);
        CostSum sum = after;
        after = before;
        before = sum;
    }
    chunk->arcs = before.arcs;
    chunk->costs = before.costs;
    chunk->cost_count = before.count;
    return STATUS_OK;
}
