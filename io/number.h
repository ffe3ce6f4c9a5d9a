/* room: io
 *
 * Numbers as people write them: 1234.5, 1 234,50, 1.234,50, 1'234.50, -$5, (1 234,50) zł, 12,5 %.
 * Never through a double.
 */
#ifndef ALLOT_IO_NUMBER_H
#define ALLOT_IO_NUMBER_H

#include <stdbool.h>

#include "allot/decimal.h"

/** The decimal sign that a text shows, or that its column is known to use. */
typedef enum DecimalSign { SIGN_OPEN, SIGN_POINT, SIGN_COMMA } DecimalSign;

/** The sign that '.' and ',' are; SIGN_OPEN of anything else. */
DecimalSign decimal_sign_of(char sign);

typedef enum NumberReading {
    NUMBER_READ,
    NUMBER_NONE,     /* it is no number */
    NUMBER_TWO_WAYS, /* one separator before three digits, and the column does not decide */
    NUMBER_LONG      /* more than 18 digits */
} NumberReading;

typedef struct Number {
    Decimal value;          /* valid for NUMBER_READ */
    bool percent;           /* a percent sign follows; value is the figure before it */
    DecimalSign shown;      /* the decimal sign this text alone proves */
    const char *currencies; /* ISO codes that the currency sign beside it can mean, blanks between
                               ("USD CAD AUD"); a code means itself; NULL when there is none */
} Number;

/** Reads all of @p text, which has no blanks around it. Groups are blanks (NBSP, narrow NBSP and
 *  thin ones too), apostrophes, or the separator that is not the decimal sign; in threes. Brackets
 *  make it negative; a minus stands before it. One currency sign or code may stand at either end. @p column
 *  decides texts such as 1,234. */
NumberReading number_read(const char *text, DecimalSign column, Number *out);

#endif
