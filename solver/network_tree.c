/* The spanning tree of the network simplex: preorder thread, sizes and last descendants (Barr, Glover
 * and Klingman 1979), so that a pivot touches the subtree that moves and the ways to the root.
 */
#include "solver/network_internal.h"

static void chain(NetworkSimplex *net, int before, int after)
{
    net->next[before] = after;
    net->prev[after] = before;
}

/* ---- flows of arcs in the tree -------------------------------------------------------------- */

void network_room(const NetworkSimplex *net, int arc, int64_t flow, int64_t *more, int64_t *less)
{
    if (net->breach[arc] > 0) {
        *more = INT64_MAX - flow;
        *less = flow - net->upper[arc];
    } else if (net->breach[arc] < 0) {
        *more = net->lower[arc] - flow;
        *less = INT64_MAX - *more;
    } else {
        *more = net->upper[arc] - flow;
        *less = flow - net->lower[arc];
    }
}

int64_t network_flow_above(const NetworkSimplex *net, int node)
{
    const TreeNode *t = &net->tree[node];
    int64_t more = t->upward ? t->rise : t->fall, less = t->upward ? t->fall : t->rise;
    if (net->breach[t->arc] < 0)
        return net->lower[t->arc] - more;
    return less + (net->breach[t->arc] > 0 ? net->upper[t->arc] : net->lower[t->arc]);
}

void network_set_above(NetworkSimplex *net, int node, int64_t flow)
{
    TreeNode *t = &net->tree[node];
    network_room(net, t->arc, flow, t->upward ? &t->rise : &t->fall,
                 t->upward ? &t->fall : &t->rise);
}

/* ---- growing -------------------------------------------------------------------------------- */

/** A forest of arcs as lists of neighbours. */
typedef struct Forest {
    int *set;      /* [nodes] union-find, by halving */
    int *first;    /* [nodes] first of a node's ends, or NETWORK_NONE */
    int *next_end; /* [2 * arcs] ends 2k and 2k + 1 belong to arcs[k] */
    int *arcs;     /* [nodes - 1] */
    int count;
} Forest;

static int set_of(int *set, int node)
{
    while (set[node] != node) {
        set[node] = set[set[node]];
        node = set[node];
    }
    return node;
}

static void add_end(Forest *forest, int node, int end)
{
    forest->next_end[end] = forest->first[node];
    forest->first[node] = end;
}

static Forest find_forest(NetworkSimplex *net)
{
    size_t n = (size_t)net->node_count;
    Forest forest = {net->scratch, net->scratch + n, net->scratch + 2 * n, net->scratch + 4 * n, 0};
    for (int v = 0; v < net->node_count; v++) {
        forest.set[v] = v;
        forest.first[v] = NETWORK_NONE;
    }
    for (int a = 0; a < net->arc_count; a++) {
        if (net->flow[a] <= net->lower[a] || net->flow[a] >= net->upper[a])
            continue;
        int from = set_of(forest.set, net->from[a]), to = set_of(forest.set, net->to[a]);
        if (from == to)
            continue;
        forest.set[from] = to;
        add_end(&forest, net->from[a], 2 * forest.count);
        add_end(&forest, net->to[a], 2 * forest.count + 1);
        forest.arcs[forest.count++] = a;
    }
    return forest;
}

static void hang(NetworkSimplex *net, int node, int parent, int arc)
{
    net->tree[node] = (TreeNode){.parent = parent,
                                 .arc = arc,
                                 .last = node,
                                 .size = 1,
                                 .rise = INT64_MAX,
                                 .upward = arc == NETWORK_NONE || net->from[arc] == node};
    if (arc != NETWORK_NONE)
        network_set_above(net, node, net->flow[arc]);
}

/** Hangs the neighbours of a node below it and puts them on the stack; the way back is its own arc. */
static int hang_neighbours(NetworkSimplex *net, const Forest *forest, int node, int *stack, int top)
{
    for (int end = forest->first[node]; end != NETWORK_NONE; end = forest->next_end[end]) {
        int arc = forest->arcs[end / 2];
        if (arc == net->tree[node].arc)
            continue;
        int other = end % 2 == 0 ? net->to[arc] : net->from[arc];
        hang(net, other, node, arc);
        stack[top++] = other;
    }
    return top;
}

void network_grow_tree(NetworkSimplex *net)
{
    TreeNode *tree = net->tree;
    Forest forest = find_forest(net);
    int *stack = forest.set; /* sets are known: the place is free again */
    int tail = net->root;
    for (int v = 0; v <= net->node_count; v++)
        tree[v] = (TreeNode){.parent = NETWORK_NONE, .arc = NETWORK_NONE, .last = v, .size = 1};
    for (int v = 0; v < net->node_count; v++) {
        if (tree[v].parent != NETWORK_NONE)
            continue;
        hang(net, v, net->root, NETWORK_NONE);
        stack[0] = v;
        for (int top = 1; top > 0;) {
            int node = stack[--top];
            chain(net, tail, node);
            tail = node;
            top = hang_neighbours(net, &forest, node, stack, top);
        }
    }
    chain(net, tail, net->root);
    for (int v = tail; v != net->root; v = net->prev[v]) {
        TreeNode *parent = &tree[tree[v].parent];
        parent->size += tree[v].size;
        if (parent->last == tree[v].parent)
            parent->last = tree[v].last;
    }
}

/* ---- moving --------------------------------------------------------------------------------- */

/** Takes the subtree out of the ring; what stays is again a preorder. */
static void unthread(NetworkSimplex *net, int top)
{
    TreeNode *tree = net->tree;
    int last = tree[top].last, before = net->prev[top];
    chain(net, before, net->next[last]);
    for (int v = tree[top].parent; v != NETWORK_NONE && tree[v].last == last; v = tree[v].parent)
        tree[v].last = before;
}

/** The preorder of a subtree with @p new_top on top: its own nodes, then, going up to the old top,
 *  each node with those of its subtree that are not in the one before. Returns the last node. */
static int rethread(NetworkSimplex *net, int top, int new_top)
{
    const TreeNode *tree = net->tree;
    int node = new_top, prev = net->prev[node], last = tree[node].last;
    int after = net->next[last], tail = last;
    while (node != top) {
        int up = tree[node].parent, up_prev = net->prev[up], up_last = tree[up].last;
        chain(net, tail, up);
        tail = prev;
        if (up_last != last) {
            int up_after = net->next[up_last];
            chain(net, prev, after);
            tail = up_last;
            after = up_after;
        }
        node = up;
        prev = up_prev;
        last = up_last;
    }
    return tail;
}

/** Turns the arcs between the old top and the new one. */
static void turn_stem(TreeNode *tree, int top, int new_top, int parent, int last,
                      const TreeHook *hook)
{
    TreeHook above = *hook;
    int whole = tree[top].size, below = 0;
    for (int node = new_top;;) {
        TreeNode old = tree[node], *t = &tree[node];
        t->parent = parent;
        t->arc = above.arc;
        t->upward = above.upward;
        t->rise = above.rise;
        t->fall = above.fall;
        t->last = last;
        t->size = whole - below;
        if (node == top)
            return;
        above = (TreeHook){old.arc, !old.upward, old.fall, old.rise};
        below = old.size;
        parent = node;
        node = old.parent;
    }
}

void network_move_subtree(NetworkSimplex *net, int top, int new_top, int parent, int join,
                          const TreeHook *hook)
{
    TreeNode *tree = net->tree;
    int size = tree[top].size;
    for (int v = tree[top].parent; v != join; v = tree[v].parent)
        tree[v].size -= size;
    for (int v = parent; v != join; v = tree[v].parent)
        tree[v].size += size;
    unthread(net, top);
    int last = rethread(net, top, new_top), after = net->next[parent];
    turn_stem(tree, top, new_top, parent, last, hook);
    chain(net, parent, new_top);
    chain(net, last, after);
    for (int v = parent; v != NETWORK_NONE && tree[v].last == parent; v = tree[v].parent)
        tree[v].last = last;
}

/* ---- potentials ----------------------------------------------------------------------------- */

static bool out_of_range(int64_t potential)
{
    return potential > NETWORK_COST_LIMIT || potential < -NETWORK_COST_LIMIT;
}

/** How far from 0 the potentials are. False when one is out of range. */
static bool find_reach(NetworkSimplex *net)
{
    int64_t low = 0, high = 0;
    for (int v = 0; v <= net->node_count; v++) {
        low = net->potential[v] < low ? net->potential[v] : low;
        high = net->potential[v] > high ? net->potential[v] : high;
    }
    net->reach = high > -low ? high : -low;
    return !out_of_range(low) && !out_of_range(high);
}

bool network_find_potentials(NetworkSimplex *net)
{
    const TreeNode *tree = net->tree;
    net->potential[net->root] = 0;
    for (int v = net->next[net->root]; v != net->root; v = net->next[v]) {
        int arc = tree[v].arc;
        int64_t cost = 0;
        if (arc != NETWORK_NONE)
            cost = net->mending ? net->breach[arc] : net->cost[arc];
        net->potential[v] = net->potential[tree[v].parent] + (tree[v].upward ? -cost : cost);
        if (out_of_range(net->potential[v]))
            return false;
    }
    return find_reach(net);
}

/** Takes the root's potential from all. False when one is then out of range. */
static bool level_potentials(NetworkSimplex *net)
{
    int64_t level = net->potential[net->root];
    bool fits = true;
    for (int v = 0; v <= net->node_count; v++)
        fits &= !__builtin_sub_overflow(net->potential[v], level, &net->potential[v]);
    return fits && find_reach(net);
}

/** What is added is counted, so that hardly ever all are looked at: none is beyond all of it. */
static bool count_shift(NetworkSimplex *net, int64_t change)
{
    net->reach += change < 0 ? -change : change;
    return !out_of_range(net->reach) || find_reach(net) ||
           (net->potential[net->root] != 0 && level_potentials(net));
}

bool network_shift_potentials(NetworkSimplex *net, int top, int64_t change)
{
    int inside = net->tree[top].size, outside = net->node_count + 1 - inside;
    int last = net->tree[top].last;
    bool others = outside < inside;
    int count = others ? outside : inside;
    int v = others ? net->next[last] : top, w = others ? net->prev[top] : last;
    int64_t *potential = net->potential, add = others ? -change : change;
    /* from both ends: each node is known only once the one before it is read */
    for (int left = count / 2; left > 0; left--, v = net->next[v], w = net->prev[w]) {
        potential[v] += add;
        potential[w] += add;
    }
    if (count % 2 != 0)
        potential[v] += add;
    return count_shift(net, change);
}
