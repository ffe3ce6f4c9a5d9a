/* Linear stages on the network: minimised, confirmed, frozen by their reduced costs. Stages that were
 * decided as one objective are gone through one by one afterwards, each without a pivot: the tree of
 * the combined optimum is optimal for the first of them, and for each next one among what the ones
 * before leave. Nothing is taken for granted there: the certificate prices every arc.
 */
#include <math.h>

#include "solver/network_run.h"

/* Up to here doubles hold whole numbers. */
static const double WHOLE_MOST = 9007199254740992.0;

double network_run_value(const NetworkRun *run, const NetworkStage *stage)
{
    Int128 sum = 0;
    for (size_t k = 0; k < stage->count; k++)
        sum += (Int128)stage->costs[k] * (network_flow(run->simplex, stage->arcs[k]) / run->grain);
    double whole = round(stage->constant / stage->unit); /* mostly it is whole units, exactly */
    double part = stage->constant - whole * stage->unit;
    if (fabs(whole) < WHOLE_MOST && fabs(part) <= 1e-15 * fabs(stage->constant))
        return stage->unit * (double)((Int128)whole + sum);
    return stage->constant + stage->unit * (double)sum;
}

/** Minimises; notes when nothing was decided. Feasible it is: no stage makes it otherwise. */
static Status minimise(NetworkRun *run, const char *label, size_t count, const int *arcs,
                       const int64_t *costs)
{
    network_objective(run->simplex, count, arcs, costs);
    switch (network_solve(run->simplex)) {
    case NETWORK_OPTIMAL: return STATUS_OK;
    case NETWORK_INFEASIBLE:
        return network_give_up(run, "%s: no flow keeps what the stages before it hold", label);
    case NETWORK_OVERFLOW: return network_give_up(run, "%s: costs too large", label);
    }
    return STATUS_INTERNAL;
}

static Status note_stage(NetworkRun *run, size_t index)
{
    const NetworkStage *stage = &run->net->stages[index];
    if (stage->kind == STAGE_CANONICAL)
        return STATUS_OK;
    return network_note(run, index, 0, network_run_value(run, stage));
}

/** A stage at whose optimum the tree stands, which its certificate is about to prove. */
static Status price_tree(NetworkRun *run, const NetworkStage *stage)
{
    network_objective(run->simplex, stage->count, stage->arcs, stage->costs);
    if (network_reprice(run->simplex))
        return STATUS_OK;
    return network_give_up(run, "%s: costs too large", stage->label);
}

/** Nothing is to be kept where no stage comes after. */
static void freeze_before(NetworkRun *run, size_t next)
{
    if (next < run->net->stage_count)
        network_freeze(run->simplex);
}

/** One stage by itself. Without costs there is nothing to decide. */
static Status decide_stage(NetworkRun *run, size_t index, bool decided)
{
    const NetworkStage *stage = &run->net->stages[index];
    run->proven = true; /* without costs every flow's value is the same */
    if (stage->count > 0) {
        TRY(decided ? price_tree(run, stage)
                    : minimise(run, stage->label, stage->count, stage->arcs, stage->costs));
        if (run->fault == NULL)
            TRY(network_certify(run, stage->label, stage->count, stage->arcs, stage->costs));
        if (run->fault != NULL)
            return STATUS_OK;
        freeze_before(run, index + 1);
    }
    return note_stage(run, index);
}

Status network_linear(NetworkRun *run, const NetworkChunk *chunk)
{
    const NetworkStage *first = &run->net->stages[chunk->first];
    bool combined = chunk->count > 1 && chunk->cost_count > 0;
    run->proven = true;
    if (combined) {
        TRY(minimise(run, first->label, chunk->cost_count, chunk->arcs, chunk->costs));
        if (run->fault == NULL && !run->each_stage) {
            TRY(network_certify(run, first->label, chunk->cost_count, chunk->arcs, chunk->costs));
            if (run->fault == NULL)
                freeze_before(run, chunk->first + chunk->count);
        }
    }
    for (size_t s = chunk->first; s < chunk->first + chunk->count && run->fault == NULL; s++)
        TRY(combined && !run->each_stage ? note_stage(run, s) : decide_stage(run, s, combined));
    return STATUS_OK;
}
