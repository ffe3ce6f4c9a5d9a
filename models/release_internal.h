/* room: models
 *
 * Between the files that make a copy of a round for one reader.
 */
#ifndef ALLOT_MODELS_RELEASE_INTERNAL_H
#define ALLOT_MODELS_RELEASE_INTERNAL_H

#include "allot/prices.h"
#include "allot/release.h"

/** The terms of the reader's own rows that @p prices (NULL: not known) gives a price, into the copy.
 *  @return STATUS_OK or STATUS_NO_MEMORY. */
Status release_terms(const Prices *prices, Arena *arena, Release *release);

#endif
