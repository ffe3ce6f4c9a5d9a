/* Rounds that asks are worked by hand for, and what is said of one need.
 */
#ifndef ALLOT_TEST_ASK_CASE_H
#define ALLOT_TEST_ASK_CASE_H

#include "allot/asks.h"
#include "tests/support/pipeline.h"

/** A round of money without fairness, decided; fails unless there is a plan. @param beneficiaries  of
 *  beneficiaries.csv the rows of id and max_value */
Pipeline *ask_case_decide(const char *needs, const char *offers, const char *beneficiaries);

/** The asks of its plan when the time for solves of the whole program is over. */
Status ask_case_told(Pipeline *run, const Formulation *widened, const Asks **asks);

/** The formulation that they are asked of; owned by the run. */
void ask_case_widen(Pipeline *run, Formulation *widened);

/** Fails unless so much more of this offer, proven to be the least, is the only thing to ask for the need. */
void assert_one_gift(const Pipeline *run, const Asks *asks, const char *need, const char *offer,
                     int64_t extra);

/** Fails unless it is proven that no amount is enough. */
void assert_ask_stopped(const Pipeline *run, const Asks *asks, const char *need);

#endif
