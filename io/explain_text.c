/* What an id names, and what the texts on needs, offers and donors share: names, rows, reasons, what is
 * left of an offer and why.
 */
#include "allot/explain_text.h"
#include "allot/language.h"

#include <string.h>

#include "allot/rule.h"
#include "allot/unknown_name.h"
#include "io/explain_internal.h"
#include "io/unused_text.h"

/* Needs of a beneficiary that are named to whoever asked about the beneficiary. */
enum { NEEDS_TOLD = 5 };

/* ---- what an id names ------------------------------------------------------------------------ */

/** A donor needs no row of its own: offers name it. */
static const char *find_donor(const Round *round, const char *id)
{
    int row = round_find_donor(round, id);
    if (row >= 0)
        return round->donors[row].id;
    for (size_t o = 0; o < round->offer_count; o++)
        if (strcmp(round->offers[o].donor, id) == 0)
            return round->offers[o].donor;
    return NULL;
}

/** Every id that could have been meant, needs first. */
static Status list_ids(const Round *round, Arena *arena, KnownNames *known)
{
    size_t count = 0;
    const char **names = ARENA_NEW(
        arena, round->need_count + 2 * round->offer_count + round->donor_count, const char *);
    TRY_NEW(names);
    for (size_t n = 0; n < round->need_count; n++)
        names[count++] = round->needs[n].id;
    for (size_t o = 0; o < round->offer_count; o++)
        names[count++] = round->offers[o].id;
    for (size_t d = 0; d < round->donor_count; d++)
        names[count++] = round->donors[d].id;
    for (size_t o = 0; o < round->offer_count; o++)
        names[count++] = round->offers[o].donor;
    *known = (KnownNames){.names = names, .count = count};
    return STATUS_OK;
}

static bool is_beneficiary(const Round *round, const char *id)
{
    for (size_t n = 0; n < round->need_count; n++)
        if (strcmp(round->needs[n].beneficiary, id) == 0)
            return true;
    return false;
}

/** "N-1, N-2, ...": what a beneficiary asks for, the first of it; "" without memory. */
static const char *needs_of(const Round *round, const char *beneficiary, Arena *arena)
{
    const char *list = "";
    int told = 0;
    for (size_t n = 0; n < round->need_count && list != NULL && told <= NEEDS_TOLD; n++) {
        if (strcmp(round->needs[n].beneficiary, beneficiary) != 0)
            continue;
        list = arena_printf(arena, "%s%s%s", list, told == 0 ? "" : ", ",
                            told == NEEDS_TOLD ? "..." : round->needs[n].id);
        told++;
    }
    return list != NULL ? list : "";
}

Status explain_find(const Round *round, const char *id, Arena *arena, Diag *diag,
                    ExplainSubject *out)
{
    KnownNames known;
    *out = (ExplainSubject){.need = round_find_need(round, id),
                            .offer = round_find_offer(round, id),
                            .donor = find_donor(round, id)};
    if (out->need >= 0 || out->offer >= 0 || out->donor != NULL)
        return STATUS_OK;
    if (is_beneficiary(round, id)) {
        diag_add(diag, DIAG_ID_UNKNOWN, (DiagPlace){.file = round->source},
                 "'%s' is a beneficiary: ask about one of its needs: %s", id,
                 needs_of(round, id, arena));
        return STATUS_FINDINGS;
    }
    TRY(list_ids(round, arena, &known));
    diag_unknown_name(diag, DIAG_ID_UNKNOWN, (DiagPlace){.file = round->source},
                      _("need, offer or donor"), id, known);
    return STATUS_FINDINGS;
}

Status explain_text(const Round *round, const Plan *plan, ExplainSubject subject, Arena *arena,
                    const char **text)
{
    Explanation *e = ARENA_NEW(arena, 1, Explanation);
    TRY_NEW(e);
    *e = (Explanation){.round = round, .plan = plan, .prose = {.arena = arena}, .all = subject.all};
    TRY(totals_build(round, plan, arena, &e->totals));
    if (subject.need >= 0)
        explain_need(e, subject.need);
    if (subject.offer >= 0)
        TRY(explain_offer(e, subject.offer));
    if (subject.donor != NULL)
        TRY(explain_donor(e, subject.donor));
    prose_end_paragraph(&e->prose);
    if (e->prose.failed || e->prose.text == NULL)
        return STATUS_NO_MEMORY;
    e->prose.text[e->prose.length - 1] = '\0'; /* one line end is enough behind the last */
    *text = e->prose.text;
    return STATUS_OK;
}

/* ---- pieces of sentences --------------------------------------------------------------------- */

static const char *with_name(Explanation *e, const char *name, const char *id)
{
    return name == NULL || *name == '\0' ? id : prose_piece(&e->prose, "%s (%s)", name, id);
}

const char *explain_donor_name(Explanation *e, const char *donor)
{
    int row = round_find_donor(e->round, donor);
    return with_name(e, row < 0 ? NULL : e->round->donors[row].name, donor);
}

const char *explain_beneficiary_name(Explanation *e, const char *beneficiary)
{
    int row = round_find_beneficiary(e->round, beneficiary);
    return with_name(e, row < 0 ? NULL : e->round->beneficiaries[row].name, beneficiary);
}

const char *explain_money(Explanation *e, int64_t amount)
{
    return prose_amount(&e->prose, e->round->currency, amount);
}

const char *explain_bar_row(Explanation *e, int need, int offer, Bar bar)
{
    const char *file = e->round->tables[bar.origin.table].file;
    bool own = strcmp(bar.id, e->round->offers[offer].id) == 0 ||
               strcmp(bar.id, e->round->needs[need].id) == 0 || *bar.id == '\0';
    const char *id = own ? "" : bar.id, *comma = own ? "" : ", ";
    if (file == NULL)
        file = dictionary_table(bar.origin.table)->name;
    if (bar.origin.line == 0)
        return prose_piece(&e->prose, "%s%s%s", file, *bar.column == '\0' ? "" : ", ", bar.column);
    if (*bar.column == '\0')
        return prose_piece(&e->prose, "%s row %d%s%s", file, bar.origin.line, comma, id);
    return prose_piece(&e->prose, "%s row %d%s%s, %s", file, bar.origin.line, comma, id,
                       bar.column);
}

const char *explain_reason_sentence(Reason reason)
{
    switch (reason) {
    case REASON_NONE: return _("It is met in full");
    case REASON_NOT_READY: return _("It is not ready yet");
    case REASON_AMOUNT_UNKNOWN: return _("How much it asks for is not known");
    case REASON_NO_OFFER: return _("Nobody offers anything of its kind");
    case REASON_BARRED: return _("Offers of its kind exist, and each is barred from serving it");
    case REASON_WINDOW: return _("Offers of its kind exist, and none at its time");
    case REASON_PREREQUISITE: return _("Something that it requires is not met in full");
    case REASON_BUNDLE: return _("Its bundle could not be served as a whole");
    case REASON_ALTERNATIVE: return _("Another of its alternatives is served");
    case REASON_URGENT: return _("An urgent need is served first");
    case REASON_LOCKED_OUT: return _("It was agreed otherwise beforehand");
    case REASON_BENEFICIARY_LIMIT: return _("Its beneficiary may have no more in this round");
    case REASON_RULE_LIMIT: return _("A limit of the round holds it back");
    case REASON_MINIMUM: return _("What is left is less than what is of use to it");
    case REASON_DONOR_COUNT: return _("No more donors may take part in it");
    case REASON_TICKET: return _("What is left is less than what its givers give at a time");
    case REASON_HIGHER_TIERS: return _("Needs of higher tiers use what could serve it");
    case REASON_EQUALS: return _("Needs of its own tier share in what could serve it");
    case REASON_EXHAUSTED: return _("Nothing is left of what could serve it");
    case REASON_SEVERAL:
        return _("Several things hold it back, and lifting one of them is not enough");
    case REASON_UNPROVEN: return _("What holds it back has not been proven");
    }
    return "";
}

const char *explain_reason(Explanation *e, int need)
{
    const NeedResult *result = &e->plan->needs[need];
    if (result->brief == NULL || *result->brief == '\0')
        return prose_piece(&e->prose, "%s.", explain_reason_sentence(result->reason));
    return result->brief;
}

const char *explain_line_amount(Explanation *e, const Assignment *line)
{
    Unit unit = e->round->needs[line->need].unit, given = e->round->offers[line->offer].unit;
    const char *amount = prose_amount(&e->prose, unit, line->quantity);
    const char *gross = prose_amount(&e->prose, given, line->offer_quantity);
    if (unit.name != given.name)
        return prose_piece(&e->prose, "%s for %s", amount, gross);
    if (line->quantity != line->offer_quantity)
        return prose_piece(&e->prose, "%s for %s gross", amount, gross);
    return amount;
}

/* ---- what is left of an offer, and why ------------------------------------------------------- */

/** The row of the donor whose budget bounds an offer, or -1. */
static int budget_of(const Round *round, int offer)
{
    const Offer *root = &round->offers[round->offers[offer].root];
    bool bounds =
        root->unit.is_money && root->donor_row >= 0 && round->donors[root->donor_row].has_budget;
    return bounds ? root->donor_row : -1;
}

/** "Rule R-7 keeps EUR 400,000.00 of it back (rules.csv line 8). ": what is left for nobody. */
static void say_reserves(Explanation *e, int offer)
{
    const Round *round = e->round;
    for (size_t r = 0; r < round->rule_count && e->plan->offers[offer].left > 0; r++) {
        const RuleRow *row = &round->rules[r];
        Unit unit = row->has_value ? round_unit(round, row->currency) : row->unit;
        const char *amount = _("a part"), *file = round->tables[TABLE_RULES].file;
        int64_t parts;
        if (row->kind != RULE_RESERVE || !rule_row_selects_offer(round, row, offer))
            continue;
        if ((row->has_value || (row->has_quantity && unit.name != NULL)) &&
            decimal_to_scaled(row->has_value ? row->value : row->quantity, unit.places, &parts))
            amount = prose_amount(&e->prose, unit, parts);
        prose_say(&e->prose, "Rule %s keeps %s back (%s row %d%s%s). ", row->id, amount,
                  file == NULL ? _("rules") : file, row->origin.line,
                  *row->reason == '\0' ? "" : ": ", row->reason);
    }
}

bool explain_all_taken(const Offer *offer)
{
    return offer->quantity_known && offer->quantity == 0 && offer->taken > 0;
}

/** Of an offer that earlier rounds took from. */
static void say_left_of_taken(Explanation *e, int offer)
{
    const Offer *row = &e->round->offers[offer];
    Prose *p = &e->prose;
    const char *all = prose_amount(p, row->unit, row->quantity + row->taken);
    if (row->quantity == 0)
        prose_say(p, "Earlier rounds committed all of its %s. ", all);
    else
        prose_say(p, "Of its %s earlier rounds committed %s, and %s is left. ", all,
                  prose_amount(p, row->unit, row->taken),
                  prose_amount(p, row->unit, e->plan->offers[offer].left));
}

/** Of the budget that bounds an offer. */
static void say_left_of_budget(Explanation *e, int donor)
{
    const Donor *row = &e->round->donors[donor];
    Unit unit = round_unit(e->round, row->currency);
    Prose *p = &e->prose;
    const char *name = explain_donor_name(e, row->id);
    const char *all = prose_amount(p, unit, row->budget + row->budget_taken);
    const char *rest =
        prose_amount(p, unit, row->budget - plan_budget_used(e->round, e->plan, donor));
    if (row->budget_taken == 0)
        prose_say(p, "Of the budget of %s, %s, %s is left. ", name, all, rest);
    else if (row->budget == 0)
        prose_say(p, "Earlier rounds committed all of the budget of %s, %s. ", name, all);
    else
        prose_say(p, "Of the budget of %s, %s, earlier rounds committed %s and %s is left. ", name,
                  all, prose_amount(p, unit, row->budget_taken), rest);
}

void explain_what_is_left(Explanation *e, int offer)
{
    const Round *round = e->round;
    for (int link = offer; link >= 0; link = round->offers[link].parent_row) {
        const Offer *row = &round->offers[link];
        const char *left = prose_amount(&e->prose, row->unit, e->plan->offers[link].left);
        const char *all = prose_amount(&e->prose, row->unit, row->quantity + row->taken);
        bool none = e->plan->offers[link].left == 0;
        if (!row->quantity_known)
            prose_say(&e->prose, "The amount of %s is not known. ", row->id);
        else if (link == offer && row->taken > 0)
            say_left_of_taken(e, offer);
        else if (link == offer && none)
            prose_say(&e->prose, "Nothing is left of its %s. ", all);
        else if (link == offer)
            prose_say(&e->prose, "Of its %s, %s is left. ", all, left);
        else if (none)
            prose_say(&e->prose, "It is paid out of %s, of which nothing is left. ", row->id);
        else
            prose_say(&e->prose, "It is paid out of %s, of which %s is left. ", row->id, left);
    }
    say_reserves(e, offer);
    int donor = budget_of(round, offer);
    if (donor >= 0)
        say_left_of_budget(e, donor);
}

bool explain_could_serve(const Explanation *e, int need, int offer)
{
    return e->plan->needs[need].unmet > 0 && e->totals.needs[need].state != NEED_NOT_CHOSEN &&
           eligibility_bar(e->round, need, offer).check == BAR_NOTHING;
}

/** An offer above this one of which nothing is left, or NULL. */
static const Offer *empty_parent(const Explanation *e, int offer)
{
    for (int link = e->round->offers[offer].parent_row; link >= 0;
         link = e->round->offers[link].parent_row)
        if (e->round->offers[link].quantity_known && e->plan->offers[link].left == 0)
            return &e->round->offers[link];
    return NULL;
}

/** What a reason means for several needs. */
static const char *reason_clause(Reason reason)
{
    switch (reason) {
    case REASON_NONE: return _("met in full");
    case REASON_NOT_READY: return _("not ready yet");
    case REASON_AMOUNT_UNKNOWN: return _("of unknown amount");
    case REASON_NO_OFFER: return _("nobody offers their kind");
    case REASON_BARRED: return _("barred by what offers or rules say");
    case REASON_WINDOW: return _("not at their time");
    case REASON_PREREQUISITE: return _("what they require is not met in full");
    case REASON_BUNDLE: return _("their bundle could not be served as a whole");
    case REASON_ALTERNATIVE: return _("another of the alternatives is served");
    case REASON_URGENT: return _("an urgent need is served first");
    case REASON_LOCKED_OUT: return _("agreed otherwise beforehand");
    case REASON_BENEFICIARY_LIMIT: return _("their beneficiary may have no more");
    case REASON_RULE_LIMIT: return _("a limit of the round");
    case REASON_MINIMUM: return _("what is left is less than what is of use");
    case REASON_DONOR_COUNT: return _("no more donors may take part");
    case REASON_TICKET: return _("what is left is less than is given at a time");
    case REASON_HIGHER_TIERS: return _("needs of higher tiers come first");
    case REASON_EQUALS: return _("needs of their own tier share");
    case REASON_EXHAUSTED: return _("nothing is left of what could serve them");
    case REASON_SEVERAL: return _("several things together");
    case REASON_UNPROVEN: return _("not proven");
    }
    return "";
}

/** The needs that this offer could have served more, by their reasons: "a limit of the round (N-4, N-6);
 *  needs of higher tiers come first (N-5)"; "" without any. */
static const char *by_reason(Explanation *e, int offer)
{
    const char *all = "";
    for (int reason = REASON_NONE; reason <= REASON_UNPROVEN; reason++) {
        const char *ids = "";
        for (int n = 0; n < (int)e->round->need_count; n++)
            if ((int)e->plan->needs[n].reason == reason && explain_could_serve(e, n, offer))
                ids = prose_piece(&e->prose, "%s%s%s", ids, *ids == '\0' ? "" : ", ",
                                  e->round->needs[n].id);
        if (*ids != '\0')
            all = prose_piece(&e->prose, "%s%s%s (%s)", all, *all == '\0' ? "" : "; ",
                              reason_clause((Reason)reason), ids);
    }
    return all;
}

static bool may_serve_any(const Explanation *e, int offer)
{
    for (int n = 0; n < (int)e->round->need_count; n++)
        if (eligibility_bar(e->round, n, offer).check == BAR_NOTHING)
            return true;
    return false;
}

static bool has_children(const Round *round, int offer)
{
    for (size_t o = 0; o < round->offer_count; o++)
        if (round->offers[o].parent_row == offer)
            return true;
    return false;
}

static void say_who_could_have_it(Explanation *e, int offer, bool list)
{
    const char *needs = by_reason(e, offer);
    if (!may_serve_any(e, offer) && has_children(e->round, offer))
        prose_say(&e->prose, "Only offers that are paid out of it could use it. ");
    else if (!may_serve_any(e, offer))
        prose_say(&e->prose, "%s ", unused_text(UNUSED_NO_NEED));
    else if (*needs == '\0')
        prose_say(&e->prose, "%s ", unused_text(UNUSED_ALL_MET));
    else if (list)
        prose_say(&e->prose,
                  "The needs that it may serve could not have it, for these reasons: %s. ", needs);
}

/** Says so when the donor's budget admits less than is left of the offer. @return whether it admits
 *  nothing at all. */
static bool say_budget(Explanation *e, int offer, int donor)
{
    const Round *round = e->round;
    Unit unit = round_unit(round, round->donors[donor].currency);
    int64_t rest = round->donors[donor].budget - plan_budget_used(round, e->plan, donor), left;
    const char *name = explain_donor_name(e, round->donors[donor].id);
    Ratio rate;
    if (!round_convert(round, round->offers[offer].unit, unit, &rate) ||
        !ratio_apply(e->plan->offers[offer].left, rate, ROUND_DOWN, &left) || left <= rest)
        return false;
    if (rest == 0)
        prose_say(&e->prose, "The budget of %s is used up. ", name);
    else
        prose_say(&e->prose, "Of the budget of %s only %s is left. ", name,
                  prose_amount(&e->prose, unit, rest));
    return rest == 0;
}

/** Says why nothing of an offer can be planned on. */
static void say_standing(Explanation *e, OfferStanding standing, const Offer *offer)
{
    switch (standing) {
    case OFFER_LAPSED: prose_say(&e->prose, "%s ", unused_text(UNUSED_LAPSED)); break;
    case OFFER_UNKNOWN: prose_say(&e->prose, "%s ", unused_text(UNUSED_UNKNOWN)); break;
    case OFFER_SOFT:
        prose_say(&e->prose, "It is %s, which is less firm than what this round plans on. ",
                  _(basis_text(offer->basis)));
        break;
    case OFFER_PLANNED: break;
    }
}

void explain_why_left(Explanation *e, int offer, bool list)
{
    const Offer *row = &e->round->offers[offer], *parent = empty_parent(e, offer);
    OfferStanding standing = e->totals.offers[offer].standing;
    int donor = budget_of(e->round, offer);
    if (explain_all_taken(row))
        return;
    if (standing != OFFER_PLANNED)
        say_standing(e, standing, row);
    else if (e->plan->offers[offer].left == 0)
        return;
    else if (parent != NULL)
        prose_say(&e->prose, "It is paid out of %s, of which nothing is left. ", parent->id);
    else if (donor < 0 || !say_budget(e, offer, donor))
        say_who_could_have_it(e, offer, list);
}
