/* Asks in plain text: the smallest ask of a need and its other ways; what the appeal asks of an offer or
 * of a donor.
 */
#include <string.h>

#include "io/ask_words.h"
#include "io/explain_internal.h"

#include "allot/language.h"

/* Other givers that are named. */
enum { OTHERS_NAMED = 4 };

/** "EUR 500.00 more of offer O-1 of Estonia (EE) and of that donor's budget" */
static const char *gift_text(Explanation *e, const AskGift *gift)
{
    const Offer *offer = &e->round->offers[gift->offer];
    const char *extra = prose_amount(&e->prose, offer->unit, gift->extra);
    const char *donor = explain_donor_name(e, offer->donor);
    if (offer->unit.is_money && offer->donor_row >= 0 &&
        e->round->donors[offer->donor_row].has_budget)
        return prose_piece(&e->prose, "%s more of offer %s of %s and of that donor's budget", extra,
                           offer->id, donor);
    return prose_piece(&e->prose, "%s more of offer %s of %s", extra, offer->id, donor);
}

/** What the least there may be is, where it is not what is asked. */
static void say_least(Explanation *e, const AskGift *gift)
{
    Unit unit = e->round->offers[gift->offer].unit;
    if (!ask_is_least(e->round, gift))
        prose_say(&e->prose, "(At least %s is needed; less than what is said was not found.) ",
                  prose_amount(&e->prose, unit, gift->least));
}

static void say_one(Explanation *e, const NeedAsk *ask)
{
    Prose *p = &e->prose;
    const char *others = "";
    prose_say(p, "The smallest ask that meets it in full, with no tier losing: %s. ",
              gift_text(e, &ask->gifts[0]));
    say_least(e, &ask->gifts[0]);
    for (int i = 1; i < ask->gift_count && i <= OTHERS_NAMED; i++)
        others = prose_piece(p, "%s%s%s", others, i == 1 ? "" : _("; or "),
                             gift_text(e, &ask->gifts[i]));
    if (*others != '\0')
        prose_say(p, "Instead, each alone: %s. ", others);
    if (ask->gift_count > OTHERS_NAMED + 1)
        prose_say(p, "More offers that could do it stand in the table asks: %d. ",
                  ask->gift_count - OTHERS_NAMED - 1);
}

static void say_together(Explanation *e, const NeedAsk *ask)
{
    const char *all = "";
    for (int i = 0; i < ask->gift_count; i++)
        all = prose_piece(&e->prose, "%s%s%s", all, i == 0 ? "" : _(", and "),
                          gift_text(e, &ask->gifts[i]));
    prose_say(&e->prose, "No offer alone could meet it in full; together they could: %s. ", all);
}

static void say_new(Explanation *e, const Need *need, const NeedAsk *ask)
{
    prose_say(&e->prose, "No offer may serve it. A new offer of %s, category %s, would meet it. ",
              prose_amount(&e->prose, need->unit, ask->amount), need->category);
    if (!ask->enough)
        prose_say(&e->prose, "That alone is not enough: what it requires, its bundle, its "
                             "alternatives, its beneficiary's limit or a rule stands in the way "
                             "too. ");
}

static void say_loosen(Explanation *e, const NeedAsk *ask)
{
    const char *things = ask_loosen_text(e->round, e->prose.arena, ask);
    if (ask->loosen_count == 1)
        prose_say(&e->prose, "With nothing new, it would be met in full without this: %s. ",
                  things == NULL ? "" : things);
    else if (ask->loosen_count > 1)
        prose_say(&e->prose, "With nothing new, it would be met in full without all of these: %s. ",
                  things == NULL ? "" : things);
}

void explain_asks_of_need(Explanation *e, int need)
{
    const Asks *asks = e->plan->answers.asks;
    if (asks == NULL)
        return;
    const NeedAsk *ask = &asks->needs[need];
    switch (ask->state) {
    case ASK_NONE:
    case ASK_WAITS: return;
    case ASK_ONE: say_one(e, ask); break;
    case ASK_TOGETHER: say_together(e, ask); break;
    case ASK_NEW: say_new(e, &e->round->needs[need], ask); break;
    case ASK_NOTHING:
        prose_say(&e->prose, "Nothing has to be added: a plan exists that meets it in full. ");
        break;
    case ASK_STOPPED:
        prose_say(&e->prose, "No amount of the offers that may serve it would meet it in full. ");
        break;
    case ASK_OPEN:
        prose_say(&e->prose, "What would meet it in full was not found within the limits. ");
        break;
    }
    say_loosen(e, ask);
    prose_end_paragraph(&e->prose);
}

void explain_asks_of_offer(Explanation *e, int offer, const char *donor)
{
    const Asks *asks = e->plan->answers.asks;
    bool any = false;
    for (size_t i = 0; asks != NULL && i < asks->appeal_count; i++)
        for (int k = 0; k < asks->appeal[i].gift_count; k++) {
            const AskGift *gift = &asks->appeal[i].gifts[k];
            const Offer *row = &e->round->offers[gift->offer];
            if (offer >= 0 ? gift->offer != offer : strcmp(row->donor, donor) != 0)
                continue;
            if (!any)
                prose_say(&e->prose, "The appeal asks, every step on top of those before it:\n");
            any = true;
            prose_say(&e->prose, "- step %zu: %s more of %s, for need %s.\n", i + 1,
                      prose_amount(&e->prose, row->unit, gift->extra), row->id,
                      e->round->needs[asks->appeal[i].need].id);
        }
    prose_end_paragraph(&e->prose);
}
