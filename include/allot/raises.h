/* room: models
 *
 * An offer grown: which rules' bounds grow with its quantity, exactly. Its own quantity, those of the
 * offers it is paid out of and its donor's budget grow by the same amount at the frozen rate, rounded
 * up; what a reserve leaves to be planned grows likewise, rounded down, less the reserve's share.
 */
#ifndef ALLOT_RAISES_H
#define ALLOT_RAISES_H

#include "allot/rule_book.h"

/** One bound that grows. */
typedef struct Raise {
    int rule;
    Ratio each;   /* smallest parts of the rule's unit for one of the offer's */
    bool reserve; /* rounded down, and then */
    Ratio left;   /* what of it the reserve leaves */
} Raise;

/** Of every offer that may serve some need; the others have none. */
typedef struct Raises {
    const size_t *first; /* [offer_count + 1] */
    const Raise *raises; /* of offer o: first[o] .. first[o + 1] - 1 */
} Raises;

/** @param book  of the rules: which rules a pair stands in.
 *  @return STATUS_OK, STATUS_NO_MEMORY, STATUS_INTERNAL (a fraction that does not fit). */
Status raises_build(const RuleBook *book, Arena *arena, Raises *raises);

/** By how much the rule's bound grows with @p extra of the offer (>= 0). False when it does not fit. */
bool raise_of(const Raise *raise, int64_t extra, int64_t *growth);

/** The least extra of the offer with which the rule's bound grows by @p growth (> 0). */
bool raise_least(const Raise *raise, int64_t growth, int64_t *extra);

/** Grows every bound of @p rules that grows with the offer; a negative @p extra undoes it.
 *  False when it does not fit (nothing is changed then). */
bool raises_apply(const Raises *raises, int offer, int64_t extra, RuleSet *rules);

#endif
