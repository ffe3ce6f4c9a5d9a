/* The sparse program: what is stored, how it is scaled, and everything that solvers are known to
 * take silently and lp_check() refuses.
 */
#include "tests/support/test_support.h"

#include <string.h>

#include "allot/lp.h"

typedef struct Fixture {
    Arena *arena;
    Lp lp;
} Fixture;

/** Three columns and two rows that are sound: x + 2 y <= 4, y - z = 0; x whole. */
static void open_sound(Fixture *f)
{
    f->arena = arena_new();
    assert_int_equal(lp_init(f->arena, &f->lp), STATUS_OK);
    assert_int_equal(lp_add_column(&f->lp, 0, 3, true, 1), STATUS_OK);
    assert_int_equal(lp_add_column(&f->lp, 0, INFINITY, false, 1), STATUS_OK);
    assert_int_equal(lp_add_column(&f->lp, -INFINITY, 5, false, 1), STATUS_OK);
    assert_int_equal(lp_add_row(&f->lp, -INFINITY, 4, 2, (int[]){0, 1}, (double[]){1, 2}),
                     STATUS_OK);
    assert_int_equal(lp_add_row(&f->lp, 0, 0, 2, (int[]){1, 2}, (double[]){1, -1}), STATUS_OK);
}

static void a_sound_program_is_stored_row_by_row(void **state)
{
    Fixture f;
    (void)state;
    open_sound(&f);
    assert_int_equal(f.lp.column_count, 3);
    assert_int_equal(f.lp.row_count, 2);
    assert_int_equal(f.lp.row_first[1], 2);
    assert_int_equal(f.lp.row_first[2], 4);
    assert_int_equal(f.lp.element_column[3], 2);
    assert_close(f.lp.element[3], -1, 0, 0);
    assert_null(lp_check(&f.lp, f.arena));
    arena_free(f.arena);
}

/* ---- what is refused ------------------------------------------------------------------------ */

typedef void Break(Lp *lp);

static void nan_column(Lp *lp)
{
    lp->upper[1] = NAN;
}
static void nan_row(Lp *lp)
{
    lp->row_lower[0] = NAN;
}
static void nan_element(Lp *lp)
{
    lp->element[1] = NAN;
}
static void infinite_element(Lp *lp)
{
    lp->element[0] = INFINITY;
}
static void crossed_column(Lp *lp)
{
    lp->lower[0] = 4;
}
static void crossed_row(Lp *lp)
{
    lp->row_lower[1] = 1;
}
static void lower_at_infinity(Lp *lp)
{
    lp->lower[1] = INFINITY;
}
static void upper_at_minus_infinity(Lp *lp)
{
    lp->row_upper[0] = -INFINITY;
}
static void broken_whole_bound(Lp *lp)
{
    lp->upper[0] = 2.5;
}
static void no_column(Lp *lp)
{
    lp->element_column[2] = 3;
}
static void negative_column(Lp *lp)
{
    lp->element_column[2] = -1;
}
static void column_twice(Lp *lp)
{
    lp->element_column[1] = 0;
}
static void no_scale(Lp *lp)
{
    lp->column_scale[2] = 0;
}
static void nan_row_scale(Lp *lp)
{
    lp->row_scale[1] = NAN;
}

static void what_solvers_take_silently_is_refused(void **state)
{
    static const struct {
        Break *wrong;
        const char *message;
    } cases[] = {
        {nan_column, "column 1 has a bound that is no number"},
        {nan_row, "row 0 has a bound that is no number"},
        {nan_element, "row 0 has an element that is no number"},
        {infinite_element, "row 0 has an element that is no number"},
        {crossed_column, "column 0 has crossed bounds"},
        {crossed_row, "row 1 has crossed bounds"},
        {lower_at_infinity, "column 1 has an infinite bound on the wrong side"},
        {upper_at_minus_infinity, "row 0 has an infinite bound on the wrong side"},
        {broken_whole_bound, "whole column 0 has a broken upper bound"},
        {no_column, "row 1 names column 3, which is not there"},
        {negative_column, "row 1 names column -1, which is not there"},
        {column_twice, "row 0 names column 0 twice"},
        {no_scale, "column 2 has no usable scale"},
        {nan_row_scale, "row 1 has no usable scale"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Fixture f;
        open_sound(&f);
        cases[i].wrong(&f.lp);
        const char *message = lp_check(&f.lp, f.arena);
        assert_case(cases[i].message, message != NULL);
        assert_case_text(cases[i].message, message, cases[i].message);
        arena_free(f.arena);
    }
}

/* ---- scales --------------------------------------------------------------------------------- */

static void scales_are_the_nearest_powers_of_two(void **state)
{
    static const struct {
        double value, power;
    } cases[] = {{1, 1},       {1.4, 1},        {1.42, 2},     {3, 4},
                 {2.8, 2},     {0.5, 0.5},      {0.7, 0.5},    {0.75, 1},
                 {1000, 1024}, {1e-3, 0x1p-10}, {1e9, 0x1p30}, {3e-9, 0x1p-28}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_close(lp_power_of_two(cases[i].value), cases[i].power, 0, 0);
}

static void rows_are_scaled_to_a_geometric_mean_of_one(void **state)
{
    Fixture f;
    (void)state;
    open_sound(&f);
    f.lp.element[0] = 1000; /* with 2: a mean of 44.7, whose inverse is nearest to 2^-5 (2^-5.5) */
    f.lp.element[1] = 4;    /* with 1000: 63.2, so 2^-6 */
    f.lp.column_scale[2] = 0x1p10;
    lp_scale_rows(&f.lp);
    assert_close(f.lp.row_scale[0], 0x1p-6, 0, 0);
    assert_close(f.lp.row_scale[1], 0x1p-5, 0, 0); /* 1 and 1024: 32 */
    assert_int_equal(lp_add_row(&f.lp, 0, 1, 0, NULL, NULL), STATUS_OK);
    lp_scale_rows(&f.lp);
    assert_close(f.lp.row_scale[2], 1, 0, 0); /* nothing to scale by */
    arena_free(f.arena);
}

static void thousands_of_rows_and_columns_keep_their_values(void **state)
{
    enum { MANY = 5000 };
    Arena *arena = arena_new();
    Lp lp;
    (void)state;
    assert_int_equal(lp_init(arena, &lp), STATUS_OK);
    for (int j = 0; j < MANY; j++)
        assert_int_equal(lp_add_column(&lp, j, j + 1, false, 1), STATUS_OK);
    for (int i = 0; i + 1 < MANY; i++)
        assert_int_equal(lp_add_row(&lp, 0, i, 2, (int[]){i, i + 1}, (double[]){i + 1, -1}),
                         STATUS_OK);
    assert_null(lp_check(&lp, arena));
    for (int i = 0; i + 1 < MANY; i++) {
        assert_int_equal(lp.element_column[lp.row_first[i] + 1], i + 1);
        assert_close(lp.element[lp.row_first[i]], i + 1, 0, 0);
        assert_close(lp.lower[i], i, 0, 0);
        assert_close(lp.row_upper[i], i, 0, 0);
    }
    arena_free(arena);
}

static void no_memory_is_said_and_not_passed_over(void **state)
{
    (void)state;
    for (size_t calls = 0; calls < 3; calls++) {
        Arena *arena = arena_new();
        Lp lp;
        arena_fail_after(arena, calls);
        Status status = lp_init(arena, &lp);
        if (status == STATUS_OK)
            status = lp_add_column(&lp, 0, 1, false, 1);
        assert_int_equal(status, STATUS_NO_MEMORY);
        arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sound_program_is_stored_row_by_row),
        cmocka_unit_test(what_solvers_take_silently_is_refused),
        cmocka_unit_test(scales_are_the_nearest_powers_of_two),
        cmocka_unit_test(rows_are_scaled_to_a_geometric_mean_of_one),
        cmocka_unit_test(thousands_of_rows_and_columns_keep_their_values),
        cmocka_unit_test(no_memory_is_said_and_not_passed_over),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
