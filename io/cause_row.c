/* What the row behind a cause says, as a clause, one function a table. Rows are named by their ids, so
 * that a shuffled table gives the same text.
 */
#include "io/cause_row.h"

#include <string.h>

#include "allot/amount_text.h"
#include "allot/language.h"

typedef struct Clause {
    Prose *prose;
    const Round *round;
    const Plan *plan;
    int need;
    const Cause *cause;
} Clause;

const char *cause_donor(const Round *round, const char *donor)
{
    int row = round_find_donor(round, donor);
    return row < 0 || *round->donors[row].name == '\0' ? donor : round->donors[row].name;
}

static bool is_column(const Clause *c, const char *column)
{
    return strcmp(c->cause->column, column) == 0;
}

static const char *percent(const Clause *c, Decimal share)
{
    return prose_piece(c->prose, "%s",
                       percent_text(decimal_to_double(share), PERCENT_AS_SHORT_AS_CAN_BE).text);
}

/** "at most 3 needs", "at most 1 donor". */
static const char *at_most(const Clause *c, long most, const char *what)
{
    return prose_piece(c->prose, "at most %ld %s%s", most, what, most == 1 ? "" : "s");
}

/** "(donors DK, max_share)" */
static const char *place(const Clause *c)
{
    const char *column = c->cause->column, *table;
    table = dictionary_table(c->cause->origin.table)->name;
    return prose_piece(c->prose, "(%s %s%s%s)", table, c->cause->id, *column == '\0' ? "" : ", ",
                       column);
}

/** "it", or the need's id where it is another one. */
static const char *it_or(const Clause *c, int need)
{
    return need == c->need ? _("it") : c->round->needs[need].id;
}

/* ---- offers and donors ----------------------------------------------------------------------- */

static const char *offer_clause(const Clause *c)
{
    const Offer *offer = &c->round->offers[round_find_offer(c->round, c->cause->id)];
    const char *who = cause_donor(c->round, offer->donor), *at = place(c);
    Prose *p = c->prose;
    if (is_column(c, "max_share"))
        return prose_piece(p, "%s of %s gives at most %s of one need %s", offer->id, who,
                           percent(c, offer->max_share), at);
    if (is_column(c, "max_needs"))
        return prose_piece(p, "%s of %s serves %s %s", offer->id, who,
                           at_most(c, offer->max_needs, _("need")), at);
    if (is_column(c, "min_ticket"))
        return prose_piece(p, "%s of %s gives at least %s to one need, or nothing %s", offer->id,
                           who, prose_amount(p, offer->unit, offer->min_ticket), at);
    const char *all = prose_amount(p, offer->unit, offer->quantity);
    int64_t left = c->plan->offers[offer - c->round->offers].left;
    if (left == 0 && offer->quantity == 0 && offer->taken > 0)
        return prose_piece(p, "earlier rounds committed all of %s of %s %s",
                           prose_amount(p, offer->unit, offer->taken), who, at);
    if (left == 0)
        return prose_piece(p, "nothing is left of %s of %s %s", all, who, at);
    return prose_piece(p, "%s is left of %s of %s, too little %s",
                       prose_amount(p, offer->unit, left), all, who, at);
}

static const char *donor_clause(const Clause *c)
{
    const Donor *donor = &c->round->donors[round_find_donor(c->round, c->cause->id)];
    const char *who = cause_donor(c->round, donor->id), *at = place(c);
    Unit unit = round_unit(c->round, donor->currency);
    Prose *p = c->prose;
    if (is_column(c, "max_share"))
        return prose_piece(p, "%s gives at most %s of one need %s", who,
                           percent(c, donor->max_share), at);
    if (is_column(c, "max_needs"))
        return prose_piece(p, "%s serves %s %s", who, at_most(c, donor->max_needs, _("need")), at);
    if (is_column(c, "min_ticket"))
        return prose_piece(p, "%s gives at least %s to one need, or nothing %s", who,
                           prose_amount(p, unit, donor->min_ticket), at);
    if (donor->budget == 0 && donor->budget_taken > 0)
        return prose_piece(p, "earlier rounds committed all of the budget of %s, %s %s", who,
                           prose_amount(p, unit, donor->budget_taken), at);
    return prose_piece(p, "the budget of %s, %s, holds no more %s", who,
                       prose_amount(p, unit, donor->budget), at);
}

static const char *beneficiary_clause(const Clause *c)
{
    int row = round_find_beneficiary(c->round, c->cause->id);
    const Beneficiary *who = &c->round->beneficiaries[row];
    const char *name = *who->name == '\0' ? who->id : who->name;
    if (is_column(c, "max_needs"))
        return prose_piece(c->prose, "%s is served in %s %s", name,
                           at_most(c, who->max_needs, _("need")), place(c));
    return prose_piece(c->prose, "%s receives at most %s %s", name,
                       prose_amount(c->prose, c->round->currency, who->max_value), place(c));
}

/* ---- rules, pairs, commitments --------------------------------------------------------------- */

static const char *scaled(const Clause *c, Decimal value, Unit unit)
{
    int64_t amount;
    if (decimal_to_scaled(value, unit.places, &amount))
        return prose_amount(c->prose, unit, amount);
    return _("its amount");
}

/** The row's bound: "EUR 500.00", "5 seat", "30% of all that is planned". */
static const char *rule_bound(const Clause *c, const RuleRow *row)
{
    if (row->has_value)
        return scaled(c, row->value, round_unit(c->round, row->currency));
    if (row->has_quantity && row->unit.name != NULL)
        return scaled(c, row->quantity, row->unit);
    if (row->has_share)
        return prose_piece(c->prose, "%s of all that is planned", percent(c, row->share));
    return prose_piece(c->prose, "%ld %s", row->count, row->of);
}

static const char *rule_clause(const Clause *c)
{
    const RuleRow *row = c->round->rules;
    Prose *p = c->prose;
    while (row->origin.line != c->cause->origin.line)
        row++;
    const char *part = c->cause->each, *bound = rule_bound(c, row), *clause = "";
    const char *for_part = *part == '\0' ? "" : prose_piece(p, " for %s", part);
    switch (row->kind) {
    case RULE_FLOOR: clause = prose_piece(p, "asks for at least %s", bound); break;
    case RULE_RESERVE: clause = prose_piece(p, "keeps back %s", bound); break;
    case RULE_TICKET: clause = prose_piece(p, "asks for at least %s, or nothing", bound); break;
    default: clause = prose_piece(p, "allows at most %s", bound); break;
    }
    const char *colon = *row->reason == '\0' ? "" : ": ";
    return prose_piece(p, "rule %s %s%s (rules %s%s%s)", row->id, clause, for_part, row->id, colon,
                       row->reason);
}

static const char *commitment_clause(const Clause *c)
{
    const Commitment *row = c->round->commitments;
    Prose *p = c->prose;
    while (row->origin.line != c->cause->origin.line)
        row++;
    const char *kind = row->kind == COMMITMENT_FIXED      ? _("exactly")
                       : row->kind == COMMITMENT_AT_LEAST ? _("at least")
                                                          : _("at most");
    const char *amount = prose_amount(p, c->round->needs[row->need].unit, row->quantity);
    const char *colon = *row->reason == '\0' ? "" : ": ";
    if (row->kind ==
        COMMITMENT_FORBIDDEN) /* an answer about the need itself (solver/lift_reason.c) */
        return prose_piece(p, "what %s of %s was to give it has been declined (answers %s/%s)",
                           row->offer_id, cause_donor(c->round, row->author), row->need_id,
                           row->offer_id);
    if (row->author !=
        NULL) /* an answer: where it was given and what was said is the planners' own */
        return prose_piece(p, "it is agreed that %s of %s gives %s %s %s (answers %s/%s)",
                           row->offer_id, cause_donor(c->round, row->author), it_or(c, row->need),
                           kind, amount, row->need_id, row->offer_id);
    return prose_piece(p, "it is agreed that %s of %s gives %s %s %s (commitments %s/%s%s%s)",
                       row->offer_id, cause_donor(c->round, c->round->offers[row->offer].donor),
                       it_or(c, row->need), kind, amount, row->need_id, row->offer_id, colon,
                       row->reason);
}

static const char *pair_clause(const Clause *c)
{
    const PairRow *row = c->round->pairs;
    while (row->origin.line != c->cause->origin.line)
        row++;
    return prose_piece(c->prose, "%s of %s gives %s at most %s (pairs %s/%s, max)", row->offer_id,
                       cause_donor(c->round, c->round->offers[row->offer].donor),
                       it_or(c, row->need),
                       prose_amount(c->prose, c->round->needs[row->need].unit, row->max),
                       row->need_id, row->offer_id);
}

/* ---- needs ----------------------------------------------------------------------------------- */

/** The other members of a mark: "N-2, N-3". */
static const char *members(const Clause *c, const NeedMark *mark)
{
    const char *text = "";
    for (int i = 0; i < mark->count; i++)
        if (mark->members[i] != c->need)
            text = prose_piece(c->prose, "%s%s%s", text, *text == '\0' ? "" : ", ",
                               c->round->needs[mark->members[i]].id);
    return text;
}

static const char *alternative_clause(const Clause *c)
{
    const Logic *logic = &c->round->logic;
    const NeedMark *mark = &logic->alternatives[logic->alternative_of[c->need]];
    for (int i = 0; i < mark->count; i++) {
        int other = mark->members[i];
        if (other != c->need && (c->plan->needs[other].assigned > 0 || mark->chosen == other))
            return prose_piece(c->prose, "%s is served instead (needs, alternative %s)",
                               c->round->needs[other].id, c->cause->id);
    }
    return prose_piece(c->prose, "the others are %s (needs, alternative %s)", members(c, mark),
                       c->cause->id);
}

static const char *bundle_clause(const Clause *c)
{
    const Logic *logic = &c->round->logic;
    const NeedMark *mark = &logic->bundles[logic->bundle_of[c->need]];
    return prose_piece(c->prose, "with %s (needs, bundle %s)", members(c, mark), c->cause->id);
}

static const char *need_clause(const Clause *c)
{
    int index = round_find_need(c->round, c->cause->id);
    const Need *need = &c->round->needs[index];
    const char *who = it_or(c, index), *at = place(c);
    Prose *p = c->prose;
    if (is_column(c, "max_donors"))
        return prose_piece(p, "%s takes from %s %s", who, at_most(c, need->max_donors, _("donor")),
                           at);
    if (is_column(c, "civil_share"))
        return prose_piece(p, "at most %s of %s may come from offers for civil use %s",
                           percent(c, need->civil_share), who, at);
    if (need->indivisible)
        return prose_piece(p, "%s takes all of %s or nothing %s", who,
                           prose_amount(p, need->unit, need->wanted), at);
    return prose_piece(p, "%s takes at least %s or nothing %s", who,
                       prose_amount(p, need->unit, need->least), at);
}

const char *cause_row(Prose *prose, const Round *round, const Plan *plan, int need,
                      const Cause *cause)
{
    Clause c = {.prose = prose, .round = round, .plan = plan, .need = need, .cause = cause};
    if (cause->reason == REASON_PREREQUISITE)
        return prose_piece(prose, "%s %s", cause->each, place(&c));
    if (cause->reason == REASON_BUNDLE)
        return bundle_clause(&c);
    if (cause->reason == REASON_ALTERNATIVE)
        return alternative_clause(&c);
    if (cause->reason == REASON_URGENT)
        return prose_piece(prose, "%s %s", cause->id, place(&c));
    switch (cause->origin.table) {
    case TABLE_OFFERS: return offer_clause(&c);
    case TABLE_DONORS: return donor_clause(&c);
    case TABLE_BENEFICIARIES: return beneficiary_clause(&c);
    case TABLE_RULES: return rule_clause(&c);
    case TABLE_COMMITMENTS: return commitment_clause(&c);
    case TABLE_PAIRS: return pair_clause(&c);
    default: return need_clause(&c);
    }
}
