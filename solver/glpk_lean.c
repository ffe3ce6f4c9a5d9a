/* Branch and cut on a lean program, by GLPK: all columns and costs are whole, so that nodes are cut off a
 * whole step before the best point, and what would cost more than that step is fixed and taken out before
 * the search begins (Dantzig, Fulkerson and Johnson 1954). A better point fixes more: the search then
 * begins anew on what is left.
 */
#include <glpk.h>
#include <string.h>

#include "solver/glpk_cuts.h"
#include "solver/lean.h"

enum { ROUNDS_MOST = 6, NODE_ITERATIONS = 100, CUTS_COLUMNS = 1200, PROBE_COLUMNS = 300 };

/* What a solve's value may be off by, relative to 1 + its size. */
static const double NOISE = 1e-7;

/* Of the work that is left a round takes so much, while a better point would make the next one easier. */
static const double ROUND_PART = 0.25;

typedef struct LeanRun {
    const Lean *lean;
    Arena *arena;
    LeanAnswer *answer;
    double *best; /* [columns + 1] from 1, or nothing: has_best */
    bool has_best, has_start;
    double value;   /* of the best */
    bool *fixed;    /* [columns] where the best is */
    int *at;        /* [columns] in the present program, from 1; 0: fixed */
    double work;    /* left */
    double allowed; /* of the present round */
    /* of the present round: */
    glp_prob *problem;
    RoundingCuts *cuts;
    double *start; /* [columns + 1] of the present program */
    bool started, stopped;
    int before;
    double bound;
} LeanRun;

static double round_up(double value)
{
    return ceil(value - NOISE * (1 + fabs(value)));
}

static double work_of(const LeanRun *r, int nodes)
{
    double iterations = glp_get_it_cnt(r->problem) - r->before;
    return (iterations + NODE_ITERATIONS * (double)nodes) * glp_get_num_cols(r->problem);
}

static void watch(glp_tree *tree, void *info)
{
    LeanRun *r = info;
    int best = glp_ios_best_node(tree), nodes;
    glp_ios_tree_size(tree, NULL, NULL, &nodes);
    if (best != 0)
        r->bound = glp_ios_node_bound(tree, best);
    if (glp_ios_reason(tree) == GLP_IHEUR && !r->started) {
        r->started = true;
        if (r->start != NULL)
            glp_ios_heur_sol(tree, r->start);
    }
    if (glp_ios_reason(tree) == GLP_ICUTGEN && r->cuts != NULL)
        rounding_cuts_add(r->cuts, tree);
    if (work_of(r, nodes) > r->allowed) {
        r->stopped = true;
        glp_ios_terminate(tree);
    }
}

/** How GLPK calls these bounds. */
static int kind_of(double lower, double upper)
{
    if (isfinite(lower) && isfinite(upper))
        return lower == upper ? GLP_FX : GLP_DB;
    return isfinite(lower) ? GLP_LO : isfinite(upper) ? GLP_UP : GLP_FR;
}

static double constant_of(const LeanRun *r)
{
    double sum = 0;
    for (int j = 0; j < r->lean->lp.column_count; j++)
        if (r->fixed[j])
            sum += r->lean->cost[j] * r->best[j];
    return sum;
}

static void load_columns(LeanRun *r)
{
    const Lp *lp = &r->lean->lp;
    for (int j = 0; j < lp->column_count; j++) {
        r->at[j] = 0;
        if (r->fixed[j])
            continue;
        int at = r->at[j] = glp_add_cols(r->problem, 1);
        glp_set_col_bnds(r->problem, at, kind_of(lp->lower[j], lp->upper[j]), lp->lower[j],
                         lp->upper[j]);
        glp_set_col_kind(r->problem, at, GLP_IV);
        glp_set_obj_coef(r->problem, at, r->lean->cost[j]);
    }
    glp_set_obj_coef(r->problem, 0, constant_of(r));
}

static void load_rows(LeanRun *r, int *columns, double *values)
{
    const Lp *lp = &r->lean->lp;
    for (int i = 0; i < lp->row_count; i++) {
        int count = 0;
        double held = 0;
        for (size_t k = lp->row_first[i]; k < lp->row_first[i + 1]; k++) {
            int j = lp->element_column[k];
            if (r->fixed[j]) {
                held += lp->element[k] * r->best[j];
                continue;
            }
            columns[++count] = r->at[j];
            values[count] = lp->element[k];
        }
        if (count == 0)
            continue;
        int at = glp_add_rows(r->problem, 1);
        double lower = lp->row_lower[i] - held, upper = lp->row_upper[i] - held;
        glp_set_row_bnds(r->problem, at, kind_of(lower, upper), lower, upper);
        glp_set_mat_row(r->problem, at, count, columns, values);
    }
}

/** The program without what is fixed, its relaxation solved. */
static Status open_round(LeanRun *r, bool *solved)
{
    size_t columns = (size_t)r->lean->lp.column_count;
    int *indices = ARENA_NEW(r->arena, columns + 1, int);
    double *values = ARENA_NEW(r->arena, columns + 1, double);
    glp_smcp control;
    TRY_NEW(indices);
    TRY_NEW(values);
    r->problem = glp_create_prob();
    load_columns(r);
    load_rows(r, indices, values);
    glp_scale_prob(r->problem, GLP_SF_AUTO);
    glp_adv_basis(r->problem, 0);
    glp_init_smcp(&control);
    control.msg_lev = GLP_MSG_OFF;
    control.meth = GLP_DUALP;
    *solved = glp_simplex(r->problem, &control) == 0 && glp_get_status(r->problem) == GLP_OPT;
    r->answer->iterations += glp_get_it_cnt(r->problem);
    r->work -= (double)glp_get_it_cnt(r->problem) * glp_get_num_cols(r->problem);
    return STATUS_OK;
}

/** Fixes where the best point is what no better one has elsewhere. @return how many. */
static int fix_columns(LeanRun *r, double relaxed)
{
    int count = 0;
    double room =
        r->value - 1 - relaxed + NOISE * (1 + fabs(relaxed)); /* a better point may cost */
    for (int j = 0; j < r->lean->lp.column_count; j++) {
        int at = r->at[j];
        if (at == 0 || glp_get_col_stat(r->problem, at) == GLP_BS ||
            fabs(glp_get_col_dual(r->problem, at)) <= room ||
            fabs(glp_get_col_prim(r->problem, at) - r->best[j]) > NOISE)
            continue;
        r->fixed[j] = true;
        count++;
    }
    return count;
}

/** Takes the search's point where it is one, and better. */
static void take_point(LeanRun *r, double *x)
{
    int columns = r->lean->lp.column_count, status = glp_mip_status(r->problem);
    if (status != GLP_OPT && status != GLP_FEAS)
        return;
    for (int j = 0; j < columns; j++)
        x[j] = r->at[j] == 0 ? r->best[j] : round(glp_mip_col_val(r->problem, r->at[j]));
    if (!lean_admits(r->lean, x) || (r->has_best && lean_value(r->lean, x) >= r->value))
        return;
    memcpy(r->best, x, (size_t)columns * sizeof *x);
    r->value = lean_value(r->lean, x);
    r->has_best = r->answer->found = true;
}

static void set_control(LeanRun *r, glp_iocp *control)
{
    int columns = glp_get_num_cols(r->problem);
    glp_init_iocp(control);
    control->msg_lev = GLP_MSG_OFF;
    control->pp_tech = GLP_PP_NONE;
    control->bt_tech = GLP_BT_BLB;
    control->br_tech = columns <= PROBE_COLUMNS ? GLP_BR_PCH : GLP_BR_DTH;
    control->cov_cuts = control->clq_cuts = GLP_ON;
    control->gmi_cuts = columns <= CUTS_COLUMNS ? GLP_ON : GLP_OFF;
    control->fp_heur = r->has_best ? GLP_OFF : GLP_ON;
    control->cb_func = watch;
    control->cb_info = r;
}

static Status start_of_round(LeanRun *r)
{
    r->start = NULL;
    if (!r->has_best)
        return STATUS_OK;
    r->start = ARENA_NEW(r->arena, (size_t)glp_get_num_cols(r->problem) + 1, double);
    TRY_NEW(r->start);
    for (int j = 0; j < r->lean->lp.column_count; j++)
        if (r->at[j] != 0)
            r->start[r->at[j]] = r->best[j];
    return STATUS_OK;
}

/** One branch and cut on what is not fixed. *ended: nothing better is left. */
static Status branch_and_cut(LeanRun *r, bool last, double *x, bool *ended)
{
    glp_iocp control;
    int nodes = 0;
    TRY(start_of_round(r));
    set_control(r, &control);
    r->started = r->stopped = false;
    r->before = glp_get_it_cnt(r->problem);
    r->bound = glp_get_obj_val(r->problem);
    r->allowed = last ? r->work : r->work * ROUND_PART;
    r->cuts = glp_get_num_cols(r->problem) <= CUTS_COLUMNS
                  ? rounding_cuts_open(r->problem, r->start, r->arena)
                  : NULL;
    int code = glp_intopt(r->problem, &control);
    if (r->cuts != NULL)
        rounding_cuts_close(r->cuts);
    double used = glp_get_it_cnt(r->problem) - r->before;
    r->work -= used * glp_get_num_cols(r->problem);
    r->answer->iterations += (long)used;
    r->answer->nodes += nodes;
    *ended = code == 0 && !r->stopped;
    take_point(r, x);
    if (*ended && r->has_best)
        r->answer->bound = fmax(r->answer->bound, r->value);
    else if (!*ended && r->stopped)
        r->answer->bound = fmax(r->answer->bound, fmin(round_up(r->bound), r->value));
    return STATUS_OK;
}

static Status one_round(LeanRun *r, bool last, double *x, bool *ended)
{
    bool solved;
    double before = r->value;
    *ended = true;
    TRY(open_round(r, &solved));
    if (!solved) {
        glp_delete_prob(r->problem);
        return STATUS_OK;
    }
    double relaxed = glp_get_obj_val(r->problem);
    r->answer->bound = fmax(r->answer->bound, fmin(round_up(relaxed), r->value));
    if (r->has_best && r->answer->bound >= r->value) {
        glp_delete_prob(r->problem);
        return STATUS_OK;
    }
    if (r->has_best && fix_columns(r, relaxed) > 0) {
        glp_delete_prob(r->problem);
        TRY(open_round(r, &solved));
    }
    if (solved)
        TRY(branch_and_cut(r, last, x, ended));
    glp_delete_prob(r->problem);
    *ended = *ended || (!last && r->value >= before && r->work <= 0);
    return STATUS_OK;
}

Status lean_search(const Lean *lean, const LeanLimits *limits, Arena *arena, LeanAnswer *out)
{
    size_t columns = (size_t)lean->lp.column_count;
    LeanRun r = {.lean = lean, .arena = arena, .answer = out, .work = limits->work};
    *out = (LeanAnswer){.bound = -INFINITY};
    double *x = ARENA_NEW(arena, columns, double);
    r.best = out->x = ARENA_NEW(arena, columns, double);
    r.fixed = ARENA_NEW(arena, columns, bool);
    r.at = ARENA_NEW(arena, columns, int);
    TRY_NEW(x);
    TRY_NEW(r.best);
    TRY_NEW(r.fixed);
    TRY_NEW(r.at);
    r.value = INFINITY;
    if (limits->start != NULL && lean_admits(lean, limits->start)) {
        memcpy(r.best, limits->start, columns * sizeof *x);
        r.value = lean_value(lean, r.best);
        r.has_best = true;
    }
    bool ended = false;
    for (int round = 0; round < ROUNDS_MOST && !ended && r.work > 0; round++) {
        double before = r.value;
        bool last = round == ROUNDS_MOST - 1;
        TRY(one_round(&r, last, x, &ended));
        if (!ended && !last && r.value >= before &&
            round > 0) { /* the rest of the work in one go */
            TRY(one_round(&r, true, x, &ended));
            break;
        }
    }
    out->ended = r.has_best && out->bound >= r.value;
    out->work = limits->work - r.work;
    return STATUS_OK;
}
