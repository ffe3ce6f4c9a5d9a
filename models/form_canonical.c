/* The canonical stage, last of all: among plans that every published stage finds equal, the one of the
 * order of ids, so that the plan is unique in practice and repeatable.
 *
 * Needs are ranked by tier, then by weight, the heaviest first, then by id; offers by how many needs
 * they can serve, the fewest first, then by id. Those are the orders in which the greedy start of the
 * linear stages serves, so that the simplex method has little left to move.
 */
#include <stdlib.h>

#include "models/form_internal.h"

typedef struct NeedTurn {
    const Need *need;
    size_t index;
} NeedTurn;

typedef struct OfferTurn {
    int spread; /* pairs of the offer */
    size_t index;
} OfferTurn;

static int by_urgency(const void *a, const void *b)
{
    const NeedTurn *x = a, *y = b;
    if (x->need->tier != y->need->tier)
        return (x->need->tier > y->need->tier) - (x->need->tier < y->need->tier);
    int heavier = decimal_compare(y->need->weight, x->need->weight);
    return heavier != 0 ? heavier : (x->index > y->index) - (x->index < y->index);
}

static int by_spread(const void *a, const void *b)
{
    const OfferTurn *x = a, *y = b;
    if (x->spread != y->spread)
        return (x->spread > y->spread) - (x->spread < y->spread);
    return (x->index > y->index) - (x->index < y->index);
}

/** Every need's place among all, above 0 and up to 1. */
static Status rank_needs(const FormBuilder *b, double **out)
{
    size_t count = b->round->need_count;
    NeedTurn *turns = ARENA_NEW(b->arena, count, NeedTurn);
    double *rank = ARENA_NEW(b->arena, count, double);
    TRY_NEW(turns);
    TRY_NEW(rank);
    for (size_t n = 0; n < count; n++)
        turns[n] = (NeedTurn){.need = &b->round->needs[n], .index = n};
    if (count > 1)
        qsort(turns, count, sizeof *turns, by_urgency);
    for (size_t t = 0; t < count; t++)
        rank[turns[t].index] = (double)(t + 1) / (double)count;
    *out = rank;
    return STATUS_OK;
}

/** Likewise every offer's. */
static Status rank_offers(const FormBuilder *b, double **out)
{
    size_t count = b->round->offer_count;
    OfferTurn *turns = ARENA_NEW(b->arena, count, OfferTurn);
    double *rank = ARENA_NEW(b->arena, count, double);
    TRY_NEW(turns);
    TRY_NEW(rank);
    for (size_t o = 0; o < count; o++)
        turns[o].index = o;
    for (size_t p = 0; p < b->pairs->count; p++)
        turns[b->pairs->pairs[p].offer].spread++;
    if (count > 1)
        qsort(turns, count, sizeof *turns, by_spread);
    for (size_t t = 0; t < count; t++)
        rank[turns[t].index] = (double)(t + 1) / (double)count;
    *out = rank;
    return STATUS_OK;
}

/** A price that rises with both ranks, with a mixed part so that no exchange of partners between two
 *  needs is free: of two needs, the first takes the first offer. (The mixed part is a Monge cost:
 *  where everybody may serve everybody, serving in order is optimal; Hoffman 1963.) */
Status form_add_canonical(FormBuilder *b)
{
    double *by_need, *by_offer;
    Stage stage = {
        .kind = STAGE_CANONICAL, .date = DATE_NONE, .label = arena_printf(b->arena, "canonical")};
    TRY(rank_needs(b, &by_need));
    TRY(rank_offers(b, &by_offer));
    for (size_t p = 0; p < b->pairs->count; p++) {
        double need = by_need[b->pairs->pairs[p].need], offer = by_offer[b->pairs->pairs[p].offer];
        double price = need + 0.5 * offer * (1.0 - 0.5 * need);
        TRY(terms_add(b, (int)p, price / b->form->lp.column_scale[p]));
    }
    TRY(terms_take(b, &stage));
    return form_add_stage(b, stage);
}
