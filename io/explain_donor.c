/* A donor in plain text: its offers, its budget, what it gives by tier and by beneficiary, pledges
 * apart, and what stays unused and why. A line counts for the donor whose money it is in the end.
 */
#include "io/explain_internal.h"

#include <string.h>

#include "allot/language.h"

static const DonorTotals *totals_of(const Explanation *e, const char *donor)
{
    for (size_t d = 0; d < e->totals.donor_count; d++)
        if (strcmp(e->totals.donors[d].id, donor) == 0)
            return &e->totals.donors[d];
    return NULL;
}

/** Does the line rest on money or things of this donor? */
static bool is_given_by(const Explanation *e, const Assignment *line, const char *donor)
{
    return strcmp(e->round->offers[e->round->offers[line->offer].root].donor, donor) == 0;
}

void explain_donor_offers(Explanation *e, const char *donor)
{
    Prose *p = &e->prose;
    size_t told = 0;
    for (size_t o = 0; o < e->round->offer_count; o++) {
        const Offer *offer = &e->round->offers[o];
        const char *basis = _(basis_text(offer->status));
        if (strcmp(offer->donor, donor) != 0)
            continue;
        if (told++ == 0)
            prose_say(p, "Donor %s offers:\n", explain_donor_name(e, donor));
        prose_say(p, "- %s, %s: ", offer->id, basis);
        explain_offer_use(e, (int)o);
        if (offer->parent_row >= 0)
            prose_say(p, "; it is paid out of %s", offer->parent);
        prose_say(p, ".\n");
    }
    if (told == 0)
        prose_say(p, "Donor %s offers nothing in this round. ", explain_donor_name(e, donor));
    prose_end_paragraph(p);
}

/** What a donor gives to some needs. */
typedef struct Given {
    LineTotals cash, in_kind; /* fit, since the sum of all lines does (totals_build()) */
} Given;

static size_t given_lines(const Given *given)
{
    return given->cash.lines + given->in_kind.lines;
}

static void add_line(const Explanation *e, Given *given, const Assignment *line)
{
    bool is_money = e->round->offers[line->offer].unit.is_money;
    LineTotals *sort = is_money ? &given->cash : &given->in_kind;
    sort->lines++;
    if (line->has_value)
        sort->value += line->value;
    else
        sort->without_value++;
}

/** "EUR 500.00 in 2 lines, one of them without a money value" */
static const char *sort_text(Explanation *e, const LineTotals *given, const char *money)
{
    Prose *p = &e->prose;
    size_t lines = given->lines;
    if (given->without_value == lines)
        return prose_piece(p,
                           lines == 1 ? N_("%zu line without a money value")
                                      : N_("%zu lines without a money value"),
                           lines);
    if (given->without_value == 0)
        return prose_piece(p, lines == 1 ? N_("%s in %zu line") : N_("%s in %zu lines"), money,
                           lines);
    return prose_piece(p,
                       given->without_value == 1
                           ? N_("%s in %zu lines, of which %zu has no money value")
                           : N_("%s in %zu lines, of which %zu have no money value"),
                       money, lines, given->without_value);
}

/** Cash and what is in kind are never added: "EUR 500.00 in 2 lines and things worth EUR 80.00 in 1
 *  line". */
static const char *given_text(Explanation *e, const Given *given)
{
    Prose *p = &e->prose;
    const char *cash = "", *things = "";
    if (given->cash.lines > 0)
        cash = sort_text(e, &given->cash, explain_money(e, given->cash.value));
    if (given->in_kind.lines > 0)
        things =
            sort_text(e, &given->in_kind,
                      prose_piece(p, "things worth %s", explain_money(e, given->in_kind.value)));
    if (*cash == '\0' || *things == '\0')
        return *cash == '\0' ? things : cash;
    return prose_piece(p, "%s and %s", cash, things);
}

static void tell_total(Explanation *e, const char *donor, const DonorTotals *totals)
{
    Prose *p = &e->prose;
    Given all = {{0}, {0}}, pledged = {{0}, {0}};
    for (size_t i = 0; i < e->plan->assignment_count; i++) {
        const Assignment *line = &e->plan->assignments[i];
        if (!is_given_by(e, line, donor))
            continue;
        add_line(e, &all, line);
        if (line->basis == BASIS_PLEDGED)
            add_line(e, &pledged, line);
    }
    if (given_lines(&all) == 0)
        prose_say(p, "It gives nothing in this round. ");
    else
        prose_say(p,
                  totals->needs == 1 ? N_("It gives %s, to %zu need. ")
                                     : N_("It gives %s, to %zu needs. "),
                  given_text(e, &all), totals->needs);
    if (given_lines(&pledged) > 0)
        prose_say(p, "Of that, pledges alone stand behind %s. ", given_text(e, &pledged));
    if (totals->cash_apart > 0)
        prose_say(
            p,
            "Apart from that, %s is offered less firmly than this round plans on, and is in no "
            "sum. ",
            explain_money(e, totals->cash_apart));
    prose_end_paragraph(p);
}

static void tell_tiers(Explanation *e, const char *donor)
{
    Prose *p = &e->prose;
    size_t told = 0;
    for (size_t t = 0; t < e->totals.tiers.count; t++) {
        Given given = {{0}, {0}};
        int tier = e->totals.tiers.groups[t].tier;
        for (size_t i = 0; i < e->plan->assignment_count; i++) {
            const Assignment *line = &e->plan->assignments[i];
            if (e->round->needs[line->need].tier == tier && is_given_by(e, line, donor))
                add_line(e, &given, line);
        }
        if (given_lines(&given) == 0)
            continue;
        if (told++ == 0)
            prose_say(p, "By tier:\n");
        prose_say(p, "- tier %d: %s.\n", tier, given_text(e, &given));
    }
    prose_end_paragraph(p);
}

static void tell_beneficiaries(Explanation *e, const char *donor)
{
    Prose *p = &e->prose;
    size_t told = 0;
    for (size_t b = 0; b < e->totals.beneficiaries.count; b++) {
        Given given = {{0}, {0}};
        const char *name = e->totals.beneficiaries.groups[b].name;
        for (size_t i = 0; i < e->plan->assignment_count; i++) {
            const Assignment *line = &e->plan->assignments[i];
            if (e->round->needs[line->need].beneficiary == name && is_given_by(e, line, donor))
                add_line(e, &given, line);
        }
        if (given_lines(&given) == 0)
            continue;
        if (told++ == 0)
            prose_say(p, "By beneficiary:\n");
        if (*name == '\0')
            prose_say(p, "- needs without a beneficiary: %s.\n", given_text(e, &given));
        else
            prose_say(p, "- %s: %s.\n", explain_beneficiary_name(e, name), given_text(e, &given));
    }
    prose_end_paragraph(p);
}

static void tell_unused(Explanation *e, const char *donor)
{
    Prose *p = &e->prose;
    size_t told = 0;
    for (size_t o = 0; o < e->round->offer_count; o++) {
        const Offer *offer = &e->round->offers[o];
        int64_t left = e->plan->offers[o].left;
        if (strcmp(offer->donor, donor) != 0 || (offer->quantity_known && left == 0))
            continue;
        if (told++ == 0)
            prose_say(p, "What stays unused, and why:\n");
        if (offer->quantity_known)
            prose_say(p, "- %s of offer %s. ", prose_amount(p, offer->unit, left), offer->id);
        else
            prose_say(p, "- All of %s. ", offer->id);
        explain_why_left(e, (int)o, true);
        prose_end_line(p);
    }
    prose_end_paragraph(p);
}

/** What its own terms and those of its offers cost, and what more of each is worth. */
static void tell_terms(Explanation *e, const char *donor)
{
    explain_prices(e, TABLE_DONORS, donor);
    explain_worth(e, TABLE_DONORS, donor);
    for (size_t o = 0; o < e->round->offer_count; o++)
        if (strcmp(e->round->offers[o].donor, donor) == 0)
            explain_prices(e, TABLE_OFFERS, e->round->offers[o].id);
}

Status explain_donor_gives(Explanation *e, const char *donor)
{
    const DonorTotals *totals = totals_of(e, donor);
    if (totals == NULL)
        return STATUS_INTERNAL;
    tell_total(e, donor, totals);
    tell_tiers(e, donor);
    tell_beneficiaries(e, donor);
    return STATUS_OK;
}

Status explain_donor(Explanation *e, const char *donor)
{
    int row = round_find_donor(e->round, donor);
    explain_donor_offers(e, donor);
    if (row >= 0)
        explain_budget(e, row, plan_budget_used(e->round, e->plan, row));
    explain_held_of_donor(e, donor);
    TRY(explain_donor_gives(e, donor));
    explain_forced_lines(e, donor);
    tell_unused(e, donor);
    explain_asks_of_offer(e, -1, donor);
    tell_terms(e, donor);
    return STATUS_OK;
}
