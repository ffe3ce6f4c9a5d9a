/* Headings that speak of thousands, millions or percent. A text is cut into words; a word tells by itself
 * ("mln"), by how it begins ("tysięcy"), or as a letter at a currency ("k€", "MEUR", "EUR m"). A
 * letter elsewhere does not: "Cable (m)" is in metres.
 */
#include "io/scale_words.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "allot/names.h"
#include "allot/unit.h"

enum { WORD_SIZE = 64, FOLDED_SIZE = 1024 };

/* Bytes of the word at the beginning of @p text: letters, digits, currency signs, the sign of
 * multiplication. Blanks and quotes of any alphabet part words. */
static size_t word_length(const char *text)
{
    size_t at = 0;
    for (; text[at] != '\0'; at++) {
        unsigned char c = (unsigned char)text[at];
        bool ascii =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '$';
        bool parts = strncmp(text + at, "\xE2\x80", 2) == 0 ||
                     (c == 0xC2 && (unsigned char)text[at + 1] != 0xA3); /* the pound sign */
        if (!(ascii || c >= 0x80) || parts)
            break;
    }
    return at;
}

static bool is_among(const char *word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(word, words[i]) == 0)
            return true;
    return false;
}

#define IS_AMONG(word, words) is_among((word), (words), sizeof(words) / sizeof((words)[0]))

/* @p word in lower case. */
static bool says_scale(const char *word)
{
    static const char *const whole[] = {"thsd", "ths", "thou", "tsd", "k",     "teur",  "t€",
                                        "mln",  "mio", "bln",  "mld", "mrd",   "000",   "000s",
                                        "тис",  "млн", "млрд", "tys", "x1000", "×1000", "х1000"};
    static const char *const beginnings[] = {"thousand", "million", "billion", "тисяч",  "мільйон",
                                             "мільярд",  "tysi",    "milion",  "miliard"};
    if (IS_AMONG(word, whole))
        return true;
    for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++)
        if (strncmp(word, beginnings[i], strlen(beginnings[i])) == 0)
            return true;
    return false;
}

/* Bytes of the currency at the beginning of a word, or at its end; 0 when there is none. */
static size_t currency_length(const char *word, bool at_end)
{
    static const char *const signs[] = {"€", "$", "£", "₴", "zł"};
    size_t length = strlen(word);
    char code[4] = "";

    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        size_t sign = strlen(signs[i]);
        if (length >= sign && strncmp(at_end ? word + length - sign : word, signs[i], sign) == 0)
            return sign;
    }
    if (length >= 3)
        memcpy(code, at_end ? word + length - 3 : word, 3);
    return currency_places(code) >= 0 ? 3 : 0;
}

/* A word in lower case, whole and with the currency at its beginning or end taken off. */
typedef struct Word {
    char whole[WORD_SIZE];
    char rest[WORD_SIZE];
    bool has_currency;
} Word;

static Word word_of(const char *text, size_t length)
{
    Word word;
    char written[WORD_SIZE], rest[WORD_SIZE];

    snprintf(written, sizeof written, "%.*s", (int)length, text);
    size_t first = currency_length(written, false);
    size_t last = first == 0 ? currency_length(written, true) : 0;
    snprintf(rest, sizeof rest, "%.*s", (int)(strlen(written) - first - last), written + first);
    name_lower(written, word.whole, sizeof word.whole);
    name_lower(rest, word.rest, sizeof word.rest);
    word.has_currency = first + last > 0;
    return word;
}

/* What stands for thousands and more beside a currency only. */
static bool is_short_scale(const char *lower)
{
    static const char *const shorts[] = {"k", "m", "mn", "mm", "bn", "b"};
    return IS_AMONG(lower, shorts);
}

/* Bytes of the character at @p text, which is not at its end. */
static size_t letter_bytes(const char *text)
{
    size_t bytes = 1;
    while (((unsigned char)text[bytes] & 0xC0) == 0x80)
        bytes++;
    return bytes;
}

bool text_speaks_of_scale(const char *text)
{
    bool after_currency = false, after_short = false; /* and nothing like '/' since */
    bool after_digits = false;                        /* "100 000" is a figure */

    while (*text != '\0') {
        size_t length = word_length(text);
        if (length == 0) {
            if (*text == '/') /* "EUR/m" is the price of a metre */
                after_currency = after_short = false;
            text += letter_bytes(text);
            continue;
        }
        Word word = word_of(text, length);
        text += length;
        bool bare = word.has_currency && word.rest[0] == '\0';
        bool is_short = is_short_scale(word.rest);
        bool digits = word.whole[strspn(word.whole, "0123456789")] == '\0';
        if (!(digits && after_digits) && (says_scale(word.whole) || says_scale(word.rest)))
            return true;
        if ((is_short && (word.has_currency || after_currency)) || (bare && after_short))
            return true;
        after_digits = digits;
        after_currency = bare;
        after_short = is_short;
    }
    return false;
}

bool text_speaks_of_percent(const char *text)
{
    static const char *const words[] = {"%",       "percent", "procent",     "відсот",
                                        "процент", "pct",     "\xEF\xBC\x85"}; /* wide % */
    char folded[FOLDED_SIZE];
    name_fold(text, folded, sizeof folded);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strstr(folded, words[i]) != NULL)
            return true;
    return false;
}

bool text_counts_things(const char *text)
{
    static const char *const things[] = {
        "pcs",        "pc",           "piece",     "pieces",   "item",    "items",    "units",
        "seat",       "seats",        "licence",   "licences", "license", "licenses", "users",
        "devices",    "sites",        "days",      "hours",    "шт",      "штук",     "штуки",
        "од",         "одиниць",      "місць",     "осіб",     "днів",    "годин",    "ліцензій",
        "комплектів", "користувачів", "szt",       "sztuk",    "sztuki",  "osób",     "dni",
        "godzin",     "licencji",     "kompletów", "stanowisk"};
    while (*text != '\0') {
        size_t length = word_length(text);
        if (length == 0) {
            text += letter_bytes(text);
            continue;
        }
        if (IS_AMONG(word_of(text, length).whole, things))
            return true;
        text += length;
    }
    return false;
}
