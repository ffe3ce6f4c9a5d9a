/* C2: what is taken of an offer, by its own lines and by the offers paid out of it, every line
 * rounded up, is at most its quantity. */
#include "models/verify_internal.h"

#include "allot/language.h"

enum { USERS_SHOWN = 6 };

/* Is the line paid out of the offer in the end? */
static bool draws_on(const Round *round, const VerifyLine *line, size_t offer)
{
    int link = line->offer;

    while (link >= 0 && (size_t)link != offer)
        link = round->offers[link].parent_row;
    return link >= 0;
}

/* "N-1, N-3 and 2 more": the needs of the lines that take it. */
static const char *users(const Verifier *v, size_t offer)
{
    const char *text = "";
    int count = 0;

    for (size_t l = 0; l < v->line_count && text != NULL; l++) {
        if (!draws_on(v->round, &v->lines[l], offer))
            continue;
        count++;
        if (count <= USERS_SHOWN)
            text = arena_printf(v->arena, "%s%s%s", text, count == 1 ? "" : ", ",
                                v->round->needs[v->lines[l].need].id);
    }
    if (count > USERS_SHOWN && text != NULL)
        text = arena_printf(v->arena, _("%s and %d more"), text, count - USERS_SHOWN);
    return text != NULL ? text : "";
}

void verify_offers(Verifier *v)
{
    for (size_t o = 0; o < v->round->offer_count; o++) {
        const Offer *offer = &v->round->offers[o];

        if (!offer->quantity_known || v->used[o] <= offer->quantity)
            continue;
        verify_broken(v, DIAG_PLAN_RULE, v->last[o],
                      "%s: %s is taken%s, but %s gives %s; it "
                      "goes to %s",
                      offer->id, verify_amount(v, offer->unit, v->used[o]),
                      v->used[o] > v->own[o] ? _(" with what is paid out of it") : "",
                      verify_row(v, offer->origin, "quantity"),
                      verify_amount(v, offer->unit, offer->quantity), users(v, o));
    }
}
