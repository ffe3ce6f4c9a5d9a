/* Where the network simplex comes to the end of its numbers or of memory, and that it goes equal ways.
 */
#include "tests/support/network_case.h"

/** A ring of four arcs, all at 1 unit by their lower bounds. */
static NetworkCase ring(int64_t cost)
{
    NetworkCase c = {.nodes = 4, .stages = 1};
    for (int v = 0; v < 4; v++) {
        network_case_arc(&c, v, (v + 1) % 4, 0, 2);
        c.cost[0][v] = v == 3 ? -cost : cost / 4;
    }
    return c;
}

static void costs_that_add_up_too_far_are_told(void **state)
{
    (void)state;
    NetworkCase c = ring(INT64_C(1) << 60), small = ring(1 << 10);
    NetworkSimplex *net = network_case_open(&c, network_case_arena);
    network_case_objective(&c, 0, net);
    assert_int_equal(network_solve(net), NETWORK_OPTIMAL); /* 3/4 - 1 < 0 */
    assert_int_equal(network_flow(net, 0), 2);
    for (int a = 0; a < 4; a++)
        c.cost[0][a] = -(INT64_C(1) << 60); /* three of them in a row are 3/4 of 2^62 */
    network_case_objective(&c, 0, net);
    assert_int_equal(network_solve(net), NETWORK_OVERFLOW);
    NetworkSimplex *fresh = network_case_open(&c, network_case_arena);
    network_case_objective(&c, 0, fresh);
    assert_int_equal(network_solve(fresh), NETWORK_OVERFLOW); /* it comes to that by pivots */
    assert_true(network_pivots(fresh) > 0);
    c.cost[0][1] = NETWORK_COST_LIMIT + 1;
    network_case_objective(&c, 0, net);
    assert_int_equal(network_solve(net), NETWORK_OVERFLOW);
    network_case_objective(&small, 0, net);
    assert_int_equal(network_solve(net), NETWORK_OPTIMAL); /* and then goes on */
    assert_int_equal(network_flow(net, 0), 2);
    assert_proven(&small, 0, net);
}

static void breaches_that_do_not_add_up_are_told(void **state)
{
    (void)state;
    NetworkCase c = ring(4);
    NetworkSimplex *net = network_case_open(&c, network_case_arena);
    network_case_objective(&c, 0, net);
    network_bound_arc(net, 0, INT64_MAX - 1, INT64_MAX);
    network_bound_arc(net, 2, INT64_MAX - 1, INT64_MAX);
    assert_int_equal(network_solve(net), NETWORK_OVERFLOW);
    assert_int_equal(network_solve(net), NETWORK_OVERFLOW);
    network_bound_arc(net, 2, 0, INT64_MAX);
    assert_int_equal(network_solve(net), NETWORK_INFEASIBLE); /* arc 1 carries 2 */
    network_bound_arc(net, 0, 1, 2);
    assert_int_equal(network_solve(net), NETWORK_OPTIMAL);
    assert_int_equal(network_flow(net, 2), 2); /* 3/4 * 4 < 4: the ring gains 1 a unit */
}

/** One arc of three carries 5 too much for its bound, the others 5 too little, all at the end of
 *  int64_t: nothing fits, and where no number is left to say so nothing is decided. */
static void flows_at_the_end_of_the_numbers_stay_there(void **state)
{
    (void)state;
    bool told = false;
    for (int much = 0; much < 3; much++) {
        NetworkCase c = {.nodes = 3, .stages = 1};
        for (int v = 0; v < 3; v++)
            network_case_arc(&c, v, (v + 1) % 3, INT64_MAX - 5, INT64_MAX);
        NetworkBounds saved;
        NetworkSimplex *net = network_case_open(&c, network_case_arena);
        assert_int_equal(network_save_bounds(net, network_case_arena, &saved), STATUS_OK);
        network_bound_arc(net, 1, 0, INT64_MAX); /* three such breaches do not add up */
        network_bound_arc(net, 2, 0, INT64_MAX);
        assert_int_equal(network_solve(net), NETWORK_OPTIMAL);
        for (int v = 0; v < 3; v++)
            network_bound_arc(net, v, v == much ? 0 : INT64_MAX,
                              v == much ? INT64_MAX - 10 : INT64_MAX);
        NetworkOutcome outcome = network_solve(net);
        assert_int_not_equal(outcome, NETWORK_OPTIMAL);
        told = told || outcome == NETWORK_OVERFLOW;
        network_restore_bounds(net, &saved);
        assert_int_equal(network_solve(net), NETWORK_OPTIMAL);
        assert_circulation(&c, net);
        assert_proven(&c, 0, net);
        assert_sound_tree(net);
    }
    assert_true(told);
}

/** Of 0 -> 1 at 1, 0 -> 2 -> 1 at 3 the least is broken by -3 in the first, and then it must carry
 *  all there is: how much is missing is no number. */
static void a_breach_beyond_all_numbers_is_told(void **state)
{
    (void)state;
    for (int turn = 0; turn < 3; turn++) {
        NetworkCase c = {.nodes = 3, .stages = 1};
        int a = turn, b = (turn + 1) % 3, way = (turn + 2) % 3;
        network_case_arc(&c, a, b, 1, 1);
        network_case_arc(&c, a, way, 3, 3);
        network_case_arc(&c, way, b, 3, 3);
        NetworkSimplex *net = network_case_open(&c, network_case_arena);
        assert_int_equal(network_solve(net), NETWORK_INFEASIBLE);
        assert_int_equal(network_flow(net, 0), -3);
        network_bound_arc(net, 0, INT64_MAX, INT64_MAX);
        assert_int_equal(network_flow(net, 0), -3);
        assert_int_equal(network_solve(net), NETWORK_OVERFLOW);
        for (int arc = 0; arc < 3; arc++)
            network_bound_arc(net, arc, 0, 3);
        assert_int_equal(network_solve(net), NETWORK_OPTIMAL);
        assert_sound_tree(net);
    }
}

static void equal_networks_go_equal_ways(void **state)
{
    (void)state;
    TestRandom random = random_seeded(7);
    NetworkCase c = network_case_drawn(&random, 40, CASE_ARCS, 0);
    NetworkSimplex *one = network_case_open(&c, network_case_arena),
                   *two = network_case_open(&c, network_case_arena);
    network_case_objective(&c, 0, one);
    network_case_objective(&c, 0, two);
    assert_int_equal(network_solve(one), NETWORK_OPTIMAL);
    assert_int_equal(network_solve(two), NETWORK_OPTIMAL);
    assert_int_equal(network_pivots(one), network_pivots(two));
    for (int a = 0; a < c.arcs; a++)
        assert_int_equal(network_flow(one, a), network_flow(two, a));
}

static void memory_that_ends_is_told(void **state)
{
    (void)state;
    NetworkCase c = ring(4);
    NetworkSimplex *net = NULL;
    size_t calls = 0;
    for (; net == NULL && calls < 100; calls++) {
        arena_fail_after(network_case_arena, calls);
        net = network_open(c.nodes, c.arcs, c.from, c.to, c.lower, c.upper, network_case_arena);
    }
    assert_in_range(calls, 10, 99);
    NetworkBounds saved;
    arena_fail_after(network_case_arena, 1);
    assert_int_equal(network_save_bounds(net, network_case_arena, &saved), STATUS_NO_MEMORY);
    arena_fail_after(network_case_arena, SIZE_MAX);
    assert_int_equal(network_save_bounds(net, network_case_arena, &saved), STATUS_OK);
}

#define IN_ARENA(test)                                                                             \
    cmocka_unit_test_setup_teardown(test, network_case_setup, network_case_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_ARENA(costs_that_add_up_too_far_are_told),
        IN_ARENA(breaches_that_do_not_add_up_are_told),
        IN_ARENA(flows_at_the_end_of_the_numbers_stay_there),
        IN_ARENA(a_breach_beyond_all_numbers_is_told),
        IN_ARENA(equal_networks_go_equal_ways),
        IN_ARENA(memory_that_ends_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
