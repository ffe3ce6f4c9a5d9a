/* All or nothing, and how many: least useful amounts (C6), tickets (C7) and numbers (C8) that stand
 * in columns of their own. Those of the rules table are brute_rules.c.
 */
#include "tests/support/brute_internal.h"

#include <math.h>
#include <string.h>

double brute_least(const Need *need)
{
    double wanted = brute_wanted(need), step = (double)need->step, least = 0;
    bool stated = need->has_min_quantity || need->has_min_share;
    if (wanted <= 0)
        return 0;
    if (need->indivisible || (*need->bundle != '\0' && !stated))
        return wanted;
    if (need->has_min_quantity)
        least = (double)need->min_quantity - (double)need->covered;
    if (need->has_min_share)
        least = brute_decimal(need->min_share) * (double)need->quantity - (double)need->covered;
    return fmax(step, ceil(least / step - 1e-9) * step);
}

static void judge_least(Brute *b, const int64_t *x)
{
    for (size_t n = 0; n < b->needs; n++) {
        double given = brute_given(b, x, n);
        if (given > 0.5 && given < brute_least(&b->round->needs[n]) - 0.5)
            brute_note(b, INFINITY, 0, "least", b->round->needs[n].id);
    }
}

/* ---- tickets -------------------------------------------------------------------------------- */

static void judge_offer_tickets(Brute *b, const int64_t *x)
{
    for (size_t n = 0; n < b->needs; n++)
        for (size_t o = 0; o < b->offers; o++) {
            const Offer *offer = &b->round->offers[o];
            double part = brute_part(offer->unit), ticket = (double)offer->min_ticket * part;
            if (x[n * b->offers + o] > 0 && ticket > 0)
                brute_note(b, ticket - brute_gross(b, n, o, x[n * b->offers + o]), part,
                           "ticket of offer", offer->id);
        }
}

/** What all money of one donor comes to, for one need, in the donor's currency. */
static void judge_donor_ticket(Brute *b, const int64_t *x, const Donor *donor, size_t n)
{
    double part = brute_part(round_unit(b->round, donor->currency)), sum = 0;
    bool any = false;
    for (size_t o = 0; o < b->offers; o++) {
        const Offer *offer = &b->round->offers[o];
        int64_t quantity = x[n * b->offers + o];
        if (quantity <= 0 || !offer->unit.is_money || strcmp(brute_donor(b, o), donor->id) != 0)
            continue;
        double gross = brute_gross(b, n, o, quantity) * brute_rate(b->round, offer->unit.name) /
                       brute_rate(b->round, donor->currency);
        sum += ceil(gross / part - 1e-6) * part;
        any = true;
    }
    if (any)
        brute_note(b, (double)donor->min_ticket * part - sum, 2 * (double)b->offers * part,
                   "ticket of donor", donor->id);
}

static void judge_donor_tickets(Brute *b, const int64_t *x)
{
    for (size_t d = 0; d < b->round->donor_count; d++)
        for (size_t n = 0; b->round->donors[d].min_ticket > 0 && n < b->needs; n++)
            judge_donor_ticket(b, x, &b->round->donors[d], n);
}

/* ---- numbers -------------------------------------------------------------------------------- */

static bool is_served(const Brute *b, const int64_t *x, size_t n)
{
    return brute_given(b, x, n) > 0.5;
}

static void judge_max_donors(Brute *b, const int64_t *x)
{
    for (size_t n = 0; n < b->needs; n++) {
        size_t count = 0;
        for (size_t o = 0; o < b->offers; o++)
            if (x[n * b->offers + o] > 0)
                b->names[count++] = brute_donor(b, o);
        if (b->round->needs[n].max_donors > 0 &&
            brute_distinct(b, count) > b->round->needs[n].max_donors)
            brute_note(b, INFINITY, 0, "max_donors", b->round->needs[n].id);
    }
}

static void judge_needs_of_offers(Brute *b, const int64_t *x)
{
    for (size_t o = 0; o < b->offers; o++) {
        int served = 0;
        for (size_t n = 0; n < b->needs; n++)
            served += x[n * b->offers + o] > 0;
        if (b->round->offers[o].max_needs > 0 && served > b->round->offers[o].max_needs)
            brute_note(b, INFINITY, 0, "max_needs of offer", b->round->offers[o].id);
    }
}

static void judge_needs_of_donors(Brute *b, const int64_t *x)
{
    for (size_t d = 0; d < b->round->donor_count; d++) {
        const Donor *donor = &b->round->donors[d];
        int served = 0;
        for (size_t n = 0; n < b->needs; n++) {
            bool any = false;
            for (size_t o = 0; o < b->offers; o++)
                any =
                    any || (x[n * b->offers + o] > 0 && strcmp(brute_donor(b, o), donor->id) == 0);
            served += any;
        }
        if (donor->max_needs > 0 && served > donor->max_needs)
            brute_note(b, INFINITY, 0, "max_needs of donor", donor->id);
    }
}

static void judge_needs_of_beneficiaries(Brute *b, const int64_t *x)
{
    for (size_t i = 0; i < b->round->beneficiary_count; i++) {
        const Beneficiary *row = &b->round->beneficiaries[i];
        int served = 0;
        for (size_t n = 0; n < b->needs; n++)
            served += strcmp(b->round->needs[n].beneficiary, row->id) == 0 && is_served(b, x, n);
        if (row->max_needs > 0 && served > row->max_needs)
            brute_note(b, INFINITY, 0, "max_needs of beneficiary", row->id);
    }
}

void brute_judge_wholes(Brute *b, const int64_t *x)
{
    judge_least(b, x);
    judge_offer_tickets(b, x);
    judge_donor_tickets(b, x);
    judge_max_donors(b, x);
    judge_needs_of_offers(b, x);
    judge_needs_of_donors(b, x);
    judge_needs_of_beneficiaries(b, x);
}
