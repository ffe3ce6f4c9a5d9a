/* Transportation problems from textbooks: ship what the markets ask at least cost. Markets are
 * needs, sources are offers, the cost of shipping stands in `pairs.cost`.
 */
#ifndef ALLOT_TEST_INSTANCE_TRANSPORT_H
#define ALLOT_TEST_INSTANCE_TRANSPORT_H

#include "tests/support/instance_round.h"

enum { INSTANCE_TRANSPORTS = 6 };

Instance instance_transport(size_t index);

#endif
