/* The things of a round that may hold a need back, listed from the texts of its tables: each a cell
 * to be emptied or a row to be dropped, in the order in which causes are looked for.
 */
#ifndef ALLOT_TEST_REASON_THINGS_H
#define ALLOT_TEST_REASON_THINGS_H

#include "allot/causes.h"
#include "tests/support/brute.h"
#include "tests/support/text_round.h"

enum { THINGS_MOST = 200 };

typedef struct Thing {
    Reason reason;
    const char *table;  /* NULL: HIGHER_TIERS, EQUALS: no cell, but what others keep */
    size_t row;         /* of the table's text */
    const char *column; /* "" for the whole row */
    const char
        *word; /* of PREREQUISITE the name, of BUNDLE and ALTERNATIVE the mark, of a rule split
                         by `each` the combination: a thing of its own; else NULL */
    const char *rule; /* the rule's id where a combination of it is the thing; else NULL */
} Thing;

typedef struct Things {
    Thing things[THINGS_MOST];
    size_t count;
} Things;

/** All of them for one need in the plan @p x, as brute_take() has it; names are borrowed from @p text. */
void list_things(const TextRound *text, const Round *round, const Brute *brute, const int64_t *x,
                 int need, Things *out);

/** Takes things out of the tables, but for combinations of rules. */
void take_out(TextRound *text, const Thing *const *set, size_t count);

/** And these, from the round as it was then read. */
void drop_parts(Brute *brute, const Thing *const *set, size_t count);

/** Is the thing what the cause names? */
bool is_cause(const Thing *thing, const Cause *cause);

void print_thing(const Thing *thing);

#endif
