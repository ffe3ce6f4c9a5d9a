/* A basis that is kept of a live program, which may have grown since room was made for it, and one that
 * comes from the presolver. */
#include "tests/support/test_support.h"

#include <math.h>

#include "solver/backend.h"
#include "solver/glpk_guard.h"

enum { MORE = 4096 };

typedef struct Probe {
    Lp *lp;
    Arena *arena;
    double value;
    int rows_kept;
} Probe;

/** Many rows come after the room for a basis was made: an earlier version wrote beyond it. */
static void guarded(void *context)
{
    Probe *probe = context;
    BackendBasis basis;
    Backend *backend = backend_open(probe->lp, probe->arena);
    if (backend_new_basis(backend, probe->arena, &basis) != STATUS_OK)
        return;
    for (int i = 0; i < MORE; i++)
        backend_add_row(backend, -INFINITY, 6, 1, (int[]){0}, (double[]){1}, 1.0);
    backend_objective(backend, 1, (int[]){0}, (double[]){-1});
    (void)backend_solve(backend);
    backend_keep_basis(backend, &basis);
    probe->rows_kept = basis.row_count;
    backend_bound_column(backend, 0, 0, 0);
    (void)backend_solve(backend);
    backend_bound_column(backend, 0, 0, 9);
    backend_put_basis(backend, &basis);
    if (backend_solve(backend) == BACKEND_OPTIMAL)
        probe->value = backend_value(backend, 0);
    backend_close(backend);
}

/** Most x in 0 .. 9 with 4096 rows x <= 6. */
static void a_basis_grows_with_the_program(void **state)
{
    Lp lp;
    GuardFault fault;
    Arena *arena = arena_new();
    Probe probe = {.lp = &lp, .arena = arena};
    (void)state;
    assert_int_equal(lp_init(arena, &lp), STATUS_OK);
    assert_int_equal(lp_add_column(&lp, 0, 9, false, 1.0), STATUS_OK);
    lp_scale_rows(&lp);
    assert_true(glpk_guard_run(guarded, &probe, &fault));
    assert_int_equal(probe.rows_kept, MORE);
    assert_true(probe.value > 6 - 1e-9 && probe.value < 6 + 1e-9);
    arena_free(arena);
}

/* ---- from the presolver ---------------------------------------------------------------------- */

typedef struct Presolved {
    Lp *lp;
    Arena *arena;
    BackendOutcome outcome, beyond; /* as it is; with x held where no point is */
    long steps;                     /* that the solve behind the presolver takes */
    double x, y;
} Presolved;

static void solve_presolved(void *context)
{
    Presolved *seen = context;
    Backend *backend = backend_open(seen->lp, seen->arena);
    backend_add_row(backend, -INFINITY, 5, 2, (int[]){0, 1}, (double[]){1, 1}, 1.0);
    backend_objective(backend, 2, (int[]){0, 1}, (double[]){-1, -2});
    backend_bound_column(backend, 1, 2, 2);
    backend_presolve(backend);
    long before = backend_iterations(backend);
    seen->outcome = backend_solve(backend);
    seen->steps = backend_iterations(backend) - before;
    seen->x = backend_value(backend, 0);
    seen->y = backend_value(backend, 1);
    backend_bound_column(backend, 0, 4, 4);
    backend_presolve(backend);
    seen->beyond = backend_solve(backend);
    backend_close(backend);
}

/** Most x + 2 y with x in 0 .. 4, x + y <= 5, y held at 2: x is 3. With x held at 4 there is no point. */
static void what_the_presolver_finds_is_a_basis_of_the_whole(void **state)
{
    Lp lp;
    GuardFault fault;
    Arena *arena = arena_new();
    Presolved seen = {.lp = &lp, .arena = arena};
    (void)state;
    assert_int_equal(lp_init(arena, &lp), STATUS_OK);
    assert_int_equal(lp_add_column(&lp, 0, 4, false, 1.0), STATUS_OK);
    assert_int_equal(lp_add_column(&lp, 0, 3, false, 1.0), STATUS_OK);
    lp_scale_rows(&lp);
    assert_true(glpk_guard_run(solve_presolved, &seen, &fault));
    assert_int_equal(seen.outcome, BACKEND_OPTIMAL);
    assert_int_equal(seen.steps, 0);
    assert_true(fabs(seen.x - 3) < 1e-9 && fabs(seen.y - 2) < 1e-9);
    assert_int_equal(seen.beyond, BACKEND_INFEASIBLE);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_basis_grows_with_the_program),
        cmocka_unit_test(what_the_presolver_finds_is_a_basis_of_the_whole)};
    return cmocka_run_group_tests(tests, NULL, no_arena_is_left);
}
