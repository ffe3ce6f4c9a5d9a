/* The lines that a close adds. The bridge from the last total to this one is these lines and those that
 * were entered since: nothing else can move it.
 */
#include "allot/ledger.h"

#include <string.h>

#include "allot/chosen.h"

typedef struct Closing {
    const Round *round;
    const Plan *plan;
    Arena *arena;
    Ledger *after;
    size_t room;
    bool fits; /* every figure so far does */
} Closing;

/** A new line of this round, with nothing in it; NULL without memory. */
static LedgerLine *add_line(Closing *c, LedgerEvent event)
{
    Ledger *after = c->after;
    const Settings *settings = &c->round->settings;
    if (after->count == c->room) {
        size_t room = 2 * c->room + 64;
        LedgerLine *lines =
            arena_grow(c->arena, after->lines, after->count, room, sizeof(LedgerLine));
        if (lines == NULL)
            return NULL;
        after->lines = lines;
        c->room = room;
    }
    LedgerLine *line = &after->lines[after->count++];
    *line = (LedgerLine){.place = {.file = after->path, .line = (int)after->count + 1},
                         .round = settings->round,
                         .date = settings->end != DATE_NONE ? settings->end : settings->start,
                         .event = event,
                         .need = "",
                         .offer = "",
                         .donor = "",
                         .beneficiary = "",
                         .category = "",
                         .unit = {.name = ""},
                         .offer_unit = {.name = ""},
                         .currency = settings->currency,
                         .valid_to = DATE_NONE,
                         .note = ""};
    return line;
}

static const char *root_donor(const Round *round, int offer)
{
    return round->offers[round->offers[offer].root].donor;
}

/* ---- what changes of what is committed ------------------------------------------------------ */

static LedgerLine *add_change(Closing *c, const Holding *held, Basis basis, const char *note)
{
    LedgerLine *line = add_line(c, LEDGER_CHANGE);
    if (line == NULL || note == NULL)
        return NULL;
    line->need = held->need;
    line->offer = held->offer;
    line->donor = held->donor;
    line->beneficiary = held->beneficiary;
    line->category = held->category;
    line->unit = held->unit;
    line->offer_unit = held->offer_unit;
    line->has_value = held->has_value;
    line->has_basis = true;
    line->basis = basis;
    line->note = note;
    return line;
}

/** An offer that became firmer, or less so, takes what rests on it along: once in, once out. */
static Status move_basis(Closing *c, const Holding *held, Basis now)
{
    for (int sign = 1; sign >= -1; sign -= 2) {
        const char *note =
            arena_printf(c->arena, "from %s to %s", basis_text(held->basis), basis_text(now));
        LedgerLine *line = add_change(c, held, sign > 0 ? now : held->basis, note);
        TRY_NEW(line);
        line->has_quantity = line->has_offer_quantity = true;
        line->quantity = sign * held->quantity;
        line->offer_quantity = sign * held->gross;
        line->value = sign * held->value;
    }
    return STATUS_OK;
}

/** The rate of a currency now, and at the last close; false unless both are known and differ. */
static bool rates_of(const Closing *c, const Ledger *before, Unit unit, Decimal *was, Decimal *is)
{
    const Rate *rate = unit.is_money ? round_rate_row(c->round, unit.name) : NULL;
    if (rate == NULL || unit.name == c->round->settings.currency ||
        !ledger_rate(before, unit.name, was))
        return false;
    *is = rate->rate;
    return decimal_compare(*was, *is) != 0;
}

/** What is committed in another currency and not paid yet is worth what its currency is worth. */
static Status revalue(Closing *c, const Ledger *before, const Holding *held, Basis basis)
{
    Decimal was, is;
    Ratio change;
    int64_t open = held->value - held->paid_value, now = 0;
    char from[32], to[32];
    if (!held->has_value || held->gross <= held->paid ||
        !rates_of(c, before, held->offer_unit, &was, &is))
        return STATUS_OK;
    if (!ratio_divide(ratio_of_decimal(is), ratio_of_decimal(was), &change) ||
        !ratio_apply(open, change, ROUND_HALF_EVEN, &now)) {
        c->fits = false;
        return STATUS_OK;
    }
    if (now == open)
        return STATUS_OK;
    decimal_format(was, from);
    decimal_format(is, to);
    const char *note = arena_printf(c->arena, "exchange rate: 1 %s was %s %s and is %s",
                                    held->offer_unit.name, from, held->currency, to);
    LedgerLine *line = add_change(c, held, basis, note);
    TRY_NEW(line);
    line->value = now - open;
    return STATUS_OK;
}

Basis ledger_basis_now(const Round *round, const Holding *held)
{
    int offer = round_find_offer(round, held->offer);
    return offer >= 0 ? round->offers[offer].basis : held->basis;
}

static Status add_changes(Closing *c, const Ledger *before)
{
    for (size_t i = 0; i < before->holding_count; i++) {
        const Holding *held = &before->holdings[i];
        Basis basis = ledger_basis_now(c->round, held);
        if (held->quantity == 0)
            continue;
        if (basis != held->basis)
            TRY(move_basis(c, held, basis));
        TRY(revalue(c, before, held, basis));
    }
    return STATUS_OK;
}

/* ---- the plan's lines ----------------------------------------------------------------------- */

/** When what is given in kind ends: the last day of the offer's window, and of those it comes out of. */
static Date end_of_service(const Round *round, int offer)
{
    Date end = DATE_NONE;
    if (round->offers[offer].unit.is_money)
        return end;
    for (int o = offer; o >= 0; o = round->offers[o].parent_row) {
        Date own = round->offers[o].valid_to;
        if (own != DATE_NONE && (end == DATE_NONE || own < end))
            end = own;
    }
    return end != DATE_NONE ? end + round->offers[offer].lead_days : end;
}

static Status add_commitments(Closing *c)
{
    const Round *round = c->round;
    for (size_t i = 0; i < c->plan->assignment_count; i++) {
        const Assignment *given = &c->plan->assignments[i];
        const Need *need = &round->needs[given->need];
        const Offer *offer = &round->offers[given->offer];
        LedgerLine *line = add_line(c, LEDGER_COMMITMENT);
        TRY_NEW(line);
        line->need = need->id;
        line->offer = offer->id;
        line->donor = root_donor(round, given->offer);
        line->beneficiary = need->beneficiary;
        line->category = need->category;
        line->unit = need->unit;
        line->offer_unit = offer->unit;
        line->has_quantity = line->has_offer_quantity = line->has_basis = true;
        line->quantity = given->quantity;
        line->offer_quantity = given->offer_quantity;
        line->has_value = given->has_value;
        line->value = given->value;
        line->basis = given->basis;
        line->valid_to = end_of_service(round, given->offer);
    }
    return STATUS_OK;
}

/* ---- what is carried over ------------------------------------------------------------------- */

static Status carry_needs(Closing *c)
{
    const bool *not_chosen = plan_not_chosen(c->round, c->plan, c->arena);
    TRY_NEW(not_chosen);
    for (size_t n = 0; n < c->round->need_count; n++) {
        const Need *need = &c->round->needs[n];
        const NeedResult *result = &c->plan->needs[n];
        if (result->unmet <= 0 || not_chosen[n])
            continue;
        LedgerLine *line = add_line(c, LEDGER_CARRIED);
        TRY_NEW(line);
        line->need = need->id;
        line->beneficiary = need->beneficiary;
        line->category = need->category;
        line->unit = need->unit;
        line->has_quantity = true;
        line->quantity = result->unmet;
        line->has_value = need->has_value;
        line->value = result->value_unmet;
        line->note = "unmet";
    }
    return STATUS_OK;
}

/** Is the offer of any use after this round? */
static bool goes_on(const Settings *settings, const Offer *offer)
{
    if (settings->end == DATE_NONE)
        return true;
    return (offer->lapses == DATE_NONE || offer->lapses > settings->end) &&
           (offer->valid_to == DATE_NONE || offer->valid_to > settings->end);
}

static Status carry_offers(Closing *c)
{
    for (size_t o = 0; o < c->round->offer_count; o++) {
        const Offer *offer = &c->round->offers[o];
        if (c->plan->offers[o].left <= 0 || !goes_on(&c->round->settings, offer))
            continue;
        LedgerLine *line = add_line(c, LEDGER_CARRIED);
        TRY_NEW(line);
        line->offer = offer->id;
        line->donor = root_donor(c->round, (int)o);
        line->offer_unit = offer->unit;
        line->has_offer_quantity = line->has_basis = true;
        line->offer_quantity = c->plan->offers[o].left;
        line->basis = offer->basis;
        line->note = "left";
        if (*offer->parent != '\0')
            line->note = arena_printf(c->arena, "left, out of %s", offer->parent);
        TRY_NEW(line->note);
    }
    return STATUS_OK;
}

static Status carry_rate(Closing *c, Unit unit, Decimal rate)
{
    LedgerLine *line = add_line(c, LEDGER_CARRIED);
    TRY_NEW(line);
    line->offer_unit = unit;
    line->has_offer_quantity = true;
    line->offer_quantity = unit_scale(unit);
    line->rate = rate;
    line->note = "exchange rate";
    return STATUS_OK;
}

/** The round's rates, and of currencies that it has none of any more the last one known. */
static Status carry_rates(Closing *c, const Ledger *before)
{
    const char *own = c->round->settings.currency;
    for (size_t i = 0; i < c->round->rate_count; i++)
        if (c->round->rates[i].currency != own)
            TRY(carry_rate(c, round_unit(c->round, c->round->rates[i].currency),
                           c->round->rates[i].rate));
    for (size_t i = 0; i < before->closed; i++) {
        const LedgerLine *line = &before->lines[i];
        if (line->event == LEDGER_CARRIED && *line->need == '\0' && *line->offer == '\0' &&
            !line->has_basis && strcmp(line->round, before->last_round) == 0 &&
            round_rate_row(c->round, line->offer_unit.name) == NULL)
            TRY(carry_rate(c, line->offer_unit, line->rate));
    }
    return STATUS_OK;
}

/** Totals of all commitments: what is pledged is never added to what is agreed, nor things to money. */
static Status carry_totals(Closing *c, const char *plan_name)
{
    int64_t sum[LEDGER_SORTS] = {0};
    for (size_t i = 0; i < c->after->count; i++) {
        const LedgerLine *line = &c->after->lines[i];
        int64_t value = line->event == LEDGER_CANCELLATION ? -line->value : line->value;
        if (line->event <= LEDGER_CHANGE && line->has_value &&
            __builtin_add_overflow(sum[ledger_sort(line)], value, &sum[ledger_sort(line)]))
            c->fits = false;
    }
    for (int sort = 0; sort < LEDGER_SORTS; sort++) {
        bool in_kind = sort % 2 != 0;
        LedgerLine *line = add_line(c, LEDGER_CARRIED);
        TRY_NEW(line);
        line->has_value = line->has_basis = true;
        line->basis = (Basis)(sort / 2);
        line->value = sum[sort];
        if (!in_kind)
            line->offer_unit = c->round->currency;
        line->note = arena_printf(
            c->arena, "total %s; the plan closed has plan_sha256 %s... (sheet Settings)",
            in_kind ? "in kind" : "in cash", plan_name);
        TRY_NEW(line->note);
    }
    return STATUS_OK;
}

Status ledger_close(const Ledger *before, const Round *round, const Plan *plan,
                    const char *plan_name, Arena *arena, Ledger *after)
{
    *after = *before;
    Closing c = {.round = round, .plan = plan, .arena = arena, .after = after, .fits = true};
    c.room = before->count + plan->assignment_count + round->need_count + 64;
    after->lines = ARENA_NEW(arena, c.room, LedgerLine);
    TRY_NEW(after->lines);
    if (before->count > 0)
        memcpy(after->lines, before->lines, before->count * sizeof *before->lines);
    TRY(add_changes(&c, before));
    TRY(add_commitments(&c));
    TRY(carry_needs(&c));
    TRY(carry_offers(&c));
    TRY(carry_rates(&c, before));
    TRY(carry_totals(&c, plan_name));
    Diag *diag = diag_new(arena);
    TRY_NEW(diag);
    Status status = c.fits ? ledger_settle(after, arena, diag) : STATUS_INTERNAL;
    return status == STATUS_FINDINGS ? STATUS_INTERNAL : status;
}
