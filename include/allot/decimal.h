/* room: base
 *
 * Numbers as people write them, kept exactly: digits times a power of ten. Nothing that a planner
 * typed goes through a double.
 */
#ifndef ALLOT_DECIMAL_H
#define ALLOT_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** digits * 10^-places; places is 0 to 18; trailing zeros are stripped by decimal_make(). */
typedef struct Decimal {
    int64_t digits;
    int places;
} Decimal;

Decimal decimal_make(int64_t digits, int places);

/** Exact conversion to units of 10^-places. False when finer than that or outside int64_t. */
bool decimal_to_scaled(Decimal value, int places, int64_t *out);

/** -1, 0 or 1. */
int decimal_compare(Decimal a, Decimal b);

/** Nearest double; for display and for the solver's coefficients only. */
double decimal_to_double(Decimal value);

/** 10^exponent for 0 <= exponent <= 18. */
int64_t decimal_power_of_ten(int exponent);

/** Reads plain machine text: optional sign, digits, at most one point ("-1234.50"); nothing else.
 *  False (and @p out untouched) when it is anything else, ends in the point or has more than 18
 *  digits, zeros in front not counted. How people write numbers is the
 *  reader's business (io). */
bool decimal_parse(const char *text, Decimal *out);

/** The nearest double of such a text with any number of digits up to 60: sums that no Decimal holds. */
bool decimal_parse_long(const char *text, double *out);

/** Writes "-1234.5" into @p out (at least 32 bytes): point, no groups, no trailing zeros. */
void decimal_format(Decimal value, char *out);

/** Writes @p scaled units of 10^-places with exactly @p places digits after the point into @p out
 *  (at least 32 bytes): 123456, 2 -> "1234.56". */
void decimal_format_fixed(int64_t scaled, int places, char *out);

#endif
