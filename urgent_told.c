/* What planners are told about an urgent need: reserves that are kept from it, a round that is closed already, and lines
 * of the ledger that could give way to it.
 */
#include "urgent_told.h"

#include <string.h>

#include "allot/amount_text.h"
#include "allot/language.h"
#include "allot/ledger.h"
#include "allot/quote.h"
#include "allot/rule.h"

enum { LINES_NAMED = 8 }; /* of the ledger; the others are counted */

/* ---- reserves --------------------------------------------------------------------------------- */

/** What a reserve keeps back, in the unit that it is written in; false where it is a share, or a part for each. */
static bool reserve_amount(const Round *round, const RuleRow *row, Unit *unit, int64_t *amount)
{
    Decimal value = row->has_value ? row->value : row->quantity;
    if ((!row->has_value && (!row->has_quantity || row->unit.name == NULL)) || row->each != 0)
        return false;
    *unit = row->has_value ? round_unit(round, row->currency) : row->unit;
    return decimal_to_scaled(value, unit->places, amount);
}

/** The most that the urgent need could have of the rule's offers: of all that they are, and of the amount kept. */
static int64_t most_of_reserve(const Session *s, const RuleRow *row)
{
    const Round *round = &s->round;
    int64_t kept, all = 0, most = 0, wanted = round->needs[round->urgent].wanted;
    Unit unit;
    bool known = reserve_amount(round, row, &unit, &kept);
    for (int o = 0; o < (int)round->offer_count; o++) {
        const Offer *offer = &round->offers[o];
        if (!rule_row_selects_offer(round, row, o) || !eligible_set_has(s->sets, round->urgent, o))
            continue;
        int64_t whole = plan_brings(round, round->urgent, o, offer->unit, offer->quantity);
        int64_t part = known ? plan_brings(round, round->urgent, o, unit, kept) : whole;
        all = whole > wanted - all ? wanted : all + whole;
        most = part > most ? part : most;
    }
    return known && most < all ? most : all;
}

static void tell_reserves(Session *s)
{
    const Round *round = &s->round;
    for (size_t r = 0; r < round->rule_count; r++) {
        const RuleRow *row = &round->rules[r];
        int64_t most = row->kind == RULE_RESERVE ? most_of_reserve(s, row) : 0;
        const Need *need = &round->needs[round->urgent];
        if (most > 0)
            diag_add(s->diag, DIAG_RESERVE_KEPT, round_place(round, row->origin, "kind"),
                     N_("this reserve is kept from '%s' too, which is urgent and could have up to "
                        "%s of it; where it is meant for such needs, lower it or take the row out"),
                     need->id, amount_in_unit(need->unit, most).text);
    }
}

/* ---- a round that is closed already ----------------------------------------------------------- */

static void tell_closed(Session *s)
{
    const Round *round = &s->round;
    DiagPlace place = {.file = round->source};
    if (round->ledger == NULL || round->ledger->left_out == 0)
        return;
    if (round->has_urgent)
        diag_add(s->diag, DIAG_ROUND_CLOSED, place,
                 N_("round '%s' is closed in %s already, and cannot be closed again with what is "
                    "decided here: ask no donor about it; '%s' is decided beside what is agreed in "
                    "a round of its own: another id in the setting round, --ledger %s, and no "
                    "--previous"),
                 quote(round->settings.round).text, round->ledger->path,
                 round->needs[round->urgent].id, round->ledger->path);
    else if (s->options->answers != NULL)
        diag_add(s->diag, DIAG_ROUND_CLOSED, place,
                 N_("round '%s' is closed in %s already, and cannot be closed again with these "
                    "answers: what donors answer after the close is entered with allot record "
                    "(cancellation, change)"),
                 quote(round->settings.round).text, round->ledger->path);
}

void urgent_tell(Session *s)
{
    Command command = s->options->command;
    if (s->kept == NULL && s->round.has_urgent &&
        (command == COMMAND_SOLVE || command == COMMAND_EXPORT || command == COMMAND_EXPLAIN))
        tell_reserves(s);
    if (command == COMMAND_SOLVE)
        tell_closed(s);
}

/* ---- lines of the ledger ---------------------------------------------------------------------- */

/** "EUR 300.00 of N-4 from O-2 of DE (up to EUR 200.00 for it); ...": NULL without memory, "" for none. */
static const char *name_lines(const Round *round, const Undelivered *lines, size_t count,
                              Arena *arena)
{
    const char *named = "";
    Unit unit = round->needs[round->urgent].unit;
    for (size_t i = 0; i < count && i < LINES_NAMED && named != NULL; i++) {
        const Undelivered *line = &lines[i];
        named =
            arena_printf(arena, _("%s%s%s of %s from %s of %s (up to %s for it)"), named,
                         i == 0 ? "" : "; ", amount_in_unit(line->held->unit, line->quantity).text,
                         quote(line->held->need).text, quote(line->held->offer).text,
                         quote(line->held->donor).text, amount_in_unit(unit, line->brings).text);
    }
    if (count > LINES_NAMED && named != NULL)
        named = arena_printf(arena, _("%s, and %zu more"), named, count - LINES_NAMED);
    return named;
}

/** The lines that could serve the urgent need, in words; "" where it has all, or there are none. */
static Status find_lines(Session *s, const char **named)
{
    const Round *round = &s->round;
    Undelivered *lines;
    size_t count;
    *named = "";
    if (!round->has_urgent || round->ledger == NULL || s->plan.needs[round->urgent].unmet <= 0)
        return STATUS_OK;
    TRY(ledger_undelivered(round, s->sets, round->urgent, s->plan.needs[round->urgent].unmet,
                           s->arena, &lines, &count));
    *named = name_lines(round, lines, count, s->arena);
    TRY_NEW(*named);
    return STATUS_OK;
}

Status urgent_tell_undelivered(Session *s)
{
    const Round *round = &s->round;
    const char *named;
    TRY(find_lines(s, &named));
    if (*named == '\0')
        return STATUS_OK;
    const Need *need = &round->needs[round->urgent];
    diag_add(s->diag, DIAG_LEDGER_COULD, (DiagPlace){.file = round->ledger->path},
             N_("'%s' lacks %s, and nothing is taken from what the ledger holds; not delivered or "
                "paid, and of use to it: %s; where one of them is to give way, ask its donor, "
                "enter a cancellation (allot record %s FILE.csv) and decide again with --ledger"),
             need->id, amount_in_unit(need->unit, s->plan.needs[round->urgent].unmet).text, named,
             round->ledger->path);
    return STATUS_OK;
}

Status urgent_reason_undelivered(Session *s)
{
    const char *named;
    TRY(find_lines(s, &named));
    if (*named == '\0')
        return STATUS_OK;
    NeedResult *result = &s->plan.needs[s->round.urgent];
    if (result->detail == NULL || *result->detail == '\0')
        return STATUS_OK;
    const char *both =
        arena_printf(s->arena,
                     _("%s Committed in earlier rounds and neither delivered nor paid, which a "
                       "cancellation would free: %s."),
                     result->detail, named);
    TRY_NEW(both);
    result->brief = result->brief != NULL ? result->brief : result->detail;
    result->told = result->detail;
    result->aside = both + strlen(result->detail) + 1;
    result->detail = both;
    return STATUS_OK;
}
