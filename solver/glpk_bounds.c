/* The bounds of rows and columns in the GLPK backend: set, read, fixed, saved, put back; and whether a
 * point keeps them.
 */
#include "solver/glpk_internal.h"

/* A point keeps a row that it misses by no more than this, relative, above 1 (whole units). */
static const double POINT_SLACK = 2e-6;

/* What a point misses by no more than this, relative to all that the row adds up, is noise: of levels, of
 * wholes made whole, of sums that cancel (a share of a total is a row of millions that comes to 0). */
static const double ADMITTED = 1e-8;
static const double UNSEEN = 1e-12; /* and what no solver looks at */

/** By how much a point misses what is to be opened to it, relative. */
typedef struct Misses {
    double above, most;
} Misses;

/** What GLPK calls the kind of these bounds. */
static int bound_kind(double lower, double upper)
{
    if (lower == upper)
        return GLP_FX;
    if (isfinite(lower))
        return isfinite(upper) ? GLP_DB : GLP_LO;
    return isfinite(upper) ? GLP_UP : GLP_FR;
}

void backend_bound_column(Backend *backend, int column, double lower, double upper)
{
    int at = backend->at[column];
    if (at > 0) {
        glp_set_col_bnds(backend->problem, at, bound_kind(lower, upper), lower, upper);
    } else {
        backend->lower[column] = lower;
        backend->upper[column] = upper;
    }
}

void backend_bound_row(Backend *backend, int row, double lower, double upper)
{
    glp_set_row_bnds(backend->problem, row + 1, bound_kind(lower, upper), lower, upper);
}

void backend_column_bounds(const Backend *backend, int column, double *lower, double *upper)
{
    int at = backend->at[column];
    if (at == 0) {
        *lower = backend->lower[column];
        *upper = backend->upper[column];
        return;
    }
    int kind = glp_get_col_type(backend->problem, at);
    *lower = kind == GLP_FR || kind == GLP_UP ? -INFINITY : glp_get_col_lb(backend->problem, at);
    *upper = kind == GLP_FR || kind == GLP_LO ? INFINITY : glp_get_col_ub(backend->problem, at);
    if (kind == GLP_FX)
        *upper = *lower;
}

void backend_row_bounds(const Backend *backend, int row, double *lower, double *upper)
{
    int kind = glp_get_row_type(backend->problem, row + 1);
    *lower =
        kind == GLP_FR || kind == GLP_UP ? -INFINITY : glp_get_row_lb(backend->problem, row + 1);
    *upper =
        kind == GLP_FR || kind == GLP_LO ? INFINITY : glp_get_row_ub(backend->problem, row + 1);
    if (kind == GLP_FX)
        *upper = *lower;
}

static bool is_between(double value, double lower, double upper)
{
    double slack = POINT_SLACK * fmax(1.0, fabs(value));
    return value >= lower - slack && value <= upper + slack;
}

bool backend_admits(Backend *backend, const double *x)
{
    int columns = glp_get_num_cols(backend->problem);
    int *indices = ARENA_NEW(backend->arena, (size_t)columns + 1, int);
    double *elements = ARENA_NEW(backend->arena, (size_t)columns + 1, double), lower, upper;
    if (indices == NULL || elements == NULL)
        return false;
    for (int j = 0; j < columns; j++) {
        backend_column_bounds(backend, j, &lower, &upper);
        if (!is_between(x[j], lower, upper))
            return false;
    }
    for (int i = 0; i < glp_get_num_rows(backend->problem); i++) {
        double activity = 0;
        int count = glp_get_mat_row(backend->problem, i + 1, indices, elements);
        for (int k = 1; k <= count; k++)
            activity += elements[k] * x[indices[k] - 1];
        backend_row_bounds(backend, i, &lower, &upper);
        if (!is_between(activity, lower, upper))
            return false;
    }
    return true;
}

/** Opens the bounds to a value that misses them by more than @p above and no more than @p most, relative to
 *  sums of this size. False: it does not. */
static bool open_to(double value, double size, const Misses *misses, double *lower, double *upper)
{
    double missed = fmax(*lower - value, value - *upper);
    if (!(missed > misses->above * size && missed <= misses->most * size))
        return false;
    *lower = fmin(*lower, value);
    *upper = fmax(*upper, value);
    return true;
}

static bool open_columns(Backend *backend, const double *x, const Misses *misses)
{
    bool opened = false;
    for (int j = 0; j < glp_get_num_cols(backend->problem); j++) {
        double lower, upper;
        backend_column_bounds(backend, j, &lower, &upper);
        if (!open_to(x[j], fmax(1, fabs(x[j])), misses, &lower, &upper))
            continue;
        backend_bound_column(backend, j, lower, upper);
        opened = true;
    }
    return opened;
}

static bool open_bounds(Backend *backend, const double *x, const Misses *misses)
{
    int columns = glp_get_num_cols(backend->problem);
    int *indices = ARENA_NEW(backend->arena, (size_t)columns + 1, int);
    double *elements = ARENA_NEW(backend->arena, (size_t)columns + 1, double);
    if (indices == NULL || elements == NULL)
        return false;
    bool opened = open_columns(backend, x, misses);
    for (int i = 0; i < glp_get_num_rows(backend->problem); i++) {
        double activity = 0, size = 1, lower, upper;
        int count = glp_get_mat_row(backend->problem, i + 1, indices, elements);
        for (int k = 1; k <= count; k++) {
            activity += elements[k] * x[indices[k] - 1];
            size += fabs(elements[k] * x[indices[k] - 1]);
        }
        backend_row_bounds(backend, i, &lower, &upper);
        if (!open_to(activity, size, misses, &lower, &upper))
            continue;
        backend_bound_row(backend, i, lower, upper);
        opened = true;
    }
    return opened;
}

bool backend_admit(Backend *backend, const double *x)
{
    return open_bounds(backend, x, &(Misses){UNSEEN, ADMITTED});
}

bool backend_take_in(Backend *backend, const double *x)
{
    if (!backend_admits(backend, x))
        return false;
    (void)open_bounds(backend, x, &(Misses){ADMITTED, INFINITY});
    return true;
}

Status backend_save_bounds(const Backend *backend, Arena *arena, BackendBounds *saved)
{
    saved->columns = backend_column_count(backend);
    saved->rows = backend_row_count(backend);
    saved->lower = ARENA_NEW(arena, (size_t)saved->columns, double);
    saved->upper = ARENA_NEW(arena, (size_t)saved->columns, double);
    saved->row_lower = ARENA_NEW(arena, (size_t)saved->rows, double);
    saved->row_upper = ARENA_NEW(arena, (size_t)saved->rows, double);
    if (saved->lower == NULL || saved->upper == NULL || saved->row_lower == NULL ||
        saved->row_upper == NULL)
        return STATUS_NO_MEMORY;
    for (int j = 0; j < saved->columns; j++)
        backend_column_bounds(backend, j, &saved->lower[j], &saved->upper[j]);
    for (int i = 0; i < saved->rows; i++)
        backend_row_bounds(backend, i, &saved->row_lower[i], &saved->row_upper[i]);
    return STATUS_OK;
}

void backend_restore_bounds(Backend *backend, const BackendBounds *saved)
{
    for (int j = 0; j < saved->columns; j++)
        backend_bound_column(backend, j, saved->lower[j], saved->upper[j]);
    for (int i = 0; i < saved->rows; i++)
        backend_bound_row(backend, i, saved->row_lower[i], saved->row_upper[i]);
}

void backend_fix_column(Backend *backend, int column)
{
    int at = backend->at[column];
    bool is_upper = at > 0 && glp_get_col_stat(backend->problem, at) == GLP_NU;
    double lower, upper;
    backend_column_bounds(backend, column, &lower, &upper);
    double value = is_upper ? upper : lower;
    backend_bound_column(backend, column, value, value);
}

void backend_fix_row(Backend *backend, int row)
{
    double at = glp_get_row_stat(backend->problem, row + 1) == GLP_NU
                    ? glp_get_row_ub(backend->problem, row + 1)
                    : glp_get_row_lb(backend->problem, row + 1);
    glp_set_row_bnds(backend->problem, row + 1, GLP_FX, at, at);
}
