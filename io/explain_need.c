/* A need in plain text: what it asks for, what it gets and from whom, what stays unmet and why; explain_pairs.c
 * goes on with the offers.
 */
#include "io/explain_internal.h"

#include <string.h>

#include "allot/chosen.h"
#include "allot/language.h"

enum { RUNNERS_UP = 8 }; /* of a need that are named */

static void tell_what_it_is(Explanation *e, const Need *need)
{
    Prose *p = &e->prose;
    if (*need->title == '\0')
        prose_say(p, "Need %s. ", need->id);
    else
        prose_say(p, "Need %s: %s. ", need->id, need->title);
    if (strcmp(need->sensitivity, "restricted") == 0)
        prose_say(p, "Its title is restricted: mind who reads this. ");
    if (*need->beneficiary == '\0')
        prose_say(p, "It is of tier %d and category %s. ", need->tier, need->category);
    else if (*need->region == '\0')
        prose_say(p, "It is for %s, of tier %d and category %s. ",
                  explain_beneficiary_name(e, need->beneficiary), need->tier, need->category);
    else
        prose_say(p, "It is for %s in %s, of tier %d and category %s. ",
                  explain_beneficiary_name(e, need->beneficiary), need->region, need->tier,
                  need->category);
    prose_end_paragraph(p);
}

/** "N-1, N-2" */
static const char *join(Explanation *e, const NameList *list)
{
    const char *text = "";
    for (int i = 0; i < list->count; i++)
        text = prose_piece(&e->prose, "%s%s%s", text, i == 0 ? "" : ", ", list->names[i]);
    return text;
}

/** Of its alternatives the one that is served or covered elsewhere, another than itself; or NULL. */
static const char *chosen_instead(const Explanation *e, int need)
{
    int mark = e->round->logic.alternative_of[need];
    const NeedMark *members = mark < 0 ? NULL : &e->round->logic.alternatives[mark];
    for (int i = 0; members != NULL && i < members->count; i++) {
        int other = members->members[i];
        if (other != need && (e->plan->needs[other].assigned > 0 || members->chosen == other))
            return e->round->needs[other].id;
    }
    return NULL;
}

/** What it asks of others, or others with it. */
static void tell_conditions(Explanation *e, int index)
{
    const Need *need = &e->round->needs[index];
    const char *instead = chosen_instead(e, index);
    Prose *p = &e->prose;
    if (need->least > need->step)
        prose_say(p, "Less than %s of this round is of no use to it. ",
                  prose_amount(p, need->unit, need->least));
    if (need->requires.count > 0 && !need_is_outcome(need))
        prose_say(p, "Before it, this must be met in full: %s. ", join(e, &need->requires));
    if (*need->bundle != '\0')
        prose_say(p, "It is part of the bundle %s, which is served together or not at all. ",
                  need->bundle);
    if (*need->alternative != '\0')
        prose_say(p, "It is one of the alternatives %s, of which at most one is served. ",
                  need->alternative);
    if (instead != NULL)
        prose_say(p, "The one that is served is %s. ", instead);
}

/** What it has already, from earlier rounds and from elsewhere, and what is left to ask for. */
static void tell_what_is_covered(Explanation *e, const Need *need)
{
    Prose *p = &e->prose;
    int64_t elsewhere = need->covered - need->held;
    const char *covered = prose_amount(p, need->unit, elsewhere);
    if (need->covered <= 0)
        return;
    if (need->held > 0)
        prose_say(p, "Of that earlier rounds committed %s. ",
                  prose_amount(p, need->unit, need->held));
    if (elsewhere > 0 && *need->covered_by == '\0')
        prose_say(p,
                  need->held > 0 ? N_("Besides, %s is covered elsewhere. ")
                                 : N_("Of that %s is covered elsewhere. "),
                  covered);
    else if (elsewhere > 0)
        prose_say(p,
                  need->held > 0 ? N_("Besides, %s is covered elsewhere (%s). ")
                                 : N_("Of that %s is covered elsewhere (%s). "),
                  covered, need->covered_by);
    if (need->wanted > 0)
        prose_say(p, "This round is asked for %s. ", prose_amount(p, need->unit, need->wanted));
    else
        prose_say(p, "Nothing more is asked of this round. ");
}

/** A copy for one reader has no prerequisites, and of what is required the reader's own needs alone. */
static void tell_what_it_waits_for(Explanation *e, const Need *need)
{
    const char *list = join(e, &need->requires);
    bool all = e->round->logic.requirement_count > 0;
    if (all)
        prose_say(&e->prose,
                  "It asks for nothing itself: it is met once all that it requires is (%s). ",
                  list);
    else
        prose_say(&e->prose,
                  "It asks for nothing itself: it is met once all that it requires is. ");
    if (!all && need->requires.count > 0)
        prose_say(&e->prose, "Of this beneficiary's own needs that takes %s. ", list);
}

static void tell_what_it_asks(Explanation *e, int index)
{
    const Need *need = &e->round->needs[index];
    const NeedTotals *totals = &e->totals.needs[index];
    Prose *p = &e->prose;
    const char *wanted = prose_amount(p, need->unit, need->quantity);
    if (need_is_outcome(need))
        tell_what_it_waits_for(e, need);
    else if (!need->quantity_known)
        prose_say(p, "How much it asks for is not known, so that it stays out of the plan. ");
    else if (totals->has_value && need->unit.name != e->round->currency.name)
        prose_say(p, "It asks for %s, worth %s. ", wanted, explain_money(e, totals->asked));
    else
        prose_say(p, "It asks for %s. ", wanted);
    tell_what_is_covered(e, need);
    tell_conditions(e, index);
    prose_end_paragraph(p);
    explain_held_of_need(e, index);
}

static void tell_line(Explanation *e, size_t index)
{
    const Assignment *line = &e->plan->assignments[index];
    const Offer *offer = &e->round->offers[line->offer];
    Unit unit = e->round->needs[line->need].unit;
    const char *reporting = e->round->currency.name;
    Prose *p = &e->prose;
    prose_say(p, "- %s from offer %s of %s, %s", prose_amount(p, unit, line->quantity), offer->id,
              explain_donor_name(e, offer->donor), _(basis_text(line->basis)));
    if (unit.name != offer->unit.name || line->quantity != line->offer_quantity)
        prose_say(p, "; this takes %s of the offer",
                  prose_amount(p, offer->unit, line->offer_quantity));
    if (line->has_value && unit.name != reporting && offer->unit.name != reporting)
        prose_say(p, "; it is worth %s", explain_money(e, line->value));
    prose_say(p, line->locked ? N_("; this was agreed beforehand.") : ".");
    explain_past_offer(e, line->offer);
    explain_line_range(e, index);
    prose_say(p, "\n");
}

static void tell_what_it_gets(Explanation *e, int index)
{
    const Need *need = &e->round->needs[index];
    const NeedResult *result = &e->plan->needs[index];
    Prose *p = &e->prose;
    const char *amount = prose_amount(p, need->unit, result->assigned);
    bool has_all = need->quantity_known && need->covered > 0 && need->wanted == 0;
    if (need_is_outcome(need) || has_all)
        return;
    if (result->assigned == 0)
        prose_say(p, "It gets nothing in this round. ");
    else if (need->has_value && need->unit.name != e->round->currency.name)
        prose_say(p, "It gets %s, worth %s:\n", amount, explain_money(e, result->value_assigned));
    else
        prose_say(p, "It gets %s:\n", amount);
    for (size_t i = 0; i < e->plan->assignment_count; i++)
        if (e->plan->assignments[i].need == index)
            tell_line(e, i);
    prose_end_paragraph(p);
}

/** Could an offer that the need has a line of serve this one more? */
static bool is_runner_up(const Explanation *e, int need, int other)
{
    for (size_t i = 0; i < e->plan->assignment_count && other != need; i++) {
        const Assignment *line = &e->plan->assignments[i];
        if (line->need == need && explain_could_serve(e, other, line->offer))
            return true;
    }
    return false;
}

/** Who would have had what it gets: tier by tier, the first few. */
static void tell_runners_up(Explanation *e, int index)
{
    int count = 0, last = 0;
    const char *list = "";
    for (size_t n = 0; n < e->round->need_count; n++)
        last = e->round->needs[n].tier > last ? e->round->needs[n].tier : last;
    for (int tier = 1; tier <= last; tier++)
        for (int n = 0; n < (int)e->round->need_count; n++) {
            const Need *other = &e->round->needs[n];
            if (other->tier != tier || !is_runner_up(e, index, n))
                continue;
            count++;
            if (e->all || count <= RUNNERS_UP)
                list = prose_piece(&e->prose, "%s%s%s of tier %d lacks %s", list,
                                   count == 1 ? "" : "; ", other->id, tier,
                                   prose_amount(&e->prose, other->unit, e->plan->needs[n].unmet));
        }
    if (!e->all && count > RUNNERS_UP)
        list = prose_piece(&e->prose, "%s; and %d more", list, count - RUNNERS_UP);
    if (count > 0)
        prose_say(&e->prose, "Runners-up, which the same offers could serve: %s. ", list);
    prose_end_paragraph(&e->prose);
}

/** A beneficiary's copy has its choices and no marks, others have the marks. */
static ReleaseChoice choice_of(const Explanation *e, int need)
{
    if (e->choices != NULL)
        return e->choices[need];
    int instead = e->totals.needs[need].instead;
    if (instead < 0)
        return (ReleaseChoice){.instead = ""};
    return (ReleaseChoice){.not_chosen = true,
                           .served = chosen_is_served(e->round, e->plan, instead),
                           .instead = e->round->needs[instead].id};
}

const char *explain_not_chosen(Explanation *e, int need)
{
    ReleaseChoice choice = choice_of(e, need);
    if (!choice.not_chosen)
        return "";
    if (!choice.served && *choice.instead == '\0')
        return _("What is missing of its alternatives counts once, with another of them.");
    if (*choice.instead == '\0')
        return _("Another of its alternatives is served in its place: nothing is missing.");
    return prose_piece(&e->prose,
                       choice.served
                           ? N_("Its alternative %s is served in its place: nothing is missing.")
                           : N_("What is missing of its alternatives counts once, with %s."),
                       choice.instead);
}

static void tell_what_is_missing(Explanation *e, int index)
{
    const Need *need = &e->round->needs[index];
    const NeedResult *result = &e->plan->needs[index];
    Prose *p = &e->prose;
    const char *unmet = prose_amount(p, need->unit, result->unmet);
    const char *not_chosen = explain_not_chosen(e, index);
    bool served = choice_of(e, index).served;
    if (*not_chosen != '\0')
        prose_say(p, "%s ", not_chosen);
    else if (result->full)
        prose_say(p, "It is met in full. ");
    else if (need_is_outcome(need) || !need->quantity_known)
        prose_say(p, "It is not met. ");
    else if (need->has_value && need->unit.name != e->round->currency.name)
        prose_say(p, "Still unmet: %s, worth %s. ", unmet, explain_money(e, result->value_unmet));
    else
        prose_say(p, "Still unmet: %s. ", unmet);
    if (result->reason != REASON_NONE && !served)
        prose_say(p, "Why: %s ", explain_reason(e, index));
    if (result->aside != NULL && !served)
        prose_say(p, "%s ", result->aside);
    prose_end_paragraph(p);
}

void explain_need_itself(Explanation *e, int need)
{
    tell_what_it_is(e, &e->round->needs[need]);
    tell_what_it_asks(e, need);
    tell_what_it_gets(e, need);
    tell_what_is_missing(e, need);
}

void explain_need(Explanation *e, int need)
{
    explain_need_itself(e, need);
    if (*explain_not_chosen(e, need) == '\0') /* the appeal asks for the one in its place */
        explain_asks_of_need(e, need);
    tell_runners_up(e, need);
    explain_pairs_of_need(e, need);
    explain_prices_for(e, need);
}
