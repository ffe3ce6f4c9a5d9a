/* Ratio: exact fractions of 128-bit integers, in lowest terms.
 *
 * Called by everything that converts between units: rates, unit costs, overheads, shares. Owns
 * nothing. The lowest 128-bit number never occurs as a numerator, so that every one can be negated.
 * Reducing across before multiplying (Knuth, The Art of Computer Programming 2, 4.5.1) keeps
 * products of reduced fractions reduced and as small as they can be.
 */
#include "allot/ratio.h"

#include <assert.h>
#include <stddef.h>

__extension__ typedef unsigned __int128 UInt128;

enum { FORMAT_PLACES_MAX = 18, FORMAT_BYTES = 64 };

static UInt128 magnitude_of(Int128 value)
{
    return value < 0 ? 0 - (UInt128)value : (UInt128)value;
}

Int128 ratio_common_divisor(Int128 a, Int128 b)
{
    UInt128 x = magnitude_of(a);
    UInt128 y = magnitude_of(b);
    if (x == 1 || y == 1)
        return 1; /* most often: money of one currency, whole numbers */
    while (y != 0 && (x >> 64 != 0 || y >> 64 != 0)) {
        UInt128 rest = x % y;
        x = y;
        y = rest;
    }
    uint64_t a_left = (uint64_t)x, b_left = (uint64_t)y; /* divisions of 128 bits are slow */
    if (y == 0)
        return (Int128)x;
    while (b_left != 0) {
        uint64_t rest = a_left % b_left;
        a_left = b_left;
        b_left = rest;
    }
    return a_left;
}

/* Divisions of 128 bits are slow, most divisors are 1, and most numbers fit 64 bits. Divisors are above 0. */
static Int128 divide(Int128 value, Int128 divisor)
{
    if (divisor == 1)
        return value;
    if (value == (int64_t)value && divisor == (int64_t)divisor)
        return (int64_t)value / (int64_t)divisor;
    return value / divisor;
}

/* Most factors are 1: money of one currency. */
static bool is_one(Ratio a)
{
    return a.num == 1 && a.den == 1;
}

static bool multiply_fits(Int128 a, Int128 b, Int128 *out)
{
    if (__builtin_mul_overflow(a, b, out))
        return false;
    /* Products of two numbers above the lowest can be the lowest: -2^64 * 2^63. */
    return magnitude_of(*out) >> 127 == 0;
}

Ratio ratio_of(int64_t num, int64_t den)
{
    assert(den > 0);
    Int128 divisor = ratio_common_divisor(num, den);
    return (Ratio){divide(num, divisor), divide(den, divisor)};
}

Ratio ratio_of_decimal(Decimal value)
{
    return ratio_of(value.digits, decimal_power_of_ten(value.places));
}

bool ratio_multiply(Ratio a, Ratio b, Ratio *out)
{
    if (is_one(a) || is_one(b)) {
        *out = is_one(a) ? b : a;
        return true;
    }
    Int128 a_over_b = ratio_common_divisor(a.num, b.den);
    Int128 b_over_a = ratio_common_divisor(b.num, a.den);
    Ratio product;
    if (!multiply_fits(divide(a.num, a_over_b), divide(b.num, b_over_a), &product.num) ||
        !multiply_fits(divide(a.den, b_over_a), divide(b.den, a_over_b), &product.den))
        return false;
    *out = product;
    return true;
}

bool ratio_divide(Ratio a, Ratio b, Ratio *out)
{
    if (b.num == 0)
        return false;
    Ratio inverse = b.num > 0 ? (Ratio){b.den, b.num} : (Ratio){-b.den, -b.num};
    return ratio_multiply(a, inverse, out);
}

bool ratio_add(Ratio a, Ratio b, Ratio *out)
{
    Int128 shared = ratio_common_divisor(a.den, b.den);
    Int128 left;
    Int128 right;
    Int128 sum;
    if (!multiply_fits(a.num, divide(b.den, shared), &left) ||
        !multiply_fits(b.num, divide(a.den, shared), &right) ||
        __builtin_add_overflow(left, right, &sum))
        return false;
    Int128 divisor = ratio_common_divisor(sum, shared);
    Ratio total = {.num = divide(sum, divisor)};
    if (magnitude_of(total.num) >> 127 != 0 ||
        !multiply_fits(divide(a.den, shared), divide(b.den, divisor), &total.den))
        return false;
    *out = total;
    return true;
}

/* floor(num / den) with the rest in 0 .. den - 1. */
static Int128 floor_divide(Int128 num, Int128 den, Int128 *rest)
{
    Int128 quotient = num / den;
    *rest = num % den;
    if (*rest < 0) {
        *rest += den;
        quotient--;
    }
    return quotient;
}

int ratio_compare(Ratio a, Ratio b)
{
    /* Cross products could overflow; the terms of the continued fractions cannot. Whole parts are
     * compared; when they agree, so are the rests, of which the inverses are the next terms, in
     * turned order. Ends as Euclid's algorithm does. */
    for (;;) {
        Int128 a_rest;
        Int128 b_rest;
        Int128 a_whole = floor_divide(a.num, a.den, &a_rest);
        Int128 b_whole = floor_divide(b.num, b.den, &b_rest);
        if (a_whole != b_whole)
            return a_whole < b_whole ? -1 : 1;
        if (a_rest == 0 || b_rest == 0)
            return (a_rest > 0) - (b_rest > 0);
        Ratio next_a = {b.den, b_rest};
        b = (Ratio){a.den, a_rest};
        a = next_a;
    }
}

double ratio_to_double(Ratio a)
{
    return (double)a.num / (double)a.den;
}

/* factor * part / den for part < den < 2^127, by doubling, where the product needs 192 bits. The
 * quotient is below factor, and no step leaves 128 bits. */
static uint64_t multiply_divide(uint64_t factor, UInt128 part, UInt128 den, UInt128 *rest)
{
    uint64_t quotient = 0;
    UInt128 left = 0;
    for (int bit = 63; bit >= 0; bit--) {
        quotient *= 2;
        left *= 2;
        if (left >= den) {
            left -= den;
            quotient++;
        }
        if ((factor >> bit & 1) != 0) {
            left += part;
            if (left >= den) {
                left -= den;
                quotient++;
            }
        }
    }
    *rest = left;
    return quotient;
}

/* factor * num / den with its rest. False when the quotient needs more than 128 bits. */
static bool scale_magnitude(uint64_t factor, UInt128 num, UInt128 den, UInt128 *quotient,
                            UInt128 *rest)
{
    UInt128 product;
    if (!__builtin_mul_overflow(num, factor, &product)) {
        if (den == 1) {
            *quotient = product;
            *rest = 0;
            return true;
        }
        *quotient = product >> 64 == 0 && den >> 64 == 0 ? (uint64_t)product / (uint64_t)den
                                                         : product / den;
        *rest = product - *quotient * den;
        return true;
    }
    UInt128 whole;
    if (__builtin_mul_overflow(num / den, factor, &whole))
        return false;
    uint64_t part = multiply_divide(factor, num % den, den, rest);
    return !__builtin_add_overflow(whole, part, quotient);
}

/* Whether a magnitude with this rest is rounded away from zero. */
static bool rounds_away(UInt128 quotient, UInt128 rest, UInt128 den, Rounding rounding,
                        bool negative)
{
    if (rest == 0)
        return false;
    switch (rounding) {
    case ROUND_DOWN: return negative;
    case ROUND_UP: return !negative;
    case ROUND_HALF_EVEN: break;
    }
    UInt128 to_next = den - rest;
    return rest > to_next || (rest == to_next && (quotient & 1) != 0);
}

bool ratio_apply(int64_t amount, Ratio factor, Rounding rounding, int64_t *out)
{
    if (is_one(factor)) {
        *out = amount;
        return true;
    }
    bool negative = (amount < 0) != (factor.num < 0);
    UInt128 den = (UInt128)factor.den;
    UInt128 quotient;
    UInt128 rest;
    if (!scale_magnitude((uint64_t)magnitude_of(amount), magnitude_of(factor.num), den, &quotient,
                         &rest))
        return false;
    const UInt128 largest = (UInt128)INT64_MAX + (negative ? 1 : 0);
    if (quotient > largest)
        return false;
    if (rounds_away(quotient, rest, den, rounding, negative))
        quotient++;
    if (quotient > largest)
        return false;
    Int128 value = (Int128)quotient;
    *out = (int64_t)(negative ? -value : value);
    return true;
}

/* Adds one to the last of the decimals; true when it carries into the whole part. */
static bool carry(char *decimals, int count)
{
    for (int i = count - 1; i >= 0; i--) {
        if (decimals[i] != '9') {
            decimals[i]++;
            return false;
        }
        decimals[i] = '0';
    }
    return true;
}

static size_t write_whole(UInt128 value, char *out)
{
    char reversed[FORMAT_BYTES];
    size_t length = 0;
    do {
        reversed[length++] = (char)('0' + (int)(value % 10));
        value /= 10;
    } while (value > 0);
    for (size_t i = 0; i < length; i++)
        out[i] = reversed[length - 1 - i];
    return length;
}

void ratio_format(Ratio a, int places, char *out)
{
    assert(places >= 0 && places <= FORMAT_PLACES_MAX);
    UInt128 den = (UInt128)a.den;
    UInt128 whole = magnitude_of(a.num) / den;
    UInt128 rest = magnitude_of(a.num) % den;
    char decimals[FORMAT_PLACES_MAX];
    for (int i = 0; i < places; i++)
        decimals[i] = (char)('0' + (int)multiply_divide(10, rest, den, &rest));
    UInt128 last = places > 0 ? (UInt128)(decimals[places - 1] - '0') : whole;
    if (rounds_away(last, rest, den, ROUND_HALF_EVEN, false) && carry(decimals, places))
        whole++;
    while (places > 0 && decimals[places - 1] == '0')
        places--;
    size_t length = 0;
    if (a.num < 0 && (whole > 0 || places > 0)) /* never "-0" */
        out[length++] = '-';
    length += write_whole(whole, out + length);
    if (places > 0)
        out[length++] = '.';
    for (int i = 0; i < places; i++)
        out[length++] = decimals[i];
    out[length] = '\0';
}

bool ratio_common_part(Ratio a, Ratio b, Ratio *out)
{
    Int128 shared = ratio_common_divisor(a.den, b.den), den;
    if (__builtin_mul_overflow(a.den, b.den / shared, &den))
        return false;
    *out = (Ratio){ratio_common_divisor(a.num, b.num), den};
    return true;
}
