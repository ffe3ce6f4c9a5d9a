/* room: base
 *
 * Amounts as people write them, in letters and in findings: "1,234,567.80", "EUR 1,234.50", "12 seat".
 */
#ifndef ALLOT_AMOUNT_TEXT_H
#define ALLOT_AMOUNT_TEXT_H

#include "allot/quote.h"
#include "allot/unit.h"

enum { AMOUNT_SIZE = 48, AMOUNT_IN_UNIT_SIZE = AMOUNT_SIZE + QUOTE_SIZE }; /* bytes with the NUL */

/** An amount's digits in groups of three, with the decimals that unit_format() gives. */
typedef struct AmountText {
    char digits[AMOUNT_SIZE];
} AmountText;

/** By value, for use in one call. */
AmountText amount_text(Unit unit, int64_t amount);

/** The same of digits that are written already: "-1234.5". */
AmountText amount_grouped(const char *plain);

/** An amount with its unit: a currency stands before it, a thing behind it. */
typedef struct AmountInUnit {
    char text[AMOUNT_IN_UNIT_SIZE];
} AmountInUnit;

/** By value, for use in one call. */
AmountInUnit amount_in_unit(Unit unit, int64_t amount);
AmountInUnit amount_grouped_in_unit(Unit unit, const char *plain);

enum { PERCENT_SIZE = 32, PERCENT_AS_SHORT_AS_CAN_BE = -1 };

/** A share as people read it, "69.3%", with the decimal sign of their language. */
typedef struct PercentText {
    char text[PERCENT_SIZE];
} PercentText;

/** By value, for use in one call. @param places  decimals; as few as say it all where it is
 *  PERCENT_AS_SHORT_AS_CAN_BE */
PercentText percent_text(double share, int places);

#endif
