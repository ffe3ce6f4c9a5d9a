/* Could listing pairs and rules find something wrong, or warn of it? Told from the tables and the eligible
 * sets alone, so that a round is not listed only to hear that all is well. It errs on the side of yes:
 * figures of many digits, what is agreed beyond a bound, rows that need their pairs to be judged. Then
 * pair_set_build() and rule_set_build() are asked, who say what it is.
 */
#include "models/rule_build.h"
#include "models/rules_reserve.h"
#include "models/use.h"

/* ---- figures of pairs ----------------------------------------------------------------------- */

/** The largest numerator and denominator of some fractions, as one fraction that need not be reduced. */
static void take_larger(Ratio *most, Ratio part)
{
    most->num = part.num > most->num ? part.num : most->num;
    most->den = part.den > most->den ? part.den : most->den;
}

/** Does the product of any two of them fit, whether it can be reduced or not? */
static bool products_fit(Ratio a, Ratio b)
{
    Int128 product;
    return !__builtin_mul_overflow(a.num, b.num, &product) &&
           !__builtin_mul_overflow(a.den, b.den, &product);
}

/** What a unit of any need takes of any offer, and the share of it that an offer may give at most. */
static bool figures_fit(const Round *round)
{
    Ratio needs = ratio_of(0, 1), offers = ratio_of(0, 1), part;
    int64_t most = 0, share;
    for (size_t p = 0; p < round->pair_count; p++)
        if (round->pairs[p].has_use)
            return false;
    for (size_t n = 0; n < round->need_count; n++) {
        const Need *need = &round->needs[n];
        most = need->quantity > most ? need->quantity : most;
        if (need->has_value && !use_need_part(round, need, &part))
            return false;
        if (need->has_value)
            take_larger(&needs, part);
    }
    for (size_t o = 0; o < round->offer_count; o++) {
        const Offer *offer = &round->offers[o];
        if (!ratio_apply(most, ratio_of_decimal(offer->max_share), ROUND_DOWN, &share) ||
            (offer->unit.is_money && !use_offer_part(round, (int)o, &part)))
            return false;
        if (offer->unit.is_money)
            take_larger(&offers, part);
    }
    return products_fit(needs, offers);
}

/* ---- rows of rules -------------------------------------------------------------------------- */

static bool has_ticket(const Round *round)
{
    bool found = false;
    for (size_t o = 0; o < round->offer_count; o++)
        found = found || round->offers[o].min_ticket > 0;
    for (size_t d = 0; d < round->donor_count; d++)
        found = found || round->donors[d].min_ticket > 0;
    for (size_t r = 0; r < round->rule_count; r++)
        found = found || round->rules[r].kind == RULE_TICKET;
    return found;
}

static bool bound_fits(const Round *round, const RuleRow *row)
{
    Ratio amount;
    int64_t bound;
    Ratio quantity = ratio_of_decimal(row->quantity);
    if (row->has_quantity)
        return ratio_apply(unit_scale(row->unit), quantity, ROUND_UP, &bound);
    return row->has_share || row->kind == RULE_COUNT ||
           (rule_row_value(round, row, &amount) && ratio_apply(1, amount, ROUND_UP, &bound));
}

/** Offers that a row selects, and those of them that are not in its unit, as bits. */
typedef struct Selection {
    uint64_t *all, *other;
} Selection;

static Status select_offers(const Round *round, const RuleRow *row, int words, Arena *arena,
                            Selection *out)
{
    out->all = ARENA_NEW(arena, (size_t)words, uint64_t);
    out->other = ARENA_NEW(arena, (size_t)words, uint64_t);
    TRY_NEW(out->all);
    TRY_NEW(out->other);
    for (size_t o = 0; o < round->offer_count; o++) {
        uint64_t bit = UINT64_C(1) << (o % 64);
        if (!rule_row_selects_offer(round, row, (int)o))
            continue;
        out->all[o / 64] |= bit;
        if (round->offers[o].unit.name != row->unit.name)
            out->other[o / 64] |= bit;
    }
    return STATUS_OK;
}

static bool meet(const uint64_t *a, const uint64_t *b, int words)
{
    for (int w = 0; w < words; w++)
        if ((a[w] & b[w]) != 0)
            return true;
    return false;
}

/** Are neither all needs of the row's pairs nor all their offers in the row's unit? */
static Status mixes_units(const Round *round, const RuleRow *row, const EligibleSets *sets,
                          Arena *arena, bool *out)
{
    bool needs = true, offers = true;
    int words = eligible_set_words(sets);
    Selection selection;
    TRY(select_offers(round, row, words, arena, &selection));
    for (size_t n = 0; n < round->need_count; n++) {
        const Need *need = &round->needs[n];
        const uint64_t *set = eligible_set_at(sets, eligible_set_number(sets, (int)n));
        if (!rule_row_selects_need(row, need) || !meet(set, selection.all, words))
            continue;
        needs = needs && need->unit.name == row->unit.name;
        offers = offers && !meet(set, selection.other, words);
    }
    *out = !needs && !offers;
    return STATUS_OK;
}

/** A reserve is judged by its offers; its pairs, of which there are none here, are only gathered. */
static Status reserve_in_doubt(const Round *round, const RuleRow *row, Arena *arena, bool *out)
{
    RuleSet set = {0};
    PairSet none = {0};
    RuleBuilder b = {
        .round = round, .pairs = &none, .arena = arena, .diag = diag_new(arena), .set = &set};
    b.by_offer.first = ARENA_NEW(arena, round->offer_count + 1, size_t);
    TRY_NEW(b.diag);
    TRY_NEW(b.by_offer.first);
    TRY(rules_build_reserve(&b, row));
    *out = b.findings;
    return STATUS_OK;
}

static Status row_in_doubt(const Round *round, const RuleRow *row, const EligibleSets *sets,
                           Arena *arena, bool *out)
{
    *out = false;
    if (row->kind == RULE_FORBID)
        return STATUS_OK;
    if (row->kind == RULE_RESERVE)
        return reserve_in_doubt(round, row, arena, out);
    *out = !bound_fits(round, row);
    return *out || !row->has_quantity ? STATUS_OK : mixes_units(round, row, sets, arena, out);
}

/* ---- all of it ------------------------------------------------------------------------------ */

/** More is agreed on some pair than it may give? */
static Status agreed_in_doubt(const Round *round, const EligibleSets *sets, Arena *arena, bool *out)
{
    PairSet agreed;
    Diag *unheard = diag_new(arena);
    TRY_NEW(unheard);
    Status status = pair_set_build_committed(round, sets, arena, unheard, &agreed);
    *out = status == STATUS_FINDINGS;
    return *out ? STATUS_OK : status;
}

Status rules_in_doubt(const Round *round, const EligibleSets *sets, Arena *arena, bool *out)
{
    *out = has_ticket(round) || !figures_fit(round);
    if (!*out)
        TRY(agreed_in_doubt(round, sets, arena, out));
    for (size_t r = 0; !*out && r < round->rule_count; r++)
        TRY(row_in_doubt(round, &round->rules[r], sets, arena, out));
    return STATUS_OK;
}
