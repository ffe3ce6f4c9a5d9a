/* From a formulation to a plan in whole steps: solve, extract, and again where rounding broke a rule. */
#include "allot/extract.h"
#include "allot/solve.h"
#include "solver/plan_before.h"

/* How often a round is solved again with a row tightened, and from which try on whole things may be
 * taken from a rule's lines, which always ends it. */
enum { TIGHTEN_AT_MOST = 12, LAST_RESORT_FROM = 4 };

bool solve_outcome_has_plan(SolveOutcome outcome)
{
    return outcome == SOLVE_OPTIMAL || outcome == SOLVE_WITHIN_GAP || outcome == SOLVE_LIMITED;
}

/** The answer in whole steps, or what the search found before the answer was settled. */
static Status extract(const Formulation *form, const SolveResult *result, bool last_resort,
                      Arena *arena, Plan *plan, int *broken, int64_t *excess)
{
    int still;
    int64_t other;
    TRY(plan_extract(form, result->x, last_resort, arena, plan, broken, excess));
    if (*broken < 0 || result->search_x == NULL)
        return STATUS_OK;
    TRY(plan_extract(form, result->search_x, false, arena, plan, &still, &other));
    if (still >= 0 && last_resort)
        TRY(plan_extract(form, result->search_x, true, arena, plan, &still, &other));
    if (still < 0)
        *broken = still;
    return STATUS_OK;
}

/** Where a rule stays broken its row is tightened for the next try. Where it has none (a count), the
 *  solver would say the same again: the last resort comes at once. */
static Status extract_or_tighten(Formulation *form, const SolveResult *result, bool last_resort,
                                 Arena *arena, Plan *plan, int *broken)
{
    int64_t excess;
    TRY(extract(form, result, last_resort, arena, plan, broken, &excess));
    if (*broken < 0 || formulation_tighten(form, (size_t)*broken, excess) || last_resort)
        return STATUS_OK;
    TRY(extract(form, result, true, arena, plan, broken, &excess));
    if (*broken >= 0)
        (void)formulation_tighten(form, (size_t)*broken, excess); /* at worst asked again in vain */
    return STATUS_OK;
}

Status solve_plan(Formulation *form, const SolveSettings *settings, Arena *arena,
                  SolveResult *result, Plan *plan)
{
    StageBound *bounds = NULL; /* of the round as it is; those of a tightened program are not its */
    size_t count = 0;
    SolveResult first = {0};
    for (int tries = 0; tries < TIGHTEN_AT_MOST; tries++) {
        int broken;
        int64_t excess;
        SolveResult before = *result;
        TRY(solve_stages(form, settings, arena, result));
        if (!solve_outcome_has_plan(result->outcome)) {
            if (tries == 0)
                return STATUS_OK;
            *result = before; /* tightened too far: the round itself has a plan */
            result->outcome = SOLVE_LIMITED;
            TRY(extract(form, result, true, arena, plan, &broken, &excess));
            if (broken >= 0) /* the answer to the round as it is may be easier to mend */
                TRY(extract(form, &first, true, arena, plan, &broken, &excess));
            return broken < 0 ? plan_stages(form, bounds, count, arena, plan) : STATUS_INTERNAL;
        }
        if (tries == 0) {
            first = *result;
            bounds = result->bounds;
            count = result->bound_count;
        }
        TRY(extract_or_tighten(form, result, tries >= LAST_RESORT_FROM, arena, plan, &broken));
        if (broken < 0) {
            result->bounds = bounds;
            result->bound_count = count;
            TRY(plan_keep_before(form, arena, plan, bounds, count));
            return plan_stages(form, bounds, count, arena, plan);
        }
    }
    return STATUS_INTERNAL;
}
