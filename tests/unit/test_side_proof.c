/* Bounds of small circulations with side rows, each worked out by hand; and that no price, however
 * wrong, proves more than the optimum.
 */
#include <math.h>

#include "solver/side_proof.h"
#include "tests/support/test_support.h"

enum { ARCS_MOST = 8, TERMS_MOST = 8, ROWS_MOST = 4 };

static const int64_t OPEN = NETWORK_NO_LIMIT;

typedef struct Small {
    int nodes, arcs;
    int from[ARCS_MOST], to[ARCS_MOST];
    int64_t upper[ARCS_MOST], cost[ARCS_MOST];
    int64_t lower[ARCS_MOST];
    SideTerm terms[TERMS_MOST];
    SideRow rows[ROWS_MOST];
    size_t row_count;
} Small;

/** One offer of 100 (arc 0) for need n of 100 at 3 (arc 3) and need p of 200 at 1 (arc 4); n requires p:
 *  x[n] / 100 <= x[p] / 200. So p = 2 n, n = 100 / 3: the optimum is -(100 + 200 / 3). */
static const Small PREREQUISITE = {.nodes = 4,
                                   .arcs = 5,
                                   .from = {0, 1, 1, 2, 3},
                                   .to = {1, 2, 3, 0, 0},
                                   .upper = {100, OPEN, OPEN, 100, 200},
                                   .cost = {0, 0, 0, -3, -1},
                                   .terms = {{3, 100}, {4, 200}},
                                   .rows = {{0, 1, 1, 1, 1, false, false}},
                                   .row_count = 1};

/** A need of 100 (arc 4) from one donor of two, who have 40 each: the optimum is -40. */
static const Small ONE_DONOR = {.nodes = 4,
                                .arcs = 5,
                                .from = {0, 0, 1, 2, 3},
                                .to = {1, 2, 3, 3, 0},
                                .upper = {40, 40, OPEN, OPEN, 100},
                                .cost = {0, 0, 0, 0, -1},
                                .terms = {{2, 40}, {3, 40}},
                                .rows = {{0, 2, 2, 0, 1, true, false}},
                                .row_count = 1};

/** A need of 100, all or nothing, from offers of 60 and 30: x <= 0.6 y + 0.3 y, so nothing. */
static const Small ALL_OR_NOTHING = {
    .nodes = 4,
    .arcs = 5,
    .from = {0, 0, 1, 2, 3},
    .to = {1, 2, 3, 3, 0},
    .upper = {60, 30, OPEN, OPEN, 100},
    .cost = {0, 0, 0, 0, -1},
    .terms = {{2, 60}, {4, 100}, {3, 30}, {4, 100}},
    .rows = {{0, 1, 1, 1, 1, false, false}, {2, 1, 3, 1, 1, false, false}},
    .row_count = 2};

/** An offer of 100 (arc 0) for needs of 100 at 3 (arc 3) and of 80 at 1 (arc 4), of which the second has
 *  to get 60 at least: the optimum is -(3 * 40 + 60). */
static const Small LEAST = {.nodes = 4,
                            .arcs = 5,
                            .from = {0, 1, 1, 2, 3},
                            .to = {1, 2, 3, 0, 0},
                            .upper = {100, OPEN, OPEN, 100, 80},
                            .cost = {0, 0, 0, -3, -1},
                            .lower = {0, 0, 0, 0, 60}};

/** An offer of 100 (arc 0) for needs of 100 that costs nothing (arc 3) and of 100 at 1 (arc 4), of which
 *  the first is to get 60 at least: the optimum is -40. */
static const Small LEVEL = {.nodes = 4,
                            .arcs = 5,
                            .from = {0, 1, 1, 2, 3},
                            .to = {1, 2, 3, 0, 0},
                            .upper = {100, OPEN, OPEN, 100, 100},
                            .cost = {0, 0, 0, 0, -1},
                            .terms = {{3, 60}},
                            .rows = {{.right_count = 1, .most = 1, .is_level = true}},
                            .row_count = 1};

/** A line of 60 at least (arc 1) to a need of 30 (arc 2): there is none. */
static const Small TOO_LITTLE = {.nodes = 3,
                                 .arcs = 3,
                                 .from = {0, 1, 2},
                                 .to = {1, 2, 0},
                                 .upper = {100, OPEN, 30},
                                 .cost = {0, 0, -1},
                                 .lower = {0, 60, 0}};

/** A ring that nothing limits and that pays: no optimum. */
static const Small ENDLESS =
    {.nodes = 2, .arcs = 2, .from = {0, 1}, .to = {1, 0}, .upper = {OPEN, OPEN}, .cost = {0, -1}};

static double prove(const Small *given, const double *nodes, const double *rows, bool *proven)
{
    Small s = *given;
    Arena *arena = arena_new();
    double bound = 0;
    SideRows side = {.terms = s.terms, .rows = s.rows, .row_count = s.row_count};
    SideProgram program = {.node_count = s.nodes,
                           .arc_count = s.arcs,
                           .from = s.from,
                           .to = s.to,
                           .lower = s.lower,
                           .upper = s.upper,
                           .cost = s.cost,
                           .rows = &side};
    assert_non_null(arena);
    assert_int_equal(side_proof(&program, nodes, rows, arena, &bound, proven), STATUS_OK);
    arena_free(arena);
    return bound;
}

/** The optimum's own prices prove it, but for their rounding. */
static void assert_bound(const Small *s, const double *nodes, const double *rows, double optimum)
{
    bool proven;
    double bound = prove(s, nodes, rows, &proven);
    assert_true(proven);
    assert_true(bound <= optimum);
    assert_true(bound >= optimum - 1e-6);
}

static void the_prices_of_the_optimum_prove_it(void **state)
{
    (void)state;
    /* -3 + v + t / 100 = 0 = -1 + v - t / 200: t = 400 / 3, v = 5 / 3 */
    assert_bound(&PREREQUISITE, (double[]){0, 5.0 / 3, 0, 0}, (double[]){400.0 / 3}, -500.0 / 3);
    assert_bound(&ONE_DONOR, (double[]){0, 0, 0, 0}, (double[]){40}, -40);
    /* each line pays 10; the need gets back 6 of the one row and 3 of the other, and asks 1 */
    assert_bound(&ALL_OR_NOTHING, (double[]){0, 0, 0, 0}, (double[]){600, 300}, 0);
}

/** What has to flow is paid for: at 3 for the offer, the second need's 60 cost 2 each. */
static void a_lower_bound_is_part_of_the_proof(void **state)
{
    (void)state;
    const double nothing[ARCS_MOST] = {0};
    assert_bound(&LEAST, (double[]){0, 3, 3, 3}, nothing, -180);
    assert_bound(&LEAST, nothing, nothing, -380); /* 300 and 80: the bound of no prices */
}

/** The offer's unit is worth 1 to the second need, and as much to the first, for all of its 60. */
static void a_level_pays_for_what_it_asks(void **state)
{
    (void)state;
    const double nothing[ARCS_MOST] = {0};
    assert_bound(&LEVEL, (double[]){0, 1, 1, 1}, (double[]){60}, -40);
    assert_bound(&LEVEL, nothing, nothing, -100);
}

/** With the need's node at -100 each of the 30 that are not there costs 100, less what the need brings. */
static void a_line_that_cannot_be_is_as_dear_as_it_is_priced(void **state)
{
    (void)state;
    const double nothing[ARCS_MOST] = {0};
    bool proven;
    double bound = prove(&TOO_LITTLE, (double[]){0, 0, -100}, nothing, &proven);
    assert_true(proven);
    assert_float_equal(bound, 100 * 30 - 30, 1e-6);
}

static void without_prices_every_need_is_served(void **state)
{
    (void)state;
    const double nothing[ARCS_MOST] = {0};
    assert_bound(&PREREQUISITE, nothing, nothing, -500);
    assert_bound(&ONE_DONOR, nothing, nothing, -100);
    assert_bound(&ALL_OR_NOTHING, nothing, nothing, -100);
}

static void a_row_is_never_paid_for_being_broken(void **state)
{
    (void)state;
    const double nothing[ARCS_MOST] = {0};
    assert_bound(&PREREQUISITE, nothing, (double[]){-1000}, -500);
}

static void no_price_proves_more_than_the_optimum(void **state)
{
    (void)state;
    const struct {
        const Small *s;
        double optimum;
    } cases[] = {{&PREREQUISITE, -500.0 / 3},
                 {&ONE_DONOR, -40},
                 {&ALL_OR_NOTHING, 0},
                 {&LEAST, -180},
                 {&LEVEL, -40}};
    bool proven;
    for (size_t c = 0; c < COUNT_OF(cases); c++)
        for (int a = -4; a <= 8; a++)
            for (int b = -4; b <= 8; b++)
                for (int t = 0; t <= 1000; t += 37) {
                    const double nodes[] = {0, a / 3.0, b / 3.0, (a + b) / 7.0};
                    const double rows[] = {t / 3.0, (1000 - t) / 3.0};
                    double bound = prove(cases[c].s, nodes, rows, &proven);
                    assert_true(proven);
                    assert_true(bound <= cases[c].optimum + 1e-9);
                }
}

static void what_prices_cannot_prove_is_said(void **state)
{
    (void)state;
    const double nothing[ARCS_MOST] = {0};
    bool proven;
    (void)prove(&ENDLESS, nothing, nothing, &proven);
    assert_false(proven);
    (void)prove(&PREREQUISITE, (double[]){0, 1e300, 0, 0}, nothing, &proven);
    assert_false(proven);
    (void)prove(&PREREQUISITE, (double[]){0, NAN, 0, 0}, nothing, &proven);
    assert_false(proven);
    (void)prove(&PREREQUISITE, nothing, (double[]){1e300}, &proven);
    assert_false(proven);
}

/** Rows whose prices fit one by one; all of them together, a thousand times 2^117 parts, do not. */
static void what_does_not_fit_together_proves_nothing(void **state)
{
    enum { ROWS = 1200 };
    (void)state;
    Small s = ONE_DONOR;
    SideRow rows[ROWS];
    double row_price[ROWS];
    const double node_price[4] = {0};
    for (int i = 0; i < ROWS; i++) {
        rows[i] = s.rows[0];
        row_price[i] = ldexp(1, 117 - 44); /* the largest cost is 1, or 2^44 parts */
    }
    SideRows side = {.terms = s.terms, .rows = rows, .row_count = ROWS};
    SideProgram program = {.node_count = s.nodes,
                           .arc_count = s.arcs,
                           .from = s.from,
                           .to = s.to,
                           .upper = s.upper,
                           .cost = s.cost,
                           .rows = &side};
    Arena *arena = arena_new();
    double bound;
    bool proven = true;
    assert_non_null(arena);
    assert_int_equal(side_proof(&program, node_price, row_price, arena, &bound, &proven),
                     STATUS_OK);
    assert_false(proven);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_prices_of_the_optimum_prove_it),
        cmocka_unit_test(a_lower_bound_is_part_of_the_proof),
        cmocka_unit_test(a_level_pays_for_what_it_asks),
        cmocka_unit_test(a_line_that_cannot_be_is_as_dear_as_it_is_priced),
        cmocka_unit_test(without_prices_every_need_is_served),
        cmocka_unit_test(a_row_is_never_paid_for_being_broken),
        cmocka_unit_test(no_price_proves_more_than_the_optimum),
        cmocka_unit_test(what_prices_cannot_prove_is_said),
        cmocka_unit_test(what_does_not_fit_together_proves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
