/* Currency signs and codes that stand beside figures, or in a heading above them. Which of several
 * currencies a sign means is for the row to say. Called by number.c and for headings; owns the tables
 * below.
 */
#include "io/currency_sign.h"

#include "allot/names.h"
#include "allot/unit.h"

#include <stdbool.h>
#include <string.h>

enum { CODE_LENGTH = 3, SIGN_SIZE = 16, WORD_SIZE = 64 };

typedef struct CurrencySign {
    const char *sign; /* in lower case */
    const char *currencies;
} CurrencySign;

/* A sign that ends in another stands before it. */
static const CurrencySign SIGNS[] = {
    {"€", "EUR"},
    {"us$", "USD"},
    {"ca$", "CAD"},
    {"c$", "CAD"},
    {"au$", "AUD"},
    {"a$", "AUD"},
    {"nz$", "NZD"},
    {"hk$", "HKD"},
    {"$", "USD CAD AUD NZD SGD HKD"},
    {"£", "GBP"},
    {"¥", "JPY CNY"},
    {"₴", "UAH"},
    {"грн.", "UAH"},
    {"грн", "UAH"},
    {"zł", "PLN"},
    {"kč", "CZK"},
    {"kr.", "SEK NOK DKK ISK"},
    {"kr", "SEK NOK DKK ISK"},
    {"ft", "HUF"},
    {"lei", "RON MDL"},
};

static bool is_ascii_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Three letters that are a code; its stored copy into *currencies. */
static bool is_code(const char *text, const char **currencies)
{
    char code[CODE_LENGTH + 1] = "";
    for (size_t i = 0; i < CODE_LENGTH; i++) {
        if (!is_ascii_letter(text[i]))
            return false;
        code[i] = (char)(text[i] & ~0x20); /* upper case */
    }
    *currencies = currency_code(code);
    return *currencies != NULL;
}

/* True when these bytes are the sign in any case. */
static bool is_sign(const char *text, size_t length, const char *sign)
{
    char found[SIGN_SIZE], lower[SIGN_SIZE];
    if (length >= sizeof found)
        return false;
    memcpy(found, text, length);
    found[length] = '\0';
    name_lower(found, lower, sizeof lower);
    return strcmp(lower, sign) == 0;
}

/* The sign at one end; capitals have as many bytes as their small letters. */
static size_t find_sign(const char *text, size_t length, bool back, const char **currencies)
{
    char at_end = length == 0 ? '0' : text[back ? length - 1 : 0];
    if (at_end >= '0' && at_end <= '9') /* most figures bear none */
        return 0;
    for (size_t i = 0; i < sizeof SIGNS / sizeof SIGNS[0]; i++) {
        size_t size = strlen(SIGNS[i].sign);
        if (size > length || !is_sign(back ? text + length - size : text, size, SIGNS[i].sign))
            continue;
        *currencies = SIGNS[i].currencies;
        return size;
    }
    return 0;
}

size_t currency_sign_front(const char *text, size_t length, const char **currencies)
{
    bool apart = length == CODE_LENGTH || (length > CODE_LENGTH && !is_ascii_letter(text[3]));
    if (apart && is_code(text, currencies))
        return CODE_LENGTH;
    return find_sign(text, length, false, currencies);
}

size_t currency_sign_back(const char *text, size_t length, const char **currencies)
{
    const char *end = text + length;
    bool apart = length == CODE_LENGTH || (length > CODE_LENGTH && !is_ascii_letter(end[-4]));
    if (apart && is_code(end - CODE_LENGTH, currencies))
        return CODE_LENGTH;
    return find_sign(text, length, true, currencies);
}

/* ---- in the words of a heading -------------------------------------------------------------- */

/* How the names of currencies begin, in English, Ukrainian and Polish, in lower case. */
static const CurrencySign NAMES[] = {
    {"dollar", "USD CAD AUD NZD SGD HKD"},
    {"долар", "USD CAD AUD NZD SGD HKD"},
    {"dolar", "USD CAD AUD NZD SGD HKD"},
    {"hryvn", "UAH"},
    {"гривн", "UAH"},
    {"гривен", "UAH"},
    {"hrywn", "UAH"},
    {"zlot", "PLN"},
    {"złot", "PLN"},
    {"злот", "PLN"},
};

/* Bytes of the word at the beginning of @p text: letters and currency signs, no digits. */
static size_t word_length(const char *text)
{
    size_t at = 0;
    for (; text[at] != '\0'; at++) {
        const char *p = text + at;
        bool quoted = strncmp(p, "\xE2\x80", 2) == 0; /* quotes, dashes and blanks */
        bool latin_1 = *p == '\xC2' && strncmp(p, "£", 2) != 0 && strncmp(p, "¥", 2) != 0;
        if (quoted || latin_1 || !(is_ascii_letter(*p) || *p == '$' || (unsigned char)*p >= 0x80))
            break;
    }
    return at;
}

/* Bytes of the character at @p text, which is not at its end. */
static size_t letter_length(const char *text)
{
    size_t length = 1;
    while (((unsigned char)text[length] & 0xC0) == 0x80)
        length++;
    return length;
}

static bool is_common(const char *code)
{
    return strstr("EUR USD UAH PLN GBP CHF CZK NOK DKK HUF CAD AUD JPY", code) != NULL;
}

/* Codes that are words too are told by their capitals; two of them not even so. */
static bool word_is_code(const char *word, size_t length, const char **currencies)
{
    if (length != CODE_LENGTH || !is_code(word, currencies))
        return false;
    bool capitals = strncmp(word, *currencies, CODE_LENGTH) == 0;
    return is_common(*currencies) ||
           (capitals && strcmp(*currencies, "ALL") != 0 && strcmp(*currencies, "TOP") != 0);
}

/* The whole word is a sign ("грн", "US$"), or a sign that is no letter stands in it ("k€"). */
static bool word_has_sign(const char *word, size_t length, const char **currencies)
{
    for (size_t i = 0; i < sizeof SIGNS / sizeof SIGNS[0]; i++)
        if (strcmp(SIGNS[i].sign, "ft") != 0 && is_sign(word, length, SIGNS[i].sign)) {
            *currencies = SIGNS[i].currencies;
            return true;
        }
    for (size_t at = 0; at < length; at++)
        if (!is_ascii_letter(word[at]) &&
            currency_sign_front(word + at, length - at, currencies) > 0 &&
            strchr("$\xE2\xC2", word[at]) != NULL) /* the first bytes of $, €, ₴, £, ¥ */
            return true;
    return false;
}

static bool word_is_name(const char *word, size_t length, const char **currencies)
{
    char found[WORD_SIZE], lower[WORD_SIZE];
    if (length >= sizeof found)
        return false;
    memcpy(found, word, length);
    found[length] = '\0';
    name_lower(found, lower, sizeof lower);
    *currencies = "EUR";
    if (strcmp(lower, "euro") == 0 || strcmp(lower, "euros") == 0 || strcmp(lower, "євро") == 0)
        return true;
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        *currencies = NAMES[i].currencies;
        if (strncmp(lower, NAMES[i].sign, strlen(NAMES[i].sign)) == 0)
            return true;
    }
    return false;
}

bool currency_next(const char **text, const char **currencies)
{
    while (**text != '\0') {
        const char *word = *text;
        size_t length = word_length(word);
        *text += length > 0 ? length : letter_length(word);
        if (length > 0 &&
            (word_is_code(word, length, currencies) || word_has_sign(word, length, currencies) ||
             word_is_name(word, length, currencies)))
            return true;
    }
    return false;
}

/* ---- numbers for currencies ----------------------------------------------------------------- */

/* A code's number is made of its letters, five bits each: 1057 (AAA) and more. Below that stand the
 * places of SIGNS, counted from 1, for signs of several currencies. */
enum { LETTER_BITS = 5, LETTER_MASK = 31 };

uint32_t currency_id(const char *currencies)
{
    const char *code = NULL;
    uint32_t id = 0;
    if (strlen(currencies) == CODE_LENGTH && is_code(currencies, &code)) {
        for (size_t i = 0; i < CODE_LENGTH; i++)
            id = id << LETTER_BITS | (uint32_t)(code[i] - 'A' + 1);
        return id;
    }
    for (size_t i = 0; i < sizeof SIGNS / sizeof SIGNS[0]; i++)
        if (strcmp(SIGNS[i].currencies, currencies) == 0)
            return (uint32_t)i + 1;
    return 0;
}

const char *currency_of_id(uint32_t id)
{
    char code[CODE_LENGTH + 1] = "";
    if (id == 0 || id > sizeof SIGNS / sizeof SIGNS[0]) {
        for (size_t i = CODE_LENGTH; i-- > 0; id >>= LETTER_BITS)
            code[i] = (char)((id & LETTER_MASK) - 1 + 'A');
        return currency_code(code);
    }
    return SIGNS[id - 1].currencies;
}
