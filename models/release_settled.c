/* Of a need that what is agreed holds back: whose agreement it is, as far as its reader may know. No party,
 * no other need and no amount is taken over.
 */
#include "allot/causes.h"
#include "allot/eligibility.h"
#include "models/release_internal.h"

/** The need of a row of the round's commitments; -1: none. */
static int need_of_row(const Round *round, Origin origin)
{
    for (size_t c = 0; c < round->commitment_count; c++)
        if (origin.table == TABLE_COMMITMENTS && round->commitments[c].origin.line == origin.line)
            return round->commitments[c].need;
    return -1;
}

static Settled by_cause(const Round *round, const Cause *cause, int need)
{
    const Reply *answer = reply_of_origin(round, cause->origin);
    if (answer == NULL)
        return need_of_row(round, cause->origin) == need ? SETTLED_BEFORE
                                                         : SETTLED_BEFORE_ELSEWHERE;
    if (answer->need != need)
        return SETTLED_ELSEWHERE;
    if (reply_is_open(round, answer))
        return SETTLED_OPEN;
    if (answer->decision == REPLY_AGREE)
        return SETTLED_AGREED;
    return answer->decision == REPLY_LESS ? SETTLED_LESS : SETTLED_DECLINED_PART;
}

/** One of several things: a refusal of what was proposed for the need itself is named, and nothing else. */
static Settled by_several(const Round *round, const NeedCauses *causes, int need)
{
    for (int i = 0; i < causes->count; i++) {
        Settled one = by_cause(round, &causes->causes[i], need);
        if (one == SETTLED_LESS)
            return SETTLED_LESS_TOO;
        if (one == SETTLED_DECLINED_PART)
            return SETTLED_DECLINED_TOO;
    }
    return SETTLED_NOT;
}

/** Would an offer serve it, had its donor not declined? */
static bool is_declined(const Round *round, int need)
{
    for (int o = 0; o < (int)round->offer_count; o++) {
        Bar bar = eligibility_bar(round, need, o);
        if (bar.check == BAR_COMMITMENT && reply_of_origin(round, bar.origin) != NULL)
            return true;
    }
    return false;
}

Settled release_settled(const Round *round, const Plan *plan, int need)
{
    const NeedCauses *causes = plan->answers.causes;
    Reason reason = plan->needs[need].reason;
    if (reason == REASON_BARRED && is_declined(round, need))
        return SETTLED_DECLINED;
    if (reason == REASON_SEVERAL && causes != NULL)
        return by_several(round, &causes[need], need);
    if (reason != REASON_LOCKED_OUT || causes == NULL || causes[need].count != 1)
        return SETTLED_NOT;
    return by_cause(round, &causes[need].causes[0], need);
}
