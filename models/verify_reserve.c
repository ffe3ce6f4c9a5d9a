/* C5: reserves. What the selected offers leave unplanned, in value, in their unit or as a share of
 * what they have. Where an offer and one that it is paid out of are both selected, only the upper
 * one counts: it holds what the lower one may take. In value money alone counts: what a thing is
 * worth is for reports. A part of `each` with nothing that counts keeps nothing back. */
#include "models/verify_internal.h"

#include "allot/language.h"

/* Quantity and what is left of it, of the offers that count. */
typedef struct Stock {
    mpq_t total;
    mpq_t left;
} Stock;

static unsigned need_words(const RuleRow *rule)
{
    unsigned offer_side = (1u << SELECT_DONOR) | (1u << SELECT_OFFER);
    unsigned words = rule->each;

    for (unsigned s = 0; s < SELECT_COUNT; s++)
        if (rule->select[s].count > 0)
            words |= 1u << s;
    return words & ~offer_side;
}

/* Puts an offer into the parts of the pair; offer -1 only makes the part of a rule without `each`. */
static Status add_member(const Verifier *v, const RuleRow *rule, int need, int offer,
                         VerifyParts *parts)
{
    TRY(verify_parts_of(v, rule, need, offer, parts));
    for (size_t h = 0; h < parts->hit_count; h++) {
        VerifyPart *part = &parts->parts[parts->hits[h]];

        if (part->members == NULL)
            TRY_NEW(part->members = ARENA_NEW(v->arena, v->round->offer_count, bool));
        if (offer >= 0)
            part->members[offer] = true;
    }
    return STATUS_OK;
}

/* The parts and their offers: those that donor and offer words select; where words ask for needs
 * too, those of them that may serve such a need. */
static Status gather(const Verifier *v, const VerifyScope *scope, VerifyParts *parts)
{
    bool by_need = need_words(scope->rule) != 0;

    if (scope->rule->each == 0)
        TRY(add_member(v, scope->rule, -1, -1, parts));
    for (int o = 0; (size_t)o < v->round->offer_count; o++) {
        if (!scope->offers[o])
            continue;
        if (!by_need)
            TRY(add_member(v, scope->rule, -1, o, parts));
        for (int n = 0; by_need && (size_t)n < v->round->need_count; n++)
            if (verify_selects_need(v, scope, n) && verify_eligible(v, n, o))
                TRY(add_member(v, scope->rule, n, o, parts));
    }
    return STATUS_OK;
}

/* What cannot be planned on keeps nothing back: it is less firm than the round asks, or lapsed. */
static bool can_be_planned_on(const Round *round, int offer)
{
    for (int o = offer; o >= 0; o = round->offers[o].parent_row) {
        const Offer *link = &round->offers[o];
        bool lapsed = link->lapses != DATE_NONE && round->settings.start != DATE_NONE &&
                      link->lapses < round->settings.start;
        if (link->status < round->settings.plan_on || !link->quantity_known || lapsed)
            return false;
    }
    return true;
}

static bool counts(const Verifier *v, const VerifyPart *part, bool in_value, int offer)
{
    const Offer *offers = v->round->offers;

    if (!part->members[offer] || !can_be_planned_on(v->round, offer) ||
        (in_value && !offers[offer].unit.is_money))
        return false;
    for (int o = offers[offer].parent_row; o >= 0; o = offers[o].parent_row)
        if (part->members[o])
            return false;
    return true;
}

/* True when all the part's offers share one unit, which is @p unit then. */
static bool one_unit(const Verifier *v, const VerifyPart *part, Unit *unit)
{
    *unit = (Unit){0};
    for (int o = 0; (size_t)o < v->round->offer_count; o++) {
        if (!counts(v, part, false, o))
            continue;
        if (unit->name != NULL && unit->name != v->round->offers[o].unit.name)
            return false;
        *unit = v->round->offers[o].unit;
    }
    return true;
}

static bool keeps_back(const Verifier *v, const RuleRow *rule, const VerifyPart *part)
{
    for (int o = 0; (size_t)o < v->round->offer_count; o++)
        if (counts(v, part, rule->has_value, o))
            return true;
    return rule->each == 0; /* of nothing at all, nothing is kept */
}

/* Adds up in smallest parts of @p unit, which the offers share, or (no name) in reporting value. */
static void add_up(const Verifier *v, const VerifyPart *part, Unit unit, Stock *stock)
{
    const Round *round = v->round;
    mpq_t one;
    mpq_t amount;

    mpq_init(one);
    mpq_init(amount);
    for (int o = 0; (size_t)o < round->offer_count; o++) {
        const Offer *offer = &round->offers[o];

        if (!counts(v, part, unit.name == NULL, o))
            continue;
        mpq_set_ui(one, 1, 1);
        if (unit.name == NULL) {
            if (!worth_of_offer(round, offer, one))
                continue;
            exact_multiply(one, unit_scale(round->currency));
            exact_divide(one, unit_scale(offer->unit));
        }
        mpq_set(amount, one);
        exact_multiply(amount, offer->quantity);
        mpq_add(stock->total, stock->total, amount);
        exact_multiply(one, offer->quantity - v->used[o]);
        mpq_add(stock->left, stock->left, one);
    }
    mpq_clear(amount);
    mpq_clear(one);
}

static void compare(Verifier *v, const RuleRow *rule, const VerifyPart *part, const char *column,
                    const mpq_t bound, const Stock *stock, Unit unit)
{
    const VerifyLine *last = NULL;

    if (mpq_cmp(stock->left, bound) >= 0)
        return;
    for (int o = 0; (size_t)o < v->round->offer_count; o++)
        if (part->members[o] && v->last[o] != NULL && (last == NULL || v->last[o] > last))
            last = v->last[o];
    verify_broken(v, DIAG_PLAN_RULE, last, "%s%s: %s is left unplanned, but %s reserves %s",
                  rule->id, verify_part_text(v, rule, part),
                  mpq_sgn(stock->left) < 0 ? _("nothing") : exact_text(v->arena, stock->left, unit),
                  verify_row(v, rule->origin, column), exact_text(v->arena, bound, unit));
}

static void check_value(Verifier *v, const RuleRow *rule, const VerifyPart *part, Stock *stock)
{
    mpq_t bound;

    mpq_init(bound);
    add_up(v, part, (Unit){0}, stock);
    if (verify_value_bound(v->round, rule, bound))
        compare(v, rule, part, "value", bound, stock, v->round->currency);
    else
        verify_broken(v, DIAG_PLAN_RULE, NULL, "%s: %s is in a currency without a rate", rule->id,
                      verify_row(v, rule->origin, "value"));
    mpq_clear(bound);
}

static void check_quantity(Verifier *v, const RuleRow *rule, const VerifyPart *part, Stock *stock)
{
    Unit unit;
    mpq_t bound;

    if (!one_unit(v, part, &unit) || (unit.name != NULL && unit.name != rule->unit.name)) {
        verify_broken(v, DIAG_PLAN_RULE, NULL,
                      "%s%s: %s is not the unit of all its offers, so that it cannot be checked",
                      rule->id, verify_part_text(v, rule, part),
                      verify_row(v, rule->origin, "unit"));
        return;
    }
    mpq_init(bound);
    add_up(v, part, rule->unit, stock);
    verify_quantity_bound(rule, bound);
    compare(v, rule, part, "quantity", bound, stock, rule->unit);
    mpq_clear(bound);
}

static void check_share(Verifier *v, const RuleRow *rule, const VerifyPart *part, Stock *stock)
{
    Unit unit;
    mpq_t bound;

    if (!one_unit(v, part, &unit) || unit.name == NULL)
        unit = (Unit){0};
    mpq_init(bound);
    add_up(v, part, unit, stock);
    mpq_set(bound, stock->total);
    exact_multiply_decimal(bound, rule->share);
    compare(v, rule, part, "share", bound, stock, unit.name != NULL ? unit : v->round->currency);
    mpq_clear(bound);
}

typedef void StockCheck(Verifier *v, const RuleRow *rule, const VerifyPart *part, Stock *stock);

static void check_part(Verifier *v, const RuleRow *rule, const VerifyPart *part, StockCheck *check)
{
    Stock stock;

    mpq_init(stock.total);
    mpq_init(stock.left);
    check(v, rule, part, &stock);
    mpq_clear(stock.left);
    mpq_clear(stock.total);
}

Status verify_reserve(Verifier *v, const VerifyScope *scope)
{
    const RuleRow *rule = scope->rule;
    VerifyParts parts = {0};

    TRY(gather(v, scope, &parts));
    for (size_t i = 0; i < parts.count; i++) {
        if (!keeps_back(v, rule, &parts.parts[i]))
            continue;
        if (rule->has_value)
            check_part(v, rule, &parts.parts[i], check_value);
        if (rule->has_quantity)
            check_part(v, rule, &parts.parts[i], check_quantity);
        if (rule->has_share)
            check_part(v, rule, &parts.parts[i], check_share);
    }
    return STATUS_OK;
}
