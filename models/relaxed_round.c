/* The relaxation as a copy of the rows: shared texts, changed figures. */
#include "allot/relaxed_round.h"

#include <math.h>
#include <string.h>

static void *copy_rows(Arena *arena, const void *rows, size_t count, size_t size)
{
    char *copy = ARENA_NEW(arena, count * size + 1, char);
    if (copy != NULL && count > 0)
        memcpy(copy, rows, count * size);
    return copy;
}

static bool need_fits(const Round *round, size_t n)
{
    const Need *need = &round->needs[n];
    return !need->quantity_known ||
           (need->has_value && need->quantity > 0 && round->logic.alternative_of[n] < 0);
}

static bool round_fits(const Round *round)
{
    if (round->settings.measure != MEASURE_VALUE || round->settings.fairness_by_quantity)
        return false;
    for (size_t n = 0; n < round->need_count; n++)
        if (!need_fits(round, n))
            return false;
    for (size_t p = 0; p < round->pair_count; p++)
        if (round->pairs[p].has_use || round->pairs[p].has_cost)
            return false;
    for (size_t o = 0; o < round->offer_count; o++)
        if (round->offers[o].parent_row >= 0 && !round->offers[o].unit.is_money)
            return false; /* what flows through it counts at another price than what it gives */
    return true;
}

/** What the formulation says the need can get at most, in its smallest parts. */
static int64_t attainable(const Formulation *form, size_t n)
{
    const Need *need = &form->round->needs[n];
    int u = form->unmet_column[n];
    double unmet = u < 0 ? 0 : form->lp.lower[u] * form->quantum[n];
    if (unmet <= 0)
        return need->wanted;
    double most = ceil((double)need->wanted - unmet + 1e-6);
    return most <= 0 ? 0 : most >= (double)need->wanted ? need->wanted : (int64_t)most;
}

static bool relax_need(const Formulation *form, size_t n, Need *need)
{
    const Need *from = &form->round->needs[n];
    int64_t wanted, whole;
    need->unit = form->round->currency;
    need->currency = need->unit.name;
    need->unit_cost = decimal_make(1, 0);
    need->value = ratio_of(1, 1);
    need->step = 1;
    need->has_min_quantity = need->has_min_share = need->indivisible = false;
    need->max_donors = 0;
    need->requires = (NameList){0};
    need->bundle = need->alternative = "";
    if (!from->quantity_known)
        return true;
    if (!ratio_apply(attainable(form, n), from->value, ROUND_UP, &wanted) ||
        !ratio_apply(from->quantity, from->value, ROUND_UP, &whole))
        return false;
    need->wanted = wanted;
    need->quantity = whole > wanted ? whole : wanted;
    if (need->quantity == 0)
        need->quantity = 1;
    need->covered = need->quantity - need->wanted;
    need->least = wanted > 0 ? 1 : 0;
    return true;
}

/** Value of the offer's whole quantity, net of what its channels keep; in kind at the dearest need
 *  that it may serve. */
static bool relax_offer(const Formulation *form, size_t o, const Ratio *dearest, Offer *offer)
{
    const Round *round = form->round;
    Ratio rate, kept, passed, price;
    offer->unit = round->currency;
    offer->overhead = decimal_make(0, 0);
    offer->max_share = decimal_make(1, 0);
    offer->min_ticket = 0;
    offer->max_needs = 0;
    offer->civil_only = false;
    if (!offer->quantity_known)
        return true;
    if (!round->offers[o].unit.is_money) {
        offer->donor_row = -1; /* a budget is over money alone, */
        offer->cost =
            decimal_make(0, 0); /* and a cost of things is one of each, not of their value */
    }
    if (!round->offers[o].unit.is_money)
        return ratio_apply(round->offers[o].quantity, dearest[o], ROUND_UP, &offer->quantity);
    if (!round_rate(round, round->offers[o].unit.name, &rate) ||
        !round_overhead(round, (int)o, &kept))
        return false;
    kept.num = -kept.num;
    return ratio_add(ratio_of(1, 1), kept, &passed) && ratio_multiply(rate, passed, &price) &&
           ratio_multiply(price,
                          ratio_of(unit_scale(round->currency), unit_scale(round->offers[o].unit)),
                          &price) &&
           ratio_apply(round->offers[o].quantity, price, ROUND_UP, &offer->quantity);
}

/** The largest value of one part of a need among those that each offer may serve. */
static Status find_dearest(const Formulation *form, Arena *arena, Ratio **out)
{
    Ratio *dearest = ARENA_NEW(arena, form->round->offer_count, Ratio);
    TRY_NEW(dearest);
    for (size_t o = 0; o < form->round->offer_count; o++)
        dearest[o] = ratio_of(0, 1);
    for (size_t p = 0; p < form->pairs->count; p++) {
        const Pair *pair = &form->pairs->pairs[p];
        Ratio value = form->round->needs[pair->need].value;
        if (ratio_compare(value, dearest[pair->offer]) > 0)
            dearest[pair->offer] = value;
    }
    *out = dearest;
    return STATUS_OK;
}

/** How many lines a beneficiary can have whose value is rounded. */
static Status count_rounded(const Formulation *form, Arena *arena, int64_t **out)
{
    int64_t *lines = ARENA_NEW(arena, form->round->beneficiary_count, int64_t);
    TRY_NEW(lines);
    for (size_t p = 0; p < form->pairs->count; p++) {
        const Need *need = &form->round->needs[form->pairs->pairs[p].need];
        if (need->beneficiary_row >= 0 && need->value.den != 1)
            lines[need->beneficiary_row]++;
    }
    *out = lines;
    return STATUS_OK;
}

/** Budgets in the reporting currency; those that do not fit are dropped, and so is every count. Lines
 *  count rounded: each that is may be half a minor unit more than it counts. */
static void relax_parties(const Formulation *form, const int64_t *lines, Round *out)
{
    const Round *round = form->round;
    for (size_t d = 0; d < out->donor_count; d++) {
        Donor *donor = &out->donors[d];
        Ratio convert;
        donor->min_ticket = 0;
        donor->max_needs = 0;
        donor->has_max_share = false;
        if (donor->has_budget && donor->currency != round->currency.name) {
            donor->has_budget = round_convert(round, round_unit(round, donor->currency),
                                              round->currency, &convert) &&
                                ratio_apply(donor->budget, convert, ROUND_UP, &donor->budget);
            donor->currency = round->currency.name;
        }
    }
    for (size_t b = 0; b < out->beneficiary_count; b++) {
        out->beneficiaries[b].max_needs = 0;
        if (out->beneficiaries[b].max_value < INT64_MAX / 2)
            out->beneficiaries[b].max_value += lines[b] / 2 + 1;
    }
}

/** Does no offer in kind cost less than nothing? Then a cost of 0 in its place bounds the round's. */
static bool cost_is_bounded(const Round *round)
{
    for (size_t o = 0; o < round->offer_count; o++)
        if (!round->offers[o].unit.is_money && decimal_to_double(round->offers[o].cost) < 0)
            return false;
    return true;
}

/** Keeps what decides who is eligible: rules and commitments that forbid. */
static void keep_forbidding(const Round *round, Round *out)
{
    size_t kept = 0;
    for (size_t r = 0; r < out->rule_count; r++)
        if (out->rules[r].kind == RULE_FORBID)
            out->rules[kept++] = out->rules[r];
    out->rule_count = kept;
    kept = 0;
    for (size_t c = 0; c < out->commitment_count; c++)
        if (out->commitments[c].kind == COMMITMENT_FORBIDDEN)
            out->commitments[kept++] = out->commitments[c];
    out->commitment_count = kept;
    for (size_t p = 0; p < out->pair_count; p++)
        out->pairs[p].has_max = false;
    kept = 0;
    for (size_t i = 0; i < out->settings.later_count; i++) {
        LaterStage stage = out->settings.later[i];
        if (stage == LATER_LAPSING || (stage == LATER_COST && cost_is_bounded(round)))
            out->settings.later[kept++] = stage;
    }
    out->settings.later_count = kept;
    /* tiers alone are bounded: groups that cross a limit would only keep the network away */
    out->settings.fairness = FAIRNESS_NONE;
}

/** Can nothing ever go over the pair, as where the need asks for less than the offer's ticket? */
static bool is_closed(const Formulation *form, size_t pair)
{
    return form->lp.upper[pair] <= 0;
}

static int pair_order(const Pair *pair, const PairRow *row)
{
    if (pair->need != row->need)
        return pair->need < row->need ? -1 : 1;
    return (pair->offer > row->offer) - (pair->offer < row->offer);
}

/** Bars the closed pairs by rows of the table of pairs, among those that are there. Both stand by need,
 *  then offer. */
static Status close_pairs(const Formulation *form, Arena *arena, Round *out)
{
    size_t closed = 0, next = 0, count = 0;
    for (size_t p = 0; p < form->pairs->count; p++)
        closed += is_closed(form, p);
    if (closed == 0)
        return STATUS_OK;
    PairRow *rows = ARENA_NEW(arena, out->pair_count + closed, PairRow);
    TRY_NEW(rows);
    for (size_t p = 0; p < form->pairs->count; p++) {
        const Pair *pair = &form->pairs->pairs[p];
        if (!is_closed(form, p))
            continue;
        while (next < out->pair_count && pair_order(pair, &out->pairs[next]) > 0)
            rows[count++] = out->pairs[next++];
        if (next < out->pair_count && pair_order(pair, &out->pairs[next]) == 0)
            next++;
        rows[count++] = (PairRow){.need_id = out->needs[pair->need].id,
                                  .offer_id = out->offers[pair->offer].id,
                                  .has_eligible = true,
                                  .need = pair->need,
                                  .offer = pair->offer,
                                  .max = INT64_MAX};
    }
    while (next < out->pair_count)
        rows[count++] = out->pairs[next++];
    out->pairs = rows;
    out->pair_count = count;
    return STATUS_OK;
}

Status relaxed_round_build(const Formulation *form, Arena *arena, Round *out, bool *fits)
{
    const Round *round = form->round;
    Ratio *dearest;
    int64_t *lines;
    *fits = round_fits(round);
    if (!*fits)
        return STATUS_OK;
    *out = *round;
    out->needs = copy_rows(arena, round->needs, round->need_count, sizeof *round->needs);
    out->offers = copy_rows(arena, round->offers, round->offer_count, sizeof *round->offers);
    out->donors = copy_rows(arena, round->donors, round->donor_count, sizeof *round->donors);
    out->beneficiaries = copy_rows(arena, round->beneficiaries, round->beneficiary_count,
                                   sizeof *round->beneficiaries);
    out->rules = copy_rows(arena, round->rules, round->rule_count, sizeof *round->rules);
    out->commitments =
        copy_rows(arena, round->commitments, round->commitment_count, sizeof *round->commitments);
    out->pairs = copy_rows(arena, round->pairs, round->pair_count, sizeof *round->pairs);
    TRY_NEW(out->needs);
    TRY_NEW(out->offers);
    TRY_NEW(out->donors);
    TRY_NEW(out->beneficiaries);
    TRY_NEW(out->rules);
    TRY_NEW(out->commitments);
    TRY_NEW(out->pairs);
    TRY(find_dearest(form, arena, &dearest));
    for (size_t n = 0; n < out->need_count && *fits; n++)
        *fits = relax_need(form, n, &out->needs[n]);
    for (size_t o = 0; o < out->offer_count && *fits; o++)
        *fits = relax_offer(form, o, dearest, &out->offers[o]);
    TRY(count_rounded(form, arena, &lines));
    relax_parties(form, lines, out);
    keep_forbidding(round, out);
    TRY(close_pairs(form, arena, out));
    return STATUS_OK;
}
