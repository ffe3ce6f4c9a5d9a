/* The bridge, and what lapses; the other parts are ledger_cliff.c and ledger_cumulative.c. */

#include <stdlib.h>
#include <string.h>

#include "models/ledger_report_internal.h"

#include "allot/language.h"
#include "allot/ratio.h"

const char *bridge_step_text(BridgeStep step)
{
    static const char *const words[BRIDGE_STEPS] = {
        [BRIDGE_BEFORE] = N_("last total"),  [BRIDGE_CANCELLED] = N_("cancelled"),
        [BRIDGE_CHANGED] = N_("changed"),    [BRIDGE_BASIS] = N_("basis moved"),
        [BRIDGE_RATE] = N_("exchange rate"), [BRIDGE_NEW] = N_("new"),
        [BRIDGE_AFTER] = N_("this total")};
    return words[step];
}

/* ---- bridge --------------------------------------------------------------------------------- */

/** What a line is in the bridge; BRIDGE_BEFORE: it moves nothing. A close writes changes of its own: of
 *  the rate, which have no quantity, and of the basis. */
static BridgeStep step_of(const LedgerLine *line, bool entered)
{
    switch (line->event) {
    case LEDGER_COMMITMENT: return BRIDGE_NEW;
    case LEDGER_CANCELLATION: return BRIDGE_CANCELLED;
    case LEDGER_CHANGE:
        if (entered)
            return BRIDGE_CHANGED;
        return line->has_quantity ? BRIDGE_BASIS : BRIDGE_RATE;
    case LEDGER_DELIVERY:
    case LEDGER_PAYMENT:
    case LEDGER_CARRIED: break;
    }
    return BRIDGE_BEFORE;
}

static Status build_bridge(const Ledger *before, Arena *arena, LedgerReport *report)
{
    const Ledger *after = &report->after;
    BridgeRow last = {.step = BRIDGE_BEFORE}, total = {.step = BRIDGE_AFTER};
    report->bridge = ARENA_NEW(arena, after->count - before->closed + 2, BridgeRow);
    TRY_NEW(report->bridge);
    memcpy(last.value, before->balance, sizeof last.value);
    memcpy(total.value, after->balance, sizeof total.value);
    report->bridge[report->bridge_count++] = last;
    for (int step = BRIDGE_CANCELLED; step <= BRIDGE_NEW; step++) {
        for (size_t i = before->closed; i < after->count; i++) {
            const LedgerLine *line = &after->lines[i];
            if (step_of(line, i < before->count) != (BridgeStep)step)
                continue;
            BridgeRow *row = &report->bridge[report->bridge_count++];
            *row = (BridgeRow){.step = (BridgeStep)step, .line = line};
            if (line->has_value)
                row->value[ledger_sort(line)] =
                    step == BRIDGE_CANCELLED ? -line->value : line->value;
        }
    }
    report->bridge[report->bridge_count++] = total;
    return STATUS_OK;
}

/* ---- lapsing -------------------------------------------------------------------------------- */

typedef struct LapsingOrder {
    Date date;
    LapsingRow row;
} LapsingOrder;

static int by_date(const void *a, const void *b)
{
    const LapsingOrder *left = a, *right = b;
    if (left->date != right->date)
        return left->date < right->date ? -1 : 1;
    return left->row.offer < right->row.offer ? -1 : left->row.offer > right->row.offer;
}

/** The part of the offer's money whose purchase is delivered. */
static Status delivered_of(const Holding *holding, int64_t *out)
{
    Ratio part;
    *out = 0;
    if (holding->quantity <= 0)
        return STATUS_OK;
    part = ratio_of(holding->delivered, holding->quantity);
    return ratio_apply(holding->gross, part, ROUND_DOWN, out) ? STATUS_OK : STATUS_INTERNAL;
}

/** Adds up what is committed from an offer. What rests on an offer in kind that is handed over does not
 *  lapse any more. */
static Status add_holdings(const Ledger *ledger, const Offer *offer, LapsingRow *row)
{
    bool money = offer->unit.is_money;
    for (size_t i = 0; i < ledger->holding_count; i++) {
        const Holding *holding = &ledger->holdings[i];
        int64_t delivered;
        if (strcmp(holding->offer, offer->id) != 0)
            continue;
        TRY(delivered_of(holding, &delivered));
        row->committed += holding->gross;
        row->paid += money ? holding->paid : 0;
        row->unpaid += money ? holding->gross - holding->paid : 0;
        row->due += money || holding->basis == BASIS_PAID ? 0 : holding->gross - delivered;
        row->delivered += delivered;
    }
    return STATUS_OK;
}

static Status build_lapsing(const Round *round, const Plan *plan, Arena *arena,
                            LedgerReport *report)
{
    LapsingOrder *rows = ARENA_NEW(arena, round->offer_count, LapsingOrder);
    size_t count = 0;
    TRY_NEW(rows);
    for (size_t o = 0; o < round->offer_count; o++) {
        const Offer *offer = &round->offers[o];
        LapsingRow row = {.offer = (int)o, .left = plan->offers[o].left};
        if (offer->lapses == DATE_NONE)
            continue;
        TRY(add_holdings(&report->after, offer, &row));
        row.past = round->settings.start != DATE_NONE && offer->lapses < round->settings.start;
        if ((row.left > 0 && !row.past) || row.unpaid > 0 || row.due > 0)
            rows[count++] = (LapsingOrder){offer->lapses, row};
    }
    qsort(rows, count, sizeof *rows, by_date);
    report->lapsing = ARENA_NEW(arena, count, LapsingRow);
    TRY_NEW(report->lapsing);
    for (size_t i = 0; i < count; i++)
        report->lapsing[i] = rows[i].row;
    report->lapsing_count = count;
    return STATUS_OK;
}

Status ledger_report_build(const Round *round, const Plan *plan, Arena *arena, LedgerReport *report)
{
    *report = (LedgerReport){.bridge_count = 0};
    TRY(ledger_close(round->ledger, round, plan, "", arena, &report->after));
    TRY(build_bridge(round->ledger, arena, report));
    TRY(ledger_cliff_build(round, plan, arena, report));
    TRY(ledger_cumulative_build(round, plan, arena, report));
    return build_lapsing(round, plan, arena, report);
}
