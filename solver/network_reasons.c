/* Why needs stay unmet where the class network decides: things are lifted one after another, in the
 * order of the closed list, and a path is looked for in the residual graph of the plan (hold_graph.h):
 * one proves that a need can have more, that there is none, that it cannot (Ford and Fulkerson 1956).
 * All needs of a class share the answer, all classes of one tier and limit the searches.
 *
 * What only the whole program can tell is left open, for solve_reasons().
 */
#include "allot/solve.h"

#include <stdlib.h>
#include <string.h>

#include "solver/held.h"
#include "solver/hold_graph.h"

/** Something to lift. */
typedef struct Candidate {
    Reason reason;
    int supply; /* of EXHAUSTED: index into Inquiry.supply; else -1 */
} Candidate;

/** An offer's quantity or a donor's budget. */
typedef struct Supply {
    int arc; /* of the network, and of every graph */
    Origin origin;
    const char *id, *column;
} Supply;

/* With what lifted searches are shared. */
enum { STATE_PLAN, STATE_LIMIT, STATE_EQUALS, STATES };

static const Reason STATE_REASON[STATES] = {REASON_NONE, REASON_BENEFICIARY_LIMIT, REASON_EQUALS};

/** A graph and what is known of it. */
typedef struct Side {
    HoldGraph graph;
    bool *reached[STATES]; /* [node_count] from the head */
    bool known[STATES];    /* is it up to date? */
    bool *leads;           /* [node_count] from where the signature can be reached */
    int leads_to;          /* the node of that signature; -1: not up to date */
} Side;

/** A class with needs to ask about. */
typedef struct Asked {
    int class, tier, limit, signature; /* limit: a beneficiary, or -1; signature: its node */
} Asked;

typedef struct Inquiry {
    const Round *round;
    const Plan *plan;
    const ClassNetwork *net;
    Arena *arena;   /* of the answers */
    Arena *scratch; /* of one tier's graphs */
    HoldPlan hold;
    Side sides[HOLD_RIGOURS];
    bool exact; /* is the strict one enough, the loose one not there? */
    Asked asked;
    int head;       /* where the class's arc ends: the node of its limit, or 0 */
    int64_t most;   /* unmet of the one of its needs that lacks most */
    Supply *supply; /* [supply_count] in the order of the closed list */
    int supply_count;
    int *arc_into;         /* [node_count] of donors and offers */
    int *serves;           /* [first_flow] 1 + the last class that the arc of supply serves */
    Candidate *candidates; /* scratch [supply_count + 3] */
    int candidate_count;
    int *first_need; /* [class_count] the first need to ask about, or -1 */
    int *next_need;  /* [need_count] the next one of its class, or -1 */
    NeedCauses *found;
} Inquiry;

/* ---- lifting and asking ----------------------------------------------------------------------- */

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

static void lift(Inquiry *q, Candidate candidate, bool lifted)
{
    for (int i = 0; i < HOLD_RIGOURS; i++)
        if (is_there(q, i))
            lift_in(q, &q->sides[i].graph, candidate, lifted);
}

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

/** Does it help alone? What helps in the strict graph does; what does not in one that holds less does
 *  not. */
static HeldAnswer helps(Inquiry *q, Candidate candidate)
{
    if (candidate.reason == REASON_HIGHER_TIERS)
        return side_helps(q, &q->sides[HOLD_FREE], (Candidate){REASON_NONE, -1}) ? HELD_YES
                                                                                 : HELD_NO;
    if (side_helps(q, &q->sides[HOLD_STRICT], candidate))
        return HELD_YES;
    bool open = !q->exact && side_helps(q, &q->sides[HOLD_FREE], candidate) &&
                side_helps(q, &q->sides[HOLD_LOOSE], candidate);
    return open ? HELD_OPEN : HELD_NO;
}

static bool side_leads(Inquiry *q, HoldRigour rigour)
{
    return hold_leads(&q->sides[rigour].graph, q->head, q->asked.signature);
}

/** Is there a path with all that is lifted now? Where nothing above is kept, nothing crosses: the strict
 *  graph is exact. */
static HeldAnswer ask(Inquiry *q)
{
    if (side_leads(q, HOLD_STRICT))
        return HELD_YES;
    bool exact = q->exact || q->sides[HOLD_STRICT].graph.above_free;
    return !exact && side_leads(q, HOLD_FREE) && side_leads(q, HOLD_LOOSE) ? HELD_OPEN : HELD_NO;
}

/* ---- what could be lifted --------------------------------------------------------------------- */

/** Offers that serve the class, what they are paid out of, and the donors' budgets. */
static void mark_supply(Inquiry *q)
{
    const NeedClasses *classes = q->net->classes;
    int words = classes->words, stamp = q->asked.class + 1;
    const uint64_t *set =
        classes->signatures + (size_t)classes->classes[q->asked.class].signature * (size_t)words;
    for (int w = 0; w < words; w++)
        for (uint64_t left = set[w]; left != 0; left &= left - 1) {
            int node = q->net->offer_node[w * 64 + __builtin_ctzll(left)];
            while (node > 0) {
                int arc = q->arc_into[node];
                q->serves[arc] = stamp;
                node = q->net->from[arc];
            }
        }
}

static void add_candidate(Inquiry *q, Reason reason, int supply)
{
    q->candidates[q->candidate_count++] = (Candidate){reason, supply};
}

/** In the order of the closed list. */
static void list_candidates(Inquiry *q)
{
    q->candidate_count = 0;
    if (q->asked.limit >= 0)
        add_candidate(q, REASON_BENEFICIARY_LIMIT, -1);
    add_candidate(q, REASON_HIGHER_TIERS, -1);
    add_candidate(q, REASON_EQUALS, -1);
    mark_supply(q);
    for (int i = 0; i < q->supply_count; i++)
        if (q->serves[q->supply[i].arc] == q->asked.class + 1)
            add_candidate(q, REASON_EXHAUSTED, i);
}

static int compare_supply(const void *a, const void *b)
{
    const Supply *x = a, *y = b;
    int order = (x->origin.table > y->origin.table) - (x->origin.table < y->origin.table);
    order = order != 0 ? order : strcmp(x->id, y->id);
    return order != 0 ? order : (x->arc > y->arc) - (x->arc < y->arc);
}

static Status list_supply(Inquiry *q)
{
    const ClassNetwork *net = q->net;
    const Round *round = q->round;
    q->arc_into = ARENA_NEW(q->arena, (size_t)net->node_count, int);
    q->supply = ARENA_NEW(q->arena, (size_t)net->first_flow, Supply);
    TRY_NEW(q->arc_into);
    TRY_NEW(q->supply);
    for (int a = 0; a < net->first_flow; a++)
        q->arc_into[net->to[a]] = a;
    for (size_t d = 0; d < round->donor_count; d++)
        if (net->donor_node[d] > 0)
            q->supply[q->supply_count++] =
                (Supply){q->arc_into[net->donor_node[d]], round->donors[d].origin,
                         round->donors[d].id, "budget"};
    for (size_t o = 0; o < round->offer_count; o++)
        if (net->offer_node[o] > 0)
            q->supply[q->supply_count++] =
                (Supply){q->arc_into[net->offer_node[o]], round->offers[o].origin,
                         round->offers[o].id, "quantity"};
    qsort(q->supply, (size_t)q->supply_count, sizeof *q->supply, compare_supply);
    return STATUS_OK;
}

/* ---- answers ---------------------------------------------------------------------------------- */

static Cause cause_of(const Inquiry *q, Candidate candidate)
{
    Cause cause = {.reason = candidate.reason, .id = "", .column = "", .each = ""};
    if (candidate.reason == REASON_BENEFICIARY_LIMIT) {
        cause.origin = q->round->beneficiaries[q->asked.limit].origin;
        cause.id = q->round->beneficiaries[q->asked.limit].id;
        cause.column = "max_value";
    } else if (candidate.reason == REASON_EXHAUSTED) {
        cause.origin = q->supply[candidate.supply].origin;
        cause.id = q->supply[candidate.supply].id;
        cause.column = q->supply[candidate.supply].column;
    }
    return cause;
}

/** How much more is sure, and how much more there can be at most. */
typedef struct Freed {
    int64_t least, most;
} Freed;

/** What other needs of the class have. */
static int64_t of_class_mates(const Inquiry *q, int need)
{
    return q->hold.flow[q->net->first_class + q->asked.class] - q->plan->needs[need].assigned;
}

/** The same answer for all needs of the class that have none yet; with EQUALS lifted (@p mates) each can
 *  have what its mates have besides, and those that can have nothing are not answered. *left: some have
 *  no answer. */
static Status answer(Inquiry *q, const Candidate *set, int count, Freed freed, bool mates,
                     bool *left)
{
    Cause *causes = ARENA_NEW(q->arena, (size_t)count, Cause);
    TRY_NEW(causes);
    for (int i = 0; i < count; i++)
        causes[i] = cause_of(q, set[i]);
    *left = false;
    for (int n = q->first_need[q->asked.class]; n >= 0; n = q->next_need[n]) {
        int64_t more = freed.least + (mates ? of_class_mates(q, n) : 0);
        int64_t unmet = q->plan->needs[n].unmet;
        if (q->found[n].proof != CAUSE_NOT_ASKED)
            continue;
        if (more > 0)
            q->found[n] = (NeedCauses){.proof = CAUSE_PROVEN,
                                       .causes = causes,
                                       .count = count,
                                       .freed = more < unmet ? more : unmet,
                                       .at_least = more < unmet && freed.least < freed.most};
        *left = *left || more <= 0;
    }
    return STATUS_OK;
}

static void answer_better(Inquiry *q)
{
    for (int n = q->first_need[q->asked.class]; n >= 0; n = q->next_need[n])
        q->found[n].proof = CAUSE_BETTER;
}

static int64_t push_in(Inquiry *q, HoldRigour rigour, int64_t most)
{
    return hold_push(&q->sides[rigour].graph, q->head, q->asked.signature, most);
}

/** What the class can have with what is lifted now. */
static Freed push(Inquiry *q)
{
    Freed freed = {.least = push_in(q, HOLD_STRICT, q->most)};
    freed.most = freed.least;
    if (q->exact || q->sides[HOLD_STRICT].graph.above_free || freed.least == q->most)
        return freed;
    freed.most = push_in(q, HOLD_FREE, q->most);
    if (freed.most > freed.least)
        freed.most = push_in(q, HOLD_LOOSE, freed.most);
    return freed;
}

/** With this alone lifted. */
static Freed freed_by(Inquiry *q, Candidate candidate)
{
    if (candidate.reason == REASON_HIGHER_TIERS) {
        int64_t freed = push_in(q, HOLD_FREE, q->most);
        return (Freed){freed, freed};
    }
    lift(q, candidate, true);
    Freed freed = push(q);
    lift(q, candidate, false);
    return freed;
}

/** The first single thing that helps. *left: needs are without an answer; *open: the graphs cannot say
 *  more. */
static Status find_single(Inquiry *q, bool *left, bool *open)
{
    *left = true;
    for (int i = 0; i < q->candidate_count && *left && !*open; i++) {
        Candidate candidate = q->candidates[i];
        bool mates = candidate.reason == REASON_EQUALS;
        HeldAnswer answered = helps(q, candidate);
        Freed freed = {0, 0};
        if (answered == HELD_YES)
            freed = freed_by(q, candidate);
        if (answered == HELD_YES || mates)
            TRY(answer(q, &candidate, 1, freed, mates, left));
        *open = answered == HELD_OPEN;
    }
    return STATUS_OK;
}

static void lift_first(Inquiry *q, int count, bool lifted)
{
    for (int i = 0; i < count; i++)
        lift(q, q->candidates[i], lifted);
}

/** The fewest of the first @p count candidates that, taken from the list's begin, help together with
 *  what is lifted already; -1 when the graphs cannot say. */
static int fewest(Inquiry *q, int count)
{
    int low = 0, high = count; /* more than low - 1 are needed, high are enough */
    while (low < high) {
        int middle = (low + high) / 2;
        lift_first(q, middle, true);
        HeldAnswer answered = ask(q);
        lift_first(q, middle, false);
        if (answered == HELD_OPEN)
            return -1;
        if (answered == HELD_YES)
            high = middle;
        else
            low = middle + 1;
    }
    return high;
}

/** Nothing helps alone: all together do, less what can be put back, the last of the list first. What
 *  stays is the last of the fewest from the begin, again and again until nothing else is needed. */
static Status find_several(Inquiry *q)
{
    Candidate *set = ARENA_NEW(q->scratch, (size_t)q->candidate_count, Candidate);
    int first = q->candidate_count, count = fewest(q, first);
    bool left;
    TRY_NEW(set);
    while (count > 0) {
        set[--first] = q->candidates[count - 1];
        lift(q, set[first], true);
        count = fewest(q, count - 1);
    }
    Freed freed = {0, 0};
    if (count == 0)
        freed = push(q);
    for (int i = first; i < q->candidate_count; i++)
        lift(q, set[i], false);
    return freed.least > 0 ? answer(q, set + first, q->candidate_count - first, freed, false, &left)
                           : STATUS_OK;
}

static Status explain_class(Inquiry *q)
{
    const NeedClass *class = &q->net->classes->classes[q->asked.class];
    bool left = true, open = false;
    HeldAnswer better = helps(q, (Candidate){REASON_NONE, -1});
    if (better == HELD_YES)
        answer_better(q);
    /* with a weight, more would be better, and the plan is the best */
    if (better == HELD_YES || (better == HELD_OPEN && class->weight.digits <= 0))
        return STATUS_OK;
    list_candidates(q);
    TRY(find_single(q, &left, &open));
    return left && !open ? find_several(q) : STATUS_OK;
}

/* ---- all of them ------------------------------------------------------------------------------ */

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

static Status open_tier(Inquiry *q)
{
    arena_reset(q->scratch);
    q->exact = hold_plan_is_exact(&q->hold, q->asked.tier);
    for (int i = 0; i < HOLD_RIGOURS; i++)
        if (is_there(q, i))
            TRY(open_side(q, &q->sides[i], (HoldRigour)i));
    return STATUS_OK;
}

static void open_head(Inquiry *q)
{
    const HoldGraph *graph = &q->sides[HOLD_STRICT].graph;
    q->head = q->asked.limit < 0 ? 0 : graph->arcs[graph->limit_arc[q->asked.limit]].from;
    for (int i = 0; i < HOLD_RIGOURS; i++)
        memset(q->sides[i].known, 0, sizeof q->sides[i].known);
}

static Status ask_all(Inquiry *q, const Asked *asked, int count)
{
    for (int i = 0; i < count; i++) {
        q->asked = asked[i];
        bool first = i == 0 || asked[i].tier != asked[i - 1].tier;
        if (first)
            TRY(open_tier(q));
        if (first || asked[i].limit != asked[i - 1].limit)
            open_head(q);
        q->most = 0;
        for (int n = q->first_need[q->asked.class]; n >= 0; n = q->next_need[n])
            if (q->plan->needs[n].unmet > q->most)
                q->most = q->plan->needs[n].unmet;
        for (int k = 0; k < HOLD_RIGOURS; k++)
            q->sides[k].graph.closed = q->net->first_class + q->asked.class;
        TRY(explain_class(q));
    }
    return STATUS_OK;
}

static int compare_asked(const void *a, const void *b)
{
    const Asked *x = a, *y = b;
    if (x->tier != y->tier)
        return x->tier < y->tier ? -1 : 1;
    if (x->limit != y->limit)
        return x->limit < y->limit ? -1 : 1;
    if (x->signature != y->signature)
        return x->signature < y->signature ? -1 : 1;
    return (x->class > y->class) - (x->class < y->class);
}

/** Needs whose reason only lifting can tell, by class. */
static Status list_needs(Inquiry *q)
{
    const NeedClasses *classes = q->net->classes;
    q->first_need = ARENA_NEW(q->arena, (size_t)classes->class_count, int);
    q->next_need = ARENA_NEW(q->arena, q->round->need_count, int);
    TRY_NEW(q->first_need);
    TRY_NEW(q->next_need);
    for (int k = 0; k < classes->class_count; k++)
        q->first_need[k] = -1;
    for (size_t n = q->round->need_count; n-- > 0;) {
        int class = classes->class_of[n];
        const NeedResult *result = &q->plan->needs[n];
        if (class < 0 || result->reason != REASON_UNPROVEN || result->unmet <= 0)
            continue;
        q->next_need[n] = q->first_need[class];
        q->first_need[class] = (int)n;
    }
    return STATUS_OK;
}

static Status find_all(Inquiry *q)
{
    const NeedClasses *classes = q->net->classes;
    Asked *asked = ARENA_NEW(q->arena, (size_t)classes->class_count, Asked);
    int count = 0;
    TRY_NEW(asked);
    TRY(list_needs(q));
    TRY(list_supply(q));
    q->serves = ARENA_NEW(q->arena, (size_t)q->net->first_flow, int);
    q->candidates = ARENA_NEW(q->arena, (size_t)q->supply_count + 3, Candidate);
    TRY_NEW(q->serves);
    TRY_NEW(q->candidates);
    for (int k = 0; k < classes->class_count; k++)
        if (q->first_need[k] >= 0)
            asked[count++] = (Asked){k, classes->classes[k].tier, hold_limit(&q->hold, k),
                                     q->net->from[q->net->first_class + k]};
    qsort(asked, (size_t)count, sizeof *asked, compare_asked);
    return ask_all(q, asked, count);
}

Status solve_network_reasons(const Round *round, const EligibleSets *sets, const Plan *plan,
                             Arena *arena, NeedCauses **out)
{
    ClassNetwork net;
    int64_t *flow;
    Inquiry q = {.round = round, .plan = plan, .net = &net, .arena = arena};
    q.found = *out = ARENA_NEW(arena, round->need_count, NeedCauses);
    TRY_NEW(q.found);
    TRY(class_network_build(round, sets, arena, &net));
    TRY(class_network_flow(&net, plan, arena, &flow));
    TRY(hold_plan_open(&net, flow, arena, &q.hold));
    q.scratch = arena_new();
    TRY_NEW(q.scratch);
    Status status = find_all(&q);
    arena_free(q.scratch);
    return status;
}
