/* room: base
 *
 * Closed vocabularies: words separated by blanks ("paid committed pledged"), as the dictionary and
 * the settings list them.
 */
#ifndef ALLOT_WORDS_H
#define ALLOT_WORDS_H

#include <stddef.h>

/** Position of @p text among @p words, both folded (name_fold()), or -1. */
int word_index(const char *words, const char *text);

/** Copies the word at @p index with NUL into @p out, cut to @p size; "" beyond the last. */
void word_copy(const char *words, size_t index, char *out, size_t size);

/** Writes "paid, committed or pledged" into @p out, cut to @p size. */
void words_phrase(const char *words, char *out, size_t size);

#endif
