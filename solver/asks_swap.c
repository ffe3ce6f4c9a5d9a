/* Swaps under a limit. The need's class fills its beneficiary's limit by so much more, and all tiers
 * together receive so much more: two demands on one flow, from where each begins to where it ends, with
 * the way back from the sink closed. Where what the wide graph proves and what a narrow one finds meet
 * (swap_graphs.h), the ask is exact.
 *
 * What an offer has to grow by comes from cuts (as in asks_network.c), taken again with so much more until
 * the flow is there (Newton's method on the parametric cut, Radzik 1998).
 */
#include "solver/swap_graphs.h"

#include <string.h>

/* Cuts that are taken for one offer. */
enum { ROUNDS = 30 };

/* Offers that are found for one need: a search for each of them costs as much as all else. */
enum { GIVERS_MOST = 6 };

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

/** The least with which the offer alone is enough in the graph, from @p extra on; -1: none is. What flows with
 *  less of it goes on flowing with more. */
static int64_t enough_in(const AskJob *job, AskSwap *swap, int number, int need, int offer,
                         int64_t extra)
{
    HoldGraph *graph = &swap->graph[number];
    int64_t short_by = 2 * ask_lacks(job, need), found = -1;
    demand(job, swap, number, need, true);
    for (int i = 0; i < ROUNDS && short_by > 0; i++) {
        grow(swap, number, offer, extra);
        short_by -= hold_fill(graph, swap->at.begin, swap->at.end, short_by);
        if (short_by == 0)
            found = extra;
        else
            hold_reach(graph, swap->at.begin, swap->set);
        int times = short_by == 0 ? 0 : ask_crossings(job, offer, swap->set, true);
        if (times == 0)
            break;
        extra += (short_by + times - 1) / times;
    }
    hold_restore(graph);
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
    HoldGraph *graph = &swap->graph[SWAP_WIDE];
    bool none = false;
    demand(job, swap, SWAP_WIDE, need, true);
    int64_t short_by = fill(job, swap, SWAP_WIDE, need);
    if (short_by > 0) {
        hold_last_back(graph, swap->set);
        none = ask_use_cut(job, short_by, swap->set, false);
        hold_reach(graph, swap->at.begin, swap->set);
        none = ask_use_cut(job, short_by, swap->set, true) || none;
    }
    hold_restore(graph);
    demand(job, swap, SWAP_WIDE, need, false);
    return none || !would_do(job, swap, SWAP_WIDE, need);
}

/** Is it enough in a narrow graph with all options? Found out once a need. */
static Status narrow_does(AskJob *job, AskSwap *swap, int need, int tier, bool *does)
{
    SwapKnown *known = &swap->narrow[tier];
    TRY(swap_open_graph(job, swap, swap->tier, tier));
    if (*known == SWAP_UNKNOWN)
        *known = would_do(job, swap, tier, need) ? SWAP_YES : SWAP_NO;
    *does = *known == SWAP_YES;
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
        if (t == SWAP_WIDE || t == swap->tier || done)
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
    int64_t least = enough_in(job, swap, SWAP_WIDE, need, option->offer, option->least);
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
        if (t != swap->tier && swap->narrow[t] != SWAP_NO)
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
    TRY(swap_open_graph(job, swap, tier, SWAP_WIDE));
    *impossible = bound(job, swap, need);
    for (int i = 0; i < job->option_count && *impossible; i++)
        job->options[i].refused = job->options[i].refused || job->options[i].extra < 0;
    if (*impossible)
        return STATUS_OK;
    for (int t = 0; t < swap->hold->tier_count; t++)
        swap->narrow[t] = SWAP_UNKNOWN;
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
static Status find_targets(const AskJob *job, const AskSwap *swap, const HoldGraph *graph, int need,
                           int64_t *target)
{
    const ClassNetwork *net = swap->hold->net;
    const Round *round = job->form->round;
    int64_t *change = ARENA_NEW(job->scratch, (size_t)net->classes->class_count, int64_t);
    TRY_NEW(change);
    for (int k = 0; k < net->classes->class_count; k++)
        change[k] = graph->arcs[net->first_class + k].flow - swap->hold->flow[net->first_class + k];
    for (size_t i = 0; i < 2 * round->need_count; i++) {
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
    return STATUS_OK;
}

Status ask_swap_lines(AskJob *job, AskSwap *swap, int need, const AskOption *option)
{
    const ClassNetwork *net = swap->hold->net;
    const PairSet *pairs = job->form->pairs;
    int number = swap->free_in[option->offer];
    TRY(swap_open_graph(job, swap, job->form->round->needs[need].tier, number));
    HoldGraph *graph = &swap->graph[number];
    arena_reset(job->scratch);
    int64_t *target = ARENA_NEW(job->scratch, job->form->round->need_count, int64_t);
    int64_t *left = ARENA_NEW(job->scratch, (size_t)net->flow_count, int64_t);
    int *next = ARENA_NEW(job->scratch, (size_t)net->node_count, int);
    TRY_NEW(target);
    TRY_NEW(left);
    TRY_NEW(next);
    demand(job, swap, number, need, true);
    grow(swap, number, option->offer, option->extra);
    (void)fill(job, swap, number, need);
    Status status = find_targets(job, swap, graph, need, target);
    for (int f = net->flow_count - 1; f >= 0; f--) { /* arcs stand by signature */
        left[f] = graph->arcs[net->first_flow + f].flow;
        next[net->to[net->first_flow + f]] = f;
    }
    hold_restore(graph);
    grow(swap, number, option->offer, 0);
    demand(job, swap, number, need, false);
    TRY(status);
    memset(job->trial, 0, pairs->count * sizeof *job->trial);
    for (size_t n = 0; n < job->form->round->need_count; n++) {
        int k = net->classes->class_of[n];
        for (int *f = k < 0 ? NULL : &next[net->from[net->first_class + k]];
             f != NULL && target[n] > 0;) {
            int64_t gives = left[*f] < target[n] ? left[*f] : target[n];
            int pair = pair_set_find(pairs, (int)n, net->flow_offer[*f]);
            if (gives > 0 && pair < 0)
                return STATUS_INTERNAL; /* the network has an arc that is no pair of the program */
            if (gives > 0)
                job->trial[pair] = gives;
            target[n] -= gives;
            left[*f] -= gives;
            *f += target[n] > 0;
        }
    }
    return STATUS_OK;
}
