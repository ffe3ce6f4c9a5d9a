/* The short letter to a donor or a beneficiary: who it is for and what it is about, then the sentences of
 * `allot explain`, told of what the party may see.
 */
#include <string.h>

#include "io/pack_internal.h"

#include "allot/language.h"

static void tell_round(Explanation *e, const PackParty *party)
{
    const Settings *settings = &e->round->settings;
    Prose *p = &e->prose;
    const char *start = date_words(settings->start, p->arena);
    const char *end = date_words(settings->end, p->arena);
    p->failed |= start == NULL || end == NULL;
    if (p->failed)
        return;
    if (*settings->title != '\0')
        prose_say(p, "%s. ", settings->title);
    if (*settings->round != '\0')
        prose_say(p, "Round %s. ", settings->round);
    if (*start != '\0' && *end != '\0')
        prose_say(p, "From %s to %s. ", start, end);
    prose_say(p, "This is about the plan %.12s. ", party->plan_mark);
    if (party->release->gave_way)
        prose_say(p,
                  "It serves an urgent need first, for which lines of the plan before gave way. ");
    else if (party->release->urgent)
        prose_say(p, "It serves an urgent need first. ");
    prose_end_paragraph(p);
}

/* ---- donors ---------------------------------------------------------------------------------- */

static void tell_donors_line(Explanation *e, const Assignment *line)
{
    const Need *need = &e->round->needs[line->need];
    Prose *p = &e->prose;
    prose_say(p, "- %s from %s to need %s", explain_line_amount(e, line),
              e->round->offers[line->offer].id, need->id);
    if (*need->title != '\0')
        prose_say(p, need_is_restricted(need) ? N_(": [restricted: do not pass on] %s") : ": %s",
                  need->title);
    if (*need->beneficiary != '\0')
        prose_say(p, " (for %s)", explain_beneficiary_name(e, need->beneficiary));
    prose_say(p, e->plan->needs[line->need].full ? N_("; the need is then met in full.")
                                                 : N_("; the need is then met in part."));
    explain_past_offer(e, line->offer);
    prose_end_line(p);
}

/** Those that wait for an answer, or those that are agreed. */
static void tell_donors_lines(Explanation *e, const Release *release, bool agreed)
{
    size_t told = 0;
    for (size_t i = 0; i < e->plan->assignment_count; i++) {
        const ReleaseLine *line = release->own[i];
        if (line == NULL || release_line_agreed(line) != agreed)
            continue;
        if (told++ == 0 && agreed)
            prose_say(&e->prose, "What you have agreed to, with our thanks; nothing is asked of "
                                 "these lines again:\n");
        else if (told == 1 && release->answers_kept)
            prose_say(&e->prose, "What is proposed and waits for your answer, line by line:\n");
        else if (told == 1)
            prose_say(&e->prose, "What is proposed, line by line:\n");
        tell_donors_line(e, &e->plan->assignments[i]);
    }
    prose_end_paragraph(&e->prose);
}

/** What of the donor's is not as it was in the plan before. */
static void tell_changes(Explanation *e, const Release *release)
{
    Prose *p = &e->prose;
    size_t told = 0;
    for (size_t i = 0; i < release->line_count; i++) {
        const ReleaseLine *line = &release->lines[i];
        const char *text =
            line->before != line->now || line->reopened ? pack_change_text(p, release, line) : "";
        if (*text == '\0')
            continue;
        if (told++ == 0)
            prose_say(p, "What has changed since the plan before:\n");
        prose_say(p, "- %s from %s: %s\n", line->need, line->offer, text);
    }
    if (told == 0 && release->before_known)
        prose_say(p, "Of your lines nothing has changed since the plan before. ");
    prose_end_paragraph(p);
}

/** What the donor is asked to do now. */
static void tell_answering(Explanation *e, const PackParty *party)
{
    Prose *p = &e->prose;
    size_t waiting, own = release_own_count(party->release, &waiting);
    if (own == 0)
        prose_say(p,
                  "The plan has no line from your offers: there is nothing to answer. The "
                  "workbook %s has the same with all figures. ",
                  party->book);
    else if (waiting == 0)
        prose_say(p,
                  "You have agreed to every line: there is nothing to answer. Should one have "
                  "to change all the same, choose another answer for it in the workbook %s, on "
                  "the sheet Lines, and say why: the round is then decided again. ",
                  party->book);
    else if (waiting < own)
        prose_say(p,
                  "Please answer the lines that wait for it in the workbook %s, on the sheet "
                  "Lines: agree, agree less, decline, or propose another need. What you have "
                  "agreed to stands; should it have to change, give it another answer there. ",
                  party->book);
    else
        prose_say(p,
                  "Please answer every line in the workbook %s, on the sheet Lines: agree, agree "
                  "less, decline, or propose another need. Nothing is decided before you have. ",
                  party->book);
}

static void tell_unused(Explanation *e, const Release *release)
{
    Prose *p = &e->prose;
    size_t told = 0;
    for (size_t o = 0; o < e->round->offer_count; o++) {
        const Offer *offer = &e->round->offers[o];
        if (release->unused[o] == UNUSED_NOTHING)
            continue;
        if (told++ == 0)
            prose_say(p, "What stays unused, and why:\n");
        if (offer->quantity_known)
            prose_say(p, "- %s of offer %s. ",
                      prose_amount(p, offer->unit, e->plan->offers[o].left), offer->id);
        else
            prose_say(p, "- All of %s. ", offer->id);
        prose_say(p, "%s", pack_unused_text(p, release, o));
        prose_end_line(p);
    }
    prose_end_paragraph(p);
}

static void tell_terms(Explanation *e, const Release *release)
{
    Prose *p = &e->prose;
    if (release->term_count > 0)
        prose_say(p, "What would help beyond that:\n");
    for (size_t i = 0; i < release->term_count; i++) {
        const ReleaseTerm *term = &release->terms[i];
        prose_say(p, "- %s", pack_term_text(p, term));
        if (term->value > 0)
            prose_say(p, " Worth: %s.", explain_money(e, term->value));
        prose_end_line(p);
    }
    prose_end_paragraph(p);
}

static Status tell_donor(Explanation *e, const PackParty *party)
{
    const Release *release = party->release;
    const char *donor = release->reader.id;
    int row = round_find_donor(e->round, donor);
    prose_say(&e->prose, "To %s\n", explain_donor_name(e, donor));
    prose_end_paragraph(&e->prose);
    tell_round(e, party);
    explain_donor_offers(e, donor);
    if (row >= 0)
        explain_budget(e, row, release->budget_used);
    explain_held_of_donor(e, donor);
    TRY(explain_donor_gives(e, donor));
    tell_donors_lines(e, release, true);
    tell_donors_lines(e, release, false);
    tell_changes(e, release);
    tell_unused(e, release);
    tell_terms(e, release);
    tell_answering(e, party);
    return STATUS_OK;
}

/* ---- beneficiaries --------------------------------------------------------------------------- */

/** A need that gets as much as before, from other offers or in other parts. */
static void tell_other_givers(Prose *p, const ReleaseLine *line)
{
    prose_say(p,
              "- %s gets %s, as much as in the plan before; the offers that it comes from, or "
              "their parts, have changed.",
              line->need, prose_amount(p, line->unit, line->now));
    if (line->pledged != line->pledged_before)
        prose_say(p, " What rests on pledges: %s; in the plan before: %s.",
                  prose_amount(p, line->unit, line->pledged),
                  prose_amount(p, line->unit, line->pledged_before));
    prose_say(p, "\n");
}

/** Of which needs more or less is given than by the plan before, or from other offers. */
static void tell_needs_changes(Explanation *e, const Release *release)
{
    Prose *p = &e->prose;
    size_t told = 0;
    for (size_t i = 0; release->before_known && i < release->line_count; i++) {
        const ReleaseLine *line = &release->lines[i];
        if (line->before == line->now && !line->from_others)
            continue;
        if (told++ == 0)
            prose_say(p, "What has changed since the plan before:\n");
        if (line->before == line->now) {
            tell_other_givers(p, line);
            continue;
        }
        prose_say(p, "- %s gets %s; in the plan before it got %s.\n", line->need,
                  line->now == 0 ? _("nothing") : prose_amount(p, line->unit, line->now),
                  line->before == 0 ? _("nothing") : prose_amount(p, line->unit, line->before));
    }
    if (told == 0 && release->before_known)
        prose_say(p, "What you get has not changed since the plan before. ");
    prose_end_paragraph(p);
}

/** What the beneficiary alone can say of its need: how much, at what price, whether it is ready. A price is
 *  asked for while something that money might buy is unmet. */
static void tell_what_to_send(Explanation *e, int index)
{
    const Need *need = &e->round->needs[index];
    bool in_kind_alone = !need->unit.is_money && !need->has_value && !need_is_outcome(need);
    bool price = in_kind_alone && !e->plan->needs[index].full;
    Prose *p = &e->prose;
    if (need->quantity_known && !price && need->ready)
        return;
    prose_say(p, "What is missing of %s. Please send it to the front office, with this id:\n",
              need->id);
    if (!need->quantity_known)
        prose_say(p,
                  need->unit.is_money
                      ? N_("- how much is asked for, in %s; until then nothing is planned for it\n")
                      : N_("- how much is asked for, counted in the unit %s; until then nothing is "
                           "planned for it\n"),
                  need->unit.name);
    if (price)
        prose_say(p,
                  "- what one %s costs, and in which currency; until then money cannot buy it, and "
                  "only offers in kind serve it\n",
                  need->unit.name);
    if (!need->ready)
        prose_say(p, "- what shows that it is ready: its documents complete and registered; until "
                     "then it is given nothing\n");
    prose_end_paragraph(p);
}

static void tell_beneficiary(Explanation *e, const PackParty *party)
{
    prose_say(&e->prose, "To %s\n", explain_beneficiary_name(e, party->release->reader.id));
    prose_end_paragraph(&e->prose);
    tell_round(e, party);
    for (int n = 0; n < (int)e->round->need_count; n++) {
        explain_need_itself(e, n);
        tell_what_to_send(e, n);
    }
    tell_needs_changes(e, party->release);
    if (e->plan->assignment_count == 0)
        prose_say(&e->prose,
                  "This round proposes nothing for you. The workbook %s has the same with all "
                  "figures. ",
                  party->book);
    else
        prose_say(
            &e->prose,
            "This is a proposal: it is settled when the donors have agreed. The workbook %s has "
            "the same with all figures. ",
            party->book);
}

Status pack_letter(const PackParty *party, const char **text)
{
    const Release *release = party->release;
    Explanation e = {.round = &release->round,
                     .plan = &release->plan,
                     .prose = {.arena = party->arena},
                     .choices = release->choices};
    TRY(totals_build(e.round, e.plan, party->arena, &e.totals));
    if (release->reader.kind == READER_DONOR)
        TRY(tell_donor(&e, party));
    else
        tell_beneficiary(&e, party);
    prose_end_paragraph(&e.prose);
    if (e.prose.failed || e.prose.text == NULL)
        return STATUS_NO_MEMORY;
    e.prose.text[e.prose.length - 1] = '\0'; /* one line end is enough behind the last */
    *text = e.prose.text;
    return STATUS_OK;
}
