/* What a tier's questions find of a plan's flow, built: arcs of the class network, sums that the tiers
 * above keep, limits that can bind.
 */
#include "solver/hold_graph.h"

#include "solver/hold_dense.h"

#include <stdlib.h>
#include <string.h>

/* ---- what all tiers share --------------------------------------------------------------------- */

/** A limit that is not below all that its needs ask for never binds, whatever is lifted. */
static Status find_binding(HoldPlan *plan, Arena *arena)
{
    const Round *round = plan->net->round;
    const NeedClasses *classes = plan->net->classes;
    int64_t *wanted = ARENA_NEW(arena, round->beneficiary_count, int64_t);
    plan->binds = ARENA_NEW(arena, round->beneficiary_count, bool);
    TRY_NEW(wanted);
    TRY_NEW(plan->binds);
    for (int k = 0; k < classes->class_count; k++)
        if (classes->classes[k].limited >= 0)
            wanted[classes->classes[k].limited] += classes->classes[k].wanted;
    for (size_t b = 0; b < round->beneficiary_count; b++)
        plan->binds[b] = wanted[b] > round->beneficiaries[b].max_value;
    return STATUS_OK;
}

static int limit_of(const HoldPlan *plan, const NeedClass *class)
{
    return class->limited >= 0 && plan->binds[class->limited] ? class->limited : -1;
}

int hold_limit(const HoldPlan *plan, int class)
{
    return limit_of(plan, &plan->net->classes->classes[class]);
}

/** Without fairness a class of weight 0 is in no stage: nobody keeps what it has. */
static bool counts(const HoldPlan *plan, const NeedClass *class)
{
    return class->weight.digits != 0 || plan->net->round->settings.fairness != FAIRNESS_NONE;
}

/** A tier crosses when it keeps sums by weight, or, without fairness, one sum over several limits. */
static void find_crossing(HoldPlan *plan, int *first)
{
    const NeedClasses *classes = plan->net->classes;
    bool fair = plan->net->round->settings.fairness != FAIRNESS_NONE;
    for (int t = 0; t < plan->tier_count; t++) {
        plan->uniform[t] = true;
        first[t] = -1;
    }
    for (int k = 0; k < classes->class_count; k++) {
        const NeedClass *class = &classes->classes[k];
        int t = class->tier;
        if (!counts(plan, class))
            continue;
        if (first[t] < 0)
            first[t] = k;
        const NeedClass *other = &classes->classes[first[t]];
        if (decimal_compare(class->weight, other->weight) != 0)
            plan->uniform[t] = false;
        plan->crosses[t] = plan->crosses[t] || !plan->uniform[t] ||
                           (!fair && limit_of(plan, class) != limit_of(plan, other));
    }
}

Status hold_plan_open(const ClassNetwork *net, const int64_t *flow, Arena *arena, HoldPlan *plan)
{
    const NeedClasses *classes = net->classes;
    *plan = (HoldPlan){.net = net, .flow = flow, .tier_count = 1};
    for (int k = 0; k < classes->class_count; k++)
        if (classes->classes[k].tier >= plan->tier_count)
            plan->tier_count = classes->classes[k].tier + 1;
    int *first = ARENA_NEW(arena, (size_t)plan->tier_count, int);
    plan->uniform = ARENA_NEW(arena, (size_t)plan->tier_count, bool);
    plan->crosses = ARENA_NEW(arena, (size_t)plan->tier_count, bool);
    TRY_NEW(first);
    TRY_NEW(plan->uniform);
    TRY_NEW(plan->crosses);
    TRY(find_binding(plan, arena));
    find_crossing(plan, first);
    return STATUS_OK;
}

/** Does a question of one tier keep what the other has? */
static bool keeps_tier(const HoldPlan *plan, int tier, int other)
{
    return other < tier || (plan->below && other > tier);
}

bool hold_plan_is_exact(const HoldPlan *plan, int tier)
{
    for (int t = 0; t < plan->tier_count; t++)
        if (keeps_tier(plan, tier, t) && plan->crosses[t])
            return false;
    return true;
}

/* ---- a graph ---------------------------------------------------------------------------------- */

typedef struct GraphMaker {
    const HoldPlan *plan;
    HoldGraph *graph;
    Arena *arena;
    int tier;
    HoldRigour rigour;
    int first_limit, first_sum; /* nodes of limits, then of sums */
    int *sum_of;   /* [class_count] the number of the sum that the class belongs to, or -1 */
    int *sum_head; /* [sum_count] the node at which it ends */
    int sum_count;
    int *limit_node; /* [beneficiary_count] or 0 */
} GraphMaker;

/** Nodes of limits that can bind, after those of the class network. */
static Status add_limit_nodes(GraphMaker *m)
{
    const Round *round = m->plan->net->round;
    m->limit_node = ARENA_NEW(m->arena, round->beneficiary_count, int);
    m->graph->limit_arc = ARENA_NEW(m->arena, round->beneficiary_count, int);
    TRY_NEW(m->limit_node);
    TRY_NEW(m->graph->limit_arc);
    m->graph->node_count = m->plan->net->node_count;
    m->graph->sink = m->plan->apart ? m->graph->node_count++ : 0;
    m->first_limit = m->graph->node_count;
    for (size_t b = 0; b < round->beneficiary_count; b++) {
        m->graph->limit_arc[b] = -1;
        if (m->plan->binds[b])
            m->limit_node[b] = m->graph->node_count++;
    }
    m->first_sum = m->graph->node_count;
    return STATUS_OK;
}

static int head_of(const GraphMaker *m, const NeedClass *class)
{
    int limit = limit_of(m->plan, class);
    return limit < 0 ? m->graph->sink : m->limit_node[limit];
}

/** What tells apart the sums that a tier above keeps. Loose: by group, or one over all of a tier, whose
 *  limits are then left out; strict: by weight and limit too. False where nothing can be kept. */
static bool sum_key(const GraphMaker *m, const NeedClass *class, uint64_t key[4], int *head)
{
    bool fair = m->plan->net->round->settings.fairness != FAIRNESS_NONE;
    bool uniform = m->plan->uniform[class->tier];
    bool loose = m->rigour == HOLD_LOOSE;
    *head = loose && !fair ? m->graph->sink : head_of(m, class);
    key[0] = (uint64_t) class->tier;
    key[1] = fair ? (uint64_t)(uint32_t) class->group : (uint64_t)(uint32_t)*head;
    key[2] = loose || uniform ? 0 : (uint64_t) class->weight.digits;
    key[3] = loose || uniform ? 0 : (uint64_t) class->weight.places;
    return counts(m->plan, class) && (!loose || fair || uniform);
}

/** A class with what tells its sum apart. */
typedef struct Summand {
    uint64_t key[4];
    int class, head;
} Summand;

static int compare_summands(const void *a, const void *b)
{
    const Summand *x = a, *y = b;
    for (int k = 0; k < 4; k++)
        if (x->key[k] != y->key[k])
            return x->key[k] < y->key[k] ? -1 : 1;
    return (x->class > y->class) - (x->class < y->class);
}

static Status find_sums(GraphMaker *m)
{
    const NeedClasses *classes = m->plan->net->classes;
    size_t most = (size_t)classes->class_count, count = 0;
    Summand *summands = ARENA_NEW(m->arena, most, Summand);
    m->sum_of = ARENA_NEW(m->arena, most, int);
    m->sum_head = ARENA_NEW(m->arena, most, int);
    TRY_NEW(summands);
    TRY_NEW(m->sum_of);
    TRY_NEW(m->sum_head);
    for (int k = 0; k < classes->class_count; k++) {
        Summand *summand = &summands[count];
        m->sum_of[k] = -1;
        summand->class = k;
        if (m->rigour != HOLD_FREE && keeps_tier(m->plan, m->tier, classes->classes[k].tier) &&
            sum_key(m, &classes->classes[k], summand->key, &summand->head))
            count++;
    }
    qsort(summands, count, sizeof *summands, compare_summands);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || memcmp(summands[i].key, summands[i - 1].key, sizeof summands[i].key) != 0)
            m->sum_head[m->sum_count++] = summands[i].head;
        m->sum_of[summands[i].class] = m->sum_count - 1;
    }
    m->graph->node_count += m->sum_count;
    return STATUS_OK;
}

static void add_arc(HoldGraph *graph, int from, int to, int64_t flow, int64_t upper, HoldKind hold)
{
    graph->arcs[graph->arc_count++] = (HoldArc){.from = from,
                                                .to = to,
                                                .flow = flow,
                                                .planned = flow,
                                                .least = flow,
                                                .upper = upper,
                                                .hold = hold};
}

static void add_class_arcs(GraphMaker *m)
{
    const ClassNetwork *net = m->plan->net;
    HoldGraph *graph = m->graph;
    for (int k = 0; k < net->classes->class_count; k++) {
        const NeedClass *class = &net->classes->classes[k];
        int arc = net->first_class + k;
        int to = m->sum_of[k] >= 0 ? m->first_sum + m->sum_of[k] : head_of(m, class);
        int64_t upper = m->plan->apart && class->tier > m->tier ? 0 : class->wanted;
        add_arc(graph, net->from[arc], to, m->plan->flow[arc], upper,
                class->tier == m->tier ? HOLD_EQUALS : HOLD_NOTHING);
    }
}

/** What comes into a node, which its one arc out carries on. */
static void add_way_out(GraphMaker *m, const int64_t *into, int node, int to, int64_t upper,
                        HoldKind hold)
{
    add_arc(m->graph, node, to, into[node], upper, hold);
}

static Status add_arcs(GraphMaker *m)
{
    const ClassNetwork *net = m->plan->net;
    const Round *round = net->round;
    HoldGraph *graph = m->graph;
    size_t most = (size_t)(net->arc_count + graph->node_count - net->node_count);
    int64_t *into = ARENA_NEW(m->arena, (size_t)graph->node_count, int64_t);
    graph->arcs = ARENA_NEW(m->arena, most, HoldArc);
    TRY_NEW(into);
    TRY_NEW(graph->arcs);
    for (int a = 0; a < net->first_class; a++)
        add_arc(graph, net->from[a], net->to[a], m->plan->flow[a], net->upper[a], HOLD_NOTHING);
    add_class_arcs(m);
    for (int a = net->first_class; a < graph->arc_count; a++)
        into[graph->arcs[a].to] += graph->arcs[a].flow;
    for (int s = 0; s < m->sum_count; s++) {
        int64_t upper = m->plan->apart ? into[m->first_sum + s] : NETWORK_NO_LIMIT;
        add_way_out(m, into, m->first_sum + s, m->sum_head[s], upper, HOLD_ABOVE);
        into[m->sum_head[s]] += into[m->first_sum + s];
    }
    for (size_t b = 0; b < round->beneficiary_count; b++)
        if (m->limit_node[b] > 0) {
            graph->limit_arc[b] = graph->arc_count;
            add_way_out(m, into, m->limit_node[b], graph->sink, round->beneficiaries[b].max_value,
                        HOLD_NOTHING);
        }
    return STATUS_OK;
}

/** Sorts the arcs by the nodes where they begin, or end; with a flow first. */
static Status link_arcs(const HoldGraph *graph, bool out, Arena *arena, HoldLinks *links)
{
    size_t nodes = (size_t)graph->node_count, arcs = (size_t)graph->arc_count;
    links->first = ARENA_NEW(arena, nodes + 1, int);
    links->live = ARENA_NEW(arena, nodes, int);
    links->arcs = ARENA_NEW(arena, arcs, int);
    links->ends = ARENA_NEW(arena, arcs, int);
    links->at = ARENA_NEW(arena, arcs, int);
    int *next = ARENA_NEW(arena, nodes, int);
    TRY_NEW(links->first);
    TRY_NEW(links->live);
    TRY_NEW(links->arcs);
    TRY_NEW(links->ends);
    TRY_NEW(links->at);
    TRY_NEW(next);
    for (size_t a = 0; a < arcs; a++)
        links->first[(out ? graph->arcs[a].from : graph->arcs[a].to) + 1]++;
    for (size_t v = 0; v < nodes; v++) {
        links->first[v + 1] += links->first[v];
        next[v] = links->first[v];
    }
    for (int live = 1; live >= 0; live--) {
        for (size_t a = 0; a < arcs; a++) {
            const HoldArc *arc = &graph->arcs[a];
            if ((arc->flow > 0) != (live == 1))
                continue;
            links->at[a] = next[out ? arc->from : arc->to]++;
            links->arcs[links->at[a]] = (int)a;
            links->ends[links->at[a]] = out ? arc->to : arc->from;
        }
        for (size_t v = 0; live == 1 && v < nodes; v++)
            links->live[v] = next[v];
    }
    return STATUS_OK;
}

static Status make_scratch(HoldGraph *graph, Arena *arena)
{
    size_t nodes = (size_t)graph->node_count;
    graph->queue = ARENA_NEW(arena, nodes, int);
    graph->towards = ARENA_NEW(arena, nodes, int);
    graph->met = ARENA_NEW(arena, nodes, unsigned);
    graph->touched = ARENA_NEW(arena, (size_t)graph->arc_count, int);
    graph->changes = ARENA_NEW(arena, HOLD_CHANGES, HoldChange);
    graph->depth = ARENA_NEW(arena, nodes, int);
    graph->back = ARENA_NEW(arena, nodes, int);
    graph->ahead = ARENA_NEW(arena, nodes, int);
    TRY_NEW(graph->changes);
    TRY_NEW(graph->depth);
    TRY_NEW(graph->back);
    TRY_NEW(graph->ahead);
    TRY_NEW(graph->queue);
    TRY_NEW(graph->towards);
    TRY_NEW(graph->met);
    TRY_NEW(graph->touched);
    return STATUS_OK;
}

Status hold_graph_begin(int node_count, size_t arcs_most, Arena *arena, HoldGraph *graph)
{
    *graph = (HoldGraph){.node_count = node_count, .closed = -1};
    graph->arcs = ARENA_NEW(arena, arcs_most, HoldArc);
    TRY_NEW(graph->arcs);
    return STATUS_OK;
}

int hold_add_arc(HoldGraph *graph, int from, int to, int64_t flow, int64_t upper)
{
    add_arc(graph, from, to, flow, upper, HOLD_NOTHING);
    return graph->arc_count - 1;
}

Status hold_graph_end(HoldGraph *graph, Arena *arena)
{
    TRY(link_arcs(graph, true, arena, &graph->out));
    TRY(link_arcs(graph, false, arena, &graph->in));
    TRY(hold_dense_build(graph, arena));
    return make_scratch(graph, arena);
}

void hold_graph_free_arcs(HoldGraph *graph, int first, int end)
{
    graph->dense.first_arc = first;
    graph->dense.end_arc = end;
}

Status hold_graph_build(const HoldPlan *plan, int tier, HoldRigour rigour, Arena *arena,
                        HoldGraph *graph)
{
    GraphMaker m = {.plan = plan, .graph = graph, .arena = arena, .tier = tier, .rigour = rigour};
    *graph = (HoldGraph){.closed = -1};
    TRY(add_limit_nodes(&m));
    TRY(find_sums(&m));
    TRY(add_arcs(&m));
    hold_graph_free_arcs(graph, plan->net->first_flow, plan->net->first_class);
    return hold_graph_end(graph, arena);
}
