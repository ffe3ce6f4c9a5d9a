/* Columns of a live GLPK program that come and go. */
#include "solver/glpk_internal.h"

bool backend_is_loaded(const Backend *backend, int column)
{
    return backend->at[column] > 0;
}

bool backend_is_basic(const Backend *backend, int column)
{
    int at = backend->at[column];
    return at > 0 && glp_get_col_stat(backend->problem, at) == GLP_BS;
}

bool backend_is_idle(const Backend *backend, int column)
{
    int at = backend->at[column], status = glp_get_col_stat(backend->problem, at);
    double bound = status == GLP_NU ? glp_get_col_ub(backend->problem, at)
                                    : glp_get_col_lb(backend->problem, at);
    return status != GLP_BS && status != GLP_NF && bound == 0;
}

static bool make_room(Backend *backend, size_t count)
{
    if (count < backend->load_room)
        return true;
    backend->load_room = 2 * count + 16;
    backend->load_rows = ARENA_NEW(backend->arena, backend->load_room, int);
    backend->load_values = ARENA_NEW(backend->arena, backend->load_room, double);
    return backend->load_rows != NULL && backend->load_values != NULL;
}

void backend_fill_column(Backend *backend, int column, size_t count, const int *rows,
                         const double *values)
{
    if (!make_room(backend, count))
        glp_error("no memory for a column");
    for (size_t k = 0; k < count; k++) {
        backend->load_rows[k + 1] = rows[k] + 1;
        backend->load_values[k + 1] = values[k];
    }
    glp_set_mat_col(backend->problem, backend->at[column], (int)count, backend->load_rows,
                    backend->load_values);
}

void backend_load(Backend *backend, int column, double cost, size_t count, const int *rows,
                  const double *values)
{
    double lower = backend->lower[column], upper = backend->upper[column];
    if (!make_room(backend, count))
        glp_error("no memory for a column");
    for (size_t k = 0; k < count; k++) {
        backend->load_rows[k + 1] = rows[k] + 1;
        backend->load_values[k + 1] = values[k];
    }
    int at = backend->at[column] = glp_add_cols(backend->problem, 1);
    glp_set_sjj(backend->problem, at, backend->scale[column]);
    glp_set_mat_col(backend->problem, at, (int)count, backend->load_rows, backend->load_values);
    glp_set_obj_coef(backend->problem, at, cost * backend->cost_scale);
    backend_bound_column(backend, column, lower, upper);
}

void backend_unload(Backend *backend, size_t count, const int *columns)
{
    int loaded = glp_get_num_cols(backend->problem), gone = 0;
    int *before = ARENA_NEW(backend->arena, (size_t)loaded + 1, int); /* gone up to here */
    int *list = ARENA_NEW(backend->arena, count + 1, int);
    if (before == NULL || list == NULL)
        return; /* they may as well stay */
    for (size_t k = 0; k < count; k++) {
        int j = columns[k], at = backend->at[j];
        backend_column_bounds(backend, j, &backend->lower[j], &backend->upper[j]);
        backend->at[j] = 0;
        before[at] = 1;
        list[k + 1] = at;
    }
    for (int at = 1; at <= loaded; at++)
        gone = before[at] += gone;
    glp_del_cols(backend->problem, (int)count, list);
    for (int j = 0; j < backend->column_count; j++)
        if (backend->at[j] > 0)
            backend->at[j] -= before[backend->at[j]];
}
