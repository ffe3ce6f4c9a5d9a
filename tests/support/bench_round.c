/* What was drawn, as the tables that people would write. */
#include "tests/support/bench_round_internal.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

static const char *const QUARTER_FROM[QUARTERS] = {"2026-01-01", "2026-04-01", "2026-07-01",
                                                   "2026-10-01"};
static const char *const QUARTER_TO[QUARTERS] = {"2026-03-31", "2026-06-30", "2026-09-30",
                                                 "2026-12-31"};
static const int TIER_WEIGHT[TIERS] = {81, 27, 9, 3, 1};
static const char *const CURRENCY[] = {"EUR", "USD", "GBP", "SEK", "PLN", "JPY"};
static const double RATE[] = {1.0, 0.92, 1.16, 0.088, 0.234, 0.0058};
static const char THING[] = "seat";

const char *bench_family_text(BenchFamily family)
{
    switch (family) {
    case BENCH_MONEY: return "money";
    case BENCH_UNITS: return "unit prices";
    case BENCH_WHOLE: return "discrete";
    case BENCH_MIXED: return "mixed";
    }
    return "";
}

/** "R-03;R-07,": a cell and the comma behind it. */
static void write_list(FILE *file, const char *mark, int digits, const BenchList *list)
{
    for (int k = 0; k < list->count; k++)
        fprintf(file, "%s%s-%0*d", k > 0 ? ";" : "", mark, digits, list->at[k]);
    fputc(',', file);
}

static void write_optional(FILE *file, int places, double value)
{
    if (value > 0)
        fprintf(file, "%.*f", places, value);
    fputc(',', file);
}

/* ---- needs ---------------------------------------------------------------------------------- */

static void write_need(const BenchDraw *d, FILE *file, int n)
{
    const BenchNeed *need = &d->needs[n];
    bool one_tier = d->shape->one_tier;
    fprintf(file, "N-%07d,\"Request %d, as filed\",B-%04d,C-%02d,", n, n, need->beneficiary,
            need->category);
    if (need->thing)
        fprintf(file, "%.0f,%s,%.2f,", round(need->asked / need->price), THING, need->price);
    else
        fprintf(file, "%.2f,EUR,,", need->asked);
    fprintf(file, "%d,%d,%s,%s,%s,", one_tier ? 1 : need->tier + 1,
            one_tier ? TIER_WEIGHT[need->tier] : 1, QUARTER_FROM[need->quarter],
            QUARTER_TO[need->quarter], need->indivisible ? "yes" : "");
    write_optional(file, 1, need->min_share);
    write_optional(file, 0, need->max_donors);
    if (need->requires_need >= 0)
        fprintf(file, "N-%07d", need->requires_need);
    fputc('\n', file);
}

static void write_needs(const BenchDraw *d, const char *dir)
{
    FILE *file = file_to_write(dir, "needs.csv");
    fputs("id,title,beneficiary,category,quantity,unit,unit_cost,priority,weight,earliest,deadline,"
          "indivisible,min_share,max_donors,requires\n",
          file);
    for (int n = 0; n < d->scale.needs; n++)
        write_need(d, file, n);
    file_written(file);
}

/* ---- offers --------------------------------------------------------------------------------- */

/** The size in the offer's own unit. */
static double quantity_of(const BenchDraw *d, const BenchOffer *offer)
{
    double unit = offer->in_kind ? d->price[offer->categories.at[0]] : RATE[offer->currency];
    return fmax(1, floor(offer->size / unit));
}

/** An earmark for a type of beneficiary is the list of them all. */
static void write_beneficiaries_of(const BenchDraw *d, FILE *file, const BenchOffer *offer)
{
    const char *between = "";
    for (int b = 0; offer->type >= 0 && b < d->scale.beneficiaries; b++)
        if (d->places[b].type == offer->type && d->places[b].asked > 0) {
            fprintf(file, "%sB-%04d", between, b);
            between = ";";
        }
    write_list(file, "B", 4, &offer->beneficiaries);
}

static void write_offer(const BenchDraw *d, FILE *file, int o)
{
    const BenchOffer *offer = &d->offers[o];
    bool prefers = d->preference[offer->donor] > 0;
    fprintf(file, "O-%04d,D-%02d,%.0f,%s,", o, offer->donor, quantity_of(d, offer),
            offer->in_kind ? THING : CURRENCY[offer->currency]);
    write_list(file, "C", 2, &offer->categories);
    write_list(file, "R", 2, &offer->regions);
    write_beneficiaries_of(d, file, offer);
    write_list(file, "B", 4, &offer->not_beneficiaries);
    write_list(file, "N", 7, &offer->needs);
    write_list(file, "N", 7, &offer->not_needs);
    fprintf(file, "%s,%s,", QUARTER_FROM[offer->first_quarter], QUARTER_TO[offer->last_quarter]);
    write_optional(file, 0, offer->ticket);
    write_optional(file, 2, offer->overhead);
    if (offer->parent >= 0)
        fprintf(file, "O-%04d", offer->parent);
    fprintf(file, ",%s%d\n", prefers ? "0.0" : "", d->preference[offer->donor]);
}

static void write_offers(const BenchDraw *d, const char *dir)
{
    FILE *file = file_to_write(dir, "offers.csv");
    fputs("id,donor,quantity,unit,category,only_regions,only_beneficiaries,not_beneficiaries,"
          "only_needs,not_needs,valid_from,valid_to,min_ticket,overhead,parent,cost\n",
          file);
    for (int o = 0; o < d->offer_count; o++)
        write_offer(d, file, o);
    file_written(file);
}

/** What of an offer that counts things goes into one euro of a need, at the need's own price. */
static void write_pairs(const BenchDraw *d, const char *dir)
{
    FILE *file = file_to_write(dir, "pairs.csv");
    fputs("need,offer,use\n", file);
    for (int n = 0; n < d->scale.needs; n++)
        for (int o = 0; o < d->offer_count; o++)
            if (d->offers[o].in_kind && bench_draw_meets(&d->offers[o], &d->needs[n]))
                fprintf(file, "N-%07d,O-%04d,%.9f\n", n, o, 1 / d->needs[n].price);
    file_written(file);
}

/* ---- the rest ------------------------------------------------------------------------------- */

static bool has_region(const BenchDraw *d, int region)
{
    bool found = false;
    for (int b = 0; b < d->scale.beneficiaries && !found; b++)
        found = d->places[b].region == region;
    return found;
}

static void write_parties(const BenchDraw *d, const char *dir)
{
    FILE *file = file_to_write(dir, "donors.csv");
    fputs("id,name,budget\n", file);
    for (int k = 0; k < d->scale.donors; k++) {
        fprintf(file, "D-%02d,Donor %d,", k, k);
        if (d->budget[k] > 0)
            fprintf(file, "%.0f", d->budget[k]);
        fputc('\n', file);
    }
    file_written(file);
    file = file_to_write(dir, "beneficiaries.csv");
    fputs("id,name,region,max_value\n", file);
    for (int b = 0; b < d->scale.beneficiaries; b++) {
        fprintf(file, "B-%04d,Beneficiary %d,R-%02d,", b, b, d->places[b].region);
        if (d->places[b].limit > 0)
            fprintf(file, "%.0f", d->places[b].limit);
        fputc('\n', file);
    }
    for (int r = 0; r < d->scale.regions;
         r++) /* a region that nobody is of may yet be an earmark */
        if (!has_region(d, r))
            fprintf(file, "R-%02d,Region %d without needs,R-%02d,\n", r, r, r);
    file_written(file);
}

static void write_rates(const char *dir)
{
    FILE *file = file_to_write(dir, "rates.csv");
    fputs("currency,rate,date\n", file);
    for (size_t k = 1; k < COUNT_OF(CURRENCY); k++)
        fprintf(file, "%s,%g,2026-01-01\n", CURRENCY[k], RATE[k]);
    file_written(file);
}

static void write_settings(const BenchRound *shape, const char *dir)
{
    FILE *file = file_to_write(dir, "settings.csv");
    fprintf(file, "key,value\nround,bench-%d-%" PRIu64 "\nstart,2026-01-01\nend,2026-12-31\n",
            shape->needs, shape->seed);
    if (shape->fairness != NULL)
        fprintf(file, "fairness,%s\n", shape->fairness);
    if (shape->stages != NULL)
        fprintf(file, "stages,%s\n", shape->stages);
    file_written(file);
}

void bench_round_write(const char *dir, const BenchRound *shape)
{
    BenchDraw draw;
    bench_draw(&draw, shape);
    write_needs(&draw, dir);
    write_offers(&draw, dir);
    write_parties(&draw, dir);
    write_settings(shape, dir);
    if (shape->family == BENCH_MIXED)
        write_rates(dir);
    if (shape->family == BENCH_UNITS)
        write_pairs(&draw, dir);
    bench_draw_free(&draw);
}
