/* Knapsack problems in several dimensions: the items of the greatest profit for which there is enough
 * of every resource. Resources are offers of a unit each; an item is a need for each resource that it
 * takes of, all of them or none. What is packed is what the tier does not miss.
 */
#ifndef ALLOT_TEST_INSTANCE_KNAPSACK_H
#define ALLOT_TEST_INSTANCE_KNAPSACK_H

#include "tests/support/instance_round.h"

enum { INSTANCE_KNAPSACKS = 11 };

/** How the parts of an item hold together. */
typedef enum KnapsackForm {
    KNAPSACK_BUNDLES, /* they are a bundle */
    KNAPSACK_OUTCOMES /* the item is an outcome that requires them */
} KnapsackForm;

Instance instance_knapsack(size_t index, KnapsackForm form);

#endif
