/* room: io
 *
 * What of a plan is read back, from a --tables folder or from a plan's workbook,
 * also one that was edited and saved by a spreadsheet program.
 */
#ifndef ALLOT_IO_PLAN_SHEETS_H
#define ALLOT_IO_PLAN_SHEETS_H

#include "allot/arena.h"
#include "allot/diag.h"
#include "allot/dictionary.h"
#include "allot/status.h"
#include "io/sheet.h"

enum { PLAN_FACT_SHEETS = 3 };

typedef struct PlanSheets {
    Sheet *assignments;
    Sheet *stages; /* NULL: not asked for, or a plan made by hand, which has none */
    Sheet *facts[PLAN_FACT_SHEETS]; /* of a workbook what it was made of: Settings, Inputs, and the
                                     * stages' sheet, which had all of it once; NULL as above */
    const SheetBuilder *summary; /* a workbook's composed page, its rows as they came; NULL: none */
    const char *summary_file;    /* what findings call it */
} PlanSheets;

/** Keys and what they say: a workbook's sheet Settings, a folder's summary.csv. Keys are looked up as they stand, so that
 *  no heading has to be known. */
extern const TableSpec plan_facts_table;

/** The summary.csv of a --tables folder, in *out, which lives in @p arena; NULL where the folder has none, as one made by
 *  hand. @return STATUS_OK, STATUS_FINDINGS, STATUS_IO with a finding, STATUS_NO_MEMORY. */
Status plan_summary_read(const char *folder, Arena *arena, Diag *diag, Sheet **out);

/** Is this the name of one table's file, which alone is no plan? */
bool plan_is_table_file(const char *path);

/** Reads them; @p stages NULL: the lines alone, and no facts. Findings name a folder's files as "dir/assignments.csv", a workbook's sheets as
 *  "plan.xlsx!Assignments". Sheets live in @p arena.
 *  @return STATUS_OK, STATUS_FINDINGS, STATUS_IO with a finding, STATUS_NO_MEMORY. */
Status plan_sheets_read(const char *path, const TableSpec *assignments, const TableSpec *stages,
                        Arena *arena, Diag *diag, PlanSheets *out);

#endif
