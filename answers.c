/* What people ask about a plan, found out on its live program: one loose formulation for all questions. */
#include "session.h"

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
    for (size_t n = 0; n < s->round.need_count; n++)
        TRY(cause_detail(&s->round, s->sets, &causes[n], (int)n, s->arena, &s->plan));
    return STATUS_OK;
}

/** Asks look at what bars offers too, where its figures fit. */
static Status find_asks(Session *s, const Formulation *loose, const SolveSettings *settings)
{
    Formulation widened;
    Status status = formulation_build_widened(&s->round, s->arena, &widened);
    if (status != STATUS_OK && status != STATUS_FINDINGS)
        return status;
    return solve_asks(status == STATUS_OK ? &widened : loose, &s->plan, settings, s->arena,
                      &s->plan.answers.asks);
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
    return level == EXPLAIN_ALL ? find_asks(s, &loose, &settings) : STATUS_OK;
}
