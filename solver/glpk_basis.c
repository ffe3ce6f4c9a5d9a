/* The basis of the GLPK backend: kept, and put back after a trial, so that the next solve begins where
 * the last good one ended.
 */
#include "solver/glpk_internal.h"

/** Room for the program as it is now. */
static bool make_room(const Backend *backend, Arena *arena, BackendBasis *basis)
{
    int columns = glp_get_num_cols(backend->problem), rows = glp_get_num_rows(backend->problem);
    if (basis->columns == NULL || columns > basis->column_room) {
        basis->columns = ARENA_NEW(arena, (size_t)columns + 1, char);
        basis->column_room = columns;
    }
    if (basis->rows == NULL || rows > basis->row_room) {
        basis->rows = ARENA_NEW(arena, (size_t)rows + 1, char);
        basis->row_room = rows;
    }
    return basis->columns != NULL && basis->rows != NULL;
}

Status backend_new_basis(const Backend *backend, Arena *arena, BackendBasis *basis)
{
    *basis = (BackendBasis){0};
    return make_room(backend, arena, basis) ? STATUS_OK : STATUS_NO_MEMORY;
}

void backend_keep_basis(const Backend *backend, BackendBasis *basis)
{
    if (!make_room(backend, backend->arena, basis)) /* rows or columns were added since */
        glp_error("no memory for a basis");
    basis->column_count = glp_get_num_cols(backend->problem);
    basis->row_count = glp_get_num_rows(backend->problem);
    for (int j = 1; j <= basis->column_count; j++)
        basis->columns[j] = (char)glp_get_col_stat(backend->problem, j);
    for (int i = 1; i <= basis->row_count; i++)
        basis->rows[i] = (char)glp_get_row_stat(backend->problem, i);
}

void backend_put_basis(Backend *backend, const BackendBasis *basis)
{
    int columns = glp_get_num_cols(backend->problem), rows = glp_get_num_rows(backend->problem);
    for (int j = 1; j <= columns; j++)
        glp_set_col_stat(backend->problem, j,
                         j <= basis->column_count ? basis->columns[j] : GLP_NL);
    for (int i = 1; i <= rows; i++)
        glp_set_row_stat(backend->problem, i, i <= basis->row_count ? basis->rows[i] : GLP_BS);
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
