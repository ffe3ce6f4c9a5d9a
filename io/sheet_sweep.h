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

/** The name of a case in the reader's language; NULL without memory. */
const char *case_name_shown(const Sweep *sweep, size_t index, Arena *arena);

/** The same for a sheet, never NULL. */
const char *sweep_case_name(SweepSheets *in, size_t index);

/** All cases side by side: "Compare", "Rules" or "Stress". */
void sheet_sweep_build(SweepSheets *in, Page *page);

/** The same by tier. */
void sheet_tiers_build(SweepSheets *in, Page *page);

/** What was changed in each case; nothing where no case is to be told of. */
void sheet_changes_build(SweepSheets *in, Page *page);

/** How the stages of each case ended, beside those of the first. Of scenarios. */
void sheet_case_stages_build(SweepSheets *in, Page *page);

/** Why cases have no plan; nothing where all have one. */
void sheet_no_plan_build(SweepSheets *in, Page *page);

/** Needs that are given another amount than in the first case, case by case. */
void sheet_flips_build(SweepSheets *in, Page *page);

/** Of a stress test: needs that lose something, case by case, and who stands in. */
void sheet_fallen_build(SweepSheets *in, Page *page);

/** What the sweep is made of: hashes, settings, versions. */
void sheet_sweep_facts_build(SweepSheets *in, Page *page);

#endif
