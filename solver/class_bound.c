/* Bounds of tiers from the relaxed class network. A tier after the first is bounded for plans that
 * keep what the tiers before reached: with any multiplier m >= 0,
 *
 *   T(t) >= min over the network of ( T(t) + m sum over s < t of (T(s) - reached(s)) )
 *
 * and a multiplier of 1 (what is taken from one tier goes to the other, euro for euro) is nearly
 * always the best.
 */
#include "solver/class_bound.h"

#include <math.h>
#include <string.h>

#include "allot/class_network.h"
#include "allot/relaxed_round.h"
#include "allot/side_choices.h"
#include "solver/class_level.h"
#include "solver/class_lines.h"
#include "solver/network_proof.h"
#include "solver/network_simplex.h"
#include "solver/side_bound.h"

/* A value is stated this much below what the integers say: the noise of turning them into doubles. */
static const double NOISE = 1e-12;

/* And this much of what its constant adds up, which may cancel: the noise of that sum. */
static const double CONSTANT_NOISE = 1e-14;

/* Times that needs of all or nothing are taken out of their classes to get rows of their own. */
enum { SPLITS_MOST = 4 };

/* Rounds of no more pairs are small. */
enum { SMALL_PAIRS = 40000 };

/* Times that branching begins again, as a flow at its end takes needs out of their classes. */
enum { BRANCHINGS_MOST = 3 };

struct ClassBound {
    const Formulation *form;
    Arena *arena;
    Round relaxed;
    SideRules rules;
    bool *apart;     /* [need_count] needs that stand apart in the network, for rows of their own */
    bool sided;      /* some do, or none needs to */
    SideGain *gains; /* [SIDE_CHOICE_KINDS * need_count] */
    bool *carried;   /* [pairs] what the last program with side rows sends something over */
    double *lines;   /* [pairs] its flow, need by need */
    ClassNetwork net;
    NetworkSimplex *simplex;
    NetworkBounds free; /* bounds before anything is frozen */
    int64_t *cost;      /* [arc_count] of the last objective */
    int *arcs;          /* [arc_count] scratch */
    int64_t *costs;     /* [arc_count] scratch */
};

/** The network with the needs that stand apart, at its greedy start. */
static Status open_network(ClassBound *b)
{
    TRY(class_network_build_apart(&b->relaxed, NULL, b->apart, b->arena, &b->net));
    b->simplex = network_open(b->net.node_count, b->net.arc_count, b->net.from, b->net.to, NULL,
                              b->net.upper, b->arena);
    b->cost = ARENA_NEW(b->arena, (size_t)b->net.arc_count, int64_t);
    b->arcs = ARENA_NEW(b->arena, (size_t)b->net.arc_count, int);
    b->costs = ARENA_NEW(b->arena, (size_t)b->net.arc_count, int64_t);
    TRY_NEW(b->simplex);
    TRY_NEW(b->cost);
    TRY_NEW(b->arcs);
    TRY_NEW(b->costs);
    TRY(network_start(b->simplex, b->net.greedy));
    return network_save_bounds(b->simplex, b->arena, &b->free);
}

Status class_bound_open(const Formulation *form, Arena *arena, ClassBound **out)
{
    bool fits;
    const char *why;
    *out = NULL;
    ClassBound *b = ARENA_NEW(arena, 1, ClassBound);
    TRY_NEW(b);
    b->form = form;
    b->arena = arena;
    TRY(relaxed_round_build(form, arena, &b->relaxed, &fits));
    if (!fits || !class_network_fits(&b->relaxed, &why, arena))
        return STATUS_OK;
    b->apart = ARENA_NEW(arena, form->round->need_count, bool);
    b->carried = ARENA_NEW(arena, form->pairs->count, bool);
    TRY_NEW(b->apart);
    b->gains = ARENA_NEW(arena, SIDE_CHOICE_KINDS * form->round->need_count, SideGain);
    b->lines = ARENA_NEW(arena, form->pairs->count, double);
    TRY_NEW(b->carried);
    TRY_NEW(b->lines);
    TRY_NEW(b->gains);
    TRY(side_rules_init(form, &b->relaxed, arena, &b->rules));
    Status status = open_network(b);
    if (status == STATUS_INTERNAL) /* a sum that does not fit: no relaxation */
        return STATUS_OK;
    TRY(status);
    *out = b;
    return STATUS_OK;
}

/** The network's stage of this tier, or NULL. */
static const NetworkStage *network_tier(const ClassBound *b, int tier)
{
    for (size_t s = 0; s < b->net.stage_count; s++)
        if (b->net.stages[s].kind == STAGE_TIER && b->net.stages[s].tier == tier)
            return &b->net.stages[s];
    return NULL;
}

/** The network's stage that bounds this one of the round's, a tier or the cost, or NULL. */
static const NetworkStage *network_stage(const ClassBound *b, size_t index)
{
    const Stage *stage = &b->form->stages[index];
    if (stage->kind == STAGE_TIER)
        return network_tier(b, stage->tier);
    for (size_t s = 0; s < b->net.stage_count; s++)
        if (stage->kind == STAGE_COST && b->net.stages[s].kind == STAGE_COST)
            return &b->net.stages[s];
    return NULL;
}

/* ---- lines ---------------------------------------------------------------------------------- */

/** What one minor unit through each offer is worth in the last objective solved. */
static void offer_prices(const ClassBound *b, double unit, double *worth)
{
    for (size_t o = 0; o < b->form->round->offer_count; o++)
        worth[o] = 0;
    for (int k = 0; k < b->net.flow_count; k++) {
        int node = b->net.from[b->net.first_flow + k];
        worth[b->net.flow_offer[k]] =
            unit * (double)(network_potential(b->simplex, node) - network_potential(b->simplex, 0));
    }
}

/** The same for one part of the columns of this tier's pairs. */
static void pair_prices(const ClassBound *b, int tier, const double *worth, double *price)
{
    const Formulation *form = b->form;
    for (size_t p = 0; p < form->pairs->count; p++) {
        const Pair *pair = &form->pairs->pairs[p];
        if (form->round->needs[pair->need].tier == tier)
            price[p] = worth[pair->offer] * form->quantum[pair->need] *
                       ratio_to_double(form->round->needs[pair->need].value);
    }
}

static Status put_lines(const ClassBound *b, double *x)
{
    Plan plan = {0};
    const Formulation *form = b->form;
    int64_t *flow = ARENA_NEW(b->arena, (size_t)b->net.arc_count, int64_t);
    TRY_NEW(flow);
    for (int a = 0; a < b->net.arc_count; a++)
        flow[a] = network_flow(b->simplex, a);
    TRY(class_network_lines(&b->net, flow, b->arena, &plan));
    for (size_t i = 0; i < plan.assignment_count; i++) {
        const Assignment *line = &plan.assignments[i];
        int pair = pair_set_find(form->pairs, line->need, line->offer);
        double value = ratio_to_double(form->round->needs[line->need].value);
        if (pair >= 0 && value > 0)
            x[pair] = (double)line->quantity / value / form->quantum[line->need];
    }
    return STATUS_OK;
}

/** Tier before tier, each frozen; false where one of them is not decided. */
static bool solve_tiers(ClassBound *b, double *worth, double *price)
{
    for (size_t s = 0; s < b->net.stage_count; s++) {
        const NetworkStage *stage = &b->net.stages[s];
        if (stage->kind != STAGE_TIER)
            continue;
        network_objective(b->simplex, stage->count, stage->arcs, stage->costs);
        if (network_solve(b->simplex) != NETWORK_OPTIMAL)
            return false;
        offer_prices(b, stage->unit, worth);
        pair_prices(b, stage->tier, worth, price);
        network_freeze(b->simplex);
    }
    return true;
}

Status class_bound_lines(ClassBound *b, double *x, double *price)
{
    double *worth = ARENA_NEW(b->arena, b->form->round->offer_count, double);
    TRY_NEW(worth);
    memset(x, 0, (size_t)b->form->lp.column_count * sizeof *x);
    Status status = solve_tiers(b, worth, price) ? put_lines(b, x) : STATUS_OK;
    network_restore_bounds(b->simplex, &b->free);
    return status == STATUS_INTERNAL ? STATUS_OK : status; /* then without lines */
}

/* ---- bounds --------------------------------------------------------------------------------- */

/** Adds @p times the stage's costs, brought to @p unit. False when they do not come out whole, or do
 *  not fit. */
static bool add_costs(ClassBound *b, const NetworkStage *stage, double unit, int64_t times)
{
    double factor = stage->unit / unit;
    if (!(factor > 0.5 && factor < (double)NETWORK_COST_LIMIT))
        return false;
    int64_t whole = (int64_t)llround(factor), all;
    if (fabs(factor - (double)whole) > 1e-9 * factor || __builtin_mul_overflow(whole, times, &all))
        return false;
    for (size_t k = 0; k < stage->count; k++) {
        int64_t more, *cost = &b->cost[stage->arcs[k]];
        if (__builtin_mul_overflow(all, stage->costs[k], &more) ||
            __builtin_add_overflow(*cost, more, cost))
            return false;
    }
    return true;
}

/** Of a tier and the tiers before it: value = constant + unit * sum of cost * flow. */
typedef struct Combined {
    double unit;
    double constant;
    double size; /* of all that the constant adds up */
} Combined;

static void add_constant(Combined *combined, double times, double amount)
{
    combined->constant += times * amount;
    combined->size += fabs(times * amount);
}

/** The tier before the stage, or NULL: what is combined with the stage at all (@p multiplier). */
static const NetworkStage *tier_before(const ClassBound *b, size_t before, int64_t multiplier)
{
    const Stage *stage = &b->form->stages[before];
    return multiplier > 0 && stage->kind == STAGE_TIER ? network_tier(b, stage->tier) : NULL;
}

/** Combines the costs of the stage and, times the multiplier, of those before it. */
static bool combine(ClassBound *b, size_t index, const double *reached, int64_t multiplier,
                    Combined *out)
{
    const NetworkStage *own = network_stage(b, index);
    if (own == NULL)
        return false;
    double unit = own->unit;
    for (size_t s = 0; s < index; s++)
        if (tier_before(b, s, multiplier) != NULL)
            unit = fmin(unit, tier_before(b, s, multiplier)->unit);
    memset(b->cost, 0, (size_t)b->net.arc_count * sizeof *b->cost);
    bool whole = add_costs(b, own, unit, 1);
    *out = (Combined){.unit = unit};
    add_constant(out, 1, own->constant);
    if (own->kind == STAGE_TIER)
        add_constant(out, 1, class_level_shift(b->form, &b->relaxed, own->tier));
    for (size_t s = 0; s < index && whole; s++) {
        const NetworkStage *before = tier_before(b, s, multiplier);
        if (before == NULL)
            continue;
        whole = add_costs(b, before, unit, multiplier);
        add_constant(out, (double)multiplier, before->constant);
        add_constant(out, (double)multiplier,
                     class_level_shift(b->form, &b->relaxed, before->tier));
        add_constant(out, -(double)multiplier, reached[s]);
    }
    return whole;
}

static bool solve_combined(ClassBound *b)
{
    size_t count = 0;
    for (int a = 0; a < b->net.arc_count; a++)
        if (b->cost[a] != 0) {
            b->arcs[count] = a;
            b->costs[count++] = b->cost[a];
        }
    network_objective(b->simplex, count, b->arcs, b->costs);
    return network_solve(b->simplex) == NETWORK_OPTIMAL;
}

/** The value of a bound of the combined costs, less the noise of its sums. */
static double value_of(const Combined *combined, double cost)
{
    double size = fabs(combined->constant) + fabs(cost * combined->unit);
    return combined->constant + combined->unit * cost - NOISE * size -
           CONSTANT_NOISE * combined->size;
}

/** The bound at one multiplier, proven by the potentials alone. */
static bool bound_at(ClassBound *b, size_t index, const double *reached, int64_t multiplier,
                     double *out)
{
    Combined combined;
    if (!combine(b, index, reached, multiplier, &combined) || !solve_combined(b))
        return false;
    Int128 sum;
    if (!network_dual_bound(b->simplex, b->net.arc_count, b->net.from, b->net.to, b->cost,
                            network_potentials(b->simplex), &sum))
        return false;
    *out = value_of(&combined, nextafter((double)sum, -INFINITY));
    return true;
}

static bool is_first_tier(const ClassBound *b, size_t stage)
{
    for (size_t s = 0; s < stage; s++)
        if (b->form->stages[s].kind == STAGE_TIER)
            return false;
    return true;
}

Status class_bound_tier(ClassBound *b, size_t stage, const double *reached, TierBound *out)
{
    static const int64_t MULTIPLIERS[] = {1, 2, 8};
    size_t count = is_first_tier(b, stage) ? 1 : sizeof MULTIPLIERS / sizeof *MULTIPLIERS;
    *out = (TierBound){.known = false};
    for (size_t m = 0; m < count; m++) {
        double bound;
        if (!bound_at(b, stage, reached, MULTIPLIERS[m], &bound) ||
            (out->known && bound <= out->value))
            continue;
        *out = (TierBound){.known = true, .value = bound, .multiplier = MULTIPLIERS[m]};
    }
    if (out->known)
        out->value = fmax(out->value, 0);
    return STATUS_OK;
}

/* ---- rows beside the network ---------------------------------------------------------------- */

/** What the program's duals say that offers are worth. */
static void take_prices(const ClassBound *b, const SideBound *side, double unit, int tier,
                        double *worth, double *price)
{
    for (int k = 0; k < b->net.flow_count; k++) {
        int node = b->net.from[b->net.first_flow + k];
        worth[b->net.flow_offer[k]] = unit * (side->price[node] - side->price[0]);
    }
    pair_prices(b, tier, worth, price);
}

/** Of each tier before the stage. */
static Status find_levels(const ClassBound *b, size_t stage, const double *reached, SideLevel **out,
                          size_t *count)
{
    SideLevel *levels = ARENA_NEW(b->arena, stage + 1, SideLevel);
    TRY_NEW(levels);
    *count = 0;
    for (size_t s = 0; s < stage; s++) {
        const NetworkStage *before = network_tier(b, b->form->stages[s].tier);
        if (b->form->stages[s].kind != STAGE_TIER || before == NULL)
            continue;
        double most = reached[s] - class_level_shift(b->form, &b->relaxed, before->tier);
        TRY(class_level(before, most, b->arena, &levels[*count]));
        *count += levels[*count].least > 0;
    }
    *out = levels;
    return STATUS_OK;
}

/** The plan at hand as a flow, and whose choices it makes: those of needs of tiers before. */
static Status take_plan(const ClassBound *b, size_t stage, const double *plan, SideBound *side)
{
    const Round *round = b->form->round;
    bool is_tier = b->form->stages[stage].kind == STAGE_TIER;
    if (plan == NULL || is_first_tier(b, stage))
        return STATUS_OK;
    double *flow = ARENA_NEW(b->arena, (size_t)b->net.arc_count, double);
    bool *earlier = ARENA_NEW(b->arena, round->need_count, bool);
    TRY_NEW(flow);
    TRY_NEW(earlier);
    for (size_t n = 0; n < round->need_count; n++)
        earlier[n] = !is_tier || round->needs[n].tier < b->form->stages[stage].tier;
    side->plan = flow;
    side->earlier = earlier;
    return class_lines_flow(b->form, &b->net, plan, b->arena, flow);
}

/** The program of the network as it is now, with rows; side->known is false where it says nothing. */
static Status solve_sides(ClassBound *b, size_t stage, const double *reached, int64_t multiplier,
                          const BranchLimits *limits, Combined *combined, SideBound *side)
{
    SideLevel *levels;
    size_t level_count;
    *side = (SideBound){.known = false};
    TRY(find_levels(b, stage, reached, &levels, &level_count));
    if (!combine(b, stage, reached, multiplier, combined) || !solve_combined(b))
        return STATUS_OK;
    *side = (SideBound){.rules = &b->rules,
                        .net = &b->net,
                        .apart = b->apart,
                        .simplex = b->simplex,
                        .cost = b->cost,
                        .levels = levels,
                        .level_count = level_count,
                        .minor = (double)unit_scale(b->form->round->currency),
                        .gains = b->gains,
                        .arena = b->arena};
    if (limits != NULL) {
        long by_work = limits->work / (b->net.arc_count + 1);
        side->enough = (limits->enough - combined->constant) / combined->unit;
        side->nodes = by_work < limits->nodes ? by_work : limits->nodes;
        side->plunge = limits->plunge_work / (b->net.arc_count + 1);
        side->plunge_step = limits->plunge_step;
        side->deadline = limits->deadline;
        side->trail = ARENA_NEW(b->arena, 1, SideTrail);
        TRY_NEW(side->trail);
        TRY(take_plan(b, stage, limits->plan, side));
    }
    return side_bound(side);
}

/** One program; *more says whether needs were marked to stand apart in the next. */
static Status tighten_once(ClassBound *b, size_t stage, const double *reached, TierBound *bound,
                           double *price, bool *more)
{
    Combined combined;
    SideBound side;
    *more = false;
    double *worth = ARENA_NEW(b->arena, b->form->round->offer_count, double);
    TRY_NEW(worth);
    TRY(solve_sides(b, stage, reached, bound->multiplier, NULL, &combined, &side));
    if (!side.known)
        return STATUS_OK;
    bound->value = fmax(bound->value, value_of(&combined, side.bound));
    take_prices(b, &side, combined.unit, b->form->stages[stage].tier, worth, price);
    TRY(class_lines_mark(b->form, &b->net, side.flow, b->arena, b->carried));
    TRY(class_lines_lay(b->form, &b->relaxed, &b->net, side.flow, b->arena, b->lines));
    *more = side_rules_mark_partly(&b->rules, &b->net, side.flow, b->apart) > 0;
    return STATUS_OK;
}

bool class_bound_is_small(const ClassBound *b)
{
    return b->form->pairs->count <= SMALL_PAIRS;
}

/** In small rounds whoever a plan may break: the program is then little larger, and its flow a plan once
 *  every choice is made. */
static Status mark_first(ClassBound *b)
{
    if (class_bound_is_small(b))
        side_rules_mark_all(&b->rules, b->apart);
    return side_rules_mark(&b->rules, b->apart);
}

Status class_bound_tighten(ClassBound *b, size_t stage, const double *reached, TierBound *bound,
                           double *price)
{
    bool more = !b->sided;
    memset(b->gains, 0, SIDE_CHOICE_KINDS * b->form->round->need_count * sizeof *b->gains);
    if (more)
        TRY(mark_first(b));
    b->sided = true;
    for (int split = 0; split < SPLITS_MOST; split++) {
        if (more)
            TRY(open_network(b));
        TRY(tighten_once(b, stage, reached, bound, price, &more));
        if (!more)
            break;
    }
    return more ? open_network(b) : STATUS_OK;
}

Status class_bound_branch(ClassBound *b, size_t stage, const double *reached,
                          const BranchLimits *limits, TierBound *bound, double *x)
{
    int marked = 1;
    memset(x, 0, (size_t)b->form->lp.column_count * sizeof *x);
    for (int again = 0; again < BRANCHINGS_MOST && marked > 0; again++) {
        Combined combined;
        SideBound side;
        TRY(solve_sides(b, stage, reached, bound->multiplier, limits, &combined, &side));
        if (!side.known)
            return STATUS_OK;
        bound->value = fmax(bound->value, value_of(&combined, side.bound));
        TRY(class_lines_lay(b->form, &b->relaxed, &b->net, side.flow, b->arena, x));
        if (bound->value >= limits->enough)
            return STATUS_OK;
        marked = side_rules_mark_partly(&b->rules, &b->net, side.flow, b->apart);
        if (marked > 0)
            TRY(open_network(b));
    }
    return STATUS_OK;
}

const bool *class_bound_carried(const ClassBound *bound)
{
    return bound->carried;
}

const double *class_bound_flow_lines(const ClassBound *bound)
{
    return bound->lines;
}
