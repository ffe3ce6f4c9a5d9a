/* The generator's order: people and places, needs, offers sized by what the needs ask, tables. */
#include "tests/support/generated_round.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/test_support.h"

enum { TIERS = 5, QUARTERS = 4, CURRENCIES = 5, LIST_MOST = 8 };

static const double TIER_SHARE[TIERS] = {0.08, 0.20, 0.32, 0.25, 0.15};
static const double QUARTER_SHARE[QUARTERS] = {0.40, 0.30, 0.18, 0.12};
static const char *const QUARTER_FROM[QUARTERS] = {"2026-01-01", "2026-04-01", "2026-07-01",
                                                   "2026-10-01"};
static const char *const QUARTER_TO[QUARTERS] = {"2026-03-31", "2026-06-30", "2026-09-30",
                                                 "2026-12-31"};
static const char *const CURRENCY[CURRENCIES] = {"EUR", "USD", "SEK", "PLN", "NOK"};
static const double RATE[CURRENCIES] = {1.0, 0.92, 0.097, 0.235, 0.085};
static const char *const THING[] = {"seat", "licence", "expert-day", "server", "site"};

/** How many of each; pairs a need stay between 10 and 15 at every size. */
typedef struct Scale {
    int needs, donors, offers, categories, beneficiaries, regions;
} Scale;

static const Scale SCALES[] = {{200, 12, 100, 8, 16, 4},
                               {2000, 24, 170, 12, 90, 7},
                               {20000, 45, 300, 18, 400, 10}};

typedef struct Place {
    int region;
    double asked; /* EUR */
} Place;

typedef struct Need {
    int category, beneficiary, tier, quarter;
    bool thing;
    double quantity, unit_cost; /* EUR, or things */
} Need;

typedef struct Offer {
    int donor, currency;
    int categories[LIST_MOST];
    int category_count; /* 0: every category */
    int regions[LIST_MOST];
    int region_count; /* 0: no earmark */
    int beneficiary;  /* earmark for one, or -1 */
    int excluded;     /* one beneficiary, or -1 */
    int first_quarter, last_quarter;
    bool in_kind;
    double size; /* relative; then EUR */
} Offer;

typedef struct Generator {
    const RoundShape *shape;
    TestRandom random;
    Scale scale;
    Place *places;
    Need *needs;
    Offer *offers;
    double *unit_cost; /* [categories] */
    double asked;      /* EUR */
    const char *dir;
} Generator;

static void *fresh(int count, size_t size)
{
    void *memory = calloc((size_t)count + 1, size);
    if (memory == NULL)
        fail_msg("no memory for a round");
    return memory;
}

static int between(Generator *g, int low, int high)
{
    return (int)random_between(&g->random, low, high);
}

static bool happens(Generator *g, double share)
{
    return random_share(&g->random) < share;
}

/** Box and Muller 1958. */
static double normal(Generator *g)
{
    double u = 1.0 - random_share(&g->random), v = random_share(&g->random);
    return sqrt(-2.0 * log(u)) * cos(6.283185307179586 * v);
}

static int drawn(Generator *g, const double *shares, int count)
{
    double left = random_share(&g->random);
    int k = 0;
    while (k < count - 1 && left >= shares[k])
        left -= shares[k++];
    return k;
}

/** Low numbers are common, high ones rare. */
static int drawn_category(Generator *g)
{
    double u = random_share(&g->random);
    return (int)(pow(u, 1.5) * g->scale.categories);
}

/** Sizes between the given ones are interpolated. */
static Scale scale_of(int needs)
{
    Scale scale = SCALES[0];
    for (size_t k = 1; k < COUNT_OF(SCALES); k++) {
        const Scale *low = &SCALES[k - 1], *high = &SCALES[k];
        double part = log((double)needs / low->needs) / log((double)high->needs / low->needs);
        if (part <= 0)
            break;
        part = fmin(part, k + 1 < COUNT_OF(SCALES) ? 1.0 : 2.0);
        scale.donors = low->donors + (int)(part * (high->donors - low->donors));
        scale.offers = low->offers + (int)(part * (high->offers - low->offers));
        scale.categories = low->categories + (int)(part * (high->categories - low->categories));
        scale.beneficiaries =
            low->beneficiaries + (int)(part * (high->beneficiaries - low->beneficiaries));
        scale.regions = low->regions + (int)(part * (high->regions - low->regions));
    }
    scale.needs = needs;
    return scale;
}

static void draw_places(Generator *g)
{
    g->places = fresh(g->scale.beneficiaries, sizeof *g->places);
    g->unit_cost = fresh(g->scale.categories, sizeof *g->unit_cost);
    for (int b = 0; b < g->scale.beneficiaries; b++)
        g->places[b].region = between(g, 0, g->scale.regions - 1);
    for (int c = 0; c < g->scale.categories; c++)
        g->unit_cost[c] = round(100 * fmin(2500, exp(4.5 + 1.2 * normal(g)))) / 100;
}

static void draw_needs(Generator *g)
{
    g->needs = fresh(g->scale.needs, sizeof *g->needs);
    for (int n = 0; n < g->scale.needs; n++) {
        Need *need = &g->needs[n];
        double u = random_share(&g->random);
        need->category = drawn_category(g);
        need->beneficiary = (int)(u * u * g->scale.beneficiaries);
        need->tier = drawn(g, TIER_SHARE, TIERS) * !g->shape->one_tier;
        need->quarter = drawn(g, QUARTER_SHARE, QUARTERS);
        double euro = fmin(2e6, exp(log(7000.0) + 1.25 * normal(g)));
        need->thing = happens(g, g->shape->things);
        need->unit_cost = need->thing ? g->unit_cost[need->category] : 1.0;
        need->quantity =
            need->thing ? fmax(1, round(euro / need->unit_cost)) : round(100 * euro) / 100;
        g->asked += need->quantity * need->unit_cost;
        g->places[need->beneficiary].asked += need->quantity * need->unit_cost;
    }
}

static bool holds(const int *list, int count, int value)
{
    for (int k = 0; k < count; k++)
        if (list[k] == value)
            return true;
    return false;
}

static void draw_conditions(Generator *g, Offer *offer)
{
    int categories = offer->in_kind ? 1 : happens(g, 0.04) ? 0 : between(g, 1, 4);
    while (offer->category_count < categories) {
        int category = happens(g, 0.5) ? drawn_category(g) : between(g, 0, g->scale.categories - 1);
        if (!holds(offer->categories, offer->category_count, category))
            offer->categories[offer->category_count++] = category;
    }
    double kind = random_share(&g->random);
    offer->beneficiary = offer->excluded = -1;
    if (kind < 0.08)
        offer->beneficiary = between(g, 0, g->scale.beneficiaries - 1);
    else if (kind < 0.60)
        while (offer->region_count == 0 || (offer->region_count < LIST_MOST && happens(g, 0.4)))
            offer->regions[offer->region_count++] = between(g, 0, g->scale.regions - 1);
    if (happens(g, 0.2))
        offer->excluded = between(g, 0, g->scale.beneficiaries - 1);
    bool whole_year = happens(g, 0.4);
    offer->first_quarter = whole_year ? 0 : between(g, 0, 2);
    offer->last_quarter = whole_year ? QUARTERS - 1 : between(g, offer->first_quarter, 3);
}

static void draw_offers(Generator *g)
{
    double sizes = 0;
    g->offers = fresh(g->scale.offers, sizeof *g->offers);
    for (int o = 0; o < g->scale.offers; o++) {
        Offer *offer = &g->offers[o];
        offer->donor = o < g->scale.donors ? o : between(g, 0, g->scale.donors - 1);
        offer->currency = happens(g, 0.6) ? 0 : between(g, 1, CURRENCIES - 1);
        offer->in_kind = g->shape->things > 0 && happens(g, 0.15);
        draw_conditions(g, offer);
        double narrow = offer->beneficiary >= 0 ? 0.15 : offer->region_count > 0 ? 0.6 : 1.0;
        offer->size = narrow * (offer->in_kind ? 0.3 : 1.0) * exp(0.9 * normal(g));
        sizes += offer->size;
    }
    for (int o = 0; o < g->scale.offers; o++)
        g->offers[o].size *= g->shape->supply * g->asked / sizes;
}

/* ---- tables --------------------------------------------------------------------------------- */

static const char *thing_of(int category)
{
    return THING[(size_t)category % COUNT_OF(THING)];
}

static void write_needs(Generator *g)
{
    FILE *file = file_to_write(g->dir, "needs.csv");
    fprintf(file, "id,title,beneficiary,category,quantity,unit,unit_cost,priority,earliest,"
                  "deadline,oda,notes\n");
    for (int n = 0; n < g->scale.needs; n++) {
        const Need *need = &g->needs[n];
        fprintf(file, "N-%06d,\"Request %d, as filed\",B-%04d,CAT-%02d,%.*f,%s,", n + 1, n + 1,
                need->beneficiary, need->category, need->thing ? 0 : 2, need->quantity,
                need->thing ? thing_of(need->category) : "EUR");
        if (need->thing)
            fprintf(file, "%.2f", need->unit_cost);
        fprintf(file, ",%d,%s,%s,%s,generated\n", need->tier + 1, QUARTER_FROM[need->quarter],
                QUARTER_TO[need->quarter], n % 3 == 0 ? "partial" : "yes");
    }
    file_written(file);
}

static void write_list(FILE *file, const char *mark, int digits, const int *list, int count)
{
    for (int k = 0; k < count; k++) {
        if (k > 0)
            fputc(';', file);
        fprintf(file, "%s-%0*d", mark, digits, list[k]);
    }
    fputc(',', file);
}

static void write_offer(Generator *g, FILE *file, int o)
{
    static const char *const STATUS[] = {"paid", "committed", "committed", "pledged"};
    const Offer *offer = &g->offers[o];
    int category = offer->in_kind ? offer->categories[0] : 0;
    double price = offer->in_kind ? g->unit_cost[category] : RATE[offer->currency];
    double quantity = fmax(1, round(offer->size / price));
    fprintf(file, "O-%04d,D-%02d,%.0f,%s,", o + 1, offer->donor, quantity,
            offer->in_kind ? thing_of(category) : CURRENCY[offer->currency]);
    write_list(file, "CAT", 2, offer->categories, offer->category_count);
    write_list(file, "R", 2, offer->regions, offer->region_count);
    write_list(file, "B", 4, &offer->beneficiary, offer->beneficiary >= 0);
    write_list(file, "B", 4, &offer->excluded, offer->excluded >= 0);
    fprintf(file, "%s,%s,%s,%s,%.2f\n", STATUS[between(g, 0, 2)],
            QUARTER_FROM[offer->first_quarter], QUARTER_TO[offer->last_quarter],
            happens(g, 0.1) ? QUARTER_TO[offer->last_quarter] : "", 0.01 * between(g, 0, 9));
}

static void write_offers(Generator *g)
{
    FILE *file = file_to_write(g->dir, "offers.csv");
    fprintf(file, "id,donor,quantity,unit,category,only_regions,only_beneficiaries,"
                  "not_beneficiaries,status,valid_from,valid_to,lapses,cost\n");
    for (int o = 0; o < g->scale.offers; o++)
        write_offer(g, file, o);
    file_written(file);
}

/** Half of the donors have a budget below what they offer. */
static void write_donors(Generator *g)
{
    double *given = fresh(g->scale.donors, sizeof *given);
    FILE *file = file_to_write(g->dir, "donors.csv");
    for (int o = 0; o < g->scale.offers; o++)
        if (!g->offers[o].in_kind)
            given[g->offers[o].donor] += g->offers[o].size;
    fprintf(file, "id,name,budget,currency\n");
    for (int d = 0; d < g->scale.donors; d++) {
        fprintf(file, "D-%02d,Donor %d,", d, d);
        if (given[d] > 0 && happens(g, 0.5))
            fprintf(file, "%.0f", round(given[d] * (0.6 + 0.35 * random_share(&g->random))));
        fprintf(file, ",EUR\n");
    }
    file_written(file);
    free(given);
}

/** A fifth of the beneficiaries can absorb less than they ask. */
static void write_beneficiaries(Generator *g)
{
    FILE *file = file_to_write(g->dir, "beneficiaries.csv");
    fprintf(file, "id,name,region,max_value\n");
    for (int b = 0; b < g->scale.beneficiaries; b++) {
        fprintf(file, "B-%04d,Beneficiary %d,R-%02d,", b, b, g->places[b].region);
        if (g->places[b].asked > 0 && happens(g, 0.2))
            fprintf(file, "%.0f", g->places[b].asked * (0.4 + 0.4 * random_share(&g->random)));
        fputc('\n', file);
    }
    file_written(file);
}

static void write_rates(Generator *g)
{
    FILE *file = file_to_write(g->dir, "rates.csv");
    fprintf(file, "currency,rate,date\n");
    for (int k = 1; k < CURRENCIES; k++)
        fprintf(file, "%s,%g,2026-01-01\n", CURRENCY[k], RATE[k]);
    file_written(file);
}

static void write_settings(Generator *g)
{
    FILE *file = file_to_write(g->dir, "settings.csv");
    fprintf(file, "key,value\nround,generated-%d-%" PRIu64 "\nstart,2026-01-01\nend,2026-12-31\n",
            g->shape->needs, g->shape->seed);
    if (g->shape->fairness != NULL)
        fprintf(file, "fairness,%s\n", g->shape->fairness);
    file_written(file);
}

void generated_round_write(const char *dir, const RoundShape *shape)
{
    Generator g = {.shape = shape, .scale = scale_of(shape->needs), .dir = dir};
    g.random = random_seeded(shape->seed * 1000003 + (uint64_t)shape->needs);
    draw_places(&g);
    draw_needs(&g);
    draw_offers(&g);
    write_needs(&g);
    write_offers(&g);
    write_donors(&g);
    write_beneficiaries(&g);
    write_rates(&g);
    write_settings(&g);
    free(g.places);
    free(g.needs);
    free(g.offers);
    free(g.unit_cost);
}
