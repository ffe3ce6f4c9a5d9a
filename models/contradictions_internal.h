/* room: models
 *
 * What the checks for contradictions share.
 */
#ifndef ALLOT_MODELS_CONTRADICTIONS_INTERNAL_H
#define ALLOT_MODELS_CONTRADICTIONS_INTERNAL_H

#include "allot/contradictions.h"

/** The most of one need's or one offer's pairs under a rule: of all of them no more can come than any one
 *  could take if it took everything, and what rounding adds line by line. */
typedef struct Group {
    int64_t all, lines; /* sum over its pairs; how many they are */
    int64_t cap;        /* the most of all of it by any one pair */
} Group;

typedef struct Contradictions {
    const Round *round;
    const PairSet *pairs;
    const RuleSet *rules;
    Arena *arena;
    Diag *diag;
    int64_t *
        most; /* [pairs->count] the most a pair can carry by itself, need's unit: what its own bounds
                      and its offer's quantity leave */
    Group *groups;       /* [the more of needs and offers] all 0 between calls */
    bool *taken;         /* [pairs->count] all false between calls */
    const Rule **floors; /* [floor_count] those that ask for a sum */
    size_t floor_count;
} Contradictions;

/** "offers row 3, quantity". */
const char *contradiction_row(const Contradictions *c, Origin origin, const char *column);

/** The rows that commit some of these pairs, the first few, as a list; the first of them in @p first. */
Status contradiction_agreed(const Contradictions *c, const int *pairs, size_t count, Origin *first,
                            const char **out);

/** contradictions_needs.c: what is agreed for needs that cannot have it. */
Status contradictions_of_needs(const Contradictions *c);

#endif
