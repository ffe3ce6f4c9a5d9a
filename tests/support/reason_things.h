/* The things of a round that may hold a need back, listed from the texts of its tables: each a cell
 * to be emptied or a row to be dropped, in the order in which causes are looked for.
 */
#ifndef ALLOT_TEST_REASON_THINGS_H
#define ALLOT_TEST_REASON_THINGS_H

#include "allot/causes.h"
#include "tests/support/brute.h"
#include "tests/support/text_round.h"

enum { THINGS_MOST = 100 };

typedef struct Thing {
    Reason reason;
    const char *table;  /* NULL: HIGHER_TIERS, EQUALS: no cell, but what others keep */
    size_t row;         /* of the table's text */
    const char *column; /* "" for the whole row */
    const char *word; /* of PREREQUISITE the name, of BUNDLE and ALTERNATIVE the mark; else NULL */
    bool split;       /* a row of the rules with `each`: its combinations are things of their own */
} Thing;

typedef struct Things {
    Thing things[THINGS_MOST];
    size_t count;
} Things;

/** All of them for one need; names are borrowed from @p text. */
void list_things(const TextRound *text, const Round *round, const Brute *brute, int need,
                 Things *out);

/** Takes things out of the tables. */
void take_out(TextRound *text, const Thing *const *set, size_t count);

/** Is the thing what the cause names? */
bool is_cause(const Thing *thing, const Cause *cause);

void print_thing(const Thing *thing);

#endif
