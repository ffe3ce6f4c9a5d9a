/* room: models
 *
 * Why needs stay unmet, as data: which things, taken out of the round, would let each have more.
 * Found by re-solving (solver/reasons.c), said by cause_details() (cause_text.h).
 */
#ifndef ALLOT_CAUSES_H
#define ALLOT_CAUSES_H

#include "allot/plan.h"
#include "allot/round.h"

/** One thing that holds a need back. */
typedef struct Cause {
    Reason reason;
    Origin origin;      /* the row that imposes it; line 0 for HIGHER_TIERS and EQUALS */
    const char *id;     /* its id; of bundles and alternatives the mark; "" without a row */
    const char *column; /* "" for a whole row */
    const char *each; /* the part of a rule split by `each`; of a prerequisite the name; "" else */
} Cause;

typedef enum CauseProof {
    CAUSE_NOT_ASKED, /* met in full, or its reason stands in the tables */
    CAUSE_PROVEN,    /* tried: with these things lifted the need has more, with none before them */
    CAUSE_HELPS,     /* tried: likewise; but a search for something before them, or for fewer of
                        them, ended at its limits */
    CAUSE_BETTER,    /* nothing has to be lifted: its tier was not decided to its end, or its
                        weight is 0 */
    CAUSE_OPEN       /* the searches ended at their limits */
} CauseProof;

/** What holds one need back. */
typedef struct NeedCauses {
    CauseProof proof;
    const Cause *causes; /* [count] one; of SEVERAL a set of which none can be left out */
    int count;
    int64_t freed; /* what lifting them lets the need have more; need's unit */
    bool
        at_least; /* of wholes the search ends at the first plan that is good enough: `freed` may be
                      more still */
    bool
        since; /* the cause is an answer about the need itself, and with it goes what was agreed of the
                   same offer in later turns */
} NeedCauses;

#endif
