/* Alternatives in the stages of their tier: a mark counts once, as what its cheapest member would
 * take, times what is missing of the one that is served. A mark with a member without money value
 * counts by that member, as a share. Members of unknown amount are left out. */
#include "models/verify_internal.h"

static bool takes_part(const Verifier *v, int n)
{
    return (v->asks[n] & (ASKS_UNKNOWN | ASKS_OUTCOME)) == 0;
}

/* The first member without a value, or -1. */
static int first_unvalued(const Verifier *v, const VerifyMark *mark)
{
    for (size_t i = 0; i < mark->count; i++)
        if (takes_part(v, mark->members[i]) && !v->worth[mark->members[i]].known)
            return mark->members[i];
    return -1;
}

/* What all that a need wants counts under a measure. */
static bool want_of(const Verifier *v, int n, MeasureSetting measure, mpq_t out)
{
    VerifyTerm term;
    bool known;

    verify_term_init(&term);
    known = verify_part_of(v, (size_t)n, measure, &term);
    if (known && term.small.den > 0)
        exact_set_small(out, term.small);
    else if (known)
        mpq_set(out, term.wide);
    if (known)
        exact_multiply(out, v->wanted[n]);
    verify_term_clear(&term);
    return known;
}

/* The member that wants the least, the first of equals, or -1; @p least is what it wants. */
static int cheapest(const Verifier *v, const VerifyMark *mark, MeasureSetting measure, mpq_t least)
{
    mpq_t want;
    int out = -1;

    mpq_init(want);
    for (size_t i = 0; i < mark->count; i++) {
        int n = mark->members[i];

        if (!takes_part(v, n) || !want_of(v, n, measure, want) ||
            (out >= 0 && mpq_cmp(want, least) >= 0))
            continue;
        out = n;
        mpq_set(least, want);
    }
    mpq_clear(want);
    return out;
}

/* 1 - the sum over the members of x / q; a member that wants nothing counts 1. */
static void missing_share(const Verifier *v, const VerifyMark *mark, mpq_t out)
{
    mpq_t share;

    mpq_init(share);
    mpq_set_ui(out, 1, 1);
    for (size_t i = 0; i < mark->count; i++) {
        int64_t wanted = v->wanted[mark->members[i]];

        if (!takes_part(v, mark->members[i]))
            continue;
        mpq_set_ui(share, 1, 1);
        if (wanted > 0) {
            exact_multiply(share, v->assigned[mark->members[i]]);
            exact_divide(share, wanted);
        }
        mpq_sub(out, out, share);
    }
    mpq_clear(share);
}

/* The worth of a mark's members is unlike, so that moving money on any of them may change it. */
static void note_prices(const Verifier *v, const VerifyMark *mark, const mpq_t whole,
                        VerifySum *sum)
{
    for (size_t i = 0; i < mark->count; i++) {
        int64_t wanted = v->wanted[mark->members[i]];

        if (wanted > 0)
            verify_note_price(v, sum, (size_t)mark->members[i], mpq_get_d(whole) / (double)wanted);
    }
}

static void add_mark(const Verifier *v, const VerifyMark *mark, bool unvalued, VerifySum *sum)
{
    MeasureSetting measure = v->round->settings.measure;
    int without = measure == MEASURE_VALUE ? first_unvalued(v, mark) : -1;
    int stands = without;
    mpq_t whole;
    mpq_t missing;

    if (unvalued != (without >= 0))
        return;
    mpq_init(whole);
    mpq_init(missing);
    mpq_set_ui(whole, 1, 1);
    if (!unvalued)
        stands = cheapest(v, mark, measure, whole);
    if (stands >= 0) {
        exact_multiply_decimal(whole, v->round->needs[stands].weight);
        note_prices(v, mark, whole, sum);
        missing_share(v, mark, missing);
        mpq_mul(whole, whole, missing);
        verify_sum_add(sum, whole);
    }
    mpq_clear(missing);
    mpq_clear(whole);
}

int verify_standing(const Verifier *v, const VerifyMark *mark)
{
    int stands = -1;
    mpq_t least;

    for (size_t i = 0; i < mark->count; i++)
        if (takes_part(v, mark->members[i]) && v->round->needs[mark->members[i]].covered > 0)
            return mark->members[i];
    stands = first_unvalued(v, mark);
    mpq_init(least);
    if (stands < 0)
        stands = cheapest(v, mark, MEASURE_VALUE, least);
    mpq_clear(least);
    return stands;
}

void verify_sum_alternatives(const Verifier *v, const StageResult *stage, VerifySum *sum)
{
    for (size_t a = 0; a < v->alternatives.count; a++) {
        const VerifyMark *mark = &v->alternatives.marks[a];

        if (v->round->needs[mark->members[0]].tier == stage->tier)
            add_mark(v, mark, stage->kind == STAGE_UNVALUED, sum);
    }
}
