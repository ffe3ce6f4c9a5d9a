/* The backend in GLPK. +1 and -1 between our indices and GLPK's exist in this file only.
 *
 * Tolerances are those of the scaled program, in which a unit is one whole unit of the reporting
 * currency (or one share, or one thing): far below a cent. Reduced costs are judged more sharply
 * than bounds: they decide which offer is as good as another, while a bound that is missed by
 * 1e-7 is noise which rounding to whole steps removes.
 */
#include "solver/backend.h"

#include <glpk.h>
#include <stdint.h>
#include <string.h>

static const double TOLERANCE_BOUND = 1e-7;
static const double TOLERANCE_BOUND_AFTER = 1e-6; /* see backend_solve() */
static const double TOLERANCE_DUAL = 1e-9;
static const double TOLERANCE_DUAL_AFTER = 1e-7;
/* How far from whole a whole column may be: GLPK's own default. A tighter one is a trap: a node whose
 * point is off by the slack of a level row is branched on, and both sides of it are then called
 * infeasible. The point found is made whole and the rest of it worked out anew. */
static const double TOLERANCE_WHOLE = 1e-5;

/* A point keeps a row that it misses by no more than this, relative, above 1 (whole units). */
static const double POINT_SLACK = 2e-6;

/* Simplex iterations after which a solve counts as going in circles. */
enum { ITERATIONS_LEAST = 2000, ITERATIONS_EACH = 5 };

/* A node costs about as much as so many iterations: its basis is factorised anew. */
static const double NODE_ITERATIONS = 100;

struct Backend {
    glp_prob *problem;
    Arena *arena;
    int *costly; /* columns with a cost now */
    size_t costly_count;
    size_t costly_room;
    double cost_scale; /* costs given to GLPK are ours times this */
    bool feasible;     /* some solve has succeeded */
    long iterations;
    long nodes;
    double work;
    double *whole; /* the last search's point */
};

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
    glp_set_col_bnds(backend->problem, column + 1, bound_kind(lower, upper), lower, upper);
}

void backend_bound_row(Backend *backend, int row, double lower, double upper)
{
    glp_set_row_bnds(backend->problem, row + 1, bound_kind(lower, upper), lower, upper);
}

static bool load_elements(Backend *backend, const Lp *lp)
{
    size_t count = lp->row_first[lp->row_count];
    int *rows = ARENA_NEW(backend->arena, count + 1, int);
    int *columns = ARENA_NEW(backend->arena, count + 1, int);
    double *values = ARENA_NEW(backend->arena, count + 1, double);
    if (rows == NULL || columns == NULL || values == NULL || count > INT32_MAX / 2)
        return false;
    for (int i = 0; i < lp->row_count; i++)
        for (size_t k = lp->row_first[i]; k < lp->row_first[i + 1]; k++) {
            rows[k + 1] = i + 1;
            columns[k + 1] = lp->element_column[k] + 1;
            values[k + 1] = lp->element[k];
        }
    glp_load_matrix(backend->problem, (int)count, rows, columns, values);
    return true;
}

Backend *backend_open(const Lp *lp, Arena *arena)
{
    Backend *backend = ARENA_NEW(arena, 1, Backend);
    if (backend == NULL)
        return NULL;
    backend->arena = arena;
    backend->cost_scale = 1.0;
    backend->problem = glp_create_prob();
    if (lp->row_count > 0)
        glp_add_rows(backend->problem, lp->row_count);
    if (lp->column_count > 0)
        glp_add_cols(backend->problem, lp->column_count);
    for (int i = 0; i < lp->row_count; i++) {
        backend_bound_row(backend, i, lp->row_lower[i], lp->row_upper[i]);
        glp_set_rii(backend->problem, i + 1, lp->row_scale[i]);
    }
    for (int j = 0; j < lp->column_count; j++) {
        backend_bound_column(backend, j, lp->lower[j], lp->upper[j]);
        glp_set_sjj(backend->problem, j + 1, lp->column_scale[j]);
        if (lp->integer[j])
            glp_set_col_kind(backend->problem, j + 1, GLP_IV);
    }
    if (!load_elements(backend, lp)) {
        backend_close(backend);
        return NULL;
    }
    return backend;
}

void backend_close(Backend *backend)
{
    if (backend != NULL && backend->problem != NULL) {
        glp_delete_prob(backend->problem);
        backend->problem = NULL;
    }
}

void backend_objective(Backend *backend, size_t count, const int *columns, const double *costs)
{
    double largest = 0;
    for (size_t k = 0; k < backend->costly_count; k++)
        glp_set_obj_coef(backend->problem, backend->costly[k] + 1, 0);
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
        double cost = fabs(costs[k]) * glp_get_sjj(backend->problem, columns[k] + 1);
        largest = cost > largest ? cost : largest;
    }
    backend->cost_scale = largest > 0 ? 1.0 / lp_power_of_two(largest) : 1.0;
    for (size_t k = 0; k < count; k++) {
        glp_set_obj_coef(backend->problem, columns[k] + 1, costs[k] * backend->cost_scale);
        backend->costly[k] = columns[k];
    }
    backend->costly_count = count;
}

void backend_start_basic(Backend *backend, int row, int column)
{
    glp_set_row_stat(backend->problem, row + 1, GLP_NS);
    glp_set_col_stat(backend->problem, column + 1, GLP_BS);
}

static int status_of_place(BackendPlace place)
{
    return place == PLACE_BASIC ? GLP_BS : place == PLACE_UPPER ? GLP_NU : GLP_NL;
}

void backend_place_column(Backend *backend, int column, BackendPlace place)
{
    glp_set_col_stat(backend->problem, column + 1, status_of_place(place));
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

/** One call of the simplex method. Where it cannot go on (a basis carried over has become singular)
 *  or walks in circles, it starts anew from a triangular basis with GLPK's own tolerances. */
static BackendOutcome simplex(Backend *backend, glp_prob *problem, double tolerance)
{
    glp_smcp control;
    int size = glp_get_num_cols(problem) + glp_get_num_rows(problem);
    glp_init_smcp(&control);
    control.msg_lev = GLP_MSG_OFF;
    control.meth = GLP_PRIMAL; /* never the dual from scratch: slower by orders of magnitude here */
    control.tol_bnd = tolerance;
    control.tol_dj = TOLERANCE_DUAL;
    control.it_lim = ITERATIONS_LEAST + ITERATIONS_EACH * size;
    int before = glp_get_it_cnt(problem);
    int code = glp_simplex(problem, &control);
    if (code != 0) {
        glp_adv_basis(problem, 0);
        control.tol_dj = TOLERANCE_DUAL_AFTER;
        control.it_lim *= 4;
        code = glp_simplex(problem, &control);
    }
    backend->iterations += glp_get_it_cnt(problem) - before;
    return code == 0 ? outcome_of_status(glp_get_status(problem)) : BACKEND_FAILED;
}

/** Freezing keeps a point feasible in exact arithmetic; in doubles the noise of many frozen bounds
 *  can add up. So a program that was feasible and is said not to be any more is asked again with
 *  more patience. */
BackendOutcome backend_solve(Backend *backend)
{
    BackendOutcome outcome = simplex(backend, backend->problem, TOLERANCE_BOUND);
    if (outcome == BACKEND_INFEASIBLE && backend->feasible)
        outcome = simplex(backend, backend->problem, TOLERANCE_BOUND_AFTER);
    backend->feasible = backend->feasible || outcome == BACKEND_OPTIMAL;
    return outcome;
}

/** What the search callback needs; GLPK hands it through. */
typedef struct Search {
    const BackendSearch *limits;
    const double *start; /* [columns + 1], counting from 1, or NULL */
    int before;          /* simplex iterations at its start */
    double work;
    bool started;
    bool stopped;
    double bound;
    int nodes;
} Search;

/** Branches where most is at stake: on the column whose worth times distance from whole is largest,
 *  first towards the nearer side. */
static void choose_branch(glp_tree *tree, const double *worth)
{
    glp_prob *problem = glp_ios_get_prob(tree);
    int best = 0;
    double most = 0;
    for (int j = 1; j <= glp_get_num_cols(problem); j++) {
        if (worth[j - 1] <= 0 || !glp_ios_can_branch(tree, j))
            continue;
        double value = glp_get_col_prim(problem, j), part = value - floor(value);
        double stake = worth[j - 1] * fmin(part, 1 - part);
        if (stake > most) {
            most = stake;
            best = j;
        }
    }
    if (best == 0)
        return;
    double value = glp_get_col_prim(problem, best);
    glp_ios_branch_upon(tree, best, value - floor(value) < 0.5 ? GLP_DN_BRNCH : GLP_UP_BRNCH);
}

static void watch_search(glp_tree *tree, void *info)
{
    Search *search = info;
    int best = glp_ios_best_node(tree);
    if (best != 0)
        search->bound = glp_ios_node_bound(tree, best);
    glp_ios_tree_size(tree, NULL, NULL, &search->nodes);
    if (glp_ios_reason(tree) == GLP_IHEUR && !search->started) {
        search->started = true;
        if (search->start != NULL)
            glp_ios_heur_sol(tree, search->start);
    }
    if (glp_ios_reason(tree) == GLP_IBRANCH && search->limits->worth != NULL)
        choose_branch(tree, search->limits->worth);
    glp_prob *problem = glp_ios_get_prob(tree);
    double iterations = glp_get_it_cnt(problem) - search->before;
    search->work = (iterations + NODE_ITERATIONS * search->nodes) * glp_get_num_cols(problem);
    if (search->nodes > search->limits->nodes || search->work > search->limits->work) {
        search->stopped = true;
        glp_ios_terminate(tree);
    }
}

static BackendOutcome outcome_of_search(glp_prob *problem, int code, bool stopped, bool *found)
{
    int status = glp_mip_status(problem);
    *found = status == GLP_OPT || status == GLP_FEAS;
    if (status == GLP_OPT && code == 0)
        return BACKEND_OPTIMAL;
    if (code == GLP_EMIPGAP)
        return BACKEND_WITHIN_GAP;
    if (stopped || code == GLP_ESTOP)
        return BACKEND_LIMIT;
    if (code == 0 && status == GLP_NOFEAS)
        return BACKEND_INFEASIBLE;
    return BACKEND_FAILED;
}

static const double *counted_from_one(const Backend *backend, const double *start)
{
    int columns = glp_get_num_cols(backend->problem);
    double *copy = start == NULL ? NULL : ARENA_NEW(backend->arena, (size_t)columns + 1, double);
    if (copy != NULL)
        memcpy(copy + 1, start, (size_t)columns * sizeof *copy);
    return copy;
}

/** The program as branch and cut gets it: in GLPK's own scales. In ours, where a column may count
 *  millions, GLPK 5.0's dual simplex calls some nodes infeasible that are not, and proofs would be
 *  wrong. */
static glp_prob *search_program(const Backend *backend)
{
    glp_prob *problem = glp_create_prob();
    glp_copy_prob(problem, backend->problem, GLP_OFF);
    glp_scale_prob(problem, GLP_SF_AUTO);
    return problem;
}

static void keep_whole_point(Backend *backend, glp_prob *problem)
{
    int columns = glp_get_num_cols(problem);
    backend->whole = ARENA_NEW(backend->arena, (size_t)columns, double);
    if (backend->whole == NULL)
        glp_error("no memory for a point");
    for (int j = 0; j < columns; j++)
        backend->whole[j] = glp_mip_col_val(problem, j + 1);
}

static glp_iocp search_control(const BackendSearch *limits, Search *search)
{
    glp_iocp control;
    glp_init_iocp(&control);
    control.msg_lev = GLP_MSG_OFF;
    control.tol_int = TOLERANCE_WHOLE;
    control.pp_tech = GLP_PP_NONE; /* it tightens bounds to within its noise: see above */
    control.mip_gap = limits->gap_rel;
    control.cb_func = watch_search;
    control.cb_info = search;
    control.sr_heur = GLP_ON;
    if (limits->worth != NULL)
        control.bt_tech = GLP_BT_BLB; /* the bound is what the search is for */
    return control;
}

BackendOutcome backend_search(Backend *backend, const BackendSearch *limits, bool *found,
                              double *bound)
{
    Search search = {.limits = limits,
                     .start = counted_from_one(backend, limits->start),
                     .bound = glp_get_obj_val(backend->problem)};
    glp_iocp control = search_control(limits, &search);
    glp_prob *problem = search_program(backend);
    BackendOutcome outcome = simplex(backend, problem, TOLERANCE_BOUND);
    *found = false;
    if (outcome == BACKEND_OPTIMAL) {
        search.before = glp_get_it_cnt(problem);
        int code = glp_intopt(problem, &control);
        backend->iterations += glp_get_it_cnt(problem) - search.before;
        backend->nodes += search.nodes;
        backend->work += search.work;
        outcome = outcome_of_search(problem, code, search.stopped, found);
        if (outcome == BACKEND_OPTIMAL)
            search.bound = glp_mip_obj_val(problem);
        if (*found)
            keep_whole_point(backend, problem);
    }
    *bound = search.bound / backend->cost_scale;
    glp_delete_prob(problem);
    return outcome;
}

int backend_column_count(const Backend *backend)
{
    return glp_get_num_cols(backend->problem);
}

int backend_row_count(const Backend *backend)
{
    return glp_get_num_rows(backend->problem);
}

double backend_value(const Backend *backend, int column)
{
    return glp_get_col_prim(backend->problem, column + 1);
}

double backend_row_value(const Backend *backend, int row)
{
    return glp_get_row_prim(backend->problem, row + 1);
}

double backend_whole_value(const Backend *backend, int column)
{
    return backend->whole[column];
}

double backend_reduced_cost(const Backend *backend, int column)
{
    if (glp_get_col_stat(backend->problem, column + 1) == GLP_BS)
        return 0;
    return glp_get_col_dual(backend->problem, column + 1) *
           glp_get_sjj(backend->problem, column + 1);
}

double backend_row_dual(const Backend *backend, int row)
{
    if (glp_get_row_stat(backend->problem, row + 1) == GLP_BS)
        return 0;
    return glp_get_row_dual(backend->problem, row + 1) / glp_get_rii(backend->problem, row + 1);
}

double backend_frozen_dual(const Backend *backend, int row, double zero)
{
    if (fabs(backend_row_dual(backend, row)) <= zero)
        return 0;
    return glp_get_row_dual(backend->problem, row + 1) / backend->cost_scale;
}

void backend_column_bounds(const Backend *backend, int column, double *lower, double *upper)
{
    int kind = glp_get_col_type(backend->problem, column + 1);
    *lower =
        kind == GLP_FR || kind == GLP_UP ? -INFINITY : glp_get_col_lb(backend->problem, column + 1);
    *upper =
        kind == GLP_FR || kind == GLP_LO ? INFINITY : glp_get_col_ub(backend->problem, column + 1);
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
    double at = glp_get_col_stat(backend->problem, column + 1) == GLP_NU
                    ? glp_get_col_ub(backend->problem, column + 1)
                    : glp_get_col_lb(backend->problem, column + 1);
    glp_set_col_bnds(backend->problem, column + 1, GLP_FX, at, at);
}

void backend_fix_row(Backend *backend, int row)
{
    double at = glp_get_row_stat(backend->problem, row + 1) == GLP_NU
                    ? glp_get_row_ub(backend->problem, row + 1)
                    : glp_get_row_lb(backend->problem, row + 1);
    glp_set_row_bnds(backend->problem, row + 1, GLP_FX, at, at);
}

int backend_add_column(Backend *backend, double lower, double upper, double scale)
{
    int column = glp_add_cols(backend->problem, 1) - 1;
    backend_bound_column(backend, column, lower, upper);
    glp_set_sjj(backend->problem, column + 1, lp_power_of_two(scale));
    glp_set_col_stat(backend->problem, column + 1, isfinite(lower) ? GLP_NL : GLP_NF);
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
        indices[k + 1] = columns[k] + 1;
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
    glp_set_col_name(backend->problem, column + 1, name);
}

void backend_name_row(Backend *backend, int row, const char *name)
{
    glp_set_row_name(backend->problem, row + 1, name);
}

bool backend_write(Backend *backend, const char *path, bool lp_format)
{
    for (size_t k = 0; k < backend->costly_count; k++) { /* costs as given, not as scaled */
        int column = backend->costly[k] + 1;
        double cost = glp_get_obj_coef(backend->problem, column) / backend->cost_scale;
        glp_set_obj_coef(backend->problem, column, cost);
    }
    backend->cost_scale = 1.0;
    if (lp_format)
        return glp_write_lp(backend->problem, NULL, path) == 0;
    return glp_write_mps(backend->problem, GLP_MPS_FILE, NULL, path) == 0;
}

const char *backend_library_version(void)
{
    return glp_version();
}
