/* asks.csv and appeal.csv: what would meet each need, and what to ask next. Headings alone where
 * nothing was asked.
 */
#include "io/ask_words.h"
#include "io/tables_internal.h"

/** need, how */
static void begin(CsvWriter *out, const TablesInput *in, size_t need, const char *how)
{
    csv_writer_text(out, in->round->needs[need].id);
    csv_writer_text(out, how);
}

/** value, currency */
static void write_value(CsvWriter *out, const TablesInput *in, bool has, int64_t value)
{
    csv_writer_amount_if(out, has, in->round->currency, value);
    csv_writer_text(out, in->round->currency.name);
}

/** offer, donor, kind, extra, unit */
static void write_gift(CsvWriter *out, const TablesInput *in, const AskGift *gift)
{
    const Offer *offer = &in->round->offers[gift->offer];
    csv_writer_text(out, offer->id);
    csv_writer_text(out, offer->donor);
    csv_writer_text(out, offer->unit.is_money ? "cash" : "in kind");
    csv_writer_amount(out, offer->unit, gift->extra);
    csv_writer_text(out, offer->unit.name);
}

/** The same of an offer that is not there yet. */
static void write_new(CsvWriter *out, const Need *need, int64_t amount)
{
    csv_writer_empty(out);
    csv_writer_empty(out);
    csv_writer_text(out, need->unit.is_money ? "cash" : "in kind");
    csv_writer_amount(out, need->unit, amount);
    csv_writer_text(out, need->unit.name);
}

static void write_empty(CsvWriter *out, int cells)
{
    for (int i = 0; i < cells; i++)
        csv_writer_empty(out);
}

static void write_gifts(CsvWriter *out, const TablesInput *in, size_t need, const NeedAsk *ask)
{
    for (int i = 0; i < ask->gift_count && ask->state != ASK_NOTHING; i++) {
        const AskGift *gift = &ask->gifts[i];
        Unit unit = in->round->offers[gift->offer].unit;
        begin(out, in, need, ask_state_text(ask->state));
        write_gift(out, in, gift);
        write_value(out, in, gift->has_value, gift->value);
        csv_writer_amount_if(out, ask->state == ASK_ONE, unit, gift->least);
        csv_writer_flag(out, true);
        csv_writer_empty(out);
        csv_writer_end(out);
    }
}

static void write_refusals(CsvWriter *out, const TablesInput *in, size_t need, const NeedAsk *ask)
{
    for (int i = 0; i < ask->refusal_count; i++) {
        const AskRefusal *refusal = &ask->refusals[i];
        const Offer *offer = &in->round->offers[refusal->offer];
        const Cause way = {
            .origin = refusal->origin, .id = refusal->id, .column = refusal->column, .each = ""};
        const char *row = way.origin.line == 0 ? "" : ask_cause_row(in->round, in->scratch, &way);
        begin(out, in, need, "not alone");
        csv_writer_text(out, offer->id);
        csv_writer_text(out, offer->donor);
        csv_writer_text(out, offer->unit.is_money ? "cash" : "in kind");
        csv_writer_empty(out);
        csv_writer_text(out, offer->unit.name);
        write_empty(out, 3);
        csv_writer_flag(out, false);
        csv_writer_text(out, row == NULL ? "" : row);
        csv_writer_end(out);
    }
}

/** What has no offer in it: a new one, nothing, why not. */
static void write_other(CsvWriter *out, const TablesInput *in, size_t index, const NeedAsk *ask)
{
    const Need *need = &in->round->needs[index];
    bool is_new = ask->state == ASK_NEW, nothing = ask->state == ASK_NOTHING;
    if (!is_new && !nothing && ask->state != ASK_WAITS && ask->state != ASK_STOPPED &&
        ask->state != ASK_OPEN)
        return;
    begin(out, in, index, ask_state_text(ask->state));
    if (is_new)
        write_new(out, need, ask->amount);
    else
        write_empty(out, 5);
    write_value(out, in, is_new && ask->has_value, ask->value);
    csv_writer_empty(out);
    csv_writer_flag(out, nothing || (is_new && ask->enough));
    csv_writer_text(out, is_new ? need->category : "");
    csv_writer_end(out);
}

static void write_loosened(CsvWriter *out, const TablesInput *in, size_t need, const NeedAsk *ask)
{
    for (int i = 0; i < ask->loosen_count; i++) {
        const char *row = ask_cause_row(in->round, in->scratch, &ask->loosen[i]);
        begin(out, in, need, "loosen");
        write_empty(out, 8);
        csv_writer_flag(out, true);
        csv_writer_text(out, row == NULL ? "" : row);
        csv_writer_end(out);
    }
}

/** What would meet one need; of alternatives that are not chosen nothing is missing, and nothing is asked. */
static void write_need(CsvWriter *out, const TablesInput *in, size_t need)
{
    const NeedAsk *ask = &in->plan->answers.asks->needs[need];
    write_gifts(out, in, need, ask);
    write_refusals(out, in, need, ask);
    write_other(out, in, need, ask);
    write_loosened(out, in, need, ask);
}

void tables_write_asks(CsvWriter *out, const TablesInput *in)
{
    static const char *const head[] = {"need", "ask",   "offer",    "donor", "kind",   "extra",
                                       "unit", "value", "currency", "least", "enough", "what"};
    csv_writer_row(out, head, sizeof head / sizeof head[0]);
    for (size_t n = 0; in->plan->answers.asks != NULL && n < in->round->need_count; n++)
        if (in->totals->needs[n].state != NEED_NOT_CHOSEN)
            write_need(out, in, n);
}

/** One row a gift; value asked, unlocked and the totals stand in the step's last row. */
static void write_step(CsvWriter *out, const TablesInput *in, size_t index, int gift)
{
    const AppealStep *step = &in->plan->answers.asks->appeal[index];
    const Need *need = &in->round->needs[step->need];
    bool last = gift + 1 >= step->gift_count;
    csv_writer_count(out, (long long)index + 1);
    csv_writer_count(out, need->tier);
    csv_writer_text(out, need->id);
    csv_writer_text(out, ask_state_text(step->state));
    if (step->gift_count > 0)
        write_gift(out, in, &step->gifts[gift]);
    else if (step->state == ASK_NEW)
        write_new(out, need, step->amount);
    else
        write_empty(out, 5);
    csv_writer_text(out, step->state == ASK_NEW ? need->category : "");
    csv_writer_amount_if(out, last && step->has_value, in->round->currency, step->value);
    csv_writer_amount_if(out, last && step->has_unlocked, in->round->currency, step->unlocked);
    csv_writer_amount_if(out, last, in->round->currency, step->total_value);
    csv_writer_amount_if(out, last, in->round->currency, step->total_unlocked);
    csv_writer_text(out, in->round->currency.name);
    csv_writer_end(out);
}

void tables_write_appeal(CsvWriter *out, const TablesInput *in)
{
    static const char *const head[] = {"step",        "tier",           "need",    "ask",
                                       "offer",       "donor",          "kind",    "extra",
                                       "unit",        "category",       "value",   "unlocked",
                                       "total_value", "total_unlocked", "currency"};
    const Asks *asks = in->plan->answers.asks;
    csv_writer_row(out, head, sizeof head / sizeof head[0]);
    for (size_t i = 0; asks != NULL && i < asks->appeal_count; i++)
        for (int k = 0; k == 0 || k < asks->appeal[i].gift_count; k++)
            write_step(out, in, i, k);
}
