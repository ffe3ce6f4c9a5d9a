/* The search: around a need that is short some others are emptied, all of them served anew in another
 * order, and what is better (or as good) stays. Tiers are compared one strictly after the other.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "solver/ruin_choose.h"

/* Rounds after which the lists of short needs and of lines are made anew. */
enum { REFRESH_EACH = 1000 };

/* Values of a tier that differ by less are one, relative to what all of the tier comes to: a tier that is met
 * in full has a value of noise, which must not pass for a gain that pays for a loss in the tiers behind. */
static const double SAME_VALUE = 1e-12;

/* ---- lists ---------------------------------------------------------------------------------- */

static void list_shorts(Search *s)
{
    const Ruin *r = s->r;
    const Formulation *form = r->form;
    double sum = 0;
    s->short_count = 0;
    for (size_t n = 0; n < form->round->need_count; n++) {
        const Need *need = &form->round->needs[n];
        if (r->gain[n].stage != (int)s->stage || r->gain[n].each <= 0 || !need->ready ||
            r->given[n] >= need->wanted || form->pairs->first[n] == form->pairs->first[n + 1])
            continue;
        sum += r->gain[n].each * sqrt((double)(need->wanted - r->given[n]));
        s->shorts[s->short_count++] = (Short){.need = (int)n, .weight = sum};
    }
    for (size_t i = 0; i < r->outcome_count; i++)
        if (r->outcomes[i].stage == (int)s->stage && !ruin_is_full(r, r->outcomes[i].need)) {
            sum += fmax(r->outcomes[i].worth, 0) * 1e-3;
            s->shorts[s->short_count++] = (Short){.need = r->outcomes[i].need, .weight = sum};
        }
}

static void list_lines(Search *s)
{
    const Ruin *r = s->r;
    for (size_t o = 0; o < r->form->round->offer_count; o++) {
        s->line_count[o] = 0;
        for (size_t k = r->pairs_first[o]; k < r->pairs_first[o + 1]; k++)
            if (r->book.quantity[r->pairs_of[k]] > 0)
                s->lines[r->pairs_first[o] + (size_t)s->line_count[o]++] = r->pairs_of[k];
    }
}

/** Lines opened by the round that was kept. */
static void note_lines(Search *s)
{
    const Ruin *r = s->r;
    for (size_t m = 0; m < r->move_count; m++) {
        int pair = r->moves[m].pair;
        size_t offer = (size_t)r->form->pairs->pairs[pair].offer;
        size_t room = r->pairs_first[offer + 1] - r->pairs_first[offer];
        if (r->moves[m].before == 0 && r->book.quantity[pair] > 0 &&
            (size_t)s->line_count[offer] < room)
            s->lines[r->pairs_first[offer] + (size_t)s->line_count[offer]++] = pair;
    }
}

static int draw_short(Search *s)
{
    double at = draw_unit(&s->r->draw) * s->shorts[s->short_count - 1].weight;
    size_t low = 0, high = s->short_count - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (s->shorts[middle].weight < at)
            low = middle + 1;
        else
            high = middle;
    }
    return s->shorts[low].need;
}

/* ---- recreate ------------------------------------------------------------------------------- */

typedef enum Order { ORDER_RANDOM, ORDER_LARGE, ORDER_WORTH, ORDER_FIRST, ORDER_COUNT } Order;

static double key_of(Search *s, int index, Order order)
{
    int need = s->emptied[index];
    double drawn = draw_unit(&s->r->draw);
    const Need *row = &s->r->form->round->needs[need];
    double worth = s->r->gain[need].each;
    switch (order) {
    case ORDER_LARGE: return -worth * (double)row->wanted * (0.5 + drawn);
    case ORDER_WORTH: return row->tier * 1e3 - worth * (0.7 + 0.6 * drawn);
    case ORDER_FIRST: return index == 0 ? -1 : drawn;
    case ORDER_RANDOM:
    case ORDER_COUNT: break;
    }
    return drawn;
}

static void shuffle(Search *s)
{
    double keys[EMPTIED_MOST];
    Order order = s->ahead > 0 ? ORDER_RANDOM : (Order)draw_below(&s->r->draw, ORDER_COUNT);
    for (int i = 0; i < s->emptied_count; i++)
        keys[i] = i < s->ahead ? (double)i - 1e12 : key_of(s, i, order);
    for (int i = 1; i < s->emptied_count; i++) {
        int need = s->emptied[i], k = i;
        int64_t had = s->had[i];
        double key = keys[i];
        for (; k > 0 && keys[k - 1] > key; k--) {
            s->emptied[k] = s->emptied[k - 1];
            s->had[k] = s->had[k - 1];
            keys[k] = keys[k - 1];
        }
        s->emptied[k] = need;
        s->had[k] = had;
        keys[k] = key;
    }
}

/** Three times in four the offers' prices are blurred, so that another one comes first. */
static void blur_prices(Search *s, int need)
{
    Ruin *r = s->r;
    const PairSet *pairs = r->form->pairs;
    if (draw_below(&r->draw, 4) == 0)
        return;
    double size = 0.5 * draw_unit(&r->draw) * fabs(r->gain[need].each) * r->form->quantum[need];
    for (int i = 0; i < s->emptied_count; i++)
        for (size_t p = pairs->first[s->emptied[i]]; p < pairs->first[s->emptied[i] + 1]; p++)
            r->noise[pairs->pairs[p].offer] = size * draw_unit(&r->draw);
}

static void clear_prices(Search *s)
{
    const PairSet *pairs = s->r->form->pairs;
    for (int i = 0; i < s->emptied_count; i++)
        for (size_t p = pairs->first[s->emptied[i]]; p < pairs->first[s->emptied[i] + 1]; p++)
            s->r->noise[pairs->pairs[p].offer] = 0;
}

static void recreate(Search *s)
{
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < s->emptied_count; i++)
            (void)ruin_fund(s->r, s->emptied[i]);
}

int ruin_compare(const Ruin *r, const double *than, size_t *stage)
{
    const Formulation *form = r->form;
    for (size_t i = 0; i < form->stage_count; i++) {
        if (!ruin_is_tier(&form->stages[i]))
            continue;
        double now = ruin_value(r, i), same = SAME_VALUE * r->size[i];
        *stage = i;
        if (fabs(now - than[i]) > same)
            return now < than[i] ? -1 : 1;
    }
    return 0;
}

/** Is the plan at hand one to go on from? It is no worse than before the round, or a little worse in the
 *  stage sought and in none before it: by annealing (Kirkpatrick, Gelatt and Vecchi 1983). */
static bool is_accepted(const Search *s)
{
    size_t stage = 0;
    int order = ruin_compare(s->r, s->before, &stage);
    if (order <= 0 || stage != s->stage || s->heat <= 0)
        return order <= 0;
    double worse = ruin_value(s->r, stage) - s->before[stage];
    return worse <= -s->heat * log(1 - draw_unit(&s->r->draw));
}

/* ---- the best plan -------------------------------------------------------------------------- */

static void note_values(const Search *s, double *values)
{
    for (size_t i = 0; i < s->r->form->stage_count; i++)
        values[i] = ruin_value(s->r, i);
}

/** The plan at hand is the best one now: no way leads back. */
static void forget_way_back(Search *s)
{
    for (int k = 0; k < s->moved_count; k++)
        s->is_moved[s->moved[k]] = false;
    s->moved_count = 0;
}

/** Notes the moves of a round that was kept. */
static void note_moves(Search *s)
{
    const Ruin *r = s->r;
    size_t stage;
    for (size_t m = 0; m < r->move_count; m++) {
        int pair = r->moves[m].pair;
        if (s->is_moved[pair])
            continue;
        s->is_moved[pair] = true;
        s->gave[pair] = r->moves[m].before;
        s->moved[s->moved_count++] = pair;
    }
    int order = ruin_compare(s->r, s->best, &stage);
    if (order <= 0)
        forget_way_back(s);
    if (order < 0)
        note_values(s, s->best);
}

static void return_to_best(Search *s)
{
    for (int k = 0; k < s->moved_count; k++)
        ruin_put(s->r, s->moved[k], s->gave[s->moved[k]]);
    forget_way_back(s);
}

/** Does an outcome wait for this one, so that there are ways to needs which nobody walks here? */
static bool leads_on(const Ruin *r, int outcome)
{
    for (size_t d = r->dependents_first[outcome]; d < r->dependents_first[outcome + 1]; d++)
        if (need_is_outcome(&r->form->round->needs[r->dependents[d]]))
            return true;
    return false;
}

/** Do the needs that wait for those emptied still have what they wait for, and is no bundle torn? */
static bool logic_holds(const Search *s)
{
    const Ruin *r = s->r;
    const Logic *logic = &r->form->round->logic;
    for (int i = 0; i < s->emptied_count; i++) {
        int need = s->emptied[i], bundle = logic->bundle_of[need];
        for (size_t d = r->dependents_first[need]; d < r->dependents_first[need + 1]; d++) {
            int other = r->dependents[d];
            if (need_is_outcome(&r->form->round->needs[other])) {
                if (leads_on(r, other) && !ruin_all_requirements_hold(r))
                    return false;
                for (size_t e = r->dependents_first[other]; e < r->dependents_first[other + 1]; e++)
                    if (r->given[r->dependents[e]] > 0 &&
                        !ruin_requirements_hold(r, r->dependents[e]))
                        return false;
            } else if (r->given[other] > 0 && !ruin_requirements_hold(r, other)) {
                return false;
            }
        }
        int served = 0, wants = 0;
        for (int k = 0; bundle >= 0 && k < logic->bundles[bundle].count; k++) {
            int member = logic->bundles[bundle].members[k];
            const Need *row = &r->form->round->needs[member];
            wants += !row->quantity_known || row->wanted > 0;
            served += r->given[member] > 0;
        }
        if (served > 0 && served < wants)
            return false;
    }
    return true;
}

/** Where a fairness of earlier tiers is frozen: does each of their needs have what it had? */
static bool keeps_before(const Search *s)
{
    for (int i = 0; s->keep_before && i < s->emptied_count; i++)
        if (s->r->form->round->needs[s->emptied[i]].tier < s->tier &&
            s->r->given[s->emptied[i]] != s->had[i])
            return false;
    return true;
}

/** One round; true when the plan at hand is another one afterwards. */
static bool try_round(Search *s)
{
    Ruin *r = s->r;
    int need = draw_short(s);
    bool outcome = need_is_outcome(&r->form->round->needs[need]);
    if ((!outcome && r->given[need] >= r->form->round->needs[need].wanted) || !ruin_choose(s, need))
        return false;
    r->move_count = 0;
    note_values(s, s->before);
    for (int i = 0; i < s->emptied_count; i++)
        ruin_drop(r, s->emptied[i]);
    shuffle(s);
    blur_prices(s, s->emptied[0]);
    recreate(s);
    clear_prices(s);
    if (!r->failed && is_accepted(s) && keeps_before(s) && ruin_keeps_rules(r, 0, true) &&
        logic_holds(s))
        return true;
    ruin_undo(r, 0);
    return false;
}

static Status search_new(Ruin *ruin, size_t stage, bool keep_before, Search *s)
{
    const Formulation *form = ruin->form;
    *s = (Search){
        .r = ruin, .stage = stage, .keep_before = keep_before, .tier = form->stages[stage].tier};
    s->shorts = ARENA_NEW(ruin->arena, form->round->need_count + 1, Short);
    s->lines = ARENA_NEW(ruin->arena, form->pairs->count, int);
    s->line_count = ARENA_NEW(ruin->arena, form->round->offer_count, int);
    s->before = ARENA_NEW(ruin->arena, form->stage_count, double);
    s->best = ARENA_NEW(ruin->arena, form->stage_count, double);
    s->moved = ARENA_NEW(ruin->arena, form->pairs->count, int);
    s->is_moved = ARENA_NEW(ruin->arena, form->pairs->count, bool);
    s->gave = ARENA_NEW(ruin->arena, form->pairs->count, int64_t);
    TRY_NEW(s->shorts);
    TRY_NEW(s->lines);
    TRY_NEW(s->line_count);
    TRY_NEW(s->before);
    TRY_NEW(s->best);
    TRY_NEW(s->moved);
    TRY_NEW(s->is_moved);
    TRY_NEW(s->gave);
    note_values(s, s->best);
    return STATUS_OK;
}

Status ruin_search(Ruin *ruin, size_t stage, const RuinLimits *limits)
{
    Search s;
    TRY(search_new(ruin, stage, limits->keep_before, &s));
    for (long i = 0; i < limits->rounds && !ruin->failed; i++) {
        if (i % REFRESH_EACH == 0) {
            if (s.best[stage] <= limits->goal || solve_is_late(limits->settings))
                break;
            s.heat = limits->heat * (1.0 - (double)i / (double)limits->rounds);
            list_shorts(&s);
            list_lines(&s);
            if (s.short_count == 0)
                break;
        }
        if (try_round(&s)) {
            note_lines(&s);
            note_moves(&s);
        }
    }
    return_to_best(&s);
    ruin->move_count = 0;
    return ruin->failed ? STATUS_INTERNAL : STATUS_OK;
}

/* ---- a first plan --------------------------------------------------------------------------- */

/** Lays the relaxation's lines of a need, where they are enough for it and keep every rule. */
static void follow_lines(Ruin *r, int need, const double *x)
{
    const Formulation *form = r->form;
    size_t mark = r->move_count;
    for (size_t p = form->pairs->first[need]; p < form->pairs->first[need + 1]; p++) {
        int64_t step = form->round->needs[need].step;
        int64_t quantity = (int64_t)floor(x[p] * form->quantum[need] / (double)step + 0.5) * step;
        int64_t room = ruin_headroom(r, (int)p);
        quantity = quantity < room ? quantity : room;
        if (quantity > r->book.quantity[p])
            ruin_put(r, (int)p, quantity);
    }
    if (r->given[need] < form->round->needs[need].least || !ruin_keeps_rules(r, mark, true))
        ruin_undo(r, mark);
}

/** Serves a need from what is left, where that breaks nothing at all. */
static void follow_up(Ruin *r, int need)
{
    size_t mark = r->move_count;
    if (ruin_fund(r, need) && !ruin_keeps_rules(r, mark, true))
        ruin_undo(r, mark);
}

typedef struct Ranked {
    int need;
    int tier;
    double each;
    double worth;
} Ranked;

static int by_rank(const void *a, const void *b)
{
    const Ranked *x = a, *y = b;
    if (x->tier != y->tier)
        return (x->tier > y->tier) - (x->tier < y->tier);
    if (x->each != y->each)
        return (x->each < y->each) - (x->each > y->each);
    if (x->worth != y->worth)
        return (x->worth < y->worth) - (x->worth > y->worth);
    return (x->need > y->need) - (x->need < y->need);
}

/** Needs by tier, then by what a unit counts, the large ones first, then by id. */
static Status rank_needs(Ruin *ruin, Ranked **out)
{
    const Round *round = ruin->form->round;
    Ranked *order = ARENA_NEW(ruin->arena, round->need_count, Ranked);
    TRY_NEW(order);
    for (size_t n = 0; n < round->need_count; n++)
        order[n] = (Ranked){.need = (int)n,
                            .tier = round->needs[n].tier,
                            .each = ruin->gain[n].each * ruin->form->quantum[n],
                            .worth = ruin->gain[n].each * (double)round->needs[n].wanted};
    if (round->need_count > 1)
        qsort(order, round->need_count, sizeof *order, by_rank);
    *out = order;
    return STATUS_OK;
}

Status ruin_follow(Ruin *ruin, const double *x)
{
    const Formulation *form = ruin->form;
    Ranked *order;
    TRY(rank_needs(ruin, &order));
    for (int partly = 0; partly < 2; partly++) /* first what the relaxation serves in full */
        for (size_t i = 0; i < form->round->need_count && x != NULL; i++) {
            int n = order[i].need, u = form->unmet_column[n];
            bool full = u >= 0 && x[u] * form->quantum[n] < (double)form->round->needs[n].step;
            if ((full || partly == 1) && form->round->logic.bundle_of[n] < 0 &&
                ruin->given[n] == 0 && ruin_may_fund(ruin, n)) {
                follow_lines(ruin, n, x);
                if (ruin->given[n] == 0 && full)
                    follow_up(ruin, n);
            }
        }
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < form->round->need_count; i++)
            follow_up(ruin, order[i].need);
    ruin->move_count = 0;
    return ruin->failed ? STATUS_INTERNAL : STATUS_OK;
}
