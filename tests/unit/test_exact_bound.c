/* Weak duality on programs small enough to do by hand: what right duals prove, what wrong ones do. */
#include <math.h>
#include <string.h>

#include "solver/exact_bound.h"
#include "tests/support/test_support.h"

/** Minimise 2 x + 3 y, x + y >= 4, x + 3 y <= 9, x and y in 0 .. 10. The least is 8, at x = 4: the
 *  first row's dual is 2, and y's reduced cost is 1. */
static const double COST[] = {2, 3};

static void open_program(Arena *arena, Lp *lp)
{
    assert_int_equal(lp_init(arena, lp), STATUS_OK);
    assert_int_equal(lp_add_column(lp, 0, 10, false, 1), STATUS_OK);
    assert_int_equal(lp_add_column(lp, 0, 10, false, 1), STATUS_OK);
    assert_int_equal(lp_add_row(lp, 4, INFINITY, 2, (int[]){0, 1}, (double[]){1, 1}), STATUS_OK);
    assert_int_equal(lp_add_row(lp, -INFINITY, 9, 2, (int[]){0, 1}, (double[]){1, 3}), STATUS_OK);
}

static double bound_of(const Lp *lp, Arena *arena, const double *cost, const double *dual)
{
    LpColumns columns;
    double used[2] = {0};
    if (dual != NULL) /* a program without rows */
        memcpy(used, dual, (size_t)lp->row_count * sizeof *used);
    assert_int_equal(lp_columns_build(lp, arena, &columns), STATUS_OK);
    ExactProgram program = {.lp = lp,
                            .columns = &columns,
                            .cost = cost,
                            .lower = lp->lower,
                            .upper = lp->upper,
                            .row_lower = lp->row_lower,
                            .row_upper = lp->row_upper};
    return exact_bound(&program, used);
}

static void assert_same(double got, double want)
{
    if (got < want || got > want)
        fail_msg("proven is %.17g, by hand %.17g", got, want);
}

static void assert_bounds(const double (*duals)[2], const double *bounds, size_t count)
{
    Arena *arena = arena_new();
    Lp lp;
    open_program(arena, &lp);
    for (size_t k = 0; k < count; k++)
        assert_same(bound_of(&lp, arena, COST, duals[k]), bounds[k]);
    arena_free(arena);
}

static void right_duals_prove_the_optimum(void **state)
{
    (void)state;
    assert_bounds((const double[][2]){{2, 0}}, (const double[]){8}, 1);
}

/** y = (1, 0): 4 + x (2 - 1) + y (3 - 1) >= 4. y = (3, 0): 12 - x >= 12 - 10 = 2.
 *  y = (0, -1): -9 + 3 x + 6 y >= -9. y = (3, -1): 12 - 9 + x (2 - 2) + y (3 - 0) >= 3. */
static void wrong_duals_prove_less_and_nothing_false(void **state)
{
    (void)state;
    assert_bounds((const double[][2]){{1, 0}, {3, 0}, {0, -1}, {3, -1}},
                  (const double[]){4, 2, -9, 3}, 4);
}

/** The first row has no upper side and the second no lower one: duals that lean there are dropped, and
 *  so is what is no number. What is left of (-5, 7) and (NAN, INFINITY) is (0, 0), which proves 0;
 *  of (2, 7) the 8. */
static void duals_that_lean_on_an_infinite_side_are_dropped(void **state)
{
    (void)state;
    assert_bounds((const double[][2]){{-5, 7}, {(double)NAN, (double)INFINITY}, {2, 7}},
                  (const double[]){0, 0, 8}, 3);
}

/** -x without a row: the bound is that of x, -10; without an upper bound nothing is proven. */
static void a_column_without_the_bound_it_needs_proves_nothing(void **state)
{
    Arena *arena = arena_new();
    Lp lp;
    (void)state;
    open_program(arena, &lp);
    assert_same(bound_of(&lp, arena, (double[]){-1, 0}, (double[]){0, 0}), -10);
    lp.upper[0] = INFINITY;
    assert_true(isinf(bound_of(&lp, arena, (double[]){-1, 0}, (double[]){0, 0})));
    assert_same(bound_of(&lp, arena, (double[]){1, 0}, (double[]){0, 0}), 0);
    arena_free(arena);
}

/** 2^53 + 1 - 2^53 is 1, which a sum of doubles from the left loses. The double next to 1/3 is
 *  (2^54 - 1) / (3 * 2^54), so that three of it are 1 - 2^-54, halfway between the doubles 1 - 2^-53
 *  and 1. */
static void no_digit_is_lost_and_the_last_one_is_rounded_down(void **state)
{
    Arena *arena = arena_new();
    Lp lp;
    (void)state;
    assert_int_equal(lp_init(arena, &lp), STATUS_OK);
    for (int j = 0; j < 3; j++)
        assert_int_equal(lp_add_column(&lp, 1, 1, false, 1), STATUS_OK);
    double big = ldexp(1, 53), third = 1.0 / 3;
    assert_same(bound_of(&lp, arena, (double[]){big, 1, -big}, NULL), 1);
    assert_same(bound_of(&lp, arena, (double[]){third, third, third}, NULL), nextafter(1, 0));
    assert_same(bound_of(&lp, arena, (double[]){-third, -third, -third}, NULL), -1);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(right_duals_prove_the_optimum),
        cmocka_unit_test(wrong_duals_prove_less_and_nothing_false),
        cmocka_unit_test(duals_that_lean_on_an_infinite_side_are_dropped),
        cmocka_unit_test(a_column_without_the_bound_it_needs_proves_nothing),
        cmocka_unit_test(no_digit_is_lost_and_the_last_one_is_rounded_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
