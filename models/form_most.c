/* How much a pair can give at most, and how much a need can get: by the pair's own bound, by every sum
 * it stands in, by tickets that nothing reaches and by the few donors that may take part. Switches are
 * as tight as these figures, and needs that can never get their least amount are closed at once.
 */
#include <stdlib.h>

#include "models/form_internal.h"

/* Relative slack of comparisons between sums of doubles. */
static const double SLACK = 1e-9;

double form_most(const FormBuilder *b, int pair)
{
    return b->most[pair];
}

/** Smallest parts of the rule's unit in 1.0 of the pair's column. */
static bool each_of(const FormBuilder *b, const Rule *rule, int pair, double *out)
{
    Ratio factor;
    if (!rule_factor(b->round, b->pairs, rule, pair, &factor))
        return false;
    *out = ratio_to_double(factor) * b->quantum[b->pairs->pairs[pair].need];
    return true;
}

/** Figures on the way. */
typedef struct Most {
    double *budget; /* [pairs] what the donor's budget alone allows */
    double *cap; /* [needs] what a sum over all lines of the need allows, e.g. its beneficiary's */
} Most;

/** A sum that all pairs of a need stand in bounds the need; the rule's pairs stand need by need. */
static Status cap_needs(FormBuilder *b, const Rule *rule, double upper, double *cap)
{
    for (size_t k = 0, end; k < rule->count; k = end) {
        int need = b->pairs->pairs[rule->pairs[k]].need;
        double least = INFINITY, each;
        for (end = k; end < rule->count && b->pairs->pairs[rule->pairs[end]].need == need; end++) {
            if (!each_of(b, rule, rule->pairs[end], &each))
                return STATUS_INTERNAL;
            least = fmin(least, each);
        }
        bool all = end - k == b->pairs->first[need + 1] - b->pairs->first[need];
        if (all && least > 0)
            cap[need] = fmin(cap[need], upper / least);
    }
    return STATUS_OK;
}

/** Own bounds and upper bounds of sums. */
static Status bound_pairs(FormBuilder *b, const Most *most_of)
{
    double *budget = most_of->budget;
    for (size_t n = 0; n < b->round->need_count; n++)
        most_of->cap[n] = INFINITY;
    for (size_t p = 0; p < b->pairs->count; p++) {
        b->most[p] = b->form->lp.upper[p];
        budget[p] = INFINITY;
    }
    for (size_t r = 0; r < b->rules->count; r++) {
        const Rule *rule = &b->rules->rules[r];
        if (rule->form != FORM_BOUND || !rule->has_upper || rule->of_total)
            continue;
        double upper = fmax(0, rule_row_upper(b->round, b->pairs, rule));
        if (b->wide)
            upper += rule_row_rounding(b->round, b->pairs, rule, -1);
        TRY(cap_needs(b, rule, upper, most_of->cap));
        for (size_t k = 0; k < rule->count; k++) {
            int pair = rule->pairs[k];
            double each;
            if (!each_of(b, rule, pair, &each))
                return STATUS_INTERNAL;
            if (each <= 0)
                continue;
            double most = upper / each;
            b->most[pair] = fmin(b->most[pair], most);
            if (rule->family == FAMILY_DONOR)
                budget[pair] = fmin(budget[pair], most);
        }
    }
    for (size_t p = 0; p < b->pairs->count; p++)
        if (b->form->lp.integer[p])
            b->most[p] = floor(b->most[p] * (1 + 1e-12) + SLACK);
    return STATUS_OK;
}

/** Tickets that all the lines of their set together cannot reach. */
static Status close_tickets(FormBuilder *b)
{
    for (size_t r = 0; r < b->rules->count; r++) {
        const Rule *rule = &b->rules->rules[r];
        double sum = 0, each;
        if (rule->family != FAMILY_TICKET)
            continue;
        for (size_t k = 0; k < rule->count; k++) {
            if (!each_of(b, rule, rule->pairs[k], &each))
                return STATUS_INTERNAL;
            sum += each * b->most[rule->pairs[k]];
        }
        for (size_t k = 0;
             k < rule->count && sum < rule_row_ticket(b->round, b->pairs, rule) * (1 - SLACK); k++)
            b->most[rule->pairs[k]] = 0;
    }
    return STATUS_OK;
}

static int downwards(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x < y) - (x > y);
}

/** What a need can get from its largest donors, as many as may take part. */
static double attainable(const FormBuilder *b, size_t n, const double *budget, double *donors,
                         int *item)
{
    const Need *need = &b->round->needs[n];
    int count = 0;
    for (size_t p = b->pairs->first[n]; p < b->pairs->first[n + 1]; p++) {
        int donor = b->round->offers[b->pairs->pairs[p].offer].donor_item, k = 0;
        while (k < count && item[k] != donor)
            k++;
        if (k == count) {
            item[count] = donor;
            donors[2 * count] = donors[2 * count + 1] = 0;
            count++;
        }
        donors[2 * k] += b->most[p];
        donors[2 * k + 1] = fmax(donors[2 * k + 1], budget[p]);
    }
    for (int k = 0; k < count; k++)
        donors[k] = fmin(donors[2 * k], donors[2 * k + 1]);
    qsort(donors, (size_t)count, sizeof *donors, downwards);
    int allowed = need->max_donors > 0 && need->max_donors < count ? need->max_donors : count;
    double sum = 0;
    for (int k = 0; k < allowed; k++)
        sum += donors[k];
    return sum;
}

/** Closes needs that cannot get their least amount; of the others notes what stays unmet at least. */
static Status bound_needs(FormBuilder *b, const Most *most_of)
{
    double *donors = ARENA_NEW(b->arena, 2 * b->round->offer_count + 2, double);
    int *item = ARENA_NEW(b->arena, b->round->offer_count + 1, int);
    TRY_NEW(donors);
    TRY_NEW(item);
    for (size_t n = 0; n < b->round->need_count; n++) {
        double wanted = form_wanted(b, (int)n);
        double least = (double)b->round->needs[n].least / b->quantum[n];
        size_t first = b->pairs->first[n], end = b->pairs->first[n + 1];
        if (b->unmet_column[n] < 0 || first == end || wanted <= 0)
            continue;
        double most = fmin(attainable(b, n, most_of->budget, donors, item), most_of->cap[n]);
        if (most >= wanted * (1 - SLACK))
            continue;
        if (most < least * (1 - SLACK))
            for (size_t p = first; p < end; p++)
                b->most[p] = most = 0;
        b->form->lp.lower[b->unmet_column[n]] = wanted - most * (1 + SLACK);
        b->full_column[n] =
            b->round->needs[n].least == b->round->needs[n].wanted ? b->full_column[n] : NEVER_FULL;
    }
    return STATUS_OK;
}

Status form_find_most(FormBuilder *b)
{
    Most most = {.budget = ARENA_NEW(b->arena, b->pairs->count, double),
                 .cap = ARENA_NEW(b->arena, b->round->need_count, double)};
    b->most = ARENA_NEW(b->arena, b->pairs->count, double);
    TRY_NEW(b->most);
    TRY_NEW(most.budget);
    TRY_NEW(most.cap);
    for (size_t p = 0; b->loose && p < b->pairs->count; p++)
        b->most[p] = form_wanted(b, b->pairs->pairs[p].need);
    if (b->loose)
        return STATUS_OK;
    TRY(bound_pairs(b, &most));
    TRY(close_tickets(b));
    TRY(bound_needs(b, &most));
    for (size_t p = 0; p < b->pairs->count; p++)
        if (b->most[p] <= 0 && b->form->lp.lower[p] <= 0)
            b->form->lp.upper[p] = 0;
    return STATUS_OK;
}
