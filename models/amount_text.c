/* Amounts in groups of three digits, with their units. */
#include "allot/amount_text.h"

#include <stdio.h>
#include <string.h>

AmountText amount_grouped(const char *plain)
{
    AmountText out;
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

AmountText amount_text(Unit unit, int64_t amount)
{
    char plain[32];
    unit_format(unit, amount, plain);
    return amount_grouped(plain);
}

AmountInUnit amount_grouped_in_unit(Unit unit, const char *plain)
{
    AmountInUnit out;
    AmountText number = amount_grouped(plain);
    Quote name = quote(unit.name);
    if (unit.is_money)
        (void)snprintf(out.text, sizeof out.text, "%s %s", name.text, number.digits);
    else
        (void)snprintf(out.text, sizeof out.text, "%s %s", number.digits, name.text);
    return out;
}

AmountInUnit amount_in_unit(Unit unit, int64_t amount)
{
    char plain[32];
    unit_format(unit, amount, plain);
    return amount_grouped_in_unit(unit, plain);
}
