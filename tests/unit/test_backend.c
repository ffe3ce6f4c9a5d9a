/* The contract of a backend: what every library behind solver/backend.h must answer. Programs are
 * data; the work runs behind the guard and leaves what it saw in a Probe, which is judged after.
 */
#include "tests/support/test_support.h"

#include <math.h>
#include <string.h>

#include "solver/backend.h"
#include "solver/glpk_guard.h"

enum { SIDE = 32 };

/** A program, dense, as people write it. Rows of all zeros are empty ones. */
typedef struct Dense {
    int rows, columns;
    double cost[SIDE];
    double matrix[SIDE][SIDE];
    double row_lower[SIDE], row_upper[SIDE];
    double lower[SIDE], upper[SIDE];
    bool whole[SIDE];
    double column_scale[SIDE]; /* 0: 1 */
} Dense;

typedef struct Probe Probe;
struct Probe {
    const Dense *dense;
    const Lp *lp;
    Arena *arena;
    void (*work)(Probe *probe, Backend *backend);
    BackendSearch search;
    /* seen */
    BackendOutcome outcome, second;
    double value, second_value, bound;
    double x[SIDE];
    double duals[SIDE];
    bool found;
    bool kept;
};

/** All columns >= 0 without end, all rows free. */
static Dense dense(int rows, int columns)
{
    Dense d = {.rows = rows, .columns = columns};
    for (int i = 0; i < rows; i++) {
        d.row_lower[i] = -INFINITY;
        d.row_upper[i] = INFINITY;
    }
    for (int j = 0; j < columns; j++)
        d.upper[j] = INFINITY;
    return d;
}

static void build(const Dense *d, Arena *arena, Lp *lp)
{
    int columns[SIDE];
    double values[SIDE];
    assert_int_equal(lp_init(arena, lp), STATUS_OK);
    for (int j = 0; j < d->columns; j++) {
        double scale = d->column_scale[j] > 0 ? d->column_scale[j] : 1.0;
        assert_int_equal(lp_add_column(lp, d->lower[j], d->upper[j], d->whole[j], scale),
                         STATUS_OK);
    }
    for (int i = 0; i < d->rows; i++) {
        size_t count = 0;
        for (int j = 0; j < d->columns; j++)
            if (d->matrix[i][j] != 0) {
                columns[count] = j;
                values[count++] = d->matrix[i][j];
            }
        assert_int_equal(lp_add_row(lp, d->row_lower[i], d->row_upper[i], count, columns, values),
                         STATUS_OK);
    }
    lp_scale_rows(lp);
    assert_null(lp_check(lp, arena));
}

static void guarded(void *context)
{
    Probe *probe = context;
    int columns[SIDE];
    Backend *backend = backend_open(probe->lp, probe->arena);
    for (int j = 0; j < probe->dense->columns; j++)
        columns[j] = j;
    backend_objective(backend, (size_t)probe->dense->columns, columns, probe->dense->cost);
    probe->work(probe, backend);
    backend_close(backend);
}

static void read_point(Probe *probe, const Backend *backend,
                       double (*value)(const Backend *, int column), double *total)
{
    *total = 0;
    for (int j = 0; j < probe->dense->columns; j++) {
        probe->x[j] = value(backend, j);
        *total += probe->dense->cost[j] * probe->x[j];
    }
}

static Probe probed(const Dense *d, void (*work)(Probe *, Backend *), const BackendSearch *search)
{
    Lp lp;
    GuardFault fault;
    Probe probe = {.dense = d, .lp = &lp, .work = work, .arena = arena_new()};
    if (search != NULL)
        probe.search = *search;
    build(d, probe.arena, &lp);
    if (!glpk_guard_run(guarded, &probe, &fault))
        fail_msg("%s", fault.text);
    arena_free(probe.arena);
    return probe;
}

static void just_solve(Probe *probe, Backend *backend)
{
    probe->outcome = backend_solve(backend);
    read_point(probe, backend, backend_value, &probe->value);
    for (int i = 0; i < probe->dense->rows; i++)
        probe->duals[i] = backend_row_dual(backend, i);
}

static void solve_and_search(Probe *probe, Backend *backend)
{
    probe->second = backend_solve(backend);
    read_point(probe, backend, backend_value, &probe->second_value);
    probe->outcome = backend_search(backend, &probe->search, &probe->found, &probe->bound);
    if (probe->found)
        read_point(probe, backend, backend_whole_value, &probe->value);
}

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

/* ---- whole columns -------------------------------------------------------------------------- */

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_feasible_program_is_solved_to_its_vertex),
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
        cmocka_unit_test(whole_columns_come_out_whole_and_proven),
        cmocka_unit_test(no_whole_point_is_called_infeasible),
        cmocka_unit_test(a_limit_is_called_a_limit),
        cmocka_unit_test(a_start_is_kept_when_a_limit_comes_first),
        cmocka_unit_test(a_search_may_stop_at_the_gap_and_says_so),
        cmocka_unit_test(the_same_program_gives_the_same_bits),
    };
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
