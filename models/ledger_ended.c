/* What earlier rounds gave that ended before this one starts. The ledger goes on counting it as covered, since
 * tables say wholes; that the thing itself is gone must not go unsaid.
 */
#include "allot/ledger.h"

#include <stdio.h>
#include <string.h>

#include "allot/amount_text.h"
#include "allot/language.h"
#include "allot/quote.h"

enum { ENDED_NAMED = 3 }; /* needs by name; the others are counted */

bool ledger_has_ended(const Round *round, const Holding *held)
{
    Date start = round->settings.start;
    return start != DATE_NONE && held->valid_to != DATE_NONE && held->valid_to < start;
}

static bool is_same_kind(const Holding *left, const Holding *right)
{
    return strcmp(left->beneficiary, right->beneficiary) == 0 &&
           strcmp(left->category, right->category) == 0 &&
           strcmp(left->unit.name, right->unit.name) == 0;
}

/** Of the kind, what has no end, or a later one than the round's start. */
static int64_t going_on(const Ledger *ledger, const Round *round, const Holding *kind)
{
    int64_t sum = 0;
    for (size_t i = 0; i < ledger->holding_count; i++)
        if (is_same_kind(&ledger->holdings[i], kind) &&
            !ledger_has_ended(round, &ledger->holdings[i]))
            sum += ledger->holdings[i].quantity;
    return sum;
}

/** What ended of one need, whose holdings stand together: the amount, and the last of its days. */
typedef struct Ended {
    const Holding *first; /* NULL: nothing */
    int64_t amount;
    Date day;
} Ended;

static Ended ended_of(const Ledger *ledger, const Round *round, size_t from, size_t to)
{
    Ended ended = {.day = DATE_NONE};
    for (size_t i = from; i < to; i++) {
        const Holding *held = &ledger->holdings[i];
        if (held->quantity == 0 || !ledger_has_ended(round, held))
            continue;
        ended.first = ended.first == NULL ? held : ended.first;
        ended.amount += held->quantity;
        ended.day = held->valid_to > ended.day ? held->valid_to : ended.day;
    }
    return ended;
}

/** The round's rows are in no order yet. */
static bool is_listed(const Round *round, const char *need)
{
    for (size_t n = 0; n < round->need_count; n++)
        if (strcmp(round->needs[n].id, need) == 0)
            return true;
    return false;
}

static const char *add_name(const char *named, const Ended *ended, Arena *arena)
{
    char day[16];
    date_format(ended->day, day);
    return arena_printf(arena, "%s%s%s: %s, %s", named, *named == '\0' ? "" : "; ",
                        quote(ended->first->need).text,
                        amount_in_unit(ended->first->unit, ended->amount).text, day);
}

Status ledger_tell_ended(const Ledger *ledger, const Round *round, Arena *arena, Diag *diag)
{
    size_t needs = 0;
    const char *named = "";
    for (size_t from = 0, to; from < ledger->holding_count; from = to) {
        const Holding *held = &ledger->holdings[from];
        for (to = from; to < ledger->holding_count && ledger->holdings[to].need == held->need;)
            to++;
        Ended ended = ended_of(ledger, round, from, to);
        if (ended.first == NULL || !is_listed(round, held->need) ||
            going_on(ledger, round, held) >= ended.amount)
            continue;
        if (needs++ < ENDED_NAMED)
            named = add_name(named, &ended, arena);
        TRY_NEW(named);
    }
    if (needs > ENDED_NAMED)
        named = arena_printf(arena, _("%s, and %zu more"), named, needs - ENDED_NAMED);
    TRY_NEW(named);
    if (needs > 0)
        diag_add(
            diag, DIAG_ENDED, (DiagPlace){.file = ledger->path},
            N_("what ended before this round starts still counts as covered (%s); give what is "
               "needed anew a row with another id, and what goes on a later valid_to (allot "
               "record, a change of 0)"),
            named);
    return STATUS_OK;
}
