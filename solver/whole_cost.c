/* The cost stage beside the network. What the tiers have come to leaves the relaxation of the whole program
 * thousandths of many needs to trade for cost; the class network with rows beside it branches on whom it
 * serves in part (side_tree.h), as it did for the tiers, which are rows there now. The point of the branch
 * that holds the bound down, or where a plunge from there ends, says who is served from whom; what that
 * leaves open is a linear program.
 */
#include <math.h>

#include "solver/class_bound.h"
#include "solver/whole.h"

/* Branching and plunges, each bolder than the one before. */
enum { TURNS_MOST = 2 };
static const double PLUNGE_STEP = 0.02, PLUNGE_GROWTH = 4;

/* Programs times their columns: of branching, of a plunge. */
static const long BRANCH_WORK = 4000000, PLUNGE_WORK = 3000000;

/* Branch and cut where the point found is no plan. */
enum { LAY_NODES = 200 };
static const double LAY_WORK = 2e7;

/* Classes are wanted in whole minor units: a point may lack so many times what it lacked before. */
static const double LACK_TIMES = 2;

/* Less than this lacks nothing: a part of a unit of the currency, and relative. */
static const double LACK_UNIT = 1e-3, LACK_SHARE = 1e-9;

typedef struct CostRun {
    WholeRun *w;
    const Aim *aim;
    double *reached; /* [stage_count] what the tiers before it are held to */
    double *x;       /* [columns of the backend] the point that was found */
    double step;
} CostRun;

static double stage_value(const Stage *stage, const double *x)
{
    double value = stage->constant;
    for (size_t k = 0; k < stage->count; k++)
        value += stage->costs[k] * x[stage->columns[k]];
    return value;
}

/** Does fairness stand before it? What the network knows nothing of, no point of it would keep. */
static bool has_fairness(const Formulation *form)
{
    return form->round->settings.fairness != FAIRNESS_NONE;
}

/** Makes a point that was found under bounds of its own the point at hand, where it is better. */
static Status take_better(const CostRun *c, double (*value)(const Backend *, int))
{
    WholeRun *w = c->w;
    size_t count = (size_t)backend_column_count(w->run->backend);
    double *x = ARENA_NEW(w->run->arena, count, double);
    TRY_NEW(x);
    for (size_t j = 0; j < count; j++)
        x[j] = value(w->run->backend, (int)j);
    if (whole_value_at(c->aim, x) >= whole_value_at(c->aim, w->x))
        return STATUS_OK;
    w->moved = true;
    return whole_keep_point(w, x, count);
}

/** Does the column say who is served, not from whom? */
static bool is_about_needs(ColumnKind kind)
{
    return kind == COLUMN_SERVED || kind == COLUMN_FULL;
}

/** Holds whole columns where the point found has them: those about needs alone, or all. */
static void hold(const CostRun *c, const BackendBounds *bounds, bool needs_alone)
{
    const Formulation *form = c->w->run->form;
    backend_restore_bounds(c->w->run->backend, bounds);
    for (int j = 0; j < form->lp.column_count; j++)
        if (form->lp.integer[j] && (!needs_alone || is_about_needs(form->origin[j].kind))) {
            double value = fmin(fmax(round(c->x[j]), bounds->lower[j]), bounds->upper[j]);
            backend_bound_column(c->w->run->backend, j, value, value);
        }
}

/** What is left is a linear program; where that is empty, as the point found breaks tickets, branch and cut
 *  decides anew from whom those are served whom it serves. */
static Status lay_held(const CostRun *c, const BackendBounds *bounds, bool *laid)
{
    Backend *backend = c->w->run->backend;
    const SolveSettings *settings = c->w->run->settings;
    const BackendSearch limits = {.gap_rel = settings->gap_rel,
                                  .constant = c->aim->constant,
                                  .nodes = LAY_NODES,
                                  .work = LAY_WORK,
                                  .deadline = settings->deadline,
                                  .simple_branching = settings->cautious};
    double bound;
    hold(c, bounds, false);
    *laid = backend_solve(backend) == BACKEND_OPTIMAL;
    if (*laid)
        return take_better(c, backend_value);
    hold(c, bounds, true);
    if (backend_solve(backend) != BACKEND_OPTIMAL)
        return STATUS_OK;
    backend_search(backend, &limits, laid, &bound);
    return *laid ? take_better(c, backend_whole_value) : STATUS_OK;
}

/** The point found as one of the live program, which is what it was, afterwards. */
static Status lay(const CostRun *c, bool *laid)
{
    Backend *backend = c->w->run->backend;
    BackendBounds bounds;
    BackendBasis basis;
    TRY(backend_save_bounds(backend, c->w->run->arena, &bounds));
    TRY(backend_new_basis(backend, c->w->run->arena, &basis));
    backend_keep_basis(backend, &basis);
    Status status = lay_held(c, &bounds, laid);
    backend_restore_bounds(backend, &bounds);
    backend_put_basis(backend, &basis);
    backend_solve(backend);
    return status;
}

/** Asks as much more of the tiers as the point found lacks of them. False where it lacks nothing. */
static bool ask_more(const CostRun *c)
{
    const Formulation *form = c->w->run->form;
    bool lacks = false;
    for (size_t s = 0; s < c->aim->cost_stage; s++) {
        const Stage *stage = &form->stages[s];
        double most = stage_value(stage, c->w->x), over = stage_value(stage, c->x) - most;
        if (stage->kind != STAGE_TIER || over <= LACK_UNIT + LACK_SHARE * fabs(most))
            continue;
        c->reached[s] = most - LACK_TIMES * over;
        lacks = true;
    }
    return lacks;
}

/** Branches and plunges with the tiers as they are asked for; the point is laid. */
static Status branch(const CostRun *c, TierBound *bound, bool *laid)
{
    const SolveSettings *settings = c->w->run->settings;
    double value = whole_value_at(c->aim, c->w->x) + c->aim->constant;
    BranchLimits limits = {.enough = value - settings->gap_rel * fabs(value),
                           .work = BRANCH_WORK,
                           .nodes = settings->nodes,
                           .plunge_work = PLUNGE_WORK,
                           .plunge_step = c->step,
                           .deadline = settings->deadline,
                           .plan = c->w->x};
    TRY(class_bound_branch(c->w->begun->classes, c->aim->cost_stage, c->reached, &limits, bound,
                           c->x));
    formulation_complete(c->w->run->form, c->x);
    return lay(c, laid);
}

static void ask_as_reached(const CostRun *c)
{
    const Formulation *form = c->w->run->form;
    for (size_t s = 0; s < c->aim->cost_stage; s++)
        c->reached[s] = stage_value(&form->stages[s], c->w->x);
}

static Status take_turn(const CostRun *c, TierBound *bound)
{
    bool laid;
    ask_as_reached(c);
    TRY(branch(c, bound, &laid));
    if (laid || !ask_more(c))
        return STATUS_OK;
    TierBound harder = {.known = true}; /* of other tiers: not a bound of these */
    return branch(c, &harder, &laid);
}

Status whole_cost(WholeRun *w, const Aim *aim, Decision *decision)
{
    const Formulation *form = w->run->form;
    ClassBound *classes = w->begun->classes;
    if (classes == NULL || !w->has_point || aim->blind || has_fairness(form) ||
        !class_bound_is_small(classes))
        return STATUS_OK;
    CostRun c = {
        .w = w,
        .aim = aim,
        .reached = ARENA_NEW(w->run->arena, form->stage_count, double),
        .x = ARENA_NEW(w->run->arena, (size_t)backend_column_count(w->run->backend), double),
        .step = PLUNGE_STEP};
    double *price = ARENA_NEW(w->run->arena, (size_t)form->lp.column_count, double);
    TierBound bound = {.known = true, .value = decision->bound + aim->constant};
    TRY_NEW(c.reached);
    TRY_NEW(c.x);
    TRY_NEW(price);
    ask_as_reached(&c);
    TRY(class_bound_tighten(classes, aim->cost_stage, c.reached, &bound, price));
    for (int turn = 0; turn < TURNS_MOST && !solve_is_late(w->run->settings); turn++) {
        TRY(take_turn(&c, &bound));
        decision->bound = fmax(decision->bound, bound.value - aim->constant);
        if (whole_is_within_gap(w, aim, decision->bound))
            return STATUS_OK;
        c.step *= PLUNGE_GROWTH;
    }
    return STATUS_OK;
}
