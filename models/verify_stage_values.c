/* The value of each stage but fairness, worked out from the lines as plan.h defines it. */
#include "models/verify_internal.h"

#include <math.h>

/* Reporting units of money that one smallest part of the need is worth; 0 without a value. */
static double worth_per_part(const Verifier *v, size_t n)
{
    const VerifyWorth *worth = &v->worth[n];
    mpq_t exact;
    double out = 0;

    if (!worth->known)
        return 0;
    if (worth->part.den > 0)
        return (double)worth->part.num / (double)worth->part.den;
    mpq_init(exact);
    if (worth_of_part(v, n, exact))
        out = mpq_get_d(exact);
    mpq_clear(exact);
    return out;
}

void verify_note_price(const Verifier *v, VerifySum *sum, size_t need, double per_part)
{
    double worth = worth_per_part(v, need);

    if (worth > 0 && fabs(per_part) / worth > sum->per_money)
        sum->per_money = fabs(per_part) / worth;
}

static bool value_of_part(const Verifier *v, size_t n, VerifyTerm *term)
{
    if (!v->worth[n].known)
        return false;
    term->small = v->worth[n].part;
    return term->small.den > 0 || worth_of_part(v, n, term->wide);
}

bool verify_part_of(const Verifier *v, size_t need, MeasureSetting measure, VerifyTerm *term)
{
    const Need *row = &v->round->needs[need];

    verify_term_set(term, (ExactSmall){.num = 1, .den = 1});
    switch (measure) {
    case MEASURE_VALUE: return value_of_part(v, need, term);
    case MEASURE_SHARE:
        if (row->quantity > 0)
            verify_term_divide(term, row->quantity);
        return row->quantity > 0;
    case MEASURE_QUANTITY: verify_term_divide(term, unit_scale(row->unit)); return true;
    }
    return false;
}

/* ---- tiers -------------------------------------------------------------------------------------- */

static void add_unmet(const Verifier *v, size_t n, MeasureSetting measure, VerifyTerm *term,
                      VerifySum *sum)
{
    const Need *need = &v->round->needs[n];

    if (!verify_part_of(v, n, measure, term))
        return;
    verify_term_multiply(term, need->weight);
    verify_note_price(v, sum, n, verify_term_value(term));
    verify_sum_add_term(sum, term, v->wanted[n] - v->assigned[n]);
}

/* Not met, it counts its weight times what the complete whole is worth. */
static void add_outcome(const Verifier *v, size_t n, VerifyTerm *term, VerifySum *sum)
{
    verify_term_set(term, (ExactSmall){.num = 1, .den = 1});
    if (v->full[n] || (v->round->settings.measure == MEASURE_VALUE && !value_of_part(v, n, term)))
        return;
    verify_term_multiply(term, v->round->needs[n].weight);
    verify_sum_add_term(sum, term, 1);
}

static bool is_alternative(const Verifier *v, size_t need)
{
    return (v->asks[need] & ASKS_MARKED) != 0 && v->round->needs[need].alternative != NULL &&
           v->round->needs[need].alternative[0] != '\0';
}

static void sum_unmet(const Verifier *v, const StageResult *stage, VerifySum *sum)
{
    bool unvalued = stage->kind == STAGE_UNVALUED;
    MeasureSetting measure = unvalued ? MEASURE_SHARE : v->round->settings.measure;
    size_t first;
    size_t count = verify_tier(v, stage->tier, &first);
    VerifyTerm term;

    verify_term_init(&term);
    for (size_t i = first; i < first + count; i++) {
        size_t n = (size_t)v->by_tier[i];

        if ((v->asks[n] & ASKS_UNKNOWN) != 0 || is_alternative(v, n))
            continue;
        if ((v->asks[n] & ASKS_OUTCOME) != 0) {
            if (!unvalued)
                add_outcome(v, n, &term, sum);
        } else if (!unvalued || !v->worth[n].known) {
            add_unmet(v, n, measure, &term, sum);
        }
    }
    verify_term_clear(&term);
    verify_sum_alternatives(v, stage, sum);
}

/* ---- after the tiers ---------------------------------------------------------------------------- */

static void sum_firmness(const Verifier *v, const StageResult *stage, VerifySum *sum)
{
    MeasureSetting measure = stage->unvalued ? MEASURE_SHARE : MEASURE_VALUE;
    VerifyTerm term;

    verify_term_init(&term);
    sum->per_money = 1;
    for (size_t i = 0; i < v->line_count; i++) {
        const VerifyLine *line = &v->lines[i];

        if (line->basis != stage->basis || v->round->needs[line->need].tier != stage->tier ||
            line->has_value == stage->unvalued ||
            !verify_part_of(v, (size_t)line->need, measure, &term))
            continue;
        verify_sum_add_term(sum, &term, line->quantity);
        sum->rounded++;
    }
    verify_term_clear(&term);
}

static void sum_lapsing(const Verifier *v, const StageResult *stage, VerifySum *sum)
{
    mpq_t term;

    mpq_init(term);
    sum->per_money = 1;
    for (size_t o = 0; o < v->round->offer_count; o++) {
        const Offer *offer = &v->round->offers[o];

        if (stage->date == DATE_NONE || offer->lapses != stage->date || !offer->quantity_known ||
            v->offers[o].basis < v->round->settings.plan_on || v->used[o] >= offer->quantity ||
            !worth_of_offer(v->round, offer, term))
            continue;
        exact_multiply(term, offer->quantity - v->used[o]);
        exact_divide(term, unit_scale(offer->unit));
        verify_sum_add(sum, term);
        sum->rounded++;
    }
    mpq_clear(term);
}

/* Cost of one smallest part of the need on this line; false when it costs nothing. */
static bool cost_per_part(const Verifier *v, const VerifyLine *line, VerifyTerm *term)
{
    const Need *need = &v->round->needs[line->need];
    const Offer *offer = &v->round->offers[line->offer];

    verify_term_set(term, (ExactSmall){.num = 1, .den = 1});
    if (line->pair != NULL && line->pair->has_cost) {
        verify_term_multiply(term, line->pair->cost);
        verify_term_divide(term, unit_scale(need->unit));
        return line->pair->cost.digits != 0;
    }
    if (offer->cost.digits == 0)
        return false;
    if (offer->unit.is_money) {
        if (!value_of_part(v, (size_t)line->need, term))
            return false;
    } else {
        term->small = (ExactSmall){0};
        if (!worth_use(v->round, line->pair, line->need, line->offer, term->wide))
            return false;
        verify_term_divide(term, unit_scale(offer->unit));
    }
    verify_term_multiply(term, offer->cost);
    return true;
}

/* Solvers hold what was decided before to some digits of the money that it is about; where a line costs many
 * times what it gives, the bound of the cost is off by so many times these digits, be there such a line or not. */
static double cost_at_stake(const Verifier *v)
{
    const Round *round = v->round;
    VerifySum dearest = {0};
    double asked = 0;

    for (size_t n = 0; n < round->need_count; n++)
        asked += worth_per_part(v, n) * (double)v->wanted[n];
    for (size_t o = 0; o < round->offer_count; o++)
        if (round->offers[o].unit.is_money)
            dearest.per_money =
                fmax(dearest.per_money, fabs(decimal_to_double(round->offers[o].cost)));
    for (size_t p = 0; p < round->pair_count; p++) {
        const PairRow *pair = &round->pairs[p];

        if (pair->has_cost)
            verify_note_price(v, &dearest, (size_t)pair->need,
                              decimal_to_double(pair->cost) /
                                  (double)unit_scale(round->needs[pair->need].unit));
    }
    return asked * dearest.per_money;
}

static void sum_cost(const Verifier *v, VerifySum *sum)
{
    VerifyTerm term;

    verify_term_init(&term);
    for (size_t i = 0; i < v->line_count; i++) {
        if (!cost_per_part(v, &v->lines[i], &term))
            continue;
        verify_note_price(v, sum, (size_t)v->lines[i].need, verify_term_value(&term));
        verify_sum_add_term(sum, &term, v->lines[i].quantity);
    }
    sum->at_stake = cost_at_stake(v);
    verify_term_clear(&term);
}

Status verify_stage_sum(const Verifier *v, const StageResult *stage, VerifySum *sum)
{
    switch (stage->kind) {
    case STAGE_TIER:
    case STAGE_UNVALUED: sum_unmet(v, stage, sum); break;
    case STAGE_FIRMNESS: sum_firmness(v, stage, sum); break;
    case STAGE_LAPSING: sum_lapsing(v, stage, sum); break;
    case STAGE_BURDEN: verify_sum_burden(v, stage, sum); break;
    case STAGE_COST: sum_cost(v, sum); return verify_sum_fees(v, sum);
    case STAGE_SPLITS:
        verify_sum_add_small(sum, (ExactSmall){.num = 1, .den = 1}, (Int128)v->line_count);
        break;
    case STAGE_CHANGE:
    case STAGE_TAKEN: verify_sum_change(v, stage, sum); break;
    case STAGE_URGENT: return verify_sum_urgent(v, stage, sum);
    case STAGE_FAIRNESS:
    case STAGE_CANONICAL: break;
    }
    return STATUS_OK;
}
