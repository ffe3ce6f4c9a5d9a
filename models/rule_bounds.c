/* A rule's bounds as its row has them. Plans are judged in whole steps: a rule counts each of its lines
 * rounded to its own unit, to cents say. What has been agreed can so keep a bound although its exact
 * amount is a fraction of a cent beyond it, and so can all there is to give to a floor; the row, which
 * knows no rounding, gives way by that fraction. So does it by what the rounding of lines in whole things
 * can come to: a whole seat may hang on a fraction of a cent. Where there is money under the same rule,
 * that gives way by cents instead.
 */
#include "models/form_internal.h"

/* A line of so many steps is looked at step by step; of more, a fraction of any size is expected. */
enum { STEPS_TRIED = 64 };

/** What the lines of a rule count together, in smallest parts of its unit. */
typedef struct Counted {
    double exact;
    int64_t rounded; /* line by line, as plans are judged */
} Counted;

/** With every line at the least that it may have, or, @p most, at the most. False when that does not fit. */
static bool count_ends(const Round *round, const PairSet *pairs, const Rule *rule, bool most,
                       Counted *out)
{
    *out = (Counted){0};
    for (size_t k = 0; k < rule->count; k++) {
        const Pair *pair = &pairs->pairs[rule->pairs[k]];
        int64_t quantity = most ? pair->upper : pair->lower, amount;
        Ratio factor;
        if (quantity == 0)
            continue;
        if (!rule_factor(round, pairs, rule, rule->pairs[k], &factor) ||
            !rule_amount(round, pairs, rule, rule->pairs[k], quantity, &amount) ||
            __builtin_add_overflow(out->rounded, amount, &out->rounded))
            return false;
        out->exact += ratio_to_double(factor) * (double)quantity;
    }
    return true;
}

/** By how much a line in whole things can count more, rounded, than it is (@p sign 1), or less (-1). */
static bool rounding_of(const Round *round, const PairSet *pairs, const Rule *rule, int index,
                        double sign, double *out)
{
    const Pair *pair = &pairs->pairs[index];
    const Need *need = &round->needs[pair->need];
    int64_t step = need->step, amount;
    Ratio factor;
    *out = 0;
    if (!form_in_steps(need) || rule->measure == COUNT_NEED_UNITS || pair->upper <= 0)
        return true;
    if (!rule_factor(round, pairs, rule, index, &factor))
        return false;
    if (rule->measure == COUNT_VALUE && factor.den == 1)
        return true;
    for (int64_t k = 1; k <= STEPS_TRIED && k <= pair->upper / step; k++) {
        if (!rule_amount(round, pairs, rule, index, k * step, &amount))
            return false;
        double exact = ratio_to_double(factor) * (double)(k * step);
        *out = fmax(*out, sign * ((double)amount - exact));
    }
    if (pair->upper / step <= STEPS_TRIED)
        return true;
    if (rule->measure == COUNT_VALUE)
        *out = 0.5;
    else if (sign > 0) /* rounded up, converted, rounded up again */
        *out = ratio_to_double(factor) / ratio_to_double(pair->use) + 1;
    return true;
}

/** The same of all lines together; 0 where some are money, which can give up those cents for them. */
static double rounding_of_all(const Round *round, const PairSet *pairs, const Rule *rule,
                              double sign)
{
    double sum = 0, line;
    for (size_t k = 0; k < rule->count; k++) {
        const Pair *pair = &pairs->pairs[rule->pairs[k]];
        if (pair->upper > 0 && !form_in_steps(&round->needs[pair->need]))
            return 0;
    }
    for (size_t k = 0; k < rule->count; k++)
        sum += rounding_of(round, pairs, rule, rule->pairs[k], sign, &line) ? line : 0;
    return sum;
}

double rule_row_upper(const Round *round, const PairSet *pairs, const Rule *rule)
{
    Counted held;
    double upper = (double)rule->upper + rounding_of_all(round, pairs, rule, -1);
    if (count_ends(round, pairs, rule, false, &held) && held.rounded <= rule->upper)
        upper = fmax(upper, held.exact);
    return upper;
}

double rule_row_lower(const Round *round, const PairSet *pairs, const Rule *rule)
{
    Counted all;
    double lower = (double)rule->lower - rounding_of_all(round, pairs, rule, 1);
    if (count_ends(round, pairs, rule, true, &all) && all.rounded >= rule->lower)
        lower = fmin(lower, all.exact);
    return lower;
}

double rule_row_ticket(const Round *round, const PairSet *pairs, const Rule *rule)
{
    double ticket = (double)rule->lower;
    for (size_t k = 0; k < rule->count; k++) {
        Ratio factor;
        if (rule_factor(round, pairs, rule, rule->pairs[k], &factor) && factor.den != 1)
            ticket -= 1;
    }
    return fmax(ticket, 0);
}

/** Of one line, of money as of things. */
static double line_rounding(const Round *round, const PairSet *pairs, const Rule *rule, int index,
                            int sign)
{
    const Pair *pair = &pairs->pairs[index];
    const Need *need = &round->needs[pair->need];
    Ratio factor, convert;
    if (pair->upper <= 0 || rule->measure == COUNT_NEED_UNITS)
        return 0;
    if (rule->measure == COUNT_VALUE)
        return need->has_value && need->value.den != 1 ? 0.5 : 0;
    if (sign < 0 || !rule_factor(round, pairs, rule, index, &factor) ||
        !ratio_divide(factor, pair->use, &convert))
        return 0; /* it is only rounded up */
    return (pair->use.den != 1 ? ratio_to_double(convert) : 0) + (convert.den != 1 ? 1 : 0);
}

double rule_row_rounding(const Round *round, const PairSet *pairs, const Rule *rule, int sign)
{
    double sum = 0;
    for (size_t k = 0; k < rule->count; k++)
        sum += line_rounding(round, pairs, rule, rule->pairs[k], sign);
    for (size_t p = 0; rule->of_total && p < pairs->count; p++)
        sum += ratio_to_double(rule->share) *
               line_rounding(round, pairs, rule, (int)p, sign); /* such rules count value */
    return sum;
}
