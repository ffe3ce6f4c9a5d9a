/* Searches of residual graphs drawn at random, against a matrix of what every pair of nodes has room for,
 * searched plainly: what is reached, how much can go (Ford and Fulkerson 1956), what stops it; sets that
 * are kept while the plan changes.
 */
#include "solver/hold_reaches.h"
#include "tests/support/test_support.h"

#include <string.h>

/* Tails of arcs that carry any amount lie in one word of bits, their heads in two. */
enum { TAILS = 6, FIRST_HEAD = 56, HEADS = 16, NODES = FIRST_HEAD + HEADS, ARCS_MOST = 400 };

enum { ROUNDS = 200, CHANGES = 40 };

typedef struct Case {
    TestRandom random;
    Arena *arena;
    HoldGraph graph;
    int64_t room[NODES][NODES]; /* of all arcs from one to the other, along and back */
    bool reached[NODES], expected[NODES];
} Case;

static int any_node(Case *c)
{
    return (int)random_between(&c->random, 0, NODES - 1);
}

static void draw_arc(Case *c, int from, int to)
{
    int64_t upper = random_between(&c->random, 0, 9);
    int64_t flow = random_chance(&c->random, 2) ? 0 : random_between(&c->random, 0, upper);
    (void)hold_add_arc(&c->graph, from, to, flow, upper);
}

/** Half of the pairs of a tail and a head; as many arcs again between any two nodes. */
static void draw(Case *c, uint64_t seed)
{
    c->random = random_seeded(seed);
    c->arena = arena_new();
    assert_int_equal(hold_graph_begin(NODES, ARCS_MOST, c->arena, &c->graph), STATUS_OK);
    for (int t = 1; t <= TAILS; t++)
        for (int h = FIRST_HEAD; h < NODES; h++)
            if (random_chance(&c->random, 2))
                (void)hold_add_arc(&c->graph, t, h,
                                   random_chance(&c->random, 3) ? random_between(&c->random, 1, 9)
                                                                : 0,
                                   INT64_MAX / 4);
    hold_graph_free_arcs(&c->graph, 0, c->graph.arc_count);
    for (int i = 0; i < 2 * NODES; i++) {
        int from = any_node(c), to = any_node(c);
        if (from != to)
            draw_arc(c, from, to);
    }
    assert_int_equal(hold_graph_end(&c->graph, c->arena), STATUS_OK);
    assert_true(c->graph.dense.there);
}

/* ---- the plain way ---------------------------------------------------------------------------- */

static void fill_matrix(Case *c)
{
    memset(c->room, 0, sizeof c->room);
    for (int a = 0; a < c->graph.arc_count; a++) {
        const HoldArc *arc = &c->graph.arcs[a];
        if (a == c->graph.closed)
            continue;
        c->room[arc->from][arc->to] += arc->upper - arc->flow;
        c->room[arc->to][arc->from] += arc->flow - (arc->hold == HOLD_EQUALS ? arc->least : 0);
    }
}

/** Rounds over all pairs until nothing more is reached. @param before  where each was reached from, or NULL */
static void reach_plainly(Case *c, int node, bool back, int *before)
{
    bool grown = true;
    memset(c->expected, 0, sizeof c->expected);
    c->expected[node] = true;
    while (grown) {
        grown = false;
        for (int v = 0; v < NODES; v++)
            for (int w = 0; w < NODES; w++) {
                int64_t room = back ? c->room[w][v] : c->room[v][w];
                if (!c->expected[v] || c->expected[w] || room <= 0)
                    continue;
                c->expected[w] = grown = true;
                if (before != NULL)
                    before[w] = v;
            }
    }
}

/** One path after another. Leaves in the matrix what room there is then. */
static int64_t fill_plainly(Case *c, int from, int to)
{
    int before[NODES];
    int64_t filled = 0;
    for (reach_plainly(c, from, false, before); c->expected[to];
         reach_plainly(c, from, false, before)) {
        int64_t most = INT64_MAX;
        for (int v = to; v != from; v = before[v])
            most = c->room[before[v]][v] < most ? c->room[before[v]][v] : most;
        for (int v = to; v != from; v = before[v]) {
            c->room[before[v]][v] -= most;
            c->room[v][before[v]] += most;
        }
        filled += most;
    }
    return filled;
}

static void assert_reached(const Case *c, const bool *set)
{
    assert_memory_equal(set, c->expected, sizeof c->expected);
}

/* ---- tests ------------------------------------------------------------------------------------ */

static void a_search_finds_what_there_is_room_to_reach(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        Case c;
        draw(&c, seed);
        if (random_chance(&c.random, 3)) /* also one of those that are bits */
            c.graph.closed = (int)random_between(&c.random, 0, c.graph.arc_count - 1);
        fill_matrix(&c);
        for (int node = 0; node < NODES; node += 7) {
            reach_plainly(&c, node, false, NULL);
            hold_reach(&c.graph, node, c.reached);
            assert_reached(&c, c.reached);
            reach_plainly(&c, node, true, NULL);
            hold_reach_back(&c.graph, node, c.reached);
            assert_reached(&c, c.reached);
        }
        arena_free(c.arena);
    }
}

static void as_much_is_filled_as_paths_carry_and_what_stops_it_is_told(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        Case c;
        bool begins[NODES], ends[NODES];
        draw(&c, seed);
        int from = any_node(&c), to = any_node(&c);
        fill_matrix(&c);
        int64_t expected = from == to ? 0 : fill_plainly(&c, from, to);
        if (from != to && expected < INT64_MAX / 8) { /* not by arcs without a bound alone */
            assert_int_equal(hold_cut(&c.graph, from, to, INT64_MAX / 4, begins, ends), expected);
            assert_reached(&c, begins); /* by the last of its searches */
            reach_plainly(&c, to, true, NULL);
            assert_reached(&c, ends);
            assert_int_equal(hold_push(&c.graph, from, to, expected / 2), expected / 2);
            int64_t first = hold_fill(&c.graph, from, to, expected / 3);
            assert_int_equal(first, expected / 3);
            assert_int_equal(hold_fill(&c.graph, from, to, INT64_MAX / 4), expected - first);
            hold_last_back(&c.graph, c.reached);
            assert_reached(&c, c.reached);
            hold_restore(&c.graph);
        }
        for (int a = 0; a < c.graph.arc_count; a++)
            assert_int_equal(c.graph.arcs[a].flow, c.graph.arcs[a].planned);
        arena_free(c.arena);
    }
}

/** An arc of the plan gets another flow and another bound, or keeps what it has. */
static void change(Case *c)
{
    int first = c->graph.dense.end_arc;
    int number = (int)random_between(&c->random, first, c->graph.arc_count - 1);
    int64_t upper = random_between(&c->random, 0, 9);
    if (random_chance(&c->random, 3))
        hold_keep_least(&c->graph, number, c->graph.arcs[number].flow);
    else
        hold_set_plan(&c->graph, number, random_between(&c->random, 0, upper), upper);
}

/** Few nodes are asked about, so that most sets have been found before. */
static void sets_that_are_kept_follow_what_changes(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        Case c;
        HoldReaches reaches;
        draw(&c, seed);
        assert_int_equal(hold_reaches_open(&c.graph, c.arena, &reaches), STATUS_OK);
        reaches.room = 5; /* of the 12 */
        for (int i = 0; i < CHANGES; i++) {
            int node = (int)random_between(&c.random, 0, 5) * 12;
            bool back = random_chance(&c.random, 2);
            fill_matrix(&c);
            reach_plainly(&c, node, back, NULL);
            assert_reached(&c, hold_reaches(&reaches, node, back));
            if (random_chance(&c.random, 2))
                change(&c);
        }
        arena_free(c.arena);
    }
}

/** More changes than are remembered. */
static void a_set_from_long_ago_is_found_anew(void **state)
{
    (void)state;
    Case c;
    HoldReaches reaches;
    draw(&c, 1);
    assert_int_equal(hold_reaches_open(&c.graph, c.arena, &reaches), STATUS_OK);
    for (int round = 0; round < 10; round++) {
        fill_matrix(&c);
        reach_plainly(&c, 0, false, NULL);
        assert_reached(&c, hold_reaches(&reaches, 0, false));
        for (int i = 0; i < 4 * HOLD_CHANGES; i++)
            change(&c);
    }
    arena_free(c.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_search_finds_what_there_is_room_to_reach),
        cmocka_unit_test(as_much_is_filled_as_paths_carry_and_what_stops_it_is_told),
        cmocka_unit_test(sets_that_are_kept_follow_what_changes),
        cmocka_unit_test(a_set_from_long_ago_is_found_anew),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
