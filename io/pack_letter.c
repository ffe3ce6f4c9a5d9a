/* The short letter to a donor or a beneficiary: who it is for and what it is about, then the sentences of
 * `allot explain`, told of what the party may see.
 */
#include <string.h>

#include "io/pack_internal.h"
#include "io/unused_text.h"

static void tell_round(Explanation *e, const PackParty *party)
{
    const Settings *settings = &e->round->settings;
    Prose *p = &e->prose;
    char start[16], end[16];
    date_format(settings->start, start);
    date_format(settings->end, end);
    if (*settings->title != '\0')
        prose_say(p, "%s. ", settings->title);
    if (*settings->round != '\0')
        prose_say(p, "Round %s. ", settings->round);
    if (*start != '\0' && *end != '\0')
        prose_say(p, "From %s to %s. ", start, end);
    prose_say(p, "This is about the plan %.12s. ", party->plan_hash);
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
        prose_say(p, ": %s", need->title);
    if (*need->beneficiary != '\0')
        prose_say(p, " (for %s)", explain_beneficiary_name(e, need->beneficiary));
    prose_say(p, e->plan->needs[line->need].full ? "; the need is then met in full."
                                                 : "; the need is then met in part.");
    prose_end_line(p);
}

static void tell_donors_lines(Explanation *e, const Release *release)
{
    size_t told = 0;
    for (size_t i = 0; i < e->plan->assignment_count; i++) {
        if (!release_is_own(release, &e->plan->assignments[i]))
            continue;
        if (told++ == 0)
            prose_say(&e->prose, "What is proposed, line by line:\n");
        tell_donors_line(e, &e->plan->assignments[i]);
    }
    prose_end_paragraph(&e->prose);
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
            prose_say(p, "- %s of %s. ", prose_amount(p, offer->unit, e->plan->offers[o].left),
                      offer->id);
        else
            prose_say(p, "- All of %s. ", offer->id);
        prose_say(p, "%s", unused_text(release->unused[o]));
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
    TRY(explain_donor_gives(e, donor));
    tell_donors_lines(e, release);
    tell_unused(e, release);
    tell_terms(e, release);
    prose_say(&e->prose,
              "Please answer every line in the workbook %s, on the sheet Lines: agree, agree less, "
              "decline, or propose another need. Nothing is decided before you have. ",
              party->book);
    return STATUS_OK;
}

/* ---- beneficiaries --------------------------------------------------------------------------- */

static void tell_beneficiary(Explanation *e, const PackParty *party)
{
    prose_say(&e->prose, "To %s\n", explain_beneficiary_name(e, party->release->reader.id));
    prose_end_paragraph(&e->prose);
    tell_round(e, party);
    for (int n = 0; n < (int)e->round->need_count; n++)
        explain_need_itself(e, n);
    prose_say(&e->prose,
              "This is a proposal: it is settled when the donors have agreed. The workbook %s has "
              "the same with all figures. ",
              party->book);
}

Status pack_letter(const PackParty *party, const char **text)
{
    const Release *release = party->release;
    Explanation e = {
        .round = &release->round, .plan = &release->plan, .prose = {.arena = party->arena}};
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
