/* What people ask about a plan, found out on its live program: one loose formulation for all questions. */
#include "session.h"

#include "allot/cause_text.h"
#include "allot/language.h"
#include "allot/replies.h"
#include "allot/solve.h"
#include "urgent_told.h"

/** Rounds with more pairs than this are decided without asking: it would take longer than deciding. */
enum { ASKED_PAIRS_MOST = 100000 };

static size_t unproven_count(const Plan *plan, size_t need_count)
{
    size_t count = 0;
    for (size_t n = 0; n < need_count; n++)
        count += plan->needs[n].reason == REASON_UNPROVEN;
    return count;
}

/** Keeps what was found of the needs that were asked about, and says it. */
static Status tell_causes(Session *s, NeedCauses *causes)
{
    const NeedCauses *known = s->plan.answers.causes;
    for (size_t n = 0; known != NULL && n < s->round.need_count; n++)
        if (causes[n].proof == CAUSE_NOT_ASKED)
            causes[n] = known[n];
    s->plan.answers.causes = causes;
    return cause_details(&s->round, s->sets, causes, s->arena, &s->plan);
}

/** Has something been declined that was proposed for a need whose reason is not known? */
static bool is_refused(const Session *s, const Reply *answer)
{
    return (answer->decision == REPLY_DECLINE || answer->decision == REPLY_PROPOSE) &&
           s->plan.needs[answer->need].reason == REASON_UNPROVEN;
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

/** The program with the pairs that answers bar beside all others, where they may be why a need is short. */
static Status widen_for_answers(Session *s, const Formulation **form)
{
    const Replies *replies = s->round.replies;
    bool any = false;
    for (size_t i = 0; replies != NULL && i < replies->count; i++)
        any = any || is_refused(s, &replies->rows[i]);
    if (!any)
        return STATUS_OK;
    Formulation *widened = ARENA_NEW(s->arena, 1, Formulation);
    TRY_NEW(widened);
    Status status = formulation_build_agreed(&s->round, s->arena, widened);
    if (status == STATUS_OK)
        *form = widened;
    return status == STATUS_FINDINGS ? STATUS_OK : status;
}

/** Reasons that only re-solving can tell. */
static Status find_causes(Session *s, const Formulation *loose, const SolveSettings *settings)
{
    NeedCauses *causes;
    TRY(widen_for_answers(s, &loose));
    TRY(solve_reasons(loose, &s->plan, settings, s->arena, &causes));
    return tell_causes(s, causes);
}

/** Asks look at what bars offers too, where its figures fit. A question left open is no fault. */
static Status find_asks(Session *s, const Formulation *form, const SolveSettings *settings)
{
    Status status = solve_asks(form, &s->plan, settings, s->arena, &s->plan.answers.asks);
    return status == STATUS_NO_MEMORY ? status : STATUS_OK;
}

/** Which lines are forced: asked of the program that decided, or would have. */
static Status find_ranges(Session *s, const SolveSettings *settings)
{
    Formulation form = s->form;
    if (form.pairs == NULL)
        TRY(formulation_build(&s->round, &s->pairs, &s->rules, s->arena, &form));
    return solve_ranges(&form, &s->plan, settings, s->arena, &s->plan.answers.ranges);
}

/** What the class network decided it can tell of worths, at once; the rest is solved for. */
static Status find_worths(Session *s, const Formulation *loose, const SolveSettings *settings)
{
    const Worths *known = NULL;
    if (s->why_plain == NULL)
        TRY(solve_network_worths(loose, &s->plan, s->arena, &known));
    return solve_worths(loose, &s->plan, settings, known, s->arena, &s->plan.answers.worths);
}

/** What things cost: told by the class network where it decided, of rounds of any size that are asked about;
 *  else solved for. */
static Status find_prices(Session *s, const Formulation *widened, const SolveSettings *settings)
{
    const Prices **prices = &s->plan.answers.prices;
    if (s->why_plain == NULL)
        TRY(solve_network_prices(widened, &s->plan, s->arena, prices));
    if (*prices != NULL || widened->pairs->count > ASKED_PAIRS_MOST)
        return STATUS_OK;
    return solve_prices(widened, &s->plan, settings, s->arena, prices);
}

/** What else people ask, where the program has room for what bars pairs. */
static Status find_more(Session *s, const Formulation *loose, const SolveSettings *settings)
{
    Formulation *widened = ARENA_NEW(s->arena, 1, Formulation); /* answers go on pointing to it */
    TRY_NEW(widened);
    TRY(find_ranges(s, settings));
    TRY(find_worths(s, loose, settings));
    Status status = formulation_build_widened(&s->round, s->arena, widened);
    if (status == STATUS_FINDINGS)
        return find_asks(s, loose, settings);
    TRY(status);
    bool few = widened->pairs->count <= ASKED_PAIRS_MOST;
    TRY(find_asks(s, few ? widened : loose, settings));
    return find_prices(s, widened, settings);
}

/** Says of every need without a reason that the round is too large to look for one. */
static Status tell_too_many(Session *s, size_t pairs)
{
    const char *detail = arena_printf(
        s->arena,
        _("not looked for: %zu pairs of need and offer may serve, and reasons are asked up to %d"),
        pairs, ASKED_PAIRS_MOST);
    TRY_NEW(detail);
    for (size_t n = 0; n < s->round.need_count; n++) {
        NeedResult *result = &s->plan.needs[n];
        bool silent = result->detail == NULL || *result->detail == '\0';
        if (result->reason == REASON_UNPROVEN && silent)
            result->detail = detail;
    }
    return STATUS_OK;
}

static Status ask_all(Session *s, ExplainLevel level)
{
    Formulation *loose = ARENA_NEW(s->arena, 1, Formulation);
    SolveSettings settings = solve_settings(s);
    if (level == EXPLAIN_NONE)
        return STATUS_OK;
    TRY(find_network_causes(s));
    bool reasons = unproven_count(&s->plan, s->round.need_count) > 0;
    if (level == EXPLAIN_REASONS && !reasons)
        return STATUS_OK;
    size_t pairs = eligible_pair_count(s->sets, &s->round);
    if (pairs > ASKED_PAIRS_MOST)
        return tell_too_many(s, pairs);
    TRY_NEW(loose);
    TRY(list_pairs(s));
    TRY(formulation_build_loose(&s->round, &s->pairs, &s->rules, s->arena, loose));
    if (reasons)
        TRY(find_causes(s, loose, &settings));
    return level == EXPLAIN_ALL ? find_more(s, loose, &settings) : STATUS_OK;
}

Status find_answers(Session *s, ExplainLevel level)
{
    Status status = ask_all(s, level);
    progress_line_clear(&s->line);
    return status == STATUS_OK ? urgent_reason_undelivered(s) : status;
}
