/* C3: the gross of the lines on a donor's money, pass-through included, converted to the currency
 * of its budget, is at most the budget. The donor is the one at the head of the chain. */
#include "models/verify_internal.h"

static int root_donor(const Round *round, int offer)
{
    while (round->offers[offer].parent_row >= 0)
        offer = round->offers[offer].parent_row;
    return round->offers[offer].donor_row;
}

/* Money of the donor's that the plan uses, in smallest parts of @p unit. */
static bool donor_use(const Verifier *v, int donor, Unit unit, mpq_t out, const VerifyLine **last)
{
    const Round *round = v->round;
    mpq_t part;
    bool known = true;

    mpq_init(part);
    mpq_set_ui(out, 0, 1);
    for (size_t o = 0; o < round->offer_count && known; o++) {
        if (v->own[o] == 0 || !round->offers[o].unit.is_money || root_donor(round, (int)o) != donor)
            continue;
        known = worth_convert(round, round->offers[o].unit, unit, part);
        exact_multiply(part, v->own[o]);
        mpq_add(out, out, part);
        if (*last == NULL || v->last[o] > *last)
            *last = v->last[o];
    }
    mpq_clear(part);
    return known;
}

static void check_budget(Verifier *v, int row)
{
    const Donor *donor = &v->round->donors[row];
    Unit unit = round_unit(v->round, donor->currency);
    const VerifyLine *last = NULL;
    mpq_t used;

    mpq_init(used);
    if (!donor_use(v, row, unit, used, &last))
        verify_broken(v, DIAG_PLAN_RULE, last, "%s: %s is in a currency without a rate", donor->id,
                      verify_row(v, donor->origin, "budget"));
    else if (exact_compare(donor->budget, used) < 0)
        verify_broken(v, DIAG_PLAN_RULE, last, "%s: its money offers give %s, but %s allows %s",
                      donor->id, exact_text(v->arena, used, unit),
                      verify_row(v, donor->origin, "budget"),
                      verify_amount(v, unit, donor->budget));
    mpq_clear(used);
}

void verify_donors(Verifier *v)
{
    for (size_t d = 0; d < v->round->donor_count; d++)
        if (v->round->donors[d].has_budget)
            check_budget(v, (int)d);
}
