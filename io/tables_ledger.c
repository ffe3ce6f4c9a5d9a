/* bridge.csv, cliff.csv, cumulative.csv, lapsing.csv: what the ledger and this plan come to together. */
#include "io/tables_ledger.h"

#define WRITE_HEAD(out, head) csv_writer_row((out), (head), sizeof(head) / sizeof(head)[0])

static void put_sorts(CsvWriter *out, Unit currency, const int64_t value[LEDGER_SORTS])
{
    for (int sort = 0; sort < LEDGER_SORTS; sort++)
        csv_writer_amount(out, currency, value[sort]);
}

static void put_sort_heads(CsvWriter *out)
{
    for (int sort = 0; sort < LEDGER_SORTS; sort++)
        csv_writer_text(out, ledger_sort_name((LedgerSort)sort));
}

/* ---- bridge --------------------------------------------------------------------------------- */

static void put_bridge_line(CsvWriter *out, const LedgerLine *line)
{
    csv_writer_text(out, line->need);
    csv_writer_text(out, line->offer);
    csv_writer_text(out, line->donor);
    csv_writer_text(out, line->beneficiary);
    csv_writer_amount_if(out, line->has_quantity, line->unit,
                         line->event == LEDGER_CANCELLATION ? -line->quantity : line->quantity);
    csv_writer_text(out, line->unit.name);
}

void tables_write_bridge(CsvWriter *out, const TablesInput *in)
{
    static const char *const HEAD[] = {"step",        "need",     "offer", "donor",
                                       "beneficiary", "quantity", "unit"};
    const LedgerReport *ledger = in->ledger;
    for (size_t i = 0; i < sizeof HEAD / sizeof *HEAD; i++)
        csv_writer_text(out, HEAD[i]);
    put_sort_heads(out);
    csv_writer_text(out, "currency");
    csv_writer_text(out, "note");
    csv_writer_end(out);
    for (size_t i = 0; i < ledger->bridge_count; i++) {
        const BridgeRow *row = &ledger->bridge[i];
        csv_writer_text(out, bridge_step_text(row->step));
        if (row->line != NULL)
            put_bridge_line(out, row->line);
        for (int cell = 0; row->line == NULL && cell < 6; cell++)
            csv_writer_empty(out);
        put_sorts(out, in->round->currency, row->value);
        csv_writer_text(out, in->round->currency.name);
        csv_writer_text(out, row->line != NULL ? row->line->note : "");
        csv_writer_end(out);
    }
}

/* ---- cliff ---------------------------------------------------------------------------------- */

static void put_holdings(CsvWriter *out, const TablesInput *in, const CliffRow *row)
{
    const char *text = "";
    for (size_t i = 0; text != NULL && i < row->holding_count; i++)
        text = arena_printf(in->scratch, "%s%s%s/%s", text, i > 0 ? ";" : "",
                            row->holdings[i]->need, row->holdings[i]->offer);
    csv_writer_text(out, text != NULL ? text : "");
}

void tables_write_cliff(CsvWriter *out, const TablesInput *in)
{
    static const char *const head[] = {"ends",    "beneficiary", "category", "unit",
                                       "ending",  "goes_on",     "no_end",   "unmet",
                                       "follows", "lines",       "past"};
    const LedgerReport *ledger = in->ledger;
    WRITE_HEAD(out, head);
    for (size_t i = 0; i < ledger->cliff_count; i++) {
        const CliffRow *row = &ledger->cliff[i];
        csv_writer_date(out, row->ends);
        csv_writer_text(out, row->beneficiary);
        csv_writer_text(out, row->category);
        csv_writer_text(out, row->unit.name);
        csv_writer_amount(out, row->unit, row->ending);
        csv_writer_amount(out, row->unit, row->goes_on);
        csv_writer_amount(out, row->unit, row->no_end);
        csv_writer_amount(out, row->unit, row->unmet);
        csv_writer_flag(out, cliff_is_followed(row));
        put_holdings(out, in, row);
        csv_writer_flag(out, row->past);
        csv_writer_end(out);
    }
}

/* ---- cumulative ----------------------------------------------------------------------------- */

static void put_share(CsvWriter *out, int64_t part, int64_t whole)
{
    if (whole > 0)
        csv_writer_share(out, part, whole);
    else
        csv_writer_empty(out);
}

/** unmet, dropped, met_share, unvalued_unmet of a beneficiary; given_share, share_key, key_share of a
 *  donor. */
static void put_cumulative(CsvWriter *out, const TablesInput *in, const char *who,
                           const CumulativeRow *row, int64_t all_cash)
{
    Unit currency = in->round->currency;
    bool donor = all_cash >= 0;
    int64_t firm = cumulative_cash(row) + cumulative_in_kind(row);
    csv_writer_text(out, who);
    csv_writer_text(out, row->name);
    csv_writer_count(out, (long long)row->rounds);
    put_sorts(out, currency, row->value);
    csv_writer_amount(out, currency, row->paid);
    csv_writer_amount(out, currency, row->delivered_cash);
    csv_writer_amount(out, currency, row->delivered_in_kind);
    csv_writer_count(out, (long long)row->unvalued);
    csv_writer_amount_if(out, !donor, currency, row->unmet);
    csv_writer_amount_if(out, !donor, currency, row->dropped);
    put_share(out, firm, donor ? 0 : cumulative_asked(row));
    put_share(out, cumulative_cash(row), donor ? all_cash : 0);
    if (row->has_key) {
        csv_writer_number(out, decimal_to_double(row->key));
        csv_writer_number(out, decimal_to_double(row->key) / in->ledger->key_sum);
    } else {
        csv_writer_empty(out);
        csv_writer_empty(out);
    }
    csv_writer_text(out, currency.name);
    if (donor)
        csv_writer_empty(out);
    else
        csv_writer_count(out, (long long)row->unvalued_unmet);
    csv_writer_end(out);
}

static void put_cumulative_head(CsvWriter *out)
{
    static const char *const BEHIND[] = {
        "payments", "delivered_cash", "delivered_in_kind", "lines_without_value",
        "unmet",    "dropped",        "met_share",         "given_share",
        "key",      "key_share",      "currency",          "unvalued_unmet"};
    csv_writer_text(out, "who");
    csv_writer_text(out, "name");
    csv_writer_text(out, "rounds");
    put_sort_heads(out);
    csv_writer_row(out, BEHIND, sizeof BEHIND / sizeof *BEHIND);
}

void tables_write_cumulative(CsvWriter *out, const TablesInput *in)
{
    const LedgerReport *ledger = in->ledger;
    int64_t cash = 0;
    put_cumulative_head(out);
    for (size_t i = 0; i < ledger->beneficiary_count; i++)
        put_cumulative(out, in, "beneficiary", &ledger->beneficiaries[i], -1);
    for (size_t i = 0; i < ledger->donor_count; i++)
        cash += cumulative_cash(&ledger->donors[i]);
    for (size_t i = 0; i < ledger->donor_count; i++)
        put_cumulative(out, in, "donor", &ledger->donors[i], cash);
}

/* ---- lapsing -------------------------------------------------------------------------------- */

void tables_write_lapsing(CsvWriter *out, const TablesInput *in)
{
    static const char *const head[] = {"lapses",    "offer", "donor",     "unit", "left", "unpaid",
                                       "committed", "paid",  "delivered", "past", "due"};
    const LedgerReport *ledger = in->ledger;
    WRITE_HEAD(out, head);
    for (size_t i = 0; i < ledger->lapsing_count; i++) {
        const LapsingRow *row = &ledger->lapsing[i];
        const Offer *offer = &in->round->offers[row->offer];
        csv_writer_date(out, offer->lapses);
        csv_writer_text(out, offer->id);
        csv_writer_text(out, offer->donor);
        csv_writer_text(out, offer->unit.name);
        csv_writer_amount(out, offer->unit, row->left);
        csv_writer_amount_if(out, offer->unit.is_money, offer->unit, row->unpaid);
        csv_writer_amount(out, offer->unit, row->committed);
        csv_writer_amount_if(out, offer->unit.is_money, offer->unit, row->paid);
        csv_writer_amount(out, offer->unit, row->delivered);
        csv_writer_text(out, row->past ? "yes" : "no");
        csv_writer_amount_if(out, !offer->unit.is_money, offer->unit, row->due);
        csv_writer_end(out);
    }
}
