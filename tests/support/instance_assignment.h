/* Generalised assignment problems: every job by one agent, within the hours that each agent has, at
 * the greatest profit. Jobs are needs, agents are offers; `pairs.use` is what a job takes of an
 * agent, `pairs.cost` its profit below zero.
 */
#ifndef ALLOT_TEST_INSTANCE_ASSIGNMENT_H
#define ALLOT_TEST_INSTANCE_ASSIGNMENT_H

#include "tests/support/instance_round.h"

enum { INSTANCE_ASSIGNMENTS = 9 };

Instance instance_assignment(size_t index);

#endif
