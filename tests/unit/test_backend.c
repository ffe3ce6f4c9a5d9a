/* The contract of a backend: what every library behind solver/backend.h must answer about linear programs,
 * and about those that change while they live.
 */
#include "tests/support/backend_probe.h"
#include "tests/support/test_support.h"

#include <math.h>
#include <string.h>

/* ---- linear --------------------------------------------------------------------------------- */

/** Wyndor Glass (Hillier and Lieberman): max 3x + 5y, x <= 4, 2y <= 12, 3x + 2y <= 18: 36 at (2, 6);
 *  shadow prices 0, 3/2, 1. */
static Dense wyndor(void)
{
    Dense d = dense(3, 2);
    d.cost[0] = -3;
    d.cost[1] = -5;
    d.matrix[0][0] = 1;
    d.matrix[1][1] = 2;
    d.matrix[2][0] = 3;
    d.matrix[2][1] = 2;
    d.row_upper[0] = 4;
    d.row_upper[1] = 12;
    d.row_upper[2] = 18;
    return d;
}

static void a_feasible_program_is_solved_to_its_vertex(void **state)
{
    (void)state;
    Dense d = wyndor();
    Probe probe = probed(&d, just_solve, NULL);
    assert_int_equal(probe.outcome, BACKEND_OPTIMAL);
    assert_close(probe.value, -36, 1e-9, 0);
    assert_close(probe.x[0], 2, 1e-9, 0);
    assert_close(probe.x[1], 6, 1e-9, 0);
}

/** The second outcome is that past the time. */
static void solve_late_then_free(Probe *probe, Backend *backend)
{
    backend_until(backend, 1e-9); /* the monotonic clock began before that */
    probe->second = backend_solve(backend);
    backend_until(backend, 0);
    just_solve(probe, backend);
}

static void past_its_time_a_solve_gives_up_and_can_go_on(void **state)
{
    (void)state;
    Dense d = wyndor();
    Probe probe = probed(&d, solve_late_then_free, NULL);
    assert_int_equal(probe.second, BACKEND_FAILED);
    assert_int_equal(probe.outcome, BACKEND_OPTIMAL);
    assert_close(probe.value, -36, 1e-9, 0);
}

static void duals_are_zero_exactly_where_a_row_does_not_bind(void **state)
{
    (void)state;
    Dense d = wyndor();
    Probe probe = probed(&d, just_solve, NULL);
    assert_close(probe.duals[0], 0, 1e-12, 0);
    assert_true(fabs(probe.duals[1]) > 1e-3);
    assert_true(fabs(probe.duals[2]) > 1e-3);
}

/** Wyndor with x in seats and y in hundreds of millions of euros, scaled as the formulation does. */
static void scales_do_not_show_in_values(void **state)
{
    static const double SIZES[] = {1e-6, 1e-3, 1, 1e3, 1e8, 1e11};
    (void)state;
    for (size_t k = 0; k < COUNT_OF(SIZES); k++) {
        Dense d = wyndor();
        d.cost[1] /= SIZES[k];
        d.column_scale[1] = SIZES[k];
        for (int i = 0; i < d.rows; i++)
            d.matrix[i][1] /= SIZES[k];
        Probe probe = probed(&d, just_solve, NULL);
        assert_int_equal(probe.outcome, BACKEND_OPTIMAL);
        assert_close(probe.value, -36, 1e-9, 0);
        assert_close(probe.x[0], 2, 1e-9, 0);
        assert_close(probe.x[1], 6 * SIZES[k], 0, 1e-9);
    }
}

static void an_infeasible_program_is_called_so(void **state)
{
    (void)state;
    Dense d = wyndor();
    d.row_lower[0] = 3;  /* 3 <= x <= 4 */
    d.row_lower[1] = 10; /* 5 <= y: 3x + 2y >= 19 */
    Probe probe = probed(&d, just_solve, NULL);
    assert_int_equal(probe.outcome, BACKEND_INFEASIBLE);
}

static void an_unbounded_program_is_called_so(void **state)
{
    (void)state;
    Dense d = wyndor();
    d.row_upper[1] = d.row_upper[2] = INFINITY;
    Probe probe = probed(&d, just_solve, NULL);
    assert_int_equal(probe.outcome, BACKEND_UNBOUNDED);
}

/** Beale 1955: textbook pivoting goes in circles; the optimum is -1/20 at (1/25, 0, 1, 0). */
static void a_degenerate_program_does_not_go_in_circles(void **state)
{
    static const double ROWS[3][4] = {{0.25, -60, -0.04, 9}, {0.5, -90, -0.02, 3}, {0, 0, 1, 0}};
    static const double COST[4] = {-0.75, 150, -0.02, 6};
    (void)state;
    Dense d = dense(3, 4);
    for (int i = 0; i < 3; i++)
        memcpy(d.matrix[i], ROWS[i], sizeof ROWS[i]);
    memcpy(d.cost, COST, sizeof COST);
    d.row_upper[0] = d.row_upper[1] = 0;
    d.row_upper[2] = 1;
    Probe probe = probed(&d, just_solve, NULL);
    assert_int_equal(probe.outcome, BACKEND_OPTIMAL);
    assert_close(probe.value, -0.05, 1e-9, 0);
    assert_close(probe.x[0], 0.04, 1e-9, 0);
    assert_close(probe.x[2], 1, 1e-9, 0);
}

static void rows_and_columns_may_be_empty(void **state)
{
    (void)state;
    Dense d = dense(2, 2); /* one empty row, one empty column, 1 <= x0 */
    d.cost[0] = d.cost[1] = 1;
    d.matrix[1][0] = 1;
    d.row_lower[0] = -1;
    d.row_upper[0] = 1;
    d.row_lower[1] = 1;
    Probe probe = probed(&d, just_solve, NULL);
    assert_int_equal(probe.outcome, BACKEND_OPTIMAL);
    assert_close(probe.x[0], 1, 1e-12, 0);
    assert_close(probe.x[1], 0, 1e-12, 0);
    d.row_lower[0] = 0.5; /* 0.5 <= 0 */
    probe = probed(&d, just_solve, NULL);
    assert_int_equal(probe.outcome, BACKEND_INFEASIBLE);
}

static void a_program_may_have_no_rows(void **state)
{
    (void)state;
    Dense d = dense(0, 2);
    d.cost[0] = -1;
    d.cost[1] = 1;
    d.upper[0] = 7;
    Probe probe = probed(&d, just_solve, NULL);
    assert_int_equal(probe.outcome, BACKEND_OPTIMAL);
    assert_close(probe.x[0], 7, 1e-12, 0);
    assert_close(probe.x[1], 0, 1e-12, 0);
}

static void a_program_may_have_nothing_at_all(void **state)
{
    (void)state;
    Dense d = dense(0, 0);
    Probe probe = probed(&d, just_solve, NULL);
    assert_int_equal(probe.outcome, BACKEND_OPTIMAL);
    assert_close(probe.value, 0, 0, 0);
}

static void fixed_rows_and_columns_stay_where_they_are(void **state)
{
    (void)state;
    Dense d = wyndor();
    d.lower[0] = d.upper[0] = 1;
    d.row_lower[2] = d.row_upper[2] = 9; /* 3 + 2y = 9 */
    Probe probe = probed(&d, just_solve, NULL);
    assert_int_equal(probe.outcome, BACKEND_OPTIMAL);
    assert_close(probe.x[0], 1, 1e-12, 0);
    assert_close(probe.x[1], 3, 1e-9, 0);
}

/* ---- changes to a live program -------------------------------------------------------------- */

static void add_and_solve_again(Probe *probe, Backend *backend)
{
    probe->outcome = backend_solve(backend);
    int z = backend_add_column(backend, 0, 1, 1.0);
    backend_add_row(backend, -INFINITY, 5, 2, (int[]){1, z}, (double[]){1, -1}, 1.0);
    probe->second = backend_solve(backend);
    read_point(probe, backend, backend_value, &probe->value);
    probe->x[2] = backend_value(backend, z);
    probe->kept = backend_column_count(backend) == 3 && backend_row_count(backend) == 4;
}

/** y - z <= 5, z <= 1: y stays 6 only with z = 1. */
static void rows_and_columns_can_be_added_after_a_solve(void **state)
{
    (void)state;
    Dense d = wyndor();
    Probe probe = probed(&d, add_and_solve_again, NULL);
    assert_int_equal(probe.second, BACKEND_OPTIMAL);
    assert_close(probe.value, -36, 1e-9, 0);
    assert_close(probe.x[2], 1, 1e-9, 0);
    assert_true(probe.kept);
}

static void restore_after_a_trial(Probe *probe, Backend *backend)
{
    BackendBounds saved;
    probe->kept = backend_save_bounds(backend, probe->arena, &saved) == STATUS_OK;
    backend_bound_column(backend, 0, 0, 0);
    backend_bound_row(backend, 1, 0, 4);
    probe->second = backend_solve(backend);
    read_point(probe, backend, backend_value, &probe->second_value);
    backend_restore_bounds(backend, &saved);
    probe->outcome = backend_solve(backend);
    read_point(probe, backend, backend_value, &probe->value);
}

static void bounds_are_put_back_after_a_trial(void **state)
{
    (void)state;
    Dense d = wyndor();
    Probe probe = probed(&d, restore_after_a_trial, NULL);
    assert_true(probe.kept);
    assert_close(probe.second_value, -10, 1e-9, 0); /* x = 0, 2y <= 4 */
    assert_close(probe.value, -36, 1e-9, 0);
}

/** min x + y over x + y >= 1 has a line of optima; held on it, y is made large. */
static void freeze_and_go_on(Probe *probe, Backend *backend)
{
    probe->second = backend_solve(backend);
    for (int j = 0; j < 2; j++)
        if (fabs(backend_reduced_cost(backend, j)) > 1e-7)
            backend_fix_column(backend, j);
    for (int i = 0; i < 1; i++)
        if (fabs(backend_row_dual(backend, i)) > 1e-7)
            backend_fix_row(backend, i);
    backend_objective(backend, 1, (int[]){1}, (double[]){-1});
    probe->outcome = backend_solve(backend);
    read_point(probe, backend, backend_value, &probe->value);
}

static void what_a_stage_decided_holds_in_the_next(void **state)
{
    (void)state;
    Dense d = dense(1, 2);
    d.cost[0] = d.cost[1] = d.matrix[0][0] = d.matrix[0][1] = 1;
    d.row_lower[0] = 1;
    Probe probe = probed(&d, freeze_and_go_on, NULL);
    assert_int_equal(probe.outcome, BACKEND_OPTIMAL);
    assert_close(probe.x[0], 0, 1e-9, 0);
    assert_close(probe.x[1], 1, 1e-9, 0);
}

/** x >= 1,000,000 + excess and x <= 1,000,000: the level of a stage, and the noise of the point it was set to. */
static Dense missed_by(double excess)
{
    Dense d = dense(2, 1);
    d.cost[0] = d.matrix[0][0] = d.matrix[1][0] = 1;
    d.row_lower[0] = 1e6 + excess;
    d.row_upper[1] = 1e6;
    return d;
}

static void admit_the_point(Probe *probe, Backend *backend)
{
    probe->second = backend_solve(backend);
    probe->kept = backend_admit(backend, &probe->dense->row_lower[0]);
    probe->outcome = backend_solve(backend);
}

static void assert_admitted(double missed, bool admitted)
{
    Dense d = missed_by(missed);
    Probe probe = probed(&d, admit_the_point, NULL);
    assert_int_equal(probe.second, BACKEND_INFEASIBLE);
    assert_int_equal(probe.kept, admitted);
    assert_int_equal(probe.outcome, admitted ? BACKEND_OPTIMAL : BACKEND_INFEASIBLE);
}

static void a_point_is_admitted_that_misses_a_level_by_noise_alone(void **state)
{
    (void)state;
    assert_admitted(0.004, true);
    assert_admitted(1, false);
}

static void take_the_point_in(Probe *probe, Backend *backend)
{
    probe->second = backend_solve(backend);
    probe->kept = backend_take_in(backend, &probe->dense->row_lower[0]);
    probe->outcome = backend_solve(backend);
}

/* Cents by which lines are rounded are more than noise: a millionth of the row, here, is let in. */
static void a_point_is_taken_in_that_misses_a_row_by_cents(void **state)
{
    (void)state;
    for (int far = 0; far < 2; far++) {
        Dense d = missed_by(far ? 10 : 1);
        Probe probe = probed(&d, take_the_point_in, NULL);
        assert_int_equal(probe.second, BACKEND_INFEASIBLE);
        assert_int_equal(probe.kept, !far);
        assert_int_equal(probe.outcome, far ? BACKEND_INFEASIBLE : BACKEND_OPTIMAL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_feasible_program_is_solved_to_its_vertex),
        cmocka_unit_test(past_its_time_a_solve_gives_up_and_can_go_on),
        cmocka_unit_test(duals_are_zero_exactly_where_a_row_does_not_bind),
        cmocka_unit_test(scales_do_not_show_in_values),
        cmocka_unit_test(an_infeasible_program_is_called_so),
        cmocka_unit_test(an_unbounded_program_is_called_so),
        cmocka_unit_test(a_degenerate_program_does_not_go_in_circles),
        cmocka_unit_test(rows_and_columns_may_be_empty),
        cmocka_unit_test(a_program_may_have_no_rows),
        cmocka_unit_test(a_program_may_have_nothing_at_all),
        cmocka_unit_test(fixed_rows_and_columns_stay_where_they_are),
        cmocka_unit_test(rows_and_columns_can_be_added_after_a_solve),
        cmocka_unit_test(bounds_are_put_back_after_a_trial),
        cmocka_unit_test(what_a_stage_decided_holds_in_the_next),
        cmocka_unit_test(a_point_is_admitted_that_misses_a_level_by_noise_alone),
        cmocka_unit_test(a_point_is_taken_in_that_misses_a_row_by_cents),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
