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

/** One case against the first: what was changed, its stages. */
void sheet_case_build(SweepSheets *in, Page *page, size_t index);

/** Needs that are given another amount than in the first case, case by case. */
void sheet_flips_build(SweepSheets *in, Page *page);

/** Of a stress test: needs that lose something, case by case, and who stands in. */
void sheet_fallen_build(SweepSheets *in, Page *page);

/** What the sweep is made of: hashes, settings, versions. */
void sheet_sweep_facts_build(SweepSheets *in, Page *page);

/** Needs, money and shares of the cases, one a row. */
void sweep_put_overview(SweepSheets *in, Page *page);

#endif
