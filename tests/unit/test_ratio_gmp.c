/* Ratios against an independent implementation: random fractions up to the full 127 bits, each
 * operation compared with GMP's integers and rationals.
 */
#include "tests/support/test_support.h"

#include "allot/ratio.h"

#include <gmp.h>
#include <stdio.h>

typedef bool Operation(Ratio a, Ratio b, Ratio *out);

static void set_wide(mpz_t out, Int128 value)
{
    Int128 magnitude = value < 0 ? -value : value;
    mpz_set_ui(out, (unsigned long)(magnitude >> 64));
    mpz_mul_2exp(out, out, 64);
    mpz_add_ui(out, out, (unsigned long)(magnitude & (Int128)UINT64_MAX));
    if (value < 0)
        mpz_neg(out, out);
}

static void set_ratio(mpq_t out, Ratio value)
{
    set_wide(mpq_numref(out), value.num);
    set_wide(mpq_denref(out), value.den);
}

static bool fits_127_bits(const mpq_t value)
{
    return mpz_sizeinbase(mpq_numref(value), 2) <= 127 &&
           mpz_sizeinbase(mpq_denref(value), 2) <= 127;
}

static Int128 random_magnitude(TestRandom *random, int bits)
{
    Int128 high = (Int128)(random_bits(random) >> 1);
    Int128 value = high << 64 | (Int128)random_bits(random);
    return value >> (127 - random_between(random, 1, bits));
}

static Ratio random_ratio(TestRandom *random, int bits)
{
    mpq_t exact;
    Int128 num = random_magnitude(random, bits);
    Int128 den = random_magnitude(random, bits);
    if (den == 0)
        den = 1;
    mpq_init(exact);
    set_ratio(exact, (Ratio){num, den});
    mpz_t common;
    mpz_init(common);
    mpz_gcd(common, mpq_numref(exact), mpq_denref(exact));
    uint64_t words[2] = {0, 0};
    mpz_export(words, NULL, -1, sizeof words[0], 0, 0, common);
    Int128 divisor = (Int128)words[1] << 64 | (Int128)words[0];
    mpz_clear(common);
    mpq_clear(exact);
    num = random_chance(random, 2) ? num / divisor : -(num / divisor);
    return (Ratio){num, den / divisor};
}

/* Products and quotients are refused exactly when they do not fit; sums may be refused when a step
 * on the way does not, so only what they give is compared. */
static void check_against(const char *label, Operation *operation, bool may_refuse, Ratio a,
                          Ratio b, const mpq_t exact)
{
    Ratio got;
    mpq_t given;
    bool fits = operation(a, b, &got);
    if (!may_refuse || !fits_127_bits(exact))
        assert_case_int(label, fits, fits_127_bits(exact));
    if (!fits)
        return;
    mpq_init(given);
    set_ratio(given, got);
    bool same = mpz_cmp(mpq_numref(given), mpq_numref(exact)) == 0 &&
                mpz_cmp(mpq_denref(given), mpq_denref(exact)) == 0;
    mpq_clear(given);
    assert_case(label, same);
}

static void random_arithmetic_and_comparison_agree_with_gmp(void **state)
{
    const int seed = 4217;
    TestRandom random = random_seeded((uint64_t)seed);
    mpq_t x;
    mpq_t y;
    mpq_t z;
    (void)state;
    mpq_inits(x, y, z, (mpq_ptr)NULL);
    for (int round = 0; round < 20000; round++) {
        int bits = round % 2 == 0 ? 127 : 60;
        Ratio a = random_ratio(&random, bits);
        Ratio b = random_chance(&random, 20) ? a : random_ratio(&random, bits);
        char label[64];
        (void)snprintf(label, sizeof label, "seed %d, round %d", seed, round);
        set_ratio(x, a);
        set_ratio(y, b);
        mpq_mul(z, x, y);
        check_against(label, ratio_multiply, false, a, b, z);
        mpq_add(z, x, y);
        check_against(label, ratio_add, bits > 60, a, b, z);
        if (b.num != 0) {
            mpq_div(z, x, y);
            check_against(label, ratio_divide, false, a, b, z);
        }
        int order = mpq_cmp(x, y);
        assert_case_int(label, ratio_compare(a, b), (order > 0) - (order < 0));
    }
    mpq_clears(x, y, z, (mpq_ptr)NULL);
}

/* num / den rounded, GMP's way: floor and ceiling are its own, half to even is their nearer. */
static void round_exactly(mpz_t out, const mpz_t num, const mpz_t den, Rounding rounding)
{
    mpz_t rest;
    mpz_init(rest);
    if (rounding == ROUND_UP) {
        mpz_cdiv_q(out, num, den);
    } else {
        mpz_fdiv_qr(out, rest, num, den);
        mpz_mul_2exp(rest, rest, 1);
        int half = mpz_cmp(rest, den);
        if (rounding == ROUND_HALF_EVEN && (half > 0 || (half == 0 && mpz_odd_p(out))))
            mpz_add_ui(out, out, 1);
    }
    mpz_clear(rest);
}

static void random_amounts_are_rounded_as_gmp_rounds_them(void **state)
{
    static const Rounding ROUNDINGS[] = {ROUND_DOWN, ROUND_UP, ROUND_HALF_EVEN};
    const int seed = 1815;
    TestRandom random = random_seeded((uint64_t)seed);
    mpz_t num;
    mpz_t den;
    mpz_t want;
    (void)state;
    mpz_inits(num, den, want, (mpz_ptr)NULL);
    for (int round = 0; round < 30000; round++) {
        int64_t amount = (int64_t)random_bits(&random) >> random_between(&random, 0, 63);
        /* Small denominators meet exact halves, large ones the 192-bit products. */
        Ratio factor = random_ratio(&random, round % 3 == 0 ? 8 : 127);
        char label[64];
        (void)snprintf(label, sizeof label, "seed %d, round %d", seed, round);
        for (size_t i = 0; i < COUNT_OF(ROUNDINGS); i++) {
            int64_t got = 0;
            set_wide(num, factor.num);
            set_wide(den, factor.den);
            mpz_mul_si(num, num, amount);
            round_exactly(want, num, den, ROUNDINGS[i]);
            bool fits = ratio_apply(amount, factor, ROUNDINGS[i], &got);
            assert_case_int(label, fits, mpz_fits_slong_p(want) != 0);
            assert_case(label, !fits || mpz_cmp_si(want, got) == 0);
        }
    }
    mpz_clears(num, den, want, (mpz_ptr)NULL);
}

/* The text read back as an exact fraction is what GMP gets by rounding to so many places. */
static void random_ratios_print_what_gmp_rounds(void **state)
{
    const int seed = 1707;
    TestRandom random = random_seeded((uint64_t)seed);
    mpz_t scaled;
    mpz_t den;
    mpz_t want;
    (void)state;
    mpz_inits(scaled, den, want, (mpz_ptr)NULL);
    for (int round = 0; round < 20000; round++) {
        Ratio value = random_ratio(&random, round % 3 == 0 ? 8 : 127);
        int places = (int)random_between(&random, 0, 18);
        char text[64];
        char digits[64];
        size_t length = 0;
        int given = -1; /* decimals in the text; -1: no point yet */
        ratio_format(value, places, text);
        for (const char *p = text; *p != '\0'; p++) {
            if (*p == '.')
                given = 0;
            else
                digits[length++] = *p;
            given += *p != '.' && given >= 0 ? 1 : 0;
        }
        digits[length] = '\0';
        assert_case(text, given <= places && (given < 1 || digits[length - 1] != '0'));
        mpz_ui_pow_ui(scaled, 10, (unsigned long)places);
        set_wide(den, value.num);
        mpz_mul(scaled, scaled, den);
        set_wide(den, value.den);
        round_exactly(want, scaled, den, ROUND_HALF_EVEN);
        assert_int_equal(mpz_set_str(scaled, digits, 10), 0);
        mpz_ui_pow_ui(den, 10, (unsigned long)(places - (given > 0 ? given : 0)));
        mpz_mul(scaled, scaled, den);
        assert_case(text, mpz_cmp(scaled, want) == 0);
    }
    mpz_clears(scaled, den, want, (mpz_ptr)NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_arithmetic_and_comparison_agree_with_gmp),
        cmocka_unit_test(random_amounts_are_rounded_as_gmp_rounds_them),
        cmocka_unit_test(random_ratios_print_what_gmp_rounds),
    };
    return cmocka_run_group_tests_name("ratio against GMP", tests, NULL, NULL);
}
