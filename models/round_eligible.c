/* What can only be said once eligibility is known: commitments on barred pairs (errors), limits
 * on them, open ODA questions, categories that are not inherited (warnings).
 */
#include "models/round_internal.h"

#include "allot/eligibility.h"
#include "allot/language.h"

static const char *bar_row(const Round *round, Bar bar)
{
    const char *row = round_row_text(round, bar.origin, round->arena);
    const char *text =
        arena_printf(round->arena, "%s%s%s", row, *bar.column == '\0' ? "" : ", ", bar.column);
    return text != NULL ? text : row;
}

Status round_check_eligible(Round *round, Diag *diag)
{
    for (size_t i = 0; i < round->commitment_count; i++) {
        const Commitment *c = &round->commitments[i];
        if (c->kind == COMMITMENT_FORBIDDEN || c->kind == COMMITMENT_AT_MOST || c->quantity == 0)
            continue;
        Bar bar = eligibility_bar(round, c->need, c->offer);
        if (bar.check == BAR_NOTHING)
            continue;
        diag_add(diag, DIAG_COMMITMENT_BARRED, round_place(round, c->origin, "need"),
                 "offer '%s' is committed to need '%s', but it %s (%s); take the commitment out, "
                 "or what bars the pair",
                 c->offer_id, c->need_id, bar_text(bar.check), bar_row(round, bar));
    }
    return STATUS_OK;
}

/** The offers that oda_only, theirs or that of an offer they are paid out of, may bar. */
typedef struct OdaOffers {
    int *offers; /* [count] */
    int count;
} OdaOffers;

static Status find_oda_offers(const Round *round, OdaOffers *out)
{
    out->count = 0;
    out->offers = ARENA_NEW(round->arena, round->offer_count, int);
    TRY_NEW(out->offers);
    for (size_t o = 0; o < round->offer_count; o++) {
        bool oda_only = false;
        for (int link = (int)o; link >= 0; link = round->offers[link].parent_row)
            oda_only = oda_only || round->offers[link].oda_only;
        if (oda_only)
            out->offers[out->count++] = (int)o;
    }
    return STATUS_OK;
}

static void review_oda(const Round *round, size_t need_index, const OdaOffers *oda, Diag *diag)
{
    const Need *need = &round->needs[need_index];
    const char *first = NULL;
    int count = 0;
    if (need->oda != ODA_PARTIAL && need->oda != ODA_UNKNOWN)
        return;
    for (int i = 0; i < oda->count; i++)
        if (eligibility_bar(round, (int)need_index, oda->offers[i]).check == BAR_ODA) {
            first = first == NULL ? round->offers[oda->offers[i]].id : first;
            count++;
        }
    if (count == 0)
        return;
    DiagPlace place = round_place(round, need->origin, "oda");
    place.text = need->oda == ODA_PARTIAL ? "partial" : "unknown";
    diag_add(diag, DIAG_ODA_OPEN, place,
             "'%s' is %s ODA: decide whether it counts in full; %d ODA-only offer%s (%s%s) would "
             "then be open to it",
             need->id, need->oda == ODA_PARTIAL ? _("partly") : _("not known to be"), count,
             count == 1 ? "" : "s", first, count == 1 ? "" : ", ...");
}

/** A limit on a pair that is barred anyway: whoever wrote it may think that it lets the offer serve. What
 *  another setting, another day or an answer lifts is no reason to take the row out. */
static void review_limit(const Round *round, const Commitment *c, Diag *diag)
{
    if (c->kind != COMMITMENT_AT_MOST || c->quantity == 0)
        return;
    Bar bar = eligibility_bar(round, c->need, c->offer);
    bool may_pass = bar.check == BAR_STATUS || bar.check == BAR_AMOUNT || bar.check == BAR_LAPSED ||
                    bar.check == BAR_NEED_UNKNOWN || bar.check == BAR_NEED_NOT_READY;
    if (bar.check != BAR_NOTHING && !may_pass)
        diag_add(diag, DIAG_OTHER_THAN_MEANT, round_place(round, c->origin, "need"),
                 "'at_most' lets nothing through: offer '%s' serves nothing of need '%s', as it %s "
                 "(%s); take the row out, or what bars the pair",
                 c->offer_id, c->need_id, bar_text(bar.check), bar_row(round, bar));
}

/** Categories are the one term of an offer that what is paid out of it does not inherit. */
static void review_category(const Round *round, const Offer *offer, Diag *diag)
{
    if (!offer->category.all)
        return;
    for (int o = offer->parent_row; o >= 0; o = round->offers[o].parent_row) {
        if (round->offers[o].category.all)
            continue;
        diag_add(diag, DIAG_OTHER_THAN_MEANT, round_place(round, offer->origin, "category"),
                 "'%s' may serve every category, and '%s', which it is paid out of, only some: "
                 "categories are not inherited; give those of '%s'",
                 offer->id, round->offers[o].id, offer->id);
        return;
    }
}

Status round_review_pairs(const Round *round, const EligibleSets *sets, Diag *diag)
{
    OdaOffers oda;
    TRY(find_oda_offers(round, &oda));
    for (size_t o = 0; o < round->offer_count; o++)
        review_category(round, &round->offers[o], diag);
    for (size_t i = 0; i < round->commitment_count; i++)
        review_limit(round, &round->commitments[i], diag);
    for (size_t n = 0; n < round->need_count; n++) {
        const Need *need = &round->needs[n];
        if (!need->quantity_known || !need->ready || need->wanted == 0)
            continue;
        review_oda(round, n, &oda, diag);
    }
    return round_review_unmatched(round, sets, diag);
}
