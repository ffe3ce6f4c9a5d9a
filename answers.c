/* What people ask about a plan, found out on its live program: one loose formulation for all questions. */
#include "session.h"

#include "allot/cause_text.h"
#include "allot/solve.h"

/** Rounds with more pairs than this are decided without asking: it would take longer than deciding. */
enum { ASKED_PAIRS_MOST = 100000 };

static size_t unproven_count(const Plan *plan, size_t need_count)
{
    size_t count = 0;
    for (size_t n = 0; n < need_count; n++)
        count += plan->needs[n].reason == REASON_UNPROVEN;
    return count;
}

/** Reasons that only re-solving can tell. */
static Status find_causes(Session *s, const Formulation *loose, const SolveSettings *settings)
{
    NeedCauses *causes;
    TRY(solve_reasons(loose, &s->plan, settings, s->arena, &causes));
    s->plan.answers.causes = causes;
    for (size_t n = 0; n < s->round.need_count; n++)
        TRY(cause_detail(&s->round, s->sets, &causes[n], (int)n, s->arena, &s->plan));
    return STATUS_OK;
}

/** Which lines are forced: asked of the program that decided, or would have. */
static Status find_ranges(Session *s, const SolveSettings *settings)
{
    Formulation form = s->form;
    if (form.pairs == NULL)
        TRY(formulation_build(&s->round, &s->pairs, &s->rules, s->arena, &form));
    return solve_ranges(&form, &s->plan, settings, s->arena, &s->plan.answers.ranges);
}

Status find_answers(Session *s, ExplainLevel level)
{
    Formulation loose;
    SolveSettings settings = solve_settings_of(&s->round);
    bool reasons = unproven_count(&s->plan, s->round.need_count) > 0;
    if (level == EXPLAIN_NONE || (level == EXPLAIN_REASONS && !reasons))
        return STATUS_OK;
    if (eligible_pair_count(s->sets, &s->round) > ASKED_PAIRS_MOST)
        return STATUS_OK;
    TRY(list_pairs(s));
    TRY(formulation_build_loose(&s->round, &s->pairs, &s->rules, s->arena, &loose));
    if (reasons)
        TRY(find_causes(s, &loose, &settings));
    if (level == EXPLAIN_ALL)
        TRY(find_ranges(s, &settings));
    return STATUS_OK;
}
