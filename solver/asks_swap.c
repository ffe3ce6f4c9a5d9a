/* Swaps under a limit. The need's class fills its beneficiary's limit by so much more, and all tiers
 * together receive so much more: two demands on one flow, from where each begins to where it ends, with
 * the way back from the sink closed.
 *
 * Held, a tier is a sum over beneficiaries, and each of them has a limit: two families of sums that cross,
 * which no network holds. So there are several graphs. In the wide one no other tier is held by itself:
 * with the sum over all of them as it is, what it cannot do cannot be done. In a narrow one all but one
 * tier keep what they have under every limit, so that the sum over all is held for that one alone: what it
 * can do can be done. Where the two meet the ask is exact.
 *
 * What an offer has to grow by comes from cuts (as in asks_network.c), taken again with so much more until
 * the flow is there (Newton's method on the parametric cut, Radzik 1998).
 */
#include "solver/asks_swap.h"

#include <string.h>

enum { WIDE = 0, ROUNDS = 30 };

/* Offers that are found for one need: a search for each of them costs as much as all else. */
enum { GIVERS_MOST = 6 };

/** Numbers that all graphs share. */
typedef struct SwapLayout {
    int sink, begin, end; /* nodes: of all flow; of what is demanded */
    int node_count, arc_count;
    int *limit_node; /* [beneficiary_count] or -1 */
    int *cell_node;  /* [tier * (beneficiary_count + 1) + limit + 1] or -1 */
    int first_cell, first_limit, first_terminal; /* arcs */
    int *fills;         /* [beneficiary_count] the arc from `begin` to the limit's node */
    int *comes_in;      /* [net->node_count] from a signature to `end`, or -1 */
    int grows, arrives; /* from `begin` to the source, from the sink to `end` */
} SwapLayout;

typedef enum Known { UNKNOWN, YES, NO } Known;

struct AskSwap {
    const HoldPlan *hold;
    const int *arc_into;
    Arena *graphs;
    SwapLayout at;
    int tier;            /* of the graphs; 0: none yet */
    HoldGraph *graph;    /* [hold->tier_count] WIDE, or the tier that is free in it */
    bool *built, *fresh; /* [hold->tier_count] is it there; has it the flow of the lines at hand? */
    Known *narrow; /* [hold->tier_count] with all options, is it enough with this tier free? */
    int last;      /* the tier that was free when an option was found enough */
    int *free_in;  /* [offer_count] the graph in which the offer was found enough */
    bool *set;     /* [node_count] scratch */
};

/* ---- which rounds ----------------------------------------------------------------------------- */

static bool is_needed(const HoldPlan *hold)
{
    const NeedClasses *classes = hold->net->classes;
    bool crosses = false;
    if (hold->net->round->settings.fairness != FAIRNESS_NONE)
        return false;
    for (int t = 0; t < hold->tier_count; t++) {
        crosses = crosses || hold->crosses[t];
        if (!hold->uniform[t])
            return false;
    }
    for (int k = 0; k < classes->class_count; k++)
        if (classes->classes[k].weight.digits == 0)
            return false;
    return crosses;
}

static int *minus_ones(Arena *arena, size_t count)
{
    int *out = ARENA_NEW(arena, count, int);
    for (size_t i = 0; out != NULL && i < count; i++)
        out[i] = -1;
    return out;
}

static int *cell_of(const AskSwap *swap, int class)
{
    size_t row = swap->hold->net->round->beneficiary_count + 1;
    int limit = hold_limit(swap->hold, class);
    int tier = swap->hold->net->classes->classes[class].tier;
    return &swap->at.cell_node[(size_t)tier * row + (size_t)(limit + 1)];
}

/** Nodes after those of the network. */
static void number_nodes(AskSwap *swap)
{
    const ClassNetwork *net = swap->hold->net;
    SwapLayout *at = &swap->at;
    at->node_count = net->node_count;
    at->sink = at->node_count++;
    at->begin = at->node_count++;
    at->end = at->node_count++;
    for (size_t b = 0; b < net->round->beneficiary_count; b++)
        if (swap->hold->binds[b])
            at->limit_node[b] = at->node_count++;
    for (int k = 0; k < net->classes->class_count; k++)
        if (*cell_of(swap, k) < 0)
            *cell_of(swap, k) = at->node_count++;
}

Status ask_swap_open(const HoldPlan *hold, const int *arc_into, Arena *arena, AskSwap **out)
{
    const ClassNetwork *net = hold->net;
    size_t limits = net->round->beneficiary_count, tiers = (size_t)hold->tier_count;
    *out = NULL;
    if (!is_needed(hold))
        return STATUS_OK;
    AskSwap *swap = ARENA_NEW(arena, 1, AskSwap);
    TRY_NEW(swap);
    *swap = (AskSwap){.hold = hold, .arc_into = arc_into};
    swap->at.limit_node = minus_ones(arena, limits);
    swap->at.cell_node = minus_ones(arena, tiers * (limits + 1));
    swap->at.fills = minus_ones(arena, limits);
    swap->at.comes_in = minus_ones(arena, (size_t)net->node_count);
    swap->graph = ARENA_NEW(arena, tiers, HoldGraph);
    swap->built = ARENA_NEW(arena, tiers, bool);
    swap->fresh = ARENA_NEW(arena, tiers, bool);
    swap->narrow = ARENA_NEW(arena, tiers, Known);
    swap->free_in = ARENA_NEW(arena, net->round->offer_count, int);
    if (swap->at.limit_node == NULL || swap->at.cell_node == NULL || swap->at.fills == NULL ||
        swap->at.comes_in == NULL || swap->graph == NULL || swap->built == NULL ||
        swap->fresh == NULL || swap->narrow == NULL || swap->free_in == NULL)
        return STATUS_NO_MEMORY;
    number_nodes(swap);
    swap->set = ARENA_NEW(arena, (size_t)swap->at.node_count, bool);
    TRY_NEW(swap->set);
    swap->graphs = arena_new();
    TRY_NEW(swap->graphs);
    *out = swap;
    return STATUS_OK;
}

void ask_swap_close(AskSwap *swap)
{
    if (swap != NULL)
        arena_free(swap->graphs);
}

void ask_swap_moved(AskSwap *swap)
{
    if (swap != NULL)
        memset(swap->fresh, 0, (size_t)swap->hold->tier_count * sizeof *swap->fresh);
}

/* ---- a graph ---------------------------------------------------------------------------------- */

static bool is_free(const AskSwap *swap, int graph, int tier)
{
    return tier != swap->tier && (graph == WIDE || graph == tier);
}

static int head_of_limit(const AskSwap *swap, int limit)
{
    return limit < 0 ? swap->at.sink : swap->at.limit_node[limit];
}

static void add_terminals(AskSwap *swap, HoldGraph *graph)
{
    const ClassNetwork *net = swap->hold->net;
    SwapLayout *at = &swap->at;
    at->first_terminal = graph->arc_count;
    at->grows = hold_add_arc(graph, at->begin, 0, 0, 0);
    at->arrives = hold_add_arc(graph, at->sink, at->end, 0, 0);
    for (size_t b = 0; b < net->round->beneficiary_count; b++)
        if (at->limit_node[b] >= 0)
            at->fills[b] = hold_add_arc(graph, at->begin, at->limit_node[b], 0, 0);
    for (int v = 0; v < net->node_count; v++)
        at->comes_in[v] = -1;
    for (int k = 0; k < net->classes->class_count; k++) {
        int signature = net->from[net->first_class + k];
        if (at->comes_in[signature] < 0)
            at->comes_in[signature] = hold_add_arc(graph, signature, at->end, 0, 0);
    }
}

/** The arcs of a graph, without flows. */
static Status build(AskSwap *swap, int number)
{
    const ClassNetwork *net = swap->hold->net;
    SwapLayout *at = &swap->at;
    HoldGraph *graph = &swap->graph[number];
    int classes = net->classes->class_count;
    size_t row = net->round->beneficiary_count + 1;
    size_t cells = (size_t)swap->hold->tier_count * row;
    TRY(hold_graph_begin(at->node_count,
                         (size_t)net->first_class + 2 * (size_t)(classes + at->node_count),
                         swap->graphs, graph));
    for (int a = 0; a < net->first_class; a++)
        (void)hold_add_arc(graph, net->from[a], net->to[a], 0, 0);
    for (int k = 0; k < classes; k++) {
        bool its = is_free(swap, number, net->classes->classes[k].tier);
        (void)hold_add_arc(graph, net->from[net->first_class + k],
                           its ? head_of_limit(swap, hold_limit(swap->hold, k)) : *cell_of(swap, k),
                           0, 0);
    }
    at->first_cell = graph->arc_count;
    for (size_t c = 0; c < cells; c++)
        if (at->cell_node[c] >= 0)
            (void)hold_add_arc(graph, at->cell_node[c], head_of_limit(swap, (int)(c % row) - 1), 0,
                               0);
    at->first_limit = graph->arc_count;
    for (size_t b = 0; b + 1 < row; b++)
        if (at->limit_node[b] >= 0)
            (void)hold_add_arc(graph, at->limit_node[b], at->sink, 0, 0);
    add_terminals(swap, graph);
    swap->built[number] = true;
    return hold_graph_end(graph, swap->graphs);
}

/** An arc carries this, no more than @p upper and, held, no less than @p least. */
static void set_arc(HoldGraph *graph, int number, int64_t flow, int64_t least, int64_t upper)
{
    const HoldArc *arc = &graph->arcs[number];
    if (arc->flow != flow || arc->upper != upper)
        hold_set_plan(graph, number, flow, upper);
    if (least > 0)
        hold_keep_least(graph, number, least);
}

/** What granted needs of each class have. */
static int64_t *granted_of(const AskJob *job, const AskSwap *swap)
{
    const NeedClasses *classes = swap->hold->net->classes;
    int64_t *least = ARENA_NEW(job->scratch, (size_t)classes->class_count, int64_t);
    for (size_t n = 0; least != NULL && n < job->form->round->need_count; n++)
        if (job->met[n] && classes->class_of[n] >= 0)
            least[classes->class_of[n]] += job->form->round->needs[n].wanted;
    return least;
}

static void set_sums(AskSwap *swap, HoldGraph *graph, const int64_t *into)
{
    const SwapLayout *at = &swap->at;
    const Round *round = swap->hold->net->round;
    for (int a = at->first_cell; a < at->first_limit; a++) {
        int64_t flow = into[graph->arcs[a].from];
        set_arc(graph, a, flow, flow, flow);
    }
    for (size_t b = 0, a = (size_t)at->first_limit; b < round->beneficiary_count; b++)
        if (at->limit_node[b] >= 0)
            set_arc(graph, (int)a++, into[at->limit_node[b]], 0, round->beneficiaries[b].max_value);
}

/** The flow of the lines at hand. */
static Status refresh(AskJob *job, AskSwap *swap, int number)
{
    const ClassNetwork *net = swap->hold->net;
    HoldGraph *graph = &swap->graph[number];
    arena_reset(job->scratch);
    int64_t *least = granted_of(job, swap);
    int64_t *into = ARENA_NEW(job->scratch, (size_t)swap->at.node_count, int64_t);
    TRY_NEW(least);
    TRY_NEW(into);
    for (int a = 0; a < net->first_class; a++)
        set_arc(graph, a, swap->hold->flow[a], 0, net->upper[a]);
    for (int k = 0; k < net->classes->class_count; k++) {
        const NeedClass *class = &net->classes->classes[k];
        int arc = net->first_class + k, limit = hold_limit(swap->hold, k);
        int64_t flow = swap->hold->flow[arc];
        bool own = class->tier == swap->tier;
        set_arc(graph, arc, flow, own ? flow : least[k], own ? flow : class->wanted);
        into[graph->arcs[arc].to] += flow;
        if (!is_free(swap, number, class->tier) && limit >= 0)
            into[swap->at.limit_node[limit]] += flow;
    }
    set_sums(swap, graph, into);
    swap->fresh[number] = true;
    return STATUS_OK;
}

static Status open_graph(AskJob *job, AskSwap *swap, int tier, int number)
{
    if (swap->tier != tier) {
        arena_reset(swap->graphs);
        swap->tier = tier;
        memset(swap->built, 0, (size_t)swap->hold->tier_count * sizeof *swap->built);
        ask_swap_moved(swap);
    }
    if (!swap->built[number])
        TRY(build(swap, number));
    return swap->fresh[number] ? STATUS_OK : refresh(job, swap, number);
}

/* ---- questions -------------------------------------------------------------------------------- */

/** What the need asks of a graph: opens the two demands, or closes them. */
static void demand(const AskJob *job, AskSwap *swap, int number, int need, bool open)
{
    const ClassNetwork *net = swap->hold->net;
    const SwapLayout *at = &swap->at;
    int class = net->classes->class_of[need];
    int64_t lacks = open ? ask_lacks(job, need) : 0;
    HoldGraph *graph = &swap->graph[number];
    hold_set_plan(graph, at->grows, 0, lacks);
    hold_set_plan(graph, at->arrives, 0, lacks);
    hold_set_plan(graph, at->fills[hold_limit(swap->hold, class)], 0, lacks);
    hold_set_plan(graph, at->comes_in[net->from[net->first_class + class]], 0, lacks);
}

static void grow(AskSwap *swap, int number, int offer, int64_t extra)
{
    const ClassNetwork *net = swap->hold->net;
    for (int v = net->offer_node[offer]; v > 0; v = net->from[swap->arc_into[v]]) {
        HoldArc *arc = &swap->graph[number].arcs[swap->arc_into[v]];
        arc->upper = net->upper[swap->arc_into[v]];
        if (arc->upper < NETWORK_NO_LIMIT)
            arc->upper += extra;
    }
}

/** How much of the two demands is not met. Leaves the flow in the graph. */
static int64_t fill(const AskJob *job, AskSwap *swap, int number, int need)
{
    int64_t all = 2 * ask_lacks(job, need);
    return all - hold_fill(&swap->graph[number], swap->at.begin, swap->at.end, all);
}

/** The least with which the offer alone is enough in the graph, from @p extra on; -1: none is. */
static int64_t enough_in(const AskJob *job, AskSwap *swap, int number, int need, int offer,
                         int64_t extra)
{
    HoldGraph *graph = &swap->graph[number];
    int64_t short_by = 1, found = -1;
    demand(job, swap, number, need, true);
    for (int i = 0; i < ROUNDS && short_by > 0; i++) {
        grow(swap, number, offer, extra);
        short_by = fill(job, swap, number, need);
        if (short_by == 0)
            found = extra;
        else
            hold_reach(graph, swap->at.begin, swap->set);
        hold_restore(graph);
        int times = short_by == 0 ? 0 : ask_crossings(job, offer, swap->set, true);
        if (times == 0)
            break;
        extra += (short_by + times - 1) / times;
    }
    grow(swap, number, offer, 0);
    demand(job, swap, number, need, false);
    return found;
}

/** With all options without limit: is it enough in the graph? */
static bool would_do(const AskJob *job, AskSwap *swap, int number, int need)
{
    demand(job, swap, number, need, true);
    for (int i = 0; i < job->option_count; i++)
        grow(swap, number, job->options[i].offer, NETWORK_NO_LIMIT / 4);
    bool enough = fill(job, swap, number, need) == 0;
    hold_restore(&swap->graph[number]);
    for (int i = 0; i < job->option_count; i++)
        grow(swap, number, job->options[i].offer, 0);
    demand(job, swap, number, need, false);
    return enough;
}

/** What the wide graph proves of all options. @return do all of them together lead nowhere? */
static bool bound(AskJob *job, AskSwap *swap, int need)
{
    HoldGraph *graph = &swap->graph[WIDE];
    bool none = false;
    demand(job, swap, WIDE, need, true);
    int64_t short_by = fill(job, swap, WIDE, need);
    if (short_by > 0) {
        hold_reach(graph, swap->at.begin, swap->set);
        none = ask_use_cut(job, short_by, swap->set, true);
        hold_reach_back(graph, swap->at.end, swap->set);
        none = ask_use_cut(job, short_by, swap->set, false) || none;
    }
    hold_restore(graph);
    demand(job, swap, WIDE, need, false);
    return none || !would_do(job, swap, WIDE, need);
}

/** Is it enough in a narrow graph with all options? Found out once a need. */
static Status narrow_does(AskJob *job, AskSwap *swap, int need, int tier, bool *does)
{
    Known *known = &swap->narrow[tier];
    TRY(open_graph(job, swap, swap->tier, tier));
    if (*known == UNKNOWN)
        *known = would_do(job, swap, tier, need) ? YES : NO;
    *does = *known == YES;
    return STATUS_OK;
}

/** The least of one option that a narrow graph finds enough, the one first that did so last; where that is
 *  more than what is proven, the wide one is asked about it alone. */
static Status find_enough(AskJob *job, AskSwap *swap, int need, AskOption *option)
{
    int tiers = swap->hold->tier_count, last = swap->last;
    option->tried = true;
    for (int i = 0; i < tiers; i++) {
        int t = (last + i) % tiers;
        bool does, done = option->extra >= 0 && option->extra <= option->least;
        if (t == WIDE || t == swap->tier || done)
            continue;
        TRY(narrow_does(job, swap, need, t, &does));
        int64_t extra = does ? enough_in(job, swap, t, need, option->offer, option->least) : -1;
        if (extra < 0 || (option->extra >= 0 && option->extra <= extra))
            continue;
        option->extra = extra;
        option->swapped = true;
        swap->free_in[option->offer] = swap->last = t;
    }
    if (option->extra >= 0 && option->extra <= option->least)
        return STATUS_OK;
    int64_t least = enough_in(job, swap, WIDE, need, option->offer, option->least);
    option->refused = least < 0;
    option->least = least < 0 ? option->least : least;
    return STATUS_OK;
}

/** Does no narrow graph do? Then no option alone will be found to. */
static Status all_fail(AskJob *job, AskSwap *swap, int need, bool *fail)
{
    *fail = true;
    for (int t = 1; t < swap->hold->tier_count && *fail; t++) {
        bool does = false;
        if (t != swap->tier && swap->narrow[t] != NO)
            TRY(narrow_does(job, swap, need, t, &does));
        *fail = !does;
    }
    return STATUS_OK;
}

/** The option that is proven to need least, of those that nothing is known of. */
static AskOption *next_option(AskJob *job)
{
    AskOption *best = NULL;
    for (int i = 0; i < job->option_count; i++) {
        AskOption *option = &job->options[i];
        if (option->extra < 0 && !option->refused && !option->tried &&
            (best == NULL || option->least < best->least))
            best = option;
    }
    return best;
}

Status ask_swap(AskJob *job, AskSwap *swap, int need, bool *impossible)
{
    int class = swap->hold->net->classes->class_of[need], found = 0;
    int tier = job->form->round->needs[need].tier;
    AskOption *option = next_option(job);
    *impossible = false;
    if (option == NULL || hold_plan_is_exact(swap->hold, tier) || hold_limit(swap->hold, class) < 0)
        return STATUS_OK;
    TRY(open_graph(job, swap, tier, WIDE));
    *impossible = bound(job, swap, need);
    for (int i = 0; i < job->option_count && *impossible; i++)
        job->options[i].refused = job->options[i].refused || job->options[i].extra < 0;
    if (*impossible)
        return STATUS_OK;
    for (int t = 0; t < swap->hold->tier_count; t++)
        swap->narrow[t] = UNKNOWN;
    for (int most = job->appealing ? 1 : GIVERS_MOST; found < most;) {
        option = next_option(job);
        if (option == NULL)
            break;
        TRY(find_enough(job, swap, need, option));
        found += option->extra >= 0;
        bool fail = false;
        if (found == 0)
            TRY(all_fail(job, swap, need, &fail));
        if (fail)
            break;
    }
    for (int i = 0; i < job->option_count; i++) /* the program may try what is left */
        job->options[i].tried = job->options[i].tried && job->options[i].extra >= 0;
    return STATUS_OK;
}

/* ---- lines ------------------------------------------------------------------------------------ */

/** What every need has then: its class's loss is borne by the last of its needs that are not granted, its
 *  gain goes to the first. */
static void find_targets(const AskJob *job, const AskSwap *swap, const HoldGraph *graph, int need,
                         int64_t *target)
{
    const ClassNetwork *net = swap->hold->net;
    const Round *round = job->form->round;
    int64_t *change = ARENA_NEW(job->scratch, (size_t)net->classes->class_count, int64_t);
    for (int k = 0; change != NULL && k < net->classes->class_count; k++)
        change[k] = graph->arcs[net->first_class + k].flow - swap->hold->flow[net->first_class + k];
    for (size_t i = 0; change != NULL && i < 2 * round->need_count; i++) {
        bool gains = i < round->need_count;
        size_t n = gains ? i : 2 * round->need_count - 1 - i;
        int k = net->classes->class_of[n];
        if (gains)
            target[n] = (int)n == need ? round->needs[n].wanted : job->given[n];
        if (k < 0 || (int)n == need || job->met[n] || change[k] == 0 || (change[k] > 0) != gains)
            continue;
        int64_t room = gains ? round->needs[n].wanted - target[n] : target[n];
        int64_t by = gains ? change[k] : -change[k];
        by = by < room ? by : room;
        target[n] += gains ? by : -by;
        change[k] -= gains ? by : -by;
    }
}

Status ask_swap_lines(AskJob *job, AskSwap *swap, int need, const AskOption *option)
{
    const ClassNetwork *net = swap->hold->net;
    const PairSet *pairs = job->form->pairs;
    int number = swap->free_in[option->offer];
    TRY(open_graph(job, swap, job->form->round->needs[need].tier, number));
    HoldGraph *graph = &swap->graph[number];
    arena_reset(job->scratch);
    int64_t *target = ARENA_NEW(job->scratch, job->form->round->need_count, int64_t);
    int64_t *left = ARENA_NEW(job->scratch, (size_t)net->flow_count, int64_t);
    int *next = minus_ones(job->scratch, (size_t)net->node_count);
    TRY_NEW(target);
    TRY_NEW(left);
    TRY_NEW(next);
    demand(job, swap, number, need, true);
    grow(swap, number, option->offer, option->extra);
    (void)fill(job, swap, number, need);
    find_targets(job, swap, graph, need, target);
    for (int f = net->flow_count - 1; f >= 0; f--) { /* arcs stand by signature */
        left[f] = graph->arcs[net->first_flow + f].flow;
        next[net->to[net->first_flow + f]] = f;
    }
    hold_restore(graph);
    grow(swap, number, option->offer, 0);
    demand(job, swap, number, need, false);
    memset(job->trial, 0, pairs->count * sizeof *job->trial);
    for (size_t n = 0; n < job->form->round->need_count; n++) {
        int k = net->classes->class_of[n];
        for (int *f = k < 0 ? NULL : &next[net->from[net->first_class + k]];
             f != NULL && target[n] > 0;) {
            int64_t gives = left[*f] < target[n] ? left[*f] : target[n];
            if (gives > 0)
                job->trial[pair_set_find(pairs, (int)n, net->flow_offer[*f])] = gives;
            target[n] -= gives;
            left[*f] -= gives;
            *f += target[n] > 0;
        }
    }
    return STATUS_OK;
}
