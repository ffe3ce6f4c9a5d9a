/* A rule's bounds as its row has them. Plans are judged in whole steps: a rule counts each of its lines
 * rounded to its own unit, to cents say. What has been agreed can so keep a bound although its exact
 * amount is a fraction of a cent beyond it, and so can all there is to give to a floor; the row, which
 * knows no rounding, gives way by that fraction.
 */
#include "models/form_internal.h"

/** What the lines of a rule count together, in smallest parts of its unit. */
typedef struct Counted {
    double exact;
    int64_t rounded; /* line by line, as plans are judged */
} Counted;

/** With every line at the least that it may have, or, @p most, at the most. False when that does not fit. */
static bool count_ends(const FormBuilder *b, const Rule *rule, bool most, Counted *out)
{
    *out = (Counted){0};
    for (size_t k = 0; k < rule->count; k++) {
        const Pair *pair = &b->pairs->pairs[rule->pairs[k]];
        int64_t quantity = most ? pair->upper : pair->lower, amount;
        Ratio factor;
        if (quantity == 0)
            continue;
        if (!rule_factor(b->round, b->pairs, rule, rule->pairs[k], &factor) ||
            !rule_amount(b->round, b->pairs, rule, rule->pairs[k], quantity, &amount) ||
            __builtin_add_overflow(out->rounded, amount, &out->rounded))
            return false;
        out->exact += ratio_to_double(factor) * (double)quantity;
    }
    return true;
}

double form_upper(const FormBuilder *b, const Rule *rule)
{
    Counted held;
    double upper = (double)rule->upper;
    if (count_ends(b, rule, false, &held) && held.rounded <= rule->upper)
        upper = fmax(upper, held.exact);
    return upper;
}

double form_lower(const FormBuilder *b, const Rule *rule)
{
    Counted all;
    double lower = (double)rule->lower;
    if (count_ends(b, rule, true, &all) && all.rounded >= rule->lower)
        lower = fmin(lower, all.exact);
    return lower;
}
