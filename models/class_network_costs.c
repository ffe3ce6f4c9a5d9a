/* Where a stage's costs stand, and how much one cycle can change by them.
 *
 * Moving. For any potential p over the nodes the costs c + p[head] - p[tail] give every circulation
 * the same sum, since what enters a node leaves it. On the supply side, where every node has one arc
 * in, what all arcs out of a node share is moved to the arc in; on the demand side, where every node
 * has one arc out, what all arcs in share is moved to the arc out. Equal costs become one cost.
 *
 * Bound. A simple cycle visits a node at most once, so it uses at most two of the arcs that have one
 * head (or one tail) in common, and two only in opposite directions. Of a group of arcs with a common
 * end whose costs, with 0, span low .. high, a cycle thus takes one cost or a difference of two: at
 * most high - low either way. Split all arcs with a cost into such groups in any manner: the spans
 * add up to a bound for one unit round any simple cycle. Supply, flows, classes and the rest are each
 * grouped by heads or by tails, whichever adds up to less.
 */
#include "models/class_network_build.h"

/** Costs at a node: the least and the most among the arcs that count. */
typedef struct Span {
    int64_t low, high;
    bool any;
} Span;

static void widen(Span *span, int64_t cost)
{
    span->low = !span->any || cost < span->low ? cost : span->low;
    span->high = !span->any || cost > span->high ? cost : span->high;
    span->any = true;
}

/** What all costs of a span share: the one nearest to 0. */
static int64_t shared(Span span)
{
    if (!span.any || (span.low <= 0 && span.high >= 0))
        return 0;
    return span.low > 0 ? span.low : span.high;
}

/** Potentials of donors and of offers that pay none themselves; children come before parents. */
static void supply_potentials(const NetworkBuilder *b, const int64_t *cost, Span *spans, int64_t *p)
{
    const ClassNetwork *net = b->net;
    for (int v = b->first_signature - 1; v > 0; v--) {
        int in = b->next_arc[v];
        if (!b->node_serves[v])
            p[v] = shared(spans[v]);
        widen(&spans[net->from[in]], cost[in] + p[v]);
    }
}

static void demand_potentials(const NetworkBuilder *b, const int64_t *cost, Span *spans, int64_t *p)
{
    const ClassNetwork *net = b->net;
    for (int k = 0; k < b->classes->class_count; k++)
        widen(&spans[net->to[net->first_class + k]], cost[net->first_class + k]);
    for (int v = b->first_demand; v < net->node_count; v++) {
        int out = b->next_arc[v];
        p[v] = -shared(spans[v]);
        if (out >= 0)
            widen(&spans[net->to[out]], cost[out] - p[v]);
    }
}

static Status move_costs(const NetworkBuilder *b, int64_t *cost)
{
    const ClassNetwork *net = b->net;
    Span *spans = ARENA_NEW(b->arena, (size_t)net->node_count, Span);
    int64_t *p = ARENA_NEW(b->arena, (size_t)net->node_count, int64_t);
    TRY_NEW(spans);
    TRY_NEW(p);
    supply_potentials(b, cost, spans, p);
    demand_potentials(b, cost, spans, p);
    for (int a = 0; a < net->first_flow; a++)
        cost[a] += p[net->to[a]] - p[net->from[a]];
    for (int a = net->first_class; a < net->arc_count; a++)
        cost[a] += p[net->to[a]] - p[net->from[a]];
    return STATUS_OK;
}

/** The arcs first .. end - 1; flows, which are most of all, are passed over where they cost nothing. */
typedef struct ArcRange {
    int first, end;
} ArcRange;

enum { RANGE_COUNT = 4 };

static void find_ranges(const NetworkBuilder *b, bool flows, ArcRange *ranges)
{
    const ClassNetwork *net = b->net;
    int behind = net->first_class + b->classes->class_count;
    ranges[0] = (ArcRange){0, net->first_flow};
    ranges[1] = (ArcRange){net->first_flow, flows ? net->first_class : net->first_flow};
    ranges[2] = (ArcRange){net->first_class, behind};
    ranges[3] = (ArcRange){behind, net->arc_count};
}

/** Sum of the spans of the arcs of a range, grouped by @p node_of each. */
static Int128 sum_of_spans(const int64_t *cost, ArcRange range, const int *node_of, Span *spans)
{
    Int128 sum = 0;
    for (int a = range.first; a < range.end; a++)
        spans[node_of[a]] = (Span){0, 0, true};
    for (int a = range.first; a < range.end; a++)
        if (cost[a] != 0)
            widen(&spans[node_of[a]], cost[a]);
    for (int a = range.first; a < range.end; a++) {
        Span *span = &spans[node_of[a]];
        sum += (Int128)span->high - span->low;
        *span = (Span){0, 0, true}; /* counted */
    }
    return sum;
}

static Status bound_cycles(const NetworkBuilder *b, const int64_t *cost, const ArcRange *ranges,
                           int64_t *out)
{
    const ClassNetwork *net = b->net;
    Span *spans = ARENA_NEW(b->arena, (size_t)net->node_count, Span);
    Int128 sum = 0;
    TRY_NEW(spans);
    for (int r = 0; r < RANGE_COUNT; r++) {
        Int128 by_tail = sum_of_spans(cost, ranges[r], net->from, spans);
        Int128 by_head = sum_of_spans(cost, ranges[r], net->to, spans);
        sum += by_tail < by_head ? by_tail : by_head;
    }
    *out = sum < INT64_MAX ? (int64_t)sum : INT64_MAX;
    return STATUS_OK;
}

/** Divides by what all costs share and takes those that are not 0. */
static Status collect_costs(NetworkBuilder *b, int64_t *cost, const ArcRange *ranges,
                            NetworkStage *stage)
{
    int64_t divisor = 0;
    size_t taken = 0;
    for (int r = 0; r < RANGE_COUNT; r++)
        for (int a = ranges[r].first; a < ranges[r].end; a++) {
            if (divisor != 1)
                divisor = (int64_t)ratio_common_divisor(divisor, cost[a]);
            stage->count += cost[a] != 0;
        }
    int *arcs = ARENA_NEW(b->arena, stage->count, int);
    int64_t *costs = ARENA_NEW(b->arena, stage->count, int64_t);
    TRY_NEW(arcs);
    TRY_NEW(costs);
    stage->arcs = arcs;
    stage->costs = costs;
    for (int r = 0; r < RANGE_COUNT; r++)
        for (int a = ranges[r].first; a < ranges[r].end; a++)
            if (cost[a] != 0) {
                cost[a] /= divisor;
                arcs[taken] = a;
                costs[taken++] = cost[a];
            }
    if (divisor > 1)
        stage->unit *= (double)divisor;
    return STATUS_OK;
}

Status network_take_costs(NetworkBuilder *b, int64_t *cost, bool flows, NetworkStage *stage)
{
    ArcRange ranges[RANGE_COUNT];
    find_ranges(b, flows, ranges);
    TRY(move_costs(b, cost));
    TRY(collect_costs(b, cost, ranges, stage));
    TRY(bound_cycles(b, cost, ranges, &stage->cycle_most));
    for (size_t k = 0; k < stage->count; k++)
        cost[stage->arcs[k]] = 0;
    return STATUS_OK;
}
