/* From lines to a flow: each line is carried along its arcs, from the class of its need back through
 * the chain of its offer to the donor.
 */
#include "allot/class_network.h"

typedef struct FlowMaker {
    const ClassNetwork *net;
    int64_t *flow;
    int *
        node_arc; /* [node_count] of donors and offers: the one arc in; of others: the one arc out */
    int *first_flow; /* [node_count] first flow into a signature node, or -1 */
} FlowMaker;

/** Behind the signatures every node has one arc out; up to them one arc in. */
static void find_arcs(FlowMaker *m)
{
    const ClassNetwork *net = m->net;
    for (int v = 0; v < net->node_count; v++)
        m->node_arc[v] = m->first_flow[v] = -1;
    for (int f = net->flow_count; f-- > 0;)
        m->first_flow[net->to[net->first_flow + f]] = net->first_flow + f;
    for (int a = 0; a < net->first_flow; a++)
        m->node_arc[net->to[a]] = a;
    for (int a = net->first_class; a < net->arc_count; a++)
        m->node_arc[net->from[a]] = a;
}

/** The flow from this offer into the signature node, or -1: flows stand by node, then offer. */
static int find_flow(const FlowMaker *m, int node, int offer)
{
    const ClassNetwork *net = m->net;
    int end = net->first_flow + net->flow_count;
    for (int a = m->first_flow[node]; a >= 0 && a < end && net->to[a] == node; a++)
        if (net->flow_offer[a - net->first_flow] == offer)
            return a;
    return -1;
}

static Status carry(FlowMaker *m, const Assignment *line)
{
    const ClassNetwork *net = m->net;
    int class = net->classes->class_of[line->need];
    if (class < 0)
        return STATUS_INTERNAL;
    int arc = net->first_class + class, flow = find_flow(m, net->from[arc], line->offer);
    if (flow < 0)
        return STATUS_INTERNAL;
    m->flow[arc] += line->quantity;
    m->flow[flow] += line->quantity;
    for (int v = net->to[arc]; v > 0; v = net->to[m->node_arc[v]])
        m->flow[m->node_arc[v]] += line->quantity;
    for (int v = net->from[flow]; v > 0; v = net->from[m->node_arc[v]])
        m->flow[m->node_arc[v]] += line->quantity;
    return STATUS_OK;
}

Status class_network_flow(const ClassNetwork *net, const Plan *plan, Arena *arena, int64_t **out)
{
    FlowMaker m = {.net = net,
                   .flow = ARENA_NEW(arena, (size_t)net->arc_count, int64_t),
                   .node_arc = ARENA_NEW(arena, (size_t)net->node_count, int),
                   .first_flow = ARENA_NEW(arena, (size_t)net->node_count, int)};
    *out = m.flow;
    TRY_NEW(m.flow);
    TRY_NEW(m.node_arc);
    TRY_NEW(m.first_flow);
    find_arcs(&m);
    for (size_t i = 0; i < plan->assignment_count; i++)
        TRY(carry(&m, &plan->assignments[i]));
    return STATUS_OK;
}
