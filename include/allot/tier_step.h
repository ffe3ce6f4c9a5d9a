/* room: models
 *
 * A tier's stage that counts what is unmet: what answers about tiers (prices.h, worths.h) are told by.
 */
#ifndef ALLOT_TIER_STEP_H
#define ALLOT_TIER_STEP_H

#include <stdbool.h>

typedef struct TierStep {
    const char *label; /* of the stage: "tier 1", "unvalued 1" */
    int tier;
    bool unvalued;
} TierStep;

#endif
