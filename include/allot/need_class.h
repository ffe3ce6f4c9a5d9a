/* room: models
 *
 * Needs by what may serve them. A signature is a set of offers that some need is eligible for; a
 * class is all needs that share a signature and everything else that a stage or rule tells apart.
 * In real rounds both level off at a few thousand however many needs there are.
 *
 * A need takes part when its amount is known, it is ready, something is wanted and some offer may
 * serve it.
 */
#ifndef ALLOT_NEED_CLASS_H
#define ALLOT_NEED_CLASS_H

#include "allot/arena.h"
#include "allot/eligible_set.h"
#include "allot/round.h"
#include "allot/status.h"

typedef struct NeedClass {
    int signature;
    int tier;
    Decimal weight;
    int limited;    /* the beneficiary's row when it has a max_value, else -1 */
    int group;      /* fairness group (per tier), or -1 without fairness */
    int64_t wanted; /* sum over its needs */
    int count;      /* its needs */
} NeedClass;

typedef struct NeedClasses {
    const EligibleSets *sets; /* of every need, those that take no part included */
    int signature_count;
    int words; /* 64-bit words of a signature */
    const uint64_t
        *signatures;    /* [signature_count * words] in order of their first need; bit o % 64
                                   of word o / 64: offer o */
    NeedClass *classes; /* in order of their first need */
    int class_count;
    int *class_of; /* [need_count], -1: takes no part */
    int group_count;
    int *group_of; /* [need_count] fairness group of every need of known, positive quantity (also of
                      those that take no part); -1 without fairness or quantity */
    const int *group_tier; /* [group_count] groups stand in order of their first need */
} NeedClasses;

/** Aggregates exactly. @p sets: of this round, and kept; NULL: found here, in @p arena. Every need that
 *  @p apart [need_count] marks has a signature and so a class of its own; NULL marks none.
 *  @return STATUS_OK, STATUS_NO_MEMORY, STATUS_INTERNAL (a sum that does not fit int64_t). */
Status need_classes_build(const Round *round, const EligibleSets *sets, const bool *apart,
                          Arena *arena, NeedClasses *out);

#endif
