/* room: front
 *
 * Lines of a plan that was read which no donor has agreed to: neither an answer nor a commitment settles them.
 */
#ifndef ALLOT_FRONT_WAITING_H
#define ALLOT_FRONT_WAITING_H

#include "session.h"

typedef struct Waiting {
    size_t lines;
    const char *
        named; /* "PL 1, DE 2": so many of each donor; those behind the eighth are counted; "" for none */
} Waiting;

/** Which lines are asked about. */
typedef bool WaitingTest(const Session *s, const Assignment *line);

WaitingTest waiting_is_open; /* all that wait */
WaitingTest
    waiting_is_reopened; /* those of them that an agreed line left that gave way to an urgent need */
WaitingTest waiting_is_published; /* all that wait, on needs that are open to everybody */

/** The lines of s->plan of which @p counts is true. @return STATUS_OK, STATUS_NO_MEMORY. */
Status waiting_find(const Session *s, WaitingTest *counts, Waiting *out);

#endif
