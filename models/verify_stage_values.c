/* The value of each stage but fairness, worked out from the lines as plan.h defines it. */
#include "models/verify_internal.h"

#include <math.h>

/* Notes how much the stage can change when one reporting unit of money moves. */
static void note_price(VerifySum *sum, double per_part, double worth_per_part)
{
    if (worth_per_part > 0 && fabs(per_part) / worth_per_part > sum->per_money)
        sum->per_money = fabs(per_part) / worth_per_part;
}

/* Reporting units of money that one smallest part of the need is worth; 0 without a value. */
static double worth_per_part(const Verifier *v, const Need *need)
{
    mpq_t worth;
    double out = 0;

    mpq_init(worth);
    if (worth_of_need(v->round, need, worth))
        out = mpq_get_d(worth) / (double)unit_scale(need->unit);
    mpq_clear(worth);
    return out;
}

/* What one smallest part of a need counts under a measure; false when it counts nothing. */
static bool measure_of(const Verifier *v, const Need *need, MeasureSetting measure, mpq_t out)
{
    switch (measure) {
    case MEASURE_VALUE:
        if (!worth_of_need(v->round, need, out))
            return false;
        exact_divide(out, unit_scale(need->unit));
        return true;
    case MEASURE_SHARE:
        if (need->quantity <= 0)
            return false;
        mpq_set_ui(out, 1, 1);
        exact_divide(out, need->quantity);
        return true;
    case MEASURE_QUANTITY:
        mpq_set_ui(out, 1, 1);
        exact_divide(out, unit_scale(need->unit));
        return true;
    }
    return false;
}

static void add_unmet(const Verifier *v, size_t n, MeasureSetting measure, VerifySum *sum)
{
    const Need *need = &v->round->needs[n];
    mpq_t term;

    mpq_init(term);
    if (measure_of(v, need, measure, term)) {
        exact_multiply_decimal(term, need->weight);
        note_price(sum, mpq_get_d(term), worth_per_part(v, need));
        exact_multiply(term, verify_wanted(need) - v->assigned[n]);
        verify_sum_add(sum, term);
    }
    mpq_clear(term);
}

static bool has_worth(const Verifier *v, const Need *need)
{
    mpq_t worth;
    bool has;

    mpq_init(worth);
    has = worth_of_need(v->round, need, worth);
    mpq_clear(worth);
    return has;
}

static void sum_unmet(const Verifier *v, const StageResult *stage, VerifySum *sum)
{
    bool unvalued = stage->kind == STAGE_UNVALUED;
    MeasureSetting measure = unvalued ? MEASURE_SHARE : v->round->settings.measure;

    for (size_t n = 0; n < v->round->need_count; n++) {
        const Need *need = &v->round->needs[n];

        if (need->tier == stage->tier && need->quantity_known && !(unvalued && has_worth(v, need)))
            add_unmet(v, n, measure, sum);
    }
}

static void sum_firmness(const Verifier *v, const StageResult *stage, VerifySum *sum)
{
    mpq_t term;

    mpq_init(term);
    sum->per_money = 1;
    for (size_t i = 0; i < v->line_count; i++) {
        const VerifyLine *line = &v->lines[i];
        const Need *need = &v->round->needs[line->need];
        MeasureSetting measure = stage->unvalued ? MEASURE_SHARE : MEASURE_VALUE;

        if (line->basis != stage->basis || need->tier != stage->tier ||
            line->has_value == stage->unvalued || !measure_of(v, need, measure, term))
            continue;
        exact_multiply(term, line->quantity);
        verify_sum_add(sum, term);
        sum->rounded++;
    }
    mpq_clear(term);
}

static void sum_lapsing(const Verifier *v, const StageResult *stage, VerifySum *sum)
{
    mpq_t term;

    mpq_init(term);
    sum->per_money = 1;
    for (size_t o = 0; o < v->round->offer_count; o++) {
        const Offer *offer = &v->round->offers[o];

        if (stage->date == DATE_NONE || offer->lapses != stage->date || !offer->quantity_known ||
            verify_weakest_status(v->round, (int)o) < v->round->settings.plan_on ||
            v->used[o] >= offer->quantity || !worth_of_offer(v->round, offer, term))
            continue;
        exact_multiply(term, offer->quantity - v->used[o]);
        exact_divide(term, unit_scale(offer->unit));
        verify_sum_add(sum, term);
        sum->rounded++;
    }
    mpq_clear(term);
}

/* Cost of one smallest part of the need on this line. */
static void cost_per_part(const Verifier *v, const VerifyLine *line, mpq_t out)
{
    const Need *need = &v->round->needs[line->need];
    const Offer *offer = &v->round->offers[line->offer];
    const PairRow *pair = round_find_pair(v->round, line->need, line->offer);

    mpq_set_ui(out, 0, 1);
    if (pair != NULL && pair->has_cost) {
        exact_set_decimal(out, pair->cost);
        exact_divide(out, unit_scale(need->unit));
    } else if (offer->unit.is_money) {
        if (!measure_of(v, need, MEASURE_VALUE, out))
            mpq_set_ui(out, 0, 1);
        exact_multiply_decimal(out, offer->cost);
    } else if (worth_use(v->round, line->need, line->offer, out)) {
        exact_divide(out, unit_scale(offer->unit));
        exact_multiply_decimal(out, offer->cost);
    }
}

static void sum_cost(const Verifier *v, VerifySum *sum)
{
    mpq_t term;

    mpq_init(term);
    for (size_t i = 0; i < v->line_count; i++) {
        cost_per_part(v, &v->lines[i], term);
        if (mpq_sgn(term) == 0)
            continue;
        note_price(sum, mpq_get_d(term), worth_per_part(v, &v->round->needs[v->lines[i].need]));
        exact_multiply(term, v->lines[i].quantity);
        verify_sum_add(sum, term);
    }
    mpq_clear(term);
}

void verify_stage_sum(const Verifier *v, const StageResult *stage, VerifySum *sum)
{
    switch (stage->kind) {
    case STAGE_TIER:
    case STAGE_UNVALUED: sum_unmet(v, stage, sum); break;
    case STAGE_FIRMNESS: sum_firmness(v, stage, sum); break;
    case STAGE_LAPSING: sum_lapsing(v, stage, sum); break;
    case STAGE_COST: sum_cost(v, sum); break;
    case STAGE_FAIRNESS:
    case STAGE_CANONICAL: break;
    }
}
