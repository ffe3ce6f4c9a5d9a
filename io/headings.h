/* room: io
 *
 * Which column of a sheet is which column of the dictionary.
 */
#ifndef ALLOT_IO_HEADINGS_H
#define ALLOT_IO_HEADINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "allot/arena.h"
#include "allot/diag.h"
#include "allot/status.h"
#include "io/sheet.h"

typedef struct Headings {
    int *column_of; /* [table->column_count] column of the sheet, or -1 */
    size_t *extra;  /* [extra_count] columns of the sheet that the dictionary does not know */
    size_t extra_count;
    bool complete; /* no required column is missing */
} Headings;

/** Matches the headings of @p sheet by name, synonym, and either with a remark. Findings: missing,
 *  doubled, nearly matching (taken for the column it resembles, so that its cells are checked too),
 *  speaking of thousands or weeks; one note lists the unknown ones, which are carried along when
 *  @p carried, another what was read as something that it is not called. Arrays live in @p scratch.
 *  @return STATUS_OK also with findings; STATUS_NO_MEMORY. */
Status headings_match(const Sheet *sheet, bool carried, Arena *scratch, Diag *diag,
                      Headings *headings);

#endif
