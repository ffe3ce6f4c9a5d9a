/* room: io
 *
 * The sheets of a sweep's workbook: what they share.
 */
#ifndef ALLOT_IO_SHEET_SWEEP_H
#define ALLOT_IO_SHEET_SWEEP_H

#include "io/report_internal.h"
#include "io/sweep_totals.h"

/** What every sheet of a sweep is built from. */
typedef struct SweepSheets {
    Report *report;
    const Sweep *sweep;
    const SweepTotals *totals;
    size_t tables; /* named so far */
} SweepSheets;

/** A name for the next table of the workbook. */
const char *sweep_table_name(SweepSheets *in);

/** All cases side by side: "Compare", "Rules" or "Stress". */
void sheet_sweep_build(SweepSheets *in, Page *page);

/** One case against the first: what was changed, its stages, what flips. */
void sheet_case_build(SweepSheets *in, Page *page, size_t index);

/** Of a stress test: needs that lose something, case by case, and who stands in. */
void sheet_fallen_build(SweepSheets *in, Page *page);

/** What the sweep is made of: hashes, settings, versions. */
void sheet_sweep_facts_build(SweepSheets *in, Page *page);

/** A list of the needs that differ from the first case in the cases from @p first to before @p end. */
void sweep_put_flips(SweepSheets *in, Page *page, size_t first, size_t end);

/** Needs, money and shares of the cases, one a row. */
void sweep_put_overview(SweepSheets *in, Page *page);

#endif
