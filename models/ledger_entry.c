/* What an entry of people does to the commitment that it is about, and whether a change may add so much: as far as the
 * ledger knows, by what the last close carried over and by what was entered since.
 */
#include "allot/ledger.h"

#include <string.h>

#include "allot/amount_text.h"
#include "allot/language.h"
#include "allot/quote.h"

/** What a line adds to what is committed, in the unit of the need or, @p gross, of the offer. */
static int64_t committed_by(const LedgerLine *line, bool gross)
{
    int64_t amount = gross ? line->offer_quantity : line->quantity;
    switch (line->event) {
    case LEDGER_COMMITMENT:
    case LEDGER_CHANGE: return amount;
    case LEDGER_CANCELLATION: return -amount;
    default: return 0;
    }
}

LedgerStep ledger_step(const Ledger *ledger, size_t at)
{
    const LedgerLine *line = &ledger->lines[at];
    bool pays = line->event == LEDGER_PAYMENT, delivers = line->event == LEDGER_DELIVERY;
    LedgerStep step = {.unit = pays ? line->offer_unit : line->unit};
    for (size_t i = 0; i <= at; i++) {
        const LedgerLine *other = &ledger->lines[i];
        if (other->need != line->need || other->offer != line->offer)
            continue;
        step.was = step.is;
        step.committed += committed_by(other, pays);
        if (!pays && !delivers)
            step.is = step.committed;
        else if (other->event == line->event)
            step.is += pays ? other->offer_quantity : other->quantity;
    }
    return step;
}

/* ---- how much more may be committed ---------------------------------------------------------- */

/** What the lines before @p at leave: of a need (@p of_offer false) what was unmet when it was last decided on, of an
 *  offer what was left of it; less what was committed since. */
static int64_t left_before(const Ledger *ledger, size_t at, const char *id, bool of_offer)
{
    int64_t left = 0;
    for (size_t i = 0; i < at; i++) {
        const LedgerLine *line = &ledger->lines[i];
        if ((of_offer ? line->offer : line->need) != id)
            continue;
        if (line->event == LEDGER_CARRIED)
            left = of_offer ? line->offer_quantity : line->quantity;
        else if (line->event == LEDGER_COMMITMENT)
            left = 0; /* the same close carries what is left beside it */
        else
            left -= committed_by(line, of_offer);
    }
    return left > 0 ? left : 0;
}

static Status refuse(const LedgerLine *line, AmountInUnit added, AmountInUnit most, bool of_offer,
                     Diag *diag)
{
    diag_add(diag, DIAG_LEDGER_ENTRY, line->place,
             of_offer
                 ? N_("need '%s' from offer '%s': the change adds %s, but the ledger knows of %s "
                      "of the offer that are left; the quantity of a change is what is added, not "
                      "what is committed then; more than that another round has to decide")
                 : N_("need '%s' from offer '%s': the change adds %s, but the ledger knows of %s "
                      "that the need still lacks; the quantity of a change is what is added, not "
                      "what is committed then; more than that another round has to decide"),
             quote(line->need).text, quote(line->offer).text, added.text, most.text);
    return STATUS_FINDINGS;
}

static Status check_change(const Ledger *ledger, size_t at, Diag *diag)
{
    const LedgerLine *line = &ledger->lines[at];
    if (line->event != LEDGER_CHANGE || line->quantity <= 0)
        return STATUS_OK;
    if (ledger_step(ledger, at).was == 0) {
        diag_add(diag, DIAG_LEDGER_ENTRY, line->place,
                 N_("need '%s' from offer '%s': nothing of it is committed any more, and a change "
                    "begins nothing anew; another round has to decide that"),
                 quote(line->need).text, quote(line->offer).text);
        return STATUS_FINDINGS;
    }
    int64_t lacks = left_before(ledger, at, line->need, false);
    int64_t left = left_before(ledger, at, line->offer, true);
    if (line->quantity > lacks)
        return refuse(line, amount_in_unit(line->unit, line->quantity),
                      amount_in_unit(line->unit, lacks), false, diag);
    if (line->offer_quantity > left)
        return refuse(line, amount_in_unit(line->offer_unit, line->offer_quantity),
                      amount_in_unit(line->offer_unit, left), true, diag);
    return STATUS_OK;
}

Status ledger_check_entries(const Ledger *ledger, size_t from, Diag *diag)
{
    Status status = STATUS_OK;
    for (size_t i = from; i < ledger->count; i++)
        if (check_change(ledger, i, diag) != STATUS_OK)
            status = STATUS_FINDINGS;
    return status;
}
