/* C9 to C11: what needs ask of each other. What a need requires must be met in full before it is
 * given anything; a bundle is served as a whole or not at all; of alternatives one at most. Which
 * outcomes are met follows from the needs outwards: every outcome whose last requirement is met
 * becomes met itself, so that circles never hold themselves up. */
#include "models/verify_internal.h"

#include "allot/language.h"

/* Something that may be required: need n is target n, the mark of alternatives m is target
 * need_count + m. */
typedef struct Targets {
    NameMap *ids;    /* need's id -> row */
    size_t *first;   /* [count + 1] waiting needs of target t: waiting[first[t] .. first[t + 1]) */
    int *waiting;    /* needs that require it, once for every mention */
    size_t *missing; /* [need_count] mentions of a need that are not met yet */
    int *queue;      /* [need_count] needs found full, still to be told to who waits */
    size_t queued;
    bool *met; /* [count] */
    size_t count;
} Targets;

enum { NO_TARGET = -1 };

static int target_of(const Verifier *v, const Targets *t, const char *name)
{
    int row = name_map_get(t->ids, name);

    if (row >= 0)
        return row;
    row = v->alternatives.rows != NULL ? name_map_get(v->alternatives.rows, name) : -1;
    return row >= 0 ? (int)v->round->need_count + row : NO_TARGET;
}

static Status find_targets(const Verifier *v, Targets *t)
{
    const Round *round = v->round;
    bool added;

    t->count = round->need_count + v->alternatives.count;
    TRY_NEW(t->ids = name_map_new(v->arena));
    TRY_NEW(t->first = ARENA_NEW(v->arena, t->count + 2, size_t));
    TRY_NEW(t->missing = ARENA_NEW(v->arena, round->need_count, size_t));
    TRY_NEW(t->queue = ARENA_NEW(v->arena, round->need_count, int));
    TRY_NEW(t->met = ARENA_NEW(v->arena, t->count, bool));
    for (size_t n = 0; n < round->need_count; n++)
        if (!name_map_add(t->ids, round->needs[n].id, (int)n, &added))
            return STATUS_NO_MEMORY;
    return STATUS_OK;
}

/* Who waits for what, by target. */
static Status list_waiting(const Verifier *v, Targets *t)
{
    const Round *round = v->round;

    for (size_t n = 0; n < round->need_count; n++)
        for (int i = 0; i < round->needs[n].requires.count; i++) {
            int target = target_of(v, t, round->needs[n].requires.names[i]);

            t->missing[n]++;
            if (target != NO_TARGET)
                t->first[target + 2]++;
        }
    for (size_t target = 0; target < t->count; target++)
        t->first[target + 2] += t->first[target + 1];
    TRY_NEW(t->waiting = ARENA_NEW(v->arena, t->first[t->count + 1], int));
    for (size_t n = 0; n < round->need_count; n++)
        for (int i = 0; i < round->needs[n].requires.count; i++) {
            int target = target_of(v, t, round->needs[n].requires.names[i]);

            if (target != NO_TARGET)
                t->waiting[t->first[target + 1]++] = (int)n;
        }
    return STATUS_OK;
}

/* An unknown amount is never met; what is not ready gets nothing. */
static bool ordinary_full(const Verifier *v, size_t n)
{
    if ((v->asks[n] & ASKS_UNKNOWN) != 0)
        return false;
    return v->wanted[n] == 0 ||
           ((v->asks[n] & ASKS_NOT_READY) == 0 && v->assigned[n] >= v->wanted[n]);
}

static void now_full(const Verifier *v, Targets *t, size_t n)
{
    v->full[n] = true;
    if (t != NULL)
        t->queue[t->queued++] = (int)n;
}

/* Tells all who wait for a target that it is met, once. */
static void now_met(const Verifier *v, Targets *t, size_t target)
{
    if (t->met[target])
        return;
    t->met[target] = true;
    for (size_t i = t->first[target]; i < t->first[target + 1]; i++) {
        size_t n = (size_t)t->waiting[i];

        if (--t->missing[n] > 0)
            continue;
        v->satisfied[n] = true;
        if ((v->asks[n] & ASKS_OUTCOME) != 0)
            now_full(v, t, n);
    }
}

static void spread(const Verifier *v, Targets *t)
{
    for (size_t i = 0; i < t->queued; i++) {
        size_t n = (size_t)t->queue[i];
        const char *mark = v->round->needs[n].alternative;

        now_met(v, t, n);
        if (mark != NULL && mark[0] != '\0')
            now_met(v, t, v->round->need_count + (size_t)name_map_get(v->alternatives.rows, mark));
    }
}

/* ---- C9 ----------------------------------------------------------------------------------------- */

static void say_missing(Verifier *v, const Targets *t, size_t n)
{
    const Need *need = &v->round->needs[n];

    for (int i = 0; i < need->requires.count; i++) {
        const char *name = need->requires.names[i];
        int target = target_of(v, t, name);

        if (target != NO_TARGET && t->met[target])
            continue;
        verify_broken(v, DIAG_PLAN_RULE, verify_last_line(v, n),
                      "%s: it is given %s, but %s asks for %s%s first, which is not met in full",
                      need->id, verify_amount(v, need->unit, v->assigned[n]),
                      verify_row(v, need->origin, "requires"),
                      target >= (int)v->round->need_count ? _("one of ") : "", name);
    }
}

static Status check_requires(Verifier *v)
{
    const Round *round = v->round;
    Targets targets = {0};
    Targets *t = (v->asked & ASKS_FIRST) != 0 ? &targets : NULL;

    TRY_NEW(v->full = ARENA_NEW(v->arena, round->need_count, bool));
    TRY_NEW(v->satisfied = ARENA_NEW(v->arena, round->need_count, bool));
    if (t != NULL) {
        TRY(find_targets(v, t));
        TRY(list_waiting(v, t));
    }
    for (size_t n = 0; n < round->need_count; n++) {
        v->satisfied[n] = (v->asks[n] & ASKS_FIRST) == 0;
        if ((v->asks[n] & ASKS_OUTCOME) != 0 ? v->satisfied[n] : ordinary_full(v, n))
            now_full(v, t, n);
    }
    if (t == NULL)
        return STATUS_OK;
    spread(v, t);
    for (size_t n = 0; n < round->need_count; n++)
        if (!v->satisfied[n] && v->first[n + 1] > v->first[n])
            say_missing(v, t, n);
    return STATUS_OK;
}

/* ---- C10, C11 ----------------------------------------------------------------------------------- */

static bool is_served(const Verifier *v, int n)
{
    return v->first[n + 1] > v->first[n];
}

/* Covered elsewhere altogether: it counts as served. */
static bool wants_nothing(const Verifier *v, int n)
{
    return (v->asks[n] & ASKS_UNKNOWN) == 0 && v->wanted[n] == 0;
}

static void check_bundle(Verifier *v, const VerifyMark *bundle)
{
    const Need *left_out = NULL;
    const Need *needs = v->round->needs;
    int served = -1;

    for (size_t i = 0; i < bundle->count; i++) {
        int n = bundle->members[i];

        if (is_served(v, n))
            served = n;
        else if (left_out == NULL && !wants_nothing(v, n))
            left_out = &needs[n];
    }
    if (served < 0 || left_out == NULL)
        return;
    verify_broken(v, DIAG_PLAN_RULE, verify_last_line(v, (size_t)served),
                  "%s: it is served, but %s ties it to %s (%s), which gets nothing",
                  needs[served].id, verify_row(v, needs[served].origin, "bundle"), left_out->id,
                  verify_row(v, left_out->origin, "bundle"));
}

static bool is_chosen(const Need *need)
{
    return need->covered > 0;
}

static void say_second(Verifier *v, int served, const Need *other, const char *why)
{
    const Need *need = &v->round->needs[served];

    verify_broken(v, DIAG_PLAN_RULE, verify_last_line(v, (size_t)served),
                  "%s: it is served, but %s allows one of its alternatives, and %s (%s) %s",
                  need->id, verify_row(v, need->origin, "alternative"), other->id,
                  verify_row(v, other->origin, "alternative"), why);
}

/* A member with coverage from elsewhere is the one; without such, the first that is served. */
static void check_alternative(Verifier *v, const VerifyMark *mark)
{
    const Need *needs = v->round->needs;
    int one = -1;

    for (size_t i = 0; i < mark->count && one < 0; i++)
        if (is_chosen(&needs[mark->members[i]]))
            one = mark->members[i];
    for (size_t i = 0; i < mark->count; i++) {
        int n = mark->members[i];

        if (!is_served(v, n) || n == one)
            continue;
        if (one >= 0)
            say_second(v, n, &needs[one],
                       is_chosen(&needs[one]) ? _("is covered elsewhere") : _("is served already"));
        else
            one = n;
    }
}

Status verify_logic(Verifier *v)
{
    TRY(check_requires(v));
    for (size_t b = 0; b < v->bundles.count; b++)
        check_bundle(v, &v->bundles.marks[b]);
    for (size_t a = 0; a < v->alternatives.count; a++)
        check_alternative(v, &v->alternatives.marks[a]);
    return STATUS_OK;
}
