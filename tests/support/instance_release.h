/* The next release problem: features are needs that require others and take of one budget, customers
 * are outcomes that require features, and worth their profit.
 */
#ifndef ALLOT_TEST_INSTANCE_RELEASE_H
#define ALLOT_TEST_INSTANCE_RELEASE_H

#include "tests/support/instance_round.h"

enum { INSTANCE_RELEASES = 3 };

typedef enum ReleaseForm {
    RELEASE_POINTS, /* measure = share: features cost points, the profit is a customer's weight */
    RELEASE_MONEY   /* measure = value: features cost euros, the profit is a customer's unit_cost */
} ReleaseForm;

Instance instance_release(size_t index, ReleaseForm form);

#endif
