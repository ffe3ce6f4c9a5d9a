/* The fast engine in parts: combined objectives against GLPK's stage after stage, the certificate
 * that a wrong basis does not get, and rounds whose fair shares are worked out by hand.
 */
#include "tests/support/network_case.h"
#include "tests/support/round_case.h"

#include <string.h>

#include "allot/solve.h"
#include "solver/glpk_guard.h"
#include "solver/network_run.h"

enum { DRAWN = 200 };

/* ---- chunks --------------------------------------------------------------------------------- */

/** The case's stages as those of a class network; a cycle changes a stage by all its costs at most. */
static ClassNetwork network_of(const NetworkCase *c)
{
    ClassNetwork net = {
        .node_count = c->nodes, .arc_count = c->arcs, .stage_count = (size_t)c->stages};
    net.stages = ARENA_NEW(network_case_arena, net.stage_count, NetworkStage);
    for (int s = 0; s < c->stages; s++) {
        int *arcs = ARENA_NEW(network_case_arena, (size_t)c->arcs, int);
        int64_t most = 0;
        for (int a = 0; a < c->arcs; a++) {
            arcs[a] = a;
            most += c->cost[s][a] < 0 ? -c->cost[s][a] : c->cost[s][a];
        }
        net.stages[s] = (NetworkStage){.kind = STAGE_COST,
                                       .label = "stage",
                                       .unit = 1,
                                       .count = (size_t)c->arcs,
                                       .arcs = arcs,
                                       .costs = c->cost[s],
                                       .cycle_most = most};
    }
    return net;
}

static void combined_costs_decide_stage_after_stage(void **state)
{
    (void)state;
    int feasible = 0;
    for (uint64_t seed = 1; seed <= DRAWN; seed++) {
        TestRandom random = random_seeded(seed);
        NetworkCase c = network_case_drawn(&random, 5, 12, 6);
        network_case_draw_costs(&c, &random, 3, 6);
        int64_t judged[CASE_STAGES];
        if (!network_case_judged(&c, judged))
            continue;
        feasible++;
        ClassNetwork net = network_of(&c);
        NetworkChunk chunk;
        assert_int_equal(network_chunk(&net, 0, network_case_arena, &chunk), STATUS_OK);
        assert_int_equal(chunk.count, 3);
        NetworkSimplex *simplex = network_case_open(&c, network_case_arena);
        network_objective(simplex, chunk.cost_count, chunk.arcs, chunk.costs);
        assert_int_equal(network_solve(simplex), NETWORK_OPTIMAL);
        for (int s = 0; s < 3; s++)
            if (network_case_value(&c, s, simplex) != judged[s])
                fail_msg("seed %d, stage %d: %lld, GLPK finds %lld", (int)seed, s,
                         (long long)network_case_value(&c, s, simplex), (long long)judged[s]);
    }
    assert_true(feasible > DRAWN / 4);
}

/** Two stages of a million each fit 2^50, four of them do not; a fairness stands between. */
static void chunks_end_where_costs_grow_too_large(void **state)
{
    (void)state;
    int arc = 0;
    int64_t cost = 1;
    NetworkStage stages[5];
    for (int s = 0; s < 5; s++)
        stages[s] = (NetworkStage){.kind = s == 3 ? STAGE_FAIRNESS : STAGE_COST,
                                   .count = 1,
                                   .arcs = &arc,
                                   .costs = &cost,
                                   .cycle_most = 1000000};
    ClassNetwork net = {.arc_count = 1, .stages = stages, .stage_count = 5};
    NetworkChunk chunk;
    assert_int_equal(network_chunk(&net, 0, network_case_arena, &chunk), STATUS_OK);
    assert_int_equal(chunk.count, 2);
    assert_int_equal(chunk.costs[0], 1000002); /* 1 * (10^6 + 1) + 1 */
    assert_int_equal(network_chunk(&net, 2, network_case_arena, &chunk), STATUS_OK);
    assert_int_equal(chunk.count, 1);
    stages[0].cycle_most = INT64_MAX;
    assert_int_equal(network_chunk(&net, 0, network_case_arena, &chunk), STATUS_OK);
    assert_int_equal(chunk.count, 1);
}

/* ---- certificate ---------------------------------------------------------------------------- */

static NetworkRun run_of(NetworkCase *c, const ClassNetwork *net)
{
    return (NetworkRun){.net = net,
                        .arena = network_case_arena,
                        .simplex = network_case_open(c, network_case_arena),
                        .grain = 1,
                        .arc_count = c->arcs,
                        .from = c->from,
                        .to = c->to,
                        .each_stage = true};
}

typedef struct Asked {
    NetworkCase *c;
    const ClassNetwork *net;
    NetworkRun run;
    Status status;
    const char *first, *second; /* faults */
} Asked;

static void certify(Asked *a, int stage)
{
    const NetworkStage *s = &a->net->stages[stage];
    if (a->status == STATUS_OK)
        a->status = network_certify(&a->run, "stage", s->count, s->arcs, s->costs);
}

/** Runs @p body behind the guard on the case's network, with stage 0 decided. */
static void run_asked(GuardBody *body, Asked *a, NetworkCase *c, const ClassNetwork *net)
{
    GuardFault fault;
    *a = (Asked){.c = c, .net = net, .run = run_of(c, net)};
    a->run.program_arena = arena_new();
    network_case_objective(c, 0, a->run.simplex);
    assert_int_equal(network_solve(a->run.simplex), NETWORK_OPTIMAL);
    assert_true(glpk_guard_run(body, a, &fault));
    arena_free(a->run.program_arena);
    assert_int_equal(a->status, STATUS_OK);
}

static void ask_for_both_stages(void *context)
{
    Asked *a = context;
    certify(a, 0);
    a->first = a->run.fault;
    certify(a, 1);
    a->second = a->run.fault;
}

/** Of the tree of an optimum GLPK agrees; of the same tree under other costs it does not, unless they
 *  happen to be at their least there too. */
static void only_an_optimal_tree_is_confirmed(void **state)
{
    (void)state;
    int refused = 0;
    for (uint64_t seed = 1; seed <= DRAWN; seed++) {
        TestRandom random = random_seeded(seed);
        NetworkCase c = network_case_drawn(&random, 6, 14, 0);
        network_case_draw_costs(&c, &random, 2, 9);
        ClassNetwork net = network_of(&c);
        Asked a;
        run_asked(ask_for_both_stages, &a, &c, &net);
        if (a.first != NULL)
            fail_msg("seed %d: %s", (int)seed, a.first);
        NetworkSimplex *judge = network_case_open(&c, network_case_arena);
        network_case_objective(&c, 1, judge);
        assert_int_equal(network_solve(judge), NETWORK_OPTIMAL);
        bool worse = network_case_value(&c, 1, a.run.simplex) > network_case_value(&c, 1, judge);
        if (worse && a.second == NULL)
            fail_msg("seed %d: a flow that is not optimal is confirmed", (int)seed);
        refused += worse;
    }
    assert_true(refused > DRAWN / 4);
}

static void decide_again(Asked *a, int stage)
{
    network_case_objective(a->c, stage, a->run.simplex);
    if (network_solve(a->run.simplex) != NETWORK_OPTIMAL)
        a->status = STATUS_INTERNAL;
    certify(a, stage);
}

/** Freezes, decides on; then lets go everything that was frozen and decides the second stage alone. */
static void freeze_and_let_go(void *context)
{
    Asked *a = context;
    NetworkBounds saved;
    a->status = network_save_bounds(a->run.simplex, network_case_arena, &saved);
    certify(a, 0);
    network_freeze(a->run.simplex);
    decide_again(a, 1);
    a->first = a->run.fault;
    network_restore_bounds(a->run.simplex, &saved);
    decide_again(a, 1);
    a->second = a->run.fault;
}

/** Bounds are frozen and opened and the tree moves from one certificate to the next. */
static void each_certificate_sees_bounds_and_tree_as_they_are(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= DRAWN; seed++) {
        TestRandom random = random_seeded(seed);
        NetworkCase c = network_case_drawn(&random, 8, 24, 0);
        network_case_draw_costs(&c, &random, 2, 3);
        ClassNetwork net = network_of(&c);
        Asked a;
        run_asked(freeze_and_let_go, &a, &c, &net);
        if (a.first != NULL || a.second != NULL)
            fail_msg("seed %d: %s", (int)seed, a.first != NULL ? a.first : a.second);
    }
}

/* ---- fairness by hand ----------------------------------------------------------------------- */

#define NEEDS(rows)                                                                                \
    {                                                                                              \
        "needs.csv", "id,beneficiary,category,quantity,covered,weight\n" rows                      \
    }
#define OFFERS(rows)                                                                               \
    {                                                                                              \
        "offers.csv", "id,donor,category,quantity,only_beneficiaries\n" rows                       \
    }

typedef struct FairCase {
    const char *label;
    CaseFile files[CASE_FILES];
    const char *given; /* "N1:O1:6000 ..." in cents, every line */
    const char *ranks; /* "fairness 1.1=0.6 ..." the bounds of all that are listed */
} FairCase;

static const FairCase FAIR[] = {
    {"90 among 100 and 50: 0.6 each",
     {NEEDS("N1,B1,HW,100,,\nN2,B2,HW,50,,\n"), OFFERS("O1,D,HW,90,\n")},
     "N1:O1:6000 N2:O1:3000 ",
     "fairness 1.1=0.6000 "},
    {"what is covered counts: (40 + 50) / 150",
     {NEEDS("N1,B1,HW,100,40,\nN2,B2,HW,50,,\n"), OFFERS("O1,D,HW,50,\n")},
     "N1:O1:2000 N2:O1:3000 ",
     "fairness 1.1=0.6000 "},
    {"0.8 is there already; the other gets all",
     {NEEDS("N1,B1,HW,100,80,\nN2,B2,HW,100,,\n"), OFFERS("O1,D,HW,50,\n")},
     "N2:O1:5000 ",
     "fairness 1.1=0.5000 fairness 1.2=0.8000 "},
    {"30 are for B1 alone, who then stands above the others",
     {NEEDS("N1,B1,HW,60,,\nN2,B2,HW,100,,\nN3,B3,HW,100,,\n"),
      OFFERS("O1,D,HW,30,B1\nO2,D,HW,60,\n")},
     "N1:O1:3000 N2:O2:3000 N3:O2:3000 ",
     "fairness 1.1=0.3000 fairness 1.3=0.5000 "},
    {"three levels: 0.1 behind a full offer, 0.4 behind another, 1 for who has enough",
     {NEEDS("N1,B1,HW,100,,\nN2,B2,TR,50,,\nN3,B3,MD,20,,\n"),
      OFFERS("O1,D,HW,10,\nO2,D,TR,20,\nO3,D,MD,20,\n")},
     "N1:O1:1000 N2:O2:2000 N3:O3:2000 ",
     "fairness 1.1=0.1000 fairness 1.2=0.4000 fairness 1.3=1.0000 "},
    {"a euro among three of a euro: the odd cent goes to somebody",
     {NEEDS("N1,B1,HW,1,,\nN2,B2,HW,1,,\nN3,B3,HW,1,,\n"), OFFERS("O1,D,HW,1,\n")},
     NULL,
     "fairness 1.1=0.3333 "},
    {"shortfall by weight comes first",
     {NEEDS("N1,B1,HW,100,,1\nN2,B2,HW,50,,2\n"), OFFERS("O1,D,HW,90,\n")},
     "N1:O1:4000 N2:O1:5000 ",
     "fairness 1.1=0.4000 fairness 1.2=1.0000 "},
    {"fairness before shortfall by weight",
     {NEEDS("N1,B1,HW,100,,1\nN2,B2,HW,50,,2\n"),
      OFFERS("O1,D,HW,90,\n"),
      {"settings.csv", "key,value\nwithin_tier,fairness;shortfall\n"}},
     "N1:O1:6000 N2:O1:3000 ",
     "fairness 1.1=0.6000 "},
};

static void check_fair_case(const FairCase *c)
{
    Pipeline *run = case_formulate(c->files);
    ClassNetwork net;
    SolveResult result;
    Plan plan;
    const char *why, *given = "", *ranks = "";
    int64_t all = 0;
    assert_case_int(c->label, run->status, STATUS_OK);
    assert_case(c->label, class_network_fits(&run->round, &why, run->arena));
    assert_case_int(c->label, class_network_build(&run->round, NULL, run->arena, &net), STATUS_OK);
    assert_case_int(c->label, solve_network(&net, run->arena, &result, &plan), STATUS_OK);
    assert_case_text(c->label, result.fault, NULL);
    for (size_t i = 0; i < plan.assignment_count; i++) {
        const Assignment *line = &plan.assignments[i];
        given = arena_printf(run->arena, "%s%s:%s:%lld ", given, run->round.needs[line->need].id,
                             run->round.offers[line->offer].id, (long long)line->quantity);
        all += line->quantity;
        if (c->given == NULL)
            assert_case(c->label, line->quantity == 33 || line->quantity == 34);
    }
    for (size_t i = 0; i < plan.stage_count; i++)
        if (plan.stages[i].kind == STAGE_FAIRNESS) {
            ranks = arena_printf(run->arena, "%s%s=%.4f ", ranks, plan.stages[i].label,
                                 plan.stages[i].bound);
            assert_case_int(c->label, plan.stages[i].status, STAGE_OPTIMAL);
        }
    if (c->given != NULL)
        assert_case_text(c->label, given, c->given);
    else
        assert_case_int(c->label, all, 100);
    assert_case_text(c->label, ranks, c->ranks);
    pipeline_free(run);
}

static void shares_are_as_worked_out(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(FAIR); i++)
        check_fair_case(&FAIR[i]);
}

/** Two needs of B1, each a group, share its max_value: not decided here, and said so. */
static void groups_behind_one_limit_are_left_to_the_plain_engine(void **state)
{
    (void)state;
    const CaseFile files[CASE_FILES] = {NEEDS("N1,B1,HW,100,,\nN2,B1,HW,50,,\n"),
                                        OFFERS("O1,D,HW,90,\n"),
                                        {"beneficiaries.csv", "id,max_value\nB1,80\n"},
                                        {"settings.csv", "key,value\nfairness,need\n"}};
    Pipeline *run = case_formulate(files);
    ClassNetwork net;
    SolveResult result;
    Plan plan;
    assert_int_equal(class_network_build(&run->round, NULL, run->arena, &net), STATUS_OK);
    assert_int_equal(solve_network(&net, run->arena, &result, &plan), STATUS_OK);
    assert_int_equal(result.outcome, SOLVE_FAILED);
    assert_non_null(strstr(result.fault, "share a beneficiary's max_value"));
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(combined_costs_decide_stage_after_stage),
        cmocka_unit_test(chunks_end_where_costs_grow_too_large),
        cmocka_unit_test(only_an_optimal_tree_is_confirmed),
        cmocka_unit_test(each_certificate_sees_bounds_and_tree_as_they_are),
        cmocka_unit_test(shares_are_as_worked_out),
        cmocka_unit_test(groups_behind_one_limit_are_left_to_the_plain_engine),
    };
    return cmocka_run_group_tests(tests, network_case_setup, network_case_teardown);
}
