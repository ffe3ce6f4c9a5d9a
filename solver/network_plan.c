/* A round on its class network: every stage decided in order, each confirmed by GLPK and frozen before
 * the next; then lines, figures, stages. What cannot be decided so, for whatever reason, is left to
 * the plain engine, with the reason.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "allot/extract.h"
#include "allot/order.h"
#include "solver/glpk_guard.h"
#include "solver/network_run.h"

/* Grains of a minor unit at most, and sums of flows at most, in grains. */
static const int64_t GRAIN_MOST = (int64_t)1 << 20;
static const int64_t SUM_MOST = (int64_t)1 << 60;

Status network_give_up(NetworkRun *run, const char *format, ...)
{
    va_list args;
    if (run->fault != NULL)
        return STATUS_OK;
    va_start(args, format);
    run->fault = arena_vprintf(run->arena, format, args);
    va_end(args);
    return run->fault == NULL ? STATUS_NO_MEMORY : STATUS_OK;
}

Status network_note(NetworkRun *run, size_t stage, int rank, double bound)
{
    if (run->bound_count == run->bound_room) {
        size_t room = run->bound_room * 2 + 64;
        run->bounds =
            arena_grow(run->arena, run->bounds, run->bound_count, room, sizeof *run->bounds);
        TRY_NEW(run->bounds);
        run->bound_room = room;
    }
    run->bounds[run->bound_count++] = (StageBound){.stage = stage,
                                                   .rank = rank,
                                                   .bound = bound,
                                                   .status = STAGE_OPTIMAL,
                                                   .proven = run->proven};
    return STATUS_OK;
}

/* ---- the program ---------------------------------------------------------------------------- */

/** Fairness tries out shares of minor units; nothing else does. */
static bool needs_grains(const ClassNetwork *net)
{
    bool groups = false;
    for (size_t s = 0; s < net->stage_count; s++)
        groups = groups || net->stages[s].group_count > 0;
    return groups;
}

/** All that is ever asked for: no sum of flows, and no met and flow of a part, is larger. */
static Status find_grain(NetworkRun *run)
{
    const ClassNetwork *net = run->net;
    int64_t all = 1;
    for (size_t n = 0; n < net->round->need_count; n++) {
        const Need *need = &net->round->needs[n];
        if (need->quantity_known && __builtin_add_overflow(all, need->quantity, &all))
            return STATUS_INTERNAL;
    }
    if (all > SUM_MOST)
        return network_give_up(run, "the amounts are too large");
    run->grain = needs_grains(net) ? GRAIN_MOST : 1;
    while (all > SUM_MOST / run->grain)
        run->grain /= 2;
    return STATUS_OK;
}

/** A closed arc beside each group's, behind those of the class network. */
static Status add_spares(NetworkRun *run)
{
    const ClassNetwork *net = run->net;
    size_t arcs = (size_t)net->arc_count, total = (size_t)run->arc_count;
    int *from = ARENA_NEW(run->arena, total, int), *to = ARENA_NEW(run->arena, total, int);
    TRY_NEW(from);
    TRY_NEW(to);
    memcpy(from, net->from, arcs * sizeof *from);
    memcpy(to, net->to, arcs * sizeof *to);
    for (size_t s = 0; s < net->stage_count; s++) {
        run->spare[s] = (int)arcs;
        for (size_t g = 0; g < net->stages[s].group_count; g++, arcs++) {
            from[arcs] = net->from[net->stages[s].group_arcs[g]];
            to[arcs] = net->to[net->stages[s].group_arcs[g]];
        }
    }
    run->from = from;
    run->to = to;
    return STATUS_OK;
}

/** Limits and the first flow in grains, the spare arcs' among them: 0. */
static Status count_in_grains(const NetworkRun *run, const int64_t **upper, const int64_t **flow)
{
    const ClassNetwork *net = run->net;
    int64_t most = SUM_MOST / run->grain; /* more than all that is asked for is no limit */
    int64_t *limits = ARENA_NEW(run->scratch, (size_t)run->arc_count, int64_t);
    int64_t *amounts = ARENA_NEW(run->scratch, (size_t)run->arc_count, int64_t);
    TRY_NEW(limits);
    TRY_NEW(amounts);
    for (int a = 0; a < net->arc_count; a++) {
        limits[a] = net->upper[a] > most ? NETWORK_NO_LIMIT : net->upper[a] * run->grain;
        amounts[a] = net->greedy[a] * run->grain;
    }
    *upper = limits;
    *flow = amounts;
    return STATUS_OK;
}

static Status open_run(NetworkRun *run)
{
    const ClassNetwork *net = run->net;
    const int64_t *upper = net->upper, *flow = net->greedy;
    TRY(find_grain(run));
    if (run->fault != NULL)
        return STATUS_OK;
    run->spare = ARENA_NEW(run->arena, net->stage_count, int);
    TRY_NEW(run->spare);
    run->from = net->from;
    run->to = net->to;
    run->arc_count = net->arc_count;
    for (size_t s = 0; s < net->stage_count; s++)
        run->arc_count += (int)net->stages[s].group_count;
    if (run->arc_count > net->arc_count)
        TRY(add_spares(run));
    if (run->grain > 1)
        TRY(count_in_grains(run, &upper, &flow));
    run->each_stage = run->arc_count <= NETWORK_EACH_STAGE_ARCS;
    NetworkArcs arcs = {net->node_count, run->arc_count, run->from, run->to, NULL, upper};
    return network_open_at(&arcs, flow, run->arena, &run->simplex);
}

static Status run_stages(NetworkRun *run)
{
    size_t next;
    for (size_t s = 0; s < run->net->stage_count && run->fault == NULL; s = next) {
        NetworkChunk chunk;
        next = s + 1;
        if (run->net->stages[s].kind == STAGE_FAIRNESS) {
            TRY(network_fairness(run, s));
            continue;
        }
        arena_reset(run->scratch);
        TRY(network_chunk(run->net, s, run->scratch, &chunk));
        TRY(network_linear(run, &chunk));
        next = s + chunk.count;
    }
    return STATUS_OK;
}

typedef struct GuardedRun {
    NetworkRun *run;
    Status status;
} GuardedRun;

static void guarded(void *context)
{
    GuardedRun *job = context;
    job->status = run_stages(job->run);
}

/** One guard around all stages. */
static Status run_guarded(NetworkRun *run)
{
    GuardFault fault;
    GuardedRun job = {.run = run, .status = STATUS_OK};
    if (!glpk_guard_run(guarded, &job, &fault))
        return network_give_up(run, "%s: GLPK failed: %s", run->asked, fault.text);
    return job.status;
}

/* ---- the plan ------------------------------------------------------------------------------- */

/** The flow in minor units, in the scratch arena. Look at run->fault. */
static Status count_in_minor_units(NetworkRun *run, const int64_t **out)
{
    arena_reset(run->scratch);
    int64_t *flow = ARENA_NEW(run->scratch, (size_t)run->net->arc_count, int64_t);
    TRY_NEW(flow);
    for (int a = 0; a < run->net->arc_count; a++) {
        if ((*out)[a] == 0)
            continue;
        if ((*out)[a] % run->grain != 0)
            return network_give_up(run, "the flow is not in whole minor units");
        flow[a] = (*out)[a] / run->grain;
    }
    *out = flow;
    return STATUS_OK;
}

static Status take_lines(NetworkRun *run, Plan *plan)
{
    const int64_t *flow = network_write_flows(run->simplex);
    if (run->grain > 1)
        TRY(count_in_minor_units(run, &flow));
    if (run->fault != NULL)
        return STATUS_OK;
    TRY(class_network_lines(run->net, flow, run->arena, plan));
    return plan_figures(run->net->round, run->arena, plan);
}

typedef struct Shares {
    double *sorted; /* [group_count] */
    double minor;   /* the most that one minor unit is of a group's share */
} Shares;

static Status sort_shares(const NetworkRun *run, const NetworkStage *stage, Shares *shares)
{
    shares->sorted = ARENA_NEW(run->arena, stage->group_count, double);
    TRY_NEW(shares->sorted);
    shares->minor = 0;
    for (size_t g = 0; g < stage->group_count; g++) {
        double wanted = (double)stage->group_wanted[g];
        int64_t flow = network_flow(run->simplex, stage->group_arcs[g]) / run->grain;
        shares->sorted[g] = (double)(stage->group_met[g] + flow) / wanted;
        shares->minor = shares->minor > 1 / wanted ? shares->minor : 1 / wanted;
    }
    if (stage->group_count > 1)
        qsort(shares->sorted, stage->group_count, sizeof *shares->sorted, order_of_numbers);
    return STATUS_OK;
}

static StageResult result_of(const NetworkStage *stage, const StageBound *bound)
{
    return (StageResult){.kind = stage->kind,
                         .label = stage->label,
                         .maximise = stage->kind == STAGE_FAIRNESS,
                         .tier = stage->tier,
                         .rank = bound->rank,
                         .basis = stage->basis,
                         .date = stage->date,
                         .bound = bound->bound,
                         .status = bound->status,
                         .proven = bound->proven};
}

static Status list_stages(NetworkRun *run, Plan *plan)
{
    Shares shares = {.sorted = NULL};
    size_t shares_of = 0;
    plan->stages = ARENA_NEW(run->arena, run->bound_count, StageResult);
    TRY_NEW(plan->stages);
    for (size_t i = 0; i < run->bound_count; i++) {
        const StageBound *bound = &run->bounds[i];
        const NetworkStage *stage = &run->net->stages[bound->stage];
        StageResult result = result_of(stage, bound);
        if (stage->kind == STAGE_FAIRNESS) {
            if (shares.sorted == NULL || shares_of != bound->stage)
                TRY(sort_shares(run, stage, &shares));
            shares_of = bound->stage;
            result.value = shares.sorted[bound->rank - 1];
            result.label = arena_printf(run->arena, "%s.%d", stage->label, bound->rank);
            TRY_NEW(result.label);
        } else {
            result.value = network_run_value(run, stage);
            if (result.value < bound->bound || result.value > bound->bound)
                return network_give_up(run, "%s: a later stage undid it", stage->label);
        }
        plan_list_stage(run->net->round, result, shares.minor, plan);
    }
    return STATUS_OK;
}

static Status decide(NetworkRun *run, Plan *plan)
{
    TRY(open_run(run));
    if (run->fault == NULL)
        TRY(run_guarded(run));
    if (run->fault == NULL)
        TRY(take_lines(run, plan));
    return run->fault == NULL ? list_stages(run, plan) : STATUS_OK;
}

Status solve_network(const ClassNetwork *net, Arena *arena, SolveResult *result, Plan *plan)
{
    NetworkRun run = {
        .net = net, .arena = arena, .scratch = arena_new(), .program_arena = arena_new()};
    bool opened = run.scratch != NULL && run.program_arena != NULL;
    memset(result, 0, sizeof *result);
    memset(plan, 0, sizeof *plan);
    Status status = opened ? decide(&run, plan) : STATUS_NO_MEMORY;
    arena_free(run.scratch);
    arena_free(run.program_arena);
    TRY(status);
    result->iterations = run.simplex == NULL ? 0 : network_pivots(run.simplex);
    result->bounds = run.bounds;
    result->bound_count = run.bound_count;
    result->outcome = run.fault == NULL ? SOLVE_OPTIMAL : SOLVE_FAILED;
    result->fault = run.fault;
    return STATUS_OK;
}

Status solve_fast(const Round *round, const EligibleSets *sets, Arena *arena, SolveResult *result,
                  Plan *plan, const char **why_plain)
{
    ClassNetwork net;
    *why_plain = "settings engine: plain";
    if (round->settings.plain_engine)
        return STATUS_OK;
    *why_plain = "a sum is too large for the class network";
    Status status = class_network_build(round, sets, arena, &net);
    if (status == STATUS_OK)
        status = solve_network(&net, arena, result, plan);
    if (status == STATUS_OK)
        *why_plain = result->fault;
    return status == STATUS_INTERNAL ? STATUS_OK : status;
}
