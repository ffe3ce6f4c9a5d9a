/* room: io
 *
 * Between the files that write a plan's tables.
 */
#ifndef ALLOT_IO_TABLES_INTERNAL_H
#define ALLOT_IO_TABLES_INTERNAL_H

#include "allot/diag.h"
#include "allot/ledger_report.h"
#include "allot/run_info.h"
#include "io/csv_writer.h"
#include "io/grounds.h"
#include "io/totals.h"

/** What the tables are written from. */
typedef struct TablesInput {
    const Round *round;
    const Plan *plan;
    const RunInfo *info;
    const Totals *totals;
    const char *plan_hash;
    const char *proofs; /* plan_proofs_text() */
    const Grounds *grounds;
    const LedgerReport *ledger; /* NULL: no ledger was given */
    const Diag *findings;
    Arena *scratch;
} TablesInput;

/** summary.csv. */
void tables_write_summary(CsvWriter *out, const TablesInput *in);

/** Its rows that the round and the plan's lines alone make: counts and sums, "key,value" without a heading.
 *  Of @p in only round, plan, totals and ledger are looked at. */
void tables_write_figures(CsvWriter *out, const TablesInput *in);

/** asks.csv, appeal.csv. */
void tables_write_asks(CsvWriter *out, const TablesInput *in);
void tables_write_appeal(CsvWriter *out, const TablesInput *in);

/** ranges.csv: which lines are forced, and who could carry the others. */
void tables_write_ranges(CsvWriter *out, const TablesInput *in);

/** answers.csv and urgent.csv, of plans that have them. */
void tables_write_replies(CsvWriter *out, const TablesInput *in);
void tables_write_urgent(CsvWriter *out, const TablesInput *in);

/** reasons.csv, refused.csv, rivals.csv: what stands behind every unmet need. */
void tables_write_reasons(CsvWriter *out, const TablesInput *in);
void tables_write_refused(CsvWriter *out, const TablesInput *in);
void tables_write_rivals(CsvWriter *out, const TablesInput *in);

#endif
