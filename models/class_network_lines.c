/* From a flow back to lines: at each signature node the offers' amounts and the needs' amounts are two
 * rows of pieces of the same length; laid side by side they cut each other into lines (north-west
 * corner), no more of them than pieces.
 */
#include <string.h>

#include "models/class_network_build.h"

typedef struct Line {
    int need;
    int offer;
    int64_t quantity;
} Line;

typedef struct LineMaker {
    const ClassNetwork *net;
    const int64_t *flow;
    Arena *arena;
    int *class_first; /* [class_count + 1] needs of class k: class_needs[class_first[k]] .. */
    int *class_needs;
    int *node_first; /* [node_count + 1] classes of node v: node_classes[node_first[v]] .. */
    int *node_classes;
    int *node_arc;   /* [node_count] the first arc into node v that carries something, or 0 */
    size_t carrying; /* arcs from offers that do */
    int64_t *wanted; /* [need_count] */
    Line *lines;
    size_t count;
    int *need_lines; /* [need_count + 1] lines of each need */
} LineMaker;

/** Does the flow keep every bound, and does what enters a node leave it? Lists what carries something. */
static Status check_flow(LineMaker *m)
{
    const ClassNetwork *net = m->net;
    int64_t *balance = ARENA_NEW(m->arena, (size_t)net->node_count, int64_t);
    m->node_arc = ARENA_NEW(m->arena, (size_t)net->node_count, int);
    TRY_NEW(balance);
    TRY_NEW(m->node_arc);
    for (int a = 0; a < net->arc_count; a++) {
        int64_t flow = m->flow[a];
        int to = net->to[a];
        if (flow == 0)
            continue;
        if (flow < 0 || flow > net->upper[a] ||
            __builtin_add_overflow(balance[to], flow, &balance[to]) ||
            __builtin_sub_overflow(balance[net->from[a]], flow, &balance[net->from[a]]))
            return STATUS_INTERNAL;
        if (m->node_arc[to] == 0)
            m->node_arc[to] = a;
        m->carrying += a >= net->first_flow && a < net->first_class;
    }
    for (int v = 0; v < net->node_count; v++)
        if (balance[v] != 0)
            return STATUS_INTERNAL;
    return STATUS_OK;
}

/** Things numbered 0 .. count - 1 (taken in @p order, or as they are when NULL) by the bucket that
 *  @p bucket_of gives; -1: none. */
static Status group_by(Arena *arena, const int *bucket_of, const int *order, size_t count,
                       size_t buckets, int **first, int **items)
{
    int *next = ARENA_NEW(arena, buckets + 1, int);
    *first = ARENA_NEW(arena, buckets + 1, int);
    *items = ARENA_NEW(arena, count, int);
    TRY_NEW(next);
    TRY_NEW(*first);
    TRY_NEW(*items);
    for (size_t i = 0; i < count; i++)
        if (bucket_of[i] >= 0)
            (*first)[bucket_of[i] + 1]++;
    for (size_t k = 0; k < buckets; k++)
        (*first)[k + 1] += (*first)[k];
    memcpy(next, *first, (buckets + 1) * sizeof *next);
    for (size_t i = 0; i < count; i++) {
        int item = order != NULL ? order[i] : (int)i;
        if (bucket_of[item] >= 0)
            (*items)[next[bucket_of[item]]++] = item;
    }
    return STATUS_OK;
}

static Status group_needs(LineMaker *m)
{
    const ClassNetwork *net = m->net;
    const NeedClasses *classes = net->classes;
    size_t needs = net->round->need_count, count = (size_t)classes->class_count;
    int *order;
    TRY(group_by(m->arena, classes->class_of, NULL, needs, count, &m->class_first,
                 &m->class_needs));
    TRY(network_class_order(classes, false, m->arena, &order));
    m->wanted =
        ARENA_NEW(m->arena, needs, int64_t); /* rows lie far apart, and classes go to and fro */
    TRY_NEW(m->wanted);
    for (size_t n = 0; n < needs; n++)
        m->wanted[n] = net->round->needs[n].wanted;
    return group_by(m->arena, net->from + net->first_class, order, count, (size_t)net->node_count,
                    &m->node_first, &m->node_classes);
}

/** Gives @p amount to a need out of the offers of its node from arc *at on. */
static void cut_lines(LineMaker *m, int need, int64_t amount, int *at, int64_t *left)
{
    const ClassNetwork *net = m->net;
    while (amount > 0) {
        int64_t taken = amount < *left ? amount : *left;
        if (taken > 0) {
            m->lines[m->count++] = (Line){need, net->flow_offer[*at - net->first_flow], taken};
            m->need_lines[need + 1]++;
        }
        amount -= taken;
        *left -= taken;
        if (*left == 0 && amount > 0)
            *left = m->flow[++*at];
    }
}

/** The needs of a signature node, class by class, against its offers from arc @p first on. */
static void cut_node(LineMaker *m, int node, int first)
{
    const ClassNetwork *net = m->net;
    int at = first;
    int64_t left = m->flow[first];
    for (int c = m->node_first[node]; c < m->node_first[node + 1]; c++) {
        int class = m->node_classes[c];
        int64_t given = m->flow[net->first_class + class];
        for (int i = m->class_first[class]; i < m->class_first[class + 1] && given > 0; i++) {
            int need = m->class_needs[i];
            int64_t amount = given < m->wanted[need] ? given : m->wanted[need];
            cut_lines(m, need, amount, &at, &left);
            given -= amount;
        }
    }
}

/** The arcs into a signature's node stand together. */
static Status cut_all(LineMaker *m)
{
    const ClassNetwork *net = m->net;
    size_t needs = net->round->need_count;
    m->lines = ARENA_NEW(m->arena, needs + m->carrying, Line);
    m->need_lines = ARENA_NEW(m->arena, needs + 1, int);
    TRY_NEW(m->lines);
    TRY_NEW(m->need_lines);
    for (int v = 0; v < net->node_count; v++)
        if (m->node_arc[v] >= net->first_flow && m->node_arc[v] < net->first_class)
            cut_node(m, v, m->node_arc[v]);
    return STATUS_OK;
}

/** Lines of one need come out together and by offer; this puts the needs into order. */
static Status give_lines(const LineMaker *m, Plan *plan)
{
    size_t needs = m->net->round->need_count;
    plan->assignments = ARENA_NEW(m->arena, m->count, Assignment);
    TRY_NEW(plan->assignments);
    plan->assignment_count = m->count;
    for (size_t n = 0; n < needs; n++)
        m->need_lines[n + 1] += m->need_lines[n];
    for (size_t i = 0; i < m->count; i++) {
        const Line *line = &m->lines[i];
        plan->assignments[m->need_lines[line->need]++] =
            (Assignment){.need = line->need,
                         .offer = line->offer,
                         .quantity = line->quantity,
                         .basis = m->net->round->offers[line->offer].basis};
    }
    return STATUS_OK;
}

Status class_network_lines(const ClassNetwork *net, const int64_t *flow, Arena *arena, Plan *plan)
{
    LineMaker m = {.net = net, .flow = flow, .arena = arena};
    TRY(check_flow(&m));
    TRY(group_needs(&m));
    TRY(cut_all(&m));
    return give_lines(&m, plan);
}
