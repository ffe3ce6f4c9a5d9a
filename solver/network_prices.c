/* Prices where the class network decided: a thing that is lifted opens arcs (price_network.h), or lets a
 * limit go, and the tiers are decided again from the tree that decided them with it, each frozen by its
 * reduced costs before the next (Ahuja, Magnanti and Orlin 1993, ch. 11, for the simplex and for what
 * reduced costs prove). All in whole numbers: every price is exact.
 *
 * The reduced cost of an arc that a thing keeps closed tells at once, for each step, whether more could
 * come in by it: above 0 it stays at 0 in every plan as good in this step, and so in all later ones; below
 * 0 the step may gain. A thing none of whose arcs is ever below 0 has no price (weak duality).
 */
#include "allot/solve.h"

#include <string.h>

#include "solver/network_simplex.h"
#include "solver/price_list.h"
#include "solver/price_network.h"
#include "solver/tier_steps.h"

/** A tier's stage on the network: the least sum of costs over arcs. */
typedef struct PriceTier {
    int tier;
    size_t arc_count;
    int *arcs;      /* [arc_count] of classes, and of needs without one */
    int64_t *costs; /* [arc_count] the weight, below 0 */
    double unit;    /* of the stage's measure in 1 of them */
    int64_t plan;   /* the plan's sum */
    size_t floor_count;
    int *floors;         /* [floor_count] arcs of groups whose shares are kept from this step on */
    NetworkState *begin; /* how things stand before it is decided, nothing lifted */
} PriceTier;

typedef struct PricesAsked {
    const Formulation *form;
    const Plan *plan;
    Arena *arena, *scratch;
    PriceNetwork network;
    NetworkSimplex *simplex;
    const Stage **stages; /* [out->step_count] */
    PriceTier *tiers;     /* [out->step_count] */
    int64_t *kept;        /* [arcs] scratch: lower bounds before the last floors */
    int64_t *more;        /* [arcs] scratch: what arcs carry more than in the plan */
    size_t *dies;  /* [opened] the step in which the arc proves to be of no use; step_count: none */
    size_t *first; /* [lifts] the first step that may gain; step_count: none */
    Prices *out;
    Price *prices;
} PricesAsked;

/* ---- tiers ------------------------------------------------------------------------------------ */

static void add_cost(PriceTier *tier, int arc, Decimal weight, int places)
{
    int64_t scaled;
    if (arc < 0 || !decimal_to_scaled(weight, places, &scaled))
        return; /* it fits: class_network_fits() */
    tier->arcs[tier->arc_count] = arc;
    tier->costs[tier->arc_count++] = -scaled;
}

static Status list_costs(PricesAsked *p, PriceTier *tier)
{
    const Round *round = p->form->round;
    const NeedClasses *classes = p->network.net.classes;
    int places = network_weight_places(round, tier->tier);
    size_t most = (size_t)classes->class_count + round->need_count;
    tier->arcs = ARENA_NEW(p->scratch, most, int);
    tier->costs = ARENA_NEW(p->scratch, most, int64_t);
    TRY_NEW(tier->arcs);
    TRY_NEW(tier->costs);
    tier->unit = 1.0 / (double)unit_scale(round->currency) / (double)decimal_power_of_ten(places);
    for (int k = 0; k < classes->class_count; k++)
        if (classes->classes[k].tier == tier->tier)
            add_cost(tier, p->network.class_arc[k], classes->classes[k].weight, places);
    for (size_t n = 0; n < round->need_count; n++)
        if (round->needs[n].tier == tier->tier)
            add_cost(tier, p->network.need_arc[n], round->needs[n].weight, places);
    return STATUS_OK;
}

/** Groups whose shares are kept from a step on: of fairness stages between it and the step before. */
static Status list_floors(PricesAsked *p, size_t step)
{
    const NeedClasses *classes = p->network.net.classes;
    PriceTier *tier = &p->tiers[step];
    const Stage *stage = step == 0 ? p->form->stages : p->stages[step - 1];
    tier->floors = ARENA_NEW(p->scratch, (size_t)classes->group_count, int);
    TRY_NEW(tier->floors);
    for (; stage != p->stages[step]; stage++)
        for (int g = 0; g < classes->group_count && stage->kind == STAGE_FAIRNESS; g++)
            if (classes->group_tier[g] == stage->tier && p->network.group_arc[g] >= 0)
                tier->floors[tier->floor_count++] = p->network.group_arc[g];
    return STATUS_OK;
}

static Status list_tiers(PricesAsked *p)
{
    size_t count = p->out->step_count;
    p->tiers = ARENA_NEW(p->scratch, count, PriceTier);
    TRY_NEW(p->tiers);
    for (size_t s = 0; s < count; s++) {
        p->tiers[s] = (PriceTier){.tier = p->stages[s]->tier};
        TRY(list_costs(p, &p->tiers[s]));
        TRY(list_floors(p, s));
        for (size_t k = 0; k < p->tiers[s].arc_count; k++) /* it fits, as below */
            p->tiers[s].plan += p->tiers[s].costs[k] * p->network.flow[p->tiers[s].arcs[k]];
    }
    return STATUS_OK;
}

static int64_t sum_of(const PriceTier *tier, const NetworkSimplex *simplex)
{
    int64_t sum = 0; /* it fits: class_network_fits() */
    for (size_t k = 0; k < tier->arc_count; k++)
        sum += tier->costs[k] * network_flow(simplex, tier->arcs[k]);
    return sum;
}

/* ---- steps ------------------------------------------------------------------------------------ */

/** From now on groups keep what the plan gives them. False: what is frozen leaves one of them less. */
static bool keep_floors(PricesAsked *p, const PriceTier *tier)
{
    bool kept = true;
    for (size_t i = 0; i < tier->floor_count; i++) {
        int arc = tier->floors[i];
        int64_t lower = network_lower(p->simplex, arc), upper = network_upper(p->simplex, arc);
        int64_t floor = p->network.flow[arc];
        p->kept[arc] = lower;
        kept = kept && floor <= upper;
        if (floor > lower && floor <= upper)
            network_bound_arc(p->simplex, arc, floor, upper);
    }
    return kept;
}

static void drop_floors(PricesAsked *p, const PriceTier *tier)
{
    for (size_t i = 0; i < tier->floor_count; i++) {
        int arc = tier->floors[i];
        network_bound_arc(p->simplex, arc, p->kept[arc], network_upper(p->simplex, arc));
    }
}

/** Decides a step, its floors being kept. */
static bool decide(PricesAsked *p, const PriceTier *tier)
{
    network_objective(p->simplex, tier->arc_count, tier->arcs, tier->costs);
    return network_solve(p->simplex) == NETWORK_OPTIMAL;
}

/** What the step proves of things: which arcs stay closed, and who may gain. */
static void screen(PricesAsked *p, size_t step)
{
    const PriceNetwork *network = &p->network;
    size_t never = p->out->step_count;
    for (size_t l = 0; l < p->out->lifts->count; l++)
        for (size_t i = network->first_opened[l]; i < network->first_opened[l + 1]; i++) {
            int64_t cost = network_reduced_cost(p->simplex, network->opened[i].arc);
            if (cost < 0 && p->dies[i] == never && p->first[l] == never)
                p->first[l] = step;
            if (cost > 0 && p->dies[i] == never)
                p->dies[i] = step;
        }
}

/** The plan's own steps. *sound: the network finds none of them better than the plan. */
static Status climb_first(PricesAsked *p, bool *sound)
{
    *sound = network_start(p->simplex, p->network.flow) == STATUS_OK;
    for (size_t s = 0; s < p->out->step_count && *sound; s++) {
        PriceTier *tier = &p->tiers[s];
        bool kept = keep_floors(p, tier);
        tier->begin = network_save(p->simplex, p->scratch);
        TRY_NEW(tier->begin);
        *sound = kept && decide(p, tier) && sum_of(tier, p->simplex) == tier->plan;
        if (!*sound)
            break;
        screen(p, s);
        network_freeze(p->simplex);
    }
    return STATUS_OK;
}

/** Opens what the thing keeps closed, but for what would make a step before @p step worse. */
static void open_arcs(PricesAsked *p, int lift, size_t step)
{
    const PriceNetwork *network = &p->network;
    for (size_t i = network->first_opened[lift]; i < network->first_opened[lift + 1]; i++)
        if (p->dies[i] >= step)
            network_bound_arc(p->simplex, network->opened[i].arc, 0, network->opened[i].upper);
}

/** Without the thing. *decided is false where some number does not fit. */
static Status climb(PricesAsked *p, int lift, Price *price, bool *decided)
{
    size_t first = p->first[lift];
    *price = (Price){.lift = lift, .first = -1, .tried = true};
    *decided = true;
    price->gain = ARENA_NEW(p->arena, p->out->step_count, PriceGain);
    TRY_NEW(price->gain);
    network_restore(p->simplex, p->tiers[first].begin);
    open_arcs(p, lift, first);
    for (size_t s = first; s < p->out->step_count && *decided; s++) {
        PriceTier *tier = &p->tiers[s];
        bool kept = s == first || keep_floors(p, tier);
        *decided = kept && decide(p, tier);
        if (!*decided && s > first) {
            drop_floors(p, tier);
            *decided = decide(p, tier);
        }
        if (!*decided)
            break;
        int64_t more = tier->plan - sum_of(tier, p->simplex);
        price->gain[s].met = price->gain[s].most = (double)more * tier->unit;
        if (price->first < 0 && more > 0)
            price->first = (int)s;
        network_freeze(p->simplex);
    }
    p->out->solved++;
    return STATUS_OK;
}

/* ---- what it comes to ------------------------------------------------------------------------- */

/** What a class has more goes to its needs in their order. @param left  [arc_count] what arcs carry more.
 *  @return what of it goes to the need */
static int64_t take_share(const PricesAsked *p, size_t need, int64_t *left)
{
    int arc = price_network_arc_of(&p->network, need);
    int64_t unmet = p->plan->needs[need].unmet;
    if (arc < 0 || left[arc] <= 0 || unmet <= 0)
        return 0;
    int64_t more = left[arc] < unmet ? left[arc] : unmet;
    left[arc] -= more;
    return more;
}

static void find_more(PricesAsked *p)
{
    for (int a = 0; a < p->network.arc_count; a++)
        p->more[a] = network_flow(p->simplex, a) - p->network.flow[a];
}

/** By how much more, or less, the needs of each tier have. */
static void tell_values(const PricesAsked *p, Price *price)
{
    for (size_t s = 0; s < p->out->step_count; s++) {
        const PriceTier *tier = &p->tiers[s];
        for (size_t k = 0; k < tier->arc_count; k++)
            price->gain[s].value += p->more[tier->arcs[k]];
        price->value += price->gain[s].value;
    }
}

/** Who has more, and what it comes to. */
static Status tell_needs(PricesAsked *p, Price *price)
{
    const Round *round = p->form->round;
    size_t count = 0;
    find_more(p);
    tell_values(p, price);
    for (size_t n = 0; n < round->need_count; n++)
        count += take_share(p, n, p->more) > 0;
    PriceNeed *needs = ARENA_NEW(p->arena, count, PriceNeed);
    TRY_NEW(needs);
    price->needs = needs;
    find_more(p);
    for (size_t n = 0; n < round->need_count; n++) {
        int64_t more = take_share(p, n, p->more);
        if (more > 0)
            needs[price->need_count++] = (PriceNeed){(int)n, more};
    }
    return STATUS_OK;
}

/** Of all things that may gain. *decided: of every one. */
static Status price_all(PricesAsked *p, bool *decided)
{
    size_t lifts = p->out->lifts->count;
    for (size_t l = 0; l < lifts; l++)
        p->out->asked += p->first[l] < p->out->step_count;
    p->out->prices = p->prices = ARENA_NEW(p->arena, p->out->asked, Price);
    TRY_NEW(p->prices);
    for (size_t l = 0; l < lifts && *decided; l++) {
        Price price;
        if (p->first[l] == p->out->step_count)
            continue;
        TRY(climb(p, (int)l, &price, decided));
        if (!*decided || price.first < 0)
            continue;
        TRY(tell_needs(p, &price));
        price_list_add(p->out, p->prices, price);
    }
    return STATUS_OK;
}

/* ---- all -------------------------------------------------------------------------------------- */

static Status make_room(PricesAsked *p)
{
    const PriceNetwork *network = &p->network;
    size_t lifts = p->out->lifts->count, opened = network->first_opened[lifts];
    p->kept = ARENA_NEW(p->scratch, (size_t)network->arc_count, int64_t);
    p->dies = ARENA_NEW(p->scratch, opened, size_t);
    p->first = ARENA_NEW(p->scratch, lifts, size_t);
    p->more = ARENA_NEW(p->scratch, (size_t)network->arc_count, int64_t);
    TRY_NEW(p->kept);
    TRY_NEW(p->more);
    TRY_NEW(p->dies);
    TRY_NEW(p->first);
    for (size_t i = 0; i < opened; i++)
        p->dies[i] = p->out->step_count;
    for (size_t l = 0; l < lifts; l++)
        p->first[l] = p->out->step_count;
    return STATUS_OK;
}

/** *found: every thing was asked about. */
static Status ask_all(PricesAsked *p, bool *found)
{
    const Formulation *form = p->form;
    const PriceNetwork *network = &p->network;
    *found = false;
    TRY(tier_steps_list(form, p->arena, &p->stages, &p->out->steps, &p->out->step_count));
    for (size_t s = 0; s < p->out->step_count; s++)
        if (p->stages[s]->kind != STAGE_TIER)
            return STATUS_OK;
    TRY(price_network_build(p->out->lifts, p->plan, p->scratch, &p->network, found));
    if (!*found)
        return STATUS_OK;
    TRY(make_room(p));
    TRY(list_tiers(p));
    p->simplex = network_open(network->node_count, network->arc_count, network->from, network->to,
                              network->lower, network->upper, p->scratch);
    TRY_NEW(p->simplex);
    TRY(climb_first(p, found));
    return *found ? price_all(p, found) : STATUS_OK;
}

Status solve_network_prices(const Formulation *widened, const Plan *plan, Arena *arena,
                            const Prices **out)
{
    Prices *prices = ARENA_NEW(arena, 1, Prices);
    Lifts *lifts = ARENA_NEW(arena, 1, Lifts);
    PricesAsked p = {
        .form = widened, .plan = plan, .arena = arena, .scratch = arena_new(), .out = prices};
    bool found = false;
    *out = NULL;
    TRY_NEW(p.scratch);
    Status status = prices != NULL && lifts != NULL ? STATUS_OK : STATUS_NO_MEMORY;
    if (status == STATUS_OK)
        status = lifts_build(widened, arena, lifts);
    if (status == STATUS_OK) {
        prices->lifts = lifts;
        status = ask_all(&p, &found);
    }
    arena_free(p.scratch);
    *out = status == STATUS_OK && found ? prices : NULL;
    return status;
}
