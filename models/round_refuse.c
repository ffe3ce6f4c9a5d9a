/* What the tables can say and this version cannot decide: it stops the run and names the row, since
 * a rule that is silently left out is worse than no plan.
 */
#include "models/round_internal.h"

static void refuse(const Round *round, Diag *diag, Origin origin, const char *column,
                   const char *what)
{
    diag_add(diag, DIAG_NOT_YET, round_place(round, origin, column),
             "%s cannot be decided by this version; take it out or wait for one that can", what);
}

static void refuse_need(const Round *round, Diag *diag, const Need *need)
{
    if (need->has_min_quantity && need->min_quantity > 0)
        refuse(round, diag, need->origin, "min_quantity", "a least useful amount");
    if (need->has_min_share && need->min_share.digits > 0)
        refuse(round, diag, need->origin, "min_share", "a least useful share");
    if (need->indivisible)
        refuse(round, diag, need->origin, "indivisible", "an indivisible need");
    if (need->max_donors > 0)
        refuse(round, diag, need->origin, "max_donors", "a limit on the number of donors");
    if (need->requires.count > 0)
        refuse(round, diag, need->origin, "requires", "a prerequisite");
    if (*need->bundle != '\0')
        refuse(round, diag, need->origin, "bundle", "a bundle");
    if (*need->alternative != '\0')
        refuse(round, diag, need->origin, "alternative", "an alternative");
    if (need->quantity_known && need->quantity == 0)
        refuse(round, diag, need->origin, "quantity", "an outcome (quantity 0)");
}

Status round_refuse(const Round *round, Diag *diag)
{
    for (size_t i = 0; i < round->need_count; i++)
        refuse_need(round, diag, &round->needs[i]);
    for (size_t i = 0; i < round->offer_count; i++) {
        const Offer *offer = &round->offers[i];
        if (offer->min_ticket > 0)
            refuse(round, diag, offer->origin, "min_ticket", "a least ticket");
        if (offer->max_needs > 0)
            refuse(round, diag, offer->origin, "max_needs", "a limit on the number of needs");
    }
    for (size_t i = 0; i < round->donor_count; i++) {
        const Donor *donor = &round->donors[i];
        if (donor->min_ticket > 0)
            refuse(round, diag, donor->origin, "min_ticket", "a least ticket");
        if (donor->max_needs > 0)
            refuse(round, diag, donor->origin, "max_needs", "a limit on the number of needs");
    }
    for (size_t i = 0; i < round->beneficiary_count; i++)
        if (round->beneficiaries[i].max_needs > 0)
            refuse(round, diag, round->beneficiaries[i].origin, "max_needs",
                   "a limit on the number of needs");
    for (size_t i = 0; i < round->rule_count; i++) {
        const RuleRow *row = &round->rules[i];
        if (row->kind >= RULE_TICKET)
            refuse(round, diag, row->origin, "kind",
                   row->kind == RULE_TICKET  ? "a rule of kind ticket"
                   : row->kind == RULE_COUNT ? "a rule of kind count"
                                             : "a rule of kind fee");
    }
    return STATUS_OK;
}
