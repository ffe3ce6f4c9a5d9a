/* Branch and cut on a lean program, by GLPK: all columns and costs are whole, so that nodes are cut off a
 * whole step before the best point, and what would cost more than that step is fixed and taken out before
 * the search begins (Dantzig, Fulkerson and Johnson 1954). A better point fixes more: the search then
 * begins anew on what is left.
 */
#include <glpk.h>
#include <stdint.h>
#include <string.h>

#include "solver/deadline.h"
#include "solver/glpk_cuts.h"
#include "solver/lean.h"
#include "solver/lean_dense.h"
#include "solver/lean_swap.h"

enum { ROUNDS_MOST = 6, NODE_ITERATIONS = 30, CUTS_COLUMNS = 1200, PROBE_COLUMNS = 300 };

/* Moves of annealing in the first round, how much more in the next, and the work that one counts as. */
enum { MOVES_FIRST = 400000, MOVES_GROWTH = 6, MOVES_MOST = 3000000 };
static const double MOVE_WORK = 2;

/* Columns that are let go to look near the best point, how often without finding anything, the work of
 * each time, and of all together as a part of what is left. */
enum { NEAR_COLUMNS = 120, NEAR_TRIES = 40 };
static const double NEAR_WORK = 1.5e6, NEAR_PART = 0.4;

/* What a solve's value may be off by, relative to 1 + its size. */
static const double NOISE = 1e-7;

/* Values of whole numbers that are nearer than this are the same. */
static const double PART_OF_STEP = 0.25;

/* Of the work that is left a round takes so much, while a better point would make the next one easier. */
static const double ROUND_PART = 0.25;

/* Work of a search on dense tableaus, and what it counts as of a round's. */
static const double DENSE_WORK = 2e10, DENSE_WORK_CHOICES = 1e9, DENSE_PART = 0.01;

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
    double deadline;
    /* of the present round: */
    glp_prob *problem;
    RoundingCuts *cuts;
    double *start; /* [columns + 1] of the present program */
    bool started, stopped;
    int before, nodes;
    double bound;
    LeanChoices choices;
    long moves;    /* of annealing in the next round */
    double *price; /* [rows] duals of the first relaxation */
    int *row_at;   /* [rows] in the present program, from 1; 0: not there */
} LeanRun;

static double round_up(double value)
{
    return ceil(value - NOISE * (1 + fabs(value)));
}

static double work_of(const LeanRun *r)
{
    double iterations = glp_get_it_cnt(r->problem) - r->before;
    return (iterations + NODE_ITERATIONS * (double)r->nodes) * glp_get_num_cols(r->problem);
}

static void watch(glp_tree *tree, void *info)
{
    LeanRun *r = info;
    int best = glp_ios_best_node(tree);
    glp_ios_tree_size(tree, NULL, NULL, &r->nodes);
    if (best != 0)
        r->bound = glp_ios_node_bound(tree, best);
    if (glp_ios_reason(tree) == GLP_IHEUR && !r->started) {
        r->started = true;
        if (r->start != NULL)
            glp_ios_heur_sol(tree, r->start);
    }
    if (glp_ios_reason(tree) == GLP_ICUTGEN && r->cuts != NULL)
        rounding_cuts_add(r->cuts, tree);
    if (work_of(r) > r->allowed || deadline_is_past(r->deadline)) {
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
        r->row_at[i] = at;
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
    *solved = false;
    if (glp_get_num_cols(r->problem) == 0)
        return STATUS_OK;
    if (glp_get_num_rows(r->problem) == 0)
        glp_add_rows(r->problem, 1); /* an empty one: GLPK wants a basis */
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

/** Anneals where the program is one of choices: a better point fixes more, and leaves less to branch on. */
static Status anneal(LeanRun *r, double *x)
{
    size_t columns = (size_t)r->lean->lp.column_count;
    double value = r->has_best ? r->value : INFINITY;
    if (!r->choices.found || r->moves > MOVES_MOST)
        return STATUS_OK;
    for (size_t j = 0; j < columns; j++)
        x[j] = r->has_best ? r->best[j] : 0;
    for (size_t j = 0; !r->has_best && j < columns; j++)
        x[j] = glp_get_col_prim(r->problem, r->at[j]);
    LeanCooling cooling = {r->price, r->moves, r->answer->bound, (unsigned)r->moves};
    TRY(lean_anneal(r->lean, &r->choices, &cooling, r->arena, x, &value));
    r->work -= (double)r->moves * MOVE_WORK;
    r->moves *= MOVES_GROWTH;
    if (value < r->value && lean_admits(r->lean, x)) {
        memcpy(r->best, x, columns * sizeof *x);
        r->value = value;
        r->has_best = r->answer->found = true;
    }
    return STATUS_OK;
}

/** Takes the search's point where it is one, and better. @return what no better point than the best is
 *  below when the search has ended: a point of GLPK's that is none, but for its tolerances, has cut off
 *  all that is not better than itself. */
static double take_point(LeanRun *r, double *x)
{
    int columns = r->lean->lp.column_count, status = glp_mip_status(r->problem);
    if (status != GLP_OPT && status != GLP_FEAS)
        return r->value;
    double cut_off = round_up(glp_mip_obj_val(r->problem));
    for (int j = 0; j < columns; j++)
        x[j] = r->at[j] == 0 ? r->best[j] : round(glp_mip_col_val(r->problem, r->at[j]));
    if (!lean_admits(r->lean, x))
        return fmin(cut_off, r->value);
    if (!r->has_best || lean_value(r->lean, x) < r->value) {
        memcpy(r->best, x, (size_t)columns * sizeof *x);
        r->value = lean_value(r->lean, x);
        r->has_best = r->answer->found = true;
    }
    return r->value;
}

/** What sums of costs are told apart by, relative to 1 + their size: less than a step of one. */
static double told_apart(const LeanRun *r)
{
    double size = fabs(constant_of(r));
    for (int j = 0; j < r->lean->lp.column_count; j++)
        if (!r->fixed[j])
            size += fabs(r->lean->cost[j]) *
                    fmax(fabs(r->lean->lp.lower[j]), fabs(r->lean->lp.upper[j]));
    return fmin(NOISE, PART_OF_STEP / (1 + size));
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
    control->tol_obj = told_apart(r);
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
static Status branch_and_cut(LeanRun *r, double allowed, double *x, bool *ended)
{
    glp_iocp control;
    TRY(start_of_round(r));
    set_control(r, &control);
    r->started = r->stopped = false;
    r->nodes = 0;
    r->before = glp_get_it_cnt(r->problem);
    r->bound = glp_get_obj_val(r->problem);
    r->allowed = allowed;
    r->cuts = glp_get_num_cols(r->problem) <= CUTS_COLUMNS
                  ? rounding_cuts_open(r->problem, r->start, r->arena)
                  : NULL;
    int code = glp_intopt(r->problem, &control);
    if (r->cuts != NULL)
        rounding_cuts_close(r->cuts);
    r->work -= work_of(r);
    r->answer->iterations += glp_get_it_cnt(r->problem) - r->before;
    r->answer->nodes += r->nodes;
    *ended = code == 0 && !r->stopped;
    double cut_off = take_point(r, x);
    if (*ended && r->has_best)
        r->answer->bound = fmax(r->answer->bound, cut_off);
    else if (!*ended && r->stopped)
        r->answer->bound = fmax(r->answer->bound, fmin(round_up(r->bound), r->value));
    return STATUS_OK;
}

/** Frees the choices that the best point has made for some of the capacities, among these. */
static void free_some(LeanRun *r, const bool *chosen)
{
    const LeanChoices *c = &r->choices;
    for (int g = 0; g < c->groups; g++) {
        bool free = false;
        for (int k = c->first[g]; k < c->first[g + 1]; k++) {
            int home = c->home[c->member[k]];
            free = free || (r->best[c->member[k]] > 0 && home >= 0 && chosen[home]);
        }
        for (int k = c->first[g]; k < c->first[g + 1]; k++) {
            int home = c->home[c->member[k]];
            r->fixed[c->member[k]] = !free || home < 0 || !chosen[home];
        }
    }
}

/** Draws capacities until so many columns are free. */
static Status choose_some(LeanRun *r, uint64_t *state, bool *chosen)
{
    const Lp *lp = &r->lean->lp;
    int *rows = ARENA_NEW(r->arena, (size_t)lp->row_count, int), count = 0;
    TRY_NEW(rows);
    for (int i = 0; i < lp->row_count; i++) {
        chosen[i] = false;
        if (!r->choices.grouped[i])
            rows[count++] = i;
    }
    for (int taken = 0, free = 0; taken < count && free < NEAR_COLUMNS; taken++) {
        *state = *state * 6364136223846793005U + 1442695040888963407U;
        int at = taken + (int)((*state >> 33) % (uint64_t)(count - taken)), row = rows[at];
        rows[at] = rows[taken];
        rows[taken] = row;
        chosen[row] = true;
        free_some(r, chosen);
        free = 0;
        for (int j = 0; j < lp->column_count; j++)
            free += !r->fixed[j];
    }
    return STATUS_OK;
}

/** Decides anew what a few capacities have, all else as in the best point, again and again (large
 *  neighbourhoods: Shaw 1998). */
static Status look_near(LeanRun *r, double *x)
{
    size_t columns = (size_t)r->lean->lp.column_count, rows = (size_t)r->lean->lp.row_count;
    bool *fixed = ARENA_NEW(r->arena, columns, bool), *chosen = ARENA_NEW(r->arena, rows, bool);
    double left = r->work * (1 - NEAR_PART), bound = r->answer->bound;
    uint64_t state = 1;
    TRY_NEW(fixed);
    TRY_NEW(chosen);
    if (!r->choices.found || !r->has_best)
        return STATUS_OK;
    memcpy(fixed, r->fixed, columns * sizeof *fixed);
    for (int failed = 0; failed < NEAR_TRIES && r->work > left && r->value > bound &&
                         !deadline_is_past(r->deadline);
         failed++) {
        double before = r->value;
        bool ended, solved;
        TRY(choose_some(r, &state, chosen));
        TRY(open_round(r, &solved));
        if (solved && round_up(glp_get_obj_val(r->problem)) < r->value)
            TRY(branch_and_cut(r, NEAR_WORK, x, &ended));
        glp_delete_prob(r->problem);
        if (r->value < before)
            failed = -1;
    }
    r->answer->bound = bound;
    memcpy(r->fixed, fixed, columns * sizeof *fixed);
    return STATUS_OK;
}

/** Branch and bound on a dense tableau, where what is left is small. *ended: nothing better is left. */
static Status search_dense(LeanRun *r, bool *ended)
{
    DenseAnswer dense;
    double work = r->choices.found ? DENSE_WORK_CHOICES : DENSE_WORK;
    DenseSearch search = {r->fixed, !r->choices.found, work, r->deadline};
    TRY(lean_dense(r->lean, &search, r->arena, r->best, &r->value, &dense));
    *ended = dense.looked && dense.ended;
    if (!dense.looked)
        return STATUS_OK;
    r->has_best = r->has_best || dense.found;
    r->answer->found = r->answer->found || dense.found;
    r->answer->nodes += dense.nodes;
    r->answer->iterations += dense.pivots;
    r->work -= dense.work * DENSE_PART;
    if (r->has_best)
        r->answer->bound = fmax(r->answer->bound, fmin(dense.bound, r->value));
    return STATUS_OK;
}

static Status one_round(LeanRun *r, bool first, bool last, double *x, bool *ended)
{
    bool solved;
    double before = r->value;
    *ended = true;
    if (!first)
        TRY(look_near(r, x));
    TRY(open_round(r, &solved));
    if (!solved) {
        glp_delete_prob(r->problem);
        return STATUS_OK;
    }
    double relaxed = glp_get_obj_val(r->problem);
    r->answer->bound = fmax(r->answer->bound, fmin(round_up(relaxed), r->value));
    for (int i = 0; first && i < r->lean->lp.row_count; i++)
        r->price[i] = r->row_at[i] > 0 ? fabs(glp_get_row_dual(r->problem, r->row_at[i])) : 0;
    TRY(anneal(r, x));
    if (r->has_best && r->answer->bound >= r->value) {
        glp_delete_prob(r->problem);
        return STATUS_OK;
    }
    if (r->has_best && fix_columns(r, relaxed) > 0) {
        glp_delete_prob(r->problem);
        TRY(open_round(r, &solved));
    }
    bool done = false;
    if (solved && first)
        TRY(search_dense(r, &done));
    if (done) {
        glp_delete_prob(r->problem);
        return STATUS_OK;
    }
    if (glp_get_num_cols(r->problem) == 0) /* no better point has anything elsewhere */
        r->answer->bound = r->value;
    else if (solved)
        TRY(branch_and_cut(r, last ? r->work : r->work * ROUND_PART, x, ended));
    glp_delete_prob(r->problem);
    *ended = *ended || (!last && r->value >= before && r->work <= 0);
    return STATUS_OK;
}

Status lean_search(const Lean *lean, const LeanLimits *limits, Arena *arena, LeanAnswer *out)
{
    size_t columns = (size_t)lean->lp.column_count;
    LeanRun r = {.lean = lean,
                 .arena = arena,
                 .answer = out,
                 .work = limits->work,
                 .deadline = limits->deadline};
    *out = (LeanAnswer){.bound = -INFINITY};
    double *x = ARENA_NEW(arena, columns, double);
    r.best = out->x = ARENA_NEW(arena, columns, double);
    r.fixed = ARENA_NEW(arena, columns, bool);
    r.at = ARENA_NEW(arena, columns, int);
    r.price = ARENA_NEW(arena, (size_t)lean->lp.row_count, double);
    r.row_at = ARENA_NEW(arena, (size_t)lean->lp.row_count, int);
    TRY_NEW(r.price);
    TRY_NEW(r.row_at);
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
    TRY(lean_choices(lean, arena, &r.choices));
    r.moves = MOVES_FIRST;
    bool ended = false;
    for (int round = 0;
         round < ROUNDS_MOST && !ended && r.work > 0 && !deadline_is_past(r.deadline); round++) {
        double before = r.value;
        bool last = round == ROUNDS_MOST - 1;
        TRY(one_round(&r, round == 0, last, x, &ended));
        if (!ended && !last && r.value >= before &&
            round > 0) { /* the rest of the work in one go */
            TRY(one_round(&r, false, true, x, &ended));
            break;
        }
    }
    out->ended = r.has_best && out->bound >= r.value;
    out->work = limits->work - r.work;
    return STATUS_OK;
}
