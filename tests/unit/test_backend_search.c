/* The contract of a backend: searches over whole columns. */
#include "tests/support/backend_probe.h"
#include "tests/support/test_support.h"

#include <math.h>

static const BackendSearch PATIENT = {.gap_rel = 0, .nodes = 100000, .work = 1e15};

/** max 8a + 11b + 6c + 4d, 5a + 7b + 4c + 3d <= 14 in 0/1: 21 with b, c, d; relaxed 22. */
static Dense knapsack(void)
{
    static const double WORTH[4] = {8, 11, 6, 4}, SIZE[4] = {5, 7, 4, 3};
    Dense d = dense(1, 4);
    for (int j = 0; j < 4; j++) {
        d.cost[j] = -WORTH[j];
        d.matrix[0][j] = SIZE[j];
        d.upper[j] = 1;
        d.whole[j] = true;
    }
    d.row_upper[0] = 14;
    return d;
}

static void whole_columns_come_out_whole_and_proven(void **state)
{
    static const double BEST[4] = {0, 1, 1, 1};
    (void)state;
    Dense d = knapsack();
    Probe probe = probed(&d, solve_and_search, &PATIENT);
    assert_close(probe.second_value, -22, 1e-9, 0);
    assert_int_equal(probe.outcome, BACKEND_OPTIMAL);
    assert_true(probe.found);
    assert_close(probe.value, -21, 1e-9, 0);
    assert_close(probe.bound, -21, 1e-9, 0);
    for (int j = 0; j < 4; j++)
        assert_close(probe.x[j], BEST[j], 1e-7, 0);
}

/** Jeroslow 1974: 2(x1 + ... + xn) = n with n odd has no whole point, and branching alone needs
 *  more than 2^(n/2) nodes to see it. */
static Dense jeroslow(int n)
{
    Dense d = dense(1, n);
    for (int j = 0; j < n; j++) {
        d.matrix[0][j] = 2;
        d.cost[j] = j + 1;
        d.upper[j] = 1;
        d.whole[j] = true;
    }
    d.row_lower[0] = d.row_upper[0] = n;
    return d;
}

static void no_whole_point_is_called_infeasible(void **state)
{
    (void)state;
    Dense d = jeroslow(7);
    Probe probe = probed(&d, solve_and_search, &PATIENT);
    assert_int_equal(probe.second, BACKEND_OPTIMAL);
    assert_int_equal(probe.outcome, BACKEND_INFEASIBLE);
    assert_false(probe.found);
}

static void a_limit_is_called_a_limit(void **state)
{
    static const BackendSearch SHORT[] = {{.nodes = 3, .work = 1e15}, {.nodes = 100000, .work = 1}};
    (void)state;
    for (size_t k = 0; k < COUNT_OF(SHORT); k++) {
        Dense d = jeroslow(21);
        Probe probe = probed(&d, solve_and_search, &SHORT[k]);
        assert_int_equal(probe.outcome, BACKEND_LIMIT);
        assert_false(probe.found);
    }
}

/** Many nearly equal pieces into an odd bin: nothing is proven in three nodes. */
static Dense many_pieces(void)
{
    Dense d = dense(1, 30);
    for (int j = 0; j < 30; j++) {
        d.matrix[0][j] = 100 + 7 * j;
        d.cost[j] = -(100 + 7 * j) - (j % 3);
        d.upper[j] = 1;
        d.whole[j] = true;
    }
    d.row_upper[0] = 3011;
    return d;
}

static void a_start_is_kept_when_a_limit_comes_first(void **state)
{
    double start[SIDE] = {0};
    BackendSearch search = {.nodes = 1, .work = 1e15, .start = start};
    (void)state;
    start[29] = 1; /* worth 303 + 2 */
    Dense d = many_pieces();
    Probe probe = probed(&d, solve_and_search, &search);
    assert_true(probe.found);
    assert_true(probe.value <= -305 + 1e-6);
    assert_true(probe.bound <= probe.value + 1e-6);
}

static void a_search_may_stop_at_the_gap_and_says_so(void **state)
{
    BackendSearch search = {.gap_rel = 0.5, .nodes = 100000, .work = 1e15};
    (void)state;
    Dense d = many_pieces();
    Probe probe = probed(&d, solve_and_search, &search);
    assert_true(probe.found);
    assert_true(probe.outcome == BACKEND_WITHIN_GAP || probe.outcome == BACKEND_OPTIMAL);
    assert_true(probe.value - probe.bound <= 0.5 * fabs(probe.value) + 1e-6);
    assert_true(probe.bound <= probe.value + 1e-6);
}

/** With a held, b is best: 19; c and d make 18. Beyond that 21 is. */
static void what_is_held_stays_as_in_the_start(void **state)
{
    static const double START[SIDE] = {1, 0, 0, 0}, BEST[4] = {1, 1, 0, 0};
    static const bool HELD[SIDE] = {true, false, false, false};
    BackendSearch search = {.nodes = 100000, .work = 1e15, .start = START, .held = HELD};
    (void)state;
    Dense d = knapsack();
    Probe probe = probed(&d, solve_and_search, &search);
    assert_true(probe.found);
    assert_close(probe.value, -19, 1e-9, 0);
    for (int j = 0; j < 4; j++)
        assert_close(probe.x[j], BEST[j], 1e-7, 0);
}

/** Half of 20 would be near enough; with 22 more the bound of the relaxation is 0, and half of that is not. */
static void the_gap_is_one_of_the_constant_too(void **state)
{
    static const double START[SIDE] = {1, 0, 0, 1}; /* 12 */
    BackendSearch near_nothing = {
        .gap_rel = 0.5, .constant = 22, .nodes = 100000, .work = 1e15, .start = START};
    BackendSearch large = {
        .gap_rel = 0.02, .constant = 1000, .nodes = 100000, .work = 1e15, .start = START};
    (void)state;
    Dense d = knapsack();
    Probe probe = probed(&d, solve_and_search, &near_nothing);
    assert_close(probe.value, -21, 1e-9, 0);
    probe = probed(&d, solve_and_search, &large);
    assert_int_equal(probe.outcome, BACKEND_WITHIN_GAP);
    assert_true(probe.found);
    assert_true(probe.bound >= -22 - 1e-9 && probe.bound <= -21 + 1e-9);
}

static void implied(Probe *probe, Backend *backend)
{
    solve_and_search(probe, backend);
    probe->kept = backend_implies_whole(backend);
}

/** min 3u - x, x + u = total with x <= 4 whole and u >= least: x 4, u the rest. */
static Dense one_by_one(double total, double each, double least)
{
    Dense d = dense(1, 2);
    d.matrix[0][0] = each;
    d.matrix[0][1] = 1;
    d.row_lower[0] = d.row_upper[0] = total;
    d.cost[0] = -1;
    d.cost[1] = 3;
    d.upper[0] = 4;
    d.lower[1] = least;
    d.upper[1] = 10;
    d.whole[0] = true;
    return d;
}

/** What is left of whole things is whole; of a fraction, or of things of fractions, it is not. */
static void what_cannot_be_but_whole_is_whole(void **state)
{
    static const struct {
        double total, each, least;
        bool whole;
        double x, rest;
    } CASES[] = {{5, 1, 0, true, 4, 1},
                 {5, 1, 1.999999996, true, 3, 2}, /* a bound that stages left off by noise */
                 {5.5, 1, 0, false, 4, 1.5},
                 {5, 0.5, 0, false, 4, 3},
                 {5, 1, 1.5, true, 3, 2}};
    (void)state;
    for (size_t k = 0; k < COUNT_OF(CASES); k++) {
        Dense d = one_by_one(CASES[k].total, CASES[k].each, CASES[k].least);
        Probe probe = probed(&d, implied, &PATIENT);
        assert_int_equal(probe.kept, CASES[k].whole);
        assert_true(probe.found);
        assert_close(probe.x[0], CASES[k].x, 1e-6, 0);
        assert_close(probe.x[1], CASES[k].rest, 1e-6, 0);
    }
}

static void what_is_at_stake_changes_the_way_alone(void **state)
{
    static const double WORTH[SIDE] = {8, 11, 6, 4};
    BackendSearch search = {
        .nodes = 100000, .work = 1e15, .worth = WORTH, .simple_branching = true};
    (void)state;
    Dense d = knapsack();
    Probe probe = probed(&d, solve_and_search, &search);
    assert_int_equal(probe.outcome, BACKEND_OPTIMAL);
    assert_close(probe.value, -21, 1e-9, 0);
    assert_close(probe.bound, -21, 1e-9, 0);
}

static void the_same_program_gives_the_same_bits(void **state)
{
    (void)state;
    BackendSearch search = {.nodes = 200, .work = 1e15};
    Dense d = many_pieces();
    Probe a = probed(&d, solve_and_search, &search), b = probed(&d, solve_and_search, &search);
    assert_true(a.found);
    assert_memory_equal(a.x, b.x, sizeof a.x);
    assert_memory_equal(&a.bound, &b.bound, sizeof a.bound);
}

/* ---- cuts that are off ---------------------------------------------------------------------- */

static const BackendSearch WITH_CUTS = {.gap_rel = 0,
                                        .value_rel = 1e-12,
                                        .nodes = 100000,
                                        .work = 1e15,
                                        .cuts = true};

static void whole_switch(Dense *d, int column, double most)
{
    d->upper[column] = 1;
    d->whole[column] = true;
    d->column_scale[column] = 1 / most;
}

/** a x + b y >= least */
static void at_least(Dense *d, int row, int x, double b, int y, double least)
{
    d->matrix[row][x] = 1;
    d->matrix[row][y] = b;
    d->row_lower[row] = least;
}

/** An amount of 20 to 70 millions, which y = 1 lets through: GLPK's Gomory cuts call it infeasible. */
static void a_switch_of_millions_is_not_cut_off(void **state)
{
    (void)state;
    Dense d = dense(2, 2);
    d.upper[0] = 70000000;
    d.cost[1] = 1;
    whole_switch(&d, 1, 70000000);
    d.matrix[0][0] = 1;
    d.row_lower[0] = 20000000;
    d.matrix[1][0] = 1;
    d.matrix[1][1] = -70000000;
    d.row_upper[1] = 0;
    Probe probe = probed(&d, solve_and_search, &WITH_CUTS);
    assert_int_equal(probe.outcome, BACKEND_OPTIMAL);
    assert_true(probe.found);
    assert_close(probe.x[1], 1, 1e-9, 0);
}

/** What needs of 4,000, 24 and 10 millions are left with is 10 millions at most, where of the last one million is
 *  left in any case: two are served. GLPK's cover cuts call it infeasible. a, b, c are left; A, B, C serve. */
static void a_cover_of_millions_is_not_cut_off(void **state)
{
    enum { beside, a, A, b, B, c, C };
    (void)state;
    Dense d = dense(5, 7);
    d.upper[beside] = d.upper[a] = 4000;
    d.upper[b] = 24000000;
    d.upper[c] = 10000000;
    whole_switch(&d, A, 4000);
    whole_switch(&d, B, 24000000);
    whole_switch(&d, C, 10000000);
    at_least(&d, 0, a, 4000, A, 4000);
    d.matrix[1][b] = 1;
    d.row_upper[1] = 24000000;
    at_least(&d, 2, b, 24000000, B, 20000000);
    at_least(&d, 3, c, 10000000, C, 11000000);
    d.matrix[4][a] = d.matrix[4][b] = d.matrix[4][c] = 1;
    d.row_upper[4] = 10000000;
    Probe probe = probed(&d, solve_and_search, &WITH_CUTS);
    assert_int_equal(probe.outcome, BACKEND_OPTIMAL);
    assert_true(probe.found);
    assert_close(probe.x[B] + probe.x[C], 2, 1e-9, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_columns_come_out_whole_and_proven),
        cmocka_unit_test(no_whole_point_is_called_infeasible),
        cmocka_unit_test(a_limit_is_called_a_limit),
        cmocka_unit_test(a_start_is_kept_when_a_limit_comes_first),
        cmocka_unit_test(a_search_may_stop_at_the_gap_and_says_so),
        cmocka_unit_test(what_is_held_stays_as_in_the_start),
        cmocka_unit_test(the_gap_is_one_of_the_constant_too),
        cmocka_unit_test(what_cannot_be_but_whole_is_whole),
        cmocka_unit_test(what_is_at_stake_changes_the_way_alone),
        cmocka_unit_test(the_same_program_gives_the_same_bits),
        cmocka_unit_test(a_switch_of_millions_is_not_cut_off),
        cmocka_unit_test(a_cover_of_millions_is_not_cut_off),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
