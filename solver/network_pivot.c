/* Pivots of the network simplex: which arc enters (block search), which one leaves (the last that
 * blocks on the way around the cycle from its join, Cunningham 1976: the tree stays strongly feasible
 * and no pivot can come back), and the flow between.
 */
#include "solver/network_internal.h"

/* Block search (Kovacs 2015, doi:10.1080/10556788.2014.895828), with blocks of sqrt(arcs) / 4: on
 * rounds of 1,000 to 1,000,000 needs mostly 1.2 to 1.5 times as fast as with sqrt(arcs). */
enum { SMALLEST_BLOCK = 20, BLOCK_PART = 4 };

static int64_t cost_of(const NetworkSimplex *net, int arc)
{
    return net->mending ? net->breach[arc] : net->cost[arc];
}

/** The reduced cost under the present costs, those of breaches when mending. */
static int64_t reduced_cost(const NetworkSimplex *net, int arc)
{
    return cost_of(net, arc) + net->potential[net->from[arc]] - net->potential[net->to[arc]];
}

/** How far the open arcs from @p first on have one head and one cost. */
static int end_of_run(const NetworkSimplex *net, int first)
{
    const int *open = net->open, *to = net->to;
    const int64_t *costs = net->cost;
    int k = first + 1, count = net->open_count, head = to[open[first]];
    int64_t cost = cost_of(net, open[first]);
    if (net->side[open[first]] == AT_UPPER)
        return first;
    for (; k < count && to[open[k]] == head && net->side[open[k]] != AT_UPPER; k++)
        if ((net->mending ? net->breach[open[k]] : costs[open[k]]) != cost)
            break;
    return k;
}

/** Prices arcs by themselves, within the run before where that does so too. */
static void add_singles(NetworkSimplex *net, int first, int end)
{
    for (int k = first; k < end; k++)
        net->tail[k] = NETWORK_NONE;
    if (net->run_count > 0 && net->runs[net->run_count - 1].head == NETWORK_NONE)
        net->runs[net->run_count - 1].end = end;
    else
        net->runs[net->run_count++] = (PricedRun){0, NETWORK_NONE, end};
}

static void add_run(NetworkSimplex *net, int first, int end)
{
    const int *open = net->open, *from = net->from;
    int arc = open[first], *tail = net->tail;
    for (int k = first; k < end; k++)
        tail[k] = from[open[k]];
    net->runs[net->run_count++] = (PricedRun){cost_of(net, arc), net->to[arc], end};
}

/** The run of the open arc at this place. */
static int run_at(const NetworkSimplex *net, int place)
{
    int low = 0, high = net->run_count - 1;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (net->runs[middle].end > place)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

void network_list_prices(NetworkSimplex *net)
{
    net->run_count = 0;
    for (int k = 0, end; k < net->open_count; k = end) {
        end = end_of_run(net, k);
        if (end - k >= NETWORK_RUN_LEAST) {
            add_run(net, k, end);
        } else {
            end = end > k ? end : k + 1;
            add_singles(net, k, end);
        }
    }
    net->next_run = run_at(net, net->next_open);
}

/** Prices the arcs of a run by themselves from now on. */
static void part_run(NetworkSimplex *net, int number)
{
    PricedRun *run = &net->runs[number];
    for (int k = number > 0 ? run[-1].end : 0; k < run->end; k++)
        net->tail[k] = NETWORK_NONE;
    run->head = NETWORK_NONE;
}

bool network_rest(NetworkSimplex *net, int arc, int64_t flow)
{
    net->flow[arc] = flow;
    net->breach[arc] = 0;
    net->side[arc] = flow == net->lower[arc] ? AT_LOWER : AT_UPPER;
    int place = net->place[arc];
    if (place != NETWORK_NONE && net->side[arc] == AT_UPPER && net->tail[place] != NETWORK_NONE)
        part_run(net, run_at(net, place)); /* turned, it is at one with its run no more */
    return flow == net->lower[arc] || flow == net->upper[arc];
}

/* ---- one pivot ------------------------------------------------------------------------------ */

/** The cycle that an arc closes: join ~> first, along the arc to second, second ~> join. */
typedef struct Cycle {
    int first, second, join;
    int64_t most;  /* what can go around */
    int leaving;   /* the node below the leaving arc; NETWORK_NONE: the entering arc itself */
    bool is_first; /* does it hang below the join on the side of first? */
} Cycle;

/** Meets at the join, the smaller subtree climbing first. Of arcs that block alike the last one in the
 *  direction of the cycle leaves. */
static void find_leaving(const NetworkSimplex *net, Cycle *cycle)
{
    const TreeNode *tree = net->tree;
    int p = cycle->first, q = cycle->second, low = NETWORK_NONE, high = NETWORK_NONE;
    int64_t fall = cycle->most, rise = cycle->most;
    while (p != q) {
        if (tree[p].size < tree[q].size) {
            if (tree[p].fall < fall) {
                fall = tree[p].fall;
                low = p;
            }
            p = tree[p].parent;
        } else {
            if (tree[q].rise <= rise) {
                rise = tree[q].rise;
                high = q;
            }
            q = tree[q].parent;
        }
    }
    cycle->join = p;
    cycle->is_first = low != NETWORK_NONE && (high == NETWORK_NONE || fall < rise);
    cycle->leaving = cycle->is_first ? low : high;
    cycle->most = cycle->is_first ? fall : rise;
}

static void push_around(NetworkSimplex *net, const Cycle *cycle)
{
    TreeNode *tree = net->tree;
    for (int v = cycle->first; v != cycle->join; v = tree[v].parent) {
        tree[v].fall -= cycle->most;
        tree[v].rise += cycle->most;
    }
    for (int v = cycle->second; v != cycle->join; v = tree[v].parent) {
        tree[v].rise -= cycle->most;
        tree[v].fall += cycle->most;
    }
}

/** Puts the entering arc into the tree in place of the one above cycle->leaving. */
static bool exchange(NetworkSimplex *net, int arc, int64_t flow, const Cycle *cycle)
{
    int top = cycle->is_first ? cycle->first : cycle->second;
    int parent = cycle->is_first ? cycle->second : cycle->first;
    int out = net->tree[cycle->leaving].arc;
    int64_t price = reduced_cost(net, arc);
    bool fits =
        out == NETWORK_NONE || network_rest(net, out, network_flow_above(net, cycle->leaving));
    TreeHook hook = {.arc = arc, .upward = net->from[arc] == top};
    network_room(net, arc, flow, hook.upward ? &hook.rise : &hook.fall,
                 hook.upward ? &hook.fall : &hook.rise);
    network_move_subtree(net, cycle->leaving, top, parent, cycle->join, &hook);
    net->side[arc] = NO_SIDE;
    return network_shift_potentials(net, top, hook.upward ? -price : price) && fits;
}

static bool pivot(NetworkSimplex *net, int arc, int direction)
{
    int64_t more, less;
    network_room(net, arc, net->flow[arc], &more, &less);
    Cycle cycle = {.first = direction > 0 ? net->from[arc] : net->to[arc],
                   .second = direction > 0 ? net->to[arc] : net->from[arc],
                   .most = direction > 0 ? more : less};
    find_leaving(net, &cycle);
    net->pivots++;
    if (cycle.most > 0)
        push_around(net, &cycle);
    if (net->mending)
        net->broken += direction * reduced_cost(net, arc) * cycle.most;
    int64_t flow = net->flow[arc] + direction * cycle.most;
    if (cycle.leaving == NETWORK_NONE)
        return network_rest(net, arc, flow);
    return exchange(net, arc, flow, &cycle);
}

/* ---- which arc enters ----------------------------------------------------------------------- */

/** The best arc so far that improves. */
typedef struct Entering {
    int64_t reduced;
    int place; /* NETWORK_NONE: none does */
} Entering;

/** The arcs from @p k to @p end, each by itself, in the direction in which it can carry more. In the tree,
 *  where the reduced cost is 0, either one does. */
static void search_singles(const NetworkSimplex *net, int k, int end, Entering *best)
{
    const int *open = net->open, *from = net->from, *to = net->to;
    const int64_t *potential = net->potential, *cost = net->cost;
    for (; k < end; k++) {
        int arc = open[k];
        int64_t reduced = (net->mending ? net->breach[arc] : cost[arc]) + potential[from[arc]] -
                          potential[to[arc]];
        if (net->side[arc] == AT_UPPER)
            reduced = -reduced;
        if (reduced < best->reduced)
            *best = (Entering){reduced, k};
    }
}

/** The arcs from @p k to @p end, all of one run: four at a time, since hardly ever one is better. */
static void search_run(const NetworkSimplex *net, const PricedRun *run, int k, int end,
                       Entering *best)
{
    const int *tail = net->tail;
    const int64_t *potential = net->potential;
    int64_t others = run->cost - potential[run->head], limit;
    if (__builtin_sub_overflow(best->reduced, others, &limit))
        return; /* no tail is as low */
    while (k < end) {
        for (; k < end - 3; k += 4)
            if (potential[tail[k]] < limit || potential[tail[k + 1]] < limit ||
                potential[tail[k + 2]] < limit || potential[tail[k + 3]] < limit)
                break;
        for (int stop = k < end - 3 ? k + 4 : end; k < stop; k++)
            if (potential[tail[k]] < limit) {
                limit = potential[tail[k]];
                *best = (Entering){limit + others, k};
            }
    }
}

/** The best arc of the first block that has one that improves, going on where the last search ended;
 *  NETWORK_NONE when none of all does. */
static int search_blocks(NetworkSimplex *net, int block)
{
    Entering best = {0, NETWORK_NONE};
    int k = net->next_open;
    const PricedRun *run = &net->runs[net->next_run];
    for (int left = net->open_count; left > 0 && best.place == NETWORK_NONE;) {
        int end = block < net->open_count - k ? k + block : net->open_count;
        left -= end - k;
        while (k < end) {
            int stop = run->end < end ? run->end : end;
            if (run->head == NETWORK_NONE)
                search_singles(net, k, stop, &best);
            else
                search_run(net, run, k, stop, &best);
            k = stop;
            run += k == run->end;
        }
        if (k == net->open_count) {
            k = 0;
            run = net->runs;
        }
    }
    net->next_open = k;
    net->next_run = (int)(run - net->runs);
    return best.place == NETWORK_NONE ? NETWORK_NONE : net->open[best.place];
}

static int block_length(int arcs)
{
    int root = SMALLEST_BLOCK * BLOCK_PART;
    while (root < arcs / root)
        root++;
    return root / BLOCK_PART;
}

bool network_run(NetworkSimplex *net)
{
    int block = block_length(net->open_count);
    while (!net->mending || net->broken > 0) {
        int arc, direction;
        if (net->loose_count > 0) {
            arc = net->loose[--net->loose_count];
            direction = reduced_cost(net, arc) < 0 ? 1 : -1;
        } else {
            arc = search_blocks(net, block);
            if (arc == NETWORK_NONE)
                return true;
            direction = net->side[arc] == AT_UPPER ? -1 : 1;
        }
        if (!pivot(net, arc, direction))
            return false;
    }
    return true;
}
