/* Headings that speak of thousands, millions, percent or weeks. A text is cut into words; a word
 * tells by itself ("mln"), by how it begins ("tysięcy"), or as a letter or a round figure at a
 * currency ("k€", "MEUR", "EUR m", "EUR 1,000"). A letter elsewhere does not: "Cable (m)" is in
 * metres.
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

#define BEGINS_AS(word, beginnings)                                                                \
    begins_as((word), (beginnings), sizeof(beginnings) / sizeof((beginnings)[0]))

static bool begins_as(const char *word, const char *const *beginnings, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strncmp(word, beginnings[i], strlen(beginnings[i])) == 0)
            return true;
    return false;
}

/* @p word in lower case. */
static bool says_scale(const char *word)
{
    static const char *const whole[] = {"thsd", "ths",   "thou",  "thous", "tsd", "k",    "teur",
                                        "t€",   "mln",   "mio",   "bln",   "bn",  "mld",  "mrd",
                                        "000",  "000s",  "тис",   "тыс",   "млн", "млрд", "tys",
                                        "tis",  "x1000", "×1000", "х1000"};
    static const char *const beginnings[] = {"thousand", "million", "billion", "тисяч",
                                             "тысяч",    "мільйон", "миллион", "мільярд",
                                             "миллиард", "tysi",    "milion",  "miliard"};
    return IS_AMONG(word, whole) || BEGINS_AS(word, beginnings);
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

/* "10^3", "10³", "10^6", "10⁶" and their kin, not behind another digit. */
static bool has_power_of_ten(const char *text)
{
    static const char *const powers[] = {"10^3", "10^6",           "10^9",
                                         "10³",  "10\xE2\x81\xB6", "10\xE2\x81\xB9"};
    for (size_t i = 0; i < sizeof powers / sizeof powers[0]; i++) {
        const char *at = strstr(text, powers[i]);
        if (at != NULL && (at == text || at[-1] < '0' || at[-1] > '9'))
            return true;
    }
    return false;
}

/* @p word in lower case: a currency as a word, beside codes and signs. */
static bool is_currency_word(const char *word)
{
    static const char *const words[] = {"грн", "дол", "євро", "евро", "euro", "euros", "zł", "zl"};
    static const char *const beginnings[] = {"гривень", "гривн", "долар", "dollar",
                                             "dolar",   "злот",  "złot",  "zlot"};
    return IS_AMONG(word, words) || BEGINS_AS(word, beginnings);
}

static bool is_round_thousand(const char *digits)
{
    return strcmp(digits, "1000") == 0 || strcmp(digits, "1000000") == 0;
}

/* What was read of a text so far. */
typedef struct ScaleScan {
    bool after_currency;    /* and nothing like '/' since */
    bool after_short;       /* a letter for thousands, and nothing like '/' since */
    bool after_ton;         /* "т" or "т.", and blanks alone since */
    bool figure_has_money;  /* a currency stood before the figure */
    char figure[WORD_SIZE]; /* digits of the words just before: "1 000" is one figure */
} ScaleScan;

static void scan_sign(ScaleScan *scan, const char *text)
{
    if (*text == '/') /* "EUR/m" is the price of a metre */
        *scan = (ScaleScan){.figure_has_money = false};
    if (*text != '.' && *text != ' ' && (unsigned char)*text != 0xC2)
        scan->after_ton = false;
}

/* "100 000" is a figure, and so no thousand of anything. */
static void scan_digits(ScaleScan *scan, const char *digits)
{
    size_t length = strlen(scan->figure);
    if (length == 0)
        scan->figure_has_money = scan->after_currency;
    snprintf(scan->figure + length, sizeof scan->figure - length, "%s", digits);
    scan->after_currency = scan->after_short = scan->after_ton = false;
}

/* True when the figure just read is "1000" beside a currency: before it, or @p next to it. */
static bool is_thousand_of_money(const ScaleScan *scan, bool next)
{
    return is_round_thousand(scan->figure) && (scan->figure_has_money || next);
}

/* True when the word, which is no figure, makes the text speak of thousands. */
static bool scan_word(ScaleScan *scan, const Word *word)
{
    bool named = is_currency_word(word->whole);
    bool bare = named || (word->has_currency && word->rest[0] == '\0');
    bool is_short = is_short_scale(word->rest);
    bool speaks = says_scale(word->whole) || says_scale(word->rest) ||
                  (word->has_currency && is_round_thousand(word->rest)) ||
                  (is_short && (word->has_currency || scan->after_currency)) ||
                  (bare && (scan->after_short || scan->after_ton)) ||
                  is_thousand_of_money(scan, bare);
    *scan = (ScaleScan){.after_currency = bare,
                        .after_short = is_short,
                        .after_ton = strcmp(word->whole, "т") == 0};
    return speaks;
}

bool text_speaks_of_scale(const char *text)
{
    ScaleScan scan = {.figure_has_money = false};

    if (has_power_of_ten(text))
        return true;
    while (*text != '\0') {
        size_t length = word_length(text);
        if (length == 0) {
            scan_sign(&scan, text);
            text += letter_bytes(text);
            continue;
        }
        Word word = word_of(text, length);
        bool digits = word.whole[strspn(word.whole, "0123456789")] == '\0';
        text += length;
        if (digits && (scan.figure[0] != '\0' || !says_scale(word.whole)))
            scan_digits(&scan, word.whole);
        else if (scan_word(&scan, &word))
            return true;
    }
    return is_thousand_of_money(&scan, false);
}

/* The words of a text, each in lower case; false at its end. */
static bool next_word(const char **text, Word *word)
{
    while (**text != '\0') {
        size_t length = word_length(*text);
        if (length > 0) {
            *word = word_of(*text, length);
            *text += length;
            return true;
        }
        *text += letter_bytes(*text);
    }
    return false;
}

bool text_speaks_of_weeks(const char *text)
{
    static const char *const whole[] = {"wk",  "wks", "mth", "mths", "mos",  "міс",
                                        "тиж", "нед", "мес", "tyg",  "mies", "mc"};
    static const char *const beginnings[] = {"week",  "month", "тижд",  "тижн", "місяц",
                                             "недел", "месяц", "tygod", "tydz", "miesi"};
    static const char *const days[] = {"d", "day", "days", "день", "дні", "днів", "дн", "dni"};
    bool weeks = false, in_days = false; /* "days, not weeks" is in days */
    Word word;
    while (next_word(&text, &word)) {
        weeks = weeks || IS_AMONG(word.whole, whole) || BEGINS_AS(word.whole, beginnings);
        in_days = in_days || IS_AMONG(word.whole, days);
    }
    return weeks && !in_days;
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
    Word word;
    while (next_word(&text, &word))
        if (IS_AMONG(word.whole, things))
            return true;
    return false;
}
