/* room: solver
 *
 * Prices in the order in which they are told.
 */
#ifndef ALLOT_SOLVER_PRICE_LIST_H
#define ALLOT_SOLVER_PRICE_LIST_H

#include "allot/prices.h"

/** Puts a price where it belongs in @p list, which is out->prices and has room for it. */
void price_list_add(Prices *out, Price *list, Price price);

#endif
