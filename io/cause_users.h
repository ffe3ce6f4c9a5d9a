/* room: io
 *
 * Who uses what an offer is paid out of, the largest first. Every need that stays unmet asks it of every
 * offer that could serve it; the lines are gone through once for each tier that asks, so that a million
 * needs can be told.
 */
#ifndef ALLOT_IO_CAUSE_USERS_H
#define ALLOT_IO_CAUSE_USERS_H

#include "allot/arena.h"
#include "allot/plan.h"
#include "allot/round.h"
#include "allot/status.h"

typedef struct CauseUsers CauseUsers;

/** Users that are named; the others are counted. */
enum { USERS_NAMED = 3 };

typedef struct UserList {
    int count;              /* of lines that count */
    int lines[USERS_NAMED]; /* the first of them, indices of plan->assignments */
} UserList;

/** Sorts the plan's lines by the offers that they are paid out of in the end, then by amount; what is in
 *  other units than the line before it stays behind that.
 *  @return STATUS_OK or STATUS_NO_MEMORY. */
Status cause_users_build(const Round *round, const Plan *plan, Arena *arena, CauseUsers **out);

/** The lines of other needs than @p need that are paid out of the same as @p offer: of its tier for
 *  REASON_EQUALS, of tiers above for REASON_HIGHER_TIERS,
 *  of the urgent need for REASON_URGENT, of any tier for every other reason.
 *  @return STATUS_OK or STATUS_NO_MEMORY. */
Status cause_users_of(CauseUsers *users, int need, int offer, Reason reason, UserList *out);

#endif
