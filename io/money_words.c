/* Units that are money in other words than a code. The text is cut into words, and every one of them
 * must be a currency, a scale, or both in one ("kEUR"): "EUR per day" is a thing. Called for units by
 * cell_text.c.
 */
#include "io/money_words.h"

#include "allot/lookalike.h"
#include "allot/names.h"
#include "io/currency_sign.h"
#include "io/scale_words.h"

#include <stdbool.h>
#include <string.h>

enum { TEXT_SIZE = 128, WORD_SIZE = 64, CODE_LENGTH = 3 };

/* ---- words ---------------------------------------------------------------------------------- */

static bool is_ascii_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '$';
}

/* Bytes at @p text that part words: blanks, points, brackets, quotes of any alphabet; 0 for none. */
static size_t gap_length(const char *text)
{
    unsigned char first = (unsigned char)text[0], second = (unsigned char)(first ? text[1] : '\0');
    if (first < 0x80)
        return first != '\0' && !is_ascii_word(text[0]);
    if (first == 0xC2 && second != 0xA3 && second != 0xA5) /* no pound, no yen */
        return 2;
    return first == 0xE2 && second == 0x80 && text[2] != '\0' ? 3 : 0;
}

/* The next word; false at the end, or when it is longer than any word of money. */
static bool next_word(const char **text, char word[WORD_SIZE])
{
    size_t length = 0;
    for (size_t gap; (gap = gap_length(*text)) > 0;)
        *text += gap;
    for (; **text != '\0' && gap_length(*text) == 0; ++*text) {
        if (length + 1 == WORD_SIZE)
            return false;
        word[length++] = **text;
    }
    word[length] = '\0';
    return length > 0;
}

static bool is_among(const char *word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(word, words[i]) == 0)
            return true;
    return false;
}

#define IS_AMONG(word, words) is_among((word), (words), sizeof(words) / sizeof((words)[0]))

/* ---- what a word is ------------------------------------------------------------------------- */

static bool is_currency(const char *word, const char **currencies)
{
    const char *found;
    if (!currency_next(&word, &found) || *word != '\0')
        return false;
    *currencies = found;
    return true;
}

/* A common code behind the letter of its scale, or one in capitals before it: kEUR, tusd, EURm. */
static bool is_scaled_code(const char *word, const char **currencies)
{
    size_t length = strlen(word);
    char code[CODE_LENGTH + 1] = "";

    if (length == 1 + CODE_LENGTH && strchr("kKmMtT", word[0]) != NULL &&
        is_currency(word + 1, currencies))
        return strcmp(word + 1, "lei") != 0;
    if (length <= CODE_LENGTH || !text_speaks_of_scale(word))
        return false;
    memcpy(code, word, CODE_LENGTH);
    return is_currency(code, currencies) || is_currency(word + length - CODE_LENGTH, currencies);
}

static bool is_figure(const char *word)
{
    return word[strspn(word, "0123456789")] == '\0';
}

/* Words that tell a scale by themselves, whatever stands beside them. "K" may be a thing. */
static bool is_scale(const char *lower)
{
    return strlen(lower) > 1 && !is_figure(lower) && text_speaks_of_scale(lower);
}

/* Words that count as nothing beside a currency or a scale: "in EUR", "EUR 2026". */
static bool goes_with_money(const char *lower)
{
    static const char *const links[] = {"in", "of", "w", "у", "в"};
    return is_figure(lower) || IS_AMONG(lower, links);
}

/* Letters that are a scale beside a currency: "EUR m", "T EUR". */
static bool is_short_scale(const char *lower)
{
    static const char *const shorts[] = {"k", "m", "mn", "mm", "bn", "b", "t", "т"};
    return IS_AMONG(lower, shorts);
}

/* ---- the text ------------------------------------------------------------------------------- */

static MoneyWords judge(const char *text, const char **currencies)
{
    char word[WORD_SIZE], lower[WORD_SIZE];
    bool per = strchr(text, '/') != NULL; /* "EUR/m" is the price of a metre */
    bool scaled = text_speaks_of_scale(text) || strstr(text, "000") != NULL, scale = false;

    *currencies = NULL;
    while (next_word(&text, word)) {
        name_lower(word, lower, sizeof lower);
        if (is_scaled_code(word, currencies) || is_scale(lower))
            scale = true;
        else if (is_short_scale(lower) && !per)
            scaled = true;
        else if (!is_currency(word, currencies) && !goes_with_money(lower))
            return MONEY_NONE;
    }
    if (*text != '\0' || (*currencies == NULL && !scale))
        return MONEY_NONE;
    return scale || scaled ? MONEY_SCALED : MONEY_CURRENCY;
}

MoneyWords text_is_money(const char *text, const char **currencies)
{
    char twin[TEXT_SIZE] = "";
    bool twisted =
        strlen(text) < sizeof twin && lookalike_twin(text, twin, sizeof twin) != SCRIPT_PLAIN;
    MoneyWords found = judge(text, currencies);
    return found == MONEY_NONE && twisted ? judge(twin, currencies) : found;
}
