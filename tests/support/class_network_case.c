/* A round as its class network. */
#include "tests/support/class_network_case.h"

bool class_case_holds(const NetworkCase *c, const int64_t *flow)
{
    const ClassNetwork *net = &c->net;
    int64_t *balance = ARENA_NEW(c->arena, (size_t)net->node_count, int64_t);
    for (int a = 0; a < net->arc_count; a++) {
        if (flow[a] < 0 || flow[a] > net->upper[a])
            return false;
        balance[net->from[a]] -= flow[a];
        balance[net->to[a]] += flow[a];
    }
    for (int v = 0; v < net->node_count; v++)
        if (balance[v] != 0)
            return false;
    return true;
}

double class_stage_value(const NetworkStage *stage, const int64_t *flow)
{
    Int128 sum = 0;
    for (size_t k = 0; k < stage->count; k++)
        sum += (Int128)stage->costs[k] * flow[stage->arcs[k]];
    return stage->constant + stage->unit * (double)sum;
}

bool class_case_open(NetworkCase *c, Pipeline *run)
{
    const char *why;
    c->round = &run->round;
    c->arena = run->arena;
    if (!class_network_fits(&run->round, &why, run->arena))
        return false;
    assert_case_int(c->label, class_network_build(&run->round, NULL, run->arena, &c->net),
                    STATUS_OK);
    c->flow = ARENA_NEW(run->arena, (size_t)c->net.arc_count, int64_t);
    return true;
}
