/* A piece of a falling, convex, piecewise linear function: the function by hand, its lines told one by one. */
#include "solver/worth_curve.h"
#include "tests/support/test_support.h"

#include <math.h>

/* Slopes -3 up to 2, -1 up to 6, then 0. */
static double value(double x)
{
    return x <= 2 ? -3 * x : x <= 6 ? -6 - (x - 2) : -10;
}

typedef struct Told {
    int asked;
    double none_beyond; /* there is no value */
} Told;

static bool value_at(void *context, double quantity, WorthLine *line)
{
    Told *told = context;
    told->asked++;
    *line = (WorthLine){quantity, value(quantity), quantity <= 2 ? -3 : quantity <= 6 ? -1 : 0};
    return quantity <= told->none_beyond;
}

static void assert_piece(double from, double line_slope, double far, double slope, double end)
{
    Told told = {0, INFINITY};
    WorthCurve curve = {&told, value_at, 1e-9};
    WorthLine today = {from, value(from), line_slope};
    double is_slope, is_end;
    assert_true(worth_curve_trace(&curve, &today, far, &is_slope, &is_end));
    assert_true(fabs(is_slope - slope) < 1e-9);
    assert_true(fabs(is_end - end) < 1e-9);
    assert_true(told.asked <= 6);
}

static void the_piece_that_begins_today_is_found_on_either_side(void **state)
{
    (void)state;
    assert_piece(1, -3, 20, -3, 2);
    assert_piece(3, -1, 20, -1, 6);
    assert_piece(3, -1, 0, -1, 2);
    assert_piece(3, -1, 5, -1, 5); /* no further than asked */
    assert_piece(7, 0, 20, 0, 20);
    assert_piece(7, 0, 0, 0, 6);
}

/** At a corner any slope between the two is one of today's lines. */
static void a_line_between_two_pieces_misleads_nobody(void **state)
{
    (void)state;
    assert_piece(2, -2.5, 20, -1, 6);
    assert_piece(2, -2.5, 0, -3, 0);
    assert_piece(6, -0.5, 20, 0, 20);
}

static void what_has_no_value_says_nothing(void **state)
{
    Told told = {0, 10};
    WorthCurve curve = {&told, value_at, 1e-9};
    WorthLine today = {1, value(1), -3};
    double slope, end;
    (void)state;
    assert_false(worth_curve_trace(&curve, &today, 20, &slope, &end));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_piece_that_begins_today_is_found_on_either_side),
        cmocka_unit_test(a_line_between_two_pieces_misleads_nobody),
        cmocka_unit_test(what_has_no_value_says_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
