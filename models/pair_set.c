/* The set E of eligible pairs with what bounds each alone: pairs.max, max_share (C12), commitments
 * (C13), and how much of the offer a unit takes.
 */
#include "allot/eligibility.h"

#include <string.h>

#include "allot/amount_text.h"
#include "allot/eligible_set.h"
#include "models/use.h"

typedef struct PairBuilder {
    const Round *round;
    Arena *arena;
    Diag *diag;
    PairSet *set;
    size_t room;
    size_t commitment;        /* next commitment, they stand in the pairs' order */
    const Ratio *offer_parts; /* [offer_count] use_offer_part() of money offers */
    Bars bars;                /* of a widened set: */
    size_t *bar_first;        /* [first_room] */
    size_t first_room;
} PairBuilder;

static Status offer_parts(const Round *round, Arena *arena, Diag *diag, const Ratio **out)
{
    Ratio *parts = ARENA_NEW(arena, round->offer_count, Ratio);
    TRY_NEW(parts);
    Status status = STATUS_OK;
    for (size_t o = 0; o < round->offer_count; o++) {
        if (!round->offers[o].unit.is_money || use_offer_part(round, (int)o, &parts[o]))
            continue;
        diag_add(diag, DIAG_TOO_LARGE, round_place(round, round->offers[o].origin, "overhead"),
                 "rate and overhead of '%s' have too many digits for exact arithmetic; give fewer",
                 round->offers[o].id);
        status = STATUS_FINDINGS;
    }
    *out = parts;
    return status;
}

static void lower_upper(Pair *pair, int64_t amount, Origin from)
{
    if (amount < pair->upper) {
        pair->upper = amount;
        pair->upper_from = from;
    }
}

static void apply_commitments(PairBuilder *b, Pair *pair)
{
    const Round *round = b->round;
    while (b->commitment < round->commitment_count) {
        const Commitment *c = &round->commitments[b->commitment];
        if (c->need > pair->need || (c->need == pair->need && c->offer > pair->offer))
            return;
        b->commitment++;
        if (c->need != pair->need || c->offer != pair->offer)
            continue;
        if (c->kind == COMMITMENT_AT_MOST || c->kind == COMMITMENT_FIXED)
            lower_upper(pair, c->quantity, c->origin);
        if (c->kind == COMMITMENT_AT_LEAST || c->kind == COMMITMENT_FIXED) {
            pair->locked = true;
            if (c->quantity > pair->lower) {
                pair->lower = c->quantity;
                pair->lower_from = c->origin;
            }
        }
    }
}

static bool pair_bounds(PairBuilder *b, Pair *pair)
{
    const Need *need = &b->round->needs[pair->need];
    const Offer *offer = &b->round->offers[pair->offer];
    pair->upper = need->wanted;
    pair->upper_from = need->origin;
    if (pair->row != NULL)
        lower_upper(pair, pair->row->max, pair->row->origin);
    if (decimal_compare(offer->max_share, decimal_make(1, 0)) < 0) {
        int64_t most;
        if (!ratio_apply(need->quantity, ratio_of_decimal(offer->max_share), ROUND_DOWN, &most))
            return false;
        lower_upper(pair, most, offer->origin);
    }
    apply_commitments(b, pair);
    pair->upper -= pair->upper % need->step;
    return true;
}

/** @p need_part is NULL where money cannot buy the need (or its price does not fit). */
static bool pair_use(const PairBuilder *b, Pair *pair, const Ratio *need_part)
{
    const Need *need = &b->round->needs[pair->need];
    const Offer *offer = &b->round->offers[pair->offer];
    if (pair->row != NULL && pair->row->has_use)
        return use_of_row(pair->row, need, offer, &pair->use);
    pair->use = ratio_of(1, 1);
    if (!offer->unit.is_money)
        return true;
    return need_part != NULL && ratio_multiply(*need_part, b->offer_parts[pair->offer], &pair->use);
}

/** More is agreed than the pair may give: a commitment against pairs.max or max_share. */
static void refuse_bounds(const PairBuilder *b, const Pair *pair)
{
    const Need *need = &b->round->needs[pair->need];
    diag_add(b->diag, DIAG_CONTRADICTION, round_place(b->round, pair->lower_from, "quantity"),
             "this contradicts %s, by which offer '%s' gives need '%s' at most %s; lower the "
             "quantity to that, or loosen the other row",
             round_row_text(b->round, pair->upper_from, b->arena), b->round->offers[pair->offer].id,
             need->id, amount_in_unit(need->unit, pair->upper).text);
}

static Status append_pair(PairBuilder *b, int need, int offer, const Ratio *need_part, bool barred)
{
    PairSet *set = b->set;
    if (set->count == b->room) {
        size_t room = b->room * 2 + 1024;
        set->pairs = arena_grow(b->arena, set->pairs, set->count, room, sizeof *set->pairs);
        TRY_NEW(set->pairs);
        b->room = room;
    }
    Pair *pair = &set->pairs[set->count];
    memset(pair, 0, sizeof *pair);
    pair->need = need;
    pair->offer = offer;
    pair->row = b->round->pair_count > 0 ? round_find_pair(b->round, need, offer) : NULL;
    if (!pair_bounds(b, pair) || !pair_use(b, pair, need_part)) {
        diag_add(
            b->diag, DIAG_TOO_LARGE,
            round_place(b->round, b->round->needs[need].origin, "unit_cost"),
            "the figures of '%s' and '%s' have too many digits for exact arithmetic; give fewer",
            b->round->needs[need].id, b->round->offers[offer].id);
        return STATUS_FINDINGS;
    }
    if (barred) { /* a commitment on it can ask for nothing */
        pair->upper = pair->lower = 0;
        pair->locked = false;
    }
    if (pair->lower > pair->upper) {
        refuse_bounds(b, pair);
        return STATUS_FINDINGS;
    }
    set->count++;
    return STATUS_OK;
}

/** All pairs of a need, by offer. */
static Status append_need(PairBuilder *b, const EligibleSets *sets, int need)
{
    Ratio part;
    const Ratio *need_part = use_need_part(b->round, &b->round->needs[need], &part) ? &part : NULL;
    const uint64_t *set = eligible_set_at(sets, eligible_set_number(sets, need));
    for (int w = 0; w < eligible_set_words(sets); w++)
        for (uint64_t left = set[w]; left != 0; left &= left - 1)
            TRY(append_pair(b, need, w * 64 + __builtin_ctzll(left), need_part, false));
    return STATUS_OK;
}

/** Notes where the bars of the next pair begin. */
static Status begin_bars(PairBuilder *b)
{
    size_t pair = b->set->count;
    if (b->bar_first == NULL || pair == b->first_room) {
        size_t room = b->first_room * 2 + 1024;
        b->bar_first = arena_grow(b->arena, b->bar_first, pair, room, sizeof *b->bar_first);
        TRY_NEW(b->bar_first);
        b->first_room = room;
    }
    b->bar_first[pair] = b->bars.count;
    return STATUS_OK;
}

typedef enum Wideness {
    WIDE_NOT,    /* eligible pairs alone */
    WIDE_AGREED, /* and those that commitments alone bar */
    WIDE_WHOLLY  /* and all that could be lifted */
} Wideness;

/** Whether what bars the next pair is of commitments alone; else it is taken out again. */
static bool keep_agreed(PairBuilder *b)
{
    size_t first = b->bar_first[b->set->count];
    for (size_t k = first; k < b->bars.count; k++)
        if (b->bars.bars[k].check != BAR_COMMITMENT) {
            b->bars.count = first;
            return false;
        }
    return true;
}

/** All pairs of a need, by offer, and those that could be lifted into E. */
static Status append_widened(PairBuilder *b, int need_index, Wideness wide)
{
    Ratio part;
    const Need *need = &b->round->needs[need_index];
    const Ratio *need_part = use_need_part(b->round, need, &part) ? &part : NULL;
    const EligibleSets *sets = b->set->sets;
    const uint64_t *set = eligible_set_at(sets, eligible_set_number(sets, need_index));
    for (int o = 0; o < (int)b->round->offer_count; o++) {
        bool eligible = (set[o / 64] >> (o % 64) & 1) != 0, liftable = false;
        TRY(begin_bars(b));
        if (!eligible && need->wanted > 0)
            TRY(eligibility_bars(b->round, need_index, o, b->arena, &b->bars, &liftable));
        if (liftable && wide == WIDE_AGREED)
            liftable = keep_agreed(b);
        if (eligible || liftable)
            TRY(append_pair(b, need_index, o, need_part, liftable));
    }
    return STATUS_OK;
}

static Status build(const Round *round, Wideness wide, Arena *arena, Diag *diag, PairSet *set)
{
    PairBuilder b = {.round = round, .arena = arena, .diag = diag, .set = set};
    EligibleSets *sets;
    memset(set, 0, sizeof *set);
    set->first = ARENA_NEW(arena, round->need_count + 1, size_t);
    TRY_NEW(set->first);
    TRY(offer_parts(round, arena, diag, &b.offer_parts));
    TRY(eligible_sets_build(round, arena, &sets));
    set->sets = sets;
    b.room = eligible_pair_count(sets, round); /* grown step by step they would stand there twice */
    set->pairs = ARENA_NEW(arena, b.room, Pair);
    TRY_NEW(set->pairs);
    for (size_t n = 0; n < round->need_count; n++) {
        set->first[n] = set->count;
        TRY(wide != WIDE_NOT ? append_widened(&b, (int)n, wide) : append_need(&b, sets, (int)n));
    }
    set->first[round->need_count] = set->count;
    if (wide != WIDE_NOT)
        TRY(begin_bars(&b));
    set->bars = b.bars.bars;
    set->bar_first = b.bar_first;
    return STATUS_OK;
}

Status pair_set_build(const Round *round, Arena *arena, Diag *diag, PairSet *set)
{
    return build(round, WIDE_NOT, arena, diag, set);
}

Status pair_set_build_widened(const Round *round, Arena *arena, Diag *diag, PairSet *set)
{
    return build(round, WIDE_WHOLLY, arena, diag, set);
}

Status pair_set_build_agreed(const Round *round, Arena *arena, Diag *diag, PairSet *set)
{
    return build(round, WIDE_AGREED, arena, diag, set);
}

Status pair_set_build_committed(const Round *round, const EligibleSets *sets, Arena *arena,
                                Diag *diag, PairSet *set)
{
    PairBuilder b = {.round = round, .arena = arena, .diag = diag, .set = set};
    memset(set, 0, sizeof *set);
    set->sets = sets;
    TRY(offer_parts(round, arena, diag, &b.offer_parts));
    while (b.commitment < round->commitment_count) {
        const Commitment *c = &round->commitments[b.commitment];
        const uint64_t *offers = eligible_set_at(sets, eligible_set_number(sets, c->need));
        Ratio part;
        bool has_part = use_need_part(round, &round->needs[c->need], &part);
        if ((offers[c->offer / 64] >> (c->offer % 64) & 1) == 0)
            b.commitment++;
        else
            TRY(append_pair(&b, c->need, c->offer, has_part ? &part : NULL, false));
    }
    return STATUS_OK;
}

bool pair_is_barred(const PairSet *set, size_t pair)
{
    return set->bar_first != NULL && set->bar_first[pair] < set->bar_first[pair + 1];
}

int pair_set_find(const PairSet *set, int need, int offer)
{
    size_t low = set->first[need], high = set->first[need + 1];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (set->pairs[middle].offer == offer)
            return (int)middle;
        if (set->pairs[middle].offer < offer)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}
