/* What may come from one side: C12, the share of one need that an offer or a donor gives; C14, the
 * civilian part, which all that offers marked civil_only give must fit; and the most of a pair. */
#include "models/verify_internal.h"

/* True when sum <= share * whole - less. */
static bool within(Int128 sum, Decimal share, int64_t whole, int64_t less)
{
    return exact_compare_share(sum + less, share, whole) <= 0;
}

static void check_offer_share(Verifier *v, const VerifyLine *line)
{
    const Need *need = &v->round->needs[line->need];
    const Offer *offer = &v->round->offers[line->offer];

    if (decimal_compare(offer->max_share, decimal_make(1, 0)) >= 0 || /* the need's own quantity */
        within(line->quantity, offer->max_share, need->quantity, 0))
        return;
    verify_broken(v, DIAG_PLAN_RULE, line, "%s, more than the share of %s that %s allows",
                  verify_pair(v, line), verify_amount(v, need->unit, need->quantity),
                  verify_row(v, offer->origin, "max_share"));
}

static void check_pair_max(Verifier *v, const VerifyLine *line)
{
    const PairRow *pair = line->pair;

    if (pair == NULL || !pair->has_max || line->quantity <= pair->max)
        return;
    verify_broken(v, DIAG_PLAN_RULE, line, "%s, but %s allows %s", verify_pair(v, line),
                  verify_row(v, pair->origin, "max"),
                  verify_amount(v, v->round->needs[line->need].unit, pair->max));
}

/* What one donor gives one need. */
typedef struct Given {
    Int128 sum;
    const VerifyLine *last;
} Given;

static const Donor *donor_of(const Verifier *v, const VerifyLine *line)
{
    int row = v->round->offers[v->offers[line->offer].root].donor_row;

    return row >= 0 ? &v->round->donors[row] : NULL;
}

static void check_donor_share(Verifier *v, const Given *given)
{
    const Need *need = &v->round->needs[given->last->need];
    const Donor *donor = donor_of(v, given->last);

    if (donor == NULL || !donor->has_max_share ||
        within(given->sum, donor->max_share, need->quantity, 0))
        return;
    verify_broken(v, DIAG_PLAN_RULE, given->last,
                  "%s: %s gives it %s, more than the share of %s that %s allows", need->id,
                  donor->id, verify_amount(v, need->unit, given->sum),
                  verify_amount(v, need->unit, need->quantity),
                  verify_row(v, donor->origin, "max_share"));
}

/* @p given is [donor_count], all empty, and is left so. */
static void check_donor_shares(Verifier *v, size_t n, Given *given)
{
    for (size_t i = v->first[n]; i < v->first[n + 1]; i++) {
        given[v->lines[i].donor].sum += v->lines[i].quantity;
        given[v->lines[i].donor].last = &v->lines[i];
    }
    for (size_t i = v->first[n]; i < v->first[n + 1]; i++)
        if (given[v->lines[i].donor].last == &v->lines[i])
            check_donor_share(v, &given[v->lines[i].donor]);
    for (size_t i = v->first[n]; i < v->first[n + 1]; i++)
        given[v->lines[i].donor] = (Given){0};
}

static bool any_max_share(const Round *round)
{
    for (size_t d = 0; d < round->donor_count; d++)
        if (round->donors[d].has_max_share)
            return true;
    return false;
}

static bool is_civil_only(const Round *round, int offer)
{
    for (int o = offer; o >= 0; o = round->offers[o].parent_row)
        if (round->offers[o].civil_only)
            return true;
    return false;
}

static void check_civil(Verifier *v, size_t n)
{
    const Need *need = &v->round->needs[n];
    const VerifyLine *last = NULL;
    Int128 sum = 0;

    for (size_t i = v->first[n]; i < v->first[n + 1]; i++) {
        if (!is_civil_only(v->round, v->lines[i].offer))
            continue;
        sum += v->lines[i].quantity;
        last = &v->lines[i];
    }
    if (sum == 0 || within(sum, need->civil_share, need->quantity, need->covered))
        return;
    verify_broken(v, DIAG_PLAN_RULE, last,
                  "%s: offers marked civil_only (%s) give it %s, more than its civilian part by %s "
                  "less %s covered elsewhere",
                  need->id, verify_row(v, v->round->offers[last->offer].origin, NULL),
                  verify_amount(v, need->unit, sum), verify_row(v, need->origin, "civil_share"),
                  verify_amount(v, need->unit, need->covered));
}

/* A share of an outcome is a share of nothing; that it takes nothing has been said. */
static bool has_shares(const Verifier *v, size_t n)
{
    return (v->asks[n] & ASKS_OUTCOME) == 0;
}

Status verify_shares(Verifier *v)
{
    bool by_donor = any_max_share(v->round);
    Given *given = ARENA_NEW(v->arena, v->donor_count, Given);

    TRY_NEW(given);
    for (size_t i = 0; i < v->line_count; i++) {
        check_pair_max(v, &v->lines[i]);
        if (has_shares(v, (size_t)v->lines[i].need))
            check_offer_share(v, &v->lines[i]);
    }
    for (size_t n = 0; n < v->round->need_count; n++) {
        if (!has_shares(v, n))
            continue;
        if (by_donor)
            check_donor_shares(v, n, given);
        check_civil(v, n);
    }
    return STATUS_OK;
}
