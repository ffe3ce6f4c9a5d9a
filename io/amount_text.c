/* Amounts in groups of three digits. */
#include "io/amount_text.h"

#include <string.h>

AmountText amount_text(Unit unit, int64_t amount)
{
    char plain[32];
    AmountText out;
    unit_format(unit, amount, plain);
    const char *digits = plain + (plain[0] == '-');
    size_t whole = strcspn(digits, "."), at = 0;
    if (plain[0] == '-')
        out.digits[at++] = '-';
    for (size_t i = 0; digits[i] != '\0' && at < sizeof out.digits - 2; i++) {
        if (i > 0 && i < whole && (whole - i) % 3 == 0)
            out.digits[at++] = ',';
        out.digits[at++] = digits[i];
    }
    out.digits[at] = '\0';
    return out;
}
