/* The class network by hand: small rounds whose flows, lines and stages are worked out here; and every
 * cycle of a few networks, that none changes a stage by more than the network says.
 */
#include "tests/support/case_tables.h"
#include "tests/support/class_network_case.h"

#include <string.h>

static const NetworkStage *stage_of(const ClassNetwork *net, const char *label)
{
    for (size_t s = 0; s < net->stage_count; s++)
        if (strcmp(net->stages[s].label, label) == 0)
            return &net->stages[s];
    fail_msg("no stage %s", label);
    return NULL;
}

/* ---- cycles --------------------------------------------------------------------------------- */

/** All simple cycles, by depth first search from their smallest node. */
typedef struct CycleSearch {
    const ClassNetwork *net;
    int64_t **cost; /* [stage_count][arc_count] */
    bool *on_path;
    int64_t *sum;  /* [stage_count] along the path */
    int64_t *most; /* [stage_count] of |sum| round a cycle */
    int start;
    int last_arc;
    long found;
} CycleSearch;

static void close_cycle(CycleSearch *search)
{
    search->found++;
    for (size_t s = 0; s < search->net->stage_count; s++) {
        int64_t change = search->sum[s] < 0 ? -search->sum[s] : search->sum[s];
        search->most[s] = change > search->most[s] ? change : search->most[s];
    }
}

static void walk(CycleSearch *search, int node, int before)
{
    const ClassNetwork *net = search->net;
    for (int a = 0; a < net->arc_count; a++) {
        bool forward = net->from[a] == node;
        int next = forward ? net->to[a] : net->from[a];
        if ((!forward && net->to[a] != node) || a == before || next < search->start ||
            (next != search->start && search->on_path[next]))
            continue;
        for (size_t s = 0; s < net->stage_count; s++)
            search->sum[s] += forward ? search->cost[s][a] : -search->cost[s][a];
        if (next == search->start) {
            close_cycle(search);
        } else {
            search->on_path[next] = true;
            walk(search, next, a);
            search->on_path[next] = false;
        }
        for (size_t s = 0; s < net->stage_count; s++)
            search->sum[s] -= forward ? search->cost[s][a] : -search->cost[s][a];
    }
}

static const CaseFile CYCLE_ROUNDS[][CASE_FILES] = {
    {NEEDS_TABLE("id,category,quantity,priority,weight,beneficiary,region\nN1,HW,50,1,1,B1,R1\n"
                 "N2,TR,60,1,2,B1,R1\nN3,HW,70,2,3,B2,R2\nN4,TR,80,2,1,B1,R1\n"),
     OFFERS_TABLE("id,donor,quantity,category,status,lapses,cost,parent\n"
                  "O1,D1,40,*,paid,2026-02-01,0.5,\nO2,D1,60,HW,committed,,1,\n"
                  "O3,D2,50,*,committed,2026-03-01,-1,\nO4,D2,30,*,paid,,2,O3\n"),
     {"donors.csv", "id,budget,currency\nD1,70,EUR\nD2,,\n"},
     {"beneficiaries.csv", "id,max_value\nB1,90\nB2,\n"},
     SETTINGS("fairness,none\nstart,2026-01-01\nend,2026-12-31\n")},
    {NEEDS_TABLE("id,category,quantity,priority,weight,beneficiary\nN1,HW,50,1,1,B1\n"
                 "N2,TR,60,1,1,B1\nN3,HW,70,1,3,B2\nN4,TR,80,1,3,B2\n"),
     OFFERS_TABLE("id,donor,quantity,category,status,cost,parent\nO1,D1,90,TR,paid,3,\n"
                  "O2,D1,60,HW,committed,4,O1\nO3,D1,50,*,pledged,3,O1\n"),
     SETTINGS("fairness,beneficiary\nplan_on,pledged\n")},
    {NEEDS_TABLE("id,category,quantity,priority,beneficiary\nN1,HW,50,1,B1\nN2,TR,60,2,B1\n"
                 "N3,HW,70,1,B2\nN4,HW,80,2,B2\n"),
     OFFERS_TABLE(
         "id,donor,quantity,category,status,cost\nO1,D1,90,*,paid,3\nO2,D2,60,HW,committed,4\n"
         "O3,D2,50,*,committed,4\n"),
     {"beneficiaries.csv", "id,max_value\nB1,90\nB2,80\n"},
     {"donors.csv", "id,budget,currency\nD1,70,EUR\nD2,70,EUR\n"},
     SETTINGS("fairness,beneficiary\n")},
};

static void no_cycle_changes_a_stage_by_more_than_it_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CYCLE_ROUNDS); i++) {
        Pipeline *run = case_formulate(CYCLE_ROUNDS[i]);
        NetworkCase c = {.label = "cycles"};
        if (run->status != STATUS_OK)
            pipeline_print(run);
        assert_int_equal(run->status, STATUS_OK);
        assert_true(class_case_open(&c, run));
        const ClassNetwork *net = &c.net;
        CycleSearch search = {.net = net,
                              .cost = ARENA_NEW(run->arena, net->stage_count, int64_t *),
                              .on_path = ARENA_NEW(run->arena, (size_t)net->node_count, bool),
                              .sum = ARENA_NEW(run->arena, net->stage_count, int64_t),
                              .most = ARENA_NEW(run->arena, net->stage_count, int64_t)};
        for (size_t s = 0; s < net->stage_count; s++) {
            search.cost[s] = ARENA_NEW(run->arena, (size_t)net->arc_count, int64_t);
            for (size_t k = 0; k < net->stages[s].count; k++)
                search.cost[s][net->stages[s].arcs[k]] = net->stages[s].costs[k];
        }
        for (search.start = 0; search.start < net->node_count; search.start++)
            walk(&search, search.start, -1);
        assert_true(search.found > 20);
        for (size_t s = 0; s < net->stage_count; s++)
            if (search.most[s] > net->stages[s].cycle_most)
                fail_msg("round %zu, %s: a cycle changes by %ld, more than %ld", i,
                         net->stages[s].label, (long)search.most[s],
                         (long)net->stages[s].cycle_most);
        pipeline_free(run);
    }
}

/** What all arcs at a node share stands at the one arc on its other side. */
static void equal_costs_are_one_cost(void **state)
{
    (void)state;
    static const struct {
        size_t round;
        const char *label;
        size_t count;
        int64_t cycle_most;
    } STAGES[] = {
        /* groups of weight 1 and 3, nothing at their classes */
        {1, "tier 1", 2, 3},
        /* O1 costs 3; of its children one costs 1 more and one the same */
        {1, "cost", 2, 4},
        /* D1's offer costs 3, both of D2's cost 4 */
        {2, "cost", 2, 4},
    };
    for (size_t i = 0; i < COUNT_OF(STAGES); i++) {
        Pipeline *run = case_formulate(CYCLE_ROUNDS[STAGES[i].round]);
        NetworkCase c = {.label = "equal costs"};
        assert_int_equal(run->status, STATUS_OK);
        assert_true(class_case_open(&c, run));
        const NetworkStage *stage = stage_of(&c.net, STAGES[i].label);
        assert_case_int(STAGES[i].label, (int64_t)stage->count, (int64_t)STAGES[i].count);
        assert_case_int(STAGES[i].label, stage->cycle_most, STAGES[i].cycle_most);
        pipeline_free(run);
    }
}

/* ---- by hand -------------------------------------------------------------------------------- */

/** Two needs of one class share two offers: 70 and 50 against 60 and 60 euros. */
static void lines_come_north_west(void **state)
{
    (void)state;
    Pipeline *run = case_formulate((CaseFile[]){
        NEEDS_TABLE("id,category,quantity,weight\nN1,HW,70,2\nN2,HW,50,2\nN3,TR,9,1\n"),
        OFFERS_TABLE("id,donor,quantity,category\nO1,D1,60,HW\nO2,D2,60,HW\n"),
        SETTINGS("fairness,none\n"),
        {0}});
    NetworkCase c = {.label = "north west"};
    Plan plan = {0};
    assert_int_equal(run->status, STATUS_OK);
    assert_true(class_case_open(&c, run));
    /* source, two offers, one signature; two offers in, two flows, one class */
    assert_int_equal(c.net.node_count, 4);
    assert_int_equal(c.net.arc_count, 5);
    assert_non_null(c.net.classes);
    assert_int_equal(c.net.classes->class_count, 1);
    const NetworkStage *tier = stage_of(&c.net, "tier 1");
    /* 2 * 120 + 1 * 9 euros wanted; what flows counts twice */
    assert_close(class_stage_value(tier, c.flow), 249, 0, 1e-12);
    assert_close(class_stage_value(tier, c.net.greedy), 9, 1e-9, 0);
    assert_int_equal(tier->count, 1);
    assert_true(tier->costs[0] == -1);
    assert_true(tier->cycle_most == 1);
    assert_int_equal(class_network_lines(&c.net, c.net.greedy, run->arena, &plan), STATUS_OK);
    static const struct {
        int need, offer;
        int64_t cents;
    } LINES[] = {{0, 0, 6000}, {0, 1, 1000}, {1, 1, 5000}};
    assert_int_equal(plan.assignment_count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(plan.assignments[i].need, LINES[i].need);
        assert_int_equal(plan.assignments[i].offer, LINES[i].offer);
        assert_true(plan.assignments[i].quantity == LINES[i].cents);
        assert_true(plan.assignments[i].basis == BASIS_COMMITTED);
    }
    pipeline_free(run);
}

static void a_flow_that_is_none_is_refused(void **state)
{
    (void)state;
    Pipeline *run = case_formulate(CYCLE_ROUNDS[0]);
    NetworkCase c = {.label = "no flow"};
    Plan plan = {0};
    assert_int_equal(run->status, STATUS_OK);
    assert_true(class_case_open(&c, run));
    for (int a = 0; a < c.net.arc_count; a++)
        for (int change = -1; change <= 1; change += 2) {
            memcpy(c.flow, c.net.greedy, (size_t)c.net.arc_count * sizeof *c.flow);
            c.flow[a] += change;
            assert_int_equal(class_network_lines(&c.net, c.flow, run->arena, &plan),
                             STATUS_INTERNAL);
        }
    pipeline_free(run);
}

/** O2 (60, of which 20 at most out of O1's 50) lapses first; in kind and unplanned money lapse too. */
static void stages_by_hand(void **state)
{
    (void)state;
    Pipeline *run = case_formulate((CaseFile[]){
        NEEDS_TABLE("id,category,quantity,priority,covered\nN1,HW,70,1,20\nN2,HW,50,2,\n"
                    "N3,HW,9,3,9\n"),
        OFFERS_TABLE(
            "id,donor,quantity,unit,category,status,lapses,cost,unit_value,parent\n"
            "O1,D1,50,EUR,*,paid,2026-03-01,0.5,,\nO2,D1,20,EUR,*,paid,2026-02-01,0.25,,O1\n"
            "O3,D2,30,EUR,*,committed,,1,,\nO4,D2,4,seat,*,paid,2026-02-01,,10,\n"),
        SETTINGS("start,2026-01-01\nend,2026-12-31\nfairness,need\n"),
        {0}});
    NetworkCase c = {.label = "by hand"};
    assert_int_equal(run->status, STATUS_OK);
    assert_true(class_case_open(&c, run));
    static const struct {
        const char *label;
        double none, greedy;
    } STAGES[] = {
        /* greedy: N1 gets 20 of O2, 30 of O1; N2 gets 30 of O3 */
        {"tier 1", 50, 0},
        {"tier 2", 50, 20},
        {"firmness committed 1", 0, 0},
        {"firmness committed 2", 0, 30},
        {"tier 3", 0, 0}, /* covered elsewhere: nothing flows, and its stages are there */
        {"firmness committed 3", 0, 0},
        {"lapsing 2026-02-01", 60, 40},
        {"lapsing 2026-03-01", 50, 0},
        {"cost", 0, 20 * 0.25 + 30 * 0.5 + 30},
    };
    for (size_t i = 0; i < COUNT_OF(STAGES); i++) {
        const NetworkStage *stage = stage_of(&c.net, STAGES[i].label);
        assert_close(class_stage_value(stage, c.flow), STAGES[i].none, 1e-9, 0);
        assert_close(class_stage_value(stage, c.net.greedy), STAGES[i].greedy, 1e-9, 0);
    }
    const NetworkStage *fair = stage_of(&c.net, "fairness 1");
    assert_int_equal(fair->group_count, 1);
    assert_true(fair->group_met[0] == 2000 && fair->group_wanted[0] == 7000);
    assert_true(c.net.greedy[fair->group_arcs[0]] == 5000);
    assert_true(c.net.stages[c.net.stage_count - 1].kind == STAGE_CANONICAL);
    pipeline_free(run);
}

static void memory_may_be_short_at_any_point(void **state)
{
    (void)state;
    Pipeline *run = case_formulate(CYCLE_ROUNDS[0]);
    Status status = STATUS_NO_MEMORY;
    assert_int_equal(run->status, STATUS_OK);
    for (size_t calls = 0; status != STATUS_OK; calls++) {
        Arena *arena = arena_new();
        ClassNetwork net;
        Plan plan = {0};
        const char *why = NULL;
        arena_fail_after(arena, calls);
        status = class_network_fits(&run->round, &why, arena) ? STATUS_OK : STATUS_NO_MEMORY;
        assert_true(status == STATUS_OK || why != NULL);
        if (status == STATUS_OK)
            status = class_network_build(&run->round, NULL, arena, &net);
        if (status == STATUS_OK)
            status = class_network_lines(&net, net.greedy, arena, &plan);
        assert_true(status == STATUS_OK || status == STATUS_NO_MEMORY);
        assert_true(calls < 2000);
        arena_free(arena);
    }
    pipeline_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_come_north_west),
        cmocka_unit_test(stages_by_hand),
        cmocka_unit_test(a_flow_that_is_none_is_refused),
        cmocka_unit_test(equal_costs_are_one_cost),
        cmocka_unit_test(no_cycle_changes_a_stage_by_more_than_it_says),
        cmocka_unit_test(memory_may_be_short_at_any_point),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
