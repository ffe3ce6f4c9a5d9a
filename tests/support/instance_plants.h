/* Plants that open for a fee: what is decided is which, and who is served from where. Plants are offers of
 * hours with a rule `fee`, jobs are needs, the cost of serving stands in `pairs.cost`.
 */
#ifndef ALLOT_TEST_INSTANCE_PLANTS_H
#define ALLOT_TEST_INSTANCE_PLANTS_H

#include "tests/support/instance_round.h"

enum { INSTANCE_PLANTS = 5, INSTANCE_PLANTS_SMALL = 4 }; /* the small ones come first */

Instance instance_plants(size_t index);

#endif
