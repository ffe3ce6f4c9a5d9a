/* Closed vocabularies: finding a word and listing them for a message.
 *
 * Used by the settings (models) and the typing of cells (io), so that both match words alike: without
 * regard to case, blanks, '_' and '-'.
 */
#include "allot/words.h"
#include "allot/language.h"

#include "allot/names.h"

#include <stdio.h>
#include <string.h>

enum { WORD_SIZE = 64 };

/* The word that begins at or after text; its length is 0 at the end. */
static const char *next_word(const char *text, size_t *length)
{
    text += strspn(text, " ");
    *length = strcspn(text, " ");
    return text;
}

int word_index(const char *words, const char *text)
{
    char wanted[WORD_SIZE], word[WORD_SIZE], folded[WORD_SIZE];
    size_t length;

    name_fold(text, wanted, sizeof wanted);
    for (int i = 0;; i++) {
        words = next_word(words, &length);
        if (length == 0)
            return -1;
        snprintf(word, sizeof word, "%.*s", (int)length, words);
        name_fold(word, folded, sizeof folded);
        if (strcmp(folded, wanted) == 0)
            return i;
        words += length;
    }
}

void word_copy(const char *words, size_t index, char *out, size_t size)
{
    size_t length;

    words = next_word(words, &length);
    for (; index > 0 && length > 0; index--)
        words = next_word(words + length, &length);
    snprintf(out, size, "%.*s", (int)length, words);
}

void words_phrase(const char *words, char *out, size_t size)
{
    char word[WORD_SIZE], next[WORD_SIZE], last[WORD_SIZE];
    size_t used = 0;

    out[0] = '\0';
    for (size_t i = 0; used < size; i++) {
        word_copy(words, i, word, sizeof word);
        if (word[0] == '\0')
            return;
        word_copy(words, i + 1, next, sizeof next);
        word_copy(words, i + 2, last, sizeof last);
        used += (size_t)snprintf(out + used, size - used, "%s%s", word,
                                 next[0] == '\0'   ? ""
                                 : last[0] == '\0' ? _(" or ")
                                                   : ", ");
    }
}
