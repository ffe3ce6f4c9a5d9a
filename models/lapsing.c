/* The days on which offers lapse, in order. */
#include "models/lapsing.h"

bool lapses_in_round(const Round *round, const Offer *offer)
{
    const Settings *settings = &round->settings;
    return offer->lapses != DATE_NONE && offer->quantity_known &&
           offer->basis >= settings->plan_on &&
           (settings->start == DATE_NONE || offer->lapses >= settings->start) &&
           (settings->end == DATE_NONE || offer->lapses <= settings->end);
}

Date lapsing_next_day(const Round *round, Date after)
{
    Date next = DATE_NONE;
    for (size_t o = 0; o < round->offer_count; o++) {
        const Offer *offer = &round->offers[o];
        if (lapses_in_round(round, offer) && offer->lapses > after &&
            (next == DATE_NONE || offer->lapses < next))
            next = offer->lapses;
    }
    return next;
}
