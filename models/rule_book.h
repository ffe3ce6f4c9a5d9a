/* room: models
 *
 * Every rule's exact sum while a plan is brought into whole steps.
 */
#ifndef ALLOT_MODELS_RULE_BOOK_H
#define ALLOT_MODELS_RULE_BOOK_H

#include "allot/rule.h"

typedef struct RuleBook {
    const Round *round;
    const PairSet *pairs;
    const RuleSet *rules;
    int64_t *quantity; /* [pairs->count] need's smallest parts */
    int64_t *sum;      /* [rules->count] in the rule's smallest parts */
    int64_t total;     /* value of all lines, reporting minor units */
    size_t *first;     /* [pairs->count + 1] CSR: rules of a pair */
    int *rule_of;
    int *share_rules; /* rules of_total: any line moves them */
    size_t share_rule_count;
    int64_t *slack; /* scratch of rule_book_admits() */
} RuleBook;

/** An empty plan's book. */
Status rule_book_init(const Round *round, const PairSet *pairs, const RuleSet *rules, Arena *arena,
                      RuleBook *book);

/** Sets one line and moves every sum. STATUS_INTERNAL when a figure does not fit. */
Status rule_book_set(RuleBook *book, int pair, int64_t quantity);

/** How far the rule is from being broken, in its smallest parts (of_total: reporting minor units);
 *  negative when it is broken. */
int64_t rule_book_slack(const RuleBook *book, size_t index);

/** Would this line leave every rule of the pair that holds now unbroken, and no broken one worse? */
bool rule_book_admits(RuleBook *book, int pair, int64_t quantity);

#endif
