/* Programs for backends, solved behind the guard. */
#include "tests/support/backend_probe.h"

#include <math.h>

#include "solver/glpk_guard.h"
#include "tests/support/test_support.h"

Dense dense(int rows, int columns)
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

void read_point(Probe *probe, const Backend *backend, double (*value)(const Backend *, int column),
                double *total)
{
    *total = 0;
    for (int j = 0; j < probe->dense->columns; j++) {
        probe->x[j] = value(backend, j);
        *total += probe->dense->cost[j] * probe->x[j];
    }
}

Probe probed(const Dense *d, void (*work)(Probe *, Backend *), const BackendSearch *search)
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

void just_solve(Probe *probe, Backend *backend)
{
    probe->outcome = backend_solve(backend);
    read_point(probe, backend, backend_value, &probe->value);
    for (int i = 0; i < probe->dense->rows; i++)
        probe->duals[i] = backend_row_dual(backend, i);
}

void solve_and_search(Probe *probe, Backend *backend)
{
    probe->second = backend_solve(backend);
    read_point(probe, backend, backend_value, &probe->second_value);
    probe->outcome = backend_search(backend, &probe->search, &probe->found, &probe->bound);
    if (probe->found)
        read_point(probe, backend, backend_whole_value, &probe->value);
}
