/* Worths where the class network decided: what a tier receives, the tiers above held, is a maximum flow,
 * and of one quantity, q, it is min(K, c + q): by the cuts that the quantity is not in, and by those that
 * it is in (Ford and Fulkerson 1956). So one more unit of it is worth what a unit of the tier counts, or
 * nothing; and how far, a flow says: with the quantity lifted, how much more comes through.
 *
 * One search from the source and one to the sink tell of all quantities whether more of them is worth
 * anything. Less: by so much as can go around the quantity's arc it can shrink.
 *
 * Where sums cross (hold_graph.h) several graphs say it together. The cells hold under every limit what each
 * tier above has there: what helps with that, helps. The total counts those tiers and this one alike: where
 * the flow is the largest that there is, a tier cannot gain more than the total does, nor lose less. The sums
 * leave out the limits of the tiers above: what they need of a quantity is needed.
 */
#include "solver/worths_internal.h"

#include <math.h>

/** A flow, and what can be reached of it from where all flow begins, and from where it ends. */
typedef struct Side {
    HoldGraph graph;
    bool *begins, *ends; /* [graph.node_count] */
} Side;

/** The flow of what the tiers up to one have. Where sums cross, the cells hold more than is asked, and the
 *  total less. */
typedef struct StepFlow {
    Side cells;
    Side total;     /* where sums cross */
    HoldGraph sums; /* likewise: what each tier above has, without its limits */
    bool crossed,
        proves; /* the total is the largest that there is, so that it bounds what is asked */
} StepFlow;

/* ---- flows ------------------------------------------------------------------------------------ */

/** Finds the flow of what the tiers up to @p last have. */
static Status find_flow(WorthsAsked *w, int last)
{
    const Round *round = w->form->round;
    Plan part = *w->plan;
    Assignment *lines = ARENA_NEW(w->scratch, w->plan->assignment_count, Assignment);
    int64_t *flow;
    TRY_NEW(lines);
    part.assignments = lines;
    part.assignment_count = 0;
    for (size_t i = 0; i < w->plan->assignment_count; i++)
        if (round->needs[w->plan->assignments[i].need].tier <= last)
            lines[part.assignment_count++] = w->plan->assignments[i];
    TRY(class_network_flow(&w->net, &part, w->scratch, &flow));
    w->hold.flow = flow;
    return STATUS_OK;
}

static Status open_side(WorthsAsked *w, int tier, HoldRigour rigour, Side *side)
{
    HoldGraph *graph = &side->graph;
    TRY(hold_graph_build(&w->hold, tier, rigour, w->scratch, graph));
    graph->equals_free = true;
    side->begins = ARENA_NEW(w->scratch, (size_t)graph->node_count, bool);
    side->ends = ARENA_NEW(w->scratch, (size_t)graph->node_count, bool);
    TRY_NEW(side->begins);
    TRY_NEW(side->ends);
    hold_reach(graph, 0, side->begins);
    hold_reach_back(graph, graph->sink, side->ends);
    return STATUS_OK;
}

/** More cannot come through. */
static bool is_largest(const Side *side)
{
    return !side->begins[side->graph.sink];
}

/** How much of what flows through the quantity's arc can go around it. */
static int64_t around(HoldGraph *graph, const Quantity *q)
{
    const HoldArc *arc = &graph->arcs[q->asked.arc];
    graph->closed = q->asked.arc;
    int64_t pushed = arc->flow > 0 ? hold_push(graph, arc->from, arc->to, arc->flow) : 0;
    graph->closed = -1;
    return pushed;
}

/** The least of a quantity with which the graph's flow can be kept. */
static int64_t least_kept(HoldGraph *graph, const Quantity *q)
{
    return graph->arcs[q->asked.arc].flow - around(graph, q);
}

/** How much more comes through with the quantity lifted. */
static int64_t gain(Side *side, const Quantity *q)
{
    HoldArc *arc = &side->graph.arcs[q->asked.arc];
    if (!side->begins[arc->from] || !side->ends[arc->to])
        return 0;
    arc->lifted = true;
    int64_t more = hold_push(&side->graph, 0, side->graph.sink, NETWORK_NO_LIMIT);
    arc->lifted = false;
    return more;
}

WorthSide worths_brings(const Quantity *q, int64_t more, bool at_least, double slope)
{
    double end = (double)(q->asked.today + more) / q->asked.scale;
    WorthSide side = {.known = true, .endless = end >= q->asked.most, .slope = slope};
    side.until = side.endless ? llround(q->asked.most * q->asked.scale) : q->asked.today + more;
    side.at_least = at_least && !side.endless;
    return side;
}

/** Between what the cells say and what the total says: where both say the same, that is it. */
static WorthSide one_more(StepFlow *flow, Quantity *q, double slope)
{
    WorthSide nothing = {.known = true, .endless = true}, open = {.known = false};
    q->sure = 0;
    if (q->asked.most * q->asked.scale <= (double)q->asked.today)
        return nothing;
    q->sure = gain(&flow->cells, q);
    if (flow->crossed && !flow->proves)
        return open;
    int64_t most = flow->crossed ? gain(&flow->total, q) : q->sure;
    if (most == 0)
        return nothing;
    return q->sure > 0 ? worths_brings(q, q->sure, most > q->sure, slope) : open;
}

/** The least with which this step can be kept too, and what one less costs. What the total needs to stay what it
 *  is bounds the first in any case. Where it needs all, it is the largest: else what more could come through would
 *  stand in for some of it. */
static WorthSide one_less(StepFlow *flow, Quantity *q, double slope)
{
    const WorthAsked *asked = &q->asked;
    WorthSide open = {.known = false}, side = {.known = true};
    bool all = asked->needed_known && asked->needed == asked->today;
    q->enough = all ? asked->today : least_kept(&flow->cells.graph, q);
    bool drops = all || !flow->crossed || least_kept(&flow->total.graph, q) == q->enough;
    q->enough_known = drops || q->enough == 0 || least_kept(&flow->sums, q) == q->enough;
    if (!q->enough_known || !asked->needed_known)
        return open;
    side.until = q->enough;
    side.needed = asked->today > 0 && asked->needed == asked->today;
    if (side.needed || q->enough < asked->today || asked->today == 0)
        return side;
    side.until = q->needed_cell;
    side.at_least = q->needed_cell > asked->needed;
    side.slope = slope;
    return drops && q->needed_cell < asked->today ? side : open;
}

/* ---- a step ----------------------------------------------------------------------------------- */

/** What the steps before @p step need of each quantity: with shares held more than what their sums do; and
 *  with what each limit leaves them. */
static Status find_needed(WorthsAsked *w, size_t step, bool crossed)
{
    HoldGraph graph;
    int tier = w->stages[step]->tier;
    bool fair = w->form->round->settings.fairness != FAIRNESS_NONE;
    for (size_t i = 0; i < w->count; i++)
        w->quantities[i].needed_cell = w->quantities[i].asked.needed;
    if (step == 0 || (!fair && !crossed))
        return STATUS_OK; /* as the step before left it */
    TRY(find_flow(w, tier - 1));
    TRY(hold_graph_build(&w->hold, tier, HOLD_STRICT, w->scratch, &graph));
    graph.equals_free = true;
    for (size_t i = 0; i < w->count; i++) {
        Quantity *q = &w->quantities[i];
        if (q->asked.arc < 0 || (q->asked.needed_known && q->asked.needed == q->asked.today))
            continue;
        q->needed_cell = least_kept(&graph, q);
        if (crossed)
            continue;
        q->asked.needed = q->needed_cell;
        q->asked.needed_known = true;
    }
    return STATUS_OK;
}

static void ask_flows(WorthsAsked *w, StepFlow *flow, size_t i, size_t step, double price)
{
    Quantity *q = &w->quantities[i];
    if (q->asked.arc < 0)
        return;
    worths_at(w, i, step)->more = one_more(flow, q, price * q->asked.scale);
    worths_at(w, i, step)->less = one_less(flow, q, price * q->asked.scale);
}

Status worths_flow_step(WorthsAsked *w, size_t step, double price, bool *sound)
{
    int tier = w->stages[step]->tier;
    StepFlow flow = {.crossed = !hold_plan_is_exact(&w->hold, tier)};
    TRY(find_needed(w, step, flow.crossed));
    TRY(find_flow(w, tier));
    TRY(open_side(w, tier, HOLD_STRICT, &flow.cells));
    if (flow.crossed)
        TRY(open_side(w, tier, HOLD_FREE, &flow.total));
    if (flow.crossed)
        TRY(hold_graph_build(&w->hold, tier, HOLD_LOOSE, w->scratch, &flow.sums));
    flow.sums.equals_free = true;
    *sound = is_largest(&flow.cells);
    flow.proves = flow.crossed && is_largest(&flow.total);
    for (size_t i = 0; i < w->count && *sound; i++)
        ask_flows(w, &flow, i, step, price);
    return STATUS_OK;
}
