/* room: front
 *
 * Lines that donors have agreed to and that give way to an urgent need all the same: it is served first, and as
 * little as can be is taken from what is agreed. The round is decided with all agreed lines free to give way, its
 * first stage the urgent need, its second the least value of what agreed lines lose, tiers and fairness behind them.
 * What loses something there is open again and its answer counts no more; in the plan it has what is left to it
 * there, so that lines that nobody has agreed to give the rest. All others stay fixed.
 */
#ifndef ALLOT_REOPEN_H
#define ALLOT_REOPEN_H

#include "allot/replies.h"
#include "session.h"

/** Takes such answers out of @p replies, into s->round.reopened (beside what is open there already), and says so
 *  (W174). Nothing is taken out where no need is urgent, where it has all that it can have beside what is agreed, or
 *  where no plan can be found so. Call it before replies_commit(); s->round.previous is the plan that stands.
 *  @return STATUS_OK, STATUS_NO_MEMORY, STATUS_INTERNAL. */
Status reopen_agreed(Session *s, Replies *replies);

/** The same of a plan that is held against answers from elsewhere and not decided again: those that its own answers
 *  mark as open again, as far as it serves an urgent need first. What was agreed, by whom and when is believed of
 *  @p replies alone. */
Status reopen_as_marked(Session *s, const char *plan, Replies *replies);

/** Holds the lines that have been opened again at what is left to them, at least, as bounds of s->pairs, until the
 *  plan is there (s->is_decided). */
void reopen_bound(Session *s);

/** What gives way was decided within limits: then the plan's own stages `urgent` and `taken`, of lines that stay
 *  fixed, prove nothing for the round. Their bound is nothing unmet and nothing taken. To be called with the plan. */
void reopen_doubt(Session *s);

#endif
