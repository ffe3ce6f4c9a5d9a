/* The network behind prices, built: supply and flows as the class network has them, offers that serve
 * nobody today beside them, classes, groups and limits as arcs, and what each thing keeps closed.
 *
 * Offers that one thing opens to needs of one class: where it is one offer, an arc of all that those
 * needs want says it all, as the others of the class lose nothing by it (whatever the class receives from
 * its own offers may go to them). Where there are several, every need has a node of its own.
 */
#include "solver/price_network.h"

#include <stdlib.h>
#include <string.h>

typedef struct PriceBuilder {
    const Lifts *lifts;
    const Round *round;
    const PairSet *pairs;
    const Plan *plan;
    Arena *arena;
    PriceNetwork *out;
    size_t arc_room, opened_room;
    size_t opened_count;
    int *offer_node; /* [offer_count] or -1 */
    int *donor_node; /* [donor_count] or 0 */
    int first_class; /* the node of class 0 */
    int *need_node;  /* [need_count] of needs without a class, or -1 */
    int *group_node; /* [group_count] or -1 */
    int *limit_node; /* [beneficiary_count] or -1 */
} PriceBuilder;

static int *minus_ones(Arena *arena, size_t count)
{
    int *out = ARENA_NEW(arena, count, int);
    for (size_t i = 0; out != NULL && i < count; i++)
        out[i] = -1;
    return out;
}

static Status add_arc(PriceBuilder *b, int from, int to, int64_t flow, int64_t upper, int *arc)
{
    PriceNetwork *out = b->out;
    size_t count = (size_t)out->arc_count;
    if (count == b->arc_room) {
        size_t room = count * 2 + 1024;
        out->from = arena_grow(b->arena, out->from, count, room, sizeof *out->from);
        out->to = arena_grow(b->arena, out->to, count, room, sizeof *out->to);
        out->upper = arena_grow(b->arena, out->upper, count, room, sizeof *out->upper);
        out->flow = arena_grow(b->arena, out->flow, count, room, sizeof *out->flow);
        TRY_NEW(out->from);
        TRY_NEW(out->to);
        TRY_NEW(out->upper);
        TRY_NEW(out->flow);
        b->arc_room = room;
    }
    out->from[count] = from;
    out->to[count] = to;
    out->flow[count] = flow;
    out->upper[count] = upper < NETWORK_NO_LIMIT ? upper : NETWORK_NO_LIMIT;
    *arc = out->arc_count++;
    return STATUS_OK;
}

/* ---- supply ----------------------------------------------------------------------------------- */

/** The arcs of the class network that lead up to signatures, with the plan's flow. */
static Status copy_supply(PriceBuilder *b, int64_t **flow)
{
    const ClassNetwork *net = &b->out->net;
    int number;
    TRY(class_network_flow(net, b->plan, b->arena, flow));
    b->out->node_count = net->node_count;
    for (int a = 0; a < net->first_class; a++)
        TRY(add_arc(b, net->from[a], net->to[a], (*flow)[a], net->upper[a], &number));
    memcpy(b->offer_node, net->offer_node, b->round->offer_count * sizeof *b->offer_node);
    memcpy(b->donor_node, net->donor_node, b->round->donor_count * sizeof *b->donor_node);
    return STATUS_OK;
}

static Status donor_node(PriceBuilder *b, int donor, int *node)
{
    int arc;
    *node = 0;
    if (donor < 0 || !b->round->donors[donor].has_budget)
        return STATUS_OK;
    if (b->donor_node[donor] == 0) {
        b->donor_node[donor] = b->out->node_count++;
        TRY(add_arc(b, 0, b->donor_node[donor], 0, b->round->donors[donor].budget, &arc));
    }
    *node = b->donor_node[donor];
    return STATUS_OK;
}

/** The nodes of an offer and of what it is paid out of, where they serve nobody today. */
static Status add_chain(PriceBuilder *b, int offer)
{
    const Offer *row = &b->round->offers[offer];
    int from, arc;
    if (b->offer_node[offer] >= 0)
        return STATUS_OK;
    if (row->parent_row >= 0) {
        TRY(add_chain(b, row->parent_row));
        from = b->offer_node[row->parent_row];
    } else {
        TRY(donor_node(b, row->donor_row, &from));
    }
    b->offer_node[offer] = b->out->node_count++;
    return add_arc(b, from, b->offer_node[offer], 0, row->quantity, &arc);
}

/* ---- demand ----------------------------------------------------------------------------------- */

static Status limit_node(PriceBuilder *b, int beneficiary, int *node)
{
    *node = 0;
    if (beneficiary < 0 || !b->round->beneficiaries[beneficiary].has_max_value)
        return STATUS_OK;
    if (b->limit_node[beneficiary] < 0) {
        b->limit_node[beneficiary] = b->out->node_count++;
        TRY(add_arc(b, b->limit_node[beneficiary], 0, 0,
                    b->round->beneficiaries[beneficiary].max_value,
                    &b->out->limit_arc[beneficiary]));
    }
    *node = b->limit_node[beneficiary];
    return STATUS_OK;
}

/** Where the arc of a class, or of a need, ends. A group lies within one limit (class_network_fits()). */
static Status head_of(PriceBuilder *b, int group, int limited, int *node)
{
    int limit;
    TRY(limit_node(b, limited, &limit));
    *node = limit;
    if (group < 0)
        return STATUS_OK;
    if (b->group_node[group] < 0) {
        b->group_node[group] = b->out->node_count++;
        TRY(add_arc(b, b->group_node[group], limit, 0, NETWORK_NO_LIMIT,
                    &b->out->group_arc[group]));
    }
    *node = b->group_node[group];
    return STATUS_OK;
}

static Status add_classes(PriceBuilder *b, const int64_t *flow)
{
    PriceNetwork *out = b->out;
    const ClassNetwork *net = &out->net;
    int classes = net->classes->class_count, head, arc;
    b->first_class = out->node_count;
    out->node_count += classes;
    for (int k = 0; k < classes; k++) {
        const NeedClass *class = &net->classes->classes[k];
        int64_t receives = flow[net->first_class + k];
        TRY(add_arc(b, net->from[net->first_class + k], b->first_class + k, receives, class->wanted,
                    &arc));
        TRY(head_of(b, class->group, class->limited, &head));
        TRY(add_arc(b, b->first_class + k, head, receives, class->wanted, &out->class_arc[k]));
        if (class->group >= 0)
            out->flow[out->group_arc[class->group]] += receives;
        if (class->limited >= 0)
            out->flow[out->limit_arc[class->limited]] += receives;
    }
    return STATUS_OK;
}

/** The node at which all the need receives comes in. */
static Status node_of_need(PriceBuilder *b, int need, int *node)
{
    const Need *row = &b->round->needs[need];
    const NeedClasses *classes = b->out->net.classes;
    int head;
    if (classes->class_of[need] >= 0) {
        *node = b->first_class + classes->class_of[need];
        return STATUS_OK;
    }
    if (b->need_node[need] < 0) {
        b->need_node[need] = b->out->node_count++;
        TRY(head_of(b, classes->group_of[need], row->beneficiary_row, &head));
        TRY(add_arc(b, b->need_node[need], head, 0, row->wanted, &b->out->need_arc[need]));
    }
    *node = b->need_node[need];
    return STATUS_OK;
}

/* ---- what things keep closed ------------------------------------------------------------------ */

/** A pair that one thing alone bars. */
typedef struct LonePair {
    int node, need, offer;
} LonePair;

static int by_node(const void *a, const void *b)
{
    const LonePair *x = a, *y = b;
    if (x->node != y->node)
        return x->node < y->node ? -1 : 1;
    if (x->need != y->need)
        return x->need < y->need ? -1 : 1;
    return (x->offer > y->offer) - (x->offer < y->offer);
}

static Status add_opened(PriceBuilder *b, int arc, int64_t upper)
{
    PriceNetwork *out = b->out;
    if (b->opened_count == b->opened_room) {
        size_t room = b->opened_room * 2 + 256;
        out->opened = arena_grow(b->arena, out->opened, b->opened_count, room, sizeof *out->opened);
        TRY_NEW(out->opened);
        b->opened_room = room;
    }
    out->opened[b->opened_count++] = (OpenedArc){arc, upper};
    return STATUS_OK;
}

static Status add_closed_arc(PriceBuilder *b, int offer, int to, int64_t upper)
{
    int arc;
    TRY(add_chain(b, offer));
    TRY(add_arc(b, b->offer_node[offer], to, 0, 0, &arc));
    return add_opened(b, arc, upper);
}

/** Pairs of one class, or of one need without a class. */
static Status open_node(PriceBuilder *b, const LonePair *pairs, size_t count)
{
    const Need *needs = b->round->needs;
    bool one_offer = true, own = b->out->net.classes->class_of[pairs[0].need] < 0;
    int64_t wanted = 0;
    int node = -1, arc;
    for (size_t i = 0; i < count; i++) {
        one_offer = one_offer && pairs[i].offer == pairs[0].offer;
        wanted += needs[pairs[i].need].wanted; /* of one class: it adds up */
    }
    if (one_offer)
        return add_closed_arc(b, pairs[0].offer, pairs[0].node, wanted);
    for (size_t i = 0; i < count; i++) {
        int64_t its = needs[pairs[i].need].wanted;
        if (!own && (i == 0 || pairs[i].need != pairs[i - 1].need)) {
            node = b->out->node_count++;
            TRY(add_arc(b, node, pairs[i].node, 0, its, &arc));
        }
        TRY(add_closed_arc(b, pairs[i].offer, own ? pairs[i].node : node, its));
    }
    return STATUS_OK;
}

static bool bars_alone(const PriceBuilder *b, size_t lift, int pair)
{
    for (size_t k = b->lifts->first[pair]; k < b->lifts->first[pair + 1]; k++)
        if (b->lifts->on[k] != (int)lift)
            return false;
    return true;
}

static Status open_pairs(PriceBuilder *b, size_t lift, LonePair *lone)
{
    const Lift *thing = &b->lifts->lifts[lift];
    size_t count = 0, end;
    for (size_t k = 0; k < thing->bound_count; k++) {
        const Pair *pair = &b->pairs->pairs[thing->bounds[k].target];
        if (!bars_alone(b, lift, thing->bounds[k].target))
            continue;
        lone[count] = (LonePair){.need = pair->need, .offer = pair->offer};
        TRY(node_of_need(b, pair->need, &lone[count++].node));
    }
    if (count > 0)
        qsort(lone, count, sizeof *lone, by_node);
    for (size_t first = 0; first < count; first = end) {
        for (end = first + 1; end < count && lone[end].node == lone[first].node;)
            end++;
        TRY(open_node(b, lone + first, end - first));
    }
    return STATUS_OK;
}

static Status open_limit(PriceBuilder *b, const Lift *thing)
{
    for (size_t k = 0; k < b->round->beneficiary_count; k++)
        if (b->round->beneficiaries[k].origin.line == thing->origin.line &&
            b->out->limit_arc[k] >= 0)
            return add_opened(b, b->out->limit_arc[k], NETWORK_NO_LIMIT);
    return STATUS_OK;
}

static Status open_lifts(PriceBuilder *b)
{
    size_t most = 0;
    for (size_t l = 0; l < b->lifts->count; l++)
        most = b->lifts->lifts[l].bound_count > most ? b->lifts->lifts[l].bound_count : most;
    LonePair *lone = ARENA_NEW(b->arena, most, LonePair);
    b->out->first_opened = ARENA_NEW(b->arena, b->lifts->count + 1, size_t);
    TRY_NEW(lone);
    TRY_NEW(b->out->first_opened);
    for (size_t l = 0; l < b->lifts->count; l++) {
        const Lift *thing = &b->lifts->lifts[l];
        b->out->first_opened[l] = b->opened_count;
        if (lift_bars(thing))
            TRY(open_pairs(b, l, lone));
        else if (thing->kind == LIFT_MAX_VALUE)
            TRY(open_limit(b, thing));
    }
    b->out->first_opened[b->lifts->count] = b->opened_count;
    return STATUS_OK;
}

/* ---- all -------------------------------------------------------------------------------------- */

/** Is money of the offer money of the round all along its chain? */
static bool is_plain(const Round *round, int offer)
{
    for (int o = offer; o >= 0; o = round->offers[o].parent_row) {
        const Offer *row = &round->offers[o];
        const Donor *donor = row->donor_row < 0 ? NULL : &round->donors[row->donor_row];
        if (row->unit.name != round->currency.name || row->overhead.digits != 0 ||
            (donor != NULL && donor->has_budget && donor->currency != round->currency.name))
            return false;
    }
    return true;
}

static bool all_fits(const PriceBuilder *b)
{
    for (size_t l = 0; l < b->lifts->count; l++) {
        const Lift *thing = &b->lifts->lifts[l];
        bool known = thing->kind == LIFT_QUANTITY || thing->kind == LIFT_BUDGET ||
                     thing->kind == LIFT_MAX_VALUE || lift_bars(thing);
        if (!known)
            return false;
        for (size_t k = 0; lift_bars(thing) && k < thing->bound_count; k++)
            if (!is_plain(b->round, b->pairs->pairs[thing->bounds[k].target].offer))
                return false;
    }
    return true;
}

static Status make_room(PriceBuilder *b)
{
    const Round *round = b->round;
    const NeedClasses *classes = b->out->net.classes;
    b->offer_node = ARENA_NEW(b->arena, round->offer_count, int);
    b->donor_node = ARENA_NEW(b->arena, round->donor_count, int);
    b->need_node = minus_ones(b->arena, round->need_count);
    b->group_node = minus_ones(b->arena, (size_t)classes->group_count);
    b->limit_node = minus_ones(b->arena, round->beneficiary_count);
    b->out->class_arc = ARENA_NEW(b->arena, (size_t)classes->class_count, int);
    b->out->need_arc = minus_ones(b->arena, round->need_count);
    b->out->group_arc = minus_ones(b->arena, (size_t)classes->group_count);
    b->out->limit_arc = minus_ones(b->arena, round->beneficiary_count);
    bool all = b->offer_node != NULL && b->donor_node != NULL && b->need_node != NULL &&
               b->group_node != NULL && b->limit_node != NULL && b->out->class_arc != NULL &&
               b->out->need_arc != NULL && b->out->group_arc != NULL && b->out->limit_arc != NULL;
    return all ? STATUS_OK : STATUS_NO_MEMORY;
}

Status price_network_build(const Lifts *lifts, const Plan *plan, Arena *arena, PriceNetwork *out,
                           bool *fits)
{
    PriceBuilder b = {.lifts = lifts,
                      .round = lifts->form->round,
                      .pairs = lifts->form->pairs,
                      .plan = plan,
                      .arena = arena,
                      .out = out};
    int64_t *flow;
    *out = (PriceNetwork){.node_count = 0};
    *fits = all_fits(&b);
    if (!*fits)
        return STATUS_OK;
    TRY(class_network_build(b.round, b.pairs->sets, arena, &out->net));
    TRY(make_room(&b));
    TRY(copy_supply(&b, &flow));
    TRY(add_classes(&b, flow));
    TRY(open_lifts(&b));
    out->lower = ARENA_NEW(arena, (size_t)out->arc_count, int64_t);
    TRY_NEW(out->lower);
    return STATUS_OK;
}

int price_network_arc_of(const PriceNetwork *network, size_t need)
{
    int class = network->net.classes->class_of[need];
    return class >= 0 ? network->class_arc[class] : network->need_arc[need];
}
