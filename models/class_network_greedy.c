/* A first flow: tier by tier, heavier classes first, each from the offers that the later stages would
 * rather use (firmer, lapsing sooner; then those that others want least, cheaper, earlier), as much as
 * every bound on the way lets through. Keeps all bounds and balances; a start, not an answer.
 */
#include <stdlib.h>

#include "allot/word_keys.h"
#include "models/class_network_build.h"

/* ---- orders --------------------------------------------------------------------------------- */

/** A tier and a weight: many classes share one. */
typedef struct ClassRank {
    int tier;
    Decimal weight;
    int rank; /* in the order of their first class, */
    int next; /* and then where its next class goes */
} ClassRank;

static int by_tier_and_weight(const void *a, const void *b)
{
    const ClassRank *x = a, *y = b;
    if (x->tier != y->tier)
        return x->tier < y->tier ? -1 : 1;
    int weights = decimal_compare(y->weight, x->weight);
    return weights != 0 ? weights : (x->rank > y->rank) - (x->rank < y->rank);
}

static bool is_next_rank(const ClassRank *a, const ClassRank *b)
{
    return a->tier != b->tier || decimal_compare(a->weight, b->weight) != 0;
}

enum { RANKS_FIRST = 8 };

/** The number of a rank among the first few, which mostly are all; -1: it is none of them. */
static int rank_among_first(const ClassRank *ranks, int count, int tier, Decimal weight)
{
    for (int r = 0; r < count && r < RANKS_FIRST; r++)
        if (ranks[r].tier == tier && ranks[r].weight.digits == weight.digits &&
            ranks[r].weight.places == weight.places)
            return r;
    return -1;
}

/** The different ranks, each counted. @param[out] rank_of [class_count] */
static Status find_ranks(const NeedClasses *classes, bool by_weight, Arena *arena, int *rank_of,
                         ClassRank **ranks, int *rank_count)
{
    WordKeys keys;
    *ranks = ARENA_NEW(arena, (size_t)classes->class_count, ClassRank);
    TRY_NEW(*ranks);
    TRY(word_keys_init(&keys, 3, arena));
    for (int k = 0; k < classes->class_count; k++) {
        const NeedClass *class = &classes->classes[k];
        Decimal weight = by_weight ? class->weight : decimal_make(1, 0);
        const uint64_t key[] = {(uint64_t) class->tier, (uint64_t)weight.digits,
                                (uint64_t)weight.places};
        rank_of[k] = rank_among_first(*ranks, keys.count, class->tier, weight);
        if (rank_of[k] < 0)
            TRY(word_keys_add(&keys, key, &rank_of[k], NULL));
        ClassRank *rank = &(*ranks)[rank_of[k]];
        *rank = (ClassRank){class->tier, weight, rank_of[k], rank->next + 1};
    }
    *rank_count = keys.count;
    return STATUS_OK;
}

/** Weights written in two ways are one rank: their classes stand by number. */
static void place_classes(ClassRank *ranks, int rank_count, int class_count, int *rank_of,
                          int *group_of, int *out)
{
    int begun = 0, count = 0;
    for (int r = 0; r < rank_count; r++) {
        if (r == 0 || is_next_rank(&ranks[r], &ranks[r - 1]))
            begun = r;
        group_of[ranks[r].rank] = begun;
        if (begun != r)
            ranks[begun].next += ranks[r].next;
    }
    for (int r = 0; r < rank_count; r++) {
        int size = group_of[ranks[r].rank] == r ? ranks[r].next : 0;
        ranks[r].next = count;
        count += size;
    }
    for (int k = 0; k < class_count; k++)
        out[ranks[group_of[rank_of[k]]].next++] = k;
}

Status network_class_order(const NeedClasses *classes, bool by_weight, Arena *arena, int **out)
{
    size_t count = (size_t)classes->class_count;
    int rank_count, *rank_of = ARENA_NEW(arena, count, int);
    ClassRank *ranks;
    *out = ARENA_NEW(arena, count, int);
    TRY_NEW(rank_of);
    TRY_NEW(*out);
    TRY(find_ranks(classes, by_weight, arena, rank_of, &ranks, &rank_count));
    int *group_of = ARENA_NEW(arena, (size_t)rank_count, int);
    TRY_NEW(group_of);
    if (rank_count > 1)
        qsort(ranks, (size_t)rank_count, sizeof *ranks, by_tier_and_weight);
    place_classes(ranks, rank_count, classes->class_count, rank_of, group_of, *out);
    return STATUS_OK;
}

typedef struct OfferRank {
    Basis basis;
    Date lapses; /* DATE_NONE: not in this round */
    double pull; /* how often over its needs ask for it */
    Decimal cost;
    int offer;
} OfferRank;

static int by_preference(const void *a, const void *b)
{
    const OfferRank *x = a, *y = b;
    int costs = decimal_compare(x->cost, y->cost);
    if (x->basis != y->basis)
        return x->basis > y->basis ? -1 : 1;
    if (x->lapses != y->lapses) { /* those that do not lapse come last */
        bool before = y->lapses == DATE_NONE || (x->lapses != DATE_NONE && x->lapses < y->lapses);
        return before ? -1 : 1;
    }
    if (x->pull < y->pull || x->pull > y->pull)
        return x->pull < y->pull ? -1 : 1;
    return costs != 0 ? costs : (x->offer > y->offer) - (x->offer < y->offer);
}

/** What all classes that an offer may serve want together, of what it has. What others want little of is given
 *  first: so less has to be moved afterwards. @param[out] pull [offer_count] */
static Status find_pulls(const NetworkBuilder *b, double *pull)
{
    const ClassNetwork *net = b->net;
    double *wanted = ARENA_NEW(b->arena, (size_t)net->node_count, double);
    TRY_NEW(wanted);
    for (int k = 0; k < b->classes->class_count; k++)
        wanted[b->class_node[k]] += (double)b->classes->classes[k].wanted;
    for (int f = 0; f < net->flow_count; f++)
        pull[net->flow_offer[f]] += wanted[net->to[net->first_flow + f]];
    for (size_t o = 0; o < b->round->offer_count; o++)
        pull[o] /= (double)b->round->offers[o].quantity + 1;
    return STATUS_OK;
}

static Status offer_order(const NetworkBuilder *b, Arena *arena, OfferRank **out)
{
    const Round *round = b->round;
    OfferRank *ranks = ARENA_NEW(arena, round->offer_count, OfferRank);
    double *pull = ARENA_NEW(arena, round->offer_count, double);
    TRY_NEW(ranks);
    TRY_NEW(pull);
    TRY(find_pulls(b, pull));
    for (size_t o = 0; o < round->offer_count; o++) {
        const Offer *offer = &round->offers[o];
        bool later = round->settings.end != DATE_NONE && offer->lapses > round->settings.end;
        ranks[o] = (OfferRank){.basis = offer->basis,
                               .lapses = later ? DATE_NONE : offer->lapses,
                               .pull = pull[o],
                               .cost = offer->cost,
                               .offer = (int)o};
    }
    if (round->offer_count > 1)
        qsort(ranks, round->offer_count, sizeof *ranks, by_preference);
    *out = ranks;
    return STATUS_OK;
}

/** Offers in the order in which they are given, and which of them have something left. Sets are of
 *  places in that order. */
typedef struct Queue {
    int words;
    int *offer;       /* [offer_count] at each place */
    uint64_t *open;   /* [words] those that may have something left */
    uint64_t *places; /* [signature nodes * words] the offers of each signature */
    int *first;       /* [signature nodes] its first arc */
} Queue;

static void add_place(uint64_t *set, unsigned place)
{
    set[place / 64] |= UINT64_C(1) << place % 64;
}

/** Arcs of a signature stand together, in the order of their offers. */
static void list_places(const NetworkBuilder *b, const unsigned *place, Queue *queue)
{
    const ClassNetwork *net = b->net;
    for (int f = net->flow_count - 1; f >= 0; f--) {
        int s = net->to[net->first_flow + f] - b->first_signature;
        add_place(queue->places + (size_t)s * (size_t)queue->words, place[net->flow_offer[f]]);
        queue->first[s] = net->first_flow + f;
    }
}

static Status open_queue(const NetworkBuilder *b, Queue *queue)
{
    size_t offers = b->round->offer_count;
    size_t nodes = (size_t)(b->first_demand - b->first_signature);
    size_t words = (size_t)b->classes->words;
    OfferRank *ranks;
    TRY(offer_order(b, b->arena, &ranks));
    unsigned *place = ARENA_NEW(b->arena, offers, unsigned);
    queue->words = b->classes->words;
    queue->offer = ARENA_NEW(b->arena, offers, int);
    queue->open = ARENA_NEW(b->arena, words, uint64_t);
    queue->places = ARENA_NEW(b->arena, nodes * words, uint64_t);
    queue->first = ARENA_NEW(b->arena, nodes, int);
    TRY_NEW(place);
    TRY_NEW(queue->offer);
    TRY_NEW(queue->open);
    TRY_NEW(queue->places);
    TRY_NEW(queue->first);
    for (size_t r = 0; r < offers; r++) {
        queue->offer[r] = ranks[r].offer;
        place[ranks[r].offer] = (unsigned)r;
        add_place(queue->open, (unsigned)r);
    }
    list_places(b, place, queue);
    return STATUS_OK;
}

/** The arc from an offer of a signature into its node. */
static int arc_from(const NetworkBuilder *b, const Queue *queue, int signature, int offer)
{
    const uint64_t *set = b->node_offers[signature];
    int arc = queue->first[signature];
    for (int w = 0; w < offer / 64; w++)
        arc += __builtin_popcountll(set[w]);
    return arc + __builtin_popcountll(set[offer / 64] & ((UINT64_C(1) << offer % 64) - 1));
}

/* ---- the flow ------------------------------------------------------------------------------- */

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/** What the arcs from the source to an offer's node still let through. */
static int64_t supply_left(const NetworkBuilder *b, int node)
{
    const ClassNetwork *net = b->net;
    int64_t left = NETWORK_NO_LIMIT;
    for (int v = node; v > 0; v = net->from[b->next_arc[v]])
        left = least(left, net->upper[b->next_arc[v]] - net->greedy[b->next_arc[v]]);
    return left;
}

static int64_t demand_left(const NetworkBuilder *b, int class_arc)
{
    const ClassNetwork *net = b->net;
    int64_t left = net->upper[class_arc] - net->greedy[class_arc];
    for (int v = net->to[class_arc]; v > 0; v = net->to[b->next_arc[v]])
        left = least(left, net->upper[b->next_arc[v]] - net->greedy[b->next_arc[v]]);
    return left;
}

static void push(const NetworkBuilder *b, int flow_arc, int class_arc, int64_t amount)
{
    const ClassNetwork *net = b->net;
    for (int v = net->from[flow_arc]; v > 0; v = net->from[b->next_arc[v]])
        net->greedy[b->next_arc[v]] += amount;
    net->greedy[flow_arc] += amount;
    net->greedy[class_arc] += amount;
    for (int v = net->to[class_arc]; v > 0; v = net->to[b->next_arc[v]])
        net->greedy[b->next_arc[v]] += amount;
}

/** What an offer has left is for all of its chain: once nothing, it stays so. */
static void serve(const NetworkBuilder *b, int class, const Queue *queue)
{
    int class_arc = b->net->first_class + class, s = b->class_node[class] - b->first_signature;
    const uint64_t *places = queue->places + (size_t)s * (size_t)queue->words;
    int64_t wanted = demand_left(b, class_arc);
    for (int w = 0; w < queue->words && wanted > 0; w++)
        for (uint64_t left = places[w] & queue->open[w]; left != 0 && wanted > 0;
             left &= left - 1) {
            int offer = queue->offer[w * 64 + __builtin_ctzll(left)];
            int64_t supply = supply_left(b, b->offer_node[offer]);
            int64_t amount = least(supply, wanted);
            if (amount > 0)
                push(b, arc_from(b, queue, s, offer), class_arc, amount);
            wanted -= amount;
            if (amount == supply)
                queue->open[w] &= ~(left & -left);
        }
}

Status network_greedy(NetworkBuilder *b)
{
    Queue queue;
    int *order;
    TRY(network_class_order(b->classes, true, b->arena, &order));
    TRY(open_queue(b, &queue));
    for (int i = 0; i < b->classes->class_count; i++)
        serve(b, order[i], &queue);
    return STATUS_OK;
}
