/* What earlier rounds committed, by the ledger: to a need, out of a donor's offers, of an offer and of a
 * budget. It is neither this round's nor covered by somebody else.
 */
#include "io/explain_internal.h"

#include <string.h>

#include "allot/date.h"
#include "allot/language.h"
#include "allot/ledger.h"

/** "; of it EUR 5.00 is delivered and EUR 2.00 paid" */
static const char *progress_text(Explanation *e, const Holding *held)
{
    Prose *p = &e->prose;
    const char *delivered = prose_amount(p, held->unit, held->delivered);
    const char *paid = prose_amount(p, held->offer_unit, held->paid);
    if (held->delivered == 0 && held->paid == 0)
        return _("nothing of it is delivered yet");
    if (held->paid == 0)
        return held->delivered == held->quantity
                   ? _("all of it is delivered")
                   : prose_piece(p, "%s of it is delivered", delivered);
    if (held->delivered == 0)
        return prose_piece(p, "%s is paid, nothing of it is delivered yet", paid);
    return prose_piece(p, "%s of it is delivered, %s is paid", delivered, paid);
}

/** The same, and that it has ended where it has. */
static const char *standing_text(Explanation *e, const Holding *held)
{
    char day[16];
    if (!ledger_has_ended(e->round, held))
        return progress_text(e, held);
    date_format(held->valid_to, day);
    return prose_piece(&e->prose, "%s; it ended on %s", progress_text(e, held), day);
}

/** "6 seat for EUR 12,000.00" */
static const char *held_amount(Explanation *e, const Holding *held)
{
    Prose *p = &e->prose;
    const char *amount = prose_amount(p, held->unit, held->quantity);
    if (held->unit.name == held->offer_unit.name && held->quantity == held->gross)
        return amount;
    return prose_piece(p, "%s for %s", amount, prose_amount(p, held->offer_unit, held->gross));
}

void explain_held_of_need(Explanation *e, int need)
{
    const Ledger *ledger = e->round->ledger;
    const char *id = e->round->needs[need].id;
    Prose *p = &e->prose;
    size_t told = 0;
    for (size_t i = 0; ledger != NULL && i < ledger->holding_count; i++) {
        const Holding *held = &ledger->holdings[i];
        if (held->quantity == 0 || strcmp(held->need, id) != 0)
            continue;
        if (told++ == 0)
            prose_say(p, "What earlier rounds committed to it:\n");
        prose_say(p, "- %s from offer %s of %s; %s.\n", prose_amount(p, held->unit, held->quantity),
                  held->offer, explain_donor_name(e, held->donor), standing_text(e, held));
    }
    prose_end_paragraph(p);
}

void explain_held_of_donor(Explanation *e, const char *donor)
{
    const Ledger *ledger = e->round->ledger;
    Prose *p = &e->prose;
    size_t told = 0;
    for (size_t i = 0; ledger != NULL && i < ledger->holding_count; i++) {
        const Holding *held = &ledger->holdings[i];
        if (held->quantity == 0 || strcmp(held->donor, donor) != 0)
            continue;
        if (told++ == 0)
            prose_say(p, "What earlier rounds committed of its offers; it is in no figure of this "
                         "round, and nothing is asked of it again:\n");
        prose_say(p, "- %s from %s to need %s", held_amount(e, held), held->offer, held->need);
        if (*held->beneficiary != '\0')
            prose_say(p, " (for %s)", explain_beneficiary_name(e, held->beneficiary));
        prose_say(p, "; %s.\n", standing_text(e, held));
    }
    prose_end_paragraph(p);
}

static bool is_before(const Round *round, Date day)
{
    return day != DATE_NONE && round->settings.start != DATE_NONE && day < round->settings.start;
}

/** The offer itself, or the nearest that it is paid out of, which ended before the round starts; NULL: none. */
static const Offer *past_offer(const Round *round, int offer)
{
    for (int o = offer; o >= 0; o = round->offers[o].parent_row)
        if (is_before(round, round->offers[o].valid_to))
            return &round->offers[o];
    return NULL;
}

/** Is what earlier rounds left of it open to this one: has it neither ended nor lapsed? */
static bool is_open(const Round *round, int offer)
{
    for (int o = offer; o >= 0; o = round->offers[o].parent_row)
        if (is_before(round, round->offers[o].lapses))
            return false;
    return past_offer(round, offer) == NULL;
}

void explain_past_offer(Explanation *e, int offer)
{
    const Offer *past = past_offer(e->round, offer);
    char day[16];
    if (past == NULL)
        return;
    date_format(past->valid_to, day);
    prose_say(&e->prose,
              " %s ended on %s, before this round starts: what it gives now depends on its being "
              "prolonged.",
              past->id, day);
}

void explain_offer_use(Explanation *e, int offer)
{
    const Offer *row = &e->round->offers[offer];
    const OfferResult *result = &e->plan->offers[offer];
    Prose *p = &e->prose;
    const char *whole = prose_amount(p, row->unit, row->quantity + row->taken);
    const char *open = prose_amount(p, row->unit, row->quantity);
    const char *used = prose_amount(p, row->unit, result->used);
    const char *left = prose_amount(p, row->unit, result->left);
    if (!row->quantity_known)
        prose_say(p, "of unknown amount");
    else if (row->taken == 0)
        prose_say(p, "%s, of which %s is used and %s is left", whole, used, left);
    else if (row->quantity > 0 && !is_open(e->round, offer))
        prose_say(p,
                  "%s, of which earlier rounds committed %s; of the %s that they left %s is used "
                  "and %s is left",
                  whole, prose_amount(p, row->unit, row->taken), open, used, left);
    else if (row->quantity == 0)
        prose_say(p,
                  "%s, all of it committed in earlier rounds, so that nothing of it is open to "
                  "this one",
                  whole);
    else
        prose_say(p,
                  "%s, of which earlier rounds committed %s; of the %s open to this round %s is "
                  "used and %s is left",
                  whole, prose_amount(p, row->unit, row->taken), open, used, left);
}

void explain_budget(Explanation *e, int donor, int64_t used)
{
    const Donor *row = &e->round->donors[donor];
    Unit unit = round_unit(e->round, row->currency);
    Prose *p = &e->prose;
    if (!row->has_budget)
        return;
    const char *whole = prose_amount(p, unit, row->budget + row->budget_taken);
    const char *spent = prose_amount(p, unit, used);
    const char *left = prose_amount(p, unit, row->budget - used);
    if (row->budget_taken == 0)
        prose_say(p, "Its money offers share a budget of %s, of which %s is used and %s is left. ",
                  whole, spent, left);
    else if (row->budget == 0)
        prose_say(p,
                  "Its money offers share a budget of %s, all of it committed in earlier rounds: "
                  "nothing of it is open to this one. ",
                  whole);
    else
        prose_say(p,
                  "Its money offers share a budget of %s, of which earlier rounds committed %s; of "
                  "the %s open to this round %s is used and %s is left. ",
                  whole, prose_amount(p, unit, row->budget_taken),
                  prose_amount(p, unit, row->budget), spent, left);
    prose_end_paragraph(p);
}
