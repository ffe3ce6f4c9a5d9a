/* room: io
 *
 * Amounts as people write them in a letter: "1,234,567.80".
 */
#ifndef ALLOT_IO_AMOUNT_TEXT_H
#define ALLOT_IO_AMOUNT_TEXT_H

#include "allot/unit.h"

enum { AMOUNT_SIZE = 48 }; /* bytes with the NUL */

/** An amount's digits in groups of three, with the decimals that unit_format() gives. */
typedef struct AmountText {
    char digits[AMOUNT_SIZE];
} AmountText;

/** By value, for use in one call. */
AmountText amount_text(Unit unit, int64_t amount);

#endif
