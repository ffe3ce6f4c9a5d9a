/* room: io
 *
 * What a workbook asks of texts: clean UTF-8, lengths in characters, equality as spreadsheets see
 * it (without regard to case).
 */
#ifndef ALLOT_IO_PAGE_TEXT_H
#define ALLOT_IO_PAGE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "allot/arena.h"

/** The text itself when it is UTF-8 that XML can hold; else a copy with U+FFFD in place of what it
 *  cannot. NULL without memory. */
const char *page_text_clean(const char *text, Arena *arena);

/** Characters of a clean text. */
size_t page_text_length(const char *text);

/** Bytes of its first @p characters. */
size_t page_text_prefix(const char *text, size_t characters);

/** Width of the text on one line, in characters, about. */
double page_text_width(const char *text);

/** Width of its longest word, in characters, about. */
double page_text_longest(const char *text);

/** Lines that a text takes in a column of this @p width, about, broken at blanks. */
int page_text_lines(const char *text, double width);

/** Equal but for case, in Latin, Greek and Cyrillic letters. */
bool page_text_same(const char *a, const char *b);

/** True when two of the texts are equal but for case. */
bool page_text_twins(const char *const *texts, size_t count);

#endif
