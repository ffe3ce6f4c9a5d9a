/* room: models
 *
 * Every rule's exact sum while lines change one by one: where a plan is brought into whole steps, and
 * where the search in whole steps moves it.
 */
#ifndef ALLOT_RULE_BOOK_H
#define ALLOT_RULE_BOOK_H

#include "allot/rule.h"

typedef struct RuleBook {
    const Round *round;
    const PairSet *pairs;
    const RuleSet *rules;
    int64_t *quantity; /* [pairs->count] need's smallest parts */
    int64_t *sum;      /* [rules->count] in the rule's smallest parts; FORM_AT_MOST: items in use */
    int *lines;        /* [rules->count] lines of the rule's pairs */
    int64_t total; /* value of all lines, reporting minor units; kept where a rule asks for it */
    size_t *first; /* [pairs->count + 1] CSR: rules of a pair */
    int *rule_of;
    bool *plain;      /* beside rule_of: the line counts by its own quantity */
    int *item_of;     /* beside rule_of: where in item_lines the pair's item counts, or -1 */
    int *item_lines;  /* lines of every item of every rule that counts items */
    int *share_rules; /* rules of_total: any line moves them */
    size_t share_rule_count;
    int64_t *slack; /* scratch of rule_book_admits() */
} RuleBook;

/** An empty plan's book. */
Status rule_book_init(const Round *round, const PairSet *pairs, const RuleSet *rules, Arena *arena,
                      RuleBook *book);

/** Sets one line and moves every sum. STATUS_INTERNAL when a figure does not fit. */
Status rule_book_set(RuleBook *book, int pair, int64_t quantity);

/** How far the rule is from being broken, in its smallest parts (of_total: reporting minor units;
 *  FORM_AT_MOST: items); negative when it is broken, INT64_MAX when it cannot be. */
int64_t rule_book_slack(const RuleBook *book, size_t index);

/** Would this line leave every rule of the pair that holds now unbroken, and no broken one worse? */
bool rule_book_admits(RuleBook *book, int pair, int64_t quantity);

#endif
