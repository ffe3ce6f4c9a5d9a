/* Amounts in groups of three digits, with their units. */
#include "allot/amount_text.h"
#include "allot/language.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void append(AmountText *out, size_t *at, const char *text, size_t length)
{
    if (*at + length >= sizeof out->digits)
        return;
    memcpy(out->digits + *at, text, length);
    *at += length;
}

AmountText amount_grouped(const char *plain)
{
    AmountText out;
    const char *digits = plain + (plain[0] == '-'), *group = language_group();
    size_t whole = strcspn(digits, "."), at = 0;
    if (plain[0] == '-')
        append(&out, &at, "-", 1);
    for (size_t i = 0; digits[i] != '\0'; i++) {
        if (i > 0 && i < whole && (whole - i) % 3 == 0)
            append(&out, &at, group, strlen(group));
        if (i == whole)
            append(&out, &at, language_point(), strlen(language_point()));
        else
            append(&out, &at, &digits[i], 1);
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

PercentText percent_text(double share, int places)
{
    PercentText out;
    double scale = 100;
    for (int p = 0; p < places; p++)
        scale *= 10;
    if (places < 0)
        (void)snprintf(out.text, sizeof out.text, "%.10g%%", 100 * share);
    else
        (void)snprintf(out.text, sizeof out.text, "%.*f%%", places,
                       100 * (round(scale * share) / scale));
    char *point = strchr(out.text, '.');
    if (point != NULL)
        *point = *language_point();
    return out;
}
