/* The stages in the published order, valued straight from a plan's lines. */
#include "tests/support/brute_internal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/test_support.h"

enum { STAGES_MOST = 4000 };

/* ---- which stages there are ----------------------------------------------------------------- */

static BruteStage *add_stage(Brute *b, StageKind kind, int tier)
{
    assert_true(b->stage_count < b->stage_room);
    BruteStage *stage = &b->stages[b->stage_count++];
    stage->kind = kind;
    stage->tier = tier;
    stage->date = DATE_NONE;
    return stage;
}

static bool counts_in(const Brute *b, size_t need, int tier)
{
    return b->round->needs[need].tier == tier && b->round->needs[need].quantity_known;
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static const char *mark_of(const Brute *b, const Need *need)
{
    switch (b->round->settings.fairness) {
    case FAIRNESS_BENEFICIARY: return need->beneficiary;
    case FAIRNESS_REGION: return need->region;
    case FAIRNESS_CATEGORY: return need->category;
    case FAIRNESS_NEED:
    case FAIRNESS_NONE: break;
    }
    return "";
}

/** Is this the first need of its group in its tier? */
static bool leads_group(const Brute *b, size_t need)
{
    const char *mark = mark_of(b, &b->round->needs[need]);
    for (size_t m = 0; m < need && *mark != '\0'; m++)
        if (counts_in(b, m, b->round->needs[need].tier) &&
            strcmp(mark_of(b, &b->round->needs[m]), mark) == 0)
            return false;
    return true;
}

static void list_fairness(Brute *b, int tier)
{
    int rank = 0;
    for (size_t n = 0; b->round->settings.fairness != FAIRNESS_NONE && n < b->needs; n++) {
        if (!counts_in(b, n, tier) || !leads_group(b, n))
            continue;
        BruteStage *stage = add_stage(b, STAGE_FAIRNESS, tier);
        stage->rank = ++rank;
        snprintf(stage->label, sizeof stage->label, "fairness %d.%d", tier, rank);
    }
}

static void list_tier(Brute *b, int tier)
{
    bool any = false, unvalued = false;
    for (size_t n = 0; n < b->needs; n++) {
        any = any || counts_in(b, n, tier);
        unvalued = unvalued || (counts_in(b, n, tier) && b->value[n] <= 0);
    }
    if (!any)
        return;
    if (b->round->settings.fairness_first)
        list_fairness(b, tier);
    BruteStage *stage = add_stage(b, STAGE_TIER, tier);
    snprintf(stage->label, sizeof stage->label, "tier %d", tier);
    if (unvalued && b->round->settings.measure == MEASURE_VALUE) {
        stage = add_stage(b, STAGE_UNVALUED, tier);
        snprintf(stage->label, sizeof stage->label, "unvalued %d", tier);
    }
    if (!b->round->settings.fairness_first)
        list_fairness(b, tier);
}

static bool has_pair(const Brute *b, int tier, Basis from, Basis to)
{
    for (size_t n = 0; n < b->needs; n++)
        for (size_t o = 0; o < b->offers; o++)
            if (b->round->needs[n].tier == tier && brute_pair(b, n, o)->may &&
                b->round->offers[o].basis >= from && b->round->offers[o].basis <= to)
                return true;
    return false;
}

static void list_firmness(Brute *b, int tier, Basis basis, bool unvalued)
{
    bool any = false;
    for (size_t n = 0; n < b->needs; n++)
        for (size_t o = 0; o < b->offers; o++)
            any = any || (b->round->needs[n].tier == tier && brute_pair(b, n, o)->may &&
                          b->round->offers[o].basis == basis && (b->value[n] <= 0) == unvalued);
    if (!any || !has_pair(b, tier, basis + 1, BASIS_PAID))
        return;
    BruteStage *stage = add_stage(b, STAGE_FIRMNESS, tier);
    stage->basis = basis;
    stage->unvalued = unvalued;
    snprintf(stage->label, sizeof stage->label, "firmness %s %d%s",
             basis == BASIS_PLEDGED ? "pledged" : "committed", tier, unvalued ? " unvalued" : "");
}

static bool lapses_on(const Brute *b, size_t offer, Date date)
{
    const Offer *row = &b->round->offers[offer];
    return row->lapses == date && row->quantity_known && row->basis >= b->round->settings.plan_on;
}

static void list_lapsing(Brute *b)
{
    const Settings *settings = &b->round->settings;
    bool any = false;
    for (Date day = settings->start; day <= settings->end; day++) {
        bool due = false;
        for (size_t o = 0; o < b->offers; o++)
            due = due || lapses_on(b, o, day);
        if (!due)
            continue;
        BruteStage *stage = add_stage(b, STAGE_LAPSING, 0);
        char text[16];
        stage->date = day;
        date_format(day, text);
        snprintf(stage->label, sizeof stage->label, "lapsing %s", text);
        any = true;
    }
    if (!any)
        snprintf(add_stage(b, STAGE_LAPSING, 0)->label, sizeof b->stages->label, "lapsing");
}

void brute_list_stages(Brute *b)
{
    int last = 0;
    b->stage_room = STAGES_MOST;
    b->stages = ARENA_NEW(b->arena, b->stage_room, BruteStage);
    assert_non_null(b->stages);
    for (size_t n = 0; n < b->needs; n++)
        last = b->round->needs[n].tier > last ? b->round->needs[n].tier : last;
    for (int tier = 1; tier <= last; tier++)
        list_tier(b, tier);
    for (int basis = BASIS_PLEDGED; basis <= BASIS_COMMITTED; basis++)
        for (int tier = 1; tier <= last; tier++) {
            list_firmness(b, tier, (Basis)basis, false);
            list_firmness(b, tier, (Basis)basis, true);
        }
    list_lapsing(b);
    snprintf(add_stage(b, STAGE_COST, 0)->label, sizeof b->stages->label, "cost");
}

size_t brute_stage_count(const Brute *b)
{
    return b->stage_count;
}

const char *brute_stage_label(const Brute *b, size_t stage)
{
    return b->stages[stage].label;
}

/* ---- what a plan is worth in each ----------------------------------------------------------- */

static double given_to(const Brute *b, const int64_t *x, size_t need)
{
    double given = 0;
    for (size_t o = 0; o < b->offers; o++)
        given += (double)x[need * b->offers + o];
    return given;
}

static double covered_part(const Need *need)
{
    return fmin((double)need->covered, (double)need->quantity);
}

static double shortfall(const Brute *b, const BruteStage *stage, const int64_t *x)
{
    double sum = 0;
    for (size_t n = 0; n < b->needs; n++) {
        const Need *need = &b->round->needs[n];
        if (!counts_in(b, n, stage->tier))
            continue;
        double unmet = (double)need->quantity - covered_part(need) - given_to(b, x, n);
        double share = unmet / (double)need->quantity, part = brute_part(need->unit), counted = 0;
        if (stage->kind == STAGE_UNVALUED)
            counted = b->value[n] <= 0 ? share : 0;
        else if (b->round->settings.measure == MEASURE_SHARE)
            counted = share;
        else
            counted = unmet * (b->round->settings.measure == MEASURE_QUANTITY ? part : b->value[n]);
        sum += brute_decimal(need->weight) * counted;
    }
    return sum;
}

/** The met share of the group that @p lead leads. */
static double group_share(const Brute *b, const int64_t *x, size_t lead)
{
    double met = 0, full = 0, shares = 0, count = 0;
    bool valued = true;
    const Need *first = &b->round->needs[lead];
    for (size_t n = lead; n < b->needs; n++) {
        const Need *need = &b->round->needs[n];
        bool mine = n == lead || (*mark_of(b, first) != '\0' &&
                                  strcmp(mark_of(b, need), mark_of(b, first)) == 0);
        if (!mine || !counts_in(b, n, first->tier))
            continue;
        double got = covered_part(need) + given_to(b, x, n);
        if (b->round->settings.fairness_by_quantity)
            return got * brute_part(need->unit) / brute_decimal(need->weight);
        valued = valued && b->value[n] > 0;
        met += b->value[n] * got;
        full += b->value[n] * (double)need->quantity;
        shares += got / (double)need->quantity;
        count++;
    }
    return valued ? met / full : shares / count;
}

static void fairness(Brute *b, int tier, const int64_t *x, double *out)
{
    size_t groups = 0;
    for (size_t n = 0; n < b->needs; n++)
        if (counts_in(b, n, tier) && leads_group(b, n))
            out[groups++] = group_share(b, x, n);
    qsort(out, groups, sizeof *out, compare_doubles);
    for (size_t g = 0; g < groups; g++)
        out[g] = -out[g];
}

static double resting_on(const Brute *b, const BruteStage *stage, const int64_t *x)
{
    double sum = 0;
    for (size_t n = 0; n < b->needs; n++)
        for (size_t o = 0; o < b->offers; o++) {
            const Need *need = &b->round->needs[n];
            double quantity = (double)x[n * b->offers + o];
            if (need->tier != stage->tier || b->round->offers[o].basis != stage->basis ||
                (b->value[n] <= 0) != stage->unvalued)
                continue;
            sum += stage->unvalued ? quantity / (double)need->quantity : quantity * b->value[n];
        }
    return sum;
}

static double left_on(Brute *b, const BruteStage *stage, const int64_t *x)
{
    double sum = 0;
    const Round *round = b->round;
    for (size_t o = 0; o < b->offers && stage->date != DATE_NONE; o++) {
        const Offer *offer = &round->offers[o];
        double price = brute_rate(round, offer->unit.is_money ? offer->unit.name : offer->currency);
        double used = 0;
        if (!lapses_on(b, o, stage->date))
            continue;
        if (!offer->unit.is_money)
            price = offer->has_unit_value ? price * brute_decimal(offer->unit_value) : 0;
        for (size_t child = 0; child < b->offers; child++)
            for (int up = (int)child; up >= 0; up = round->offers[up].parent_row)
                for (size_t n = 0; up == (int)o && n < b->needs; n++)
                    used +=
                        (double)x[n * b->offers + child] * brute_pair(b, n, child)->gross *
                        (offer->unit.is_money ? brute_rate(round, round->offers[child].unit.name) /
                                                    brute_rate(round, offer->unit.name)
                                              : 1);
        sum += price * ((double)offer->quantity * brute_part(offer->unit) - used);
    }
    return sum;
}

static double cost_of(const Brute *b, const int64_t *x)
{
    double sum = 0;
    for (size_t n = 0; n < b->needs; n++)
        for (size_t o = 0; o < b->offers; o++) {
            const BrutePair *pair = brute_pair(b, n, o);
            const Offer *offer = &b->round->offers[o];
            double quantity = (double)x[n * b->offers + o];
            if (pair->row != NULL && pair->row->has_cost)
                sum +=
                    brute_decimal(pair->row->cost) * quantity * brute_part(b->round->needs[n].unit);
            else
                sum += brute_decimal(offer->cost) * quantity *
                       (offer->unit.is_money ? b->value[n] : pair->gross);
        }
    return sum;
}

void brute_values(Brute *b, const int64_t *x, double *out)
{
    for (size_t s = 0; s < b->stage_count; s++) {
        const BruteStage *stage = &b->stages[s];
        switch (stage->kind) {
        case STAGE_TIER:
        case STAGE_UNVALUED: out[s] = shortfall(b, stage, x); break;
        case STAGE_FAIRNESS:
            if (stage->rank == 1)
                fairness(b, stage->tier, x, out + s);
            break;
        case STAGE_FIRMNESS: out[s] = resting_on(b, stage, x); break;
        case STAGE_LAPSING: out[s] = left_on(b, stage, x); break;
        case STAGE_COST: out[s] = cost_of(b, x); break;
        case STAGE_CANONICAL: break;
        }
    }
}

int brute_compare(const Brute *b, const double *one, const double *other, size_t *at)
{
    for (size_t s = 0; s < b->stage_count; s++) {
        double size = fmax(1, fmax(fabs(one[s]), fabs(other[s])));
        *at = s;
        if (fabs(one[s] - other[s]) > 1e-7 * size)
            return one[s] < other[s] ? -1 : 1;
    }
    return 0;
}
