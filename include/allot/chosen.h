/* room: models
 *
 * Which needs count. Of alternatives one stands for their mark: the member that something is given to, or
 * while none is the cheapest one, which is also what its tier's stage counts (models/form_tiers.c). The
 * others are not chosen: they are neither asked for nor unmet.
 */
#ifndef ALLOT_CHOSEN_H
#define ALLOT_CHOSEN_H

#include <stdbool.h>

#include "allot/plan.h"

/** Which needs are not chosen: [need_count], allocated in @p arena; NULL without memory. A need of an
 *  amount that nobody knows is never among them. */
bool *plan_not_chosen(const Round *round, const Plan *plan, Arena *arena);

/** Who stands in place of @p need, which is not chosen by @p not_chosen [need_count]; -1 of any other need. */
int chosen_in_place(const Round *round, const bool *not_chosen, int need);

/** Is something given to this need, here or elsewhere? */
bool chosen_is_served(const Round *round, const Plan *plan, int need);

#endif
