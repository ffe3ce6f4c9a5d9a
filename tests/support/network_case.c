/* Small networks, drawn, and what proves a solution of them. The other judges are in
 * network_judges.c.
 */
#include "tests/support/network_case.h"

#include <string.h>

#include "solver/network_internal.h"

/* ---- networks ------------------------------------------------------------------------------- */

Arena *network_case_arena;

int network_case_setup(void **state)
{
    (void)state;
    network_case_arena = arena_new();
    return network_case_arena == NULL;
}

int network_case_teardown(void **state)
{
    (void)state;
    arena_free(network_case_arena);
    return 0;
}

void network_case_arc(NetworkCase *c, int from, int to, int64_t lower, int64_t upper)
{
    assert_in_range(c->arcs, 0, CASE_ARCS - 1);
    c->from[c->arcs] = from;
    c->to[c->arcs] = to;
    c->lower[c->arcs] = lower;
    c->upper[c->arcs++] = upper;
}

static int draw_int(TestRandom *random, int low, int high)
{
    return (int)random_between(random, low, high);
}

void network_case_draw_costs(NetworkCase *c, TestRandom *random, int stages, int64_t most)
{
    c->stages = stages;
    for (int s = 0; s < stages; s++)
        for (int a = 0; a < c->arcs; a++)
            c->cost[s][a] = random_chance(random, 3) ? 0 : random_between(random, -most, most);
}

NetworkCase network_case_drawn(TestRandom *random, int nodes, int arcs, int demands)
{
    NetworkCase c = {.nodes = nodes};
    for (int a = 0; a < arcs; a++) {
        int64_t upper = random_chance(random, 4) ? 0 : random_between(random, 0, 9);
        bool asks = demands > 0 && random_chance(random, demands);
        network_case_arc(&c, draw_int(random, 0, nodes - 1), draw_int(random, 0, nodes - 1),
                         asks ? random_between(random, 0, upper) : 0, upper);
    }
    network_case_draw_costs(&c, random, 1, 9);
    return c;
}

/** The first arc between two nodes that is there, or a new one. */
static int arc_between(NetworkCase *c, int from, int to)
{
    for (int a = 0; a < c->arcs; a++)
        if (c->from[a] == from && c->to[a] == to)
            return a;
    network_case_arc(c, from, to, 0, 0);
    return c->arcs - 1;
}

NetworkCase network_case_around_flow(TestRandom *random, int nodes, int rounds)
{
    NetworkCase c = {.nodes = nodes};
    for (int r = 0; r < rounds; r++) {
        int start = draw_int(random, 0, nodes - 1), node = start;
        int64_t amount = random_between(random, 1, 5);
        for (int steps = draw_int(random, 1, 4); steps >= 0; steps--) {
            int next = steps == 0 ? start : draw_int(random, 0, nodes - 1);
            c.flow[arc_between(&c, node, next)] += amount;
            node = next;
        }
    }
    for (int a = 0; a < c.arcs; a++) {
        c.lower[a] = random_chance(random, 3) ? random_between(random, 0, c.flow[a]) : 0;
        c.upper[a] = c.flow[a] + (random_chance(random, 3) ? 0 : random_between(random, 0, 9));
    }
    network_case_draw_costs(&c, random, 1, 9);
    return c;
}

/* ---- the program under test ----------------------------------------------------------------- */

NetworkSimplex *network_case_open(const NetworkCase *c, Arena *arena)
{
    NetworkSimplex *net =
        network_open(c->nodes, c->arcs, c->from, c->to, c->lower, c->upper, arena);
    assert_non_null(net);
    return net;
}

void network_case_objective(const NetworkCase *c, int stage, NetworkSimplex *net)
{
    int arcs[CASE_ARCS];
    int64_t costs[CASE_ARCS];
    size_t count = 0;
    for (int a = 0; a < c->arcs; a++)
        if (c->cost[stage][a] != 0) {
            arcs[count] = a;
            costs[count++] = c->cost[stage][a];
        }
    network_objective(net, count, arcs, costs);
}

int64_t network_case_value(const NetworkCase *c, int stage, const NetworkSimplex *net)
{
    int64_t value = 0;
    for (int a = 0; a < c->arcs; a++)
        value += c->cost[stage][a] * network_flow(net, a);
    return value;
}

/* ---- what proves it ------------------------------------------------------------------------- */

void assert_circulation(const NetworkCase *c, const NetworkSimplex *net)
{
    int64_t excess[CASE_ARCS] = {0};
    for (int a = 0; a < c->arcs; a++) {
        int64_t flow = network_flow(net, a);
        assert_true(flow >= c->lower[a] && flow <= c->upper[a]);
        excess[c->from[a]] -= flow;
        excess[c->to[a]] += flow;
    }
    for (int v = 0; v < c->nodes; v++)
        assert_int_equal(excess[v], 0);
}

static int root_of(const int *set, int node)
{
    while (set[node] != node)
        node = set[node];
    return node;
}

/** The arcs said to be in the tree are without a cycle, and each hangs a node. */
static void assert_forest(const NetworkCase *c, const NetworkSimplex *net)
{
    int set[CASE_ARCS], hanging = 0;
    for (int v = 0; v < c->nodes; v++) {
        set[v] = v;
        hanging += network_hangs_free(net, v);
    }
    for (int a = 0; a < c->arcs; a++) {
        if (network_state(net, a) != ARC_IN_TREE)
            continue;
        int from = root_of(set, c->from[a]), to = root_of(set, c->to[a]);
        assert_int_not_equal(from, to);
        set[from] = to;
        hanging--;
    }
    assert_int_equal(hanging, 0);
}

void assert_proven(const NetworkCase *c, int stage, const NetworkSimplex *net)
{
    for (int a = 0; a < c->arcs; a++) {
        int64_t flow = network_flow(net, a);
        int64_t lower = network_lower(net, a), upper = network_upper(net, a);
        int64_t reduced = c->cost[stage][a] + network_potential(net, c->from[a]) -
                          network_potential(net, c->to[a]);
        assert_int_equal(reduced, network_reduced_cost(net, a));
        assert_true(reduced <= 0 || flow == lower);
        assert_true(reduced >= 0 || flow == upper);
        switch (network_state(net, a)) {
        case ARC_AT_LOWER: assert_int_equal(flow, lower); break;
        case ARC_AT_UPPER: assert_int_equal(flow, upper); break;
        case ARC_IN_TREE: assert_int_equal(reduced, 0);
        }
    }
    assert_forest(c, net);
}

/** The ring is a preorder when every subtree fills exactly the places after its top. */
void assert_sound_tree(const NetworkSimplex *net)
{
    const TreeNode *tree = net->tree;
    int size[CASE_ARCS] = {0}, place[CASE_ARCS], order[CASE_ARCS], count = 0;
    assert_in_range(net->node_count, 0, CASE_ARCS - 1);
    for (int v = net->root; count == 0 || v != net->root; v = net->next[v]) {
        assert_in_range(count, 0, net->node_count);
        assert_int_equal(net->prev[net->next[v]], v);
        place[v] = count;
        order[count++] = v;
    }
    assert_int_equal(count, net->node_count + 1);
    for (int k = net->node_count; k >= 0; k--) {
        int v = order[k], parent = tree[v].parent;
        assert_int_equal(tree[v].size, ++size[v]);
        assert_int_equal(tree[v].last, order[k + size[v] - 1]);
        if (v == net->root)
            continue;
        size[parent] += size[v];
        assert_true(place[parent] < k);
        assert_true(k + size[v] <= place[parent] + tree[parent].size);
        assert_true(tree[v].rise > 0);
        assert_true(tree[v].fall >= 0);
        if (tree[v].arc == NETWORK_NONE)
            assert_true(parent == net->root && tree[v].fall == 0);
    }
}
