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
#include "solver/network_simplex.h"

/* A value is stated this much below what the integers say: the noise of turning them into doubles. */
static const double NOISE = 1e-12;

struct ClassBound {
    const Formulation *form;
    Arena *arena;
    Round relaxed;
    ClassNetwork net;
    NetworkSimplex *simplex;
    NetworkBounds free; /* bounds before anything is frozen */
    int64_t *cost;      /* [arc_count] scratch */
    int *arcs;          /* [arc_count] scratch */
    int64_t *costs;     /* [arc_count] scratch */
};

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
    TRY(class_network_build(&b->relaxed, NULL, arena, &b->net));
    b->simplex = network_open(b->net.node_count, b->net.arc_count, b->net.from, b->net.to,
                              b->net.lower, b->net.upper, arena);
    b->cost = ARENA_NEW(arena, (size_t)b->net.arc_count, int64_t);
    b->arcs = ARENA_NEW(arena, (size_t)b->net.arc_count, int);
    b->costs = ARENA_NEW(arena, (size_t)b->net.arc_count, int64_t);
    TRY_NEW(b->simplex);
    TRY_NEW(b->cost);
    TRY_NEW(b->arcs);
    TRY_NEW(b->costs);
    TRY(network_start(b->simplex, b->net.greedy));
    TRY(network_save_bounds(b->simplex, arena, &b->free));
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

/* ---- lines ---------------------------------------------------------------------------------- */

/** What one minor unit through each offer is worth in the last objective solved. */
static Status offer_prices(const ClassBound *b, double unit, double *worth)
{
    for (size_t o = 0; o < b->form->round->offer_count; o++)
        worth[o] = 0;
    for (int k = 0; k < b->net.flow_count; k++) {
        int node = b->net.from[b->net.first_flow + k];
        worth[b->net.flow_offer[k]] =
            unit * (double)(network_potential(b->simplex, node) - network_potential(b->simplex, 0));
    }
    return STATUS_OK;
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

Status class_bound_lines(ClassBound *b, double *x, double *price)
{
    const Formulation *form = b->form;
    double *worth = ARENA_NEW(b->arena, form->round->offer_count, double);
    TRY_NEW(worth);
    for (size_t s = 0; s < b->net.stage_count; s++) {
        const NetworkStage *stage = &b->net.stages[s];
        if (stage->kind != STAGE_TIER)
            continue;
        network_objective(b->simplex, stage->count, stage->arcs, stage->costs);
        if (network_solve(b->simplex) != NETWORK_OPTIMAL)
            return STATUS_INTERNAL;
        TRY(offer_prices(b, stage->unit, worth));
        for (size_t p = 0; p < form->pairs->count; p++) {
            const Pair *pair = &form->pairs->pairs[p];
            if (form->round->needs[pair->need].tier == stage->tier)
                price[p] = worth[pair->offer] * form->quantum[pair->need] *
                           ratio_to_double(form->round->needs[pair->need].value);
        }
        network_freeze(b->simplex);
    }
    memset(x, 0, (size_t)form->lp.column_count * sizeof *x);
    TRY(put_lines(b, x));
    network_restore_bounds(b->simplex, &b->free);
    return STATUS_OK;
}

/* ---- bounds --------------------------------------------------------------------------------- */

/** By how much the tier of the round itself counts more than that of its relaxation for the same
 *  lines: what nobody can attain, and the rounding of amounts to minor units. */
static double shift_of(const ClassBound *b, int tier)
{
    const Round *round = b->form->round;
    double shift = 0, minor = (double)unit_scale(round->currency);
    for (size_t n = 0; n < round->need_count; n++) {
        const Need *need = &round->needs[n];
        if (need->tier != tier || !need->quantity_known)
            continue;
        double exact = ratio_to_double(need->value) * (double)need->wanted;
        shift +=
            decimal_to_double(need->weight) * (exact - (double)b->relaxed.needs[n].wanted) / minor;
    }
    return shift;
}

/** Adds @p times the stage's costs, brought to @p unit. False when they do not come out whole. */
static bool add_costs(ClassBound *b, const NetworkStage *stage, double unit, int64_t times)
{
    double factor = stage->unit / unit;
    int64_t whole = (int64_t)llround(factor);
    if (fabs(factor - (double)whole) > 1e-9 * factor || whole <= 0)
        return false;
    for (size_t k = 0; k < stage->count; k++)
        b->cost[stage->arcs[k]] += times * whole * stage->costs[k];
    return true;
}

/** The bound at one multiplier. */
static bool bound_at(ClassBound *b, size_t index, const double *reached, int64_t multiplier,
                     double *out)
{
    const Formulation *form = b->form;
    const NetworkStage *own = network_tier(b, form->stages[index].tier);
    double unit = own == NULL ? 1 : own->unit, constant = 0;
    size_t count = 0;
    if (own == NULL)
        return false;
    for (size_t s = 0; s < index; s++)
        if (form->stages[s].kind == STAGE_TIER && network_tier(b, form->stages[s].tier) != NULL)
            unit = fmin(unit, network_tier(b, form->stages[s].tier)->unit);
    memset(b->cost, 0, (size_t)b->net.arc_count * sizeof *b->cost);
    bool whole = add_costs(b, own, unit, 1);
    constant = own->constant + shift_of(b, own->tier);
    for (size_t s = 0; s < index && whole; s++) {
        const NetworkStage *before =
            form->stages[s].kind == STAGE_TIER ? network_tier(b, form->stages[s].tier) : NULL;
        if (before == NULL)
            continue;
        whole = add_costs(b, before, unit, multiplier);
        constant +=
            (double)multiplier * (before->constant + shift_of(b, before->tier) - reached[s]);
    }
    for (int a = 0; a < b->net.arc_count; a++)
        if (b->cost[a] != 0) {
            b->arcs[count] = a;
            b->costs[count++] = b->cost[a];
        }
    network_objective(b->simplex, count, b->arcs, b->costs);
    if (!whole || network_solve(b->simplex) != NETWORK_OPTIMAL)
        return false;
    double sum = 0, size = fabs(constant);
    for (size_t k = 0; k < count; k++)
        sum += (double)b->costs[k] * (double)network_flow(b->simplex, b->arcs[k]);
    size += fabs(sum * unit);
    *out = constant + unit * sum - NOISE * size;
    return true;
}

Status class_bound_tier(ClassBound *b, size_t stage, const double *reached, double *out,
                        bool *known)
{
    static const int64_t MULTIPLIERS[] = {1, 2, 8};
    bool first = true;
    *known = false;
    for (size_t s = 0; s < stage; s++)
        first = first && b->form->stages[s].kind != STAGE_TIER;
    for (size_t m = 0; m < (first ? 1 : sizeof MULTIPLIERS / sizeof *MULTIPLIERS); m++) {
        double bound;
        if (!bound_at(b, stage, reached, MULTIPLIERS[m], &bound))
            continue;
        *out = *known ? fmax(*out, bound) : bound;
        *known = true;
    }
    if (*known)
        *out = fmax(*out, 0);
    return STATUS_OK;
}
