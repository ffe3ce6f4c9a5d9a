/* room: models
 *
 * (C5) reserve: so much of the selected offers stays unplanned.
 */
#ifndef ALLOT_MODELS_RULES_RESERVE_H
#define ALLOT_MODELS_RULES_RESERVE_H

#include "models/rule_build.h"

/** Adds the rules of one row of kind reserve. Needs b->by_offer. */
Status rules_build_reserve(RuleBuilder *b, const RuleRow *row);

#endif
