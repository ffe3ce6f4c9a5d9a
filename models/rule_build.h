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
    bool findings;       /* some rule could not be built; findings say which */
} RuleBuilder;

/** Groups pairs by @p group_of (a group index or -1 for none). */
Status pair_groups_build(const RuleBuilder *b, size_t groups,
                         int (*group_of)(const RuleBuilder *b, int pair), PairGroups *out);

Status rule_append(RuleBuilder *b, Rule rule);

/** Adds the finding DIAG_RULE "rule 'ID' WHY" and lets the others be built: STATUS_OK. */
Status rule_refuse(RuleBuilder *b, const RuleRow *row, const char *column, const char *why);

/** The families, one file each. */
Status rules_build_offers(RuleBuilder *b);        /* C2 */
Status rules_build_donors(RuleBuilder *b);        /* C3 */
Status rules_build_beneficiaries(RuleBuilder *b); /* C4 */
Status rules_build_table(RuleBuilder *b);         /* C5 */
Status rules_build_shares(RuleBuilder *b);        /* C12 */
Status rules_build_civil(RuleBuilder *b);         /* C14 */

/** Is the offer, or one it is paid out of, for civil use only? */
bool offer_civil_only(const Round *round, int offer);

#endif
