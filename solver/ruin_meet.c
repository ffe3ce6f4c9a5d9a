/* A first plan of a round that demands something: what is agreed is filled up to what its need can do
 * with, what that requires is served, then needs that count for floors, until these hold. Greedy, in one
 * order after another; what comes out keeps every rule, or there is none.
 */
#include <stdlib.h>

#include "solver/ruin_internal.h"

/* Orders tried, and how deep chains of prerequisites are followed. */
enum { ORDERS = 24, DEPTH_MOST = 32 };

/* Needs that are served because others wait for them, in one attempt: many ways may lead to one. */
enum { SERVED_MOST = 1000 };

typedef struct Turn {
    int need;
    double key;
} Turn;

/** Serving one need, and what it waits for. Many ways may lead to a need: one that could not be served stays so,
 *  as others are served meanwhile and nothing is let go. */
typedef struct Attempt {
    Ruin *r;
    bool *failed; /* [needs] */
    int *failures;
    int failure_count;
    int left; /* needs that may still be served because others wait for them */
} Attempt;

static bool serve(Attempt *a, int need, int depth);

/** Serves one of those that will do: the first that can be met in full. */
static bool serve_any(Attempt *a, const Requirement *requirement, int depth)
{
    for (int k = 0; k < requirement->count; k++)
        if (ruin_is_full(a->r, requirement->any_of[k]))
            return true;
    for (int k = 0; k < requirement->count && depth < DEPTH_MOST; k++) {
        size_t mark = a->r->move_count;
        if (a->left-- <= 0)
            return false;
        if (serve(a, requirement->any_of[k], depth + 1) &&
            ruin_is_full(a->r, requirement->any_of[k]))
            return true;
        ruin_undo(a->r, mark);
    }
    return false;
}

static bool serve_required(Attempt *a, int need, int depth)
{
    const Logic *logic = &a->r->form->round->logic;
    for (size_t q = logic->first[need]; q < logic->first[need + 1]; q++)
        if (!serve_any(a, &logic->requirements[q], depth))
            return false;
    return true;
}

/** Serves a need, and first what it requires. Did it get something? */
static bool serve(Attempt *a, int need, int depth)
{
    if (a->failed[need])
        return false;
    bool served = serve_required(a, need, depth) &&
                  (need_is_outcome(&a->r->form->round->needs[need]) || ruin_fund(a->r, need));
    if (!served) {
        a->failed[need] = true;
        a->failures[a->failure_count++] = need;
    }
    return served;
}

static bool serve_first(Attempt *a, int need)
{
    a->left = SERVED_MOST;
    bool served = serve(a, need, 0);
    while (a->failure_count > 0)
        a->failed[a->failures[--a->failure_count]] = false;
    return served;
}

static Status open_attempt(Ruin *r, Attempt *a)
{
    *a = (Attempt){.r = r};
    a->failed = ARENA_NEW(r->arena, r->form->round->need_count, bool);
    a->failures = ARENA_NEW(r->arena, r->form->round->need_count, int);
    TRY_NEW(a->failed);
    TRY_NEW(a->failures);
    return STATUS_OK;
}

/** Fills up needs that what is agreed does not make useful. */
static void fill_agreed(Attempt *a, const Turn *order)
{
    Ruin *r = a->r;
    for (size_t i = 0; i < r->form->round->need_count; i++) {
        const Need *need = &r->form->round->needs[order[i].need];
        const Logic *logic = &r->form->round->logic;
        int64_t given = r->given[order[i].need];
        if (given > 0 && (given < need->least || logic->bundle_of[order[i].need] >= 0 ||
                          !ruin_requirements_hold(r, order[i].need)))
            (void)serve_first(a, order[i].need);
    }
}

/** Offers that count for the rule come first; or, after it, none does. */
static void prefer_offers(Ruin *r, const Rule *rule, double noise)
{
    for (size_t k = 0; k < rule->count; k++)
        r->noise[r->form->pairs->pairs[rule->pairs[k]].offer] = noise;
}

/** Does the rule count a line of the need? */
static bool counts_need(const Ruin *r, const Rule *rule, int need)
{
    const Pair *pairs = r->form->pairs->pairs;
    size_t low = 0, high = rule->count; /* pairs stand by need */
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (pairs[rule->pairs[middle]].need < need)
            low = middle + 1;
        else
            high = middle;
    }
    return low < rule->count && pairs[rule->pairs[low]].need == need;
}

/** Serves needs that count for a floor until it holds. */
static void fill_floor(Attempt *a, size_t index, const Turn *order)
{
    Ruin *r = a->r;
    const Rule *rule = &r->form->rules->rules[index];
    prefer_offers(r, rule, -1);
    for (size_t i = 0; i < r->form->round->need_count; i++) {
        size_t mark = r->move_count;
        int64_t slack = rule_book_slack(&r->book, index);
        if (slack >= 0)
            break;
        if (counts_need(r, rule, order[i].need) && serve_first(a, order[i].need) &&
            rule_book_slack(&r->book, index) <= slack)
            ruin_undo(r, mark);
    }
    prefer_offers(r, rule, 0);
}

static int by_key(const void *a, const void *b)
{
    const Turn *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->need > y->need) - (x->need < y->need);
}

/** First by tier, the large ones first; then large ones first whatever their tier; then at random. */
static void put_in_order(Ruin *r, int turn, Turn *order)
{
    size_t count = r->form->round->need_count;
    for (size_t n = 0; n < count; n++) {
        const Need *need = &r->form->round->needs[n];
        double size = (double)need->wanted / r->form->quantum[n];
        double key = turn > 1 ? draw_unit(&r->draw) : -size / (1 + size);
        order[n] = (Turn){.need = (int)n, .key = turn == 0 ? need->tier + key : key};
    }
    if (count > 1)
        qsort(order, count, sizeof *order, by_key);
}

Status ruin_meet(Ruin *r)
{
    size_t mark = r->move_count;
    Turn *order = ARENA_NEW(r->arena, r->form->round->need_count, Turn);
    Attempt attempt;
    TRY_NEW(order);
    TRY(open_attempt(r, &attempt));
    for (int turn = 0; turn < ORDERS && !r->failed; turn++) {
        put_in_order(r, turn, order);
        fill_agreed(&attempt, order);
        for (size_t k = 0; k < r->form->rules->count; k++)
            if (r->form->rules->rules[k].has_lower)
                fill_floor(&attempt, k, order);
        if (ruin_start_holds(r))
            return STATUS_OK;
        ruin_undo(r, mark);
    }
    if (r->failed)
        return STATUS_OK;
    bool met;
    put_in_order(r, 0, order);
    fill_agreed(&attempt, order);
    TRY(ruin_meet_floors(r, &met));
    if (!met)
        ruin_undo(r, mark);
    return STATUS_OK;
}
