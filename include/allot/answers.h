/* room: models
 *
 * What re-solving has found out about a plan. Each part has its own header; a part
 * is NULL where it was not asked for.
 */
#ifndef ALLOT_ANSWERS_H
#define ALLOT_ANSWERS_H

/** Asked for by `--explain`: how much is found out beside the plan. */
typedef enum ExplainLevel { EXPLAIN_ALL, EXPLAIN_REASONS, EXPLAIN_NONE } ExplainLevel;

typedef struct Answers {
    const struct NeedCauses *causes; /* [need_count] why each stays unmet */
    const struct Asks *asks;         /* the smallest ask of each need, and the appeal */
    const struct Prices *prices;     /* of each earmark, exclusion, limit and lapse date */
    const struct Worths *worths;     /* of one more unit of each offer */
    const struct Ranges *ranges;   /* the least and the most of each line over all optimal plans */
    const struct Effects *effects; /* what donors' answers did to lines that nobody answered */
    const struct Effects
        *moved; /* of a plan that serves an urgent need first: every line that moved */
} Answers;

#endif
