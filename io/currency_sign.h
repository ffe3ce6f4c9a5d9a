/* room: io
 *
 * Currency signs and codes that stand beside figures (5 000 EUR, $5, 1 234,50 zł) or above them.
 */
#ifndef ALLOT_IO_CURRENCY_SIGN_H
#define ALLOT_IO_CURRENCY_SIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Bytes of the sign or code that @p text begins with (ends with), in any case; 0 when there is
 *  none. Then *currencies are the ISO codes that it can mean, blanks between; they last. */
size_t currency_sign_front(const char *text, size_t length, const char **currencies);
size_t currency_sign_back(const char *text, size_t length, const char **currencies);

/** Looks for the next currency that a text names by sign, code or word ("Kwota (PLN)", "тис. грн",
 *  "in euro"): true when there is one; then *text stands behind it and *currencies are as above.
 *  Codes count in capitals, the commonest in any case; ALL and TOP are taken for words, ft for feet. */
bool currency_next(const char **text, const char **currencies);

/** A number below 32768, not 0, for the currencies that one of these functions gave, or for an ISO
 *  code; 0 for anything else. And the way back: NULL where there is none. */
uint32_t currency_id(const char *currencies);
const char *currency_of_id(uint32_t id);

#endif
