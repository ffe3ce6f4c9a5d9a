/* Why a need stays unmet, in words: the things found, and who has what it could have had. Rows are
 * named by their ids, so that a shuffled table gives the same text.
 */
#include "allot/causes.h"

#include <string.h>

enum { NAMED_AT_MOST = 4 }; /* offers, and needs of each, that a detail names */

/** Text that grows; NULL once there was no memory. */
typedef struct Sentence {
    Arena *arena;
    const char *text;
} Sentence;

static void say(Sentence *s, const char *before, const char *word)
{
    if (s->text != NULL)
        s->text = arena_printf(s->arena, "%s%s%s", s->text, before, word);
}

/** Do lines of @p other count here: of a tier above, or of the need's own? */
static bool is_rival(const Round *round, int need, int other, Reason reason)
{
    int tier = round->needs[need].tier, its = round->needs[other].tier;
    return other != need && (reason == REASON_EQUALS ? its == tier : its < tier);
}

/** "O-1: N-2, N-3 and 4 more": who uses an offer. False when nobody that counts does. */
static bool say_users(const Round *round, const Plan *plan, int need, int offer, Reason reason,
                      const char *before, Sentence *s)
{
    int users = 0;
    int root = round->offers[offer].root, last = -1;
    for (size_t i = 0; i < plan->assignment_count; i++) {
        const Assignment *line = &plan->assignments[i];
        if (round->offers[line->offer].root != root || line->need == last ||
            !is_rival(round, need, line->need, reason))
            continue;
        last = line->need;
        users++;
        if (users == 1) {
            say(s, before, round->offers[offer].id);
            say(s, ": ", round->needs[last].id);
        } else if (users <= NAMED_AT_MOST) {
            say(s, ", ", round->needs[last].id);
        }
    }
    if (users > NAMED_AT_MOST && s->text != NULL)
        s->text = arena_printf(s->arena, "%s and %d more", s->text, users - NAMED_AT_MOST);
    return users > 0;
}

/** Offers that could serve the need, each with the needs that use it. */
static void say_rivals(const Round *round, const EligibleSets *sets, const Plan *plan, int need,
                       Reason reason, Sentence *s)
{
    const uint64_t *set = eligible_set_at(sets, eligible_set_number(sets, need));
    int named = 0;
    say(s, "",
        reason == REASON_EQUALS ? "shared with needs of the same tier"
                                : "used by needs of higher tiers");
    for (size_t o = 0; o < round->offer_count && named < NAMED_AT_MOST; o++)
        if ((set[o / 64] >> (o % 64) & 1) != 0 &&
            say_users(round, plan, need, (int)o, reason, named == 0 ? " (" : "; ", s))
            named++;
    if (named > 0)
        say(s, ")", "");
}

/** "rules R-3, limit" */
static void say_row(const Cause *cause, Sentence *s)
{
    if (cause->reason == REASON_BUNDLE || cause->reason == REASON_ALTERNATIVE) {
        say(s, "needs, ", cause->column);
        say(s, " ", cause->id);
        return;
    }
    say(s, dictionary_table(cause->origin.table)->name, " ");
    say(s, cause->id, *cause->column == '\0' ? "" : ", ");
    say(s, cause->column, *cause->each == '\0' ? "" : ", ");
    say(s, cause->each, "");
}

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
    case REASON_EXHAUSTED: return "nothing is left of what could serve it: ";
    default: return "";
    }
}

static void say_cause(const Round *round, const EligibleSets *sets, const Plan *plan, int need,
                      const Cause *cause, Sentence *s)
{
    if (cause->reason == REASON_HIGHER_TIERS || cause->reason == REASON_EQUALS) {
        say_rivals(round, sets, plan, need, cause->reason, s);
        return;
    }
    say(s, "", lead(cause->reason));
    say_row(cause, s);
}

static void say_freed(const Round *round, const NeedCauses *causes, int need, Sentence *s)
{
    char amount[40];
    Unit unit = round->needs[need].unit;
    unit_format(unit, causes->freed, amount);
    if (causes->freed <= 0)
        return;
    say(s, "; without ", causes->count > 1 ? "all of this " : "it ");
    say(s, amount, " ");
    say(s, unit.name, " more");
}

Status cause_detail(const Round *round, const EligibleSets *sets, const NeedCauses *causes,
                    int need, Arena *arena, Plan *plan)
{
    NeedResult *result = &plan->needs[need];
    Sentence s = {.arena = arena, .text = ""};
    switch (causes->proof) {
    case CAUSE_NOT_ASKED: return STATUS_OK;
    case CAUSE_BETTER:
        say(&s, "", "its tier was not decided to its end: a better plan may exist");
        break;
    case CAUSE_OPEN: say(&s, "", "the search for its cause ended at its limits"); break;
    case CAUSE_PROVEN:
        result->reason = causes->count > 1 ? REASON_SEVERAL : causes->causes[0].reason;
        for (int i = 0; i < causes->count; i++) {
            say(&s, i == 0 ? "" : "; and ", "");
            say_cause(round, sets, plan, need, &causes->causes[i], &s);
        }
        say_freed(round, causes, need, &s);
        break;
    }
    result->detail = s.text;
    return s.text == NULL ? STATUS_NO_MEMORY : STATUS_OK;
}
