/* What a thing of a round asks for, in the planner's words: one clause a kind. */
#include "io/conflict_words.h"

#include <string.h>

#include "allot/amount_text.h"
#include "allot/language.h"
#include "allot/replies.h"
#include "io/cause_row.h"

const char *conflict_unit_amount(Unit unit, int64_t amount, Arena *arena)
{
    return arena_printf(arena, "%s", amount_in_unit(unit, amount).text);
}

const char *conflict_amount(const Lifts *lifts, const Lift *lift, int64_t amount, Arena *arena)
{
    if (lift->kind == LIFT_NUMBER)
        return arena_printf(arena, "%lld", (long long)amount);
    const Rule *rule = lift_rule(lifts, lift);
    const char *text = conflict_unit_amount(lift_unit(lifts, lift), amount, arena);
    if (text == NULL || rule == NULL || !rule->of_total)
        return text;
    return arena_printf(arena, _("%s of the sum that it asks for"), text);
}

/** "rule 'F-1'", "rule 'F-1' (region UA-61)". */
static const char *rule_name(const Lift *lift, Arena *arena)
{
    return *lift->each == '\0' ? arena_printf(arena, _("rule '%s'"), lift->id)
                               : arena_printf(arena, _("rule '%s' (%s)"), lift->id, lift->each);
}

/** "offer 'O-1' of Poland" */
static const char *offer_name(const Lifts *lifts, const char *id, Arena *arena)
{
    const Round *round = lifts->form->round;
    const char *donor = round->offers[round_find_offer(round, id)].donor;
    return arena_printf(arena, _("offer '%s' of %s"), id, cause_donor(round, donor));
}

static const char *percent(Ratio share, Arena *arena)
{
    return arena_printf(arena, "%s",
                        percent_text(ratio_to_double(share), PERCENT_AS_SHORT_AS_CAN_BE).text);
}

/** All that the needs of a floor want, where it counts in value or in their own unit; -1 where it
 *  counts otherwise. */
static int64_t wanted_by(const Lifts *lifts, const Rule *rule)
{
    const Round *round = lifts->form->round;
    int64_t sum = 0, amount;
    int before = -1;
    if (rule->measure == COUNT_OFFER_UNITS)
        return -1;
    for (size_t k = 0; k < rule->count; k++) {
        int n = lifts->form->pairs->pairs[rule->pairs[k]].need;
        if (n == before)
            continue;
        before = n;
        if (!rule_amount(round, lifts->form->pairs, rule, rule->pairs[k], round->needs[n].wanted,
                         &amount) ||
            __builtin_add_overflow(sum, amount, &sum))
            return -1;
    }
    return sum;
}

static const char *sum_clause(const Lifts *lifts, const Lift *lift, Arena *arena)
{
    const Rule *rule = lift_rule(lifts, lift);
    const char *name = rule_name(lift, arena);
    if (name == NULL)
        return NULL;
    if (rule->of_total)
        return arena_printf(arena, _("%s asks for at %s %s of all that is given"), name,
                            rule->has_lower ? _("least") : _("most"), percent(rule->share, arena));
    const char *bound = conflict_unit_amount(rule->unit, rule->asked, arena);
    if (lift->kind == LIFT_RESERVE)
        return arena_printf(arena, _("%s keeps back %s of %s"), name, bound,
                            conflict_unit_amount(rule->unit, rule->asked + rule->upper, arena));
    if (!rule->has_lower)
        return arena_printf(arena, _("%s allows at most %s"), name, bound);
    int64_t wanted = wanted_by(lifts, rule);
    if (wanted < 0)
        return arena_printf(arena, _("%s asks for at least %s"), name, bound);
    if (wanted == 0)
        return arena_printf(arena, _("%s asks for at least %s, which no offer may give"), name,
                            bound);
    return arena_printf(arena, _("%s asks for at least %s, of %s that its needs want"), name, bound,
                        conflict_unit_amount(rule->unit, wanted, arena));
}

static const char *commitment_clause(const Lifts *lifts, const Lift *lift, Arena *arena)
{
    const Round *round = lifts->form->round;
    const Commitment *row = &round->commitments[lift->index];
    const char *kind = row->kind == COMMITMENT_FIXED      ? _("exactly")
                       : row->kind == COMMITMENT_AT_LEAST ? _("at least")
                                                          : _("at most");
    return arena_printf(arena, _("%s gives need '%s' %s %s"),
                        offer_name(lifts, row->offer_id, arena), row->need_id, kind,
                        conflict_unit_amount(round->needs[row->need].unit, row->quantity, arena));
}

static const char *pair_clause(const Lifts *lifts, const Lift *lift, Arena *arena)
{
    const Round *round = lifts->form->round;
    const PairRow *row = &round->pairs[lift->index];
    return arena_printf(arena, _("%s gives need '%s' at most %s"),
                        offer_name(lifts, row->offer_id, arena), row->need_id,
                        conflict_unit_amount(round->needs[row->need].unit, row->max, arena));
}

static const char *number_clause(const Lifts *lifts, const Lift *lift, Arena *arena)
{
    const Rule *rule = lift_rule(lifts, lift);
    long long most = (long long)rule->upper;
    if (strcmp(lift->column, "max_donors") == 0)
        return arena_printf(arena, _("need '%s' takes from at most %lld donor%s"), lift->id, most,
                            most == 1 ? "" : "s");
    if (strcmp(lift->column, "max_needs") == 0)
        return arena_printf(arena, _("'%s' takes part in at most %lld need%s"), lift->id, most,
                            most == 1 ? "" : "s");
    return arena_printf(arena, _("%s allows a count of at most %lld"), rule_name(lift, arena),
                        most);
}

/** What is a lift's but no rule's. */
static const char *mark_clause(const Lifts *lifts, const Lift *lift, Arena *arena)
{
    const Logic *logic = &lifts->form->round->logic;
    switch (lift->kind) {
    case LIFT_REQUIRES:
        return arena_printf(arena, _("need '%s' requires that '%s' is met in full"), lift->id,
                            logic->requirements[lift->index].name);
    case LIFT_BUNDLE:
        return arena_printf(arena, _("the needs of bundle '%s' are served together or not at all"),
                            lift->id);
    case LIFT_ALTERNATIVE:
        return arena_printf(arena, _("of the alternatives '%s' one at most is served"), lift->id);
    default: return "";
    }
}

/** The amount that a cell of a rule states. */
static const char *asked(const Lifts *lifts, const Lift *lift, Arena *arena)
{
    const Rule *rule = &lifts->form->rules->rules[lift->index];
    return conflict_unit_amount(rule->unit,
                                rule->family == FAMILY_CIVIL ? rule->upper
                                : rule->has_upper            ? rule->upper
                                                             : rule->lower,
                                arena);
}

static const char *share_clause(const Lifts *lifts, const Lift *lift, Arena *arena)
{
    const Round *round = lifts->form->round;
    bool donor = lift->kind == LIFT_DONOR_SHARE;
    Decimal share = donor ? round->donors[round_find_donor(round, lift->id)].max_share
                          : round->offers[lift->index].max_share;
    return arena_printf(arena, _("%s '%s' gives at most %s of one need"),
                        donor ? _("donor") : _("offer"), lift->id,
                        percent(ratio_of_decimal(share), arena));
}

static const char *ticket_clause(const Lifts *lifts, const Lift *lift, Arena *arena)
{
    const char *who = lift->origin.table == TABLE_OFFERS   ? _("offer")
                      : lift->origin.table == TABLE_DONORS ? _("donor")
                                                           : _("rule");
    return arena_printf(arena, _("%s '%s' gives at least %s at a time, or nothing"), who, lift->id,
                        asked(lifts, lift, arena));
}

/** The names in a cell of an offer's earmarks or exclusions. */
static const NameList *names_in(const Offer *offer, const char *column)
{
    const struct {
        const char *column;
        const NameList *names;
    } CELLS[] = {{"only_beneficiaries", &offer->only_beneficiaries},
                 {"only_regions", &offer->only_regions},
                 {"only_needs", &offer->only_needs},
                 {"only_tags", &offer->only_tags},
                 {"not_beneficiaries", &offer->not_beneficiaries},
                 {"not_regions", &offer->not_regions},
                 {"not_needs", &offer->not_needs},
                 {"not_tags", &offer->not_tags}};
    size_t i = 0;
    while (strcmp(CELLS[i].column, column) != 0)
        i++;
    return CELLS[i].names;
}

static const char *list_text(const NameList *names, Arena *arena)
{
    const char *text = "";
    for (int i = 0; text != NULL && i < names->count; i++)
        text = arena_printf(arena, "%s%s%s", text, i > 0 ? "; " : "", names->names[i]);
    return text;
}

static const char *day_text(Date day, Arena *arena)
{
    char text[16];
    date_format(day, text);
    return arena_printf(arena, "%s", text);
}

/** What keeps an offer from needs altogether. */
static const char *bar_clause(const Lifts *lifts, const Lift *lift, Arena *arena)
{
    const Round *round = lifts->form->round;
    const Offer *offer = &round->offers[lift->origin.table == TABLE_OFFERS ? lift->index : 0];
    switch (lift->kind) {
    case LIFT_EARMARK:
        return arena_printf(arena, _("offer '%s' is earmarked (%s: %s)"), lift->id, lift->column,
                            list_text(names_in(offer, lift->column), arena));
    case LIFT_EXCLUSION:
        return arena_printf(arena, _("offer '%s' excludes some (%s: %s)"), lift->id, lift->column,
                            list_text(names_in(offer, lift->column), arena));
    case LIFT_LAPSES:
        return arena_printf(arena, _("offer '%s' lapsed on %s"), lift->id,
                            day_text(offer->lapses, arena));
    case LIFT_ODA: return arena_printf(arena, _("offer '%s' is for ODA only"), lift->id);
    case LIFT_WINDOW:
        return strcmp(lift->column, "valid_to") == 0
                   ? arena_printf(arena, _("offer '%s' ends on %s"), lift->id,
                                  day_text(offer->valid_to, arena))
                   : arena_printf(arena, _("offer '%s' begins on %s"), lift->id,
                                  day_text(offer->valid_from, arena));
    case LIFT_PAIR_NO:
        return arena_printf(arena, _("offer '%s' is ruled out for need '%s'"),
                            round->pairs[lift->index].offer_id, lift->id);
    case LIFT_FORBID: return arena_printf(arena, _("rule '%s' forbids some pairs"), lift->id);
    case LIFT_FORBIDDEN:
        if (reply_of_origin(round, lift->origin) != NULL)
            return arena_printf(arena, _("%s declines that offer '%s' serves need '%s'"),
                                reply_of_origin(round, lift->origin)->author,
                                round->commitments[lift->index].offer_id, lift->id);
        return arena_printf(arena, _("a commitment forbids that offer '%s' serves need '%s'"),
                            round->commitments[lift->index].offer_id, lift->id);
    default: return "";
    }
}

const char *conflict_clause(const Lifts *lifts, const Lift *lift, Arena *arena)
{
    switch (lift->kind) {
    case LIFT_QUANTITY:
        return arena_printf(arena, _("%s holds %s"), offer_name(lifts, lift->id, arena),
                            asked(lifts, lift, arena));
    case LIFT_BUDGET:
        return arena_printf(arena, _("donor '%s' gives at most %s in all"), lift->id,
                            asked(lifts, lift, arena));
    case LIFT_MAX_VALUE:
        return arena_printf(arena, _("beneficiary '%s' receives at most %s"), lift->id,
                            asked(lifts, lift, arena));
    case LIFT_LIMIT:
    case LIFT_FLOOR:
    case LIFT_RESERVE: return sum_clause(lifts, lift, arena);
    case LIFT_LEAST:
        return arena_printf(arena, _("need '%s' takes at least %s, or nothing"), lift->id,
                            asked(lifts, lift, arena));
    case LIFT_TICKET: return ticket_clause(lifts, lift, arena);
    case LIFT_NUMBER: return number_clause(lifts, lift, arena);
    case LIFT_CIVIL:
        return arena_printf(arena, _("need '%s' takes at most %s from offers for civil use"),
                            lift->id, asked(lifts, lift, arena));
    case LIFT_DONOR_SHARE:
    case LIFT_OFFER_SHARE: return share_clause(lifts, lift, arena);
    case LIFT_PAIR_MAX: return pair_clause(lifts, lift, arena);
    case LIFT_COMMITMENT: return commitment_clause(lifts, lift, arena);
    case LIFT_REQUIRES:
    case LIFT_BUNDLE:
    case LIFT_ALTERNATIVE: return mark_clause(lifts, lift, arena);
    case LIFT_PAIR_NO:
    case LIFT_EARMARK:
    case LIFT_EXCLUSION:
    case LIFT_LAPSES:
    case LIFT_ODA:
    case LIFT_WINDOW:
    case LIFT_FORBID:
    case LIFT_FORBIDDEN: return bar_clause(lifts, lift, arena);
    }
    return "";
}
