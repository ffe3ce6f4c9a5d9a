/* room: base
 *
 * Found text inside a message: one line, whole characters, never longer than a reader bears.
 */
#ifndef ALLOT_QUOTE_H
#define ALLOT_QUOTE_H

enum { QUOTE_SIZE = 64 }; /* bytes with the NUL */

typedef struct Quote {
    char text[QUOTE_SIZE];
} Quote;

/** @p text with control characters as blanks, cut at a character with "..." when it is too long. By
 *  value, for use in one call: diag_add(..., "'%s' is no date", quote(text).text). */
Quote quote(const char *text);

#endif
