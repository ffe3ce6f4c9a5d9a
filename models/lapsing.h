/* room: models
 *
 * Which offers lapse within the round, and when: what the lapsing stages of the program and of the
 * class network both ask.
 */
#ifndef ALLOT_MODELS_LAPSING_H
#define ALLOT_MODELS_LAPSING_H

#include "allot/round.h"

/** Does what is left of this offer lapse between the round's start and its end? */
bool lapses_in_round(const Round *round, const Offer *offer);

/** The first day after @p after on which such an offer lapses, or DATE_NONE; from DATE_NONE on the
 *  soonest of all. */
Date lapsing_next_day(const Round *round, Date after);

#endif
