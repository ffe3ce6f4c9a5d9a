/* From a formulation to a plan in whole steps: solve, extract, and again where rounding broke a rule. */
#include "allot/extract.h"
#include "allot/solve.h"

/* How often a round is solved again with a row tightened, and from which try on whole things may be
 * taken from a rule's lines, which always ends it. */
enum { TIGHTEN_AT_MOST = 12, LAST_RESORT_FROM = 4 };

bool solve_outcome_has_plan(SolveOutcome outcome)
{
    return outcome == SOLVE_OPTIMAL || outcome == SOLVE_WITHIN_GAP || outcome == SOLVE_LIMITED;
}

Status solve_plan(Formulation *form, const SolveSettings *settings, Arena *arena,
                  SolveResult *result, Plan *plan)
{
    for (int tries = 0; tries < TIGHTEN_AT_MOST; tries++) {
        int broken;
        int64_t excess;
        TRY(solve_stages(form, settings, arena, result));
        if (!solve_outcome_has_plan(result->outcome))
            return STATUS_OK;
        TRY(plan_extract(form, result->x, tries >= LAST_RESORT_FROM, arena, plan, &broken,
                         &excess));
        if (broken < 0)
            return plan_stages(form, result->bounds, result->bound_count, arena, plan);
        formulation_tighten(form, (size_t)broken, excess);
    }
    return STATUS_INTERNAL;
}
