/* room: front
 *
 * What planners are told about an urgent need before a donor is asked: what stays shut to it, and what would open that.
 */
#ifndef ALLOT_URGENT_TOLD_H
#define ALLOT_URGENT_TOLD_H

#include "session.h"

/** Of a round that is opened to be decided, with s->sets: notes the reserves of the rules that could serve the urgent
 *  need and are kept from it too; and warns where the ledger holds the round as closed, and it is decided for an urgent
 *  need, or with answers, all the same: that cannot be closed. */
void urgent_tell(Session *s);

/** Notes, with the plan decided, the lines of the ledger that are not delivered and could give way to the urgent need,
 *  where that is short. @return STATUS_OK, STATUS_NO_MEMORY. */
Status urgent_tell_undelivered(Session *s);

/** The same as a sentence behind the need's reason, in s->plan, for planners alone (explain says it to them, packs to
 *  the coordination group): parties are not told whose agreed line might be cancelled. @return STATUS_OK, STATUS_NO_MEMORY. */
Status urgent_reason_undelivered(Session *s);

#endif
