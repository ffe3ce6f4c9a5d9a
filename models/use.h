/* room: models
 *
 * The two factors of plan_use(): offer's smallest parts (gross) for one smallest part of the need.
 */
#ifndef ALLOT_MODELS_USE_H
#define ALLOT_MODELS_USE_H

#include "allot/ratio.h"
#include "allot/round.h"

/** Whole reporting units that one smallest part of the need costs; false without a value. */
bool use_need_part(const Round *round, const Need *need, Ratio *out);

/** Smallest parts of a money offer, gross, that deliver one whole reporting unit. */
bool use_offer_part(const Round *round, int offer, Ratio *out);

/** plan_use() with the parts at hand; NULL: there is none. */
bool use_of_parts(const Round *round, int need, int offer, const Ratio *need_part,
                  const Ratio *offer_part, Ratio *out);

/** The factor that a pairs row states. */
bool use_of_row(const PairRow *row, const Need *need, const Offer *offer, Ratio *out);

#endif
