/* room: base
 *
 * One character of UTF-8 at a time, for those who look at letters (fold.c, lookalike.c).
 */
#ifndef ALLOT_LETTER_H
#define ALLOT_LETTER_H

#include <stddef.h>

enum { LETTER_SIZE = 2 }; /* most bytes of a letter below U+0800 */

/** Bytes of the character at @p text, which is not at its end, and its number into @p code; for a
 *  byte that begins none: 1 and 0. */
size_t letter_read(const char *text, unsigned *code);

/** Writes a letter below U+0800 (at most LETTER_SIZE bytes, no NUL) and returns its bytes. */
size_t letter_write(unsigned code, char *out);

#endif
