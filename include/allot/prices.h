/* room: models
 *
 * What each earmark, exclusion, limit and lapse date costs: what would be met in addition without it.
 *
 * The price of a thing: it alone is lifted out of the round (lifts.h), and the tiers are decided again
 * in their order, each as well as it can be while those before hold what they then have; the groups'
 * shares under fairness are floors where the plan has them, as long as they can be kept: those of the
 * tier last decided give way first. The price is,
 * tier by tier, by how much the unmet shrinks: in the tier's own measure, and in the reporting
 * currency. A tier after the first that gains may lose.
 *
 * Quantities and budgets have no price here: worths.h says what more of them would bring.
 *
 * In rounds of whole things the relaxation, in which things may be split, says what is met at most; a
 * search with limits says what is met for certain, and lowers what is met at most where it comes to its
 * end. Where a tier's plan is above its relaxation, things that leave the relaxation as it is may
 * have a price, too: they are searched for last, within limits of their own, and listed when more is
 * met without them.
 */
#ifndef ALLOT_PRICES_H
#define ALLOT_PRICES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "allot/lifts.h"
#include "allot/tier_step.h"

/** What a step gains without the thing. */
typedef struct PriceGain {
    double met;  /* in the stage's measure (plan.h); below 0 when the step loses */
    double most; /* no more than this: met, where that is proven */
    int64_t
        value; /* reporting minor units met in addition by needs of the tier; of its first step */
} PriceGain;

typedef struct PriceNeed {
    int need;
    int64_t
        more; /* need's unit, whole steps, in the plan that was found: one of several, perhaps */
} PriceNeed;

typedef struct Price {
    int lift;         /* index into lifts->lifts */
    bool tried;       /* solved again without it; else only the bound is known */
    int first;        /* the first step that gains, or may gain */
    PriceGain *gain;  /* [step_count] */
    int64_t value;    /* reporting minor units, of all tiers */
    PriceNeed *needs; /* [need_count] that have more, by need */
    size_t need_count;
} Price;

typedef struct Prices {
    const Lifts *lifts; /* of a widened formulation */
    const TierStep *steps;
    size_t step_count;
    const Price
        *prices; /* [count] that carry a price: the most met first, tier by tier; then value,
                            then by table and row */
    size_t count;
    size_t asked;  /* things that might have one */
    size_t solved; /* of them solved again; those that weak duality clears need not be */
    bool whole;    /* a round of whole things */
} Prices;

#endif
