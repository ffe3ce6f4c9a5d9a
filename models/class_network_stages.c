/* The published stages as costs over arcs, in the order and with the meaning of the formulation
 * (form_tiers.c, form_later.c, form_fairness.c): minimise sum cost * flow, value = constant + unit *
 * that, in whole units of the reporting currency.
 *
 * A price of lines of an offer is written at the arc into the offer, less its parent's: what flows
 * into an offer leaves it as lines or into children, so that a line pays the sum along its chain,
 * which is its own price.
 */
#include "models/class_network_build.h"
#include "models/form_internal.h"
#include "models/lapsing.h"

typedef struct StageMaker {
    NetworkBuilder *b;
    int64_t *cost;  /* [arc_count] scratch, 0 between stages */
    int64_t *price; /* [offer_count] scratch, 0 between stages */
} StageMaker;

static Status add_stage(NetworkBuilder *b, NetworkStage stage)
{
    ClassNetwork *net = b->net;
    TRY_NEW(stage.label);
    if (net->stage_count == b->stage_room) {
        size_t room = b->stage_room * 2 + 16;
        net->stages =
            arena_grow(b->arena, net->stages, net->stage_count, room, sizeof *net->stages);
        TRY_NEW(net->stages);
        b->stage_room = room;
    }
    net->stages[net->stage_count++] = stage;
    return STATUS_OK;
}

static double minor_unit(const NetworkBuilder *b)
{
    return 1.0 / (double)unit_scale(b->round->currency);
}

/** Writes the prices of lines at the arcs into offers, and clears them. */
static void spread_prices(StageMaker *m)
{
    const Round *round = m->b->round;
    for (size_t o = 0; o < round->offer_count; o++) {
        int node = m->b->offer_node[o], parent = round->offers[o].parent_row;
        if (node >= 0)
            m->cost[m->b->next_arc[node]] = m->price[o] - (parent >= 0 ? m->price[parent] : 0);
    }
    for (size_t o = 0; o < round->offer_count; o++)
        m->price[o] = 0;
}

/* ---- tiers ---------------------------------------------------------------------------------- */

/** Value that goes unmet, times its weight: all that is wanted, less what flows. */
static Status add_shortfall(StageMaker *m, int tier)
{
    NetworkBuilder *b = m->b;
    int places = network_weight_places(b->round, tier);
    int64_t all = 0, weight, product;
    NetworkStage stage = {.kind = STAGE_TIER,
                          .tier = tier,
                          .date = DATE_NONE,
                          .label = arena_printf(b->arena, "tier %d", tier),
                          .unit = minor_unit(b) / (double)decimal_power_of_ten(places)};
    for (size_t n = 0; n < b->round->need_count; n++) {
        const Need *need = &b->round->needs[n];
        if (need->tier != tier || !need->quantity_known)
            continue;
        if (!decimal_to_scaled(need->weight, places, &weight) ||
            __builtin_mul_overflow(weight, need->wanted, &product) ||
            __builtin_add_overflow(all, product, &all))
            return STATUS_INTERNAL;
    }
    stage.constant = (double)all * stage.unit;
    for (int k = 0; k < b->classes->class_count; k++) {
        const NeedClass *class = &b->classes->classes[k];
        if (class->tier == tier && decimal_to_scaled(class->weight, places, &weight))
            m->cost[b->net->first_class + k] = -weight;
    }
    TRY(network_take_costs(b, m->cost, false, &stage));
    return add_stage(b, stage);
}

static Status add_fairness(StageMaker *m, int tier)
{
    NetworkBuilder *b = m->b;
    const NeedClasses *classes = b->classes;
    if (b->round->settings.fairness == FAIRNESS_NONE)
        return STATUS_OK;
    int *place = ARENA_NEW(b->arena, (size_t)classes->group_count, int);
    TRY_NEW(place);
    NetworkStage stage = {.kind = STAGE_FAIRNESS,
                          .tier = tier,
                          .date = DATE_NONE,
                          .label = arena_printf(b->arena, "fairness %d", tier),
                          .unit = 1.0};
    for (int g = 0; g < classes->group_count; g++)
        if (classes->group_tier[g] == tier)
            place[g] = (int)stage.group_count++;
    int *arcs = ARENA_NEW(b->arena, stage.group_count, int);
    int64_t *met = ARENA_NEW(b->arena, stage.group_count, int64_t);
    int64_t *wanted = ARENA_NEW(b->arena, stage.group_count, int64_t);
    TRY_NEW(arcs);
    TRY_NEW(met);
    TRY_NEW(wanted);
    for (int g = 0; g < classes->group_count; g++)
        if (classes->group_tier[g] == tier)
            arcs[place[g]] = b->group_arc[g];
    for (size_t n = 0; n < b->round->need_count; n++) {
        const Need *need = &b->round->needs[n];
        int group = classes->group_of[n];
        if (group < 0 || need->tier != tier)
            continue;
        met[place[group]] += need->quantity - need->wanted;
        wanted[place[group]] += need->quantity;
    }
    stage.group_arcs = arcs;
    stage.group_met = met;
    stage.group_wanted = wanted;
    return add_stage(b, stage);
}

static Status add_tiers(StageMaker *m)
{
    bool fairness_first = m->b->round->settings.fairness_first;
    for (int tier = 1; tier <= m->b->last_tier; tier++) {
        if (!m->b->tier_used[tier])
            continue;
        if (fairness_first)
            TRY(add_fairness(m, tier));
        TRY(add_shortfall(m, tier));
        if (!fairness_first)
            TRY(add_fairness(m, tier));
    }
    return STATUS_OK;
}

/* ---- firmness ------------------------------------------------------------------------------- */

/** At the flows into the tier's signature nodes; where no class is of another tier, as a price of
 *  the offers. */
static void price_basis(StageMaker *m, int tier, Basis basis)
{
    const NetworkBuilder *b = m->b;
    const ClassNetwork *net = b->net;
    const Offer *offers = b->round->offers;
    for (int f = 0; b->by_tier && f < net->flow_count; f++)
        m->cost[net->first_flow + f] = b->node_tier[net->to[net->first_flow + f]] == tier &&
                                       offers[net->flow_offer[f]].basis == basis;
    if (b->by_tier || b->classes->class_count == 0 || b->classes->classes[0].tier != tier)
        return;
    for (size_t o = 0; o < b->round->offer_count; o++)
        m->price[o] = b->serves[o] && offers[o].basis == basis;
    spread_prices(m);
}

static Status add_firmness(StageMaker *m, int tier, Basis basis)
{
    NetworkBuilder *b = m->b;
    NetworkStage stage = {.kind = STAGE_FIRMNESS,
                          .tier = tier,
                          .basis = basis,
                          .date = DATE_NONE,
                          .label =
                              arena_printf(b->arena, "firmness %s %d", basis_text(basis), tier),
                          .unit = minor_unit(b)};
    price_basis(m, tier, basis);
    TRY(network_take_costs(b, m->cost, b->by_tier, &stage));
    return add_stage(b, stage);
}

static Status add_firmness_stages(StageMaker *m)
{
    for (Basis basis = BASIS_PLEDGED; basis <= BASIS_COMMITTED; basis++)
        for (int tier = 1; tier <= m->b->last_tier; tier++)
            if (network_has_firmness(m->b, tier, basis))
                TRY(add_firmness(m, tier, basis));
    return STATUS_OK;
}

/* ---- lapsing, cost, order ------------------------------------------------------------------- */

/** What is left in the offers of this day, those that serve nobody too: all they have, less what
 *  flows into them. */
static Status add_lapsing(StageMaker *m, Date date)
{
    NetworkBuilder *b = m->b;
    char day[16];
    date_format(date, day);
    NetworkStage stage = {.kind = STAGE_LAPSING,
                          .date = date,
                          .label = arena_printf(b->arena, "lapsing %s", day),
                          .unit = minor_unit(b)};
    for (size_t o = 0; o < b->round->offer_count; o++) {
        const Offer *offer = &b->round->offers[o];
        if (!lapses_in_round(b->round, offer) || offer->lapses != date)
            continue;
        stage.constant += (double)offer->quantity * form_offer_price(b->round, offer);
        if (b->offer_node[o] >= 0)
            m->cost[b->next_arc[b->offer_node[o]]] = -1;
    }
    TRY(network_take_costs(b, m->cost, false, &stage));
    return add_stage(b, stage);
}

static Status add_lapsing_stages(StageMaker *m)
{
    Date day = lapsing_next_day(m->b->round, DATE_NONE);
    bool any = day != DATE_NONE;
    for (; day != DATE_NONE; day = lapsing_next_day(m->b->round, day))
        TRY(add_lapsing(m, day));
    if (any)
        return STATUS_OK;
    NetworkStage none = {.kind = STAGE_LAPSING,
                         .date = DATE_NONE,
                         .label = arena_printf(m->b->arena, "lapsing"),
                         .unit = 1.0};
    return add_stage(m->b, none);
}

static Status add_cost(StageMaker *m)
{
    NetworkBuilder *b = m->b;
    int places = network_cost_places(b->round, b->serves);
    NetworkStage stage = {.kind = STAGE_COST,
                          .date = DATE_NONE,
                          .label = arena_printf(b->arena, "cost"),
                          .unit = minor_unit(b) / (double)decimal_power_of_ten(places)};
    for (size_t o = 0; o < b->round->offer_count; o++)
        if (b->serves[o] && !decimal_to_scaled(b->round->offers[o].cost, places, &m->price[o]))
            return STATUS_INTERNAL;
    spread_prices(m);
    TRY(network_take_costs(b, m->cost, false, &stage));
    return add_stage(b, stage);
}

/** Earlier offers first: the price of a line is the rank of its offer. Needs of a class are served in
 *  their order by class_network_lines(). */
static Status add_canonical(StageMaker *m)
{
    NetworkBuilder *b = m->b;
    int64_t rank = 0;
    NetworkStage stage = {.kind = STAGE_CANONICAL,
                          .date = DATE_NONE,
                          .label = arena_printf(b->arena, "canonical"),
                          .unit = 1.0};
    for (size_t o = 0; o < b->round->offer_count; o++)
        if (b->serves[o])
            m->price[o] = ++rank;
    spread_prices(m);
    TRY(network_take_costs(b, m->cost, false, &stage));
    return add_stage(b, stage);
}

Status network_add_stages(NetworkBuilder *b)
{
    const Settings *settings = &b->round->settings;
    StageMaker m = {.b = b,
                    .cost = b->net->greedy, /* as long, and not begun yet */
                    .price = ARENA_NEW(b->arena, b->round->offer_count, int64_t)};
    TRY_NEW(m.price);
    TRY(add_tiers(&m));
    TRY(add_firmness_stages(&m));
    for (size_t i = 0; i < settings->later_count; i++) {
        if (settings->later[i] == LATER_LAPSING)
            TRY(add_lapsing_stages(&m));
        else if (settings->later[i] == LATER_COST)
            TRY(add_cost(&m));
        /* change has nothing to compare with; burden and splits do not fit */
    }
    return add_canonical(&m);
}
