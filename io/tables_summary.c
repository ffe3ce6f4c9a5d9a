/* summary.csv: the plan in key,value rows. Keys in this order; T is a tier's number, NAME a table's.
 *
 *   status                 what the solver proved: optimal, within gap, ...
 *   engine                 what decided, and why not the fast one
 *   round title start end currency plan_on measure fairness     as set; dates ISO
 *   needs                  rows; = needs_met + needs_partly + needs_unmet + needs_amount_unknown
 *                          + needs_not_chosen
 *   needs_not_chosen       members of alternatives that do not stand for their mark, which is the one
 *                          that is served, else the cheapest
 *   needs_not_ready        of them, whatever their state
 *   offers offers_used     rows; those with a line
 *   donors donors_giving   donors named anywhere; those whose money or goods a line takes
 *   assignments assignments_unvalued     lines; those without a money value
 *   value_asked            reporting currency; = value_covered + value_wanted
 *   value_covered          covered already, at most what is asked: elsewhere, and by earlier rounds
 *   value_earlier          with a ledger: the part of value_covered that earlier rounds committed
 *   value_wanted           = value_assigned + value_unmet
 *   value_assigned         = value_assigned_cash + value_assigned_in_kind
 *   value_pledged          the part of value_assigned that rests on pledges
 *   value_unmet            sum of needs.csv without those not chosen
 *   value_not_chosen       what is unmet of those not chosen; in none of the others
 *   value_offered_cash     gross, as firm as plan_on, chains counted once; = used + left
 *   value_used_cash        gross, what channels keep included
 *   value_left_cash
 *   value_not_planned_cash cash less firm than plan_on
 *   value_lapsed_cash      cash that lapsed before the round's start; in none of the others
 *   unvalued_needs unvalued_needs_met    needs without money value or of unknown amount
 *   rounding_loss          reporting currency: what rounding money to minor units cost
 *   tier_T_needs tier_T_needs_met tier_T_value_asked tier_T_value_covered tier_T_value_earlier (with a
 *   ledger) tier_T_value_assigned tier_T_value_unmet tier_T_share      share: (covered + assigned) / asked, empty without value
 *   plan_sha256            of need, offer and quantity of assignments.csv (io/plan_hash.h)
 *   stage_proofs           what proves the stages, in their order (io/plan_origin.h)
 *   errors warnings notes  findings about the input
 *   round_path             where the round was, as the command line had it
 *   set_KEY                what the command line set, --set and --gap
 *   rows_NAME sha256_NAME  of every input table that is there
 *   file_previous rows_previous sha256_previous    of the plan given with --previous
 *   version_allot version_glpk version_csv
 *   version_reader         of the libraries that read workbooks: expat, minizip
 *   version_xlsx version_gmp
 */
#include "io/tables_internal.h"

#include <stdio.h>

#include "io/plan_hash.h"
#include "io/plan_origin.h"

enum { KEY_SIZE = 64 };

static void put_text(CsvWriter *out, const char *key, const char *text)
{
    csv_writer_text(out, key);
    csv_writer_text(out, text != NULL ? text : "");
    csv_writer_end(out);
}

static void put_count(CsvWriter *out, const char *key, size_t count)
{
    csv_writer_text(out, key);
    csv_writer_count(out, (long long)count);
    csv_writer_end(out);
}

static void put_money(CsvWriter *out, const char *key, const TablesInput *in, int64_t amount)
{
    csv_writer_text(out, key);
    csv_writer_amount(out, in->round->currency, amount);
    csv_writer_end(out);
}

static void put_date(CsvWriter *out, const char *key, Date date)
{
    char text[16];
    date_format(date, text);
    put_text(out, key, text);
}

static const char *measure_text(MeasureSetting measure)
{
    switch (measure) {
    case MEASURE_VALUE: return "value";
    case MEASURE_SHARE: return "share";
    case MEASURE_QUANTITY: return "quantity";
    }
    return "";
}

static const char *fairness_text(FairnessSetting fairness)
{
    switch (fairness) {
    case FAIRNESS_NONE: return "none";
    case FAIRNESS_BENEFICIARY: return "beneficiary";
    case FAIRNESS_REGION: return "region";
    case FAIRNESS_CATEGORY: return "category";
    case FAIRNESS_NEED: return "need";
    }
    return "";
}

static void put_round(CsvWriter *out, const TablesInput *in)
{
    const Settings *settings = &in->round->settings;
    put_text(out, "status", in->info->outcome);
    put_text(out, PLAN_ENGINE_KEY, in->info->engine);
    put_text(out, "round", settings->round);
    put_text(out, "title", settings->title);
    put_date(out, "start", settings->start);
    put_date(out, "end", settings->end);
    put_text(out, "currency", settings->currency);
    put_text(out, "plan_on", basis_text(settings->plan_on));
    put_text(out, "measure", measure_text(settings->measure));
    put_text(out, "fairness", fairness_text(settings->fairness));
}

static void put_counts(CsvWriter *out, const TablesInput *in)
{
    const Totals *totals = in->totals;
    const GroupTotals *all = &totals->all;
    const DonorTotals *given = &totals->given;
    size_t giving = 0;
    for (size_t d = 0; d < totals->donor_count; d++)
        giving += totals->donors[d].needs > 0;
    put_count(out, "needs", all->needs);
    put_count(out, "needs_met", all->in_state[NEED_MET]);
    put_count(out, "needs_partly", all->in_state[NEED_PARTLY]);
    put_count(out, "needs_unmet", all->in_state[NEED_UNMET]);
    put_count(out, "needs_amount_unknown", all->in_state[NEED_UNKNOWN]);
    put_count(out, "needs_not_chosen", all->in_state[NEED_NOT_CHOSEN]);
    put_count(out, "needs_not_ready", all->not_ready);
    put_count(out, "offers", in->round->offer_count);
    put_count(out, "offers_used", totals->offers_used);
    put_count(out, "donors", totals->donor_count);
    put_count(out, "donors_giving", giving);
    put_count(out, "assignments", in->plan->assignment_count);
    put_count(out, "assignments_unvalued",
              given->cash.without_value + given->in_kind.without_value);
}

static bool has_ledger(const TablesInput *in)
{
    return in->ledger != NULL || in->round->ledger_input.present;
}

static void put_values(CsvWriter *out, const TablesInput *in)
{
    const GroupTotals *all = &in->totals->all;
    const DonorTotals *given = &in->totals->given;
    put_money(out, "value_asked", in, all->asked);
    put_money(out, "value_covered", in, all->covered);
    if (has_ledger(in))
        put_money(out, "value_earlier", in, all->held);
    put_money(out, "value_wanted", in, all->assigned + all->unmet);
    put_money(out, "value_assigned", in, all->assigned);
    put_money(out, "value_assigned_cash", in, given->cash.value);
    put_money(out, "value_assigned_in_kind", in, given->in_kind.value);
    put_money(out, "value_pledged", in, given->pledged_cash.value + given->pledged_in_kind.value);
    put_money(out, "value_unmet", in, all->unmet);
    put_money(out, "value_not_chosen", in, all->not_chosen);
    put_money(out, "value_offered_cash", in, given->cash_offered);
    put_money(out, "value_used_cash", in, given->cash_offered - given->cash_left);
    put_money(out, "value_left_cash", in, given->cash_left);
    put_money(out, "value_not_planned_cash", in, given->cash_apart);
    put_money(out, "value_lapsed_cash", in, given->cash_lapsed);
    put_count(out, "unvalued_needs", all->without_value);
    put_count(out, "unvalued_needs_met", all->without_value_met);
}

static void put_loss(CsvWriter *out, const TablesInput *in)
{
    csv_writer_text(out, PLAN_LOSS_KEY);
    csv_writer_number(out, in->plan->rounding_loss);
    csv_writer_end(out);
}

/* "tier_1_needs" into KEY. */
static const char *tier_key(char key[KEY_SIZE], int tier, const char *what)
{
    (void)snprintf(key, KEY_SIZE, "tier_%d_%s", tier, what);
    return key;
}

static void put_tiers(CsvWriter *out, const TablesInput *in)
{
    char key[KEY_SIZE];
    for (size_t i = 0; i < in->totals->tiers.count; i++) {
        const GroupTotals *tier = &in->totals->tiers.groups[i];
        int number = tier->tier;
        put_count(out, tier_key(key, number, "needs"), tier->needs);
        put_count(out, tier_key(key, number, "needs_met"), tier->in_state[NEED_MET]);
        put_money(out, tier_key(key, number, "value_asked"), in, tier->asked);
        put_money(out, tier_key(key, number, "value_covered"), in, tier->covered);
        if (has_ledger(in))
            put_money(out, tier_key(key, number, "value_earlier"), in, tier->held);
        put_money(out, tier_key(key, number, "value_assigned"), in, tier->assigned);
        put_money(out, tier_key(key, number, "value_unmet"), in, tier->unmet);
        csv_writer_text(out, tier_key(key, number, "share"));
        if (tier->asked > 0)
            csv_writer_share(out, tier->covered + tier->assigned, tier->asked);
        else
            csv_writer_empty(out);
        csv_writer_end(out);
    }
}

/* What the round was decided from can be found again by this. */
static void put_command(CsvWriter *out, const TablesInput *in)
{
    const Round *round = in->round;
    char key[KEY_SIZE];
    if (in->info->round_path != NULL)
        put_text(out, PLAN_ROUND_KEY, in->info->round_path);
    for (size_t i = 0; i < round->setting_row_count; i++) {
        if (!setting_is_given(&round->setting_rows[i]))
            continue;
        (void)snprintf(key, sizeof key, PLAN_SET_KEY "%s", round->setting_rows[i].key);
        put_text(out, key, round->setting_rows[i].value);
    }
}

static void put_inputs(CsvWriter *out, const TablesInput *in)
{
    char key[KEY_SIZE];
    put_count(out, "errors", diag_count(in->findings, DIAG_ERROR));
    put_count(out, "warnings", diag_count(in->findings, DIAG_WARNING));
    put_count(out, "notes", diag_count(in->findings, DIAG_NOTE));
    for (int t = 0; t < TABLE_COUNT; t++) {
        const InputTable *table = &in->round->tables[t];
        if (!table->present)
            continue;
        const char *name = dictionary_table((TableKind)t)->name;
        (void)snprintf(key, sizeof key, "rows_%s", name);
        put_count(out, key, table->rows);
        (void)snprintf(key, sizeof key, "sha256_%s", name);
        put_text(out, key, table->sha256);
    }
    if (in->round->ledger_input.present) {
        put_text(out, "file_ledger", in->round->ledger_input.file);
        put_count(out, "rows_ledger", in->round->ledger_input.rows);
        put_text(out, "hash_ledger", in->round->ledger_input.sha256);
    }
    if (!in->round->previous_input.present)
        return;
    put_text(out, "file_previous", in->round->previous_input.file);
    put_count(out, "rows_previous", in->round->previous_input.rows);
    put_text(out, "sha256_previous", in->round->previous_input.sha256);
}

void tables_write_figures(CsvWriter *out, const TablesInput *in)
{
    put_counts(out, in);
    put_values(out, in);
    put_tiers(out, in);
}

void tables_write_summary(CsvWriter *out, const TablesInput *in)
{
    csv_writer_text(out, "key");
    csv_writer_text(out, "value");
    csv_writer_end(out);
    put_round(out, in);
    put_counts(out, in);
    put_values(out, in);
    put_loss(out, in);
    put_tiers(out, in);
    put_text(out, PLAN_HASH_KEY, in->plan_hash);
    put_text(out, PLAN_PROOFS_KEY, in->proofs);
    put_command(out, in);
    put_inputs(out, in);
    put_text(out, "version_allot", in->info->allot_version);
    put_text(out, "version_glpk", in->info->glpk_version);
    put_text(out, "version_csv", in->info->csv_version);
    put_text(out, "version_reader", in->info->reader_version);
    put_text(out, "version_xlsx", in->info->xlsx_version);
    put_text(out, "version_gmp", in->info->gmp_version);
}
