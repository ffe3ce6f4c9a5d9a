/* Sums over many unlike fractions, in fixed point: the exact sum of twenty thousand u / Q has a
 * denominator of a hundred thousand digits, and a stage's value ends as a double anyway. */
#include "models/verify_internal.h"

#include <math.h>

void verify_sum_init(VerifySum *sum)
{
    *sum = (VerifySum){0};
    mpz_init(sum->fixed);
}

void verify_sum_clear(VerifySum *sum)
{
    mpz_clear(sum->fixed);
}

void verify_sum_add(VerifySum *sum, const mpq_t term)
{
    mpz_t fixed;

    mpz_init(fixed);
    mpz_mul_2exp(fixed, mpq_numref(term), VERIFY_FRACTION_BITS);
    mpz_fdiv_q(fixed, fixed, mpq_denref(term));
    mpz_add(sum->fixed, sum->fixed, fixed);
    sum->size += fabs(mpq_get_d(term));
    mpz_clear(fixed);
}

/* The next 64 bits of rest / den, which become the lowest of @p bits. */
static void next_bits(Bits128 *bits, uint64_t *rest, uint64_t den)
{
    Bits128 dividend = (Bits128)*rest << 64;

    *bits = (*bits << 64) | (uint64_t)(dividend / den);
    *rest = (uint64_t)(dividend % den);
}

static void add_wide(VerifySum *sum, ExactSmall factor, Int128 amount)
{
    mpq_t term;

    mpq_init(term);
    exact_set_small(term, factor);
    exact_multiply(term, amount);
    verify_sum_add(sum, term);
    mpq_clear(term);
}

void verify_sum_add_small(VerifySum *sum, ExactSmall factor, Int128 amount)
{
    const Int128 most = (Int128)1 << 100; /* 2^26 such terms do not overflow their sum */
    Int128 product;
    Int128 whole;
    Bits128 bits = 0;
    uint64_t rest;

    if (__builtin_mul_overflow(amount, (Int128)factor.num, &product) || product > most ||
        product < -most) {
        add_wide(sum, factor, amount);
        return;
    }
    whole = product / factor.den;
    if (whole * factor.den > product)
        whole--;
    rest = (uint64_t)(product - whole * factor.den);
    if (rest != 0) {
        next_bits(&bits, &rest, (uint64_t)factor.den);
        next_bits(&bits, &rest, (uint64_t)factor.den);
    }
    sum->whole += whole;
    sum->fraction += bits;
    sum->whole += sum->fraction < bits ? 1 : 0;
    sum->size += fabs((double)product) / (double)factor.den;
}

double verify_sum_value(const VerifySum *sum)
{
    long exponent;
    double digits;
    mpz_t all;
    mpz_t part;

    mpz_init(all);
    mpz_init(part);
    exact_set_int128(all, sum->whole);
    for (int shift = VERIFY_FRACTION_BITS - 32; shift >= 0; shift -= 32) {
        mpz_mul_2exp(all, all, 32);
        mpz_set_ui(part, (unsigned long)((sum->fraction >> shift) & 0xffffffff));
        mpz_add(all, all, part);
    }
    mpz_add(all, all, sum->fixed);
    digits = mpz_get_d_2exp(&exponent, all);
    mpz_clear(part);
    mpz_clear(all);
    return ldexp(digits, (int)(exponent - VERIFY_FRACTION_BITS));
}

/* ---- terms -------------------------------------------------------------------------------------- */

void verify_term_init(VerifyTerm *term)
{
    term->small = (ExactSmall){.num = 0, .den = 1};
    mpq_init(term->wide);
}

void verify_term_clear(VerifyTerm *term)
{
    mpq_clear(term->wide);
}

void verify_term_set(VerifyTerm *term, ExactSmall value)
{
    term->small = value;
}

static void widen(VerifyTerm *term)
{
    if (term->small.den > 0)
        exact_set_small(term->wide, term->small);
    term->small = (ExactSmall){0};
}

void verify_term_multiply(VerifyTerm *term, Decimal factor)
{
    ExactSmall product = {0};

    if (term->small.den > 0)
        product = exact_small_decimal(term->small, factor);
    if (product.den > 0) {
        term->small = product;
        return;
    }
    widen(term);
    exact_multiply_decimal(term->wide, factor);
}

void verify_term_divide(VerifyTerm *term, int64_t divisor)
{
    ExactSmall quotient = {0};

    if (term->small.den > 0)
        quotient = exact_small_of(term->small.num, (Int128)term->small.den * divisor);
    if (quotient.den > 0) {
        term->small = quotient;
        return;
    }
    widen(term);
    exact_divide(term->wide, divisor);
}

double verify_term_value(const VerifyTerm *term)
{
    if (term->small.den > 0)
        return (double)term->small.num / (double)term->small.den;
    return mpq_get_d(term->wide);
}

void verify_sum_add_term(VerifySum *sum, const VerifyTerm *term, Int128 amount)
{
    mpq_t exact;

    if (term->small.den > 0) {
        verify_sum_add_small(sum, term->small, amount);
        return;
    }
    mpq_init(exact);
    mpq_set(exact, term->wide);
    exact_multiply(exact, amount);
    verify_sum_add(sum, exact);
    mpq_clear(exact);
}
