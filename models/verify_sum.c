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

double verify_sum_value(const VerifySum *sum)
{
    long exponent;
    double digits = mpz_get_d_2exp(&exponent, sum->fixed);

    return ldexp(digits, (int)(exponent - VERIFY_FRACTION_BITS));
}
