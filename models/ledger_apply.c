/* A ledger counted into a round. Everything is found by name, since rows are not in order yet. */
#include "allot/ledger.h"

#include <string.h>

#include "allot/amount_text.h"
#include "allot/language.h"
#include "allot/quote.h"

enum { ROWS_NAMED = 3 }; /* of commitments; the others are counted */

typedef struct Applying {
    const Ledger *ledger;
    Round *round;
    Diag *diag;
    NameMap *needs, *offers, *donors; /* id -> row */
    int64_t *given;                   /* [need_count] smallest parts */
    int64_t *taken;                   /* [offer_count] gross, offer's unit */
} Applying;

static Status map_rows(Applying *a, Arena *arena)
{
    Round *round = a->round;
    bool added;
    a->needs = name_map_new(arena);
    a->offers = name_map_new(arena);
    a->donors = name_map_new(arena);
    a->given = ARENA_NEW(arena, round->need_count, int64_t);
    a->taken = ARENA_NEW(arena, round->offer_count, int64_t);
    if (a->needs == NULL || a->offers == NULL || a->donors == NULL || a->given == NULL ||
        a->taken == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < round->need_count; i++)
        if (!name_map_add(a->needs, round->needs[i].id, (int)i, &added))
            return STATUS_NO_MEMORY;
    for (size_t i = 0; i < round->offer_count; i++)
        if (!name_map_add(a->offers, round->offers[i].id, (int)i, &added))
            return STATUS_NO_MEMORY;
    for (size_t i = 0; i < round->donor_count; i++)
        if (!name_map_add(a->donors, round->donors[i].id, (int)i, &added))
            return STATUS_NO_MEMORY;
    return STATUS_OK;
}

static const char *shown(Unit unit, int64_t amount, Arena *arena)
{
    const char *text = arena_printf(arena, "%s", amount_in_unit(unit, amount).text);
    return text != NULL ? text : "";
}

/* ---- needs ---------------------------------------------------------------------------------- */

/** Does `covered_by` list the ledger: does the row's `covered` hold what the ledger has? */
static bool row_has_ledger(const Need *need)
{
    const char *at = need->covered_by;
    while (*at != '\0') {
        at += strspn(at, "; ,");
        size_t length = strcspn(at, "; ,");
        if (length == strlen("ledger") && strncmp(at, "ledger", length) == 0)
            return true;
        at += length;
    }
    return false;
}

static void cover(Applying *a, size_t row, Arena *arena)
{
    Need *need = &a->round->needs[row];
    int64_t given = a->given[row];
    DiagPlace place = round_place(a->round, need->origin, "covered");
    const char *held = shown(need->unit, given, arena);
    const char *said = shown(need->unit, need->covered, arena);
    if (given == 0)
        return;
    need->held = given;
    if (row_has_ledger(need)) {
        if (need->covered < given)
            diag_add(
                a->diag, DIAG_CONTRADICTION, place,
                "need '%s': %s are covered, the ledger's commitments among them, and the ledger "
                "holds %s; raise covered to that at least, or empty covered and covered_by",
                quote(need->id).text, said, held);
        return;
    }
    if (need->covered > 0)
        diag_add(a->diag, DIAG_LEDGER_TWICE, place,
                 "need '%s': %s are covered elsewhere, and the ledger holds %s more; if the one "
                 "holds the other, write ledger into covered_by",
                 quote(need->id).text, said, held);
    if (!__builtin_add_overflow(need->covered, given, &given) && given <= AMOUNT_MOST)
        need->covered = given;
    else
        diag_add(
            a->diag, DIAG_TOO_LARGE, place,
            "what is covered is too large for exact arithmetic; is a figure of the ledger wrong?");
}

/* ---- offers --------------------------------------------------------------------------------- */

/** Takes a gross off the offer and all that it is paid out of, as a plan's lines do, and off the budget
 *  of the donor whose money it is. */
static void take(Applying *a, int row, Unit unit, int64_t gross)
{
    Round *round = a->round;
    int root = row;
    for (size_t steps = 0; row >= 0 && steps <= round->offer_count; steps++) {
        Ratio convert;
        int64_t amount;
        Unit own = round->offers[row].unit;
        bool same = own.name == unit.name;
        if (same)
            a->taken[row] += gross;
        else if (round_convert(round, unit, own, &convert) &&
                 ratio_apply(gross, convert, ROUND_UP, &amount))
            a->taken[row] += amount;
        root = row;
        row = name_map_get(a->offers, round->offers[row].parent);
    }
    int donor = name_map_get(a->donors, round->offers[root].donor);
    Ratio convert;
    int64_t amount;
    if (donor < 0 || !round->donors[donor].has_budget || !unit.is_money)
        return;
    Unit budget = round_unit(round, round->donors[donor].currency);
    if (!round_convert(round, unit, budget, &convert) ||
        !ratio_apply(gross, convert, ROUND_UP, &amount))
        return;
    if (amount > round->donors[donor].budget)
        amount = round->donors[donor].budget;
    round->donors[donor].budget -= amount;
    round->donors[donor].budget_taken += amount;
}

/** What the last close carried over of the offer; -1 when it carried nothing. */
static int64_t carried_of(const Ledger *ledger, const char *offer)
{
    for (size_t i = ledger->closed; i-- > 0;) {
        const LedgerLine *line = &ledger->lines[i];
        if (strcmp(line->round, ledger->last_round) != 0)
            break;
        if (line->event == LEDGER_CARRIED && *line->need == '\0' && line->offer == offer)
            return line->offer_quantity;
    }
    return -1;
}

/** Is the offer's quantity not the table's but a scenario's, or another question's? */
static bool is_asked(const Round *round, const Offer *offer)
{
    for (size_t i = 0; i < round->changed_count; i++) {
        const ChangedCell *cell = &round->changed[i];
        if (cell->table == TABLE_OFFERS && strcmp(cell->column, "quantity") == 0 &&
            strcmp(cell->id, offer->id) == 0)
            return true;
    }
    return false;
}

/** What is committed stays agreed, whatever a scenario asks; in the table itself a figure is wrong. */
static void refuse_less(const Applying *a, const Offer *offer, int64_t taken, Arena *arena)
{
    DiagPlace place = round_place(a->round, offer->origin, "quantity");
    const char *held = shown(offer->unit, taken, arena);
    const char *said = shown(offer->unit, offer->quantity, arena);
    if (is_asked(a->round, offer))
        diag_add(
            a->diag, DIAG_CONTRADICTION, place,
            "offer '%s' is changed to %s, and the ledger has %s of it committed already, which "
            "stay agreed; where no more is to come of it change its quantity to %s",
            quote(offer->id).text, said, held, held);
    else
        diag_add(a->diag, DIAG_CONTRADICTION, place,
                 "offer '%s' is of %s, and the ledger has %s of it committed already; write the "
                 "whole offer, or enter what is cancelled (allot record)",
                 quote(offer->id).text, said, held);
}

static void reduce(Applying *a, size_t row, Arena *arena)
{
    Offer *offer = &a->round->offers[row];
    int64_t taken = a->taken[row];
    DiagPlace place = round_place(a->round, offer->origin, "quantity");
    if (taken == 0 || !offer->quantity_known)
        return;
    if (offer->quantity < taken) {
        refuse_less(a, offer, taken, arena);
        return;
    }
    if (offer->quantity == carried_of(a->ledger, offer->id))
        diag_add(
            a->diag, DIAG_LEDGER_TWICE, place,
            "offer '%s' is of %s, just what the ledger carried over of it, and %s are taken off "
            "once more; with a ledger the table says the whole",
            quote(offer->id).text, shown(offer->unit, offer->quantity, arena),
            shown(offer->unit, taken, arena));
    offer->quantity -= taken;
    offer->taken = taken;
}

/** Capacity that was carried over and that no row of this round speaks of. */
static void note_missing(const Applying *a, Arena *arena)
{
    const Ledger *ledger = a->ledger;
    for (size_t i = 0; i < ledger->closed; i++) {
        const LedgerLine *line = &ledger->lines[i];
        if (line->event != LEDGER_CARRIED || *line->offer == '\0' ||
            strcmp(line->round, ledger->last_round) != 0 ||
            name_map_get(a->offers, line->offer) >= 0)
            continue;
        diag_add(a->diag, DIAG_LEDGER_CARRIED, line->place,
                 "offer '%s' of %s carried %s over from round '%s' and is not in this round's "
                 "offers; copy its row to plan on it",
                 quote(line->offer).text, quote(line->donor).text,
                 shown(line->offer_unit, line->offer_quantity, arena), quote(line->round).text);
    }
}

/* ---- all ------------------------------------------------------------------------------------ */

/** Did a close commit just so much for the pair, whatever was cancelled or changed since? */
static bool was_committed(const Ledger *ledger, const Holding *held, int64_t amount)
{
    for (size_t i = 0; i < ledger->count; i++) {
        const LedgerLine *line = &ledger->lines[i];
        if (line->event == LEDGER_COMMITMENT && line->quantity == amount &&
            line->need == held->need && line->offer == held->offer) /* interned */
            return true;
    }
    return false;
}

/** Does the row say what the ledger holds: the same amount, or at least what is less than that? */
static bool says_the_same(const Ledger *ledger, const Holding *held, const Commitment *row)
{
    int64_t amount;
    if (!row->has_quantity || !decimal_to_scaled(row->quantity_given, held->unit.places, &amount) ||
        amount <= 0)
        return false;
    return amount == held->quantity ||
           (row->kind == COMMITMENT_AT_LEAST && amount < held->quantity) ||
           was_committed(ledger, held, amount);
}

/** Rows that say the same are out, so that what they are about counts once: one finding for all. */
static void say_left_out(const Applying *a, DiagPlace first, size_t count, const char *named,
                         Arena *arena)
{
    if (count > ROWS_NAMED && named != NULL)
        named = arena_printf(arena, _("%s, and %zu more"), named, count - ROWS_NAMED);
    if (count > 0)
        diag_add(a->diag, DIAG_LEDGER_ROWS, first,
                 N_("rows that say what the ledger holds already: %zu (%s); they count once, as "
                    "the ledger has them; where as much again is agreed, enter it as a change "
                    "(allot record)"),
                 count, named != NULL ? named : "");
}

/** A commitment of the round on a pair that the ledger holds is, most likely, the same one: where it says the same it
 *  is, and the row is left out; else that it comes on top is said. */
static void match_commitments(const Applying *a, Arena *arena)
{
    Round *round = a->round;
    DiagPlace first = {0};
    const char *named = "";
    size_t kept = 0, count = 0;
    for (size_t i = 0; i < round->commitment_count; i++) {
        const Commitment *row = &round->commitments[i];
        DiagPlace place = round_place(round, row->origin, "quantity");
        const Holding *held = ledger_holding(a->ledger, row->need_id, row->offer_id);
        bool adds = row->kind == COMMITMENT_FIXED || row->kind == COMMITMENT_AT_LEAST;
        bool both = adds && held != NULL && held->quantity > 0;
        if (both && says_the_same(a->ledger, held, row)) {
            first = count == 0 ? place : first;
            if (count++ < ROWS_NAMED && named != NULL)
                named =
                    arena_printf(arena, _("%s%s'%s' from '%s'"), named, *named == '\0' ? "" : ", ",
                                 quote(row->need_id).text, quote(row->offer_id).text);
            continue;
        }
        if (both)
            diag_add(
                a->diag, DIAG_LEDGER_TWICE, place,
                "the ledger holds %s for need '%s' from offer '%s' already, and this comes on top; "
                "take the row out if it says the same",
                shown(held->unit, held->quantity, arena), quote(row->need_id).text,
                quote(row->offer_id).text);
        round->commitments[kept++] = *row;
    }
    round->commitment_count = kept;
    say_left_out(a, first, count, named, arena);
}

static void count_holding(Applying *a, const Holding *held)
{
    int need = name_map_get(a->needs, held->need), offer = name_map_get(a->offers, held->offer);
    if (need >= 0 && a->round->needs[need].unit.name != held->unit.name)
        diag_add(a->diag, DIAG_UNITS, round_place(a->round, a->round->needs[need].origin, "unit"),
                 "need '%s' is counted in %s, and in %s in the ledger; count it as the ledger "
                 "does, or give it another id",
                 quote(held->need).text, a->round->needs[need].unit.name, held->unit.name);
    else if (need >= 0)
        a->given[need] += held->quantity;
    if (offer >= 0 && a->round->offers[offer].unit.name != held->offer_unit.name)
        diag_add(a->diag, DIAG_UNITS, round_place(a->round, a->round->offers[offer].origin, "unit"),
                 "offer '%s' is counted in %s, and in %s in the ledger; count it as the ledger "
                 "does, or give it another id",
                 quote(held->offer).text, a->round->offers[offer].unit.name, held->offer_unit.name);
    else if (offer >= 0)
        take(a, offer, held->offer_unit, held->gross);
}

Status ledger_apply(const Ledger *ledger, Round *round, Arena *arena, Diag *diag)
{
    Applying a = {.ledger = ledger, .round = round, .diag = diag};
    round->ledger = ledger;
    if (*ledger->currency != '\0' && strcmp(ledger->currency, round->settings.currency) != 0)
        diag_add(diag, DIAG_CURRENCY, (DiagPlace){.file = ledger->path},
                 N_("the ledger is kept in %s and the round in %s; set currency to %s"),
                 ledger->currency, round->settings.currency, ledger->currency);
    TRY(map_rows(&a, arena));
    for (size_t i = 0; i < ledger->holding_count; i++)
        count_holding(&a, &ledger->holdings[i]);
    for (size_t i = 0; i < round->need_count; i++)
        cover(&a, i, arena);
    for (size_t i = 0; i < round->offer_count; i++)
        reduce(&a, i, arena);
    match_commitments(&a, arena);
    note_missing(&a, arena);
    return ledger_tell_ended(ledger, round, arena, diag);
}
