/* Why a need stays unmet, in words: the things found with what their rows say, who uses what the need
 * could have had, and what is of its kind and not for it.
 */
#include "allot/cause_text.h"
#include "allot/language.h"

#include <string.h>

#include "allot/rule.h"
#include "io/cause_row.h"
#include "io/cause_users.h"
#include "io/prose.h"

/* Offers and barred offers that a detail names. */
enum { OFFERS_AT_MOST = 3, BARRED_AT_MOST = 3 };

/* What a need of a tier that is decided to its end may lack by rounding lines, smallest parts. */
enum { CENTS_AT_MOST = 16 };

typedef struct Telling {
    const Round *round;
    const EligibleSets *sets;
    const Plan *plan;
    CauseUsers *users;
    const char *
        *barred_from; /* [eligible_kin_count()] say_barred() for these needs, NULL: not said yet */
    Arena *arena;     /* of what is kept */
    int need;
    Prose prose; /* in an arena of its own: what is said of one need is forgotten before the next */
} Telling;

/* ---- who has what it could have had ---------------------------------------------------------- */

/** "O-EE-2 of Estonia (120 seat)" */
static const char *offer_name(Telling *t, int offer)
{
    const Offer *row = &t->round->offers[offer];
    return prose_piece(&t->prose, "%s of %s (%s)", row->id, cause_donor(t->round, row->donor),
                       prose_amount(&t->prose, row->unit, row->quantity));
}

/** "...O-1 of Estonia (120 seat) is used by N-2 (80 seat, tier 1) and N-3 (...)", with those that use
 *  what the offer is paid out of. False when nobody that counts does. */
static bool say_users(Telling *t, int offer, Reason reason, const char *before)
{
    const Offer *offers = t->round->offers;
    UserList users;
    if (cause_users_of(t->users, t->need, offer, reason, &users) != STATUS_OK) {
        t->prose.failed = true;
        return false;
    }
    for (int i = 0; i < users.count && i < USERS_NAMED; i++) {
        const Assignment *line = &t->plan->assignments[users.lines[i]];
        const Need *user = &t->round->needs[line->need];
        if (i == 0)
            prose_say(&t->prose, "%s%s is used by ", before, offer_name(t, offer));
        prose_say(&t->prose, "%s%s (%s, tier %d)", i == 0 ? "" : ", ", user->id,
                  prose_amount(&t->prose, offers[line->offer].unit, line->offer_quantity),
                  user->tier);
    }
    if (users.count > USERS_NAMED)
        prose_say(&t->prose, " and %d more", users.count - USERS_NAMED);
    return users.count > 0;
}

static void say_bar(Telling *t, int offer, const Bar *bar, const char *before)
{
    const Offer *row = &t->round->offers[offer];
    prose_say(&t->prose, "%s%s of %s %s (%s%s%s%s%s)", before, row->id,
              cause_donor(t->round, row->donor), bar_text(bar->check),
              dictionary_table(bar->origin.table)->name, *bar->id == '\0' ? "" : " ", bar->id,
              *bar->column == '\0' ? "" : ", ", bar->column);
}

/** " Not for it: O-1 of Norway is for ODA only (offers O-1, oda_only).": offers of its kind. @return
 *  whether a cell of the need's own is named. */
static bool find_barred(Telling *t)
{
    int barred = 0;
    bool own = false;
    for (int o = 0; o < (int)t->round->offer_count; o++) {
        if (eligible_set_has(t->sets, t->need, o))
            continue;
        Bar bar = eligibility_bar(t->round, t->need, o);
        if (bar.check >= BAR_NEED_UNKNOWN || !bar_is_of_kind(bar.check))
            continue;
        barred++;
        if (barred > BARRED_AT_MOST)
            continue;
        own = own || bar.origin.table == TABLE_NEEDS;
        say_bar(t, o, &bar, barred == 1 ? _(" Not for it: ") : "; ");
    }
    if (barred > BARRED_AT_MOST)
        prose_say(&t->prose, "; and %d more", barred - BARRED_AT_MOST);
    if (barred > 0)
        prose_say(&t->prose, ".");
    return own;
}

/** What bars others from the need: found once for all its kin. */
static void say_barred(Telling *t)
{
    int kin = eligible_kin_number(t->sets, t->need);
    if (kin >= 0 && t->barred_from[kin] != NULL) {
        prose_say(&t->prose, "%s", t->barred_from[kin]);
        return;
    }
    size_t from = t->prose.length;
    bool own = find_barred(t);
    if (kin < 0 || own || t->prose.failed)
        return;
    t->barred_from[kin] = arena_text(t->arena, t->prose.text + from, t->prose.length - from);
    t->prose.failed = t->barred_from[kin] == NULL;
}

/** Offers that could serve the need, each with the needs that use it. */
static void say_rivals(Telling *t, Reason reason)
{
    const Need *need = &t->round->needs[t->need];
    const char *before = prose_piece(
        &t->prose, " Of what could serve it (%s, %s): ", need->category, need->unit.name);
    int named = 0, more = 0;
    for (int o = 0; o < (int)t->round->offer_count; o++) {
        if (!eligible_set_has(t->sets, t->need, o) ||
            t->plan->offers[t->round->offers[o].root].used == 0)
            continue;
        if (named == OFFERS_AT_MOST)
            more++;
        else
            named += say_users(t, o, reason, named == 0 ? before : "; ");
    }
    if (more > 0)
        prose_say(&t->prose, "; %d more %s in use", more,
                  more == 1 ? _("offer is") : _("offers are"));
    if (named > 0)
        prose_say(&t->prose, ".");
}

/* ---- rows ------------------------------------------------------------------------------------ */

static const char *lead(Reason reason)
{
    switch (reason) {
    case REASON_PREREQUISITE: return _("what it requires is not met in full: ");
    case REASON_BUNDLE: return _("its bundle is served together or not at all: ");
    case REASON_ALTERNATIVE: return _("at most one of the alternatives is served: ");
    case REASON_URGENT: return _("an urgent need is served first: ");
    case REASON_LOCKED_OUT: return _("agreed otherwise: ");
    case REASON_BENEFICIARY_LIMIT: return _("its beneficiary may have no more: ");
    case REASON_RULE_LIMIT: return _("limited: ");
    case REASON_MINIMUM: return _("what is left is below its least useful amount: ");
    case REASON_DONOR_COUNT: return _("no more donors may take part: ");
    case REASON_TICKET: return _("what is left is below a least amount: ");
    case REASON_HIGHER_TIERS: return _("needs of higher tiers use what could serve it");
    case REASON_EQUALS: return _("needs of its own tier share in what could serve it");
    case REASON_EXHAUSTED: return _("not enough is offered: ");
    default: return "";
    }
}

/** Does an offer that the row speaks of serve the need? */
static bool offer_counts(const Telling *t, const Cause *cause, int offer)
{
    const Round *round = t->round;
    if (!eligible_set_has(t->sets, t->need, offer))
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

/** Are other needs, not a row, what holds it back? */
static bool is_of_needs(Reason reason)
{
    return reason == REASON_HIGHER_TIERS || reason == REASON_EQUALS;
}

/** Is it about who has what could serve the need? */
static bool is_of_users(Reason reason)
{
    return is_of_needs(reason) || reason == REASON_URGENT;
}

static void say_cause(Telling *t, const Cause *cause)
{
    prose_say(&t->prose, "%s", lead(cause->reason));
    if (!is_of_needs(cause->reason))
        prose_say(&t->prose, "%s", cause_row(&t->prose, t->round, t->plan, t->need, cause));
    if (is_aside(t, cause))
        prose_say(&t->prose, ", which binds other needs");
}

/** What lifting all of it frees: "EUR 5.00 of the EUR 9.00 that it lacks". */
static const char *freed_of_lacking(Telling *t, const NeedCauses *causes)
{
    Unit unit = t->round->needs[t->need].unit;
    int64_t unmet = t->plan->needs[t->need].unmet;
    const char *lacks = prose_amount(&t->prose, unit, unmet);
    const char *freed = prose_amount(&t->prose, unit, causes->freed);
    if (causes->freed >= unmet)
        return prose_piece(&t->prose, "all of the %s that it lacks", lacks);
    if (causes->at_least)
        return prose_piece(&t->prose, "at least %s of the %s that it lacks", freed, lacks);
    return prose_piece(&t->prose, "%s of the %s that it lacks", freed, lacks);
}

static void say_freed(Telling *t, const NeedCauses *causes)
{
    const char *amount = freed_of_lacking(t, causes);
    Reason reason = causes->causes[0].reason;
    if (causes->freed <= 0)
        return;
    if (causes->count > 1)
        prose_say(&t->prose, " Lifting all of this would serve %s.", amount);
    else if (causes->since)
        prose_say(&t->prose,
                  " Lifting that, with what was agreed of the same offer since, would serve %s.",
                  amount);
    else if (reason == REASON_URGENT)
        prose_say(&t->prose, " If %s gave way, it would have %s.", causes->causes[0].id, amount);
    else if (is_of_needs(reason))
        prose_say(&t->prose, " If they gave way, it would have %s.", amount);
    else if (reason == REASON_EXHAUSTED)
        prose_say(&t->prose, " With more of it, it would have %s.", amount);
    else if (is_aside(t, &causes->causes[0]))
        prose_say(&t->prose, " If that alone were lifted, they would leave it %s.", amount);
    else
        prose_say(&t->prose, " Lifting that alone would serve %s.", amount);
}

/** Who uses what could serve it: where that is what the first such cause is about. */
static void say_who_has_it(Telling *t, const NeedCauses *causes)
{
    for (int i = 0; i < causes->count; i++) {
        const Cause *cause = &causes->causes[i];
        if (!is_of_users(cause->reason) && cause->reason != REASON_EXHAUSTED && !is_aside(t, cause))
            continue;
        if (cause->reason != REASON_EXHAUSTED)
            say_rivals(t, cause->reason);
        say_barred(t);
        return;
    }
}

/** A sentence begins with a capital: leads begin with a plain letter. */
static void capitalise(Prose *prose)
{
    if (!prose->failed)
        language_capitalise(prose->text);
}

/** What holds it back and what that frees, then who has what; the first part is the brief. */
static void say_found(Telling *t, const NeedCauses *causes, NeedResult *result)
{
    for (int i = 0; i < causes->count; i++) {
        prose_say(&t->prose, "%s", i == 0 ? "" : _("; and "));
        say_cause(t, &causes->causes[i]);
    }
    prose_say(&t->prose, ".");
    capitalise(&t->prose);
    say_freed(t, causes);
    if (causes->proof == CAUSE_HELPS)
        prose_say(&t->prose, " A search for something simpler ended at its limits.");
    if (!t->prose.failed)
        result->brief = prose_piece(&t->prose, "%s", t->prose.text);
    say_who_has_it(t, causes);
}

/** Keeps a text beyond the need's own prose. */
static Status keep(const char *text, Arena *arena, const char **out)
{
    *out = arena_text(arena, text, strlen(text));
    TRY_NEW(*out);
    return STATUS_OK;
}

static Status keep_texts(Arena *arena, NeedResult *result)
{
    TRY(keep(result->detail, arena, &result->detail));
    return keep(result->brief, arena, &result->brief);
}

/** Is there a stage of this kind, of the tier where it has one, and was it decided to its end? */
static bool is_decided(const Plan *plan, StageKind kind, int tier)
{
    for (size_t s = 0; s < plan->stage_count; s++)
        if (plan->stages[s].kind == kind && (kind != STAGE_TIER || plan->stages[s].tier == tier))
            return plan->stages[s].status == STAGE_OPTIMAL;
    return false;
}

/** Does it lack cents alone, though its tier is decided to its end? */
static bool is_cents(const Telling *t)
{
    const Need *need = &t->round->needs[t->need];
    return need->unit.is_money && t->plan->needs[t->need].unmet <= CENTS_AT_MOST &&
           is_decided(t->plan, STAGE_TIER, need->tier);
}

/** Was its tier decided to its end, after it was settled that an urgent need takes as little as can be from others? */
static bool is_spared(const Telling *t)
{
    return t->round->has_urgent && is_decided(t->plan, STAGE_TAKEN, 0) &&
           is_decided(t->plan, STAGE_TIER, t->round->needs[t->need].tier);
}

/** Nothing has to be lifted for it to have more: a plan that is no better before its tier gives it that. */
static void say_better(Telling *t, NeedResult *result)
{
    if (t->round->needs[t->need].weight.digits == 0) {
        prose_say(&t->prose,
                  "Nothing holds it back: its weight is 0, so that no tier asks for it, and "
                  "plans that serve it count as good.");
    } else if (is_cents(t)) {
        prose_say(&t->prose,
                  "What it lacks are cents that whole amounts of lines leave, agreed lines "
                  "among them, and no line of so little is opened.");
    } else if (is_spared(t)) {
        result->reason = REASON_URGENT;
        prose_say(&t->prose,
                  "%s is served first, and as little as can be is taken for it from lines of "
                  "the plan before: these stay with the needs that have them.",
                  t->round->needs[t->round->urgent].id);
    } else {
        prose_say(&t->prose, "Its tier was not decided to its end: a better plan may exist.");
    }
}

static Status tell(Telling t, const NeedCauses *causes, NeedResult *result)
{
    switch (causes->proof) {
    case CAUSE_NOT_ASKED: return STATUS_OK;
    case CAUSE_BETTER: say_better(&t, result); break;
    case CAUSE_OPEN: prose_say(&t.prose, "The search for its cause ended at its limits."); break;
    case CAUSE_HELPS:
    case CAUSE_PROVEN:
        result->reason = causes->count > 1 ? REASON_SEVERAL : causes->causes[0].reason;
        say_found(&t, causes, result);
        break;
    }
    if (t.prose.failed)
        return STATUS_NO_MEMORY;
    result->detail = t.prose.text;
    if (causes->proof != CAUSE_PROVEN && causes->proof != CAUSE_HELPS)
        result->brief = result->detail;
    return keep_texts(t.arena, result);
}

static Status tell_all(Telling *t, const NeedCauses *causes, Plan *plan)
{
    for (t->need = 0; t->need < (int)t->round->need_count; t->need++) {
        arena_reset(t->prose.arena);
        TRY(tell(*t, &causes[t->need], &plan->needs[t->need]));
    }
    return STATUS_OK;
}

Status cause_details(const Round *round, const EligibleSets *sets, const NeedCauses *causes,
                     Arena *arena, Plan *plan)
{
    Telling t = {.round = round, .sets = sets, .plan = plan, .arena = arena};
    t.barred_from = ARENA_NEW(arena, (size_t)eligible_kin_count(sets), const char *);
    TRY_NEW(t.barred_from);
    TRY(cause_users_build(round, plan, arena, &t.users));
    t.prose.arena = arena_new();
    TRY_NEW(t.prose.arena);
    Status status = tell_all(&t, causes, plan);
    arena_free(t.prose.arena);
    return status;
}
