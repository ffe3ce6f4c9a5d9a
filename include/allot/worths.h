/* room: models
 *
 * What one more unit of an offer, or of a donor's budget, is worth, and what one less would cost.
 *
 * The value of a tier's stage, every tier above held at what it has, falls with the quantity: convex
 * and piecewise linear. Its slopes on both sides of today's quantity are found with the ranges over
 * which they hold, by solving again at the ends of the range: never by a dual value alone, which in a
 * degenerate program is any number between the two. In rounds of whole things all of this is said of
 * the relaxation, in which things may be split.
 */
#ifndef ALLOT_WORTHS_H
#define ALLOT_WORTHS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "allot/lifts.h"
#include "allot/tier_step.h"

/** One side of today's quantity. */
typedef struct WorthSide {
    bool known;  /* false: the work allowed was used up */
    bool needed; /* less: a tier above, or the shares held with it, would fall; or: */
    bool agreed; /* what is agreed, or the least that a rule asks for, could not be kept */
    bool
        endless; /* more: all that could ever be drawn; where the slope is above 0, up to `until` */
    bool at_least; /* the slope is proven up (down) to `until`; how far beyond is not */
    double slope;  /* what a whole unit is worth, in the stage's measure; >= 0 */
    int64_t until; /* the quantity up (down) to which it is, in the unit's smallest parts */
} WorthSide;

typedef struct Worth {
    int lift; /* LIFT_QUANTITY or LIFT_BUDGET: index into lifts->lifts */
    int step; /* index into steps */
    WorthSide more, less;
} Worth;

typedef struct Worths {
    const Lifts *lifts;
    const TierStep *steps;
    size_t step_count;
    const Worth *worths; /* [count] by lift, then step: every one, also those worth nothing */
    size_t count;
    bool whole; /* said of the relaxation */
} Worths;

#endif
