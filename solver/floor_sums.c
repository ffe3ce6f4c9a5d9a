/* A need of all or nothing counts under a floor with all of its quantity or not at all. With what other
 * needs may add at most, a sum of some of these quantities has to lie between what the floor asks and
 * what is offered: where none does there is no plan, whatever else the round says.
 */
#include "solver/floor_sums.h"

#include <math.h>

/* Quantities times factors are doubles here, and rounded away from what they would prove. */
static const double ROUNDED = 1e-12;

/* Sums above this are not asked for: they have to fit with room to spare. */
static const double LARGEST = 1e17;

static bool is_one(Ratio factor)
{
    return factor.num == factor.den;
}

/** One part for one part: no line is rounded. */
static int64_t parts_up(Ratio factor, int64_t quantity, size_t lines)
{
    if (is_one(factor))
        return quantity;
    double parts = ratio_to_double(factor) * (double)quantity * (1 + ROUNDED) + (double)lines + 1;
    return parts < LARGEST ? (int64_t)ceil(parts) : INT64_MAX;
}

static int64_t add_up(int64_t a, int64_t b)
{
    return a == INT64_MAX || b == INT64_MAX || a > (int64_t)LARGEST - b ? INT64_MAX : a + b;
}

/** The lines that need @p n has under the rule: rule->pairs[first .. end - 1]. */
typedef struct Lines {
    int need;
    size_t first, end;
} Lines;

static Lines lines_from(const Formulation *form, const Rule *rule, size_t first)
{
    const Pair *pairs = form->pairs->pairs;
    Lines lines = {.need = pairs[rule->pairs[first]].need, .first = first, .end = first};
    while (lines.end < rule->count && pairs[rule->pairs[lines.end]].need == lines.need)
        lines.end++;
    return lines;
}

/** Do all lines that the need may have count alike? *factor: as what. */
static bool counts_alike(const Formulation *form, const Rule *rule, Lines lines, Ratio *factor)
{
    size_t all = form->pairs->first[lines.need + 1] - form->pairs->first[lines.need];
    bool alike = lines.end - lines.first == all &&
                 rule_factor(form->round, form->pairs, rule, rule->pairs[lines.first], factor);
    for (size_t k = lines.first + 1; k < lines.end && alike; k++) {
        Ratio other;
        alike = rule_factor(form->round, form->pairs, rule, rule->pairs[k], &other) &&
                ratio_compare(other, *factor) == 0;
    }
    return alike;
}

/** The most that the lines of a need come to. */
static int64_t most_of(const Formulation *form, const Rule *rule, Lines lines)
{
    int64_t most = 0;
    for (size_t k = lines.first; k < lines.end; k++) {
        Ratio factor;
        int64_t parts = INT64_MAX;
        if (rule_factor(form->round, form->pairs, rule, rule->pairs[k], &factor))
            parts =
                parts_up(factor, form->round->needs[lines.need].wanted, lines.end - lines.first);
        most = parts > most ? parts : most;
    }
    return most;
}

static void add_need(const Formulation *form, const Rule *rule, Lines lines, bool split,
                     FloorSums *out)
{
    const Need *need = &form->round->needs[lines.need];
    Ratio factor;
    bool whole = !split && need->quantity_known && need->wanted > 0 && need->least == need->wanted;
    if (!need->quantity_known || need->wanted <= 0)
        return;
    if (!whole || !counts_alike(form, rule, lines, &factor) ||
        ratio_to_double(factor) * (double)need->wanted >= LARGEST / 1e3) {
        out->loose = add_up(out->loose, most_of(form, rule, lines));
        return;
    }
    int64_t size =
        is_one(factor) ? need->wanted : llround(ratio_to_double(factor) * (double)need->wanted);
    if (size <= 0) { /* of no worth */
        out->noise += (int64_t)(lines.end - lines.first) + 1;
        return;
    }
    if (!is_one(factor))
        out->noise += (int64_t)(lines.end - lines.first) + 1;
    out->needs[out->count] = lines.need;
    out->sizes[out->count++] = size;
}

/** What the lines of an offer's rule that are also under @p floor come to there at most. */
static int64_t most_of_offer(const Formulation *form, const Rule *floor, const Rule *offer,
                             bool *is_bounded)
{
    Ratio by_floor, by_offer;
    double most = 0;
    size_t lines = 0;
    bool exact = true;
    for (size_t k = 0; k < offer->count; k++) {
        int pair = offer->pairs[k];
        if (is_bounded[pair])
            continue;
        if (!rule_factor(form->round, form->pairs, floor, pair, &by_floor) ||
            !rule_factor(form->round, form->pairs, offer, pair, &by_offer) ||
            ratio_to_double(by_offer) <= 0)
            return INT64_MAX;
        exact = exact && is_one(by_floor) && is_one(by_offer);
        most = fmax(most, ratio_to_double(by_floor) / ratio_to_double(by_offer));
        is_bounded[pair] = true;
        lines++;
    }
    if (lines == 0 || exact)
        return lines == 0 ? 0 : offer->upper;
    double parts = most * (double)offer->upper * (1 + ROUNDED) + (double)lines + 1;
    return parts < LARGEST ? (int64_t)ceil(parts) : INT64_MAX;
}

/** What the offers' own quantities let the lines come to. */
static Status find_most(const Formulation *form, const Rule *rule, Arena *arena, int64_t *most)
{
    bool *is_bounded = ARENA_NEW(arena, form->pairs->count, bool);
    TRY_NEW(is_bounded);
    *most = 0;
    for (size_t p = 0; p < form->pairs->count; p++)
        is_bounded[p] = true;
    for (size_t k = 0; k < rule->count; k++)
        is_bounded[rule->pairs[k]] = false;
    for (size_t r = 0; r < form->rules->count; r++) {
        const Rule *offer = &form->rules->rules[r];
        if (offer->family == FAMILY_OFFER && offer->form == FORM_BOUND && offer->has_upper &&
            !offer->of_total)
            *most = add_up(*most, most_of_offer(form, rule, offer, is_bounded));
    }
    for (size_t k = 0; k < rule->count; k++)
        if (!is_bounded[rule->pairs[k]])
            *most = INT64_MAX;
    return STATUS_OK;
}

bool floor_sums_tell(const Rule *rule)
{
    return rule->form == FORM_BOUND && rule->has_lower && !rule->of_total && rule->lower > 0;
}

Status floor_sums_of(const Formulation *form, const Rule *rule, const bool *split, bool offers,
                     Arena *arena, FloorSums *out)
{
    *out = (FloorSums){.most = INT64_MAX};
    out->needs = ARENA_NEW(arena, form->round->need_count, int);
    out->sizes = ARENA_NEW(arena, form->round->need_count, int64_t);
    TRY_NEW(out->needs);
    TRY_NEW(out->sizes);
    for (size_t k = 0; k < rule->count;) {
        Lines lines = lines_from(form, rule, k);
        add_need(form, rule, lines, split != NULL && split[lines.need], out);
        k = lines.end;
    }
    return offers ? find_most(form, rule, arena, &out->most) : STATUS_OK;
}

static Status refute(const Formulation *form, const Rule *rule, Arena *arena, bool *refuted)
{
    FloorSums sums;
    bool found, *chosen;
    int64_t sum;
    TRY(floor_sums_of(form, rule, NULL, true, arena, &sums));
    chosen = ARENA_NEW(arena, sums.count, bool);
    TRY_NEW(chosen);
    if (!subset_sums_tell(sums.sizes, (int)sums.count) || sums.loose == INT64_MAX ||
        sums.loose + sums.noise >= rule->lower)
        return STATUS_OK;
    TRY(subset_sum_from(sums.sizes, (int)sums.count, rule->lower - sums.loose - sums.noise, &found,
                        &sum, chosen));
    *refuted = !found || (sums.most < INT64_MAX && sum > sums.most + sums.noise);
    return STATUS_OK;
}

Status floor_sums_refute(const Formulation *form, Arena *arena, bool *refuted)
{
    *refuted = false;
    for (size_t r = 0; r < form->rules->count && !*refuted; r++)
        if (floor_sums_tell(&form->rules->rules[r]))
            TRY(refute(form, &form->rules->rules[r], arena, refuted));
    return STATUS_OK;
}

Status floor_sums_up_to(const FloorSums *sums, int64_t high, Arena *arena, bool *found,
                        int64_t *sum, bool *chosen)
{
    int64_t all = 0;
    bool *left = ARENA_NEW(arena, sums->count, bool);
    TRY_NEW(left);
    *found = false;
    if (!subset_sums_tell(sums->sizes, (int)sums->count) || high < 0)
        return STATUS_OK;
    for (size_t k = 0; k < sums->count; k++)
        all += sums->sizes[k];
    TRY(subset_sum_from(sums->sizes, (int)sums->count, all - high, found, sum, left));
    *sum = all - *sum; /* what is not in the least that is left out */
    for (size_t k = 0; k < sums->count; k++)
        chosen[k] = !left[k];
    return STATUS_OK;
}
