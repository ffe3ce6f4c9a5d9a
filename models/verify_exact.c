/* Exact numbers of the independent check: GMP's integers and rationals, and the few steps between
 * them and the integers of the tables. Nothing here knows what an amount means. */
#include "allot/amount_text.h"
#include "allot/language.h"
#include "models/verify_internal.h"

static void set_int64(mpz_t out, int64_t value)
{
    uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

    mpz_set_ui(out, (unsigned long)(size >> 32));
    mpz_mul_2exp(out, out, 32);
    mpz_add_ui(out, out, (unsigned long)(size & 0xffffffffu));
    if (value < 0)
        mpz_neg(out, out);
}

void exact_set_int128(mpz_t out, Int128 value)
{
    Int128 size = value < 0 ? -value : value;

    mpz_set_ui(out, 0);
    for (int shift = 96; shift >= 0; shift -= 32) {
        mpz_mul_2exp(out, out, 32);
        mpz_add_ui(out, out, (unsigned long)((size >> shift) & 0xffffffff));
    }
    if (value < 0)
        mpz_neg(out, out);
}

/* False when it does not fit. */
static bool get_int64(const mpz_t value, int64_t *out)
{
    mpz_t high;
    uint64_t size;

    if (mpz_sizeinbase(value, 2) > 63)
        return false;
    mpz_init(high);
    mpz_tdiv_q_2exp(high, value, 32);
    size = ((uint64_t)mpz_get_ui(high) << 32) | ((uint64_t)mpz_get_ui(value) & 0xffffffffu);
    mpz_clear(high);
    *out = mpz_sgn(value) < 0 ? -(int64_t)size : (int64_t)size;
    return true;
}

void exact_set_decimal(mpq_t out, Decimal value)
{
    set_int64(mpq_numref(out), value.digits);
    mpz_ui_pow_ui(mpq_denref(out), 10, (unsigned long)value.places);
    mpq_canonicalize(out);
}

void exact_multiply(mpq_t value, Int128 factor)
{
    mpz_t whole;

    mpz_init(whole);
    exact_set_int128(whole, factor);
    mpz_mul(mpq_numref(value), mpq_numref(value), whole);
    mpq_canonicalize(value);
    mpz_clear(whole);
}

void exact_divide(mpq_t value, int64_t divisor)
{
    mpz_t whole;

    mpz_init(whole);
    set_int64(whole, divisor);
    mpz_mul(mpq_denref(value), mpq_denref(value), whole);
    mpq_canonicalize(value);
    mpz_clear(whole);
}

void exact_multiply_decimal(mpq_t value, Decimal factor)
{
    mpq_t exact;

    mpq_init(exact);
    exact_set_decimal(exact, factor);
    mpq_mul(value, value, exact);
    mpq_clear(exact);
}

/* The whole part is taken downwards, so the remainder is never negative. */
static void round_to(mpz_t out, const mpq_t value, Rounding rounding)
{
    mpz_t rest;
    int half;

    mpz_init(rest);
    mpz_fdiv_qr(out, rest, mpq_numref(value), mpq_denref(value));
    if (rounding == ROUND_UP && mpz_sgn(rest) > 0)
        mpz_add_ui(out, out, 1);
    if (rounding == ROUND_HALF_EVEN) {
        mpz_mul_2exp(rest, rest, 1);
        half = mpz_cmp(rest, mpq_denref(value));
        if (half > 0 || (half == 0 && mpz_tstbit(out, 0) == 1))
            mpz_add_ui(out, out, 1);
    }
    mpz_clear(rest);
}

bool exact_round(const mpq_t value, Rounding rounding, int64_t *out)
{
    mpz_t whole;
    bool fits;

    mpz_init(whole);
    round_to(whole, value, rounding);
    fits = get_int64(whole, out);
    mpz_clear(whole);
    return fits;
}

int exact_compare(Int128 sum, const mpq_t bound)
{
    mpq_t exact;
    int sign;

    mpq_init(exact);
    exact_set_int128(mpq_numref(exact), sum);
    sign = mpq_cmp(exact, bound);
    mpq_clear(exact);
    return sign;
}

/* ---- fractions that fit ------------------------------------------------------------------------ */

ExactSmall exact_small(const mpq_t value)
{
    ExactSmall out;

    if (!get_int64(mpq_numref(value), &out.num) || !get_int64(mpq_denref(value), &out.den))
        out = (ExactSmall){0};
    return out;
}

ExactSmall exact_small_of(Int128 num, Int128 den)
{
    if (num > INT64_MAX || num < -INT64_MAX || den > INT64_MAX || den <= 0)
        return (ExactSmall){0};
    return (ExactSmall){.num = (int64_t)num, .den = (int64_t)den};
}

ExactSmall exact_small_decimal(ExactSmall value, Decimal factor)
{
    return exact_small_of((Int128)value.num * factor.digits,
                          (Int128)value.den * decimal_power_of_ten(factor.places));
}

void exact_set_small(mpq_t out, ExactSmall value)
{
    set_int64(mpq_numref(out), value.num);
    set_int64(mpq_denref(out), value.den);
    mpq_canonicalize(out);
}

static bool round_wide(ExactSmall factor, Int128 amount, Rounding rounding, int64_t *out)
{
    mpq_t exact;
    bool fits;

    mpq_init(exact);
    exact_set_small(exact, factor);
    exact_multiply(exact, amount);
    fits = exact_round(exact, rounding, out);
    mpq_clear(exact);
    return fits;
}

bool exact_small_round(ExactSmall factor, Int128 amount, Rounding rounding, int64_t *out)
{
    Int128 product;
    Int128 whole;
    Int128 rest;

    if (__builtin_mul_overflow(amount, (Int128)factor.num, &product))
        return round_wide(factor, amount, rounding, out);
    whole = product / factor.den;
    rest = product % factor.den;
    if (rest < 0) {
        whole--;
        rest += factor.den;
    }
    if (rounding == ROUND_UP && rest > 0)
        whole++;
    if (rounding == ROUND_HALF_EVEN &&
        (2 * rest > factor.den || (2 * rest == factor.den && whole % 2 != 0)))
        whole++;
    if (whole > INT64_MAX || whole < -INT64_MAX)
        return false;
    *out = (int64_t)whole;
    return true;
}

int exact_compare_share(Int128 sum, Decimal share, int64_t whole)
{
    Int128 left;
    Int128 right = (Int128)share.digits * whole;
    mpq_t bound;
    int sign;

    if (!__builtin_mul_overflow(sum, (Int128)decimal_power_of_ten(share.places), &left))
        return left < right ? -1 : left > right;
    mpq_init(bound);
    exact_set_decimal(bound, share);
    exact_multiply(bound, whole);
    sign = exact_compare(sum, bound);
    mpq_clear(bound);
    return sign;
}

/* ---- texts -------------------------------------------------------------------------------------- */

/* The value in units of 10^-places of its own, as text; NULL when it does not fit. */
static const char *text_with(Arena *arena, const mpq_t amount, Unit unit, int places)
{
    mpq_t scaled;
    int64_t fits;
    char figure[64];
    const char *text = NULL;

    mpq_init(scaled);
    mpq_set(scaled, amount);
    exact_multiply(scaled, decimal_power_of_ten(places));
    if (exact_round(scaled, ROUND_HALF_EVEN, &fits)) {
        if (places == 0)
            unit_format(unit, fits, figure);
        else
            decimal_format(decimal_make(fits, unit.places + places), figure);
        text = arena_printf(arena, "%s", amount_grouped_in_unit(unit, figure).text);
    }
    mpq_clear(scaled);
    return text;
}

const char *exact_text(Arena *arena, const mpq_t amount, Unit unit)
{
    enum { EXTRA_PLACES = 6 }; /* enough to see on which side of a cent a bound lies */
    bool whole = mpz_cmp_ui(mpq_denref(amount), 1) == 0;
    const char *text = NULL;

    if (!whole)
        text = text_with(arena, amount, unit, EXTRA_PLACES);
    if (text == NULL)
        text = text_with(arena, amount, unit, 0);
    return text != NULL ? text : _("an amount too large to print");
}
