/* What a ledger's lines come to: pair by pair, each line checked against those before it, and entries of
 * people completed. A part of a holding has its part of the holding's value and gross, rounded so that
 * the parts of the whole add up to the whole.
 */
#include "allot/ledger.h"

#include <stdlib.h>
#include <string.h>

#include "allot/amount_text.h"
#include "allot/language.h"
#include "allot/quote.h"
#include "allot/unknown_name.h"

const char *ledger_event_text(LedgerEvent event)
{
    static const char *const words[LEDGER_EVENTS] = {
        [LEDGER_COMMITMENT] = "commitment", [LEDGER_CANCELLATION] = "cancellation",
        [LEDGER_CHANGE] = "change",         [LEDGER_DELIVERY] = "delivery",
        [LEDGER_PAYMENT] = "payment",       [LEDGER_CARRIED] = "carried"};
    return words[event];
}

const char *ledger_sort_name(LedgerSort sort)
{
    static const char *const names[LEDGER_SORTS] = {
        [SORT_PLEDGED_CASH] = "pledged_cash",     [SORT_PLEDGED_IN_KIND] = "pledged_in_kind",
        [SORT_COMMITTED_CASH] = "committed_cash", [SORT_COMMITTED_IN_KIND] = "committed_in_kind",
        [SORT_PAID_CASH] = "paid_in_cash",        [SORT_PAID_IN_KIND] = "handed_over_in_kind"};
    return names[sort];
}

const char *ledger_sort_text(LedgerSort sort)
{
    static const char *const texts[LEDGER_SORTS] = {
        [SORT_PLEDGED_CASH] = N_("Pledged, cash"),
        [SORT_PLEDGED_IN_KIND] = N_("Pledged, in kind"),
        [SORT_COMMITTED_CASH] = N_("Committed, cash"),
        [SORT_COMMITTED_IN_KIND] = N_("Committed, in kind"),
        [SORT_PAID_CASH] = N_("Paid in, cash"),
        [SORT_PAID_IN_KIND] = N_("Handed over, in kind")};
    return texts[sort];
}

LedgerSort ledger_sort(const LedgerLine *line)
{
    static const LedgerSort cash[BASIS_COUNT] = {[BASIS_PLEDGED] = SORT_PLEDGED_CASH,
                                                 [BASIS_COMMITTED] = SORT_COMMITTED_CASH,
                                                 [BASIS_PAID] = SORT_PAID_CASH};
    return line->offer_unit.is_money ? cash[line->basis] : (LedgerSort)(cash[line->basis] + 1);
}

Unit ledger_unit(const char *name)
{
    int places = currency_places(name);
    return (Unit){name, places >= 0, places >= 0 ? places : UNIT_THING_PLACES};
}

/* ---- one pair ------------------------------------------------------------------------------- */

static Status refuse(const LedgerLine *line, Diag *diag, const char *what, AmountInUnit much,
                     AmountInUnit most)
{
    diag_add(diag, DIAG_LEDGER_ENTRY, line->place, "need '%s' from offer '%s': %s %s, but %s %s",
             quote(line->need).text, quote(line->offer).text, much.text, what, most.text,
             line->event == LEDGER_PAYMENT ? _("are committed and not paid")
                                           : _("are committed and not delivered"));
    return STATUS_FINDINGS;
}

/** The part of @p whole that @p part is of @p all. */
static int64_t part_of(int64_t whole, int64_t part, int64_t all)
{
    int64_t out = 0;
    if (all <= 0 || !ratio_apply(whole, ratio_of(part, all), ROUND_HALF_EVEN, &out))
        return 0;
    return out;
}

/** What so much of an offer is worth that is not paid yet: what is paid keeps the worth that it had then, so that rates
 *  have moved the rest alone. */
static int64_t unpaid_part(const Holding *held, int64_t gross)
{
    return part_of(held->value - held->paid_value, gross, held->gross - held->paid);
}

/** What people leave out, from what is known of the pair. */
static void complete(const Holding *held, LedgerLine *line)
{
    line->donor = held->donor;
    line->beneficiary = held->beneficiary;
    line->category = held->category;
    line->unit = held->unit;
    line->currency = held->currency;
    line->has_value = held->has_value;
    line->has_basis = true;
    line->basis = held->basis;
    line->offer_unit = held->offer_unit;
    if (line->event == LEDGER_PAYMENT) {
        line->value = unpaid_part(held, line->offer_quantity);
        return;
    }
    if (line->event == LEDGER_DELIVERY) {
        line->value = part_of(held->value - held->delivered_value, line->quantity,
                              held->quantity - held->delivered);
        return;
    }
    line->has_offer_quantity = true;
    line->offer_quantity = part_of(held->gross, line->quantity, held->quantity);
    line->value = held->gross > held->paid ? unpaid_part(held, line->offer_quantity)
                                           : part_of(held->value, line->quantity, held->quantity);
}

static Status deliver(Holding *held, const LedgerLine *line, Diag *diag)
{
    if (line->quantity > held->quantity - held->delivered)
        return refuse(line, diag, _("are delivered"), amount_in_unit(held->unit, line->quantity),
                      amount_in_unit(held->unit, held->quantity - held->delivered));
    held->delivered += line->quantity;
    held->delivered_value += line->value;
    return STATUS_OK;
}

static Status pay(Holding *held, const LedgerLine *line, Diag *diag)
{
    if (line->offer_quantity > held->gross - held->paid)
        return refuse(line, diag, _("are paid"),
                      amount_in_unit(held->offer_unit, line->offer_quantity),
                      amount_in_unit(held->offer_unit, held->gross - held->paid));
    held->paid += line->offer_quantity;
    held->paid_value += line->value;
    return STATUS_OK;
}

/** Commitments, cancellations and changes: @p sign is -1 for what is taken off. */
static Status commit(Holding *held, const LedgerLine *line, int sign, Diag *diag)
{
    int64_t quantity, gross, value;
    if (__builtin_add_overflow(held->quantity, sign * line->quantity, &quantity) ||
        __builtin_add_overflow(held->gross, sign * line->offer_quantity, &gross) ||
        __builtin_add_overflow(held->value, sign * line->value, &value)) {
        diag_add(diag, DIAG_TOO_LARGE, line->place,
                 "what is committed is too large to add up; is a figure wrong?");
        return STATUS_FINDINGS;
    }
    if (quantity < held->delivered)
        return refuse(line, diag, _("are taken off"),
                      amount_in_unit(held->unit, held->quantity - quantity),
                      amount_in_unit(held->unit, held->quantity - held->delivered));
    if (gross < held->paid) {
        diag_add(diag, DIAG_LEDGER_ENTRY, line->place,
                 "need '%s' from offer '%s': %s are paid already, more than would be left of what "
                 "is committed",
                 quote(line->need).text, quote(line->offer).text,
                 amount_in_unit(held->offer_unit, held->paid).text);
        return STATUS_FINDINGS;
    }
    held->quantity = quantity;
    held->gross = gross;
    held->value = value;
    if (sign * line->quantity > 0)
        held->basis = line->basis;
    return STATUS_OK;
}

static Status take_line(Holding *held, LedgerLine *line, Diag *diag)
{
    if (line->is_entry)
        complete(held, line);
    if (line->has_quantity && line->unit.name != held->unit.name) {
        diag_add(
            diag, DIAG_LEDGER_ENTRY, line->place,
            "need '%s' is counted in %s here, and in %s in the lines before; count it as they do",
            quote(line->need).text, line->unit.name, held->unit.name);
        return STATUS_FINDINGS;
    }
    bool entered = line->event != LEDGER_COMMITMENT; /* a window of an offer gives way to it */
    if (line->valid_to != DATE_NONE && (entered || line->valid_to > held->valid_to))
        held->valid_to = line->valid_to;
    switch (line->event) {
    case LEDGER_DELIVERY: return deliver(held, line, diag);
    case LEDGER_PAYMENT: return pay(held, line, diag);
    case LEDGER_CANCELLATION: return commit(held, line, -1, diag);
    case LEDGER_COMMITMENT:
    case LEDGER_CHANGE: return commit(held, line, 1, diag);
    case LEDGER_CARRIED: break;
    }
    return STATUS_OK;
}

/* ---- all pairs ------------------------------------------------------------------------------ */

static int by_pair(const void *a, const void *b)
{
    const LedgerLine *left = *(LedgerLine *const *)a, *right = *(LedgerLine *const *)b;
    int order = strcmp(left->need, right->need);
    if (order == 0)
        order = strcmp(left->offer, right->offer);
    return order != 0 ? order : left < right ? -1 : left > right;
}

static Holding holding_of(const LedgerLine *line)
{
    return (Holding){.need = line->need,
                     .offer = line->offer,
                     .donor = line->donor,
                     .beneficiary = line->beneficiary,
                     .category = line->category,
                     .currency = line->currency,
                     .unit = line->unit,
                     .offer_unit = line->offer_unit,
                     .basis = line->basis,
                     .has_value = line->has_value,
                     .valid_to = DATE_NONE};
}

/** Nothing is committed for the pair: is it the need that is not known, or the offer? */
static Status add_unknown(const LedgerLine *line, LedgerLine *const *lines, size_t count,
                          Arena *arena, Diag *diag)
{
    const char **names = ARENA_NEW(arena, count + 1, const char *);
    size_t offers = 0, needs = 0;
    TRY_NEW(names);
    for (size_t i = 0; i < count; i++)
        if (lines[i]->event == LEDGER_COMMITMENT && lines[i]->need == line->need)
            names[offers++] = lines[i]->offer;
    if (offers > 0) {
        diag_unknown_name(diag, DIAG_ID_UNKNOWN, line->place, _("what is committed to the need by"),
                          line->offer, (KnownNames){names, offers});
        return STATUS_FINDINGS;
    }
    for (size_t i = 0; i < count; i++)
        if (lines[i]->event == LEDGER_COMMITMENT &&
            (needs == 0 || names[needs - 1] != lines[i]->need))
            names[needs++] = lines[i]->need;
    diag_unknown_name(diag, DIAG_ID_UNKNOWN, line->place, _("a commitment to need"), line->need,
                      (KnownNames){names, needs});
    return STATUS_FINDINGS;
}

static Status settle_pairs(Ledger *ledger, LedgerLine **lines, size_t count, Arena *arena,
                           Diag *diag)
{
    Status status = STATUS_OK;
    Holding *held = NULL;
    for (size_t i = 0; i < count; i++) {
        LedgerLine *line = lines[i];
        if (held == NULL || held->need != line->need || held->offer != line->offer) {
            if (line->event != LEDGER_COMMITMENT) {
                Status unknown = add_unknown(line, lines, count, arena, diag);
                if (unknown != STATUS_FINDINGS)
                    return unknown;
                status = unknown;
                continue;
            }
            held = &ledger->holdings[ledger->holding_count++];
            *held = holding_of(line);
        }
        if (take_line(held, line, diag) != STATUS_OK)
            status = STATUS_FINDINGS;
    }
    return status;
}

/* ---- closes --------------------------------------------------------------------------------- */

static bool is_total(const LedgerLine *line)
{
    return line->event == LEDGER_CARRIED && *line->need == '\0' && *line->offer == '\0' &&
           line->has_basis;
}

static bool is_closing(const LedgerLine *line)
{
    return line->event == LEDGER_CARRIED || line->event == LEDGER_COMMITMENT;
}

/** Finds the last close, and holds every total against the lines before it. */
static Status settle_totals(Ledger *ledger, Diag *diag)
{
    int64_t sum[LEDGER_SORTS] = {0};
    Status status = STATUS_OK;
    for (size_t i = 0; i < ledger->count; i++) {
        const LedgerLine *line = &ledger->lines[i];
        if (is_closing(line))
            ledger->closed = i + 1;
        if (line->event <= LEDGER_CHANGE && line->has_value)
            sum[ledger_sort(line)] +=
                line->event == LEDGER_CANCELLATION ? -line->value : line->value;
        if (!is_total(line))
            continue;
        ledger->last_round = line->round;
        ledger->currency = line->currency;
        ledger->balance[ledger_sort(line)] = line->value;
        if (line->value == sum[ledger_sort(line)])
            continue;
        diag_add(
            diag, DIAG_LEDGER, line->place,
            "the total %s is not what the lines add up to: %s; take the ledger back from a copy",
            amount_in_unit(ledger_unit(line->currency), line->value).text,
            amount_in_unit(ledger_unit(line->currency), sum[ledger_sort(line)]).text);
        status = STATUS_FINDINGS;
    }
    const LedgerLine *last = ledger->closed > 0 ? &ledger->lines[ledger->closed - 1] : NULL;
    if (last == NULL || (is_total(last) && ledger_sort(last) == LEDGER_SORTS - 1))
        return status;
    diag_add(diag, DIAG_LEDGER, last->place,
             "the close of round '%s' ends without its totals: lines are missing at the end; take "
             "the ledger back from a copy",
             quote(last->round).text);
    return STATUS_FINDINGS;
}

Status ledger_settle(Ledger *ledger, Arena *arena, Diag *diag)
{
    LedgerLine **lines = ARENA_NEW(arena, ledger->count + 1, LedgerLine *);
    size_t count = 0;
    TRY_NEW(lines);
    ledger->holdings = ARENA_NEW(arena, ledger->count + 1, Holding);
    TRY_NEW(ledger->holdings);
    ledger->holding_count = ledger->closed = 0;
    ledger->last_round = ledger->currency = "";
    memset(ledger->balance, 0, sizeof ledger->balance);
    for (size_t i = 0; i < ledger->count; i++)
        if (ledger->lines[i].event != LEDGER_CARRIED)
            lines[count++] = &ledger->lines[i];
    qsort(lines, count, sizeof(LedgerLine *), by_pair);
    Status status = settle_pairs(ledger, lines, count, arena, diag);
    if (status == STATUS_NO_MEMORY)
        return status;
    Status totals = settle_totals(ledger, diag);
    return status != STATUS_OK ? status : totals;
}

/* ---- questions ------------------------------------------------------------------------------ */

static int compare_pair(const void *key, const void *element)
{
    const Holding *wanted = key, *held = element;
    int order = strcmp(wanted->need, held->need);
    return order != 0 ? order : strcmp(wanted->offer, held->offer);
}

const Holding *ledger_holding(const Ledger *ledger, const char *need, const char *offer)
{
    Holding wanted = {.need = need, .offer = offer};
    if (ledger->holding_count == 0)
        return NULL;
    return bsearch(&wanted, ledger->holdings, ledger->holding_count, sizeof wanted, compare_pair);
}

const LedgerLine *ledger_first_commitment(const Ledger *ledger, const Holding *held, Date *after)
{
    const LedgerLine *first = NULL;
    *after = DATE_NONE;
    for (size_t i = 0; i < ledger->count && first == NULL; i++) {
        const LedgerLine *line = &ledger->lines[i];
        if (line->event == LEDGER_COMMITMENT && strcmp(line->need, held->need) == 0 &&
            strcmp(line->offer, held->offer) == 0)
            first = line;
    }
    for (const LedgerLine *line = first; line != NULL && line-- > ledger->lines;) {
        if (!is_closing(line) || strcmp(line->round, first->round) == 0)
            continue;
        *after = line->date < first->date ? line->date : DATE_NONE;
        break;
    }
    return first;
}

bool ledger_has_round(const Ledger *ledger, const char *round)
{
    for (size_t i = 0; i < ledger->count; i++)
        if (is_closing(&ledger->lines[i]) && strcmp(ledger->lines[i].round, round) == 0)
            return true;
    return false;
}

LedgerStand ledger_stand(const Ledger *ledger, const char *head)
{
    size_t all = ledger->count + ledger->left_out, next = 0;
    if (head != NULL) {
        while (next < all && strcmp(ledger->lines[next].hash, head) != 0)
            next++;
        if (next++ == all)
            return LEDGER_OTHER;
    }
    for (; next < ledger->count; next++)
        if (ledger->lines[next].event != LEDGER_DELIVERY &&
            ledger->lines[next].event != LEDGER_PAYMENT)
            return LEDGER_MOVED;
    return LEDGER_STANDS;
}

bool ledger_rate(const Ledger *ledger, const char *currency, Decimal *rate)
{
    for (size_t i = ledger->closed; i-- > 0;) {
        const LedgerLine *line = &ledger->lines[i];
        if (line->event != LEDGER_CARRIED || *line->need != '\0' || *line->offer != '\0' ||
            line->has_basis || strcmp(line->offer_unit.name, currency) != 0)
            continue;
        *rate = line->rate;
        return true;
    }
    return false;
}
