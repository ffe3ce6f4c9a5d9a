/* Tier after tier in whole steps. The class network gives the lines to begin from and a bound for each
 * tier; where the plan comes within the gap of its bound, nothing else is needed.
 */
#include "solver/ruin_stages.h"

#include <math.h>

#include "solver/class_bound.h"
#include "solver/deadline.h"
#include "solver/need_dive.h"
#include "solver/ruin.h"
#include "solver/run.h"

/* Of the search in one tier. */
static const RuinEffort EFFORT = {.each_node = 2000, .each_need = 1000, .least = 2000};

/* Of these one part comes before the bound is made better. What follows is passes of annealing, each
 * begun from the best plan so far and four times as long as the one before: an easy round is over soon, and
 * a hard one gets a long pass, which finds most. Before each pass stands a dive (need_dive.h). */
enum { FIRST_PART = 25, PASS_GROWTH = 4 };

/* Branching for a bound in such a pass: programs times columns for each round of it. Where it ends in a
 * plunge one of this part stands before the first: mostly the plan from there is near enough already. */
static const long BRANCH_EACH = 64;
enum { FIRST_BRANCH_PART = 2 };

/* Less between a bound and what is asked of it is the noise of doubles. */
static const double BRANCH_NOISE = 1e-10;

/* Programs times columns of a plunge. Its step (BranchLimits): each turn it is so many times that of the
 * turn before, so that no plunge is the one before over again. */
static const long PLUNGE_WORK = 3000000;
static const double PLUNGE_STEP = 0.02, PLUNGE_GROWTH = 2;

/* A tier is better by more than this part of a unit of the currency, and relative; so often at most what
 * comes after it is decided anew. */
static const double SAME_UNIT = 1e-3, SAME_VALUE = 1e-9;
enum { AGAIN_MOST = 3 };

/* How much worse a round of annealing may be on average at first, of what a need lacks on average. */
static const double HEAT = 0.1;

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

/** Is it a bound at all? One above the value by more than noise is a fault, and is dropped. */
static bool holds(double bound, double value, double noise)
{
    return bound <= value + 1e-9 * fmax(fabs(value), 1.0) + noise;
}

/** Is the tier as near to its bound as the settings ask? Without a bound: is nothing left unmet? */
static bool is_reached(const SolveSettings *settings, size_t stage, const TierBound *bound,
                       const Ruin *ruin)
{
    return ruin_value(ruin, stage) <= goal_of(bound->known ? bound->value : 0, settings->gap_rel);
}

/** Is the tier decided, or the time up? */
static bool is_over(const SolveSettings *settings, size_t stage, const TierBound *bound,
                    const Ruin *ruin)
{
    return is_reached(settings, stage, bound, ruin) || solve_is_late(settings);
}

/** The search with the goal that a bound sets. */
static Status search_to(const SolveSettings *settings, size_t stage, const TierBound *bound,
                        long rounds, double heat, Ruin *ruin)
{
    RuinLimits limits = {.rounds = rounds,
                         .goal = goal_of(bound->known ? bound->value : 0, settings->gap_rel),
                         .heat = heat,
                         .settings = settings};
    return ruin_search(ruin, stage, &limits);
}

/** What the tiers are decided with, one after another. */
typedef struct TierSearch {
    ClassBound *classes;
    Ruin *ruin;
    double *reached; /* [stage_count] what the tiers before came to */
    double *price;   /* [columns] */
    Arena *arena;
} TierSearch;

/** What stands before a pass of annealing. */
typedef struct Turn {
    NeedDive dive;
    bool dives, branches, plunges;
    double step; /* of a plunge */
    long pass;   /* rounds of annealing that follow */
    bool begun;  /* is it not the first turn? */
} Turn;

/** Branches for a bound that is near enough to the plan at hand, no longer than a pass of annealing takes
 *  (@p pass rounds; 0: not at all). In small rounds it plunges from the branch that holds the bound down,
 *  by the turn's step. The point is laid as a plan, and kept where that is better. */
static Status branch(const Turn *turn, long pass, const TierSearch *tiers, TierBound *bound)
{
    const Formulation *form = turn->dive.form;
    const SolveSettings *settings = turn->dive.settings;
    size_t stage = turn->dive.stage;
    double value = ruin_value(tiers->ruin, stage);
    BranchLimits limits = {.enough = value / (1 + settings->gap_rel) + BRANCH_NOISE * value,
                           .work = BRANCH_EACH * pass,
                           .nodes = settings->nodes,
                           .plunge_work = turn->plunges ? PLUNGE_WORK : 0,
                           .plunge_step = turn->step,
                           .deadline = settings->deadline};
    size_t columns = (size_t)form->lp.column_count;
    double *x = ARENA_NEW(tiers->arena, columns, double);
    double *plan = ARENA_NEW(tiers->arena, columns, double);
    TRY_NEW(x);
    TRY_NEW(plan);
    ruin_point(tiers->ruin, plan);
    limits.plan = plan;
    TRY(class_bound_branch(tiers->classes, stage, tiers->reached, &limits, bound, x));
    formulation_complete(form, x);
    return ruin_adopt(tiers->ruin, x, stage, settings);
}

/** A dive into the relaxation, the first from nothing. */
static Status dive_once(Turn *turn, const TierBound *bound, const TierSearch *tiers)
{
    if (turn->dives && !is_over(turn->dive.settings, turn->dive.stage, bound, tiers->ruin))
        TRY(need_dive(&turn->dive, tiers->ruin, tiers->arena));
    turn->dive.near = true;
    return STATUS_OK;
}

/** In small rounds a plunge, branching, a dive; in others a dive and branching. */
static Status take_turn(Turn *turn, TierBound *bound, const TierSearch *tiers)
{
    const SolveSettings *settings = turn->dive.settings;
    size_t stage = turn->dive.stage;
    if (turn->plunges)
        TRY(branch(turn, 0, tiers, bound));
    else
        TRY(dive_once(turn, bound, tiers));
    if (turn->plunges && !turn->begun && !is_over(settings, stage, bound, tiers->ruin))
        TRY(branch(turn, turn->pass / FIRST_BRANCH_PART, tiers, bound));
    if (turn->branches && !is_over(settings, stage, bound, tiers->ruin))
        TRY(branch(turn, turn->pass, tiers, bound));
    if (turn->plunges)
        TRY(dive_once(turn, bound, tiers));
    turn->step *= PLUNGE_GROWTH;
    turn->begun = true;
    return STATUS_OK;
}

/** Plunges, branching, dives, and annealing from what is best by then, turn after turn. */
static Status anneal(const Formulation *form, const SolveSettings *settings, size_t stage,
                     TierBound *bound, long rounds, const TierSearch *tiers)
{
    Ruin *ruin = tiers->ruin;
    Turn turn = {.dive = {.form = form,
                          .settings = settings,
                          .stage = stage,
                          .reached = tiers->reached,
                          .carried = class_bound_carried(tiers->classes),
                          .lines = class_bound_flow_lines(tiers->classes),
                          .price = tiers->price},
                 .dives = bound->known,
                 .branches = bound->known,
                 .plunges = bound->known && class_bound_is_small(tiers->classes),
                 .step = PLUNGE_STEP,
                 .pass = rounds / FIRST_PART + 1};
    double needs = fmax((double)form->round->need_count, 1);
    long left = rounds;
    while (left > 0 && !is_over(settings, stage, bound, ruin)) {
        if (left - turn.pass <
            turn.pass * PASS_GROWTH) /* a last one would be shorter than it should */
            turn.pass = left;
        TRY(take_turn(&turn, bound, tiers));
        if (is_over(settings, stage, bound, ruin))
            break;
        double heat = HEAT * fmax(ruin_value(ruin, stage), 0) / needs;
        TRY(search_to(settings, stage, bound, turn.pass, heat, ruin));
        left -= turn.pass;
        turn.pass *= PASS_GROWTH;
    }
    return STATUS_OK;
}

/** First a short search against the network's bound; where that does not do, rows beside the network
 *  make the bound better, and a long search follows. */
static Status decide_tier(const Formulation *form, const SolveSettings *settings, size_t stage,
                          const TierSearch *tiers, RuinPlan *plan)
{
    TierBound bound;
    ClassBound *classes = tiers->classes;
    Ruin *ruin = tiers->ruin;
    double *reached = tiers->reached;
    long rounds = ruin_rounds(form, settings, &EFFORT), first = rounds / FIRST_PART;
    TRY(class_bound_tier(classes, stage, reached, &bound));
    TRY(search_to(settings, stage, &bound, first, 0, ruin));
    if (bound.known && !is_over(settings, stage, &bound, ruin))
        TRY(class_bound_tighten(classes, stage, reached, &bound, tiers->price));
    TRY(anneal(form, settings, stage, &bound, rounds - first, tiers));
    reached[stage] = ruin_value(ruin, stage);
    plan->bounds[stage] = (RuinBound){
        .known = bound.known && holds(bound.value, reached[stage], ruin_noise(ruin, stage)),
        .value = reached[stage],
        .bound = bound.known ? bound.value : 0};
    return STATUS_OK;
}

/** The first tier up to the stage that has become better since it was decided; else the stage itself. */
static size_t first_better(const Formulation *form, const TierSearch *tiers, size_t stage)
{
    for (size_t s = 0; s < stage; s++) {
        double noise = SAME_VALUE * fabs(tiers->reached[s]) + SAME_UNIT;
        if (form->stages[s].kind != STAGE_TIER ||
            ruin_value(tiers->ruin, s) >= tiers->reached[s] - noise)
            continue;
        tiers->reached[s] = ruin_value(tiers->ruin, s);
        return s;
    }
    return stage;
}

/** Every tier, from the relaxation's lines on. */
static Status decide_tiers(const Formulation *form, const SolveSettings *settings, Arena *arena,
                           ClassBound *classes, RuinPlan *plan)
{
    Ruin *ruin;
    size_t columns = (size_t)form->lp.column_count;
    double *start = ARENA_NEW(arena, columns, double), *price = ARENA_NEW(arena, columns, double);
    double *reached = ARENA_NEW(arena, form->stage_count, double);
    TRY_NEW(start);
    TRY_NEW(price);
    TRY_NEW(reached);
    TRY(class_bound_lines(classes, start, price));
    formulation_complete(form, start);
    TRY(ruin_open(form, NULL, arena, &ruin));
    ruin_set_prices(ruin, price);
    TRY(ruin_follow(ruin, start));
    TierSearch tiers = {classes, ruin, reached, price, arena};
    for (size_t s = 0, again = 0; s < form->stage_count; s++) {
        if (form->stages[s].kind != STAGE_TIER)
            continue;
        TRY(decide_tier(form, settings, s, &tiers, plan));
        size_t better = first_better(form, &tiers, s);
        if (better < s && again++ < AGAIN_MOST) /* what came after it was decided for less */
            s = better;
    }
    ruin_point(ruin, plan->x);
    return STATUS_OK;
}

static Status new_plan(const Formulation *form, Arena *arena, RuinPlan *plan)
{
    *plan = (RuinPlan){.x = ARENA_NEW(arena, (size_t)form->lp.column_count, double),
                       .bounds = ARENA_NEW(arena, form->stage_count, RuinBound)};
    TRY_NEW(plan->x);
    TRY_NEW(plan->bounds);
    return STATUS_OK;
}

Status ruin_stages(const Formulation *form, const SolveSettings *settings, Arena *arena,
                   RuinPlan *plan)
{
    ClassBound *classes;
    TRY(new_plan(form, arena, plan));
    if (form->round->settings.fairness_first)
        return STATUS_OK;
    TRY(class_bound_open(form, arena, &classes));
    if (classes == NULL)
        return STATUS_OK;
    plan->classes = classes;
    Status status = decide_tiers(form, settings, arena, classes, plan);
    plan->found = status == STATUS_OK;
    /* a figure does not fit, or what is demanded is not met greedily: no search */
    return status == STATUS_INTERNAL ? STATUS_OK : status;
}

/** What is demanded, then all others greedily, then a search tier by tier. */
static Status search_tiers(const Formulation *form, const SolveSettings *settings, Arena *arena,
                           double *x)
{
    const TierBound unknown = {.known = false};
    long rounds = ruin_rounds(form, settings, &EFFORT);
    Ruin *ruin;
    TRY(ruin_open(form, NULL, arena, &ruin));
    TRY(ruin_follow(ruin, NULL));
    for (size_t s = 0; s < form->stage_count; s++)
        if (form->stages[s].kind == STAGE_TIER || form->stages[s].kind == STAGE_UNVALUED)
            TRY(search_to(settings, s, &unknown, rounds, 0, ruin));
    ruin_point(ruin, x);
    return STATUS_OK;
}

Status ruin_unbounded(const Formulation *form, const SolveSettings *settings, Arena *arena,
                      RuinPlan *plan)
{
    SolveSettings half = *settings;
    half.deadline = deadline_in(deadline_left(settings->deadline) / 2);
    TRY(new_plan(form, arena, plan));
    Status status = search_tiers(form, &half, arena, plan->x);
    plan->found = status == STATUS_OK;
    return status == STATUS_INTERNAL ? STATUS_OK : status; /* as in ruin_stages() */
}
