/* Worths where the class network decided: what a tier receives, the tiers above held, is a maximum flow,
 * and of one quantity, q, it is min(K, c + q): by the cuts that the quantity is not in, and by those that
 * it is in (Ford and Fulkerson 1956). So one more unit of it is worth what a unit of the tier counts, or
 * nothing; and how far, a flow says: with the quantity lifted, how much more comes through.
 *
 * One search from the source and one to the sink tell of all quantities whether more of them is worth
 * anything. Less: by so much as can go around the quantity's arc it can shrink.
 *
 * What sums that cross leave open (hold_graph.h) is left to solve_worths().
 */
#include "allot/solve.h"

#include <math.h>
#include <string.h>

#include "solver/hold_graph.h"
#include "solver/tier_steps.h"

/* Prices of a tier's units nearer than this, relative, are one. */
static const double SAME = 1e-12;

/** A quantity or budget. */
typedef struct Quantity {
    int lift;
    int arc; /* of the network; -1: nothing can be drawn of it, -2: it cannot be asked about here */
    int64_t today, needed;
    double scale, most; /* smallest parts in a unit; units that could be drawn */
} Quantity;

typedef struct WorthsAsked {
    const Formulation *form;
    const Plan *plan;
    Arena *arena, *scratch;
    ClassNetwork net;
    HoldPlan hold;
    int *arc_into;        /* [node_count] of donors and offers */
    Quantity *quantities; /* [count] */
    size_t count;
    Worths *out;
    Worth *worths; /* [count * step_count] */
    const Stage **stages;
} WorthsAsked;

/* ---- what is asked about ---------------------------------------------------------------------- */

/** The arc of a quantity: by its row of the round. */
static int arc_of(const WorthsAsked *w, const Lift *lift)
{
    const Round *round = w->form->round;
    for (size_t o = 0; lift->kind == LIFT_QUANTITY && o < round->offer_count; o++)
        if (round->offers[o].origin.line == lift->origin.line)
            return w->net.offer_node[o] > 0 ? w->arc_into[w->net.offer_node[o]] : -1;
    for (size_t d = 0; lift->kind == LIFT_BUDGET && d < round->donor_count; d++)
        if (round->donors[d].origin.line == lift->origin.line)
            return w->net.donor_node[d] > 0 ? w->arc_into[w->net.donor_node[d]] : -1;
    return -2;
}

/** All that could be drawn, as worths.c has it. */
static double most_drawn(const Lp *lp, int row)
{
    double most = 0;
    for (size_t e = lp->row_first[row]; e < lp->row_first[row + 1]; e++)
        most += fmax(0, lp->element[e]) * fmax(0, lp->upper[lp->element_column[e]]);
    return most;
}

static Quantity quantity_of(const WorthsAsked *w, size_t index)
{
    const Lift *lift = &w->out->lifts->lifts[index];
    const Rule *rule = lift_rule(w->out->lifts, lift);
    int row = w->form->rule_row[lift->index];
    Quantity q = {.lift = (int)index, .arc = arc_of(w, lift)};
    q.scale = (double)unit_scale(rule->unit);
    q.most = most_drawn(&w->form->lp, row);
    q.today = llround(w->form->lp.row_upper[row] * q.scale);
    bool other = q.arc >= 0 ? w->net.upper[q.arc] != q.today : q.most > 0;
    if (!rule->unit.is_money || other)
        q.arc = -2;
    return q;
}

static Status list_quantities(WorthsAsked *w)
{
    const Lifts *lifts = w->out->lifts;
    w->arc_into = ARENA_NEW(w->arena, (size_t)w->net.node_count, int);
    w->quantities = ARENA_NEW(w->arena, lifts->count, Quantity);
    TRY_NEW(w->arc_into);
    TRY_NEW(w->quantities);
    for (int a = 0; a < w->net.first_flow; a++)
        w->arc_into[w->net.to[a]] = a;
    for (size_t k = 0; k < lifts->count; k++)
        if (lifts->lifts[k].kind == LIFT_QUANTITY || lifts->lifts[k].kind == LIFT_BUDGET)
            w->quantities[w->count++] = quantity_of(w, k);
    return STATUS_OK;
}

static Status list_steps(WorthsAsked *w)
{
    TRY(tier_steps_list(w->form, w->arena, &w->stages, &w->out->steps, &w->out->step_count));
    w->worths = ARENA_NEW(w->arena, w->count * w->out->step_count, Worth);
    TRY_NEW(w->worths);
    w->out->worths = w->worths;
    w->out->count = w->count * w->out->step_count;
    for (size_t i = 0; i < w->out->count; i++)
        w->worths[i] = (Worth){.lift = w->quantities[i / w->out->step_count].lift,
                               .step = (int)(i % w->out->step_count)};
    return STATUS_OK;
}

/** What a smallest part counts in the stage; 0: not the same for all its needs, or it is no amount of
 *  money. */
static double price_of(const Formulation *form, const Stage *stage)
{
    double price = 0;
    if (stage->kind != STAGE_TIER || stage->unvalued)
        return 0;
    for (size_t k = 0; k < stage->count; k++) {
        ColumnOrigin origin = form->origin[stage->columns[k]];
        if (origin.kind != COLUMN_UNMET)
            return 0;
        double its = stage->costs[k] / form->quantum[origin.index];
        if (k > 0 && fabs(its - price) > SAME * price)
            return 0;
        price = its;
    }
    return price;
}

/* ---- flows ------------------------------------------------------------------------------------ */

/** The graph of a tier with the flow of what the tiers up to @p last have. */
static Status open_graph(WorthsAsked *w, int tier, int last, HoldGraph *graph)
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
    TRY(hold_graph_build(&w->hold, tier, HOLD_STRICT, w->scratch, graph));
    graph->equals_free = true;
    return STATUS_OK;
}

/** The least of a quantity with which the graph's flow can be kept. */
static int64_t least_kept(HoldGraph *graph, const Quantity *q)
{
    const HoldArc *arc = &graph->arcs[q->arc];
    graph->closed = q->arc;
    int64_t around = arc->flow > 0 ? hold_push(graph, arc->from, arc->to, arc->flow) : 0;
    graph->closed = -1;
    return arc->flow - around;
}

static WorthSide one_more(HoldGraph *graph, const Quantity *q, double slope)
{
    HoldArc *arc = &graph->arcs[q->arc];
    WorthSide side = {.known = true};
    arc->lifted = true;
    int64_t gain = hold_push(graph, 0, graph->sink, NETWORK_NO_LIMIT);
    arc->lifted = false;
    double end = (double)(q->today + gain) / q->scale;
    side.slope = slope;
    side.endless = end >= q->most;
    side.until = side.endless ? llround(q->most * q->scale) : q->today + gain;
    return side;
}

static WorthSide one_less(const Quantity *q, int64_t needed, int64_t enough, double slope)
{
    WorthSide side = {.known = true, .until = enough};
    side.needed = q->today > 0 && needed == q->today;
    if (side.needed || enough < q->today || q->today == 0)
        return side;
    side.slope = slope;
    side.until = needed;
    return side;
}

/* ---- steps ------------------------------------------------------------------------------------ */

/** What the steps before @p step need of each quantity: with shares held more than what their sums do. */
static Status find_needed(WorthsAsked *w, size_t step)
{
    HoldGraph graph;
    int tier = w->stages[step]->tier;
    if (step == 0 || w->form->round->settings.fairness == FAIRNESS_NONE)
        return STATUS_OK; /* as the step before left it */
    TRY(open_graph(w, tier, tier - 1, &graph));
    for (size_t i = 0; i < w->count; i++)
        if (w->quantities[i].arc >= 0)
            w->quantities[i].needed = least_kept(&graph, &w->quantities[i]);
    return STATUS_OK;
}

/** *sound: the flow is the largest that there is, as it should be. */
static Status ask_step(WorthsAsked *w, size_t step, double price, bool *sound)
{
    HoldGraph graph;
    int tier = w->stages[step]->tier;
    TRY(find_needed(w, step));
    TRY(open_graph(w, tier, tier, &graph));
    bool *begins = ARENA_NEW(w->scratch, (size_t)graph.node_count, bool);
    bool *ends = ARENA_NEW(w->scratch, (size_t)graph.node_count, bool);
    TRY_NEW(begins);
    TRY_NEW(ends);
    hold_reach(&graph, 0, begins);
    hold_reach_back(&graph, graph.sink, ends);
    *sound = !begins[graph.sink];
    for (size_t i = 0; i < w->count && *sound; i++) {
        Quantity *q = &w->quantities[i];
        Worth *worth = &w->worths[i * w->out->step_count + step];
        if (q->arc == -2)
            continue;
        worth->more = (WorthSide){.known = true, .endless = true};
        worth->less = (WorthSide){.known = true};
        if (q->arc < 0)
            continue;
        const HoldArc *arc = &graph.arcs[q->arc];
        if (begins[arc->from] && ends[arc->to] && q->most * q->scale > (double)q->today)
            worth->more = one_more(&graph, q, price * q->scale);
        int64_t enough = q->needed == q->today ? q->today : least_kept(&graph, q);
        worth->less = one_less(q, q->needed, enough, price * q->scale);
        q->needed = enough;
    }
    return STATUS_OK;
}

/** Do all needs of tiers up to this one count, and those of the tier alike? What counts nothing is in no
 *  stage, but would be in a sum. */
static bool counts_alike(const WorthsAsked *w, int tier)
{
    const NeedClasses *classes = w->net.classes;
    if (tier >= w->hold.tier_count) /* of needs that take nothing */
        return false;
    for (int k = 0; k < classes->class_count; k++)
        if (classes->classes[k].tier <= tier && classes->classes[k].weight.digits == 0)
            return false;
    return w->hold.uniform[tier];
}

static Status ask_all(WorthsAsked *w, bool *sound)
{
    int last = 0;
    *sound = true;
    for (size_t s = 0; s < w->out->step_count && *sound; s++) {
        const Stage *stage = w->stages[s];
        double price = price_of(w->form, stage);
        if (price <= 0 || stage->tier <= last || !counts_alike(w, stage->tier) ||
            !hold_plan_is_exact(&w->hold, stage->tier))
            return STATUS_OK;
        last = stage->tier;
        arena_reset(w->scratch);
        TRY(ask_step(w, s, price, sound));
    }
    return STATUS_OK;
}

Status solve_network_worths(const Formulation *loose, const Plan *plan, Arena *arena,
                            const Worths **out)
{
    Worths *worths = ARENA_NEW(arena, 1, Worths);
    Lifts *lifts = ARENA_NEW(arena, 1, Lifts);
    WorthsAsked w = {
        .form = loose, .plan = plan, .arena = arena, .scratch = arena_new(), .out = worths};
    bool sound = false;
    *out = NULL;
    TRY_NEW(w.scratch);
    Status status = worths != NULL && lifts != NULL ? STATUS_OK : STATUS_NO_MEMORY;
    if (status == STATUS_OK)
        status = lifts_build(loose, arena, lifts);
    if (status == STATUS_OK)
        status = class_network_build(loose->round, loose->pairs->sets, arena, &w.net);
    if (status == STATUS_OK)
        status = hold_plan_open(&w.net, NULL, arena, &w.hold);
    w.hold.apart = true;
    if (status == STATUS_OK) {
        worths->lifts = lifts;
        status = list_quantities(&w);
    }
    if (status == STATUS_OK)
        status = list_steps(&w);
    if (status == STATUS_OK && !loose->round->settings.fairness_first)
        status = ask_all(&w, &sound);
    arena_free(w.scratch);
    *out = status == STATUS_OK && sound ? worths : NULL;
    return status;
}
