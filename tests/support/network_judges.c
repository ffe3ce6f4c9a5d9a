/* Judges of small networks: GLPK on the same program as rows and columns, and trying every flow.
 */
#include "tests/support/network_case.h"

#include <math.h>

#include "solver/backend.h"
#include "solver/glpk_guard.h"

/* ---- GLPK ----------------------------------------------------------------------------------- */

static void add_node_rows(const NetworkCase *c, Lp *lp)
{
    int columns[CASE_ARCS];
    double values[CASE_ARCS];
    for (int v = 0; v < c->nodes; v++) {
        size_t count = 0;
        for (int a = 0; a < c->arcs; a++) {
            if (c->from[a] == c->to[a] || (c->from[a] != v && c->to[a] != v))
                continue;
            columns[count] = a;
            values[count++] = c->to[a] == v ? 1 : -1;
        }
        assert_int_equal(lp_add_row(lp, 0, 0, count, columns, values), STATUS_OK);
    }
}

/** The value of an earlier stage as a row. */
static void hold_stage(const NetworkCase *c, int stage, int64_t value, Lp *lp)
{
    int columns[CASE_ARCS];
    double values[CASE_ARCS];
    size_t count = 0;
    for (int a = 0; a < c->arcs; a++)
        if (c->cost[stage][a] != 0) {
            columns[count] = a;
            values[count++] = (double)c->cost[stage][a];
        }
    assert_int_equal(lp_add_row(lp, (double)value, (double)value, count, columns, values),
                     STATUS_OK);
}

typedef struct Question {
    const NetworkCase *c;
    const Lp *lp;
    Arena *arena;
    int stage;
    BackendOutcome outcome;
    double value;
} Question;

static void ask(void *context)
{
    Question *q = context;
    int columns[CASE_ARCS];
    double costs[CASE_ARCS];
    for (int a = 0; a < q->c->arcs; a++) {
        columns[a] = a;
        costs[a] = (double)q->c->cost[q->stage][a];
    }
    Backend *backend = backend_open(q->lp, q->arena);
    if (backend == NULL)
        return;
    backend_objective(backend, (size_t)q->c->arcs, columns, costs);
    q->outcome = backend_solve(backend);
    for (int a = 0; a < q->c->arcs; a++)
        q->value += costs[a] * backend_value(backend, a);
    backend_close(backend);
}

bool network_case_judged(const NetworkCase *c, int64_t *values)
{
    Arena *arena = arena_new();
    bool exists = true;
    for (int s = 0; s < c->stages && exists; s++) {
        Lp lp;
        GuardFault fault;
        Question q = {.c = c, .lp = &lp, .arena = arena, .stage = s, .outcome = BACKEND_FAILED};
        assert_int_equal(lp_init(arena, &lp), STATUS_OK);
        for (int a = 0; a < c->arcs; a++)
            assert_int_equal(lp_add_column(&lp, (double)c->lower[a], (double)c->upper[a], false, 1),
                             STATUS_OK);
        add_node_rows(c, &lp);
        for (int before = 0; before < s; before++)
            hold_stage(c, before, values[before], &lp);
        lp_scale_rows(&lp);
        if (!glpk_guard_run(ask, &q, &fault))
            fail_msg("%s", fault.text);
        exists = q.outcome == BACKEND_OPTIMAL;
        if (!exists && (s > 0 || q.outcome != BACKEND_INFEASIBLE))
            fail_msg("the judge has no answer: %d in stage %d", (int)q.outcome, s);
        values[s] = llround(q.value);
        if (exists)
            assert_close(q.value, (double)values[s], 1e-5, 0);
    }
    arena_free(arena);
    return exists;
}

void assert_as_judged(uint64_t seed, const NetworkCase *c, NetworkSimplex *net)
{
    int64_t value[CASE_STAGES] = {0};
    bool exists = network_case_judged(c, value);
    NetworkOutcome outcome = network_solve(net);
    if ((outcome == NETWORK_OPTIMAL) != exists || outcome == NETWORK_OVERFLOW)
        fail_msg("seed %lu: outcome %d", (unsigned long)seed, (int)outcome);
    if (exists && network_case_value(c, 0, net) != value[0])
        fail_msg("seed %lu: %ld is not %ld", (unsigned long)seed,
                 (long)network_case_value(c, 0, net), (long)value[0]);
    assert_sound_tree(net);
    if (!exists)
        return;
    assert_circulation(c, net);
    assert_proven(c, 0, net);
}

/* ---- every flow ----------------------------------------------------------------------------- */

static bool balances(const NetworkCase *c, const int64_t *flow)
{
    int64_t excess[CASE_ARCS] = {0};
    for (int a = 0; a < c->arcs; a++) {
        excess[c->from[a]] -= flow[a];
        excess[c->to[a]] += flow[a];
    }
    for (int v = 0; v < c->nodes; v++)
        if (excess[v] != 0)
            return false;
    return true;
}

/** What a visit of all circulations adds up. */
typedef struct Tally {
    const NetworkCase *c;
    const NetworkSimplex *net;
    int64_t best;
    long optimal, inside; /* of best value; within the program's present bounds */
    bool all_inside;      /* is every one inside of best value? */
} Tally;

static void visit_all_flows(const NetworkCase *c, void (*visit)(Tally *t, const int64_t *flow),
                            Tally *t)
{
    int64_t flow[CASE_ARCS];
    int a = 0;
    for (int k = 0; k < c->arcs; k++)
        flow[k] = c->lower[k];
    do { /* counts up as an odometer does */
        if (balances(c, flow))
            visit(t, flow);
        for (a = 0; a < c->arcs && flow[a] == c->upper[a]; a++)
            flow[a] = c->lower[a];
        if (a < c->arcs)
            flow[a]++;
    } while (a < c->arcs);
}

static int64_t value_of(const NetworkCase *c, const int64_t *flow)
{
    int64_t value = 0;
    for (int a = 0; a < c->arcs; a++)
        value += c->cost[0][a] * flow[a];
    return value;
}

static void find_best(Tally *t, const int64_t *flow)
{
    int64_t value = value_of(t->c, flow);
    if (value < t->best)
        t->best = value;
}

static void tally(Tally *t, const int64_t *flow)
{
    bool inside = true, best = value_of(t->c, flow) == t->best;
    for (int a = 0; a < t->c->arcs; a++)
        inside &= flow[a] >= network_lower(t->net, a) && flow[a] <= network_upper(t->net, a);
    t->optimal += best;
    t->inside += inside;
    t->all_inside &= best || !inside;
}

long assert_only_optima(const NetworkCase *c, const NetworkSimplex *net)
{
    Tally t = {.c = c, .net = net, .best = INT64_MAX, .all_inside = true};
    visit_all_flows(c, find_best, &t);
    visit_all_flows(c, tally, &t);
    assert_int_equal(network_case_value(c, 0, net), t.best);
    assert_int_equal(t.inside, t.optimal);
    assert_true(t.all_inside);
    return t.optimal;
}
