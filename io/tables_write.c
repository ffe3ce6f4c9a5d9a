/* A plan as CSV tables, for programs and for those who check it: the contract is in the page on
 * tables (samples/README.md). Eight files, all of them or none; empty cells where there is no figure.
 */
#include "allot/tables.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/atomic_file.h"
#include "io/plan_hash.h"
#include "io/plan_origin.h"
#include "io/tables_answers.h"
#include "io/tables_ledger.h"

/* ---- assignments ----------------------------------------------------------------------------- */

#define WRITE_HEAD(out, head) csv_writer_row((out), (head), sizeof(head) / sizeof(head)[0])

static void write_assignments(CsvWriter *out, const TablesInput *in)
{
    static const char *const head[] = {"need",     "offer",          "donor",      "quantity",
                                       "unit",     "offer_quantity", "offer_unit", "value",
                                       "currency", "basis",          "locked"};
    const Round *round = in->round;
    WRITE_HEAD(out, head);
    for (size_t i = 0; i < in->plan->assignment_count; i++) {
        const Assignment *line = &in->plan->assignments[i];
        const Need *need = &round->needs[line->need];
        const Offer *offer = &round->offers[line->offer];
        csv_writer_text(out, need->id);
        csv_writer_text(out, offer->id);
        csv_writer_text(out, offer->donor);
        csv_writer_amount(out, need->unit, line->quantity);
        csv_writer_text(out, need->unit.name);
        csv_writer_amount(out, offer->unit, line->offer_quantity);
        csv_writer_text(out, offer->unit.name);
        csv_writer_amount_if(out, line->has_value, round->currency, line->value);
        csv_writer_text(out, round->currency.name);
        csv_writer_text(out, basis_text(line->basis));
        csv_writer_flag(out, line->locked);
        csv_writer_end(out);
    }
}

/* ---- needs and offers, with the input's own columns behind ------------------------------------------ */

/* True when one of the program's headings folds to the same name. */
static bool is_taken(const char *heading, const char *const *head, size_t count)
{
    char folded[256], own[64];
    name_fold(heading, folded, sizeof folded);
    for (size_t i = 0; i < count; i++) {
        name_fold(head[i], own, sizeof own);
        if (strcmp(folded, own) == 0)
            return true;
    }
    return false;
}

static void write_head_carried(CsvWriter *out, const char *const *head, size_t count,
                               const ExtraColumns *extra, Arena *scratch)
{
    for (size_t i = 0; i < count; i++)
        csv_writer_text(out, head[i]);
    for (size_t i = 0; i < extra->count; i++) {
        const char *heading = extra->headings[i];
        if (is_taken(heading, head, count))
            heading = arena_printf(scratch, "input_%s", heading);
        csv_writer_text(out, heading != NULL ? heading : extra->headings[i]);
    }
    csv_writer_end(out);
}

static void write_need(CsvWriter *out, const TablesInput *in, size_t index)
{
    const Need *need = &in->round->needs[index];
    const NeedResult *result = &in->plan->needs[index];
    const NeedTotals *totals = &in->totals->needs[index];
    bool known = need->quantity_known;
    int64_t covered = need->covered < need->quantity ? need->covered : need->quantity;
    csv_writer_text(out, need->id);
    csv_writer_count(out, need->tier);
    csv_writer_text(out, need->unit.name);
    csv_writer_amount_if(out, known, need->unit, need->quantity);
    csv_writer_amount(out, need->unit, need->covered);
    csv_writer_amount(out, need->unit, result->assigned);
    csv_writer_amount(out, need->unit, result->pledged);
    csv_writer_amount_if(out, known, need->unit, result->unmet);
    if (!known)
        csv_writer_empty(out);
    else if (need->quantity > 0)
        csv_writer_share(out, covered + result->assigned, need->quantity);
    else
        csv_writer_count(out, result->reason == REASON_NONE);
    csv_writer_amount_if(out, need->has_value, in->round->currency, result->value_assigned);
    csv_writer_amount_if(out, totals->has_value, in->round->currency, result->value_unmet);
    csv_writer_count(out, result->donors);
    csv_writer_text(out, reason_text(result->reason));
    csv_writer_text(out, result->detail);
}

static void write_needs(CsvWriter *out, const TablesInput *in)
{
    static const char *const head[] = {
        "need",  "tier",  "unit",           "quantity",    "covered", "assigned", "pledged",
        "unmet", "share", "value_assigned", "value_unmet", "donors",  "reason",   "detail"};
    const ExtraColumns *extra = &in->round->tables[TABLE_NEEDS].extra;
    write_head_carried(out, head, sizeof head / sizeof head[0], extra, in->scratch);
    for (size_t i = 0; i < in->round->need_count; i++) {
        write_need(out, in, i);
        for (size_t e = 0; e < extra->count; e++)
            csv_writer_text(out, in->round->needs[i].extra[e]);
        csv_writer_end(out);
    }
}

static void write_offers(CsvWriter *out, const TablesInput *in)
{
    static const char *const head[] = {"offer",      "donor", "unit",     "quantity",
                                       "used",       "left",  "overhead", "value_used",
                                       "value_left", "needs", "earlier"};
    const size_t count = sizeof head / sizeof head[0] - (in->ledger == NULL);
    const ExtraColumns *extra = &in->round->tables[TABLE_OFFERS].extra;
    write_head_carried(out, head, count, extra, in->scratch);
    for (size_t i = 0; i < in->round->offer_count; i++) {
        const Offer *offer = &in->round->offers[i];
        const OfferResult *result = &in->plan->offers[i];
        const OfferTotals *totals = &in->totals->offers[i];
        bool some_value = totals->lines == 0 || totals->lines > totals->lines_without_value;
        csv_writer_text(out, offer->id);
        csv_writer_text(out, offer->donor);
        csv_writer_text(out, offer->unit.name);
        csv_writer_amount_if(out, offer->quantity_known, offer->unit, offer->quantity);
        csv_writer_amount(out, offer->unit, result->used);
        csv_writer_amount_if(out, offer->quantity_known, offer->unit, result->left);
        csv_writer_amount(out, offer->unit, result->overhead);
        csv_writer_amount_if(out, some_value, in->round->currency, result->value_used);
        csv_writer_amount_if(out, totals->has_value, in->round->currency, result->value_left);
        csv_writer_count(out, result->needs);
        if (in->ledger != NULL)
            csv_writer_amount_if(out, offer->quantity_known, offer->unit, offer->taken);
        for (size_t e = 0; e < extra->count; e++)
            csv_writer_text(out, offer->extra[e]);
        csv_writer_end(out);
    }
}

/* ---- stages and problems ------------------------------------------------------------------------ */

static void write_stages(CsvWriter *out, const TablesInput *in)
{
    static const char *const head[] = {"stage", "sense", "value", "bound", "gap", "status"};
    WRITE_HEAD(out, head);
    for (size_t i = 0; i < in->plan->stage_count; i++) {
        const StageResult *stage = &in->plan->stages[i];
        csv_writer_text(out, stage->label);
        csv_writer_text(out, stage->maximise ? "max" : "min");
        csv_writer_number(out, stage->value);
        csv_writer_number(out, stage->bound);
        csv_writer_number(out, stage->gap);
        csv_writer_text(out, stage_status_text(stage->status));
        csv_writer_end(out);
    }
}

static const char *or_empty(const char *text)
{
    return text != NULL ? text : "";
}

static void write_problems(CsvWriter *out, const TablesInput *in)
{
    static const char *const head[] = {"severity", "code",  "table",  "row",
                                       "column",   "value", "message"};
    size_t count;
    const Finding *findings = diag_findings(in->findings, &count);
    WRITE_HEAD(out, head);
    for (size_t i = 0; i < count; i++) {
        const DiagPlace *place = &findings[i].place;
        csv_writer_text(out, diag_severity_text(findings[i].severity));
        csv_writer_text(out, diag_code_text(findings[i].code));
        csv_writer_text(out, or_empty(place->table != NULL ? place->table : place->file));
        if (place->line > 0)
            csv_writer_count(out, place->line);
        else
            csv_writer_empty(out);
        csv_writer_text(out, or_empty(place->column_name));
        csv_writer_text(out, or_empty(place->text));
        csv_writer_text(out, findings[i].message);
        csv_writer_end(out);
    }
}

/* ---- the files ---------------------------------------------------------------------------------- */

static bool has_replies(const TablesInput *in)
{
    return in->round->replies != NULL;
}

static bool has_ledger(const TablesInput *in)
{
    return in->ledger != NULL;
}

static bool has_urgent(const TablesInput *in)
{
    return in->round->has_urgent;
}

static const struct {
    const char *name;
    void (*write)(CsvWriter *out, const TablesInput *in);
    bool (*has)(const TablesInput *in); /* NULL: every plan has it */
} tables[] = {
    {"assignments.csv", write_assignments, NULL},
    {"needs.csv", write_needs, NULL},
    {"offers.csv", write_offers, NULL},
    {"stages.csv", write_stages, NULL},
    {"prices.csv", tables_write_prices, NULL},
    {"worths.csv", tables_write_worths, NULL},
    {"summary.csv", tables_write_summary, NULL},
    {"problems.csv", write_problems, NULL},
    {"asks.csv", tables_write_asks, NULL},
    {"appeal.csv", tables_write_appeal, NULL},
    {"ranges.csv", tables_write_ranges, NULL},
    {"reasons.csv", tables_write_reasons, NULL},
    {"refused.csv", tables_write_refused, NULL},
    {"rivals.csv", tables_write_rivals, NULL},
    {"answers.csv", tables_write_replies, has_replies},
    {"urgent.csv", tables_write_urgent, has_urgent},
    {"bridge.csv", tables_write_bridge, has_ledger},
    {"cliff.csv", tables_write_cliff, has_ledger},
    {"cumulative.csv", tables_write_cumulative, has_ledger},
    {"lapsing.csv", tables_write_lapsing, has_ledger},
};

enum { FILE_COUNT = sizeof tables / sizeof tables[0], BUFFER_BYTES = 64 * 1024 };

/** One of the files. */
typedef struct TableFile {
    size_t table;
    const TablesInput *in;
    char *buffer; /* [BUFFER_BYTES] */
} TableFile;

static Status write_table(FILE *file, void *context)
{
    const TableFile *of = context;
    CsvWriter out = {.file = file};
    (void)setvbuf(file, of->buffer, _IOFBF, BUFFER_BYTES);
    tables[of->table].write(&out, of->in);
    return STATUS_OK;
}

/* Tables that another plan left in the folder and this one does not have would be read as its own. */
static Status take_out_others(const char *dir, const TablesInput *in, Status written)
{
    for (size_t t = 0; t < FILE_COUNT && written == STATUS_OK; t++) {
        if (tables[t].has == NULL || tables[t].has(in))
            continue;
        char path[4096];
        int length = snprintf(path, sizeof path, "%s/%s", dir, tables[t].name);
        if (length > 0 && (size_t)length < sizeof path)
            (void)unlink(path); /* it is seldom there */
    }
    return written;
}

/* Writes all files beside their names, and names them when all are there. */
static Status write_files(const char *dir, const TablesInput *in, Diag *diag)
{
    AtomicSet *set = atomic_set_new(in->scratch);
    char *buffer = ARENA_NEW(in->scratch, BUFFER_BYTES, char);
    if (set == NULL || buffer == NULL)
        return STATUS_NO_MEMORY;
    Status status = STATUS_OK;
    for (size_t t = 0; t < FILE_COUNT && status == STATUS_OK; t++) {
        const char *target = arena_printf(in->scratch, "%s/%s", dir, tables[t].name);
        TableFile file = {t, in, buffer};
        if (tables[t].has != NULL && !tables[t].has(in))
            continue;
        status = target == NULL ? STATUS_NO_MEMORY
                                : atomic_set_write(set, target, target, write_table, &file, diag);
    }
    if (status == STATUS_OK)
        return take_out_others(dir, in, atomic_set_commit(set, diag));
    atomic_set_abandon(set);
    return status;
}

Status tables_write(const char *dir, const Round *round, const Plan *plan, const RunInfo *info,
                    Arena *scratch, Diag *diag)
{
    Totals totals;
    Grounds grounds;
    TRY(totals_build(round, plan, scratch, &totals));
    TRY(grounds_build(round, plan, scratch, &grounds));
    diag_sort(diag);
    TablesInput in = {.round = round,
                      .plan = plan,
                      .info = info,
                      .totals = &totals,
                      .plan_hash = plan_hash(round, plan, scratch),
                      .proofs = plan_proofs_text(plan, scratch),
                      .grounds = &grounds,
                      .findings = diag,
                      .scratch = scratch};
    LedgerReport ledger;
    if (round->ledger != NULL) {
        TRY(ledger_report_build(round, plan, scratch, &ledger));
        in.ledger = &ledger;
    }
    TRY_NEW(in.plan_hash);
    TRY_NEW(in.proofs);
    bool made = mkdir(dir, 0777) == 0;
    if (!made && errno != EEXIST)
        return atomic_file_failed(diag, dir, errno);
    Status status = write_files(dir, &in, diag);
    if (status != STATUS_OK && made)
        (void)rmdir(dir);
    return status;
}
