/* Branch and cut in the GLPK backend. The program is fully loaded: its columns are GLPK's in order. */
#include <string.h>

#include "solver/deadline.h"
#include "solver/glpk_cuts.h"
#include "solver/glpk_internal.h"
#include "solver/glpk_kinds.h"

/* How far from whole a whole column may be: GLPK's own default. A tighter one is a trap: a node whose
 * point is off by the slack of a level row is branched on, and both sides of it are then called
 * infeasible. The point found is made whole and the rest of it worked out anew. */
static const double TOLERANCE_WHOLE = 1e-5;

/* For a second search, where the point of the first is not whole at all: a switch that is off by 1e-5 lets
 * 300 euros of 30 millions through. */
static const double TOLERANCE_STRICT = 1e-8;

/* A node costs about as much as so many iterations: its basis is factorised anew. */
static const double NODE_ITERATIONS = 100;

/* In programs of no more columns Gomory and rounding cuts, the feasibility pump (where there is no point
 * yet) and branching by pseudo-costs prove more and find better points, which are then moved to vertices;
 * in larger ones what they cost is taken from the nodes. */
enum { SMALL_COLUMNS = 1000 };

/* A search with cuts that ends after no more nodes is looked at again without, until that ends, or for so many
 * nodes that find nothing better; and what is better, relative to 1 + the value, in GLPK's objective. */
enum { DOUBTFUL_NODES = 64, BARE_NODES = 300 };
static const double BETTER = 1e-7;

/** What the search callback needs; GLPK hands it through. */
typedef struct Search {
    const BackendSearch *limits;
    double cost_scale;   /* GLPK's objective for one of ours */
    const double *start; /* [columns + 1], counting from 1, or NULL */
    RoundingCuts *cuts;  /* or NULL */
    int before;          /* simplex iterations at its start */
    double work;
    long barren;     /* nodes after which a search that has found nothing below */
    double expected; /* this ends; 0: none */
    bool started;
    bool stopped;
    bool within; /* the gap, which was reached where only we can tell */
    bool found;  /* a point */
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

/** Is the best point as near to the bound as the limits ask, the objective's constant included? GLPK's own
 *  gap does not know it. Only once the search has had a few nodes to end by itself. */
static bool is_near(const Search *search, glp_prob *problem)
{
    double value = glp_mip_obj_val(problem),
           constant = search->limits->constant * search->cost_scale;
    double size = fmax(fabs(value + constant), fabs(search->bound + constant));
    double unit = constant != 0 ? search->cost_scale : 0;
    bool asked = search->limits->gap_rel > 0 && search->nodes > search->limits->patience;
    return asked && glp_mip_status(problem) == GLP_FEAS &&
           value - search->bound <= search->limits->gap_rel * fmax(size, unit);
}

/** The same by the absolute gap. */
static bool is_enough(const Search *search, glp_prob *problem)
{
    return search->limits->gap_abs > 0 && glp_mip_status(problem) == GLP_FEAS &&
           glp_mip_obj_val(problem) - search->bound <= search->limits->gap_abs * search->cost_scale;
}

/** Has a search that looks for something better found nothing for long enough? */
static bool is_barren(const Search *search, glp_prob *problem)
{
    return search->barren > 0 && search->nodes > search->barren &&
           !(glp_mip_status(problem) == GLP_FEAS && glp_mip_obj_val(problem) < search->expected);
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
    if (glp_ios_reason(tree) == GLP_ICUTGEN && search->cuts != NULL)
        rounding_cuts_add(search->cuts, tree);
    if (glp_ios_reason(tree) == GLP_IBRANCH && search->limits->worth != NULL)
        choose_branch(tree, search->limits->worth);
    glp_prob *problem = glp_ios_get_prob(tree);
    double iterations = glp_get_it_cnt(problem) - search->before;
    search->work = (iterations + NODE_ITERATIONS * search->nodes) * glp_get_num_cols(problem);
    search->within = is_near(search, problem) || is_enough(search, problem);
    search->stopped = search->nodes > search->limits->nodes ||
                      search->work > search->limits->work || is_barren(search, problem) ||
                      deadline_is_past(search->limits->deadline);
    if (search->within || search->stopped)
        glp_ios_terminate(tree);
}

static BackendOutcome outcome_of_search(glp_prob *problem, int code, Search *search)
{
    int status = glp_mip_status(problem);
    search->found = status == GLP_OPT || status == GLP_FEAS;
    if (status == GLP_OPT && code == 0)
        return BACKEND_OPTIMAL;
    if (search->within)
        return BACKEND_WITHIN_GAP;
    if (search->stopped || code == GLP_ESTOP)
        return BACKEND_LIMIT;
    if (code == 0 && status == GLP_NOFEAS)
        return BACKEND_INFEASIBLE;
    return BACKEND_FAILED;
}

/** What GLPK has proven when it has no node left. */
static double bound_of_end(glp_prob *problem, double value_rel)
{
    double value = glp_mip_obj_val(problem);
    return value - value_rel * (1 + fabs(value));
}

/** The point of a search, [columns + 1] from 1. */
static const double *point_found(const Backend *backend, glp_prob *problem)
{
    int columns = glp_get_num_cols(problem);
    double *point = ARENA_NEW(backend->arena, (size_t)columns + 1, double);
    if (point == NULL)
        glp_error("no memory for a point");
    for (int j = 1; j <= columns; j++)
        point[j] = glp_mip_col_val(problem, j);
    return point;
}

/** A point as a search of @p problem takes it: whole columns but for noise, from 1. */
static const double *counted_from_one(const Backend *backend, const double *start)
{
    int columns = glp_get_num_cols(backend->problem);
    if (start == NULL)
        return NULL;
    double *copy = ARENA_NEW(backend->arena, (size_t)columns + 1, double);
    if (copy == NULL)
        glp_error("no memory for a point"); /* without it the search would be another one */
    else
        memcpy(copy + 1, start, (size_t)columns * sizeof *copy);
    return copy;
}

/** The program as branch and cut gets it: in GLPK's own scales. In ours, where a column may count
 *  millions, GLPK 5.0's dual simplex calls some nodes infeasible that are not, and proofs would be
 *  wrong. */
static glp_prob *search_program(const Backend *backend, const BackendSearch *limits)
{
    const double *worth = limits->worth;
    glp_prob *problem = glp_create_prob();
    glp_copy_prob(problem, backend->problem, GLP_OFF);
    glp_scale_prob(problem, GLP_SF_AUTO);
    for (int j = 1; j <= glp_get_num_cols(problem); j++)
        if (glpk_follows_switch(problem, j))
            glp_set_col_kind(problem, j, GLP_CV);
        else if (worth != NULL && worth[j - 1] > 0)
            glp_set_col_kind(problem, j, GLP_IV);
    if (!limits->as_said)
        glpk_imply_whole(problem);
    return problem;
}

/* Making whole what is whole but for noise moves the objective by no more, relative to 1 + its value. */
static const double SAME_OBJECTIVE = 1e-6;

/** Fixes what the search is to leave as its start has it. */
static void hold_start(glp_prob *problem, const BackendSearch *limits)
{
    for (int j = 1; limits->held != NULL && j <= glp_get_num_cols(problem); j++)
        if (limits->held[j - 1])
            glp_set_col_bnds(problem, j, GLP_FX, limits->start[j - 1], limits->start[j - 1]);
}

/** Fixes whole columns where the search has them and solves for the rest, in our own scales. False where
 *  nothing is left, or something much worse: then the columns were not whole. */
static bool solve_rest(Backend *backend, glp_prob *rest, glp_prob *problem)
{
    for (int j = 1; j <= glp_get_num_cols(rest); j++)
        if (glp_get_col_kind(rest, j) != GLP_CV) {
            double value = round(glp_mip_col_val(problem, j));
            glp_set_col_bnds(rest, j, GLP_FX, value, value);
        }
    double found = glp_mip_obj_val(problem);
    return glpk_simplex(backend, rest, false) == BACKEND_OPTIMAL &&
           glp_get_obj_val(rest) <= found + SAME_OBJECTIVE * (1 + fabs(found));
}

/** The search's point: its whole columns, and a vertex of what they leave. Its own point keeps rows and
 *  bounds to within a tolerance alone, which is cents where amounts are large; stages that were held to
 *  such values could not be decided again, and needs met but for cents are not met. False when its
 *  whole columns leave nothing: they were not whole, and the point is kept as it is. */
static bool keep_whole_point(Backend *backend, glp_prob *problem)
{
    int columns = glp_get_num_cols(problem);
    backend->whole = ARENA_NEW(backend->arena, (size_t)columns, double);
    if (backend->whole == NULL)
        glp_error("no memory for a point");
    glp_prob *rest = glp_create_prob();
    glp_copy_prob(rest, backend->problem, GLP_OFF);
    bool solved = columns <= SMALL_COLUMNS && solve_rest(backend, rest, problem);
    for (int j = 1; j <= columns; j++)
        backend->whole[j - 1] = solved ? glp_get_col_prim(rest, j) : glp_mip_col_val(problem, j);
    glp_delete_prob(rest);
    return solved || columns > SMALL_COLUMNS;
}

static glp_iocp search_control(const BackendSearch *limits, int columns, Search *search)
{
    glp_iocp control;
    glp_init_iocp(&control);
    control.msg_lev = GLP_MSG_OFF;
    if (limits->value_rel > 0)
        control.tol_obj = limits->value_rel;
    control.pp_tech = GLP_PP_NONE; /* it tightens bounds to within its noise: see above */
    control.cb_func = watch_search;
    control.cb_info = search;
    control.sr_heur = GLP_ON;
    if (limits->worth != NULL)
        control.bt_tech = GLP_BT_BLB; /* the bound is what the search is for */
    if (limits->switches_first)
        control.br_tech = GLP_BR_FFV;
    if (limits->cuts) /* not cov_cuts: where amounts are large they cut plans off */
        control.clq_cuts = GLP_ON;
    if (limits->cuts && columns <= SMALL_COLUMNS) {
        /* not mir_cuts: those come from glpk_cuts.c, which looks at them first */
        control.gmi_cuts = GLP_ON;
        /* the pump solves programs that nobody watches, and behind frozen stages GLPK 5.0 may go round in
         * circles there for ever: it looks for a first point alone */
        control.fp_heur = limits->start == NULL ? GLP_ON : GLP_OFF;
        if (!limits->simple_branching)
            control.br_tech = GLP_BR_PCH; /* of the rules tried the one that proves most */
    }
    return control;
}

/** One branch and cut. */
static BackendOutcome run_search(Backend *backend, const BackendSearch *limits, double tolerance,
                                 glp_prob *problem, Search *search)
{
    glp_iocp control = search_control(limits, backend->column_count, search);
    control.tol_int = tolerance;
    search->before = glp_get_it_cnt(problem);
    if (limits->cuts && backend->column_count <= SMALL_COLUMNS) {
        search->cuts = rounding_cuts_open(problem, search->start, backend->arena);
        if (search->cuts == NULL)
            glp_error("no memory for cuts");
    }
    int code = glp_intopt(problem, &control);
    rounding_cuts_close(search->cuts);
    backend->iterations += glp_get_it_cnt(problem) - search->before;
    backend->nodes += search->nodes;
    backend->work += search->work;
    BackendOutcome outcome = outcome_of_search(problem, code, search);
    if (outcome == BACKEND_OPTIMAL)
        search->bound = bound_of_end(problem, limits->value_rel);
    return outcome;
}

/** Looks again for a point whose whole columns are whole more nearly. What was proven of points that need
 *  not be holds for those that must, and stands. */
static void search_again(Backend *backend, const BackendSearch *limits, const double *start)
{
    Search search = {.limits = limits, .cost_scale = backend->cost_scale, .start = start};
    glp_prob *problem = search_program(backend, limits);
    double *before = backend->whole;
    hold_start(problem, limits);
    if (glpk_simplex(backend, problem, false) == BACKEND_OPTIMAL) {
        run_search(backend, limits, TOLERANCE_STRICT, problem, &search);
        if (search.found && !keep_whole_point(backend, problem))
            backend->whole = before;
    }
    glp_delete_prob(problem);
}

/** Has a search with cuts ended so soon that they may have done it? Cuts are made in doubles. Where amounts
 *  are large, or where what earlier stages are held to leaves the program hardly any inside, a node whose
 *  cuts are off by noise is called infeasible though plans are in it: random rounds showed that of every
 *  kind of cut. It happens at the root, or near. */
static bool is_doubtful(const Search *search, BackendOutcome outcome)
{
    bool ended = outcome == BACKEND_OPTIMAL || outcome == BACKEND_WITHIN_GAP ||
                 outcome == BACKEND_INFEASIBLE;
    return ended && search->limits->cuts && search->limits->held == NULL &&
           search->nodes <= DOUBTFUL_NODES;
}

/** The same from the point found, without cuts: stands where it finds something better. */
static BackendOutcome look_without_cuts(Backend *backend, BackendOutcome outcome,
                                        glp_prob **problem, Search *search)
{
    const BackendSearch *limits = search->limits;
    BackendSearch bare = *limits;
    double value = search->found ? glp_mip_obj_val(*problem) : INFINITY;
    Search again = {.limits = &bare,
                    .cost_scale = search->cost_scale,
                    .start = search->found ? point_found(backend, *problem) : NULL,
                    .barren = BARE_NODES,
                    .expected = search->found ? value - BETTER * (1 + fabs(value)) : INFINITY,
                    .bound = glp_get_obj_val(backend->problem)};
    bare.cuts = false;
    glp_prob *other = search_program(backend, limits);
    BackendOutcome next = glpk_simplex(backend, other, false);
    if (next == BACKEND_OPTIMAL)
        next = run_search(backend, &bare, TOLERANCE_WHOLE, other, &again);
    bool better = again.found && glp_mip_obj_val(other) < again.expected;
    glp_delete_prob(better ? *problem : other);
    if (!better)
        return outcome;
    *problem = other;
    *search = again;
    search->limits = limits;
    return next;
}

bool backend_implies_whole(const Backend *backend)
{
    glp_prob *problem = glp_create_prob();
    glp_copy_prob(problem, backend->problem, GLP_OFF);
    bool implied = glpk_imply_whole(problem) > 0;
    glp_delete_prob(problem);
    return implied;
}

BackendOutcome backend_search(Backend *backend, const BackendSearch *limits, bool *found,
                              double *bound)
{
    Search search = {.limits = limits,
                     .cost_scale = backend->cost_scale,
                     .start = counted_from_one(backend, limits->start),
                     .bound = glp_get_obj_val(backend->problem)};
    glp_prob *problem = search_program(backend, limits);
    hold_start(problem, limits);
    BackendOutcome outcome = glpk_simplex(backend, problem, false);
    if (outcome == BACKEND_OPTIMAL) {
        outcome = run_search(backend, limits, TOLERANCE_WHOLE, problem, &search);
        if (is_doubtful(&search, outcome))
            outcome = look_without_cuts(backend, outcome, &problem, &search);
        if (search.found && !keep_whole_point(backend, problem))
            search_again(backend, limits, search.start);
    }
    *found = search.found;
    *bound = search.bound / backend->cost_scale;
    glp_delete_prob(problem);
    return outcome;
}

double backend_whole_value(const Backend *backend, int column)
{
    return backend->whole[column];
}
