/* Tier after tier in whole steps. The class network gives the lines to begin from and a bound for each
 * tier; where the plan comes within the gap of its bound, nothing else is needed.
 */
#include "solver/ruin_stages.h"

#include <math.h>

#include "solver/class_bound.h"
#include "solver/ruin.h"
#include "solver/run.h"

/* Of the search in one tier. */
static const RuinEffort EFFORT = {.each_node = 2000, .each_need = 1000, .least = 2000};

long ruin_rounds(const Formulation *form, const SolveSettings *settings, const RuinEffort *effort)
{
    long by_nodes = settings->nodes * effort->each_node;
    long by_needs = effort->least + effort->each_need * (long)form->known_count;
    return by_nodes < by_needs ? by_nodes : by_needs;
}

/** The value at which the gap of the settings is reached. */
static double goal_of(double bound, double gap)
{
    return bound + gap * fmax(fabs(bound), 1.0);
}

static Status decide_tier(const Formulation *form, const SolveSettings *settings, size_t stage,
                          ClassBound *classes, Ruin *ruin, RuinPlan *plan, double *reached)
{
    RuinBound *out = &plan->bounds[stage];
    bool kept = false;
    for (size_t s = 0; s < stage; s++)
        kept = kept || form->stages[s].kind == STAGE_FAIRNESS;
    TRY(class_bound_tier(classes, stage, reached, &out->bound, &out->known));
    if (!out->known)
        out->bound = 0;
    RuinLimits limits = {.rounds = ruin_rounds(form, settings, &EFFORT),
                         .goal = goal_of(out->bound, settings->gap_rel),
                         .settings = settings,
                         .keep_before = kept};
    TRY(ruin_search(ruin, stage, &limits));
    reached[stage] = out->value = ruin_value(ruin, stage);
    return STATUS_OK;
}

Status ruin_stages(const Formulation *form, const SolveSettings *settings, Arena *arena,
                   RuinPlan *plan)
{
    ClassBound *classes;
    Ruin *ruin;
    size_t columns = (size_t)form->lp.column_count;
    double *start = ARENA_NEW(arena, columns, double), *price = ARENA_NEW(arena, columns, double);
    double *reached = ARENA_NEW(arena, form->stage_count, double);
    *plan = (RuinPlan){.x = ARENA_NEW(arena, columns, double),
                       .bounds = ARENA_NEW(arena, form->stage_count, RuinBound)};
    TRY_NEW(start);
    TRY_NEW(price);
    TRY_NEW(reached);
    TRY_NEW(plan->x);
    TRY_NEW(plan->bounds);
    if (!run_demands_nothing(form) || form->round->settings.fairness_first)
        return STATUS_OK;
    TRY(class_bound_open(form, arena, &classes));
    if (classes == NULL)
        return STATUS_OK;
    TRY(class_bound_lines(classes, start, price));
    formulation_complete(form, start);
    TRY(ruin_open(form, NULL, arena, &ruin));
    ruin_set_prices(ruin, price);
    TRY(ruin_follow(ruin, start));
    for (size_t s = 0; s < form->stage_count; s++)
        if (form->stages[s].kind == STAGE_TIER)
            TRY(decide_tier(form, settings, s, classes, ruin, plan, reached));
    ruin_point(ruin, plan->x);
    plan->found = true;
    return STATUS_OK;
}
