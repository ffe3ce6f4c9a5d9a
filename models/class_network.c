/* The class network's nodes and arcs. See class_network.h for what they mean, and
 * class_network_build.h for their order.
 */
#include <string.h>

#include "allot/word_keys.h"
#include "models/class_network_build.h"

/* ---- what there is -------------------------------------------------------------------------- */

static void mark_served(const NetworkBuilder *b)
{
    const NeedClasses *classes = b->classes;
    size_t words = (size_t)classes->words;
    for (size_t w = 0; w < words; w++) {
        uint64_t left = 0;
        for (size_t s = 0; s < (size_t)classes->signature_count; s++)
            left |= classes->signatures[s * words + w];
        for (; left != 0; left &= left - 1)
            b->serves[w * 64 + (size_t)__builtin_ctzll(left)] = true;
    }
}

enum { BASES = BASIS_PAID + 1 };

/** The offers of each basis, as sets of @p words words. */
static Status offers_by_basis(const NetworkBuilder *b, size_t words, uint64_t **out)
{
    *out = ARENA_NEW(b->arena, BASES * words, uint64_t);
    TRY_NEW(*out);
    for (size_t o = 0; o < b->round->offer_count; o++)
        (*out)[(size_t)b->round->offers[o].basis * words + o / 64] |= UINT64_C(1) << o % 64;
    return STATUS_OK;
}

/** Bases of the offers in a set, as bits. */
static unsigned bases_of(const uint64_t *set, const uint64_t *of_basis, size_t words)
{
    unsigned bases = 0;
    for (unsigned basis = 0; basis < BASES; basis++)
        for (size_t w = 0; w < words && (bases >> basis & 1u) == 0; w++)
            bases |= (unsigned)((set[w] & of_basis[basis * words + w]) != 0) << basis;
    return bases;
}

/** Pairs count also where nothing is wanted any more: they decide which stages there are. */
static Status look_at_tiers(NetworkBuilder *b)
{
    const Round *round = b->round;
    int sets = eligible_set_count(b->classes->sets);
    size_t words = (size_t)b->classes->words;
    uint64_t *of_basis;
    unsigned *bases = ARENA_NEW(b->arena, (size_t)sets, unsigned);
    TRY_NEW(bases);
    TRY(offers_by_basis(b, words, &of_basis));
    for (int s = 0; s < sets; s++)
        bases[s] = bases_of(eligible_set_at(b->classes->sets, s), of_basis, words);
    for (size_t n = 0; n < round->need_count; n++)
        if (round->needs[n].tier > b->last_tier)
            b->last_tier = round->needs[n].tier;
    b->tier_used = ARENA_NEW(b->arena, (size_t)b->last_tier + 1, bool);
    b->tier_bases = ARENA_NEW(b->arena, (size_t)b->last_tier + 1, unsigned);
    TRY_NEW(b->tier_used);
    TRY_NEW(b->tier_bases);
    for (size_t n = 0; n < round->need_count; n++) {
        const Need *need = &round->needs[n];
        b->tier_used[need->tier] = b->tier_used[need->tier] || need->quantity_known;
        b->tier_bases[need->tier] |= bases[eligible_set_number(b->classes->sets, (int)n)];
    }
    return STATUS_OK;
}

bool network_has_firmness(const NetworkBuilder *b, int tier, Basis basis)
{
    unsigned bases = b->tier_bases[tier];
    return (bases >> basis & 1u) != 0 && bases >> basis > 1u;
}

/** One node a signature and tier is needed where firmness is asked of more than one tier's flow. */
static bool must_split_tiers(const NetworkBuilder *b)
{
    bool firmness = false, several = false;
    for (int t = 0; t <= b->last_tier; t++)
        firmness = firmness || network_has_firmness(b, t, BASIS_PLEDGED) ||
                   network_has_firmness(b, t, BASIS_COMMITTED);
    for (int k = 1; k < b->classes->class_count; k++)
        several = several || b->classes->classes[k].tier != b->classes->classes[0].tier;
    return firmness && several;
}

/* ---- nodes and arcs ------------------------------------------------------------------------- */

static Status make_arc_room(NetworkBuilder *b, size_t room)
{
    ClassNetwork *net = b->net;
    size_t count = (size_t)net->arc_count;
    net->from = arena_grow(b->arena, net->from, count, room, sizeof *net->from);
    net->to = arena_grow(b->arena, net->to, count, room, sizeof *net->to);
    net->upper = arena_grow(b->arena, net->upper, count, room, sizeof *net->upper);
    TRY_NEW(net->from);
    TRY_NEW(net->to);
    TRY_NEW(net->upper);
    b->arc_room = (int)room;
    return STATUS_OK;
}

static Status add_arc(NetworkBuilder *b, int from, int to, int64_t upper)
{
    ClassNetwork *net = b->net;
    if (net->arc_count == b->arc_room)
        TRY(make_arc_room(b, (size_t)net->arc_count * 2 + 1024));
    net->from[net->arc_count] = from;
    net->to[net->arc_count] = to;
    net->upper[net->arc_count++] = upper < NETWORK_NO_LIMIT ? upper : NETWORK_NO_LIMIT;
    return STATUS_OK;
}

static int depth_of(const Round *round, size_t offer)
{
    int depth = 0;
    for (int o = round->offers[offer].parent_row; o >= 0; o = round->offers[o].parent_row)
        depth++;
    return depth;
}

/** Node of the donor's budget, made with its arc at first sight; the source without a budget. */
static Status donor_node(NetworkBuilder *b, int donor, int *node)
{
    int *nodes = b->net->donor_node;
    *node = 0;
    if (donor < 0 || !b->round->donors[donor].has_budget)
        return STATUS_OK;
    if (nodes[donor] == 0) {
        nodes[donor] = b->net->node_count++;
        TRY(add_arc(b, 0, nodes[donor], b->round->donors[donor].budget));
    }
    *node = nodes[donor];
    return STATUS_OK;
}

/** Donors' nodes first, then the offers that serve and those they are paid out of, by depth. */
static Status add_supply(NetworkBuilder *b)
{
    const Round *round = b->round;
    int deepest = 0, node;
    bool *used = ARENA_NEW(b->arena, round->offer_count, bool);
    TRY_NEW(used);
    for (size_t o = 0; o < round->offer_count; o++) {
        b->offer_node[o] = -1;
        if (!b->serves[o])
            continue;
        for (int link = (int)o; link >= 0; link = round->offers[link].parent_row)
            used[link] = true;
        deepest = depth_of(round, o) > deepest ? depth_of(round, o) : deepest;
        TRY(donor_node(b, round->offers[round->offers[o].root].donor_row, &node));
    }
    for (int depth = 0; depth <= deepest; depth++)
        for (size_t o = 0; o < round->offer_count; o++) {
            const Offer *offer = &round->offers[o];
            if (!used[o] || depth_of(round, o) != depth)
                continue;
            if (offer->parent_row >= 0)
                node = b->offer_node[offer->parent_row];
            else
                TRY(donor_node(b, offer->donor_row, &node));
            b->offer_node[o] = b->net->node_count++;
            TRY(add_arc(b, node, b->offer_node[o], offer->quantity));
        }
    b->first_signature = b->net->node_count;
    return STATUS_OK;
}

/** One arc from each offer of each node's signature. */
static size_t count_flows(const NetworkBuilder *b)
{
    size_t words = (size_t)b->classes->words, count = 0;
    for (int s = 0; s < b->first_demand - b->first_signature; s++)
        for (size_t w = 0; w < words; w++)
            count += (size_t)__builtin_popcountll(b->node_offers[s][w]);
    return count;
}

/** Room for the flows and for what add_demand() adds at most. */
static Status make_flow_room(NetworkBuilder *b)
{
    size_t flows = count_flows(b);
    b->net->flow_offer = ARENA_NEW(b->arena, flows, int);
    TRY_NEW(b->net->flow_offer);
    return make_arc_room(b, (size_t)b->net->arc_count + flows + (size_t)b->classes->class_count +
                                (size_t)b->classes->group_count + b->round->beneficiary_count);
}

/** The arcs into one signature's node. */
static void add_flows_into(NetworkBuilder *b, int node)
{
    ClassNetwork *net = b->net;
    const uint64_t *signature = b->node_offers[node - b->first_signature];
    int arc = net->arc_count;
    for (int w = 0; w < b->classes->words; w++)
        for (uint64_t left = signature[w]; left != 0; left &= left - 1, arc++) {
            int offer = w * 64 + __builtin_ctzll(left);
            net->from[arc] = b->offer_node[offer];
            net->to[arc] = node;
            net->upper[arc] = NETWORK_NO_LIMIT;
            net->flow_offer[arc - net->first_flow] = offer;
        }
    net->arc_count = arc;
}

/** Nodes of signatures, and of each tier where tiers stand apart, in the order of their first class.
 *  Without tiers that is the order of the signatures. */
static Status number_signatures(NetworkBuilder *b)
{
    const NeedClasses *classes = b->classes;
    WordKeys keys = {.count = classes->signature_count};
    if (b->by_tier)
        TRY(word_keys_init(&keys, 1, b->arena));
    for (int k = 0; k < classes->class_count; k++) {
        const NeedClass *class = &classes->classes[k];
        uint64_t key = (uint64_t)(uint32_t) class->signature << 32 | (uint32_t) class->tier;
        b->class_node[k] = class->signature;
        if (b->by_tier)
            TRY(word_keys_add(&keys, &key, &b->class_node[k], NULL));
        b->class_node[k] += b->first_signature;
    }
    b->net->node_count += keys.count;
    b->first_demand = b->net->node_count;
    b->node_offers = ARENA_NEW(b->arena, (size_t)keys.count, const uint64_t *);
    TRY_NEW(b->node_offers);
    for (int s = 0; s < keys.count; s++) {
        int signature = b->by_tier ? (int)(keys.keys[s] >> 32) : s;
        b->node_offers[s] = classes->signatures + (size_t)signature * (size_t)classes->words;
    }
    return STATUS_OK;
}

static Status add_flows(NetworkBuilder *b)
{
    ClassNetwork *net = b->net;
    TRY(number_signatures(b));
    net->first_flow = net->arc_count;
    TRY(make_flow_room(b));
    for (int s = 0; s < b->first_demand - b->first_signature; s++)
        add_flows_into(b, b->first_signature + s);
    net->flow_count = net->arc_count - net->first_flow;
    return STATUS_OK;
}

/** Nodes behind the classes. A group of one class is that class's arc; beneficiaries' nodes come
 *  last, so that groups lead up to them. */
typedef struct DemandNodes {
    int *of_group;    /* [group_count] or 0 */
    int *of_limit;    /* [beneficiary_count] or 0 */
    int *group_size;  /* [group_count] classes */
    int *group_class; /* [group_count] one of them */
} DemandNodes;

static Status number_demand(NetworkBuilder *b, DemandNodes *nodes)
{
    const NeedClasses *classes = b->classes;
    size_t groups = (size_t)classes->group_count;
    nodes->of_group = ARENA_NEW(b->arena, groups, int);
    nodes->group_size = ARENA_NEW(b->arena, groups, int);
    nodes->group_class = ARENA_NEW(b->arena, groups, int);
    nodes->of_limit = ARENA_NEW(b->arena, b->round->beneficiary_count, int);
    TRY_NEW(nodes->of_group);
    TRY_NEW(nodes->group_size);
    TRY_NEW(nodes->group_class);
    TRY_NEW(nodes->of_limit);
    for (int k = 0; k < classes->class_count; k++) {
        int group = classes->classes[k].group;
        if (group < 0)
            continue;
        nodes->group_size[group]++;
        nodes->group_class[group] = k;
    }
    for (size_t g = 0; g < groups; g++)
        if (nodes->group_size[g] > 1)
            nodes->of_group[g] = b->net->node_count++;
    for (int k = 0; k < classes->class_count; k++) {
        int limited = classes->classes[k].limited;
        if (limited >= 0 && nodes->of_limit[limited] == 0)
            nodes->of_limit[limited] = b->net->node_count++;
    }
    return STATUS_OK;
}

static Status add_classes(NetworkBuilder *b, const DemandNodes *nodes)
{
    const NeedClasses *classes = b->classes;
    b->net->first_class = b->net->arc_count;
    for (int k = 0; k < classes->class_count; k++) {
        const NeedClass *class = &classes->classes[k];
        int to = class->limited >= 0 ? nodes->of_limit[class->limited] : 0;
        if (class->group >= 0 && nodes->of_group[class->group] > 0)
            to = nodes->of_group[class->group];
        TRY(add_arc(b, b->class_node[k], to, class->wanted));
    }
    return STATUS_OK;
}

/** Groups nobody may give to share one node that nothing enters. */
static Status add_demand(NetworkBuilder *b)
{
    const NeedClasses *classes = b->classes;
    ClassNetwork *net = b->net;
    DemandNodes nodes;
    int empty = 0;
    TRY(number_demand(b, &nodes));
    TRY(add_classes(b, &nodes));
    for (int g = 0; g < classes->group_count; g++) {
        if (nodes.group_size[g] == 1) {
            b->group_arc[g] = net->first_class + nodes.group_class[g];
            continue;
        }
        b->group_arc[g] = net->arc_count;
        if (nodes.group_size[g] == 0) {
            empty = empty > 0 ? empty : net->node_count++;
            TRY(add_arc(b, empty, 0, 0));
            continue;
        }
        int limited = classes->classes[nodes.group_class[g]].limited;
        TRY(add_arc(b, nodes.of_group[g], limited >= 0 ? nodes.of_limit[limited] : 0,
                    NETWORK_NO_LIMIT));
    }
    for (size_t i = 0; i < b->round->beneficiary_count; i++)
        if (nodes.of_limit[i] > 0)
            TRY(add_arc(b, nodes.of_limit[i], 0, b->round->beneficiaries[i].max_value));
    return STATUS_OK;
}

/** What can be read off the arcs once all are there. */
static Status describe_arcs(NetworkBuilder *b)
{
    ClassNetwork *net = b->net;
    net->greedy = ARENA_NEW(b->arena, (size_t)net->arc_count, int64_t);
    b->next_arc = ARENA_NEW(b->arena, (size_t)net->node_count, int);
    b->node_tier = ARENA_NEW(b->arena, (size_t)net->node_count, int);
    TRY_NEW(net->greedy);
    b->node_serves = ARENA_NEW(b->arena, (size_t)b->first_signature, bool);
    TRY_NEW(b->node_serves);
    TRY_NEW(b->next_arc);
    TRY_NEW(b->node_tier);
    for (size_t o = 0; o < b->round->offer_count; o++)
        if (b->serves[o])
            b->node_serves[b->offer_node[o]] = true;
    for (int v = 0; v < net->node_count; v++)
        b->next_arc[v] = -1;
    for (int a = 0; a < net->first_flow; a++)
        b->next_arc[net->to[a]] = a;
    for (int a = net->first_class; a < net->arc_count; a++)
        if (net->from[a] >= b->first_demand)
            b->next_arc[net->from[a]] = a;
    for (int k = 0; b->by_tier && k < b->classes->class_count; k++)
        b->node_tier[b->class_node[k]] = b->classes->classes[k].tier;
    return STATUS_OK;
}

static Status add_arcs(NetworkBuilder *b)
{
    b->net->node_count = 1;
    TRY(add_supply(b));
    TRY(add_flows(b));
    TRY(add_demand(b));
    return describe_arcs(b);
}

Status class_network_build(const Round *round, const EligibleSets *sets, Arena *arena,
                           ClassNetwork *net)
{
    return class_network_build_apart(round, sets, NULL, arena, net);
}

Status class_network_build_apart(const Round *round, const EligibleSets *sets, const bool *apart,
                                 Arena *arena, ClassNetwork *net)
{
    NetworkBuilder b = {.round = round, .arena = arena, .net = net};
    NeedClasses *classes = ARENA_NEW(arena, 1, NeedClasses);
    memset(net, 0, sizeof *net);
    TRY_NEW(classes);
    TRY(need_classes_build(round, sets, apart, arena, classes));
    net->round = round;
    net->classes = b.classes = classes;
    b.serves = ARENA_NEW(arena, round->offer_count, bool);
    b.offer_node = net->offer_node = ARENA_NEW(arena, round->offer_count, int);
    net->donor_node = ARENA_NEW(arena, round->donor_count, int);
    b.class_node = ARENA_NEW(arena, (size_t)classes->class_count, int);
    b.group_arc = ARENA_NEW(arena, (size_t)classes->group_count, int);
    TRY_NEW(b.serves);
    TRY_NEW(net->offer_node);
    TRY_NEW(net->donor_node);
    TRY_NEW(b.class_node);
    TRY_NEW(b.group_arc);
    mark_served(&b);
    TRY(look_at_tiers(&b));
    b.by_tier = must_split_tiers(&b);
    TRY(add_arcs(&b));
    TRY(network_add_stages(&b));
    return network_greedy(&b);
}
