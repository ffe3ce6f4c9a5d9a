/* room: base
 *
 * Exact fractions of 128-bit integers, always reduced, denominator positive. They carry rates, unit
 * costs and overheads from the tables to the cent without a double in between. Every operation
 * that would not fit says so, and leaves its output untouched.
 */
#ifndef ALLOT_RATIO_H
#define ALLOT_RATIO_H

#include <stdbool.h>
#include <stdint.h>

#include "allot/decimal.h"

__extension__ typedef __int128 Int128;

typedef struct Ratio {
    Int128 num;
    Int128 den; /* > 0 */
} Ratio;

/** The greatest common divisor, >= 0; of 0 and another the other's magnitude. */
Int128 ratio_common_divisor(Int128 a, Int128 b);

/** The largest fraction of which both, above 0, are whole multiples. False when it does not fit. */
bool ratio_common_part(Ratio a, Ratio b, Ratio *out);

typedef enum Rounding { ROUND_DOWN, ROUND_UP, ROUND_HALF_EVEN } Rounding;

Ratio ratio_of(int64_t num, int64_t den); /* den > 0 */
Ratio ratio_of_decimal(Decimal value);
bool ratio_multiply(Ratio a, Ratio b, Ratio *out);
bool ratio_divide(Ratio a, Ratio b, Ratio *out); /* false too for b = 0 */
bool ratio_add(Ratio a, Ratio b, Ratio *out);    /* false too when a step on the way does not fit */
int ratio_compare(Ratio a, Ratio b);             /* -1, 0, 1; exact, never overflows */
double ratio_to_double(Ratio a);

/** amount * factor rounded to a whole number. False when it does not fit int64_t. ROUND_DOWN and
 *  ROUND_UP mean towards minus and plus infinity. */
bool ratio_apply(int64_t amount, Ratio factor, Rounding rounding, int64_t *out);

/** Writes the value with at most @p places decimals, rounded half to even, trailing zeros cut, into
 *  @p out (at least 64 bytes). 0 <= places <= 18. */
void ratio_format(Ratio a, int places, char *out);

#endif
