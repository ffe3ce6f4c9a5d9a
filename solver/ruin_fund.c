/* Serving one need from what is left: from one offer where one can, else from several, by price or by
 * size; every ticket, count and least amount kept, or nothing is given.
 */
#include <stdlib.h>

#include "solver/ruin_internal.h"

/* Candidates looked at for one need. */
enum { CANDIDATES_MOST = 512, DONORS_MOST = 64 };

typedef struct Candidate {
    int pair;
    int64_t room;
    double price;
} Candidate;

static double price_of(const Ruin *r, int pair)
{
    double price = r->price == NULL ? 0 : r->price[pair];
    return price + r->noise[r->form->pairs->pairs[pair].offer];
}

void ruin_drop(Ruin *r, int need)
{
    const PairSet *pairs = r->form->pairs;
    for (size_t p = pairs->first[need]; p < pairs->first[need + 1]; p++)
        if (r->book.quantity[p] > pairs->pairs[p].lower)
            ruin_put(r, (int)p, pairs->pairs[p].lower);
}

static bool other_of_mark_is_served(const Ruin *r, int need)
{
    const Logic *logic = &r->form->round->logic;
    int index = logic->alternative_of[need];
    if (index < 0)
        return false;
    const NeedMark *mark = &logic->alternatives[index];
    if (mark->chosen >= 0 && mark->chosen != need)
        return true;
    for (int i = 0; i < mark->count; i++)
        if (mark->members[i] != need && r->given[mark->members[i]] > 0)
            return true;
    return false;
}

bool ruin_may_fund(const Ruin *r, int need)
{
    const Need *row = &r->form->round->needs[need];
    const PairSet *pairs = r->form->pairs;
    return row->quantity_known && row->wanted > r->given[need] &&
           pairs->first[need] < pairs->first[need + 1] && !other_of_mark_is_served(r, need) &&
           ruin_requirements_hold(r, need);
}

static size_t find_candidates(const Ruin *r, int need, Candidate *out)
{
    const PairSet *pairs = r->form->pairs;
    size_t count = 0;
    for (size_t p = pairs->first[need]; p < pairs->first[need + 1] && count < CANDIDATES_MOST;
         p++) {
        int64_t room = ruin_headroom(r, (int)p);
        if (room > 0 && room + r->book.quantity[p] >= r->ticket[p])
            out[count++] = (Candidate){.pair = (int)p, .room = room, .price = price_of(r, (int)p)};
    }
    return count;
}

/** The cheapest offer that can give everything by itself; of equals the one with least left. */
static bool fund_from_one(Ruin *r, int need, const Candidate *candidates, size_t count)
{
    int64_t lacks = r->form->round->needs[need].wanted - r->given[need];
    size_t mark = r->move_count, tries = 0;
    double above = -1e300;
    int64_t above_room = -1;
    for (; tries < 4; tries++) { /* the next cheapest when rules refuse one */
        const Candidate *best = NULL;
        for (size_t k = 0; k < count; k++) {
            const Candidate *c = &candidates[k];
            bool later = c->price > above || (c->price == above && c->room > above_room);
            if (c->room < lacks || !later)
                continue;
            if (best == NULL || c->price < best->price ||
                (c->price == best->price && c->room < best->room))
                best = c;
        }
        if (best == NULL)
            return false;
        ruin_put(r, best->pair, r->book.quantity[best->pair] + lacks);
        if (ruin_keeps_rules(r, mark, false))
            return true;
        ruin_undo(r, mark);
        above = best->price;
        above_room = best->room;
    }
    return false;
}

static int by_price(const void *a, const void *b)
{
    const Candidate *x = a, *y = b;
    if (x->price != y->price)
        return x->price < y->price ? -1 : 1;
    if (x->room != y->room)
        return x->room > y->room ? -1 : 1;
    return (x->pair > y->pair) - (x->pair < y->pair);
}

static int by_room(const void *a, const void *b)
{
    const Candidate *x = a, *y = b;
    if (x->room != y->room)
        return x->room > y->room ? -1 : 1;
    return (x->pair > y->pair) - (x->pair < y->pair);
}

/** Takes what a ticket lacks from lines of this need put just before, as far as theirs allow. */
static int64_t take_back(Ruin *r, size_t mark, int64_t lacks)
{
    size_t end = r->move_count;
    for (size_t m = mark; m < end && lacks > 0; m++) {
        int pair = r->moves[m].pair;
        int64_t step = r->form->round->needs[r->form->pairs->pairs[pair].need].step;
        int64_t floor = r->ticket[pair] > 0 ? r->ticket[pair] : step;
        if (floor < r->form->pairs->pairs[pair].lower)
            floor = r->form->pairs->pairs[pair].lower;
        int64_t spare = r->book.quantity[pair] - floor;
        int64_t less = spare < lacks ? spare : lacks;
        if (less <= 0)
            continue;
        ruin_put(r, pair, r->book.quantity[pair] - less);
        lacks -= less;
    }
    return lacks;
}

/** One line of several; 0 when nothing fits. */
static void add_line(Ruin *r, int pair, size_t mark)
{
    const Need *need = &r->form->round->needs[r->form->pairs->pairs[pair].need];
    int64_t now = r->book.quantity[pair], room = ruin_headroom(r, pair);
    size_t before = r->move_count;
    if (now + room >= r->ticket[pair]) {
        if (room > 0)
            ruin_put(r, pair, now + room);
        return;
    }
    /* the need is nearly full: other lines make place for the least ticket */
    int64_t lacks = r->ticket[pair] - now - room;
    if (need->wanted - r->given[r->form->pairs->pairs[pair].need] > room ||
        take_back(r, mark, lacks) > 0 || ruin_headroom(r, pair) + now < r->ticket[pair])
        ruin_undo(r, before);
    else
        ruin_put(r, pair, r->ticket[pair]);
}

static bool donor_is_new(const Ruin *r, const int *donors, int count, int pair)
{
    int donor = r->form->round->offers[r->form->pairs->pairs[pair].offer].donor_item;
    for (int i = 0; i < count; i++)
        if (donors[i] == donor)
            return false;
    return true;
}

/** From several offers in the order given; what the need has then. */
static int64_t fund_from_many(Ruin *r, int need, const Candidate *candidates, size_t count)
{
    const Need *row = &r->form->round->needs[need];
    int donors[DONORS_MOST], donor_count = 0;
    size_t mark = r->move_count;
    for (size_t k = 0; k < count && r->given[need] < row->wanted; k++) {
        int pair = candidates[k].pair;
        bool fresh = row->max_donors > 0 && donor_is_new(r, donors, donor_count, pair);
        if (fresh && (donor_count >= row->max_donors || donor_count >= DONORS_MOST))
            continue;
        add_line(r, pair, mark);
        if (fresh && r->book.quantity[pair] > 0)
            donors[donor_count++] =
                r->form->round->offers[r->form->pairs->pairs[pair].offer].donor_item;
    }
    return r->given[need];
}

static bool is_enough(Ruin *r, int need, size_t mark)
{
    const Need *row = &r->form->round->needs[need];
    return r->given[need] >= row->least && ruin_keeps_rules(r, mark, false);
}

/** One need alone. */
static bool fund_alone(Ruin *r, int need)
{
    Candidate candidates[CANDIDATES_MOST];
    const Need *row = &r->form->round->needs[need];
    size_t mark = r->move_count, count = find_candidates(r, need, candidates);
    int64_t before = r->given[need];
    if (count == 0)
        return false;
    if (fund_from_one(r, need, candidates, count))
        return true;
    qsort(candidates, count, sizeof *candidates, by_price);
    int64_t got = fund_from_many(r, need, candidates, count);
    bool first_holds = is_enough(r, need, mark);
    if (first_holds && got >= row->wanted)
        return true;
    ruin_undo(r, mark);
    qsort(candidates, count, sizeof *candidates, by_room);
    int64_t other = fund_from_many(r, need, candidates, count);
    bool second_holds = is_enough(r, need, mark);
    if (second_holds && (!first_holds || other >= got))
        return other > before;
    ruin_undo(r, mark);
    if (!first_holds)
        return false;
    qsort(candidates, count, sizeof *candidates, by_price);
    (void)fund_from_many(r, need, candidates, count);
    return got > before;
}

/** A bundle is served as a whole. */
static bool fund_bundle(Ruin *r, const NeedMark *bundle)
{
    size_t mark = r->move_count;
    const Round *round = r->form->round;
    for (int i = 0; i < bundle->count; i++) {
        int member = bundle->members[i];
        const Need *need = &round->needs[member];
        bool wants = !need->quantity_known || need->wanted > 0;
        if (!wants || r->given[member] >= need->wanted)
            continue;
        if (!ruin_may_fund(r, member) || (!fund_alone(r, member) && r->given[member] == 0)) {
            ruin_undo(r, mark);
            return false;
        }
    }
    return r->move_count > mark;
}

bool ruin_fund(Ruin *r, int need)
{
    const Logic *logic = &r->form->round->logic;
    if (r->failed || !ruin_may_fund(r, need))
        return false;
    int bundle = logic->bundle_of[need];
    return bundle >= 0 ? fund_bundle(r, &logic->bundles[bundle]) : fund_alone(r, need);
}
