/* What can only be said once eligibility is known: commitments on barred pairs (errors), needs that
 * nobody may serve and open ODA questions (warnings).
 */
#include "models/round_internal.h"

#include "allot/eligibility.h"

static const char *bar_row(const Round *round, Bar bar)
{
    const char *table = dictionary_table(bar.origin.table)->name;
    const char *text = arena_printf(round->arena, "%s line %d%s%s", table, bar.origin.line,
                                    *bar.column == '\0' ? "" : ", ", bar.column);
    return text != NULL ? text : table;
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
                 "offer '%s' is committed to need '%s', but it %s (%s)", c->offer_id, c->need_id,
                 bar_text(bar.check), bar_row(round, bar));
    }
    return STATUS_OK;
}

static void review_oda(const Round *round, size_t need_index, Diag *diag)
{
    const Need *need = &round->needs[need_index];
    const char *first = NULL;
    int count = 0;
    if (need->oda != ODA_PARTIAL && need->oda != ODA_UNKNOWN)
        return;
    for (size_t o = 0; o < round->offer_count; o++)
        if (eligibility_bar(round, (int)need_index, (int)o).check == BAR_ODA) {
            first = first == NULL ? round->offers[o].id : first;
            count++;
        }
    if (count == 0)
        return;
    DiagPlace place = round_place(round, need->origin, "oda");
    place.text = need->oda == ODA_PARTIAL ? "partial" : "unknown";
    diag_add(diag, DIAG_ODA_OPEN, place,
             "'%s' is %s ODA: decide whether it counts in full; %d ODA-only offer%s (%s%s) would "
             "then be open to it",
             need->id, need->oda == ODA_PARTIAL ? "partly" : "not known to be", count,
             count == 1 ? "" : "s", first, count == 1 ? "" : ", ...");
}

Status round_review_pairs(const Round *round, const PairSet *pairs, Diag *diag)
{
    bool oda_only = false;
    for (size_t o = 0; o < round->offer_count; o++)
        oda_only = oda_only || round->offers[o].oda_only;
    for (size_t n = 0; n < round->need_count; n++) {
        const Need *need = &round->needs[n];
        if (!need->quantity_known || !need->ready || need->wanted == 0)
            continue;
        if (pairs->first[n] == pairs->first[n + 1])
            diag_add(diag, DIAG_NO_OFFER, round_place(round, need->origin, "id"),
                     "no offer may serve '%s'; the plan says what bars each", need->id);
        if (oda_only)
            review_oda(round, n, diag);
    }
    return STATUS_OK;
}
