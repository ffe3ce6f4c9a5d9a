/* Decimal: a number as it was typed, digits and a power of ten, compared and converted exactly.
 *
 * Called by the readers, the settings and everything that writes an amount. Owns nothing.
 */
#include "allot/decimal.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_DIGITS = 18, /* every number of 18 digits fits int64_t */
    TEXT_BYTES = 32  /* what decimal_format() may write */
};

int64_t decimal_power_of_ten(int exponent)
{
    assert(exponent >= 0 && exponent <= MAX_DIGITS);
    int64_t power = 1;
    for (int i = 0; i < exponent; i++)
        power *= 10;
    return power;
}

Decimal decimal_make(int64_t digits, int places)
{
    assert(places >= 0 && places <= MAX_DIGITS);
    while (places > 0 && digits % 10 == 0) {
        digits /= 10;
        places--;
    }
    return (Decimal){digits, places};
}

bool decimal_to_scaled(Decimal value, int places, int64_t *out)
{
    if (places >= value.places) {
        int64_t scaled;
        int64_t factor = decimal_power_of_ten(places - value.places);
        if (__builtin_mul_overflow(value.digits, factor, &scaled))
            return false;
        *out = scaled;
        return true;
    }
    int64_t divisor = decimal_power_of_ten(value.places - places);
    if (value.digits % divisor != 0)
        return false;
    *out = value.digits / divisor;
    return true;
}

static int compare_int64(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

int decimal_compare(Decimal a, Decimal b)
{
    /* Whole parts first: what is left is below 10^18 when brought to 18 places, so nothing
     * overflows. C truncates towards zero, which keeps both parts of one sign. */
    int64_t a_unit = decimal_power_of_ten(a.places);
    int64_t b_unit = decimal_power_of_ten(b.places);
    int whole = compare_int64(a.digits / a_unit, b.digits / b_unit);
    if (whole != 0)
        return whole;
    return compare_int64(a.digits % a_unit * decimal_power_of_ten(MAX_DIGITS - a.places),
                         b.digits % b_unit * decimal_power_of_ten(MAX_DIGITS - b.places));
}

double decimal_to_double(Decimal value)
{
    const int64_t exact = INT64_C(1) << 53; /* whole numbers up to here are doubles */
    if (value.digits >= -exact && value.digits <= exact)
        return (double)value.digits / (double)decimal_power_of_ten(value.places);
    /* Two roundings could miss the nearest double; strtod rounds once, and a text without a point
     * reads the same in every locale. */
    char text[TEXT_BYTES];
    (void)snprintf(text, sizeof text, "%" PRId64 "e-%d", value.digits, value.places);
    return strtod(text, NULL);
}

bool decimal_parse(const char *text, Decimal *out)
{
    const char *p = text;
    bool negative = *p == '-';
    if (*p == '-' || *p == '+')
        p++;
    int64_t digits = 0;
    int significant = 0;
    int places = 0;
    bool any = false;
    bool point = false;
    for (; *p != '\0'; p++) {
        if (*p == '.' && !point) {
            point = true;
            any = false; /* a point must be followed by a digit */
            continue;
        }
        if (*p < '0' || *p > '9')
            return false;
        any = true;
        significant += significant > 0 || *p != '0' ? 1 : 0;
        places += point ? 1 : 0;
        if (significant > MAX_DIGITS || places > MAX_DIGITS)
            return false;
        digits = digits * 10 + (*p - '0');
    }
    if (!any)
        return false;
    *out = decimal_make(negative ? -digits : digits, places);
    return true;
}

void decimal_format_fixed(int64_t scaled, int places, char *out)
{
    assert(places >= 0 && places <= MAX_DIGITS);
    uint64_t magnitude = scaled < 0 ? 0 - (uint64_t)scaled : (uint64_t)scaled;
    char reversed[TEXT_BYTES];
    size_t length = 0;
    for (int i = 0; i <= places || magnitude > 0; i++) {
        if (i == places && places > 0)
            reversed[length++] = '.';
        reversed[length++] = (char)('0' + magnitude % 10);
        magnitude /= 10;
    }
    if (scaled < 0)
        reversed[length++] = '-';
    for (size_t i = 0; i < length; i++)
        out[i] = reversed[length - 1 - i];
    out[length] = '\0';
}

void decimal_format(Decimal value, char *out)
{
    Decimal shortest = decimal_make(value.digits, value.places);
    decimal_format_fixed(shortest.digits, shortest.places, out);
}

bool decimal_parse_long(const char *text, double *out)
{
    enum { DIGITS_MOST = 60 };
    char plain[DIGITS_MOST + 16]; /* sign, digits without their point, "e-NN" */
    size_t length = 0, places = 0;
    bool point = false, digits = false;
    if (*text == '-')
        plain[length++] = *text++;
    for (; *text != '\0'; text++) {
        if (*text == '.' && !point && text[1] != '\0') {
            point = true;
            continue;
        }
        if (*text < '0' || *text > '9' || length > DIGITS_MOST)
            return false;
        digits = true;
        places += point;
        plain[length++] = *text;
    }
    (void)snprintf(plain + length, sizeof plain - length, "e-%zu", places);
    if (digits)
        *out = strtod(plain, NULL); /* without a point it reads the same in every locale */
    return digits;
}
