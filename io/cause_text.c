/* Why a need stays unmet, in words: the things found with what their rows say, who uses what the need
 * could have had, and what is of its kind and not for it.
 */
#include "allot/cause_text.h"

#include <string.h>

#include "allot/rule.h"
#include "io/cause_row.h"
#include "io/prose.h"

/* Offers, needs that use each, and barred offers that a sentence names. */
enum { OFFERS_AT_MOST = 3, USERS_AT_MOST = 4, BARRED_AT_MOST = 2 };

typedef struct Telling {
    const Round *round;
    const EligibleSets *sets;
    const Plan *plan;
    const int *first; /* [offer_count + 1] lines paid out of a root offer: lines[first[root]] .. */
    const int *lines; /* [assignment_count] in their order */
    int need;
    Prose prose;
} Telling;

static bool may_serve(const Telling *t, int need, int offer)
{
    const uint64_t *set = eligible_set_at(t->sets, eligible_set_number(t->sets, need));
    return (set[offer / 64] >> (offer % 64) & 1) != 0;
}

/* ---- who has what it could have had ---------------------------------------------------------- */

/** Do lines of @p other count here: of a tier above, of the need's own, or any? */
static bool is_rival(const Telling *t, int other, Reason reason)
{
    int tier = t->round->needs[t->need].tier, its = t->round->needs[other].tier;
    if (other == t->need)
        return false;
    return reason == REASON_EQUALS ? its == tier : reason != REASON_HIGHER_TIERS || its < tier;
}

/** "120 seat of Estonia (offers O-EE-2)" */
static const char *offer_name(Telling *t, int offer)
{
    const Offer *row = &t->round->offers[offer];
    return prose_piece(&t->prose, "%s of %s (offers %s)",
                       prose_amount(&t->prose, row->unit, row->quantity),
                       cause_donor(t->round, row->donor), row->id);
}

/** "...; 120 seat of Estonia (offers O-1), used by N-2 (80 seat, tier 1), N-3 (40 seat, tier 1)", with
 *  those that use what the offer is paid out of. False when nobody that counts does. */
static bool say_users(Telling *t, int offer, Reason reason, const char *before)
{
    const Offer *offers = t->round->offers;
    int users = 0, root = offers[offer].root;
    for (int i = t->first[root]; i < t->first[root + 1]; i++) {
        const Assignment *line = &t->plan->assignments[t->lines[i]];
        const Need *user = &t->round->needs[line->need];
        if (!is_rival(t, line->need, reason))
            continue;
        users++;
        if (users == 1)
            prose_say(&t->prose, "%s%s, used by ", before, offer_name(t, offer));
        if (users <= USERS_AT_MOST)
            prose_say(&t->prose, "%s%s (%s, tier %d)", users == 1 ? "" : ", ", user->id,
                      prose_amount(&t->prose, offers[line->offer].unit, line->offer_quantity),
                      user->tier);
    }
    if (users > USERS_AT_MOST)
        prose_say(&t->prose, " and %d more", users - USERS_AT_MOST);
    return users > 0;
}

/** "; not for it: O-1 of Norway is for ODA only (offers O-1, oda_only)": offers of its kind. */
static void say_barred(Telling *t)
{
    int barred = 0;
    for (int o = 0; o < (int)t->round->offer_count; o++) {
        if (may_serve(t, t->need, o))
            continue;
        Bar bar = eligibility_bar(t->round, t->need, o);
        if (bar.check >= BAR_NEED_UNKNOWN || !bar_is_of_kind(bar.check))
            continue;
        barred++;
        if (barred > BARRED_AT_MOST)
            continue;
        const char *donor = cause_donor(t->round, t->round->offers[o].donor);
        prose_say(&t->prose, "; %s%s of %s %s (%s%s%s%s%s)", barred == 1 ? "not for it: " : "",
                  t->round->offers[o].id, donor, bar_text(bar.check),
                  dictionary_table(bar.origin.table)->name, *bar.id == '\0' ? "" : " ", bar.id,
                  *bar.column == '\0' ? "" : ", ", bar.column);
    }
    if (barred > BARRED_AT_MOST)
        prose_say(&t->prose, " and %d more", barred - BARRED_AT_MOST);
}

/** Offers that could serve the need, each with the needs that use it. */
static void say_rivals(Telling *t, const char *lead, Reason reason)
{
    const Need *need = &t->round->needs[t->need];
    int named = 0, more = 0;
    prose_say(&t->prose, "%s (%s, %s): ", lead, need->category, need->unit.name);
    for (int o = 0; o < (int)t->round->offer_count; o++) {
        if (!may_serve(t, t->need, o) || t->plan->offers[t->round->offers[o].root].used == 0)
            continue;
        if (named == OFFERS_AT_MOST)
            more++;
        else
            named += say_users(t, o, reason, named == 0 ? "" : "; ");
    }
    if (more > 0)
        prose_say(&t->prose, "; %d more offers are in use", more);
    say_barred(t);
}

/* ---- rows ------------------------------------------------------------------------------------ */

static const char *lead(Reason reason)
{
    switch (reason) {
    case REASON_PREREQUISITE: return "what it requires is not met in full: ";
    case REASON_BUNDLE: return "its bundle is served together or not at all: ";
    case REASON_ALTERNATIVE: return "at most one of the alternatives is served: ";
    case REASON_LOCKED_OUT: return "agreed otherwise: ";
    case REASON_BENEFICIARY_LIMIT: return "its beneficiary may have no more: ";
    case REASON_RULE_LIMIT: return "limited: ";
    case REASON_MINIMUM: return "what is left is below its least useful amount: ";
    case REASON_DONOR_COUNT: return "no more donors may take part: ";
    case REASON_TICKET: return "what is left is below a least amount: ";
    case REASON_HIGHER_TIERS: return "needs of higher tiers use what could serve it";
    case REASON_EQUALS: return "needs of its own tier share in what could serve it";
    case REASON_EXHAUSTED: return "not enough is offered: ";
    default: return "";
    }
}

/** Does an offer that the row speaks of serve the need? */
static bool offer_counts(const Telling *t, const Cause *cause, int offer)
{
    const Round *round = t->round;
    if (!may_serve(t, t->need, offer))
        return false;
    if (cause->origin.table == TABLE_OFFERS)
        return strcmp(round->offers[offer].id, cause->id) == 0;
    if (cause->origin.table == TABLE_DONORS)
        return strcmp(round->offers[round->offers[offer].root].donor, cause->id) == 0;
    for (size_t r = 0; r < round->rule_count; r++)
        if (round->rules[r].origin.line == cause->origin.line)
            return rule_row_matches(round, &round->rules[r], t->need, offer);
    return true;
}

/** Does the row bind other needs alone? */
static bool is_aside(const Telling *t, const Cause *cause)
{
    const Round *round = t->round;
    if (cause->reason != REASON_RULE_LIMIT && cause->reason != REASON_TICKET &&
        cause->reason != REASON_LOCKED_OUT)
        return false;
    if (cause->origin.table != TABLE_OFFERS && cause->origin.table != TABLE_DONORS &&
        cause->origin.table != TABLE_RULES)
        return strcmp(cause->id, round->needs[t->need].id) != 0; /* the need of the row */
    for (int o = 0; o < (int)round->offer_count; o++)
        if (offer_counts(t, cause, o))
            return false;
    return true;
}

static void say_cause(Telling *t, const Cause *cause)
{
    if (cause->reason == REASON_HIGHER_TIERS || cause->reason == REASON_EQUALS) {
        say_rivals(t, lead(cause->reason), cause->reason);
        return;
    }
    prose_say(&t->prose, "%s%s", lead(cause->reason),
              cause_row(&t->prose, t->round, t->plan, t->need, cause));
    if (is_aside(t, cause))
        say_rivals(t,
                   ", which binds other needs; without it they would leave more of what could "
                   "serve this one",
                   cause->reason);
    else if (cause->reason == REASON_EXHAUSTED)
        say_barred(t);
}

static void say_freed(Telling *t, const NeedCauses *causes)
{
    if (causes->freed <= 0)
        return;
    Reason reason = causes->causes[0].reason;
    const char *how = causes->count > 1               ? "without all of this"
                      : reason == REASON_HIGHER_TIERS ? "if they gave way"
                      : reason == REASON_EQUALS       ? "if they gave way"
                      : reason == REASON_EXHAUSTED    ? "with more of it"
                                                      : "without it";
    prose_say(&t->prose, "; %s %s%s more", how, causes->at_least ? "at least " : "",
              prose_amount(&t->prose, t->round->needs[t->need].unit, causes->freed));
}

static void say_found(Telling *t, const NeedCauses *causes)
{
    for (int i = 0; i < causes->count; i++) {
        prose_say(&t->prose, "%s", i == 0 ? "" : "; and ");
        say_cause(t, &causes->causes[i]);
    }
    say_freed(t, causes);
    if (causes->proof == CAUSE_HELPS)
        prose_say(&t->prose, "; a search for something simpler ended at its limits");
}

static Status tell(Telling t, const NeedCauses *causes, NeedResult *result)
{
    switch (causes->proof) {
    case CAUSE_NOT_ASKED: return STATUS_OK;
    case CAUSE_BETTER:
        prose_say(&t.prose, "its tier was not decided to its end: a better plan may exist");
        break;
    case CAUSE_OPEN: prose_say(&t.prose, "the search for its cause ended at its limits"); break;
    case CAUSE_HELPS:
    case CAUSE_PROVEN:
        result->reason = causes->count > 1 ? REASON_SEVERAL : causes->causes[0].reason;
        say_found(&t, causes);
        break;
    }
    if (t.prose.failed)
        return STATUS_NO_MEMORY;
    result->detail = t.prose.text;
    return STATUS_OK;
}

/** Sorts the lines by the offers that they are paid out of in the end. */
static Status sort_lines(Telling *t, Arena *arena)
{
    const Plan *plan = t->plan;
    size_t offers = t->round->offer_count;
    int *first = ARENA_NEW(arena, offers + 1, int), *next = ARENA_NEW(arena, offers + 1, int);
    int *lines = ARENA_NEW(arena, plan->assignment_count, int);
    TRY_NEW(first);
    TRY_NEW(next);
    TRY_NEW(lines);
    for (size_t i = 0; i < plan->assignment_count; i++)
        first[t->round->offers[plan->assignments[i].offer].root + 1]++;
    for (size_t o = 0; o < offers; o++) {
        first[o + 1] += first[o];
        next[o] = first[o];
    }
    for (size_t i = 0; i < plan->assignment_count; i++)
        lines[next[t->round->offers[plan->assignments[i].offer].root]++] = (int)i;
    t->first = first;
    t->lines = lines;
    return STATUS_OK;
}

Status cause_details(const Round *round, const EligibleSets *sets, const NeedCauses *causes,
                     Arena *arena, Plan *plan)
{
    Telling t = {.round = round, .sets = sets, .plan = plan, .prose = {.arena = arena}};
    TRY(sort_lines(&t, arena));
    for (t.need = 0; t.need < (int)round->need_count; t.need++)
        TRY(tell(t, &causes[t.need], &plan->needs[t.need]));
    return STATUS_OK;
}
