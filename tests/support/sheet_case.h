/* A sheet as text, for tests of where a table lies among a sheet's rows: which row is the heading,
 * which are data, and what people are told.
 */
#ifndef ALLOT_TEST_SHEET_CASE_H
#define ALLOT_TEST_SHEET_CASE_H

#include "io/sheet.h"

enum { SHEET_CASE_FINDINGS = 4, SHEET_CASE_AREAS = 3 };

/** Rows are lines, '|' between cells; "=5" is stored as a number, "!#REF!" as an error, "?" as a
 *  formula without a result, "@2026-01-01" as a day; a line that begins with '~' is hidden. */
typedef struct SheetCase {
    const char *label;
    const char *table;
    const char *rows;
    SheetArea merges[SHEET_CASE_AREAS]; /* up to the first with first_line 0 */
    /* expected */
    int heading_line;
    const char *headings; /* with '|' between them */
    int first_line;       /* of the data; 0: none */
    int last_line;
    const char *found[SHEET_CASE_FINDINGS]; /* "N204 2 text that occurs in the message" */
} SheetCase;

typedef struct BuiltSheet {
    Arena *arena; /* the caller's to free */
    Diag *diag;
    Sheet *sheet;
} BuiltSheet;

/** The case's rows as a workbook's sheet "r.xlsx!x". */
BuiltSheet sheet_case_build(const SheetCase *c);

/** Builds the sheet and fails with the case's label where it is not as expected. */
void sheet_case_check(const SheetCase *c);
void sheet_cases_check(const SheetCase *cases, size_t count);

/** The headings of most cases, and no merged cells. */
#define NEEDS "id|category|quantity|unit"
#define NONE                                                                                       \
    {                                                                                              \
        {                                                                                          \
            0                                                                                      \
        }                                                                                          \
    }

#endif
