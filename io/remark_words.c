/* Remarks behind headings: which of them are understood. Called by headings.c. */
#include "io/remark_words.h"

#include <string.h>

#include "allot/names.h"
#include "io/currency_sign.h"
#include "io/scale_words.h"

enum { FOLDED_SIZE = 128 };

/* A range, as of scores (the dash is folded away): few digits, or from 0 on; no year. */
static bool is_range(const char *folded)
{
    size_t digits = strspn(folded, "0123456789");
    bool short_enough = digits >= 1 && (digits <= 3 || folded[0] == '0');
    return short_enough && folded[digits + strspn(folded + digits, "0123456789.,:;…-")] == '\0';
}

static bool is_known_word(const char *folded)
{
    static const char *const words[] = {
        "required",        "mandatory",    "optional",   "ifany",       "ifknown",
        "обовязково",      "необовязково", "обовязкове", "заповнити",   "занаявності",
        "wymagane",        "obowiązkowe",  "opcjonalne", "opcjonalnie", "days",
        "indays",          "calendardays", "днів",       "дні",         "уднях",
        "календарнихднів", "dni",          "wdniach",    "number",      "число",
        "цілечисло",       "liczba",       "code"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(folded, words[i]) == 0)
            return true;
    return false;
}

bool remark_is_understood(const char *remark)
{
    char folded[FOLDED_SIZE], plain[FOLDED_SIZE];
    const char *at = remark, *currencies;
    size_t length = 0;
    if (currency_next(&at, &currencies) || text_speaks_of_percent(remark) ||
        text_counts_things(remark) || text_speaks_of_scale(remark) || text_speaks_of_weeks(remark))
        return true;
    name_fold(remark, folded, sizeof folded);
    for (const char *c = folded; *c != '\0'; c++)
        if (strchr("()[],.:/|*", *c) == NULL || (c > folded && c[1] >= '0' && c[1] <= '9'))
            plain[length++] = *c;
    plain[length] = '\0';
    return length == 0 || is_range(plain) || is_known_word(plain);
}
