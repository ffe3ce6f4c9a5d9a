/* One question: something lifted in every graph that is there, and a path looked for. */
#include "solver/network_inquiry.h"

#include <string.h>

static const Reason STATE_REASON[STATES] = {REASON_NONE, REASON_BENEFICIARY_LIMIT, REASON_EQUALS};

static void lift_in(const Inquiry *q, HoldGraph *graph, Candidate candidate, bool lifted)
{
    switch (candidate.reason) {
    case REASON_BENEFICIARY_LIMIT:
        graph->arcs[graph->limit_arc[q->asked.limit]].lifted = lifted;
        break;
    case REASON_HIGHER_TIERS: graph->above_free = lifted; break;
    case REASON_EQUALS: graph->equals_free = lifted; break;
    case REASON_EXHAUSTED: graph->arcs[q->supply[candidate.supply].arc].lifted = lifted; break;
    default: break;
    }
}

static bool is_there(const Inquiry *q, int side)
{
    return side != HOLD_LOOSE || !q->exact;
}

void inquiry_lift(Inquiry *q, Candidate candidate, bool lifted)
{
    for (int i = 0; i < HOLD_RIGOURS; i++)
        if (is_there(q, i))
            lift_in(q, &q->sides[i].graph, candidate, lifted);
}

/* ---- where the graphs part -------------------------------------------------------------------- */

/* Arcs of a network beyond which no program is made of it, and the work of all questions: iterations times
 * columns. */
enum { PROGRAM_ARCS_MOST = 200000 };
static const double PROGRAM_WORK = 2e9;

/** The program, with what is lifted in the graphs lifted there. False where there is none. */
static bool open_program(Inquiry *q)
{
    const HoldGraph *graph = &q->sides[HOLD_STRICT].graph;
    int arcs = q->net->first_class + q->net->classes->class_count;
    if (q->status != STATUS_OK || arcs > PROGRAM_ARCS_MOST || q->work > PROGRAM_WORK)
        return false;
    if (q->program.backend == NULL)
        q->status = hold_program_open(&q->hold, q->arena, &q->program);
    if (q->status != STATUS_OK)
        return false;
    hold_program_about(&q->program, q->asked.class);
    for (int i = 0; i < q->supply_count; i++)
        hold_program_lift_arc(&q->program, q->supply[i].arc, graph->arcs[q->supply[i].arc].lifted);
    for (size_t b = 0; b < q->round->beneficiary_count; b++)
        if (graph->limit_arc[b] >= 0)
            hold_program_lift_limit(&q->program, (int)b, graph->arcs[graph->limit_arc[b]].lifted);
    hold_program_free_above(&q->program, graph->above_free);
    hold_program_free_equals(&q->program, graph->equals_free);
    return true;
}

static void count_work(Inquiry *q, long before)
{
    long done = backend_iterations(q->program.backend) - before;
    q->work += (double)(done + 10) * backend_column_count(q->program.backend);
}

/** How much more the class can have by the program, with what is lifted now. False where it does not say. */
static bool ask_program(Inquiry *q, int64_t *more)
{
    if (!open_program(q))
        return false;
    long before = backend_iterations(q->program.backend);
    q->screening = false;
    bool said = hold_program_most(&q->program, q->most, more);
    count_work(q, before);
    return said;
}

static HeldAnswer program_says(Inquiry *q)
{
    int64_t more;
    return !ask_program(q, &more) ? HELD_OPEN : more > 0 ? HELD_YES : HELD_NO;
}

/** With nothing lifted, once a tier: the plan is the best there is for all of its classes together, and what
 *  carries no price in that helps none of them alone. */
static void screen_tier(Inquiry *q)
{
    TierScreen *tier = &q->tier;
    if (tier->tier == q->asked.tier)
        return;
    tier->tier = q->asked.tier;
    tier->said = false;
    if (tier->limit == NULL)
        tier->limit = ARENA_NEW(q->arena, q->round->beneficiary_count, bool);
    if (tier->limit == NULL)
        q->status = STATUS_NO_MEMORY;
    if (!open_program(q))
        return;
    long before = backend_iterations(q->program.backend);
    q->screening = false;
    tier->said = hold_program_tier_is_best(&q->program);
    count_work(q, before);
    for (int i = 0; i < q->supply_count && tier->said; i++)
        q->supply[i].matters_to_tier = hold_program_arc_matters(&q->program, q->supply[i].arc);
    for (size_t b = 0; b < q->round->beneficiary_count && tier->said; b++)
        tier->limit[b] = hold_program_limit_matters(&q->program, (int)b);
}

static bool may_help_tier(const Inquiry *q, Candidate candidate)
{
    const TierScreen *tier = &q->tier;
    if (!tier->said || q->net->classes->classes[q->asked.class].weight.digits <= 0)
        return true;
    switch (candidate.reason) {
    case REASON_BENEFICIARY_LIMIT: return q->asked.limit < 0 || tier->limit[q->asked.limit];
    case REASON_EXHAUSTED: return q->supply[candidate.supply].matters_to_tier;
    default: return true;
    }
}

/** With nothing lifted, once a class: what carries no price then helps nobody alone. The prices of another
 *  class of the tier often do. */
static void screen(Inquiry *q)
{
    const NeedClass *class = &q->net->classes->classes[q->asked.class];
    int64_t more = 0;
    bool known = q->screening && class->tier == q->program.tier &&
                 hold_program_proves_none(&q->program, q->asked.class);
    bool all = !known && (!ask_program(q, &more) || more > 0);
    q->screening = !all;
    q->screened = q->asked.class;
    for (int i = 0; i < q->supply_count; i++)
        q->supply[i].matters = all || hold_program_arc_matters(&q->program, q->supply[i].arc);
    q->limit_matters =
        all || (q->asked.limit >= 0 && hold_program_limit_matters(&q->program, q->asked.limit));
    q->equals_matter = all || hold_program_equals_matter(&q->program, q->asked.class);
}

/** May this help alone? Nothing is lifted. */
static bool may_help(Inquiry *q, Candidate candidate)
{
    if (candidate.reason == REASON_NONE)
        return true;
    screen_tier(q);
    if (!may_help_tier(q, candidate))
        return false;
    if (q->screened != q->asked.class)
        screen(q);
    switch (candidate.reason) {
    case REASON_BENEFICIARY_LIMIT: return q->limit_matters;
    case REASON_EQUALS: return q->equals_matter;
    case REASON_EXHAUSTED: return q->supply[candidate.supply].matters;
    default: return true;
    }
}

/* ---- one thing lifted ------------------------------------------------------------------------- */

/** From the head: found once for all classes that share it, so that every one may give. */
static const bool *reached(const Inquiry *q, Side *side, int state)
{
    const Candidate candidate = {STATE_REASON[state], -1};
    int closed = side->graph.closed;
    if (side->known[state])
        return side->reached[state];
    side->graph.closed = -1;
    lift_in(q, &side->graph, candidate, true);
    hold_reach(&side->graph, q->head, side->reached[state]);
    lift_in(q, &side->graph, candidate, false);
    side->graph.closed = closed;
    side->known[state] = true;
    return side->reached[state];
}

/** From where the signature can be reached: found once for all classes that have it. */
static const bool *leads(const Inquiry *q, Side *side)
{
    if (side->leads_to != q->asked.signature)
        hold_reach_back(&side->graph, q->asked.signature, side->leads);
    side->leads_to = q->asked.signature;
    return side->leads;
}

/** Of equals the class itself is none: when the shared search says yes, one of its own has to. */
static bool equals_help(const Inquiry *q, Side *side)
{
    const Candidate candidate = {REASON_EQUALS, -1};
    if (!reached(q, side, STATE_EQUALS)[q->asked.signature])
        return false;
    lift_in(q, &side->graph, candidate, true);
    bool any = hold_leads(&side->graph, q->head, q->asked.signature);
    lift_in(q, &side->graph, candidate, false);
    return any;
}

/** Is there a path with this alone lifted? Through more of an offer or budget it leads from the head to
 *  its arc, and on from there. */
static bool side_helps(const Inquiry *q, Side *side, Candidate candidate)
{
    const HoldArc *arc;
    switch (candidate.reason) {
    case REASON_NONE: return reached(q, side, STATE_PLAN)[q->asked.signature];
    case REASON_BENEFICIARY_LIMIT: return reached(q, side, STATE_LIMIT)[q->asked.signature];
    case REASON_EQUALS: return equals_help(q, side);
    default:
        arc = &side->graph.arcs[q->supply[candidate.supply].arc];
        return reached(q, side, STATE_PLAN)[arc->from] && leads(q, side)[arc->to];
    }
}

/** Nothing lifted, a class that counts cannot have more: its tier would be better, and the plan is the best. */
static bool is_best(const Inquiry *q, Candidate candidate)
{
    const NeedClass *class = &q->net->classes->classes[q->asked.class];
    return candidate.reason == REASON_NONE && class->weight.digits > 0;
}

HeldAnswer inquiry_helps(Inquiry *q, Candidate candidate)
{
    if (candidate.reason == REASON_HIGHER_TIERS)
        return side_helps(q, &q->sides[HOLD_FREE], (Candidate){REASON_NONE, -1}) ? HELD_YES
                                                                                 : HELD_NO;
    if (side_helps(q, &q->sides[HOLD_STRICT], candidate))
        return HELD_YES;
    if (q->exact || !side_helps(q, &q->sides[HOLD_FREE], candidate) ||
        !side_helps(q, &q->sides[HOLD_LOOSE], candidate))
        return HELD_NO;
    if (is_best(q, candidate))
        return HELD_OPEN;
    if (!may_help(q, candidate))
        return HELD_NO;
    inquiry_lift(q, candidate, true);
    HeldAnswer answer = program_says(q);
    inquiry_lift(q, candidate, false);
    return answer;
}

/* ---- what is lifted now ----------------------------------------------------------------------- */

static bool side_leads(Inquiry *q, HoldRigour rigour)
{
    return hold_leads(&q->sides[rigour].graph, q->head, q->asked.signature);
}

HeldAnswer inquiry_ask(Inquiry *q)
{
    if (side_leads(q, HOLD_STRICT))
        return HELD_YES;
    bool exact = q->exact || q->sides[HOLD_STRICT].graph.above_free;
    if (exact || !side_leads(q, HOLD_FREE) || !side_leads(q, HOLD_LOOSE))
        return HELD_NO;
    return program_says(q);
}

static int64_t push_in(Inquiry *q, HoldRigour rigour, int64_t most)
{
    return hold_push(&q->sides[rigour].graph, q->head, q->asked.signature, most);
}

Freed inquiry_push(Inquiry *q)
{
    Freed freed = {.least = push_in(q, HOLD_STRICT, q->most)};
    freed.most = freed.least;
    if (q->exact || q->sides[HOLD_STRICT].graph.above_free || freed.least == q->most)
        return freed;
    freed.most = push_in(q, HOLD_FREE, q->most);
    if (freed.most > freed.least)
        freed.most = push_in(q, HOLD_LOOSE, freed.most);
    int64_t more;
    if (freed.most > freed.least && ask_program(q, &more) && more >= freed.least &&
        more <= freed.most)
        freed = (Freed){more, more};
    return freed;
}

Freed inquiry_freed_by(Inquiry *q, Candidate candidate)
{
    if (candidate.reason == REASON_HIGHER_TIERS) {
        int64_t freed = push_in(q, HOLD_FREE, q->most);
        return (Freed){freed, freed};
    }
    inquiry_lift(q, candidate, true);
    Freed freed = inquiry_push(q);
    inquiry_lift(q, candidate, false);
    return freed;
}

static Status open_side(Inquiry *q, Side *side, HoldRigour rigour)
{
    TRY(hold_graph_build(&q->hold, q->asked.tier, rigour, q->scratch, &side->graph));
    size_t nodes = (size_t)side->graph.node_count;
    for (int s = 0; s < STATES; s++) {
        side->reached[s] = ARENA_NEW(q->scratch, nodes, bool);
        TRY_NEW(side->reached[s]);
    }
    side->leads = ARENA_NEW(q->scratch, nodes, bool);
    TRY_NEW(side->leads);
    side->leads_to = -1;
    return STATUS_OK;
}

Status inquiry_open_tier(Inquiry *q)
{
    arena_reset(q->scratch);
    q->exact = hold_plan_is_exact(&q->hold, q->asked.tier);
    for (int i = 0; i < HOLD_RIGOURS; i++)
        if (is_there(q, i))
            TRY(open_side(q, &q->sides[i], (HoldRigour)i));
    return STATUS_OK;
}

void inquiry_open_head(Inquiry *q)
{
    const HoldGraph *graph = &q->sides[HOLD_STRICT].graph;
    q->head = q->asked.limit < 0 ? 0 : graph->arcs[graph->limit_arc[q->asked.limit]].from;
    for (int i = 0; i < HOLD_RIGOURS; i++)
        memset(q->sides[i].known, 0, sizeof q->sides[i].known);
}
