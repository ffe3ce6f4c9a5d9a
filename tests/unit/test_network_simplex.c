/* The network simplex against GLPK, against every circulation of tiny networks, and against its own
 * potentials as a proof; and what is changed between solves.
 */
#include "tests/support/network_case.h"

/* ---- by hand -------------------------------------------------------------------------------- */

/** Two ways from 0 to 3 and back with a gain of 10: by 1 at 2 a unit for 4 units, by 2 at 7 for 5;
 *  at most 6 come back. 4 * (2 - 10) + 2 * (7 - 10) = -38. */
static NetworkCase two_ways(void)
{
    NetworkCase c = {.nodes = 4, .stages = 1};
    network_case_arc(&c, 0, 1, 0, 4);
    network_case_arc(&c, 1, 3, 0, 9);
    network_case_arc(&c, 0, 2, 0, 5);
    network_case_arc(&c, 2, 3, 0, 9);
    network_case_arc(&c, 3, 0, 0, 6);
    c.cost[0][0] = 2;
    c.cost[0][2] = 7;
    c.cost[0][4] = -10;
    return c;
}

static void cheap_ways_fill_before_dear_ones(void **state)
{
    (void)state;
    NetworkCase c = two_ways();
    NetworkSimplex *net = network_case_open(&c, network_case_arena);
    network_case_objective(&c, 0, net);
    assert_int_equal(network_solve(net), NETWORK_OPTIMAL);
    assert_int_equal(network_flow(net, 0), 4);
    assert_int_equal(network_flow(net, 2), 2);
    assert_int_equal(network_flow(net, 4), 6);
    assert_int_equal(network_state(net, 4), ARC_AT_UPPER);
    assert_int_equal(network_reduced_cost(net, 4), -3); /* one more would come by node 2 */
    assert_int_equal(network_reduced_cost(net, 0), -5); /* and here instead of there */
    assert_proven(&c, 0, net);
}

/** At three times the costs everything is worth three times as much, and nothing moves. */
static void an_optimal_tree_is_priced_for_other_costs(void **state)
{
    (void)state;
    NetworkCase c = two_ways();
    c.stages = 2;
    for (int a = 0; a < c.arcs; a++)
        c.cost[1][a] = 3 * c.cost[0][a];
    NetworkSimplex *net = network_case_open(&c, network_case_arena);
    network_case_objective(&c, 0, net);
    assert_false(network_reprice(net)); /* nothing was solved yet */
    assert_int_equal(network_solve(net), NETWORK_OPTIMAL);
    long pivots = network_pivots(net);
    network_case_objective(&c, 1, net);
    assert_true(network_reprice(net));
    assert_int_equal(network_reduced_cost(net, 4), -9);
    assert_int_equal(network_reduced_cost(net, 0), -15);
    assert_proven(&c, 1, net);
    assert_int_equal(network_pivots(net), pivots);
    network_bound_arc(net, 4, 0, 5);
    assert_false(network_reprice(net));
}

/** 2^60 + 1 by the free arc, the rest of 2^61 by the other: no double can tell. */
static void numbers_beyond_doubles_are_exact(void **state)
{
    (void)state;
    const int64_t big = INT64_C(1) << 60;
    NetworkCase c = {.nodes = 2, .stages = 1};
    network_case_arc(&c, 0, 1, 0, big + 1);
    network_case_arc(&c, 0, 1, 0, INT64_MAX / 4);
    network_case_arc(&c, 1, 0, 2 * big - 1, 2 * big - 1);
    c.cost[0][0] = big - 1;
    c.cost[0][1] = big;
    NetworkSimplex *net = network_case_open(&c, network_case_arena);
    network_case_objective(&c, 0, net);
    assert_int_equal(network_solve(net), NETWORK_OPTIMAL);
    assert_int_equal(network_flow(net, 0), big + 1);
    assert_int_equal(network_flow(net, 1), big - 2);
    assert_proven(&c, 0, net);
}

static void an_arc_from_a_node_to_itself_goes_to_its_better_bound(void **state)
{
    (void)state;
    NetworkCase c = {.nodes = 1, .stages = 1};
    network_case_arc(&c, 0, 0, 2, 5);
    network_case_arc(&c, 0, 0, 1, 7);
    c.cost[0][0] = 1;
    c.cost[0][1] = -1;
    NetworkSimplex *net = network_case_open(&c, network_case_arena);
    network_case_objective(&c, 0, net);
    assert_int_equal(network_solve(net), NETWORK_OPTIMAL);
    assert_int_equal(network_flow(net, 0), 2);
    assert_int_equal(network_flow(net, 1), 7);
    assert_proven(&c, 0, net);
}

static void a_network_may_have_no_arcs(void **state)
{
    (void)state;
    NetworkCase c = {.nodes = 3, .stages = 1};
    NetworkSimplex *net = network_case_open(&c, network_case_arena);
    assert_int_equal(network_solve(net), NETWORK_OPTIMAL);
    network_freeze(net);
    assert_int_equal(network_solve(net), NETWORK_OPTIMAL);
    assert_false(network_hangs_free(net, 0));
    assert_int_equal(network_pivots(net), 0);
}

/* ---- against judges ------------------------------------------------------------------------- */

static void drawn_networks_are_solved_as_glpk_does(void **state)
{
    (void)state;
    int infeasible = 0;
    for (uint64_t seed = 1; seed <= 600; seed++) {
        TestRandom random = random_seeded(seed);
        int nodes = (int)random_between(&random, 1, 12);
        int arcs = (int)random_between(&random, 0, 4 * nodes);
        NetworkCase c = network_case_drawn(&random, nodes, arcs, seed % 2 == 0 ? 4 : 0);
        NetworkSimplex *net = network_case_open(&c, network_case_arena);
        network_case_objective(&c, 0, net);
        assert_as_judged(seed, &c, net);
        infeasible += network_solve(net) == NETWORK_INFEASIBLE; /* says so again */
    }
    assert_in_range(infeasible, 50, 400); /* both outcomes were met */
}

static void larger_networks_are_solved_as_glpk_does(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        TestRandom random = random_seeded(seed);
        NetworkCase c = seed % 2 == 0 ? network_case_drawn(&random, 40, CASE_ARCS, 0)
                                      : network_case_around_flow(&random, 50, 100);
        NetworkSimplex *net = network_case_open(&c, network_case_arena);
        network_case_objective(&c, 0, net);
        assert_as_judged(seed, &c, net);
    }
}

static void stages_are_solved_as_glpk_does_one_after_another(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        TestRandom random = random_seeded(seed);
        int64_t value[CASE_STAGES];
        NetworkCase c = network_case_around_flow(&random, 3 + (int)(seed % 12), 20);
        network_case_draw_costs(&c, &random, CASE_STAGES, 1 + (int64_t)(seed % 3));
        assert_true(network_case_judged(&c, value));
        NetworkSimplex *net = network_case_open(&c, network_case_arena);
        for (int s = 0; s < CASE_STAGES; s++) {
            network_case_objective(&c, s, net);
            assert_int_equal(network_solve(net), NETWORK_OPTIMAL);
            assert_circulation(&c, net);
            assert_proven(&c, s, net);
            network_freeze(net);
            assert_sound_tree(net);
            for (int before = 0; before <= s; before++)
                if (network_case_value(&c, before, net) != value[before])
                    fail_msg("seed %lu: stage %d after %d", (unsigned long)seed, before, s);
        }
    }
}

static void freezing_leaves_all_optimal_circulations_and_no_others(void **state)
{
    (void)state;
    long several = 0;
    for (uint64_t seed = 1; seed <= 300; seed++) {
        TestRandom random = random_seeded(seed);
        NetworkCase c = {.nodes = (int)random_between(&random, 1, 4)};
        for (int arcs = (int)random_between(&random, 1, 6); c.arcs < arcs;)
            network_case_arc(&c, (int)random_between(&random, 0, c.nodes - 1),
                             (int)random_between(&random, 0, c.nodes - 1), 0,
                             random_between(&random, 0, 3));
        network_case_draw_costs(&c, &random, 1, 2);
        NetworkSimplex *net = network_case_open(&c, network_case_arena);
        network_case_objective(&c, 0, net);
        assert_int_equal(network_solve(net), NETWORK_OPTIMAL);
        network_freeze(net);
        several += assert_only_optima(&c, net) > 1;
    }
    assert_true(several > 50);
}

/* ---- starts --------------------------------------------------------------------------------- */

static void any_circulation_is_a_start(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 300; seed++) {
        TestRandom random = random_seeded(seed);
        NetworkCase c = network_case_around_flow(&random, 2 + (int)(seed % 15), 30);
        NetworkSimplex *net = network_case_open(&c, network_case_arena);
        assert_int_equal(network_start(net, c.flow), STATUS_OK);
        assert_sound_tree(net);
        for (int a = 0; a < c.arcs; a++)
            assert_int_equal(network_flow(net, a), c.flow[a]);
        network_case_objective(&c, 0, net);
        assert_as_judged(seed, &c, net);
        assert_int_equal(network_start(net, c.flow), STATUS_OK); /* and again, after a solve */
        assert_as_judged(seed, &c, net);
        NetworkSimplex *at;
        NetworkArcs arcs = {c.nodes, c.arcs, c.from, c.to, c.lower, c.upper};
        assert_int_equal(network_open_at(&arcs, c.flow, network_case_arena, &at), STATUS_OK);
        assert_sound_tree(at);
        network_case_objective(&c, 0, at);
        assert_as_judged(seed, &c, at);
    }
}

static void an_optimal_start_needs_no_pivot(void **state)
{
    (void)state;
    NetworkCase c = two_ways();
    NetworkSimplex *net = network_case_open(&c, network_case_arena);
    network_case_objective(&c, 0, net);
    assert_int_equal(network_start(net, (int64_t[]){4, 4, 2, 2, 6}), STATUS_OK);
    assert_int_equal(network_solve(net), NETWORK_OPTIMAL);
    assert_int_equal(network_case_value(&c, 0, net), -38);
    assert_int_equal(network_pivots(net), 0);
}

static void what_is_no_circulation_is_refused_as_a_start(void **state)
{
    (void)state;
    NetworkCase c = two_ways();
    NetworkSimplex *net = network_case_open(&c, network_case_arena);
    network_case_objective(&c, 0, net);
    assert_int_equal(network_solve(net), NETWORK_OPTIMAL);
    assert_int_equal(network_start(net, (int64_t[]){1, 1, 0, 0, 0}), STATUS_INTERNAL);
    assert_int_equal(network_start(net, (int64_t[]){5, 5, 0, 0, 5}), STATUS_INTERNAL);
    assert_int_equal(network_start(net, (int64_t[]){-1, -1, 1, 1, 0}), STATUS_INTERNAL);
    assert_int_equal(network_case_value(&c, 0, net), -38); /* nothing changed */
    NetworkArcs arcs = {c.nodes, c.arcs, c.from, c.to, NULL, c.upper};
    assert_int_equal(network_open_at(&arcs, (int64_t[]){1, 1, 0, 0, 0}, network_case_arena, &net),
                     STATUS_INTERNAL);
    assert_int_equal(network_open_at(&arcs, (int64_t[]){1, 1, 0, 0, 1}, network_case_arena, &net),
                     STATUS_OK); /* no lower bounds are lower bounds of 0 */
    network_case_objective(&c, 0, net);
    assert_int_equal(network_solve(net), NETWORK_OPTIMAL);
    assert_int_equal(network_case_value(&c, 0, net), -38);
}

/* ---- bounds --------------------------------------------------------------------------------- */

static void bound(NetworkCase *c, NetworkSimplex *net, int arc, int64_t lower, int64_t upper)
{
    c->lower[arc] = lower;
    c->upper[arc] = upper;
    network_bound_arc(net, arc, lower, upper);
}

/** Some arcs: a higher lower bound, a lower upper one, fixed, opened, or the flow's place kept. */
static void change_bounds(NetworkCase *c, NetworkSimplex *net, TestRandom *random)
{
    for (int64_t left = random_between(random, 1, 4); left > 0; left--) {
        int arc = (int)random_between(random, 0, c->arcs - 1);
        int64_t lower = c->lower[arc], upper = c->upper[arc], flow = network_flow(net, arc);
        switch (random_between(random, 0, 4)) {
        case 0: bound(c, net, arc, random_between(random, lower, upper), upper); break;
        case 1: bound(c, net, arc, lower, random_between(random, lower, upper)); break;
        case 2:
            lower = random_between(random, lower, upper);
            bound(c, net, arc, lower, lower);
            break;
        case 3: bound(c, net, arc, 0, upper + 3); break;
        default: bound(c, net, arc, flow < 0 ? 0 : flow, flow < 0 ? 0 : flow);
        }
    }
}

static void changed_bounds_are_solved_as_if_they_were_new(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 120; seed++) {
        TestRandom random = random_seeded(seed);
        NetworkCase c = network_case_around_flow(&random, 2 + (int)(seed % 10), 20);
        NetworkCase first = c;
        NetworkBounds saved;
        NetworkSimplex *net = network_case_open(&c, network_case_arena);
        network_case_objective(&c, 0, net);
        assert_int_equal(network_solve(net), NETWORK_OPTIMAL);
        int64_t value = network_case_value(&c, 0, net);
        assert_int_equal(network_save_bounds(net, network_case_arena, &saved), STATUS_OK);
        for (int trial = 0; trial < 6; trial++) {
            change_bounds(&c, net, &random);
            assert_as_judged(seed, &c, net);
        }
        network_restore_bounds(net, &saved);
        assert_as_judged(seed, &first, net);
        assert_int_equal(network_case_value(&first, 0, net), value);
    }
}

static void frozen_bounds_can_be_put_back(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 100; seed++) {
        TestRandom random = random_seeded(seed);
        NetworkCase c = network_case_around_flow(&random, 2 + (int)(seed % 10), 20);
        network_case_draw_costs(&c, &random, 2, 5);
        NetworkSimplex *net = network_case_open(&c, network_case_arena);
        NetworkBounds as_given = {c.lower, c.upper};
        network_case_objective(&c, 1, net);
        assert_int_equal(network_solve(net), NETWORK_OPTIMAL);
        network_freeze(net);
        network_restore_bounds(net, &as_given);
        network_case_objective(&c, 0, net);
        c.stages = 1;
        assert_as_judged(seed, &c, net);
    }
}

static void a_lower_bound_nothing_can_reach_is_infeasible_until_it_is_taken_back(void **state)
{
    (void)state;
    NetworkCase c = two_ways();
    NetworkSimplex *net = network_case_open(&c, network_case_arena);
    network_case_objective(&c, 0, net);
    network_bound_arc(net, 4, 7, 10);
    assert_int_equal(network_solve(net), NETWORK_OPTIMAL);
    assert_int_equal(network_case_value(&c, 0, net), -47); /* 9 units: 4 * -8 + 5 * -3 */
    network_bound_arc(net, 4, 10, 10);
    assert_int_equal(network_solve(net), NETWORK_INFEASIBLE); /* 4 + 5 < 10 */
    network_bound_arc(net, 4, 0, 6);
    assert_int_equal(network_solve(net), NETWORK_OPTIMAL);
    assert_int_equal(network_case_value(&c, 0, net), -38);
}

/* ---- degenerate ----------------------------------------------------------------------------- */

static void networks_where_little_can_move_come_to_an_end(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        TestRandom random = random_seeded(seed);
        NetworkCase c = network_case_drawn(&random, 3 + (int)(seed % 10), 120, 0);
        for (int a = 0; a < c.arcs; a++) {
            if (seed % 3 == 0 || random_chance(&random, 2))
                c.upper[a] = 0;
            if (seed % 3 == 1)
                c.cost[0][a] = 0;
            if (seed % 3 == 2)
                c.cost[0][a] = c.cost[0][a] < 0 ? -1 : 1;
        }
        NetworkSimplex *net = network_case_open(&c, network_case_arena);
        network_case_objective(&c, 0, net);
        assert_as_judged(seed, &c, net);
    }
}

/** As many as can be matched one to one: each pivot but few moves nothing. */
static void an_assignment_comes_to_an_end(void **state)
{
    (void)state;
    enum { SIDE = 16 };
    for (uint64_t seed = 1; seed <= 20; seed++) {
        TestRandom random = random_seeded(seed);
        NetworkCase c = {.nodes = 2 * SIDE + 1, .stages = 1};
        for (int i = 0; i < SIDE; i++) {
            network_case_arc(&c, 2 * SIDE, i, seed % 2 == 0 ? 1 : 0, 1);
            network_case_arc(&c, SIDE + i, 2 * SIDE, 0, 1);
            for (int j = 0; j < SIDE; j++) {
                network_case_arc(&c, i, SIDE + j, 0, 1);
                c.cost[0][c.arcs - 1] = random_between(&random, seed % 2 == 0 ? 0 : -3, 3);
            }
        }
        NetworkSimplex *net = network_case_open(&c, network_case_arena);
        network_case_objective(&c, 0, net);
        assert_as_judged(seed, &c, net);
    }
}

/** Sources that have something, each with an arc to every sink, arcs into one sink side by side: those are
 *  priced together where they cost the same. @p most of a cost, in multiples of @p unit. */
static NetworkCase transport(TestRandom *random, int64_t most, int64_t unit)
{
    enum { SOURCES = 14, SINKS = 5 };
    NetworkCase c = {.nodes = 1 + SOURCES + SINKS, .stages = 1};
    for (int i = 0; i < SOURCES; i++) {
        network_case_arc(&c, 0, 1 + i, 0, random_between(random, 1, 9));
        c.cost[0][c.arcs - 1] = unit * random_between(random, 0, most);
    }
    for (int j = 0; j < SINKS; j++)
        for (int i = 0; i < SOURCES; i++) { /* few can be full */
            network_case_arc(&c, 1 + i, 1 + SOURCES + j, 0,
                             random_chance(random, 3) ? random_between(random, 0, 3) : 1000);
            c.cost[0][c.arcs - 1] = random_chance(random, 10) ? unit : 0;
        }
    for (int j = 0; j < SINKS; j++) {
        network_case_arc(&c, 1 + SOURCES + j, 0, 0, random_between(random, 1, 40));
        c.cost[0][c.arcs - 1] = -unit * random_between(random, 0, most);
    }
    return c;
}

static void arcs_that_are_priced_together_are_solved_as_glpk_does(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        TestRandom random = random_seeded(seed);
        NetworkCase c = transport(&random, 9, 1);
        NetworkSimplex *net = network_case_open(&c, network_case_arena);
        network_case_objective(&c, 0, net);
        assert_as_judged(seed, &c, net);
    }
}

/** Sums of all changes of potentials leave the range soon, potentials never. */
static void costs_near_the_end_of_their_range_are_decided(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 100; seed++) {
        TestRandom random = random_seeded(seed), again = random_seeded(seed);
        NetworkCase small = transport(&random, 3, 1);
        NetworkCase c = transport(&again, 3, NETWORK_COST_LIMIT / 8);
        int64_t value;
        assert_true(network_case_judged(&small, &value));
        NetworkSimplex *net = network_case_open(&c, network_case_arena);
        network_case_objective(&c, 0, net);
        assert_int_equal(network_solve(net), NETWORK_OPTIMAL);
        assert_proven(&c, 0, net);
        assert_int_equal(network_case_value(&small, 0, net), value);
    }
}

#define IN_ARENA(test)                                                                             \
    cmocka_unit_test_setup_teardown(test, network_case_setup, network_case_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_ARENA(cheap_ways_fill_before_dear_ones),
        IN_ARENA(numbers_beyond_doubles_are_exact),
        IN_ARENA(an_arc_from_a_node_to_itself_goes_to_its_better_bound),
        IN_ARENA(a_network_may_have_no_arcs),
        IN_ARENA(drawn_networks_are_solved_as_glpk_does),
        IN_ARENA(larger_networks_are_solved_as_glpk_does),
        IN_ARENA(stages_are_solved_as_glpk_does_one_after_another),
        IN_ARENA(an_optimal_tree_is_priced_for_other_costs),
        IN_ARENA(freezing_leaves_all_optimal_circulations_and_no_others),
        IN_ARENA(any_circulation_is_a_start),
        IN_ARENA(an_optimal_start_needs_no_pivot),
        IN_ARENA(what_is_no_circulation_is_refused_as_a_start),
        IN_ARENA(changed_bounds_are_solved_as_if_they_were_new),
        IN_ARENA(frozen_bounds_can_be_put_back),
        IN_ARENA(a_lower_bound_nothing_can_reach_is_infeasible_until_it_is_taken_back),
        IN_ARENA(networks_where_little_can_move_come_to_an_end),
        IN_ARENA(an_assignment_comes_to_an_end),
        IN_ARENA(arcs_that_are_priced_together_are_solved_as_glpk_does),
        IN_ARENA(costs_near_the_end_of_their_range_are_decided),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
