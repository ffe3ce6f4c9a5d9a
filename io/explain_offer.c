/* An offer in plain text: how much of it is used, for whom, and what is left; the needs that it could
 * still serve and why they do not get it; the needs of its kind that it may not serve.
 */
#include "io/explain_internal.h"

#include "allot/date.h"
#include "allot/language.h"

static void tell_what_it_is(Explanation *e, const Offer *offer)
{
    Prose *p = &e->prose;
    const char *donor = explain_donor_name(e, offer->donor), *basis = _(basis_text(offer->status));
    bool all_taken = explain_all_taken(offer);
    char day[16];
    if (offer->quantity_known)
        prose_say(p, "Offer %s of %s: %s, %s. ", offer->id, donor,
                  prose_amount(p, offer->unit, all_taken ? offer->taken : offer->quantity), basis);
    else
        prose_say(p, "Offer %s of %s: of unknown amount, %s. ", offer->id, donor, basis);
    if (all_taken)
        prose_say(p, "By the ledger earlier rounds committed all of it: nothing of it is left for "
                     "this one. ");
    else if (offer->taken > 0)
        prose_say(p, "That is what earlier rounds left of it: by the ledger they took %s. ",
                  prose_amount(p, offer->unit, offer->taken));
    if (offer->parent_row >= 0) {
        const Offer *parent = &e->round->offers[offer->parent_row];
        prose_say(p, "It is paid out of offer %s of %s. ", parent->id,
                  explain_donor_name(e, parent->donor));
    }
    if (offer->lapses != DATE_NONE && !all_taken) {
        date_format(offer->lapses, day);
        prose_say(p, "What is not used of it lapses on %s. ", day);
    }
    prose_end_paragraph(p);
}

static void tell_use(Explanation *e, int index)
{
    const Offer *offer = &e->round->offers[index];
    const OfferResult *result = &e->plan->offers[index];
    Prose *p = &e->prose;
    if (explain_all_taken(offer))
        return;
    if (offer->quantity_known && result->left == 0)
        prose_say(p, "All of it is used. ");
    else if (offer->quantity_known)
        prose_say(p, "Of it %s is used and %s is left. ",
                  prose_amount(p, offer->unit, result->used),
                  prose_amount(p, offer->unit, result->left));
    if (result->overhead > 0)
        prose_say(p, "Of what its own lines use, %s stays with its channels. ",
                  prose_amount(p, offer->unit, result->overhead));
    prose_end_paragraph(p);
}

/** "N-1 for Ministry of Health (MOH) (tier 1)" */
static const char *need_name(Explanation *e, const Need *need)
{
    if (*need->beneficiary == '\0')
        return prose_piece(&e->prose, "%s (tier %d)", need->id, need->tier);
    return prose_piece(&e->prose, "%s for %s (tier %d)", need->id,
                       explain_beneficiary_name(e, need->beneficiary), need->tier);
}

/** Its own lines, then those of the offers that are paid out of it. */
static void tell_lines(Explanation *e, int index)
{
    Prose *p = &e->prose;
    size_t told = 0;
    for (size_t i = 0; i < e->plan->assignment_count; i++) {
        const Assignment *line = &e->plan->assignments[i];
        if (line->offer != index)
            continue;
        if (told++ == 0)
            prose_say(p, "It serves:\n");
        prose_say(p, line->locked ? N_("- %s: %s, agreed beforehand.") : "- %s: %s.",
                  need_name(e, &e->round->needs[line->need]), explain_line_amount(e, line));
        explain_past_offer(e, line->offer);
        explain_line_range(e, i);
        prose_say(p, "\n");
    }
    prose_end_paragraph(p);
    for (size_t o = 0; o < e->round->offer_count; o++) {
        const Offer *child = &e->round->offers[o];
        if (child->parent_row == index)
            prose_say(p, "Offer %s of %s is paid out of it and uses %s. ", child->id,
                      explain_donor_name(e, child->donor),
                      prose_amount(p, child->unit, e->plan->offers[o].used));
    }
    prose_end_paragraph(p);
}

static void tell_unserved(Explanation *e, int index)
{
    Prose *p = &e->prose;
    bool any = false;
    for (int n = 0; n < (int)e->round->need_count; n++) {
        const Need *need = &e->round->needs[n];
        if (!explain_could_serve(e, n, index))
            continue;
        if (!any)
            prose_say(p, "It may serve these needs, which are not met in full:\n");
        any = true;
        prose_say(p, "- %s, unmet %s: %s\n", need_name(e, need),
                  prose_amount(p, need->unit, e->plan->needs[n].unmet), explain_reason(e, n));
    }
    prose_end_paragraph(p);
}

static bool same_bar(Bar a, Bar b)
{
    return a.check == b.check && a.origin.table == b.origin.table &&
           a.origin.line == b.origin.line && a.column == b.column;
}

/** The needs from @p first on that the same row bars; they are told of, and marked so. */
static void tell_bar(Explanation *e, int index, Bar *bars, int first)
{
    const Bar bar = bars[first];
    prose_say(&e->prose, "- It %s (%s): ", bar_text(bar.check),
              explain_bar_row(e, first, index, bar));
    for (int n = first; n < (int)e->round->need_count; n++) {
        if (bars[n].check == BAR_NOTHING || !same_bar(bars[n], bar))
            continue;
        prose_say(&e->prose, n == first ? "%s" : ", %s", e->round->needs[n].id);
        bars[n].check = BAR_NOTHING;
    }
    prose_say(&e->prose, ".\n");
}

/** Needs of its kind that it may not serve, row by row that bars them. */
static Status tell_barred(Explanation *e, int index)
{
    int count = (int)e->round->need_count;
    bool any = false;
    Bar *bars = ARENA_NEW(e->prose.arena, (size_t)count, Bar);
    TRY_NEW(bars);
    for (int n = 0; n < count; n++) {
        bars[n] = eligibility_bar(e->round, n, index);
        if (!bar_is_of_kind(bars[n].check) || bars[n].check == BAR_NEED_OUTCOME)
            bars[n].check = BAR_NOTHING;
    }
    for (int n = 0; n < count; n++) {
        if (bars[n].check == BAR_NOTHING)
            continue;
        if (!any)
            prose_say(&e->prose, "Needs of its kind that it may not serve:\n");
        any = true;
        tell_bar(e, index, bars, n);
    }
    prose_end_paragraph(&e->prose);
    return STATUS_OK;
}

Status explain_offer(Explanation *e, int offer)
{
    tell_what_it_is(e, &e->round->offers[offer]);
    tell_use(e, offer);
    tell_lines(e, offer);
    tell_unserved(e, offer);
    explain_why_left(e, offer, false); /* the needs are listed above */
    prose_end_paragraph(&e->prose);
    explain_asks_of_offer(e, offer, NULL);
    TRY(tell_barred(e, offer));
    explain_prices(e, TABLE_OFFERS, e->round->offers[offer].id);
    explain_worth(e, TABLE_OFFERS, e->round->offers[offer].id);
    return STATUS_OK;
}
