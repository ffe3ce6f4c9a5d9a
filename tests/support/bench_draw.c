/* The generator's order: places, needs, offers sized by what the needs ask, budgets. */
#include "tests/support/bench_round_internal.h"

#include <math.h>
#include <stdlib.h>

static const double TIER_SHARE[TIERS] = {0.08, 0.20, 0.32, 0.25, 0.15};
static const double QUARTER_SHARE[QUARTERS] = {0.40, 0.30, 0.18, 0.12};

enum { CURRENCIES = 6, OFFERS_MOST = 12 /* of a donor */ };

static const BenchScale SCALES[] = {{100, 10, 8, 10, 4},       {200, 12, 8, 16, 4},
                                    {300, 14, 8, 20, 5},       {1000, 20, 12, 50, 6},
                                    {5000, 32, 14, 150, 8},    {10000, 40, 16, 250, 10},
                                    {100000, 60, 20, 1000, 12}};
static const BenchScale LARGEST = {0, 60, 20, 2000, 12};

static void *fresh(size_t count, size_t size)
{
    void *memory = calloc(count + 1, size);
    if (memory == NULL)
        fail_msg("no memory for a round");
    return memory;
}

static int between(BenchDraw *d, int low, int high)
{
    return (int)random_between(&d->random, low, high);
}

static double share(BenchDraw *d)
{
    return random_share(&d->random);
}

static bool happens(BenchDraw *d, double part)
{
    return share(d) < part;
}

/** Box and Muller 1958. */
static double normal(BenchDraw *d)
{
    double u = 1.0 - share(d), v = share(d);
    return sqrt(-2.0 * log(u)) * cos(6.283185307179586 * v);
}

static int drawn(BenchDraw *d, const double *shares, int count)
{
    double left = share(d);
    int k = 0;
    while (k < count - 1 && left >= shares[k])
        left -= shares[k++];
    return k;
}

/** The first whose running sum is above a random share. */
static int drawn_from(BenchDraw *d, const double *sums, int count)
{
    double u = share(d);
    int low = 0, high = count - 1;
    while (low < high) {
        int middle = (low + high) / 2;
        if (sums[middle] > u)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static void add_up(double *values, int count)
{
    double sum = 0, so_far = 0;
    for (int k = 0; k < count; k++)
        sum += values[k];
    for (int k = 0; k < count; k++) {
        so_far += values[k];
        values[k] = so_far / sum;
    }
}

static bool holds(const BenchList *list, int value)
{
    for (int k = 0; k < list->count; k++)
        if (list->at[k] == value)
            return true;
    return false;
}

static void add_some(BenchDraw *d, BenchList *list, int count, int most)
{
    for (int k = 0; k < count; k++) {
        int value = between(d, 0, most - 1);
        if (!holds(list, value))
            list->at[list->count++] = value;
    }
}

/** Of the beneficiaries those that ask for something: the others are in no table of needs. */
static void add_askers(BenchDraw *d, BenchList *list, int count)
{
    for (int k = 0; k < count; k++) {
        int value = drawn_from(d, d->place_sum, d->scale.beneficiaries);
        if (d->places[value].asked > 0 && !holds(list, value))
            list->at[list->count++] = value;
    }
    while (list->count == 0)
        add_askers(d, list, 1);
}

static BenchScale scale_of(int needs)
{
    BenchScale scale = LARGEST;
    for (size_t k = COUNT_OF(SCALES); k-- > 0;)
        if (needs <= SCALES[k].needs)
            scale = SCALES[k];
    scale.needs = needs;
    return scale;
}

static void draw_places(BenchDraw *d)
{
    const BenchScale *scale = &d->scale;
    d->places = fresh((size_t)scale->beneficiaries, sizeof *d->places);
    d->place_sum = fresh((size_t)scale->beneficiaries, sizeof *d->place_sum);
    d->category_sum = fresh((size_t)scale->categories, sizeof *d->category_sum);
    d->price = fresh((size_t)scale->categories, sizeof *d->price);
    for (int b = 0; b < scale->beneficiaries; b++) {
        d->places[b].region = between(d, 0, scale->regions - 1);
        d->places[b].type = between(d, 0, 3);
        d->place_sum[b] = exp(0.9 * normal(d));
    }
    for (int c = 0; c < scale->categories; c++) {
        d->category_sum[c] = 1.0 / (1 + 0.35 * c);
        d->price[c] = round(100 * fmin(2500, fmax(0.5, exp(3.2 + 1.4 * normal(d))))) / 100;
    }
    add_up(d->place_sum, scale->beneficiaries);
    add_up(d->category_sum, scale->categories);
}

/* ---- needs ---------------------------------------------------------------------------------- */

/** What only whole answers can satisfy. */
static void draw_demands(BenchDraw *d, BenchNeed *need, int n)
{
    need->indivisible = happens(d, 0.30);
    if (!need->indivisible && happens(d, 0.35))
        need->min_share = (float)between(d, 2, 7) / 10;
    double u = share(d);
    need->max_donors = u < 0.25 ? 1 : u < 0.50 ? 2 : u < 0.60 ? 3 : 0;
    if (n > 0 && happens(d, 0.04))
        need->requires_need = between(d, n > 200 ? n - 200 : 0, n - 1);
}

static void draw_need(BenchDraw *d, int n)
{
    BenchNeed *need = &d->needs[n];
    need->category = (unsigned char)drawn_from(d, d->category_sum, d->scale.categories);
    need->tier = (unsigned char)drawn(d, TIER_SHARE, TIERS);
    need->beneficiary = drawn_from(d, d->place_sum, d->scale.beneficiaries);
    need->quarter = (unsigned char)drawn(d, QUARTER_SHARE, QUARTERS);
    need->requires_need = -1;
    need->asked = round(100 * fmax(5, fmin(2e6, exp(log(7000.0) + 1.25 * normal(d))))) / 100;
    need->price = round(100 * fmax(0.05, d->price[need->category] * exp(0.12 * normal(d)))) / 100;
    if (d->shape->family == BENCH_WHOLE)
        draw_demands(d, need, n);
    if (d->shape->family == BENCH_MIXED && happens(d, 0.25)) {
        need->thing = true;
        need->price = d->price[need->category];
        need->asked = need->price * fmax(1, round(need->asked / need->price));
    }
    d->asked += need->asked;
    d->places[need->beneficiary].asked += need->asked;
}

static void draw_needs(BenchDraw *d)
{
    d->needs = fresh((size_t)d->scale.needs, sizeof *d->needs);
    for (int n = 0; n < d->scale.needs; n++)
        draw_need(d, n);
    for (int b = 0; b < d->scale.beneficiaries; b++) {
        double part = 0.4 + 0.4 * share(d);
        if (happens(d, 0.2) && d->places[b].asked > 0)
            d->places[b].limit = round(d->places[b].asked * part);
    }
}

/* ---- offers --------------------------------------------------------------------------------- */

static void draw_categories(BenchDraw *d, BenchOffer *offer)
{
    double u = share(d);
    int all = d->scale.categories;
    int count = u < 0.67 ? between(d, 1, 4) : u < 0.75 ? all : between(d, 5, 8);
    if (offer->in_kind)
        count = 1;
    while (count < all && offer->categories.count < count) {
        int category =
            happens(d, 0.5) ? between(d, 0, all - 1) : drawn_from(d, d->category_sum, all);
        if (!holds(&offer->categories, category))
            offer->categories.at[offer->categories.count++] = category;
    }
}

/** Whom it is for; gives how large such offers are beside free ones. */
static double draw_earmark(BenchDraw *d, BenchOffer *offer)
{
    double u = share(d), narrow = 1;
    offer->type = -1;
    if (u >= 0.4 && u < 0.8)
        add_some(d, &offer->regions, between(d, 1, 3), d->scale.regions);
    else if (u >= 0.8 && u < 0.9)
        offer->type = between(d, 0, 3);
    else if (u >= 0.9)
        add_askers(d, &offer->beneficiaries, between(d, 1, 10));
    narrow = u < 0.4 ? 1 : u < 0.9 ? 0.6 : 0.15;
    if (happens(d, 0.2))
        add_askers(d, &offer->not_beneficiaries, between(d, 1, 5));
    u = share(d);
    if (u < 0.03)
        add_some(d, &offer->not_needs, between(d, 1, 3), d->scale.needs);
    else if (u < 0.05 && !offer->in_kind) {
        add_some(d, &offer->needs, between(d, 2, 6), d->scale.needs);
        offer->categories.count = offer->regions.count = offer->beneficiaries.count = 0;
        offer->type = -1;
        narrow = 0;
    }
    return narrow;
}

static void draw_window(BenchDraw *d, BenchOffer *offer)
{
    bool whole_year = happens(d, 0.4) || offer->needs.count > 0;
    offer->first_quarter = whole_year ? 0 : between(d, 0, 2);
    offer->last_quarter = whole_year ? QUARTERS - 1 : between(d, offer->first_quarter, 3);
}

static void draw_terms(BenchDraw *d, BenchOffer *offer)
{
    static const double TICKET_SHARE[] = {0.5, 0.2, 0.2, 0.1};
    static const int TICKET[] = {0, 500, 2000, 5000};
    if (d->shape->family == BENCH_WHOLE)
        offer->ticket = TICKET[drawn(d, TICKET_SHARE, (int)COUNT_OF(TICKET))];
    if (d->shape->family != BENCH_MIXED || offer->in_kind)
        return;
    offer->currency = happens(d, 0.5) ? 0 : between(d, 1, CURRENCIES - 1);
    offer->overhead = happens(d, 0.3) ? 0.01 * between(d, 3, 12) : 0;
}

static void draw_offer(BenchDraw *d, int donor, double donor_size)
{
    BenchFamily family = d->shape->family;
    BenchOffer *offer = &d->offers[d->offer_count++];
    offer->parent = -1;
    offer->donor = donor;
    offer->in_kind = (family == BENCH_UNITS || family == BENCH_MIXED) && happens(d, 0.15);
    draw_categories(d, offer);
    double narrow = draw_earmark(d, offer);
    draw_window(d, offer);
    draw_terms(d, offer);
    offer->size = narrow * donor_size * exp(0.9 * normal(d)) * (offer->in_kind ? 0.5 : 1);
}

/** A fifth of a donor's money offers is paid out of the donor's first one, in its currency. */
static void draw_chains(BenchDraw *d, int first)
{
    BenchOffer *pot = &d->offers[first];
    if (d->shape->family != BENCH_MIXED || pot->in_kind || pot->needs.count > 0)
        return;
    for (int o = first + 1; o < d->offer_count; o++) {
        BenchOffer *offer = &d->offers[o];
        if (offer->in_kind || offer->needs.count > 0 || !happens(d, 0.2))
            continue;
        offer->parent = first;
        offer->currency = pot->currency;
        offer->first_quarter = pot->first_quarter;
        offer->last_quarter = pot->last_quarter;
    }
}

/** What a need-by-need earmark holds is half of what those needs ask. */
static double named_size(const BenchDraw *d, const BenchOffer *offer)
{
    double size = 0;
    for (int k = 0; k < offer->needs.count; k++)
        size += d->needs[offer->needs.at[k]].asked / 2;
    return size;
}

static void draw_offers(BenchDraw *d)
{
    double sizes = 0;
    d->offers = fresh((size_t)d->scale.donors * OFFERS_MOST, sizeof *d->offers);
    d->preference = fresh((size_t)d->scale.donors, sizeof *d->preference);
    for (int donor = 0; donor < d->scale.donors; donor++) {
        int first = d->offer_count, count = between(d, 3, OFFERS_MOST);
        double donor_size = exp(0.8 * normal(d));
        d->preference[donor] = between(d, 0, 9);
        for (int k = 0; k < count; k++)
            draw_offer(d, donor, donor_size);
        draw_chains(d, first);
    }
    for (int o = 0; o < d->offer_count; o++)
        sizes += d->offers[o].size;
    for (int o = 0; o < d->offer_count; o++) {
        BenchOffer *offer = &d->offers[o];
        offer->size = fmax(1, round(0.65 * d->asked * offer->size / sizes));
        if (offer->needs.count > 0)
            offer->size = fmax(1, round(named_size(d, offer)));
    }
}

/** Half of the donors may give less money than they offer. */
static void draw_budgets(BenchDraw *d)
{
    d->budget = fresh((size_t)d->scale.donors, sizeof *d->budget);
    for (int o = 0; o < d->offer_count; o++)
        if (!d->offers[o].in_kind && d->offers[o].parent < 0)
            d->budget[d->offers[o].donor] += d->offers[o].size;
    for (int donor = 0; donor < d->scale.donors; donor++) {
        double part = 0.6 + 0.35 * share(d);
        d->budget[donor] = happens(d, 0.5) ? round(d->budget[donor] * part) : 0;
    }
}

bool bench_draw_meets(const BenchOffer *offer, const BenchNeed *need)
{
    return (offer->categories.count == 0 || holds(&offer->categories, need->category)) &&
           offer->first_quarter <= need->quarter && need->quarter <= offer->last_quarter;
}

void bench_draw(BenchDraw *draw, const BenchRound *shape)
{
    *draw = (BenchDraw){.shape = shape, .scale = scale_of(shape->needs)};
    draw->random = random_seeded(shape->seed * 1000003 + (uint64_t)shape->needs);
    draw_places(draw);
    draw_needs(draw);
    draw_offers(draw);
    draw_budgets(draw);
}

void bench_draw_free(BenchDraw *draw)
{
    free(draw->places);
    free(draw->place_sum);
    free(draw->category_sum);
    free(draw->price);
    free(draw->preference);
    free(draw->budget);
    free(draw->needs);
    free(draw->offers);
}
