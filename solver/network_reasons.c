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

#include "solver/glpk_guard.h"
#include "solver/network_inquiry.h"

/* Offers and budgets that are tried behind the first that helps (solver/reasons.c: of sums). */
enum { OTHERS_TRIED = 100 };

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
            q->supply[q->supply_count++] = (Supply){q->arc_into[net->donor_node[d]],
                                                    round->donors[d].origin,
                                                    round->donors[d].id,
                                                    "budget",
                                                    false,
                                                    false};
    for (size_t o = 0; o < round->offer_count; o++)
        if (net->offer_node[o] > 0)
            q->supply[q->supply_count++] = (Supply){q->arc_into[net->offer_node[o]],
                                                    round->offers[o].origin,
                                                    round->offers[o].id,
                                                    "quantity",
                                                    false,
                                                    false};
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

/** What other needs of the class have. */
static int64_t of_class_mates(const Inquiry *q, int need)
{
    return q->hold.flow[q->net->first_class + q->asked.class] - q->plan->needs[need].assigned;
}

/** The same answer for all needs of the class that have none yet and lack no more than @p lacking; with EQUALS
 *  lifted (@p mates) each can have what its mates have besides, and those that can have nothing are not answered.
 *  *left: some have no answer. */
static Status answer(Inquiry *q, const Candidate *set, int count, Freed freed, bool mates,
                     int64_t lacking, bool *left)
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
        if (more > 0 && unmet <= lacking)
            q->found[n] = (NeedCauses){.proof = CAUSE_PROVEN,
                                       .causes = causes,
                                       .count = count,
                                       .freed = more < unmet ? more : unmet,
                                       .at_least = more < unmet && freed.least < freed.most};
        *left = *left || more <= 0 || unmet > lacking;
    }
    return STATUS_OK;
}

static void answer_better(Inquiry *q)
{
    for (int n = q->first_need[q->asked.class]; n >= 0; n = q->next_need[n])
        q->found[n].proof = CAUSE_BETTER;
}

/** Of offers and budgets, from the first that helps on, whichever frees a need most; of equal ones the first. */
static Status answer_exhausted(Inquiry *q, int first, Freed freed, bool *left)
{
    Candidate best = q->candidates[first];
    for (int i = first + 1;
         i < q->candidate_count && i <= first + OTHERS_TRIED && freed.least < q->most; i++) {
        Freed other = {0, 0};
        if (inquiry_helps(q, q->candidates[i]) == HELD_YES)
            other = inquiry_freed_by(q, q->candidates[i]);
        if (other.least <= freed.least)
            continue;
        TRY(answer(q, &best, 1, freed, false, freed.least, left));
        best = q->candidates[i];
        freed = other;
    }
    return answer(q, &best, 1, freed, false, INT64_MAX, left);
}

/** The first single thing that helps. *left: needs are without an answer; *open: the graphs cannot say
 *  more. */
static Status find_single(Inquiry *q, bool *left, bool *open)
{
    *left = true;
    for (int i = 0; i < q->candidate_count && *left && !*open; i++) {
        Candidate candidate = q->candidates[i];
        bool mates = candidate.reason == REASON_EQUALS;
        HeldAnswer answered = inquiry_helps(q, candidate);
        Freed freed = {0, 0};
        if (answered == HELD_YES)
            freed = inquiry_freed_by(q, candidate);
        if (answered == HELD_YES && candidate.reason == REASON_EXHAUSTED)
            TRY(answer_exhausted(q, i, freed, left));
        else if (answered == HELD_YES || mates)
            TRY(answer(q, &candidate, 1, freed, mates, INT64_MAX, left));
        *open = answered == HELD_OPEN;
    }
    return STATUS_OK;
}

static void lift_first(Inquiry *q, int count, bool lifted)
{
    for (int i = 0; i < count; i++)
        inquiry_lift(q, q->candidates[i], lifted);
}

/** The fewest of the first @p count candidates that, taken from the list's begin, help together with
 *  what is lifted already; -1 when the graphs cannot say. */
static int fewest(Inquiry *q, int count)
{
    int low = 0, high = count; /* more than low - 1 are needed, high are enough */
    while (low < high) {
        int middle = (low + high) / 2;
        lift_first(q, middle, true);
        HeldAnswer answered = inquiry_ask(q);
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
        inquiry_lift(q, set[first], true);
        count = fewest(q, count - 1);
    }
    Freed freed = {0, 0};
    if (count == 0)
        freed = inquiry_push(q);
    for (int i = first; i < q->candidate_count; i++)
        inquiry_lift(q, set[i], false);
    return freed.least > 0
               ? answer(q, set + first, q->candidate_count - first, freed, false, INT64_MAX, &left)
               : STATUS_OK;
}

static Status explain_class(Inquiry *q)
{
    const NeedClass *class = &q->net->classes->classes[q->asked.class];
    bool left = true, open = false;
    HeldAnswer better = inquiry_helps(q, (Candidate){REASON_NONE, -1});
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

static Status ask_all(Inquiry *q, const Asked *asked, int count)
{
    for (int i = 0; i < count; i++) {
        q->asked = asked[i];
        bool first = i == 0 || asked[i].tier != asked[i - 1].tier;
        if (first)
            TRY(inquiry_open_tier(q));
        if (first || asked[i].limit != asked[i - 1].limit)
            inquiry_open_head(q);
        q->most = 0;
        for (int n = q->first_need[q->asked.class]; n >= 0; n = q->next_need[n])
            if (q->plan->needs[n].unmet > q->most)
                q->most = q->plan->needs[n].unmet;
        for (int k = 0; k < HOLD_RIGOURS; k++)
            q->sides[k].graph.closed = q->net->first_class + q->asked.class;
        TRY(explain_class(q));
        TRY(q->status);
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

static void guarded(void *context)
{
    Inquiry *q = context;
    q->status = find_all(q);
    hold_program_close(&q->program);
}

Status solve_network_reasons(const Round *round, const EligibleSets *sets, const Plan *plan,
                             Arena *arena, NeedCauses **out)
{
    ClassNetwork net;
    int64_t *flow;
    GuardFault fault;
    Inquiry q = {.round = round, .plan = plan, .net = &net, .arena = arena, .screened = -1};
    q.found = *out = ARENA_NEW(arena, round->need_count, NeedCauses);
    TRY_NEW(q.found);
    TRY(class_network_build(round, sets, arena, &net));
    TRY(class_network_flow(&net, plan, arena, &flow));
    TRY(hold_plan_open(&net, flow, arena, &q.hold));
    q.scratch = arena_new();
    TRY_NEW(q.scratch);
    bool sound = glpk_guard_run(guarded, &q, &fault);
    arena_free(q.scratch);
    return sound ? q.status : STATUS_OK; /* after a fault the rest is left open */
}
