/* room: io
 *
 * Plain text that grows sentence by sentence. A shortage of memory is remembered, so that who writes
 * need not look after every sentence.
 */
#ifndef ALLOT_IO_PROSE_H
#define ALLOT_IO_PROSE_H

#include <stdbool.h>
#include <stddef.h>

#include "allot/arena.h"
#include "allot/unit.h"

typedef struct Prose {
    Arena *arena;
    char *text; /* [room], with a NUL at [length]; NULL while nothing was said */
    size_t length, room;
    bool failed; /* there was no memory: the text is not whole */
} Prose;

/** Adds to the text, as printf() would. */
void prose_say(Prose *prose, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** A piece for a later sentence, in the arena; "" without memory, which is remembered. */
const char *prose_piece(Prose *prose, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** An amount with its unit as such a piece: "EUR 1,234.50", "12 seat". */
const char *prose_amount(Prose *prose, Unit unit, int64_t amount);

/** Ends a line: blanks behind its last sentence are taken off. */
void prose_end_line(Prose *prose);

/** Ends a paragraph: the next one begins after an empty line. */
void prose_end_paragraph(Prose *prose);

#endif
