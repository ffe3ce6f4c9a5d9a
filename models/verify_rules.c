/* C5: limits and floors; C7: tickets. The value, the units or the share of all value that the lines
 * of a rule's pairs come to, against its bound, for every part of the rule by itself. */
#include "models/verify_internal.h"

#include "allot/language.h"

typedef enum Measure { BY_VALUE, BY_NEED_UNITS, BY_OFFER_UNITS, BY_SHARE } Measure;

bool verify_value_bound(const Round *round, const RuleRow *rule, mpq_t out)
{
    if (!worth_of_currency(round, rule->currency, out))
        return false;
    exact_multiply_decimal(out, rule->value);
    exact_multiply(out, unit_scale(round->currency));
    return true;
}

void verify_quantity_bound(const RuleRow *rule, mpq_t out)
{
    exact_set_decimal(out, rule->quantity);
    exact_multiply(out, unit_scale(rule->unit));
}

/* ---- the units of a quantity ------------------------------------------------------------------ */

static bool other_offer(const Round *round, const VerifyScope *scope)
{
    for (size_t o = 0; o < round->offer_count; o++)
        if (scope->offers[o] && round->offers[o].unit.name != scope->rule->unit.name)
            return true;
    return false;
}

static bool no_word(const char *name)
{
    return name == NULL || name[0] == '\0';
}

/* Does a combination of `each` hold the need? It must have the words that are asked for, and of tags one
 * that the rule selects. */
static bool in_a_part(const Verifier *v, const RuleRow *rule, const Need *need)
{
    const NameList *tags = &rule->select[SELECT_TAG];
    bool tagged = (rule->each & (1u << SELECT_TAG)) == 0;

    for (int t = 0; !tagged && t < need->tags.count; t++)
        tagged = tags->count == 0 || verify_list_has(v, tags, need->tags.names[t]);
    return tagged &&
           ((rule->each & (1u << SELECT_BENEFICIARY)) == 0 || !no_word(need->beneficiary)) &&
           ((rule->each & (1u << SELECT_REGION)) == 0 || !no_word(need->region));
}

/* True when a pair of the rule is allowed whose need (or offer) is in another unit than the rule. */
static bool other_unit(const Verifier *v, const VerifyScope *scope, bool of_need)
{
    const Round *round = v->round;
    const char *unit = scope->rule->unit.name;

    if (!of_need && !other_offer(round, scope))
        return false;
    for (size_t n = 0; n < round->need_count; n++) {
        if ((of_need && round->needs[n].unit.name == unit) ||
            !in_a_part(v, scope->rule, &round->needs[n]) || !verify_selects_need(v, scope, (int)n))
            continue;
        for (size_t o = 0; o < round->offer_count; o++)
            if (scope->offers[o] && (of_need || round->offers[o].unit.name != unit) &&
                verify_eligible(v, (int)n, (int)o))
                return true;
    }
    return false;
}

static bool measure_of_quantity(Verifier *v, const VerifyScope *scope, Measure *measure)
{
    *measure = BY_NEED_UNITS;
    if (!other_unit(v, scope, true))
        return true;
    *measure = BY_OFFER_UNITS;
    if (!other_unit(v, scope, false))
        return true;
    verify_broken(v, DIAG_PLAN_RULE, NULL,
                  "%s: %s is neither the unit of all its needs nor of all "
                  "its offers, so that it cannot be checked",
                  scope->rule->id, verify_row(v, scope->rule->origin, "unit"));
    return false;
}

/* ---- sums ------------------------------------------------------------------------------------- */

static int64_t amount_of(const VerifyLine *line, Measure measure)
{
    switch (measure) {
    case BY_NEED_UNITS: return line->quantity;
    case BY_OFFER_UNITS: return line->gross;
    case BY_VALUE:
    case BY_SHARE: return line->has_value ? line->value : 0;
    }
    return 0;
}

/* A floor holds for every part, also one that nothing may serve; a limit is kept where nothing is given. */
static Status add_parts_without_lines(const Verifier *v, const VerifyScope *scope,
                                      VerifyParts *parts)
{
    if (scope->rule->kind != RULE_FLOOR)
        return STATUS_OK;
    if (scope->rule->each == 0)
        return verify_parts_of(v, scope->rule, -1, -1, parts);
    for (int n = 0; (size_t)n < v->round->need_count; n++)
        for (int o = 0; (size_t)o < v->round->offer_count; o++)
            if (verify_in_scope(v, scope, n, o))
                TRY(verify_parts_of(v, scope->rule, n, o, parts));
    return STATUS_OK;
}

static Status sum_lines(const Verifier *v, const VerifyScope *scope, Measure measure,
                        VerifyParts *parts)
{
    for (size_t i = 0; i < v->line_count; i++) {
        const VerifyLine *line = &v->lines[i];

        if (!verify_in_scope(v, scope, line->need, line->offer))
            continue;
        TRY(verify_parts_of(v, scope->rule, line->need, line->offer, parts));
        for (size_t h = 0; h < parts->hit_count; h++) {
            VerifyPart *part = &parts->parts[parts->hits[h]];

            Int128 amount = amount_of(line, measure);
            part->sum += amount;
            part->lines++;
            if (amount != 0 || part->last == NULL)
                part->last = line;
        }
    }
    return STATUS_OK;
}

/* ---- bounds ----------------------------------------------------------------------------------- */

static bool bound_of(const Verifier *v, const RuleRow *rule, Measure measure, mpq_t out)
{
    Int128 total = 0;

    switch (measure) {
    case BY_VALUE: return verify_value_bound(v->round, rule, out);
    case BY_NEED_UNITS:
    case BY_OFFER_UNITS: verify_quantity_bound(rule, out); return true;
    case BY_SHARE:
        for (size_t i = 0; i < v->line_count; i++)
            total += amount_of(&v->lines[i], BY_SHARE);
        exact_set_decimal(out, rule->share);
        exact_multiply(out, total);
        return true;
    }
    return false;
}

static void compare_part(Verifier *v, const RuleRow *rule, Measure measure, const mpq_t bound,
                         const VerifyPart *part)
{
    bool by_units = measure == BY_NEED_UNITS || measure == BY_OFFER_UNITS;
    const char *column = by_units ? "quantity" : measure == BY_SHARE ? "share" : "value";
    Unit unit = by_units ? rule->unit : v->round->currency;
    int sign = exact_compare(part->sum, bound);

    if (rule->kind == RULE_LIMIT ? sign <= 0 : sign >= 0)
        return;
    verify_broken(v, DIAG_PLAN_RULE, part->last, "%s%s: %zu lines come to %s, but %s %s %s%s",
                  rule->id, verify_part_text(v, rule, part), part->lines,
                  verify_amount(v, unit, part->sum), verify_row(v, rule->origin, column),
                  rule->kind == RULE_LIMIT ? _("allows at most") : _("asks for at least"),
                  exact_text(v->arena, bound, unit),
                  rule->kind == RULE_TICKET ? _(" or nothing") : "");
}

static Status check_measure(Verifier *v, const VerifyScope *scope, Measure measure)
{
    VerifyParts parts = {0};
    mpq_t bound;
    Status status;

    mpq_init(bound);
    status = add_parts_without_lines(v, scope, &parts);
    if (status == STATUS_OK)
        status = sum_lines(v, scope, measure, &parts);
    if (status == STATUS_OK && bound_of(v, scope->rule, measure, bound))
        for (size_t i = 0; i < parts.count; i++)
            compare_part(v, scope->rule, measure, bound, &parts.parts[i]);
    else if (status == STATUS_OK)
        verify_broken(v, DIAG_PLAN_RULE, NULL, "%s: %s is in a currency without a rate",
                      scope->rule->id, verify_row(v, scope->rule->origin, "value"));
    mpq_clear(bound);
    return status;
}

void verify_unclear(Verifier *v, const RuleRow *rule, const char *column)
{
    verify_broken(v, DIAG_PLAN_RULE, NULL, "%s: %s says too little, so that it cannot be checked",
                  rule->id, verify_row(v, rule->origin, column));
}

Status verify_rule_sums(Verifier *v, const VerifyScope *scope)
{
    const RuleRow *rule = scope->rule;
    Measure units;

    if (rule->has_value)
        TRY(check_measure(v, scope, BY_VALUE));
    if (rule->has_quantity && measure_of_quantity(v, scope, &units))
        TRY(check_measure(v, scope, units));
    if (rule->has_share)
        TRY(check_measure(v, scope, BY_SHARE));
    return STATUS_OK;
}

Status verify_rules(Verifier *v)
{
    for (size_t r = 0; r < v->round->rule_count; r++) {
        const VerifyScope *scope = &v->scopes[r];

        switch (scope->rule->kind) {
        case RULE_FORBID: break; /* a matter of eligibility */
        case RULE_LIMIT:
        case RULE_FLOOR: TRY(verify_rule_sums(v, scope)); break;
        case RULE_RESERVE: TRY(verify_reserve(v, scope)); break;
        case RULE_TICKET:     /* C7 */
        case RULE_COUNT:      /* C8 */
        case RULE_FEE: break; /* costs something and forbids nothing */
        }
    }
    return STATUS_OK;
}
