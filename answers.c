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

static Status tell_causes(Session *s, const NeedCauses *causes)
{
    return cause_details(&s->round, s->sets, causes, s->arena, &s->plan);
}

/** Reasons that the class network can tell, where it decided: nearly all, and however many there are. */
static Status find_network_causes(Session *s)
{
    NeedCauses *causes;
    if (s->why_plain != NULL || unproven_count(&s->plan, s->round.need_count) == 0)
        return STATUS_OK;
    TRY(solve_network_reasons(&s->round, s->sets, &s->plan, s->arena, &causes));
    return tell_causes(s, causes);
}

/** Reasons that only re-solving can tell. */
static Status find_causes(Session *s, const Formulation *loose, const SolveSettings *settings)
{
    NeedCauses *causes;
    TRY(solve_reasons(loose, &s->plan, settings, s->arena, &causes));
    return tell_causes(s, causes);
}

/** Asks look at what bars offers too, where its figures fit. */
static Status find_asks(Session *s, const Formulation *loose, const SolveSettings *settings)
{
    Formulation widened;
    Status status = formulation_build_widened(&s->round, s->arena, &widened);
    if (status == STATUS_NO_MEMORY)
        return status;
    status = solve_asks(status == STATUS_OK ? &widened : loose, &s->plan, settings, s->arena,
                        &s->plan.answers.asks);
    return status == STATUS_NO_MEMORY ? status : STATUS_OK;
}

Status find_answers(Session *s, ExplainLevel level)
{
    Formulation loose;
    SolveSettings settings = solve_settings_of(&s->round);
    if (level == EXPLAIN_NONE)
        return STATUS_OK;
    TRY(find_network_causes(s));
    bool reasons = unproven_count(&s->plan, s->round.need_count) > 0;
    if (level == EXPLAIN_REASONS && !reasons)
        return STATUS_OK;
    if (eligible_pair_count(s->sets, &s->round) > ASKED_PAIRS_MOST)
        return STATUS_OK;
    TRY(list_pairs(s));
    TRY(formulation_build_loose(&s->round, &s->pairs, &s->rules, s->arena, &loose));
    if (reasons)
        TRY(find_causes(s, &loose, &settings));
    return level == EXPLAIN_ALL ? find_asks(s, &loose, &settings) : STATUS_OK;
}
