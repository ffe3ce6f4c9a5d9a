/* The face of all flows that are as good as one: for each stage in turn, shortest distances in the
 * residual graph of what is not fixed yet are potentials that prove the flow the best (without a cycle
 * below 0: Bellman 1958, Ford 1956; Klein 1967); whatever has a reduced cost then stands at a bound in
 * every flow as good (complementary slackness), and is fixed.
 */
#include "solver/network_face.h"

#include <string.h>

typedef struct FaceMaker {
    const ClassNetwork *net;
    const int64_t *flow;
    bool *fixed;      /* [arc_count] */
    int *first, *arc; /* [node_count + 1], [2 * arc_count]: arcs out of every node, and into it */
    int64_t *cost;    /* [arc_count] of the stage; 0 between stages */
    int64_t *distance;
    int *queue; /* [node_count] a ring */
    bool *waits;
    int *times; /* each node was put into the queue */
} FaceMaker;

/** Arcs by their nodes; each stands at both. */
static Status link_arcs(FaceMaker *m, Arena *arena)
{
    const ClassNetwork *net = m->net;
    size_t nodes = (size_t)net->node_count, arcs = (size_t)net->arc_count;
    int *next = ARENA_NEW(arena, nodes + 1, int);
    m->first = ARENA_NEW(arena, nodes + 1, int);
    m->arc = ARENA_NEW(arena, 2 * arcs, int);
    TRY_NEW(next);
    TRY_NEW(m->first);
    TRY_NEW(m->arc);
    for (size_t a = 0; a < arcs; a++) {
        m->first[net->from[a] + 1]++;
        m->first[net->to[a] + 1]++;
    }
    for (size_t v = 0; v < nodes; v++)
        m->first[v + 1] += m->first[v];
    memcpy(next, m->first, (nodes + 1) * sizeof *next);
    for (size_t a = 0; a < arcs; a++) {
        m->arc[next[net->from[a]]++] = (int)a;
        m->arc[next[net->to[a]]++] = (int)a;
    }
    return STATUS_OK;
}

static Status make_room(FaceMaker *m, Arena *arena)
{
    size_t nodes = (size_t)m->net->node_count;
    m->cost = ARENA_NEW(arena, (size_t)m->net->arc_count, int64_t);
    m->distance = ARENA_NEW(arena, nodes, int64_t);
    m->queue = ARENA_NEW(arena, nodes, int);
    m->waits = ARENA_NEW(arena, nodes, bool);
    m->times = ARENA_NEW(arena, nodes, int);
    TRY_NEW(m->cost);
    TRY_NEW(m->distance);
    TRY_NEW(m->queue);
    TRY_NEW(m->waits);
    TRY_NEW(m->times);
    return link_arcs(m, arena);
}

/** Can more go along the arc from @p node, or back along it? */
static bool leads_on(const FaceMaker *m, int arc, int node)
{
    if (m->fixed[arc])
        return false;
    return m->net->from[arc] == node ? m->flow[arc] < m->net->upper[arc] : m->flow[arc] > 0;
}

/** Distances from anywhere, by correcting labels. False: there is a cycle below 0. */
static bool find_distances(FaceMaker *m)
{
    const ClassNetwork *net = m->net;
    int nodes = net->node_count, waiting = nodes;
    for (int v = 0; v < nodes; v++) {
        m->distance[v] = 0;
        m->queue[v] = v;
        m->waits[v] = true;
        m->times[v] = 1;
    }
    for (int head = 0; waiting > 0; head = (head + 1) % nodes, waiting--) {
        int v = m->queue[head];
        m->waits[v] = false;
        for (int i = m->first[v]; i < m->first[v + 1]; i++) {
            int a = m->arc[i], to = net->from[a] == v ? net->to[a] : net->from[a];
            int64_t cost = net->from[a] == v ? m->cost[a] : -m->cost[a];
            if (!leads_on(m, a, v) || m->distance[v] + cost >= m->distance[to])
                continue;
            m->distance[to] = m->distance[v] + cost;
            if (m->waits[to])
                continue;
            if (m->times[to]++ > nodes)
                return false;
            m->queue[(head + waiting) % nodes] = to;
            m->waits[to] = true;
            waiting++;
        }
    }
    return true;
}

/** Fixes what has a reduced cost. False: the flow is not the best. */
static bool freeze_costs(FaceMaker *m, const NetworkStage *stage)
{
    const ClassNetwork *net = m->net;
    for (size_t k = 0; k < stage->count; k++)
        m->cost[stage->arcs[k]] = stage->costs[k];
    bool best = find_distances(m);
    for (int a = 0; a < net->arc_count && best; a++)
        if (m->cost[a] + m->distance[net->from[a]] != m->distance[net->to[a]])
            m->fixed[a] = true;
    for (size_t k = 0; k < stage->count; k++)
        m->cost[stage->arcs[k]] = 0;
    return best;
}

Status network_face(const ClassNetwork *net, const int64_t *flow, Arena *arena, bool *fixed,
                    bool *best)
{
    FaceMaker m = {.net = net, .flow = flow, .fixed = fixed};
    *best = true;
    memset(fixed, 0, (size_t)net->arc_count * sizeof *fixed);
    TRY(make_room(&m, arena));
    for (size_t s = 0; s < net->stage_count; s++)
        for (size_t g = 0; g < net->stages[s].group_count; g++)
            fixed[net->stages[s].group_arcs[g]] = true;
    for (size_t s = 0; s < net->stage_count && *best; s++)
        if (net->stages[s].kind != STAGE_CANONICAL && net->stages[s].count > 0)
            *best = freeze_costs(&m, &net->stages[s]);
    return STATUS_OK;
}
