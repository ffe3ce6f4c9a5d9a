/* C7: where anything is given, at least so much: by one offer for one need, by one donor's money for
 * one need. The tickets of the rules table are sums like limits and floors: verify_rules.c. */
#include "models/verify_internal.h"

static void check_offer(Verifier *v, const VerifyLine *line)
{
    const Offer *offer = &v->round->offers[line->offer];

    if (!line->has_gross || line->gross >= offer->min_ticket)
        return;
    verify_broken(v, DIAG_PLAN_RULE, line, "%s takes %s, but %s asks for at least %s or nothing",
                  verify_pair(v, line), verify_amount(v, offer->unit, line->gross),
                  verify_row(v, offer->origin, "min_ticket"),
                  verify_amount(v, offer->unit, offer->min_ticket));
}

/* What one donor's money gives one need. */
typedef struct Given {
    Int128 sum; /* smallest parts of the donor's currency */
    int row;    /* of the donor */
    const VerifyLine *last;
    bool known; /* everything could be converted */
} Given;

/* The line's gross in the currency of its donor, rounded up once more. */
static bool donor_gross(const Verifier *v, const VerifyLine *line, Unit to, int64_t *out)
{
    Unit from = v->round->offers[line->offer].unit;
    mpq_t taken;
    bool known;

    *out = line->gross;
    if (from.name == to.name)
        return line->has_gross;
    mpq_init(taken);
    known = line->has_gross && worth_convert(v->round, from, to, taken);
    if (known) {
        exact_multiply(taken, line->gross);
        known = exact_round(taken, ROUND_UP, out);
    }
    mpq_clear(taken);
    return known;
}

static void add_line(const Verifier *v, const VerifyLine *line, Given *given)
{
    int row = v->round->offers[v->offers[line->offer].root].donor_row;
    int64_t gross = 0;

    if (row < 0 || v->round->donors[row].min_ticket <= 0 ||
        !v->round->offers[line->offer].unit.is_money)
        return;
    if (given->last == NULL)
        *given = (Given){.row = row, .known = true};
    given->known =
        donor_gross(v, line, round_unit(v->round, v->round->donors[row].currency), &gross) &&
        given->known;
    given->sum += gross;
    given->last = line;
}

static void check_donor(Verifier *v, const Given *given)
{
    const Donor *donor = &v->round->donors[given->row];
    Unit unit = round_unit(v->round, donor->currency);
    const char *need = v->round->needs[given->last->need].id;

    if (!given->known)
        verify_broken(v, DIAG_PLAN_RULE, given->last,
                      "%s: what %s gives it cannot be converted to the currency of %s", need,
                      donor->id, verify_row(v, donor->origin, "min_ticket"));
    else if (given->sum < donor->min_ticket)
        verify_broken(v, DIAG_PLAN_RULE, given->last,
                      "%s: the money of %s gives it %s, but %s asks for at least %s or nothing",
                      need, donor->id, verify_amount(v, unit, given->sum),
                      verify_row(v, donor->origin, "min_ticket"),
                      verify_amount(v, unit, donor->min_ticket));
}

/* @p given is [donor_count], all empty, and is left so. */
static void check_donors(Verifier *v, size_t n, Given *given)
{
    for (size_t i = v->first[n]; i < v->first[n + 1]; i++)
        add_line(v, &v->lines[i], &given[v->lines[i].donor]);
    for (size_t i = v->first[n]; i < v->first[n + 1]; i++) {
        Given *of = &given[v->lines[i].donor];

        if (of->last != &v->lines[i])
            continue;
        check_donor(v, of);
    }
    for (size_t i = v->first[n]; i < v->first[n + 1]; i++)
        given[v->lines[i].donor] = (Given){0};
}

static bool any_donor_ticket(const Round *round)
{
    for (size_t d = 0; d < round->donor_count; d++)
        if (round->donors[d].min_ticket > 0)
            return true;
    return false;
}

static Status check_rule(Verifier *v, const VerifyScope *scope)
{
    const RuleRow *rule = scope->rule;

    if (rule->has_share || (!rule->has_value && !rule->has_quantity)) {
        verify_unclear(v, rule, rule->has_share ? "share" : "value");
        return STATUS_OK;
    }
    return verify_rule_sums(v, scope);
}

Status verify_tickets(Verifier *v)
{
    Given *given;

    TRY_NEW(given = ARENA_NEW(v->arena, v->donor_count, Given));
    for (size_t i = 0; i < v->line_count; i++)
        if (v->round->offers[v->lines[i].offer].min_ticket > 0)
            check_offer(v, &v->lines[i]);
    if (any_donor_ticket(v->round))
        for (size_t n = 0; n < v->round->need_count; n++)
            check_donors(v, n, given);
    for (size_t r = 0; r < v->round->rule_count; r++)
        if (v->scopes[r].rule->kind == RULE_TICKET)
            TRY(check_rule(v, &v->scopes[r]));
    return STATUS_OK;
}
