/* room: models
 *
 * Which lines of a plan are forced and which are free. Over all plans in whole steps that keep every
 * rule and come out as well as the plan in every published stage (only the canonical order of ids,
 * which has no merit of its own, is let go): the least and the most that the line can be, and where
 * it can be less, who carries it then. Found by re-solving (solver/ranges.c). Moves of money that
 * solvers' noise and the rounding of the plan explain are none: in rounds of whole things up to a
 * millionth of what the need wants and two smallest parts, else far less.
 */
#ifndef ALLOT_RANGES_H
#define ALLOT_RANGES_H

#include <stdint.h>

/** What is known of a line. */
typedef enum RangeProof {
    RANGE_NOT_DECIDED, /* no other plan was found, and none excluded: least = most = the line */
    RANGE_FORCED,      /* proven: every plan as good has this line as it is */
    RANGE_FREE,        /* proven: there are plans at both ends and none beyond */
    RANGE_AT_LEAST     /* there are plans at both ends; there may be some beyond */
} RangeProof;

const char *range_proof_text(
    RangeProof proof); /* "forced", "free", "free at least", "not decided" */

/** Gives more to the same need in the plan in which a line is least. */
typedef struct Carrier {
    int offer;
    int64_t quantity; /* so much more; need's unit, whole steps */
} Carrier;

typedef struct LineRange {
    RangeProof proof;
    int64_t least, most;   /* need's unit, whole steps; least <= line <= most */
    const Carrier *others; /* [other_count] by offer: who carries it where it is least */
    int other_count;
    int64_t short_by; /* what the need itself has less there, and other needs more; need's unit */
} LineRange;

typedef struct Ranges {
    const LineRange *lines; /* [plan->assignment_count] */
} Ranges;

#endif
