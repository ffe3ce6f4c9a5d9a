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

Status network_chunk(const ClassNetwork *net, size_t first, Arena *arena, NetworkChunk *chunk)
{
    const NetworkStage *stage = &net->stages[first];
    *chunk = (NetworkChunk){.first = first};
    measure_chunk(net, chunk);
    chunk->cost_count = stage->count;
    chunk->arcs = stage->arcs;
    chunk->costs = stage->costs;
    if (chunk->count == 1)
        return STATUS_OK;
    size_t taken = 0;
    int *arcs = ARENA_NEW(arena, (size_t)net->arc_count, int);
    int64_t *costs = ARENA_NEW(arena, (size_t)net->arc_count, int64_t);
    int64_t *sum = ARENA_NEW(arena, (size_t)net->arc_count, int64_t);
    TRY_NEW(arcs);
    TRY_NEW(costs);
    TRY_NEW(sum);
    for (size_t s = first; s < first + chunk->count; s++) {
        stage = &net->stages[s];
        for (int a = 0; s > first && a < net->arc_count; a++)
            sum[a] *= stage->cycle_most + 1;
        for (size_t k = 0; k < stage->count; k++)
            sum[stage->arcs[k]] += stage->costs[k];
    }
    for (int a = 0; a < net->arc_count; a++)
        if (sum[a] != 0) {
            arcs[taken] = a;
            costs[taken++] = sum[a];
        }
    chunk->arcs = arcs;
    chunk->costs = costs;
    chunk->cost_count = taken;
    return STATUS_OK;
}
