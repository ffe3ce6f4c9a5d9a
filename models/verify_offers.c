/* C2: what is taken of an offer, by its own lines and by the offers paid out of it, every line
 * rounded up, is at most its quantity. */
#include "models/verify_internal.h"

void verify_offers(Verifier *v)
{
    for (size_t o = 0; o < v->round->offer_count; o++) {
        const Offer *offer = &v->round->offers[o];

        if (!offer->quantity_known || v->used[o] <= offer->quantity)
            continue;
        verify_broken(v, DIAG_PLAN_RULE, v->last[o], "%s: %s is taken%s, but %s gives %s",
                      offer->id, verify_amount(v, offer->unit, v->used[o]),
                      v->used[o] > v->own[o] ? " with what is paid out of it" : "",
                      verify_row(v, offer->origin, "quantity"),
                      verify_amount(v, offer->unit, offer->quantity));
    }
}
