/* From a formulation to a plan in whole steps: solve, extract, and again where rounding broke a rule. */
#include <string.h>

#include "allot/extract.h"
#include "allot/solve.h"
#include "solver/cents.h"
#include "solver/plan_before.h"
#include "solver/plan_proof.h"

/* How often a round is solved again with a row tightened, and from which try on whole things may be
 * taken from a rule's lines, which always ends it. */
enum { TIGHTEN_AT_MOST = 12, LAST_RESORT_FROM = 4 };

/* How often where another plan is at hand, though one that is worse in some stage. */
enum { TIGHTEN_WITH_SPARE = 4 };

bool solve_outcome_has_plan(SolveOutcome outcome)
{
    return outcome == SOLVE_OPTIMAL || outcome == SOLVE_WITHIN_GAP || outcome == SOLVE_LIMITED;
}

/** A plan of a point that the search held on its way to its answer, in whole steps that keep every
 *  rule: what there is when the answer itself cannot be brought into whole steps. */
typedef struct Spare {
    bool found;
    Plan plan;
} Spare;

typedef struct PlanRun {
    Formulation *form;
    const SolveSettings *settings;
    Arena *arena;
    SolveResult *result;
    Spare spare;        /* the best so far */
    StageBound *bounds; /* of the round as it is; those of a tightened program are not its */
    size_t bound_count;
    double *
        upper; /* [row_count] what rows allow with no room left for rounding; NULL: not tried yet */
    int lacking; /* the need or rule that was broken without that room, and by how much */
    int64_t lacks;
    bool roomy;     /* the program at hand leaves it */
    bool tightened; /* the program at hand is not the round's own any more */
} PlanRun;

/** Below 0: the plan is better than the other, see plan_compare_points(). */
static Status compare_plans(const PlanRun *run, const Plan *plan, const Plan *other, int *order)
{
    double *x, *y;
    TRY(plan_point(run->form, plan, run->arena, &x));
    TRY(plan_point(run->form, other, run->arena, &y));
    size_t lines = plan->assignment_count + other->assignment_count;
    return plan_compare_points(run->form, x, y, lines, run->arena, order);
}

/** Keeps the point's plan where it is a better one. */
static Status keep_spare(PlanRun *run, const double *x, bool last_resort)
{
    Plan plan;
    int broken, order = -1;
    int64_t excess;
    if (x == NULL)
        return STATUS_OK;
    TRY(plan_extract(run->form, x, last_resort, run->arena, &plan, &broken, &excess));
    if (broken >= 0)
        return STATUS_OK;
    if (run->spare.found)
        TRY(compare_plans(run, &plan, &run->spare.plan, &order));
    if (order < 0)
        run->spare = (Spare){.found = true, .plan = plan};
    return STATUS_OK;
}

/** Is a spare plan at hand that is as good as the answer which would not come out in whole steps? */
static Status spare_will_do(const PlanRun *run, bool *does)
{
    double *x;
    int order;
    *does = false;
    if (!run->spare.found)
        return STATUS_OK;
    TRY(plan_point(run->form, &run->spare.plan, run->arena, &x));
    TRY(plan_compare_points(run->form, x, run->result->x, run->spare.plan.assignment_count,
                            run->arena, &order));
    *does = order <= 0;
    return STATUS_OK;
}

/** The answer in whole steps, or *broken >= 0 and as good a plan as is at hand beside it in spare. */
static Status extract(PlanRun *run, bool last_resort, Plan *plan, int *broken, int64_t *excess)
{
    const SolveResult *result = run->result;
    TRY(plan_extract(run->form, result->x, last_resort, run->arena, plan, broken, excess));
    if (*broken < 0)
        return STATUS_OK;
    TRY(keep_spare(run, result->search_x, last_resort));
    return keep_spare(run, result->ruin_x, last_resort);
}

/** What the plan's own stages say. That may be more than what was proven of the search's point (nothing lies
 *  between two values that are a step apart), or less (the plan in whole steps came out otherwise). */
static SolveOutcome outcome_of(const Plan *plan)
{
    SolveOutcome worst = SOLVE_OPTIMAL;
    for (size_t s = 0; s < plan->stage_count; s++) {
        if (plan->stages[s].status >= STAGE_LIMIT)
            return SOLVE_LIMITED;
        if (plan->stages[s].status == STAGE_WITHIN_GAP)
            worst = SOLVE_WITHIN_GAP;
    }
    return worst;
}

/** Stages that ended short of a proof. */
static size_t open_stages(const Plan *plan)
{
    size_t open = 0;
    for (size_t s = 0; s < plan->stage_count; s++)
        open += plan->stages[s].status >= STAGE_LIMIT;
    return open;
}

/** Where a stage ended unproven because of what rounding or noise made of those before it: held to the plan's
 *  own figures, is it proven? */
static Status prove_again(PlanRun *run, Plan *plan)
{
    bool any = false;
    StageBound *bounds;
    size_t count;
    Plan proven = *plan;
    for (size_t s = 0; s < plan->stage_count; s++)
        any = any || plan->stages[s].status == STAGE_UNPROVEN;
    if (!any || run->tightened)
        return STATUS_OK;
    TRY(plan_prove(run->form, run->settings, plan, run->arena, &bounds, &count));
    if (bounds == NULL)
        return STATUS_OK;
    TRY(plan_stages(run->form, bounds, count, run->arena, &proven));
    if (open_stages(&proven) >= open_stages(plan))
        return STATUS_OK;
    *plan = proven;
    run->result->bounds = bounds;
    run->result->bound_count = count;
    return STATUS_OK;
}

/** The plan is there: the spare one where that is better, or the plan before; then its stages.
 *  @p whole: *plan holds one. */
static Status finish(PlanRun *run, bool whole, Plan *plan)
{
    int order = -1;
    if (whole && run->spare.found)
        TRY(compare_plans(run, plan, &run->spare.plan, &order));
    if (!whole || order > 0)
        *plan = run->spare.plan;
    run->result->bounds = run->bounds;
    run->result->bound_count = run->bound_count;
    TRY(plan_keep_before(run->form, run->settings, run->arena, plan, run->bounds,
                         run->bound_count));
    TRY(plan_stages(run->form, run->bounds, run->bound_count, run->arena, plan));
    TRY(prove_again(run, plan));
    if (solve_outcome_has_plan(run->result->outcome))
        run->result->outcome = outcome_of(plan);
    return STATUS_OK;
}

/** No whole steps were found, though amounts that may be split would do. */
static Status give_up(SolveResult *result, int broken, int64_t excess)
{
    result->broken = broken;
    result->excess = excess;
    return STATUS_NO_PLAN;
}

/** Before there is said to be none: lines that keep every rule, however far from the best. */
static Status settle_last(PlanRun *run, int broken, int64_t excess, Plan *plan)
{
    bool settled;
    TRY(cents_settle(run->form, run->settings, plan, true, run->arena, plan, &settled));
    return settled ? finish(run, true, plan) : give_up(run->result, broken, excess);
}

/** Tightened too far: the round itself has a plan. Of the last answer, or of the first, which may be
 *  easier to mend. */
static Status fall_back(PlanRun *run, const SolveResult *before, const SolveResult *first,
                        Plan *plan)
{
    int broken;
    int64_t excess;
    *run->result = *before;
    run->result->outcome = SOLVE_LIMITED;
    TRY(extract(run, true, plan, &broken, &excess));
    if (broken >= 0 && !run->spare.found) {
        *run->result = *first;
        run->result->outcome = SOLVE_LIMITED;
        TRY(extract(run, true, plan, &broken, &excess));
    }
    return broken < 0 || run->spare.found ? finish(run, broken < 0, plan)
                                          : settle_last(run, broken, excess, plan);
}

/** Is it a need, or a rule, which a cent decides? */
static bool is_all_or_nothing(const RuleSet *rules, size_t broken)
{
    return broken >= rules->count || rules->rules[broken].form == FORM_OR_NOTHING;
}

/** What must be met in full, or up to its least amount, lacks cents. Once, that is tried with room left for rounding in
 *  money before it is given up: what may be divided gives way by cents. */
static Status leave_room(PlanRun *run, int broken, int64_t excess, bool *left)
{
    const Lp *lp = &run->form->lp;
    *left = false;
    if (run->upper != NULL || !is_all_or_nothing(run->form->rules, (size_t)broken))
        return STATUS_OK;
    run->upper = ARENA_NEW(run->arena, (size_t)lp->row_count, double);
    TRY_NEW(run->upper);
    memcpy(run->upper, lp->row_upper, (size_t)lp->row_count * sizeof *run->upper);
    run->lacking = broken;
    run->lacks = excess;
    *left = run->roomy = formulation_leave_room(run->form, run->result->x);
    run->tightened = true;
    return STATUS_OK;
}

/** With that room no plan was found: as it was, but for what was broken. */
static void take_room_back(PlanRun *run)
{
    memcpy(run->form->lp.row_upper, run->upper,
           (size_t)run->form->lp.row_count * sizeof *run->upper);
    run->roomy = false;
    (void)formulation_tighten(run->form, (size_t)run->lacking, run->lacks);
}

/** Where a rule stays broken its row is tightened for the next try. Where it has none (a count), the
 *  solver would say the same again: the last resort comes at once. */
static Status extract_or_tighten(PlanRun *run, bool last_resort, Plan *plan, int *broken,
                                 int64_t *excess)
{
    bool will_do, settled, left = false;
    TRY(extract(run, last_resort, plan, broken, excess));
    if (*broken < 0)
        return STATUS_OK;
    TRY(cents_settle(run->form, run->settings, plan, false, run->arena, plan, &settled));
    if (settled) {
        *broken = -1;
        return STATUS_OK;
    }
    TRY(spare_will_do(run, &will_do));
    if (!will_do)
        TRY(leave_room(run, *broken, *excess, &left));
    if (will_do || left)
        return STATUS_OK;
    run->tightened = true;
    if (formulation_tighten(run->form, (size_t)*broken, *excess) || last_resort)
        return STATUS_OK;
    TRY(extract(run, true, plan, broken, excess));
    if (*broken >= 0)
        (void)formulation_tighten(run->form, (size_t)*broken, *excess); /* at worst in vain */
    return STATUS_OK;
}

/** Rows know no cents: where they have no point, plans may that keep every rule by how their lines are rounded.
 *  The answer of the wide program is only where such cents are looked for. */
static Status try_wide(PlanRun *run, Plan *plan, bool *found)
{
    Formulation tight = *run->form;
    SolveResult none = *run->result;
    int broken;
    int64_t excess;
    *found = false;
    run->tightened = true;
    TRY(formulation_build_wide(tight.round, tight.pairs, tight.rules, run->arena, run->form));
    TRY(solve_stages(run->form, run->settings, run->arena, run->result));
    if (solve_outcome_has_plan(run->result->outcome)) {
        TRY(plan_extract(run->form, run->result->x, false, run->arena, plan, &broken, &excess));
        *found = broken < 0;
        if (!*found)
            TRY(cents_settle(run->form, run->settings, plan, true, run->arena, plan, found));
    }
    if (*found) {
        run->bounds = run->result->bounds;
        run->bound_count = run->result->bound_count;
        return finish(run, true, plan);
    }
    *run->form = tight;
    *run->result = none;
    return STATUS_OK;
}

Status solve_plan(Formulation *form, const SolveSettings *settings, Arena *arena,
                  SolveResult *result, Plan *plan)
{
    PlanRun run = {.form = form, .settings = settings, .arena = arena, .result = result};
    SolveResult first = {0};
    int broken = -1;
    int64_t excess = 0;
    for (int tries = 0; tries < TIGHTEN_AT_MOST; tries++) {
        bool will_do;
        SolveResult before = *result;
        TRY(solve_stages(form, settings, arena, result));
        if (run.roomy && !solve_outcome_has_plan(result->outcome)) {
            take_room_back(&run);
            *result = before;
            continue;
        }
        if (result->outcome == SOLVE_INFEASIBLE && tries == 0)
            return try_wide(&run, plan, &will_do);
        if (!solve_outcome_has_plan(result->outcome))
            return tries == 0 ? STATUS_OK : fall_back(&run, &before, &first, plan);
        if (tries == 0) {
            first = *result;
            run.bounds = result->bounds;
            run.bound_count = result->bound_count;
        }
        TRY(extract_or_tighten(&run, tries >= LAST_RESORT_FROM, plan, &broken, &excess));
        if (broken < 0)
            return finish(&run, true, plan);
        TRY(spare_will_do(&run, &will_do));
        if (will_do || (run.spare.found && tries + 1 >= TIGHTEN_WITH_SPARE))
            return finish(&run, false, plan);
    }
    return settle_last(&run, broken, excess, plan);
}
