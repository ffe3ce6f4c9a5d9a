/* What the residual graph of the class network proves of asks, without a solve.
 *
 * What a need lacks has to come along paths from where its class ends to its signature, tiers and equals
 * held (hold_graph.h). A cut through which no more can come says what an offer has to grow by: with so
 * much more of it, every arc of its chain (donor's budget, parents, itself) carries so much more, so that
 * the cut lets through what it did, and as much again for each of those arcs that cross it (Ford and
 * Fulkerson 1956). Where none does, no amount of the offer is enough. The need's own line says what is
 * enough (asks_direct.c); nearly always the two meet.
 *
 * Where sums cross, the graph holds less than is asked: what it proves holds all the more.
 */
#include "solver/asks_internal.h"

#include <string.h>

#include "solver/asks_swap.h"
#include "solver/hold_graph.h"
#include "solver/hold_reaches.h"

struct AskNetwork {
    Arena *graphs; /* of one tier */
    ClassNetwork net;
    HoldPlan hold;
    int64_t *flow; /* [net.arc_count] of the lines at hand */
    int *arc_into; /* [net.node_count] of donors and offers */
    HoldGraph graph;
    int tier;            /* of the graph; 0: none yet, or lines have moved */
    bool *begins, *ends; /* [graph.node_count] of the last cut through which something came */
    HoldReaches reaches; /* of the graph */
    int *first_into;     /* [net.node_count] of signatures the first arc of an offer */
    AskSwap *swap;       /* or NULL */
    Arena *programs;     /* of the program */
    HoldProgram program; /* of the lines at hand, where it is open */
};

Status ask_open_network(AskJob *job)
{
    const Round *round = job->form->round;
    const char *why;
    if (job->settings->sift_from < 0 || !class_network_fits(round, &why, job->arena))
        return STATUS_OK;
    AskNetwork *network = ARENA_NEW(job->arena, 1, AskNetwork);
    TRY_NEW(network);
    TRY(class_network_build(round, NULL, job->arena, &network->net));
    TRY(class_network_flow(&network->net, job->plan, job->arena, &network->flow));
    TRY(hold_plan_open(&network->net, network->flow, job->arena, &network->hold));
    network->hold.below = true;
    network->arc_into = ARENA_NEW(job->arena, (size_t)network->net.node_count, int);
    TRY_NEW(network->arc_into);
    for (int a = 0; a < network->net.first_flow; a++)
        network->arc_into[network->net.to[a]] = a;
    network->first_into = ARENA_NEW(job->arena, (size_t)network->net.node_count, int);
    TRY_NEW(network->first_into);
    for (int f = network->net.flow_count - 1; f >= 0; f--) /* arcs stand by signature */
        network->first_into[network->net.to[network->net.first_flow + f]] = f;
    job->network = network; /* from now on ask_close_network() closes what is open */
    network->graphs = arena_new();
    TRY_NEW(network->graphs);
    network->programs = arena_new();
    TRY_NEW(network->programs);
    return ask_swap_open(&network->hold, network->arc_into, job->arena, &network->swap);
}

void ask_close_network(AskJob *job)
{
    if (job->network != NULL) {
        arena_free(job->network->graphs);
        arena_free(job->network->programs);
        ask_swap_close(job->network->swap);
    }
    job->network = NULL;
}

/* ---- the graph of a tier ---------------------------------------------------------------------- */

/** Needs that were granted keep all they have; of other tiers the rest of their class may still give. */
static Status keep_granted(AskJob *job, int tier)
{
    AskNetwork *network = job->network;
    const Round *round = job->form->round;
    const NeedClasses *classes = network->net.classes;
    int64_t *least = ARENA_NEW(network->graphs, (size_t)classes->class_count, int64_t);
    TRY_NEW(least);
    for (size_t n = 0; n < round->need_count; n++)
        if (job->met[n] && classes->class_of[n] >= 0)
            least[classes->class_of[n]] += round->needs[n].wanted;
    for (int k = 0; k < classes->class_count; k++)
        if (least[k] > 0 && classes->classes[k].tier != tier)
            hold_keep_least(&network->graph, network->net.first_class + k, least[k]);
    return STATUS_OK;
}

static Status open_tier(AskJob *job, int tier)
{
    AskNetwork *network = job->network;
    bool exact = hold_plan_is_exact(&network->hold, tier);
    arena_reset(network->graphs);
    TRY(hold_graph_build(&network->hold, tier, exact ? HOLD_STRICT : HOLD_LOOSE, network->graphs,
                         &network->graph));
    size_t nodes = (size_t)network->graph.node_count;
    network->begins = ARENA_NEW(network->graphs, nodes, bool);
    network->ends = ARENA_NEW(network->graphs, nodes, bool);
    TRY_NEW(network->begins);
    TRY_NEW(network->ends);
    TRY(keep_granted(job, tier));
    network->tier = tier;
    return hold_reaches_open(&network->graph, network->graphs, &network->reaches);
}

/* ---- what is granted -------------------------------------------------------------------------- */

/** So much more may flow along the chain of an offer. */
static void grow_chain(AskNetwork *network, int offer, int64_t extra)
{
    for (int v = network->net.offer_node[offer]; v > 0;
         v = network->net.from[network->arc_into[v]]) {
        int64_t *upper = &network->net.upper[network->arc_into[v]];
        *upper = *upper < NETWORK_NO_LIMIT ? *upper + extra : *upper;
    }
}

static int flow_arc(const AskNetwork *network, int offer, int signature)
{
    const ClassNetwork *net = &network->net;
    for (int f = network->first_into[signature]; f < net->flow_count; f++)
        if (net->flow_offer[f] == offer && net->to[net->first_flow + f] == signature)
            return net->first_flow + f;
    return -1;
}

static void add_flow(AskNetwork *network, int arc, int64_t more)
{
    network->flow[arc] += more;
    hold_set_plan(&network->graph, arc, network->flow[arc], network->net.upper[arc]);
}

void ask_grow_network(AskJob *job, int need, int offer, int64_t extra)
{
    AskNetwork *network = job->network;
    if (network == NULL)
        return;
    const ClassNetwork *net = &network->net;
    int64_t more = ask_lacks(job, need);
    int class = net->classes->class_of[need], arc = net->first_class + class;
    int limit = hold_limit(&network->hold, class);
    grow_chain(network, offer, extra);
    ask_swap_moved(network->swap);
    hold_program_close(&network->program);
    add_flow(network, arc, more);
    add_flow(network, flow_arc(network, offer, net->from[arc]), more);
    for (int v = net->offer_node[offer]; v > 0; v = net->from[network->arc_into[v]])
        add_flow(network, network->arc_into[v], more);
    if (limit >= 0) {
        int number = network->graph.limit_arc[limit];
        const HoldArc *its = &network->graph.arcs[number];
        hold_set_plan(&network->graph, number, its->flow + more, its->upper);
    }
}

/** The flow of the lines at hand. */
static Status find_flow(AskJob *job)
{
    AskNetwork *network = job->network;
    const PairSet *pairs = job->form->pairs;
    Plan plan = *job->plan;
    size_t count = 0;
    for (size_t p = 0; p < pairs->count; p++)
        count += job->book.quantity[p] > 0;
    plan.assignments = ARENA_NEW(job->arena, count, Assignment);
    TRY_NEW(plan.assignments);
    plan.assignment_count = 0;
    for (size_t p = 0; p < pairs->count; p++)
        if (job->book.quantity[p] > 0)
            plan.assignments[plan.assignment_count++] =
                (Assignment){.need = pairs->pairs[p].need,
                             .offer = pairs->pairs[p].offer,
                             .quantity = job->book.quantity[p]};
    TRY(class_network_flow(&network->net, &plan, job->arena, &network->flow));
    network->hold.flow = network->flow;
    return STATUS_OK;
}

Status ask_move_network(AskJob *job, const AskGift *gifts, int count)
{
    AskNetwork *network = job->network;
    if (network == NULL)
        return STATUS_OK;
    for (int i = 0; i < count; i++)
        grow_chain(network, gifts[i].offer, gifts[i].extra);
    network->tier = 0;
    ask_swap_moved(network->swap);
    hold_program_close(&network->program);
    return find_flow(job);
}

/* ---- bounds ----------------------------------------------------------------------------------- */

/* Those that lead out of the set (@p inside), or into it. */
int ask_crossings(const AskJob *job, int offer, const bool *set, bool inside)
{
    const AskNetwork *network = job->network;
    int count = 0;
    for (int v = network->net.offer_node[offer]; v > 0;) {
        int up = network->net.from[network->arc_into[v]];
        count += set[up] == inside && set[v] != inside;
        v = up;
    }
    return count;
}

bool ask_use_cut(AskJob *job, int64_t lacks, const bool *set, bool inside)
{
    bool none = true;
    for (int i = 0; i < job->option_count; i++) {
        AskOption *option = &job->options[i];
        int times = ask_crossings(job, option->offer, set, inside);
        none = none && times == 0;
        if (times == 0) {
            option->refused = true;
            continue;
        }
        int64_t least = ask_on_grid(job, option->offer, (lacks + times - 1) / times);
        option->least = least > option->least ? least : option->least;
    }
    return none;
}

/** All along the offer's chain, without a limit or with it. */
static void lift_chain(AskNetwork *network, int offer, bool lifted)
{
    for (int v = network->net.offer_node[offer]; v > 0; v = network->net.from[network->arc_into[v]])
        network->graph.arcs[network->arc_into[v]].lifted = lifted;
}

/** Where a need lies in the graph. */
typedef struct Place {
    int head, signature;
    int64_t lacks;
} Place;

/** With the offers from @p first to @p end - 1 of the options without limit: is it enough? */
static bool would_do(AskJob *job, Place place, int first, int end)
{
    AskNetwork *network = job->network;
    for (int i = first; i < end; i++)
        lift_chain(network, job->options[i].offer, true);
    int64_t pushed = hold_push(&network->graph, place.head, place.signature, place.lacks);
    for (int i = first; i < end; i++)
        lift_chain(network, job->options[i].offer, false);
    return pushed == place.lacks;
}

/** Offers of which the need's own line cannot take enough: is no amount enough? @return of all together
 *  neither */
static bool refuse_options(AskJob *job, Place place)
{
    bool found = true;
    for (int i = 0; i < job->option_count; i++)
        found = found && (job->options[i].extra >= 0 || job->options[i].refused);
    if (found)
        return false;
    bool impossible = !would_do(job, place, 0, job->option_count);
    for (int i = 0; i < job->option_count; i++) {
        AskOption *option = &job->options[i];
        if (option->extra < 0 && !option->refused)
            option->refused = impossible || !would_do(job, place, i, i + 1);
    }
    return impossible;
}

/** What keeps the need from having all that it lacks: how much it can have, and both sides of the cut. Where
 *  that is nothing, as in a plan that is the best, the sides are those of all needs of its head, its
 *  signature; and its own arc, which is held, is in no path. */
static Status find_cut(AskNetwork *network, Place place, int arc, int64_t *more,
                       const bool **begins, const bool **ends)
{
    *more = 0;
    *begins = hold_reaches(&network->reaches, place.head, false);
    TRY_NEW(*begins);
    if (!(*begins)[place.signature]) {
        *ends = hold_reaches(&network->reaches, place.signature, true);
        TRY_NEW(*ends);
        return STATUS_OK;
    }
    network->graph.closed = arc;
    *more = hold_cut(&network->graph, place.head, place.signature, place.lacks, network->begins,
                     network->ends);
    network->graph.closed = -1;
    *begins = network->begins;
    *ends = network->ends;
    return STATUS_OK;
}

Status ask_use_network(AskJob *job, int need, bool *impossible)
{
    AskNetwork *network = job->network;
    int tier = job->form->round->needs[need].tier;
    *impossible = false;
    if (network == NULL || network->net.classes->class_of[need] < 0)
        return STATUS_OK;
    if (network->tier != tier)
        TRY(open_tier(job, tier));
    int class = network->net.classes->class_of[need], arc = network->net.first_class + class;
    int limit = hold_limit(&network->hold, class);
    HoldGraph *graph = &network->graph;
    Place place = {.head = limit < 0 ? graph->sink : graph->arcs[graph->limit_arc[limit]].from,
                   .signature = network->net.from[arc],
                   .lacks = ask_lacks(job, need)};
    const bool *begins, *ends;
    int64_t more;
    TRY(find_cut(network, place, arc, &more, &begins, &ends));
    if (more < place.lacks) {
        bool none = ask_use_cut(job, place.lacks - more, begins, true);
        none = ask_use_cut(job, place.lacks - more, ends, false) || none;
        graph->closed = arc;
        *impossible = none || refuse_options(job, place);
        graph->closed = -1;
    }
    return STATUS_OK;
}

/* ---- swaps ------------------------------------------------------------------------------------ */

Status ask_use_swaps(AskJob *job, int need, bool *impossible)
{
    const AskNetwork *network = job->network;
    *impossible = false;
    if (network == NULL || network->swap == NULL || network->net.classes->class_of[need] < 0)
        return STATUS_OK;
    return ask_swap(job, network->swap, need, impossible);
}

Status ask_lines_of_swap(AskJob *job, int need, const AskOption *option)
{
    return ask_swap_lines(job, job->network->swap, need, option);
}

/* ---- the program ------------------------------------------------------------------------------ */

/* Arcs of a network beyond which no program is made of it. */
enum { PROGRAM_ARCS_MOST = 200000 };

static Status open_program(AskJob *job)
{
    AskNetwork *network = job->network;
    const NeedClasses *classes = network->net.classes;
    arena_reset(network->programs);
    int64_t *least = ARENA_NEW(network->programs, (size_t)classes->class_count, int64_t);
    TRY_NEW(least);
    for (size_t n = 0; n < job->form->round->need_count; n++)
        if (job->met[n] && classes->class_of[n] >= 0)
            least[classes->class_of[n]] += job->form->round->needs[n].wanted;
    TRY(hold_program_open(&network->hold, network->programs, &network->program));
    network->program.least = least;
    return STATUS_OK;
}

Status ask_class_program(AskJob *job, int need, HoldProgram **out)
{
    AskNetwork *network = job->network;
    int class = network == NULL ? -1 : network->net.classes->class_of[need];
    *out = NULL;
    if (class < 0 || hold_plan_is_exact(&network->hold, job->form->round->needs[need].tier) ||
        network->net.first_class + network->net.classes->class_count > PROGRAM_ARCS_MOST ||
        job->class_work <= 0)
        return STATUS_OK;
    if (network->program.backend == NULL)
        TRY(open_program(job));
    hold_program_about(&network->program, class);
    *out = &network->program;
    return STATUS_OK;
}

void ask_close_program(AskJob *job)
{
    if (job->network != NULL)
        hold_program_close(&job->network->program);
}
