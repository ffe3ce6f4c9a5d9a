/* The basis of the GLPK backend: kept, and put back after a trial, so that the next solve begins where
 * the last good one ended.
 */
#include "solver/glpk_internal.h"

Status backend_new_basis(const Backend *backend, Arena *arena, BackendBasis *basis)
{
    basis->columns = ARENA_NEW(arena, (size_t)glp_get_num_cols(backend->problem) + 1, char);
    basis->rows = ARENA_NEW(arena, (size_t)glp_get_num_rows(backend->problem) + 1, char);
    return basis->columns == NULL || basis->rows == NULL ? STATUS_NO_MEMORY : STATUS_OK;
}

void backend_keep_basis(const Backend *backend, BackendBasis *basis)
{
    int columns = glp_get_num_cols(backend->problem), rows = glp_get_num_rows(backend->problem);
    for (int j = 1; j <= columns; j++)
        basis->columns[j] = (char)glp_get_col_stat(backend->problem, j);
    for (int i = 1; i <= rows; i++)
        basis->rows[i] = (char)glp_get_row_stat(backend->problem, i);
}

void backend_put_basis(Backend *backend, const BackendBasis *basis)
{
    int columns = glp_get_num_cols(backend->problem), rows = glp_get_num_rows(backend->problem);
    for (int j = 1; j <= columns; j++)
        glp_set_col_stat(backend->problem, j, basis->columns[j]);
    for (int i = 1; i <= rows; i++)
        glp_set_row_stat(backend->problem, i, basis->rows[i]);
}

/** Where a nonbasic variable stands stays allowed, and what lies beyond it becomes so: it does not move. */
static void open_side(double *lower, double *upper, int *status, double was_lower, double was_upper)
{
    if (*status == GLP_NU && *upper > was_upper) {
        *lower = was_upper;
        *status = GLP_NL;
    } else if (*status == GLP_NL && *lower < was_lower) {
        *upper = was_lower;
        *status = GLP_NU;
    }
}

void backend_open_column(Backend *backend, int column, double lower, double upper)
{
    int at = backend->at[column], status = glp_get_col_stat(backend->problem, at);
    double was_lower, was_upper;
    backend_column_bounds(backend, column, &was_lower, &was_upper);
    open_side(&lower, &upper, &status, was_lower, was_upper);
    backend_bound_column(backend, column, lower, upper);
    glp_set_col_stat(backend->problem, at, status);
}

void backend_open_row(Backend *backend, int row, double lower, double upper)
{
    int status = glp_get_row_stat(backend->problem, row + 1);
    double was_lower, was_upper;
    backend_row_bounds(backend, row, &was_lower, &was_upper);
    open_side(&lower, &upper, &status, was_lower, was_upper);
    backend_bound_row(backend, row, lower, upper);
    glp_set_row_stat(backend->problem, row + 1, status);
}
