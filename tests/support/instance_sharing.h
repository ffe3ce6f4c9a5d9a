/* Max-min fair sharing of links: sessions are needs, each link is a limit on the sum of the sessions
 * that run over it, and what they get is made as even as possible first (`fairness_by = quantity`).
 */
#ifndef ALLOT_TEST_INSTANCE_SHARING_H
#define ALLOT_TEST_INSTANCE_SHARING_H

#include "tests/support/instance_round.h"

enum { INSTANCE_SHARINGS = 5 };

Instance instance_sharing(size_t index);

#endif
