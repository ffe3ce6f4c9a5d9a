/* room: front
 *
 * Which agreed lines give way to an urgent need (reopen.h): the round decided by itself with agreed lines free to give
 * way. Of plans in which the need has as much, agreed lines lose no more and no tier does, that one counts in which the
 * fewest lines lose: each of them is a donor who is asked again. So fairness, which spreads what is lost, has its say
 * only among the lines that lose anyway.
 *
 * The fewest are looked for line by line: one is held, and stays so where nothing gets worse and no more lines lose by it,
 * until none can be held any more; in two orders, and without the donor who gives least. That need not be the least
 * number that there is, in rounds small enough to try all ways it is (tests/cli/test_cli_reopened.c); of as many lines
 * those of the fewest donors are nearly always found.
 */
#ifndef ALLOT_REOPEN_TRIAL_H
#define ALLOT_REOPEN_TRIAL_H

#include "allot/replies.h"
#include "session.h"

typedef struct Trial {
    bool found; /* a plan was found: else nothing gives way */
    bool
        proven; /* what the urgent need has and what is taken for it, of all lines that may give way */
    Plan plan; /* which lines lose something, and what is left of them */
} Trial;

/** Decides it. @param loose  [replies->count] the lines that may give way; those that are held in the end are so no
 *  more. @return STATUS_OK, STATUS_NO_MEMORY, STATUS_INTERNAL. */
Status reopen_decide(Session *s, const Replies *replies, bool *loose, Trial *out);

#endif
