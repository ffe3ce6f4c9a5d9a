/* room: models
 *
 * What the families of rules share while the set is built.
 */
#ifndef ALLOT_MODELS_RULE_BUILD_H
#define ALLOT_MODELS_RULE_BUILD_H

#include "allot/rule.h"

/** Pairs of a group, e.g. of an offer and of all that is paid out of it: CSR. */
typedef struct PairGroups {
    size_t *first; /* [groups + 1] */
    int *pairs;    /* ascending within a group */
} PairGroups;

typedef struct RuleBuilder {
    const Round *round;
    const PairSet *pairs;
    Arena *arena;
    Diag *diag;
    RuleSet *set;
    size_t room;
    PairGroups by_offer; /* pairs that draw on each offer, through children too */
    int *item_number;    /* scratch of rule_append_number(), all 0 between calls; NULL at first */
    bool findings;       /* some rule could not be built; findings say which */
} RuleBuilder;

/** Groups pairs by @p group_of (a group index or -1 for none). */
Status pair_groups_build(const RuleBuilder *b, size_t groups,
                         int (*group_of)(const RuleBuilder *b, int pair), PairGroups *out);

Status rule_append(RuleBuilder *b, Rule rule);

/** Adds the finding DIAG_RULE "rule 'ID' WHY" and lets the others be built: STATUS_OK. */
Status rule_refuse(RuleBuilder *b, const RuleRow *row, const char *column, const char *why);

/** The row's value in reporting minor units; false when it does not fit. */
bool rule_row_value(const Round *round, const RuleRow *row, Ratio *out);

/** What can be counted (C8): by which item a pair is counted. */
typedef int ItemOf(const Round *round, const Pair *pair);
int item_of_need(const Round *round, const Pair *pair);
int item_of_donor(const Round *round, const Pair *pair);       /* the root donor, by name */
int item_of_beneficiary(const Round *round, const Pair *pair); /* -1 without one */
int item_of_offer(const Round *round, const Pair *pair);

/** Completes @p rule (pairs and count given, upper set) as "at most upper items": numbers the items
 *  in order of their first pair; pairs that belong to none are left out. Added only when it can bind:
 *  more items than allowed. */
Status rule_append_number(RuleBuilder *b, Rule rule, ItemOf *item_of);

/** The families, one file each. */
Status rules_build_offers(RuleBuilder *b);        /* C2 */
Status rules_build_donors(RuleBuilder *b);        /* C3 */
Status rules_build_beneficiaries(RuleBuilder *b); /* C4 */
Status rules_build_table(RuleBuilder *b);         /* C5, and the rows of C7, C8 and fees */
Status rules_build_minima(RuleBuilder *b);        /* C6 */
Status rules_build_tickets(RuleBuilder *b);       /* C7, from columns */
Status rules_build_numbers(RuleBuilder *b);       /* C8, from columns */
Status rules_build_shares(RuleBuilder *b);        /* C12 */
Status rules_build_civil(RuleBuilder *b);         /* C14 */

/** Warns of tickets that nothing can reach; after all families. */
Status rules_review_tickets(RuleBuilder *b);

#endif
