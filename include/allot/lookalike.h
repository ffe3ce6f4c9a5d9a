/* room: base
 *
 * Letters that look like those of another alphabet: "А-1" with a Cyrillic А is not "A-1".
 */
#ifndef ALLOT_LOOKALIKE_H
#define ALLOT_LOOKALIKE_H

#include <stdbool.h>
#include <stddef.h>

typedef enum Script {
    SCRIPT_PLAIN, /* no letter of one alphabet that stands for one of another */
    SCRIPT_MIXED, /* Cyrillic (or Greek) letters that all look Latin, beside Latin ones or digits */
    SCRIPT_DOUBLE, /* the same without Latin letters or digits: it may be meant so */
} Script;

/** Judges @p text (UTF-8). Unless it is SCRIPT_PLAIN, writes the Latin twin to @p twin (@p size
 *  bytes, cut short when longer). A text with a Cyrillic letter that looks like no Latin one is plain. */
Script lookalike_twin(const char *text, char *twin, size_t size);

/** "Cyrillic" or "Greek": whose the letters are that look Latin ("Cyrillic" when both); "" when
 *  there are none. */
const char *lookalike_alphabet(const char *text);

/** True when the texts look the same: equal but for letters that look alike. */
bool lookalike_same(const char *a, const char *b);

#endif
