/* Headings matched against a table, for tests: a sheet "round.xlsx!t" without rows, its headings in row
 * MATCHED_LINE.
 */
#ifndef ALLOT_TEST_MATCHED_HEADINGS_H
#define ALLOT_TEST_MATCHED_HEADINGS_H

#include "io/headings.h"

enum { MATCHED_COLUMNS_MAX = 16, MATCHED_LINE = 3 };

/* Headings of a sheet matched against a table, and what was found. */
typedef struct Matched {
    Arena *arena;
    Diag *diag;
    const TableSpec *table;
    Headings headings;
} Matched;

/** Matches headings, which end with NULL and last; the arena is the caller's to free. */
Matched match_headings(TableKind kind, const char *const *headings);

#define MATCH(kind, ...) match_headings((kind), (const char *const[]){__VA_ARGS__, NULL})

/** Column of the sheet that is this column of the table, or -1. */
int matched_column(const Matched *m, const char *column);

/** The only finding of this code, or NULL; more are a failure. */
const Finding *matched_finding(const Matched *m, DiagCode code);

/** The only finding of this code says this, about this column (0: the row) of the headings. */
void assert_matched_message(const Matched *m, DiagCode code, int column, const char *message);

void assert_matched_counts(const Matched *m, size_t errors, size_t warnings, size_t notes);

#endif
