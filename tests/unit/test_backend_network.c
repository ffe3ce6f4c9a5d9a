/* A network as a live program, by hand: it is solved, bounded anew and started from a basis as the
 * programs of test_backend.c are.
 */
#include "tests/support/test_support.h"

#include <math.h>

#include "solver/backend.h"
#include "solver/glpk_guard.h"

enum { ARCS = 3 };

typedef struct Seen {
    Arena *arena;
    BackendOutcome outcome;
    double x[ARCS];
    long iterations;
} Seen;

/** Two ways from node 0 to node 1, which keeps 6; the first carries 5. A loop carries up to 4. */
static Backend *two_ways(Arena *arena)
{
    const int from[ARCS] = {0, 0, 1}, to[ARCS] = {1, 1, 1}, columns[ARCS] = {0, 1, 2};
    const double lower[ARCS] = {0, 0, 0}, upper[ARCS] = {5, INFINITY, 4}, gain[2] = {-6, 6};
    const double costs[ARCS] = {1, 3, -1};
    const BackendNetwork net = {.node_count = 2,
                                .arc_count = ARCS,
                                .from = from,
                                .to = to,
                                .lower = lower,
                                .upper = upper,
                                .gain = gain};
    Backend *backend = backend_open_network(&net, arena);
    backend_objective(backend, ARCS, columns, costs);
    return backend;
}

static void look(Seen *seen, Backend *backend)
{
    seen->outcome = backend_solve(backend);
    seen->iterations = backend_iterations(backend);
    for (int j = 0; j < ARCS; j++)
        seen->x[j] = backend_value(backend, j);
    backend_close(backend);
}

static Seen seen_by(GuardBody *body)
{
    GuardFault fault;
    Seen seen = {.arena = arena_new()};
    if (!glpk_guard_run(body, &seen, &fault))
        fail_msg("%s", fault.text);
    arena_free(seen.arena);
    return seen;
}

static void just_solve(void *context)
{
    Seen *seen = context;
    look(seen, two_ways(seen->arena));
}

/** 5 at 1 each and 1 at 3, and 4 that earn 1 each. */
static void the_cheap_way_is_filled_first(void **state)
{
    (void)state;
    Seen seen = seen_by(just_solve);
    assert_int_equal(seen.outcome, BACKEND_OPTIMAL);
    assert_close(seen.x[0], 5, 1e-9, 0);
    assert_close(seen.x[1], 1, 1e-9, 0);
    assert_close(seen.x[2], 4, 1e-9, 0);
}

static void close_the_cheap_way(void *context)
{
    Seen *seen = context;
    Backend *backend = two_ways(seen->arena);
    (void)backend_solve(backend);
    backend_bound_column(backend, 0, 0, 0);
    look(seen, backend);
}

static void a_closed_arc_carries_nothing(void **state)
{
    (void)state;
    Seen seen = seen_by(close_the_cheap_way);
    assert_int_equal(seen.outcome, BACKEND_OPTIMAL);
    assert_close(seen.x[0], 0, 1e-9, 0);
    assert_close(seen.x[1], 6, 1e-9, 0);
}

/** The tree: node 1 hangs by the second way, node 0 by nothing. */
static void start_from_the_optimal_tree(void *context)
{
    Seen *seen = context;
    Backend *backend = two_ways(seen->arena);
    backend_place_column(backend, 0, PLACE_UPPER);
    backend_place_column(backend, 1, PLACE_BASIC);
    backend_place_column(backend, 2, PLACE_UPPER);
    backend_place_row(backend, 0, PLACE_BASIC);
    backend_place_row(backend, 1, PLACE_LOWER);
    look(seen, backend);
}

static void an_optimal_tree_needs_no_iteration(void **state)
{
    (void)state;
    Seen seen = seen_by(start_from_the_optimal_tree);
    assert_int_equal(seen.outcome, BACKEND_OPTIMAL);
    assert_int_equal(seen.iterations, 0);
    assert_close(seen.x[1], 1, 1e-9, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_cheap_way_is_filled_first),
        cmocka_unit_test(a_closed_arc_carries_nothing),
        cmocka_unit_test(an_optimal_tree_needs_no_iteration),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
