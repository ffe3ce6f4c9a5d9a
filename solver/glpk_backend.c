/* The backend in GLPK. +1 and -1 between our indices and GLPK's exist in the files glpk_*.c only.
 *
 * Tolerances are those of the scaled program, in which a unit is one whole unit of the reporting
 * currency (or one share, or one thing): far below a cent. Reduced costs are judged more sharply
 * than bounds: they decide which offer is as good as another, while a bound that is missed by
 * 1e-7 is noise which rounding to whole steps removes.
 */
#include <limits.h>
#include <stdint.h>

#include "solver/deadline.h"
#include "solver/glpk_internal.h"

static const double TOLERANCE_BOUND = 1e-7;
static const double TOLERANCE_BOUND_AFTER = 1e-6; /* see backend_solve() */
static const double TOLERANCE_DUAL = 1e-9;
static const double TOLERANCE_DUAL_AFTER = 1e-7;
/* Programs of more columns are not asked anew whether they have a point. */
enum { DOUBTED_MOST = 20000 };
/* Simplex iterations after which a solve counts as going in circles. */
enum { ITERATIONS_LEAST = 2000, ITERATIONS_EACH = 5 };

static bool load_elements(Backend *backend, const Lp *lp)
{
    size_t count = lp->row_first[lp->row_count], loaded = 0;
    int *rows = ARENA_NEW(backend->arena, count + 1, int);
    int *columns = ARENA_NEW(backend->arena, count + 1, int);
    double *values = ARENA_NEW(backend->arena, count + 1, double);
    if (rows == NULL || columns == NULL || values == NULL || count > INT32_MAX / 2)
        return false;
    for (int i = 0; i < lp->row_count; i++)
        for (size_t k = lp->row_first[i]; k < lp->row_first[i + 1]; k++) {
            int at = backend->at[lp->element_column[k]];
            if (at == 0)
                continue;
            rows[++loaded] = i + 1;
            columns[loaded] = at;
            values[loaded] = lp->element[k];
        }
    glp_load_matrix(backend->problem, (int)loaded, rows, columns, values);
    return true;
}

static bool make_room(Backend *backend, int room)
{
    size_t old = (size_t)backend->column_count, new = (size_t)room;
    backend->at = arena_grow(backend->arena, backend->at, old, new, sizeof *backend->at);
    backend->lower = arena_grow(backend->arena, backend->lower, old, new, sizeof *backend->lower);
    backend->upper = arena_grow(backend->arena, backend->upper, old, new, sizeof *backend->upper);
    backend->column_room = room;
    return backend->at != NULL && backend->lower != NULL && backend->upper != NULL;
}

static void load_columns(Backend *backend, const Lp *lp, const bool *loaded)
{
    int count = 0;
    backend->column_count = lp->column_count;
    for (int j = 0; j < lp->column_count; j++)
        backend->at[j] = loaded == NULL || loaded[j] ? ++count : 0;
    if (count > 0)
        glp_add_cols(backend->problem, count);
    for (int j = 0; j < lp->column_count; j++) {
        backend_bound_column(backend, j, lp->lower[j], lp->upper[j]);
        if (backend->at[j] == 0)
            continue;
        glp_set_sjj(backend->problem, backend->at[j], lp->column_scale[j]);
        if (lp->integer[j])
            glp_set_col_kind(backend->problem, backend->at[j], GLP_IV);
    }
}

Backend *backend_open_part(const Lp *lp, const bool *loaded, Arena *arena)
{
    Backend *backend = ARENA_NEW(arena, 1, Backend);
    if (backend == NULL)
        return NULL;
    backend->arena = arena;
    backend->cost_scale = 1.0;
    backend->scale = lp->column_scale;
    backend->lp_columns = lp->column_count;
    if (!make_room(backend, lp->column_count + 1))
        return NULL;
    backend->problem = glp_create_prob();
    if (lp->row_count > 0)
        glp_add_rows(backend->problem, lp->row_count);
    for (int i = 0; i < lp->row_count; i++) {
        backend_bound_row(backend, i, lp->row_lower[i], lp->row_upper[i]);
        glp_set_rii(backend->problem, i + 1, lp->row_scale[i]);
    }
    load_columns(backend, lp, loaded);
    if (!load_elements(backend, lp)) {
        backend_close(backend);
        return NULL;
    }
    return backend;
}

Backend *backend_open(const Lp *lp, Arena *arena)
{
    return backend_open_part(lp, NULL, arena);
}

void backend_close(Backend *backend)
{
    if (backend != NULL && backend->problem != NULL) {
        glp_delete_prob(backend->problem);
        backend->problem = NULL;
    }
}

static double scale_of(const Backend *backend, int column)
{
    return column < backend->lp_columns ? backend->scale[column]
                                        : glp_get_sjj(backend->problem, backend->at[column]);
}

void backend_objective(Backend *backend, size_t count, const int *columns, const double *costs)
{
    double largest = 0;
    for (size_t k = 0; k < backend->costly_count; k++)
        if (backend->at[backend->costly[k]] > 0)
            glp_set_obj_coef(backend->problem, backend->at[backend->costly[k]], 0);
    if (count > backend->costly_room) {
        int *room = ARENA_NEW(backend->arena, count, int);
        if (room == NULL) {
            glp_error("no memory for an objective");
            return; /* never: the guard jumps */
        }
        backend->costly = room;
        backend->costly_room = count;
    }
    for (size_t k = 0; k < count; k++) {
        double cost = fabs(costs[k]) * scale_of(backend, columns[k]);
        largest = cost > largest ? cost : largest;
    }
    backend->cost_scale = largest > 0 ? 1.0 / lp_power_of_two(largest) : 1.0;
    for (size_t k = 0; k < count; k++) {
        int at = backend->at[columns[k]];
        if (at > 0)
            glp_set_obj_coef(backend->problem, at, costs[k] * backend->cost_scale);
        backend->costly[k] = columns[k];
    }
    backend->costly_count = count;
}

void backend_start_basic(Backend *backend, int row, int column)
{
    glp_set_row_stat(backend->problem, row + 1, GLP_NS);
    glp_set_col_stat(backend->problem, backend->at[column], GLP_BS);
}

static int status_of_place(BackendPlace place)
{
    return place == PLACE_BASIC ? GLP_BS : place == PLACE_UPPER ? GLP_NU : GLP_NL;
}

void backend_place_column(Backend *backend, int column, BackendPlace place)
{
    glp_set_col_stat(backend->problem, backend->at[column], status_of_place(place));
}

void backend_place_row(Backend *backend, int row, BackendPlace place)
{
    glp_set_row_stat(backend->problem, row + 1, status_of_place(place));
}

static BackendOutcome outcome_of_status(int status)
{
    switch (status) {
    case GLP_OPT: return BACKEND_OPTIMAL;
    case GLP_NOFEAS: return BACKEND_INFEASIBLE;
    case GLP_UNBND: return BACKEND_UNBOUNDED;
    default: return BACKEND_FAILED;
    }
}

/** To an optimal basis that the presolver finds from nothing. */
static bool presolve(glp_prob *problem, double tolerance)
{
    glp_smcp control;
    glp_init_smcp(&control);
    control.msg_lev = GLP_MSG_OFF;
    control.presolve = GLP_ON;
    control.tol_bnd = tolerance;
    control.tol_dj = TOLERANCE_DUAL;
    return glp_simplex(problem, &control) == 0 && glp_get_status(problem) == GLP_OPT;
}

void backend_until(Backend *backend, double deadline)
{
    backend->deadline = deadline;
}

bool backend_is_late(const Backend *backend)
{
    return deadline_is_past(backend->deadline);
}

/** What is left until then, in milliseconds as GLPK takes them. */
static int time_left_ms(double deadline)
{
    double left = deadline > 0 ? 1000 * deadline_left(deadline) : INT_MAX;
    return left >= INT_MAX ? INT_MAX : left < 1 ? 1 : (int)left;
}

/** One call of the simplex method. Where it cannot go on (a basis carried over has become singular)
 *  or walks in circles, it starts anew from a triangular basis with GLPK's own tolerances; then
 *  from where the presolver ends. */
BackendOutcome glpk_simplex(Backend *backend, glp_prob *problem, bool patient)
{
    glp_smcp control;
    int size = glp_get_num_cols(problem) + glp_get_num_rows(problem);
    if (backend_is_late(backend))
        return BACKEND_FAILED;
    glp_init_smcp(&control);
    control.msg_lev = GLP_MSG_OFF;
    control.meth = GLP_PRIMAL; /* never the dual from scratch: slower by orders of magnitude here */
    control.tol_bnd = patient ? TOLERANCE_BOUND_AFTER : TOLERANCE_BOUND;
    control.tol_dj = TOLERANCE_DUAL;
    control.it_lim = ITERATIONS_LEAST + ITERATIONS_EACH * size;
    control.tm_lim = time_left_ms(backend->deadline);
    int before = glp_get_it_cnt(problem);
    int code = glp_simplex(problem, &control);
    if (code == GLP_ETMLIM) {
        backend->iterations += glp_get_it_cnt(problem) - before;
        return BACKEND_FAILED;
    }
    if (code != 0) {
        glp_adv_basis(problem, 0);
        control.tol_dj = TOLERANCE_DUAL_AFTER;
        control.it_lim *= 4;
        code = glp_simplex(problem, &control);
    }
    if (code != 0 && presolve(problem, control.tol_bnd))
        code = glp_simplex(problem, &control);
    backend->iterations += glp_get_it_cnt(problem) - before;
    return code == 0 ? outcome_of_status(glp_get_status(problem)) : BACKEND_FAILED;
}

/** Freezing keeps a point feasible in exact arithmetic; in doubles the noise of many frozen bounds
 *  can add up. So a program that was feasible and is said not to be any more is asked again with
 *  more patience. One that is said to have no point at all is asked once more from a triangular basis: where
 *  every row is used up to the last cent the first way there may end a tolerance short of the only point. */
BackendOutcome backend_solve(Backend *backend)
{
    BackendOutcome outcome = glpk_simplex(backend, backend->problem, false);
    if (outcome == BACKEND_INFEASIBLE && backend->feasible) {
        outcome = glpk_simplex(backend, backend->problem, true);
    } else if (outcome == BACKEND_INFEASIBLE && !backend->doubted &&
               backend->column_count <= DOUBTED_MOST) {
        backend->doubted = true;
        glp_adv_basis(backend->problem, 0);
        outcome = glpk_simplex(backend, backend->problem, false);
    }
    backend->feasible = backend->feasible || outcome == BACKEND_OPTIMAL;
    return outcome;
}

/** Values that come out of the presolver are less exact than those of a basis: only the basis counts. */
void backend_presolve(Backend *backend)
{
    int before = glp_get_it_cnt(backend->problem);
    if (!presolve(backend->problem, TOLERANCE_BOUND))
        glp_adv_basis(backend->problem, 0);
    backend->iterations += glp_get_it_cnt(backend->problem) - before;
}

BackendOutcome backend_solve_dual(Backend *backend)
{
    glp_smcp control;
    int size = glp_get_num_cols(backend->problem) + glp_get_num_rows(backend->problem);
    int before = glp_get_it_cnt(backend->problem);
    glp_init_smcp(&control);
    control.msg_lev = GLP_MSG_OFF;
    control.meth = GLP_DUALP;
    control.tol_bnd = TOLERANCE_BOUND;
    control.tol_dj = TOLERANCE_DUAL;
    control.it_lim = ITERATIONS_LEAST + size / ITERATIONS_EACH;
    int code = glp_simplex(backend->problem, &control);
    backend->iterations += glp_get_it_cnt(backend->problem) - before;
    return code == 0 ? outcome_of_status(glp_get_status(backend->problem)) : BACKEND_FAILED;
}

double backend_objective_value(const Backend *backend)
{
    return glp_get_obj_val(backend->problem) / backend->cost_scale;
}

int backend_column_count(const Backend *backend)
{
    return backend->column_count;
}

int backend_row_count(const Backend *backend)
{
    return glp_get_num_rows(backend->problem);
}

double backend_value(const Backend *backend, int column)
{
    int at = backend->at[column];
    return at > 0 ? glp_get_col_prim(backend->problem, at) : backend->lower[column];
}

double backend_row_value(const Backend *backend, int row)
{
    return glp_get_row_prim(backend->problem, row + 1);
}

double backend_reduced_cost(const Backend *backend, int column)
{
    int at = backend->at[column];
    if (at == 0 || glp_get_col_stat(backend->problem, at) == GLP_BS)
        return 0;
    return glp_get_col_dual(backend->problem, at) * glp_get_sjj(backend->problem, at);
}

double backend_row_dual(const Backend *backend, int row)
{
    if (glp_get_row_stat(backend->problem, row + 1) == GLP_BS)
        return 0;
    return glp_get_row_dual(backend->problem, row + 1) / glp_get_rii(backend->problem, row + 1);
}

double backend_cost_scale(const Backend *backend)
{
    return backend->cost_scale;
}

double backend_frozen_dual(const Backend *backend, int row, double zero)
{
    if (fabs(backend_row_dual(backend, row)) <= zero)
        return 0;
    return glp_get_row_dual(backend->problem, row + 1) / backend->cost_scale;
}

int backend_add_column(Backend *backend, double lower, double upper, double scale)
{
    int column = backend->column_count;
    if (column == backend->column_room && !make_room(backend, 2 * column))
        glp_error("no memory for a column");
    int at = backend->at[column] = glp_add_cols(backend->problem, 1);
    backend->column_count++;
    backend_bound_column(backend, column, lower, upper);
    glp_set_sjj(backend->problem, at, lp_power_of_two(scale));
    glp_set_col_stat(backend->problem, at, isfinite(lower) ? GLP_NL : GLP_NF);
    return column;
}

int backend_add_row(Backend *backend, double lower, double upper, size_t count, const int *columns,
                    const double *values, double scale)
{
    int row = glp_add_rows(backend->problem, 1) - 1;
    backend_bound_row(backend, row, lower, upper);
    glp_set_rii(backend->problem, row + 1, lp_power_of_two(scale));
    int *indices = ARENA_NEW(backend->arena, count + 1, int);
    double *elements = ARENA_NEW(backend->arena, count + 1, double);
    if (indices == NULL || elements == NULL) {
        glp_error("no memory for a row");
        return row; /* never: the guard jumps */
    }
    for (size_t k = 0; k < count; k++) {
        indices[k + 1] = backend->at[columns[k]];
        elements[k + 1] = values[k];
    }
    glp_set_mat_row(backend->problem, row + 1, (int)count, indices, elements);
    glp_set_row_stat(backend->problem, row + 1, GLP_BS);
    return row;
}

long backend_iterations(const Backend *backend)
{
    return backend->iterations;
}

double backend_work(const Backend *backend)
{
    return backend->work;
}

long backend_nodes(const Backend *backend)
{
    return backend->nodes;
}

void backend_name_column(Backend *backend, int column, const char *name)
{
    glp_set_col_name(backend->problem, backend->at[column], name);
}

void backend_name_row(Backend *backend, int row, const char *name)
{
    glp_set_row_name(backend->problem, row + 1, name);
}

bool backend_write(Backend *backend, const char *path, bool lp_format)
{
    for (size_t k = 0; k < backend->costly_count; k++) { /* costs as given, not as scaled */
        int column = backend->at[backend->costly[k]];
        double cost = glp_get_obj_coef(backend->problem, column) / backend->cost_scale;
        glp_set_obj_coef(backend->problem, column, cost);
    }
    backend->cost_scale = 1.0;
    if (lp_format)
        return glp_write_lp(backend->problem, NULL, path) == 0;
    return glpk_write_mps(backend, path);
}

const char *backend_library_version(void)
{
    return glp_version();
}
