/* What needs ask of each other (C9 to C11), once the lines stand in whole steps. A prerequisite that
 * rounding left a cent short is no prerequisite met: it is reported, to be solved again without it;
 * in the last resort what hangs on it goes.
 */
#include "allot/logic.h"
#include "models/plan_internal.h"

typedef struct Settling {
    Extract *e;
    int64_t *assigned; /* [need_count] */
    bool *full;        /* [need_count] */
} Settling;

static void take_stock(Settling *s)
{
    for (size_t n = 0; n < s->e->form->round->need_count; n++)
        s->assigned[n] = extract_given_to(s->e, n);
    logic_full(s->e->form->round, s->assigned, s->full);
}

/** The member of an unmet requirement that lacks least: the one that was meant to be full. */
static int nearest_to_full(const Settling *s, const Requirement *requirement)
{
    int best = requirement->any_of[0];
    int64_t least = INT64_MAX;
    for (int k = 0; k < requirement->count; k++) {
        const Need *need = &s->e->form->round->needs[requirement->any_of[k]];
        int64_t lacks = need->wanted - s->assigned[requirement->any_of[k]];
        if (need->quantity_known && !need_is_outcome(need) && lacks < least) {
            least = lacks;
            best = requirement->any_of[k];
        }
    }
    return best;
}

/** The need that should have been met in full for this one: through outcomes down to a real one. */
static int culprit(const Settling *s, int need)
{
    const Round *round = s->e->form->round;
    const Requirement *missing = logic_missing(round, need, s->full);
    while (missing != NULL) {
        need = nearest_to_full(s, missing);
        if (!need_is_outcome(&round->needs[need]))
            return need;
        missing = logic_missing(round, need, s->full);
    }
    return need;
}

static Status drop_need(Settling *s, int need)
{
    const PairSet *pairs = s->e->form->pairs;
    for (size_t p = pairs->first[need]; p < pairs->first[need + 1]; p++)
        TRY(rule_book_set(&s->e->book, (int)p, pairs->pairs[p].lower));
    return STATUS_OK;
}

/** (C10) the member of the need's bundle that wants something and gets nothing, or -1. */
static int torn_by(const Settling *s, int need)
{
    const Round *round = s->e->form->round;
    int index = round->logic.bundle_of[need];
    const NeedMark *bundle = index < 0 ? NULL : &round->logic.bundles[index];
    for (int i = 0; bundle != NULL && i < bundle->count; i++) {
        const Need *member = &round->needs[bundle->members[i]];
        if ((!member->quantity_known || member->wanted > 0) && s->assigned[bundle->members[i]] == 0)
            return bundle->members[i];
    }
    return -1;
}

/** (C11) is another of its mark the one that is served: the one covered elsewhere, or with more? */
static bool stands_aside(const Settling *s, int need)
{
    const Round *round = s->e->form->round;
    int index = round->logic.alternative_of[need];
    const NeedMark *mark = index < 0 ? NULL : &round->logic.alternatives[index];
    for (int i = 0; mark != NULL && i < mark->count; i++) {
        int other = mark->members[i];
        bool chosen = mark->chosen == other;
        bool more = s->assigned[other] > s->assigned[need] ||
                    (s->assigned[other] == s->assigned[need] && other < need);
        if (other != need && (chosen || (s->assigned[other] > 0 && more)))
            return true;
    }
    return false;
}

/** Takes from a need what may go. Where what is agreed of it stays, @p missing is what was to be there too. */
static Status give_up(Settling *s, int need, int missing, int *broken, bool *changed)
{
    TRY(drop_need(s, need));
    *changed = *changed || extract_given_to(s->e, (size_t)need) < s->assigned[need];
    take_stock(s);
    if (s->assigned[need] > 0 && missing >= 0)
        *broken = (int)s->e->form->rules->count + missing;
    return STATUS_OK;
}

/** One pass over all needs; *changed when lines went. */
static Status settle_once(Settling *s, bool marks_only, int *broken, bool *changed)
{
    const Round *round = s->e->form->round;
    *changed = false;
    take_stock(s);
    for (size_t n = 0; n < round->need_count && *broken < 0; n++) {
        bool served = s->assigned[n] > 0;
        bool unmet = served && !marks_only && !logic_satisfied(round, (int)n, s->full);
        int torn = served && !marks_only ? torn_by(s, (int)n) : -1;
        if (unmet && !s->e->last_resort)
            *broken = (int)s->e->form->rules->count + culprit(s, (int)n);
        else if (unmet || torn >= 0 || (served && stands_aside(s, (int)n)))
            TRY(give_up(s, (int)n, unmet ? culprit(s, (int)n) : torn, broken, changed));
    }
    return STATUS_OK;
}

Status extract_settle(Extract *e, bool marks_only, int *broken)
{
    const Round *round = e->form->round;
    bool asks = round->logic.requirement_count > 0 || round->logic.bundle_count > 0 ||
                round->logic.alternative_count > 0;
    Settling s = {.e = e};
    if (!asks)
        return STATUS_OK;
    s.assigned = ARENA_NEW(e->arena, round->need_count, int64_t);
    s.full = ARENA_NEW(e->arena, round->need_count, bool);
    TRY_NEW(s.assigned);
    TRY_NEW(s.full);
    for (bool changed = true; changed && *broken < 0;)
        TRY(settle_once(&s, marks_only, broken, &changed));
    return STATUS_OK;
}
