/* room: models
 *
 * Rows of offers, one bit an offer: which offers let a value of a need's column pass. An attribute
 * of a need (its category, its region, ...) is a number; numbers say no more than eligibility asks,
 * so that values which no offer and no rule names are one.
 */
#ifndef ALLOT_MODELS_ELIGIBLE_ROWS_H
#define ALLOT_MODELS_ELIGIBLE_ROWS_H

#include "allot/names.h"
#include "allot/round.h"
#include "allot/word_keys.h"

/** What a column of the offers lists: earmarks, exclusions, or categories. */
typedef struct ListRows {
    NameMap *values;  /* named value -> its number, from 1 */
    int count;        /* numbers in use: 0 .. count - 1; 0 is every value that nobody names */
    bool chained;     /* asked of every offer of a chain, not only of the last */
    uint64_t *open;   /* [words] offers that are for everybody */
    uint64_t *only;   /* [count * words] offers that list the value */
    uint64_t *barred; /* [count * words] offers that exclude it */
    uint64_t *pass;   /* [count * words] offers that let the value pass; NULL for tags */
} ListRows;

typedef enum ListColumn {
    LIST_CATEGORY,
    LIST_BENEFICIARY,
    LIST_REGION,
    LIST_NEED,
    LIST_TAG,
    LIST_COUNT
} ListColumn;

/** A rules row of kind forbid. */
typedef struct ForbidRow {
    const RuleRow *row;
    uint64_t *offers; /* [words] those it selects */
    int any;          /* one of them; -1: none */
} ForbidRow;

typedef struct EligibleRows {
    const Round *round;
    Arena *arena;
    int words;
    int *children; /* [child_count] offers that are paid out of another */
    int child_count;
    uint64_t *base; /* offers that may be planned on at all */
    ListRows lists[LIST_COUNT];
    NameMap *units;       /* unit of some offer -> its number, from 1 */
    uint64_t *unit_rows;  /* [unit_count * 2 * words] by number, then by "money can buy it" */
    int unit_count;       /* likewise 0 is every other unit */
    int64_t *ends;        /* [end_count] ascending: last days of the offers' chains */
    uint64_t *end_rows;   /* [(end_count + 1) * words] offers that end no earlier than ends[i] */
    int64_t *begins;      /* [begin_count] ascending: first days */
    uint64_t *begin_rows; /* [(begin_count + 1) * words] offers that begin before begins[i] */
    int end_count, begin_count;
    uint64_t *flag_rows; /* [4 * words] by ODA, then by "a civil part is left" */
    bool civil;          /* some offer is for civil use only */
    ForbidRow *forbids;
    int forbid_count;
    bool by_tier; /* some of them asks for the priority */
} EligibleRows;

/** All rows of a checked round. STATUS_NO_MEMORY possible. */
Status eligible_rows_build(const Round *round, Arena *arena, EligibleRows *rows);

/** Clears the offers of which a parent, near or far, is not in the row. */
void eligible_rows_chain(const EligibleRows *rows, uint64_t *row);

/** Rows of dates (eligible_windows.c). */
Status eligible_rows_windows(EligibleRows *rows);

/** Number of distinct ends before this day; of distinct begins up to this day. */
int eligible_rows_earliest(const EligibleRows *rows, Date earliest);
int eligible_rows_deadline(const EligibleRows *rows, Date deadline);

static inline void row_set(uint64_t *row, int bit)
{
    row[bit / 64] |= UINT64_C(1) << (bit % 64);
}

static inline void row_clear(uint64_t *row, int bit)
{
    row[bit / 64] &= ~(UINT64_C(1) << (bit % 64));
}

static inline bool row_has(const uint64_t *row, int bit)
{
    return (row[bit / 64] >> (bit % 64) & 1) != 0;
}

#endif
