/* room: models
 *
 * What the parts of the list of lifts share while it is built.
 */
#ifndef ALLOT_MODELS_LIFTS_INTERNAL_H
#define ALLOT_MODELS_LIFTS_INTERNAL_H

#include "allot/lifts.h"
#include "models/form_internal.h"

typedef struct LiftBuilder {
    const Formulation *form;
    Arena *arena;
    Lifts *lifts;
    size_t lift_room;
    int *lift_of; /* scratch [bound_room]: which lift asks for bounds[k] */
    LiftBound *bounds;
    size_t bound_count, bound_room;
    int *of_rule; /* [rules->count] the lift of each rule */
    int *of_requirement, *of_bundle, *of_alternative;
    int *least_rule; /* [need_count] the rule of its least amount, or -1 */
} LiftBuilder;

/** Adds a lift; its number in *index. */
Status lifts_add(LiftBuilder *b, Lift lift, int *index);

/** The lift asks this of a target. */
Status lifts_add_bound(LiftBuilder *b, int lift, int target, double lower, double upper);

/** What bars pairs of a widened set (lifts_bars.c). After the rules. */
Status lifts_add_bars(LiftBuilder *b);

#endif
