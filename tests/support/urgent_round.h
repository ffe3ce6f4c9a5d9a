/* Rounds in which a need is, was or becomes urgent, as the tests of the program ask for them: the round in r, the
 * plan before in before, answers in a.
 */
#ifndef ALLOT_TEST_URGENT_ROUND_H
#define ALLOT_TEST_URGENT_ROUND_H

#include "tests/support/program.h"

#define PLAN_LINES "need,offer,quantity\n"
#define ANSWER_LINES "need,offer,quantity,decision,agreed,other_need,comment\n"

/** N-4 asks for 68 and gets 45 of DE and 8 of FR; N-5, of the last tier, was urgent: 15 of DE. No answers yet. */
void urgent_round_open(Program *p);

/** A round of these tables, @p settings NULL for none; the plan @p lines, and in p the plan that @p answers make of it. */
void answered_round_open(Program *p, const char *needs, const char *offers, const char *settings,
                         const char *lines, const char *answers);

#endif
