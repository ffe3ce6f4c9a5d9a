/* Donors that would rather serve another need: what would have to be done for it, as far as the round tells.
 * It is the planners' to decide.
 */
#include "allot/replies_read.h"

#include "allot/effects.h"
#include "allot/eligibility.h"
#include "allot/language.h"

/** A row of the commitments, or an answer, about the pair; NULL: none. */
static const Commitment *commitment_on(const Round *round, int need, int offer)
{
    for (size_t c = 0; c < round->commitment_count; c++)
        if (round->commitments[c].need == need && round->commitments[c].offer == offer)
            return &round->commitments[c];
    return NULL;
}

/** What the plan before gives the need, by lines that nobody has declined. */
static int64_t given_before(const Round *round, int need)
{
    int64_t sum = 0;
    for (size_t i = 0; i < round->previous_count; i++) {
        const PreviousLine *line = &round->previous[i];
        if (line->need != need)
            continue;
        const Reply *reply = replies_find(round->replies, need, line->offer);
        sum += reply != NULL ? reply->agreed : line->quantity;
    }
    return sum;
}

/** Of an offer that may serve the need. */
static const char *how_to_serve(const Round *round, int need, int offer)
{
    if (commitment_on(round, need, offer) != NULL)
        return N_("may serve it, and how much it gives is settled by another answer or a row of "
                  "the table commitments: that one would have to change");
    if (round->needs[need].wanted == 0)
        return N_("may serve it, but nothing more is asked for it in this round");
    if (given_before(round, need) >= round->needs[need].wanted)
        return N_("may serve it, but others give it all that it asks for: a row of the table "
                  "commitments of kind at_least for the two puts this donor in their place");
    return N_("may serve it; planners decide: a row of the table commitments of kind at_least for "
              "the two makes sure of it");
}

/** What else than a row of commitments it takes where the pair is barred. */
static const char *how_to_allow(BarCheck check)
{
    switch (check) {
    case BAR_CATEGORY:
    case BAR_EARMARK:
    case BAR_UNLISTED:
        return N_("no row of commitments allows it; a row of the table pairs with eligible = yes "
                  "does where nothing else bars it, with use where the units differ");
    case BAR_COMMITMENT: return N_("that one would have to be taken back");
    case BAR_NEED_UNKNOWN:
    case BAR_NEED_NOT_READY: return N_("that need's row would have to say otherwise first");
    case BAR_UNIT:
    case BAR_NEED_OUTCOME: return N_("it cannot serve that need");
    default:
        return N_("what says so would have to change first: no row of commitments overrides it");
    }
}

void replies_tell_proposals(const Round *round, Diag *diag)
{
    const Replies *replies = round->replies;
    for (size_t i = 0; replies != NULL && i < replies->count; i++) {
        const Reply *reply = &replies->rows[i];
        if (reply->decision != REPLY_PROPOSE || reply->carried || reply->other_need < 0)
            continue;
        const char *need = round->needs[reply->other_need].id;
        const char *offer = round->offers[reply->offer].id;
        BarCheck check = eligibility_bar(round, reply->other_need, reply->offer).check;
        if (check == BAR_NOTHING)
            diag_add(diag, DIAG_PROPOSAL, reply->place,
                     "donor '%s' would rather serve need '%s' with offer '%s', which %s",
                     reply->author, need, offer,
                     _(how_to_serve(round, reply->other_need, reply->offer)));
        else
            diag_add(diag, DIAG_PROPOSAL, reply->place,
                     "donor '%s' would rather serve need '%s' with offer '%s', which %s; %s",
                     reply->author, need, offer, bar_text(check), _(how_to_allow(check)));
    }
}
